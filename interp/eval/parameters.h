// interp/eval/parameters.h: parameters of script blocks: what their attributes say beyond the columns of
// struct param.
#ifndef INTERP_PARAMETERS_H
#define INTERP_PARAMETERS_H

#include "interp/eval/bind.h"

enum { MOST_SETS = 31, MOST_ROWS = 16 };

struct set_row {   // one [Parameter()]
    unsigned sets; // 0: all
    int position;
    unsigned flags;
};

struct param_more {
    value attributes;           // ARRAY, borrowed from the signature
    bool validates, transforms; // some of them do
    const char *ps_type;        // [PSTypeName()]; or NULL
    bool obsolete;
    struct set_row rows[MOST_ROWS];
    size_t row_count;
};

// The table that attributes become. Both blocks and dynamic parameters are read into one.
struct reading {
    struct interp *in;
    struct arena *arena;
    struct param *params;
    value *attributes; // by parameter, owned by whoever owns the reading
    const char *sets[MOST_SETS + 1];
    size_t set_count;
    bool advanced, any_position, any_set;
};
bool reading_parameter(struct reading *r, size_t at, const char *name, value attributes);
unsigned reading_set(struct reading *r, const char *name); // its bit; 0: all sets
// Names and aliases are unique, and none is a common parameter's. Throws AliasDeclaredMultipleTimes and its
// kin.
bool reading_check(struct reading *r, const struct cmdlet *cmdlet, size_t count);

// For the binder, which jesh-restricted has without any of this.
bool attributes_validate(struct interp *in, value attributes, value v) __attribute__((weak));
bool attributes_transform_own(struct interp *in, value attributes, value v, value *ret)
    __attribute__((weak)); // without conversions
bool bind_warn(struct stage *stage, const struct param *param); // of [Obsolete()]
bool bind_accepts_type(struct stage *stage, const struct param *param, value v, uint32_t offset)
    __attribute__((weak)); // [PSTypeName()]; throws

#endif
