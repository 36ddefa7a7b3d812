/* test_parse.c - transcript files, as Botium has them, into a script.
 * In: lines.  Out: what is said and what is expected, in order; what a file
 * includes stands where the section ends that names it.
 * Reads on after a mistake; does not know what the pack holds. */
#include "posix.h"

#include "test_parse.h"

#include "nearest.h"
#include "test_part.h"

#include <string.h>
#include <sys/stat.h>

enum {
    INCLUDES_DEEP_MAX = 32,
    INCLUDES_MAX = 10000,  /* of one transcript */
    ENTRIES_MAX = 2000000, /* messages and expectations of one transcript */
    RUNS_MAX = 10000       /* ways through the lists of one transcript */
};

static const struct heading {
    const char *name;
    enum section section;
} headings[] = {{"begin", SECTION_BEGIN},
                {"include", SECTION_INCLUDE},
                {"me", SECTION_ME},
                {"bot", SECTION_BOT}};
enum { HEADING_COUNT = sizeof headings / sizeof *headings };

static void read_part(struct part *part);

/* ---- Includes ---------------------------------------------------------- */

static bool is_open(const struct part *part, const struct stat *about)
{
    for (; part; part = part->above) {
        if (part->device == about->st_dev && part->inode == about->st_ino) {
            return true;
        }
    }
    return false;
}

static void include(struct part *above, struct spot spot, const char *name)
{
    struct script *script = above->script;
    struct stat about;
    const char *path = library_find(script, LIBRARY_PART, spot, name);
    if (!path) return;
    if (stat(path, &about) != 0) {
        script_complain(script, spot, "%s cannot be read any more", path);
    } else if (is_open(above, &about)) {
        script_complain(script, spot,
                        "'%.60s' includes itself: %s is being read already",
                        name, path);
    } else if (above->depth == INCLUDES_DEEP_MAX ||
               ++above->parser->includes > INCLUDES_MAX) {
        script_complain(script, spot,
                        "more than %d files include each other, or more than "
                        "%d are included",
                        INCLUDES_DEEP_MAX, INCLUDES_MAX);
    } else {
        struct part part = {.above = above,
                            .parser = above->parser,
                            .script = script,
                            .path = path,
                            .device = about.st_dev,
                            .inode = about.st_ino,
                            .depth = above->depth + 1};
        read_part(&part);
    }
}

/* The names are taken away first: an included file may name its own. */
static void include_all(struct part *part)
{
    size_t count = part->include_count;
    part->include_count = 0;
    for (size_t i = 0; i < count && !script_is_hopeless(part->script); i++) {
        include(part, part->include_spots[i], part->include_names[i]);
    }
}

/* ---- Sections ---------------------------------------------------------- */

static void close_me(struct part *part)
{
    struct script *script = part->script;
    if (!part->says && !part->say_list) {
        if (part->include_count) return;
        script_complain(script, part->heading,
                        "nothing stands below #me; to say an empty message, "
                        "write '\\'");
        return;
    }
    struct exchange *exchange = script_add_exchange(script);
    if (!exchange) return;
    exchange->spot = part->said_spot;
    exchange->said = talk__arena_text(
        &script->arena, part->said ? part->said : "", part->said_length);
    exchange->length = part->said_length;
    exchange->list = part->say_list;
    exchange->seconds = part->seconds;
}

static bool names_text(const struct expect *expect)
{
    return (expect->kind == EXPECT_TEXT || expect->kind == EXPECT_LIST ||
            expect->kind == EXPECT_ONE_OF) &&
           !expect->negated;
}

static void close_bot(struct part *part, uint32_t last_line)
{
    struct script *script = part->script;
    size_t end = script->expect_count;
    if (part->first_expect == end) {
        if (part->include_count) return;
        script_complain(script, part->heading,
                        "nothing stands below #bot; write what must come, or "
                        "an assertion such as TIER none");
        return;
    }
    bool text = false;
    for (size_t i = part->first_expect; i < end; i++) {
        text = text || names_text(&script->expects[i]);
    }
    if (!text) {
        struct expect *expect = script_add_expect(script);
        if (!expect) return;
        expect->kind = EXPECT_WORDLESS;
        expect->spot = part->heading;
        expect->written = "*"; /* any text */
    }
    if (!script->exchange_count) return; /* told when the section began */
    struct exchange *exchange = &script->exchanges[script->exchange_count - 1];
    exchange->expect_count = script->expect_count - exchange->first_expect;
    if (exchange->spot.path == part->path) exchange->last_line = last_line;
}

static void close_section(struct part *part, uint32_t last_line)
{
    switch (part->section) {
    case SECTION_ME: close_me(part); break;
    case SECTION_BOT: close_bot(part, last_line); break;
    case SECTION_INCLUDE:
        if (part->include_count) break;
        script_complain(part->script, part->heading,
                        "#include names nothing; write the name of a "
                        "*.pconvo.txt");
        break;
    case SECTION_TITLE:
    case SECTION_BEGIN: break;
    }
    include_all(part);
}

