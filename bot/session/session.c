/* session.c - one conversation at rest: made, forgotten, packed, unpacked.
 * In: a recall.  Out: a blob, and back.  Ignores what it all means.
 *
 * The blob: numbers are LEB128, names and values a length and the bytes with
 * a NUL behind, so that they can be borrowed as they lie. */
#include "session.h"

#include <string.h>

enum { BLOB_VERSION = 2, BLOB_START = 128 };

/* ---- Packing ---- */

struct packer {
    unsigned char *at; /* NULL: only count */
    size_t length;
};

static void put_byte(struct packer *p, unsigned char byte)
{
    if (p->at) p->at[p->length] = byte;
    p->length++;
}

static void put_number(struct packer *p, uint64_t number)
{
    while (number >= 0x80) {
        put_byte(p, (unsigned char)(0x80 | (number & 0x7F)));
        number >>= 7;
    }
    put_byte(p, (unsigned char)number);
}

static void put_text(struct packer *p, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    put_number(p, length);
    if (p->at && length) memcpy(p->at + p->length, text, length);
    p->length += length;
    put_byte(p, '\0');
}

static void put_question(struct packer *p, const struct question *question)
{
    put_number(p, question->of_finding);
    put_text(p, question->name);
}

static void put_held(struct packer *p, const struct recall *recall)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < recall->held_count; i++) {
        count += recall->held[i].set;
    }
    put_number(p, count);
    for (uint32_t i = 0; i < recall->held_count; i++) {
        const struct held *held = &recall->held[i];
        if (!held->set) continue;
        put_text(p, held->name);
        put_text(p, held->value);
        put_number(p, held->until);
    }
}

/* Variables come first: talk__session_value reads no further. */
static void pack(struct packer *p, const struct recall *recall)
{
    put_byte(p, BLOB_VERSION);
    put_number(p, recall->turns);
    put_held(p, recall);
    put_number(p, recall->at);
    put_number(p, (uint64_t)recall->tier);
    put_number(p, (uint64_t)recall->screening);
    put_number(p, recall->screened);
    put_number(p, recall->fallbacks);
    put_text(p, recall->pending_name);
    put_text(p, recall->topic_name);
    put_number(p, recall->known_count);
    for (uint32_t i = 0; i < recall->known_count; i++) {
        const struct known *known = &recall->known[i];
        put_text(p, known->name);
        put_number(p, (uint64_t)known->polarity);
        put_number(p, (uint64_t)known->counts | (uint64_t)known->doubted << 1);
        put_number(p, known->turn);
    }
    put_number(p, recall->filled_count);
    for (uint32_t i = 0; i < recall->filled_count; i++) {
        put_text(p, recall->filled[i].name);
        put_text(p, recall->filled[i].value);
        put_text(p, recall->filled[i].normal);
        put_number(p, recall->filled[i].turn);
    }
    put_number(p, recall->said_count);
    for (uint32_t i = 0; i < recall->said_count; i++) {
        put_text(p, recall->said[i].name);
        put_number(p, recall->said[i].wording);
        put_number(p, recall->said[i].turn);
    }
    put_text(p, recall->form_name);
    put_number(p, recall->form_over);
    put_question(p, &recall->open);
    put_number(p, recall->asked_count);
    for (uint32_t i = 0; i < recall->asked_count; i++) {
        const struct asked *asked = &recall->asked[i];
        put_question(p, &asked->question);
        put_number(p, (uint64_t)asked->times << 1 | (uint64_t)asked->settled);
    }
}

static talk_status make_room(struct talk_session *session, size_t length)
{
    if (length <= session->capacity) return TALK_OK;
    size_t capacity = session->capacity ? session->capacity : BLOB_START;
    while (capacity < length) capacity += capacity / 2;
    unsigned char *bigger = talk__memory_grow(&session->memory, session->blob,
                                              session->capacity, capacity);
    if (!bigger) return TALK_NOMEM;
    session->blob = bigger;
    session->capacity = capacity;
    return TALK_OK;
}

