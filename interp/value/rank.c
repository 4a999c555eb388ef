// How well a value converts to a parameter's type, without converting it: what chooses between overloads.
#include "interp/value/class.h"
#include "interp/value/delegate.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

// Numbers in an order in which each goes into those after it without loss; signed and unsigned ones side by
// side.
static int number_width(const struct type *type)
{
    static const struct {
        const struct type *type;
        int width;
    } widths[] = {{&type_byte, 1},   {&type_sbyte, 1},   {&type_int16, 2},   {&type_uint16, 2},
                  {&type_char, 2},   {&type_int, 4},     {&type_uint32, 4},  {&type_long, 8},
                  {&type_uint64, 8}, {&type_single, 16}, {&type_double, 17}, {&type_decimal, 18},
                  {&type_bigint, 19}};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (widths[i].type == type)
            return widths[i].width;
    return 0;
}

static bool is_signed(const struct type *type)
{
    return type == &type_sbyte || type == &type_int16 || type == &type_int || type == &type_long;
}

static bool is_integer(const struct type *type)
{
    return number_width(type) && number_width(type) <= 8 && type != &type_char;
}

static bool widens(const struct type *from, const struct type *to)
{
    int narrow = number_width(from), wide = number_width(to);
    if (to == &type_bigint)
        return false;
    if (to == &type_decimal)
        return narrow <= 8;
    if (wide >= 16)
        return narrow < wide;
    if (is_signed(from))
        return is_signed(to) && wide > narrow;
    return wide > narrow;
}

static enum rank numeric_rank(const struct type *from, const struct type *to)
{
    if (from == &type_char && number_width(to) >= 16 && to != &type_bigint)
        return RANK_NUMERIC_EXPLICIT;
    if (from == &type_char || to == &type_char)
        return is_integer(from == &type_char ? to : from) ? RANK_LANGUAGE : RANK_NONE;
    if (to == &type_bigint || from == &type_bigint)
        return RANK_EXPLICIT_CAST;
    return widens(from, to) ? RANK_NUMERIC_IMPLICIT : RANK_NUMERIC_EXPLICIT;
}

static bool derives(const struct type *from, const struct type *to)
{
    for (; from; from = from->base)
        if (from == to)
            return true;
    return to == &type_object;
}

static bool assignable(const struct type *from, const struct type *to)
{
    return derives(from, to) || type_implements(from, to);
}

static bool is_value_type(const struct type *type)
{
    return derives(type, &type_value_type) && type != &type_object;
}

static enum rank array_rank(const struct type *from, const struct type *to)
{
    if (from->element) {
        if (to->element == &type_object)
            return is_value_type(from->element) ? RANK_UNRELATED_ARRAYS : RANK_ASSIGNABLE;
        return RANK_UNRELATED_ARRAYS;
    }
    if (from == &type_string && to->element == &type_char)
        return RANK_STRING_TO_CHARS;
    return conversion_rank_types(from, to->element);
}

static bool parses(const struct type *to)
{
    return to == &type_datetime || to == &type_timespan || to == &type_guid || to == &type_version ||
           to == &type_semver || to == &type_ipaddress || to == &type_complex_number;
}

static enum rank text_rank(const struct type *to)
{
    if (to == &type_char)
        return RANK_LANGUAGE;
    if (to == &type_bigint)
        return RANK_NUMERIC_STRING;
    if (number_width(to))
        return RANK_NUMERIC_STRING;
    if (to->enumeration || to == &type_type || to == &type_regex || to == &type_xml)
        return RANK_LANGUAGE;
    if (parses(to))
        return RANK_PARSE;
    if (to == &type_uri || to == &type_mailaddress || to == &type_cultureinfo)
        return RANK_CONSTRUCTOR;
    return to == &type_switch ? RANK_LANGUAGE : RANK_NONE;
}

// Whether .NET's IConvertible is asked where PowerShell has no rule.
static bool is_convertible(const struct type *from, const struct type *to)
{
    if (from == &type_bool || from == &type_char || from == &type_datetime || from->enumeration)
        return true;
    return number_width(from) && from != &type_bigint && text_rank(to) != RANK_NONE;
}

static enum rank ruled(const struct type *from, const struct type *to);

enum rank conversion_rank_types(const struct type *from, const struct type *to)
{
    enum rank rank = ruled(from, to);
    return rank == RANK_NONE && !to->element && is_convertible(from, to) ? RANK_CONVERTIBLE : rank;
}

static enum rank ruled(const struct type *from, const struct type *to)
{
    if (from == to)
        return RANK_IDENTITY;
    if (assignable(from, to))
        return RANK_ASSIGNABLE;
    if ((from->class || to->class) && class_rank(from, to))
        return class_rank(from, to);
    if (to == &type_complex_number && number_width(from))
        return from == &type_decimal || from == &type_bigint ? RANK_EXPLICIT_CAST : RANK_IMPLICIT_CAST;
    if (number_width(from) && number_width(to))
        return numeric_rank(from, to);
    if (to->element)
        return array_rank(from, to);
    if (to == &type_bool)
        return RANK_LANGUAGE;
    if (to == &type_string)
        return number_width(from) && from != &type_char ? RANK_NUMERIC_STRING : RANK_TO_STRING;
    if (from == &type_string)
        return text_rank(to);
    if (from->enumeration || from == &type_bool)
        return is_integer(to) ? RANK_LANGUAGE : number_width(to) ? RANK_CONVERTIBLE : RANK_NONE;
    if (to->enumeration)
        return is_integer(from) ? RANK_LANGUAGE : RANK_NONE;
    if (from->element && is_value_type(to))
        return RANK_NONE;
    if (to == &type_scriptblock && type_is_delegate(from))
        return RANK_LANGUAGE;
    if (from == &type_scriptblock)
        return RANK_LANGUAGE;
    if ((to == &type_datetime || to == &type_timespan) && is_integer(from))
        return RANK_CONSTRUCTOR;
    if (to == &type_version && from == &type_semver)
        return RANK_IMPLICIT_CAST;
    return RANK_NONE;
}

enum rank conversion_rank(value from, const struct type *to)
{
    if (value_is_null(from)) {
        if (to == &type_object)
            return RANK_ASSIGNABLE;
        if (to == &type_string)
            return RANK_TO_STRING;
        if (!is_value_type(to) || type_argument(to, 0))
            return RANK_NULL_TO_REFERENCE;
        return number_width(to) || to == &type_bool || to == &type_switch ? RANK_NULL_TO_VALUE : RANK_NONE;
    }
    if (value_is_type(from, to))
        return value_type(from) == to ? RANK_IDENTITY : RANK_ASSIGNABLE;
    if (value_enumerable(from) && to->element) {
        enum rank rank = array_rank(value_type(from)->element ? value_type(from) : &type_object_array, to);
        for (size_t i = 0; rank != RANK_NONE && i < from.array->count; i++)
            if (conversion_rank(from.array->items[i], to->element) == RANK_NONE)
                return RANK_NONE;
        return rank;
    }
    return conversion_rank_types(value_type(from), to);
}
