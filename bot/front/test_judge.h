/* test_judge.h - a turn against what a transcript expects of it. */
#ifndef FRONT_TEST_JUDGE_H
#define FRONT_TEST_JUDGE_H

#include "test_verdict.h"

/* Adds what fails to the verdict. */
void judge_turn(struct verdict *verdict, size_t run, size_t exchange,
                const talk_turn *turn);
/* talk_say answered with an error instead of a turn. */
void judge_refusal(struct verdict *verdict, size_t run, size_t exchange,
                   const char *message);

#endif
