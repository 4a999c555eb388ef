// interp/format/error-view.h: the text of an ErrorRecord, as a host or Out-String shows it: PowerShell's
// ConciseView.
//
// One line "Name: message"; where the error stands in a script file, on a later line of what was typed, or is
// a syntax error: the place, the source line, an underline and the message behind a bar.
#ifndef INTERP_FORMAT_ERROR_VIEW_H
#define INTERP_FORMAT_ERROR_VIEW_H

#include <stdbool.h>

#include "base/buf.h"
#include "interp/value/error.h"

struct error_style {
    bool colour;
    unsigned width; // cells of a row; 0: 80
};

// Appends the text without a newline at its end (errors in script files end with one, as PowerShell's do).
// False: no memory, thrown.
bool error_view(struct interp *in, value record, const struct error_style *style, struct buf *out);

#endif
