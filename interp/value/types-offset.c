// DateTimeOffset: at[0] the clock's date, at[1] the offset. DateOnly: at[0] its midnight. TimeOnly: at[0] a
// span.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/format.h"
#include "interp/value/types-rows.h"

#define OFFSET &type_date_offset
#define DAY_ONLY &type_date_only
#define TIME_ONLY &type_time_only
#define CLOCK(v) AS(fields, v)->at[0].i
#define EAST(v) AS(fields, v)->at[1].i
#define UTC_OF(v) (CLOCK(v) - EAST(v))
#define STYLES &type_date_time_styles

static bool out_of_range(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception, "There is no such time.");
}
static bool bad_text(struct interp *in, value text)
{
    return method_throw(in, &type_format_exception, "'%s' is not a date or time.", value_text(text));
}

static bool offset_made(struct interp *in, int64_t clock, int64_t east, value *ret)
{
    if (east % TICKS_PER_MINUTE)
        return method_throw(in, &type_argument_exception, "An offset is of whole minutes.");
    if (east < -14 * TICKS_PER_HOUR || east > 14 * TICKS_PER_HOUR || clock < 0 || clock > DATE_MAX_TICKS ||
        clock - east < 0 || clock - east > DATE_MAX_TICKS)
        return out_of_range(in);
    if (!object_new(in, OFFSET, ret))
        return false;
    AS(fields, *ret)->at[0] = value_date(clock, DATE_UNSPECIFIED);
    return AS(fields, *ret)->at[1] = value_span(east), true;
}

static int64_t east_of(struct interp *in, int64_t ticks, enum date_kind kind)
{
    return kind == DATE_UTC ? 0 : zone_offset_local(&in->zone, ticks) * TICKS_PER_SECOND;
}

int offset_compare(value a, value b)
{
    return (UTC_OF(a) > UTC_OF(b)) - (UTC_OF(a) < UTC_OF(b));
}
bool offset_equal(value a, value b)
{
    return UTC_OF(a) == UTC_OF(b);
}
int clock_compare(value a, value b)
{
    return (CLOCK(a) > CLOCK(b)) - (CLOCK(a) < CLOCK(b));
}
bool clock_equal(value a, value b)
{
    return CLOCK(a) == CLOCK(b);
}

// --- Texts

static bool format_offset(value v, const char *spec, size_t size, struct buf *out)
{
    struct zone zone = {.offset = (int32_t)(EAST(v) / TICKS_PER_SECOND)};
    if (!size)
        spec = "MM/dd/yyyy HH:mm:ss zzz", size = strlen(spec);
    if (size == 1 && (*spec == 'u' || *spec == 'r' || *spec == 'R'))
        return date_format(UTC_OF(v), DATE_UTC, NULL, spec, size, out);
    if (size == 1 && *spec == 'U')
        return false;
    return date_format(CLOCK(v), DATE_LOCAL, &zone, spec, size, out);
}

static bool one_of(char c, const char *letters)
{
    return c && strchr(letters, c);
}

// Only what a day has, only what a time of day has.
static bool format_day(value v, const char *spec, size_t size, struct buf *out)
{
    if (size == 1 && !one_of(*spec, "dDmMoOrRyY"))
        return false;
    if (size == 1 && one_of(*spec, "oOrR"))
        spec = *spec == 'o' || *spec == 'O' ? "yyyy-MM-dd" : "ddd, dd MMM yyyy", size = strlen(spec);
    return date_format(CLOCK(v), DATE_UNSPECIFIED, NULL, size ? spec : "d", size ? size : 1, out);
}
static bool format_time(value v, const char *spec, size_t size, struct buf *out)
{
    if (size == 1 && !one_of(*spec, "tToOrR"))
        return false;
    if (size == 1 && one_of(*spec, "oOrR"))
        spec = *spec == 'o' || *spec == 'O' ? "HH:mm:ss.fffffff" : "HH:mm:ss", size = strlen(spec);
    return date_format(CLOCK(v), DATE_UNSPECIFIED, NULL, size ? spec : "t", size ? size : 1, out);
}

