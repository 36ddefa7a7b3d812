/* regex.c - the wall round PCRE2: the only file that includes pcre2.h.
 * In: patterns and folded text.  Out: matches, or "gave up". */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex.h"

#include <pcre2.h>
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#include "prefetch.h"

/* Groups that a pattern may have, the whole match included. */
enum { GROUPS_MAX = 16 };

/* The stack that JIT code may use, and the heap that the interpreter may use
 * where there is no JIT. Real patterns need a few hundred bytes. */
enum { JIT_STACK_START = 32 * 1024, JIT_STACK_MAX = 1024 * 1024 };
enum { HEAP_LIMIT_KIB = 1024 };

/* The interpreter counts every alternative that it tries, machine code only
 * every group: for the same pattern some of ours need twice the count. */
enum { INTERPRETER_COUNTS = 8 };

/* Of compiled code, what is read of most: few matches come to its end. In
 * lines of the cache. */
enum { EXPECTED_LINES = 16 };

/* Heap that a space keeps from one message to the next. */
enum { HELD_MAX = 128 * 1024 };

/* The host's allocator as PCRE2 sees it. */
struct hook {
    struct memory memory;
    size_t held;  /* bytes */
    bool refused; /* it had no memory */
};

struct regex {
    struct hook hook; /* the code gives its memory back through it */
    pcre2_code *code;
    uint32_t value; /* number of the group of that name, or 0 */
    bool jit;       /* there is machine code */
    bool late;      /* it was made of a regex that had been without */
};

struct regex_space {
    struct hook hook;
    pcre2_general_context *general;
    pcre2_match_context *context;
    uint32_t limits[2]; /* of the interpreter, of machine code */
    bool interpret;
    pcre2_match_data *data;
    pcre2_jit_stack *jit_stack;
};

/* PCRE2 gives blocks back without their size, the host wants it: each block
 * carries its size in front. */
static const size_t SIZE_ROOM = alignof(max_align_t);

static void *hooked_malloc(size_t size, void *payload)
{
    struct hook *hook = payload;
    char *block = talk__memory_take(&hook->memory, size + SIZE_ROOM);
    if (!block) {
        hook->refused = true;
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    hook->held += size;
    return block + SIZE_ROOM;
}

static void hooked_free(void *block, void *payload)
{
    struct hook *hook = payload;
    if (!block) return;
    char *start = (char *)block - SIZE_ROOM;
    size_t size;
    memcpy(&size, start, sizeof size);
    hook->held -= size;
    talk__memory_give(&hook->memory, start, size + SIZE_ROOM);
}

static pcre2_general_context *general_new(struct hook *hook)
{
    return pcre2_general_context_create(hooked_malloc, hooked_free, hook);
}

static uint32_t value_group(const pcre2_code *code)
{
    static const unsigned char name[] = "value";
    int number = pcre2_substring_number_from_name(code, name);
    return number > 0 && number < GROUPS_MAX ? (uint32_t)number : 0;
}

static const char word_start[] = "(?<!\\w)(";
static const char group_start[] = "(";
static const char word_end[] = ")(?!\\w)";

/* Where there is no JIT, or the system forbids it, the interpreter does:
 * slower, same answers. */
static talk_status make_code(struct regex *regex)
{
    regex->hook.refused = false;
    regex->jit = pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0;
    return regex->hook.refused ? TALK_NOMEM : TALK_OK;
}

static talk_status compile(pcre2_general_context *general, const char *pattern,
                           size_t length, unsigned flags, struct regex *regex,
                           struct regex_fault *fault)
{
    talk_status status = TALK_NOMEM;
    const char *before = flags & REGEX_ANCHORED ? group_start : word_start;
    size_t start = flags & REGEX_BARE ? 0 : strlen(before);
    size_t end = flags & REGEX_BARE ? 0 : sizeof word_end - 1;
    uint32_t options = PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;
    if (!(flags & REGEX_ASCII)) options |= PCRE2_UTF | PCRE2_UCP;
    if (flags & REGEX_ANCHORED) options |= PCRE2_ANCHORED;
    char *whole = NULL;
    pcre2_compile_context *context = pcre2_compile_context_create(general);
    if (!context) goto done;
    whole = talk__memory_take(&regex->hook.memory, start + length + end + 1);
    if (!whole) goto done;
    memcpy(whole, before, start);
    memcpy(whole + start, pattern, length);
    memcpy(whole + start + length, word_end, end);
    int code = 0;
    size_t offset = 0;
    pcre2_set_compile_extra_options(context, 0);
    regex->code = pcre2_compile((PCRE2_SPTR)whole, start + length + end,
                                options, &code, &offset, context);
    if (!regex->code) {
        if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED) {
            goto done;
        }
        status = TALK_RULE;
        offset = offset < start ? 0 : offset - start;
        fault->offset = offset > length ? length : offset;
        (void)pcre2_get_error_message(code, (PCRE2_UCHAR *)fault->message,
                                      sizeof fault->message);
        /* The text that PCRE2 has for HEAP_FAILED is of an error while
         * compiling: code 121, "failed to allocate heap memory". */
        if (code == 121) status = TALK_NOMEM;
        goto done;
    }
    regex->value = value_group(regex->code);
    status = TALK_OK;
    if (!(flags & REGEX_JIT)) goto done;
    status = make_code(regex);
done:
    talk__memory_give(&regex->hook.memory, whole, start + length + end + 1);
    pcre2_compile_context_free(context);
    return status;
}

