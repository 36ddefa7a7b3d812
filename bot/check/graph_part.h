/* graph_part.h - what the parts of the drawing share. Nodes are tables with a
 * row for each topic, finding or question; edges go from row to row. */
#ifndef TALK_CHECK_GRAPH_PART_H
#define TALK_CHECK_GRAPH_PART_H

#include "markup.h"
#include "pack.h"

struct graph {
    struct markup out;
    const struct pack *pack;
};

/* A colour of a tier that black reads well on, light to strong. */
const char *talk__graph_color(int tier);

/* The first topic or finding of the same file: its table has the number. */
uint32_t talk__graph_topic_table(const struct pack *pack, uint32_t topic);
uint32_t talk__graph_finding_table(const struct pack *pack, uint32_t finding);

void talk__graph_topics(struct graph *graph);
void talk__graph_findings(struct graph *graph);
/* Screening, forms, hooks, fallbacks. */
void talk__graph_asking(struct graph *graph);

#endif