bool format_object(value v, const char *spec, size_t size, struct buf *out, bool *ret_ok)
{
    const struct type *type = v.object->type;
    if (type != OFFSET && type != DAY_ONLY && type != TIME_ONLY)
        return false;
    *ret_ok = type == OFFSET     ? format_offset(v, spec, size, out)
              : type == DAY_ONLY ? format_day(v, spec, size, out)
                                 : format_time(v, spec, size, out);
    return true;
}

static bool formatted(struct interp *in, value self, const char *spec, value *ret)
{
    struct buf out = BUF_INIT;
    bool ok;
    if (format_object(self, spec, strlen(spec), &out, &ok) && ok)
        return buf_take(in, &out, ret);
    buf_free(&out);
    return method_throw(in, &type_format_exception, "'%s' is not a format for this.", spec);
}
bool clock_to_string(struct interp *in, value self, value *ret)
{
    return formatted(in, self, "", ret);
}
METHOD(to_text)
{
    return UNUSED, formatted(in, self, value_is_null(args[0]) ? "" : value_text(args[0]), ret);
}

// --- Parts

static bool part_of(struct interp *in, value date, const char *name, value *ret)
{
    bool found;
    return member_get(in, date, name, strlen(name), ret, &found);
}
#define CLOCK_PART(symbol, name)                                                                             \
    static bool clock_##symbol(struct interp *in, value self, value *ret)                                    \
    {                                                                                                        \
        return part_of(in, value_date(CLOCK(self), DATE_UNSPECIFIED), name, ret);                            \
    }
CLOCK_PART(date, "Date")
CLOCK_PART(day, "Day")
CLOCK_PART(day_of_week, "DayOfWeek")
CLOCK_PART(day_of_year, "DayOfYear")
CLOCK_PART(hour, "Hour")
CLOCK_PART(millisecond, "Millisecond")
CLOCK_PART(microsecond, "Microsecond")
CLOCK_PART(nanosecond, "Nanosecond")
CLOCK_PART(minute, "Minute")
CLOCK_PART(month, "Month")
CLOCK_PART(second, "Second")
CLOCK_PART(ticks, "Ticks")
CLOCK_PART(time, "TimeOfDay")
CLOCK_PART(year, "Year")
#define GETTER(name, expression)                                                                             \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = (expression), true;                                              \
    }
GETTER(clock_date_time, value_date(CLOCK(self), DATE_UNSPECIFIED))
GETTER(utc_date_time, value_date(UTC_OF(self), DATE_UTC))
GETTER(local_date_time, value_date(date_to_local(UTC_OF(self), DATE_UTC, &in->zone), DATE_LOCAL))
GETTER(offset_span, value_span(EAST(self)))
GETTER(offset_minutes, value_int((int32_t)(EAST(self) / TICKS_PER_MINUTE)))
GETTER(utc_ticks, value_long(UTC_OF(self)))
GETTER(day_number, value_int((int32_t)(CLOCK(self) / TICKS_PER_DAY)))
GETTER(span_ticks, value_long(CLOCK(self)))
const struct property date_offset_properties[] = {
    {"DateTime", clock_date_time, NULL},
    {"UtcDateTime", utc_date_time, NULL},
    {"LocalDateTime", local_date_time, NULL},
    {"Date", clock_date, NULL},
    {"Day", clock_day, NULL},
    {"DayOfWeek", clock_day_of_week, NULL},
    {"DayOfYear", clock_day_of_year, NULL},
    {"Hour", clock_hour, NULL},
    {"Millisecond", clock_millisecond, NULL},
    {"Microsecond", clock_microsecond, NULL},
    {"Nanosecond", clock_nanosecond, NULL},
    {"Minute", clock_minute, NULL},
    {"Month", clock_month, NULL},
    {"Offset", offset_span, NULL},
    {"TotalOffsetMinutes", offset_minutes, NULL},
    {"Second", clock_second, NULL},
    {"Ticks", clock_ticks, NULL},
    {"UtcTicks", utc_ticks, NULL},
    {"TimeOfDay", clock_time, NULL},
    {"Year", clock_year, NULL},
    {0},
};
const struct property date_only_properties[] = {
    {"Year", clock_year, NULL},
    {"Month", clock_month, NULL},
    {"Day", clock_day, NULL},
    {"DayOfWeek", clock_day_of_week, NULL},
    {"DayOfYear", clock_day_of_year, NULL},
    {"DayNumber", day_number, NULL},
    {0},
};
const struct property time_only_properties[] = {
    {"Hour", clock_hour, NULL},
    {"Minute", clock_minute, NULL},
    {"Second", clock_second, NULL},
    {"Millisecond", clock_millisecond, NULL},
    {"Microsecond", clock_microsecond, NULL},
    {"Nanosecond", clock_nanosecond, NULL},
    {"Ticks", span_ticks, NULL},
    {0},
};

