// interp/value/method.h: what the whole language may call on values and types. None of it is in
// jesh-restricted.
//
// A type's callable members are tables of rows: a name, what is returned, the parameters' types, and the
// function. Several rows of one name are overloads, and the choice is PowerShell's: conversions are ranked
// argument by argument, the first one weighs most. A function gets its arguments already converted to its
// parameters' types.
#ifndef INTERP_METHOD_H
#define INTERP_METHOD_H

#include "interp/value/value.h"

enum { MOST_RANK = 7, MADE_PARAMETERS = 32 };

// Borrows self and args; *ret is owned by the caller, $null where the method returns nothing.
typedef bool method_function(struct interp *in, value self, const value *args, size_t count, value *ret);

struct method {
    const char *name;
    method_function *call;
    const struct type *returns;           // NULL: void
    const struct type *const *parameters; // NULL-terminated, or NULL: none
    bool rest;                // the last parameter is an array whose items may be given one by one
    struct made_method *made; // of a class (interp/value/class.h)
    const char *names;        // of the parameters, as definitions show them, separated by blanks; or NULL
};

extern const struct type *const no_types[]; // NULL alone
static inline const struct type *const *method_parameters(const struct method *method)
{
    return method->parameters ? method->parameters : no_types;
}

// All tables end with a row without name; each may be NULL. Those of a type's bases are searched after its
// own.
struct type_members {
    const struct method *methods, *statics, *constructors;
    const struct property *static_properties; // self is $null
    bool operators; // op_Addition and its kin stand among the statics
};

bool method_exists(value target, const char *name, size_t size) __attribute__((weak));
// The method as a value; false, nothing thrown: there is none of that name.
bool method_value(struct interp *in, value target, const char *name, size_t size, value *ret);
bool method_invoke(struct interp *in, value target, value name, const value *args, size_t count, value *ret)
    __attribute__((weak));
// The method as that base of the object's class has it.
bool method_exists_in(const struct type *type, value name);
bool method_invoke_base(struct interp *in, const struct type *type, value target, value name, const value *args,
                        size_t count, value *ret);
bool static_invoke(struct interp *in, const struct type *type, value name, const value *args, size_t count,
                   value *ret);
bool static_has(const struct type *type, value name) __attribute__((weak));
bool static_get(struct interp *in, const struct type *type, value name, value *ret) __attribute__((weak));
bool static_set(struct interp *in, const struct type *type, value name, value to);
const struct method *type_constructors(const struct type *type); // NULL: none
bool type_construct(struct interp *in, const struct type *type, const value *args, size_t count, value *ret)
    __attribute__((weak));

// The choice itself, for tables that others keep (classes, native objects). False: thrown.
struct overloads {
    const struct method *rows[64];
    size_t count;
};
bool method_call(struct interp *in, const struct overloads *overloads, value self, const char *name,
                 const value *args, size_t count, value *ret);

// An exception inside a method: the record carries its type's short name as id, and a
// MethodInvocationException around it. Always false.
bool method_throw(struct interp *in, const struct type *exception, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// What was thrown becomes the inner exception of a method that failed. Always false.
bool method_rethrow(struct interp *in);

// How well a value goes into a parameter of that type: PowerShell's ConversionRank, RANK_NONE: not at all.
enum rank {
    RANK_NONE,
    RANK_UNRELATED_ARRAYS,
    RANK_TO_STRING,
    RANK_CUSTOM,
    RANK_CONVERTIBLE,
    RANK_IMPLICIT_CAST,
    RANK_EXPLICIT_CAST,
    RANK_CONSTRUCTOR,
    RANK_CREATE,
    RANK_PARSE,
    RANK_BAG,
    RANK_LANGUAGE,
    RANK_NULL_TO_VALUE,
    RANK_NULL_TO_REFERENCE,
    RANK_NUMERIC_EXPLICIT,
    RANK_NUMERIC_STRING,
    RANK_NUMERIC_IMPLICIT,
    RANK_ASSIGNABLE,
    RANK_STRING_TO_CHARS,
    RANK_IDENTITY,
};
enum rank conversion_rank(value from, const struct type *to) __attribute__((weak));
enum rank conversion_rank_types(const struct type *from, const struct type *to);

// [ref]: what a method writes its second results to.
bool reference_set(struct interp *in, value reference, value to);

// Types made at run time: generic ones with their arguments, arrays of rank > 1. NULL with nothing thrown: no
// such type.
const struct type *type_find_in(struct interp *in, const char *name, size_t size) __attribute__((weak));
// target[index] of types with an indexer of their own. False, nothing thrown: not one of them.
bool index_own(struct interp *in, value target, value index, value *ret) __attribute__((weak));
// Conversions to the types that only the whole language makes. False: *ret_id is the error's, NULL: no rule
// of its own.
bool convert_full(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
    __attribute__((weak));

// The attributes of a type: an ARRAY.
bool type_custom_attributes(struct interp *in, const struct type *type, value *ret) __attribute__((weak));

#endif
