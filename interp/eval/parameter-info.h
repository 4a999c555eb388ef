// interp/eval/parameter-info.h: parameters as objects: what Get-Command's Parameters and ParameterSets are
// made of.
#ifndef INTERP_PARAMETER_INFO_H
#define INTERP_PARAMETER_INFO_H

#include "interp/eval/bind.h"

struct described { // the parameters of one command
    const struct meta *meta;
    const char *const *sets; // names, NULL-terminated; NULL: only __AllParameterSets
    const value *attributes; // ARRAYs by parameter; NULL: made from the table where that can be
};

bool parameters_new(struct interp *in, const struct described *of, value *ret);     // a dictionary by name
bool parameter_sets_new(struct interp *in, const struct described *of, value *ret); // an ARRAY
bool parameter_resolve(struct interp *in, const struct described *of, value name, value *ret); // throws

// parameter-attributes.c, of jesh-full: the attributes that a row of a table amounts to.
bool parameter_attributes(struct interp *in, const struct param *param, const char *const *sets, value *ret)
    __attribute__((weak));
// What a function declares of one, as PowerShell lists it; and what [Parameter()] of these sets says of it.
bool parameter_declared(struct interp *in, value attributes, value *ret) __attribute__((weak));
void parameter_help(const struct described *of, size_t at, unsigned sets, value *ret) __attribute__((weak));
// What holds of a parameter in one set; flags as enum param_flag.
struct set_row;
void parameter_in_set(const struct param *param, unsigned set, int *ret_position, unsigned *ret_flags);

#endif