// --- DateTimeOffset

static bool moved(struct interp *in, value self, double ticks, value *ret)
{
    if (!(ticks > -9e18 && ticks < 9e18))
        return out_of_range(in);
    return offset_made(in, CLOCK(self) + (int64_t)ticks, EAST(self), ret);
}
#define ADD(name, unit)                                                                                      \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, moved(in, self, args[0].f * (double)(unit), ret);                                     \
    }
ADD(add_days, TICKS_PER_DAY)
ADD(add_hours, TICKS_PER_HOUR)
ADD(add_minutes, TICKS_PER_MINUTE)
ADD(add_seconds, TICKS_PER_SECOND)
ADD(add_milliseconds, TICKS_PER_MILLISECOND)
METHOD(add_ticks)
{
    return UNUSED, offset_made(in, CLOCK(self) + args[0].i, EAST(self), ret);
}
static bool months_later(struct interp *in, value self, int64_t months, int64_t *ret)
{
    return (months >= -120000 && months <= 120000 && date_add_months(CLOCK(self), (int)months, ret)) ||
           out_of_range(in);
}
METHOD(add_months)
{
    int64_t clock;
    UNUSED;
    return months_later(in, self, args[0].i, &clock) && offset_made(in, clock, EAST(self), ret);
}
METHOD(add_years)
{
    int64_t clock;
    UNUSED;
    return months_later(in, self, args[0].i * 12, &clock) && offset_made(in, clock, EAST(self), ret);
}
METHOD(subtract_span)
{
    return UNUSED, offset_made(in, CLOCK(self) - args[0].i, EAST(self), ret);
}
METHOD(subtract_offset)
{
    return UNUSED, *ret = value_span(UTC_OF(self) - UTC_OF(args[0])), true;
}
METHOD(operator_add)
{
    return UNUSED, offset_made(in, CLOCK(args[0]) + args[1].i, EAST(args[0]), ret);
}
METHOD(operator_subtract_span)
{
    return UNUSED, offset_made(in, CLOCK(args[0]) - args[1].i, EAST(args[0]), ret);
}
METHOD(operator_subtract)
{
    return UNUSED, *ret = value_span(UTC_OF(args[0]) - UTC_OF(args[1])), true;
}
METHOD(to_offset)
{
    return UNUSED, offset_made(in, UTC_OF(self) + args[0].i, args[0].i, ret);
}
METHOD(to_utc)
{
    return UNUSED, offset_made(in, UTC_OF(self), 0, ret);
}
METHOD(to_local)
{
    int64_t local = date_to_local(UTC_OF(self), DATE_UTC, &in->zone);
    return UNUSED, offset_made(in, local, local - UTC_OF(self), ret);
}
METHOD(unix_seconds)
{
    return UNUSED, *ret = value_long((UTC_OF(self) - UNIX_EPOCH_TICKS) / TICKS_PER_SECOND), true;
}
METHOD(unix_milliseconds)
{
    return UNUSED, *ret = value_long((UTC_OF(self) - UNIX_EPOCH_TICKS) / TICKS_PER_MILLISECOND), true;
}
METHOD(file_time)
{
    return UNUSED, *ret = value_long(UTC_OF(self) - INT64_C(504911232000000000)), true;
}
METHOD(exactly)
{
    return UNUSED, *ret = value_bool(CLOCK(self) == CLOCK(args[0]) && EAST(self) == EAST(args[0])), true;
}
METHOD(order)
{
    UNUSED;
    return *ret = value_int(value_is_null(args[0]) ? 1 : self.object->type->compare(self, args[0])), true;
}
METHOD(equals)
{
    UNUSED;
    bool same = !value_is_null(args[0]) && value_type(args[0]) == self.object->type;
    return *ret = value_bool(same && self.object->type->equal(self, args[0])), true;
}
METHOD(order_of)
{
    return UNUSED, *ret = value_int(offset_compare(args[0], args[1])), true;
}

