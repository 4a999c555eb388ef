// Compiled patterns: PCRE2 without JIT (the session may not make code), steps limited.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "interp/value/regex.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"

// What the searched text is: nothing but ASCII (bytes are characters then), UTF-8, or with lone surrogates in
// it.
enum breadth { ASCII, WIDE, BROKEN };

struct capture {
    uint32_t group;
    size_t start, end;
};

struct regex {
    struct regex *next; // of those kept
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    unsigned options;
    enum breadth breadth, asked; // of the translation; of the text it was made for
    bool sound;                  // that text is UTF-8 throughout
    size_t size;
    char *pattern;
    size_t logged, log_capacity;
    struct capture *log;
    struct regex_groups groups;
};

enum { KEPT = 16, LOG_MOST = 1 << 16 };

struct regex_pool {
    struct regex *first; // used last
};

static void release(struct regex *regex)
{
    pcre2_match_context_free(regex->context);
    pcre2_match_data_free(regex->data);
    pcre2_code_free(regex->code);
    mem_free(regex->log, regex->log_capacity * sizeof *regex->log);
    mem_free(regex->pattern, regex->size + 1);
    mem_free(regex, sizeof *regex);
}

static uint32_t compile_options(unsigned options, enum breadth breadth)
{
    uint32_t own = PCRE2_NEVER_BACKSLASH_C;
    if (options & REGEX_IGNORE_CASE)
        own |= PCRE2_CASELESS;
    if (options & REGEX_MULTILINE)
        own |= PCRE2_MULTILINE;
    if (options & REGEX_SINGLELINE)
        own |= PCRE2_DOTALL;
    if (breadth != ASCII)
        own |= PCRE2_UTF | (options & REGEX_ECMA ? 0 : PCRE2_UCP);
    if (breadth == BROKEN)
        own |= PCRE2_MATCH_INVALID_UTF;
    if (options & REGEX_LITERAL)
        own = (own & (PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF)) | PCRE2_LITERAL;
    return own;
}

static bool compile_text(struct regex *regex, const char *text, size_t size)
{
    int error;
    PCRE2_SIZE at;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return false;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    regex->code = pcre2_compile((PCRE2_SPTR)text, size, compile_options(regex->options, regex->breadth),
                                &error, &at, context);
    pcre2_compile_context_free(context);
    if (!regex->code)
        return false;
    regex->data = pcre2_match_data_create_from_pattern(regex->code, NULL);
    regex->context = pcre2_match_context_create(NULL);
    return regex->data && regex->context;
}

static bool compile(struct regex *regex)
{
    struct buf own = BUF_INIT;
    if (regex->options & REGEX_LITERAL) {
        regex->groups.count = regex->groups.own_count = 1;
        return compile_text(regex, regex->pattern, regex->size);
    }
    bool ok = regex_translate(regex->pattern, regex->size, regex->options, regex->breadth != ASCII,
                              &regex->groups, &own) &&
              compile_text(regex, buf_text(&own), own.size);
    buf_free(&own);
    return ok;
}

static enum breadth breadth_of(const struct string *pattern, const struct string *text)
{
    const char *at = text ? text->text : NULL, *end = text ? text->text + text->size : NULL;
    if (!text)
        return BROKEN;
    if (text->ascii && pattern->ascii)
        return ASCII;
    while ((at = memchr(at, 0xed, (size_t)(end - at)))) {
        if ((unsigned char)at[1] >= 0xa0)
            return BROKEN;
        at++;
    }
    return WIDE;
}

static struct regex *new_regex(const struct string *pattern, unsigned options, enum breadth breadth)
{
    struct regex *regex = mem_new(1, sizeof *regex);
    if (!regex)
        return NULL;
    regex->options = options;
    regex->breadth = breadth;
    regex->size = pattern->size;
    regex->pattern = mem_new(pattern->size + 1, 1);
    if (!regex->pattern)
        return mem_free(regex, sizeof *regex), NULL;
    memcpy(regex->pattern, pattern->text, pattern->size);
    return regex;
}

