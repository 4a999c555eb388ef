// Conversion to a type: casts and the binder (spec: language-core §9). Ids are PowerShell's.
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/method.h"
#include "interp/value/numeric.h"
#include "interp/value/types.h"

static bool refuse(struct interp *in, const char *id, value v, const struct type *to)
{
    const struct type *from = value_type(v);
    value text = value_null;
    value_to_string(in, v, &text);
    throw_error(in, id, CAT_InvalidArgument, v, "Cannot convert \"%s\" of type \"%s\" to type \"%s\".",
                text.kind == V_STRING ? value_text(text) : "", from ? from->name : "null", to->name);
    value_drop(text);
    return false;
}

static bool is_bag(value v)
{
    return v.kind == V_TABLE || value_is_type(v, &type_custom);
}

// Making an object from a table's entries: a question to the language mode, then to the type.
static bool refuse_bag(struct interp *in, value v, const struct type *to)
{
    bool table = v.kind == V_TABLE && !mode_gate(in->mode, GATE_PROPERTY_BAG);
    return refuse(in, table ? "ObjectCreationError" : "InvalidCastConstructorException", v, to);
}

struct range {
    double least, most;
    int64_t i_least;
    uint64_t u_most;
};

// Ranges of I8 … U64, by kind.
static const struct range ranges[] = {
    {-128, 127, INT8_MIN, INT8_MAX},
    {0, 255, 0, UINT8_MAX},
    {-32768, 32767, INT16_MIN, INT16_MAX},
    {0, 65535, 0, UINT16_MAX},
    {-2147483648.0, 2147483647.0, INT32_MIN, INT32_MAX},
    {0, 4294967295.0, 0, UINT32_MAX},
    {-9223372036854775808.0, 9223372036854774784.0, INT64_MIN, INT64_MAX},
    {0, 18446744073709549568.0, 0, UINT64_MAX},
};

static const struct {
    const struct type *type;
    enum value_kind kind;
} integer_types[] = {
    {&type_sbyte, V_I8}, {&type_byte, V_U8},    {&type_int16, V_I16}, {&type_uint16, V_U16},
    {&type_int, V_I32},  {&type_uint32, V_U32}, {&type_long, V_I64},  {&type_uint64, V_U64},
};

static bool fit(value number, enum value_kind kind, value *ret)
{
    const struct range *range = &ranges[kind - V_I8];
    int64_t i = number.i;
    uint64_t u = number.u;
    bool has_sign =
        number.kind == V_I8 || number.kind == V_I16 || number.kind == V_I32 || number.kind == V_I64;
    if (number.kind == V_F32 || number.kind == V_F64) {
        double rounded = nearbyint(number.f); // the default rounding: half to even
        if (!(rounded >= range->least && rounded <= range->most))
            return false;
        *ret = range->least < 0 ? (value){.kind = (uint8_t)kind, .i = (int64_t)rounded}
                                : (value){.kind = (uint8_t)kind, .u = (uint64_t)rounded};
        return true;
    }
    if (number.kind == V_DECIMAL) {
        if (decimal_to_int64(number.decimal->number, &i))
            has_sign = true;
        else if (!decimal_to_uint64(number.decimal->number, &u))
            return false;
    } else if (number.kind == V_BIGINT) {
        if (bigint_to_int64(number, &i))
            has_sign = true;
        else if (!bigint_to_uint64(number, &u))
            return false;
    }
    if (has_sign ? (i < range->i_least || (i > 0 && (uint64_t)i > range->u_most)) : u > range->u_most)
        return false;
    *ret = (value){.kind = (uint8_t)kind, .u = has_sign ? (uint64_t)i : u};
    return true;
}

// "1,234" is a number for .NET's own parser, which is asked after the literal scanner.
static bool without_groups(const struct string *text, char plain[64], size_t *ret_size)
{
    size_t size = 0;
    bool seen_digit = false, comma = false;
    for (size_t i = 0; i < text->size; i++) {
        char c = text->text[i];
        if (c == ',' && seen_digit) {
            comma = true;
            continue;
        }
        if (size == 64 || c == ',')
            return false;
        if (c == '.')
            seen_digit = false;
        else if (c >= '0' && c <= '9')
            seen_digit = true;
        plain[size++] = c;
    }
    *ret_size = size;
    return comma;
}

