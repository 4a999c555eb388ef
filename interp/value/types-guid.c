// System.Guid and System.Version.
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

#define GUID &type_guid
METHOD(new_guid)
{
    UNUSED;
    if (!object_new(in, GUID, ret))
        return false;
    uint8_t *bytes = AS(guid, *ret)->bytes;
    if (getrandom(bytes, 16, 0) != 16)
        return value_drop(*ret),
               method_throw(in, &type_invalid_operation_exception, "No random bytes can be had.");
    bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40);
    return bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80), true;
}
METHOD(guid_parse)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return guid_new(in, args[0], ret) ||
           method_throw(in, &type_format_exception, "'%s' is not a GUID.", value_text(args[0]));
}
METHOD(guid_try_parse)
{
    value made;
    UNUSED;
    bool ok = args[0].kind == V_STRING && guid_new(in, args[0], &made);
    if (!ok && !object_new(in, GUID, &made))
        return false;
    bool set = reference_set(in, args[1], made);
    value_drop(made);
    return *ret = value_bool(ok), set;
}
// As .NET lays them out: the first three numbers have their low byte first.
static const uint8_t byte_order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
METHOD(guid_bytes)
{
    UNUSED;
    if (!array_of(in, U8, 16, ret))
        return false;
    for (size_t i = 0; i < 16; i++)
        ret->array->items[i] = (value){.kind = V_U8, .u = AS(guid, self)->bytes[byte_order[i]]};
    return true;
}
METHOD(guid_from_bytes)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    if (args[0].array->count != 16)
        return method_throw(in, &type_argument_exception, "A GUID has 16 bytes.");
    if (!object_new(in, GUID, ret))
        return false;
    for (size_t i = 0; i < 16; i++)
        AS(guid, *ret)->bytes[byte_order[i]] = (uint8_t)args[0].array->items[i].u;
    return true;
}
// Of a number, two short ones and eight bytes.
METHOD(guid_from_numbers)
{
    UNUSED;
    if (value_is_null(args[3]) || args[3].array->count != 8)
        return method_throw(in, &type_argument_exception, "Eight bytes end a GUID.");
    const value *tail = args[3].array->items;
    if (!object_new(in, GUID, ret))
        return false;
    uint8_t *bytes = AS(guid, *ret)->bytes;
    for (size_t i = 0; i < 8; i++) {
        uint64_t from = (uint64_t)args[i < 4 ? 0 : i < 6 ? 1 : 2].i;
        bytes[i] = (uint8_t)(from >> (i < 4 ? 24 - 8 * i : i & 1 ? 0 : 8));
        bytes[8 + i] = (uint8_t)tail[i].u;
    }
    return true;
}
METHOD(guid_compare)
{
    UNUSED;
    int order = memcmp(AS(guid, self)->bytes, AS(guid, args[0])->bytes, 16);
    return *ret = value_int((order > 0) - (order < 0)), true;
}
// The form that a format's letter stands for, and no other.
static bool has_form(const struct string *text, char letter)
{
    static const struct {
        char letter, open;
        size_t size;
    } forms[] = {{'N', 0, 32}, {'D', 0, 36}, {'B', '{', 38}, {'P', '(', 38}, {'X', '{', 68}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].letter == (letter & ~32))
            return text->size == forms[i].size && (!forms[i].open || text->text[0] == forms[i].open);
    return false;
}
METHOD(guid_parse_exact)
{
    UNUSED;
    if (value_is_null(args[0]) || value_is_null(args[1]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    bool fits = args[1].string->size == 1 && has_form(args[0].string, value_text(args[1])[0]);
    return (fits && guid_new(in, args[0], ret)) ||
           method_throw(in, &type_format_exception, "'%s' is not a GUID of this form.", value_text(args[0]));
}
// The first 48 bits are the time in milliseconds.
METHOD(new_ordered_guid)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    int64_t now = (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
    if (!new_guid(in, self, args, count, ret))
        return false;
    uint8_t *bytes = AS(guid, *ret)->bytes;
    for (size_t i = 0; i < 6; i++)
        bytes[i] = (uint8_t)(now >> (40 - 8 * i));
    return bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x70), true;
}
int guid_order(value a, value b)
{
    int order = memcmp(AS(guid, a)->bytes, AS(guid, b)->bytes, 16);
    return (order > 0) - (order < 0);
}
static bool guid_all_set(struct interp *in, value self, value *ret)
{
    (void)self;
    return object_new(in, GUID, ret) && (memset(AS(guid, *ret)->bytes, 0xff, 16), true);
}
static bool guid_empty(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, GUID, ret);
}
static const struct property guid_static_properties[] = {
    {"Empty", guid_empty, NULL}, {"AllBitsSet", guid_all_set, NULL}, {0}};
