// System.Text.RegularExpressions.Regex.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/regex-object.h"
#include "interp/value/types-rows.h"

static bool bad_pattern(struct interp *in, value pattern)
{
    if (!value_is_null(in->thrown))
        return false;
    return method_throw(in, &type_regex_exception, "'%s' is not a regular expression.", value_text(pattern));
}

bool regex_run(struct interp *in, value regex, value text, struct regex **ret)
{
    const struct string *subject = text.kind == V_STRING ? text.string : NULL;
    value pattern = FIELDS(regex)[0];
    if (!regex_open(in, pattern.string, (unsigned)FIELDS(regex)[1].i, subject, ret))
        return bad_pattern(in, pattern);
    return regex_keep_captures(*ret), true;
}

static bool regex_make(struct interp *in, value pattern, int64_t options, value *ret)
{
    struct regex *run;
    if (value_is_null(pattern))
        return method_throw(in, &type_argument_null_exception, "The pattern must not be $null.");
    if (options < 0 || options > 2047)
        return method_throw(in, &type_argument_range_exception, "There are no such options.");
    if (!object_new(in, &type_regex, ret))
        return false;
    FIELDS(*ret)[0] = value_keep(pattern);
    FIELDS(*ret)[1] = enum_value(&type_regex_options, options);
    if (!regex_run(in, *ret, pattern, &run)) // any text will do
        return value_drop(*ret), false;
    return regex_close(in, run), true;
}

static bool need_text(struct interp *in, value text)
{
    return !value_is_null(text) ||
           method_throw(in, &type_argument_null_exception, "The text must not be $null.");
}

bool regex_match_from(struct interp *in, value regex, value text, size_t from, value *ret)
{
    struct regex *run;
    if (!regex_run(in, regex, text, &run))
        return false;
    int found = regex_next(in, run, value_text(text), text.string->size, from);
    bool ok = found > 0 ? match_make(in, run, regex, text, NULL, ret)
                        : !found && match_failed(in, regex, text, ret);
    regex_close(in, run);
    return ok;
}

// The byte to begin at: args[at] in units, or the end that the direction begins with.
static bool first_byte(struct interp *in, value self, const value *args, size_t count, size_t at, size_t *ret)
{
    const struct string *text = args[0].string;
    if (count <= at)
        return *ret = FIELDS(self)[1].i & REGEX_RIGHT_TO_LEFT ? text->size : 0, true;
    if (args[at].i < 0 || args[at].i > text->units)
        return method_throw(in, &type_argument_range_exception, "The position lies outside of the text.");
    return *ret = string_offset(text, (size_t)args[at].i), true;
}

METHOD(regex_match)
{
    size_t from;
    return need_text(in, args[0]) && first_byte(in, self, args, count, 1, &from) &&
           regex_match_from(in, self, args[0], from, ret);
}
METHOD(regex_is_match)
{
    struct regex *run;
    size_t from;
    if (!need_text(in, args[0]) || !first_byte(in, self, args, count, 1, &from) ||
        !regex_run(in, self, args[0], &run))
        return false;
    int found = regex_next(in, run, value_text(args[0]), args[0].string->size, from);
    regex_close(in, run);
    return *ret = value_bool(found > 0), found >= 0;
}

static bool add_match(struct interp *in, struct regex *run, value self, struct unit_cursor *cursor,
                      value list)
{
    value match;
    if (!match_make(in, run, self, cursor->text, cursor, &match))
        return false;
    return list_take(in, list.array, match);
}
METHOD(regex_matches)
{
    struct regex *run;
    struct unit_cursor cursor = {.text = args[0]};
    size_t from;
    int found = 1;
    if (!need_text(in, args[0]) || !first_byte(in, self, args, count, 1, &from) ||
        !regex_run(in, self, args[0], &run))
        return false;
    const char *text = value_text(args[0]);
    size_t size = args[0].string->size;
    bool ok = list_new(in, &type_match_collection, ret);
    while (ok && (found = regex_next(in, run, text, size, from)) > 0) {
        ok = add_match(in, run, self, &cursor, *ret);
        from = regex_after(run, text, size);
    }
    regex_close(in, run);
    if (ok && found < 0)
        value_drop(*ret);
    return ok && found >= 0;
}
METHOD(regex_count)
{
    value all;
    if (!regex_matches(in, self, args, count, &all))
        return false;
    *ret = value_int((int32_t)all.array->count);
    return value_drop(all), true;
}

// --- Replace

struct replacement {
    value regex, text, by;
    struct unit_cursor cursor;
    bool dollar; // the block is -replace's: it gets the match as $_ alone
};