static bool text_to_number(struct interp *in, const struct string *text, value *ret)
{
    struct arena arena = ARENA_INIT;
    struct number number;
    char plain[64];
    size_t size;
    bool ok = number_parse(text->text, text->size, NUMBER_SIGN | NUMBER_BLANKS, &arena, &number) ||
              (without_groups(text, plain, &size) &&
               number_parse(plain, size, NUMBER_SIGN | NUMBER_BLANKS, &arena, &number));
    ok = ok && number_value(in, &number, ret);
    arena_free(&arena);
    return ok;
}

static bool to_integer(struct interp *in, value v, const struct type *to, enum value_kind kind, value *ret)
{
    value number;
    if (v.kind == V_SWITCH)
        return *ret = (value){.kind = (uint8_t)kind, .u = v.b}, true;
    if (v.kind == V_STRING) {
        if (!text_to_number(in, v.string, &number))
            return refuse(in, "InvalidCastFromStringToInteger", v, to);
    } else if (value_is_number(v) || v.kind == V_BOOL || v.kind == V_CHAR || v.kind == V_ENUM ||
               value_is_null(v)) {
        if (!numeric_of(in, v, &number))
            return false;
    } else
        return refuse(in,
                      v.kind == V_DATETIME ? "InvalidCastIConvertible" : "ConvertToFinalInvalidCastException",
                      v, to);
    bool ok = fit(number, kind, ret);
    value_drop(number);
    const char *id = v.kind == V_STRING ? "InvalidCastFromStringToInteger" : "InvalidCastIConvertible";
    return ok || refuse(in, id, v, to);
}

static bool number_source(struct interp *in, value v, const struct type *to, const char *id, value *ret)
{
    if (v.kind == V_STRING)
        return text_to_number(in, v.string, ret) || refuse(in, id, v, to);
    if (v.kind == V_SWITCH)
        return *ret = value_int(v.b), true;
    bool letter = v.kind == V_CHAR && to != &type_double;
    if (value_is_number(v) || letter || v.kind == V_BOOL || v.kind == V_ENUM || value_is_null(v))
        return numeric_of(in, v, ret);
    bool convertible = v.kind == V_CHAR || v.kind == V_DATETIME;
    if (is_bag(v) && to == &type_decimal)
        return refuse_bag(in, v, to);
    return refuse(in, convertible ? "InvalidCastIConvertible" : "ConvertToFinalInvalidCastException", v, to);
}

static double number_to_double(value v)
{
    switch (v.kind) {
    case V_F32:
    case V_F64:
        return v.f;
    case V_DECIMAL:
        return decimal_to_double(v.decimal->number);
    case V_BIGINT:
        return bigint_to_double(v);
    case V_U8:
    case V_U16:
    case V_U32:
    case V_U64:
        return (double)v.u;
    default:
        return (double)v.i;
    }
}

static bool special_real(const struct string *text, double *ret)
{
    static const struct {
        const char *text;
        double v;
    } table[] = {{"NaN", NAN},
                 {"Infinity", INFINITY},
                 {"-Infinity", -INFINITY},
                 {"+Infinity", INFINITY},
                 {"-NaN", NAN}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].text) == text->size &&
            utf8_same_ignore_case(table[i].text, text->size, text->text, text->size))
            return *ret = table[i].v, true;
    return false;
}

static bool to_real(struct interp *in, value v, const struct type *to, value *ret)
{
    value number;
    double f;
    if (v.kind == V_STRING && special_real(v.string, &f)) {
        *ret = (value){.kind = to == &type_single ? V_F32 : V_F64, .f = f};
        return true;
    }
    if (!number_source(in, v, to, "InvalidCastFromStringToDoubleOrSingle", &number))
        return false;
    f = number_to_double(number);
    *ret = to == &type_single ? (value){.kind = V_F32, .f = (float)f} : value_double(f);
    value_drop(number);
    return true;
}

