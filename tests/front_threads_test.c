/* front_threads_test.c - what the threads of a server share: lanes, batches,
 * and the rate of each caller. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "batch.h"
#include "lanes.h"
#include "rate.h"

enum { THREADS = 16, ROUNDS = 500 };

static void start(pthread_t *thread, void *(*work)(void *), void *payload)
{
    assert_int_equal(pthread_create(thread, NULL, work, payload), 0);
}

static void yield_a_while(void)
{
    struct timespec span = {.tv_nsec = 1000000};
    nanosleep(&span, NULL);
}

/* ---- Lanes ---- */

struct lane_user {
    struct lanes *lanes;
    const char *name;
    size_t *count; /* of the lane: not atomic */
    int number, *order;
};

static void *count_in_lane(void *payload)
{
    struct lane_user *user = payload;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct lane *lane = lanes_enter(user->lanes, user->name);
        ++*user->count;
        lanes_leave(lane);
    }
    return NULL;
}

static void one_at_a_time_is_in_a_lane(void **state)
{
    (void)state;
    static struct lanes lanes;
    static const char *const names[] = {"anna", "bert"};
    size_t counts[2] = {0};
    pthread_t threads[THREADS];
    struct lane_user users[THREADS];
    lanes_init(&lanes);
    for (size_t i = 0; i < THREADS; i++) {
        users[i] = (struct lane_user){
            .lanes = &lanes, .name = names[i % 2], .count = &counts[i % 2]};
        start(&threads[i], count_in_lane, &users[i]);
    }
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(counts[0], THREADS / 2 * ROUNDS);
    assert_int_equal(counts[1], THREADS / 2 * ROUNDS);
    lanes_clear(&lanes);
}

static void *note_order(void *payload)
{
    struct lane_user *user = payload;
    struct lane *lane = lanes_enter(user->lanes, user->name);
    user->order[(*user->count)++] = user->number;
    lanes_leave(lane);
    return NULL;
}

static uint32_t tickets(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    uint32_t count = lane->next_ticket;
    pthread_mutex_unlock(&lane->lock);
    return count;
}

static void who_comes_first_is_served_first(void **state)
{
    (void)state;
    static struct lanes lanes;
    pthread_t threads[THREADS];
    struct lane_user users[THREADS];
    int order[THREADS];
    size_t count = 0;
    lanes_init(&lanes);
    struct lane *held = lanes_enter(&lanes, "anna");
    for (int i = 0; i < THREADS; i++) {
        users[i] = (struct lane_user){&lanes, "anna", &count, i, order};
        start(&threads[i], note_order, &users[i]);
        while (tickets(held) != (uint32_t)i + 2) yield_a_while();
    }
    assert_int_equal(count, 0);
    lanes_leave(held);
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++) assert_int_equal(order[i], i);
    lanes_clear(&lanes);
}

static void names_have_lanes_of_their_own(void **state)
{
    (void)state;
    static struct lanes lanes;
    lanes_init(&lanes);
    struct lane *anna = lanes_enter(&lanes, "anna");
    struct lane *bert = lanes_enter(&lanes, "bert");
    struct lane *none = lanes_enter(&lanes, "");
    assert_ptr_not_equal(anna, bert);
    lanes_leave(none);
    lanes_leave(bert);
    lanes_leave(anna);
    assert_ptr_equal(lanes_enter(&lanes, "anna"), anna);
    lanes_leave(anna);
    lanes_clear(&lanes);
}

/* ---- Batches ---- */

struct work {
    struct batch batch;
    atomic_bool held;      /* the work does not end */
    atomic_int at_work;    /* threads */
    atomic_size_t batches; /* that were begun */
    size_t most;           /* items in one */
    int last;              /* number that was done */
    bool disorder, two;    /* what must not be */
};

struct job {
    struct batch_item item; /* first */
    struct work *work;
    int number, times;
};

static void do_jobs(void *payload, struct batch_item *first)
{
    struct work *work = payload;
    size_t count = 0;
    if (atomic_fetch_add(&work->at_work, 1) != 0) work->two = true;
    atomic_fetch_add(&work->batches, 1);
    while (atomic_load(&work->held)) yield_a_while();
    for (struct batch_item *at = first; at; at = at->next) {
        struct job *job = (struct job *)at;
        if (job->number < work->last) work->disorder = true;
        work->last = job->number;
        job->times++;
        count++;
    }
    if (count > work->most) work->most = count;
    atomic_fetch_sub(&work->at_work, 1);
}

static void *do_job(void *payload)
{
    struct job *job = payload;
    batch_do(&job->work->batch, &job->item);
    return NULL;
}

static size_t waiting(struct batch *batch)
{
    size_t count = 0;
    pthread_mutex_lock(&batch->lock);
    for (struct batch_item *at = batch->first; at; at = at->next) count++;
    pthread_mutex_unlock(&batch->lock);
    return count;
}

