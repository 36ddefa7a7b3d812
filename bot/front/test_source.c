/* test_source.c - a text file as lines with places.
 * In: a path.  Out: trimmed lines, their line and column.
 * Refuses what is no text file; knows nothing of transcripts. */
#include "posix.h"

#include "test_source.h"

#include "utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A transcript of 100,000 turns has some 6 MiB. */
enum { SOURCE_MAX_BYTES = 16 * 1024 * 1024 };

/* strerror shares its text among threads. */
static const char *reason_of(int error)
{
    static const struct {
        int error;
        const char *words;
    } reasons[] = {
        {EACCES, "no permission"},
        {EPERM, "no permission"},
        {ENOENT, "it is not there"},
        {ELOOP, "a link that leads to itself"},
        {ENOTDIR, "a part of the way to it is no folder"},
        {ENAMETOOLONG, "its name is too long"},
        {EMFILE, "too many files are open"},
        {ENFILE, "too many files are open"},
        {EIO, "the disk failed"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].error == error) return reasons[i].words;
    }
    return "the system refused";
}

static bool fail(const struct source *source, struct arena *arena,
                 struct problem *problem, const char *words,
                 const char *reason)
{
    char message[160];
    problem->spot = (struct spot){source->path, source->line, 0};
    snprintf(message, sizeof message, "%s%s", words, reason);
    problem->message = talk__arena_text(arena, message, strlen(message));
    return false;
}

bool source_is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' ||
           byte == '\v';
}

uint32_t source_characters(const char *text, size_t length)
{
    uint32_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80) count++;
    }
    return count;
}

/* Where a transcript holds what no text has. */
static bool check_text(const struct source *source, struct arena *arena,
                       struct problem *problem)
{
    uint32_t line = 1;
    const char *start = source->text;
    for (const char *at = source->text; at < source->end;) {
        uint32_t code;
        int valid;
        size_t bytes =
            utf8_next(at, (size_t)(source->end - at), &code, &valid);
        if (!valid || code == 0) {
            fail(source, arena, problem,
                 code == 0 && valid
                     ? "a NUL byte: this is no text file"
                     : "a byte that is not UTF-8: save the file as UTF-8",
                 "");
            problem->spot.line = line;
            problem->spot.column =
                source_characters(start, (size_t)(at - start)) + 1;
            return false;
        }
        at += bytes;
        if (code == '\n') {
            line++;
            start = at;
        }
    }
    return true;
}

/* size is what the file says of itself: more is not read, less may come. */
static bool read_all(struct source *source, FILE *file, size_t size,
                     struct arena *arena, struct problem *problem)
{
    source->text = talk__arena_take(arena, size + 1);
    if (!source->text) return fail(source, arena, problem, "no memory", "");
    errno = 0;
    size_t length = fread(source->text, 1, size, file);
    if (ferror(file)) {
        return fail(source, arena, problem,
                    "cannot be read: ", reason_of(errno));
    }
    source->end = source->text + length;
    return true;
}

bool source_open(struct source *source, const char *path, struct arena *arena,
                 struct problem *problem)
{
    static const char too_long[] =
        "longer than 16 MiB; split it into several transcripts";
    static const char mark[] = "\xEF\xBB\xBF"; /* some editors begin with it */
    struct stat about;
    *source = (struct source){.path = path};
    if (stat(path, &about) != 0) {
        return fail(source, arena, problem,
                    "cannot be read: ", reason_of(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return fail(source, arena, problem, "a folder, not a file", "");
    }
    /* A pipe has no size and no second reading. */
    if (!S_ISREG(about.st_mode)) {
        return fail(source, arena, problem, "not an ordinary file", "");
    }
    if (about.st_size > SOURCE_MAX_BYTES) {
        return fail(source, arena, problem, too_long, "");
    }
    FILE *file = fopen(path, "rb");
    if (!file) {
        return fail(source, arena, problem,
                    "cannot be read: ", reason_of(errno));
    }
    bool fine = read_all(source, file, (size_t)about.st_size, arena, problem);
    (void)fclose(file);
    if (!fine || !check_text(source, arena, problem)) return false;
    source->at = source->text;
    if ((size_t)(source->end - source->text) >= sizeof mark - 1 &&
        memcmp(source->text, mark, sizeof mark - 1) == 0) {
        source->at += sizeof mark - 1;
    }
    return true;
}

bool source_next(struct source *source, struct source_line *line)
{
    if (source->at >= source->end) return false;
    char *start = source->at;
    char *newline = memchr(start, '\n', (size_t)(source->end - start));
    char *stop = newline ? newline : source->end;
    source->at = newline ? newline + 1 : source->end;
    char *first = start;
    while (first < stop && source_is_blank(*first)) first++;
    while (stop > first && source_is_blank(stop[-1])) stop--;
    *stop = '\0'; /* a blank, the newline, or the byte behind the text */
    *line = (struct source_line){
        .text = first,
        .length = (size_t)(stop - first),
        .line = ++source->line,
        .column = source_characters(start, (size_t)(first - start)) + 1};
    return true;
}
