// System.DateTime, System.TimeSpan, Stopwatch.
#include <math.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

static bool out_of_range(struct interp *in) { return method_throw(in, &type_argument_range_exception, "There is no such time."); }

static bool date(struct interp *in, int64_t ticks, uint32_t kind, value *ret) {
    if (ticks < 0 || ticks > DATE_MAX_TICKS) return out_of_range(in);
    return *ret = value_date(ticks, (enum date_kind)kind), true;
}
static bool moved(struct interp *in, value self, int64_t by, value *ret) {
    int64_t ticks;
    return __builtin_add_overflow(self.i, by, &ticks) ? out_of_range(in) : date(in, ticks, self.aux, ret);
}
static bool add_ticks(struct interp *in, value self, double ticks, value *ret) {
    if (!(fabs(ticks) < 9e18)) return out_of_range(in);
    return moved(in, self, (int64_t)ticks, ret);
}
#define ADD(name, unit) METHOD(name) { return UNUSED, add_ticks(in, self, args[0].f * (double)(unit), ret); }
ADD(add_days, TICKS_PER_DAY) ADD(add_hours, TICKS_PER_HOUR) ADD(add_minutes, TICKS_PER_MINUTE) ADD(add_seconds, TICKS_PER_SECOND) ADD(add_milliseconds, TICKS_PER_MILLISECOND)
METHOD(add_ticks_exactly) { return UNUSED, moved(in, self, args[0].i, ret); }
METHOD(add_months) {
    int64_t ticks;
    UNUSED;
    if (args[0].i < -120000 || args[0].i > 120000 || !date_add_months(self.i, (int)args[0].i, &ticks)) return out_of_range(in);
    return date(in, ticks, self.aux, ret);
}
METHOD(add_years) {
    value months = value_int((int32_t)args[0].i * 12);
    if (args[0].i < -10000 || args[0].i > 10000) return out_of_range(in);
    return add_months(in, self, &months, count, ret);
}
METHOD(add_span) { return UNUSED, moved(in, self, args[0].i, ret); }
METHOD(subtract_span) { return UNUSED, args[0].i == INT64_MIN ? out_of_range(in) : moved(in, self, -args[0].i, ret); }
METHOD(subtract_date) { return UNUSED, *ret = value_span(self.i - args[0].i), true; }
METHOD(to_local) { return UNUSED, *ret = self.aux == DATE_LOCAL ? self : value_date(date_to_local(self.i, DATE_UTC, &in->zone), DATE_LOCAL), true; }
METHOD(to_utc) { return UNUSED, *ret = self.aux == DATE_UTC ? self : value_date(date_to_utc(self.i, (enum date_kind)self.aux, &in->zone), DATE_UTC), true; }
static bool format(struct interp *in, value self, const char *spec, value *ret) {
    struct buf out = BUF_INIT;
    if (date_format(self.i, (enum date_kind)self.aux, &in->zone, spec, strlen(spec), &out)) return buf_take(in, &out, ret);
    buf_free(&out);
    return method_throw(in, &type_format_exception, "'%s' is not a format of dates.", spec);
}
#define FORMAT(name, spec) METHOD(name) { return UNUSED, format(in, self, spec, ret); }
FORMAT(short_date, "d") FORMAT(long_date, "D") FORMAT(short_time, "t") FORMAT(long_time, "T")
METHOD(to_string_spec) { return UNUSED, format(in, self, value_is_null(args[0]) ? "" : value_text(args[0]), ret); }
#define FILE_TIME_EPOCH INT64_C(504911232000000000)
METHOD(to_file_time) { return UNUSED, *ret = value_long(date_to_utc(self.i, (enum date_kind)self.aux, &in->zone) - FILE_TIME_EPOCH), true; }
METHOD(to_file_time_utc) { return UNUSED, *ret = value_long((self.aux == DATE_LOCAL ? date_to_utc(self.i, DATE_LOCAL, &in->zone) : self.i) - FILE_TIME_EPOCH), true; }
#define OLE_EPOCH INT64_C(599264352000000000)
METHOD(to_ole) { return UNUSED, *ret = value_double((double)((self.i - OLE_EPOCH) / TICKS_PER_MILLISECOND) / 86400000.0), true; }
METHOD(to_binary) { return UNUSED, *ret = value_long((int64_t)((uint64_t)(self.aux == DATE_LOCAL ? date_to_utc(self.i, DATE_LOCAL, &in->zone) : self.i) | (uint64_t)self.aux << 62)), true; }
METHOD(is_daylight) { return UNUSED, *ret = value_false, true; }
METHOD(compare_to) { return UNUSED, *ret = value_int(value_is_null(args[0]) ? 1 : (self.i > args[0].i) - (self.i < args[0].i)), true; }
METHOD(equals_date) { return UNUSED, *ret = value_bool(args[0].kind == self.kind && args[0].i == self.i), true; }
static const struct method date_methods[] = {{"AddDays", add_days, DATE, P(F64)}, {"AddHours", add_hours, DATE, P(F64)}, {"AddMinutes", add_minutes, DATE, P(F64)},
    {"AddSeconds", add_seconds, DATE, P(F64)}, {"AddMilliseconds", add_milliseconds, DATE, P(F64)}, {"AddTicks", add_ticks_exactly, DATE, P(I64)}, {"AddMonths", add_months, DATE, P(I32)},
    {"AddYears", add_years, DATE, P(I32)}, {"Add", add_span, DATE, P(SPAN)}, {"Subtract", subtract_date, SPAN, P(DATE)}, {"Subtract", subtract_span, DATE, P(SPAN)},
    {"ToLocalTime", to_local, DATE}, {"ToUniversalTime", to_utc, DATE}, {"ToString", to_string_spec, STR, P(STR)}, {"ToString", to_string_spec, STR, P(STR, PROVIDER)},
    {"ToShortDateString", short_date, STR}, {"ToLongDateString", long_date, STR}, {"ToShortTimeString", short_time, STR}, {"ToLongTimeString", long_time, STR},
    {"ToFileTime", to_file_time, I64}, {"ToFileTimeUtc", to_file_time_utc, I64}, {"ToOADate", to_ole, F64}, {"ToBinary", to_binary, I64}, {"IsDaylightSavingTime", is_daylight, BOOLEAN},
    {"CompareTo", compare_to, I32, P(DATE)}, {"Equals", equals_date, BOOLEAN, P(OBJ)}, {0}};

