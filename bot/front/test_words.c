/* test_words.c - the keywords of transcripts, and what stands behind them.
 * In: a line of a section.  Out: an expectation, or a problem that shows how
 * the line is written.  The names of the pack are not looked up here. */
#include "posix.h"

#include "test_words.h"

#include "backtalk.h"
#include "nearest.h"

#include <stdio.h>
#include <string.h>

static const struct keyword keywords[] = {
    {"TIER", WORD_ASSERTION, EXPECT_TIER, SECTION_BOT, 1, 1, "TIER urgent"},
    {"TOPIC", WORD_ASSERTION, EXPECT_TOPIC, SECTION_BOT, 1, 1,
     "TOPIC greeting"},
    {"RESPONSE", WORD_ASSERTION, EXPECT_RESPONSE, SECTION_BOT, 1, 1,
     "RESPONSE greeting"},
    {"FINDING", WORD_ASSERTION, EXPECT_FINDING, SECTION_BOT, 1, 2,
     "FINDING numbness present"},
    {"SLOT", WORD_ASSERTION, EXPECT_SLOT, SECTION_BOT, 1, 2,
     "SLOT severity 3"},
    {"TECHNIQUE", WORD_ASSERTION, EXPECT_TECHNIQUE, SECTION_BOT, 1, 1,
     "TECHNIQUE no"},
    {"BECAUSE", WORD_ASSERTION, EXPECT_BECAUSE, SECTION_BOT, 1, 1,
     "BECAUSE the tier rose"},
    {"MESSAGES", WORD_ASSERTION, EXPECT_MESSAGES, SECTION_BOT, 1, 1,
     "MESSAGES 2"},
    {"ONE_OF", WORD_ASSERTION, EXPECT_ONE_OF, SECTION_BOT, 1, 1,
     "ONE_OF Hello*|Hi*"},
    {"CLOCK", WORD_CLOCK, 0, SECTION_BEGIN | SECTION_ME, 1, 1,
     "CLOCK 2026-01-31T09:30:00Z under #begin, CLOCK +2h under #me"},
    {"SEED", WORD_SEED, 0, SECTION_BEGIN, 1, 1, "SEED 7"},
    {"SET", WORD_SET, 0, SECTION_BEGIN, 1, 1, "SET severity 3"},
    {"BYTES", WORD_BYTES, 0, SECTION_ME, 1, 1, "BYTES 68 69 ff"},
    {"INCLUDE", WORD_INCLUDE, 0,
     SECTION_BEGIN | SECTION_INCLUDE | SECTION_ME | SECTION_BOT, 1, 1,
     "INCLUDE name"},
};
enum { KEYWORD_COUNT = sizeof keywords / sizeof *keywords };

static const char *const polarities[] = {"present", "absent", "past",
                                         "hypothetical", "other_person"};
static const char *const answers[] = {"yes", "no"};

/* Longer words are no keywords of anybody. */
enum { WORD_MAX_BYTES = 40, MESSAGES_MOST = 99 };

const struct keyword *keyword_of(const char *text)
{
    size_t length = strcspn(text, " \t");
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (strlen(keywords[i].name) == length &&
            memcmp(keywords[i].name, text, length) == 0) {
            return &keywords[i];
        }
    }
    return NULL;
}

/* Three letters at least: "OK then" and "I see" are texts. */
bool keyword_is_like(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return length >= 3 && (text[length] == '\0' || text[length] == ' ' ||
                           text[length] == '\t');
}

void keyword_complain_unknown(struct script *script, struct spot spot,
                              const char *text)
{
    char word[WORD_MAX_BYTES], hint[80];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(text, " \t"), text);
    struct nearest near;
    nearest_init(&near, word);
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        nearest_try(&near, keywords[i].name);
    }
    script_complain(script, spot, "'%s' is no keyword%s%s", word,
                    nearest_hint(&near, "", hint, sizeof hint),
                    near.name ? "" : "; if it is text, write '\\' before it");
}

static bool complain_shape(struct script *script,
                           const struct keyword *keyword, struct spot spot)
{
    script_complain(script, spot, "'%s' is written like this: %s",
                    keyword->name, keyword->sample);
    return false;
}

static char *skip_blanks(char *text)
{
    while (source_is_blank(*text)) text++;
    return text;
}

