// CultureInfo and what hangs on it. The invariant culture is the only one, so that these objects hold
// nothing: what they say stands in culture.def.
#include <string.h>

#include "base/datetime.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

static bool texts_of(struct interp *in, const char *names, value *ret)
{
    size_t count = 1;
    for (const char *at = names; *at; at++)
        count += *at == '|';
    if (!array_of(in, STR, count, ret))
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t size = strcspn(names, "|");
        if (!string_new(in, names, size, &ret->array->items[i]))
            return value_drop(*ret), false;
        names += size + 1;
    }
    return true;
}

static bool size_of(struct interp *in, int number, value *ret)
{
    return array_of(in, I32, 1, ret) && (ret->array->items[0] = value_int(number), true);
}

#define GETTER(owner, name, expression)                                                                      \
    static bool owner##_##name(struct interp *in, value self, value *ret)                                    \
    {                                                                                                        \
        return (void)in, (void)self, expression;                                                             \
    }
#define TEXT(owner, name, text) GETTER(owner, name, string_text(in, text, ret))
#define NUMBER(owner, name, number) GETTER(owner, name, (*ret = value_int(number), true))
#define FLAG(owner, name, flag) GETTER(owner, name, (*ret = value_bool(flag), true))
#define NAMES(owner, name, names) GETTER(owner, name, texts_of(in, names, ret))
#define SIZES(owner, name, number) GETTER(owner, name, size_of(in, number, ret))
#define ENUM_OF(owner, name, type, number)                                                                   \
    GETTER(owner, name, (*ret = enum_value(&type_##type, number), true))
#define PART(owner, name, type) GETTER(owner, name, object_new(in, &type_##type, ret))
#define ABOUT_CULTURE
#define ABOUT_NUMBER_FORMAT
#define ABOUT_DATE_FORMAT
#define ABOUT_TEXT_INFO
#define ABOUT_COMPARE_INFO
#define ABOUT_CALENDAR
#include "interp/value/culture.def"
#undef ABOUT_CULTURE
#undef ABOUT_NUMBER_FORMAT
#undef ABOUT_DATE_FORMAT
#undef ABOUT_TEXT_INFO
#undef ABOUT_COMPARE_INFO
#undef ABOUT_CALENDAR
#undef TEXT
#undef NUMBER
#undef FLAG
#undef NAMES
#undef SIZES
#undef ENUM_OF
#undef PART

// The tables: each row of an object's section by its name.
#define TEXT(owner, name, ...) {#name, owner##_##name, NULL},
#define NUMBER TEXT
#define FLAG TEXT
#define NAMES TEXT
#define SIZES TEXT
#define ENUM_OF TEXT
#define PART TEXT
#define ABOUT_CULTURE
const struct property cultureinfo_properties[] = {
#include "interp/value/culture.def"
    {0}};
#undef ABOUT_CULTURE
#define ABOUT_NUMBER_FORMAT
const struct property number_format_properties[] = {
#include "interp/value/culture.def"
    {0}};
#undef ABOUT_NUMBER_FORMAT
#define ABOUT_DATE_FORMAT
const struct property date_format_properties[] = {
#include "interp/value/culture.def"
    {0}};
#undef ABOUT_DATE_FORMAT
#define ABOUT_TEXT_INFO
const struct property text_info_properties[] = {
#include "interp/value/culture.def"
    {0}};
#undef ABOUT_TEXT_INFO
#define ABOUT_COMPARE_INFO
const struct property compare_info_properties[] = {
#include "interp/value/culture.def"
    {0}};
#undef ABOUT_COMPARE_INFO
#define ABOUT_CALENDAR
const struct property calendar_properties[] = {
#include "interp/value/culture.def"
    {0}};
#undef ABOUT_CALENDAR

bool cultureinfo_to_string(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "", ret);
}
bool text_info_to_string(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "TextInfo - ", ret);
}
bool compare_info_to_string(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "CompareInfo - ", ret);
}
bool culture_equal(value a, value b)
{
    return a.object->type == b.object->type;
}

// --- CultureInfo

