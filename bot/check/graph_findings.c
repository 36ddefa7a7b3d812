/* graph_findings.c - the findings of a pack in the drawing: a table for each
 * file and tier, coloured as the tier; what is special stands in the row.
 * In: findings.  Out: tables; edges to tiers. */
#include "graph_part.h"

enum { LISTED_MAX = 4 }; /* names at an edge; the others are counted */

static void draw_note(struct graph *graph, const char *what, const char *name)
{
    talk__markup(&graph->out, "<br align=\"left\"/><i>%s</i> %s", what, name);
}

static void draw_finding(struct graph *graph, uint32_t index)
{
    const struct pack *pack = graph->pack;
    const struct finding *finding = &pack->findings[index];
    struct markup *out = &graph->out;
    talk__markup(out,
                 "<tr><td align=\"left\" port=\"f%u\">%s</td>"
                 "<td align=\"left\" port=\"r%u\">%s",
                 index, finding->name, index, finding->label);
    if (finding->about != NO_INDEX) {
        draw_note(graph, "topic", pack->topics[finding->about].name);
    }
    if (finding->rise != NO_INDEX) {
        draw_note(graph, "says first", pack->responses[finding->rise].name);
    }
    if (finding->stand != NO_INDEX) {
        draw_note(graph, "says in place of answers",
                  pack->responses[finding->stand].name);
    }
    if (finding->past_counts) draw_note(graph, "counts when past", "");
    if (finding->past_stays) draw_note(graph, "once is always", "");
    talk__markup(out, "<br align=\"left\"/></td></tr>\n");
}

static void draw_table(struct graph *graph, uint32_t first)
{
    const struct pack *pack = graph->pack;
    int tier = (int)pack->findings[first].tier;
    talk__markup(&graph->out,
                 "    findings%u [label=<<table border=\"0\" cellborder=\"1\" "
                 "cellspacing=\"0\" bgcolor=\"%s\" color=\"#8c959f\">\n"
                 "<tr><td colspan=\"2\"><b>%s</b></td></tr>\n",
                 first, talk__graph_color(tier),
                 pack->findings[first].place.source);
    for (uint32_t i = first; i < pack->finding_count; i++) {
        if (talk__graph_finding_table(pack, i) == first) {
            draw_finding(graph, i);
        }
    }
    talk__markup(&graph->out, "</table>>];\n");
}

static void draw_raises(struct graph *graph, uint32_t index)
{
    const struct pack *pack = graph->pack;
    const struct finding *finding = &pack->findings[index];
    for (uint32_t i = 0; i < finding->raise_count; i++) {
        const struct raise *raise = &finding->raises[i];
        talk__markup(&graph->out,
                     "  findings%u:r%u -> tier%u [style=bold, label=<with ",
                     talk__graph_finding_table(pack, index), index,
                     (unsigned)raise->tier);
        uint32_t shown = raise->with.count > LISTED_MAX + 1
                             ? LISTED_MAX
                             : raise->with.count;
        for (uint32_t w = 0; w < shown; w++) {
            if (w) talk__markup(&graph->out, "<br/>or ");
            talk__markup(&graph->out, "%s",
                         pack->findings[raise->with.items[w]].name);
        }
        if (shown < raise->with.count) {
            talk__markup(&graph->out, "<br/>or %u more",
                         raise->with.count - shown);
        }
        talk__markup(&graph->out, ">];\n");
    }
}

void talk__graph_findings(struct graph *graph)
{
    const struct pack *pack = graph->pack;
    for (int tier = TIER_COUNT - 1; tier >= 0; tier--) {
        talk__markup(&graph->out,
                     "  subgraph cluster_findings%u {\n"
                     "    label=\"findings: %s\";\n",
                     (unsigned)tier, talk_tier_name((talk_tier)tier));
        for (uint32_t i = 0; i < pack->finding_count; i++) {
            if ((int)pack->findings[i].tier == tier &&
                talk__graph_finding_table(pack, i) == i) {
                draw_table(graph, i);
            }
        }
        talk__markup(&graph->out, "  }\n");
    }
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        if (talk__graph_finding_table(pack, i) == i) {
            talk__markup(&graph->out, "  findings%u -> tier%u;\n", i,
                         (unsigned)pack->findings[i].tier);
        }
        draw_raises(graph, i);
    }
}
