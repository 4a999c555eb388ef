#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"

static struct arena arena;

static bool read_number(const char *text, unsigned flags, struct number *ret)
{
    return number_parse(text, strlen(text), flags, &arena, ret);
}

static void expect_int(const char *text, enum number_type type, int64_t want)
{
    struct number number;
    cr_assert(read_number(text, NUMBER_SIGN, &number), "%s", text);
    cr_assert_eq(number.type, type, "%s: type %d", text, number.type);
    cr_assert_eq(number.i, want, "%s: %lld", text, (long long)number.i);
}

static void expect_real(const char *text, double want)
{
    struct number number;
    cr_assert(read_number(text, NUMBER_SIGN, &number), "%s", text);
    cr_assert_eq(number.type, NUM_F64, "%s", text);
    cr_assert_eq(number.f, want, "%s: %g", text, number.f);
}

static void expect_decimal(const char *text, const char *want)
{
    struct number number;
    char got[40];
    cr_assert(read_number(text, NUMBER_SIGN, &number), "%s", text);
    cr_assert_eq(number.type, NUM_DECIMAL, "%s", text);
    decimal_to_text(number.decimal, got);
    cr_assert_str_eq(got, want);
}

static void expect_big(const char *text, const char *want)
{
    struct number number;
    cr_assert(read_number(text, NUMBER_SIGN, &number), "%s", text);
    cr_assert_eq(number.type, NUM_BIGINT, "%s", text);
    cr_assert_eq(number.big.negative, *want == '-');
    cr_assert_str_eq(number.big.digits, want + (*want == '-'));
    arena_free(&arena);
}

static void refuse(const char *text)
{
    struct number number;
    cr_assert_not(read_number(text, NUMBER_SIGN, &number), "%s", text);
}

Test(number, integers_take_the_first_type_that_holds_them)
{
    expect_int("0", NUM_I32, 0);
    expect_int("-1", NUM_I32, -1);
    expect_int("2147483647", NUM_I32, 2147483647);
    expect_int("2147483648", NUM_I64, 2147483648);
    expect_int("1kb", NUM_I32, 1024);
    expect_int("4gb", NUM_I64, 4294967296);
    expect_decimal("9223372036854775808", "9223372036854775808");
    expect_real("79228162514264337593543950336", 79228162514264337593543950336.0);
}

Test(number, suffixes)
{
    expect_int("127y", NUM_I8, 127);
    expect_int("255uy", NUM_U8, 255);
    expect_int("1s", NUM_I16, 1);
    expect_int("65535US", NUM_U16, 65535);
    expect_int("1l", NUM_I64, 1);
    expect_int("1lkb", NUM_I64, 1024);
    expect_int("5u", NUM_U32, 5);
    expect_int("4294967296u", NUM_U64, 4294967296);
    expect_int("1.5y", NUM_I8, 2);
    expect_int("2.5y", NUM_I8, 2);
    expect_decimal("1.10d", "1.10");
    expect_decimal("-1dkb", "-1024");
    refuse("128y");
    refuse("1ykb");
    refuse("256uy");
    refuse("-1u");
    refuse("1kbl");
    refuse("1yu");
}

Test(number, hexadecimal_and_binary_read_a_sign_at_full_width)
{
    expect_int("0xFF", NUM_I32, 255);
    expect_int("0xFFFFFFFF", NUM_I32, -1);
    expect_int("0xFFFFFFFFFFFFFFFF", NUM_I64, -1);
    expect_int("0x00000000FFFFFFFF", NUM_I64, 4294967295);
    expect_int("0xFFFFFFFFu", NUM_U32, 4294967295);
    expect_int("0xFFy", NUM_I8, -1);
    expect_int("0x", NUM_I32, 0);
    expect_int("0b11", NUM_I32, 3);
    expect_int("0b11111111111111111111111111111111", NUM_I32, -1);
    refuse("0x10000000000000000");
    refuse("0b");
    refuse("0b2");
}

Test(number, reals)
{
    expect_real("1.", 1);
    expect_real(".5", 0.5);
    expect_real("1.e3", 1000);
    expect_real("0.5kb", 512);
    expect_real("1e400", HUGE_VAL);
    struct number number;
    cr_assert(read_number("-0.0", NUMBER_SIGN, &number));
    cr_assert(signbit(number.f));
    refuse("1e");
    refuse(".");
    refuse("1..2");
}

Test(number, big_integers)
{
    expect_big("1n", "1");
    expect_big("123456789012345678901234567890n", "123456789012345678901234567890");
    expect_big("-1nkb", "-1024");
    expect_big("0xFFFFFFFFFFFFFFFFn", "-1");
    expect_big("1e30n", "1000000000000000019884624838656");
    expect_big("1000000000000000000000000000000000000000000000000000000000000000000000nkb",
               "1024000000000000000000000000000000000000000000000000000000000000000000000");
}

Test(number, text_of_a_value_may_have_blanks_and_be_empty)
{
    struct number number;
    cr_assert(read_number("  12 ", NUMBER_SIGN | NUMBER_BLANKS, &number));
    cr_assert_eq(number.i, 12);
    cr_assert(read_number("", NUMBER_BLANKS, &number));
    cr_assert_eq(number.i, 0);
    cr_assert_not(read_number("-1", 0, &number));
    cr_assert_not(number_parse("1n", 2, 0, NULL, &number)); // nowhere to put its digits
}

Test(number, the_scan_says_how_far_a_number_goes)
{
    bool malformed;
    cr_assert_eq(number_scan("12abc", 5, 0, &malformed), 2);
    cr_assert_not(malformed);
    cr_assert_eq(number_scan("1..3", 4, 0, &malformed), 1);
    cr_assert_eq(number_scan("x", 1, 0, &malformed), 0);
    number_scan("1ex", 3, 0, &malformed);
    cr_assert(malformed);
}
