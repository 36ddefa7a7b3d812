/* english.h - sentences of ordinary English, about everything and nothing. */
#ifndef TALK_CHECK_ENGLISH_H
#define TALK_CHECK_ENGLISH_H

#include <stddef.h>

const char *const *talk__english(size_t *count);

#endif
