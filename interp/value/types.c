#include "interp/value/types.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/value/enum.h"
#include "syntax/modes.h"

#define NO_SHORTHAND NULL
// Where script blocks can be, their own file has their type.
#pragma weak type_scriptblock

// The whole language's part of a type is weak, so that a program without it links.
#define TYPE(symbol, ...) extern const struct type_members full_##symbol __attribute__((weak));
#include "interp/value/types.def"
#undef TYPE
#define TYPE TYPE_DEFINITION
#include "interp/value/types.def"
#undef TYPE

#define NATIVE(symbol) extern const struct type type_##symbol __attribute__((weak));
#include "interp/value/natives.def"
#undef NATIVE
#define EXCEPTION(symbol, full, parent, ...) extern const struct type type_##symbol __attribute__((weak));
#include "interp/value/exceptions.def"

extern const struct type *const enum_types[];
extern const struct type *const full_types[] __attribute__((weak)); // types-full.c

static const struct type *const plain_types[] = {
#define TYPE(symbol, ...) &type_##symbol,
#include "interp/value/types.def"
#undef TYPE
    NULL,
};

static const struct {
    const char *name;
    const struct type *type;
} accelerators[] = {
#define ACCELERATOR(name, symbol) {name, &type_##symbol},
#include "interp/value/accelerators.def"
#undef ACCELERATOR
};

static const struct type *const native_types[] = {
#define NATIVE(symbol) &type_##symbol,
#include "interp/value/natives.def"
#undef NATIVE
#define EXCEPTION(symbol, full, parent, ...) &type_##symbol,
#include "interp/value/exceptions.def"
    NULL,
};

static bool same(const char *name, const char *text, size_t size)
{
    return name && strlen(name) == size && utf8_same_ignore_case(name, size, text, size);
}

static bool named(const struct type *type, const char *text, size_t size)
{
    if (same(type->shorthand, text, size) || same(type->name, text, size))
        return true;
    return !strncmp(type->name, "System.", 7) && same(type->name + 7, text, size);
}

static const struct type *find_in(const struct type *const *types, const char *text, size_t size)
{
    for (; *types; types++)
        if (named(*types, text, size))
            return *types;
    return NULL;
}

static const struct type *find_native(const char *text, size_t size)
{
    for (size_t i = 0; i + 1 < sizeof native_types / sizeof *native_types; i++)
        if (native_types[i] && named(native_types[i], text, size))
            return native_types[i];
    return NULL;
}

static const struct type *find_plain(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof accelerators / sizeof *accelerators; i++)
        if (same(accelerators[i].name, text, size))
            return accelerators[i].type;
    const struct type *found = find_in(plain_types, text, size);
    if (!found)
        found = find_in(enum_types, text, size);
    if (!found && full_types)
        found = find_in(full_types, text, size);
    return found ? found : find_native(text, size);
}

const struct type *type_find(const char *name, size_t size)
{
    if (size < 3 || memcmp(name + size - 2, "[]", 2))
        return find_plain(name, size);
    const struct type *element = find_plain(name, size - 2);
    return element ? type_array_of(element) : NULL;
}

const struct type *type_array_of(const struct type *element)
{
    return element && element->vector ? element->vector : &type_object_array;
}

const struct type *type_public(const struct type *type)
{
    return type->base && !strcmp(type->base->name, type->name) ? type->base : type;
}

bool type_is_core(const struct type *type)
{
    if (type->enumeration || mode_type_is_core(type->name) || !strncmp(type->name, "System.Nullable`1", 17))
        return true;
    return type->element && type_is_core(type->element);
}

// PowerShell prints the accelerator where there is one, for arrays "int[]"; some types have two names and
// print one.
const char *type_display(const struct type *type)
{
    return type->shorthand ? type->shorthand : type->name;
}

static const struct type *const kind_types[VALUE_KINDS] = {
    [V_VOID] = &type_null,         [V_BOOL] = &type_bool,         [V_CHAR] = &type_char,
    [V_I8] = &type_sbyte,          [V_U8] = &type_byte,           [V_I16] = &type_int16,
    [V_U16] = &type_uint16,        [V_I32] = &type_int,           [V_U32] = &type_uint32,
    [V_I64] = &type_long,          [V_U64] = &type_uint64,        [V_F32] = &type_single,
    [V_F64] = &type_double,        [V_DECIMAL] = &type_decimal,   [V_BIGINT] = &type_bigint,
    [V_DATETIME] = &type_datetime, [V_TIMESPAN] = &type_timespan, [V_SWITCH] = &type_switch,
    [V_TYPE] = &type_runtime_type, [V_STRING] = &type_string,
};

const struct type *value_type(value v)
{
    if (v.kind == V_ENUM)
        return enum_type(v);
    if (v.kind < VALUE_KINDS && kind_types[v.kind])
        return kind_types[v.kind];
    return value_is_heap(v) ? v.object->type : NULL;
}

bool value_is_type(value v, const struct type *type)
{
    if (v.kind == V_NULL || v.kind == V_VOID)
        return false;
    if (type == &type_psobject)
        return v.kind >= V_OBJECT && v.object->type == &type_custom;
    for (const struct type *own = value_type(v); own; own = own->base)
        if (own == type)
            return true;
    return type_implements && type_implements(value_type(v), type);
}