static bool now(struct interp *in, value self, value *ret) { return (void)self, *ret = value_date(date_to_local(date_now_utc(), DATE_UTC, &in->zone), DATE_LOCAL), true; }
static bool utc_now(struct interp *in, value self, value *ret) { return (void)in, (void)self, *ret = value_date(date_now_utc(), DATE_UTC), true; }
static bool today(struct interp *in, value self, value *ret) {
    now(in, self, ret);
    return ret->i -= ret->i % TICKS_PER_DAY, true;
}
static bool date_min(struct interp *in, value self, value *ret) { return (void)in, (void)self, *ret = value_date(0, DATE_UNSPECIFIED), true; }
static bool date_max(struct interp *in, value self, value *ret) { return (void)in, (void)self, *ret = value_date(DATE_MAX_TICKS, DATE_UNSPECIFIED), true; }
static bool unix_epoch(struct interp *in, value self, value *ret) { return (void)in, (void)self, *ret = value_date(UNIX_EPOCH_TICKS, DATE_UTC), true; }
static const struct property date_statics_properties[] = {{"Now", now, NULL}, {"UtcNow", utc_now, NULL}, {"Today", today, NULL}, {"MinValue", date_min, NULL},
    {"MaxValue", date_max, NULL}, {"UnixEpoch", unix_epoch, NULL}, {0}};

static bool read_text(struct interp *in, value text, value *ret) {
    int64_t ticks;
    enum date_kind kind;
    if (!date_parse(value_text(text), text.string->size, &in->zone, &ticks, &kind)) return false;
    return *ret = value_date(ticks, kind), true;
}
METHOD(parse_date) {
    UNUSED;
    if (value_is_null(args[0])) return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return read_text(in, args[0], ret) || method_throw(in, &type_format_exception, "'%s' is not a date.", value_text(args[0]));
}
METHOD(try_parse_date) {
    value d = value_date(0, DATE_UNSPECIFIED);
    UNUSED;
    bool ok = args[0].kind == V_STRING && read_text(in, args[0], &d);
    return *ret = value_bool(ok), reference_set(in, args[count - 1], d);
}

// --- ParseExact: a custom format read backwards ----------------------------------------------------------------------------

