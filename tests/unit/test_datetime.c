// Dates, time spans and time zones, held against answers of .NET in the invariant culture.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/datetime.h"

static const char *formatted(const char *date, const char *format, struct buf *out)
{
    int64_t ticks;
    enum date_kind kind;
    cr_assert(date_parse(date, strlen(date), NULL, &ticks, &kind), "%s", date);
    buf_clear(out);
    return date_format(ticks, kind, NULL, format, strlen(format), out) ? buf_text(out) : "!";
}

struct row {
    const char *in, *out;
};

Test(datetime, formats)
{
    static const struct row rows[] = {
        {"d", "12/31/2024"},
        {"D", "Tuesday, 31 December 2024"},
        {"f", "Tuesday, 31 December 2024 23:59"},
        {"G", "12/31/2024 23:59:59"},
        {"", "12/31/2024 23:59:59"},
        {"M", "December 31"},
        {"o", "2024-12-31T23:59:59.9870000"},
        {"R", "Tue, 31 Dec 2024 23:59:59 GMT"},
        {"s", "2024-12-31T23:59:59"},
        {"u", "2024-12-31 23:59:59Z"},
        {"y", "2024 December"},
        {"hh:mm tt", "11:59 PM"},
        {"h:m:s t", "11:59:59 P"},
        {"yyyyMMddHHmmssfff", "20241231235959987"},
        {"FFF", "987"},
        {"%d", "31"},
        {"yy y yyyyy", "24 24 02024"},
        {"zzz", "+00:00"},
        {"gg", "A.D."},
        {"'at' HH", "at 23"},
        {"HH\\\\h", "23\\11"},
        {"HH\\hmm", "23h59"},
        {"K", "!"},
        {"Q", "!"},
        {"%", "!"},
        {"'open", "!"},
        {"ffffffff", "!"},
        {"x\\", "!"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_str_eq(formatted("2024-12-31 23:59:59.987", rows[i].in, &out), rows[i].out, "%s",
                         rows[i].in);
    buf_free(&out);
}

Test(datetime, texts)
{
    static const struct row rows[] = {
        {"2020-01-02", "2020-01-02T00:00:00.0000000"},
        {"01/02/2020", "2020-01-02T00:00:00.0000000"},
        {"1/2/20", "2020-01-02T00:00:00.0000000"},
        {"2 Jan 2020", "2020-01-02T00:00:00.0000000"},
        {"Jan 2, 2020", "2020-01-02T00:00:00.0000000"},
        {"January 2020", "2020-01-01T00:00:00.0000000"},
        {"Thursday, 02 January 2020", "2020-01-02T00:00:00.0000000"},
        {"2020-01-02 3:04 PM", "2020-01-02T15:04:00.0000000"},
        {"2020-01-02T03:04:05Z", "2020-01-02T03:04:05.0000000+00:00"},
        {"2020-01-02T03:04:05+05:00", "2020-01-01T22:04:05.0000000+00:00"},
        {"2020-01-02T03:04:05.1234567", "2020-01-02T03:04:05.1234567"},
        {"Wed, 01 Jan 2020 10:00:00 GMT", "2020-01-01T10:00:00.0000000+00:00"},
        {"1.2.2020", "2020-01-02T00:00:00.0000000"},
        {"9999-12-31 23:59:59.9999999", "9999-12-31T23:59:59.9999999"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_str_eq(formatted(rows[i].in, "o", &out), rows[i].out, "%s", rows[i].in);
    buf_free(&out);
}

Test(datetime, no_dates)
{
    static const char *const texts[] = {"20200102",
                                        "13/01/2020",
                                        "2020-13-01",
                                        "",
                                        "now",
                                        "2020",
                                        "2020-02-30",
                                        "2024-01-05T10",
                                        "Friday, 02 January 2020",
                                        "25:00",
                                        "9999-12-31 23:59:59.99999999"};
    int64_t ticks;
    enum date_kind kind;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect(!date_parse(texts[i], strlen(texts[i]), NULL, &ticks, &kind), "%s", texts[i]);
}

Test(datetime, every_day_splits_and_joins)
{
    struct date_parts parts;
    int64_t ticks;
    for (int64_t day = 0; day <= DATE_MAX_TICKS / TICKS_PER_DAY; day += 13) {
        date_split(day * TICKS_PER_DAY + 1, &parts);
        cr_assert(date_join(&parts, &ticks));
        cr_assert_eq(ticks, day * TICKS_PER_DAY + 1);
    }
}

Test(datetime, iso_weeks)
{
    static const struct {
        int year, month, day, week, of;
    } rows[] = {
        {2021, 1, 3, 53, 2020}, {2020, 12, 31, 53, 2020}, {2024, 12, 30, 1, 2025}, {2023, 1, 1, 52, 2022}};
    for (size_t i = 0; i < 4; i++) {
        struct date_parts p = {.year = rows[i].year, .month = rows[i].month, .day = rows[i].day};
        int64_t ticks = 0;
        int year;
        date_join(&p, &ticks);
        date_split(ticks, &p);
        cr_expect_eq(date_iso_week(&p, &year), rows[i].week);
        cr_expect_eq(year, rows[i].of);
    }
}

Test(timespan, formats)
{
    static const struct {
        int64_t ticks;
        const char *format, *out;
    } rows[] = {{-905000000, "c", "-00:01:30.5000000"},
                {-905000000, "g", "-0:01:30.5"},
                {-905000000, "G", "-0:00:01:30.5000000"},
                {-905000000, "hh\\:mm", "00:01"},
                {0, "", "00:00:00"},
                {0, "G", "0:00:00:00.0000000"},
                {0, "fff", "000"},
                {0, "Q", "!"},
                {0, "hh:mm", "!"},
                {INT64_MIN, "c", "-10675199.02:48:05.4775808"}};
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&out);
        bool ok = span_format(rows[i].ticks, rows[i].format, strlen(rows[i].format), &out);
        cr_expect_str_eq(ok ? buf_text(&out) : "!", rows[i].out, "%s", rows[i].format);
    }
    buf_free(&out);
}

Test(timespan, texts)
{
    static const struct {
        const char *text;
        enum span_result result;
        int64_t seconds;
    } rows[] = {{"6", SPAN_OK, 6 * 86400},
                {"6:12", SPAN_OK, 6 * 3600 + 720},
                {"6:12:14:45", SPAN_OK, 6 * 86400 + 12 * 3600 + 885},
                {" 0:30 ", SPAN_OK, 1800},
                {"-1:00", SPAN_OK, -3600},
                {"0:90:00", SPAN_OVERFLOW, 0},
                {"1.5", SPAN_BAD, 0},
                {"", SPAN_BAD, 0},
                {"abc", SPAN_BAD, 0},
                {"10675199.02:48:05.4775808", SPAN_OVERFLOW, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t ticks = 0;
        cr_expect_eq(span_parse(rows[i].text, strlen(rows[i].text), &ticks), rows[i].result, "%s",
                     rows[i].text);
        cr_expect_eq(ticks, rows[i].seconds * TICKS_PER_SECOND, "%s", rows[i].text);
    }
}

static int64_t at(const char *date)
{
    int64_t ticks = 0;
    enum date_kind kind;
    date_parse(date, strlen(date), NULL, &ticks, &kind);
    return ticks;
}

Test(zone, changes_of_offset)
{
    struct zone zone;
    const char *north = "CET-1CEST,M3.5.0,M10.5.0/3", *south = "AEST-10AEDT,M10.1.0,M4.1.0/3";
    cr_assert(zone_parse(north, strlen(north), &zone));
    cr_expect_eq(zone_offset_utc(&zone, at("2024-03-31 00:59:59")), 3600);
    cr_expect_eq(zone_offset_utc(&zone, at("2024-03-31 01:00:00")), 7200);
    cr_expect_eq(zone_offset_utc(&zone, at("2024-10-27 00:59:59")), 7200);
    cr_expect_eq(zone_offset_utc(&zone, at("2024-10-27 01:00:00")), 3600);
    cr_assert(zone_parse(south, strlen(south), &zone));
    cr_expect_eq(zone_offset_utc(&zone, at("2024-01-01")), 39600);
    cr_expect_eq(zone_offset_utc(&zone, at("2024-07-01")), 36000);
    cr_expect_eq(zone_offset_local(NULL, 0), 0);
}

Test(zone, no_rules)
{
    static const char *const texts[] = {"",
                                        "C",
                                        "CET",
                                        "CET-1CEST",
                                        "CET-1CEST,M3.5.0",
                                        "CET-1CEST,M13.5.0,M10.5.0",
                                        "CET-200",
                                        "<+03>-3x",
                                        "/etc/localtime",
                                        ":UTC"};
    struct zone zone;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect(!zone_parse(texts[i], strlen(texts[i]), &zone), "%s", texts[i]);
}