static bool ask_block(struct interp *in, const struct replacement *what, value match, value *ret)
{
    if (what->dollar)
        return in->call_block && in->call_block(in, what->by, match, ret);
    return in->invoke_block && in->invoke_block(in, what->by, match, &match, 1, ret);
}

// One replacement: a pattern of substitutions, or what a script block makes of the match.
static bool add_replacement(struct interp *in, struct regex *run, struct replacement *what, struct buf *out)
{
    value match, result;
    const struct string *text = what->text.string;
    if (what->by.kind == V_STRING)
        return regex_substitute(run, text->text, text->size, value_text(what->by), what->by.string->size,
                                out),
               true;
    if (!match_make(in, run, what->regex, what->text, &what->cursor, &match))
        return false;
    bool ok = ask_block(in, what, match, &result);
    value_drop(match);
    if (!ok)
        return false;
    ok = value_add_string(in, out, result);
    return value_drop(result), ok;
}

// From the right: each piece goes in front of what is done already.
static bool replace_left(struct interp *in, struct regex *run, struct replacement *what, int64_t most,
                         size_t from, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    const struct string *text = what->text.string;
    size_t copied = text->size, start = 0, end = 0;
    bool ok = true;
    value result = string_static(in, "");
    int found = 0;
    while (ok && most-- && (found = regex_next(in, run, text->text, text->size, from)) > 0) {
        regex_group(run, 0, &start, &end);
        from = regex_after(run, text->text, text->size);
        buf_clear(&out);
        ok = add_replacement(in, run, what, &out);
        buf_add(&out, text->text + end, copied - end);
        buf_add(&out, value_text(result), result.string->size);
        copied = start;
        value_drop(result);
        ok = ok && string_new(in, buf_text(&out), out.size, &result);
        if (!ok)
            result = value_null;
    }
    ok = ok && found >= 0;
    buf_clear(&out);
    if (ok) {
        buf_add(&out, text->text, copied);
        buf_add(&out, value_text(result), result.string->size);
    }
    value_drop(result);
    return ok ? buf_take(in, &out, ret) : (buf_free(&out), false);
}

static bool replace_right(struct interp *in, struct regex *run, struct replacement *what, int64_t most,
                          size_t from, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    const struct string *text = what->text.string;
    size_t copied = 0, start = 0, end = 0;
    bool ok = true;
    int found = 0;
    while (ok && most-- && !out.failed && (found = regex_next(in, run, text->text, text->size, from)) > 0) {
        regex_group(run, 0, &start, &end);
        from = regex_after(run, text->text, text->size);
        buf_add(&out, text->text + copied, start - copied);
        ok = add_replacement(in, run, what, &out);
        copied = end;
    }
    if (!ok || found < 0)
        return buf_free(&out), false;
    buf_add(&out, text->text + copied, text->size - copied);
    return buf_take(in, &out, ret);
}

static bool replace(struct interp *in, struct regex *run, struct replacement *what, int64_t most, size_t from,
                    value *ret)
{
    what->cursor = (struct unit_cursor){.text = what->text};
    return (regex_runs_left(run) ? replace_left : replace_right)(in, run, what, most, from, ret);
}

METHOD(regex_replace)
{
    struct regex *run;
    size_t from;
    if (!need_text(in, args[0]) || !need_text(in, args[1]) || !first_byte(in, self, args, count, 3, &from) ||
        !regex_run(in, self, args[0], &run))
        return false;
    struct replacement what = {.regex = self, .text = args[0], .by = args[1]};
    bool ok = replace(in, run, &what, count > 2 ? args[2].i : -1, from, ret);
    return regex_close(in, run), ok;
}

bool regex_replace_by_block(struct interp *in, struct regex *regex, value text, value block, value *ret)
{
    struct replacement what = {.regex = value_null, .text = text, .by = block, .dollar = true};
    regex_keep_captures(regex);
    return replace(in, regex, &what, -1, regex_runs_left(regex) ? text.string->size : 0, ret);
}

// --- Split

