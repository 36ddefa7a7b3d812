/* proof_out.h - what breaks a rule of the proof, gathered: as JSON. */
#ifndef FRONT_PROOF_OUT_H
#define FRONT_PROOF_OUT_H

#include "check_out.h"
#include "proof.h"

#include <stdbool.h>

struct proof_report {
    struct check_report check; /* a problem for each fault; has all memory */
    struct shown {
        const char *transcript;
        bool replayed;
    } * shown; /* by problem */
    size_t capacity;
};

void proof_report_init(struct proof_report *report);
void proof_report_clear(struct proof_report *report);
/* No memory: the arena of the check remembers. */
void proof_report_add(struct proof_report *report, const proof_fault *fault);
/* false: no memory, or the file failed. */
bool proof_write_json(const struct proof_report *report,
                      const proof_result *result, double seconds, FILE *out);

#endif