struct exact { const char *at, *end; struct date_parts parts; bool pm, has_pm, utc, has_offset; int offset; };
static bool digits(struct exact *exact, size_t least, size_t most, int *ret) {
    size_t n = 0;
    for (*ret = 0; n < most && exact->at < exact->end && *exact->at >= '0' && *exact->at <= '9'; n++) *ret = *ret * 10 + *exact->at++ - '0';
    return n >= least;
}
static bool name_of(struct exact *exact, const char *const *names, size_t count, size_t letters, int *ret) {
    for (size_t i = 0; i < count; i++) {
        size_t size = letters ? letters : strlen(names[i]);
        if ((size_t)(exact->end - exact->at) >= size && !strncasecmp(exact->at, names[i], size)) return exact->at += size, *ret = (int)i, true;
    }
    return false;
}
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static bool fraction(struct exact *exact, size_t count, bool optional) {
    int n = 0;
    size_t read = 0;
    for (; read < count && exact->at < exact->end && *exact->at >= '0' && *exact->at <= '9'; read++) n = n * 10 + *exact->at++ - '0';
    if (read < count && !optional) return false;
    for (size_t i = read; i < 7; i++) n *= 10;
    return exact->parts.fraction = n, true;
}
static bool offset(struct exact *exact, size_t count) {
    int hours, minutes = 0;
    if (exact->at == exact->end || (*exact->at != '+' && *exact->at != '-')) return false;
    bool minus = *exact->at++ == '-';
    if (!digits(exact, count > 1 ? 2 : 1, 2, &hours)) return false;
    if (count > 2 && (exact->at == exact->end || *exact->at++ != ':' || !digits(exact, 2, 2, &minutes))) return false;
    exact->has_offset = true;
    return exact->offset = (hours * 60 + minutes) * (minus ? -1 : 1), true;
}
static bool year(struct exact *exact, size_t count) {
    if (!digits(exact, count < 3 ? count : count, count < 3 ? 2 : 4, &exact->parts.year)) return false;
    if (count < 3) exact->parts.year += exact->parts.year < 50 ? 2000 : 1900;
    return true;
}
static bool specifier(struct exact *exact, char letter, size_t count) {
    static const char *const halves[] = {"AM", "PM"};
    int n = 0;
    switch (letter) {
    case 'y': return year(exact, count);
    case 'M':
        if (count < 3) return digits(exact, count, 2, &exact->parts.month);
        return name_of(exact, months, 12, count == 3 ? 3 : 0, &n) && (exact->parts.month = n + 1, true);
    case 'd': return count < 3 ? digits(exact, count, 2, &exact->parts.day) : name_of(exact, days, 7, count == 3 ? 3 : 0, &n);
    case 'H':
    case 'h': return digits(exact, count > 1 ? 2 : 1, 2, &exact->parts.hour);
    case 'm': return digits(exact, count > 1 ? 2 : 1, 2, &exact->parts.minute);
    case 's': return digits(exact, count > 1 ? 2 : 1, 2, &exact->parts.second);
    case 'f': return fraction(exact, count, false);
    case 'F': return fraction(exact, count, true);
    case 't': return name_of(exact, halves, 2, count == 1, &n) && (exact->has_pm = true, exact->pm = n, true);
    case 'z': return offset(exact, count);
    case 'K':
        if (exact->at < exact->end && *exact->at == 'Z') return exact->at++, exact->utc = true;
        return exact->at == exact->end || offset(exact, 3);
    default: return false;
    }
}
static const char *standard(char letter) {
    switch (letter) {
    case 'd': return "MM/dd/yyyy";
    case 'D': return "dddd, dd MMMM yyyy";
    case 't': return "HH:mm";
    case 'T': return "HH:mm:ss";
    case 'g': return "MM/dd/yyyy HH:mm";
    case 'G': return "MM/dd/yyyy HH:mm:ss";
    case 's': return "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
    case 'u': return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'";
    case 'o':
    case 'O': return "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";
    case 'r':
    case 'R': return "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
    default: return NULL;
    }
}
static bool read_exact(struct exact *exact, const char *format) {
    while (*format) {
        char quote = *format == '\'' || *format == '"' ? *format++ : 0;
        if (quote) {
            for (; *format && *format != quote; format++)
                if (exact->at == exact->end || *exact->at++ != *format) return false;
            if (*format) format++;
        } else if (strchr("yMdHhmsfFtzK", *format)) {
            size_t count = strspn(format, (char[]){*format, 0});
            if (!specifier(exact, *format, count)) return false;
            format += count;
        } else {
            if (*format == '%') { format++; continue; }
            if (*format == '\\' && format[1]) format++;
            if (exact->at == exact->end || *exact->at++ != *format++) return false;
        }
    }
    return exact->at == exact->end;
}
static bool exact_date(struct interp *in, value text, const char *format, int64_t styles, value *ret) {
    struct date_parts today_parts;
    value local;
    now(in, value_null, &local);
    date_split(local.i, &today_parts);
    bool has_date = strpbrk(format, "yMd");
    struct exact exact = {.at = value_text(text), .end = value_text(text) + text.string->size, .parts = {.year = today_parts.year, .month = has_date ? 1 : today_parts.month, .day = has_date ? 1 : today_parts.day}};
    int64_t ticks;
    if (!format[1] && standard(*format)) format = standard(*format);
    if (!read_exact(&exact, format)) return false;
    if (exact.has_pm) exact.parts.hour = exact.parts.hour % 12 + (exact.pm ? 12 : 0);
    if (!date_join(&exact.parts, &ticks)) return false;
    enum { ADJUST_TO_UTC = 16, ASSUME_LOCAL = 32, ASSUME_UTC = 64, ROUND_TRIP = 128 };
    bool utc = exact.utc || exact.has_offset || styles & ASSUME_UTC;
    if (exact.has_offset) ticks -= exact.offset * TICKS_PER_MINUTE;
    if (utc && (styles & ADJUST_TO_UTC || (styles & ROUND_TRIP && exact.utc))) return *ret = value_date(ticks, DATE_UTC), true;
    if (utc) return *ret = value_date(date_to_local(ticks, DATE_UTC, &in->zone), DATE_LOCAL), true;
    return *ret = value_date(ticks, styles & ASSUME_LOCAL ? DATE_LOCAL : DATE_UNSPECIFIED), true;
}
static bool exact_any(struct interp *in, value text, value formats, int64_t styles, value *ret) {
    if (formats.kind == V_STRING) return exact_date(in, text, value_text(formats), styles, ret);
    for (size_t i = 0; formats.kind == V_ARRAY && i < formats.array->count; i++)
        if (exact_date(in, text, value_text(formats.array->items[i]), styles, ret)) return true;
    return false;
}
METHOD(parse_exact) {
    UNUSED;
    if (value_is_null(args[0]) || value_is_null(args[1])) return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    int64_t styles = count > 3 ? args[3].i : 0;
    return exact_any(in, args[0], args[1], styles, ret) || method_throw(in, &type_format_exception, "'%s' does not have that format.", value_text(args[0]));
}
METHOD(try_parse_exact) {
    value d = value_date(0, DATE_UNSPECIFIED);
    UNUSED;
    bool ok = args[0].kind == V_STRING && exact_any(in, args[0], args[1], args[3].i, &d);
    return *ret = value_bool(ok), reference_set(in, args[4], d);
}
METHOD(days_in_month) {
    UNUSED;
    if (args[0].i < 1 || args[0].i > 9999 || args[1].i < 1 || args[1].i > 12) return out_of_range(in);
    return *ret = value_int(date_month_days((int)args[0].i, (int)args[1].i)), true;
}
METHOD(is_leap) { return UNUSED, *ret = value_bool(date_month_days((int)args[0].i, 2) == 29), true; }
METHOD(specify_kind) { return UNUSED, *ret = value_date(args[0].i, (enum date_kind)args[1].i), true; }
METHOD(from_file_time) { return UNUSED, date(in, date_to_local(args[0].i + FILE_TIME_EPOCH, DATE_UTC, &in->zone), DATE_LOCAL, ret); }
METHOD(from_file_time_utc) { return UNUSED, date(in, args[0].i + FILE_TIME_EPOCH, DATE_UTC, ret); }
METHOD(from_ole) { return UNUSED, date(in, OLE_EPOCH + (int64_t)llround(args[0].f * 86400000.0) * TICKS_PER_MILLISECOND, DATE_UNSPECIFIED, ret); }
METHOD(from_binary) {
    UNUSED;
    uint32_t kind = (uint32_t)((uint64_t)args[0].i >> 62);
    int64_t ticks = args[0].i & INT64_C(0x3fffffffffffffff);
    if (kind >= DATE_LOCAL) return date(in, date_to_local(ticks, DATE_UTC, &in->zone), DATE_LOCAL, ret);
    return date(in, ticks, kind, ret);
}
METHOD(compare_dates) { return UNUSED, *ret = value_int((args[0].i > args[1].i) - (args[0].i < args[1].i)), true; }
#define STYLES &type_date_time_styles
static const struct method date_statics[] = {{"Parse", parse_date, DATE, P(STR)}, {"Parse", parse_date, DATE, P(STR, PROVIDER)}, {"TryParse", try_parse_date, BOOLEAN, P(STR, REF)},
    {"Parse", parse_date, DATE, P(STR, PROVIDER, STYLES)}, {"TryParse", try_parse_date, BOOLEAN, P(STR, PROVIDER, STYLES, REF)},
    {"ParseExact", parse_exact, DATE, P(STR, STR, PROVIDER)}, {"ParseExact", parse_exact, DATE, P(STR, STR, PROVIDER, STYLES)}, {"ParseExact", parse_exact, DATE, P(STR, STRS, PROVIDER, STYLES)},
    {"TryParseExact", try_parse_exact, BOOLEAN, P(STR, STR, PROVIDER, STYLES, REF)}, {"TryParseExact", try_parse_exact, BOOLEAN, P(STR, STRS, PROVIDER, STYLES, REF)},
    {"DaysInMonth", days_in_month, I32, P(I32, I32)}, {"IsLeapYear", is_leap, BOOLEAN, P(I32)}, {"SpecifyKind", specify_kind, DATE, P(DATE, &type_date_kind)},
    {"FromFileTime", from_file_time, DATE, P(I64)}, {"FromFileTimeUtc", from_file_time_utc, DATE, P(I64)}, {"FromOADate", from_ole, DATE, P(F64)}, {"FromBinary", from_binary, DATE, P(I64)},
    {"Compare", compare_dates, I32, P(DATE, DATE)}, {0}};

