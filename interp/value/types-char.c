// System.Char.

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static bool is_upper(uint32_t c)
{
    return utf8_lower(c) != c;
}
static bool is_lower(uint32_t c)
{
    return utf8_upper(c) != c || c == 0xdf;
}
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    return is_upper(c) || is_lower(c) || c == 0xaa || c == 0xba || (c >= 0x100 && c <= 0x2af) ||
           (c >= 0x370 && c <= 0x1fff && c != 0x37e && c != 0x387) || (c >= 0x3040 && c <= 0x9fff) ||
           (c >= 0xac00 && c <= 0xd7a3);
}
static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
           c == 0x3000;
}
static bool among(const char *set, uint32_t c)
{
    for (; *set; set++)
        if ((uint32_t)(unsigned char)*set == c)
            return true;
    return false;
}
static bool is_symbol(uint32_t c)
{
    return among("$+<=>^`|~", c) || c == 0xa2 || c == 0xa3 || c == 0xa4 || c == 0xa5 || c == 0xa6 ||
           c == 0xa8 || c == 0xa9 || c == 0xac || c == 0xae || c == 0xaf || c == 0xb0 || c == 0xb1 ||
           c == 0xb4 || c == 0xb8 || c == 0xd7 || c == 0xf7 || (c >= 0x20a0 && c <= 0x20cf) ||
           (c >= 0x2190 && c <= 0x23ff);
}
static bool is_punctuation(uint32_t c)
{
    return among("!\"#%&'()*,-./:;?@[\\]_{}", c) || c == 0xa1 || c == 0xa7 || c == 0xab || c == 0xb6 ||
           c == 0xb7 || c == 0xbb || c == 0xbf || (c >= 0x2010 && c <= 0x2027) ||
           (c >= 0x2030 && c <= 0x205e);
}
static bool is_control(uint32_t c)
{
    return c < 32 || (c >= 0x7f && c < 0xa0);
}
static bool is_letter_or_digit(uint32_t c)
{
    return is_letter(c) || is_digit(c);
}
static bool is_separator(uint32_t c)
{
    return c == ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x3000;
}
static bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}
static bool is_high(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDBFF;
}
static bool is_low(uint32_t c)
{
    return c >= 0xDC00 && c <= 0xDFFF;
}
static bool is_ascii(uint32_t c)
{
    return c < 0x80;
}

// A character, or a text and a position in it.
static bool character(struct interp *in, const value *args, size_t count, uint32_t *ret)
{
    value unit = args[0];
    if (count > 1 && (args[1].i < 0 || value_is_null(args[0]) || args[1].i >= args[0].string->units))
        return method_throw(in, &type_argument_range_exception, "There is no such character.");
    if (count > 1)
        string_unit(args[0].string, (size_t)args[1].i, &unit);
    return *ret = (uint32_t)unit.i, true;
}
#define TEST(test)                                                                                           \
    METHOD(char_##test)                                                                                      \
    {                                                                                                        \
        uint32_t c = 0;                                                                                      \
        (void)self;                                                                                          \
        return character(in, args, count, &c) && (*ret = value_bool(test(c)), true);                         \
    }
TEST(is_digit)
TEST(is_letter) TEST(is_upper) TEST(is_lower) TEST(is_blank) TEST(is_symbol) TEST(is_punctuation)
    TEST(is_control) TEST(is_letter_or_digit) TEST(is_separator) TEST(is_surrogate) TEST(is_high) TEST(is_low)
        TEST(is_ascii)
#define CHAR(v) ((value){.kind = V_CHAR, .i = (v)})
            METHOD(char_upper)
{
    return UNUSED, *ret = CHAR(utf8_upper((uint32_t)args[0].i)), true;
}
METHOD(char_lower)
{
    return UNUSED, *ret = CHAR(utf8_lower((uint32_t)args[0].i)), true;
}
METHOD(char_number)
{
    uint32_t c = 0;
    (void)self;
    return character(in, args, count, &c) &&
           (*ret = value_double(is_digit(c) ? (double)c - '0' : -1.0), true);
}
METHOD(from_utf32)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (args[0].i < 0 || args[0].i > 0x10ffff || is_surrogate((uint32_t)args[0].i))
        return method_throw(in, &type_argument_range_exception, "Not a code point.");
    buf_add_codepoint(&out, (uint32_t)args[0].i);
    return buf_take(in, &out, ret);
}
METHOD(to_utf32)
{
    uint32_t c = 0;
    size_t used;
    (void)self;
    if (!character(in, args, count, &c))
        return false;
    size_t at = string_offset(args[0].string, (size_t)args[1].i);
    return *ret = value_int((int32_t)utf8_decode(value_text(args[0]) + at, args[0].string->size - at, &used)),
           true;
}
METHOD(pair_to_utf32)
{
    return UNUSED, *ret = value_int((int32_t)utf16_join((uint32_t)args[0].i, (uint32_t)args[1].i)), true;
}
METHOD(char_text)
{
    return UNUSED, value_to_string(in, args[0], ret);
}
METHOD(char_parse)
{
    UNUSED;
    if (value_is_null(args[0]) || args[0].string->units != 1)
        return method_throw(in, &type_format_exception, "Exactly one character is needed.");
    return string_unit(args[0].string, 0, ret), true;
}
METHOD(char_is_between)
{
    return UNUSED, *ret = value_bool(args[0].i >= args[1].i && args[0].i <= args[2].i), true;
}
static bool is_ascii_upper(uint32_t c)
{
    return c >= 'A' && c <= 'Z';
}
static bool is_ascii_lower(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}
static bool is_ascii_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static bool is_hex_upper(uint32_t c)
{
    return is_ascii_digit(c) || (c >= 'A' && c <= 'F');
}
static bool is_hex_lower(uint32_t c)
{
    return is_ascii_digit(c) || (c >= 'a' && c <= 'f');
}
#define ASCII(name, expression)                                                                              \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        uint32_t c = (uint32_t)args[0].i;                                                                    \
        return UNUSED, *ret = value_bool(expression), true;                                                  \
    }
