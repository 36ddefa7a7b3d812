/* wordings.c - what a pack says: does it make sentences, does it name what it
 * must, is it short and easy?
 * In: all wordings, in all the words that they can come in.  Out: problems.
 * Ignores when a wording is said, but for the tier. */
#include <string.h>

#include "check_desk.h"
#include "grade.h"
#include "holds.h"
#include "render.h"
#include "spell.h"

enum {
    GRADE_WORDS_MIN = 8, /* a grade of fewer words says nothing */
    QUOTED_MAX = 120
};

/* One wording while its texts are looked at. A problem is told once. */
struct reading {
    struct check_desk *desk;
    const struct response *response;
    const struct wording *wording;
    unsigned tiers; /* of which it is what is said, or 0 */
    bool told[RULE_COUNT];
    double grade; /* the highest */
    size_t texts;
};

static void tell(struct reading *reading, enum check_rule_id rule,
                 const char *what, const char *word)
{
    if (reading->told[rule]) return;
    reading->told[rule] = true;
    talk__desk_tell(reading->desk, rule, reading->wording->place, "%s: %s%s%s",
                    reading->response->name, what, word ? " " : "",
                    word ? word : "");
}

/* ---- Words in a text ---- */

static const char *held(const char *text, size_t length,
                        const struct texts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        if (talk__holds(text, length, texts->items[i])) return texts->items[i];
    }
    return NULL;
}

/* ---- A sentence? ---- */

/* "that that" may be meant, and "had had". */
static bool may_be_double(const char *word, size_t length)
{
    return (length == 4 && memcmp(word, "that", 4) == 0) ||
           (length == 3 && memcmp(word, "had", 3) == 0);
}

/* Words in a row, with nothing but a blank between them. */
enum { ROW_MAX = 64, PHRASE_MAX = 3 };

struct row {
    const char *text;
    size_t starts[ROW_MAX], lengths[ROW_MAX];
    size_t count;
};

/* From a place on; returns where the row ends. */
static size_t read_row(struct row *row, const char *text, size_t length,
                       size_t at)
{
    row->text = text;
    row->count = 0;
    while (at < length && row->count < ROW_MAX) {
        size_t start = at;
        while (at < length && (talk__is_of_word(text[at]) || text[at] == '\''))
            at++;
        if (at == start) break;
        row->starts[row->count] = start;
        row->lengths[row->count++] = at - start;
        if (at + 1 >= length || text[at] != ' ' ||
            !talk__is_of_word(text[at + 1])) {
            break;
        }
        at++;
    }
    return at;
}

static bool same_word(const struct row *row, size_t a, size_t b)
{
    if (row->lengths[a] != row->lengths[b]) return false;
    for (size_t i = 0; i < row->lengths[a]; i++) {
        if (talk__lower(row->text[row->starts[a] + i]) !=
            talk__lower(row->text[row->starts[b] + i])) {
            return false;
        }
    }
    return true;
}

/* The words from `at` come again right behind them. */
static bool comes_again(const struct row *row, size_t at, size_t words)
{
    if (at + 2 * words > row->count) return false;
    for (size_t i = 0; i < words; i++) {
        if (!same_word(row, at + i, at + words + i)) return false;
    }
    return words > 1 ||
           !may_be_double(row->text + row->starts[at], row->lengths[at]);
}

/* Where a word, or up to three, stand twice in a row; or length. */
static size_t doubled(const char *text, size_t length)
{
    struct row row;
    for (size_t at = 0; at < length; at++) {
        if (!talk__is_of_word(text[at])) continue;
        at = read_row(&row, text, length, at);
        for (size_t i = 0; i < row.count; i++) {
            for (size_t words = 1; words <= PHRASE_MAX; words++) {
                if (comes_again(&row, i, words)) return row.starts[i];
            }
        }
    }
    return length;
}

/* What is wrong with the signs at a place, or NULL. */
static const char *sign_fault(const char *text, size_t length, size_t at)
{
    char c = text[at], next = at + 1 < length ? text[at + 1] : '\0';
    if (c == ' ' && next == ' ') return "two blanks in a row:";
    if (c == ' ' && next && strchr(",.;:!?", next)) {
        return "a blank before a sign:";
    }
    if (next && strchr(",;:", c) && strchr(",.;:!?", next)) {
        return "two signs in a row:";
    }
    if ((c == '?' || c == '!') && (next == '.' || next == ',')) {
        return "two signs in a row:";
    }
    return NULL;
}

static void tell_near(struct reading *reading, const char *what,
                      const char *text, size_t length, size_t at)
{
    char near[QUOTED_MAX];
    size_t from = at < 40 ? 0 : at - 40;
    size_t size = length - from < 80 ? length - from : 80;
    /* Neither begins nor ends inside a character. */
    while (size && !talk__is_first_byte(text[from])) from++, size--;
    while (from + size < length && !talk__is_first_byte(text[from + size])) {
        size--;
    }
    near[0] = '\'';
    memcpy(near + 1, text + from, size);
    memcpy(near + 1 + size, "'", 2);
    tell(reading, RULE_RENDER, what, near);
}

static void check_sentence(struct reading *reading, const char *text,
                           size_t length)
{
    size_t twice = doubled(text, length);
    if (length == 0) tell(reading, RULE_RENDER, "nothing is said", NULL);
    if (twice < length) {
        tell_near(reading, "words stand twice:", text, length, twice);
    }
    for (size_t at = 0; at < length; at++) {
        const char *fault = sign_fault(text, length, at);
        if (fault) {
            tell_near(reading, fault, text, length, at);
            break;
        }
    }
}

