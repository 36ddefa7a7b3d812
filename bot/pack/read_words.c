/* read_words.c - words of a message that are read as others.
 * In: `contractions` and `spellings`.  Out: the pack's table of replacements,
 * folded as messages are.  Ignores whether a pattern needs them. */
#include <string.h>

#include "fold.h"
#include "schema.h"

bool talk__is_lower_case(struct loading *loading, const struct tree *text)
{
    for (size_t i = 0; i < text->length; i++) {
        if (text->text[i] < 'A' || text->text[i] > 'Z') continue;
        TALK__COMPLAIN(loading, text->place,
                       "'%.80s' must be lower case, as the text is by then",
                       text->text);
        return false;
    }
    return true;
}

static bool is_one_word(struct loading *loading, const struct tree *key)
{
    if (!strpbrk(key->text, " -\n")) return true;
    TALK__COMPLAIN(
        loading, key->place,
        "'%.80s' must be one word, without blank or hyphen; several "
        "words are a matter for patterns",
        key->text);
    return false;
}

/* Curly quotes, full-width letters and the like become plain ones. */
static const char *fold(struct loading *loading, const struct tree *text,
                        size_t *length)
{
    const char *folded;
    if (!talk__fold_pattern(&loading->pack->arena, text->text, text->length,
                            &folded, length)) {
        loading->nomem = true;
        return NULL;
    }
    return folded;
}

static void read_replacement(struct loading *loading, uint32_t index)
{
    const struct tree *entry =
        loading->sections[SECTION_REPLACED].entries[index];
    struct pack *pack = loading->pack;
    size_t from_length, to_length;
    if (!is_one_word(loading, entry->key) ||
        !talk__is_lower_case(loading, entry->key) ||
        !talk__is_text(loading, entry) ||
        !talk__is_lower_case(loading, entry)) {
        return;
    }
    const char *from = fold(loading, entry->key, &from_length);
    const char *to = fold(loading, entry, &to_length);
    if (!from || !to) return;
    if (from_length == 0 || to_length == 0) {
        TALK__COMPLAIN(loading, entry->key->place,
                       "nothing of '%.80s' is left when it is folded",
                       from_length ? entry->text : entry->key->text);
        return;
    }
    uint32_t other = talk__table_get(&pack->replaced, from, from_length);
    if (other != TABLE_NONE) {
        struct place first =
            loading->sections[SECTION_REPLACED].entries[other]->key->place;
        TALK__COMPLAIN(loading, entry->key->place,
                       "'%.80s' stands twice when it is folded to '%.80s'; "
                       "first in %s:%u:%u",
                       entry->key->text, from, first.source, first.line,
                       first.column);
        return;
    }
    pack->replacements[index] = to;
    (void)talk__table_set(&pack->replaced, from, from_length, index);
}

void talk__read_replaced(struct loading *loading)
{
    const struct section *section = &loading->sections[SECTION_REPLACED];
    struct pack *pack = loading->pack;
    pack->replacements =
        talk__keep_array(loading, section->count, sizeof *pack->replacements);
    if (!pack->replacements) return;
    pack->replacement_count = (uint32_t)section->count;
    for (uint32_t i = 0; i < section->count; i++) {
        read_replacement(loading, i);
    }
}
