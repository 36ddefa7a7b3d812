/* graph_asking.c - what a pack asks back, in the drawing: screening, forms,
 * hooks, and the ladder of fallbacks.
 * In: policy, forms, hooks.  Out: tables; edges from topics, to findings. */
#include "conditions.h"
#include "graph_part.h"

static void begin(struct graph *graph, const char *node, uint32_t number,
                  const char *title)
{
    talk__markup(&graph->out,
                 "    %s%u [label=<<table border=\"0\" cellborder=\"1\" "
                 "cellspacing=\"0\" color=\"#8c959f\">\n"
                 "<tr><td colspan=\"3\" bgcolor=\"#eaeef2\"><b>%s</b></td>"
                 "</tr>\n",
                 node, number, title);
}

static void end(struct graph *graph)
{
    talk__markup(&graph->out, "</table>>];\n");
}

static void draw_response(struct graph *graph, const char *when,
                          uint32_t response)
{
    if (response == NO_INDEX) return;
    talk__markup(&graph->out,
                 "<tr><td align=\"left\" colspan=\"2\">%s</td>"
                 "<td align=\"left\">%s &#215;%u</td></tr>\n",
                 when, graph->pack->responses[response].name,
                 graph->pack->responses[response].wording_count);
}

/* ---- Screening ---- */

static void draw_screening(struct graph *graph)
{
    const struct pack *pack = graph->pack;
    const struct policy *policy = &pack->policy;
    begin(graph, "screening", 0, "before technique");
    draw_response(graph, "asked", policy->screening_ask);
    draw_response(graph, "not understood", policy->screening_again);
    draw_response(graph, "a yes: which", policy->screening_which);
    draw_response(graph, "unsure: stays shut", policy->screening_unsure);
    end(graph);
}

static bool has_technique(const struct pack *pack, uint32_t table)
{
    for (uint32_t i = table; i < pack->topic_count; i++) {
        const struct topic *topic = &pack->topics[i];
        if (topic->redirect == NO_INDEX &&
            pack->responses[topic->response].technique &&
            talk__graph_topic_table(pack, i) == table) {
            return true;
        }
    }
    return false;
}

static void join_screening(struct graph *graph)
{
    const struct pack *pack = graph->pack;
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        if (talk__graph_topic_table(pack, i) == i && has_technique(pack, i)) {
            talk__markup(&graph->out,
                         "  topics%u -> screening0 [label=\"technique\"];\n",
                         i);
        }
    }
    talk__markup(&graph->out,
                 "  screening0 -> tier%u [label=\"none fits\"];\n",
                 (unsigned)TALK_TIER_NONE);
}

/* ---- Forms ---- */

static const char *question_of(const struct pack *pack,
                               const struct step *step)
{
    const char *ask = step->of_finding ? pack->findings[step->index].ask
                                       : pack->slots[step->index].ask;
    return ask ? ask : "";
}

static void draw_step(struct graph *graph, uint32_t number,
                      const struct step *step)
{
    const struct pack *pack = graph->pack;
    talk__markup(&graph->out,
                 "<tr><td>%u</td><td align=\"left\">%s</td>"
                 "<td align=\"left\" port=\"q%u\">%s",
                 number + 1,
                 step->of_finding ? pack->findings[step->index].name
                                  : pack->slots[step->index].name,
                 number, question_of(pack, step));
    if (step->when) {
        talk__markup(&graph->out, "<br align=\"left\"/><i>");
        talk__condition_write(&graph->out, pack, step->when);
        talk__markup(&graph->out, "</i><br align=\"left\"/>");
    }
    talk__markup(&graph->out, "</td></tr>\n");
}

