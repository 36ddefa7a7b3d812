/* check_files.c - what a check leaves in files: the page and the graph.
 * In: a bot and what was found of it.  Out: the files that were asked for. */
#include "posix.h"

#include "check_files.h"

#include "graph.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct source {
    const talk_bot *bot;
    const struct check_report *report;
    const struct page_proof *proof;
};

static bool put(void *payload, const char *text, size_t length)
{
    return fwrite(text, 1, length, payload) == length;
}

static bool write_page(const struct source *source, FILE *out)
{
    return talk__page_write(source->bot, source->report, source->proof, put,
                            out, NULL) == TALK_OK;
}

static bool write_graph(const struct source *source, FILE *out)
{
    return talk__graph_write(source->bot, put, out, NULL) == TALK_OK;
}

static bool write_one(const struct source *source, const char *path,
                      bool (*write)(const struct source *source, FILE *out))
{
    if (!path) return true;
    FILE *file = fopen(path, "w");
    bool fine = file && write(source, file);
    if (file && fclose(file) != 0) fine = false;
    if (!fine) {
        fprintf(stderr, "backtalk: cannot write %s: %s\n", path,
                strerror(errno));
    }
    return fine;
}

bool check_files_write(const struct settings *settings, const talk_bot *bot,
                       const struct check_report *report,
                       const struct page_proof *proof)
{
    const struct source source = {bot, report, proof};
    bool page = write_one(&source, settings->report, write_page);
    return write_one(&source, settings->graph, write_graph) && page;
}
