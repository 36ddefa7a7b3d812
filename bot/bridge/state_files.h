/* state_files.h - one private file for each conversation. */
#ifndef BRIDGE_STATE_FILES_H
#define BRIDGE_STATE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct state_files;

/* The folder is made with mode 0700 when it is not there. One bridge at a
 * time: the second is refused, unless it only comes to forget (`shared`).
 * NULL: stderr says why. */
struct state_files *state_files_new(const char *folder, bool shared);
void state_files_free(struct state_files *files); /* NULL is fine */

enum state_found { STATE_FOUND, STATE_NONE, STATE_FAILED };

/* The text ends in a NUL byte that its length does not count; the caller
 * frees it. STATE_FAILED: errno says why. */
enum state_found state_files_read(const struct state_files *files,
                                  const char *name, char **text,
                                  size_t *length);
/* Replaces the whole file at once: after a crash it is the old or the new
 * one. `lasting`: it is on the disk when this returns. false: errno says why;
 * the old one is still there, unless the disk fails. */
bool state_files_write(const struct state_files *files, const char *name,
                       const char *text, size_t length, bool lasting);
/* What is not there counts as removed. */
bool state_files_remove(const struct state_files *files, const char *name);
/* Puts it out of the way as NAME.broken, for a person to look at. */
void state_files_set_aside(const struct state_files *files, const char *name);

/* Removes what was not written since `before`, in seconds since 1970; returns
 * how many. */
size_t state_files_expire(const struct state_files *files, int64_t before);

/* Gives every file's text, in no order. */
typedef void (*state_files_fn)(void *payload, const char *text, size_t length);
void state_files_each(const struct state_files *files, state_files_fn each,
                      void *payload);

#endif