static bool read_offset(struct interp *in, value text, int64_t styles, value *ret)
{
    enum { ADJUST_TO_UTC = 16, ASSUME_UTC = 64 };
    struct date_text read;
    if (!date_read(value_text(text), text.string->size, date_to_local(date_now_utc(), DATE_UTC, &in->zone),
                   &read))
        return false;
    int64_t east = read.has_offset       ? read.offset * TICKS_PER_MINUTE
                   : styles & ASSUME_UTC ? 0
                                         : east_of(in, read.ticks, DATE_LOCAL);
    bool to_utc_time = styles & ADJUST_TO_UTC;
    return offset_made(in, to_utc_time ? read.ticks - east : read.ticks, to_utc_time ? 0 : east, ret);
}
static bool need_text(struct interp *in, value text)
{
    return !value_is_null(text) ||
           method_throw(in, &type_argument_null_exception, "The text must not be $null.");
}
METHOD(parse_offset)
{
    UNUSED;
    return need_text(in, args[0]) && (read_offset(in, args[0], count > 2 ? args[2].i : 0, ret) ||
                                      (value_is_null(in->thrown) && bad_text(in, args[0])));
}
static bool try_result(struct interp *in, value reference, bool ok, value made, const struct type *type,
                       value *ret)
{
    value_set(&in->thrown, value_null);
    bool given = ok || object_new(in, type, &made);
    bool set = given && reference_set(in, reference, made);
    value_drop(given ? made : value_null);
    return *ret = value_bool(ok), set;
}
METHOD(try_parse_offset)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && read_offset(in, args[0], count > 3 ? args[2].i : 0, &made);
    return try_result(in, args[count - 1], ok, made, OFFSET, ret);
}
static bool read_exact(struct interp *in, value text, value format, value *ret)
{
    struct date_exact read;
    if (!date_read_exact(value_text(text), text.string->size, value_text(format),
                         date_to_local(date_now_utc(), DATE_UTC, &in->zone), &read))
        return false;
    int64_t east = read.has_offset ? read.offset * TICKS_PER_MINUTE
                   : read.utc      ? 0
                                   : east_of(in, read.ticks, DATE_LOCAL);
    return offset_made(in, read.ticks, east, ret);
}
METHOD(parse_offset_exact)
{
    UNUSED;
    return need_text(in, args[0]) && need_text(in, args[1]) &&
           (read_exact(in, args[0], args[1], ret) || (value_is_null(in->thrown) && bad_text(in, args[0])));
}
METHOD(try_parse_offset_exact)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && args[1].kind == V_STRING && read_exact(in, args[0], args[1], &made);
    return try_result(in, args[count - 1], ok, made, OFFSET, ret);
}
METHOD(from_unix_seconds)
{
    UNUSED;
    if (args[0].i < -62135596800 || args[0].i > 253402300799)
        return out_of_range(in);
    return offset_made(in, UNIX_EPOCH_TICKS + args[0].i * TICKS_PER_SECOND, 0, ret);
}
METHOD(from_unix_milliseconds)
{
    UNUSED;
    if (args[0].i < -62135596800000 || args[0].i > 253402300799999)
        return out_of_range(in);
    return offset_made(in, UNIX_EPOCH_TICKS + args[0].i * TICKS_PER_MILLISECOND, 0, ret);
}
METHOD(from_file_time)
{
    int64_t utc = args[0].i + INT64_C(504911232000000000), local = date_to_local(utc, DATE_UTC, &in->zone);
    return UNUSED, offset_made(in, local, local - utc, ret);
}
METHOD(offset_of_date)
{
    return UNUSED, offset_made(in, args[0].i, east_of(in, args[0].i, (enum date_kind)args[0].aux), ret);
}
METHOD(offset_of_date_span)
{
    UNUSED;
    int64_t east = east_of(in, args[0].i, (enum date_kind)args[0].aux);
    if (args[0].aux != DATE_UNSPECIFIED && east != args[1].i)
        return method_throw(in, &type_argument_exception, "The offset is not that of the date.");
    return offset_made(in, args[0].i, args[1].i, ret);
}
METHOD(offset_of_ticks)
{
    return UNUSED, offset_made(in, args[0].i, args[1].i, ret);
}
METHOD(offset_of_parts)
{
    int64_t ticks;
    UNUSED;
    struct date_parts parts = {.year = (int)args[0].i,
                               .month = (int)args[1].i,
                               .day = (int)args[2].i,
                               .hour = (int)args[3].i,
                               .minute = (int)args[4].i,
                               .second = (int)args[5].i};
    return (date_join(&parts, &ticks) || out_of_range(in)) && offset_made(in, ticks, args[6].i, ret);
}
static bool offset_now(struct interp *in, value self, value *ret)
{
    int64_t utc = date_now_utc(), local = date_to_local(utc, DATE_UTC, &in->zone);
    return (void)self, offset_made(in, local, local - utc, ret);
}
#define CONSTANT(name, ticks)                                                                                \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, offset_made(in, ticks, 0, ret);                                                   \
    }