talk_status talk__regex_new(const struct memory *memory, const char *pattern,
                            size_t length, unsigned flags, struct regex **out,
                            struct regex_fault *fault)
{
    *out = NULL;
    *fault = (struct regex_fault){0};
    struct regex *regex = talk__memory_take(memory, sizeof *regex);
    if (!regex) return TALK_NOMEM;
    *regex = (struct regex){.hook = {.memory = *memory}};
    talk_status status = TALK_NOMEM;
    pcre2_general_context *general = general_new(&regex->hook);
    if (!general) goto done;
    status = compile(general, pattern, length, flags, regex, fault);
    if (status != TALK_OK) goto done;
    *out = regex;
    regex = NULL; /* now the caller's */
done:
    pcre2_general_context_free(general);
    talk__regex_free(memory, regex);
    return status;
}

void talk__regex_free(const struct memory *memory, struct regex *regex)
{
    if (!regex) return;
    pcre2_code_free(regex->code);
    talk__memory_give(memory, regex, sizeof *regex);
}

talk_status talk__regex_quicken(struct regex *regex, bool *made)
{
    *made = false;
    if (regex->jit) return TALK_OK;
    talk_status status = make_code(regex);
    *made = regex->late = regex->jit;
    return status;
}

void talk__regex_expect(const struct regex *regex)
{
    if (regex) talk__prefetch_lines(regex->code, EXPECTED_LINES);
}

talk_status talk__regex_space_new(const struct memory *memory,
                                  const struct regex_limits *limits,
                                  struct regex_space **out)
{
    *out = NULL;
    struct regex_space *space = talk__memory_take(memory, sizeof *space);
    if (!space) return TALK_NOMEM;
    *space = (struct regex_space){.hook = {.memory = *memory}};
    space->general = general_new(&space->hook);
    if (!space->general) goto failed;
    uint64_t counts = (uint64_t)limits->match * INTERPRETER_COUNTS;
    space->limits[0] = counts > UINT32_MAX ? UINT32_MAX : (uint32_t)counts;
    space->limits[1] = limits->match;
    space->interpret = limits->interpret;
    space->context = pcre2_match_context_create(space->general);
    space->data = pcre2_match_data_create(GROUPS_MAX, space->general);
    space->jit_stack =
        pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, space->general);
    if (!space->context || !space->data || !space->jit_stack) goto failed;
    (void)pcre2_set_heap_limit(space->context, HEAP_LIMIT_KIB);
    pcre2_jit_stack_assign(space->context, NULL, space->jit_stack);
    *out = space;
    return TALK_OK;
failed:
    talk__regex_space_free(memory, space);
    return TALK_NOMEM;
}

void talk__regex_space_relax(struct regex_space *space)
{
    if (space->hook.held <= HELD_MAX) return;
    pcre2_match_data *fresh =
        pcre2_match_data_create(GROUPS_MAX, space->general);
    if (!fresh) return; /* the old one is as good */
    pcre2_match_data_free(space->data);
    space->data = fresh;
}

void talk__regex_space_free(const struct memory *memory,
                            struct regex_space *space)
{
    if (!space) return;
    pcre2_jit_stack_free(space->jit_stack);
    pcre2_match_data_free(space->data);
    pcre2_match_context_free(space->context);
    pcre2_general_context_free(space->general);
    talk__memory_give(memory, space, sizeof *space);
}

