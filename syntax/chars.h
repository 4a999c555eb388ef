// syntax/chars.h: what a character may do in PowerShell's text. Code points beyond U+FFFF are never letters,
// since PowerShell looks at one UTF-16 code unit at a time.
#ifndef SYNTAX_CHARS_H
#define SYNTAX_CHARS_H

#include <stdbool.h>
#include <stdint.h>

bool char_is_blank(uint32_t c); // white space within a line
bool char_is_letter(uint32_t c);
bool char_is_letter_or_digit(uint32_t c);
bool char_is_dash(uint32_t c);
bool char_is_single_quote(uint32_t c);
bool char_is_double_quote(uint32_t c);
bool char_ends_word(uint32_t c);      // ends a word in command mode; so does 0, the end of the text
bool char_ends_number(uint32_t c, bool ternary); // ends a number in expression mode, besides what ends a word
bool char_ends_assembly_part(uint32_t c);
bool char_starts_variable(uint32_t c);
bool char_starts_identifier(uint32_t c);
bool char_follows_identifier(uint32_t c);

#endif
