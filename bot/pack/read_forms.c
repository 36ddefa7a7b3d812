/* read_forms.c - what is asked to gather something.
 * In: `forms`.  Out: the forms of the pack: when they open, their questions.
 * Ignores how an answer is read: that is the slots' and the findings'. */
#include "schema.h"

/* ---- Questions ---- */

/* A question while it is read: one of the two is named. */
struct reading_step {
    struct step step;
    uint32_t slot, finding;
};

static void read_condition(struct loading *loading, struct tree *map,
                           void *out)
{
    struct reading_step *reading = out;
    reading->step.when = talk__read_when(loading, map);
}

static const struct schema_row step_rows[] = {
    {"slot", WANT_REFERENCE, .offset = offsetof(struct reading_step, slot),
     .section = SECTION_SLOTS},
    {"finding", WANT_REFERENCE,
     .offset = offsetof(struct reading_step, finding),
     .section = SECTION_FINDINGS},
    {"when", WANT_MAP, .read = read_condition},
};
static const struct schema step_schema = TALK__SCHEMA("question", step_rows);

/* A question has words, and a reason for who asks "why?". */
static void check_words(struct loading *loading, const struct tree *item,
                        const char *name, const char *ask, const char *because)
{
    if (ask && because) return;
    TALK__COMPLAIN(loading, item->place,
                   "'%s' cannot be asked for: write '%s:' there", name,
                   ask ? "because" : "ask");
}

static void check_question(struct loading *loading, const struct tree *item,
                           const struct reading_step *reading)
{
    const struct pack *pack = loading->pack;
    bool slot = talk__tree_get(item, "slot") != NULL;
    bool finding = talk__tree_get(item, "finding") != NULL;
    if (slot == finding) {
        TALK__COMPLAIN(loading, item->place,
                       "a question names a slot or a finding, %s",
                       slot ? "not both" : "as in {slot: onset}");
    } else if (reading->slot != NO_INDEX) {
        const struct slot *rule = &pack->slots[reading->slot];
        check_words(loading, item, rule->name, rule->ask, rule->because);
    } else if (reading->finding != NO_INDEX) {
        const struct finding *rule = &pack->findings[reading->finding];
        check_words(loading, item, rule->name, rule->ask, rule->because);
    }
}

static void read_step(struct loading *loading, struct tree *item,
                      struct form *form)
{
    struct reading_step reading = {.slot = NO_INDEX, .finding = NO_INDEX};
    if (!talk__is_map(loading, item)) return;
    talk__schema_read(loading, &step_schema, item, &reading);
    check_question(loading, item, &reading);
    reading.step.of_finding = reading.finding != NO_INDEX;
    reading.step.index =
        reading.step.of_finding ? reading.finding : reading.slot;
    form->steps[form->step_count++] = reading.step;
}

static void read_steps(struct loading *loading, struct tree *list, void *out)
{
    struct form *form = out;
    size_t count = talk__tree_count(list);
    if (count < 1 || count > STEPS_MAX) {
        TALK__COMPLAIN(loading, list->place,
                       "'questions' wants 1 to %d, not %zu", STEPS_MAX, count);
        return;
    }
    form->steps = talk__keep_array(loading, count, sizeof *form->steps);
    if (!form->steps) return;
    for (struct tree *item = list->first; item; item = item->next) {
        read_step(loading, item, form);
    }
}

/* ---- The form ---- */

static void read_form_when(struct loading *loading, struct tree *map,
                           void *out)
{
    struct form *form = out;
    form->when = talk__read_when(loading, map);
}

#define INTO(member) .offset = offsetof(struct form, member)
#define RESPONSE(key)                                                        \
    {                                                                        \
#key, WANT_REFERENCE, true, INTO(key), .section = SECTION_RESPONSES, \
                                               .no_technique = true          \
    }
static const struct schema_row rows[] = {
    {"starts", WANT_REFERENCES, true, INTO(starts), .section = SECTION_TOPICS},
    {"when", WANT_MAP, .read = read_form_when},
    {"questions", WANT_LIST, true, .read = read_steps},
    RESPONSE(ask),
    RESPONSE(again),
    RESPONSE(because),
    RESPONSE(skipped),
    RESPONSE(done),
    {"unclear", WANT_REFERENCE, INTO(unclear), .section = SECTION_RESPONSES,
     .no_technique = true},
};
static const struct schema schema = TALK__SCHEMA("form", rows);

void talk__read_forms(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_FORMS];
    struct pack *pack = loading->pack;
    pack->forms =
        talk__keep_array(loading, section->count, sizeof *pack->forms);
    if (!pack->forms) return;
    for (size_t i = 0; i < section->count; i++) {
        struct tree *entry = section->entries[i];
        struct form *form = &pack->forms[i];
        form->place = entry->key->place;
        form->unclear = NO_INDEX;
        form->name =
            talk__section_keep(loading, SECTION_FORMS, i, &pack->form_names);
        talk__schema_read(loading, &schema, entry, form);
        pack->form_count++;
    }
}
