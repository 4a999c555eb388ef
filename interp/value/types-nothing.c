// The three that stand for nothing: AutomationNull, DBNull and NullString.
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

static bool automation_null(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_void, true;
}
static const struct property automation_statics[] = {{"Value", automation_null, NULL}, {0}};
const struct type_members full_null = {.static_properties = automation_statics};

bool nothing_to_string(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "", ret);
}
bool nothing_equal(value a, value b)
{
    return value_type(a) == value_type(b);
}

static bool dbnull(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, &type_dbnull, ret);
}
static const struct property dbnull_statics[] = {{"Value", dbnull, NULL}, {0}};
METHOD(dbnull_code)
{
    return UNUSED, *ret = enum_value(&type_type_code, type_dbnull.type_code), true;
}
static const struct method dbnull_methods[] = {{"GetTypeCode", dbnull_code, &type_type_code}, {0}};
const struct type_members full_dbnull = {.methods = dbnull_methods, .static_properties = dbnull_statics};

static bool null_string(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, &type_null_string, ret);
}
static const struct property null_string_statics[] = {{"Value", null_string, NULL}, {0}};
const struct type_members full_null_string = {.static_properties = null_string_statics};
