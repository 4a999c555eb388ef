// System.DateTime.
#include <math.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

static bool out_of_range(struct interp *in)
{
    return method_throw(in, &type_argument_range_exception, "There is no such time.");
}

static bool date(struct interp *in, int64_t ticks, uint32_t kind, value *ret)
{
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return out_of_range(in);
    return *ret = value_date(ticks, (enum date_kind)kind), true;
}
static bool moved(struct interp *in, value self, int64_t by, value *ret)
{
    int64_t ticks;
    return __builtin_add_overflow(self.i, by, &ticks) ? out_of_range(in) : date(in, ticks, self.aux, ret);
}
static bool add_ticks(struct interp *in, value self, double ticks, value *ret)
{
    if (!(fabs(ticks) < 9e18))
        return out_of_range(in);
    return moved(in, self, (int64_t)ticks, ret);
}
#define ADD(name, unit)                                                                                      \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, add_ticks(in, self, args[0].f * (double)(unit), ret);                                 \
    }
ADD(add_days, TICKS_PER_DAY)
ADD(add_hours, TICKS_PER_HOUR) ADD(add_minutes, TICKS_PER_MINUTE) ADD(add_seconds, TICKS_PER_SECOND)
    ADD(add_milliseconds, TICKS_PER_MILLISECOND) METHOD(add_ticks_exactly)
{
    return UNUSED, moved(in, self, args[0].i, ret);
}
METHOD(add_months)
{
    int64_t ticks;
    UNUSED;
    if (args[0].i < -120000 || args[0].i > 120000 || !date_add_months(self.i, (int)args[0].i, &ticks))
        return out_of_range(in);
    return date(in, ticks, self.aux, ret);
}
METHOD(add_years)
{
    value months = value_int((int32_t)args[0].i * 12);
    if (args[0].i < -10000 || args[0].i > 10000)
        return out_of_range(in);
    return add_months(in, self, &months, count, ret);
}
METHOD(add_span)
{
    return UNUSED, moved(in, self, args[0].i, ret);
}
METHOD(subtract_span)
{
    return UNUSED, args[0].i == INT64_MIN ? out_of_range(in) : moved(in, self, -args[0].i, ret);
}
METHOD(subtract_date)
{
    return UNUSED, *ret = value_span(self.i - args[0].i), true;
}
METHOD(to_local)
{
    return UNUSED,
           *ret = self.aux == DATE_LOCAL ? self
                                         : value_date(date_to_local(self.i, DATE_UTC, &in->zone), DATE_LOCAL),
           true;
}
METHOD(to_utc)
{
    return UNUSED,
           *ret = self.aux == DATE_UTC
                      ? self
                      : value_date(date_to_utc(self.i, (enum date_kind)self.aux, &in->zone), DATE_UTC),
           true;
}
static bool format(struct interp *in, value self, const char *spec, value *ret)
{
    struct buf out = BUF_INIT;
    if (date_format(self.i, (enum date_kind)self.aux, &in->zone, spec, strlen(spec), &out))
        return buf_take(in, &out, ret);
    buf_free(&out);
    return method_throw(in, &type_format_exception, "'%s' is not a format of dates.", spec);
}
#define FORMAT(name, spec)                                                                                   \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, format(in, self, spec, ret);                                                          \
    }
