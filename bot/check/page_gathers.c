/* page_gathers.c - what a pack asks for and notes, for its page: forms with
 * their questions in order, and slots.
 * In: forms, slots.  Out: HTML. */
#include "page_part.h"

static void write_quick(struct page *page, const struct quick_replies *quick)
{
    for (uint32_t i = 0; i < quick->count; i++) {
        talk__markup(&page->out, "<span class=\"tag\">%s</span> ",
                     quick->texts[i]);
    }
}

static void write_question(struct page *page, const struct step *step)
{
    const struct finding *finding =
        step->of_finding ? &page->pack->findings[step->index] : NULL;
    const struct slot *slot = finding ? NULL : &page->pack->slots[step->index];
    const char *ask = finding ? finding->ask : slot->ask;
    const char *because = finding ? finding->because : slot->because;
    struct markup *out = &page->out;
    talk__markup(out, "<li><code>%s</code> <q>%s</q>",
                 finding ? finding->name : slot->name, ask ? ask : "");
    if (step->when) {
        talk__markup(out, " <small>when ");
        talk__condition_write(out, page->pack, step->when);
        talk__markup(out, "</small>");
    }
    if (because) talk__markup(out, "<br/><small>why: %s</small>", because);
    talk__markup(out, "<br/>");
    write_quick(page, finding ? &finding->answers : &slot->answers);
    talk__markup(out, "</li>\n");
}

static void write_form(struct page *page, const struct form *form)
{
    struct markup *out = &page->out;
    talk__markup(out, "<h3>%s</h3>\n<p>opens after", form->name);
    for (uint32_t i = 0; i < form->starts.count; i++) {
        const char *name = page->pack->topics[form->starts.items[i]].name;
        talk__markup(out, "%s <a href=\"#topic-%s\">%s</a>", i ? "," : "",
                     name, name);
    }
    if (form->when) {
        talk__markup(out, "; asks only while ");
        talk__condition_write(out, page->pack, form->when);
    }
    talk__markup(out, "</p>\n<ol>\n");
    for (uint32_t i = 0; i < form->step_count; i++) {
        write_question(page, &form->steps[i]);
    }
    talk__markup(out, "</ol>\n<details><summary>What is said at the end"
                      "</summary>\n");
    talk__page_wordings(page, form->done);
    talk__markup(out, "</details>\n");
}

static void write_values(struct page *page, const struct slot *slot)
{
    static const char *const types[] = {[SLOT_TEXT] = "words",
                                        [SLOT_SCALE] = "a number",
                                        [SLOT_TIME] = "a time",
                                        [SLOT_CHOICE] = "one of"};
    talk__markup(&page->out, "%s", types[slot->type]);
    if (slot->type == SLOT_SCALE) {
        talk__markup(&page->out, " from %g to %g", slot->min, slot->max);
        return; /* its choices are levels of it */
    }
    for (uint32_t i = 0; i < slot->choice_count; i++) {
        talk__markup(&page->out, "%s%s", i ? ", " : ": ", slot->choices[i]);
    }
}

static void write_slots(struct page *page)
{
    const struct pack *pack = page->pack;
    struct markup *out = &page->out;
    if (pack->slot_count == 0) return;
    talk__markup(out, "<h3>Slots</h3>\n<div class=\"wide\" tabindex=\"0\" "
                      "role=\"region\" aria-label=\"Slots\"><table>\n"
                      "<tr><th scope=\"col\">slot</th>"
                      "<th scope=\"col\">called</th>"
                      "<th scope=\"col\">values</th>"
                      "<th scope=\"col\">finds</th></tr>\n");
    for (uint32_t i = 0; i < pack->slot_count; i++) {
        const struct slot *slot = &pack->slots[i];
        talk__markup(out,
                     "<tr><th scope=\"row\"><code>%s</code></th><td>%s</td>"
                     "<td>",
                     slot->name, slot->label ? slot->label : "");
        write_values(page, slot);
        talk__markup(out, "</td><td>");
        if (slot->threshold) {
            const char *name = pack->findings[slot->threshold->finding].name;
            talk__markup(out, "<a href=\"#finding-%s\">%s</a> from %g%s", name,
                         name, slot->threshold->from,
                         slot->type == SLOT_TIME ? " days" : "");
        }
        talk__markup(out, "</td></tr>\n");
    }
    talk__markup(out, "</table></div>\n");
}

void talk__page_gathers(struct page *page)
{
    talk__markup(&page->out,
                 "<section id=\"gathers\"><h2>What it gathers</h2>\n");
    for (uint32_t i = 0; i < page->pack->form_count; i++) {
        write_form(page, &page->pack->forms[i]);
    }
    write_slots(page);
    talk__markup(&page->out, "</section>\n");
}