static void complain_heading(struct part *part, struct spot spot,
                             const char *word)
{
    char hint[80];
    struct nearest near;
    nearest_init(&near, word);
    for (size_t i = 0; i < HEADING_COUNT; i++) {
        nearest_try(&near, headings[i].name);
    }
    script_complain(part->script, spot,
                    "'#%.40s' is no section: there are #begin, #include, #me "
                    "and #bot%s",
                    word, nearest_hint(&near, "#", hint, sizeof hint));
}

static void begin_section(struct part *part, enum section section,
                          struct spot spot)
{
    struct script *script = part->script;
    part->section = section;
    part->heading = spot;
    part->said_length = part->blank_lines = 0;
    part->says = false;
    part->say_list = NULL;
    part->seconds = 0;
    part->first_expect = script->expect_count;
    if (section == SECTION_BOT && script->exchange_count == 0) {
        script_complain(script, spot,
                        "#bot before anything was said; it needs a #me "
                        "before it");
    }
    if (section == SECTION_BEGIN && part->above) {
        script_complain(script, spot,
                        "#begin stands in the transcript, not in what it "
                        "includes");
    } else if (section == SECTION_BEGIN && script->exchange_count) {
        script_complain(script, spot, "#begin comes before the first #me");
    }
}

/* "#me", "# me", "#include NAME". */
static void open_section(struct part *part, struct source_line *line)
{
    struct spot spot = part_spot(part, line);
    char *word = line->text + 1;
    while (source_is_blank(*word)) word++;
    char *rest = word + strcspn(word, " \t");
    if (*rest) *rest++ = '\0';
    while (source_is_blank(*rest)) rest++;
    close_section(part, line->line - 1);
    for (size_t i = 0; i < HEADING_COUNT; i++) {
        if (strcmp(word, headings[i].name) != 0) continue;
        begin_section(part, headings[i].section, spot);
        if (!*rest) return;
        if (part->section == SECTION_INCLUDE) {
            part_note_include(part, spot, rest);
        } else {
            script_complain(part->script, spot,
                            "'#%s' stands alone on its line", word);
        }
        return;
    }
    complain_heading(part, spot, word);
    part->section = SECTION_TITLE; /* what follows is skipped */
    part->heading = spot;
}

/* ---- Files ------------------------------------------------------------- */

static void read_line(struct part *part, struct source_line *line)
{
    if (line->text[0] == '#') {
        open_section(part, line);
    } else if (line->length == 0) {
        part->blank_lines++;
    } else if (!part_is_comment(line)) {
        part_read_line(part, line);
    }
}

static void read_title(struct part *part, struct source *source)
{
    struct source_line line = {.text = source->end, .line = 1, .column = 1};
    (void)source_next(source, &line);
    if (line.length == 0 || line.text[0] == '#' || part_is_comment(&line)) {
        script_complain(part->script, part_spot(part, &line),
                        "the title is missing; the first line says what the "
                        "dialogue is about");
    } else if (!part->above) {
        part->script->title = line.text;
    }
    if (line.text[0] == '#') read_line(part, &line);
}

static bool is_too_much(struct part *part, struct spot spot)
{
    struct script *script = part->script;
    if (script_is_hopeless(script)) return true;
    if (script->exchange_count + script->expect_count <= ENTRIES_MAX) {
        return false;
    }
    script_complain(script, spot,
                    "more than %d messages and expectations; split the "
                    "transcript",
                    ENTRIES_MAX);
    return true;
}

static void read_part(struct part *part)
{
    struct script *script = part->script;
    struct source source;
    struct source_line line = {0};
    struct problem problem;
    part->section = SECTION_TITLE;
    if (!source_open(&source, part->path, &script->arena, &problem)) {
        script_complain(script, problem.spot, "%s", problem.message);
        return;
    }
    read_title(part, &source);
    while (source_next(&source, &line)) {
        if (is_too_much(part, part_spot(part, &line))) return;
        read_line(part, &line);
    }
    close_section(part, line.line);
}

/* Each list that is said multiplies the ways through the dialogue. */
static void count_runs(struct script *script)
{
    script->run_count = 1;
    for (size_t i = 0; i < script->exchange_count; i++) {
        const struct exchange *exchange = &script->exchanges[i];
        if (!exchange->list) continue;
        script->run_count *= exchange->list->count;
        if (script->run_count <= RUNS_MAX) continue;
        script_complain(script, exchange->spot,
                        "the lists make more than %d dialogues of this one",
                        RUNS_MAX);
        return;
    }
}

void script_read(struct script *script)
{
    struct stat about = {0};
    struct parser parser = {.script = script};
    struct part part = {
        .parser = &parser, .script = script, .path = script->path};
    (void)stat(script->path, &about); /* source_open tells */
    part.device = about.st_dev;
    part.inode = about.st_ino;
    read_part(&part);
    if (script->problem_count || script->arena.failed) return;
    struct spot whole = {script->path, 1, 1};
    if (script->exchange_count == 0) {
        script_complain(script, whole, "nothing is said: there is no #me");
    } else if (script->expect_count == 0) {
        script_complain(script, whole,
                        "nothing is expected: there is no #bot");
    }
    count_runs(script);
}
