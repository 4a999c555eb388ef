// Match, Group and Capture, and their collections.
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/regex-object.h"
#include "interp/value/types-rows.h"

static size_t unit_at(struct unit_cursor *cursor, size_t byte)
{
    const struct string *text = cursor->text.string;
    if (text->ascii)
        return byte;
    if (byte < cursor->byte)
        cursor->byte = cursor->unit = 0;
    cursor->unit += utf8_units(text->text + cursor->byte, byte - cursor->byte);
    return cursor->byte = byte, cursor->unit;
}

static void place(struct unit_cursor *cursor, size_t start, size_t end, value object)
{
    size_t first = unit_at(cursor, start);
    FIELDS(object)[OF_TEXT] = value_keep(cursor->text);
    FIELDS(object)[OF_START] = value_int((int32_t)first);
    FIELDS(object)[OF_LENGTH] = value_int((int32_t)(unit_at(cursor, end) - first));
}

static bool fill_group(struct interp *in, const struct regex *run, struct unit_cursor *cursor, size_t n,
                       value group)
{
    size_t start = 0, end = 0;
    bool took = regex_group(run, n, &start, &end);
    place(cursor, start, end, group);
    FIELDS(group)[OF_SUCCESS] = value_bool(took);
    return regex_group_name(in, run, n, &FIELDS(group)[OF_NAME]);
}

static bool add_capture(struct interp *in, struct unit_cursor *cursor, size_t start, size_t end, value list)
{
    value capture;
    if (!object_new(in, &type_capture, &capture))
        return false;
    place(cursor, start, end, capture);
    return list_take(in, list.array, capture);
}

// Only where there is more than one: a group is its own single capture.
static bool fill_captures(struct interp *in, const struct regex *run, struct unit_cursor *cursor, size_t n,
                          value group)
{
    size_t state = SIZE_MAX, start, end, count = 0;
    while (regex_capture(run, n, &state, &start, &end))
        count++;
    if (count < 2)
        return true;
    value list;
    if (!list_new(in, &type_capture_collection, &list))
        return false;
    FIELDS(group)[OF_CAPTURES] = list;
    for (state = SIZE_MAX; regex_capture(run, n, &state, &start, &end);)
        if (!add_capture(in, cursor, start, end, list))
            return false;
    for (size_t i = 0; i < count / 2; i++) { // oldest first
        value other = list.array->items[i];
        list.array->items[i] = list.array->items[count - 1 - i];
        list.array->items[count - 1 - i] = other;
    }
    return true;
}

static bool add_group(struct interp *in, const struct regex *run, struct unit_cursor *cursor, size_t n,
                      value match)
{
    value group;
    if (!object_new(in, &type_group, &group))
        return false;
    bool ok = fill_group(in, run, cursor, n, group) && fill_captures(in, run, cursor, n, group) &&
              list_add(in, FIELDS(match)[OF_GROUPS].array, group);
    return value_drop(group), ok;
}

bool match_failed(struct interp *in, value regex, value text, value *ret)
{
    value group;
    if (!object_new(in, &type_match, ret))
        return false;
    FIELDS(*ret)[OF_TEXT] = value_keep(text);
    FIELDS(*ret)[OF_START] = FIELDS(*ret)[OF_LENGTH] = value_int(0);
    FIELDS(*ret)[OF_REGEX] = value_keep(regex);
    FIELDS(*ret)[OF_NEXT] = value_long(-1);
    FIELDS(*ret)[OF_SUCCESS] = value_false;
    bool ok = string_text(in, "0", &FIELDS(*ret)[OF_NAME]) &&
              list_new(in, &type_group_collection, &FIELDS(*ret)[OF_GROUPS]) &&
              object_new(in, &type_group, &group);
    if (!ok)
        return value_drop(*ret), false;
    FIELDS(group)[OF_TEXT] = value_keep(text);
    FIELDS(group)[OF_START] = FIELDS(group)[OF_LENGTH] = value_int(0);
    FIELDS(group)[OF_SUCCESS] = value_false;
    FIELDS(group)[OF_NAME] = value_keep(FIELDS(*ret)[OF_NAME]);
    return list_take(in, FIELDS(*ret)[OF_GROUPS].array, group) || (value_drop(*ret), false);
}

// Group 0 is a copy of the match, so that no cycle of references arises.
bool match_make(struct interp *in, struct regex *run, value regex, value text, struct unit_cursor *cursor,
                value *ret)
{
    struct unit_cursor own = {.text = text};
    if (!cursor)
        cursor = &own;
    if (!object_new(in, &type_match, ret))
        return false;
    bool ok = fill_group(in, run, cursor, 0, *ret);
    FIELDS(*ret)[OF_REGEX] = value_keep(regex);
    FIELDS(*ret)[OF_NEXT] = value_long((int64_t)regex_after(run, value_text(text), text.string->size));
    ok = ok && list_new(in, &type_group_collection, &FIELDS(*ret)[OF_GROUPS]);
    for (size_t n = 0; ok && n < regex_groups(run); n++)
        ok = add_group(in, run, cursor, n, *ret);
    return ok || (value_drop(*ret), false);
}

