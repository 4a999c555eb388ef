// Variables as objects, and by name as commands see them.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"
#include "interp/value/cycles.h"
#include "interp/value/enum.h"
#include "interp/value/gate.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

#define VARIABLE(v) ((struct variable *)(v).object)

static void release(struct object *object)
{
    struct variable *variable = (struct variable *)object;
    value_drop(variable->name);
    value_drop(variable->val);
    value_drop(variable->description);
    value_drop(variable->attributes);
}

static void each(struct object *object, struct visitor *visitor)
{
    const struct variable *variable = (const struct variable *)object;
    visit_value(visitor, variable->name);
    visit_value(visitor, variable->val);
    visit_value(visitor, variable->description);
    visit_value(visitor, variable->attributes);
}

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define UNUSED (void)in

GETTER(get_name)
{
    return UNUSED, *ret = value_keep(VARIABLE(self)->name), true;
}
GETTER(get_value)
{
    return UNUSED, *ret = value_keep(*VARIABLE(self)->at), true;
}
GETTER(get_options)
{
    return UNUSED, *ret = enum_value(&type_scoped_options, VARIABLE(self)->options), true;
}
GETTER(get_visibility)
{
    return UNUSED, *ret = enum_value(&type_variable_visibility, VARIABLE(self)->hidden), true;
}
GETTER(get_module)
{
    return UNUSED, (void)self, *ret = value_null, true;
}
GETTER(get_module_name)
{
    return (void)self, string_text(in, "", ret);
}
GETTER(get_description)
{
    if (VARIABLE(self)->description.kind == V_NULL)
        return string_text(in, "", ret);
    return *ret = value_keep(VARIABLE(self)->description), true;
}
GETTER(get_attributes)
{
    if (VARIABLE(self)->attributes.kind == V_NULL)
        return array_new(in, 0, ret);
    return *ret = value_keep(VARIABLE(self)->attributes), true;
}
static bool set_value(struct interp *in, value self, value to)
{
    if (variable_assign(in, VARIABLE(self), to, false))
        return true;
    value why = in->thrown; // set through the object it is the property's error
    in->thrown = value_null;
    if (why.kind != V_ERROR)
        return false;
    throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null, "%s",
                value_text(why.error->message));
    return value_drop(why), false;
}

static bool set_description(struct interp *in, value self, value to)
{
    value text;
    if (!value_to_string(in, to, &text))
        return false;
    value_drop(VARIABLE(self)->description);
    VARIABLE(self)->description = text;
    return true;
}
static bool set_options(struct interp *in, value self, value to)
{
    value options;
    struct variable *variable = VARIABLE(self);
    if (!value_convert(in, to, &type_scoped_options, &options))
        return false;
    if (variable->options & (OPTION_CONSTANT | OPTION_READONLY) || options.i & OPTION_CONSTANT)
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "The options of $%s cannot be changed.", value_text(variable->name));
    variable->options = (unsigned)options.i;
    return true;
}
static bool set_visibility(struct interp *in, value self, value to)
{
    value visibility;
    if (!value_convert(in, to, &type_variable_visibility, &visibility))
        return false;
    return VARIABLE(self)->hidden = visibility.i != 0, true;
}

static const struct property properties[] = {{"Name", get_name, NULL},
                                             {"Description", get_description, set_description},
                                             {"Value", get_value, set_value},
                                             {"Visibility", get_visibility, set_visibility},
                                             {"Module", get_module, NULL},
                                             {"ModuleName", get_module_name, NULL},
                                             {"Options", get_options, set_options},
                                             {"Attributes", get_attributes, NULL},
                                             {0}};

extern const struct type_members full_psvariable __attribute__((weak)); // variable-members.c
const struct type type_psvariable = {
    .name = "System.Management.Automation.PSVariable",
    .shorthand = "psvariable",
    .full = &full_psvariable,
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct variable),
    .release = release,
    .each = each,
    .properties = properties,
};

static value as_value(struct variable *variable)
{
    return (value){.kind = V_OBJECT, .object = &variable->head};
}

bool variable_new(struct interp *in, struct symbol *symbol, struct variable **ret)
{
    value v;
    if (!object_new(in, &type_psvariable, &v))
        return false;
    *ret = VARIABLE(v);
    (*ret)->name = value_keep(symbol->name);
    (*ret)->symbol = symbol;
    (*ret)->at = &(*ret)->val;
    (*ret)->watched = value_is_text(symbol->name, "OFS");
    return true;
}

static struct scope *scope_up(struct interp *in, long steps)
{
    struct scope *scope = in->scope;
    while (scope && steps-- > 0)
        scope = scope->parent;
    return scope;
}

// The scope that a user named; NULL: none, thrown.
struct scope *scope_find(struct interp *in, const char *name)
{
    static const struct {
        const char *name;
        enum scope_prefix prefix;
    } names[] = {{"Global", PREFIX_GLOBAL},
                 {"Local", PREFIX_LOCAL},
                 {"Script", PREFIX_SCRIPT},
                 {"Private", PREFIX_PRIVATE}};
    if (!name || !*name)
        return in->scope;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcasecmp(name, names[i].name))
            return scope_named(in, names[i].prefix);
    char *end;
    long number = strtol(name, &end, 10);
    if (*end)
        return throw_error(in, "Argument", CAT_InvalidArgument, value_null, "'%s' is not a scope.", name),
               NULL;
    struct scope *found = number < 0 ? NULL : scope_up(in, number);
    if (!found)
        throw_error(in, "ArgumentOutOfRange", CAT_InvalidArgument, value_null, "There are not %ld scopes.",
                    number);
    return found;
}

