// Conversion to a type: casts and the binder (spec: language-core §9). Ids are PowerShell's.
#include "interp/value/cast.h"
#include "interp/value/class.h"

#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"
#include "interp/value/gate.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

bool cast_refuse(struct interp *in, const char *id, value v, const struct type *to)
{
    const struct type *from = value_type(v);
    value text = value_null;
    value_to_string(in, v, &text);
    throw_error(in, id, CAT_InvalidArgument, value_null,
                "Cannot convert \"%s\" of type \"%s\" to type \"%s\".",
                text.kind == V_STRING ? value_text(text) : "", from ? from->name : "null", to->name);
    value_drop(text);
    return false;
}

bool cast_is_bag(value v)
{
    return v.kind == V_TABLE || value_is_type(v, &type_custom);
}

// Making an object from a table's entries: a question to the language mode, then to the type.
bool cast_refuse_bag(struct interp *in, value v, const struct type *to)
{
    bool table = v.kind == V_TABLE && !type_argument(to, 0) && !mode_gate(in->mode, GATE_PROPERTY_BAG);
    return cast_refuse(in, table ? "ObjectCreationError" : "InvalidCastConstructorException", v, to);
}

static bool is_value_type(const struct type *type)
{
    while (type && type != &type_value_type)
        type = type->base;
    return type;
}

bool cast_no_rule(struct interp *in, value v, const struct type *to)
{
    if (v.kind == V_BOOL || v.kind == V_CHAR || v.kind == V_DATETIME || v.kind == V_ENUM)
        return cast_refuse(in, "InvalidCastIConvertible", v, to);
    if (cast_is_bag(v) && (is_value_type(to) || to == &type_version))
        return cast_refuse_bag(in, v, to);
    return cast_refuse(in, "ConvertToFinalInvalidCastException", v, to);
}

static const struct {
    const struct type *type;
    enum value_kind kind;
} integer_types[] = {
    {&type_sbyte, V_I8}, {&type_byte, V_U8},    {&type_int16, V_I16}, {&type_uint16, V_U16},
    {&type_int, V_I32},  {&type_uint32, V_U32}, {&type_long, V_I64},  {&type_uint64, V_U64},
};

static bool is_real(value v)
{
    return v.kind == V_F32 || v.kind == V_F64 || v.kind == V_DECIMAL || v.kind == V_U64;
}

static bool enum_from_text(struct interp *in, value v, const struct string *text, const struct type *to,
                           value *ret)
{
    int64_t number;
    if (enum_is_number(text->text, text->size) && !enum_number(text->text, text->size, &number))
        return cast_refuse(in, "CaseSensitiveEnumParseThrewAnException", v, to);
    if (!enum_parse(to, text->text, text->size, &number))
        return cast_refuse(in, "SubstringDisambiguationEnumParseThrewAnException", v, to);
    if (!enum_is_defined(to, number))
        return cast_refuse(in, "EnumParseUndefined", v, to);
    return *ret = enum_value(to, number), true;
}

static bool enum_from_number(struct interp *in, value v, const struct type *to, value *ret)
{
    value converted;
    if (!value_convert(in, v.kind == V_ENUM ? value_long(v.i) : v, &type_long, &converted))
        return false;
    if (!enum_is_defined(to, converted.i))
        return cast_refuse(in, "UndefinedIntegerToEnum", v, to);
    return *ret = enum_value(to, converted.i), true;
}

static bool add_enum_name(struct interp *in, struct buf *names, value item, const struct type *to)
{
    value own;
    if (item.kind == V_STRING)
        return value_add_string(in, names, item);
    if (!value_convert(in, item, to, &own))
        return false;
    bool ok = value_add_string(in, names, own);
    value_drop(own);
    return ok;
}

// A list of names counts as one comma-separated text.
static bool enum_from_list(struct interp *in, value v, const struct type *to, value *ret)
{
    struct buf names = BUF_INIT;
    value text;
    bool ok = true;
    for (size_t i = 0; ok && i < v.array->count; i++) {
        if (i)
            buf_add_char(&names, ',');
        ok = add_enum_name(in, &names, v.array->items[i], to);
    }
    ok = ok && string_new(in, buf_text(&names), names.size, &text);
    buf_free(&names);
    if (!ok)
        return false;
    ok = enum_from_text(in, v, text.string, to, ret);
    value_drop(text);
    return ok;
}

