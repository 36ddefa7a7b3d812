/* graph_topics.c - the topics of a pack in the drawing: a table for each
 * file, a row for each topic with its answer and the tiers that it is for.
 * In: topics.  Out: tables; edges to what is answered in their place. */
#include "conditions.h"
#include "graph_part.h"

static const char *const acts[] = {
    [TOPIC_ANSWERS] = NULL,
    [TOPIC_RESTARTS] = "starts over",
    [TOPIC_EXPLAINS] = "explains what decides",
    [TOPIC_JUSTIFIES] = "says why it asks",
    [TOPIC_GOES_BACK] = "goes a question back",
    [TOPIC_CANCELS] = "ends the questions",
    [TOPIC_SUMS_UP] = "sums up",
    [TOPIC_TAKES_BACK] = "takes back",
    [TOPIC_BRINGS_BACK] = "brings back",
    [TOPIC_REPEATS] = "says it again",
    [TOPIC_GOES_ON] = "says it in other words",
};

static void draw_response(struct graph *graph, const struct topic *topic)
{
    const struct response *said = &graph->pack->responses[topic->response];
    struct markup *out = &graph->out;
    if (topic->redirect != NO_INDEX) {
        talk__markup(
            out, "<td align=\"left\" colspan=\"%u\"><i>as</i> %s</td>",
            TIER_COUNT + 1u, graph->pack->topics[topic->redirect].name);
        return;
    }
    talk__markup(out, "<td align=\"left\">%s &#215;%u", said->name,
                 said->wording_count);
    if (acts[topic->act]) talk__markup(out, " <i>%s</i>", acts[topic->act]);
    if (said->technique) talk__markup(out, " <b>technique</b>");
    talk__markup(out, "</td>");
    for (int tier = 0; tier < TIER_COUNT; tier++) {
        if (talk__response_fits(said, tier)) {
            talk__markup(out, "<td bgcolor=\"%s\">%.*s</td>",
                         talk__graph_color(tier), 1,
                         talk_tier_name((talk_tier)tier));
        } else {
            talk__markup(out, "<td> </td>");
        }
    }
}

static void draw_topic(struct graph *graph, uint32_t index)
{
    const struct topic *topic = &graph->pack->topics[index];
    talk__markup(&graph->out, "<tr><td align=\"left\" port=\"t%u\">%s", index,
                 topic->name);
    if (topic->when) {
        talk__markup(&graph->out, "<br align=\"left\"/><i>");
        talk__condition_write(&graph->out, graph->pack, topic->when);
        talk__markup(&graph->out, "</i><br align=\"left\"/>");
    }
    talk__markup(&graph->out, "</td>");
    draw_response(graph, topic);
    talk__markup(&graph->out, "</tr>\n");
}

static void draw_table(struct graph *graph, uint32_t first)
{
    const struct pack *pack = graph->pack;
    talk__markup(&graph->out,
                 "    topics%u [label=<<table border=\"0\" cellborder=\"1\" "
                 "cellspacing=\"0\" color=\"#8c959f\">\n"
                 "<tr><td colspan=\"%u\" bgcolor=\"#eaeef2\"><b>%s</b></td>"
                 "</tr>\n",
                 first, TIER_COUNT + 2u, pack->topics[first].place.source);
    for (uint32_t i = first; i < pack->topic_count; i++) {
        if (talk__graph_topic_table(pack, i) == first) draw_topic(graph, i);
    }
    talk__markup(&graph->out, "</table>>];\n");
}

static void draw_redirects(struct graph *graph)
{
    const struct pack *pack = graph->pack;
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        uint32_t to = pack->topics[i].redirect;
        if (to == NO_INDEX) continue;
        uint32_t from = talk__graph_topic_table(pack, i);
        uint32_t table = talk__graph_topic_table(pack, to);
        if (from == table) continue; /* the row says it */
        talk__markup(&graph->out,
                     "  topics%u -> topics%u:t%u [style=dashed];\n", from,
                     table, to);
    }
}

void talk__graph_topics(struct graph *graph)
{
    const struct pack *pack = graph->pack;
    talk__markup(&graph->out, "  subgraph cluster_topics {\n"
                              "    label=\"what can be asked\";\n");
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        if (talk__graph_topic_table(pack, i) == i) draw_table(graph, i);
    }
    talk__markup(&graph->out, "  }\n");
    draw_redirects(graph);
}
