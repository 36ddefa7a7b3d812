/* test_edit.c - lines of a file changed in place, or shown as a diff.
 * In: a file, lines to keep, remove and add.  Out: the file, or a diff that
 * patch(1) takes.  Knows nothing of transcripts. */
#include "posix.h"

#include "test_edit.h"

#include "test_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONTEXT_LINES = 3 };

/* ---- Lines ------------------------------------------------------------- */

bool edit_open(struct edit_page *page, const char *path)
{
    const struct memory memory = talk__memory_from(NULL);
    struct stat about;
    *page = (struct edit_page){.path = path};
    talk__arena_init(&page->arena, &memory, 0);
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    bool fine = fstat(fileno(file), &about) == 0;
    if (fine) {
        page->old = talk__arena_take(&page->arena, (size_t)about.st_size + 1);
        fine = page->old != NULL;
    }
    if (fine) {
        page->old_length = fread(page->old, 1, (size_t)about.st_size, file);
        fine = !ferror(file);
    }
    (void)fclose(file);
    return fine;
}

void edit_clear(struct edit_page *page)
{
    talk__arena_clear(&page->arena);
    *page = (struct edit_page){0};
}

bool edit_take(struct edit_page *page, struct edit_line *line)
{
    if (page->at == page->old_length) return false;
    const char *start = page->old + page->at;
    size_t left = page->old_length - page->at;
    const char *newline = memchr(start, '\n', left);
    *line = (struct edit_line){
        start, newline ? (size_t)(newline - start) + 1 : left, EDIT_KEPT};
    page->at += line->length;
    return true;
}

void edit_put(struct edit_page *page, struct edit_line line)
{
    void *lines = page->lines;
    if (!talk__arena_room(&page->arena, &lines, page->count, &page->capacity,
                          sizeof *page->lines)) {
        return; /* the arena remembers */
    }
    page->lines = lines;
    page->lines[page->count++] = line;
}

static bool is_end(char byte)
{
    return byte == '\n' || source_is_blank(byte);
}

void edit_put_text(struct edit_page *page, const struct edit_line *like,
                   const char *text)
{
    size_t before = 0, behind = like->length, length = strlen(text);
    while (before < behind && source_is_blank(like->text[before])) before++;
    while (behind > before && is_end(like->text[behind - 1])) behind--;
    size_t tail = like->length - behind;
    char *line = talk__arena_take(&page->arena, before + length + tail + 1);
    if (!line) return;
    memcpy(line, like->text, before);
    memcpy(line + before, text, length);
    memcpy(line + before + length, like->text + behind, tail);
    edit_put(page,
             (struct edit_line){line, before + length + tail, EDIT_ADDED});
}

/* ---- As a diff --------------------------------------------------------- */

static bool has_end(const struct edit_line *line)
{
    return line->length && line->text[line->length - 1] == '\n';
}

static void show_line(const struct edit_line *line,
                      const struct screen *screen)
{
    static const char marks[] = {' ', '-', '+'};
    static const enum style styles[] = {STYLE_PLAIN, STYLE_REMOVED,
                                        STYLE_ADDED};
    size_t length = line->length - (has_end(line) ? 1 : 0);
    fprintf(screen->out, "%s%c", screen_style(screen, styles[line->mark]),
            marks[line->mark]);
    fwrite(line->text, 1, length, screen->out);
    fprintf(screen->out, "%s\n", screen_plain(screen));
    if (!has_end(line)) {
        fputs("\\ No newline at end of file\n", screen->out);
    }
}

/* The lines from `from` to before `to`, below their numbers. */
static void show_hunk(const struct edit_page *page, size_t from, size_t to,
                      const struct screen *screen)
{
    size_t old_line = 1, new_line = 1, old_count = 0, new_count = 0;
    for (size_t i = 0; i < to; i++) {
        size_t old = page->lines[i].mark != EDIT_ADDED;
        size_t fresh = page->lines[i].mark != EDIT_REMOVED;
        *(i < from ? &old_line : &old_count) += old;
        *(i < from ? &new_line : &new_count) += fresh;
    }
    fprintf(screen->out, "@@ -%zu,%zu +%zu,%zu @@\n", old_line, old_count,
            new_line, new_count);
    for (size_t i = from; i < to; i++) show_line(&page->lines[i], screen);
}

void edit_show(const struct edit_page *page, const struct screen *screen)
{
    fprintf(screen->out, "--- %s\n+++ %s\n", page->path, page->path);
    for (size_t i = 0; i < page->count;) {
        if (page->lines[i].mark == EDIT_KEPT) {
            i++;
            continue;
        }
        size_t from = i < CONTEXT_LINES ? 0 : i - CONTEXT_LINES;
        size_t kept = 0, end = i; /* behind the last change of the hunk */
        for (; i < page->count && kept <= 2 * CONTEXT_LINES; i++) {
            bool changed = page->lines[i].mark != EDIT_KEPT;
            kept = changed ? 0 : kept + 1;
            if (changed) end = i + 1;
        }
        i = end;
        end += CONTEXT_LINES;
        show_hunk(page, from, end < page->count ? end : page->count, screen);
    }
}

/* ---- In place ---------------------------------------------------------- */

static bool write_lines(const struct edit_page *page, FILE *file)
{
    bool ended = true;
    for (size_t i = 0; i < page->count; i++) {
        const struct edit_line *line = &page->lines[i];
        if (line->mark == EDIT_REMOVED) continue;
        if (!ended) putc('\n', file);
        fwrite(line->text, 1, line->length, file);
        ended = has_end(line);
    }
    return fflush(file) == 0 && !ferror(file);
}

/* A link stays a link: the file that it leads to is replaced. */
bool edit_write(const struct edit_page *page)
{
    struct stat about;
    char *target = realpath(page->path, NULL);
    char *fresh = target ? malloc(strlen(target) + 8) : NULL;
    bool fine = false;
    errno = page->arena.failed ? ENOMEM : errno;
    if (fresh && !page->arena.failed && stat(target, &about) == 0) {
        snprintf(fresh, strlen(target) + 8, "%s.XXXXXX", target);
        int descriptor = mkstemp(fresh);
        FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
        fine = file && write_lines(page, file) &&
               fchmod(descriptor, about.st_mode & 07777) == 0;
        if (file && fclose(file) != 0) fine = false;
        fine = fine && rename(fresh, target) == 0;
        if (!fine && descriptor >= 0) (void)remove(fresh);
    }
    free(fresh);
    free(target);
    return fine;
}