METHOD(date_new) {
    (void)self;
    if (count <= 2 && args[0].kind == V_I64) return date(in, args[0].i, count > 1 ? (uint32_t)args[1].i : DATE_UNSPECIFIED, ret);
    bool kind = args[count - 1].kind == V_ENUM;
    size_t n = count - kind;
    int64_t ticks;
    struct date_parts parts = {.year = (int)args[0].i, .month = (int)args[1].i, .day = (int)args[2].i, .hour = n > 3 ? (int)args[3].i : 0, .minute = n > 4 ? (int)args[4].i : 0,
        .second = n > 5 ? (int)args[5].i : 0, .fraction = n > 6 ? (int)(args[6].i * TICKS_PER_MILLISECOND) : 0};
    if (n > 6 && (args[6].i < 0 || args[6].i > 999)) return out_of_range(in);
    if (!date_join(&parts, &ticks)) return out_of_range(in);
    return date(in, ticks, kind ? (uint32_t)args[count - 1].i : DATE_UNSPECIFIED, ret);
}
#define KIND &type_date_kind
static const struct method date_constructors[] = {{"new", date_new, DATE, P(I64)}, {"new", date_new, DATE, P(I64, KIND)}, {"new", date_new, DATE, P(I32, I32, I32)},
    {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32)}, {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, KIND)}, {"new", date_new, DATE, P(I32, I32, I32, I32, I32, I32, I32)}, {0}};
