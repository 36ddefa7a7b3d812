/* why.c - what lies behind a reply, for people.
 * In: the JSON of talk_turn_explain and talk_session_state.  Out: rows with a
 * label; what the JSON does not have is left out, what we do not know of it is
 * not shown. */
#include "posix.h"

#include "why.h"

#include "json_door.h"

#include <stdlib.h>
#include <string.h>

/* ---- Rows -------------------------------------------------------------- */

/* Text that is put together and then printed behind a label. */
struct row {
    FILE *file; /* NULL: no memory, and nothing is printed */
    char *text;
    size_t length;
};

static void row_open(struct row *row)
{
    *row = (struct row){0};
    row->file = open_memstream(&row->text, &row->length);
}

static void row_close(struct row *row, const struct screen *screen,
                      const char *label)
{
    if (row->file && fclose(row->file) == 0) {
        screen_print(screen, STYLE_PLAIN, label, row->text, row->length);
    }
    free(row->text);
}

static void add(struct row *row, const char *text)
{
    if (row->file && text) fputs(text, row->file);
}

/* A string with its NUL bytes, a number, a truth; else its JSON. */
static void add_value(struct row *row, const json_t *value)
{
    if (!row->file || !value) return;
    if (json_is_string(value)) {
        fwrite(json_string_value(value), 1, json_string_length(value),
               row->file);
    } else {
        json_dumpf(value, row->file, JSON_ENCODE_ANY);
    }
}

/* Between, the value, behind; nothing at all when the value is absent. */
static void add_part(struct row *row, const char *before, const json_t *object,
                     const char *key, const char *behind)
{
    const json_t *value = json_object_get(object, key);
    if (!value || json_is_null(value) || json_is_false(value)) return;
    if (json_is_string(value) && json_string_length(value) == 0) return;
    add(row, before);
    if (!json_is_true(value)) add_value(row, value);
    add(row, behind);
}

static void add_place(struct row *row, const json_t *object)
{
    if (!json_string_length(json_object_get(object, "file"))) return;
    add_part(row, " (", object, "file", "");
    add_part(row, ":", object, "line", "");
    add(row, ")");
}

/* ---- Why --------------------------------------------------------------- */

static void add_finding(struct row *row, const json_t *item)
{
    add_part(row, "", item, "name", "");
    add_part(row, ", ", item, "polarity", "");
    add_part(row, ", ", item, "tier", "");
    add_part(row, ": \"", item, "text", "\"");
    add_part(row, ", by the cue ", item, "cue", "");
    add_place(row, item);
}

static void add_topic(struct row *row, const json_t *item)
{
    add_part(row, "", item, "name", "");
    add_part(row, ": \"", item, "text", "\"");
    add_part(row, ", chosen", item, "chosen", "");
    add_part(row, ", lost to ", item, "lost_to", "");
    add_part(row, "; ", item, "why", "");
    add_place(row, item);
}

static void add_correction(struct row *row, const json_t *item)
{
    add_part(row, "\"", item, "from", "\"");
    add_part(row, " read as \"", item, "to", "\"");
}

static void add_slot(struct row *row, const json_t *item)
{
    add_part(row, "", item, "name", "");
    add_part(row, " = \"", item, "value", "\"");
    add_part(row, ", that is ", item, "normal", "");
    add_part(row, "; told before", item, "before", "");
}

static void add_reply(struct row *row, const json_t *item)
{
    add_part(row, "", item, "response", "");
    const json_t *wording = json_object_get(item, "wording");
    if (row->file && json_is_integer(wording)) {
        /* People count from 1. */
        fprintf(row->file, ", wording %lld",
                (long long)json_integer_value(wording) + 1);
    }
    add_part(row, "; ", item, "why", "");
    add_part(row, "; held back: ", item, "blocked", "");
    add_place(row, item);
    const json_t *before;
    size_t index;
    json_array_foreach(json_object_get(item, "led_by"), index, before)
    {
        add_part(row, ", led by ", before, "response", "");
        add_place(row, before);
    }
}

static void add_action(struct row *row, const json_t *item)
{
    add_part(row, "", item, "name", "");
    add_part(row, ", asked for by ", item, "response", "");
}

/* The rows of /why, in the order of the engine's work. */
static const struct why_row {
    const char *label;
    const char *key;
    void (*add)(struct row *row, const json_t *item); /* NULL: as it is */
} why_rows[] = {
    {"you said    ", "message", NULL},
    {"read as     ", "folded", NULL},
    {"spelling    ", "corrections", add_correction},
    {"findings    ", "findings", add_finding},
    {"topics      ", "topics", add_topic},
    {"about       ", "topic", NULL},
    {"values      ", "slots", add_slot},
    {"variables   ", "variables", add_slot},
    {"tier before ", "tier_before", NULL},
    {"tier        ", "tier", NULL},
    {"replies     ", "replies", add_reply},
    {"actions     ", "actions", add_action},
    {"limits      ", "limits", NULL},
};
static const char label_blank[] = "            ";

static void print_item(const struct screen *screen, const char *label,
                       const struct why_row *kind, const json_t *item)
{
    struct row row;
    row_open(&row);
    if (kind->add && json_is_object(item)) {
        kind->add(&row, item);
    } else {
        add_value(&row, item);
    }
    row_close(&row, screen, label);
}

