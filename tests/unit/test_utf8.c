#include <criterion/criterion.h>
#include <string.h>

#include "base/utf8.h"

static uint32_t decode(const char *text, size_t size, size_t want_size)
{
    size_t used;
    uint32_t codepoint = utf8_decode(text, size, &used);
    cr_assert_eq(used, want_size);
    return codepoint;
}

Test(utf8, decodes_and_encodes_every_length)
{
    static const uint32_t points[] = {0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char bytes[4];
        size_t size = utf8_encode(points[i], bytes);
        cr_assert_eq(decode(bytes, size, size), points[i]);
    }
}

Test(utf8, a_malformed_byte_is_one_replacement)
{
    cr_assert_eq(decode("\x80", 1, 1), 0xFFFD);
    cr_assert_eq(decode("\xC0\x80", 2, 1), 0xFFFD);     // overlong
    cr_assert_eq(decode("\xE0\x80\x80", 3, 1), 0xFFFD); // overlong
    cr_assert_eq(decode("\xE2\x80", 2, 1), 0xFFFD);     // cut off
    cr_assert_eq(decode("\xF5\x80\x80\x80", 4, 1), 0xFFFD);
    cr_assert_eq(decode("\xF4\x90\x80\x80", 4, 1), 0xFFFD); // beyond 10FFFF
    cr_assert_eq(decode("\xED\xA0\x80", 3, 3), 0xD800);     // a lone surrogate stays
}

Test(utf8, counts_utf16_units)
{
    cr_assert_eq(utf8_units("aé€", 6), 3);
    cr_assert_eq(utf8_units("\xF0\x9F\x98\x80", 4), 2);
    cr_assert_eq(utf8_units("", 0), 0);
}

Test(utf8, validity)
{
    cr_assert(utf8_is_valid("aé€\xF0\x9F\x98\x80", 10));
    cr_assert(utf8_is_valid("\xEF\xBF\xBD", 3)); // the replacement character itself
    cr_assert_not(utf8_is_valid("\xFF", 1));
    cr_assert_not(utf8_is_valid("\xED\xA0\x80", 3));
}

Test(utf8, maps_case_one_to_one)
{
    cr_assert_eq(utf8_upper('z'), 'Z');
    cr_assert_eq(utf8_upper(0xE9), 0xC9);
    cr_assert_eq(utf8_lower(0x410), 0x430);
    cr_assert_eq(utf8_upper(0x10428), 0x10400);
    cr_assert_eq(utf8_upper(0xDF), 0xDF);   // has no single upper case letter
    cr_assert_eq(utf8_upper(0x131), 0x131); // and this one is not i
    cr_assert_eq(utf8_lower(0x130), 0x130);
    cr_assert_eq(utf8_upper(0x17F), 0x17F);
    cr_assert_eq(utf8_lower(0x212A), 0x212A); // nor does the kelvin sign become k
}

Test(utf8, compares_ignoring_case_in_the_order_of_utf16)
{
    cr_assert(utf8_same_ignore_case("Écran", 6, "éCRAN", 6));
    cr_assert_not(utf8_same_ignore_case("a", 1, "ab", 2));
    cr_assert_lt(utf8_compare_ignore_case("a", 1, "B", 1), 0);
    cr_assert_gt(utf8_compare_ignore_case("_", 1, "a", 1), 0); // by upper case
    // A surrogate pair sorts before U+FF41, although its code point is greater.
    cr_assert_lt(utf8_compare_ignore_case("\xF0\x9F\x98\x80", 4, "\xEF\xBD\x81", 3), 0);
}
