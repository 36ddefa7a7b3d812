/* match.c - every place where a pattern matches.
 * In: the folded text and its words.  Out: hits, sorted; or "could not read".
 *
 * The index of the pack names the candidates. A long text is read in windows
 * cut at sentence ends, since the time of a match may grow with the square
 * of what it is tried on; all matches of a turn together have one budget, as
 * PCRE2's own limit counts anew at every start. What loose patterns guess is
 * tried last, and only where it may count. */
#include <string.h>

#include "ascii.h"
#include "candidates.h"
#include "pattern_tree.h"
#include "regexes.h"
#include "sort.h"
#include "tracer.h"
#include "understand.h"
#include "window.h"

enum {
    HITS_A_PATTERN = 32, /* in one window; more say nothing new */
    HITS_MAX = 2000,     /* in a message; what follows counts as not read */
    BYTES_A_START = 64   /* where a pattern may begin anywhere */
};

/* What things cost. The unit is about two nanoseconds. */
enum {
    WORD_COST = 256,   /* a word that is looked up, with what follows */
    MATCH_COST = 600,  /* a match that is tried */
    LITERAL_COST = 16, /* … and needs no regex */
    GAVE_UP_COST = 200 * 1024, /* one that hit a limit */
    COMPILE_COST = 28, /* a byte of a pattern that is not compiled … */
    JIT_COST = 110     /* … or has to become machine code, too */
};

struct matcher {
    const struct pack *pack;
    struct memory memory;
    struct candidates *candidates;
    struct regex_space *space;
    struct tracer *tracer; /* NULL: alternatives are not told apart */
    bool silent;           /* nor is it wanted */
    struct regexes *regexes;
    uint32_t *called; /* per pattern: the last turn that called for it */
    uint32_t turn;
    size_t work_max; /* bytes */
};

static size_t called_size(const struct pack *pack)
{
    return ((size_t)pack->pattern_count + 1) * sizeof(uint32_t);
}

talk_status talk__matcher_new(const struct pack *pack,
                              const struct memory *memory,
                              const struct understand_limits *limits,
                              struct matcher **out)
{
    *out = NULL;
    struct matcher *m = talk__memory_take(memory, sizeof *m);
    if (!m) return TALK_NOMEM;
    *m = (struct matcher){.pack = pack, .memory = *memory};
    m->work_max = (size_t)limits->turn_work_max * 1024;
    struct regex_limits regex_limits = {limits->match_limit,
                                        limits->interpret};
    talk_status status =
        talk__regex_space_new(&m->memory, &regex_limits, &m->space);
    m->candidates = talk__candidates_new(pack, memory);
    m->regexes = talk__regexes_new(pack, memory, limits->interpret);
    m->called = talk__memory_take(memory, called_size(pack));
    if (m->called) memset(m->called, 0, called_size(pack));
    if (!m->candidates || !m->regexes || !m->called) status = TALK_NOMEM;
    if (status == TALK_OK) status = talk__tracer_new(pack, memory, &m->tracer);
    if (status != TALK_OK) {
        talk__matcher_free(m);
        return status;
    }
    *out = m;
    return TALK_OK;
}

void talk__matcher_free(struct matcher *m)
{
    if (!m) return;
    struct memory memory = m->memory;
    talk__regex_space_free(&m->memory, m->space);
    talk__candidates_free(m->candidates);
    talk__regexes_free(m->regexes);
    talk__tracer_free(m->tracer);
    talk__memory_give(&memory, m->called, called_size(m->pack));
    talk__memory_give(&memory, m, sizeof *m);
}

const struct pack *talk__matcher_pack(const struct matcher *m)
{
    return m->pack;
}

void talk__matcher_trace(struct matcher *m, bool on)
{
    m->silent = !on;
}

/* ---- Running ---- */

struct run {
    struct matcher *matcher;
    const struct recall *recall;
    struct arena *arena;
    struct heard *heard;
    size_t capacity;     /* of heard->hits */
    size_t compile_work; /* what is left for compiling, */
    size_t work;         /* for findings and cues, */
    size_t rest_work;    /* and for the rest */
    size_t recent;       /* the first hit that the last window found */
    size_t overlap_end;  /* how far the last window reached */
    bool one_window;
    bool ascii;  /* all of the text */
    bool failed; /* no memory */
};

static void could_not_read(struct run *run, const struct pattern *pattern)
{
    switch (talk__pass_of(pattern)) {
    case PASS_FINDINGS:
    case PASS_CUES: run->heard->flags_unread = true; break;
    case PASS_REST: run->heard->other_unread = true; break;
    case PASS_GUESSES: /* a guess less */
    case PASS_COUNT: break;
    }
}