static void print_row(const struct screen *screen, const struct why_row *kind,
                      const json_t *value)
{
    if (!json_is_array(value)) {
        print_item(screen, kind->label, kind, value);
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        print_item(screen, i == 0 ? kind->label : label_blank, kind,
                   json_array_get(value, i));
    }
}

/* The row tells nothing that another has not told. */
static bool is_idle(const struct why_row *row, const json_t *why,
                    const json_t *value)
{
    const char *twin = strcmp(row->key, "folded") == 0        ? "message"
                       : strcmp(row->key, "tier_before") == 0 ? "tier"
                                                              : NULL;
    if (!value || json_is_null(value)) return true;
    if (json_is_string(value) && !json_string_length(value)) return true;
    return twin && json_equal(value, json_object_get(why, twin));
}

static void no_memory(const struct screen *screen)
{
    screen_say(screen, "There is no memory left to show that.");
}

void why_print(const struct screen *screen, const talk_turn *turn)
{
    size_t length;
    char *text = json_door_explain(turn, &length);
    json_t *why = text ? json_door_read(text, length) : NULL;
    if (!why) no_memory(screen);
    for (size_t i = 0; why && i < sizeof why_rows / sizeof *why_rows; i++) {
        const json_t *value = json_object_get(why, why_rows[i].key);
        if (is_idle(&why_rows[i], why, value)) continue;
        print_row(screen, &why_rows[i], value);
    }
    json_decref(why);
    free(text);
}

/* ---- State ------------------------------------------------------------- */

/* Deeper than any state of ours; what is deeper is printed as JSON. */
enum { OUTLINE_DEPTH_MAX = 6, OUTLINE_INDENT = 2, LABEL_MAX_BYTES = 64 };

static bool is_empty(const json_t *value)
{
    return json_is_string(value)   ? json_string_length(value) == 0
           : json_is_array(value)  ? json_array_size(value) == 0
           : json_is_object(value) ? json_object_size(value) == 0
                                   : false;
}

/* It fits into the line of its name. */
static bool is_short(const json_t *value)
{
    return is_empty(value) || !(json_is_array(value) || json_is_object(value));
}

static void outline(const struct screen *screen, json_t *value, int depth);

static void outline_item(const struct screen *screen, const char *name,
                         json_t *value, int depth)
{
    int indent = depth * OUTLINE_INDENT;
    if (!is_short(value) && depth < OUTLINE_DEPTH_MAX) {
        screen_say(screen, "%*s%s", indent, "", name);
        outline(screen, value, depth + 1);
        return;
    }
    char label[LABEL_MAX_BYTES];
    struct row row;
    snprintf(label, sizeof label, "%*s%s ", indent, "", name);
    row_open(&row);
    if (is_empty(value)) {
        add(&row, "none");
    } else {
        add_value(&row, value);
    }
    row_close(&row, screen, label);
}

static void outline(const struct screen *screen, json_t *value, int depth)
{
    const char *key;
    json_t *item;
    size_t index;
    json_object_foreach(value, key, item)
    {
        char name[LABEL_MAX_BYTES];
        snprintf(name, sizeof name, "%s:", key);
        outline_item(screen, name, item, depth);
    }
    json_array_foreach(value, index, item)
    {
        outline_item(screen, "-", item, depth);
    }
}

void why_print_state(const struct screen *screen, const talk_session *session)
{
    size_t length;
    char *text = json_door_state(session, &length);
    json_t *state = text ? json_door_read(text, length) : NULL;
    if (!state) {
        no_memory(screen);
    } else if (is_short(state)) {
        screen_say(screen, "I remember nothing yet.");
    } else {
        outline(screen, state, 0);
    }
    json_decref(state);
    free(text);
}

/* ---- Sources ----------------------------------------------------------- */

/* Longer than any id that a pack gives a source, such as "F09". */
enum { SOURCE_ID_MAX_BYTES = 32 };

static bool is_told(const talk_turn *turn, size_t index, const char *response)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(talk_turn_message(turn, i).response, response) == 0) {
            return true;
        }
    }
    return false;
}

/* ids: "F09 F10". */
static void print_sources(const struct screen *screen, const talk_bot *bot,
                          const char *ids)
{
    for (const char *at = ids + strspn(ids, " "); *at; at += strspn(at, " ")) {
        char id[SOURCE_ID_MAX_BYTES], label[SOURCE_ID_MAX_BYTES + 8];
        size_t bytes = strcspn(at, " ");
        snprintf(id, sizeof id, "%.*s", (int)bytes, at);
        snprintf(label, sizeof label, "  %s  ", id);
        const char *name = talk_bot_source_name(bot, id);
        if (!name) name = "(the pack does not name it)";
        screen_print(screen, STYLE_PLAIN, label, name, strlen(name));
        at += bytes;
    }
}

void why_print_sources(const struct screen *screen, const talk_bot *bot,
                       const talk_turn *turn)
{
    size_t count = talk_turn_message_count(turn);
    if (count == 0) screen_say(screen, "There was no reply.");
    for (size_t i = 0; i < count; i++) {
        const char *response = talk_turn_message(turn, i).response;
        if (is_told(turn, i, response)) continue;
        const char *ids = talk_bot_sources(bot, response);
        if (!ids || !ids[strspn(ids, " ")]) {
            screen_say(screen, "%s: needs no source", response);
            continue;
        }
        screen_say(screen, "%s:", response);
        print_sources(screen, bot, ids);
    }
}
