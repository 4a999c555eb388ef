// Regular expressions on PCRE2: no JIT (the session may not make code), steps limited.
#include "interp/value/regex.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/operate.h"
#include "interp/value/regex-compiled.h"
#include "interp/value/regex-object.h"
#include "interp/value/types.h"

static void limit(struct interp *in, struct regex *regex)
{
    uint64_t steps = in->session->limits[LIMIT_PATTERN];
    pcre2_set_match_limit(regex->context, steps && steps < UINT32_MAX ? (uint32_t)steps : 10000000);
    pcre2_set_depth_limit(regex->context, 10000);
    pcre2_set_heap_limit(regex->context, 32 * 1024); // KiB
}

// 1: found, 0: not, -1: thrown.
static int run(struct interp *in, struct regex *regex, const char *text, size_t size, size_t from,
               uint32_t options)
{
    int result = regex_run(regex, text, size, from, options);
    if (result > 0)
        return 1;
    if (result == PCRE2_ERROR_NOMATCH)
        return 0;
    throw_error(in, "PatternLimit", CAT_LimitsExceeded, value_null,
                "The pattern takes too many steps on this text.");
    return -1;
}

static bool bad_pattern(struct interp *in, const char *pattern)
{
    return throw_error(in, "InvalidRegularExpression", CAT_InvalidOperation, value_null,
                       "\"%s\" is not a regular expression.", pattern);
}

bool regex_matches_whole(struct interp *in, const char *pattern, const char *text, size_t size, bool *ret)
{
    struct regex regex = {0};
    *ret = false;
    // Compiled alone, so that it cannot close a group around it; anchored at both ends by the match options.
    if (!regex_take(in, pattern, strlen(pattern), PCRE2_CASELESS, &regex))
        return true;
    limit(in, &regex);
    int found = run(in, &regex, text, size, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
    regex_give(&regex);
    *ret = found > 0;
    return found >= 0;
}

// --- -match
// ------------------------------------------------------------------------------------------------------

static bool group_name(const struct regex *regex, uint32_t group, const char **ret)
{
    uint32_t count, entry;
    PCRE2_SPTR table;
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &entry);
    pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count; i++, table += entry)
        if ((uint32_t)(table[0] << 8 | table[1]) == group)
            return *ret = (const char *)table + 2, true;
    return false;
}

static bool add_group(struct interp *in, struct regex *regex, const char *text, uint32_t group,
                      struct table *table)
{
    PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->data);
    const char *name;
    value key = value_int((int32_t)group), val;
    if (ends[2 * group] == PCRE2_UNSET)
        return true; // took no part
    if (group_name(regex, group, &name) && !string_text(in, name, &key))
        return false;
    bool ok = string_new(in, text + ends[2 * group], ends[2 * group + 1] - ends[2 * group], &val);
    if (ok) {
        ok = table_set(in, table, key, val);
        value_drop(val);
    }
    value_drop(key);
    return ok;
}

static bool groups(struct interp *in, struct regex *regex, const char *text, value *ret)
{
    uint32_t count = pcre2_get_ovector_count(regex->data);
    if (!table_new(in, false, ret))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!add_group(in, regex, text, i, ret->table))
            return value_drop(*ret), false;
    return true;
}

static bool open_texts(struct interp *in, value left, value pattern, bool cased, value *ret_text,
                       struct regex *ret)
{
    value glob;
    if (!value_to_string(in, left, ret_text))
        return false;
    if (!value_to_string(in, pattern, &glob))
        return value_drop(*ret_text), false;
    bool ok = regex_take(in, value_text(glob), glob.string->size, cased ? 0 : PCRE2_CASELESS, ret);
    if (ok)
        limit(in, ret);
    else
        bad_pattern(in, value_text(glob)), value_drop(*ret_text);
    value_drop(glob);
    return ok;
}

bool operate_match(struct interp *in, value left, value pattern, bool case_sensitive, bool *ret,
                   value *ret_matches)
{
    struct regex regex = {0};
    value text;
    *ret_matches = value_null;
    if (!open_texts(in, left, pattern, case_sensitive, &text, &regex))
        return false;
    int found = run(in, &regex, value_text(text), text.string->size, 0, 0);
    bool ok = found >= 0 && (!found || groups(in, &regex, value_text(text), ret_matches));
    *ret = found > 0;
    regex_give(&regex);
    value_drop(text);
    return ok;
}