/* Windows overlap: the same hit may have been found already. */
static bool already_hit(const struct run *run, uint32_t pattern, size_t start)
{
    if (start >= run->overlap_end) return false;
    for (size_t i = run->heard->hit_count; i > run->recent; i--) {
        const struct hit *hit = &run->heard->hits[i - 1];
        if (hit->pattern == pattern && hit->start == start) return true;
    }
    return false;
}

/* NULL: there is already one, or no room. */
static struct hit *add_hit(struct run *run, uint32_t pattern,
                           const struct regex *regex, size_t start, size_t end)
{
    struct heard *heard = run->heard;
    if (already_hit(run, pattern, start)) return NULL;
    if (heard->hit_count == HITS_MAX) {
        could_not_read(run, &run->matcher->pack->patterns[pattern]);
        return NULL;
    }
    if (!talk__arena_room(run->arena, (void **)&heard->hits, heard->hit_count,
                          &run->capacity, sizeof *heard->hits)) {
        run->failed = true;
        return NULL;
    }
    struct hit *hit = &heard->hits[heard->hit_count++];
    *hit = (struct hit){
        .pattern = pattern, .start = (uint32_t)start, .end = (uint32_t)end};
    size_t value_start, value_end;
    if (regex && talk__regex_value(run->matcher->space, regex, &value_start,
                                   &value_end)) {
        hit->value_start = (uint32_t)value_start;
        hit->value_end = (uint32_t)value_end;
    }
    return hit;
}

static bool spend(size_t *work, size_t bytes)
{
    if (*work < bytes) {
        *work = 0;
        return false;
    }
    *work -= bytes;
    return true;
}

/* What a pattern is paid from: so much is kept for topics that there is an
 * answer. */
static size_t *purse_of(struct run *run, const struct pattern *pattern)
{
    enum pass pass = talk__pass_of(pattern);
    return pass == PASS_FINDINGS || pass == PASS_CUES ? &run->work
                                                      : &run->rest_work;
}

/* Where a match of a pattern may begin next. */
struct begin {
    size_t at;   /* not before */
    size_t word; /* the next to be asked; or 1 when the start was tried */
};

/* Moves to the next such place; false: there is none. */
static bool next_begin(const struct run *run, const struct window *window,
                       const struct candidate *candidate, struct begin *begin)
{
    const struct matcher *m = run->matcher;
    const struct pattern *pattern = &m->pack->patterns[candidate->pattern];
    if (pattern->at_start) {
        return window->start == 0 && begin->word++ == window->first;
    }
    if (pattern->leading == NO_INDEX) return begin->at <= window->end;
    while (begin->word < window->words_end) {
        size_t word = begin->word++;
        size_t start = run->heard->folded.words[word].start;
        if (start < begin->at ||
            !talk__candidates_begin(m->candidates, candidate, word)) {
            continue;
        }
        begin->at = start;
        return true;
    }
    return false;
}

static size_t next_character(const char *text, size_t length, size_t at)
{
    at++;
    while (at < length && !talk__is_first_byte(text[at])) at++;
    return at;
}

/* A pattern that may have to be compiled is paid for once in a turn, also
 * where it has been compiled before: all workers read equally far. */
static bool pay(struct run *run, uint32_t index)
{
    struct matcher *m = run->matcher;
    const struct pattern *pattern = &m->pack->patterns[index];
    if (pattern->regex || m->called[index] == m->turn) return true;
    m->called[index] = m->turn;
    size_t cost = pattern->jit ? JIT_COST : COMPILE_COST;
    return spend(&run->compile_work, cost * pattern->whole_length);
}

static struct subject subject_of(const struct run *run,
                                 const struct window *window)
{
    const struct folded *folded = &run->heard->folded;
    return (struct subject){folded->text, window->end,
                            window->end < folded->length};
}

/* Alternatives are told apart: someone wants to know what patterns match. */
static bool is_traced(const struct matcher *m)
{
    return m->tracer && !m->silent;
}

/* Tells the alternatives of a hit apart, where that is wanted. */
static void trace(struct run *run, const struct window *window,
                  struct hit *hit, size_t from)
{
    const struct matcher *m = run->matcher;
    const struct subject subject = subject_of(run, window);
    if (!hit || !is_traced(m)) return;
    if (talk__tracer_ask(m->tracer, hit->pattern, &subject, from, run->arena,
                         &hit->taken) != TALK_OK) {
        run->failed = true;
    }
}

