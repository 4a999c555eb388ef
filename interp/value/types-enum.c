// Members of enums: what [enum] has for all of them, and what their values have.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/format.h"
#include "interp/value/types-rows.h"

static bool enum_of(struct interp *in, value type, const struct type **ret)
{
    if (type.kind == V_TYPE && type.type->enumeration)
        return *ret = type.type, true;
    return method_throw(in, &type_argument_exception, "Not an enum.");
}

static const struct type *underlying(const struct type *type)
{
    return type->enumeration->underlying ? type->enumeration->underlying : I32;
}

// --- Names and values
// ---------------------------------------------------------------------------------------------

static bool members_of(struct interp *in, value type, bool names, value *ret)
{
    const struct type *of = NULL;
    size_t count = 0;
    if (!enum_of(in, type, &of))
        return false;
    const struct enum_member *members = of->enumeration->members;
    while (members[count].name)
        count++;
    if (!array_of(in, names ? STR : of, count, ret))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!names)
            ret->array->items[i] = enum_value(of, members[i].number);
        else if (!string_text(in, members[i].name, &ret->array->items[i]))
            return value_drop(*ret), false;
    }
    return true;
}
METHOD(names)
{
    return UNUSED, members_of(in, args[0], true, ret);
}
METHOD(values)
{
    return UNUSED, members_of(in, args[0], false, ret);
}
PUBLIC_METHOD(type_enum_names)
{
    return UNUSED, members_of(in, self, true, ret);
}
PUBLIC_METHOD(type_enum_values)
{
    return UNUSED, members_of(in, self, false, ret);
}

static bool name_of(struct interp *in, value type, value number, value *ret)
{
    const struct type *of = NULL;
    int64_t wanted;
    if (!enum_of(in, type, &of) || !value_to_long(in, number, &wanted))
        return false;
    *ret = value_null;
    for (const struct enum_member *at = of->enumeration->members; at->name; at++)
        if (at->number == wanted)
            return string_text(in, at->name, ret);
    return true;
}
METHOD(name)
{
    return UNUSED, name_of(in, args[0], args[1], ret);
}
PUBLIC_METHOD(type_enum_name)
{
    return UNUSED, name_of(in, self, args[0], ret);
}

static bool is_defined(struct interp *in, value type, value what, value *ret)
{
    const struct type *of = NULL;
    if (!enum_of(in, type, &of))
        return false;
    const struct enum_member *at = of->enumeration->members;
    bool text = what.kind == V_STRING;
    while (at->name && (text ? strcmp(at->name, value_text(what)) != 0 : at->number != what.i))
        at++;
    return *ret = value_bool(at->name), true;
}
METHOD(defined)
{
    return UNUSED, is_defined(in, args[0], args[1], ret);
}
PUBLIC_METHOD(type_enum_defined)
{
    return UNUSED, is_defined(in, self, args[0], ret);
}

METHOD(underlying_type)
{
    const struct type *of = NULL;
    UNUSED;
    return enum_of(in, args[0], &of) && (*ret = (value){.kind = V_TYPE, .type = underlying(of)}, true);
}
PUBLIC_METHOD(type_enum_underlying)
{
    const struct type *of = NULL;
    UNUSED;
    return enum_of(in, self, &of) && (*ret = (value){.kind = V_TYPE, .type = underlying(of)}, true);
}

METHOD(to_object)
{
    const struct type *of = NULL;
    int64_t number;
    UNUSED;
    if (!enum_of(in, args[0], &of) || !value_to_long(in, args[1], &number))
        return false;
    return *ret = enum_value(of, number), true;
}

// --- Parsing
// ------------------------------------------------------------------------------------------------------

// Names as .NET takes them: whole ones, of one case unless said.
static bool read_names(struct interp *in, const struct type *of, value text, bool ignore_case, value *ret)
{
    int64_t number;
    value shown;
    if (text.kind != V_STRING || !enum_parse(of, value_text(text), text.string->size, &number))
        return false;
    *ret = enum_value(of, number);
    if (!enum_to_string(in, *ret, &shown))
        return false;
    bool whole = strchr(value_text(text), ',') || strchr("+-0123456789", *value_text(text));
    bool same = whole || (ignore_case ? value_is_text(shown, value_text(text))
                                      : !strcmp(value_text(shown), value_text(text)));
    for (const struct enum_member *at = of->enumeration->members; !same && at->name; at++)
        same = at->number == number &&
               (ignore_case ? value_is_text(text, at->name) : !strcmp(at->name, value_text(text)));
    return value_drop(shown), same;
}