const struct type_members full_datetime = {date_methods, date_statics, date_constructors, date_statics_properties, true};

// --- TimeSpan ---------------------------------------------------------------------------------------------------------------

METHOD(span_add) { return UNUSED, *ret = value_span(self.i + args[0].i), true; }
METHOD(span_subtract) { return UNUSED, *ret = value_span(self.i - args[0].i), true; }
METHOD(span_negate) { return UNUSED, *ret = value_span(-self.i), true; }
METHOD(span_duration) { return UNUSED, *ret = value_span(self.i < 0 ? -self.i : self.i), true; }
METHOD(span_multiply) { return UNUSED, *ret = value_span((int64_t)nearbyint((double)self.i * args[0].f)), true; }
METHOD(span_divide) { return UNUSED, *ret = value_span((int64_t)nearbyint((double)self.i / args[0].f)), true; }
METHOD(span_ratio) { return UNUSED, *ret = value_double((double)self.i / (double)args[0].i), true; }
METHOD(span_text) {
    struct buf out = BUF_INIT;
    UNUSED;
    if (span_format(self.i, value_is_null(args[0]) ? "" : value_text(args[0]), value_is_null(args[0]) ? 0 : args[0].string->size, &out)) return buf_take(in, &out, ret);
    buf_free(&out);
    return method_throw(in, &type_format_exception, "'%s' is not a format of time spans.", value_text(args[0]));
}
static const struct method span_methods[] = {{"Add", span_add, SPAN, P(SPAN)}, {"Subtract", span_subtract, SPAN, P(SPAN)}, {"Negate", span_negate, SPAN}, {"Duration", span_duration, SPAN},
    {"Multiply", span_multiply, SPAN, P(F64)}, {"Divide", span_divide, SPAN, P(F64)}, {"Divide", span_ratio, F64, P(SPAN)}, {"ToString", span_text, STR, P(STR)},
    {"ToString", span_text, STR, P(STR, PROVIDER)}, {"CompareTo", compare_to, I32, P(SPAN)}, {"Equals", equals_date, BOOLEAN, P(OBJ)}, {0}};