/* Most cues, and what ends their scope, are words and nothing else. Beyond
 * ASCII only PCRE2 knows where a word ends. */
static bool is_compared(const struct run *run, const struct pattern *pattern)
{
    return run->ascii && pattern->literal && pattern->leading != NO_INDEX;
}

static enum regex_result compare(const struct run *run,
                                 const struct window *window,
                                 const struct pattern *pattern, size_t from,
                                 size_t *start, size_t *end)
{
    const char *text = run->heard->folded.text;
    *start = from;
    *end = from + pattern->folded_length;
    bool same =
        *end <= window->end &&
        memcmp(text + from, pattern->folded, pattern->folded_length) == 0 &&
        (*end == window->end || !talk__is_word_byte(text[*end]));
    return same ? REGEX_MATCH : REGEX_NO_MATCH;
}

/* Without a regex the pattern is compared. */
static enum regex_result find(struct run *run, const struct window *window,
                              uint32_t index, const struct regex *regex,
                              size_t from, size_t *start, size_t *end)
{
    const struct pattern *pattern = &run->matcher->pack->patterns[index];
    const struct subject subject = subject_of(run, window);
    bool anchored = pattern->at_start || pattern->leading != NO_INDEX;
    size_t starts = anchored ? 1 : 1 + (window->end - from) / BYTES_A_START;
    size_t cost = regex ? starts * MATCH_COST : LITERAL_COST;
    if (!spend(purse_of(run, pattern), cost)) return REGEX_GAVE_UP;
    if (!regex) return compare(run, window, pattern, from, start, end);
    const struct matcher *m = run->matcher;
    enum regex_result result = talk__regexes_find(
        m->regexes, index, run->ascii, m->space, &subject, from, start, end);
    if (result == REGEX_GAVE_UP) {
        (void)spend(purse_of(run, pattern), GAVE_UP_COST);
    }
    return result;
}

static void try_pattern(struct run *run, const struct window *window,
                        const struct candidate *candidate)
{
    uint32_t index = candidate->pattern;
    const struct matcher *m = run->matcher;
    const struct pattern *pattern = &m->pack->patterns[index];
    const struct folded *folded = &run->heard->folded;
    struct begin begin = {window->start, window->first};
    bool compared = is_compared(run, pattern);
    const struct regex *regex = NULL;
    int hits = 0;
    bool again = m->called[index] == m->turn;
    if (!compared && pay(run, index) &&
        talk__regexes_get(m->regexes, index, run->ascii, again, &regex) ==
            TALK_NOMEM) {
        run->failed = true;
        return;
    }
    if (!regex && !compared) {
        could_not_read(run, pattern);
        return;
    }
    while (hits < HITS_A_PATTERN &&
           next_begin(run, window, candidate, &begin)) {
        size_t start, end;
        enum regex_result result =
            find(run, window, index, regex, begin.at, &start, &end);
        if (result == REGEX_NO_MEMORY) run->failed = true;
        if (result == REGEX_GAVE_UP) could_not_read(run, pattern);
        if (run->failed || result == REGEX_GAVE_UP) return;
        if (result == REGEX_NO_MATCH) {
            if (pattern->leading == NO_INDEX) return;
            continue;
        }
        if (end > start) {
            struct hit *hit = add_hit(run, index, regex, start, end);
            trace(run, window, hit, begin.at);
            hits++;
        }
        begin.at = end > begin.at
                       ? end
                       : next_character(folded->text, window->end, begin.at);
    }
}

/* Some patterns count only as the answer to the question that is open. */
static bool is_asked(const struct recall *recall,
                     const struct pattern *pattern)
{
    return !recall->open.of_finding && recall->open.index == pattern->owner;
}

/* What cannot count now need not be found, unless someone wants to know what
 * matches at all: that is why talk__choose asks for `when`, too. */
static bool may_count(const struct run *run, const struct pattern *pattern)
{
    const struct matcher *m = run->matcher;
    const struct topic *topics = m->pack->topics;
    /* "no" is an answer when it is the message, not somewhere in it. */
    if (pattern->kind == PATTERN_ANSWER) return run->one_window;
    if (pattern->when_asked) return is_asked(run->recall, pattern);
    return !pattern->conditional || is_traced(m) ||
           talk__when_holds(topics[pattern->owner].when, run->recall);
}