static enum regex_result find(struct regex_space *space,
                              const struct regex *regex,
                              const struct subject *subject, size_t from,
                              bool jit, size_t *start, size_t *end)
{
    uint32_t limit = space->limits[jit];
    uint32_t options = PCRE2_NO_UTF_CHECK;
    if (subject->more) options |= PCRE2_NOTEOL;
    if (!jit) options |= PCRE2_NO_JIT;
    (void)pcre2_set_match_limit(space->context, limit);
    (void)pcre2_set_depth_limit(space->context, limit);
    int result =
        pcre2_match(regex->code, (PCRE2_SPTR)subject->text, subject->length,
                    from, options, space->data, space->context);
    if (result == PCRE2_ERROR_NOMATCH) return REGEX_NO_MATCH;
    if (result == PCRE2_ERROR_NOMEMORY) return REGEX_NO_MEMORY;
    /* Match limit, depth limit, heap limit, JIT stack: all mean the same.
     * Whatever else could come of valid input means it too: not known. */
    if (result < 0) return REGEX_GAVE_UP;
    const size_t *offsets = pcre2_get_ovector_pointer(space->data);
    *start = offsets[0];
    *end = offsets[1];
    return REGEX_MATCH;
}

enum regex_result talk__regex_find(struct regex_space *space,
                                   const struct regex *regex,
                                   const struct subject *subject, size_t from,
                                   size_t *start, size_t *end)
{
    bool jit = regex->jit && !space->interpret;
    enum regex_result result =
        find(space, regex, subject, from, jit, start, end);
    if (result != REGEX_GAVE_UP || !jit || !regex->late) return result;
    return find(space, regex, subject, from, false, start, end);
}

bool talk__regex_value(const struct regex_space *space,
                       const struct regex *regex, size_t *start, size_t *end)
{
    if (!regex->value) return false;
    const size_t *offsets =
        pcre2_get_ovector_pointer(space->data) + 2 * (size_t)regex->value;
    if (offsets[0] == PCRE2_UNSET) return false;
    *start = offsets[0];
    *end = offsets[1];
    return true;
}

talk_status talk__regex_taken(const struct regex *regex,
                              const struct subject *subject, size_t from,
                              uint32_t count, bool *taken)
{
    struct hook hook = {.memory = regex->hook.memory};
    pcre2_general_context *general = general_new(&hook);
    pcre2_match_data *data =
        general ? pcre2_match_data_create_from_pattern(regex->code, general)
                : NULL;
    pcre2_general_context_free(general);
    if (!data) return TALK_NOMEM;
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT;
    if (subject->more) options |= PCRE2_NOTEOL;
    int result = pcre2_match(regex->code, (PCRE2_SPTR)subject->text,
                             subject->length, from, options, data, NULL);
    const size_t *offsets = pcre2_get_ovector_pointer(data);
    for (uint32_t i = 0; i < count; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, REGEX_MARK, i);
        int group =
            pcre2_substring_number_from_name(regex->code, (PCRE2_SPTR)text);
        taken[i] = result > 0 && group > 0 &&
                   offsets[2 * (size_t)group] != PCRE2_UNSET;
    }
    pcre2_match_data_free(data);
    return result == PCRE2_ERROR_NOMEMORY ? TALK_NOMEM : TALK_OK;
}

/* Whether the interpreter comes to an end with that match limit. */
static bool ends_within(struct regex_space *space, const struct regex *regex,
                        const struct subject *subject, uint32_t limit)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT;
    (void)pcre2_set_match_limit(space->context, limit);
    (void)pcre2_set_depth_limit(space->context, limit);
    int result =
        pcre2_match(regex->code, (PCRE2_SPTR)subject->text, subject->length, 0,
                    options, space->data, space->context);
    return result >= 0 || result == PCRE2_ERROR_NOMATCH;
}

uint32_t talk__regex_steps(struct regex_space *space,
                           const struct regex *regex,
                           const struct subject *subject, uint32_t most)
{
    uint32_t low = 0, high = 16; /* low is too few, high enough */
    while (high < most && !ends_within(space, regex, subject, high)) {
        low = high;
        high *= 4;
    }
    if (high >= most) return most;
    while (high - low > high / 10 + 1) {
        uint32_t middle = low + (high - low) / 2;
        if (ends_within(space, regex, subject, middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}