static bool to_enum(struct interp *in, value v, const struct type *to, value *ret)
{
    value text;
    if (v.kind == V_STRING)
        return enum_from_text(in, v, v.string, to, ret);
    if (value_enumerable(v))
        return enum_from_list(in, v, to, ret);
    if (value_is_null(v))
        return cast_refuse(in, "nullToEnumInvalidCast", v, to);
    if ((v.kind >= V_I8 && v.kind <= V_U64) || v.kind == V_ENUM)
        return enum_from_number(in, v, to, ret);
    if (!is_real(v))
        return cast_no_rule(in, v, to);
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = enum_from_text(in, v, text.string, to, ret);
    value_drop(text);
    return ok;
}

static bool parse_date(struct interp *in, value text, value v, value *ret)
{
    int64_t ticks;
    enum date_kind kind;
    if (!date_parse(value_text(text), text.string->size, &in->zone, &ticks, &kind))
        return cast_refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, &type_datetime);
    return *ret = value_date(ticks, kind), true;
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
    if (value_is_null(v))
        return cast_refuse(in, "nullToObjectInvalidCast", v, &type_datetime);
    if (!(v.kind >= V_CHAR && v.kind <= V_I64) && v.kind != V_ENUM)
        return cast_no_rule(in, v, &type_datetime);
    ticks = v.i;
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return cast_refuse(in, "InvalidCastConstructorException", v, &type_datetime);
    return *ret = value_date(ticks, DATE_UNSPECIFIED), true;
}

static bool parse_span(struct interp *in, value text, value v, value *ret)
{
    int64_t ticks;
    if (span_parse(value_text(text), text.string->size, &ticks) != SPAN_OK)
        return cast_refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, &type_timespan);
    return *ret = value_span(ticks), true;
}

static bool to_span(struct interp *in, value v, value *ret)
{
    if (v.kind == V_STRING || is_real(v))
        return from_text_of(in, v, parse_span, ret);
    if (value_is_null(v))
        return cast_refuse(in, "nullToObjectInvalidCast", v, &type_timespan);
    if (!(v.kind >= V_CHAR && v.kind <= V_I64) && v.kind != V_ENUM)
        return cast_no_rule(in, v, &type_timespan);
    return *ret = value_span(v.i), true;
}

static bool to_type(struct interp *in, value v, value *ret)
{
    if (v.kind == V_TYPE || value_is_null(v))
        return *ret = v.kind == V_TYPE ? v : value_null, true;
    if (value_is_number(v) && v.kind != V_BIGINT)
        return cast_refuse(in, "InvalidCastFromStringToType", v, &type_type);
    if (v.kind != V_STRING)
        return cast_no_rule(in, v, &type_type);
    const struct type *type = type_find_in ? type_find_in(in, v.string->text, v.string->size)
                                           : type_find(v.string->text, v.string->size);
    return type ? (*ret = (value){.kind = V_TYPE, .type = type}, true)
                : cast_refuse(in, "InvalidCastFromStringToType", v, &type_type);
}

static bool to_chars(struct interp *in, value v, value *ret)
{
    if (!array_of(in, &type_char, v.string->units, ret))
        return false;
    return string_units(v.string, 0, v.string->units, ret->array->items), true;
}

// A scalar becomes an array of one. One element that cannot be converted fails the whole.
static bool to_item(struct interp *in, value v, const struct type *to, value *ret)
{
    if (to == &type_object)
        return *ret = value_keep(v), true;
    return value_convert(in, v, to, ret);
}

// Where the element has a rule that fails, the failure is the array's.
static bool to_array_of_one(struct interp *in, value v, const struct type *to, value *ret)
{
    value item;
    if (!to_item(in, v, to->element, &item)) {
        if (value_is_text(in->thrown.error->id, "ConvertToFinalInvalidCastException"))
            return false;
        value_set(&in->thrown, value_null);
        if (v.kind == V_BOOL || v.kind == V_CHAR || v.kind == V_DATETIME || v.kind == V_ENUM)
            return cast_no_rule(in, v, to);
        return cast_refuse(in, "InvalidCastExceptionScalarToArray", v, to);
    }
    bool ok = array_of(in, to->element, 1, ret);
    if (ok)
        value_set(&ret->array->items[0], item);
    value_drop(item);
    return ok;
}

