// DateTimeOffset: at[0] the clock's date, at[1] the offset. DateOnly: at[0] its midnight. TimeOnly: at[0] a
// span.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/clock.h"
#include "interp/value/enum.h"
#include "interp/value/format.h"
#include "interp/value/types-rows.h"

#define OFFSET &type_date_offset
#define EAST(v) AS(fields, v)->at[1].i
#define UTC_OF(v) (CLOCK(v) - EAST(v))
#define STYLES &type_date_time_styles

bool clock_out_of_range(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception, "There is no such time.");
}
bool clock_bad_text(struct interp *in, value text)
{
    return method_throw(in, &type_format_exception, "'%s' is not a date or time.", value_text(text));
}

static bool offset_made(struct interp *in, int64_t clock, int64_t east, value *ret)
{
    if (east % TICKS_PER_MINUTE)
        return method_throw(in, &type_argument_exception, "An offset is of whole minutes.");
    if (east < -14 * TICKS_PER_HOUR || east > 14 * TICKS_PER_HOUR || clock < 0 || clock > DATE_MAX_TICKS ||
        clock - east < 0 || clock - east > DATE_MAX_TICKS)
        return clock_out_of_range(in);
    if (!object_new(in, OFFSET, ret))
        return false;
    AS(fields, *ret)->at[0] = value_date(clock, DATE_UNSPECIFIED);
    return AS(fields, *ret)->at[1] = value_span(east), true;
}

bool date_offset_new(struct interp *in, int64_t clock, int64_t east, value *ret)
{
    return offset_made(in, clock, east, ret);
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

bool clock_formatted(struct interp *in, value self, const char *spec, value *ret)
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
    return clock_formatted(in, self, "", ret);
}
bool clock_text(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    return UNUSED, clock_formatted(in, self, value_is_null(args[0]) ? "" : value_text(args[0]), ret);
}

// --- Parts

