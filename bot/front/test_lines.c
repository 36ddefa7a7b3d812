/* test_lines.c - one line of a section of a transcript.
 * In: a line.  Out: a piece of what is said, an expectation, a setting, or a
 * problem.  Ignores what the lines of other sections were. */
#include "posix.h"

#include "test_part.h"

#include "test_clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct spot part_spot(const struct part *part, const struct source_line *line)
{
    return (struct spot){part->path, line->line, line->column};
}

bool part_is_comment(const struct source_line *line)
{
    return line->text[0] == '/' && line->text[1] == '/' &&
           (line->text[2] == '\0' || source_is_blank(line->text[2]));
}

static bool is_list_name(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    return strncmp(text, "UTT_", 4) == 0 && text[4] &&
           text[strspn(text, letters)] == '\0';
}

void part_note_include(struct part *part, struct spot spot, const char *name)
{
    struct arena *arena = &part->script->arena;
    void *names = part->include_names, *spots = part->include_spots;
    if (!talk__arena_room(arena, &names, part->include_count,
                          &part->name_capacity, sizeof *part->include_names) ||
        !talk__arena_room(arena, &spots, part->include_count,
                          &part->spot_capacity, sizeof *part->include_spots)) {
        return;
    }
    part->include_names = names;
    part->include_spots = spots;
    part->include_names[part->include_count] = name;
    part->include_spots[part->include_count++] = spot;
}

/* ---- Lines ------------------------------------------------------------- */

static void add_said(struct part *part, const char *text, size_t length)
{
    size_t wanted = part->said_length + length;
    if (wanted > part->said_capacity) {
        size_t capacity = wanted * 2;
        char *bigger = talk__arena_take(&part->script->arena, capacity);
        if (!bigger) return;
        if (part->said_length) memcpy(bigger, part->said, part->said_length);
        part->said = bigger;
        part->said_capacity = capacity;
    }
    if (length) memcpy(part->said + part->said_length, text, length);
    part->said_length += length;
}

static int digit_of(char byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = byte ? strchr(digits, byte) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* "68 69 ff": what no text can hold, byte by byte. */
static void read_bytes(struct part *part, struct spot spot, const char *text)
{
    if (!part->says) part->said_spot = spot;
    part->says = true;
    for (const char *at = text; *at;) {
        int high = digit_of(at[0]), low = high < 0 ? -1 : digit_of(at[1]);
        if (low < 0 || (at[2] && !source_is_blank(at[2]))) {
            script_complain(part->script, spot,
                            "'BYTES' is written like this: BYTES 68 69 ff");
            return;
        }
        const char byte = (char)(high * 16 + low);
        add_said(part, &byte, 1);
        at += 2;
        while (source_is_blank(*at)) at++;
    }
}

static void read_said(struct part *part, const struct source_line *line)
{
    struct spot spot = part_spot(part, line);
    if (!part->says) part->said_spot = spot;
    if (part->say_list || (part->says && is_list_name(line->text))) {
        script_complain(part->script, spot,
                        "a list stands alone below #me; to say its name, "
                        "write '\\' before it");
        return;
    }
    if (is_list_name(line->text)) {
        part->say_list = library_list(&part->parser->library, part->script,
                                      spot, line->text);
        part->said_spot = spot;
        part->says = true;
        return;
    }
    for (size_t i = 0; part->says && i <= part->blank_lines; i++) {
        add_said(part, "\n", 1);
    }
    part->says = true;
    part->blank_lines = 0;
    size_t skip = line->text[0] == '\\' ? 1 : 0;
    add_said(part, line->text + skip, line->length - skip);
}

static void read_me(struct part *part, struct source_line *line)
{
    struct script *script = part->script;
    struct spot spot = part_spot(part, line);
    const struct keyword *keyword = keyword_of(line->text);
    if (!keyword) {
        read_said(part, line);
        return;
    }
    if (!(keyword->sections & SECTION_ME)) {
        script_complain(script, spot,
                        "'%s' does not stand below #me; to say it, write '\\' "
                        "before it",
                        keyword->name);
        return;
    }
    const char *argument =
        keyword_read_argument(script, keyword, spot, line->text);
    int64_t seconds;
    if (!argument) return;
    if (keyword->word == WORD_INCLUDE) {
        part_note_include(part, spot, argument);
    } else if (keyword->word == WORD_BYTES) {
        read_bytes(part, spot, argument);
    } else if (clock_read_span(argument, &seconds)) {
        part->seconds += seconds;
    } else {
        script_complain(script, spot,
                        "'%.60s' is no time that passes; write '+90s', '+2h' "
                        "or '+3 days'",
                        argument);
    }
}

static void read_text(struct part *part, struct expect *expect, char *text)
{
    struct script *script = part->script;
    bool literal = *text == '\\' && text[1] != '*' && text[1] != '\\';
    if (literal) text++;
    expect->kind = EXPECT_TEXT;
    expect->args[0] = text;
    if (!literal && is_list_name(text)) {
        expect->kind = EXPECT_LIST;
        expect->list =
            library_list(&part->parser->library, script, expect->spot, text);
    }
}

/* "?" and "!" mark the line; twice they are themselves. */
static char *read_marks(char *text, struct expect *expect)
{
    if (text[0] == '?' && text[1] != '?') {
        expect->optional = true;
        text++;
    } else if (text[0] == '?') {
        return text + 1;
    }
    if (text[0] == '!' && text[1] != '!') {
        expect->negated = true;
        text++;
    } else if (text[0] == '!') {
        return text + 1;
    }
    while (source_is_blank(*text)) text++;
    return text;
}

static void read_bot(struct part *part, struct source_line *line)
{
    struct script *script = part->script;
    struct expect expect = {.spot = part_spot(part, line)};
    expect.written =
        talk__arena_text(&script->arena, line->text, line->length);
    char *text = read_marks(line->text, &expect);
    const struct keyword *keyword = keyword_of(text);
    if (!*text) {
        script_complain(script, expect.spot, "nothing stands behind '%s'",
                        expect.written);
        return;
    }
    if (expect.negated && expect.optional) {
        script_complain(script, expect.spot,
                        "'?' (may come) and '!' (must not come) exclude each "
                        "other");
        return;
    }
    if (keyword && !(keyword->sections & SECTION_BOT)) {
        script_complain(script, expect.spot,
                        "'%s' does not stand below #bot; if it is text, write "
                        "'\\' before it",
                        keyword->name);
        return;
    }
    if (keyword && keyword->word == WORD_INCLUDE) {
        const char *name =
            keyword_read_argument(script, keyword, expect.spot, text);
        if (name) part_note_include(part, expect.spot, name);
        return;
    }
    if (keyword) {
        if (expect.optional && keyword->kind != EXPECT_ONE_OF) {
            script_complain(script, expect.spot,
                            "only a message may be optional; '%s' holds or "
                            "does not",
                            keyword->name);
        }
        (void)keyword_read_expect(script, keyword, text, &expect);
    } else if (!is_list_name(text) && keyword_is_like(text)) {
        keyword_complain_unknown(script, expect.spot, text);
    } else {
        read_text(part, &expect, text);
    }
    /* Also with a problem: the section is not empty. */
    struct expect *kept = script_add_expect(script);
    if (kept) *kept = expect;
}

static bool read_seed(const char *text, uint32_t *seed)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    *seed = (uint32_t)number;
    return *text >= '0' && *text <= '9' && !*end && !errno &&
           number <= UINT32_MAX;
}

