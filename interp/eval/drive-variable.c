// $env:NAME, ${function:NAME} and their like: items of drives as variables. jesh-full alone.
#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/function-table.h"
#include "interp/value/enum.h"

static const char *function_name(const struct symbol *symbol, size_t *ret_size)
{
    static const char drive[] = "function:";
    const struct string *name = symbol->name.string;
    size_t size = sizeof drive - 1;
    if (name->size <= size || strncasecmp(name->text, drive, size))
        return NULL;
    *ret_size = name->size - size;
    return name->text + size;
}

static bool run(struct interp *in, const char *command, const struct named_arg *args, size_t count,
                value *ret)
{
    const struct cmdlet_row *row = cmdlet_find(command, strlen(command));
    size_t errors = in->errors.array->count;
    if (!row || !in->cmdlets[cmdlet_id_of(row)])
        return *ret = value_null, true;
    bool ok = interp_call(in, cmdlet_id_of(row), args, count, NULL, 0, ret);
    if (!ok)
        value_set(&in->thrown, value_null), *ret = value_null;
    while (in->errors.array->count > errors)
        error_forget_last(in);
    return true;
}

// What is not there is $null.
bool drive_get(struct interp *in, const struct symbol *symbol, const value **ret)
{
    size_t size;
    const char *function = function_name(symbol, &size);
    value *kept = &in->eval->drive_value, found = value_null;
    if (function) {
        struct scriptblock *block = function_find(in, function, size);
        if (block)
            found = value_keep((value){.kind = V_SCRIPTBLOCK, .scriptblock = block});
    } else {
        const struct named_arg args[] = {{"LiteralPath", symbol->name}, {"ErrorAction", value_null}};
        struct named_arg own[2] = {args[0], args[1]};
        if (!value_convert(in, value_int(ACTION_IGNORE), &type_action_preference, &own[1].val))
            return false;
        if (!run(in, "Get-Content", own, 2, &found))
            return false;
    }
    value_drop(*kept);
    *kept = found;
    *ret = value_is_null(found) ? NULL : kept;
    return true;
}

static bool set_function(struct interp *in, const char *name, value v)
{
    return function_store(in, name, v, false);
}

// An item that is set to $null goes away.
bool drive_set(struct interp *in, const struct symbol *symbol, value v)
{
    size_t size;
    const char *function = function_name(symbol, &size);
    value out = value_null;
    if (function)
        return set_function(in, function, v);
    if (v.kind == V_NULL) {
        const struct named_arg args[] = {{"LiteralPath", symbol->name}};
        return run(in, "Remove-Item", args, 1, &out);
    }
    const struct named_arg args[] = {{"LiteralPath", symbol->name}, {"Value", v}};
    const struct cmdlet_row *row = cmdlet_find("Set-Item", 8);
    bool ok = interp_call(in, cmdlet_id_of(row), args, 2, NULL, 0, &out);
    if (ok)
        value_drop(out);
    return ok;
}