// --- -replace
// ----------------------------------------------------------------------------------------------------

struct match {
    const char *text;
    size_t size;
    const PCRE2_SIZE *ends;
    uint32_t count;
    const struct regex *regex;
};

static void add_number(const struct match *match, uint32_t group, struct buf *out)
{
    if (group < match->count && match->ends[2 * group] != PCRE2_UNSET)
        buf_add(out, match->text + match->ends[2 * group],
                match->ends[2 * group + 1] - match->ends[2 * group]);
}

static bool group_of(const struct match *match, const char *name, size_t size, uint32_t *ret)
{
    char text[64];
    if (!size || size >= sizeof text)
        return false;
    memcpy(text, name, size);
    text[size] = 0;
    if (strspn(text, "0123456789") == size)
        return *ret = (uint32_t)strtoul(text, NULL, 10), *ret < match->count;
    int group = pcre2_substring_number_from_name(match->regex->code, (PCRE2_SPTR)text);
    return group > 0 && (*ret = (uint32_t)group, true);
}

// What stands after a $; returns the bytes used after it, 0: the $ is itself.
static size_t substitute(const struct match *match, const char *at, size_t left, struct buf *out)
{
    uint32_t group;
    if (!left)
        return 0;
    switch (*at) {
    case '$':
        return buf_add_char(out, '$'), 1;
    case '&':
        return add_number(match, 0, out), 1;
    case '`':
        return buf_add(out, match->text, match->ends[0]), 1;
    case '\'':
        return buf_add(out, match->text + match->ends[1], match->size - match->ends[1]), 1;
    case '_':
        return buf_add(out, match->text, match->size), 1;
    case '+':
        return add_number(match, match->count - 1, out), 1;
    case '{': {
        const char *close = memchr(at, '}', left);
        if (!close || !group_of(match, at + 1, (size_t)(close - at) - 1, &group))
            return 0;
        return add_number(match, group, out), (size_t)(close - at) + 1;
    }
    default:
        break;
    }
    size_t digits = 0;
    while (digits < left && at[digits] >= '0' && at[digits] <= '9')
        digits++;
    while (digits && !group_of(match, at, digits, &group))
        digits--;
    if (digits)
        add_number(match, group, out);
    return digits;
}

static void add_substitute(const struct match *match, const char *text, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        size_t used = text[i] == '$' ? substitute(match, text + i + 1, size - i - 1, out) : 0;
        if (used)
            i += used;
        else
            buf_add_char(out, text[i]);
    }
}

// The next match at or after *io_from; an empty one moves on by a character.
static int next_match(struct interp *in, struct regex *regex, const char *text, size_t size, size_t from)
{
    return from > size ? 0 : run(in, regex, text, size, from, 0);
}

static size_t after(const char *text, size_t size, const PCRE2_SIZE *ends)
{
    if (ends[1] > ends[0])
        return ends[1];
    size_t next = ends[1] + 1;
    while (next < size && (text[next] & 0xc0) == 0x80)
        next++;
    return next;
}

static bool replace_all(struct interp *in, struct regex *regex, value text, value by, value *ret)
{
    struct buf out = BUF_INIT;
    const char *at = value_text(text);
    size_t size = text.string->size, from = 0, copied = 0;
    int found;
    while ((found = next_match(in, regex, at, size, from)) > 0) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(regex->data);
        struct match match = {at, size, ends, pcre2_get_ovector_count(regex->data), regex};
        buf_add(&out, at + copied, ends[0] - copied);
        add_substitute(&match, value_text(by), by.string->size, &out);
        copied = ends[1];
        from = after(at, size, ends);
        if (out.size > in->string_limit)
            break;
    }
    if (copied < size)
        buf_add(&out, at + copied, size - copied);
    bool ok = found >= 0 && (out.failed ? throw_memory(in) : string_new(in, buf_text(&out), out.size, ret));
    buf_free(&out);
    return ok;
}

