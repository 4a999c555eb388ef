// System.Management.Automation.SwitchParameter
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

#define SWITCH &type_switch
static value switch_value(bool on)
{
    return (value){.kind = V_SWITCH, .b = on};
}
METHOD(switch_new)
{
    return UNUSED, *ret = switch_value(args[0].b), true;
}
METHOD(to_bool)
{
    return UNUSED, *ret = value_bool(self.b), true;
}
METHOD(equals)
{
    UNUSED;
    bool same = (args[0].kind == V_SWITCH || args[0].kind == V_BOOL) && args[0].b == self.b;
    return *ret = value_bool(same), true;
}
METHOD(hash)
{
    return UNUSED, *ret = value_int(self.b), true;
}
static bool present(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = switch_value(true), true;
}
static const struct method methods[] = {{"ToBool", to_bool, BOOLEAN},
                                        {"Equals", equals, BOOLEAN, P(OBJ), .names = "obj"},
                                        {"GetHashCode", hash, I32},
                                        {0}};
static const struct method constructors[] = {{"new", switch_new, SWITCH, P(BOOLEAN), .names = "isPresent"},
                                             {0}};
static const struct property statics[] = {{"Present", present, NULL}, {0}};
const struct type_members full_switch = {methods, NULL, constructors, statics};
