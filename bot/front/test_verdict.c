/* test_verdict.c - what came of a transcript: its faults, in memory of their
 * own.  Knows nothing of how they are shown. */
#include "posix.h"

#include "test_verdict.h"

#include <stdlib.h>

struct fault *verdict_add_fault(struct verdict *verdict, size_t run,
                                size_t exchange)
{
    void *faults = verdict->faults;
    if (!verdict->run_failed[run]) verdict->failed_count++;
    verdict->run_failed[run] = true;
    if (verdict->fault_count == FAULTS_MAX) {
        verdict->faults_untold++;
        return NULL;
    }
    if (!talk__arena_room(&verdict->arena, &faults, verdict->fault_count,
                          &verdict->fault_capacity, sizeof *verdict->faults)) {
        return NULL;
    }
    verdict->faults = faults;
    struct fault *fault = &verdict->faults[verdict->fault_count++];
    *fault = (struct fault){.run = run, .exchange = exchange, .why = ""};
    return fault;
}

void verdict_add_failure(struct verdict *verdict, struct fault *fault,
                         struct failure failure)
{
    void *failures = fault->failures;
    if (!talk__arena_room(&verdict->arena, &failures, fault->count,
                          &fault->capacity, sizeof *fault->failures)) {
        return;
    }
    fault->failures = failures;
    fault->failures[fault->count++] = failure;
}

const char *verdict_text(struct verdict *verdict, const char *text,
                         size_t length)
{
    const char *copy = talk__arena_text(&verdict->arena, text, length);
    return copy ? copy : "";
}

void verdict_free(struct verdict *verdict)
{
    if (!verdict) return;
    script_clear(&verdict->script);
    talk__arena_clear(&verdict->arena);
    free(verdict);
}

const char *failure_words(const struct failure *failure)
{
    switch (failure->kind) {
    case FAILED_DIFFERENT: return "another message was expected";
    case FAILED_MISSING: return "a message did not come";
    case FAILED_UNEXPECTED: return "a message came that nothing expects";
    case FAILED_FORBIDDEN: return "a message came that must not come";
    case FAILED_REFUSED: return "the message could not be read";
    case FAILED_ASSERTION: break;
    }
    return "this does not hold";
}