bool variable_find(struct interp *in, const char *name, const char *scope_name, struct variable **ret)
{
    struct scope *scope = scope_find(in, scope_name);
    *ret = NULL;
    if (!scope)
        return false;
    struct symbol *symbol = symbol_look(in, name, strlen(name));
    if (!symbol)
        return true;
    for (; scope; scope = scope->parent) {
        if (!scope_variable(in, scope, symbol, false, ret))
            return false;
        if (*ret || (scope_name && *scope_name))
            return true;
    }
    return true;
}

bool variable_make(struct interp *in, const char *name, const char *scope_name, struct variable **ret)
{
    struct scope *scope = scope_find(in, scope_name);
    struct symbol *symbol = scope ? symbol_of(in, name, strlen(name)) : NULL;
    return symbol && scope_variable(in, scope, symbol, true, ret);
}

static bool through_attributes(struct interp *in, const struct variable *variable, value v, value *ret)
{
    if (variable->attributes.kind == V_NULL || !variable_check)
        return *ret = value_keep(v), true;
    bool local = variable->at != &variable->val; // of a function: its types convert as casts do
    return (local ? parameter_check : variable_check)(in, variable->attributes, variable->name, v, ret);
}

bool variable_assign(struct interp *in, struct variable *variable, value v, bool force)
{
    value fits;
    if (variable->options & OPTION_CONSTANT || (variable->options & OPTION_READONLY && !force))
        return throw_error(in, "VariableNotWritable", CAT_WriteError, variable->name,
                           "$%s cannot be changed.", value_text(variable->name));
    if (!through_attributes(in, variable, v, &fits))
        return false;
    if (gate_mark)
        gate_mark(in, fits);
    value_drop(*variable->at);
    *variable->at = fits;
    if (variable->watched)
        value_set(&in->ofs, fits);
    return true;
}

// A slot is unset, an object of its own taken out; who holds the object keeps it.
void scope_forget(struct scope *scope, struct variable *variable)
{
    if (variable->at != &variable->val) {
        value_set(&variable->val, *variable->at);
        value_set(variable->at, value_unset);
        variable->at = &variable->val;
    }
    if (!scope->parent)
        variable->symbol->global = NULL;
    for (size_t i = 0; i < scope->own_count; i++)
        if (scope->own[i] == variable)
            scope->own[i--] = scope->own[--scope->own_count];
    value_drop(as_value(variable));
}

bool variable_remove(struct interp *in, struct variable *variable, const char *scope_name, bool force)
{
    struct scope *scope = scope_find(in, scope_name);
    if (!scope)
        return false;
    if (variable->options & (OPTION_CONSTANT | OPTION_ALLSCOPE) ||
        (variable->options & OPTION_READONLY && !force))
        return throw_error(in, "VariableNotRemovable", CAT_WriteError, variable->name,
                           "$%s cannot be removed.", value_text(variable->name));
    if (value_is_text(variable->name, "OFS"))
        value_set(&in->ofs, value_null);
    for (; scope; scope = scope->parent)
        if (scope->parent ? scope_own(scope, variable->symbol) == variable
                          : variable->symbol->global == variable)
            return scope_forget(scope, variable), true;
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct string *x = VARIABLE(*(const value *)a)->name.string,
                        *y = VARIABLE(*(const value *)b)->name.string;
    return utf8_compare_ignore_case(x->text, x->size, y->text, y->size);
}

// Where one is hidden by another of the same name, only the inner one is listed.
static bool list_symbol(struct interp *in, struct symbol *symbol, struct scope *scope, bool outwards,
                        struct array *list)
{
    struct variable *found = NULL;
    for (; scope && !found; scope = outwards ? scope->parent : NULL)
        if (!scope_variable(in, scope, symbol, false, &found))
            return false;
    return !found || list_add(in, list, as_value(found));
}

bool variable_list(struct interp *in, const char *scope_name, value *ret)
{
    const struct table *symbols = in->eval->symbols.table;
    struct scope *scope = scope_find(in, scope_name);
    value list;
    if (!scope || !list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < symbols->used; i++)
        if (symbols->slots[i].key.kind != V_VOID)
            ok = list_symbol(in, (struct symbol *)symbols->slots[i].val.object, scope,
                             !scope_name || !*scope_name, list.array);
    ok = ok && array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    if (ok)
        qsort(ret->array->items, ret->array->count, sizeof(value), by_name);
    return ok;
}

// --- By the evaluator
// --------------------------------------------------------------------------------------------

const value *variable_get_value(struct interp *in, const char *name, size_t size)
{
    const value *found;
    enum scope_prefix prefix = scope_prefix(&name, &size);
    struct symbol *symbol = symbol_look(in, name, size);
    return symbol && scope_get(in, symbol, prefix, &found) ? found : NULL;
}

const value *interp_get_variable(struct interp *in, const char *name)
{
    return variable_get_value(in, name, strlen(name));
}

bool interp_set_variable(struct interp *in, const char *name, value v)
{
    size_t size = strlen(name);
    enum scope_prefix prefix = scope_prefix(&name, &size);
    struct symbol *symbol = symbol_of(in, name, size);
    return symbol && scope_set(in, symbol, prefix, v);
}
