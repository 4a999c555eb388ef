// interp/value/types-rows.h: the words in which the types' tables are written.
#ifndef INTERP_TYPES_ROWS_H
#define INTERP_TYPES_ROWS_H

#include "interp/value/objects.h"

#define METHOD(name)                                                                                         \
    static bool name(struct interp *in, value self, const value *args, size_t count, value *ret)
#define PUBLIC_METHOD(name)                                                                                  \
    bool name(struct interp *in, value self, const value *args, size_t count, value *ret)
#define UNUSED (void)in, (void)self, (void)args, (void)count, (void)ret

// Parameter and return types.
#define OBJ &type_object
#define STR &type_string
#define CHR &type_char
#define BOOLEAN &type_bool
#define I8 &type_sbyte
#define U8 &type_byte
#define I16 &type_int16
#define U16 &type_uint16
#define I32 &type_int
#define U32 &type_uint32
#define I64 &type_long
#define U64 &type_uint64
#define F32 &type_single
#define F64 &type_double
#define DEC &type_decimal
#define BIG &type_bigint
#define DATE &type_datetime
#define SPAN &type_timespan
#define TYP &type_type
#define CULTURE &type_cultureinfo
#define PROVIDER &type_format_provider
#define REF &type_ref
#define ARR &type_array
#define SEQUENCE &type_enumerable
#define OBJS &type_object_array
#define STRS &type_string_array
#define CHARS &type_char_array
#define BYTES &type_byte_array
#define COMPARISON &type_string_comparison
#define VOID NULL

// The parameters' types. A list of its own for each row takes less than room for the most in all: what is made of
// pointers is written to whenever a session starts.
#define P(...) (const struct type *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL}

#endif