static bool to_decimal(struct interp *in, value v, value *ret)
{
    value number;
    struct decimal d;
    char plain[64];
    size_t size;
    if (v.kind == V_STRING && without_groups(v.string, plain, &size) && decimal_from_text(plain, size, &d))
        return decimal_new(in, d, ret);
    if (!number_source(in, v, &type_decimal, "InvalidCastFromStringToDecimal", &number))
        return false;
    if (v.kind != V_STRING && number.kind == V_DECIMAL)
        return *ret = number, true;
    bool ok = true;
    if (number.kind < V_F32 && v.kind != V_STRING)
        d = number.kind == V_U64 ? decimal_from_uint64(number.u) : decimal_from_int64(number.i);
    else
        ok = decimal_from_double(number_to_double(number), &d); // also texts: '1.10' is 1.1 (recorded)
    value_drop(number);
    return ok ? decimal_new(in, d, ret) : refuse(in, "InvalidCastIConvertible", v, &type_decimal);
}

static bool to_bigint(struct interp *in, value v, value *ret)
{
    value number;
    if (v.kind == V_BIGINT)
        return *ret = value_keep(v), true;
    if (!number_source(in, v, &type_bigint, "InvalidCastFromStringToInteger", &number))
        return false;
    if (number.kind == V_BIGINT)
        return *ret = number, true;
    bool ok = number.kind >= V_F32   ? bigint_from_double(in, number_to_double(number), ret)
              : number.kind == V_U64 ? bigint_from_uint(in, number.u, ret)
                                     : bigint_from_int(in, number.i, ret);
    value_drop(number);
    return ok;
}

static bool to_char(struct interp *in, value v, value *ret)
{
    if (v.kind == V_CHAR)
        return *ret = v, true;
    if (v.kind == V_STRING) {
        if (v.string->units != 1)
            return refuse(in, "InvalidCastParseTargetInvocation", v, &type_char);
        size_t size;
        *ret = (value){.kind = V_CHAR, .i = utf8_decode(v.string->text, v.string->size, &size)};
        return true;
    }
    if (value_is_null(v))
        return *ret = (value){.kind = V_CHAR}, true;
    if (v.kind == V_ENUM || (v.kind >= V_I8 && v.kind <= V_U64)) {
        value number = v.kind == V_ENUM ? value_int((int32_t)v.i) : v;
        if (!fit(number, V_U16, ret))
            return refuse(in, "InvalidCastIConvertible", v, &type_char);
        ret->kind = V_CHAR;
        return true;
    }
    bool convertible = v.kind == V_BOOL || v.kind == V_F32 || v.kind == V_F64 || v.kind == V_DECIMAL ||
                       v.kind == V_BIGINT || v.kind == V_DATETIME;
    return refuse(in, convertible ? "InvalidCastIConvertible" : "ConvertToFinalInvalidCastException", v,
                  &type_char);
}

static bool to_enum(struct interp *in, value v, const struct type *to, value *ret)
{
    int64_t number;
    value text, converted;
    if (v.kind == V_ENUM && enum_type(v) == to)
        return *ret = v, true;
    if (v.kind == V_STRING || value_enumerable(v)) {
        value ofs = in->ofs; // a list of names counts as one comma-separated text
        in->ofs = string_static(in, ",");
        bool ok = value_to_string(in, v, &text);
        value_drop(in->ofs);
        in->ofs = ofs;
        if (!ok)
            return false;
        ok = enum_parse(to, value_text(text), text.string->size, &number);
        value_drop(text);
        if (!ok)
            return refuse(in,
                          v.kind == V_STRING ? "SubstringDisambiguationEnumParseThrewAnException"
                                             : "InvalidCastEnumTypeNotAString",
                          v, to);
        if (!enum_is_defined(to, number))
            return refuse(in, "EnumParseUndefined", v, to);
        return *ret = enum_value(to, number), true;
    }
    if (value_is_null(v))
        return refuse(in, "nullToEnumInvalidCast", v, to);
    if (!value_is_number(v) && v.kind != V_ENUM)
        return refuse(in, "ConvertToFinalInvalidCastException", v, to);
    if (!value_convert(in, v.kind == V_ENUM ? value_long(v.i) : v, &type_long, &converted))
        return false;
    if (!enum_is_defined(to, converted.i))
        return refuse(in, "UndefinedIntegerToEnum", v, to);
    return *ret = enum_value(to, converted.i), true;
}

