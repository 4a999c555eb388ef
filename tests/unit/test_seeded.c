// .NET's Random for a seed, and dates by an exact format.
#include <criterion/criterion.h>

#include "base/datetime.h"
#include "interp/value/seeded.h"

Test(seeded, numbers_of_a_seed)
{
    struct random_numbers numbers = {0};
    random_seed(&numbers, 42);
    cr_expect_eq(random_sample(&numbers), 1434747710);
    cr_expect_eq(random_between(&numbers, 0, 100), 14);
    cr_expect_eq(random_between(&numbers, 5, 10), 5);
    cr_expect_float_eq(random_real(&numbers), 0.522764276025241, 1e-14);
    random_seed(&numbers, INT32_MIN);
    cr_expect(random_sample(&numbers) >= 0);
}

static void reads(const char *text, const char *format, const char *expected)
{
    struct date_exact date;
    struct buf out = BUF_INIT;
    bool ok = date_read_exact(text, strlen(text), format, 638452458156780000, &date);
    if (ok)
        date_format(date.ticks, DATE_UNSPECIFIED, NULL, "s", 1, &out);
    cr_expect_str_eq(ok ? buf_text(&out) : "no", expected, "%s by %s", text, format);
    buf_free(&out);
}

Test(exact, formats)
{
    reads("2024-01-02", "yyyy-MM-dd", "2024-01-02T00:00:00");
    reads("02/29/24 3:04 PM", "MM/dd/yy h:mm tt", "2024-02-29T15:04:00");
    reads("Tue, 05 Mar 2024 14:30:00 GMT", "r", "2024-03-05T14:30:00");
    reads("20240305", "yyyyMMdd", "2024-03-05T00:00:00");
    reads("2024-02-30", "yyyy-MM-dd", "no");
    reads("2024-1-2", "yyyy-MM-dd", "no");
    reads("2024-01-02x", "yyyy-MM-dd", "no");
}