bool capture_to_string(struct interp *in, value self, value *ret)
{
    if (FIELDS(self)[OF_TEXT].kind != V_STRING)
        return string_text(in, "", ret);
    return string_slice(in, FIELDS(self)[OF_TEXT].string, (size_t)FIELDS(self)[OF_START].i,
                        (size_t)FIELDS(self)[OF_LENGTH].i, ret);
}

#define FIELD(name, n)                                                                                       \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(FIELDS(self)[n]), true;                                           \
    }
FIELD(capture_index, OF_START)
FIELD(capture_length, OF_LENGTH)
FIELD(group_name, OF_NAME)
FIELD(group_success, OF_SUCCESS)
FIELD(match_groups, OF_GROUPS)
#undef FIELD

static bool captures(struct interp *in, value self, value *ret)
{
    value list = FIELDS(self)[OF_CAPTURES];
    if (self.object->type == &type_group && list.kind == V_LIST)
        return *ret = value_keep(list), true;
    if (!list_new(in, &type_capture_collection, ret))
        return false;
    return !FIELDS(self)[OF_SUCCESS].b || list_add(in, ret->array, self);
}

const struct property capture_properties[] = {{"Index", capture_index, NULL},
                                              {"Length", capture_length, NULL},
                                              {"Value", capture_to_string, NULL},
                                              {0}};
const struct property group_properties[] = {
    {"Success", group_success, NULL}, {"Name", group_name, NULL}, {"Captures", captures, NULL}, {0}};
const struct property match_properties[] = {{"Groups", match_groups, NULL}, {0}};

METHOD(next)
{
    UNUSED;
    if (FIELDS(self)[OF_NEXT].i < 0)
        return *ret = value_keep(self), true;
    return regex_match_from(in, FIELDS(self)[OF_REGEX], FIELDS(self)[OF_TEXT],
                            (size_t)FIELDS(self)[OF_NEXT].i, ret);
}

METHOD(result)
{
    struct regex *run;
    struct buf out = BUF_INIT;
    UNUSED;
    value text = FIELDS(self)[OF_TEXT];
    if (!FIELDS(self)[OF_SUCCESS].b)
        return method_throw(in, &type_not_supported_exception, "There is no match.");
    if (!regex_run(in, FIELDS(self)[OF_REGEX], text, &run))
        return false;
    size_t start =
        (size_t)FIELDS(self)[OF_START].i + (regex_runs_left(run) ? (size_t)FIELDS(self)[OF_LENGTH].i : 0);
    int found = regex_next(in, run, value_text(text), text.string->size, string_offset(text.string, start));
    if (found > 0)
        regex_substitute(run, value_text(text), text.string->size, value_text(args[0]), args[0].string->size,
                         &out);
    regex_close(in, run);
    return found > 0 ? buf_take(in, &out, ret) : found == 0 && string_text(in, "", ret);
}

static const struct method match_methods[] = {
    {"NextMatch", next, &type_match}, {"Result", result, STR, P(STR)}, {0}};
const struct type_members full_match = {match_methods, NULL, NULL, NULL};

static bool is_key(value group, value key, size_t at)
{
    value name = FIELDS(group)[OF_NAME];
    char number[16];
    if (key.kind == V_STRING)
        return !strcmp(value_text(key), value_text(name));
    snprintf(number, sizeof number, "%lld", (long long)key.i);
    return value_is_number(key) && (!strcmp(value_text(name), number) || (int64_t)at == key.i);
}

// Groups by number or name; one that is not there has not taken part.
bool group_at(struct interp *in, value groups, value key, value *ret)
{
    for (size_t i = 0; i < groups.array->count; i++)
        if (is_key(groups.array->items[i], key, i))
            return *ret = value_keep(groups.array->items[i]), true;
    if (!object_new(in, &type_group, ret))
        return false;
    FIELDS(*ret)[OF_TEXT] = value_keep(FIELDS(groups.array->items[0])[OF_TEXT]);
    FIELDS(*ret)[OF_START] = FIELDS(*ret)[OF_LENGTH] = value_int(0);
    FIELDS(*ret)[OF_SUCCESS] = value_false;
    return string_text(in, "", &FIELDS(*ret)[OF_NAME]);
}

METHOD(group_item)
{
    return UNUSED, group_at(in, self, args[0], ret);
}
METHOD(group_has)
{
    UNUSED;
    *ret = value_false;
    for (size_t i = 0; i < self.array->count; i++)
        if (is_key(self.array->items[i], args[0], SIZE_MAX))
            *ret = value_true;
    return true;
}
static const struct method group_collection_methods[] = {
    {"get_Item", group_item, OBJ, P(OBJ)}, {"ContainsKey", group_has, BOOLEAN, P(STR)}, {0}};
const struct type_members full_group_collection = {group_collection_methods, NULL, NULL, NULL};
