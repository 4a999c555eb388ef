// interp/value/number-style.h: numbers as .NET's Parse reads them, by System.Globalization.NumberStyles.
#ifndef INTERP_NUMBER_STYLE_H
#define INTERP_NUMBER_STYLE_H

#include "interp/value/value.h"

enum number_style { // NumberStyles, and what Parse takes where nobody says
    STYLE_LEADING_WHITE = 1,
    STYLE_TRAILING_WHITE = 2,
    STYLE_LEADING_SIGN = 4,
    STYLE_TRAILING_SIGN = 8,
    STYLE_PARENTHESES = 16,
    STYLE_POINT = 32,
    STYLE_THOUSANDS = 64,
    STYLE_EXPONENT = 128,
    STYLE_CURRENCY = 256,
    STYLE_HEX = 512,
    STYLE_BINARY = 1024,
    STYLE_INTEGER = 7,
    STYLE_NUMBER = 111,
    STYLE_FLOAT = 231,
};

enum read_outcome { READ_WELL, READ_NO_NUMBER, READ_TOO_BIG };

// The whole text (a STRING) as a number of that type. A failure leaves nothing thrown unless memory is short.
enum read_outcome number_read_styled(struct interp *in, const struct type *type, value text, unsigned style,
                                     value *ret);
unsigned number_usual_style(const struct type *type);

#endif
