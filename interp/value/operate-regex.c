// The operators on regular expressions: -match, -replace, -split.
#include <string.h>

#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/operate.h"
#include "interp/value/regex.h"
#include "interp/value/types.h"

// What stands on the right as a pattern: a Regex brings its own options.
struct pattern {
    value text;
    unsigned options;
};

static bool pattern_of(struct interp *in, value v, bool cased, struct pattern *ret)
{
    ret->options = cased ? 0 : REGEX_IGNORE_CASE;
    if (value_is_type(v, &type_regex) && type_regex.size) {
        const struct fields *fields = (const struct fields *)v.object;
        ret->options = (unsigned)fields->at[1].i;
        return ret->text = value_keep(fields->at[0]), true;
    }
    return value_to_string(in, v, &ret->text);
}

static bool bad_pattern(struct interp *in, const struct pattern *pattern, bool replaces)
{
    if (!value_is_null(in->thrown))
        return false;
    if (replaces)
        return throw_error(in, "InvalidRegularExpression", CAT_InvalidOperation, value_null,
                           "\"%s\" is not a regular expression.", value_text(pattern->text));
    return throw_error(in, "System.Text.RegularExpressions.RegexParseException", CAT_OperationStopped,
                       value_null, "\"%s\" is not a regular expression.", value_text(pattern->text));
}

// The text of a value, and the pattern compiled for it.
static bool open_texts(struct interp *in, value left, const struct pattern *pattern, bool replaces,
                       value *ret_text, struct regex **ret)
{
    if (!value_to_string(in, left, ret_text))
        return false;
    if (regex_open(in, pattern->text.string, pattern->options, ret_text->string, ret))
        return true;
    value_drop(*ret_text);
    return bad_pattern(in, pattern, replaces);
}

// --- -match

static bool add_group(struct interp *in, const struct regex *regex, const char *text, size_t n,
                      struct table *table)
{
    size_t start, end;
    value key = value_int(regex_group_number(regex, n)), val;
    if (!regex_group(regex, n, &start, &end))
        return true; // took no part
    if (regex_group_named(regex, n) && !regex_group_name(in, regex, n, &key))
        return false;
    bool ok = string_new(in, text + start, end - start, &val);
    if (ok) {
        ok = table_set(in, table, key, val);
        value_drop(val);
    }
    value_drop(key);
    return ok;
}

static bool groups(struct interp *in, const struct regex *regex, const char *text, value *ret)
{
    if (!table_new(in, false, ret))
        return false;
    for (size_t n = 0; n < regex_groups(regex); n++)
        if (!add_group(in, regex, text, n, ret->table))
            return value_drop(*ret), false;
    return true;
}

static bool match(struct interp *in, value left, const struct pattern *pattern, bool *ret, value *ret_matches)
{
    struct regex *regex;
    value text;
    if (!open_texts(in, left, pattern, false, &text, &regex))
        return false;
    size_t size = text.string->size;
    int found = regex_next(in, regex, value_text(text), size, regex_runs_left(regex) ? size : 0);
    bool ok = found >= 0 && (!found || groups(in, regex, value_text(text), ret_matches));
    *ret = found > 0;
    regex_close(in, regex);
    value_drop(text);
    return ok;
}

bool operate_match(struct interp *in, value left, value right, bool case_sensitive, bool *ret,
                   value *ret_matches)
{
    struct pattern pattern;
    *ret_matches = value_null;
    if (!pattern_of(in, right, case_sensitive, &pattern))
        return false;
    bool ok = match(in, left, &pattern, ret, ret_matches);
    value_drop(pattern.text);
    return ok;
}

// --- -replace

