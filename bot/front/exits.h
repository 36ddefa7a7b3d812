/* exits.h - what the program tells its caller when it ends. Part of the
 * interface: scripts depend on the numbers, see backtalk.1. */
#ifndef FRONT_EXITS_H
#define FRONT_EXITS_H

enum exit_code {
    EXIT_FINE = 0,
    EXIT_FAILED = 1, /* a transcript or a check failed */
    EXIT_USAGE = 2,  /* the command line makes no sense */
    EXIT_PACK = 3,   /* the pack does not load */
    EXIT_INOUT = 4   /* input or output failed, or memory ran out */
};

#endif
