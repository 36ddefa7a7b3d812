/* posix.h - asks the C library for POSIX 2008 with X/Open. Comes before every
 * other header in the files that need more than C11: getline, isatty, wcwidth,
 * sigaction. `pkg-config --cflags readline` asks for an older edition: hence
 * the #undef. */
#ifndef FRONT_POSIX_H
#define FRONT_POSIX_H

#undef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#if defined(__APPLE__)
#define _DARWIN_C_SOURCE 1
#endif

#endif
