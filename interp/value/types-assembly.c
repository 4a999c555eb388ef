// Assemblies, which are two names here, and the accelerators of the language as a type of its own.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/exceptions.h"
#include "interp/value/made.h"
#include "interp/value/set.h"
#include "interp/value/type-facts.h"
#include "interp/value/types-rows.h"

static bool assembly_is_own(value self)
{
    return value_is_text(((struct pair *)self.object)->key, "System.Management.Automation");
}

static bool stands_in(value assembly, const struct type *type)
{
    bool own = !strncmp(type->name, "System.Management.Automation", 28) ||
               !strncmp(type->name, "Microsoft.PowerShell", 20);
    return own == assembly_is_own(assembly);
}

// --- TypeAccelerators: what programs added stands in the session, the others in one list.
// ---------------------------------------------------------------------------------------

static const char *const accelerator_names[] = {
#define NAMED(name) name,
#include "interp/value/accelerator-names.def"
#undef NAMED
};

static bool accelerators_new(struct interp *in, value *ret)
{
    const struct type *const arguments[] = {STR, TYP};
    const struct type *type = generic_of(in, "System.Collections.Generic.Dictionary", arguments, 2);
    if (!type || !table_new(in, false, ret))
        return false;
    ret->object->type = type;
    return true;
}

static bool accelerators_fill(struct interp *in, struct table *table)
{
    for (size_t i = 0; i < sizeof accelerator_names / sizeof *accelerator_names; i++) {
        const char *name = accelerator_names[i];
        const struct type *type = type_find(name, strlen(name));
        if (type && !table_set_text(in, table, name, (value){.kind = V_TYPE, .type = type}))
            return false;
    }
    return true;
}

static bool accelerators_get(struct interp *in, value self, value *ret)
{
    (void)self;
    if (in->accelerators.kind != V_TABLE) {
        value made;
        if (!accelerators_new(in, &made))
            return false;
        value_set(&in->accelerators, made);
        value_drop(made);
        if (!accelerators_fill(in, in->accelerators.table))
            return false;
    }
    return *ret = value_keep(in->accelerators), true;
}

const struct type *type_accelerated(struct interp *in, const char *name, size_t size)
{
    value key;
    if (in->accelerators.kind != V_TABLE || !string_new(in, name, size, &key))
        return NULL;
    const value *found = table_get(in->accelerators.table, key);
    value_drop(key);
    return found && found->kind == V_TYPE ? found->type : NULL;
}

METHOD(accelerators_add)
{
    value all;
    UNUSED;
    if (!accelerators_get(in, self, &all))
        return false;
    bool ok = table_set(in, all.table, args[0], args[1]);
    value_drop(all);
    return *ret = value_null, ok;
}

METHOD(accelerators_remove)
{
    value all;
    UNUSED;
    if (!accelerators_get(in, self, &all))
        return false;
    *ret = value_bool(table_remove(all.table, args[0]));
    value_drop(all);
    return true;
}

static const struct method accelerators_statics[] = {
    {"Add", accelerators_add, VOID, P(STR, TYP)}, {"Remove", accelerators_remove, BOOLEAN, P(STR)}, {0}};
static const struct property accelerators_properties[] = {{"Get", accelerators_get, NULL}, {0}};
static const struct type_members full_accelerators = {.statics = accelerators_statics,
                                                      .static_properties = accelerators_properties};
// No text names it; [psobject].Assembly gives it.
static const struct type type_accelerators = {.name = "System.Management.Automation.TypeAccelerators",
                                              .base = &type_object,
                                              .full = &full_accelerators,
                                              .type_code = 1};

// --- Assemblies
// ---------------------------------------------------------------------------------------

static const struct type *type_inside(struct interp *in, value self, value name)
{
    const char *text = value_text(name);
    if (assembly_is_own(self) && value_is_text(name, type_accelerators.name))
        return &type_accelerators;
    const struct type *type =
        memchr(text, '.', name.string->size) ? type_find_in(in, text, name.string->size) : NULL;
    if (!type && strchr(text, '`'))
        type = generic_definition(in, text, name.string->size);
    return type && stands_in(self, type) ? type : NULL;
}

METHOD(assembly_type)
{
    UNUSED;
    const struct type *type = type_inside(in, self, args[0]);
    if (!type && count > 1 && args[1].b)
        return method_throw(in, &type_type_load_exception, "The assembly has no type '%s'.",
                            value_text(args[0]));
    bool exact = type && ((count > 2 && args[2].b) || !strcmp(type->name, value_text(args[0])));
    return *ret = exact ? (value){.kind = V_TYPE, .type = type} : value_null, true;
}

// Its name alone is a type that has what the full name says.
static bool simple_name(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_keep(((struct pair *)self.object)->key), true;
}
static bool version_of(struct interp *in, value self, value *ret)
{
    value text;
    if (!string_text(in, assembly_version(value_text(((struct pair *)self.object)->key)), &text))
        return false;
    bool ok = version_new(in, text, ret);
    return value_drop(text), ok;
}
static const struct property assembly_name_properties[] = {{"Version", version_of, NULL},
                                                           {"Name", simple_name, NULL},
                                                           {"FullName", assembly_full_text, NULL},
                                                           {0}};
static const struct type type_assembly_name_object = {.name = "System.Reflection.AssemblyName",
                                                      .base = &type_object,
                                                      .size = sizeof(struct pair),
                                                      .release = pair_release,
                                                      .to_string = assembly_full_text,
                                                      .properties = assembly_name_properties,
                                                      .type_code = 1};
METHOD(assembly_name_object)
{
    UNUSED;
    if (!object_new(in, &type_assembly_name_object, ret))
        return false;
    return value_set(&((struct pair *)ret->object)->key, ((struct pair *)self.object)->key), true;
}

static const struct method assembly_methods[] = {{"GetName", assembly_name_object, OBJ},
                                                 {"GetType", assembly_type, TYP, P(STR)},
                                                 {"GetType", assembly_type, TYP, P(STR, BOOLEAN)},
                                                 {"GetType", assembly_type, TYP, P(STR, BOOLEAN, BOOLEAN)},
                                                 {0}};
const struct type_members full_assembly = {.methods = assembly_methods};
