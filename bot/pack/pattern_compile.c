/* pattern_compile.c - a pattern as PCRE2 gets it: its macros written out.
 * In: a pattern of a pack.  Out: text, or a regex.  Ignores what it is for:
 * most patterns are never needed, and stay as their author wrote them. */
#include <string.h>

#include "factor.h"
#include "fold.h"
#include "pack.h"
#include "pattern_scan.h"

/* Steps over a macro, or over what stands before the next one. */
static struct macro_text next_piece(const struct pack *pack,
                                    struct pattern_scan *scan)
{
    size_t from = scan->at;
    while (talk__scan_next(scan)) {
        if (scan->part != PART_MACRO) {
            talk__scan_skip(scan);
            continue;
        }
        if (scan->start > from) { /* that first */
            scan->at = scan->start;
            break;
        }
        uint32_t macro = talk__table_get(
            &pack->macro_names, scan->text + from + 1, scan->at - from - 2);
        return pack->macros[macro];
    }
    return (struct macro_text){scan->text + from, (uint32_t)(scan->at - from)};
}

void talk__pattern_write(const struct pack *pack,
                         const struct pattern *pattern, char *out)
{
    struct pattern_scan scan;
    talk__scan_init(&scan, pattern->folded, pattern->folded_length);
    while (scan.at < scan.length) {
        struct macro_text piece = next_piece(pack, &scan);
        memcpy(out, piece.text, piece.length);
        out += piece.length;
    }
}

talk_status talk__pattern_compile(const struct pack *pack,
                                  const struct pattern *pattern, bool ascii,
                                  const struct memory *memory,
                                  struct regex **out,
                                  struct regex_fault *fault)
{
    bool anchored = pattern->at_start || pattern->leading != NO_INDEX;
    unsigned flags =
        (anchored ? REGEX_ANCHORED : 0u) | (pattern->jit ? REGEX_JIT : 0u);
    size_t length = pattern->whole_length;
    talk_status status = TALK_NOMEM;
    struct arena scratch;
    *out = NULL;
    talk__arena_init(&scratch, memory, 0);
    char *whole = talk__arena_raw(&scratch, length + 1);
    if (!whole) goto done;
    talk__pattern_write(pack, pattern, whole);
    const char *text = whole;
    if (pattern->plain) {
        if (ascii && talk__is_ascii(whole, length)) flags |= REGEX_ASCII;
        text = talk__factor(&scratch, whole, length, &length);
    }
    if (!text) goto done;
    status = talk__regex_new(memory, text, length, flags, out, fault);
done:
    talk__arena_clear(&scratch);
    return status;
}