talk_status talk__session_commit(struct talk_session *session,
                                 const struct recall *recall)
{
    struct packer counter = {NULL, 0};
    pack(&counter, recall);
    if (make_room(session, counter.length) != TALK_OK) return TALK_NOMEM;
    struct packer packer = {session->blob, 0};
    pack(&packer, recall);
    session->length = packer.length;
    return TALK_OK;
}

/* ---- Unpacking: of our own blob, so it is known to be sound ---- */

struct unpacker {
    const unsigned char *at;
};

static uint64_t get_number(struct unpacker *u)
{
    uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = *u->at++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80)) return number;
    }
}

static const char *get_text(struct unpacker *u, size_t *length)
{
    *length = (size_t)get_number(u);
    const char *text = (const char *)u->at;
    u->at += *length + 1;
    return text;
}

/* names: NULL when there is no pack to look in. */
static uint32_t get_name(struct unpacker *u, const struct table *names,
                         const char **name)
{
    size_t length;
    *name = get_text(u, &length);
    return length && names ? talk__table_get(names, *name, length) : NO_INDEX;
}

static struct question get_question(struct unpacker *u,
                                    const struct pack *pack)
{
    struct question question = {.of_finding = get_number(u) != 0};
    const struct table *names = !pack                 ? NULL
                                : question.of_finding ? &pack->finding_names
                                                      : &pack->slot_names;
    question.index = get_name(u, names, &question.name);
    return question;
}

void talk__recall_init(struct recall *recall)
{
    *recall = (struct recall){.pending_name = "",
                              .topic_name = "",
                              .pending = NO_INDEX,
                              .topic = NO_INDEX,
                              .form_name = "",
                              .form = NO_INDEX,
                              .open = {.name = "", .index = NO_INDEX}};
}

/* One that is over is left where it is. */
static bool get_held(struct unpacker *u, uint32_t turns, struct held *held)
{
    size_t length;
    held->name = get_text(u, &length);
    held->value = get_text(u, &length);
    held->until = (uint32_t)get_number(u);
    held->set = true;
    return held->until == 0 || turns < held->until;
}

const char *talk__session_value(const struct talk_session *session,
                                const char *name)
{
    if (session->length == 0) return NULL;
    struct unpacker u = {session->blob + 1};
    uint32_t turns = (uint32_t)get_number(&u);
    uint32_t count = (uint32_t)get_number(&u);
    for (uint32_t i = 0; i < count; i++) {
        struct held held;
        if (get_held(&u, turns, &held) && strcmp(held.name, name) == 0) {
            return held.value;
        }
    }
    return NULL;
}

static talk_status recall_held(struct unpacker *u, const struct pack *pack,
                               struct arena *arena, struct recall *out)
{
    uint32_t count = (uint32_t)get_number(u);
    if (!talk__held_init(out, pack, count, arena)) return TALK_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        struct held held;
        if (!get_held(u, out->turns, &held)) continue;
        held.variable = pack ? talk__table_get(&pack->variable_names,
                                               held.name, strlen(held.name))
                             : NO_INDEX;
        talk__held_add(out, held);
    }
    return TALK_OK;
}

/* It holds in the turn that comes. */
static bool is_fresh(const struct pack *pack, const struct filled *filled,
                     uint32_t turns)
{
    if (filled->slot == NO_INDEX) return true;
    uint32_t lasts = pack->slots[filled->slot].lasts;
    return lasts == NO_INDEX || turns - filled->turn < lasts;
}