static bool parse_date(struct interp *in, value text, value v, value *ret)
{
    int64_t ticks;
    enum date_kind kind;
    if (!date_parse(value_text(text), text.string->size, &in->zone, &ticks, &kind))
        return refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, &type_datetime);
    return *ret = value_date(ticks, kind), true;
}

static bool is_real(value v)
{
    return v.kind == V_F32 || v.kind == V_F64 || v.kind == V_DECIMAL || v.kind == V_U64;
}

// Reals are read as the text that they give: 2.5 is the fifth of February.
static bool from_text_of(struct interp *in, value v, bool (*read)(struct interp *, value, value, value *),
                         value *ret)
{
    value text;
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = read(in, text, v, ret);
    value_drop(text);
    return ok;
}

static bool to_date(struct interp *in, value v, value *ret)
{
    int64_t ticks;
    if (v.kind == V_STRING || is_real(v))
        return from_text_of(in, v, parse_date, ret);
    if (v.kind == V_BOOL)
        return refuse(in, "InvalidCastIConvertible", v, &type_datetime);
    if (value_is_null(v))
        return refuse(in, "nullToObjectInvalidCast", v, &type_datetime);
    if (is_bag(v))
        return refuse_bag(in, v, &type_datetime);
    if (!(v.kind >= V_CHAR && v.kind <= V_I64) && v.kind != V_ENUM)
        return refuse(in, "ConvertToFinalInvalidCastException", v, &type_datetime);
    ticks = v.i;
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return refuse(in, "InvalidCastConstructorException", v, &type_datetime);
    return *ret = value_date(ticks, DATE_UNSPECIFIED), true;
}

static bool parse_span(struct interp *in, value text, value v, value *ret)
{
    int64_t ticks;
    if (span_parse(value_text(text), text.string->size, &ticks) != SPAN_OK)
        return refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, &type_timespan);
    return *ret = value_span(ticks), true;
}

static bool to_span(struct interp *in, value v, value *ret)
{
    if (v.kind == V_STRING || is_real(v))
        return from_text_of(in, v, parse_span, ret);
    if (value_is_null(v))
        return refuse(in, "nullToObjectInvalidCast", v, &type_timespan);
    if (is_bag(v))
        return refuse_bag(in, v, &type_timespan);
    if (!(v.kind >= V_CHAR && v.kind <= V_I64) && v.kind != V_ENUM)
        return refuse(in, "ConvertToFinalInvalidCastException", v, &type_timespan);
    return *ret = value_span(v.i), true;
}

static bool to_type(struct interp *in, value v, value *ret)
{
    if (v.kind == V_TYPE)
        return *ret = v, true;
    if (value_is_number(v))
        return refuse(in, "InvalidCastFromStringToType", v, &type_type);
    if (v.kind != V_STRING)
        return refuse(in, "ConvertToFinalInvalidCastException", v, &type_type);
    const struct type *type = type_find_in ? type_find_in(in, v.string->text, v.string->size)
                                           : type_find(v.string->text, v.string->size);
    return type ? (*ret = (value){.kind = V_TYPE, .type = type}, true)
                : refuse(in, "InvalidCastFromStringToType", v, &type_type);
}

static bool to_chars(struct interp *in, value v, value *ret)
{
    if (!array_of(in, &type_char, v.string->units, ret))
        return false;
    for (size_t i = 0; i < v.string->units; i++)
        string_unit(v.string, i, &ret->array->items[i]);
    return true;
}

