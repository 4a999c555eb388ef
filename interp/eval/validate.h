// interp/eval/validate.h: what attributes of script parameters demand beyond the columns of struct param.
#ifndef INTERP_VALIDATE_H
#define INTERP_VALIDATE_H

#include "interp/value/value.h"

struct param_more {
    value script;          // ValidateScript, or $null
    value low, high;       // ValidateRange, or $null
    value pattern;         // ValidatePattern, or $null
    bool case_sensitive;   // of the pattern
    bool not_blank;        // ValidateNotNullOrWhiteSpace
    bool length;           // ValidateLength takes nothing but strings
    const char *exact_set; // ValidateSet with IgnoreCase off, separated by '|'
    const char *drives;    // ValidateDrive
};

bool validate_more(struct interp *in, const struct param_more *more, value v, bool *ret)
    __attribute__((weak)); // an item

#endif
