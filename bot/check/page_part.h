/* page_part.h - what the parts of the page share. */
#ifndef TALK_CHECK_PAGE_PART_H
#define TALK_CHECK_PAGE_PART_H

#include "conditions.h"
#include "page.h"

struct page {
    struct markup out;
    const struct pack *pack;
    const struct check_report *report;
};

/* Parts of a page, in order; each writes a <section>. */
void talk__page_knows(struct page *page);
void talk__page_flags(struct page *page);
void talk__page_gathers(struct page *page);
void talk__page_covered(struct page *page);

/* ---- Pieces that several parts have ---- */

/* "Emergency", for headings. */
const char *talk__page_tier(int tier);
/* A list of the response's wordings, with their conditions. */
void talk__page_wordings(struct page *page, uint32_t response);
/* The first few examples as quotes, then how many more there are. Nothing
 * when there are none. */
void talk__page_quotes(struct page *page, bool of_finding, uint32_t owner,
                       enum polarity polarity, bool counter, size_t most);
/* "12 of 15 patterns are reached by examples". */
void talk__page_reached(struct page *page, enum pattern_kind kind,
                        uint32_t owner);

struct share {
    size_t held, all;
};
/* Patterns that examples reach; owner NO_INDEX: of any. What counts only
 * while a question is open is left out: no example asks. */
struct share talk__page_share(const struct page *page, enum pattern_kind kind,
                              uint32_t owner);

#endif