CONSTANT(offset_utc_now, date_now_utc())
CONSTANT(offset_least, 0)
CONSTANT(offset_most, DATE_MAX_TICKS)
CONSTANT(offset_epoch, UNIX_EPOCH_TICKS)
static const struct property offset_statics[] = {
    {"Now", offset_now, NULL},       {"UtcNow", offset_utc_now, NULL},  {"MinValue", offset_least, NULL},
    {"MaxValue", offset_most, NULL}, {"UnixEpoch", offset_epoch, NULL}, {0}};
static const struct method offset_methods[] = {
    {"Add", add_ticks, OFFSET, P(SPAN)},
    {"AddDays", add_days, OFFSET, P(F64)},
    {"AddHours", add_hours, OFFSET, P(F64)},
    {"AddMinutes", add_minutes, OFFSET, P(F64)},
    {"AddSeconds", add_seconds, OFFSET, P(F64)},
    {"AddMilliseconds", add_milliseconds, OFFSET, P(F64)},
    {"AddTicks", add_ticks, OFFSET, P(I64)},
    {"AddMonths", add_months, OFFSET, P(I32)},
    {"AddYears", add_years, OFFSET, P(I32)},
    {"Subtract", subtract_offset, SPAN, P(OFFSET)},
    {"Subtract", subtract_span, OFFSET, P(SPAN)},
    {"ToOffset", to_offset, OFFSET, P(SPAN)},
    {"ToUniversalTime", to_utc, OFFSET},
    {"ToLocalTime", to_local, OFFSET},
    {"ToUnixTimeSeconds", unix_seconds, I64},
    {"ToUnixTimeMilliseconds", unix_milliseconds, I64},
    {"ToFileTime", file_time, I64},
    {"EqualsExact", exactly, BOOLEAN, P(OFFSET)},
    {"CompareTo", order, I32, P(OFFSET)},
    {"Equals", equals, BOOLEAN, P(OBJ)},
    {"ToString", to_text, STR, P(STR)},
    {"ToString", to_text, STR, P(STR, PROVIDER)},
    {0},
};
static const struct method offset_static_methods[] = {
    {"Parse", parse_offset, OFFSET, P(STR)},
    {"Parse", parse_offset, OFFSET, P(STR, PROVIDER)},
    {"Parse", parse_offset, OFFSET, P(STR, PROVIDER, STYLES)},
    {"TryParse", try_parse_offset, BOOLEAN, P(STR, REF)},
    {"TryParse", try_parse_offset, BOOLEAN, P(STR, PROVIDER, STYLES, REF)},
    {"ParseExact", parse_offset_exact, OFFSET, P(STR, STR, PROVIDER)},
    {"ParseExact", parse_offset_exact, OFFSET, P(STR, STR, PROVIDER, STYLES)},
    {"TryParseExact", try_parse_offset_exact, BOOLEAN, P(STR, STR, PROVIDER, STYLES, REF)},
    {"FromUnixTimeSeconds", from_unix_seconds, OFFSET, P(I64)},
    {"FromUnixTimeMilliseconds", from_unix_milliseconds, OFFSET, P(I64)},
    {"FromFileTime", from_file_time, OFFSET, P(I64)},
    {"Compare", order_of, I32, P(OFFSET, OFFSET)},
    {"op_Addition", operator_add, OFFSET, P(OFFSET, SPAN)},
    {"op_Subtraction", operator_subtract, SPAN, P(OFFSET, OFFSET)},
    {"op_Subtraction", operator_subtract_span, OFFSET, P(OFFSET, SPAN)},
    {0},
};
static const struct method offset_constructors[] = {
    {"new", offset_of_date, OFFSET, P(DATE)},
    {"new", offset_of_date_span, OFFSET, P(DATE, SPAN)},
    {"new", offset_of_ticks, OFFSET, P(I64, SPAN)},
    {"new", offset_of_parts, OFFSET, P(I32, I32, I32, I32, I32, I32, SPAN)},
    {0},
};
const struct type_members full_date_offset = {
    offset_methods, offset_static_methods, offset_constructors, offset_statics, false, .operators = true};

