/* test_library.c - what transcripts share: parts to be included, and lists of
 * utterances.
 * In: a name and the file that uses it.  Out: the file that is meant.
 * The way up through the folders is the same from wherever the program is
 * run, so that one transcript alone does what it does among all. */
#include "posix.h"

#include "test_library.h"

#include "nearest.h"
#include "test_source.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
    FOLDERS_UP_MAX = 32,
    PATH_MAX_BYTES = 4096,
    TITLE_MAX_BYTES = 256, /* of a first line that can be somebody's name */
    HINT_MAX_BYTES = 80
};

static const char *const endings[] = {
    [LIBRARY_PART] = ".pconvo.txt", [LIBRARY_LIST] = ".utterances.txt"};

struct search {
    struct script *script;
    const char *ending, *name;
    struct nearest near;
    const char *found, *second; /* in the folder that is being looked at */
};

/* ---- The way up -------------------------------------------------------- */

/* The folder of a file: "a/b" of "a/b/c", "." of "c". */
static void folder_of(const char *path, char *folder)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (!slash || length >= PATH_MAX_BYTES - 4) {
        memcpy(folder, ".", sizeof ".");
        return;
    }
    if (length == 0) length = 1; /* "/" */
    memcpy(folder, path, length);
    folder[length] = '\0';
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat about_a, about_b;
    return stat(a, &about_a) != 0 || stat(b, &about_b) != 0 ||
           (about_a.st_dev == about_b.st_dev &&
            about_a.st_ino == about_b.st_ino);
}

/* "a" -> ".", "." -> "..", "../a" -> "..", ".." -> "../..". false: that was
 * the top. */
static bool go_up(char *folder)
{
    char below[PATH_MAX_BYTES];
    size_t length = strlen(folder);
    memcpy(below, folder, length + 1);
    const char *slash = strrchr(folder, '/');
    const char *last = slash ? slash + 1 : folder;
    if (strcmp(folder, ".") == 0) {
        memcpy(folder, "..", sizeof "..");
    } else if (strcmp(last, "..") == 0 || strcmp(last, ".") == 0) {
        if (length + 4 > PATH_MAX_BYTES) return false;
        memcpy(folder + length, "/..", sizeof "/..");
    } else {
        folder_of(below, folder);
    }
    return !is_same_folder(below, folder);
}

/* ---- One folder -------------------------------------------------------- */

/* The first line without what is around it; "" when there is none. */
static void read_title(const char *path, char *title)
{
    static const char mark[] = "\xEF\xBB\xBF";
    title[0] = '\0';
    FILE *file = fopen(path, "rb");
    if (!file) return;
    char line[TITLE_MAX_BYTES];
    const char *start = line;
    if (fgets(line, sizeof line, file)) {
        if (strncmp(start, mark, sizeof mark - 1) == 0) {
            start += sizeof mark - 1;
        }
        while (source_is_blank(*start)) start++;
        size_t length = strcspn(start, "\n");
        while (length && source_is_blank(start[length - 1])) length--;
        memcpy(title, start, length);
        title[length] = '\0';
    }
    (void)fclose(file);
}

static void look_at(struct search *search, const char *folder,
                    const char *file)
{
    char path[PATH_MAX_BYTES], title[TITLE_MAX_BYTES];
    size_t length = strlen(file), cut = strlen(search->ending);
    if (file[0] == '.' || length <= cut ||
        strcmp(file + length - cut, search->ending) != 0) {
        return;
    }
    bool here = strcmp(folder, ".") == 0, top = strcmp(folder, "/") == 0;
    int written = snprintf(path, sizeof path, "%s%s%s", here ? "" : folder,
                           here || top ? "" : "/", file);
    if (written < 0 || (size_t)written >= sizeof path) return;
    read_title(path, title);
    bool stem = strncmp(file, search->name, length - cut) == 0 &&
                search->name[length - cut] == '\0';
    struct arena *arena = &search->script->arena;
    if (stem || strcmp(title, search->name) == 0) {
        const char *kept = talk__arena_text(arena, path, strlen(path));
        *(search->found ? &search->second : &search->found) = kept;
    } else {
        const char *kept = talk__arena_text(arena, title, strlen(title));
        if (kept && *kept) nearest_try(&search->near, kept);
    }
}

