// System.TimeZoneInfo: at[0] whether it is local time; else UTC. There are no others: a session sees no zone
// files.
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

#define ZONE &type_time_zone
#define IS_LOCAL(v) AS(fields, v)->at[0].b

static bool zone_made(struct interp *in, bool local, value *ret)
{
    if (!object_new(in, ZONE, ret))
        return false;
    return AS(fields, *ret)->at[0] = value_bool(local), true;
}

static const char *zone_name(struct interp *in, value self)
{
    return IS_LOCAL(self) && *in->zone.name && in->zone.offset ? in->zone.name : "UTC";
}
static int64_t base_offset(struct interp *in, value self)
{
    return IS_LOCAL(self) ? in->zone.offset * TICKS_PER_SECOND : 0;
}

static bool id(struct interp *in, value self, value *ret)
{
    return string_text(in, zone_name(in, self), ret);
}
static bool name(struct interp *in, value self, value *ret)
{
    const char *own = zone_name(in, self);
    return string_text(in, base_offset(in, self) ? own : "Coordinated Universal Time", ret);
}
static bool summer_name(struct interp *in, value self, value *ret)
{
    if (IS_LOCAL(self) && in->zone.has_summer)
        return string_text(in, in->zone.summer_name, ret);
    return name(in, self, ret);
}
bool time_zone_to_string(struct interp *in, value self, value *ret)
{
    int minutes = (int)(base_offset(in, self) / TICKS_PER_MINUTE), size = minutes < 0 ? -minutes : minutes;
    if (!minutes)
        return string_text(in, "(UTC) Coordinated Universal Time", ret);
    return string_printf(in, ret, "(UTC%c%02d:%02d) %s", minutes < 0 ? '-' : '+', size / 60, size % 60,
                         zone_name(in, self));
}
static bool offset(struct interp *in, value self, value *ret)
{
    return *ret = value_span(base_offset(in, self)), true;
}
static bool has_id(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_true, true;
}
static bool has_summer(struct interp *in, value self, value *ret)
{
    return *ret = value_bool(IS_LOCAL(self) && in->zone.has_summer), true;
}
const struct property time_zone_properties[] = {
    {"Id", id, NULL},
    {"HasIanaId", has_id, NULL},
    {"DisplayName", time_zone_to_string, NULL},
    {"StandardName", name, NULL},
    {"DaylightName", summer_name, NULL},
    {"BaseUtcOffset", offset, NULL},
    {"SupportsDaylightSavingTime", has_summer, NULL},
    {0},
};

bool time_zone_equal(value a, value b)
{
    return IS_LOCAL(a) == IS_LOCAL(b);
}

static bool utc(struct interp *in, value self, value *ret)
{
    return (void)self, zone_made(in, false, ret);
}
static bool local(struct interp *in, value self, value *ret)
{
    return (void)self, zone_made(in, in->zone.offset || in->zone.has_summer, ret);
}
static const struct property zone_statics[] = {{"Utc", utc, NULL}, {"Local", local, NULL}, {0}};