static bool unknown(struct interp *in, value name)
{
    return method_throw(in, &type_culture_exception, "'%s' is not the invariant culture, the only one here.",
                        name.kind == V_STRING ? value_text(name) : "");
}
METHOD(culture_new)
{
    UNUSED;
    value name = args[0];
    if (name.kind == V_STRING ? name.string->size != 0 : name.i != 127)
        return unknown(in, name);
    return object_new(in, &type_cultureinfo, ret);
}
METHOD(culture_format)
{
    UNUSED;
    const struct type *type = args[0].type;
    if (type == &type_number_format || type == &type_date_format)
        return object_new(in, type, ret);
    return *ret = value_null, true;
}
METHOD(culture_list)
{
    UNUSED;
    return array_of(in, &type_cultureinfo, 1, ret) &&
           object_new(in, &type_cultureinfo, &ret->array->items[0]);
}
METHOD(same)
{
    UNUSED;
    return *ret = value_keep(self), true;
}
static bool the_culture(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, &type_cultureinfo, ret);
}
static bool keep_culture(struct interp *in, value self, value to)
{
    return (void)in, (void)self, (void)to, true; // there is but one
}
static const struct property culture_statics[] = {
    {"InvariantCulture", the_culture, NULL},
    {"CurrentCulture", the_culture, keep_culture},
    {"CurrentUICulture", the_culture, keep_culture},
    {"InstalledUICulture", the_culture, NULL},
    {"DefaultThreadCurrentCulture", the_culture, keep_culture},
    {0},
};
static const struct method culture_static_methods[] = {
    {"GetCultureInfo", culture_new, CULTURE, P(STR)},
    {"GetCultureInfo", culture_new, CULTURE, P(I32)},
    {"CreateSpecificCulture", culture_new, CULTURE, P(STR)},
    {"GetCultures", culture_list, OBJS, P(&type_culture_types)},
    {0},
};
static const struct method culture_methods[] = {
    {"GetFormat", culture_format, OBJ, P(TYP)}, {"Clone", same, OBJ}, {0}};
static const struct method culture_constructors[] = {{"new", culture_new, CULTURE, P(STR)},
                                                     {"new", culture_new, CULTURE, P(STR, BOOLEAN)},
                                                     {"new", culture_new, CULTURE, P(I32)},
                                                     {0}};
const struct type_members full_cultureinfo = {culture_methods, culture_static_methods, culture_constructors,
                                              culture_statics};

// --- Names of days and months

static bool nth(struct interp *in, const char *names, int64_t n, int64_t least, int64_t most, value *ret)
{
    if (n < least || n > most)
        return method_throw(in, &type_argument_range_exception, "There is no such day or month.");
    for (n -= least; n > 0; n--)
        names += strcspn(names, "|") + 1;
    return string_new(in, names, strcspn(names, "|"), ret);
}
#define MONTHS "January|February|March|April|May|June|July|August|September|October|November|December|"
#define SHORT_MONTHS "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|"
#define DAYS "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"
#define SHORT_DAYS "Sun|Mon|Tue|Wed|Thu|Fri|Sat"
#define NTH(name, names, least, most)                                                                        \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, nth(in, names, args[0].i, least, most, ret);                                          \
    }
NTH(month_name, MONTHS, 1, 13)
NTH(short_month_name, SHORT_MONTHS, 1, 13)
NTH(day_name, DAYS, 0, 6)
NTH(short_day_name, SHORT_DAYS, 0, 6)
NTH(shortest_day_name, "Su|Mo|Tu|We|Th|Fr|Sa", 0, 6)
static bool invariant_numbers(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, &type_number_format, ret);
}
static bool invariant_dates(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, &type_date_format, ret);
}
static const struct property number_statics[] = {
    {"InvariantInfo", invariant_numbers, NULL}, {"CurrentInfo", invariant_numbers, NULL}, {0}};
static const struct property date_statics[] = {
    {"InvariantInfo", invariant_dates, NULL}, {"CurrentInfo", invariant_dates, NULL}, {0}};
#define DAY &type_day_of_week
static const struct method date_methods[] = {
    {"GetMonthName", month_name, STR, P(I32)},
    {"GetAbbreviatedMonthName", short_month_name, STR, P(I32)},
    {"GetDayName", day_name, STR, P(DAY)},
    {"GetAbbreviatedDayName", short_day_name, STR, P(DAY)},
    {"GetShortestDayName", shortest_day_name, STR, P(DAY)},
    {0},
};
const struct type_members full_number_format = {NULL, NULL, NULL, number_statics};
const struct type_members full_date_format = {date_methods, NULL, NULL, date_statics};

// --- TextInfo