/* ---- Words that must be there, or must not ---- */

static void check_words(struct reading *reading, const char *text,
                        size_t length)
{
    const struct policy *policy = &reading->desk->pack->policy;
    const struct check_wishes *wishes = &reading->desk->pack->wishes;
    const char *word = held(text, length, &policy->technique_words);
    if (word && !reading->response->technique) {
        tell(reading, RULE_TECHNIQUE, "gives technique away:", word);
    }
    word = held(text, length, &policy->reassuring_words);
    if (word && !reading->wording->reassures) {
        tell(reading, RULE_REASSURES, "reassures:", word);
    }
    for (int tier = TALK_TIER_AVOID; tier < TIER_COUNT; tier++) {
        if (!(reading->tiers & 1u << tier)) continue;
        const struct texts *names = &policy->tiers[tier].names;
        if (names->count && !held(text, length, names)) {
            tell(reading, RULE_TIER_WORDS,
                 "names none of the words of the tier",
                 talk_tier_name((talk_tier)tier));
        }
        word = held(text, length, &wishes->forbidden[tier]);
        if (word) {
            tell(reading, RULE_FORBIDDEN,
                 "holds what is forbidden for its tier:", word);
        }
    }
}

static size_t characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += talk__is_first_byte(text[i]);
    }
    return count;
}

static void check_ease(struct reading *reading, const char *text,
                       size_t length)
{
    const struct check_wishes *wishes = &reading->desk->pack->wishes;
    double grade = talk__grade(text, length);
    if (talk__grade_words(text, length) < GRADE_WORDS_MIN) grade = 0;
    if (grade > reading->grade) reading->grade = grade;
    if (wishes->length && characters(text, length) > wishes->length &&
        !reading->told[RULE_LONG]) {
        reading->told[RULE_LONG] = true;
        talk__desk_tell(reading->desk, RULE_LONG, reading->wording->place,
                        "%s: %zu characters, at most %u are wished",
                        reading->response->name, characters(text, length),
                        wishes->length);
    }
}

static bool look(void *payload, const char *text, size_t length)
{
    struct reading *reading = payload;
    reading->texts++;
    check_sentence(reading, text, length);
    check_words(reading, text, length);
    check_ease(reading, text, length);
    return true;
}

/* ---- Spelling ---- */

/* Of what the author wrote; what stands in holes is the user's or is looked
 * at where it stands. */
static void check_spelling(struct reading *reading, const char *text,
                           size_t length)
{
    const struct speller *speller = reading->desk->pack->speller;
    char word[SPELL_MAX];
    for (size_t at = 0; speller && at < length;) {
        size_t start = at;
        bool plain = true, capital = talk__is_of_word(text[at]) &&
                                     talk__lower(text[at]) != text[at];
        while (at < length &&
               (talk__is_of_word(text[at]) || text[at] == '\'')) {
            plain = plain && talk__lower(text[at]) >= 'a' &&
                    talk__lower(text[at]) <= 'z';
            at++;
        }
        size_t size = at - start;
        if (size == 0) at++;
        if (size == 0 || size >= SPELL_MAX || !plain || capital) continue;
        memcpy(word, text + start, size);
        word[size] = '\0';
        if (!talk__spell_is_known(speller, word, size)) {
            tell(reading, RULE_MISSPELT_REPLY, "no word of the lists:", word);
        }
    }
}

/* ---- All of them ---- */

/* Tiers at which a response is what is said for the tier. */
static unsigned tiers_for(const struct pack *pack, uint32_t response)
{
    unsigned tiers = 0;
    for (int tier = TALK_TIER_AVOID; tier < TIER_COUNT; tier++) {
        const struct tier_policy *said = &pack->policy.tiers[tier];
        if (said->rise == response || said->stand == response ||
            said->refuse == response) {
            tiers |= 1u << tier;
        }
    }
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->findings[i];
        if (finding->rise == response || finding->stand == response) {
            tiers |= 1u << finding->tier;
        }
    }
    return tiers;
}

static bool read_wording(struct check_desk *desk, uint32_t response,
                         const struct wording *wording)
{
    const struct check_wishes *wishes = &desk->pack->wishes;
    struct check_report *report = desk->report;
    struct reading reading = {.desk = desk,
                              .response = &desk->pack->responses[response],
                              .wording = wording,
                              .tiers = tiers_for(desk->pack, response)};
    if (wording->leads != NO_INDEX) return true; /* another one is said */
    if (!talk__render(desk, wording, reading.tiers ? reading.tiers : ALL_TIERS,
                      look, &reading)) {
        return false;
    }
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        if (piece->hole != HOLE_NONE) continue;
        check_spelling(&reading, piece->text, piece->length);
    }
    if (wishes->grade > 0 && reading.grade > wishes->grade) {
        talk__desk_tell(desk, RULE_HARD, wording->place,
                        "%s: grade %.1f, at most %g is wished",
                        reading.response->name, reading.grade, wishes->grade);
    }
    if (reading.texts == 0) return true;
    report->wordings++;
    report->grade_mean += reading.grade;
    if (reading.grade > report->grade_most) report->grade_most = reading.grade;
    return true;
}

bool talk__check_wordings(struct check_desk *desk)
{
    const struct pack *pack = desk->pack;
    for (uint32_t i = 0; i < pack->response_count; i++) {
        const struct response *response = &pack->responses[i];
        for (uint32_t w = 0; w < response->wording_count; w++) {
            if (!read_wording(desk, i, &response->wordings[w])) return false;
        }
    }
    if (desk->report->wordings) {
        desk->report->grade_mean /= (double)desk->report->wordings;
    }
    return true;
}
