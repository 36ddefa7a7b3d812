/* match.c - every place where a pattern matches.
 * In: the folded text and its words.  Out: hits, sorted; or "could not read".
 *
 * The index of the pack names the candidates. A long text is read in windows
 * cut at sentence ends, since the time of a match may grow with the square
 * of what it is tried on; all matches of a turn together have one budget, as
 * PCRE2's own limit counts anew at every start. Findings go first, so that
 * when the budget ends it is the small talk that was not read. */
#include <string.h>

#include "index.h"
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
    struct regex_space *space;
    uint32_t *sets;      /* per set: the stamp of the window that has it */
    uint32_t *tried;     /* per pattern: the stamp when it became candidate */
    uint32_t *satisfied; /* the sets of this window */
    uint32_t *candidates;
    uint32_t satisfied_count, candidate_count;
    uint32_t stamp;
    size_t work_max; /* bytes */
};

static size_t table_size(uint32_t count)
{
    return ((size_t)count + 1) * sizeof(uint32_t);
}

static uint32_t *numbers_new(const struct memory *memory, uint32_t count)
{
    uint32_t *numbers = talk__memory_take(memory, table_size(count));
    if (numbers) memset(numbers, 0, table_size(count));
    return numbers;
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
    struct regex_limits regex_limits = {limits->match_limit};
    m->sets = numbers_new(memory, pack->index->set_count);
    m->satisfied = numbers_new(memory, pack->index->set_count);
    m->tried = numbers_new(memory, pack->pattern_count);
    m->candidates = numbers_new(memory, pack->pattern_count);
    talk_status status =
        talk__regex_space_new(&m->memory, &regex_limits, &m->space);
    if (!m->sets || !m->satisfied || !m->tried || !m->candidates) {
        status = TALK_NOMEM;
    }
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
    uint32_t sets = m->pack->index->set_count;
    uint32_t patterns = m->pack->pattern_count;
    talk__memory_give(&memory, m->sets, table_size(sets));
    talk__memory_give(&memory, m->satisfied, table_size(sets));
    talk__memory_give(&memory, m->tried, table_size(patterns));
    talk__memory_give(&memory, m->candidates, table_size(patterns));
    talk__memory_give(&memory, m, sizeof *m);
}

const struct pack *talk__matcher_pack(const struct matcher *m)
{
    return m->pack;
}

/* ---- Candidates ---- */

static void satisfy(struct matcher *m, uint32_t key)
{
    const struct need_key *refs = &m->pack->index->keys[key];
    for (uint32_t i = 0; i < refs->count; i++) {
        uint32_t set = m->pack->index->need_refs[refs->first + i];
        if (m->sets[set] == m->stamp) continue;
        m->sets[set] = m->stamp;
        m->satisfied[m->satisfied_count++] = set;
    }
}

static void satisfy_word(struct matcher *m, const char *text, uint32_t length)
{
    const struct pack_index *index = m->pack->index;
    uint32_t hash = TALK__HASH_SEED;
    for (uint32_t i = 1; i <= length; i++) {
        hash = talk__hash_step(hash, text[i - 1]);
        if (i < 32 && (index->stem_lengths >> i & 1)) {
            uint32_t stem =
                talk__table_get_hashed(&index->stems, text, i, hash);
            if (stem != TABLE_NONE) satisfy(m, stem);
        }
    }
    uint32_t word = talk__table_get_hashed(&index->words, text, length, hash);
    if (word != TABLE_NONE) satisfy(m, word);
}

static bool all_needs_met(const struct matcher *m,
                          const struct pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->need_count; i++) {
        uint32_t set = m->pack->index->needs[pattern->first_need + i];
        if (m->sets[set] != m->stamp) return false;
    }
    return true;
}

static void next_stamp(struct matcher *m)
{
    if (++m->stamp != 0) return;
    memset(m->sets, 0, table_size(m->pack->index->set_count));
    memset(m->tried, 0, table_size(m->pack->pattern_count));
    m->stamp = 1;
}

/* The patterns that the words [first, end) could match. */
static void collect(struct matcher *m, const struct folded *folded,
                    size_t first, size_t end)
{
    const struct pack_index *index = m->pack->index;
    next_stamp(m);
    m->satisfied_count = m->candidate_count = 0;
    for (size_t w = first; w < end; w++) {
        const struct word *word = &folded->words[w];
        satisfy_word(m, folded->text + word->start, word->length);
    }
    for (uint32_t i = 0; i < m->satisfied_count; i++) {
        const struct need_key *waiting = &index->waiting[m->satisfied[i]];
        for (uint32_t j = 0; j < waiting->count; j++) {
            uint32_t p = index->waiting_refs[waiting->first + j];
            if (!all_needs_met(m, &m->pack->patterns[p])) continue;
            m->candidates[m->candidate_count++] = p;
        }
    }
    for (uint32_t i = 0; i < index->always_count; i++) {
        m->candidates[m->candidate_count++] = index->always[i];
    }
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
    struct arena *arena;
    struct heard *heard;
    size_t capacity;    /* of heard->hits */
    size_t work;        /* bytes left */
    size_t recent;      /* the first hit that the last window found */
    size_t overlap_end; /* how far the last window reached */
    bool one_window;
    bool failed; /* no memory */
};