static bool from_units(struct interp *in, double ticks, value *ret) {
    if (!(fabs(ticks) < 9.2e18)) return method_throw(in, &type_overflow_exception, "The time span is too long.");
    return *ret = value_span((int64_t)ticks), true;
}
#define FROM(name, unit) METHOD(name) { return UNUSED, from_units(in, args[0].f * (double)(unit), ret); }
FROM(from_days, TICKS_PER_DAY) FROM(from_hours, TICKS_PER_HOUR) FROM(from_minutes, TICKS_PER_MINUTE) FROM(from_seconds, TICKS_PER_SECOND) FROM(from_milliseconds, TICKS_PER_MILLISECOND)
METHOD(from_ticks) { return UNUSED, *ret = value_span(args[0].i), true; }
METHOD(span_parse_text) {
    int64_t ticks;
    UNUSED;
    switch (span_parse(value_text(args[0]), args[0].string->size, &ticks)) {
    case SPAN_OK: return *ret = value_span(ticks), true;
    case SPAN_OVERFLOW: return method_throw(in, &type_overflow_exception, "The time span is too long.");
    default: return method_throw(in, &type_format_exception, "'%s' is not a time span.", value_text(args[0]));
    }
}
METHOD(span_try_parse) {
    int64_t ticks = 0;
    UNUSED;
    bool ok = args[0].kind == V_STRING && span_parse(value_text(args[0]), args[0].string->size, &ticks) == SPAN_OK;
    return *ret = value_bool(ok), reference_set(in, args[1], value_span(ok ? ticks : 0));
}
static const struct method span_statics[] = {{"FromDays", from_days, SPAN, P(F64)}, {"FromHours", from_hours, SPAN, P(F64)}, {"FromMinutes", from_minutes, SPAN, P(F64)},
    {"FromSeconds", from_seconds, SPAN, P(F64)}, {"FromMilliseconds", from_milliseconds, SPAN, P(F64)}, {"FromTicks", from_ticks, SPAN, P(I64)}, {"Parse", span_parse_text, SPAN, P(STR)},
    {"TryParse", span_try_parse, BOOLEAN, P(STR, REF)}, {"Compare", compare_dates, I32, P(SPAN, SPAN)}, {0}};
METHOD(span_new) {
    (void)self, (void)in;
    if (count == 1) return *ret = value_span(args[0].i), true;
    size_t first = count == 3 ? 0 : 1;
    int64_t seconds = ((count == 3 ? 0 : args[0].i) * 24 + args[first].i) * 3600 + args[first + 1].i * 60 + args[first + 2].i;
    return *ret = value_span(seconds * TICKS_PER_SECOND + (count > 4 ? args[4].i * TICKS_PER_MILLISECOND : 0)), true;
}
static const struct method span_constructors[] = {{"new", span_new, SPAN, P(I64)}, {"new", span_new, SPAN, P(I32, I32, I32)}, {"new", span_new, SPAN, P(I32, I32, I32, I32)},
    {"new", span_new, SPAN, P(I32, I32, I32, I32, I32)}, {0}};
