/* proof_model.h - what the pieces of the proof share.
 *
 * Messages are told below understanding, as deciding sees them: findings with
 * polarity, topics, values, short answers. Members of a class are alike to
 * deciding; one of each is told. A state is what is remembered; two states
 * with one key have the same future. What few rules read (how often nothing
 * was understood, what was said last, in which order things were told) is
 * not in the key: a setting puts every value in its place instead. */
#ifndef TALK_CHECK_PROOF_MODEL_H
#define TALK_CHECK_PROOF_MODEL_H

#include "buffer.h"
#include "proof.h"
#include "turn.h"

/* ---- Classes ---- */

struct folding {
    uint32_t *of;    /* class of each member */
    uint32_t *first; /* a member of each class */
    uint32_t count;  /* of classes */
};

/* What any of the response's wordings may give away, by tier and by whether
 * the screening is clear. */
struct gives {
    bool technique, reassures; /* one of them does */
    bool names;                /* each holds a word of the tier */
};

/* What one wording gives away. */
struct wording_gives {
    bool technique, reassures;
    unsigned names; /* bit (1 << tier) for each of whose words it holds one */
};

/* ---- Messages ---- */

enum { LETTER_FINDINGS = 2, LETTER_TOPICS = 2, TEXT_MAX = 8192 };

enum gap { GAP_NONE, GAP_DAY, GAP_STALE };

struct letter {
    struct told_finding findings[LETTER_FINDINGS];
    uint32_t finding_count;
    uint32_t topics[LETTER_TOPICS];
    uint32_t topic_count;
    uint32_t slot; /* a value of it; NO_INDEX: none */
    bool high;     /* … beyond its threshold */
    unsigned answers;
    bool empty, flags_unread, part_unread;
    enum gap gap;
    uint32_t guesses; /* questions that may have been meant, when nothing was
                         heard */
    bool single;      /* one thing: it is said again and again, too */
};

/* What a key leaves out. */
struct setting {
    uint32_t step;      /* of the form, whose question is open; NO_INDEX */
    uint32_t fallbacks; /* in a row */
    uint32_t topic;     /* the last one, or NO_INDEX */
    uint32_t said;      /* the response said last, or NO_INDEX */
    uint32_t newest;    /* bits: of the things known, those told last */
    uint32_t before;    /* of the questions asked, the one before; NO_INDEX */
    uint32_t times;     /* that the question before was put; 0: as it is */
    uint32_t screened;  /* times that the screening was; 0: as it is */
    enum screening screening; /* in place of "not yet" */
    bool filled;              /* the letter's slot has a value already */
};

enum { SETTINGS_MAX = 256 };

/* ---- States ---- */

enum { KEY_MAX = 192, CLASSES_MAX = 256 };

struct key {
    unsigned char bytes[KEY_MAX];
    uint32_t length;
};

struct node {
    struct recall recall; /* turns as new; names are the pack's */
    struct key key;
    uint32_t parent; /* NO_INDEX: the beginning */
    struct letter letter;
    struct setting setting;
    uint32_t depth;
    bool plain; /* all letters on the way are such that words may tell them */
    /* Where each letter that is said alone leads, twice that, and one more
     * when a question is put; NO_INDEX: nowhere. NULL: not known. */
    uint32_t *leads;
};

/* What is explored: all findings with the screening, while any question may
 * be open; or the questions, with the findings that they ask for. */
enum part { PART_CARE, PART_QUESTIONS, PART_COUNT };

struct states {
    struct node **nodes;
    size_t count, capacity;
    uint32_t *slots; /* hash table of indices; NO_INDEX: empty */
    size_t slot_count;
};

/* ---- What is seen of a turn ---- */

struct seen {
    const struct recall *last; /* before the message */
    const struct told *told;
    const struct talk_turn *turn;
    enum gap gap;
};

/* ---- Rules ---- */

enum rule {
    RULE_TECHNIQUE,
    RULE_SCREENING,
    RULE_ESCALATION,
    RULE_NAMES,
    RULE_MEMORY,
    RULE_CONFIRMED,
    RULE_REASSURANCE,
    RULE_ANSWER,
    RULE_CALLING,
    RULE_THIRD,
    RULE_EXIT,
    RULE_START,
    RULE_LIVELOCK,
    RULE_CLASSES,
    RULE_COUNT
};

struct breach {
    enum rule rule;
    uint32_t response; /* that breaks it, or NO_INDEX */
    uint32_t wording;  /* or NO_INDEX: any */
    uint32_t finding;  /* or NO_INDEX */
};

enum { BREACHES_MAX = 8, FAULTS_MAX = 64, TRIES_MAX = 12 };

/* A fault, and ways that lead to it: to be said in words when all has been
 * explored. */
struct suspect {
    struct breach breach;
    uint32_t about; /* tells it from others of its rule */
    struct {
        uint32_t node;
        bool has_letter, as_it_is; /* … under the usual setting */
        struct letter letter;      /* that is said there */
    } ways[TRIES_MAX];
    size_t way_count;
};

