/* negation_kit_test.c - scores the context stage on clinical sentences.
 *   negation_kit_test [--failures] [FILE.tsv]
 * In: lines of number, phrase, sentence, Negated or Affirmed, temporality,
 * experiencer, separated by tabs; the first one is a heading. Without a file
 * our own sentences of tests/packs/clinical/ are run, and all must be right.
 * Out: precision, recall and F1 of Negated; what was taken for what in
 * temporality and experiencer.  The phrase is the finding: of the pack only
 * the cues are used. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack_folder.h"
#include "scene.h"
#include "understand.h"

#define CLINICAL "tests/packs/clinical"

enum { TEXT_MAX = 64 * 1024, FIELDS = 6 };

/* In tests/packs/clinical/sentences.tsv. */
enum { OWN_CASES = 61 };

enum field { NUMBER, PHRASE, SENTENCE, NEGATION, TEMPORALITY, EXPERIENCER };

enum { RECENT, HISTORICAL, HYPOTHETICAL, TIMES };
enum { PATIENT, OTHER, PERSONS };

static const char *const times[TIMES] = {"Recent", "Historical",
                                         "Hypothetical"};
static const char *const persons[PERSONS] = {"Patient", "Other"};

struct judgement {
    bool negated;
    int time, person;
};

struct score {
    size_t cases, not_found;
    size_t negated[2][2]; /* [wanted][got] */
    size_t time[TIMES][TIMES], person[PERSONS][PERSONS];
};

struct bench {
    const struct pack *pack;
    struct matcher *matcher;
    struct arena arena;
    bool failures;
    struct score score;
};

static void check(talk_status status, const char *what)
{
    if (status == TALK_OK) return;
    (void)fprintf(stderr, "negation_kit_test: %s: status %d\n", what, status);
    exit(1);
}

/* ---- The phrase in the sentence ---- */

static bool same_word(const struct folded *a, size_t i, const struct folded *b,
                      size_t j, bool only_begins)
{
    const struct word *x = &a->words[i], *y = &b->words[j];
    return (x->length == y->length ||
            (only_begins && x->length < y->length)) &&
           memcmp(a->text + x->start, b->text + y->start, x->length) == 0;
}

static bool stands_at(const struct folded *phrase, const struct folded *text,
                      size_t at, bool runs_on)
{
    for (size_t i = 0; i < phrase->word_count; i++) {
        bool last = i + 1 == phrase->word_count;
        if (at + i >= text->word_count ||
            !same_word(phrase, i, text, at + i, runs_on && last)) {
            return false;
        }
    }
    return true;
}

static bool is_capital(const char *sentence, const struct word *first,
                       const struct word *last)
{
    for (uint32_t at = first->from; at < last->to; at++) {
        if (sentence[at] >= 'a' && sentence[at] <= 'z') return false;
    }
    return true;
}

/* A phrase that stands there twice is meant where it is in capitals. A word
 * may be glued to the end of the phrase. */
static bool find_phrase(const struct folded *phrase, const struct folded *text,
                        const char *sentence, struct heard_finding *out)
{
    size_t found = text->word_count;
    bool capital = false;
    if (phrase->word_count == 0) return false;
    for (int runs_on = 0; runs_on < 2 && found == text->word_count;
         runs_on++) {
        for (size_t at = 0; at < text->word_count && !capital; at++) {
            if (!stands_at(phrase, text, at, runs_on)) continue;
            capital = is_capital(sentence, &text->words[at],
                                 &text->words[at + phrase->word_count - 1]);
            if (capital || found == text->word_count) found = at;
        }
    }
    if (found == text->word_count) return false;
    const struct word *last = &text->words[found + phrase->word_count - 1];
    *out = (struct heard_finding){.start = text->words[found].start,
                                  .end = last->start + last->length,
                                  .begun = text->words[found].start,
                                  .told = last->start + last->length};
    return true;
}

/* ---- One case ---- */

static struct judgement judge(struct bench *bench, char **fields)
{
    struct fold_rules rules = {&bench->pack->replaced,
                               bench->pack->replacements, NULL};
    struct judgement judgement = {false, RECENT, PATIENT};
    struct heard_finding finding;
    struct folded phrase;
    struct heard heard = {.findings = &finding, .finding_count = 1};
    struct scene scene;
    struct recall nothing;
    talk__recall_init(&nothing);
    check(talk__fold(&rules, fields[PHRASE], strlen(fields[PHRASE]), TEXT_MAX,
                     &bench->arena, &phrase),
          fields[NUMBER]);
    check(talk__fold(&rules, fields[SENTENCE], strlen(fields[SENTENCE]),
                     TEXT_MAX, &bench->arena, &heard.folded),
          fields[NUMBER]);
    check(talk__match(bench->matcher, &nothing, &bench->arena, &heard),
          fields[NUMBER]);
    if (!find_phrase(&phrase, &heard.folded, fields[SENTENCE], &finding)) {
        bench->score.not_found++;
        if (bench->failures) printf("%s not found\n", fields[NUMBER]);
        return judgement;
    }
    check(talk__scene_set(bench->pack, &bench->arena, &heard, &scene),
          fields[NUMBER]);
    struct extent of = talk__scene_extent(&heard, &finding);
    if (talk__scene_governing(&scene, CUE_ABSENT, false, of)) {
        judgement.negated = true;
    }
    if (talk__scene_governing(&scene, CUE_HYPOTHETICAL, false, of)) {
        judgement.time = HYPOTHETICAL;
    } else if (talk__scene_governing(&scene, CUE_PAST, false, of)) {
        judgement.time = HISTORICAL;
    }
    if (talk__scene_governing(&scene, CUE_OTHER_PERSON, false, of)) {
        judgement.person = OTHER;
    }
    return judgement;
}

