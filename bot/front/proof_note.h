/* proof_note.h - keeps what a proof tells until it is put on a page. */
#ifndef FRONT_PROOF_NOTE_H
#define FRONT_PROOF_NOTE_H

#include "page.h"
#include "proof.h"

#include <stdio.h>

struct proof_note {
    FILE *out; /* to text; NULL until proof_note_end */
    char *text;
    size_t length;
    struct page_fault *faults, **next;
    bool failed;
};

/* What cannot be kept for want of memory is told by proof_note_end. */
void proof_note_begin(struct proof_note *note);
void proof_note_text(struct proof_note *note, const char *text, size_t length);
void proof_note_fault(struct proof_note *note, const proof_fault *fault);
/* Borrowed from the note. false: there was no memory. */
bool proof_note_end(struct proof_note *note, struct page_proof *proof);
void proof_note_clear(struct proof_note *note);

#endif
