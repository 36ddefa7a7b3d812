/* test_record.c - a conversation as a transcript.
 * In: what was said, and the turns.  Out: a dialogue that holds the bot to
 * what it understood and which responses it chose. Its words stand there as
 * comments: they may change without anybody being wrong. */
#include "posix.h"

#include "test_record.h"

#include "test_words.h"
#include "utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char ending[] = ".convo.txt";

/* A talk of days; what is longer is no dialogue to be read by anybody. */
enum { RECORD_MAX_BYTES = 8 * 1024 * 1024 };

void record_init(struct record *record, uint32_t seed)
{
    *record = (struct record){.seed = seed};
    record->stream = open_memstream(&record->text, &record->length);
}

void record_clear(struct record *record)
{
    if (record->stream) (void)fclose(record->stream);
    free(record->text);
    free(record->slots);
    *record = (struct record){0};
}

void record_restart(struct record *record)
{
    uint32_t seed = record->seed;
    record_clear(record);
    record_init(record, seed);
}

/* ---- What was said ----------------------------------------------------- */

/* A line that would be something else than text needs a backslash. */
static bool is_special(const char *line, size_t length)
{
    char word[16];
    snprintf(word, sizeof word, "%.*s", length < 15 ? (int)length : 15, line);
    return length == 0 || line[0] == '#' || line[0] == '\\' ||
           strncmp(word, "// ", 3) == 0 || strcmp(word, "//") == 0 ||
           strncmp(word, "UTT_", 4) == 0 || keyword_of(word);
}

static bool is_blank_line(const char *line, size_t length)
{
    while (length && source_is_blank(line[length - 1])) length--;
    return length == 0;
}

/* A transcript is UTF-8 without NUL bytes, and blanks around a line do not
 * count. */
static bool is_text(const char *said, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        int valid;
        at += utf8_next(said + at, length - at, &code, &valid);
        if (!valid || code == 0) return false;
    }
    return true;
}

static void put_bytes(FILE *out, const char *said, size_t length)
{
    enum { BYTES_A_LINE = 24 };
    for (size_t i = 0; i < length; i++) {
        fprintf(out, "%s%02x", i % BYTES_A_LINE ? " " : "BYTES ",
                (unsigned)(unsigned char)said[i]);
        if (i + 1 == length || (i + 1) % BYTES_A_LINE == 0) putc('\n', out);
    }
}

/* What is no UTF-8, and NUL bytes, have no place in a text file. */
static char *clean(const char *text, size_t length, size_t *out_length)
{
    char *copy = utf8_clean(text, length, out_length);
    for (size_t i = 0; copy && i < *out_length; i++) {
        if (copy[i] == '\0') copy[i] = ' ';
    }
    return copy;
}

static void put_said(FILE *out, const char *said, size_t length)
{
    bool begun = false;
    if (!is_text(said, length)) {
        put_bytes(out, said, length);
        return;
    }
    for (size_t at = 0; at < length || !begun;) {
        const char *line = said + at;
        const char *newline =
            at < length ? memchr(line, '\n', length - at) : NULL;
        size_t bytes = newline ? (size_t)(newline - line) : length - at;
        if (is_blank_line(line, bytes)) bytes = 0;
        if (bytes ? is_special(line, bytes) : !begun) putc('\\', out);
        fwrite(line, 1, bytes, out);
        putc('\n', out);
        begun = true;
        if (!newline) break;
        at = (size_t)(newline - said) + 1;
    }
}

/* ---- What came --------------------------------------------------------- */

static void put_folded(FILE *out, const char *text, size_t length,
                       const char *escaped)
{
    bool blank = false, begun = false;
    for (size_t i = 0; i < length; i++) {
        if (source_is_blank(text[i]) || text[i] == '\n' || text[i] == '\0') {
            blank = true;
            continue;
        }
        if (blank && begun) putc(' ', out);
        if (strchr(escaped, text[i])) putc('\\', out);
        putc(text[i], out);
        begun = true;
        blank = false;
    }
}

bool record_is_special(const char *text)
{
    return *text == '!' || *text == '?' || keyword_is_like(text) ||
           (is_special(text, strlen(text)) && *text != '\\');
}

void record_put_text(FILE *out, const char *text, size_t length)
{
    size_t clean_length;
    char *copy = clean(text, length, &clean_length);
    const char *start = copy;
    while (start && *start && source_is_blank(*start)) {
        start++;
        clean_length--;
    }
    if (start) {
        if (record_is_special(start)) putc('\\', out);
        put_folded(out, start, clean_length, "*\\");
    }
    free(copy);
}

void record_put_word(FILE *out, const char *text)
{
    put_folded(out, text, strlen(text), "*\\");
}

