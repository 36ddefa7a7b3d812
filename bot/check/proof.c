/* proof.c - the proof from its beginning to its end, and its report.
 * In: a bot.  Out: faults, one by one, and what was looked at. */
#include "proof.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "proof_model.h"

enum { LINE_MAX_BYTES = 512 };

static void say(struct proof *proof, const char *format, ...)
    TALK__FORMAT(2, 3);

static void say(struct proof *proof, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    if (!proof->options->write || proof->status != TALK_OK) return;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (!proof->options->write(proof->options->payload, line, strlen(line))) {
        proof->status = TALK_IO;
    }
}

static uint64_t tell_time(void *payload)
{
    return *(const uint64_t *)payload;
}

static const char *const part_names[PART_COUNT] = {
    [PART_CARE] = "findings and screening, whatever question is open",
    [PART_QUESTIONS] = "the forms and what they ask for"};

static void explore(struct proof *proof, enum part part)
{
    proof->part = part;
    talk__proof_letters(proof);
    if (proof->status == TALK_OK) talk__proof_explore(proof);
    if (proof->status == TALK_OK) talk__proof_graph(proof);
    if (proof->status == TALK_OK) talk__proof_members(proof);
    if (proof->status == TALK_OK) talk__proof_find_all(proof);
    proof_result *result = proof->result;
    result->states += proof->states.count;
    result->transitions += proof->transitions;
    if (proof->depth > result->depth) result->depth = proof->depth;
    say(proof, "  %s: %zu states, %zu transitions, %zu letters, depth %zu\n",
        part_names[part], proof->states.count, proof->transitions,
        proof->letter_count, proof->depth);
}

static bool too_large(const struct proof *proof)
{
    const struct pack *pack = proof->pack;
    size_t length = proof->findings.count / 4 + 8;
    for (uint32_t i = 0; i < pack->form_count; i++) {
        length += pack->forms[i].step_count;
    }
    return proof->findings.count > CLASSES_MAX - 4 || length > KEY_MAX;
}

/* ---- What was proved ---- */

static bool is_broken(const struct proof *proof, enum rule rule)
{
    for (size_t i = 0; i < proof->fault_count; i++) {
        if (proof->faults[i].fault.rule == talk__proof_rule_name(rule)) {
            return true;
        }
    }
    return false;
}

static void say_rules(struct proof *proof)
{
    say(proof, "\n");
    for (int i = 0; i < RULE_COUNT; i++) {
        enum rule rule = (enum rule)i;
        say(proof, "%s  %-12s%s\n",
            is_broken(proof, rule) ? "BROKEN" : "holds ",
            talk__proof_rule_name(rule), talk__proof_rule_reason(rule));
    }
}

static const char *const assumptions[] = {
    "What is said is understood: the proof begins with what deciding is told.",
    "A message tells at most two findings or two topics.",
    "The members of a class are alike: that was tried in the first states.",
    "Questions for slots without a condition are alike: one or two are "
    "asked, the "
    "others count as passed over; of what is told before it is asked for, one "
    "slot and one finding stand for all.",
    "Who goes back goes back in the order of the form.",
    "Of a value counts only on which side of its threshold it is.",
    "Technique, reassurance and whom to call are known by the marks of the "
    "pack and by the words that its policy lists.",
    "Of what was told last, among more than six things each alone and all "
    "together were taken back.",
};

static void say_assumptions(struct proof *proof)
{
    say(proof, "\nThat is so as far as this holds:\n");
    say(proof, "- At most %u findings count at once, or may come back.\n",
        talk__proof_findings_max(proof));
    for (size_t i = 0; i < sizeof assumptions / sizeof *assumptions; i++) {
        say(proof, "- %s\n", assumptions[i]);
    }
    if (proof->pack->variable_count > 0) {
        say(proof, "- Variables stay as they begin.\n");
    }
    if (!proof->result->complete) {
        say(proof, "- There are more states, at which nobody has looked.\n");
    }
}

static void run(struct proof *proof)
{
    talk__proof_classes(proof);
    if (proof->status != TALK_OK) return;
    if (too_large(proof)) {
        proof->status = TALK_LIMIT;
        return;
    }
    const struct pack *pack = proof->pack;
    say(proof,
        "classes: %u of %u findings, %u of %u topics, %u of %u responses\n",
        proof->findings.count, pack->finding_count, proof->topics.count,
        pack->topic_count, proof->responses.count, pack->response_count);
    for (int part = 0; part < PART_COUNT && proof->status == TALK_OK; part++) {
        if (part == PART_QUESTIONS && pack->form_count == 0) continue;
        explore(proof, (enum part)part);
    }
    say(proof,
        "members of classes: %zu turns compared; examples said as they stand: "
        "%zu\n",
        proof->members_tried, proof->examples_tried);
    say_rules(proof);
    say_assumptions(proof);
    if (proof->status != TALK_OK) return;
    proof->result->faults = proof->fault_count;
    for (size_t i = 0; i < proof->fault_count; i++) {
        if (!proof->options->fault_fn) break;
        proof->options->fault_fn(proof->options->payload,
                                 &proof->faults[i].fault);
    }
}

talk_status talk__proof_run(const talk_bot *bot, const proof_options *options,
                            proof_result *result, talk_error *err)
{
    *result = (proof_result){.complete = true};
    struct proof *proof = talk__memory_take(&bot->memory, sizeof *proof);
    if (!proof) return talk__fail_nomem(err);
    *proof = (struct proof){
        .pack = bot->pack, .bot = *bot, .options = options, .result = result};
    proof->bot.options.clock_fn = tell_time;
    proof->bot.options.clock_payload = &proof->now;
    talk__arena_init(&proof->arena, &bot->memory, 0);
    proof->status = talk_worker_new(&proof->bot, &proof->worker, err);
    if (proof->status == TALK_OK) run(proof);
    talk_status status = proof->status;
    talk_worker_free(proof->worker);
    talk__arena_clear(&proof->arena);
    talk__memory_give(&bot->memory, proof, sizeof *proof);
    if (status == TALK_NOMEM) return talk__fail_nomem(err);
    if (status == TALK_LIMIT) {
        return talk__fail(err, status, (struct place){0},
                          "the pack has too many kinds of findings or "
                          "questions to be explored");
    }
    if (status == TALK_IO) {
        return talk__fail(err, status, (struct place){0},
                          "the report could not be written");
    }
    return status;
}