#define CLOCK_PART(symbol, name)                                                                             \
    static bool clock_##symbol(struct interp *in, value self, value *ret)                                    \
    {                                                                                                        \
        return member_named(in, value_date(CLOCK(self), DATE_UNSPECIFIED), name, ret);                       \
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

static bool moved_by(struct interp *in, value self, int64_t by, value *ret)
{
    int64_t clock;
    return __builtin_add_overflow(CLOCK(self), by, &clock) ? clock_out_of_range(in)
                                                           : offset_made(in, clock, EAST(self), ret);
}
static bool moved_back(struct interp *in, value self, int64_t by, value *ret)
{
    return by == INT64_MIN ? clock_out_of_range(in) : moved_by(in, self, -by, ret);
}
static bool moved(struct interp *in, value self, double ticks, value *ret)
{
    if (!(ticks > -9e18 && ticks < 9e18))
        return clock_out_of_range(in);
    return moved_by(in, self, (int64_t)ticks, ret);
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
    return UNUSED, moved_by(in, self, args[0].i, ret);
}
bool clock_months_later(struct interp *in, value self, int64_t months, int64_t *ret)
{
    return (months >= -120000 && months <= 120000 && date_add_months(CLOCK(self), (int)months, ret)) ||
           clock_out_of_range(in);
}
METHOD(add_months)
{
    int64_t clock;
    UNUSED;
    return clock_months_later(in, self, args[0].i, &clock) && offset_made(in, clock, EAST(self), ret);
}
METHOD(add_years)
{
    int64_t clock;
    UNUSED;
    return clock_months_later(in, self, args[0].i * 12, &clock) && offset_made(in, clock, EAST(self), ret);
}
METHOD(subtract_span)
{
    return UNUSED, moved_back(in, self, args[0].i, ret);
}
METHOD(subtract_offset)
{
    return UNUSED, *ret = value_span(UTC_OF(self) - UTC_OF(args[0])), true;
}
METHOD(operator_add)
{
    return UNUSED, moved_by(in, args[0], args[1].i, ret);
}
METHOD(operator_subtract_span)
{
    return UNUSED, moved_back(in, args[0], args[1].i, ret);
}
METHOD(operator_subtract)
{
    return UNUSED, *ret = value_span(UTC_OF(args[0]) - UTC_OF(args[1])), true;
}
METHOD(to_offset)
{
    UNUSED;
    if (args[0].i < -14 * TICKS_PER_HOUR || args[0].i > 14 * TICKS_PER_HOUR)
        return clock_out_of_range(in);
    return offset_made(in, UTC_OF(self) + args[0].i, args[0].i, ret);
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
bool clock_order(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    UNUSED;
    return *ret = value_int(value_is_null(args[0]) ? 1 : self.object->type->compare(self, args[0])), true;
}
bool clock_equals(struct interp *in, value self, const value *args, size_t count, value *ret)
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
bool clock_need_text(struct interp *in, value text)
{
    return !value_is_null(text) ||
           method_throw(in, &type_argument_null_exception, "The text must not be $null.");
}
METHOD(parse_offset)
{
    UNUSED;
    return clock_need_text(in, args[0]) && (read_offset(in, args[0], count > 2 ? args[2].i : 0, ret) ||
                                            (value_is_null(in->thrown) && clock_bad_text(in, args[0])));
}
bool clock_try_result(struct interp *in, value reference, bool ok, value made, const struct type *type,
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
    return clock_try_result(in, args[count - 1], ok, made, OFFSET, ret);
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
    return clock_need_text(in, args[0]) && clock_need_text(in, args[1]) &&
           (read_exact(in, args[0], args[1], ret) ||
            (value_is_null(in->thrown) && clock_bad_text(in, args[0])));
}
METHOD(try_parse_offset_exact)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && args[1].kind == V_STRING && read_exact(in, args[0], args[1], &made);
    return clock_try_result(in, args[count - 1], ok, made, OFFSET, ret);
}
METHOD(from_unix_seconds)
{
    UNUSED;
    if (args[0].i < -62135596800 || args[0].i > 253402300799)
        return clock_out_of_range(in);
    return offset_made(in, UNIX_EPOCH_TICKS + args[0].i * TICKS_PER_SECOND, 0, ret);
}
METHOD(from_unix_milliseconds)
{
    UNUSED;
    if (args[0].i < -62135596800000 || args[0].i > 253402300799999)
        return clock_out_of_range(in);
    return offset_made(in, UNIX_EPOCH_TICKS + args[0].i * TICKS_PER_MILLISECOND, 0, ret);
}
METHOD(from_file_time)
{
    if (args[0].i < 0 || args[0].i > DATE_MAX_TICKS - INT64_C(504911232000000000))
        return clock_out_of_range(in);
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
    int64_t milli = count > 7 ? args[6].i : 0, micro = count > 8 ? args[7].i : 0;
    if (milli < 0 || milli > 999 || micro < 0 || micro > 999)
        return clock_out_of_range(in);
    parts.fraction = (int)(milli * TICKS_PER_MILLISECOND + micro * 10);
    return (date_join(&parts, &ticks) || clock_out_of_range(in)) &&
           offset_made(in, ticks, args[count - 1].i, ret);
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
    {"CompareTo", clock_order, I32, P(OFFSET)},
    {"Equals", clock_equals, BOOLEAN, P(OBJ)},
    {"ToString", clock_text, STR, P(STR)},
    {"ToString", clock_text, STR, P(STR, PROVIDER)},
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
    {"new", offset_of_parts, OFFSET, P(I32, I32, I32, I32, I32, I32, I32, SPAN)},
    {"new", offset_of_parts, OFFSET, P(I32, I32, I32, I32, I32, I32, I32, I32, SPAN)},
    {0},
};
const struct type_members full_date_offset = {offset_methods, offset_static_methods, offset_constructors,
                                              offset_statics, .operators = true};