static int number_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) return i;
    }
    return -1;
}

static void tell_failure(const char *got, const char *want, char **fields)
{
    printf("%s got %s, wanted %s: %s | %s\n", fields[NUMBER], got, want,
           fields[PHRASE], fields[SENTENCE]);
}

/* "Not particular" counts as recent, "Family member" as other. */
static void add_case(struct bench *bench, char **fields)
{
    struct score *score = &bench->score;
    struct judgement got = judge(bench, fields);
    bool negated = strcmp(fields[NEGATION], "Negated") == 0;
    int time = number_of(times, TIMES, fields[TEMPORALITY]);
    int person = strcmp(fields[EXPERIENCER], "Patient") == 0 ? PATIENT : OTHER;
    if (time < 0) time = RECENT;
    score->cases++;
    score->negated[negated][got.negated]++;
    score->time[time][got.time]++;
    score->person[person][got.person]++;
    if (!bench->failures) return;
    if (negated != got.negated) {
        tell_failure(got.negated ? "Negated" : "Affirmed", fields[NEGATION],
                     fields);
    }
    if (time != got.time) tell_failure(times[got.time], times[time], fields);
    if (person != got.person) {
        tell_failure(persons[got.person], persons[person], fields);
    }
}

/* ---- All of them ---- */

static bool cut_line(char *line, char **fields)
{
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = line;
        line += strcspn(line, "\t");
        if (i + 1 < FIELDS && *line != '\t') return false;
        *line++ = '\0';
    }
    fields[EXPERIENCER][strcspn(fields[EXPERIENCER], "\r")] = '\0';
    return true;
}

static void run_lines(struct bench *bench, char *text)
{
    char *line = text + strcspn(text, "\n"); /* behind the heading */
    size_t number = 1;
    while (*line) {
        char *next, *fields[FIELDS];
        line++;
        number++;
        next = line + strcspn(line, "\n");
        bool more = *next;
        *next = '\0';
        talk__arena_reset(&bench->arena);
        if (*line && !cut_line(line, fields)) {
            (void)fprintf(stderr, "line %zu has fewer than %d fields\n",
                          number, FIELDS);
            exit(1);
        }
        if (*line) add_case(bench, fields);
        line = next;
        if (!more) break;
        *next = '\n';
    }
}

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 1;
}

static void tell_score(const struct score *score)
{
    size_t hit = score->negated[1][1];
    double precision = share(hit, hit + score->negated[0][1]);
    double recall = share(hit, hit + score->negated[1][0]);
    printf("%zu sentences, %zu phrases not found\n", score->cases,
           score->not_found);
    printf("Negated: precision %.3f (%zu/%zu), recall %.3f (%zu/%zu), "
           "F1 %.3f\n",
           precision, hit, hit + score->negated[0][1], recall, hit,
           hit + score->negated[1][0],
           2 * precision * recall / (precision + recall));
    printf("Temporality, wanted by got:\n");
    for (int i = 0; i < TIMES; i++) {
        printf("  %-12s", times[i]);
        for (int j = 0; j < TIMES; j++) {
            printf(" %s %zu", times[j], score->time[i][j]);
        }
        printf("\n");
    }
    printf("Experiencer, wanted by got:\n");
    for (int i = 0; i < PERSONS; i++) {
        printf("  %-12s Patient %zu Other %zu\n", persons[i],
               score->person[i][PATIENT], score->person[i][OTHER]);
    }
}

/* All of our own sentences are understood. */
static bool is_perfect(const struct score *score)
{
    size_t right = score->negated[0][0] + score->negated[1][1];
    size_t in_time = 0, of_person = 0;
    for (int i = 0; i < TIMES; i++) in_time += score->time[i][i];
    for (int i = 0; i < PERSONS; i++) of_person += score->person[i][i];
    return score->not_found == 0 && right == OWN_CASES &&
           in_time == OWN_CASES && of_person == OWN_CASES;
}

/* The minimal pack with the clinical cues in the place of its own. */
static struct pack *clinical_pack(void)
{
    char *folder = temporary_folder();
    char *place = path_of(folder, "intents/context/context.yaml");
    size_t length;
    char *cues = read_whole_file(CLINICAL "/cues.yaml", &length);
    struct pack *pack;
    copy_folder(MINIMAL_PACK, folder);
    write_whole_file(place, cues, length);
    struct outcome outcome = read_pack(folder, NULL, NULL, &pack);
    if (!pack) (void)fputs(outcome.lines, stderr);
    outcome_clear(&outcome);
    remove_folder(folder);
    free(cues);
    free(place);
    free(folder);
    if (!pack) exit(1);
    return pack;
}

int main(int argc, char **argv)
{
    struct memory memory = talk__memory_from(NULL);
    struct understand_limits limits = {2000, 20 * 1024, false};
    const char *file = NULL;
    struct bench bench = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--failures") == 0) {
            bench.failures = true;
        } else {
            file = argv[i];
        }
    }
    struct pack *pack = clinical_pack();
    bench.pack = pack;
    check(talk__matcher_new(pack, &memory, &limits, &bench.matcher),
          "matcher");
    talk__arena_init(&bench.arena, &memory, 0);
    size_t length;
    char *text =
        read_whole_file(file ? file : CLINICAL "/sentences.tsv", &length);
    run_lines(&bench, text);
    tell_score(&bench.score);
    free(text);
    talk__arena_clear(&bench.arena);
    talk__matcher_free(bench.matcher);
    talk__pack_free(pack);
    if (file || is_perfect(&bench.score)) return 0;
    (void)fprintf(stderr, "wanted: %d sentences, all as they are labelled\n",
                  OWN_CASES);
    return 1;
}