static bool replace_one(struct interp *in, value left, value pattern, value by, bool cased, value *ret)
{
    struct regex regex = {0};
    value text, substitute_text;
    if (!open_texts(in, left, pattern, cased, &text, &regex))
        return false;
    bool ok = value_to_string(in, by, &substitute_text);
    if (ok) {
        ok = replace_all(in, &regex, text, substitute_text, ret);
        value_drop(substitute_text);
    }
    regex_give(&regex);
    value_drop(text);
    return ok;
}

bool operate_replace(struct interp *in, value left, value right, bool case_sensitive, value *ret)
{
    value pattern = right, by = value_null;
    if (value_enumerable(right)) {
        struct array *parts = right.array;
        if (parts->count > 2)
            return throw_error(in, "BadReplaceArgument", CAT_InvalidOperation, right,
                               "-replace takes a pattern and one substitute.");
        pattern = parts->count > 0 ? parts->items[0] : value_null;
        by = parts->count > 1 ? parts->items[1] : value_null;
    }
    if (!value_enumerable(left))
        return replace_one(in, left, pattern, by, case_sensitive, ret);
    if (!array_new(in, left.array->count, ret))
        return false;
    for (size_t i = 0; i < left.array->count; i++)
        if (!replace_one(in, left.array->items[i], pattern, by, case_sensitive, &ret->array->items[i]))
            return value_drop(*ret), false;
    return true;
}

// --- -split
// ------------------------------------------------------------------------------------------------------

enum split_option {
    SPLIT_SIMPLE = 1,
    SPLIT_REGEX = 2,
    SPLIT_PATTERN_SPACE = 8,
    SPLIT_MULTILINE = 16,
    SPLIT_SINGLELINE = 32,
    SPLIT_IGNORE_CASE = 64
};

struct split {
    struct regex regex;
    int64_t most;
    unsigned options;
    struct array *out;
};

static bool add_piece(struct interp *in, struct array *out, const char *text, size_t size)
{
    value piece;
    if (!string_new(in, text, size, &piece))
        return false;
    bool ok = list_add(in, out, piece);
    value_drop(piece);
    return ok;
}

static bool add_captures(struct interp *in, struct split *split, const char *text, const PCRE2_SIZE *ends)
{
    uint32_t count = pcre2_get_ovector_count(split->regex.data);
    for (uint32_t i = 1; i < count; i++)
        if (ends[2 * i] != PCRE2_UNSET &&
            !add_piece(in, split->out, text + ends[2 * i], ends[2 * i + 1] - ends[2 * i]))
            return false;
    return true;
}

static bool split_text(struct interp *in, struct split *split, value text)
{
    const char *at = value_text(text);
    size_t size = text.string->size, from = 0, start = 0;
    int64_t pieces = 1;
    int found = 0;
    while ((split->most <= 0 || pieces < split->most) &&
           (found = next_match(in, &split->regex, at, size, from)) > 0) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(split->regex.data);
        if (!add_piece(in, split->out, at + start, ends[0] - start) || !add_captures(in, split, at, ends))
            return false;
        start = ends[1];
        from = after(at, size, ends);
        pieces++;
    }
    return found >= 0 && add_piece(in, split->out, at + start, size - start);
}

// Where the n-th separator begins.
static bool nth_separator(struct interp *in, struct split *split, value text, size_t n, size_t *ret)
{
    size_t from = 0;
    for (size_t seen = 0; next_match(in, &split->regex, value_text(text), text.string->size, from) > 0;) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(split->regex.data);
        if (++seen == n)
            return *ret = ends[0], true;
        from = after(value_text(text), text.string->size, ends);
    }
    return false;
}

// A negative limit counts pieces from the right: what is too much on the left stays together.
static bool join_left(struct interp *in, struct split *split, size_t first, value text)
{
    size_t count = split->out->count - first, most = (size_t)-split->most, cut;
    if (split->most >= 0 || count <= most)
        return true;
    size_t joined = count - most + 1;
    value piece;
    if (!nth_separator(in, split, text, joined, &cut))
        return value_is_null(in->thrown);
    if (!string_new(in, value_text(text), cut, &piece))
        return false;
    for (size_t i = 0; i < joined; i++)
        value_drop(split->out->items[first + i]);
    split->out->items[first] = piece;
    memmove(&split->out->items[first + 1], &split->out->items[first + joined],
            (count - joined) * sizeof(value));
    split->out->count -= joined - 1;
    return true;
}