static void run_pass(struct run *run, const struct window *window,
                     enum pass pass)
{
    const struct matcher *m = run->matcher;
    uint32_t count;
    const struct candidate *candidates =
        talk__candidates_of(m->candidates, pass, &count);
    talk__regexes_expect_all(m->regexes, run->ascii, candidates, count);
    for (uint32_t i = 0; i < count && !run->failed; i++) {
        const struct pattern *pattern =
            &m->pack->patterns[candidates[i].pattern];
        talk__regexes_expect(m->regexes, run->ascii, candidates, count, i);
        if (may_count(run, pattern)) try_pattern(run, window, &candidates[i]);
    }
}

/* False when there is no work left to do so: then nothing is read further. */
static bool look(struct run *run, const struct window *window)
{
    if (!spend(&run->work, WORD_COST * (window->words_end - window->first))) {
        run->heard->flags_unread = run->heard->other_unread = true;
        return false;
    }
    talk__candidates_look(run->matcher->candidates, &run->heard->folded,
                          window->first, window->words_end);
    return true;
}

/* Several passes over one window after the other. */
static void run_windows(struct run *run, const enum pass *passes, size_t count)
{
    const struct folded *folded = &run->heard->folded;
    struct window window = talk__window_at(folded, 0);
    run->recent = run->heard->hit_count;
    run->overlap_end = 0;
    for (;;) {
        size_t found = run->heard->hit_count;
        if (!look(run, &window)) return;
        for (size_t i = 0; i < count; i++) run_pass(run, &window, passes[i]);
        if (window.end >= folded->length || run->failed) return;
        run->recent = found;
        run->overlap_end = window.end;
        window = talk__window_at(folded, talk__window_next(folded, &window));
    }
}

/* Something was asked clearly: then there is nothing to guess. */
static bool is_clear(const struct run *run)
{
    const struct pack *pack = run->matcher->pack;
    for (size_t i = 0; i < run->heard->hit_count; i++) {
        const struct pattern *pattern =
            &pack->patterns[run->heard->hits[i].pattern];
        if (pattern->kind != PATTERN_TOPIC) continue;
        const struct topic *topic = &pack->topics[pattern->owner];
        if (!topic->alone && !topic->when) return true;
    }
    return false;
}

/* Without a finding there is nothing that a cue could turn, but what the
 * message before told of another may count now. */
static bool calls_for_cues(const struct run *run)
{
    if (talk__recall_of_another(run->recall)) return true;
    const struct pattern *patterns = run->matcher->pack->patterns;
    bool found = run->heard->finding_count > 0;
    for (size_t i = 0; i < run->heard->hit_count && !found; i++) {
        found = patterns[run->heard->hits[i].pattern].kind == PATTERN_FINDING;
    }
    return found;
}

static int compare_hits(const void *a, const void *b)
{
    const struct hit *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end) return left->end > right->end ? -1 : 1;
    if (left->pattern == right->pattern) return 0;
    return left->pattern < right->pattern ? -1 : 1;
}

static void next_turn(struct matcher *m)
{
    if (++m->turn != 0) return;
    memset(m->called, 0, m->pack->pattern_count * sizeof *m->called);
    m->turn = 1;
}

talk_status talk__match(struct matcher *m, const struct recall *recall,
                        struct arena *arena, struct heard *heard)
{
    const struct folded *folded = &heard->folded;
    struct run run = {
        .matcher = m, .recall = recall, .arena = arena, .heard = heard};
    if (folded->length == 0) return TALK_OK;
    next_turn(m);
    run.one_window = folded->length <= WINDOW_MAX;
    run.ascii = talk__is_ascii(folded->text, folded->length);
    /* Parts of ten. */
    run.compile_work = m->work_max / 10 * 7;
    run.work = m->work_max / 10 * 2;
    run.rest_work = m->work_max / 10;
    run_windows(&run, (const enum pass[]){PASS_FINDINGS, PASS_REST}, 2);
    if (run.one_window) {
        /* The words that were looked up are still those of the message. */
        struct window window = talk__window_at(folded, 0);
        if (calls_for_cues(&run)) run_pass(&run, &window, PASS_CUES);
        if (!is_clear(&run)) run_pass(&run, &window, PASS_GUESSES);
    } else if (calls_for_cues(&run)) {
        run_windows(&run, (const enum pass[]){PASS_CUES}, 1);
    }
    talk__regex_space_relax(m->space);
    if (run.failed) return TALK_NOMEM;
    if (heard->hit_count > 1) {
        talk__sort(heard->hits, heard->hit_count, sizeof *heard->hits,
                   compare_hits);
    }
    return TALK_OK;
}