static bool replace_text(struct interp *in, struct regex *regex, value text, value by, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    const char *at = value_text(text);
    size_t size = text.string->size, copied = 0, start = 0, end = 0;
    int found = 1;
    for (size_t from = 0; (found = regex_next(in, regex, at, size, from)) > 0 && !out.failed;) {
        regex_group(regex, 0, &start, &end);
        buf_add(&out, at + copied, start - copied);
        regex_substitute(regex, at, size, value_text(by), by.string->size, &out);
        copied = end;
        from = regex_after(regex, at, size);
    }
    if (found < 0)
        return buf_free(&out), false;
    if (!copied && !out.size) // nothing found
        return buf_free(&out), *ret = value_keep(text), true;
    buf_add(&out, at + copied, size - copied);
    bool ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

// Runs to the left are what the Regex type knows how to replace, and so are script blocks.
static bool replace_one(struct interp *in, value left, const struct pattern *pattern, value by, value *ret)
{
    struct regex *regex;
    value text;
    bool block = by.kind == V_SCRIPTBLOCK && regex_replace_by_block;
    if (!open_texts(in, left, pattern, true, &text, &regex))
        return false;
    bool ok =
        block ? regex_replace_by_block(in, regex, text, by, ret) : replace_text(in, regex, text, by, ret);
    regex_close(in, regex);
    value_drop(text);
    return ok;
}

static bool replace_each(struct interp *in, value left, const struct pattern *pattern, value by, value *ret)
{
    if (!value_enumerable(left))
        return replace_one(in, left, pattern, by, ret);
    if (!array_new(in, left.array->count, ret))
        return false;
    for (size_t i = 0; i < left.array->count; i++)
        if (!replace_one(in, left.array->items[i], pattern, by, &ret->array->items[i]))
            return value_drop(*ret), false;
    return true;
}

static bool substitute_of(struct interp *in, value by, value *ret)
{
    if (by.kind == V_SCRIPTBLOCK && regex_replace_by_block)
        return *ret = value_keep(by), true;
    return value_to_string(in, by, ret);
}

bool operate_replace(struct interp *in, value left, value right, bool case_sensitive, value *ret)
{
    struct pattern pattern;
    value first = right, by = value_null;
    if (!operate_right_fits(in, TOK_IREPLACE, right))
        return false;
    if (left.kind == V_VOID)
        return array_new(in, 0, ret);
    if (value_enumerable(right)) {
        struct array *parts = right.array;
        first = parts->count > 0 ? parts->items[0] : value_null;
        by = parts->count > 1 ? parts->items[1] : value_null;
    }
    if (!pattern_of(in, first, case_sensitive, &pattern))
        return false;
    bool ok = substitute_of(in, by, &by);
    if (ok) {
        ok = replace_each(in, left, &pattern, by, ret);
        value_drop(by);
    }
    value_drop(pattern.text);
    return ok;
}

// --- -split
// ------------------------------------------------------------------------------------------------------

enum split_option {
    SPLIT_SIMPLE = 1,
    SPLIT_REGEX = 2,
    SPLIT_PATTERN_SPACE = 8,
    SPLIT_MULTILINE = 16,
    SPLIT_SINGLELINE = 32,
    SPLIT_IGNORE_CASE = 64,
    SPLIT_EXPLICIT = 128
};

struct split {
    struct pattern pattern;
    struct regex *regex; // for the text at hand
    int64_t most;
    unsigned options;
    struct array *out;
};

static bool add_captures(struct interp *in, struct split *split, const char *text)
{
    size_t start, end;
    for (size_t n = 1; n < regex_groups(split->regex); n++)
        if (regex_group(split->regex, n, &start, &end) &&
            !list_add_text(in, split->out, text + start, end - start))
            return false;
    return true;
}

static bool split_text(struct interp *in, struct split *split, value text)
{
    const char *at = value_text(text);
    size_t size = text.string->size, from = 0, last = 0, start, end;
    int64_t pieces = 1;
    int found = 0;
    while ((split->most <= 0 || pieces < split->most) &&
           (found = regex_next(in, split->regex, at, size, from)) > 0) {
        regex_group(split->regex, 0, &start, &end);
        if (!list_add_text(in, split->out, at + last, start - last) || !add_captures(in, split, at))
            return false;
        last = end;
        from = regex_after(split->regex, at, size);
        pieces++;
    }
    return found >= 0 && list_add_text(in, split->out, at + last, size - last);
}

// Where the n-th separator begins.
static bool nth_separator(struct interp *in, struct split *split, value text, size_t n, size_t *ret)
{
    size_t from = 0, end;
    for (size_t seen = 0; regex_next(in, split->regex, value_text(text), text.string->size, from) > 0;) {
        regex_group(split->regex, 0, ret, &end);
        if (++seen == n)
            return true;
        from = regex_after(split->regex, value_text(text), text.string->size);
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

static bool split_options_missing(value v)
{
    return value_is_null(v) || value_is_text(v, "");
}

static bool split_options(struct interp *in, value v, unsigned *ret)
{
    value number;
    if (!value_convert(in, v, type_find("System.Management.Automation.SplitOptions", 41), &number))
        return false;
    return *ret = (unsigned)number.i, true;
}

static bool read_options(struct interp *in, value right, struct split *split, value *ret_pattern)
{
    *ret_pattern = right;
    if (!operate_right_fits(in, TOK_ISPLIT, right))
        return false;
    if (!value_enumerable(right))
        return true;
    struct array *parts = right.array;
    *ret_pattern = parts->items[0];
    if (parts->count > 1 && !value_to_long(in, parts->items[1], &split->most))
        return false;
    return parts->count < 3 || split_options_missing(parts->items[2]) ||
           split_options(in, parts->items[2], &split->options);
}

static unsigned regex_options(unsigned options, unsigned result)
{
    static const struct {
        unsigned split, regex;
    } map[] = {{SPLIT_SIMPLE, REGEX_LITERAL},          {SPLIT_PATTERN_SPACE, REGEX_SPACE},
               {SPLIT_MULTILINE, REGEX_MULTILINE},     {SPLIT_SINGLELINE, REGEX_SINGLELINE},
               {SPLIT_IGNORE_CASE, REGEX_IGNORE_CASE}, {SPLIT_EXPLICIT, REGEX_EXPLICIT}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (options & map[i].split)
            result |= map[i].regex;
    return result;
}

static bool split_item(struct interp *in, struct split *split, value item)
{
    value text;
    size_t first = split->out->count;
    if (!open_texts(in, item, &split->pattern, false, &text, &split->regex))
        return false;
    bool ok = split->most == -1 ? list_add(in, split->out, text)
                                : split_text(in, split, text) && join_left(in, split, first, text);
    regex_close(in, split->regex);
    value_drop(text);
    return ok;
}

static bool split_each(struct interp *in, struct split *split, value left)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    value_walk_start(&walk, left);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = split_item(in, split, item);
        value_drop(item);
    }
    return ok;
}

// A block is asked about each character, as $_; those it says yes to separate.
static bool separates(struct interp *in, value block, const char *at, size_t size, bool *ret)
{
    value letter, answer;
    if (!string_new(in, at, size, &letter))
        return false;
    bool ok = in->call_block(in, block, letter, &answer);
    value_drop(letter);
    if (!ok)
        return false;
    *ret = value_truth(answer);
    return value_drop(answer), true;
}

static bool is_inner_byte(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static bool split_text_by_block(struct interp *in, struct split *split, value block, value text)
{
    const char *at = value_text(text);
    size_t size = text.string->size, start = 0, next;
    int64_t pieces = 1;
    bool yes;
    for (size_t i = 0; i < size && (split->most <= 0 || pieces < split->most); i = next) {
        for (next = i + 1; next < size && is_inner_byte(at[next]);)
            next++;
        if (!separates(in, block, at + i, next - i, &yes))
            return false;
        if (!yes)
            continue;
        if (!list_add_text(in, split->out, at + start, i - start))
            return false;
        start = next;
        pieces++;
    }
    return list_add_text(in, split->out, at + start, size - start);
}

// With a negative limit from the right, where the block is asked first.
static bool split_text_from_right(struct interp *in, struct split *split, value block, value text)
{
    const char *at = value_text(text);
    size_t end = text.string->size, first = split->out->count, from;
    int64_t pieces = 1;
    bool yes;
    for (size_t i = end; i && pieces < -split->most; i = from) {
        for (from = i - 1; from && is_inner_byte(at[from]);)
            from--;
        if (!separates(in, block, at + from, i - from, &yes))
            return false;
        if (!yes)
            continue;
        if (!list_add_text(in, split->out, at + i, end - i))
            return false;
        end = from;
        pieces++;
    }
    if (!list_add_text(in, split->out, at, end))
        return false;
    for (size_t low = first, high = split->out->count - 1; low < high; low++, high--) {
        value kept = split->out->items[low];
        split->out->items[low] = split->out->items[high];
        split->out->items[high] = kept;
    }
    return true;
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
            ok = (split->most < 0 ? split_text_from_right : split_text_by_block)(in, split, block, text),
            value_drop(text);
    }
    ok = ok && take_strings(in, list, ret);
    value_drop(list);
    return ok;
}

static bool split_by_pattern(struct interp *in, value left, struct split *split, value *ret)
{
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    split->out = list.array;
    bool ok = split_each(in, split, left) && take_strings(in, list, ret);
    value_drop(list);
    return ok;
}

bool operate_split(struct interp *in, value left, value right, bool case_sensitive, value *ret)
{
    struct split split = {0};
    value pattern;
    if (!read_options(in, right, &split, &pattern))
        return false;
    if (pattern.kind == V_SCRIPTBLOCK && in->call_block)
        return split_by_block(in, left, pattern, &split, ret);
    if (!pattern_of(in, pattern, case_sensitive, &split.pattern))
        return false;
    split.pattern.options = regex_options(split.options, split.pattern.options);
    bool ok = split_by_pattern(in, left, &split, ret);
    value_drop(split.pattern.text);
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
            ok = list_add_text(in, list.array, "", 0);
        for (at += strspn(at, blanks); ok && *at; at += strspn(at, blanks)) {
            size_t size = strcspn(at, blanks);
            ok = list_add_text(in, list.array, at, size);
            at += size;
        }
        value_drop(text);
    }
    ok = ok && take_strings(in, list, ret);
    value_drop(list);
    return ok;
}

// --- What an operator asks of its right side

// What cannot be the number of pieces or the options is refused without saying by which conversion.
static bool split_part_fits(struct interp *in, bool converted, value part)
{
    if (converted)
        return true;
    value_set(&in->thrown, value_null);
    return throw_error(in, "RuntimeException", CAT_NotSpecified, part,
                       "-split takes a separator, the most pieces and options.");
}

static bool split_options_fit(struct interp *in, value right, value options)
{
    unsigned number = 0;
    if (split_options_missing(options))
        return true;
    if (right.array->items[0].kind == V_SCRIPTBLOCK)
        return throw_error(in, "InvalidSplitOptionWithPredicate", CAT_ParserError, right,
                           "Options do not go with a block.");
    if (!split_part_fits(in, split_options(in, options, &number), options))
        return false;
    if (number & SPLIT_SIMPLE && number & ~(unsigned)(SPLIT_SIMPLE | SPLIT_IGNORE_CASE))
        return throw_error(in, "InvalidSplitOptionCombination", CAT_ParserError, right,
                           "SimpleMatch goes with IgnoreCase only.");
    return true;
}

static bool split_fits(struct interp *in, value right)
{
    int64_t most;
    const struct array *parts = right.array;
    if (!parts->count)
        return throw_error(in, "BadOperatorArgument", CAT_InvalidOperation, right,
                           "-split needs a separator.");
    if (parts->count > 1 && !split_part_fits(in, value_to_long(in, parts->items[1], &most), parts->items[1]))
        return false;
    return parts->count < 3 || split_options_fit(in, right, parts->items[2]);
}

bool operate_right_fits(struct interp *in, enum token_kind op, value right)
{
    if (!value_enumerable(right))
        return true;
    if (op == TOK_ISPLIT || op == TOK_CSPLIT)
        return split_fits(in, right);
    return right.array->count <= 2 || throw_error(in, "BadReplaceArgument", CAT_InvalidOperation, right,
                                                  "-replace takes a pattern and one substitute.");
}
