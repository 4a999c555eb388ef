// System.TimeSpan and Stopwatch.
#include <math.h>

#include "base/clock.h"
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

METHOD(compare_to)
{
    return UNUSED, *ret = value_int(value_is_null(args[0]) ? 1 : (self.i > args[0].i) - (self.i < args[0].i)),
                   true;
}
METHOD(compare_spans)
{
    return UNUSED, *ret = value_int((args[0].i > args[1].i) - (args[0].i < args[1].i)), true;
}
METHOD(equals_span)
{
    return UNUSED, *ret = value_bool(args[0].kind == self.kind && args[0].i == self.i), true;
}

METHOD(span_add)
{
    return UNUSED, *ret = value_span(self.i + args[0].i), true;
}
METHOD(span_subtract)
{
    return UNUSED, *ret = value_span(self.i - args[0].i), true;
}
METHOD(span_negate)
{
    return UNUSED, *ret = value_span(-self.i), true;
}
METHOD(span_duration)
{
    return UNUSED, *ret = value_span(self.i < 0 ? -self.i : self.i), true;
}
METHOD(span_multiply)
{
    return UNUSED, *ret = value_span((int64_t)nearbyint((double)self.i * args[0].f)), true;
}
METHOD(span_divide)
{
    return UNUSED, *ret = value_span((int64_t)nearbyint((double)self.i / args[0].f)), true;
}
METHOD(span_ratio)
{
    return UNUSED, *ret = value_double((double)self.i / (double)args[0].i), true;
}
METHOD(span_text)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (span_format(self.i, value_is_null(args[0]) ? "" : value_text(args[0]),
                    value_is_null(args[0]) ? 0 : args[0].string->size, &out))
        return buf_take(in, &out, ret);
    buf_free(&out);
    return method_throw(in, &type_format_exception, "'%s' is not a format of time spans.",
                        value_text(args[0]));
}
static const struct method span_methods[] = {{"Add", span_add, SPAN, P(SPAN)},
                                             {"Subtract", span_subtract, SPAN, P(SPAN)},
                                             {"Negate", span_negate, SPAN},
                                             {"Duration", span_duration, SPAN},
                                             {"Multiply", span_multiply, SPAN, P(F64)},
                                             {"Divide", span_divide, SPAN, P(F64)},
                                             {"Divide", span_ratio, F64, P(SPAN)},
                                             {"ToString", span_text, STR, P(STR)},
                                             {"ToString", span_text, STR, P(STR, PROVIDER)},
                                             {"CompareTo", compare_to, I32, P(SPAN)},
                                             {"Equals", equals_span, BOOLEAN, P(OBJ)},
                                             {0}};
static bool from_units(struct interp *in, double ticks, value *ret)
{
    if (!(fabs(ticks) < 9.2e18))
        return method_throw(in, &type_overflow_exception, "The time span is too long.");
    return *ret = value_span((int64_t)ticks), true;
}
#define FROM(name, unit)                                                                                     \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return UNUSED, from_units(in, args[0].f * (double)(unit), ret);                                      \
    }
FROM(from_days, TICKS_PER_DAY)
FROM(from_hours, TICKS_PER_HOUR) FROM(from_minutes, TICKS_PER_MINUTE) FROM(from_seconds, TICKS_PER_SECOND)
    FROM(from_milliseconds, TICKS_PER_MILLISECOND) METHOD(from_ticks)
{
    return UNUSED, *ret = value_span(args[0].i), true;
}
// Several units at once, the largest first; the text's last one is the microseconds.
static bool from_parts(struct interp *in, const value *args, size_t count, size_t first, value *ret)
{
    static const int64_t units[] = {TICKS_PER_DAY,         TICKS_PER_HOUR,         TICKS_PER_MINUTE,
                                    TICKS_PER_SECOND,      TICKS_PER_MILLISECOND,  TICKS_PER_MILLISECOND / 1000};
    int64_t ticks = 0;
    for (size_t i = 0, part; i < count && first + i < sizeof units / sizeof *units; i++)
        if (__builtin_mul_overflow(args[i].i, units[first + i], (int64_t *)&part) ||
            __builtin_add_overflow(ticks, (int64_t)part, &ticks))
            return method_throw(in, &type_argument_range_exception, "The time span is too long.");
    return *ret = value_span(ticks), true;
}
#define PARTS(name, first)                                                                                   \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        return (void)self, from_parts(in, args, count, first, ret);                                          \
    }