// A scalar becomes an array of one. One element that cannot be converted fails the whole.
static bool to_array(struct interp *in, value v, const struct type *to, value *ret)
{
    value array;
    if (value_is_null(v))
        return *ret = value_null, true;
    if (v.kind == V_STRING && to->element == &type_char)
        return to_chars(in, v, ret);
    if (!value_enumerable(v))
        return to_array_of_one(in, v, to, ret);
    if (!array_of(in, to->element, v.array->count, &array))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < array.array->count && i < v.array->count; i++) {
        value item = value_keep(v.array->items[i]); // a class's own ToString may take it out of the list
        ok = to_item(in, item, to->element, &array.array->items[i]);
        value_drop(item);
    }
    return ok ? (*ret = array, true) : (value_drop(array), false);
}

static bool to_hashtable(struct interp *in, value v, value *ret)
{
    value copy;
    if (!table_new(in, false, &copy))
        return false;
    return table_set_all(in, copy.table, v.table) ? (*ret = copy, true) : (value_drop(copy), false);
}

bool cast_via_text(struct interp *in, value v, const struct type *to, value *ret)
{
    value text;
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = value_convert(in, text, to, ret);
    value_drop(text);
    return ok;
}

static bool to_switch(struct interp *in, value v, value *ret)
{
    if (v.kind != V_BOOL && !value_is_null(v))
        return cast_no_rule(in, v, &type_switch);
    return *ret = (value){.kind = V_SWITCH, .b = value_truth(v)}, true;
}

// Numbers without a rule of their own are read as the text that they give.
static bool to_other(struct interp *in, value v, const struct type *to, value *ret)
{
    if (value_is_null(v) && is_value_type(to) && !type_argument(to, 0))
        return cast_refuse(in, "nullToObjectInvalidCast", v, to);
    if (value_is_null(v))
        return *ret = value_null, true;
    if (to == &type_hashtable && v.kind == V_TABLE)
        return to_hashtable(in, v, ret);
    bool number = value_is_number(v) && v.kind != V_BIGINT;
    if (to == &type_version && v.kind == V_STRING)
        return version_new(in, v, ret) || cast_refuse(in, "InvalidCastParseTargetInvocation", v, to);
    if (to == &type_guid && v.kind == V_STRING)
        return guid_new(in, v, ret) ||
               cast_refuse(in, "InvalidCastParseTargetInvocationWithFormatProvider", v, to);
    if (number && (to == &type_version || to == &type_guid))
        return cast_via_text(in, v, to, ret);
    if (convert_full) {
        const char *id = NULL;
        if (convert_full(in, v, to, &id, ret))
            return true;
        if (!value_is_null(in->thrown))
            return false;
        if (id)
            return cast_refuse(in, id, v, to);
    }
    return cast_no_rule(in, v, to);
}

static bool convert_plain(struct interp *in, value v, const struct type *to, value *ret)
{
    for (size_t i = 0; i < sizeof integer_types / sizeof *integer_types; i++)
        if (to == integer_types[i].type)
            return cast_to_integer(in, v, to, integer_types[i].kind, ret);
    if (to == &type_string)
        return value_to_string(in, v, ret);
    if (to == &type_bool)
        return *ret = value_bool(value_truth(v)), true;
    if (to == &type_switch)
        return to_switch(in, v, ret);
    if (to == &type_double || to == &type_single)
        return cast_to_real(in, v, to, ret);
    if (to == &type_decimal)
        return cast_to_decimal(in, v, ret);
    if (to == &type_char)
        return cast_to_char(in, v, ret);
    if (to == &type_bigint)
        return cast_to_bigint(in, v, ret);
    if (to == &type_datetime)
        return to_date(in, v, ret);
    if (to == &type_timespan)
        return to_span(in, v, ret);
    if (to == &type_type)
        return to_type(in, v, ret);
    if (to->enumeration)
        return to_enum(in, v, to, ret);
    if (to == &type_array)
        to = &type_object_array;
    if (to->element)
        return to_array(in, v, to, ret);
    return to_other(in, v, to, ret);
}

bool value_convert(struct interp *in, value v, const struct type *to, value *ret)
{
    if (to == &type_object || to == &type_psobject) {
        *ret = value_keep(v);
        return true;
    }
    if (value_is_type(v, to))
        return *ret = value_keep(v), true;
    if (gate_convert && !gate_convert(in, v, to))
        return false;
    if (class_is_of(v) && to != &type_string && to != &type_bool) {
        bool found = false;
        if (!class_cast(in, v, to, &found, ret))
            return value_set(&in->thrown, value_null),
                   cast_refuse(in, "InvalidCastConstructorException", v, to);
        if (found)
            return true;
    }
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
