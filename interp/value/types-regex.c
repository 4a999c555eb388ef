// System.Text.RegularExpressions. A Regex holds at[0] its pattern, at[1] its options; a match at[0] the text,
// at[1] its start and at[2] its length in units, at[3] its groups, at[4] the Regex, at[5] the byte where the
// next one is looked for; a group at[0…2] as well, at[6] its name, at[7] whether it took part.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/regex-object.h"
#include "interp/value/types-rows.h"

enum { TEXT, START, LENGTH, GROUPS, REGEX, NEXT, NAME, SUCCESS };
#define OWN(v) AS(fields, v)->at
enum { RIGHT_TO_LEFT = 64 };

static bool open_pattern(struct interp *in, value pattern, int64_t options, struct regex_run **ret)
{
    if (value_is_null(pattern))
        return method_throw(in, &type_argument_null_exception, "The pattern must not be $null.");
    if (regex_open(in, value_text(pattern), pattern.string->size, options, ret))
        return true;
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_regex_exception, "'%s' is not a regular expression.", value_text(pattern));
}

static bool regex_make(struct interp *in, value pattern, int64_t options, value *ret)
{
    struct regex_run *run;
    if (!open_pattern(in, pattern, options, &run))
        return false;
    regex_close(run);
    if (!object_new(in, &type_regex, ret))
        return false;
    OWN(*ret)[0] = value_keep(pattern);
    return OWN(*ret)[1] = enum_value(&type_regex_options, options), true;
}

// UTF-16 units of a part of the text.
static value units(value text, size_t from, size_t to)
{
    return value_int((int32_t)(text.string->ascii ? to - from : utf8_units(value_text(text) + from, to - from)));
}

static bool fill_group(struct interp *in, const struct regex_run *run, value text, size_t n, value group)
{
    size_t start = 0, end = 0;
    bool took = regex_group(run, n, &start, &end);
    OWN(group)[TEXT] = value_keep(text);
    OWN(group)[START] = took ? units(text, 0, start) : value_int(0);
    OWN(group)[LENGTH] = took ? units(text, start, end) : value_int(0);
    OWN(group)[SUCCESS] = value_bool(took);
    const char *name = regex_group_name(run, n);
    return name ? string_text(in, name, &OWN(group)[NAME]) : string_printf(in, &OWN(group)[NAME], "%zu", n);
}

// Groups without a name come first, as .NET numbers them.
static bool add_groups(struct interp *in, const struct regex_run *run, value text, value match, bool named)
{
    for (size_t n = 1; n < regex_groups(run); n++) {
        value group;
        if ((regex_group_name(run, n) != NULL) != named)
            continue;
        if (!object_new(in, &type_group, &group))
            return false;
        bool ok = fill_group(in, run, text, n, group) && list_add(in, OWN(match)[GROUPS].array, group);
        value_drop(group);
        if (!ok)
            return false;
    }
    return true;
}

static bool failed_match(struct interp *in, value regex, value text, value *ret)
{
    if (!object_new(in, &type_match, ret))
        return false;
    OWN(*ret)[TEXT] = value_keep(text);
    OWN(*ret)[START] = OWN(*ret)[LENGTH] = value_int(0);
    OWN(*ret)[REGEX] = value_keep(regex);
    OWN(*ret)[NEXT] = value_long(-1);
    OWN(*ret)[SUCCESS] = value_false;
    return list_new(in, &type_group_collection, &OWN(*ret)[GROUPS]) &&
           string_text(in, "0", &OWN(*ret)[NAME]) && list_add(in, OWN(*ret)[GROUPS].array, *ret);
}