PARTS(parts_from_days, 0)
PARTS(parts_from_hours, 1)
PARTS(parts_from_minutes, 2)
PARTS(parts_from_seconds, 3)
PARTS(parts_from_milliseconds, 4)
METHOD(from_microseconds)
{
    return UNUSED, from_units(in, args[0].f * 10, ret);
}

// --- By a format of one's own

struct exact {
    const char *at, *end; // the text
    int64_t days, hours, minutes, seconds, ticks;
};
static bool take_number(struct exact *e, size_t fewest, size_t most, int64_t *ret)
{
    size_t n = 0;
    for (*ret = 0; n < most && e->at < e->end && *e->at >= '0' && *e->at <= '9'; n++)
        *ret = *ret * 10 + (*e->at++ - '0');
    return n >= fewest;
}
static bool take_fraction(struct exact *e, size_t fewest, size_t most)
{
    const char *from = e->at;
    if (!take_number(e, fewest, most, &e->ticks))
        return false;
    for (ptrdiff_t n = e->at - from; n < 7; n++)
        e->ticks *= 10;
    return true;
}
static bool take_element(struct exact *e, char letter, size_t n)
{
    switch (letter) {
    case 'd':
        return n <= 8 && take_number(e, n, n == 1 ? 8 : n, &e->days);
    case 'h':
        return n <= 2 && take_number(e, n, 2, &e->hours) && e->hours < 24;
    case 'm':
        return n <= 2 && take_number(e, n, 2, &e->minutes) && e->minutes < 60;
    case 's':
        return n <= 2 && take_number(e, n, 2, &e->seconds) && e->seconds < 60;
    default:
        return n <= 7 && take_fraction(e, letter == 'f' ? n : 0, n);
    }
}
static bool take_literal(struct exact *e, char c)
{
    return e->at < e->end && *e->at++ == c;
}
static bool take_quoted(struct exact *e, const char **io_format)
{
    char quote = *(*io_format)++;
    for (; **io_format && **io_format != quote; ++*io_format)
        if (!take_literal(e, **io_format))
            return false;
    return *(*io_format)++ == quote;
}
static bool take_exact(struct exact *e, const char *format)
{
    while (*format) {
        size_t n = strspn(format, (char[]){*format, 0});
        bool ok = true;
        if (strchr("dhmsfF", *format))
            ok = take_element(e, *format, n), format += n;
        else if (*format == '\'' || *format == '"')
            ok = take_quoted(e, &format);
        else if (*format == '%')
            format++;
        else
            ok = *format++ == '\\' && *format && take_literal(e, *format++);
        if (!ok)
            return false;
    }
    return e->at == e->end;
}
static bool exact_ticks(const struct string *text, const char *format, int64_t *ret)
{
    struct exact e = {.at = text->text, .end = text->text + text->size};
    if (strlen(format) == 1 && strchr("ctTgG", *format))
        return span_parse(text->text, text->size, ret) == SPAN_OK;
    if (!take_exact(&e, format))
        return false;
    int64_t seconds = ((e.days * 24 + e.hours) * 60 + e.minutes) * 60 + e.seconds;
    return *ret = seconds * TICKS_PER_SECOND + e.ticks, true;
}
METHOD(span_parse_exact)
{
    int64_t ticks;
    UNUSED;
    if (value_is_null(args[0]) || value_is_null(args[1]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    if (!exact_ticks(args[0].string, value_text(args[1]), &ticks))
        return method_throw(in, &type_format_exception, "'%s' has another form.", value_text(args[0]));
    return *ret = value_span(ticks), true;
}
METHOD(span_try_exact)
{
    int64_t ticks = 0;
    UNUSED;
    bool ok = args[0].kind == V_STRING && args[1].kind == V_STRING &&
              exact_ticks(args[0].string, value_text(args[1]), &ticks);
    return *ret = value_bool(ok), reference_set(in, args[count - 1], value_span(ok ? ticks : 0));
}
METHOD(span_parse_text)
{
    int64_t ticks;
    UNUSED;
    switch (span_parse(value_text(args[0]), args[0].string->size, &ticks)) {
    case SPAN_OK:
        return *ret = value_span(ticks), true;
    case SPAN_OVERFLOW:
        return method_throw(in, &type_overflow_exception, "The time span is too long.");
    default:
        return method_throw(in, &type_format_exception, "'%s' is not a time span.", value_text(args[0]));
    }
}
METHOD(span_try_parse)
{
    int64_t ticks = 0;
    UNUSED;
    bool ok =
        args[0].kind == V_STRING && span_parse(value_text(args[0]), args[0].string->size, &ticks) == SPAN_OK;
    return *ret = value_bool(ok), reference_set(in, args[1], value_span(ok ? ticks : 0));
}
static const struct method span_statics[] = {{"FromDays", from_days, SPAN, P(F64)},
                                             {"FromHours", from_hours, SPAN, P(F64)},
                                             {"FromMinutes", from_minutes, SPAN, P(F64)},
                                             {"FromSeconds", from_seconds, SPAN, P(F64)},
                                             {"FromMilliseconds", from_milliseconds, SPAN, P(F64)},
                                             {"FromMicroseconds", from_microseconds, SPAN, P(F64)},
                                             {"FromDays", parts_from_days, SPAN, P(I32, I32)},
                                             {"FromDays", parts_from_days, SPAN, P(I32, I32, I64)},
                                             {"FromDays", parts_from_days, SPAN, P(I32, I32, I64, I64)},
                                             {"FromDays", parts_from_days, SPAN, P(I32, I32, I64, I64, I64)},
                                             {"FromHours", parts_from_hours, SPAN, P(I32, I64)},
                                             {"FromHours", parts_from_hours, SPAN, P(I32, I64, I64)},
                                             {"FromHours", parts_from_hours, SPAN, P(I32, I64, I64, I64)},
                                             {"FromMinutes", parts_from_minutes, SPAN, P(I64, I64)},
                                             {"FromMinutes", parts_from_minutes, SPAN, P(I64, I64, I64)},
                                             {"FromSeconds", parts_from_seconds, SPAN, P(I64, I64)},
                                             {"FromSeconds", parts_from_seconds, SPAN, P(I64, I64, I64)},
                                             {"FromMilliseconds", parts_from_milliseconds, SPAN, P(I64, I64)},
                                             {"ParseExact", span_parse_exact, SPAN, P(STR, STR, PROVIDER)},
                                             {"TryParseExact", span_try_exact, BOOLEAN, P(STR, STR, PROVIDER, REF)},
                                             {"FromTicks", from_ticks, SPAN, P(I64)},
                                             {"Parse", span_parse_text, SPAN, P(STR)},
                                             {"TryParse", span_try_parse, BOOLEAN, P(STR, REF)},
                                             {"Compare", compare_spans, I32, P(SPAN, SPAN)},
                                             {0}};
METHOD(span_new)
{
    (void)self, (void)in;
    if (count == 1)
        return *ret = value_span(args[0].i), true;
    size_t first = count == 3 ? 0 : 1;
    int64_t seconds = ((count == 3 ? 0 : args[0].i) * 24 + args[first].i) * 3600 + args[first + 1].i * 60 +
                      args[first + 2].i;
    return *ret =
               value_span(seconds * TICKS_PER_SECOND + (count > 4 ? args[4].i * TICKS_PER_MILLISECOND : 0)),
           true;
}
static const struct method span_constructors[] = {{"new", span_new, SPAN, P(I64)},
                                                  {"new", span_new, SPAN, P(I32, I32, I32)},
                                                  {"new", span_new, SPAN, P(I32, I32, I32, I32)},
                                                  {"new", span_new, SPAN, P(I32, I32, I32, I32, I32)},
                                                  {0}};
#define CONSTANT(name, ticks)                                                                                \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = ticks, true;                                                     \
    }
CONSTANT(span_zero, value_span(0))
CONSTANT(span_min, value_span(INT64_MIN)) CONSTANT(span_max, value_span(INT64_MAX))
    CONSTANT(per_day, value_long(TICKS_PER_DAY)) CONSTANT(per_hour, value_long(TICKS_PER_HOUR))
        CONSTANT(per_minute, value_long(TICKS_PER_MINUTE)) CONSTANT(per_second, value_long(TICKS_PER_SECOND))
            CONSTANT(per_millisecond, value_long(TICKS_PER_MILLISECOND)) static const
    struct property span_constants[] = {{"Zero", span_zero, NULL},
                                        {"MinValue", span_min, NULL},
                                        {"MaxValue", span_max, NULL},
                                        {"TicksPerDay", per_day, NULL},
                                        {"TicksPerHour", per_hour, NULL},
                                        {"TicksPerMinute", per_minute, NULL},
                                        {"TicksPerSecond", per_second, NULL},
                                        {"TicksPerMillisecond", per_millisecond, NULL},
                                        {0}};
const struct type_members full_timespan = {span_methods, span_statics, span_constructors, span_constants};

// --- Stopwatch: at[0] whether it runs, at[1] since when, at[2] what it had counted
// ---------------------------------------------

static int64_t elapsed_ticks(value self)
{
    const value *own = AS(fields, self)->at;
    return own[2].i + (own[0].b ? clock_ticks() - own[1].i : 0);
}
METHOD(watch_stop)
{
    UNUSED;
    AS(fields, self)->at[2] = value_long(elapsed_ticks(self));
    return AS(fields, self)->at[0] = value_false, true;
}
METHOD(watch_start)
{
    UNUSED;
    if (AS(fields, self)->at[0].b)
        return true;
    AS(fields, self)->at[1] = value_long(clock_ticks());
    return AS(fields, self)->at[0] = value_true, true;
}
METHOD(watch_reset)
{
    return UNUSED, AS(fields, self)->at[0] = value_false, AS(fields, self)->at[2] = value_long(0), true;
}
METHOD(watch_restart)
{
    return watch_reset(in, self, args, count, ret) && watch_start(in, self, args, count, ret);
}
METHOD(watch_new)
{
    UNUSED;
    return object_new(in, &type_stopwatch, ret) && watch_reset(in, *ret, NULL, 0, NULL);
}
METHOD(watch_start_new)
{
    return watch_new(in, self, args, count, ret) && watch_start(in, *ret, NULL, 0, NULL);
}
METHOD(timestamp)
{
    return UNUSED, *ret = value_long(clock_ticks() * 100), true;
}
static const struct method watch_methods[] = {{"Start", watch_start, VOID},
                                              {"Stop", watch_stop, VOID},
                                              {"Reset", watch_reset, VOID},
                                              {"Restart", watch_restart, VOID},
                                              {0}};
static const struct method watch_statics[] = {
    {"StartNew", watch_start_new, &type_stopwatch}, {"GetTimestamp", timestamp, I64}, {0}};
static const struct method watch_constructors[] = {{"new", watch_new, &type_stopwatch}, {0}};
static bool frequency(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_long(1000000000), true;
}
static bool fine(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_true, true;
}
static const struct property watch_constants[] = {
    {"Frequency", frequency, NULL}, {"IsHighResolution", fine, NULL}, {0}};
const struct type_members full_stopwatch = {watch_methods, watch_statics, watch_constructors, watch_constants};
static bool watch_running(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = AS(fields, self)->at[0], true;
}
static bool watch_elapsed(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_span(elapsed_ticks(self)), true;
}
static bool watch_ms(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_long(elapsed_ticks(self) / TICKS_PER_MILLISECOND), true;
}
static bool watch_ticks(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_long(elapsed_ticks(self) * 100), true;
}
const struct property stopwatch_properties[] = {{"IsRunning", watch_running, NULL},
                                                {"Elapsed", watch_elapsed, NULL},
                                                {"ElapsedMilliseconds", watch_ms, NULL},
                                                {"ElapsedTicks", watch_ticks, NULL},
                                                {0}};