static bool read_options(struct interp *in, value right, struct split *split, value *ret_pattern)
{
    value number;
    *ret_pattern = right;
    if (!value_enumerable(right))
        return true;
    struct array *parts = right.array;
    if (!parts->count)
        return throw_error(in, "BadOperatorArgument", CAT_InvalidOperation, right,
                           "-split needs a separator.");
    *ret_pattern = parts->count ? parts->items[0] : value_null;
    if (parts->count > 1 && !value_to_long(in, parts->items[1], &split->most))
        return false;
    if (parts->count < 3)
        return true;
    const struct type *type = type_find("System.Management.Automation.SplitOptions", 41);
    if (!value_convert(in, parts->items[2], type, &number))
        return false;
    split->options = (unsigned)number.i;
    if (split->options & SPLIT_SIMPLE && split->options & ~(unsigned)(SPLIT_SIMPLE | SPLIT_IGNORE_CASE))
        return throw_error(in, "InvalidSplitOptionCombination", CAT_InvalidOperation, right,
                           "SimpleMatch goes with IgnoreCase only.");
    return true;
}

static uint32_t pcre_options(unsigned options, bool cased)
{
    uint32_t result = 0;
    if (options & SPLIT_SIMPLE)
        result |= PCRE2_LITERAL;
    if (options & SPLIT_PATTERN_SPACE)
        result |= PCRE2_EXTENDED;
    if (options & SPLIT_MULTILINE)
        result |= PCRE2_MULTILINE;
    if (options & SPLIT_SINGLELINE)
        result |= PCRE2_DOTALL;
    if (!cased || options & SPLIT_IGNORE_CASE)
        result |= PCRE2_CASELESS;
    return result;
}

static bool split_each(struct interp *in, struct split *split, value left)
{
    struct value_walk walk;
    value item, text;
    value_walk_start(&walk, left);
    while (value_walk_next(in, &walk, &item)) {
        size_t first = split->out->count;
        bool ok = value_to_string(in, item, &text);
        value_drop(item);
        if (!ok)
            return false;
        ok = split_text(in, split, text) && join_left(in, split, first, text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return true;
}

static bool split_by(struct interp *in, value left, const char *pattern, size_t size, struct split *split,
                     bool cased, value *ret)
{
    value list;
    if (!regex_take(in, pattern, size, pcre_options(split->options, cased), &split->regex))
        return bad_pattern(in, pattern);
    limit(in, &split->regex);
    bool ok = list_new(in, NULL, &list);
    if (ok) {
        split->out = list.array;
        ok = split_each(in, split, left) && array_of(in, &type_string, list.array->count, ret);
        for (size_t i = 0; ok && i < list.array->count; i++)
            ret->array->items[i] = value_keep(list.array->items[i]);
        value_drop(list);
    }
    regex_give(&split->regex);
    return ok;
}

// A block is asked about each character, as $_; those it says yes to separate.
static bool split_text_by_block(struct interp *in, struct split *split, value block, value text)
{
    const char *at = value_text(text);
    size_t size = text.string->size, start = 0, next;
    int64_t pieces = 1;
    value letter, answer;
    for (size_t i = 0; i < size && (split->most <= 0 || pieces < split->most); i = next) {
        for (next = i + 1; next < size && ((unsigned char)at[next] & 0xC0) == 0x80;)
            next++;
        if (!string_new(in, at + i, next - i, &letter))
            return false;
        bool ok = in->call_block(in, block, letter, &answer), yes = ok && value_truth(answer);
        value_drop(letter);
        if (!ok)
            return false;
        value_drop(answer);
        if (!yes)
            continue;
        if (!add_piece(in, split->out, at + start, i - start))
            return false;
        start = next;
        pieces++;
    }
    return add_piece(in, split->out, at + start, size - start);
}

static bool take_strings(struct interp *in, value list, value *ret)
{
    if (!array_of(in, &type_string, list.array->count, ret))
        return false;
    for (size_t i = 0; i < list.array->count; i++)
        ret->array->items[i] = value_keep(list.array->items[i]);
    return true;
}

static bool split_by_block(struct interp *in, value left, value block, struct split *split, value *ret)
{
    struct value_walk walk;
    value item, text, list;
    bool ok = list_new(in, NULL, &list);
    if (!ok)
        return false;
    split->out = list.array;
    value_walk_start(&walk, left);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = value_to_string(in, item, &text);
        value_drop(item);
        if (ok)
            ok = split_text_by_block(in, split, block, text), value_drop(text);
    }
    ok = ok && take_strings(in, list, ret);
    value_drop(list);
    return ok;
}

bool operate_split(struct interp *in, value left, value right, bool case_sensitive, value *ret)
{
    struct split split = {0};
    value pattern, text;
    if (!read_options(in, right, &split, &pattern))
        return false;
    if (pattern.kind == V_SCRIPTBLOCK && in->call_block)
        return split_by_block(in, left, pattern, &split, ret);
    if (!value_to_string(in, pattern, &text))
        return false;
    bool ok = split_by(in, left, value_text(text), text.string->size, &split, case_sensitive, ret);
    value_drop(text);
    return ok;
}

// Unary -split: blanks around are cut, runs of blanks separate.
bool operate_split_blanks(struct interp *in, value operand, value *ret)
{
    static const char blanks[] = " \t\r\n\v\f";
    struct value_walk walk;
    value item, text, list;
    bool ok = list_new(in, NULL, &list);
    if (!ok)
        return false;
    value_walk_start(&walk, operand);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = value_to_string(in, item, &text);
        value_drop(item);
        if (!ok)
            break;
        const char *at = value_text(text);
        if (!*at)
            ok = add_piece(in, list.array, "", 0);
        for (at += strspn(at, blanks); ok && *at; at += strspn(at, blanks)) {
            size_t size = strcspn(at, blanks);
            ok = add_piece(in, list.array, at, size);
            at += size;
        }
        value_drop(text);
    }
    ok = ok && take_strings(in, list, ret);
    value_drop(list);
    return ok;
}