static void put_messages(FILE *out, const talk_turn *turn)
{
    size_t count = talk_turn_message_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_message message = talk_turn_message(turn, i);
        fputs("// ", out);
        put_folded(out, message.text, message.length, "");
        putc('\n', out);
    }
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "RESPONSE %s\n", talk_turn_message(turn, i).response);
    }
}

static void put_findings(FILE *out, const talk_turn *turn)
{
    size_t count = talk_turn_finding_count(turn);
    for (size_t i = 0; i < count; i++) {
        talk_finding finding = talk_turn_finding(turn, i);
        bool again = false;
        for (size_t k = 0; k < i; k++) {
            talk_finding other = talk_turn_finding(turn, k);
            again = again || (strcmp(other.name, finding.name) == 0 &&
                              strcmp(other.polarity, finding.polarity) == 0);
        }
        if (again) continue;
        fprintf(out, "FINDING %s %s\n", finding.name, finding.polarity);
    }
}

/* Only what is new: a slot that was filled long ago is told long ago. */
static void put_slots(struct record *record, const talk_turn *turn)
{
    char *text = NULL;
    size_t length, count = talk_turn_slot_count(turn);
    FILE *now = open_memstream(&text, &length);
    if (!now) return;
    for (size_t i = 0; i < count; i++) {
        talk_slot slot = talk_turn_slot(turn, i);
        fprintf(now, "SLOT %s ", slot.name);
        record_put_word(now, slot.value);
        putc('\n', now);
    }
    if (fclose(now) != 0) {
        free(text);
        return;
    }
    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        size_t bytes = strcspn(line, "\n") + 1;
        const char *before = record->slots ? record->slots : "";
        while (*before && strncmp(before, line, bytes) != 0) {
            before = strchr(before, '\n') + 1;
        }
        if (!*before) fwrite(line, 1, bytes, record->stream);
    }
    free(record->slots);
    record->slots = text;
}

void record_turn(struct record *record, const char *said, size_t length,
                 const talk_turn *turn)
{
    FILE *out = record->stream;
    const char *topic = talk_turn_topic(turn);
    talk_tier tier = talk_turn_tier(turn);
    bool technique = talk_turn_technique(turn);
    if (!out) return;
    record->turns++;
    fputs("\n#me\n", out);
    put_said(out, said, length);
    fputs("\n#bot\n", out);
    put_messages(out, turn);
    fprintf(out, "TIER %s\n", talk_tier_name(tier));
    if (*topic) fprintf(out, "TOPIC %s\n", topic);
    put_findings(out, turn);
    put_slots(record, turn);
    if (technique || tier > TALK_TIER_NONE) {
        fprintf(out, "TECHNIQUE %s\n", technique ? "yes" : "no");
    }
    if (ferror(out) || ftell(out) > RECORD_MAX_BYTES) {
        (void)fclose(out);
        record->stream = NULL;
    }
}

/* ---- Where it goes ----------------------------------------------------- */

bool record_write(struct record *record, const char *title, FILE *out)
{
    if (!record->stream || fflush(record->stream) != 0) return false;
    fprintf(out, "%s\n", title);
    if (record->seed) {
        fprintf(out, "\n#begin\nSEED %lu\n", (unsigned long)record->seed);
    }
    fwrite(record->text, 1, record->length, out);
    return fflush(out) == 0 && !ferror(out);
}

/* "talks/numb arm.convo.txt" is about a "numb arm". */
static void title_of(const char *name, char *title, size_t size)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    size_t length = strlen(base) - (sizeof ending - 1);
    snprintf(title, size, "%.*s", length < 200 ? (int)length : 200, base);
    if (!*title || *title == '#' || source_is_blank(*title)) {
        snprintf(title, size, "A dialogue that was recorded");
    }
}

static char *with_ending(const char *name)
{
    size_t length = strlen(name), cut = sizeof ending - 1;
    bool has = length >= cut && strcmp(name + length - cut, ending) == 0;
    char *path = malloc(length + cut + 1);
    if (path)
        snprintf(path, length + cut + 1, "%s%s", name, has ? "" : ending);
    return path;
}

char *record_save(struct record *record, const char *name, const char **why)
{
    char title[256];
    char *path = with_ending(name);
    *why = "no memory";
    if (!path) return NULL;
    if (!record->stream) {
        *why = "the conversation is too long";
        free(path);
        return NULL;
    }
    FILE *file = fopen(path, "wx");
    if (!file) {
        *why = errno == EEXIST ? "there is a file of that name already"
                               : strerror(errno);
        free(path);
        return NULL;
    }
    title_of(path, title, sizeof title);
    bool whole = record_write(record, title, file);
    if (fclose(file) == 0 && whole) return path;
    *why = "the disk may be full";
    (void)remove(path);
    free(path);
    return NULL;
}
