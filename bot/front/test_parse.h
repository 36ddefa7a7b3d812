/* test_parse.h - transcript files, as Botium has them, into a script. */
#ifndef FRONT_TEST_PARSE_H
#define FRONT_TEST_PARSE_H

#include "test_script.h"

/* Reads the transcript and all that it includes. The script was initialised;
 * it may be played when it has no problem and its arena has not failed. */
void script_read(struct script *script);

#endif
