/* yaml_advice.c - libyaml's errors, for people who write rules.
 * In: libyaml's words.  Out: what is wrong and what to do about it.
 * Ignores: the text itself. */
#include "yaml_tree.h"

#include <string.h>

struct advice {
    const char *context; /* a part of libyaml's context; "": any */
    const char *problem; /* a part of libyaml's problem; "": any */
    const char *words;
};

/* The first row that fits counts. */
static const struct advice advices[] = {
    {"", "tab character", "a tab; indent with blanks"},
    {"", "control characters are not allowed",
     "a control character; delete it"},
    {"", "UTF-8", "not UTF-8; save the file as UTF-8"},
    {"", "invalid Unicode character", "not UTF-8; save the file as UTF-8"},
    {"quoted scalar", "unexpected end of stream",
     "the quote that begins here is not closed"},
    {"quoted scalar", "document indicator",
     "the quote that begins here is not closed"},
    {"quoted scalar", "unknown escape character",
     "in double quotes \\ begins an escape; quote it with '…' instead"},
    {"quoted scalar", "hexdecimal",
     "in double quotes \\ begins an escape; quote it with '…' instead"},
    {"quoted scalar", "invalid Unicode character escape",
     "no such character; quote it with '…' instead"},
    {"alias", "", "a text that begins with * must be quoted with '…'"},
    {"anchor", "", "a text that begins with & must be quoted with '…'"},
    {"tag", "", "a text that begins with ! must be quoted with '…'"},
    {"directive", "", "a text that begins with % must be quoted with '…'"},
    {"block scalar", "",
     "a text that begins with | or > must be quoted with '…'; a block of "
     "text begins on the next line, indented by blanks"},
    {"", "cannot start any token",
     "a text that begins with @, ` or % must be quoted with '…'"},
    {"", "mapping values are not allowed",
     "a ':' out of place: a text with ': ' in it must be quoted with '…'; "
     "else check that the line above ends in ':' and how far this one is "
     "indented"},
    {"", "block sequence entries are not allowed",
     "a '-' out of place: a list begins on a line of its own, indented as "
     "its neighbours"},
    {"", "could not find expected ':'",
     "a key without ':', or a text that goes on in a line that is not "
     "indented further"},
    {"flow sequence", "",
     "the list [ is not closed here: a ',' or ']' is missing, or a text in it "
     "holds , [ ] { } and must be quoted with '…'"},
    {"flow mapping", "",
     "the map { is not closed here: a ',' or '}' is missing, or a text in it "
     "holds , [ ] { } and must be quoted with '…'"},
    {"block mapping", "",
     "neither a key nor the end of the map: check how far this line is "
     "indented, and that nothing follows a closing quote"},
    {"block collection", "",
     "neither an item '- ' nor the end of the list: check how far this line "
     "is indented, and that nothing follows a closing quote"},
    {"", "expected <document start>",
     "text behind the end: check how far this line is indented"},
};

const char *talk__yaml_advice(const char *context, const char *problem)
{
    if (!context) context = "";
    if (!problem) problem = "";
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        if (strstr(context, advices[i].context) &&
            strstr(problem, advices[i].problem)) {
            return advices[i].words;
        }
    }
    return "this is not YAML";
}