FORMAT(short_date, "d")
FORMAT(long_date, "D") FORMAT(short_time, "t") FORMAT(long_time, "T") METHOD(to_string_spec)
{
    return UNUSED, format(in, self, value_is_null(args[0]) ? "" : value_text(args[0]), ret);
}
#define FILE_TIME_EPOCH INT64_C(504911232000000000)
METHOD(to_file_time)
{
    return UNUSED,
           *ret = value_long(date_to_utc(self.i, (enum date_kind)self.aux, &in->zone) - FILE_TIME_EPOCH),
           true;
}
METHOD(to_file_time_utc)
{
    return UNUSED,
           *ret = value_long((self.aux == DATE_LOCAL ? date_to_utc(self.i, DATE_LOCAL, &in->zone) : self.i) -
                             FILE_TIME_EPOCH),
           true;
}
#define OLE_EPOCH INT64_C(599264352000000000)
METHOD(to_ole)
{
    return UNUSED, *ret = value_double((double)((self.i - OLE_EPOCH) / TICKS_PER_MILLISECOND) / 86400000.0),
                   true;
}
METHOD(to_binary)
{
    return UNUSED,
           *ret = value_long(
               (int64_t)((uint64_t)(self.aux == DATE_LOCAL ? date_to_utc(self.i, DATE_LOCAL, &in->zone)
                                                           : self.i) |
                         (uint64_t)self.aux << 62)),
           true;
}
METHOD(is_daylight)
{
    return UNUSED, *ret = value_false, true;
}
METHOD(compare_to)
{
    return UNUSED, *ret = value_int(value_is_null(args[0]) ? 1 : (self.i > args[0].i) - (self.i < args[0].i)),
                   true;
}
METHOD(equals_date)
{
    return UNUSED, *ret = value_bool(args[0].kind == self.kind && args[0].i == self.i), true;
}
static const struct method date_methods[] = {{"AddDays", add_days, DATE, P(F64)},
                                             {"AddHours", add_hours, DATE, P(F64)},
                                             {"AddMinutes", add_minutes, DATE, P(F64)},
                                             {"AddSeconds", add_seconds, DATE, P(F64)},
                                             {"AddMilliseconds", add_milliseconds, DATE, P(F64)},
                                             {"AddTicks", add_ticks_exactly, DATE, P(I64)},
                                             {"AddMonths", add_months, DATE, P(I32)},
                                             {"AddYears", add_years, DATE, P(I32)},
                                             {"Add", add_span, DATE, P(SPAN)},
                                             {"Subtract", subtract_date, SPAN, P(DATE)},
                                             {"Subtract", subtract_span, DATE, P(SPAN)},
                                             {"ToLocalTime", to_local, DATE},
                                             {"ToUniversalTime", to_utc, DATE},
                                             {"ToString", to_string_spec, STR, P(STR)},
                                             {"ToString", to_string_spec, STR, P(STR, PROVIDER)},
                                             {"ToShortDateString", short_date, STR},
                                             {"ToLongDateString", long_date, STR},
                                             {"ToShortTimeString", short_time, STR},
                                             {"ToLongTimeString", long_time, STR},
                                             {"ToFileTime", to_file_time, I64},
                                             {"ToFileTimeUtc", to_file_time_utc, I64},
                                             {"ToOADate", to_ole, F64},
                                             {"ToBinary", to_binary, I64},
                                             {"IsDaylightSavingTime", is_daylight, BOOLEAN},
                                             {"CompareTo", compare_to, I32, P(DATE)},
                                             {"Equals", equals_date, BOOLEAN, P(OBJ)},
                                             {0}};

static bool now(struct interp *in, value self, value *ret)
{
    return (void)self, *ret = value_date(date_to_local(date_now_utc(), DATE_UTC, &in->zone), DATE_LOCAL),
                       true;
}
static bool utc_now(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_date(date_now_utc(), DATE_UTC), true;
}
static bool today(struct interp *in, value self, value *ret)
{
    now(in, self, ret);
    return ret->i -= ret->i % TICKS_PER_DAY, true;
}
static bool date_min(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_date(0, DATE_UNSPECIFIED), true;
}
static bool date_max(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_date(DATE_MAX_TICKS, DATE_UNSPECIFIED), true;
}
static bool unix_epoch(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_date(UNIX_EPOCH_TICKS, DATE_UTC), true;
}
static const struct property date_statics_properties[] = {{"Now", now, NULL},
                                                          {"UtcNow", utc_now, NULL},
                                                          {"Today", today, NULL},
                                                          {"MinValue", date_min, NULL},
                                                          {"MaxValue", date_max, NULL},
                                                          {"UnixEpoch", unix_epoch, NULL},
                                                          {0}};