struct proof {
    const struct pack *pack;
    struct talk_bot bot; /* a copy: its clock and seed are ours */
    struct talk_worker *worker;
    uint64_t now; /* that the clock tells */
    struct arena arena;
    const proof_options *options;
    proof_result *result;
    talk_status status; /* the first failure sticks */

    struct folding findings, topics, responses;
    struct gives (*gives)[TIER_COUNT][2]; /* of each response */
    struct wording_gives **wordings;      /* likewise, of each wording */
    bool *form_finding;  /* asked for, or a condition of that or a topic */
    bool *asked_finding; /* a form asks for it */
    bool *value_finding; /* found by a value, or a condition of that */
    bool *folded_slot;   /* questions for it are like those for another */

    enum part part;
    struct letter *letters;
    size_t letter_count, letter_capacity;
    struct setting settings[SETTINGS_MAX];
    struct states states;
    uint32_t *singles; /* letters that are said alone */
    size_t single_count;
    size_t transitions, skipped, depth;
    size_t members_tried, examples_tried;

    bool spoken_only; /* judge what is said, not what might be */
    struct suspect suspects[FAULTS_MAX]; /* of this part */
    size_t suspect_count;
    struct {
        uint32_t about;
        proof_fault fault;
    } faults[FAULTS_MAX]; /* of all parts */
    size_t fault_count;
};

/* ---- proof_classes.c ---- */

void talk__proof_classes(struct proof *proof);
bool talk__proof_text_holds(const struct texts *words, const char *text,
                            size_t length);

/* ---- proof_letters.c ---- */

void talk__proof_letters(struct proof *proof);
/* The settings under which the letter is told in the state, in
 * proof->settings; returns how many. */
size_t talk__proof_settings(struct proof *proof, const struct node *node,
                            const struct letter *letter);

/* ---- proof_state.c ---- */

/* The key of what is remembered, and the same with its turns as new. */
void talk__proof_key(const struct proof *proof, const struct recall *recall,
                     struct key *out);
/* The state with that key; new: the recall is copied. */
uint32_t talk__proof_state(struct proof *proof, const struct recall *recall,
                           const struct key *key, bool *is_new);
void talk__proof_states_clear(struct proof *proof);
/* Findings that count, or may be brought back. */
uint32_t talk__proof_counting(const struct recall *recall);
/* What the findings that count demand, worked out anew. */
talk_tier talk__proof_tier(const struct pack *pack,
                           const struct recall *recall);
talk_tier talk__proof_tier_of(const struct pack *pack,
                              const struct recall *recall, uint32_t finding);

/* ---- proof_step.c ---- */

/* Says the letter. false: out of memory. */
bool talk__proof_step(struct proof *proof, const struct node *node,
                      const struct letter *letter,
                      const struct setting *setting, struct seen *out);
/* The turn puts a question of its own. */
bool talk__proof_asks(const struct proof *proof, const struct seen *seen);
/* Whether the letter is told in the state. */
bool talk__proof_is_told(const struct proof *proof, const struct node *node,
                         const struct letter *letter);
/* Conditions hold, leaving out what the last topic was. */
bool talk__proof_may_hold(const struct when *when,
                          const struct recall *recall);

/* ---- proof_rules.c ---- */

const char *talk__proof_rule_name(enum rule rule);
const char *talk__proof_rule_reason(enum rule rule);
/* The rules that the turn breaks; returns how many. */
size_t talk__proof_judge(const struct proof *proof, const struct seen *seen,
                         struct breach *out);

/* ---- proof_words.c, proof_suspect.c, proof_transcript.c ---- */

/* Words may tell it. */
bool talk__proof_can_be_said(const struct letter *letter);
/* Texts that may tell the letter, likeliest first; they live as long as the
 * proof. Returns how many. */
size_t talk__proof_texts(struct proof *proof, const struct letter *letter,
                         const char **out, size_t most);
/* The letter in words for people who know the pack: "numbness present, yes".
 */
void talk__proof_describe(const struct pack *pack, const struct letter *letter,
                          struct buffer *out);
/* Notes a breach: at the node, or when the letter is said there. */
void talk__proof_suspect(struct proof *proof, const struct breach *breach,
                         uint32_t node, const struct letter *letter,
                         const struct setting *setting);
/* What broke the rule, in words. */
void talk__proof_name(const struct proof *proof, const struct breach *breach,
                      uint32_t node, char *out, size_t size);
/* Keeps a fault for the report. It may have been found in another part: one
 * that was said in words goes before one that was not. Texts are borrowed. */
void talk__proof_keep(struct proof *proof, const struct suspect *suspect,
                      const char *what, const char *transcript, bool replayed);
/* Finds a conversation for all that was noted in this part. */
void talk__proof_find_all(struct proof *proof);
/* Nothing that the key leaves out was put in its place. */
bool talk__proof_as_it_is(const struct setting *setting);

/* ---- proof_explore.c, proof_graph.c, proof_members.c ---- */

/* That may count at once. */
uint32_t talk__proof_findings_max(const struct proof *proof);
void talk__proof_explore(struct proof *proof);
void talk__proof_graph(struct proof *proof);
void talk__proof_members(struct proof *proof);

#endif