static void read_preset(struct script *script, struct spot spot, char *text)
{
    struct preset *preset = script_add_preset(script);
    char *value = text + strcspn(text, " \t");
    if (!preset) return;
    if (*value) *value++ = '\0';
    while (source_is_blank(*value)) value++;
    *preset = (struct preset){spot, text, value, false};
    if (*value) return;
    script_complain(script, spot, "'SET' is written like this: SET %.60s 3",
                    text);
}

static void read_begin(struct part *part, struct source_line *line)
{
    struct script *script = part->script;
    struct spot spot = part_spot(part, line);
    const struct keyword *keyword = keyword_of(line->text);
    if (!keyword || !(keyword->sections & SECTION_BEGIN)) {
        char word[48];
        snprintf(word, sizeof word, "%.*s", (int)strcspn(line->text, " \t"),
                 line->text);
        script_complain(script, spot,
                        "'%s' does not stand below #begin: there are CLOCK, "
                        "SEED, SET and INCLUDE",
                        word);
        return;
    }
    char *argument = keyword_read_argument(script, keyword, spot, line->text);
    if (!argument) return;
    if (keyword->word == WORD_INCLUDE) {
        part_note_include(part, spot, argument);
    } else if (keyword->word == WORD_SET) {
        read_preset(script, spot, argument);
    } else if (keyword->word == WORD_SEED) {
        script->has_seed = true;
        if (read_seed(argument, &script->seed)) return;
        script_complain(script, spot, "'%.60s' is not a number from 0 to %lu",
                        argument, (unsigned long)UINT32_MAX);
    } else if (!clock_read_moment(argument, &script->clock)) {
        script_complain(script, spot,
                        "'%.60s' is no moment; write 2026-01-31, "
                        "2026-01-31T09:30:00Z or the seconds since 1970",
                        argument);
    }
}

static void read_include(struct part *part, struct source_line *line)
{
    const struct keyword *keyword = keyword_of(line->text);
    struct spot spot = part_spot(part, line);
    const char *name = line->text;
    if (keyword && keyword->word == WORD_INCLUDE) {
        name = keyword_read_argument(part->script, keyword, spot, line->text);
    }
    if (name) part_note_include(part, spot, name);
}

/* Lines below the title describe the transcript. */
static void read_description(struct part *part, struct source_line *line)
{
    const struct keyword *keyword = keyword_of(line->text);
    if (!keyword || part->heading.line) return;
    script_complain(part->script, part_spot(part, line),
                    "'%s' stands in no section: it belongs below #begin, #me "
                    "or #bot",
                    keyword->name);
}

void part_read_line(struct part *part, struct source_line *line)
{
    switch (part->section) {
    case SECTION_TITLE: read_description(part, line); break;
    case SECTION_BEGIN: read_begin(part, line); break;
    case SECTION_INCLUDE: read_include(part, line); break;
    case SECTION_ME: read_me(part, line); break;
    case SECTION_BOT: read_bot(part, line); break;
    }
}
