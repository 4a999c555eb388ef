// System.Management.Automation.LanguagePrimitives: PowerShell's own conversions and comparisons, to be
// called.
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

METHOD(convert_to)
{
    UNUSED;
    if (value_convert(in, args[0], args[1].type, ret))
        return true;
    value_set(&in->thrown, value_null);
    return method_throw(in, &type_ps_invalid_cast_exception, "The value cannot be converted to %s.",
                        args[1].type->name);
}
METHOD(try_convert_to)
{
    value made = value_null;
    UNUSED;
    bool ok = value_convert(in, args[0], args[1].type, &made);
    value_set(&in->thrown, value_null);
    bool set = reference_set(in, args[count - 1], made);
    value_drop(made);
    return *ret = value_bool(ok), set;
}
METHOD(is_true)
{
    return UNUSED, *ret = value_bool(value_truth(args[0])), true;
}
// Case counts unless the third argument says otherwise.
METHOD(equals)
{
    bool same;
    UNUSED;
    if (!value_equal(in, args[0], args[1], count < 3 || !args[2].b, &same))
        return false;
    return *ret = value_bool(same), true;
}
METHOD(compare)
{
    int order;
    UNUSED;
    if (!value_compare(in, args[0], args[1], count < 3 || !args[2].b, &order))
        return false;
    return *ret = value_int((order > 0) - (order < 0)), true;
}
static const struct method primitives_statics[] = {
    {"ConvertTo", convert_to, OBJ, P(OBJ, TYP)},
    {"ConvertTo", convert_to, OBJ, P(OBJ, TYP, PROVIDER)},
    {"TryConvertTo", try_convert_to, BOOLEAN, P(OBJ, TYP, REF)},
    {"TryConvertTo", try_convert_to, BOOLEAN, P(OBJ, TYP, PROVIDER, REF)},
    {"IsTrue", is_true, BOOLEAN, P(OBJ)},
    {"Equals", equals, BOOLEAN, P(OBJ, OBJ)},
    {"Equals", equals, BOOLEAN, P(OBJ, OBJ, BOOLEAN)},
    {"Compare", compare, I32, P(OBJ, OBJ)},
    {"Compare", compare, I32, P(OBJ, OBJ, BOOLEAN)},
    {0},
};
const struct type_members full_primitives = {NULL, primitives_statics, NULL, NULL};
