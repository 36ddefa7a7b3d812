/* render.c - a wording in all the words that it can come in.
 * In: a wording, labels, questions, values of examples.  Out: texts. */
#include "render.h"

#include <string.h>

#include "blocked.h"
#include "buffer.h"
#include "holes.h"

enum {
    FILLINGS_MAX = 1000, /* of a hole */
    COMBINED_MAX = 4000 /* texts of a wording, all combinations of its holes */
};

struct fillings {
    const char *items[FILLINGS_MAX];
    size_t count;
};

struct rendering {
    struct check_desk *desk;
    const struct wording *wording;
    unsigned tiers;
    struct fillings *fillings; /* per piece; empty for plain text */
    size_t *chosen;            /* per piece */
    render_fn tell;
    void *payload;
    bool over; /* who was told has heard enough */
};

static void offer(struct fillings *fillings, const char *text)
{
    if (text && fillings->count < FILLINGS_MAX) {
        fillings->items[fillings->count++] = text;
    }
}

/* ---- What may stand in a hole ---- */

static void offer_labels(const struct rendering *r, struct fillings *out)
{
    for (uint32_t i = 0; i < r->desk->pack->finding_count; i++) {
        const struct finding *finding = &r->desk->pack->findings[i];
        if (talk__tiers_of(finding) & r->tiers) offer(out, finding->label);
    }
}

/* One label, or two. */
static void offer_lists(const struct rendering *r, struct fillings *out)
{
    struct buffer two;
    offer_labels(r, out);
    if (out->count < 2) return;
    talk__buffer_init(&two, &r->desk->scratch, TALK_MESSAGE_MAX);
    talk__buffer_add_text(&two, out->items[0]);
    talk__buffer_add_text(&two, ", ");
    talk__buffer_add_text(&two, out->items[1]);
    offer(out, two.text);
}

/* What forms ask, or why they do. */
static void offer_questions(const struct pack *pack, bool reasons,
                            struct fillings *out)
{
    for (uint32_t i = 0; i < pack->form_count; i++) {
        for (uint32_t s = 0; s < pack->forms[i].step_count; s++) {
            const struct step *step = &pack->forms[i].steps[s];
            if (step->of_finding) {
                const struct finding *asked = &pack->findings[step->index];
                offer(out, reasons ? asked->because : asked->ask);
                if (!reasons) offer(out, asked->again);
            } else {
                const struct slot *asked = &pack->slots[step->index];
                offer(out, reasons ? asked->because : asked->ask);
                if (!reasons) offer(out, asked->again);
            }
        }
    }
}

/* "no sign of numbness", "since when: monday" */
static void offer_part(const struct rendering *r, struct fillings *out,
                       const char *before, const char *between,
                       const char *text)
{
    struct buffer part;
    talk__buffer_init(&part, &r->desk->scratch, TALK_MESSAGE_MAX);
    talk__buffer_add_text(&part, before);
    talk__buffer_add_text(&part, between);
    talk__swap_persons(r->desk->pack, text, &part);
    offer(out, part.text);
}

static void offer_told_slot(const struct rendering *r, uint32_t index,
                            struct fillings *out)
{
    const struct slot *slot = &r->desk->pack->slots[index];
    const struct values *values = &r->desk->values[index];
    bool named = slot->type == SLOT_CHOICE;
    size_t count = named ? slot->choice_count : values->count;
    if (!slot->label) return;
    for (size_t i = 0; i < count; i++) {
        offer_part(r, out, slot->label, ": ",
                   named ? slot->choices[i] : values->items[i]);
    }
}

/* All that can be told of what was told, one thing at a time, and two. */
static void offer_told(const struct rendering *r, struct fillings *out)
{
    const struct pack *pack = r->desk->pack;
    const struct policy *policy = &pack->policy;
    struct buffer two;
    if (!policy->told_between) return;
    for (uint32_t i = 0; i < pack->finding_count; i++) {
        const char *label = pack->findings[i].label;
        offer(out, label);
        offer_part(r, out, policy->told_absent, " ", label);
        offer_part(r, out, policy->told_past, " ", label);
    }
    for (uint32_t i = 0; i < pack->slot_count; i++) {
        offer_told_slot(r, i, out);
    }
    offer(out, policy->told_screened);
    if (out->count < 2) return;
    talk__buffer_init(&two, &r->desk->scratch, TALK_MESSAGE_MAX);
    talk__buffer_add_text(&two, out->items[0]);
    talk__buffer_add_text(&two, policy->told_between);
    talk__buffer_add_text(&two, out->items[out->count - 1]);
    offer(out, two.text);
}

