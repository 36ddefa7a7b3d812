/* page_pieces.c - pieces of the page that several parts have.
 * In: responses, examples, what was reached.  Out: HTML. */
#include "page_part.h"

const char *talk__page_tier(int tier)
{
    static const char *const names[TIER_COUNT] = {
        "None", "Avoid", "Professional", "Urgent", "Emergency"};
    return names[tier];
}

/* ---- Wordings ---- */

static const char *hole_name(const struct page *page,
                             const struct piece *piece)
{
    static const char *const names[] = {
        [HOLE_NONE] = "",
        [HOLE_LABEL] = "label",
        [HOLE_LABELS] = "labels",
        [HOLE_ASK] = "question",
        [HOLE_BECAUSE] = "reason",
        [HOLE_TOLD] = "what was told",
        [HOLE_NEWS] = "what is new",
        [HOLE_GUESS] = "guess",
        [HOLE_OTHER_GUESS] = "other guess",
    };
    switch (piece->hole) {
    case HOLE_SLOT:
    case HOLE_SWAP: return page->pack->slots[piece->index].name;
    case HOLE_VARIABLE: return page->pack->variables[piece->index].name;
    case HOLE_LIST: return page->pack->lists[piece->index].name;
    default: return names[piece->hole];
    }
}

static void write_wording(struct page *page, const struct wording *wording)
{
    struct markup *out = &page->out;
    talk__markup(out, "<li>");
    if (wording->leads != NO_INDEX) {
        talk__markup(out, "<em>says</em> <code>%s</code>",
                     page->pack->responses[wording->leads].name);
    }
    for (uint32_t i = 0; i < wording->piece_count; i++) {
        const struct piece *piece = &wording->pieces[i];
        if (piece->hole == HOLE_NONE) {
            talk__markup(out, "%.*s", (int)piece->length, piece->text);
        } else {
            talk__markup(out, "<var>%s</var>", hole_name(page, piece));
        }
    }
    if (wording->when) {
        talk__markup(out, " <small>when ");
        talk__condition_write(out, page->pack, wording->when);
        talk__markup(out, "</small>");
    }
    talk__markup(out, "</li>\n");
}

void talk__page_wordings(struct page *page, uint32_t response)
{
    const struct response *said = &page->pack->responses[response];
    talk__markup(&page->out, "<ul class=\"said\">\n");
    for (uint32_t i = 0; i < said->wording_count; i++) {
        write_wording(page, &said->wordings[i]);
    }
    talk__markup(&page->out, "</ul>\n");
}

/* ---- Examples ---- */

void talk__page_quotes(struct page *page, bool of_finding, uint32_t owner,
                       enum polarity polarity, bool counter, size_t most)
{
    size_t count = 0;
    for (uint32_t i = 0; i < page->pack->example_count; i++) {
        const struct example *example = &page->pack->examples[i];
        if (example->of_finding != of_finding || example->owner != owner ||
            example->counter != counter ||
            (of_finding && !counter && example->polarity != polarity)) {
            continue;
        }
        if (++count > most) continue;
        talk__markup(&page->out, "<q>%.*s</q> ", (int)example->length,
                     example->text);
    }
    if (count > most) {
        talk__markup(&page->out, "<small>and %zu more</small>", count - most);
    }
}

/* ---- What examples reach ---- */

struct share talk__page_share(const struct page *page, enum pattern_kind kind,
                              uint32_t owner)
{
    struct share share = {0, 0};
    for (uint32_t i = 0; i < page->pack->pattern_count; i++) {
        const struct pattern *pattern = &page->pack->patterns[i];
        if (pattern->kind != kind || pattern->when_asked ||
            (owner != NO_INDEX && pattern->owner != owner)) {
            continue;
        }
        share.all++;
        share.held += page->report->reached[i];
    }
    return share;
}

void talk__page_reached(struct page *page, enum pattern_kind kind,
                        uint32_t owner)
{
    struct share share = talk__page_share(page, kind, owner);
    talk__markup(&page->out,
                 "<p class=\"soft\">%zu of %zu pattern%s reached by "
                 "examples</p>\n",
                 share.held, share.all, share.all == 1 ? "" : "s");
}
