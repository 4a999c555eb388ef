#include <criterion/criterion.h>
#include <string.h>

#include "base/number.h"

static struct decimal of(const char *text)
{
    struct decimal value;
    cr_assert(decimal_from_text(text, strlen(text), &value), "%s", text);
    return value;
}

static void expect(struct decimal value, const char *want)
{
    char got[40];
    size_t size = decimal_to_text(value, got);
    cr_assert_eq(size, strlen(got));
    cr_assert_str_eq(got, want);
}

typedef bool operation(struct decimal, struct decimal, struct decimal *);

static void expect_of(operation *f, const char *a, const char *b, const char *want)
{
    struct decimal value;
    cr_assert(f(of(a), of(b), &value), "%s %s", a, b);
    expect(value, want);
}

Test(decimal, text_keeps_its_scale)
{
    expect(of("1.10"), "1.10");
    expect(of("-0.00"), "-0.00");
    expect(of("1e3"), "1000");
    expect(of("15e-1"), "1.5");
    expect(of("79228162514264337593543950335"), "79228162514264337593543950335");
    expect(of("1e-40"), "0.0000000000000000000000000000");
    expect(of("0.00000000000000000000000000005"), "0.0000000000000000000000000000");
    expect(of("0.000000000000000000000000000051"), "0.0000000000000000000000000001");
    struct decimal value;
    cr_assert_not(decimal_from_text("79228162514264337593543950336", 29, &value));
    cr_assert_not(decimal_from_text("1e", 2, &value));
    cr_assert_not(decimal_from_text("", 0, &value));
}

Test(decimal, arithmetic_as_dotnet)
{
    expect_of(decimal_add, "1.10", "2.2", "3.30");
    expect_of(decimal_subtract, "1", "1.00", "0.00");
    expect_of(decimal_subtract, "1", "2.5", "-1.5");
    expect_of(decimal_multiply, "1.50", "2.0", "3.000");
    expect_of(decimal_multiply, "0.0000000000000000000000000001", "0.5", "0.0000000000000000000000000000");
    expect_of(decimal_divide, "10", "4", "2.5");
    expect_of(decimal_divide, "1", "3", "0.3333333333333333333333333333");
    expect_of(decimal_divide, "2", "3", "0.6666666666666666666666666667");
    expect_of(decimal_divide, "1.00", "0.2", "5.0");
    expect_of(decimal_remainder, "-7", "3", "-1");
    expect_of(decimal_remainder, "1", "0.3", "0.1");
    expect_of(decimal_add, "79228162514264337593543950335", "0.4", "79228162514264337593543950335");
}

Test(decimal, overflow_is_said)
{
    struct decimal value;
    cr_assert_not(decimal_add(of("79228162514264337593543950335"), of("1"), &value));
    cr_assert_not(decimal_multiply(of("79228162514264337593543950335"), of("10"), &value));
}

Test(decimal, comparison_ignores_scale)
{
    cr_assert_eq(decimal_compare(of("1.0"), of("1")), 0);
    cr_assert_eq(decimal_compare(of("-0"), of("0")), 0);
    cr_assert_lt(decimal_compare(of("-2"), of("-1")), 0);
    cr_assert_gt(decimal_compare(of("2"), of("-3")), 0);
}

Test(decimal, rounding)
{
    expect(decimal_round(of("2.5"), 0, false), "2");
    expect(decimal_round(of("3.5"), 0, false), "4");
    expect(decimal_round(of("2.5"), 0, true), "3");
    expect(decimal_round(of("-1.005"), 2, true), "-1.01");
    expect(decimal_round(of("2.51"), 0, false), "3");
    expect(decimal_round(of("1.2"), 5, false), "1.2");
}

Test(decimal, conversions)
{
    struct decimal value;
    int64_t i;
    uint64_t u;
    cr_assert(decimal_from_double(0.1, &value));
    expect(value, "0.1");
    cr_assert(decimal_from_double(1e15, &value));
    expect(value, "1000000000000000");
    cr_assert(decimal_from_double(123456789.123456789, &value));
    expect(value, "123456789.123457");
    cr_assert_not(decimal_from_double(1e30, &value));
    cr_assert_eq(decimal_to_double(of("1.25")), 1.25);
    cr_assert(decimal_to_int64(of("-9223372036854775808"), &i) && i == INT64_MIN);
    cr_assert_not(decimal_to_int64(of("9223372036854775808"), &i));
    cr_assert(decimal_to_int64(of("2.5"), &i) && i == 2);
    cr_assert(decimal_to_uint64(of("18446744073709551615"), &u) && u == UINT64_MAX);
    cr_assert_not(decimal_to_uint64(of("-1"), &u));
    expect(decimal_from_int64(INT64_MIN), "-9223372036854775808");
    expect(decimal_from_uint64(UINT64_MAX), "18446744073709551615");
}