static struct regex *take_kept(struct interp *in, const struct string *pattern, unsigned options,
                               enum breadth breadth)
{
    struct regex **at = in->regexes ? &in->regexes->first : NULL;
    for (; at && *at; at = &(*at)->next) {
        struct regex *regex = *at;
        if (regex->options != options || regex->asked != breadth || regex->size != pattern->size ||
            memcmp(regex->pattern, pattern->text, pattern->size))
            continue;
        *at = regex->next;
        return regex;
    }
    return NULL;
}

static void limit(struct interp *in, struct regex *regex)
{
    uint64_t steps = in->session->limits[LIMIT_PATTERN];
    pcre2_set_match_limit(regex->context, steps && steps < UINT32_MAX ? (uint32_t)steps : 10000000);
    pcre2_set_depth_limit(regex->context, 10000);
    pcre2_set_heap_limit(regex->context, 32 * 1024); // KiB
}

// A pattern with characters beyond ASCII written as escapes needs the wide form even for a text without them.
static struct regex *make(struct interp *in, const struct string *pattern, unsigned options,
                          enum breadth breadth)
{
    struct regex *regex = new_regex(pattern, options, breadth);
    if (!regex)
        return throw_memory(in), NULL;
    if (compile(regex))
        return limit(in, regex), regex;
    release(regex);
    return breadth == ASCII ? make(in, pattern, options, WIDE) : NULL;
}

// Text that no string should hold; the library, told not to look, would run out of it.
static bool is_torn(const char *text, size_t size)
{
    size_t used;
    for (size_t at = 0; at < size; at += used)
        if (utf8_decode(text + at, size - at, &used) == 0xfffd && used == 1)
            return true;
    return false;
}

bool regex_open(struct interp *in, const struct string *pattern, unsigned options, const struct string *text,
                struct regex **ret)
{
    enum breadth breadth = breadth_of(pattern, text);
    options &= REGEX_IGNORE_CASE | REGEX_MULTILINE | REGEX_EXPLICIT | REGEX_SINGLELINE | REGEX_SPACE |
               REGEX_RIGHT_TO_LEFT | REGEX_ECMA | REGEX_LITERAL;
    struct regex *regex = take_kept(in, pattern, options, breadth);
    if (!regex)
        regex = make(in, pattern, options, breadth);
    if (!regex)
        return false;
    regex->asked = breadth;
    regex->sound = regex->breadth == WIDE && (text->ascii || !is_torn(text->text, text->size));
    return *ret = regex, true;
}

void regex_close(struct interp *in, struct regex *regex)
{
    pcre2_set_callout(regex->context, NULL, NULL);
    if (!in->regexes && !(in->regexes = mem_new(1, sizeof *in->regexes)))
        return release(regex);
    regex->next = in->regexes->first;
    in->regexes->first = regex;
    size_t count = 0;
    for (struct regex **at = &in->regexes->first; *at; at = &(*at)->next) {
        if (++count <= KEPT)
            continue;
        struct regex *oldest = *at;
        *at = oldest->next;
        return release(oldest);
    }
}

void regexes_free(struct interp *in)
{
    while (in->regexes && in->regexes->first) {
        struct regex *regex = in->regexes->first;
        in->regexes->first = regex->next;
        release(regex);
    }
    mem_free(in->regexes, sizeof *in->regexes);
    in->regexes = NULL;
}

// --- Running

static int run(struct interp *in, struct regex *regex, const char *text, size_t size, size_t from,
               uint32_t options)
{
    regex->logged = 0;
    if (regex->sound)
        options |= PCRE2_NO_UTF_CHECK;
    int result = pcre2_match(regex->code, (PCRE2_SPTR)text, size, from, options, regex->data, regex->context);
    if (result > 0)
        return 1;
    if (result == PCRE2_ERROR_NOMATCH)
        return 0;
    throw_error(in, "PatternLimit", CAT_LimitsExceeded, value_null,
                "The pattern takes too many steps on this text.");
    return -1;
}

// The match that ends where the one before began, or further to the left.
static int run_left(struct interp *in, struct regex *regex, const char *text, size_t from)
{
    for (size_t end = from + 1; end-- > 0;) {
        if (regex->breadth != ASCII && end < from && ((unsigned char)text[end] & 0xc0) == 0x80)
            continue;
        int found = run(in, regex, text, end, 0, PCRE2_ENDANCHORED);
        if (found)
            return found;
    }
    return 0;
}

