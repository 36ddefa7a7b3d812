/* holds.c - whether words stand in a text. In: both.  Out: yes or no. */
#include "holds.h"

#include <string.h>

bool talk__holds(const char *text, size_t length, const char *words)
{
    size_t cut = strlen(words);
    for (size_t at = 0; at + cut <= length; at++) {
        size_t i = 0;
        while (i < cut && talk__lower(text[at + i]) == words[i]) i++;
        if (i < cut || (at > 0 && talk__is_of_word(text[at - 1]))) continue;
        if (at + cut == length || !talk__is_of_word(text[at + cut])) {
            return true;
        }
    }
    return false;
}