/* A question may find something: by a yes, or by its value. */
static void draw_found(struct graph *graph, uint32_t form, uint32_t number)
{
    const struct pack *pack = graph->pack;
    const struct step *step = &pack->forms[form].steps[number];
    if (step->of_finding) {
        talk__markup(&graph->out,
                     "  form%u:q%u -> findings%u:f%u [label=\"yes\"];\n", form,
                     number, talk__graph_finding_table(pack, step->index),
                     step->index);
        return;
    }
    const struct threshold *from = pack->slots[step->index].threshold;
    if (!from) return;
    talk__markup(&graph->out,
                 "  form%u:q%u -> findings%u:f%u [label=\"from %g\"];\n", form,
                 number, talk__graph_finding_table(pack, from->finding),
                 from->finding, from->from);
}

static void draw_form(struct graph *graph, uint32_t index)
{
    const struct pack *pack = graph->pack;
    const struct form *form = &pack->forms[index];
    begin(graph, "form", index, form->name);
    if (form->when) {
        talk__markup(&graph->out, "<tr><td colspan=\"3\" align=\"left\"><i>");
        talk__condition_write(&graph->out, pack, form->when);
        talk__markup(&graph->out, "</i></td></tr>\n");
    }
    for (uint32_t i = 0; i < form->step_count; i++) {
        draw_step(graph, i, &form->steps[i]);
    }
    draw_response(graph, "asked again", form->again);
    draw_response(graph, "not understood", form->unclear);
    draw_response(graph, "why it is asked", form->because);
    draw_response(graph, "skipped", form->skipped);
    draw_response(graph, "done", form->done);
    end(graph);
}

static void join_form(struct graph *graph, uint32_t index)
{
    const struct pack *pack = graph->pack;
    const struct form *form = &pack->forms[index];
    for (uint32_t i = 0; i < form->starts.count; i++) {
        uint32_t topic = form->starts.items[i];
        talk__markup(&graph->out,
                     "  topics%u:t%u -> form%u [label=\"opens\"];\n",
                     talk__graph_topic_table(pack, topic), topic, index);
    }
    for (uint32_t i = 0; i < form->step_count; i++) {
        draw_found(graph, index, i);
    }
}

/* ---- What goes before an answer, and what takes its place ---- */

static void draw_hooks(struct graph *graph)
{
    const struct pack *pack = graph->pack;
    if (pack->hook_count == 0) return;
    begin(graph, "hooks", 0, "said first, while it holds");
    for (uint32_t i = 0; i < pack->hook_count; i++) {
        const struct hook *hook = &pack->hooks[i];
        talk__markup(&graph->out,
                     "<tr><td align=\"left\">%s</td><td align=\"left\">",
                     hook->name);
        talk__condition_write(&graph->out, pack, hook->when);
        talk__markup(&graph->out, "</td><td align=\"left\">%s%s</td></tr>\n",
                     pack->responses[hook->response].name,
                     hook->instead ? ", and nothing else" : "");
    }
    end(graph);
}

static void draw_fallbacks(struct graph *graph)
{
    static const char *const times[] = {"at first", "the second time",
                                        "the third time"};
    const struct policy *policy = &graph->pack->policy;
    begin(graph, "fallback", 0, "when nothing is understood");
    for (uint32_t i = 0; i < policy->fallback_count; i++) {
        draw_response(graph, i < 3 ? times[i] : "after that",
                      policy->fallbacks[i]);
    }
    draw_response(graph, "no words", policy->empty);
    draw_response(graph, "too much to read", policy->unread);
    end(graph);
}

void talk__graph_asking(struct graph *graph)
{
    talk__markup(&graph->out, "  subgraph cluster_asking {\n"
                              "    label=\"what is asked back\";\n");
    draw_hooks(graph);
    for (uint32_t i = 0; i < graph->pack->form_count; i++) {
        draw_form(graph, i);
    }
    draw_screening(graph);
    draw_fallbacks(graph);
    talk__markup(&graph->out, "  }\n");
    for (uint32_t i = 0; i < graph->pack->form_count; i++) {
        join_form(graph, i);
    }
    join_screening(graph);
}