int regex_next(struct interp *in, struct regex *regex, const char *text, size_t size, size_t from)
{
    if (from > size)
        return 0;
    if (regex_runs_left(regex))
        return run_left(in, regex, text, from);
    return run(in, regex, text, size, from, 0);
}

bool regex_runs_left(const struct regex *regex)
{
    return regex->options & REGEX_RIGHT_TO_LEFT;
}

static size_t next_character(const char *text, size_t size, size_t at)
{
    for (at++; at < size && ((unsigned char)text[at] & 0xc0) == 0x80;)
        at++;
    return at;
}

size_t regex_after(const struct regex *regex, const char *text, size_t size)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->data);
    if (!regex_runs_left(regex))
        return ends[1] > ends[0] ? ends[1] : next_character(text, size, ends[1]);
    if (ends[1] > ends[0])
        return ends[0];
    size_t at = ends[0];
    if (!at)
        return size + 1;
    for (at--; at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80;)
        at--;
    return at;
}

bool regex_matches_whole(struct interp *in, const char *pattern, const char *text, size_t size, bool *ret)
{
    struct regex *regex;
    value own, subject;
    *ret = false;
    if (!string_text(in, pattern, &own))
        return false;
    if (!string_new(in, text, size, &subject))
        return value_drop(own), false;
    // Compiled alone, so that it cannot close a group around it; anchored at both ends by the match options.
    bool ok = regex_open(in, own.string, REGEX_IGNORE_CASE, subject.string, &regex);
    int found = 0;
    if (ok) {
        found = run(in, regex, text, size, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
        regex_close(in, regex);
    }
    value_drop(own);
    value_drop(subject);
    *ret = found > 0;
    return found >= 0 && value_is_null(in->thrown);
}

// --- Groups

size_t regex_groups(const struct regex *regex)
{
    return regex->groups.count;
}

bool regex_group(const struct regex *regex, size_t n, size_t *ret_start, size_t *ret_end)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->data);
    uint32_t count = pcre2_get_ovector_count(regex->data);
    bool took = false;
    for (size_t own = 0; own < regex->groups.own_count && own < count; own++) {
        if (regex->groups.own[own] != n || ends[2 * own] == PCRE2_UNSET ||
            (took && ends[2 * own + 1] < *ret_end))
            continue;
        took = true;
        *ret_start = ends[2 * own] < ends[2 * own + 1] ? ends[2 * own] : ends[2 * own + 1];
        *ret_end = ends[2 * own + 1];
    }
    return took;
}

int32_t regex_group_number(const struct regex *regex, size_t n)
{
    return regex->groups.slots[n].number;
}

bool regex_group_named(const struct regex *regex, size_t n)
{
    return regex->groups.slots[n].name_size;
}

bool regex_group_name(struct interp *in, const struct regex *regex, size_t n, value *ret)
{
    const struct regex_slot *slot = &regex->groups.slots[n];
    if (slot->name_size)
        return string_new(in, regex->groups.names + slot->name, slot->name_size, ret);
    return string_printf(in, ret, "%d", slot->number);
}

// --- Captures: PCRE2 keeps the last of a group; a callout behind the group tells of each. What backtracking
// gave up stays in the log, and is known by lying where a later capture lies.

static int log_capture(pcre2_callout_block *block, void *data)
{
    struct regex *regex = data;
    uint32_t group = block->callout_number;
    if (group >= block->capture_top || regex->logged >= LOG_MOST)
        return 0;
    if (regex->logged == regex->log_capacity) {
        size_t wanted = regex->log_capacity ? 2 * regex->log_capacity : 16;
        struct capture *log = mem_resize(regex->log, regex->log_capacity * sizeof *log, wanted * sizeof *log);
        if (!log)
            return 0;
        regex->log = log;
        regex->log_capacity = wanted;
    }
    regex->log[regex->logged++] =
        (struct capture){group, block->offset_vector[2 * group], block->offset_vector[2 * group + 1]};
    return 0;
}