// The match holds itself as its group 0 only through a copy, so that no cycle of references arises.
static bool made_match(struct interp *in, const struct regex_run *run, value regex, value text, value *ret)
{
    size_t start, end;
    value whole;
    if (!object_new(in, &type_match, ret) || !fill_group(in, run, text, 0, *ret))
        return false;
    regex_group(run, 0, &start, &end);
    size_t next = end > start ? end : end + 1;
    while (next < text.string->size && (value_text(text)[next] & 0xc0) == 0x80)
        next++;
    OWN(*ret)[REGEX] = value_keep(regex);
    OWN(*ret)[NEXT] = value_long((int64_t)next);
    if (!list_new(in, &type_group_collection, &OWN(*ret)[GROUPS]) || !object_new(in, &type_group, &whole))
        return false;
    bool ok = fill_group(in, run, text, 0, whole) && list_add(in, OWN(*ret)[GROUPS].array, whole);
    value_drop(whole);
    return ok && add_groups(in, run, text, *ret, false) && add_groups(in, run, text, *ret, true);
}

static bool match_from(struct interp *in, value regex, value text, size_t from, value *ret)
{
    struct regex_run *run;
    if (!open_pattern(in, OWN(regex)[0], OWN(regex)[1].i, &run))
        return false;
    int found = regex_next(in, run, value_text(text), text.string->size, from);
    bool ok =
        found > 0 ? made_match(in, run, regex, text, ret) : !found && failed_match(in, regex, text, ret);
    regex_close(run);
    return ok;
}

static bool need_text(struct interp *in, value text)
{
    return !value_is_null(text) ||
           method_throw(in, &type_argument_null_exception, "The text must not be $null.");
}
static size_t byte_of(value text, const value *args, size_t count, size_t at)
{
    return count > at && args[at].i > 0 ? string_offset(text.string, (size_t)args[at].i) : 0;
}

METHOD(regex_match)
{
    return need_text(in, args[0]) && match_from(in, self, args[0], byte_of(args[0], args, count, 1), ret);
}
METHOD(regex_is_match)
{
    value match;
    if (!regex_match(in, self, args, count, &match))
        return false;
    *ret = OWN(match)[SUCCESS];
    return value_drop(match), true;
}
METHOD(regex_matches)
{
    struct regex_run *run;
    value text = args[0];
    if (!need_text(in, text) || !open_pattern(in, OWN(self)[0], OWN(self)[1].i, &run))
        return false;
    bool ok = list_new(in, &type_match_collection, ret);
    size_t from = byte_of(text, args, count, 1);
    for (int found = 1;
         ok && (found = regex_next(in, run, value_text(text), text.string->size, from)) != 0;) {
        value match;
        ok = found > 0 && made_match(in, run, self, text, &match);
        if (!ok)
            break;
        from = (size_t)OWN(match)[NEXT].i;
        ok = list_add(in, ret->array, match);
        value_drop(match);
    }
    regex_close(run);
    return ok;
}
METHOD(regex_count)
{
    value all;
    if (!regex_matches(in, self, args, count, &all))
        return false;
    *ret = value_int((int32_t)all.array->count);
    return value_drop(all), true;
}

// One replacement: a pattern of substitutions, or a script block that gets the match.
static bool replacement(struct interp *in, const struct regex_run *run, value regex, value text, value by,
                        struct buf *out)
{
    value match, result, result_text;
    if (by.kind == V_STRING)
        return regex_substitute(run, value_text(text), text.string->size, value_text(by), by.string->size,
                                out),
               true;
    if (!made_match(in, run, regex, text, &match))
        return false;
    bool ok = in->invoke_block && in->invoke_block(in, by, match, &match, 1, &result);
    value_drop(match);
    if (!ok)
        return false;
    ok = value_to_string(in, result, &result_text);
    value_drop(result);
    if (!ok)
        return false;
    buf_add(out, value_text(result_text), result_text.string->size);
    return value_drop(result_text), true;
}
static bool replace(struct interp *in, value regex, value text, value by, int64_t most, size_t from,
                    value *ret)
{
    struct regex_run *run;
    struct buf out = {.limit = in->string_limit};
    size_t copied = 0, start = 0, end = 0;
    if (!need_text(in, text) || !open_pattern(in, OWN(regex)[0], OWN(regex)[1].i, &run))
        return false;
    bool ok = true;
    int found = 1;
    while (ok && most-- && (found = regex_next(in, run, value_text(text), text.string->size, from)) > 0) {
        regex_group(run, 0, &start, &end);
        buf_add(&out, value_text(text) + copied, start - copied);
        ok = replacement(in, run, regex, text, by, &out);
        copied = end;
        from = end > start ? end : end + 1;
        while (from < text.string->size && (value_text(text)[from] & 0xc0) == 0x80)
            from++;
    }
    if (copied < text.string->size)
        buf_add(&out, value_text(text) + copied, text.string->size - copied);
    regex_close(run);
    if (ok && found >= 0)
        return buf_take(in, &out, ret);
    return buf_free(&out), false;
}
METHOD(regex_replace)
{
    return replace(in, self, args[0], args[1], count > 2 ? args[2].i : -1, byte_of(args[0], args, count, 3),
                   ret);
}

