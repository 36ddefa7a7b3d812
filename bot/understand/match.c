/* match.c - every place where a pattern matches.
 * In: the folded text and its words.  Out: hits, sorted; or "could not read".
 *
 * The index of the pack names the candidates. A long text is read in windows
 * cut at sentence ends, since the time of a match may grow with the square
 * of what it is tried on; all matches of a turn together have one budget, as
 * PCRE2's own limit counts anew at every start. Findings go first, so that
 * when the budget ends it is the small talk that was not read. What loose
 * patterns guess is tried last, and only where it may count. */
#include <string.h>

#include "candidates.h"
#include "sort.h"
#include "understand.h"

enum {
    WINDOW_MAX = 1024,   /* bytes */
    OVERLAP = 160,       /* bytes read twice where no sentence ends */
    HITS_A_PATTERN = 32, /* in one window; more say nothing new */
    HITS_MAX = 1000,     /* in a message; what follows counts as not read */
    CALL_COST = 48,      /* a match call, in bytes that it could have read */
    GAVE_UP_COST = 32 * 1024 /* a match that hit a limit, likewise */
};

struct matcher {
    const struct pack *pack;
    struct memory memory;
    struct candidates *candidates;
    struct regex_space *space;
    struct regex **own; /* per pattern: compiled here, or NULL */
    size_t work_max;    /* bytes */
};

static size_t own_size(const struct pack *pack)
{
    return ((size_t)pack->pattern_count + 1) * sizeof(struct regex *);
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
    m->own = talk__memory_take(memory, own_size(pack));
    if (m->own) memset(m->own, 0, own_size(pack));
    if (!m->candidates || !m->own) status = TALK_NOMEM;
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
    for (uint32_t i = 0; m->own && i < m->pack->pattern_count; i++) {
        talk__regex_free(&m->memory, m->own[i]);
    }
    talk__memory_give(&memory, m->own, own_size(m->pack));
    talk__memory_give(&memory, m, sizeof *m);
}

const struct pack *talk__matcher_pack(const struct matcher *m)
{
    return m->pack;
}

/* ---- Windows ---- */

struct window {
    size_t start, end;       /* bytes */
    size_t first, words_end; /* words */
};

static bool ends_sentence(char c)
{
    return c == '.' || c == '?' || c == '!' || c == ';';
}

/* Where a window that starts at `start` ends: at the last sentence end that
 * fits, else at the last blank, else at a border of characters. */
static size_t window_end(const struct folded *folded, size_t start)
{
    const char *text = folded->text;
    if (folded->length - start <= WINDOW_MAX) return folded->length;
    size_t end = start + WINDOW_MAX;
    for (size_t at = end; at > start + WINDOW_MAX / 4; at--) {
        if (ends_sentence(text[at - 1]) && text[at] == ' ') return at;
    }
    for (size_t at = end; at > start + WINDOW_MAX / 2; at--) {
        if (text[at] == ' ') return at;
    }
    while (((unsigned char)text[end] & 0xC0) == 0x80) end--;
    return end;
}

/* The next window begins with the sentence that the last one ended with. */
static size_t window_next(const struct folded *folded,
                          const struct window *last)
{
    const char *text = folded->text;
    size_t floor = last->start + (last->end - last->start) / 2;
    for (size_t at = last->end - 1; at > floor; at--) {
        if (ends_sentence(text[at - 1]) && text[at] == ' ') return at + 1;
    }
    size_t at = last->end - last->start > 2 * OVERLAP ? last->end - OVERLAP
                                                      : last->end;
    for (size_t back = at; back > floor; back--) {
        if (text[back - 1] == ' ') return back;
    }
    while (((unsigned char)text[at] & 0xC0) == 0x80) at++;
    return at;
}

static struct window window_at(const struct folded *folded, size_t start)
{
    struct window window = {start, window_end(folded, start), 0, 0};
    window.first = talk__folded_word_at(folded, start);
    window.words_end = talk__folded_word_at(folded, window.end);
    return window;
}

/* ---- Running ---- */

struct run {
    struct matcher *matcher;
    const struct recall *recall;
    struct arena *arena;
    struct heard *heard;
    size_t capacity;    /* of heard->hits */
    size_t work;        /* bytes left */
    size_t recent;      /* the first hit that the last window found */
    size_t overlap_end; /* how far the last window reached */
    const struct candidate *candidates; /* of the window */
    uint32_t candidate_count;
    bool one_window;
    bool failed; /* no memory */
};

/* The passes over a message, in this order. */
enum pass { PASS_FINDINGS, PASS_CUES, PASS_REST, PASS_GUESSES };

static enum pass pass_of(const struct pattern *pattern)
{
    if (pattern->kind == PATTERN_FINDING) return PASS_FINDINGS;
    if (pattern->kind == PATTERN_CUE) return PASS_CUES;
    return pattern->kind == PATTERN_TOPIC && pattern->detail == FIT_LOOSE
               ? PASS_GUESSES
               : PASS_REST;
}