static bool add_groups(struct interp *in, const struct regex *run, const char *text, value list)
{
    size_t start, end;
    for (size_t n = 1; n < regex_groups(run); n++)
        if (regex_group(run, n, &start, &end) && !list_add_text(in, list.array, text + start, end - start))
            return false;
    return true;
}
static bool split_all(struct interp *in, struct regex *run, value text, int64_t most, value list)
{
    const char *at = value_text(text);
    size_t size = text.string->size, from = 0, copied = 0, start, end;
    int found = 0;
    while (--most && (found = regex_next(in, run, at, size, from)) > 0) {
        regex_group(run, 0, &start, &end);
        if (!list_add_text(in, list.array, at + copied, start - copied) || !add_groups(in, run, at, list))
            return false;
        copied = end;
        from = regex_after(run, at, size);
    }
    return found >= 0 && list_add_text(in, list.array, at + copied, size - copied);
}
static bool strings_of(struct interp *in, value list, value *ret)
{
    if (!array_of(in, STR, list.array->count, ret))
        return false;
    for (size_t i = 0; i < list.array->count; i++)
        ret->array->items[i] = value_keep(list.array->items[i]);
    return true;
}
METHOD(regex_split)
{
    struct regex *run;
    value list;
    if (!need_text(in, args[0]) || !list_new(in, NULL, &list))
        return false;
    bool ok = regex_run(in, self, args[0], &run);
    if (ok) {
        ok = split_all(in, run, args[0], count > 1 ? args[1].i : 0, list) && strings_of(in, list, ret);
        regex_close(in, run);
    }
    return value_drop(list), ok;
}

// --- What a Regex tells of itself

static bool all_groups(struct interp *in, value self, bool names, value *ret)
{
    struct regex *run;
    if (!regex_run(in, self, FIELDS(self)[0], &run))
        return false;
    bool ok = array_of(in, names ? STR : I32, regex_groups(run), ret);
    for (size_t n = 0; ok && n < regex_groups(run); n++) {
        if (names)
            ok = regex_group_name(in, run, n, &ret->array->items[n]);
        else
            ret->array->items[n] = value_int(regex_group_number(run, n));
    }
    return regex_close(in, run), ok;
}
METHOD(regex_names)
{
    return UNUSED, all_groups(in, self, true, ret);
}
METHOD(regex_numbers)
{
    return UNUSED, all_groups(in, self, false, ret);
}
static bool find_group(struct interp *in, value self, value key, value *ret_name, value *ret_number)
{
    value names, numbers;
    if (!all_groups(in, self, true, &names))
        return false;
    if (!all_groups(in, self, false, &numbers))
        return value_drop(names), false;
    for (size_t i = 0; i < names.array->count; i++) {
        value name = names.array->items[i], number = numbers.array->items[i];
        if (key.kind == V_STRING ? strcmp(value_text(key), value_text(name)) : key.i != number.i)
            continue;
        value_set(ret_name, name);
        *ret_number = number;
    }
    value_drop(names);
    return value_drop(numbers), true;
}
METHOD(name_of_number)
{
    value number;
    UNUSED;
    return string_text(in, "", ret) && find_group(in, self, args[0], ret, &number);
}
METHOD(number_of_name)
{
    value name = value_null;
    UNUSED;
    *ret = value_int(-1);
    bool ok = find_group(in, self, args[0], &name, ret);
    return value_drop(name), ok;
}
bool regex_to_string(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_keep(FIELDS(self)[0]), true;
}
static bool regex_options(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = FIELDS(self)[1], true;
}
static bool regex_right(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_bool(FIELDS(self)[1].i & REGEX_RIGHT_TO_LEFT), true;
}
static bool no_timeout(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_span(-10000), true;
}
const struct property regex_properties[] = {{"Options", regex_options, NULL},
                                            {"RightToLeft", regex_right, NULL},
                                            {"MatchTimeout", no_timeout, NULL},
                                            {0}};

#define BLOCK &type_scriptblock
#define OPTIONS &type_regex_options
static const struct method regex_methods[] = {{"Match", regex_match, &type_match, P(STR)},
                                              {"Match", regex_match, &type_match, P(STR, I32)},
                                              {"Matches", regex_matches, &type_match_collection, P(STR)},
                                              {"Matches", regex_matches, &type_match_collection, P(STR, I32)},
                                              {"IsMatch", regex_is_match, BOOLEAN, P(STR)},
                                              {"IsMatch", regex_is_match, BOOLEAN, P(STR, I32)},
                                              {"Replace", regex_replace, STR, P(STR, STR)},
                                              {"Replace", regex_replace, STR, P(STR, STR, I32)},
                                              {"Replace", regex_replace, STR, P(STR, STR, I32, I32)},
                                              {"Replace", regex_replace, STR, P(STR, BLOCK)},
                                              {"Replace", regex_replace, STR, P(STR, BLOCK, I32)},
                                              {"Split", regex_split, STRS, P(STR)},
                                              {"Split", regex_split, STRS, P(STR, I32)},
                                              {"Count", regex_count, I32, P(STR)},
                                              {"GetGroupNames", regex_names, STRS},
                                              {"GetGroupNumbers", regex_numbers, &type_int_array},
                                              {"GroupNameFromNumber", name_of_number, STR, P(I32)},
                                              {"GroupNumberFromName", number_of_name, I32, P(STR)},
                                              {0}};