static bool is_of_pass(const struct pattern *pattern, bool flags_pass)
{
    bool flag =
        pattern->kind == PATTERN_FINDING || pattern->kind == PATTERN_CUE;
    return flag == flags_pass;
}

static void could_not_read(struct run *run, const struct pattern *pattern)
{
    if (is_of_pass(pattern, true)) {
        run->heard->flags_unread = true;
    } else {
        run->heard->other_unread = true;
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

static void add_hit(struct run *run, uint32_t pattern, size_t offset,
                    size_t start, size_t end)
{
    struct heard *heard = run->heard;
    if (already_hit(run, pattern, offset + start)) return;
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
    *hit = (struct hit){pattern, (uint32_t)(offset + start),
                        (uint32_t)(offset + end), 0, 0};
    uint32_t group = run->matcher->pack->patterns[pattern].value_group;
    size_t value_start, value_end;
    if (group && talk__regex_captured(run->matcher->space, group, &value_start,
                                      &value_end)) {
        hit->value_start = (uint32_t)(offset + value_start);
        hit->value_end = (uint32_t)(offset + value_end);
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

static void try_pattern(struct run *run, const struct window *window,
                        uint32_t index)
{
    const struct pattern *pattern = &run->matcher->pack->patterns[index];
    const char *text = run->heard->folded.text + window->start;
    size_t length = window->end - window->start;
    size_t from = 0;
    for (int i = 0; i < HITS_A_PATTERN && from <= length; i++) {
        if (!spend(run, CALL_COST + (length - from))) {
            could_not_read(run, pattern);
            return;
        }
        size_t start, end;
        enum regex_result result =
            talk__regex_find(run->matcher->space, pattern->regex, text, length,
                             from, &start, &end);
        if (result == REGEX_NO_MATCH) return;
        if (result == REGEX_GAVE_UP) {
            could_not_read(run, pattern);
            (void)spend(run, GAVE_UP_COST);
            return;
        }
        if (end > start) add_hit(run, index, window->start, start, end);
        from = end > from ? end : from + 1;
        while (from < length && ((unsigned char)text[from] & 0xC0) == 0x80) {
            from++;
        }
    }
}

static void run_pass(struct run *run, const struct window *window,
                     bool flags_pass)
{
    struct matcher *m = run->matcher;
    for (uint32_t i = 0; i < m->candidate_count && !run->failed; i++) {
        const struct pattern *pattern = &m->pack->patterns[m->candidates[i]];
        if (!is_of_pass(pattern, flags_pass)) continue;
        /* "no" is an answer when it is the message, not somewhere in it. */
        if (pattern->kind == PATTERN_ANSWER && !run->one_window) continue;
        try_pattern(run, window, m->candidates[i]);
    }
}

static void run_windows(struct run *run, bool flags_pass)
{
    const struct folded *folded = &run->heard->folded;
    struct window window = window_at(folded, 0);
    run->recent = run->heard->hit_count;
    run->overlap_end = 0;
    for (;;) {
        size_t found = run->heard->hit_count;
        collect(run->matcher, folded, window.first, window.words_end);
        run_pass(run, &window, flags_pass);
        if (window.end >= folded->length || run->failed) return;
        run->recent = found;
        run->overlap_end = window.end;
        window = window_at(folded, window_next(folded, &window));
    }
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

talk_status talk__match(struct matcher *m, struct arena *arena,
                        struct heard *heard)
{
    const struct folded *folded = &heard->folded;
    struct run run = {.matcher = m, .arena = arena, .heard = heard};
    if (folded->length == 0) return TALK_OK;
    run.one_window = folded->length <= WINDOW_MAX;
    /* A quarter is kept for topics, so that there is an answer. */
    run.work = m->work_max - m->work_max / 4;
    if (run.one_window) {
        struct window window = window_at(folded, 0);
        collect(m, folded, window.first, window.words_end);
        run_pass(&run, &window, true);
        run.work += m->work_max / 4;
        run_pass(&run, &window, false);
    } else {
        run_windows(&run, true);
        run.work += m->work_max / 4;
        run_windows(&run, false);
    }
    if (run.failed) return TALK_NOMEM;
    if (heard->hit_count > 1) {
        talk__sort(heard->hits, heard->hit_count, sizeof *heard->hits,
                   compare_hits);
    }
    return TALK_OK;
}
