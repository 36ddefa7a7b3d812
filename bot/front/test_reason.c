/* test_reason.c - which rules a reply comes from.
 * In: the JSON of talk_turn_explain.  Out: its reasons one by one, or all of
 * them as text for people.  What the JSON does not have is left out. */
#include "posix.h"

#include "test_reason.h"

#include "json_door.h"
#include "why.h"

#include <stdlib.h>
#include <string.h>

/* Where explain keeps reasons: arrays of objects. `only` names the truth that
 * an object must hold to count. */
static const struct reason_row {
    const char *array, *only;
    const char *keys[3];
} rows[] = {
    {"replies", NULL, {"why", "response", "blocked"}},
    {"findings", NULL, {"name", "cue", NULL}},
    {"topics", "chosen", {"name", "why", NULL}},
};

static bool give_place(const json_t *item, reason_fn take, void *payload)
{
    char place[TALK_SOURCE_MAX + 32];
    const char *file = json_string_value(json_object_get(item, "file"));
    if (!file || !*file) return true;
    snprintf(place, sizeof place, "%s:%lld", file,
             (long long)json_integer_value(json_object_get(item, "line")));
    return take(payload, place);
}

static bool give_item(const struct reason_row *row, const json_t *item,
                      reason_fn take, void *payload)
{
    if (row->only && !json_is_true(json_object_get(item, row->only))) {
        return true;
    }
    for (size_t k = 0; k < sizeof row->keys / sizeof *row->keys; k++) {
        if (!row->keys[k]) break;
        const json_t *value = json_object_get(item, row->keys[k]);
        const char *text = json_string_value(value);
        if (text && *text && !take(payload, text)) return false;
    }
    return give_place(item, take, payload);
}

bool reason_each(const talk_turn *turn, reason_fn take, void *payload)
{
    size_t length, index;
    char *text = json_door_explain(turn, &length);
    json_t *why = text ? json_door_read(text, length) : NULL;
    bool go_on = why != NULL;
    for (size_t i = 0; go_on && i < sizeof rows / sizeof *rows; i++) {
        json_t *array = json_object_get(why, rows[i].array), *item;
        json_array_foreach(array, index, item)
        {
            go_on = go_on && give_item(&rows[i], item, take, payload);
        }
    }
    json_decref(why);
    free(text);
    return go_on;
}

char *reason_text(const talk_turn *turn)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (!stream) return NULL;
    const struct screen screen = {.out = stream};
    why_print(&screen, turn);
    if (fclose(stream) != 0) {
        free(text);
        return NULL;
    }
    return text;
}
