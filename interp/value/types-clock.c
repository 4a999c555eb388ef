// DateOnly: at[0] its midnight. TimeOnly: at[0] the time since midnight.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/clock.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

static bool clock_made(struct interp *in, const struct type *type, int64_t ticks, value *ret)
{
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return clock_out_of_range(in);
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
    return clock_need_text(in, args[0]) && (read_clock(in, self.type, args[0], ret) ||
                                            (value_is_null(in->thrown) && clock_bad_text(in, args[0])));
}
METHOD(try_parse_clock)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && read_clock(in, self.type, args[0], &made);
    return clock_try_result(in, args[count - 1], ok, made, self.type, ret);
}
METHOD(parse_clock_exact)
{
    UNUSED;
    return clock_need_text(in, args[0]) && clock_need_text(in, args[1]) &&
           (read_clock_exact(in, self.type, args[0], args[1], ret) ||
            (value_is_null(in->thrown) && clock_bad_text(in, args[0])));
}
METHOD(try_parse_clock_exact)
{
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && args[1].kind == V_STRING &&
              read_clock_exact(in, self.type, args[0], args[1], &made);
    return clock_try_result(in, args[count - 1], ok, made, self.type, ret);
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
    return (date_join(&parts, &ticks) || clock_out_of_range(in)) && clock_made(in, DAY_ONLY, ticks, ret);
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
            return clock_out_of_range(in);
        ticks += args[i].i * units[i];
    }
    return clock_made(in, TIME_ONLY, ticks, ret);
}
METHOD(time_of_ticks)
{
    UNUSED;
    if (args[0].i < 0 || args[0].i >= TICKS_PER_DAY)
        return clock_out_of_range(in);
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
    return clock_months_later(in, self, args[0].i, &clock) && clock_made(in, DAY_ONLY, clock, ret);
}
METHOD(day_add_years)
{
    int64_t clock;
    UNUSED;
    return clock_months_later(in, self, args[0].i * 12, &clock) && clock_made(in, DAY_ONLY, clock, ret);
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
        return UNUSED, clock_formatted(in, self, spec, ret);                                                 \
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
    {"CompareTo", clock_order, I32, P(type)}, {"Equals", clock_equals, BOOLEAN, P(OBJ)},                     \
        {"ToString", clock_text, STR, P(STR)},                                                               \
    {                                                                                                        \
        "ToString", clock_text, STR, P(STR, PROVIDER)                                                        \
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
const struct type_members full_date_only = {day_methods, day_static_methods, day_constructors, day_statics};
const struct type_members full_time_only = {
    time_methods, time_static_methods, time_constructors, time_statics, .operators = true};