static bool add_slice(struct interp *in, value list, const char *text, size_t size)
{
    value piece;
    if (!string_new(in, text, size, &piece))
        return false;
    bool ok = list_add(in, list.array, piece);
    return value_drop(piece), ok;
}
static bool split_all(struct interp *in, struct regex_run *run, value text, int64_t most, value list)
{
    const char *at = value_text(text);
    size_t from = 0, copied = 0, start, end;
    int found = 0;
    while (--most && (found = regex_next(in, run, at, text.string->size, from)) > 0) {
        regex_group(run, 0, &start, &end);
        if (!add_slice(in, list, at + copied, start - copied))
            return false;
        copied = end;
        from = end > start ? end : end + 1;
        for (size_t n = 1; n < regex_groups(run); n++)
            if (regex_group(run, n, &start, &end) && !add_slice(in, list, at + start, end - start))
                return false;
    }
    return found >= 0 && add_slice(in, list, at + copied, text.string->size - copied);
}
METHOD(regex_split)
{
    struct regex_run *run;
    value list;
    if (!need_text(in, args[0]) || !open_pattern(in, OWN(self)[0], OWN(self)[1].i, &run))
        return false;
    bool ok = list_new(in, NULL, &list) && split_all(in, run, args[0], count > 1 ? args[1].i : 0, list) &&
              array_of(in, STR, list.array->count, ret);
    for (size_t i = 0; ok && i < list.array->count; i++)
        ret->array->items[i] = value_keep(list.array->items[i]);
    regex_close(run);
    return value_drop(list), ok;
}
static bool group_numbers(struct interp *in, value self, bool names, value *ret)
{
    struct regex_run *run;
    value empty;
    if (!open_pattern(in, OWN(self)[0], OWN(self)[1].i, &run))
        return false;
    bool ok = string_text(in, "", &empty) && array_of(in, names ? STR : I32, regex_groups(run), ret);
    size_t at = 0;
    for (int named = 0; ok && named < 2; named++)
        for (size_t n = 0; ok && n < regex_groups(run); n++) {
            const char *name = regex_group_name(run, n);
            if ((name != NULL) != named)
                continue;
            if (!names)
                ret->array->items[at] = value_int((int32_t)at);
            else
                ok = name ? string_text(in, name, &ret->array->items[at])
                          : string_printf(in, &ret->array->items[at], "%zu", n);
            at++;
        }
    regex_close(run);
    return value_drop(empty), ok;
}
METHOD(regex_names)
{
    return UNUSED, group_numbers(in, self, true, ret);
}
METHOD(regex_numbers)
{
    return UNUSED, group_numbers(in, self, false, ret);
}
bool regex_to_string(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_keep(OWN(self)[0]), true;
}
static bool regex_options(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = OWN(self)[1], true;
}
static bool regex_right(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_bool(OWN(self)[1].i & RIGHT_TO_LEFT), true;
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
METHOD(regex_unescape)
{
    struct buf out = BUF_INIT;
    UNUSED;
    for (const char *at = value_text(args[0]); *at; at++) {
        if (*at == '\\' && at[1])
            at++, buf_add_char(&out, *at == 'n' ? '\n' : *at == 't' ? '\t' : *at == 'r' ? '\r' : *at);
        else
            buf_add_char(&out, *at);
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
const struct type_members full_regex = {regex_methods, regex_statics, regex_constructors, NULL, true};

// --- Match, Group, Capture
// -----------------------------------------------------------------------------------------------

bool capture_to_string(struct interp *in, value self, value *ret)
{
    return string_slice(in, OWN(self)[TEXT].string, (size_t)OWN(self)[START].i, (size_t)OWN(self)[LENGTH].i,
                        ret);
}
#define FIELD(name, n)                                                                                       \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(OWN(self)[n]), true;                                              \
    }
FIELD(group_index, START)
FIELD(group_length, LENGTH)
FIELD(group_name_text, NAME)
FIELD(group_success, SUCCESS)
FIELD(match_groups, GROUPS)
static bool captures(struct interp *in, value self, value *ret)
{
    if (!list_new(in, &type_capture_collection, ret))
        return false;
    return !OWN(self)[SUCCESS].b || list_add(in, ret->array, self);
}
const struct property capture_properties[] = {
    {"Index", group_index, NULL}, {"Length", group_length, NULL}, {"Value", capture_to_string, NULL}, {0}};
const struct property group_properties[] = {
    {"Success", group_success, NULL}, {"Name", group_name_text, NULL}, {"Captures", captures, NULL}, {0}};
const struct property match_properties[] = {{"Groups", match_groups, NULL}, {0}};
METHOD(next)
{
    UNUSED;
    if (OWN(self)[NEXT].i < 0)
        return *ret = value_keep(self), true;
    return match_from(in, OWN(self)[REGEX], OWN(self)[TEXT], (size_t)OWN(self)[NEXT].i, ret);
}
METHOD(result)
{
    struct regex_run *run;
    struct buf out = BUF_INIT;
    UNUSED;
    value text = OWN(self)[TEXT], regex = OWN(self)[REGEX];
    if (!open_pattern(in, OWN(regex)[0], OWN(regex)[1].i, &run))
        return false;
    int found = regex_next(in, run, value_text(text), text.string->size,
                           string_offset(text.string, (size_t)OWN(self)[START].i));
    if (found > 0)
        regex_substitute(run, value_text(text), text.string->size, value_text(args[0]), args[0].string->size,
                         &out);
    regex_close(run);
    return found > 0 && buf_take(in, &out, ret);
}
static const struct method match_methods[] = {
    {"NextMatch", next, &type_match}, {"Result", result, STR, P(STR)}, {0}};
const struct type_members full_match = {match_methods, NULL, NULL, NULL, false};

// Groups by number or name; one that is not there has not taken part.
bool group_at(struct interp *in, value groups, value key, value *ret)
{
    for (size_t i = 0; i < groups.array->count; i++) {
        value group = groups.array->items[i], name = OWN(group)[NAME];
        bool is = key.kind == V_STRING ? !strcmp(value_text(key), value_text(name))
                                       : value_is_number(key) && (int64_t)i == key.i;
        if (is)
            return *ret = value_keep(group), true;
    }
    if (!object_new(in, &type_group, ret))
        return false;
    OWN(*ret)[TEXT] = value_keep(OWN(groups.array->items[0])[TEXT]);
    OWN(*ret)[START] = OWN(*ret)[LENGTH] = value_int(0);
    OWN(*ret)[SUCCESS] = value_false;
    return value_to_string(in, key, &OWN(*ret)[NAME]);
}
METHOD(group_item)
{
    return UNUSED, group_at(in, self, args[0], ret);
}
static const struct method group_collection_methods[] = {{"get_Item", group_item, OBJ, P(OBJ)}, {0}};
const struct type_members full_group_collection = {group_collection_methods, NULL, NULL, NULL, false};