#define CONSTANT(name, ticks) static bool name(struct interp *in, value self, value *ret) { return (void)in, (void)self, *ret = ticks, true; }
CONSTANT(span_zero, value_span(0)) CONSTANT(span_min, value_span(INT64_MIN)) CONSTANT(span_max, value_span(INT64_MAX)) CONSTANT(per_day, value_long(TICKS_PER_DAY))
CONSTANT(per_hour, value_long(TICKS_PER_HOUR)) CONSTANT(per_minute, value_long(TICKS_PER_MINUTE)) CONSTANT(per_second, value_long(TICKS_PER_SECOND)) CONSTANT(per_millisecond, value_long(TICKS_PER_MILLISECOND))
static const struct property span_constants[] = {{"Zero", span_zero, NULL}, {"MinValue", span_min, NULL}, {"MaxValue", span_max, NULL}, {"TicksPerDay", per_day, NULL},
    {"TicksPerHour", per_hour, NULL}, {"TicksPerMinute", per_minute, NULL}, {"TicksPerSecond", per_second, NULL}, {"TicksPerMillisecond", per_millisecond, NULL}, {0}};
const struct type_members full_timespan = {span_methods, span_statics, span_constructors, span_constants, true};

// --- Stopwatch: at[0] whether it runs, at[1] since when, at[2] what it had counted ---------------------------------------------

static int64_t clock_ticks(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * TICKS_PER_SECOND + t.tv_nsec / 100;
}
static int64_t elapsed_ticks(value self) {
    const value *own = AS(fields, self)->at;
    return own[2].i + (own[0].b ? clock_ticks() - own[1].i : 0);
}
METHOD(watch_stop) {
    UNUSED;
    AS(fields, self)->at[2] = value_long(elapsed_ticks(self));
    return AS(fields, self)->at[0] = value_false, true;
}
METHOD(watch_start) {
    UNUSED;
    if (AS(fields, self)->at[0].b) return true;
    AS(fields, self)->at[1] = value_long(clock_ticks());
    return AS(fields, self)->at[0] = value_true, true;
}
METHOD(watch_reset) { return UNUSED, AS(fields, self)->at[0] = value_false, AS(fields, self)->at[2] = value_long(0), true; }
METHOD(watch_restart) { return watch_reset(in, self, args, count, ret) && watch_start(in, self, args, count, ret); }
METHOD(watch_new) {
    UNUSED;
    return object_new(in, &type_stopwatch, ret) && watch_reset(in, *ret, NULL, 0, NULL);
}
METHOD(watch_start_new) { return watch_new(in, self, args, count, ret) && watch_start(in, *ret, NULL, 0, NULL); }
METHOD(timestamp) { return UNUSED, *ret = value_long(clock_ticks() * 100), true; }
static const struct method watch_methods[] = {{"Start", watch_start, VOID}, {"Stop", watch_stop, VOID}, {"Reset", watch_reset, VOID}, {"Restart", watch_restart, VOID}, {0}};
static const struct method watch_statics[] = {{"StartNew", watch_start_new, &type_stopwatch}, {"GetTimestamp", timestamp, I64}, {0}};
static const struct method watch_constructors[] = {{"new", watch_new, &type_stopwatch}, {0}};
const struct type_members full_stopwatch = {watch_methods, watch_statics, watch_constructors, NULL, false};
static bool watch_running(struct interp *in, value self, value *ret) { return (void)in, *ret = AS(fields, self)->at[0], true; }
static bool watch_elapsed(struct interp *in, value self, value *ret) { return (void)in, *ret = value_span(elapsed_ticks(self)), true; }
static bool watch_ms(struct interp *in, value self, value *ret) { return (void)in, *ret = value_long(elapsed_ticks(self) / TICKS_PER_MILLISECOND), true; }
static bool watch_ticks(struct interp *in, value self, value *ret) { return (void)in, *ret = value_long(elapsed_ticks(self) * 100), true; }
const struct property stopwatch_properties[] = {{"IsRunning", watch_running, NULL}, {"Elapsed", watch_elapsed, NULL}, {"ElapsedMilliseconds", watch_ms, NULL}, {"ElapsedTicks", watch_ticks, NULL}, {0}};