static void who_waits_is_done_at_once(void **state)
{
    (void)state;
    struct work work = {.held = true, .last = -1};
    pthread_t threads[THREADS];
    struct job jobs[THREADS];
    batch_init(&work.batch, do_jobs, &work);
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){.work = &work, .number = i};
        start(&threads[i], do_job, &jobs[i]);
        while (i == 0 && atomic_load(&work.batches) == 0) yield_a_while();
        while (waiting(&work.batch) != (size_t)i) yield_a_while();
    }
    atomic_store(&work.held, false);
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (size_t i = 0; i < THREADS; i++) assert_int_equal(jobs[i].times, 1);
    assert_int_equal(work.batches, 2);
    assert_int_equal(work.most, THREADS - 1);
    assert_false(work.disorder || work.two);
    batch_clear(&work.batch);
}

static void *do_many_jobs(void *payload)
{
    struct job *job = payload;
    for (int i = 0; i < ROUNDS; i++) batch_do(&job->work->batch, &job->item);
    return NULL;
}

static void everything_is_done_once(void **state)
{
    (void)state;
    struct work work = {.last = -1};
    pthread_t threads[THREADS];
    struct job jobs[THREADS];
    batch_init(&work.batch, do_jobs, &work);
    for (size_t i = 0; i < THREADS; i++) {
        jobs[i] = (struct job){.work = &work};
        start(&threads[i], do_many_jobs, &jobs[i]);
    }
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].times, ROUNDS);
    }
    assert_false(work.two);
    batch_clear(&work.batch);
}

/* ---- Rates ---- */

static const struct rate_case {
    const char *what;
    uint32_t calls; /* a minute */
    struct {
        const char *name;
        uint64_t ms;
        uint32_t wait; /* s */
    } takes[8];        /* until there is no name */
} rates[] = {
    {"as many at once as in a minute",
     3,
     {{"a", 0, 0}, {"a", 0, 0}, {"a", 0, 0}, {"a", 0, 21}}},
    {"others do not count",
     1,
     {{"a", 0, 0}, {"b", 0, 0}, {"a", 0, 61}, {"b", 0, 61}, {"c", 5, 0}}},
    {"who waits may call",
     2,
     {{"a", 0, 0}, {"a", 0, 0}, {"a", 0, 31}, {"a", 31000, 0}}},
    {"too early is told how much longer",
     2,
     {{"a", 0, 0}, {"a", 0, 0}, {"a", 20000, 11}, {"a", 29999, 1}}},
    {"a call that was refused costs nothing",
     1,
     {{"a", 0, 0}, {"a", 1000, 60}, {"a", 2000, 59}, {"a", 60000, 0}}},
    {"a long rest saves no more than a minute's",
     2,
     {{"a", 0, 0}, {"a", 600000, 0}, {"a", 600000, 0}, {"a", 600000, 31}}},
    {"one in a while is always fine",
     1,
     {{"a", 0, 0}, {"a", 60000, 0}, {"a", 120000, 0}, {"a", 180000, 0}}},
    {"more than one a microsecond",
     UINT32_MAX,
     {{"a", 0, 0}, {"a", 0, 0}, {"a", 0, 0}}},
    {"no name is a name", 1, {{"", 0, 0}, {"", 0, 61}}},
};

static void callers_are_held_to_their_rate(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        const struct rate_case *c = &rates[i];
        struct rate *rate = rate_new(c->calls);
        assert_non_null(rate);
        for (size_t j = 0; j < 8 && c->takes[j].name; j++) {
            uint32_t wait = rate_take(rate, c->takes[j].name, c->takes[j].ms);
            if (wait != c->takes[j].wait) {
                fail_msg("%s: call %zu: got %u, wanted %u", c->what, j,
                         (unsigned)wait, (unsigned)c->takes[j].wait);
            }
        }
        rate_free(rate);
    }
    rate_free(NULL);
}

struct caller {
    struct rate *rate;
    atomic_size_t *passed;
};

static void *call_often(void *payload)
{
    struct caller *caller = payload;
    for (size_t i = 0; i < ROUNDS; i++) {
        if (rate_take(caller->rate, "a", 1000) == 0) {
            atomic_fetch_add(caller->passed, 1);
        }
    }
    return NULL;
}

static void all_threads_share_a_rate(void **state)
{
    (void)state;
    enum { CALLS = 1000 };
    atomic_size_t passed = 0;
    struct caller caller = {rate_new(CALLS), &passed};
    pthread_t threads[THREADS];
    assert_non_null(caller.rate);
    for (size_t i = 0; i < THREADS; i++) {
        start(&threads[i], call_often, &caller);
    }
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(passed, CALLS);
    rate_free(caller.rate);
}

/* Many names cost no memory; none is held to less than its rate by them. */
static void a_flood_of_names_harms_nobody(void **state)
{
    (void)state;
    struct rate *rate = rate_new(1);
    assert_non_null(rate);
    for (unsigned i = 0; i < 200000; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%u", i);
        assert_int_equal(rate_take(rate, name, 0), 0);
    }
    rate_free(rate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_at_a_time_is_in_a_lane),
        cmocka_unit_test(who_comes_first_is_served_first),
        cmocka_unit_test(names_have_lanes_of_their_own),
        cmocka_unit_test(who_waits_is_done_at_once),
        cmocka_unit_test(everything_is_done_once),
        cmocka_unit_test(callers_are_held_to_their_rate),
        cmocka_unit_test(all_threads_share_a_rate),
        cmocka_unit_test(a_flood_of_names_harms_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
