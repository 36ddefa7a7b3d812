/* quick_test.c - every answer that a pack offers to a question is understood
 * as its answer.
 * In: a pack; each question of its forms is opened.  Out: it is settled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "host.h"
#include "turn.h"

static struct recall asking(const struct pack *pack, uint32_t form,
                            const struct question *question)
{
    struct recall recall;
    talk__recall_init(&recall);
    recall.turns = 1;
    recall.form = form;
    recall.form_name = pack->forms[form].name;
    recall.open = *question;
    recall.asked[0] = (struct asked){.question = *question, .times = 1};
    recall.asked_count = 1;
    uint32_t ask = pack->forms[form].ask;
    recall.said[0] = (struct said){
        .name = pack->responses[ask].name, .response = ask, .turn = 1};
    recall.said_count = 1;
    return recall;
}

static bool is_told(const struct talk_turn *turn,
                    const struct question *question, const char *answer)
{
    const struct recall *next = &turn->decision.next;
    bool unsure = strcmp(answer, "Not sure") == 0;
    if (unsure) return next->asked[0].settled;
    return question->of_finding
               ? talk__recall_known(next, question->index) != NULL
               : talk__recall_has_slot(next, question->index);
}

static size_t try_answers(struct host *host, uint32_t form,
                          const struct step *step)
{
    const struct pack *pack = host->bot->pack;
    const struct finding *finding = &pack->findings[step->index];
    const struct slot *slot = &pack->slots[step->index];
    struct question question = {step->of_finding ? finding->name : slot->name,
                                step->index, step->of_finding};
    struct quick_replies answers =
        step->of_finding ? finding->answers : slot->answers;
    for (uint32_t i = 0; i < answers.count; i++) {
        struct recall recall = asking(pack, form, &question);
        assert_int_equal(talk__session_commit(host->session, &recall),
                         TALK_OK);
        const talk_turn *turn = host_say(host, answers.texts[i]);
        if (!is_told(turn, &question, answers.texts[i])) {
            fail_msg("'%s' is no answer to the question for '%s'",
                     answers.texts[i], question.name);
        }
        size_t told =
            turn->decision.next.known_count + turn->decision.next.filled_count;
        if (told > 1) {
            fail_msg("'%s', an answer to the question for '%s', tells more",
                     answers.texts[i], question.name);
        }
    }
    return answers.count;
}

static size_t try_pack(const char *folder)
{
    struct host host;
    size_t count = 0;
    host_open(&host, folder, NULL);
    const struct pack *pack = host.bot->pack;
    for (uint32_t i = 0; i < pack->form_count; i++) {
        for (uint32_t j = 0; j < pack->forms[i].step_count; j++) {
            count += try_answers(&host, i, &pack->forms[i].steps[j]);
        }
    }
    host_close(&host);
    return count;
}

static void answers_answer(void **state)
{
    (void)state;
    assert_int_equal(try_pack("tests/packs/gathering"), 6);
    assert_true(try_pack(".") > 0);
}

/* What a button of the screening says does what it says. */
static void the_screening_is_answered(void **state)
{
    (void)state;
    static const struct {
        uint32_t button;
        enum screening after;
    } cases[] = {
        {0, SCREENING_CLEAR}, {1, SCREENING_OPEN}, {2, SCREENING_DOUBT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct host host;
        host_open(&host, ".", NULL);
        const talk_turn *turn = host_say(&host, "how do i use a foam roller?");
        assert_int_equal(talk_turn_quick_count(turn), 3);
        turn = host_say(&host, talk_turn_quick(turn, cases[i].button));
        assert_int_equal(turn->decision.next.screening, cases[i].after);
        host_close(&host);
    }
}

static void taking_an_emergency_back_is_confirmed(void **state)
{
    (void)state;
    static const talk_tier after[] = {TALK_TIER_NONE, TALK_TIER_EMERGENCY};
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct host host;
        host_open(&host, ".", NULL);
        host_say(&host, "i have chest pain");
        const talk_turn *turn = host_say(&host, "the chest pain is gone");
        assert_int_equal(talk_turn_quick_count(turn), 2);
        turn = host_say(&host, talk_turn_quick(turn, i));
        assert_int_equal(talk_turn_tier(turn), after[i]);
        host_close(&host);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_answer),
        cmocka_unit_test(the_screening_is_answered),
        cmocka_unit_test(taking_an_emergency_back_is_confirmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
