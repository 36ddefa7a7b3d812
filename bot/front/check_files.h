/* check_files.h - what a check leaves in files: the page and the graph. */
#ifndef FRONT_CHECK_FILES_H
#define FRONT_CHECK_FILES_H

#include "check.h"
#include "options.h"
#include "page.h"

/* Writes the files that the settings name. proof may be NULL. false: one
 * could not be written, and stderr says which. */
bool check_files_write(const struct settings *settings, const talk_bot *bot,
                       const struct check_report *report,
                       const struct page_proof *proof);

#endif