// --- The Regex type
// ----------------------------------------------------------------------------------------------

struct regex_run {
    struct regex regex;
};

static uint32_t options_of(int64_t options)
{
    static const struct {
        int64_t net;
        uint32_t own;
    } map[] = {{1, PCRE2_CASELESS},
               {2, PCRE2_MULTILINE},
               {4, PCRE2_NO_AUTO_CAPTURE},
               {16, PCRE2_DOTALL},
               {32, PCRE2_EXTENDED}};
    uint32_t own = 0;
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (options & map[i].net)
            own |= map[i].own;
    return own;
}

bool regex_open(struct interp *in, const char *pattern, size_t size, int64_t options, struct regex_run **ret)
{
    struct regex_run *run_of = mem_new(1, sizeof *run_of);
    if (!run_of)
        return throw_memory(in);
    if (!regex_take(in, pattern, size, options_of(options), &run_of->regex)) {
        mem_free(run_of, sizeof *run_of);
        return bad_pattern(in, pattern);
    }
    limit(in, &run_of->regex);
    return *ret = run_of, true;
}

void regex_close(struct regex_run *run_of)
{
    regex_give(&run_of->regex);
    mem_free(run_of, sizeof *run_of);
}

int regex_next(struct interp *in, struct regex_run *run_of, const char *text, size_t size, size_t from)
{
    return next_match(in, &run_of->regex, text, size, from);
}

size_t regex_groups(const struct regex_run *run_of)
{
    return pcre2_get_ovector_count(run_of->regex.data);
}

bool regex_group(const struct regex_run *run_of, size_t n, size_t *ret_start, size_t *ret_end)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(run_of->regex.data);
    if (ends[2 * n] == PCRE2_UNSET)
        return false;
    return *ret_start = ends[2 * n], *ret_end = ends[2 * n + 1], true;
}

const char *regex_group_name(const struct regex_run *run_of, size_t n)
{
    const char *name;
    return group_name(&run_of->regex, (uint32_t)n, &name) ? name : NULL;
}

void regex_substitute(const struct regex_run *run_of, const char *text, size_t size, const char *by,
                      size_t by_size, struct buf *out)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(run_of->regex.data);
    struct match match = {text, size, ends, pcre2_get_ovector_count(run_of->regex.data), &run_of->regex};
    add_substitute(&match, by, by_size, out);
}
