// Properties of the types that the value layer defines: the adapted .NET ones, those of PowerShell's type
// data first.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/made.h"
#include "interp/value/type-facts.h"
#include "interp/value/types.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define UNUSED (void)in, (void)self

GETTER(string_length)
{
    return UNUSED, *ret = value_int((int32_t)self.string->units), true;
}
const struct property string_properties[] = {{"Length", string_length, NULL}, {0}};

GETTER(array_length)
{
    return UNUSED, *ret = value_int((int32_t)self.array->count), true;
}
GETTER(array_long_length)
{
    return UNUSED, *ret = value_long((int64_t)self.array->count), true;
}
GETTER(array_rank)
{
    return UNUSED, *ret = value_int(self.array->rank > 1 ? (int32_t)self.array->rank : 1), true;
}
GETTER(always_true)
{
    return UNUSED, *ret = value_true, true;
}
GETTER(always_false)
{
    return UNUSED, *ret = value_false, true;
}
GETTER(itself)
{
    return UNUSED, *ret = value_keep(self), true;
}
const struct property array_properties[] = {{"Count", array_length, NULL},
                                            {"Length", array_length, NULL},
                                            {"LongLength", array_long_length, NULL},
                                            {"Rank", array_rank, NULL},
                                            {"SyncRoot", itself, NULL},
                                            {"IsReadOnly", always_false, NULL},
                                            {"IsFixedSize", always_true, NULL},
                                            {"IsSynchronized", always_false, NULL},
                                            {0}};

GETTER(list_capacity)
{
    return UNUSED, *ret = value_int((int32_t)self.array->capacity), true;
}
const struct property list_properties[] = {{"Capacity", list_capacity, NULL},
                                           {"Count", array_length, NULL},
                                           {"IsFixedSize", always_false, NULL},
                                           {"IsReadOnly", always_false, NULL},
                                           {"IsSynchronized", always_false, NULL},
                                           {"SyncRoot", itself, NULL},
                                           {0}};

static bool table_side(struct interp *in, value self, bool keys, value *ret)
{
    value list;
    if (!table_side_new(in, self, keys ? &type_key_collection : &type_value_collection, &list))
        return false;
    for (size_t i = 0; i < self.table->used; i++) {
        const struct table_slot *slot = &self.table->slots[i];
        if (slot->key.kind == V_VOID)
            continue;
        if (!list_add(in, list.array, keys ? slot->key : slot->val))
            return value_drop(list), false;
    }
    return *ret = list, true;
}
GETTER(table_count)
{
    return UNUSED, *ret = value_int((int32_t)self.table->count), true;
}
GETTER(table_keys)
{
    return table_side(in, self, true, ret);
}
GETTER(table_values)
{
    return table_side(in, self, false, ret);
}
const struct property table_properties[] = {
    {"IsReadOnly", always_false, NULL},     {"IsFixedSize", always_false, NULL},
    {"IsSynchronized", always_false, NULL}, {"Keys", table_keys, NULL},
    {"Values", table_values, NULL},         {"SyncRoot", itself, NULL},
    {"Count", table_count, NULL},           {0}};
GETTER(table_empty)
{
    return UNUSED, *ret = value_bool(!self.table->count), true;
}
const struct property dictionary_properties[] = {
    {"Count", table_count, NULL}, {"Keys", table_keys, NULL}, {"Values", table_values, NULL}, {0}};
const struct property concurrent_table_properties[] = {{"IsEmpty", table_empty, NULL},
                                                       {"Count", table_count, NULL},
                                                       {"Keys", table_keys, NULL},
                                                       {"Values", table_values, NULL},
                                                       {0}};

#define PAIR(v) ((struct pair *)(v).object)
GETTER(pair_key)
{
    return UNUSED, *ret = value_keep(PAIR(self)->key), true;
}
GETTER(pair_value)
{
    return UNUSED, *ret = value_keep(PAIR(self)->val), true;
}
const struct property pair_properties[] = {
    {"Name", pair_key, NULL, .extended = true}, {"Key", pair_key, NULL}, {"Value", pair_value, NULL}, {0}};

GETTER(guid_text)
{
    return guid_to_string(in, self, ret);
}
GETTER(guid_variant)
{
    return UNUSED, *ret = value_int(((struct guid *)self.object)->bytes[8] >> 4), true;
}
GETTER(guid_version)
{
    return UNUSED, *ret = value_int(((struct guid *)self.object)->bytes[6] >> 4), true;
}
const struct property guid_properties[] = {{"Guid", guid_text, NULL, .extended = true},
                                           {"Variant", guid_variant, NULL},
                                           {"Version", guid_version, NULL},
                                           {0}};

