// -OutVariable and its kin: what a command writes is kept in variables as well. jesh-full alone.
#include <string.h>

#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"
#include "interp/value/types.h"

static const enum common_parameter parameters[KEPT_STREAMS] = {
    COMMON_OUT_VARIABLE, COMMON_ERROR_VARIABLE, COMMON_WARNING_VARIABLE, COMMON_INFORMATION_VARIABLE};

static bool is_named(const struct stage *stage, enum common_parameter parameter)
{
    return stage->common_bound >> parameter & 1 && stage->common[parameter].kind == V_STRING &&
           stage->common[parameter].string->size;
}

// +name adds to what the variable holds.
static bool keep_in(struct stage *stage, size_t at)
{
    struct interp *in = stage->cmd.in;
    const char *name = value_text(stage->common[parameters[at]]);
    bool more = *name == '+';
    const value *old = more ? interp_get_variable(in, name + more) : NULL;
    value list;
    if (!list_new(in, &type_array_list, &list))
        return false;
    struct value_walk walk;
    value item;
    value_walk_start(&walk, old && !value_is_null(*old) ? *old : value_void);
    while (old && !value_is_null(*old) && value_walk_next(in, &walk, &item))
        list_add(in, list.array, item), value_drop(item);
    stage->kept[at] = list;
    return interp_set_variable(in, name + more, list);
}

static bool set_variable(struct stage *stage, value v)
{
    struct interp *in = stage->cmd.in;
    struct scope *inner = in->scope;
    in->scope = stage->cmd.pipeline->scope;
    bool ok = interp_set_variable(in, value_text(stage->common[COMMON_PIPELINE_VARIABLE]), v);
    in->scope = inner;
    return ok;
}

static struct symbol *pipeline_symbol(struct stage *stage)
{
    const char *name = value_text(stage->common[COMMON_PIPELINE_VARIABLE]);
    return symbol_of(stage->cmd.in, name, strlen(name));
}

static bool is_there(struct stage *stage, struct symbol *symbol)
{
    const struct scope *scope = stage->cmd.pipeline->scope;
    const value *slot = scope_slot(scope, symbol);
    if (slot)
        return !value_is_unset(*slot);
    return scope->parent ? scope_own(scope, symbol) != NULL : symbol->global != NULL;
}

// It lives as long as the pipeline; one that was there before only loses its value.
static void end_variable(struct stage *stage)
{
    struct scope *scope = stage->cmd.pipeline->scope;
    struct symbol *symbol = pipeline_symbol(stage);
    value *slot = symbol ? scope_slot(scope, symbol) : NULL;
    if (stage->variable_stays)
        set_variable(stage, value_null);
    else if (slot)
        value_set(slot, value_unset);
    else if (symbol && is_there(stage, symbol))
        scope_forget(scope, scope->parent ? scope_own(scope, symbol) : symbol->global);
}

bool kept_start(struct stage *stage)
{
    if (is_named(stage, COMMON_PIPELINE_VARIABLE)) {
        struct symbol *symbol = pipeline_symbol(stage);
        if (!symbol)
            return false;
        stage->variable_stays = is_there(stage, symbol);
    }
    for (size_t i = 0; i < KEPT_STREAMS; i++)
        if (is_named(stage, parameters[i]) && !keep_in(stage, i))
            return false;
    return true;
}

bool kept_add(struct stage *stage, enum kept_stream at, value v)
{
    return stage->kept[at].kind == V_NULL || list_add(stage->cmd.in, stage->kept[at].array, v);
}

// The functions around have what is written inside of them, too.
bool kept_around(struct stage *stage, enum kept_stream at, value v)
{
    for (; stage; stage = stage->outer)
        if (!kept_add(stage, at, v))
            return false;
    return true;
}

bool kept_object(struct stage *stage, value v)
{
    if (!kept_add(stage, KEPT_OUTPUT, v))
        return false;
    return !is_named(stage, COMMON_PIPELINE_VARIABLE) || set_variable(stage, v);
}

void kept_end(struct stage *stage)
{
    if (stage->cmd.pipeline && is_named(stage, COMMON_PIPELINE_VARIABLE))
        end_variable(stage);
    for (size_t i = 0; i < KEPT_STREAMS; i++)
        value_drop(stage->kept[i]);
}
