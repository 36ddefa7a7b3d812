/* spell.c */
#include "spell.h"
struct speller {
    int unused;
};
bool talk__spell_correct(const struct speller *speller, const char *word,
                         size_t length, char out[SPELL_MAX],
                         size_t *out_length)
{
    (void)speller;
    (void)word;
    (void)length;
    (void)out;
    *out_length = 0;
    return false;
}