static bool read_text(struct interp *in, value text, value *ret)
{
    int64_t ticks;
    enum date_kind kind;
    if (!date_parse(value_text(text), text.string->size, &in->zone, &ticks, &kind))
        return false;
    return *ret = value_date(ticks, kind), true;
}
// What the styles make of a date that was read as a cast reads it.
static void adjust(struct interp *in, int64_t styles, value *io_date)
{
    enum { TO_UTC = 16, LOCAL = 32, UTC = 64, KIND = 128 };
    if (io_date->aux == DATE_UNSPECIFIED && styles & UTC)
        *io_date = styles & TO_UTC ? value_date(io_date->i, DATE_UTC)
                                   : value_date(date_to_local(io_date->i, DATE_UTC, &in->zone), DATE_LOCAL);
    else if (io_date->aux == DATE_UNSPECIFIED && styles & LOCAL)
        io_date->aux = DATE_LOCAL;
    if (io_date->aux == DATE_LOCAL && styles & TO_UTC)
        *io_date = value_date(date_to_utc(io_date->i, DATE_LOCAL, &in->zone), DATE_UTC);
}
METHOD(parse_date)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    bool utc_text = count > 2 && args[2].i & 128 && args[0].string->size &&
                    value_text(args[0])[args[0].string->size - 1] == 'Z';
    if (read_text(in, args[0], ret))
        return adjust(in, utc_text ? 16 : count > 2 ? args[2].i : 0, ret), true;
    return method_throw(in, &type_format_exception, "'%s' is not a date.", value_text(args[0]));
}
METHOD(try_parse_date)
{
    value d = value_date(0, DATE_UNSPECIFIED);
    UNUSED;
    bool ok = args[0].kind == V_STRING && read_text(in, args[0], &d);
    return *ret = value_bool(ok), reference_set(in, args[count - 1], d);
}

// --- ParseExact

enum { ALLOW_BLANKS = 7, ADJUST_TO_UTC = 16, ASSUME_LOCAL = 32, ASSUME_UTC = 64, ROUND_TRIP = 128 };

