#include "syntax/chars.h"

#include <stddef.h>
#include <string.h>

struct range {
    uint16_t first, last;
};

static const struct range letters[] = {
#define LETTER(first, last) {first, last},
#define DIGIT(first, last)
#include "syntax/letters.def"
#undef LETTER
#undef DIGIT
};

static const struct range digits[] = {
#define LETTER(first, last)
#define DIGIT(first, last) {first, last},
#include "syntax/letters.def"
#undef LETTER
#undef DIGIT
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t c)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && c >= ranges[low].first;
}

static bool one_of(uint32_t c, const char *set)
{
    return c && c < 0x80 && strchr(set, (int)c);
}

static bool is_ascii_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_ascii_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool char_is_blank(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || c == '\t' || c == '\v' || c == '\f';
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029
           || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool char_is_letter(uint32_t c)
{
    return c < 0x80 ? is_ascii_letter(c) : in_ranges(letters, sizeof letters / sizeof *letters, c);
}

bool char_is_letter_or_digit(uint32_t c)
{
    return c < 0x80 ? is_ascii_letter(c) || is_ascii_digit(c)
                    : char_is_letter(c) || in_ranges(digits, sizeof digits / sizeof *digits, c);
}

bool char_is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2013 && c <= 0x2015);
}

bool char_is_single_quote(uint32_t c)
{
    return c == '\'' || (c >= 0x2018 && c <= 0x201B);
}

bool char_is_double_quote(uint32_t c)
{
    return c == '"' || (c >= 0x201C && c <= 0x201E);
}

bool char_ends_word(uint32_t c)
{
    return !c || one_of(c, "\n\r&(),;{|}") || char_is_blank(c);
}

bool char_ends_number(uint32_t c, bool ternary)
{
    return one_of(c, "!#%*+-./<=>]") || char_is_dash(c) || (ternary && (c == '?' || c == ':'));
}

bool char_ends_assembly_part(uint32_t c)
{
    return !c || one_of(c, "\n\r,=]") || char_is_blank(c);
}

bool char_starts_variable(uint32_t c)
{
    return c < 0x80 ? is_ascii_letter(c) || is_ascii_digit(c) || one_of(c, "_?^$:") : char_is_letter_or_digit(c);
}

bool char_starts_identifier(uint32_t c)
{
    return c == '_' || char_is_letter(c);
}

bool char_follows_identifier(uint32_t c)
{
    return c == '_' || char_is_letter_or_digit(c);
}