talk_status talk__session_recall(const struct talk_session *session,
                                 const struct pack *pack, struct arena *arena,
                                 struct recall *out)
{
    talk__recall_init(out);
    if (session->length == 0) {
        return talk__held_init(out, pack, 0, arena) ? TALK_OK : TALK_NOMEM;
    }
    const struct table *form_names = pack ? &pack->form_names : NULL;
    const struct table *topic_names = pack ? &pack->topic_names : NULL;
    const struct table *finding_names = pack ? &pack->finding_names : NULL;
    const struct table *slot_names = pack ? &pack->slot_names : NULL;
    const struct table *response_names = pack ? &pack->response_names : NULL;
    /* What is recalled may outlive the next commit: it is a copy. */
    const char *blob =
        talk__arena_text(arena, (const char *)session->blob, session->length);
    if (!blob) return TALK_NOMEM;
    struct unpacker u = {(const unsigned char *)blob + 1};
    size_t length;
    out->turns = (uint32_t)get_number(&u);
    out->replied = out->turns;
    if (recall_held(&u, pack, arena, out) != TALK_OK) return TALK_NOMEM;
    out->at = get_number(&u);
    out->tier = (talk_tier)get_number(&u);
    out->screening = (enum screening)get_number(&u);
    out->screened = (uint32_t)get_number(&u);
    out->fallbacks = (uint32_t)get_number(&u);
    out->pending = get_name(&u, topic_names, &out->pending_name);
    out->topic = get_name(&u, topic_names, &out->topic_name);
    out->known_count = (uint32_t)get_number(&u);
    out->known = talk__arena_array(arena, (size_t)out->known_count + 1,
                                   sizeof *out->known);
    if (!out->known) return TALK_NOMEM;
    for (uint32_t i = 0; i < out->known_count; i++) {
        struct known *known = &out->known[i];
        known->finding = get_name(&u, finding_names, &known->name);
        known->polarity = (enum polarity)get_number(&u);
        uint64_t flags = get_number(&u);
        known->counts = (flags & 1) != 0;
        known->doubted = (flags & 2) != 0;
        known->turn = (uint32_t)get_number(&u);
    }
    uint32_t count = (uint32_t)get_number(&u);
    out->filled =
        talk__arena_array(arena, (size_t)count + 1, sizeof *out->filled);
    if (!out->filled) return TALK_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        struct filled *filled = &out->filled[out->filled_count];
        filled->slot = get_name(&u, slot_names, &filled->name);
        filled->value = get_text(&u, &length);
        filled->normal = get_text(&u, &length);
        filled->turn = (uint32_t)get_number(&u);
        out->filled_count += is_fresh(pack, filled, out->turns);
    }
    out->said_count = (uint32_t)get_number(&u);
    for (uint32_t i = 0; i < out->said_count; i++) {
        struct said *said = &out->said[i];
        said->response = get_name(&u, response_names, &said->name);
        said->wording = (uint32_t)get_number(&u);
        said->turn = (uint32_t)get_number(&u);
    }
    out->form = get_name(&u, form_names, &out->form_name);
    out->form_over = get_number(&u) != 0;
    out->open = get_question(&u, pack);
    out->asked_count = (uint32_t)get_number(&u);
    for (uint32_t i = 0; i < out->asked_count; i++) {
        struct asked *asked = &out->asked[i];
        asked->question = get_question(&u, pack);
        uint64_t number = get_number(&u);
        asked->times = (uint32_t)(number >> 1);
        asked->settled = (number & 1) != 0;
    }
    return TALK_OK;
}

void talk_session_reset(talk_session *session)
{
    if (!session) return;
    /* What was told is private: not only forgotten but wiped. */
    if (session->blob) memset(session->blob, 0, session->capacity);
    session->length = 0;
    talk__kept_forget(session);
}

talk_status talk_session_copy(const talk_session *from, talk_session *to,
                              talk_error *err)
{
    if (!from || !to) {
        return talk__fail(err, TALK_ARGUMENT, (struct place){0},
                          "talk_session_copy: NULL");
    }
    if (from == to) return TALK_OK;
    if (make_room(to, from->length) != TALK_OK ||
        talk__kept_copy(from, to) != TALK_OK) {
        return talk__fail_nomem(err);
    }
    if (to->blob) memset(to->blob, 0, to->capacity);
    if (from->blob && to->blob) {
        memcpy(to->blob, from->blob, from->length);
    }
    to->length = from->length;
    return TALK_OK;
}

void talk_session_free(talk_session *session)
{
    if (!session) return;
    talk_session_reset(session);
    struct memory memory = session->memory;
    talk__memory_give(&memory, session->blob, session->capacity);
    talk__memory_give(&memory, session, sizeof *session);
}

size_t talk_session_size(const talk_session *session)
{
    if (!session) return 0;
    return sizeof *session + session->capacity + talk__kept_size(session);
}
