/* proof_note.c - keeps what a proof tells until it is put on a page.
 * In: pieces of text, faults.  Out: copies of them. */
#include "posix.h"

#include "proof_note.h"

#include <stdlib.h>
#include <string.h>

void proof_note_begin(struct proof_note *note)
{
    *note = (struct proof_note){0};
    note->next = &note->faults;
    note->out = open_memstream(&note->text, &note->length);
    note->failed = !note->out;
}

void proof_note_text(struct proof_note *note, const char *text, size_t length)
{
    if (note->failed) return;
    note->failed = fwrite(text, 1, length, note->out) != length;
}

void proof_note_fault(struct proof_note *note, const proof_fault *fault)
{
    struct page_fault *copy = calloc(1, sizeof *copy);
    if (!copy) {
        note->failed = true;
        return;
    }
    *note->next = copy;
    note->next = &copy->next;
    copy->rule = strdup(fault->rule);
    copy->what = strdup(fault->what);
    copy->transcript = strdup(fault->transcript);
    if (!copy->rule || !copy->what || !copy->transcript) note->failed = true;
}

bool proof_note_end(struct proof_note *note, struct page_proof *proof)
{
    if (note->out && fclose(note->out) != 0) note->failed = true;
    note->out = NULL;
    *proof = (struct page_proof){note->text, note->faults};
    return !note->failed;
}

void proof_note_clear(struct proof_note *note)
{
    if (note->out) (void)fclose(note->out);
    free(note->text);
    for (struct page_fault *fault = note->faults, *next; fault; fault = next) {
        next = fault->next;
        free(fault->rule);
        free(fault->what);
        free(fault->transcript);
        free(fault);
    }
    *note = (struct proof_note){0};
}