static bool change_case(struct interp *in, value text, uint32_t (*change)(uint32_t), value *ret)
{
    struct buf out = BUF_INIT;
    size_t size;
    for (size_t at = 0; at < text.string->size; at += size ? size : 1)
        buf_add_codepoint(&out, change(utf8_decode(value_text(text) + at, text.string->size - at, &size)));
    return buf_take(in, &out, ret);
}
METHOD(text_upper)
{
    return UNUSED, change_case(in, args[0], utf8_upper, ret);
}
METHOD(text_lower)
{
    return UNUSED, change_case(in, args[0], utf8_lower, ret);
}
static bool is_letter(uint32_t c)
{
    return utf8_upper(c) != utf8_lower(c) || c == '\'';
}
// Words begin with a capital; one that is all capitals stays.
METHOD(title_case)
{
    struct buf out = BUF_INIT;
    size_t size, size_at = args[0].string->size;
    const char *text = value_text(args[0]);
    UNUSED;
    for (size_t at = 0; at < size_at;) {
        bool lower = false;
        size_t end = at;
        uint32_t c = utf8_decode(text + at, size_at - at, &size);
        for (; end < size_at && is_letter(utf8_decode(text + end, size_at - end, &size)); end += size) {
            c = utf8_decode(text + end, size_at - end, &size);
            lower |= c != utf8_upper(c);
        }
        if (end == at) {
            buf_add(&out, text + at, size);
            at += size;
            continue;
        }
        for (size_t i = at; i < end; i += size) {
            c = utf8_decode(text + i, end - i, &size);
            buf_add_codepoint(&out, i == at ? utf8_upper(c) : lower ? utf8_lower(c) : c);
        }
        at = end;
    }
    return buf_take(in, &out, ret);
}
static const struct method text_methods[] = {{"ToUpper", text_upper, STR, P(STR)},
                                             {"ToLower", text_lower, STR, P(STR)},
                                             {"ToTitleCase", title_case, STR, P(STR)},
                                             {0}};
const struct type_members full_text_info = {text_methods, NULL, NULL, NULL};

// --- Calendar

METHOD(days_in_month)
{
    UNUSED;
    if (args[0].i < 1 || args[0].i > 9999 || args[1].i < 1 || args[1].i > 12)
        return method_throw(in, &type_argument_range_exception, "There is no such month.");
    return *ret = value_int(date_month_days((int)args[0].i, (int)args[1].i)), true;
}
METHOD(leap_year)
{
    return UNUSED, *ret = value_bool(date_is_leap((int)args[0].i)), true;
}
METHOD(days_in_year)
{
    return UNUSED, *ret = value_int(date_is_leap((int)args[0].i) ? 366 : 365), true;
}
// Weeks begin with the day args[2]; the rule args[1]: 0 the first day's week is the first, 1 the first full
// one, 2 the first of four days.
METHOD(week_of_year)
{
    struct date_parts parts;
    UNUSED;
    date_split(args[0].i, &parts);
    int day = parts.day_of_year - 1,
        first = (int)((parts.weekday - day % 7 + 14) % 7); // weekday of January 1st
    int offset = (int)((first - args[2].i + 14) % 7), full = args[1].i == 1 ? 7 : args[1].i == 2 ? 4 : 1;
    int start = offset && 7 - offset < full ? 7 - offset : -offset; // day on which week 1 begins
    if (!offset)
        start = 0;
    if (day >= start)
        return *ret = value_int((day - start) / 7 + 1), true;
    value last = value_date(args[0].i - (int64_t)parts.day_of_year * TICKS_PER_DAY, DATE_UNSPECIFIED);
    value before[3] = {last, args[1], args[2]};
    return week_of_year(in, self, before, 3, ret);
}
METHOD(part_of_date)
{
    struct date_parts parts;
    UNUSED;
    date_split(args[0].i, &parts);
    return *ret = value_int(parts.day_of_year), true;
}
#define RULE &type_calendar_week_rule
static const struct method calendar_methods[] = {
    {"GetWeekOfYear", week_of_year, I32, P(DATE, RULE, DAY)},
    {"GetDaysInMonth", days_in_month, I32, P(I32, I32)},
    {"GetDaysInYear", days_in_year, I32, P(I32)},
    {"IsLeapYear", leap_year, BOOLEAN, P(I32)},
    {"GetDayOfYear", part_of_date, I32, P(DATE)},
    {0},
};
METHOD(calendar_new)
{
    return UNUSED, object_new(in, &type_calendar, ret);
}
static const struct method calendar_constructors[] = {{"new", calendar_new, OBJ}, {0}};
const struct type_members full_calendar = {calendar_methods, NULL, calendar_constructors, NULL};