static void could_not_read(struct run *run, const struct pattern *pattern)
{
    switch (pass_of(pattern)) {
    case PASS_FINDINGS:
    case PASS_CUES: run->heard->flags_unread = true; break;
    case PASS_REST: run->heard->other_unread = true; break;
    case PASS_GUESSES: break; /* a guess less */
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

static void add_hit(struct run *run, uint32_t pattern, size_t start,
                    size_t end)
{
    struct heard *heard = run->heard;
    if (already_hit(run, pattern, start)) return;
    if (heard->hit_count == HITS_MAX) {
        could_not_read(run, &run->matcher->pack->patterns[pattern]);
        return;
    }
    if (!talk__arena_room(run->arena, (void **)&heard->hits, heard->hit_count,
                          &run->capacity, sizeof *heard->hits)) {
        run->failed = true;
        return;
    }
    struct hit *hit = &heard->hits[heard->hit_count++];
    *hit = (struct hit){pattern, (uint32_t)start, (uint32_t)end, 0, 0};
    uint32_t group = run->matcher->pack->patterns[pattern].value_group;
    size_t value_start, value_end;
    if (group && talk__regex_captured(run->matcher->space, group, &value_start,
                                      &value_end)) {
        hit->value_start = (uint32_t)value_start;
        hit->value_end = (uint32_t)value_end;
    }
}

static bool spend(struct run *run, size_t bytes)
{
    if (run->work < bytes) {
        run->work = 0;
        return false;
    }
    run->work -= bytes;
    return true;
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
    while (at < length && ((unsigned char)text[at] & 0xC0) == 0x80) at++;
    return at;
}

/* Most patterns are rare: each worker compiles what its messages call for.
 * NULL: no memory. */
static const struct regex *regex_of(struct run *run, uint32_t index)
{
    struct matcher *m = run->matcher;
    const struct pattern *pattern = &m->pack->patterns[index];
    struct regex_fault fault;
    if (pattern->regex) return pattern->regex;
    if (m->own[index]) return m->own[index];
    talk_status status =
        talk__pattern_compile(pattern, &m->memory, &m->own[index], &fault);
    if (status == TALK_NOMEM) run->failed = true;
    return m->own[index];
}

static void try_pattern(struct run *run, const struct window *window,
                        const struct candidate *candidate)
{
    uint32_t index = candidate->pattern;
    const struct pattern *pattern = &run->matcher->pack->patterns[index];
    const struct folded *folded = &run->heard->folded;
    struct subject subject = {folded->text, window->end,
                              window->end < folded->length};
    struct begin begin = {window->start, window->first};
    const struct regex *regex = regex_of(run, index);
    int hits = 0;
    if (!regex) {
        could_not_read(run, pattern);
        return;
    }
    while (hits < HITS_A_PATTERN &&
           next_begin(run, window, candidate, &begin)) {
        if (!spend(run, CALL_COST + (window->end - begin.at))) {
            could_not_read(run, pattern);
            return;
        }
        size_t start, end;
        enum regex_result result = talk__regex_find(
            run->matcher->space, regex, &subject, begin.at, &start, &end);
        if (result == REGEX_GAVE_UP) {
            could_not_read(run, pattern);
            (void)spend(run, GAVE_UP_COST);
            return;
        }
        if (result == REGEX_NO_MATCH) {
            if (pattern->leading == NO_INDEX) return;
            continue;
        }
        if (end > start) {
            add_hit(run, index, start, end);
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

static void run_pass(struct run *run, const struct window *window,
                     enum pass pass)
{
    const struct matcher *m = run->matcher;
    for (uint32_t i = 0; i < run->candidate_count && !run->failed; i++) {
        const struct candidate *candidate = &run->candidates[i];
        const struct pattern *pattern = &m->pack->patterns[candidate->pattern];
        if (pass_of(pattern) != pass) continue;
        /* "no" is an answer when it is the message, not somewhere in it. */
        if (pattern->kind == PATTERN_ANSWER && !run->one_window) continue;
        if (pattern->when_asked && !is_asked(run->recall, pattern)) continue;
        try_pattern(run, window, candidate);
    }
}

static void find_candidates(struct run *run, const struct window *window)
{
    run->candidates = talk__candidates_find(
        run->matcher->candidates, &run->heard->folded, window->first,
        window->words_end, &run->candidate_count);
}

static void run_windows(struct run *run, enum pass pass)
{
    const struct folded *folded = &run->heard->folded;
    struct window window = window_at(folded, 0);
    run->recent = run->heard->hit_count;
    run->overlap_end = 0;
    for (;;) {
        size_t found = run->heard->hit_count;
        find_candidates(run, &window);
        run_pass(run, &window, pass);
        if (window.end >= folded->length || run->failed) return;
        run->recent = found;
        run->overlap_end = window.end;
        window = window_at(folded, window_next(folded, &window));
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

/* Without a finding there is nothing that a cue could turn. */
static bool has_findings(const struct run *run)
{
    return run->heard->hit_count > 0 || run->heard->finding_count > 0;
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

talk_status talk__match(struct matcher *m, const struct recall *recall,
                        struct arena *arena, struct heard *heard)
{
    const struct folded *folded = &heard->folded;
    struct run run = {
        .matcher = m, .recall = recall, .arena = arena, .heard = heard};
    if (folded->length == 0) return TALK_OK;
    run.one_window = folded->length <= WINDOW_MAX;
    /* A quarter is kept for topics, so that there is an answer. */
    run.work = m->work_max - m->work_max / 4;
    if (run.one_window) {
        struct window window = window_at(folded, 0);
        find_candidates(&run, &window);
        run_pass(&run, &window, PASS_FINDINGS);
        if (has_findings(&run)) run_pass(&run, &window, PASS_CUES);
        run.work += m->work_max / 4;
        run_pass(&run, &window, PASS_REST);
        if (!is_clear(&run)) run_pass(&run, &window, PASS_GUESSES);
    } else {
        run_windows(&run, PASS_FINDINGS);
        if (has_findings(&run)) run_windows(&run, PASS_CUES);
        run.work += m->work_max / 4;
        run_windows(&run, PASS_REST);
    }
    talk__regex_space_relax(m->space);
    if (run.failed) return TALK_NOMEM;
    if (heard->hit_count > 1) {
        talk__sort(heard->hits, heard->hit_count, sizeof *heard->hits,
                   compare_hits);
    }
    return TALK_OK;
}