static bool exact_date(struct interp *in, value text, const char *format, int64_t styles, value *ret)
{
    struct date_exact exact;
    value local;
    const char *at = value_text(text), *end = at + text.string->size;
    now(in, value_null, &local);
    while (styles & ALLOW_BLANKS && at < end && *at == ' ')
        at++;
    while (styles & ALLOW_BLANKS && end > at && end[-1] == ' ')
        end--;
    if (!date_read_exact(at, (size_t)(end - at), format, local.i, &exact))
        return false;
    int64_t ticks = exact.ticks - exact.offset * TICKS_PER_MINUTE;
    bool utc = exact.utc || exact.has_offset || styles & ASSUME_UTC;
    if (utc && (styles & ADJUST_TO_UTC || (styles & ROUND_TRIP && exact.utc)))
        return *ret = value_date(ticks, DATE_UTC), true;
    if (utc)
        return *ret = value_date(date_to_local(ticks, DATE_UTC, &in->zone), DATE_LOCAL), true;
    return *ret = value_date(ticks, styles & ASSUME_LOCAL ? DATE_LOCAL : DATE_UNSPECIFIED), true;
}
static bool exact_any(struct interp *in, value text, value formats, int64_t styles, value *ret)
{
    if (formats.kind == V_STRING)
        return exact_date(in, text, value_text(formats), styles, ret);
    for (size_t i = 0; formats.kind == V_ARRAY && i < formats.array->count; i++)
        if (exact_date(in, text, value_text(formats.array->items[i]), styles, ret))
            return true;
    return false;
}
METHOD(parse_exact)
{
    UNUSED;
    if (value_is_null(args[0]) || value_is_null(args[1]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    int64_t styles = count > 3 ? args[3].i : 0;
    return exact_any(in, args[0], args[1], styles, ret) ||
           method_throw(in, &type_format_exception, "'%s' does not have that format.", value_text(args[0]));
}
METHOD(try_parse_exact)
{
    value d = value_date(0, DATE_UNSPECIFIED);
    UNUSED;
    bool ok = args[0].kind == V_STRING && exact_any(in, args[0], args[1], args[3].i, &d);
    return *ret = value_bool(ok), reference_set(in, args[4], d);
}
METHOD(days_in_month)
{
    UNUSED;
    if (args[0].i < 1 || args[0].i > 9999 || args[1].i < 1 || args[1].i > 12)
        return out_of_range(in);
    return *ret = value_int(date_month_days((int)args[0].i, (int)args[1].i)), true;
}
METHOD(is_leap)
{
    return UNUSED, *ret = value_bool(date_month_days((int)args[0].i, 2) == 29), true;
}
METHOD(specify_kind)
{
    return UNUSED, *ret = value_date(args[0].i, (enum date_kind)args[1].i), true;
}
METHOD(from_file_time)
{
    return UNUSED, date(in, date_to_local(args[0].i + FILE_TIME_EPOCH, DATE_UTC, &in->zone), DATE_LOCAL, ret);
}
METHOD(from_file_time_utc)
{
    return UNUSED, date(in, args[0].i + FILE_TIME_EPOCH, DATE_UTC, ret);
}
METHOD(from_ole)
{
    return UNUSED, date(in, OLE_EPOCH + (int64_t)llround(args[0].f * 86400000.0) * TICKS_PER_MILLISECOND,
                        DATE_UNSPECIFIED, ret);
}
METHOD(from_binary)
{
    UNUSED;
    uint32_t kind = (uint32_t)((uint64_t)args[0].i >> 62);
    int64_t ticks = args[0].i & INT64_C(0x3fffffffffffffff);
    if (kind >= DATE_LOCAL)
        return date(in, date_to_local(ticks, DATE_UTC, &in->zone), DATE_LOCAL, ret);
    return date(in, ticks, kind, ret);
}
METHOD(compare_dates)
{
    return UNUSED, *ret = value_int((args[0].i > args[1].i) - (args[0].i < args[1].i)), true;
}
#define STYLES &type_date_time_styles
static const struct method date_statics[] = {
    {"Parse", parse_date, DATE, P(STR)},
    {"Parse", parse_date, DATE, P(STR, PROVIDER)},
    {"TryParse", try_parse_date, BOOLEAN, P(STR, REF)},
    {"Parse", parse_date, DATE, P(STR, PROVIDER, STYLES)},
    {"TryParse", try_parse_date, BOOLEAN, P(STR, PROVIDER, STYLES, REF)},
    {"ParseExact", parse_exact, DATE, P(STR, STR, PROVIDER)},
    {"ParseExact", parse_exact, DATE, P(STR, STR, PROVIDER, STYLES)},
    {"ParseExact", parse_exact, DATE, P(STR, STRS, PROVIDER, STYLES)},
    {"TryParseExact", try_parse_exact, BOOLEAN, P(STR, STR, PROVIDER, STYLES, REF)},
    {"TryParseExact", try_parse_exact, BOOLEAN, P(STR, STRS, PROVIDER, STYLES, REF)},
    {"DaysInMonth", days_in_month, I32, P(I32, I32)},
    {"IsLeapYear", is_leap, BOOLEAN, P(I32)},
    {"SpecifyKind", specify_kind, DATE, P(DATE, &type_date_kind)},
    {"FromFileTime", from_file_time, DATE, P(I64)},
    {"FromFileTimeUtc", from_file_time_utc, DATE, P(I64)},
    {"FromOADate", from_ole, DATE, P(F64)},
    {"FromBinary", from_binary, DATE, P(I64)},
    {"Compare", compare_dates, I32, P(DATE, DATE)},
    {0}};

METHOD(date_new)
{
    (void)self;
    if (count <= 2 && args[0].kind == V_I64)
        return date(in, args[0].i, count > 1 ? (uint32_t)args[1].i : DATE_UNSPECIFIED, ret);
    bool kind = args[count - 1].kind == V_ENUM;
    size_t n = count - kind;
    int64_t micro = n > 7 ? args[7].i : 0;
    int64_t ticks;
    struct date_parts parts = {.year = (int)args[0].i,
                               .month = (int)args[1].i,
                               .day = (int)args[2].i,
                               .hour = n > 3 ? (int)args[3].i : 0,
                               .minute = n > 4 ? (int)args[4].i : 0,
                               .second = n > 5 ? (int)args[5].i : 0,
                               .fraction = n > 6 ? (int)(args[6].i * TICKS_PER_MILLISECOND + micro * 10) : 0};
    if ((n > 6 && (args[6].i < 0 || args[6].i > 999)) || micro < 0 || micro > 999)
        return out_of_range(in);
    if (!date_join(&parts, &ticks))
        return out_of_range(in);
    return date(in, ticks, kind ? (uint32_t)args[count - 1].i : DATE_UNSPECIFIED, ret);
}
#define KIND &type_date_kind
static const struct method date_constructors[] = {
    {"new", date_new, DATE, P(I64)},
    {"new", date_new, DATE, P(I64, KIND)},
    {"new", date_new, DATE, P(I32, I32, I32)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, KIND)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, I32)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, I32, KIND)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, I32, I32)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, I32, I32, KIND)},
    {0}};
const struct type_members full_datetime = {date_methods, date_statics, date_constructors,
                                           date_statics_properties};
