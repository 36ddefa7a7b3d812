/* aside.h - what a file of a pack sets aside for tools: behind a line '---'
 * the examples of findings, which no turn needs. */
#ifndef TALK_PACK_ASIDE_H
#define TALK_PACK_ASIDE_H

#include "load.h"

/* Cuts a file at its line '---', and gives what stands behind it; without one
 * it has no bytes. What could be taken for rules there is reported, whoever
 * reads the file: nobody would miss what is never read. */
struct pack_file talk__aside_cut(struct loading *loading,
                                 struct pack_file *file);

#endif