// The static methods make a Regex of their pattern; options stand last.
static bool with_regex(struct interp *in, const value *args, size_t count, size_t plain,
                       method_function *call, value *ret)
{
    value regex;
    if (!regex_make(in, args[1], count > plain ? args[count - 1].i : 0, &regex))
        return false;
    value rest[2] = {args[0], plain > 2 ? args[2] : value_null};
    bool ok = call(in, regex, rest, plain - 1, ret);
    return value_drop(regex), ok;
}
METHOD(static_match)
{
    return (void)self, with_regex(in, args, count, 2, regex_match, ret);
}
METHOD(static_matches)
{
    return (void)self, with_regex(in, args, count, 2, regex_matches, ret);
}
METHOD(static_is_match)
{
    return (void)self, with_regex(in, args, count, 2, regex_is_match, ret);
}
METHOD(static_split)
{
    return (void)self, with_regex(in, args, count, 2, regex_split, ret);
}
METHOD(static_count)
{
    return (void)self, with_regex(in, args, count, 2, regex_count, ret);
}
METHOD(static_replace)
{
    return (void)self, with_regex(in, args, count, 3, regex_replace, ret);
}
METHOD(regex_escape)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (!need_text(in, args[0]))
        return false;
    for (const char *at = value_text(args[0]); *at; at++) {
        const char *control = strchr("\nn\rr\tt\ff", *at);
        if (strchr("\\*+?|{[()^$.# ", *at))
            buf_add_char(&out, '\\'), buf_add_char(&out, *at);
        else if (control && (*at < ' '))
            buf_add_char(&out, '\\'), buf_add_char(&out, control[1]);
        else
            buf_add_char(&out, *at);
    }
    return buf_take(in, &out, ret);
}
// One escape: *io_at stands on the backslash, and then on the escape's last character.
static bool unescape(const char **io_at, struct buf *out)
{
    char c = *++*io_at, digits[5] = "";
    size_t wanted = c == 'x' ? 2 : c == 'u' ? 4 : 0;
    if (wanted) {
        strncpy(digits, *io_at + 1, wanted);
        if (strspn(digits, "0123456789abcdefABCDEF") != wanted)
            return false;
        *io_at += wanted;
        return buf_add_codepoint(out, (uint32_t)strtoul(digits, NULL, 16));
    }
    return buf_add_char(out, regex_control(c) ? regex_control(c) : c);
}
METHOD(regex_unescape)
{
    struct buf out = BUF_INIT;
    UNUSED;
    for (const char *at = value_text(args[0]); *at; at++) {
        if (*at != '\\' || !at[1])
            buf_add_char(&out, *at);
        else if (!unescape(&at, &out))
            return buf_free(&out), method_throw(in, &type_regex_exception, "There is no such escape.");
    }
    return buf_take(in, &out, ret);
}
#define STATIC(name, call, type)                                                                             \
    {name, call, type, P(STR, STR)},                                                                         \
    {                                                                                                        \
        name, call, type, P(STR, STR, OPTIONS)                                                               \
    }
static const struct method regex_statics[] = {STATIC("Match", static_match, &type_match),
                                              STATIC("Matches", static_matches, &type_match_collection),
                                              STATIC("IsMatch", static_is_match, BOOLEAN),
                                              STATIC("Split", static_split, STRS),
                                              STATIC("Count", static_count, I32),
                                              {"Replace", static_replace, STR, P(STR, STR, STR)},
                                              {"Replace", static_replace, STR, P(STR, STR, STR, OPTIONS)},
                                              {"Replace", static_replace, STR, P(STR, STR, BLOCK)},
                                              {"Replace", static_replace, STR, P(STR, STR, BLOCK, OPTIONS)},
                                              {"Escape", regex_escape, STR, P(STR)},
                                              {"Unescape", regex_unescape, STR, P(STR)},
                                              {0}};
METHOD(regex_new)
{
    return (void)self, regex_make(in, args[0], count > 1 ? args[1].i : 0, ret);
}
static const struct method regex_constructors[] = {
    {"new", regex_new, &type_regex, P(STR)}, {"new", regex_new, &type_regex, P(STR, OPTIONS)}, {0}};
const struct type_members full_regex = {regex_methods, regex_statics, regex_constructors, NULL};
