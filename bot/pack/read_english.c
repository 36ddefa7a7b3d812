/* read_english.c - which words are left as they are typed, and towards which
 * others are corrected.
 * In: `english` of the pack: files of one word a line; the patterns.
 * Out: pack->speller.  Ignores how a word is corrected. */
#include <string.h>

#include "ascii.h"
#include "fold.h"
#include "schema.h"
#include "unicode.h"
#include "vocabulary.h"

/* ---- Lists ---- */

struct list {
    struct pack_file file;
    enum lexicon_rank rank;
    struct list *next;
};

struct english {
    struct list *lists;
    size_t lines;
};

static size_t count_lines(const struct pack_file *file)
{
    size_t count = 1;
    for (size_t i = 0; i < file->length; i++) count += file->bytes[i] == '\n';
    return count;
}

static void read_lists(struct loading *loading, const struct tree *paths,
                       enum lexicon_rank rank, struct english *english)
{
    for (const struct tree *path = paths->first; path; path = path->next) {
        struct list *list = talk__arena_take(&loading->scratch, sizeof *list);
        if (!list ||
            !talk__folder_read_one(loading->folder, path->text, path->place,
                                   loading->limits, &loading->scratch,
                                   &loading->problems, &list->file)) {
            continue; /* reported, or the arena remembers */
        }
        english->lines += count_lines(&list->file);
        list->rank = rank;
        list->next = english->lists;
        english->lists = list;
    }
}

static void read_common(struct loading *loading, struct tree *paths, void *out)
{
    read_lists(loading, paths, LEXICON_COMMON, out);
}

static void read_rare(struct loading *loading, struct tree *paths, void *out)
{
    read_lists(loading, paths, LEXICON_RARE, out);
}

static const struct schema_row english_rows[] = {
    {"common", WANT_TEXT_OR_TEXTS, true, .read = read_common},
    {"rare", WANT_TEXT_OR_TEXTS, .read = read_rare},
};
static const struct schema english_schema = TALK__SCHEMA("", english_rows);

/* ---- Lines ---- */

struct line {
    struct loading *loading;
    struct place place;
    const char *text;
    size_t length;
};

/* The byte is counted in characters. */
static struct place place_of(const struct line *line, size_t byte)
{
    struct place place = line->place;
    for (size_t i = 0; i < byte; i++) {
        if (talk__is_first_byte(line->text[i])) place.column++;
    }
    return place;
}

/* The character at a byte does not belong into a word. */
static void complain_byte(const struct line *line, size_t byte)
{
    TALK__COMPLAIN(line->loading, place_of(line, byte),
                   "U+%04X is no letter; one word stands on a line, and # "
                   "begins a comment",
                   (unsigned)(unsigned char)line->text[byte]);
}

/* A line with letters beyond ASCII, which are folded as in messages. */
static bool hash_folded(const struct line *line, uint64_t *hash)
{
    struct loading *loading = line->loading;
    const char *word;
    size_t length;
    for (size_t at = 0; at < line->length;) {
        uint32_t code;
        bool valid;
        size_t size = talk__unicode_read(line->text + at, line->length - at,
                                         &code, &valid);
        if (!valid) {
            TALK__COMPLAIN(loading, place_of(line, at),
                           "not UTF-8; save the file as UTF-8");
            return false;
        }
        at += size;
    }
    if (!talk__fold_pattern(&loading->scratch, line->text, line->length, &word,
                            &length)) {
        return false; /* the arena remembers */
    }
    *hash = talk__lexicon_hash(word, length);
    return true;
}

/* False for an empty line, a comment, and what is no word (reported). */
static bool hash_line(const struct line *line, uint64_t *hash)
{
    bool strange = false;
    *hash = TALK__LEXICON_SEED;
    if (line->length == 0 || line->text[0] == '#') return false;
    for (size_t i = 0; i < line->length; i++) {
        char c = line->text[i];
        c = talk__lower(c);
        *hash = talk__lexicon_step(*hash, c);
        if ((unsigned char)c >= 0x80) {
            strange = true;
        } else if ((c < 'a' || c > 'z') && c != '\'') {
            complain_byte(line, i);
            return false;
        }
    }
    return !strange || hash_folded(line, hash);
}

/* Most lines are small letters only: the end of such a line, or NULL. */
static const char *hash_letters(const char *at, const char *end,
                                uint64_t *hash)
{
    const char *start = at;
    *hash = TALK__LEXICON_SEED;
    for (; at < end && talk__is_small(*at); at++) {
        *hash = talk__lexicon_step(*hash, *at);
    }
    return at > start && at < end && *at == '\n' ? at : NULL;
}

static void add_list(struct loading *loading, const struct list *list,
                     struct lexicon *known)
{
    struct line line = {.loading = loading, .place = {list->file.path, 1, 1}};
    const char *at = list->file.bytes, *end = at + list->file.length;
    if (end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3;
    for (; at < end; line.place.line++) {
        uint64_t hash;
        const char *stop = hash_letters(at, end, &hash);
        bool word = stop != NULL;
        if (!word) {
            stop = memchr(at, '\n', (size_t)(end - at));
            if (!stop) stop = end;
            line.text = at;
            line.length = (size_t)(stop - at);
            if (line.length && stop[-1] == '\r') line.length--;
            word = hash_line(&line, &hash);
        }
        if (word) talk__lexicon_add(known, hash, list->rank);
        at = stop + 1;
    }
}

/* ---- The pack's own words ---- */

/* What is replaced is a way to write what it is replaced by. */
static bool add_replaced(const struct pack *pack,
                         struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < pack->replaced.count; i++) {
        const struct table_entry *entry = &pack->replaced.entries[i];
        const char *by = pack->replacements[entry->value];
        if (!talk__vocabulary_add(vocabulary, entry->key, entry->length) ||
            !talk__vocabulary_add(vocabulary, by, strlen(by))) {
            return false;
        }
    }
    return true;
}

static void build(struct loading *loading, const struct english *english,
                  struct lexicon *known)
{
    struct pack *pack = loading->pack;
    struct vocabulary vocabulary;
    if (!talk__vocabulary_read(&vocabulary, pack, &loading->scratch) ||
        !add_replaced(pack, &vocabulary) ||
        !talk__lexicon_init(known, &pack->arena, english->lines)) {
        return; /* the arenas remember */
    }
    for (struct list *list = english->lists; list; list = list->next) {
        add_list(loading, list, known);
    }
    pack->speller = talk__speller_new(&pack->arena, known, vocabulary.words,
                                      vocabulary.count);
}

void talk__read_english(struct loading *loading)
{
    struct english english = {0};
    if (!loading->english) return;
    struct lexicon *known = talk__keep_array(loading, 1, sizeof *known);
    talk__schema_read(loading, &english_schema, loading->english, &english);
    if (known) build(loading, &english, known);
}