ASCII(ascii_upper, is_ascii_upper(c))
ASCII(ascii_lower, is_ascii_lower(c))
ASCII(ascii_letter, is_ascii_upper(c) || is_ascii_lower(c))
ASCII(ascii_digit, is_ascii_digit(c))
ASCII(ascii_letter_or_digit, is_ascii_upper(c) || is_ascii_lower(c) || is_ascii_digit(c))
ASCII(ascii_hex, is_hex_upper(c) || is_hex_lower(c))
ASCII(ascii_hex_upper, is_hex_upper(c))
ASCII(ascii_hex_lower, is_hex_lower(c))
#define TESTS(name, test)                                                                                    \
    {name, char_##test, BOOLEAN, P(CHR)},                                                                    \
    {                                                                                                        \
        name, char_##test, BOOLEAN, P(STR, I32)                                                              \
    }
static const struct method char_statics[] = {TESTS("IsDigit", is_digit),
                                             TESTS("IsNumber", is_digit),
                                             TESTS("IsLetter", is_letter),
                                             TESTS("IsUpper", is_upper),
                                             TESTS("IsLower", is_lower),
                                             TESTS("IsWhiteSpace", is_blank),
                                             TESTS("IsSymbol", is_symbol),
                                             TESTS("IsPunctuation", is_punctuation),
                                             TESTS("IsControl", is_control),
                                             TESTS("IsLetterOrDigit", is_letter_or_digit),
                                             TESTS("IsSeparator", is_separator),
                                             TESTS("IsSurrogate", is_surrogate),
                                             TESTS("IsHighSurrogate", is_high),
                                             TESTS("IsLowSurrogate", is_low),
                                             {"IsAscii", char_is_ascii, BOOLEAN, P(CHR)},
                                             {"IsBetween", char_is_between, BOOLEAN, P(CHR, CHR, CHR)},
                                             {"IsAsciiLetter", ascii_letter, BOOLEAN, P(CHR)},
                                             {"IsAsciiLetterLower", ascii_lower, BOOLEAN, P(CHR)},
                                             {"IsAsciiLetterUpper", ascii_upper, BOOLEAN, P(CHR)},
                                             {"IsAsciiDigit", ascii_digit, BOOLEAN, P(CHR)},
                                             {"IsAsciiLetterOrDigit", ascii_letter_or_digit, BOOLEAN, P(CHR)},
                                             {"IsAsciiHexDigit", ascii_hex, BOOLEAN, P(CHR)},
                                             {"IsAsciiHexDigitUpper", ascii_hex_upper, BOOLEAN, P(CHR)},
                                             {"IsAsciiHexDigitLower", ascii_hex_lower, BOOLEAN, P(CHR)},
                                             {"ToUpper", char_upper, CHR, P(CHR)},
                                             {"ToUpper", char_upper, CHR, P(CHR, CULTURE)},
                                             {"ToLower", char_lower, CHR, P(CHR)},
                                             {"ToLower", char_lower, CHR, P(CHR, CULTURE)},
                                             {"ToUpperInvariant", char_upper, CHR, P(CHR)},
                                             {"ToLowerInvariant", char_lower, CHR, P(CHR)},
                                             {"GetNumericValue", char_number, F64, P(CHR)},
                                             {"GetNumericValue", char_number, F64, P(STR, I32)},
                                             {"ConvertFromUtf32", from_utf32, STR, P(I32)},
                                             {"ConvertToUtf32", to_utf32, I32, P(STR, I32)},
                                             {"ConvertToUtf32", pair_to_utf32, I32, P(CHR, CHR)},
                                             {"ToString", char_text, STR, P(CHR)},
                                             {"Parse", char_parse, CHR, P(STR)},
                                             {0}};
static bool char_max(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = CHAR(0xffff), true;
}
static bool char_min(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = CHAR(0), true;
}
static const struct property char_constants[] = {
    {"MaxValue", char_max, NULL}, {"MinValue", char_min, NULL}, {0}};
const struct type_members full_char = {NULL, char_statics, NULL, char_constants};
