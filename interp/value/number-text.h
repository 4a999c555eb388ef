// interp/value/number-text.h: floating-point numbers as .NET writes them.
#ifndef INTERP_NUMBER_TEXT_H
#define INTERP_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum { DOUBLE_TEXT = 40 };

// Significant decimal digits of a finite number: value = 0.DIGITS * 10^scale; no trailing zeros, "" for zero.
struct digits {
    char text[800];
    int count, scale;
    bool negative;
};

void digits_of(double v, int precision,
               struct digits *ret); // correctly rounded to that many digits, at most 780
void digits_shortest(double v, bool single, struct digits *ret); // the fewest that give the same number again
// "G15" of [string], "G7" of floats (single), or the shortest round trip that .ToString() gives.
size_t double_text(double v, bool single, bool shortest, char ret_text[DOUBLE_TEXT]);

#endif