METHOD(parse_text)
{
    const struct type *of = NULL;
    if (!enum_of(in, args[0], &of))
        return false;
    UNUSED;
    return read_names(in, of, args[1], count > 2 && args[2].b, ret) ||
           method_throw(in, &type_argument_exception, "No such name.");
}

static bool try_parse(struct interp *in, const struct type *of, value text, bool ignore_case, value reference,
                      bool zero, value *ret)
{
    value v = zero ? enum_value(of, 0) : value_null;
    bool ok = read_names(in, of, text, ignore_case, &v);
    value_set(&in->thrown, value_null);
    if (!ok)
        v = zero ? enum_value(of, 0) : value_null;
    return *ret = value_bool(ok), reference_set(in, reference, v);
}
METHOD(try_parse_type)
{
    const struct type *of = NULL;
    UNUSED;
    return enum_of(in, args[0], &of) &&
           try_parse(in, of, args[1], count > 3 && args[2].b, args[count - 1], false, ret);
}

// The generic form: the enum is the one asked, or that of what the variable holds.
METHOD(try_parse_own)
{
    value held;
    const struct type *of = self.type;
    if (!of->enumeration) {
        if (!member_named(in, args[count - 1], "Value", &held))
            return false;
        of = value_type(held);
        value_drop(held);
    }
    if (!of || !of->enumeration)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null,
                           "The variable does not tell which enum is meant.");
    return try_parse(in, of, args[0], count > 2 && args[1].b, args[count - 1], true, ret);
}

// --- Values
// -------------------------------------------------------------------------------------------------------

METHOD(format)
{
    const struct type *of = NULL;
    value v;
    UNUSED;
    if (!enum_of(in, args[0], &of) || !value_convert(in, args[1], of, &v))
        return false;
    return value_method_format(in, v, &args[2], 1, ret);
}
METHOD(has_flag)
{
    UNUSED;
    if (args[0].kind != V_ENUM || !enum_same_type(self, args[0]))
        return method_throw(in, &type_argument_exception, "Not a value of the same enum.");
    return *ret = value_bool((self.i & args[0].i) == args[0].i), true;
}
METHOD(type_code)
{
    return UNUSED, *ret = enum_value(&type_type_code, underlying(value_type(self))->type_code), true;
}
METHOD(equals)
{
    return UNUSED,
           *ret = value_bool(args[0].kind == V_ENUM && enum_same_type(self, args[0]) && self.i == args[0].i),
           true;
}
METHOD(hash_code)
{
    bool wide = underlying(value_type(self))->type_code >= type_long.type_code;
    UNUSED;
    return *ret = value_int((int32_t)(wide ? self.i ^ (self.i >> 32) : self.i)), true;
}
METHOD(to_string)
{
    return UNUSED, enum_to_string(in, self, ret);
}

static bool get_number(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = enum_to_number(self), true;
}

const struct property enum_properties[] = {{"value__", get_number, NULL}, {0}};
static const struct method methods[] = {{"ToString", to_string, STR},
                                        {"ToString", value_method_format, STR, P(STR)},
                                        {"ToString", value_method_to_string, STR, P(PROVIDER)},
                                        {"ToString", value_method_format, STR, P(STR, PROVIDER)},
                                        {"CompareTo", value_method_compare, I32, P(OBJ)},
                                        {"Equals", equals, BOOLEAN, P(OBJ)},
                                        {"GetHashCode", hash_code, I32},
                                        {"HasFlag", has_flag, BOOLEAN, P(OBJ)},
                                        {"GetTypeCode", type_code, &type_type_code},
                                        {0}};
static const struct method statics[] = {{"GetNames", names, STRS, P(TYP)},
                                        {"GetValues", values, ARR, P(TYP)},
                                        {"Parse", parse_text, OBJ, P(TYP, STR)},
                                        {"Parse", parse_text, OBJ, P(TYP, STR, BOOLEAN)},
                                        {"TryParse", try_parse_own, BOOLEAN, P(STR, REF)},
                                        {"TryParse", try_parse_own, BOOLEAN, P(STR, BOOLEAN, REF)},
                                        {"TryParse", try_parse_type, BOOLEAN, P(TYP, STR, REF)},
                                        {"TryParse", try_parse_type, BOOLEAN, P(TYP, STR, BOOLEAN, REF)},
                                        {"IsDefined", defined, BOOLEAN, P(TYP, OBJ)},
                                        {"GetName", name, STR, P(TYP, OBJ)},
                                        {"ToObject", to_object, OBJ, P(TYP, OBJ)},
                                        {"GetUnderlyingType", underlying_type, TYP, P(TYP)},
                                        {"Format", format, STR, P(TYP, OBJ, STR)},
                                        {0}};
const struct type_members full_enum = {methods, statics, NULL, NULL};
