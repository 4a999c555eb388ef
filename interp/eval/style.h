// interp/eval/style.h: $PSStyle, how texts are decorated. jesh-full alone.
#ifndef INTERP_STYLE_H
#define INTERP_STYLE_H

#include "interp/value/value.h"

enum style_field {
    STYLE_ACCENT,
    STYLE_HEADER,
    STYLE_CUSTOM_HEADER,
    STYLE_ERROR_ACCENT,
    STYLE_ERROR,
    STYLE_WARNING,
    STYLE_VERBOSE,
    STYLE_DEBUG,
    STYLE_FEEDBACK_NAME,
    STYLE_FEEDBACK_TEXT,
    STYLE_FEEDBACK_ACTION,
    STYLE_FIELDS
};

bool style_new(struct interp *in, value *ret) __attribute__((weak));

// The sequence that begins such a text, "" where output is to be plain.
const char *style_text(const struct interp *in, enum style_field field) __attribute__((weak));

#endif
