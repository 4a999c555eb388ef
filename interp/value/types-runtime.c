// What programs ask of .NET's runtime itself: AppDomain, AppContext, GC, Activator. jesh-full alone.
#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/type-facts.h"
#include "interp/value/types-rows.h"

#define FRIENDLY_NAME "jesh"
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

// --- AppDomain: there is one, and no assembly of it is a file.

GETTER(current_domain)
{
    return (void)self, object_new(in, &type_app_domain, ret);
}
GETTER(friendly_name)
{
    return (void)self, string_text(in, FRIENDLY_NAME, ret);
}
GETTER(domain_id)
{
    return (void)in, (void)self, *ret = value_int(1), true;
}
GETTER(base_directory)
{
    return (void)self, string_text(in, "/", ret);
}
GETTER(nothing)
{
    return (void)in, (void)self, *ret = value_null, true;
}
GETTER(yes)
{
    return (void)in, (void)self, *ret = value_true, true;
}
GETTER(no)
{
    return (void)in, (void)self, *ret = value_false, true;
}
bool app_domain_to_string(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "Name:" FRIENDLY_NAME "\nThere are no context policies.\n", ret);
}
static bool named(struct interp *in, const char *name, value *ret)
{
    if (!object_new(in, &type_assembly, ret))
        return false;
    if (string_text(in, name, &((struct pair *)ret->object)->key))
        return true;
    return value_drop(*ret), *ret = value_null, false;
}
METHOD(assemblies)
{
    size_t n = 0;
    UNUSED;
    while (assembly_named(n))
        n++;
    if (!array_of(in, &type_assembly, n, ret))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!named(in, assembly_named(i), &ret->array->items[i]))
            return value_drop(*ret), *ret = value_null, false;
    return true;
}
METHOD(is_default)
{
    return UNUSED, *ret = value_true, true;
}
METHOD(is_unloading)
{
    return UNUSED, *ret = value_false, true;
}
const struct property app_domain_properties[] = {{"FriendlyName", friendly_name, NULL},
                                                 {"Id", domain_id, NULL},
                                                 {"BaseDirectory", base_directory, NULL},
                                                 {"DynamicDirectory", nothing, NULL},
                                                 {"RelativeSearchPath", nothing, NULL},
                                                 {"ShadowCopyFiles", no, NULL},
                                                 {"IsFullyTrusted", yes, NULL},
                                                 {"IsHomogenous", yes, NULL},
                                                 {0}};
static const struct method domain_methods[] = {{"GetAssemblies", assemblies, OBJS},
                                               {"IsDefaultAppDomain", is_default, BOOLEAN},
                                               {"IsFinalizingForUnload", is_unloading, BOOLEAN},
                                               {0}};
static const struct property domain_statics[] = {{"CurrentDomain", current_domain, NULL}, {0}};
const struct type_members full_app_domain = {.methods = domain_methods, .static_properties = domain_statics};

GETTER(framework)
{
    return (void)self, string_text(in, ".NETCoreApp,Version=v10.0", ret);
}
static const struct property context_statics[] = {
    {"BaseDirectory", base_directory, NULL}, {"TargetFrameworkName", framework, NULL}, {0}};
const struct type_members full_app_context = {.static_properties = context_statics};

// --- GC: values end when nobody holds them, so that there is nothing to collect later.

METHOD(collect)
{
    return UNUSED, *ret = value_null, true;
}
METHOD(total_memory)
{
    return UNUSED, *ret = value_long((int64_t)mem_used()), true;
}
METHOD(zero)
{
    return UNUSED, *ret = value_int(0), true;
}
GETTER(oldest)
{
    return (void)in, (void)self, *ret = value_int(2), true;
}
static const struct method gc_statics_methods[] = {{"Collect", collect, VOID},
                                                   {"Collect", collect, VOID, P(I32)},
                                                   {"WaitForPendingFinalizers", collect, VOID},
                                                   {"KeepAlive", collect, VOID, P(OBJ)},
                                                   {"SuppressFinalize", collect, VOID, P(OBJ)},
                                                   {"GetGeneration", zero, I32, P(OBJ)},
                                                   {"GetTotalMemory", total_memory, I64, P(BOOLEAN)},
                                                   {"CollectionCount", zero, I32, P(I32)},
                                                   {0}};
static const struct property gc_statics[] = {{"MaxGeneration", oldest, NULL}, {0}};
const struct type_members full_gc = {.statics = gc_statics_methods, .static_properties = gc_statics};

// --- Activator

static bool value_type_derives(const struct type *type)
{
    while (type && type != &type_value_type)
        type = type->base;
    return type;
}
METHOD(create)
{
    bool given = count > 1 && args[1].kind == V_ARRAY;
    UNUSED;
    if (args[0].kind != V_TYPE)
        return method_throw(in, &type_argument_null_exception, "The type must not be $null.");
    if (!given && value_type_derives(args[0].type) && !args[0].type->class)
        return type_zero(in, args[0].type, ret);
    return type_construct(in, args[0].type, given ? args[1].array->items : NULL,
                          given ? args[1].array->count : 0, ret);
}
static const struct method activator_statics[] = {
    {"CreateInstance", create, OBJ, P(TYP)}, {"CreateInstance", create, OBJ, P(TYP, OBJS), true}, {0}};
const struct type_members full_activator = {.statics = activator_statics};