// A scalar becomes an array of one. One element that cannot be converted fails the whole.
static bool to_array(struct interp *in, value v, const struct type *to, value *ret)
{
    value array;
    if (value_is_null(v))
        return *ret = value_null, true;
    if (v.kind == V_STRING && to->element == &type_char)
        return to_chars(in, v, ret);
    bool many = value_enumerable(v);
    if (!array_of(in, to->element, many ? v.array->count : 1, &array))
        return false;
    for (size_t i = 0; i < array.array->count; i++) {
        value item = many ? v.array->items[i] : v;
        if (to->element == &type_object)
            array.array->items[i] = value_keep(item);
        else if (!value_convert(in, item, to->element, &array.array->items[i]))
            return value_drop(array), false;
    }
    return *ret = array, true;
}

static bool to_other(struct interp *in, value v, const struct type *to, value *ret)
{
    if (value_is_null(v) && (to == &type_guid || to == &type_intptr))
        return refuse(in, "InvalidCastFromNull", v, to);
    if (value_is_null(v))
        return *ret = value_null, true;
    if (to == &type_hashtable && v.kind != V_TABLE)
        return refuse(in, "ConvertToFinalInvalidCastException", v, to);
    if (to == &type_version && v.kind == V_STRING)
        return version_new(in, v, ret) ||
               refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, to);
    if (to == &type_guid && v.kind == V_STRING)
        return guid_new(in, v, ret) ||
               refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, to);
    if (convert_full) {
        const char *id = "ConvertToFinalInvalidCastException";
        if (convert_full(in, v, to, &id, ret))
            return true;
        if (!value_is_null(in->thrown))
            return false;
        if (id)
            return refuse(in, id, v, to);
    }
    if (is_bag(v))
        return refuse_bag(in, v, to);
    return refuse(in, "ConvertToFinalInvalidCastException", v, to);
}

static bool convert_plain(struct interp *in, value v, const struct type *to, value *ret)
{
    for (size_t i = 0; i < sizeof integer_types / sizeof *integer_types; i++)
        if (to == integer_types[i].type)
            return to_integer(in, v, to, integer_types[i].kind, ret);
    if (to == &type_string)
        return value_to_string(in, v, ret);
    if (to == &type_bool)
        return *ret = value_bool(value_truth(v)), true;
    if (to == &type_switch)
        return *ret = (value){.kind = V_SWITCH, .b = value_truth(v)}, true;
    if (to == &type_double || to == &type_single)
        return to_real(in, v, to, ret);
    if (to == &type_decimal)
        return to_decimal(in, v, ret);
    if (to == &type_char)
        return to_char(in, v, ret);
    if (to == &type_bigint)
        return to_bigint(in, v, ret);
    if (to == &type_datetime)
        return to_date(in, v, ret);
    if (to == &type_timespan)
        return to_span(in, v, ret);
    if (to == &type_type)
        return to_type(in, v, ret);
    if (to->enumeration)
        return to_enum(in, v, to, ret);
    if (to->element)
        return to_array(in, v, to, ret);
    return to_other(in, v, to, ret);
}

bool value_convert(struct interp *in, value v, const struct type *to, value *ret)
{
    if (to == &type_object || to == &type_psobject || to == &type_array) {
        *ret = value_keep(v.kind == V_VOID ? value_null : v);
        return true;
    }
    if (value_is_type(v, to))
        return *ret = value_keep(v), true;
    return convert_plain(in, v, to, ret);
}

bool value_to_int(struct interp *in, value v, int32_t *ret)
{
    value number;
    if (!value_convert(in, v, &type_int, &number))
        return false;
    return *ret = (int32_t)number.i, true;
}

bool value_to_long(struct interp *in, value v, int64_t *ret)
{
    value number;
    if (!value_convert(in, v, &type_long, &number))
        return false;
    return *ret = number.i, true;
}

bool value_to_double(struct interp *in, value v, double *ret)
{
    value number;
    if (!value_convert(in, v, &type_double, &number))
        return false;
    return *ret = number.f, true;
}

bool value_to_date(struct interp *in, value v, value *ret)
{
    return value_convert(in, v, &type_datetime, ret);
}