static void offer_guesses(const struct pack *pack, struct fillings *out)
{
    for (uint32_t i = 0; i < pack->topic_count; i++) {
        offer(out, pack->topics[i].ask);
    }
}

/* Of a variable that may have any value, none is known but the first. */
static void offer_values(const struct variable *variable, struct fillings *out)
{
    offer(out, variable->start);
    for (uint32_t i = 0; i < variable->value_count; i++) {
        offer(out, variable->values[i]);
    }
}

static void offer_all(const struct rendering *r, const struct piece *piece,
                      struct fillings *out)
{
    const struct pack *pack = r->desk->pack;
    switch (piece->hole) {
    case HOLE_NONE: break;
    case HOLE_LABEL: offer_labels(r, out); break;
    case HOLE_LABELS: offer_lists(r, out); break;
    case HOLE_ASK: offer_questions(pack, false, out); break;
    case HOLE_BECAUSE: offer_questions(pack, true, out); break;
    case HOLE_TOLD:
    case HOLE_NEWS: offer_told(r, out); break;
    case HOLE_GUESS:
    case HOLE_OTHER_GUESS: offer_guesses(pack, out); break;
    case HOLE_SLOT:
        for (size_t i = 0; i < r->desk->values[piece->index].count; i++) {
            offer(out, r->desk->values[piece->index].items[i]);
        }
        break;
    case HOLE_SWAP:
        for (size_t i = 0; i < r->desk->values[piece->index].count; i++) {
            offer_part(r, out, "", "", r->desk->values[piece->index].items[i]);
        }
        break;
    case HOLE_VARIABLE:
        offer_values(&pack->variables[piece->index], out);
        break;
    case HOLE_LIST:
        for (uint32_t i = 0; i < pack->lists[piece->index].item_count; i++) {
            offer(out, pack->lists[piece->index].items[i]);
        }
        break;
    }
}

/* ---- Its texts ---- */

static void tell_chosen(struct rendering *r)
{
    struct arena *arena = &r->desk->worker->arena; /* free between turns */
    struct buffer text;
    talk__arena_reset(arena);
    talk__buffer_init(&text, arena, REPLY_MAX);
    for (uint32_t i = 0; i < r->wording->piece_count; i++) {
        const struct piece *piece = &r->wording->pieces[i];
        if (piece->hole == HOLE_NONE) {
            talk__buffer_add(&text, piece->text, piece->length);
        } else {
            talk__buffer_add_text(&text, r->fillings[i].items[r->chosen[i]]);
        }
    }
    if (text.status != TALK_OK) return;
    r->over = !r->tell(r->payload, text.text ? text.text : "", text.length);
}

/* The next combination; false: that was the last one. */
static bool step(struct rendering *r)
{
    for (uint32_t i = 0; i < r->wording->piece_count; i++) {
        if (r->fillings[i].count < 2) continue;
        if (++r->chosen[i] < r->fillings[i].count) return true;
        r->chosen[i] = 0;
    }
    return false;
}

static void tell_each_hole(struct rendering *r)
{
    for (uint32_t i = 0; i < r->wording->piece_count && !r->over; i++) {
        for (size_t n = 0; n < r->fillings[i].count && !r->over; n++) {
            r->chosen[i] = n;
            tell_chosen(r);
        }
        r->chosen[i] = 0;
    }
}

bool talk__render(struct check_desk *desk, const struct wording *wording,
                  unsigned tiers, render_fn tell, void *payload)
{
    struct rendering r = {.desk = desk,
                          .wording = wording,
                          .tiers = tiers,
                          .tell = tell,
                          .payload = payload};
    size_t combined = 1;
    r.fillings = talk__arena_array(&desk->scratch, wording->piece_count + 1u,
                                   sizeof *r.fillings);
    r.chosen = talk__arena_array(&desk->scratch, wording->piece_count + 1u,
                                 sizeof *r.chosen);
    if (!r.fillings || !r.chosen) return false;
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        if (wording->pieces[i].hole == HOLE_NONE) continue;
        offer_all(&r, &wording->pieces[i], &r.fillings[i]);
        if (r.fillings[i].count == 0) return !desk->scratch.failed;
        if (combined <= COMBINED_MAX) combined *= r.fillings[i].count;
    }
    if (combined > COMBINED_MAX) {
        tell_each_hole(&r);
    } else {
        do {
            tell_chosen(&r);
        } while (!r.over && step(&r));
    }
    return !desk->scratch.failed;
}
