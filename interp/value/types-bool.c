// System.Boolean.
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

static bool truth_text(value v, bool *ret)
{
    value text = v;
    if (value_is_text(text, "true"))
        return *ret = true, true;
    return value_is_text(text, "false") && (*ret = false, true);
}
METHOD(bool_parse)
{
    bool b;
    UNUSED;
    if (!truth_text(args[0], &b))
        return method_throw(in, &type_format_exception, "Neither True nor False.");
    return *ret = value_bool(b), true;
}
METHOD(bool_try_parse)
{
    bool b = false, ok = truth_text(args[0], &b);
    UNUSED;
    return *ret = value_bool(ok), reference_set(in, args[1], value_bool(b));
}
static bool true_text(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "True", ret);
}
static bool false_text(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "False", ret);
}
static const struct property bool_constants[] = {
    {"TrueString", true_text, NULL}, {"FalseString", false_text, NULL}, {0}};
static const struct method bool_statics[] = {
    {"Parse", bool_parse, BOOLEAN, P(STR)}, {"TryParse", bool_try_parse, BOOLEAN, P(STR, REF)}, {0}};
const struct type_members full_bool = {NULL, bool_statics, NULL, bool_constants};