// --- DateOnly and TimeOnly

static bool clock_made(struct interp *in, const struct type *type, int64_t ticks, value *ret)
{
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return out_of_range(in);
    if (!object_new(in, type, ret))
        return false;
    bool day = type == DAY_ONLY;
    AS(fields, *ret)->at[0] = day ? value_date(ticks / TICKS_PER_DAY * TICKS_PER_DAY, DATE_UNSPECIFIED)
                                  : value_span(ticks % TICKS_PER_DAY);
    return true;
}
static bool read_clock(struct interp *in, const struct type *type, value text, value *ret)
{
    struct date_text read;
    int64_t today = date_to_local(date_now_utc(), DATE_UTC, &in->zone) / TICKS_PER_DAY * TICKS_PER_DAY;
    if (!date_read(value_text(text), text.string->size, today, &read) || read.has_offset)
        return false;
    bool day = type == DAY_ONLY;
    if (day ? read.ticks % TICKS_PER_DAY != 0 : read.ticks / TICKS_PER_DAY != today / TICKS_PER_DAY)
        return false;
    return clock_made(in, type, read.ticks, ret);
}
static bool read_clock_exact(struct interp *in, const struct type *type, value text, value format, value *ret)
{
    struct date_exact read;
    if (!date_read_exact(value_text(text), text.string->size, value_text(format), date_now_utc(), &read))
        return false;
    return clock_made(in, type, read.ticks, ret);
}
METHOD(parse_clock)
{
    UNUSED;
    return need_text(in, args[0]) &&
           (read_clock(in, self.type, args[0], ret) || (value_is_null(in->thrown) && bad_text(in, args[0])));
}
METHOD(try_parse_clock)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && read_clock(in, self.type, args[0], &made);
    return try_result(in, args[count - 1], ok, made, self.type, ret);
}
METHOD(parse_clock_exact)
{
    UNUSED;
    return need_text(in, args[0]) && need_text(in, args[1]) &&
           (read_clock_exact(in, self.type, args[0], args[1], ret) ||
            (value_is_null(in->thrown) && bad_text(in, args[0])));
}
METHOD(try_parse_clock_exact)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && args[1].kind == V_STRING &&
              read_clock_exact(in, self.type, args[0], args[1], &made);
    return try_result(in, args[count - 1], ok, made, self.type, ret);
}
METHOD(clock_of_date)
{
    return UNUSED, clock_made(in, self.type, args[0].i, ret);
}
METHOD(day_of_number)
{
    return UNUSED, clock_made(in, DAY_ONLY, args[0].i * TICKS_PER_DAY, ret);
}
METHOD(day_new)
{
    int64_t ticks;
    struct date_parts parts = {.year = (int)args[0].i, .month = (int)args[1].i, .day = (int)args[2].i};
    UNUSED;
    return (date_join(&parts, &ticks) || out_of_range(in)) && clock_made(in, DAY_ONLY, ticks, ret);
}
METHOD(time_new)
{
    static const int64_t units[] = {TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND,
                                    TICKS_PER_MILLISECOND};
    static const int64_t most[] = {23, 59, 59, 999};
    int64_t ticks = 0;
    UNUSED;
    for (size_t i = 0; i < count; i++) {
        if (args[i].i < 0 || args[i].i > most[i])
            return out_of_range(in);
        ticks += args[i].i * units[i];
    }
    return clock_made(in, TIME_ONLY, ticks, ret);
}
METHOD(time_of_ticks)
{
    UNUSED;
    if (args[0].i < 0 || args[0].i >= TICKS_PER_DAY)
        return out_of_range(in);
    return clock_made(in, TIME_ONLY, args[0].i, ret);
}
METHOD(day_add_days)
{
    return UNUSED, clock_made(in, DAY_ONLY, CLOCK(self) + args[0].i * TICKS_PER_DAY, ret);
}
METHOD(day_add_months)
{
    int64_t clock;
    UNUSED;
    return months_later(in, self, args[0].i, &clock) && clock_made(in, DAY_ONLY, clock, ret);
}
METHOD(day_add_years)
{
    int64_t clock;
    UNUSED;
    return months_later(in, self, args[0].i * 12, &clock) && clock_made(in, DAY_ONLY, clock, ret);
}
METHOD(day_with_time)
{
    UNUSED;
    enum date_kind kind = count > 1 ? (enum date_kind)args[1].i : DATE_UNSPECIFIED;
    return *ret = value_date(CLOCK(self) + CLOCK(args[0]), kind), true;
}
static bool time_moved(struct interp *in, value self, double ticks, value *ret)
{
    int64_t moved_ticks = (CLOCK(self) + (int64_t)ticks) % TICKS_PER_DAY;
    return clock_made(in, TIME_ONLY, moved_ticks < 0 ? moved_ticks + TICKS_PER_DAY : moved_ticks, ret);
}
METHOD(time_add_hours)
{
    return UNUSED, time_moved(in, self, args[0].f * (double)TICKS_PER_HOUR, ret);
}
METHOD(time_add_minutes)
{
    return UNUSED, time_moved(in, self, args[0].f * (double)TICKS_PER_MINUTE, ret);
}
METHOD(time_add)
{
    return UNUSED, time_moved(in, self, (double)args[0].i, ret);
}
METHOD(time_span)
{
    return UNUSED, *ret = value_span(CLOCK(self)), true;
}
METHOD(time_between)
{
    int64_t from = CLOCK(args[0]), to = CLOCK(args[1]), at = CLOCK(self);
    UNUSED;
    return *ret = value_bool(from <= to ? at >= from && at < to : at >= from || at < to), true;
}
METHOD(time_difference)
{
    int64_t ticks = CLOCK(args[0]) - CLOCK(args[1]);
    return UNUSED, *ret = value_span(ticks < 0 ? ticks + TICKS_PER_DAY : ticks), true;
}
#define TEXT(name, spec)                                                                                     \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, formatted(in, self, spec, ret);                                                       \
    }
