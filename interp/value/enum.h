// interp/value/enum.h: enums. A V_ENUM value holds the row of its type and its number, so it needs no heap.
#ifndef INTERP_ENUM_H
#define INTERP_ENUM_H

#include "interp/value/value.h"

struct enum_member {
    const char *name;
    int64_t number;
};

struct enum_info {
    const char *name;                  // the symbol of its row
    bool flags;                        // [Flags]: names are joined
    uint32_t row;                      // V_ENUM's aux
    const struct type *underlying;     // NULL: int
    const struct enum_member *members; // ends with name NULL, in order of number
};

enum {
    ENUM_MADE = UINT32_MAX
}; // the row of those that a text defines: their values hold the address of the type
const struct type *enum_type(value v);
bool enum_same_type(value a, value b);
value enum_value(const struct type *type, int64_t number);
value enum_to_number(value v); // of the underlying type
bool enum_to_string(struct interp *in, value v, value *ret);
// By name (ignoring case, a unique beginning is enough), comma list or number. False: not one of them.
bool enum_is_number(const char *text, size_t size);
bool enum_number(const char *text, size_t size, int64_t *ret_number); // of such a text; false: too large
bool enum_parse(const struct type *type, const char *text, size_t size, int64_t *ret_number);
bool enum_is_defined(const struct type *type, int64_t number);

// enum_types: ENUM(symbol, .NET name, flags). The members follow in enums.def.
#define ENUM(symbol, name, flags) extern const struct type type_##symbol;
#define MEMBER(symbol, name, number)
#define END_ENUM(symbol)
#include "interp/value/enums.def"
#undef ENUM
#undef MEMBER
#undef END_ENUM

#endif
