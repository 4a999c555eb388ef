// [psvariable]::new('name', value): variables of no scope yet. jesh-full alone.
#include "interp/eval/names.h"
#include "interp/eval/scope.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

METHOD(make)
{
    struct symbol *symbol = symbol_of(in, value_text(args[0]), args[0].string->size);
    struct variable *variable;
    (void)self;
    if (!symbol || !variable_new(in, symbol, &variable))
        return false;
    variable->watched = false;
    value_set(&variable->val, count > 1 ? args[1] : value_null);
    variable->options = count > 2 ? (unsigned)args[2].i : 0;
    return *ret = (value){.kind = V_OBJECT, .object = &variable->head}, true;
}

static const struct method constructors[] = {{"new", make, OBJ, P(STR)},
                                             {"new", make, OBJ, P(STR, OBJ)},
                                             {"new", make, OBJ, P(STR, OBJ, &type_scoped_options)},
                                             {0}};
const struct type_members full_psvariable = {NULL, NULL, constructors, NULL};
