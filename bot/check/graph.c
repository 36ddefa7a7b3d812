/* graph.c - a pack as a drawing for graphviz.
 * In: a bot.  Out: from left to right: what can be asked, what is asked back,
 * findings, the tiers that they lead to.  Ignores patterns: they are the
 * report's. */
#include "graph.h"

#include <string.h>

#include "graph_part.h"
#include "turn.h"

const char *talk__graph_color(int tier)
{
    static const char *const colors[TIER_COUNT] = {
        "#dff3e0", "#d6e8fa", "#fff2b8", "#ffd3a1", "#ffb3ad"};
    return colors[tier];
}

static bool same_file(const struct place *a, const struct place *b)
{
    return strcmp(a->source, b->source) == 0;
}

uint32_t talk__graph_topic_table(const struct pack *pack, uint32_t topic)
{
    uint32_t first = 0;
    while (!same_file(&pack->topics[first].place, &pack->topics[topic].place))
        first++;
    return first;
}

/* Those of one tier are drawn together. */
uint32_t talk__graph_finding_table(const struct pack *pack, uint32_t finding)
{
    const struct finding *own = &pack->findings[finding];
    uint32_t first = 0;
    while (pack->findings[first].tier != own->tier ||
           !same_file(&pack->findings[first].place, &own->place)) {
        first++;
    }
    return first;
}

static void draw_answer(struct graph *graph, const char *when,
                        uint32_t response)
{
    const struct response *said = &graph->pack->responses[response];
    talk__markup(&graph->out,
                 "<tr><td align=\"left\">%s</td><td align=\"left\">%s</td>"
                 "<td>%u</td></tr>\n",
                 when, said->name, said->wording_count);
}

static void draw_tier(struct graph *graph, int tier)
{
    const struct tier_policy *policy = &graph->pack->policy.tiers[tier];
    struct markup *out = &graph->out;
    talk__markup(out,
                 "    tier%u [label=<<table border=\"0\" cellborder=\"1\" "
                 "cellspacing=\"0\" bgcolor=\"%s\">\n"
                 "<tr><td colspan=\"3\"><b>%s</b></td></tr>\n",
                 (unsigned)tier, talk__graph_color(tier),
                 talk_tier_name((talk_tier)tier));
    if (tier == TALK_TIER_NONE) {
        talk__markup(out, "<tr><td align=\"left\">technique, once screened"
                          "</td></tr>\n");
    } else {
        draw_answer(graph, "when it rises", policy->rise);
        draw_answer(graph, "while it stands", policy->stand);
        draw_answer(graph, "in place of technique", policy->refuse);
    }
    if (policy->names.count) {
        talk__markup(out, "<tr><td align=\"left\">must name</td>"
                          "<td colspan=\"2\" align=\"left\">");
        for (uint32_t i = 0; i < policy->names.count; i++) {
            talk__markup(out, "%s%s", i ? " or " : "", policy->names.items[i]);
        }
        talk__markup(out, "</td></tr>\n");
    }
    talk__markup(out, "</table>>];\n");
}

static void draw_tiers(struct graph *graph)
{
    struct markup *out = &graph->out;
    talk__markup(out, "  subgraph cluster_tiers {\n"
                      "    label=\"what is said at a tier\";\n");
    for (int tier = TIER_COUNT - 1; tier >= 0; tier--) draw_tier(graph, tier);
    for (int tier = TIER_COUNT - 1; tier > 0; tier--) {
        talk__markup(out, "    tier%u -> tier%u [style=invis];\n",
                     (unsigned)tier, (unsigned)tier - 1);
    }
    talk__markup(out, "    {rank=same;");
    for (int tier = 0; tier < TIER_COUNT; tier++) {
        talk__markup(out, " tier%u;", (unsigned)tier);
    }
    talk__markup(out, "}\n  }\n");
}

talk_status talk__graph_write(const talk_bot *bot, talk_write_fn write,
                              void *payload, talk_error *err)
{
    struct graph graph = {{write, payload, false}, bot->pack};
    talk__markup(&graph.out,
                 "// Draw it: dot -Tsvg FILE > FILE.svg\n"
                 "digraph pack {\n"
                 "  graph [rankdir=LR, fontname=\"Helvetica\", fontsize=20, "
                 "labelloc=t, nodesep=0.25, ranksep=1.6,\n"
                 "    label=<<b>%s</b><br/>%u topics, %u findings, "
                 "%u responses. Letters: a wording can be said at tier "
                 "<b>n</b>one, <b>a</b>void, <b>p</b>rofessional, "
                 "<b>u</b>rgent, <b>e</b>mergency.>];\n"
                 "  node [shape=plain, fontname=\"Helvetica\", fontsize=12];\n"
                 "  edge [fontname=\"Helvetica\", fontsize=11, "
                 "color=\"#57606a\"];\n",
                 bot->pack->title, bot->pack->topic_count,
                 bot->pack->finding_count, bot->pack->response_count);
    talk__graph_topics(&graph);
    talk__graph_asking(&graph);
    talk__graph_findings(&graph);
    draw_tiers(&graph);
    talk__markup(&graph.out, "}\n");
    if (!graph.out.failed) return TALK_OK;
    return talk__fail(err, TALK_IO, (struct place){0},
                      "the graph could not be written");
}
