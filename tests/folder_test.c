/* folder_test.c - packs as folders: what is found, what cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pack_folder.h"

/* ---- What is done to a copy of the minimal pack ---- */

/* Makes a path below the pack. It is given back before the next one. */
static const char *in_pack(const char *pack, const char *name)
{
    static char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", pack, name);
    return path;
}

static void put(const char *pack, const char *name, const char *text)
{
    write_whole_file(in_pack(pack, name), text, strlen(text));
}

static void link_to(const char *pack, const char *name, const char *target)
{
    assert_int_equal(symlink(target, in_pack(pack, name)), 0);
}

static void nothing(const char *pack)
{
    (void)pack;
}

static void no_folder(const char *pack)
{
    remove_folder(pack);
}

static void file_for_folder(const char *pack)
{
    remove_folder(pack);
    write_whole_file(pack, "x", 1);
}

static void no_intents(const char *pack)
{
    remove_folder(in_pack(pack, "intents"));
}

static void neither(const char *pack)
{
    remove_folder(in_pack(pack, "intents"));
    remove_folder(in_pack(pack, "responses"));
}

static void intents_is_a_file(const char *pack)
{
    remove_folder(in_pack(pack, "intents"));
    put(pack, "intents", "x");
}

static void no_yaml(const char *pack)
{
    neither(pack);
    put(pack, "intents/read.me", "x");
    put(pack, "responses/.hidden.yaml", "x");
}

static void dotfiles(const char *pack)
{
    put(pack, "intents/.hidden.yaml", "]");
    put(pack, "intents/.git/config.yaml", "]");
    put(pack, "intents/notes.txt", "]");
    put(pack, "intents/notes.yaml~", "]");
    put(pack, "elsewhere.yaml", "]");
    link_to(pack, "intents/dangling.txt", "nowhere");
}

static void other_endings(const char *pack)
{
    put(pack, "intents/more.yml", "topics: {}");
    put(pack, "responses/MORE.YAML", "topics: {}");
}

static void link_loop(const char *pack)
{
    link_to(pack, "intents/topics/again", "..");
}

static void link_to_itself(const char *pack)
{
    link_to(pack, "intents/self.yaml", "self.yaml");
}

static void link_that_dangles(const char *pack)
{
    link_to(pack, "intents/gone.yaml", "nowhere.yaml");
}

static void link_to_file(const char *pack)
{
    put(pack, "care.yaml", "spellings: {thx: thanks}");
    link_to(pack, "intents/care.yaml", "../care.yaml");
}

static void pipe_for_file(const char *pack)
{
    assert_int_equal(mkfifo(in_pack(pack, "intents/pipe.yaml"), 0666), 0);
}

static void deep(const char *pack)
{
    put(pack, "intents/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/a.yaml", "x");
}

static void folder_with_an_ending(const char *pack)
{
    put(pack, "intents/more.yaml/even.yaml", "spellings: {thx: thanks}");
}

static void unreadable_file(const char *pack)
{
    put(pack, "intents/secret.yaml", "topics: {}");
    (void)chmod(in_pack(pack, "intents/secret.yaml"), 0);
}

static void unreadable_folder(const char *pack)
{
    put(pack, "intents/secret/a.yaml", "topics: {}");
    (void)chmod(in_pack(pack, "intents/secret"), 0);
}

static void big_file(const char *pack)
{
    static char bytes[20001];
    memset(bytes, '#', 20000);
    memcpy(bytes, "sources: {}\n", 12);
    bytes[19999] = '\n';
    put(pack, "intents/big.yaml", bytes);
}

static void windows_file(const char *pack)
{
    put(pack, "intents/windows.yaml",
        "\xEF\xBB\xBFspellings:\r\n  thx: thanks\r\n  pls: please\r\n");
}

static void windows_file_with_mistake(const char *pack)
{
    put(pack, "intents/windows.yaml",
        "\xEF\xBB\xBF"
        "spelings:\r\n  thx: thanks\r\n");
    put(pack, "intents/windows2.yaml",
        "spellings:\r\n  '\xC3\xA9\xC3\xA9': {a: b}\r\n  '\xC3\xA9': Q\r\n");
}

/* ---- The table ---- */

struct folder_case {
    const char *what;
    void (*change)(const char *pack);
    struct pack_limits limits; /* 0: the usual */
    talk_status status;
    const char *want;
    bool not_as_root; /* who may read everything */
};