void regex_keep_captures(struct regex *regex)
{
    if (regex->groups.repeated)
        pcre2_set_callout(regex->context, log_capture, regex);
}

bool regex_capture(const struct regex *regex, size_t n, size_t *io_state, size_t *ret_start, size_t *ret_end)
{
    size_t start, end;
    if (*io_state == SIZE_MAX) {
        if (!regex_group(regex, n, ret_start, ret_end))
            return false;
        return *io_state = regex->logged, true;
    }
    start = *ret_start;
    for (size_t i = *io_state; i-- > 0;) {
        const struct capture *old = &regex->log[i];
        end = old->end;
        if (regex->groups.own[old->group] != n || end > start || old->start >= start)
            continue;
        *ret_start = old->start;
        *ret_end = end;
        return *io_state = i, true;
    }
    return false;
}

// --- Substitutions

struct subject {
    const struct regex *regex;
    const char *text;
    size_t size;
};

static void add_group(const struct subject *subject, size_t n, struct buf *out)
{
    size_t start, end;
    if (regex_group(subject->regex, n, &start, &end))
        buf_add(out, subject->text + start, end - start);
}

static bool group_of(const struct subject *subject, const char *name, size_t size, size_t *ret)
{
    const struct regex_groups *groups = &subject->regex->groups;
    bool number = size < 10 && strspn(name, "0123456789") == size;
    long wanted = number ? strtol(name, NULL, 10) : -1;
    for (size_t i = 0; i < groups->count; i++) {
        const struct regex_slot *slot = &groups->slots[i];
        bool is = number ? slot->number == wanted
                         : slot->name_size == size && !memcmp(groups->names + slot->name, name, size);
        if (is)
            return *ret = i, true;
    }
    return false;
}

static size_t substitute_number(const struct subject *subject, const char *at, size_t left, struct buf *out)
{
    size_t digits = 0, group = 0;
    char text[12];
    while (digits < left && digits < 9 && at[digits] >= '0' && at[digits] <= '9')
        digits++;
    memcpy(text, at, digits);
    text[digits] = 0;
    if (!digits || !group_of(subject, text, digits, &group))
        return 0; // $12 is not $1 and a 2
    add_group(subject, group, out);
    return digits;
}

static size_t substitute_name(const struct subject *subject, const char *at, size_t left, struct buf *out)
{
    const char *close = memchr(at, '}', left);
    size_t group, size = close ? (size_t)(close - at) - 1 : 0;
    char name[64];
    if (!size || size >= sizeof name)
        return 0;
    memcpy(name, at + 1, size);
    name[size] = 0;
    if (!group_of(subject, name, size, &group))
        return 0;
    return add_group(subject, group, out), size + 2;
}

// What stands after a $; returns the bytes used after it, 0: the $ is itself.
static size_t substitute(const struct subject *subject, const char *at, size_t left, struct buf *out)
{
    size_t start = 0, end = 0;
    if (!left)
        return 0;
    regex_group(subject->regex, 0, &start, &end);
    switch (*at) {
    case '$':
        return buf_add_char(out, '$'), 1;
    case '&':
        return buf_add(out, subject->text + start, end - start), 1;
    case '`':
        return buf_add(out, subject->text, start), 1;
    case '\'':
        return buf_add(out, subject->text + end, subject->size - end), 1;
    case '_':
        return buf_add(out, subject->text, subject->size), 1;
    case '+':
        return add_group(subject, subject->regex->groups.count - 1, out), 1;
    case '{':
        return substitute_name(subject, at, left, out);
    default:
        return substitute_number(subject, at, left, out);
    }
}

void regex_substitute(const struct regex *regex, const char *text, size_t size, const char *by,
                      size_t by_size, struct buf *out)
{
    struct subject subject = {regex, text, size};
    for (size_t i = 0; i < by_size;) {
        const char *dollar = memchr(by + i, '$', by_size - i);
        size_t plain = dollar ? (size_t)(dollar - by) - i : by_size - i;
        buf_add(out, by + i, plain);
        i += plain;
        if (!dollar)
            break;
        size_t used = substitute(&subject, dollar + 1, by_size - i - 1, out);
        if (!used)
            buf_add_char(out, '$');
        i += 1 + used;
    }
}
