/* pack_folder.c - what reading a pack comes to, for tests.
 * In: a folder.  Out: the pack, or its problems as lines. */
#include "pack_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_line(void *payload, const talk_error *problem)
{
    struct outcome *outcome = payload;
    bool whole = strcmp(problem->source, outcome->folder) == 0;
    char line[TALK_SOURCE_MAX + TALK_MESSAGE_MAX + 32];
    int size = snprintf(line, sizeof line, "%s:%u:%u: %s\n",
                        whole ? "PACK" : problem->source, problem->line,
                        problem->column, problem->message);
    char *longer = realloc(outcome->lines, outcome->length + (size_t)size + 1);
    if (!longer) give_up("allocate for", "a test");
    memcpy(longer + outcome->length, line, (size_t)size + 1);
    outcome->lines = longer;
    outcome->length += (size_t)size;
    outcome->told++;
}

struct outcome read_pack(const char *folder, const struct memory *memory,
                         const struct pack_limits *limits, struct pack **out)
{
    struct outcome outcome = {.folder = folder};
    struct memory plain = talk__memory_from(NULL);
    struct pack_limits usual = {.file_max = 4 * 1024 * 1024,
                                .pack_max = 64 * 1024 * 1024,
                                .examples = true};
    struct pack *pack;
    struct report report = {
        .report_fn = add_line, .payload = &outcome, .first = &outcome.first};
    outcome.lines = take(1);
    outcome.lines[0] = '\0';
    outcome.status = talk__pack_read(folder, memory ? memory : &plain,
                                     limits ? limits : &usual, &report, &pack);
    if (out) {
        *out = pack;
    } else {
        talk__pack_free(pack);
    }
    return outcome;
}

void outcome_clear(struct outcome *outcome)
{
    free(outcome->lines);
    outcome->lines = NULL;
}