static const struct folder_case cases[] = {
    {"the minimal pack", nothing, {0}, TALK_OK, "", false},
    {"no folder",
     no_folder,
     {0},
     TALK_IO,
     "PACK:0:0: no such folder; a pack has intents/ and responses/\n",
     false},
    {"a file",
     file_for_folder,
     {0},
     TALK_IO,
     "PACK:0:0: not a folder; a pack is a folder with intents/ and "
     "responses/\n",
     false},
    {"no intents/",
     no_intents,
     {0},
     TALK_IO,
     "PACK:0:0: no folder intents/ in it; a pack has intents/ and "
     "responses/\n",
     false},
    {"intents is a file",
     intents_is_a_file,
     {0},
     TALK_IO,
     "PACK:0:0: no folder intents/ in it; a pack has intents/ and "
     "responses/\n",
     false},
    {"no yaml file",
     no_yaml,
     {0},
     TALK_IO,
     "PACK:0:0: no *.yaml file below intents/ and responses/\n",
     false},
    {"neither",
     neither,
     {0},
     TALK_IO,
     "PACK:0:0: no folder intents/ in it; a pack has intents/ and "
     "responses/\n"
     "PACK:0:0: no folder responses/ in it; a pack has intents/ and "
     "responses/\n",
     false},
    {"what is not read", dotfiles, {0}, TALK_OK, "", false},
    {"other endings",
     other_endings,
     {0},
     TALK_RULE,
     "intents/more.yml:0:0: only *.yaml is read; rename it\n"
     "responses/MORE.YAML:0:0: only *.yaml is read; rename it\n",
     false},
    {"a link to a folder above",
     link_loop,
     {0},
     TALK_IO,
     "intents/topics/again:0:0: a link that leads back to a folder above it; "
     "remove it\n",
     false},
    {"a link to itself",
     link_to_itself,
     {0},
     TALK_IO,
     "intents/self.yaml:0:0: cannot read it: a link that leads to itself\n",
     false},
    {"a link to nothing",
     link_that_dangles,
     {0},
     TALK_IO,
     "intents/gone.yaml:0:0: cannot read it: it is not there\n",
     false},
    {"a link to a file", link_to_file, {0}, TALK_OK, "", false},
    {"a pipe",
     pipe_for_file,
     {0},
     TALK_IO,
     "intents/pipe.yaml:0:0: it is not a plain file\n",
     false},
    {"folders too deep",
     deep,
     {0},
     TALK_IO,
     "intents/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16:0:0: more than 16 "
     "folders inside each other\n",
     false},
    {"a folder that ends in .yaml",
     folder_with_an_ending,
     {0},
     TALK_OK,
     "",
     false},
    {"an unreadable file",
     unreadable_file,
     {0},
     TALK_IO,
     "intents/secret.yaml:0:0: cannot read it: no permission\n",
     true},
    {"an unreadable folder",
     unreadable_folder,
     {0},
     TALK_IO,
     "intents/secret:0:0: cannot list the folder: no permission\n",
     true},
    {"a file too big",
     big_file,
     {.file_max = 10000, .pack_max = 1000000},
     TALK_IO,
     "intents/big.yaml:0:0: the file has 20000 bytes, more than the 10000 "
     "that one may have; split it\n",
     false},
    {"a pack too big",
     big_file,
     {.file_max = 100000, .pack_max = 20000},
     TALK_IO,
     "intents/context/context.yaml:0:0: here the pack has more than the 20000 "
     "bytes that it may have\n",
     false},
    {"a byte order mark, CR LF", windows_file, {0}, TALK_OK, "", false},
    {"columns in characters",
     windows_file_with_mistake,
     {0},
     TALK_RULE,
     "intents/windows.yaml:1:1: unknown key 'spelings'; did you mean "
     "'spellings'?\n"
     "intents/windows2.yaml:2:9: '\xC3\xA9\xC3\xA9' wants a text, not a map; "
     "a "
     "text with ': ' in it must be quoted with '…'\n"
     "intents/windows2.yaml:3:8: 'Q' must be lower case, as the text is by "
     "then\n",
     false},
};

static void unlock(const char *pack)
{
    (void)chmod(in_pack(pack, "intents/secret"), 0777);
}

static void folder(void **state)
{
    const struct folder_case *c = *state;
    if (c->not_as_root && geteuid() == 0) skip();
    char *pack = temporary_folder();
    copy_folder(MINIMAL_PACK, pack);
    c->change(pack);
    struct outcome got =
        read_pack(pack, NULL, c->limits.file_max ? &c->limits : NULL, NULL);
    unlock(pack);
    if (c->change != no_folder) remove_folder(pack);
    if (got.status != c->status || strcmp(got.lines, c->want) != 0) {
        fail_msg("%s: %s\ngot:\n%swanted:\n%s", c->what,
                 talk_status_name(got.status), got.lines, c->want);
    }
    outcome_clear(&got);
    free(pack);
}

int main(void)
{
    enum { COUNT = sizeof cases / sizeof *cases };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        tests[i] = (struct CMUnitTest){cases[i].what, folder, NULL, NULL,
                                       (void *)(uintptr_t)&cases[i]};
    }
    return _cmocka_run_group_tests("folder", tests, COUNT, NULL, NULL) != 0;
}
