// Exceptions that programs make: [System.Exception]::new('text').
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

METHOD(make)
{
    value text = count ? value_keep(args[0]) : value_null;
    if (!count && !string_printf(in, &text, "Exception of type '%s' was thrown.", self.type->name))
        return false;
    bool ok = exception_new(in, self.type, text, ret);
    if (ok && count > 1)
        ((struct exception *)ret->object)->inner = value_keep(args[1]);
    return value_drop(text), ok;
}
METHOD(base)
{
    UNUSED;
    value at = self;
    while (value_is_type(((struct exception *)at.object)->inner, &type_exception))
        at = ((struct exception *)at.object)->inner;
    return *ret = value_keep(at), true;
}
static const struct method exception_methods[] = {{"GetBaseException", base, &type_exception}, {0}};
static const struct method exception_constructors[] = {
    {"new", make, &type_exception},
    {"new", make, &type_exception, P(STR)},
    {"new", make, &type_exception, P(STR, &type_exception)},
    {"new", make, &type_exception, P(STR, STR)},
    {0}};
const struct type_members full_exception = {exception_methods, NULL, exception_constructors, NULL, false};