static void look_in(struct search *search, const char *folder)
{
    DIR *listing = opendir(folder);
    if (!listing) return; /* a folder above that is closed to us */
    const struct dirent *entry;
    while ((entry = readdir(listing)) != NULL) {
        look_at(search, folder, entry->d_name);
    }
    (void)closedir(listing);
}

const char *library_find(struct script *script, enum library_kind kind,
                         struct spot spot, const char *name)
{
    char folder[PATH_MAX_BYTES], hint[HINT_MAX_BYTES];
    struct search search = {
        .script = script, .ending = endings[kind], .name = name};
    nearest_init(&search.near, name);
    folder_of(spot.path, folder);
    for (size_t up = 0; up < FOLDERS_UP_MAX; up++) {
        look_in(&search, folder);
        if (search.found || script->arena.failed || !go_up(folder)) break;
    }
    if (search.found && search.second) {
        bool ordered = strcmp(search.found, search.second) < 0;
        script_complain(script, spot, "'%.60s' is two files: %s and %s", name,
                        ordered ? search.found : search.second,
                        ordered ? search.second : search.found);
        return NULL;
    }
    if (search.found || script->arena.failed) return search.found;
    script_complain(script, spot,
                    "no *%s is named '%.60s', here or in a folder above%s",
                    search.ending, name,
                    nearest_hint(&search.near, "", hint, sizeof hint));
    return NULL;
}

/* ---- Lists ------------------------------------------------------------- */

static bool read_items(struct source *source, struct script *script,
                       struct list *list)
{
    struct source_line line;
    size_t capacity = 0;
    (void)source_next(source, &line); /* the name */
    while (source_next(source, &line)) {
        void *items = list->items;
        if (line.length == 0) continue;
        if (strncmp(line.text, "// ", 3) == 0) {
            script_complain(
                script, (struct spot){source->path, line.line, line.column},
                "every line of a list is said; a list has no "
                "comments");
        }
        if (!talk__arena_room(&script->arena, &items, list->count, &capacity,
                              sizeof *list->items)) {
            return false;
        }
        list->items = items;
        list->items[list->count++] = (struct list_item){line.text, line.line};
    }
    return true;
}

static const struct list *read_list(struct script *script, const char *path,
                                    const char *name)
{
    struct source source;
    struct problem problem;
    struct list *list = talk__arena_take(&script->arena, sizeof *list);
    if (!list) return NULL;
    if (!source_open(&source, path, &script->arena, &problem)) {
        script_complain(script, problem.spot, "%s", problem.message);
        return NULL;
    }
    *list = (struct list){.name = name, .path = path};
    if (!read_items(&source, script, list)) return NULL;
    if (list->count) return list;
    script_complain(script, (struct spot){path, 1, 1},
                    "the list '%.60s' is empty: write one utterance a line "
                    "below its name",
                    name);
    return NULL;
}

const struct list *library_list(struct library *library, struct script *script,
                                struct spot spot, const char *name)
{
    for (size_t i = 0; i < library->count; i++) {
        const struct library_entry *entry = &library->entries[i];
        if (entry->from == spot.path && strcmp(entry->name, name) == 0) {
            return entry->list;
        }
    }
    void *entries = library->entries;
    if (!talk__arena_room(&script->arena, &entries, library->count,
                          &library->capacity, sizeof *library->entries)) {
        return NULL;
    }
    library->entries = entries;
    const char *path = library_find(script, LIBRARY_LIST, spot, name);
    const struct list *list = path ? read_list(script, path, name) : NULL;
    library->entries[library->count++] =
        (struct library_entry){spot.path, name, list};
    return list;
}