TEXT(short_day, "d")
TEXT(long_day, "D")
TEXT(short_time, "t")
TEXT(long_time, "T")
#define CLOCK_CONSTANT(name, type, ticks)                                                                    \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, clock_made(in, type, ticks, ret);                                                 \
    }
CLOCK_CONSTANT(day_least, DAY_ONLY, 0)
CLOCK_CONSTANT(day_most, DAY_ONLY, DATE_MAX_TICKS)
CLOCK_CONSTANT(time_least, TIME_ONLY, 0)
CLOCK_CONSTANT(time_most, TIME_ONLY, TICKS_PER_DAY - 1)
static const struct property day_statics[] = {
    {"MinValue", day_least, NULL}, {"MaxValue", day_most, NULL}, {0}};
static const struct property time_statics[] = {
    {"MinValue", time_least, NULL}, {"MaxValue", time_most, NULL}, {0}};
#define COMMON(type)                                                                                         \
    {"CompareTo", order, I32, P(type)}, {"Equals", equals, BOOLEAN, P(OBJ)},                                 \
        {"ToString", to_text, STR, P(STR)},                                                                  \
    {                                                                                                        \
        "ToString", to_text, STR, P(STR, PROVIDER)                                                           \
    }
#define READS(type)                                                                                          \
    {"Parse", parse_clock, type, P(STR)}, {"Parse", parse_clock, type, P(STR, PROVIDER)},                    \
        {"TryParse", try_parse_clock, BOOLEAN, P(STR, REF)},                                                 \
        {"TryParse", try_parse_clock, BOOLEAN, P(STR, PROVIDER, REF)},                                       \
        {"ParseExact", parse_clock_exact, type, P(STR, STR)},                                                \
        {"ParseExact", parse_clock_exact, type, P(STR, STR, PROVIDER)},                                      \
        {"TryParseExact", try_parse_clock_exact, BOOLEAN, P(STR, STR, REF)},                                 \
    {                                                                                                        \
        "FromDateTime", clock_of_date, type, P(DATE)                                                         \
    }