static const struct method guid_statics[] = {{"NewGuid", new_guid, GUID},
                                             {"CreateVersion7", new_ordered_guid, GUID},
                                             {"Parse", guid_parse, GUID, P(STR)},
                                             {"ParseExact", guid_parse_exact, GUID, P(STR, STR)},
                                             {"TryParse", guid_try_parse, BOOLEAN, P(STR, REF)},
                                             {0}};
static const struct method guid_methods[] = {
    {"ToByteArray", guid_bytes, BYTES}, {"CompareTo", guid_compare, I32, P(GUID), .names = "value"}, {0}};
static const struct method guid_constructors[] = {
    {"new", guid_from_bytes, GUID, P(BYTES), .names = "b"},
    {"new", guid_from_numbers, GUID, P(I32, I16, I16, BYTES), .names = "a b c d"},
    {"new", guid_parse, GUID, P(STR), .names = "g"},
    {0}};
const struct type_members full_guid = {guid_methods, guid_statics, guid_constructors, guid_static_properties};

#define VERSION &type_version
METHOD(version_make)
{
    UNUSED;
    if (!object_new(in, VERSION, ret))
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (i < count && args[i].i < 0)
            return value_drop(*ret),
                   method_throw(in, &type_argument_range_exception, "A part must not be negative.");
        AS(version, *ret)->parts[i] = i < count ? (int32_t)args[i].i : i < 2 ? 0 : -1;
    }
    return true;
}
METHOD(version_parse_text)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return version_new(in, args[0], ret) ||
           method_throw(in, &type_argument_exception, "'%s' is not a version.", value_text(args[0]));
}
METHOD(version_try_parse)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && version_new(in, args[0], &made);
    bool set = reference_set(in, args[1], ok ? made : value_null);
    if (ok)
        value_drop(made);
    return *ret = value_bool(ok), set;
}
METHOD(version_text)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (args[0].i < 0 || args[0].i > 4 || (args[0].i && AS(version, self)->parts[args[0].i - 1] < 0))
        return method_throw(in, &type_argument_exception, "There are not that many parts.");
    for (int64_t i = 0; i < args[0].i; i++)
        buf_printf(&out, "%s%d", i ? "." : "", AS(version, self)->parts[i]);
    return buf_take(in, &out, ret);
}
METHOD(version_order)
{
    UNUSED;
    if (value_is_null(args[0]))
        return *ret = value_int(1), true;
    int order = version_compare(self, args[0]);
    return *ret = value_int((order > 0) - (order < 0)), true;
}
METHOD(version_clone)
{
    UNUSED;
    if (!object_new(in, VERSION, ret))
        return false;
    return memcpy(AS(version, *ret)->parts, AS(version, self)->parts, sizeof AS(version, self)->parts), true;
}
static const struct method version_methods[] = {{"Clone", version_clone, OBJ},
                                                {"ToString", version_text, STR, P(I32)},
                                                {"CompareTo", version_order, I32, P(VERSION)},
                                                {0}};
static const struct method version_statics[] = {{"Parse", version_parse_text, VERSION, P(STR)},
                                                {"TryParse", version_try_parse, BOOLEAN, P(STR, REF)},
                                                {0}};
static const struct method version_constructors[] = {{"new", version_make, VERSION},
                                                     {"new", version_parse_text, VERSION, P(STR)},
                                                     {"new", version_make, VERSION, P(I32, I32)},
                                                     {"new", version_make, VERSION, P(I32, I32, I32)},
                                                     {"new", version_make, VERSION, P(I32, I32, I32, I32)},
                                                     {0}};
const struct type_members full_version = {version_methods, version_statics, version_constructors, NULL};