METHOD(find)
{
    value own;
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The id must not be $null.");
    if (value_is_text(args[0], "UTC") || value_is_text(args[0], "Etc/UTC"))
        return zone_made(in, false, ret);
    if (!local(in, value_null, &own))
        return false;
    if (value_is_text(args[0], zone_name(in, own)))
        return *ret = own, true;
    value_drop(own);
    return method_throw(in, &type_time_zone_not_found, "There is no time zone '%s' here.",
                        value_text(args[0]));
}
static value to_utc(struct interp *in, value date)
{
    return value_date(date_to_utc(date.i, (enum date_kind)date.aux, &in->zone), DATE_UTC);
}
static value into(struct interp *in, value date, value zone)
{
    if (!IS_LOCAL(zone))
        return to_utc(in, date);
    return value_date(date_to_local(to_utc(in, date).i, DATE_UTC, &in->zone), DATE_LOCAL);
}
METHOD(convert_to_utc)
{
    return UNUSED, *ret = to_utc(in, args[0]), true;
}
METHOD(convert_from_utc)
{
    value date = value_date(args[0].i, DATE_UTC);
    UNUSED;
    if (args[0].aux == DATE_LOCAL)
        return method_throw(in, &type_argument_exception, "The date is local, not UTC.");
    return *ret = into(in, date, args[1]), true;
}
METHOD(convert_time)
{
    return UNUSED, *ret = into(in, args[0], args[count - 1]), true;
}
METHOD(convert_by_id)
{
    value zone;
    if (!find(in, self, args + 1, count - 1, &zone))
        return false;
    *ret = into(in, args[0], zone);
    return value_drop(zone), true;
}
METHOD(all)
{
    UNUSED;
    return array_of(in, ZONE, 1, ret) && zone_made(in, false, &ret->array->items[0]);
}
METHOD(offset_at)
{
    UNUSED;
    int64_t east = IS_LOCAL(self) ? zone_offset_utc(&in->zone, to_utc(in, args[0]).i) * TICKS_PER_SECOND : 0;
    return *ret = value_span(east), true;
}
METHOD(is_summer)
{
    UNUSED;
    return *ret = value_bool(IS_LOCAL(self) && zone_is_summer(&in->zone, to_utc(in, args[0]).i)), true;
}
static const struct method zone_static_methods[] = {
    {"FindSystemTimeZoneById", find, ZONE, P(STR)},
    {"ConvertTimeToUtc", convert_to_utc, DATE, P(DATE)},
    {"ConvertTimeToUtc", convert_to_utc, DATE, P(DATE, ZONE)},
    {"ConvertTimeFromUtc", convert_from_utc, DATE, P(DATE, ZONE)},
    {"ConvertTime", convert_time, DATE, P(DATE, ZONE)},
    {"ConvertTime", convert_time, DATE, P(DATE, ZONE, ZONE)},
    {"ConvertTimeBySystemTimeZoneId", convert_by_id, DATE, P(DATE, STR)},
    {"GetSystemTimeZones", all, OBJS},
    {0},
};
static const struct method zone_methods[] = {
    {"GetUtcOffset", offset_at, SPAN, P(DATE)}, {"IsDaylightSavingTime", is_summer, BOOLEAN, P(DATE)}, {0}};
const struct type_members full_time_zone = {zone_methods, zone_static_methods, NULL, zone_statics};

// --- System.TimeZone, which is older: the local one alone

static bool current(struct interp *in, value self, value *ret)
{
    (void)self;
    if (!object_new(in, &type_current_zone, ret))
        return false;
    return AS(fields, *ret)->at[0] = value_bool(in->zone.offset || in->zone.has_summer), true;
}
METHOD(to_universal)
{
    return UNUSED, *ret = to_utc(in, args[0]), true;
}
METHOD(to_local)
{
    UNUSED;
    return *ret = value_date(date_to_local(to_utc(in, args[0]).i, DATE_UTC, &in->zone), DATE_LOCAL), true;
}
static const struct property current_statics[] = {{"CurrentTimeZone", current, NULL}, {0}};
const struct property current_zone_properties[] = {
    {"StandardName", name, NULL}, {"DaylightName", summer_name, NULL}, {0}};
static const struct method current_methods[] = {
    {"GetUtcOffset", offset_at, SPAN, P(DATE), .names = "time"},
    {"IsDaylightSavingTime", is_summer, BOOLEAN, P(DATE), .names = "time"},
    {"ToLocalTime", to_local, DATE, P(DATE), .names = "time"},
    {"ToUniversalTime", to_universal, DATE, P(DATE), .names = "time"},
    {0}};
const struct type_members full_old_time_zone = {.static_properties = current_statics};
const struct type_members full_current_zone = {.methods = current_methods, .static_properties = current_statics};