/* Cuts the words apart; the last argument is what is left of the line. */
static size_t split(char *text, const struct keyword *keyword,
                    const char **args)
{
    size_t count = 0;
    char *at = skip_blanks(text + strlen(keyword->name));
    while (*at && count < keyword->most) {
        args[count++] = at;
        if (count == keyword->most) break;
        at += strcspn(at, " \t");
        if (*at) *at++ = '\0';
        at = skip_blanks(at);
    }
    return count;
}

static bool complain_value(struct script *script, struct spot spot,
                           const char *value, const char *const *names,
                           size_t count)
{
    char hint[80], list[160] = "";
    struct nearest near;
    nearest_init(&near, value);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(list);
        nearest_try(&near, names[i]);
        snprintf(list + length, sizeof list - length, "%s%s",
                 i == 0           ? ""
                 : i + 1 == count ? " or "
                                  : ", ",
                 names[i]);
    }
    script_complain(script, spot, "'%.60s' is not %s%s", value, list,
                    nearest_hint(&near, "", hint, sizeof hint));
    return false;
}

static bool is_among(const char *value, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, names[i]) == 0) return true;
    }
    return false;
}

static bool check_choice(struct script *script, const struct expect *expect,
                         const char *value, const char *const *names,
                         size_t count)
{
    return is_among(value, names, count) ||
           complain_value(script, expect->spot, value, names, count);
}

static bool check_tier(struct script *script, const struct expect *expect)
{
    const char *names[TALK_TIER_EMERGENCY + 1];
    for (int tier = TALK_TIER_NONE; tier <= TALK_TIER_EMERGENCY; tier++) {
        names[tier] = talk_tier_name((talk_tier)tier);
    }
    return check_choice(script, expect, expect->args[0], names,
                        sizeof names / sizeof *names);
}

static bool check_messages(struct script *script, const struct expect *expect)
{
    const char *number = expect->args[0];
    size_t digits = strspn(number, "0123456789");
    if (digits > 0 && digits < 3 && !number[digits]) return true;
    script_complain(script, expect->spot,
                    "'%.60s' is not a number of messages from 0 to %d", number,
                    MESSAGES_MOST);
    return false;
}

/* "a | b | c", where \| is a bar. */
static bool split_choices(struct script *script, const struct keyword *keyword,
                          char *text, struct expect *expect)
{
    size_t bars = 0;
    for (const char *at = text; *at; at++) bars += *at == '|';
    expect->choices =
        talk__arena_array(&script->arena, bars + 1, sizeof *expect->choices);
    if (!expect->choices) return false;
    for (char *at = text; at;) {
        char *start = skip_blanks(at), *end = start;
        while (*end && *end != '|') end += *end == '\\' && end[1] ? 2 : 1;
        at = *end ? end + 1 : NULL;
        while (end > start && source_is_blank(end[-1])) end--;
        *end = '\0';
        if (end == start) {
            return complain_shape(script, keyword, expect->spot);
        }
        expect->choices[expect->choice_count++] = start;
    }
    return expect->choice_count > 1 ||
           complain_shape(script, keyword, expect->spot);
}

bool keyword_read_expect(struct script *script, const struct keyword *keyword,
                         char *text, struct expect *expect)
{
    enum { ANSWERS = 2, POLARITIES = sizeof polarities / sizeof *polarities };
    size_t count = split(text, keyword, expect->args);
    expect->kind = keyword->kind;
    if (count < keyword->least) {
        return complain_shape(script, keyword, expect->spot);
    }
    switch (keyword->kind) {
    case EXPECT_TIER: return check_tier(script, expect);
    case EXPECT_TECHNIQUE:
        return check_choice(script, expect, expect->args[0], answers, ANSWERS);
    case EXPECT_MESSAGES: return check_messages(script, expect);
    case EXPECT_FINDING:
        return !expect->args[1] ||
               check_choice(script, expect, expect->args[1], polarities,
                            POLARITIES);
    case EXPECT_ONE_OF:
        return split_choices(script, keyword,
                             skip_blanks(text + strlen(keyword->name)),
                             expect);
    case EXPECT_TOPIC:
    case EXPECT_RESPONSE:
        return !strpbrk(expect->args[0], " \t") ||
               complain_shape(script, keyword, expect->spot);
    default: return true;
    }
}

char *keyword_read_argument(struct script *script,
                            const struct keyword *keyword, struct spot spot,
                            char *text)
{
    char *argument = skip_blanks(text + strlen(keyword->name));
    if (*argument) return argument;
    complain_shape(script, keyword, spot);
    return NULL;
}