GETTER(switch_present)
{
    return UNUSED, *ret = value_bool(self.b), true;
}
const struct property switch_properties[] = {{"IsPresent", switch_present, NULL}, {0}};

static bool formatted(struct interp *in, value self, const char *spec, value *ret)
{
    struct buf out = BUF_INIT;
    bool ok = date_format(self.i, self.aux, &in->zone, spec, strlen(spec), &out) &&
              string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}
#define PART(name, expression)                                                                               \
    GETTER(date_##name)                                                                                      \
    {                                                                                                        \
        UNUSED;                                                                                              \
        struct date_parts d;                                                                                 \
        date_split(self.i, &d);                                                                              \
        return *ret = (expression), true;                                                                    \
    }
PART(year, value_int(d.year))
PART(month, value_int(d.month))
PART(day, value_int(d.day))
PART(hour, value_int(d.hour))
PART(minute, value_int(d.minute))
PART(second, value_int(d.second))
PART(millisecond, value_int(d.fraction / (int)TICKS_PER_MILLISECOND))
PART(microsecond, value_int(d.fraction / 10 % 1000))
PART(nanosecond, value_int(d.fraction % 10 * 100))
PART(day_of_week, enum_value(&type_day_of_week, d.weekday))
PART(day_of_year, value_int(d.day_of_year))
GETTER(date_text)
{
    return formatted(in, self, "dddd, dd MMMM yyyy HH:mm:ss", ret);
}
GETTER(date_date)
{
    return UNUSED, *ret = value_date(self.i / TICKS_PER_DAY * TICKS_PER_DAY, self.aux), true;
}
GETTER(date_time)
{
    return UNUSED, *ret = value_span(self.i % TICKS_PER_DAY), true;
}
GETTER(ticks)
{
    return UNUSED, *ret = value_long(self.i), true;
}
GETTER(date_kind)
{
    return UNUSED, *ret = enum_value(&type_date_kind, self.aux), true;
}
const struct property datetime_properties[] = {{"DateTime", date_text, NULL, .extended = true},
                                               {"Date", date_date, NULL},
                                               {"Day", date_day, NULL},
                                               {"DayOfWeek", date_day_of_week, NULL},
                                               {"DayOfYear", date_day_of_year, NULL},
                                               {"Hour", date_hour, NULL},
                                               {"Kind", date_kind, NULL},
                                               {"Millisecond", date_millisecond, NULL},
                                               {"Microsecond", date_microsecond, NULL},
                                               {"Nanosecond", date_nanosecond, NULL},
                                               {"Minute", date_minute, NULL},
                                               {"Month", date_month, NULL},
                                               {"Second", date_second, NULL},
                                               {"Ticks", ticks, NULL},
                                               {"TimeOfDay", date_time, NULL},
                                               {"Year", date_year, NULL},
                                               {0}};

#define SPAN(name, expression)                                                                               \
    GETTER(span_##name)                                                                                      \
    {                                                                                                        \
        return UNUSED, *ret = (expression), true;                                                            \
    }
#define UNITS(per) value_int((int32_t)(self.i / (per)))
#define TOTAL(per) value_double((double)self.i / (double)(per))
SPAN(days, UNITS(TICKS_PER_DAY))
SPAN(hours, value_int((int32_t)(self.i / (TICKS_PER_HOUR) % 24)))
SPAN(minutes, value_int((int32_t)(self.i / (TICKS_PER_MINUTE) % 60)))
SPAN(seconds, value_int((int32_t)(self.i / TICKS_PER_SECOND % 60)))
SPAN(milliseconds, value_int((int32_t)(self.i / TICKS_PER_MILLISECOND % 1000)))
SPAN(microseconds, value_int((int32_t)(self.i / 10 % 1000)))
SPAN(nanoseconds, value_int((int32_t)(self.i % 10 * 100)))
SPAN(total_days, TOTAL(TICKS_PER_DAY))
SPAN(total_hours, TOTAL(TICKS_PER_HOUR))
// .NET keeps it within what can be made of milliseconds again.
static double total_milliseconds(int64_t ticks)
{
    static const double most = 922337203685477.0;
    double total = (double)ticks / (double)TICKS_PER_MILLISECOND;
    return total > most ? most : total < -most ? -most : total;
}
SPAN(total_milliseconds, value_double(total_milliseconds(self.i)))
SPAN(total_microseconds, TOTAL(10))
SPAN(total_nanoseconds, value_double((double)self.i * 100))
SPAN(total_minutes, TOTAL(TICKS_PER_MINUTE))
SPAN(total_seconds, TOTAL(TICKS_PER_SECOND))
const struct property timespan_properties[] = {{"Ticks", ticks, NULL},
                                               {"Days", span_days, NULL},
                                               {"Hours", span_hours, NULL},
                                               {"Milliseconds", span_milliseconds, NULL},
                                               {"Microseconds", span_microseconds, NULL},
                                               {"Nanoseconds", span_nanoseconds, NULL},
                                               {"Minutes", span_minutes, NULL},
                                               {"Seconds", span_seconds, NULL},
                                               {"TotalDays", span_total_days, NULL},
                                               {"TotalHours", span_total_hours, NULL},
                                               {"TotalMilliseconds", span_total_milliseconds, NULL},
                                               {"TotalMicroseconds", span_total_microseconds, NULL},
                                               {"TotalNanoseconds", span_total_nanoseconds, NULL},
                                               {"TotalMinutes", span_total_minutes, NULL},
                                               {"TotalSeconds", span_total_seconds, NULL},
                                               {0}};

#define VERSION(v) ((struct version *)(v).object)
#define NUMBER(name, n)                                                                                      \
    GETTER(version_##name)                                                                                   \
    {                                                                                                        \
        return UNUSED, *ret = value_int(VERSION(self)->parts[n]), true;                                      \
    }
NUMBER(major, 0)
NUMBER(minor, 1)
NUMBER(build, 2)
NUMBER(revision, 3)
GETTER(version_major_revision)
{
    return UNUSED, *ret = (value){.kind = V_I16, .i = VERSION(self)->parts[3] >> 16}, true;
}
GETTER(version_minor_revision)
{
    return UNUSED, *ret = (value){.kind = V_I16, .i = (int16_t)VERSION(self)->parts[3]}, true;
}
const struct property version_properties[] = {{"Major", version_major, NULL},
                                              {"Minor", version_minor, NULL},
                                              {"Build", version_build, NULL},
                                              {"Revision", version_revision, NULL},
                                              {"MajorRevision", version_major_revision, NULL},
                                              {"MinorRevision", version_minor_revision, NULL},
                                              {0}};

// "List`1" of "System.Collections.Generic.List`1[System.Int32]".
GETTER(type_name)
{
    UNUSED;
    const char *full = self.type->name, *tick = strchr(full, '`');
    size_t size = tick ? (size_t)(tick - full) + 2 : strlen(full), start = size;
    while (start && full[start - 1] != '.' && full[start - 1] != '+')
        start--;
    return string_new(in, full + start, size - start, ret);
}
GETTER(type_full_name)
{
    return type_full_text ? type_full_text(in, self, ret) : string_text(in, self.type->name, ret);
}
GETTER(type_namespace)
{
    const char *full = self.type->name, *dot = memrchr(full, '.', strcspn(full, "`"));
    return string_new(in, full, dot ? (size_t)(dot - full) : 0, ret);
}
GETTER(type_base)
{
    UNUSED;
    return *ret = self.type->base ? (value){.kind = V_TYPE, .type = self.type->base} : value_null, true;
}
GETTER(type_is_enum)
{
    return UNUSED, *ret = value_bool(self.type->enumeration), true;
}
GETTER(type_is_array)
{
    return UNUSED, *ret = value_bool(self.type->element), true;
}
GETTER(type_is_value)
{
    UNUSED;
    const struct type *type = self.type->base;
    while (type && type != &type_value_type)
        type = type->base;
    return *ret = value_bool(type), true;
}
// The types that carry [Serializable]: those of the core library that hold data.
GETTER(type_is_serial)
{
    if (type_flags)
        return *ret = value_bool(type_flags(self.type) & ATTRIBUTE_SERIALIZABLE), true;
    const char *name = self.type->name;
    bool core = !strncmp(name, "System.", 7) && strncmp(name, "System.Management.", 18) &&
                strncmp(name, "System.IO.", 10);
    return UNUSED, *ret = value_bool(core), true;
}
GETTER(type_is_primitive)
{
    uint8_t code = self.type->type_code;
    bool number = code >= 3 && code <= 14 && !self.type->enumeration;
    return UNUSED, *ret = value_bool(number || self.type == &type_intptr), true;
}
GETTER(type_is_interface)
{
    bool rooted = self.type->base || self.type == &type_object;
    return UNUSED, *ret = value_bool(!rooted), true;
}
GETTER(type_is_class)
{
    value is_value, interface;
    type_is_value(in, self, &is_value);
    type_is_interface(in, self, &interface);
    return *ret = value_bool(!is_value.b && !interface.b), true;
}
GETTER(type_is_generic)
{
    UNUSED;
    return *ret =
               value_bool(type_argument(self.type, 0) || (type_is_definition && type_is_definition(self.type))),
           true;
}
GETTER(type_is_generic_definition)
{
    return UNUSED, *ret = value_bool(type_is_definition && type_is_definition(self.type)), true;
}
GETTER(type_is_abstract)
{
    if (type_flags)
        return *ret = value_bool(type_flags(self.type) & ATTRIBUTE_ABSTRACT), true;
    static const struct type *const abstract[] = {&type_array, &type_enum,    &type_value_type, &type_type,
                                                  &type_math,  &type_convert, &type_environment};
    value interface;
    type_is_interface(in, self, &interface);
    *ret = interface;
    for (size_t i = 0; i < sizeof abstract / sizeof *abstract; i++)
        ret->b |= self.type == abstract[i];
    return true;
}
GETTER(type_home)
{
    bool own = !strncmp(self.type->name, "System.Management.Automation", 28) ||
               !strncmp(self.type->name, "Microsoft.PowerShell", 20);
    if (!object_new(in, &type_assembly, ret))
        return false;
    const char *name = own ? "System.Management.Automation" : "System.Private.CoreLib";
    return string_text(in, type_assembly_name ? type_assembly_name(self.type) : name,
                       &((struct pair *)ret->object)->key);
}
GETTER(type_generic_arguments)
{
    size_t n = 0;
    UNUSED;
    while (n < TYPE_ARGUMENTS && type_argument(self.type, n))
        n++;
    if (!array_of(in, &type_type, n, ret))
        return false;
    for (size_t i = 0; i < n; i++)
        ret->array->items[i] = (value){.kind = V_TYPE, .type = type_argument(self.type, i)};
    return true;
}
GETTER(assembly_name)
{
    if (assembly_full_text)
        return assembly_full_text(in, self, ret);
    return UNUSED, *ret = value_keep(((struct pair *)self.object)->key), true;
}
const struct property assembly_properties[] = {{"FullName", assembly_name, NULL}, {0}};
bool assembly_to_string(struct interp *in, value self, value *ret)
{
    return assembly_name(in, self, ret);
}
const struct property type_properties[] = {{"IsPublic", always_true, NULL},
                                           {"IsSerial", type_is_serial, NULL},
                                           {"IsSerializable", type_is_serial, NULL},
                                           {"Name", type_name, NULL},
                                           {"BaseType", type_base, NULL},
                                           {"FullName", type_full_name, NULL},
                                           {"Namespace", type_namespace, NULL},
                                           {"IsEnum", type_is_enum, NULL},
                                           {"IsArray", type_is_array, NULL},
                                           {"IsValueType", type_is_value, NULL},
                                           {"IsClass", type_is_class, NULL},
                                           {"IsInterface", type_is_interface, NULL},
                                           {"IsPrimitive", type_is_primitive, NULL},
                                           {"IsAbstract", type_is_abstract, NULL},
                                           {"IsGenericType", type_is_generic, NULL},
                                           {"IsGenericTypeDefinition", type_is_generic_definition, NULL},
                                           {"GenericTypeArguments", type_generic_arguments, NULL},
                                           {"Assembly", type_home, NULL},
                                           {"UnderlyingSystemType", itself, NULL},
                                           {0}};

GETTER(nothing)
{
    return UNUSED, *ret = value_null, true;
}
#define RECORD(v) ((struct record *)(v).object)
GETTER(record_data)
{
    return UNUSED, *ret = value_keep(RECORD(self)->data), true;
}
GETTER(record_source)
{
    return UNUSED, *ret = value_keep(RECORD(self)->source), true;
}
GETTER(record_tags)
{
    value tags = RECORD(self)->tags;
    return value_is_null(tags) ? list_new(in, &type_list_string, ret) : (*ret = value_keep(tags), true);
}
const struct property record_properties[] = {
    {"Message", record_data, NULL}, {"InvocationInfo", nothing, NULL}, {0}};
const struct property information_properties[] = {
    {"MessageData", record_data, NULL}, {"Source", record_source, NULL}, {"Tags", record_tags, NULL}, {0}};
