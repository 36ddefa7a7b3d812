/* test_verdict.h - what came of a transcript. */
#ifndef FRONT_TEST_VERDICT_H
#define FRONT_TEST_VERDICT_H

#include "test_script.h"

enum failure_kind {
    FAILED_DIFFERENT,  /* a message is other than expected */
    FAILED_MISSING,    /* a message did not come */
    FAILED_UNEXPECTED, /* a message that nothing expects */
    FAILED_FORBIDDEN,  /* a message that must not come */
    FAILED_ASSERTION,
    FAILED_REFUSED /* the engine did not take the message */
};

/* One expectation that does not hold. */
struct failure {
    enum failure_kind kind;
    struct spot spot;
    const struct expect *expect; /* NULL: UNEXPECTED, REFUSED */
    const char *expected;        /* "" when there is none */
    const char *got;             /* "" when there is nothing */
    const char *instead;         /* the line that would hold; "": no line */
    bool beside_wordless;        /* the place is a section without text */
    bool behind;                 /* UNEXPECTED: it belongs behind the line */
};

/* A message of which something failed. */
struct fault {
    size_t run, exchange; /* which of the script */
    struct failure *failures;
    size_t count, capacity;
    const char *why; /* what lies behind the reply, for people; or "" */
};

struct verdict {
    struct script script;
    struct arena arena;   /* owns all below */
    bool filtered;        /* --filter leaves it out; nothing was run */
    bool broken;          /* the script has problems, or memory ran out */
    bool accepted;        /* it was rewritten, and this is the second try */
    struct fault *faults; /* in order */
    size_t fault_count, fault_capacity;
    size_t faults_untold; /* behind FAULTS_MAX */
    size_t turn_count;
    bool *run_failed; /* for each run */
    size_t failed_count;
};

/* Faults of one transcript that are told one by one. */
enum { FAULTS_MAX = 10000 };

/* NULL: there are too many, or no memory. */
struct fault *verdict_add_fault(struct verdict *verdict, size_t run,
                                size_t exchange);
void verdict_add_failure(struct verdict *verdict, struct fault *fault,
                         struct failure failure);
/* A copy that lives as long as the verdict; "" when there is no memory. */
const char *verdict_text(struct verdict *verdict, const char *text,
                         size_t length);
void verdict_free(struct verdict *verdict);

/* "expected another message", in words. */
const char *failure_words(const struct failure *failure);

#endif