static const struct method day_methods[] = {
    COMMON(DAY_ONLY),
    {"AddDays", day_add_days, DAY_ONLY, P(I32)},
    {"AddMonths", day_add_months, DAY_ONLY, P(I32)},
    {"AddYears", day_add_years, DAY_ONLY, P(I32)},
    {"ToDateTime", day_with_time, DATE, P(TIME_ONLY)},
    {"ToDateTime", day_with_time, DATE, P(TIME_ONLY, &type_date_kind)},
    {"ToShortDateString", short_day, STR},
    {"ToLongDateString", long_day, STR},
    {0},
};
static const struct method day_static_methods[] = {
    READS(DAY_ONLY), {"FromDayNumber", day_of_number, DAY_ONLY, P(I32)}, {0}};
static const struct method day_constructors[] = {{"new", day_new, DAY_ONLY, P(I32, I32, I32)}, {0}};
static const struct method time_methods[] = {
    COMMON(TIME_ONLY),
    {"Add", time_add, TIME_ONLY, P(SPAN)},
    {"AddHours", time_add_hours, TIME_ONLY, P(F64)},
    {"AddMinutes", time_add_minutes, TIME_ONLY, P(F64)},
    {"IsBetween", time_between, BOOLEAN, P(TIME_ONLY, TIME_ONLY)},
    {"ToTimeSpan", time_span, SPAN},
    {"ToShortTimeString", short_time, STR},
    {"ToLongTimeString", long_time, STR},
    {0},
};
static const struct method time_static_methods[] = {
    READS(TIME_ONLY),
    {"FromTimeSpan", clock_of_date, TIME_ONLY, P(SPAN)},
    {"op_Subtraction", time_difference, SPAN, P(TIME_ONLY, TIME_ONLY)},
    {0},
};
static const struct method time_constructors[] = {
    {"new", time_new, TIME_ONLY, P(I32, I32)},
    {"new", time_new, TIME_ONLY, P(I32, I32, I32)},
    {"new", time_new, TIME_ONLY, P(I32, I32, I32, I32)},
    {"new", time_of_ticks, TIME_ONLY, P(I64)},
    {0},
};
const struct type_members full_date_only = {day_methods, day_static_methods, day_constructors, day_statics,
                                            false};
const struct type_members full_time_only = {
    time_methods, time_static_methods, time_constructors, time_statics, false, .operators = true};
