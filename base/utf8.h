// base/utf8.h: text is UTF-8 inside jesh; PowerShell counts in UTF-16 code units. This is where both meet.
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Reads one code point at text[0..size), size > 0; sets *ret_size to the bytes used (at least 1). A malformed
// byte gives U+FFFD and one byte. Surrogates written as three bytes (WTF-8) are returned as they stand, since
// a PowerShell string may hold a lone surrogate.
uint32_t utf8_decode(const char *text, size_t size, size_t *ret_size);
size_t utf8_encode(uint32_t codepoint, char ret_bytes[4]); // bytes written, 1..4
size_t utf8_units(const char *text, size_t size);          // length in UTF-16 code units

// UTF-16: the halves of a code point beyond U+FFFF, and the code point of two halves.
static inline uint32_t utf16_high(uint32_t codepoint)
{
    return 0xD800 + ((codepoint - 0x10000) >> 10);
}
static inline uint32_t utf16_low(uint32_t codepoint)
{
    return 0xDC00 + ((codepoint - 0x10000) & 0x3FF);
}
static inline bool utf16_is_pair(uint32_t high, uint32_t low)
{
    return high >= 0xD800 && high <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF;
}
static inline uint32_t utf16_join(uint32_t high, uint32_t low)
{
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

bool utf8_is_ascii(const char *text, size_t size);
bool utf8_is_valid(const char *text, size_t size);

// Simple (one to one) case mapping of the invariant culture; the identity where there is none.
uint32_t utf8_upper(uint32_t codepoint);
uint32_t utf8_lower(uint32_t codepoint);

// Ordinal comparison ignoring case, as .NET's OrdinalIgnoreCase (by upper case): <0, 0, >0.
int utf8_compare_ignore_case(const char *a, size_t a_size, const char *b, size_t b_size);
bool utf8_same_ignore_case(const char *a, size_t a_size, const char *b, size_t b_size);

#endif
