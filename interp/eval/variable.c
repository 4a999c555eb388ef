// Variables by name. There is one scope so far; functions bring further ones (docs/EVALUATOR.md).
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/names.h"
#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

#define VARIABLE(v) ((struct variable *)(v).object)

static void release(struct object *object) {
    struct variable *variable = (struct variable *)object;
    value_drop(variable->name);
    value_drop(variable->val);
    value_drop(variable->description);
    value_drop(variable->attributes);
}

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define UNUSED (void)in

GETTER(get_name) { return UNUSED, *ret = value_keep(VARIABLE(self)->name), true; }
GETTER(get_value) { return UNUSED, *ret = value_keep(VARIABLE(self)->val), true; }
GETTER(get_options) { return UNUSED, *ret = enum_value(&type_scoped_options, VARIABLE(self)->options), true; }
GETTER(get_visibility) { return UNUSED, *ret = enum_value(&type_variable_visibility, VARIABLE(self)->hidden), true; }
GETTER(get_module) { return UNUSED, (void)self, *ret = value_null, true; }
GETTER(get_module_name) { return (void)self, string_text(in, "", ret); }
GETTER(get_description) {
    if (VARIABLE(self)->description.kind == V_NULL) return string_text(in, "", ret);
    return *ret = value_keep(VARIABLE(self)->description), true;
}
GETTER(get_attributes) {
    if (VARIABLE(self)->attributes.kind == V_NULL) return array_new(in, 0, ret);
    return *ret = value_keep(VARIABLE(self)->attributes), true;
}
static bool set_value(struct interp *in, value self, value to) { return variable_assign(in, VARIABLE(self), to, false); }

static const struct property properties[] = {
    {"Name", get_name, NULL}, {"Description", get_description, NULL}, {"Value", get_value, set_value},
    {"Visibility", get_visibility, NULL}, {"Module", get_module, NULL}, {"ModuleName", get_module_name, NULL},
    {"Options", get_options, NULL}, {"Attributes", get_attributes, NULL}, {0}};

const struct type type_psvariable = {
    .name = "System.Management.Automation.PSVariable", .base = &type_object, .type_code = 1,
    .size = sizeof(struct variable), .release = release, .properties = properties,
};

// There is only the global scope, which is also the current one.
static bool check_scope(struct interp *in, const char *scope) {
    static const char *const names[] = {"Global", "Local", "Script", "Private"};
    if (!scope || !*scope) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcasecmp(scope, names[i])) return true;
    char *end;
    long number = strtol(scope, &end, 10);
    if (*end) return throw_error(in, "Argument", CAT_InvalidArgument, value_null, "'%s' is not a scope.", scope);
    if (number != 0) return throw_error(in, "ArgumentOutOfRange", CAT_InvalidArgument, value_null, "There are not %ld scopes.", number);
    return true;
}

static struct variable *look(struct interp *in, const char *name, size_t size) {
    const struct table *table = in->eval->variables.table;
    value key;
    if (!string_new(in, name, size, &key)) return value_set(&in->thrown, value_null), NULL;
    const value *found = table_get(table, key);
    value_drop(key);
    return found ? VARIABLE(*found) : NULL;
}

bool variable_find(struct interp *in, const char *name, const char *scope, struct variable **ret) {
    if (!check_scope(in, scope)) return false;
    *ret = look(in, name, strlen(name));
    return true;
}

bool variable_make(struct interp *in, const char *name, const char *scope, struct variable **ret) {
    value v, key = value_null;
    if (!variable_find(in, name, scope, ret)) return false;
    if (*ret) return true;
    if (!object_new(in, &type_psvariable, &v)) return false;
    bool ok = string_text(in, name, &key);
    VARIABLE(v)->name = value_keep(key);
    ok = ok && table_set(in, in->eval->variables.table, key, v);
    if (ok) *ret = VARIABLE(v);
    value_drop(key);
    value_drop(v);
    return ok;
}

bool variable_assign(struct interp *in, struct variable *variable, value v, bool force) {
    if (variable->options & OPTION_CONSTANT || (variable->options & OPTION_READONLY && !force))
        return throw_error(in, "VariableNotWritable", CAT_WriteError, variable->name, "$%s cannot be changed.", value_text(variable->name));
    value_set(&variable->val, v.kind == V_VOID ? value_null : v);
    if (value_is_text(variable->name, "OFS")) value_set(&in->ofs, v);
    return true;
}

bool variable_remove(struct interp *in, struct variable *variable, const char *scope, bool force) {
    if (!check_scope(in, scope)) return false;
    if (variable->options & (OPTION_CONSTANT | OPTION_ALLSCOPE) || (variable->options & OPTION_READONLY && !force))
        return throw_error(in, "VariableNotRemovable", CAT_WriteError, variable->name, "$%s cannot be removed.", value_text(variable->name));
    if (value_is_text(variable->name, "OFS")) value_set(&in->ofs, value_null);
    table_remove(in->eval->variables.table, variable->name);
    return true;
}

static int by_name(const void *a, const void *b) {
    const struct string *x = VARIABLE(*(const value *)a)->name.string, *y = VARIABLE(*(const value *)b)->name.string;
    return utf8_compare_ignore_case(x->text, x->size, y->text, y->size);
}

bool variable_list(struct interp *in, const char *scope, value *ret) {
    const struct table *table = in->eval->variables.table;
    size_t count = 0;
    if (!check_scope(in, scope) || !array_new(in, table->count, ret)) return false;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID) ret->array->items[count++] = value_keep(table->slots[i].val);
    qsort(ret->array->items, count, sizeof(value), by_name);
    return true;
}

// --- By the evaluator --------------------------------------------------------------------------------------------

// "global:x" is x; other prefixes are drives, whose items are not variables.
static void strip_scope(const char **io_name, size_t *io_size) {
    static const char *const prefixes[] = {"global:", "local:", "script:", "private:", "variable:"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t size = strlen(prefixes[i]);
        if (*io_size <= size || !utf8_same_ignore_case(*io_name, size, prefixes[i], size)) continue;
        *io_name += size;
        *io_size -= size;
        return;
    }
}

const value *variable_get_value(struct interp *in, const char *name, size_t size) {
    strip_scope(&name, &size);
    if (size == 1 && *name == '?') return in->success ? &value_true : &value_false;
    if (size == 5 && !strncasecmp(name, "Error", 5)) return &in->errors;
    if (size == 7 && !strncasecmp(name, "Matches", 7)) return &in->matches;
    struct variable *found = look(in, name, size);
    return found ? &found->val : NULL;
}

const value *interp_get_variable(struct interp *in, const char *name) { return variable_get_value(in, name, strlen(name)); }

bool interp_set_variable(struct interp *in, const char *name, value v) {
    struct variable *variable;
    size_t size = strlen(name);
    strip_scope(&name, &size);
    return variable_make(in, name, NULL, &variable) && variable_assign(in, variable, v, false);
}
