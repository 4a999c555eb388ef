// Functions and script files as objects. jesh-full alone.
#include "interp/eval/function-info.h"

#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/module.h"
#include "interp/eval/parameter-info.h"
#include "interp/value/attributes.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"
#include "interp/value/types.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

GETTER(get_name)
{
    return (void)in, *ret = value_keep(FUNCTION_INFO(self)->name), true;
}
GETTER(get_block)
{
    return (void)in, *ret = value_keep(FUNCTION_INFO(self)->block), true;
}
GETTER(get_definition)
{
    return value_to_string(in, FUNCTION_INFO(self)->block, ret);
}
GETTER(get_module)
{
    return (void)in, *ret = value_keep(FUNCTION_INFO(self)->module), true;
}
GETTER(get_module_name)
{
    value module = FUNCTION_INFO(self)->module;
    if (value_is_null(module))
        return string_text(in, "", ret);
    return *ret = value_keep(MODULE(module)->name), true;
}
GETTER(get_version)
{
    value module = FUNCTION_INFO(self)->module;
    return value_is_null(module) ? (*ret = value_null, true) : member_named(in, module, "Version", ret);
}
GETTER(get_visibility)
{
    return (void)self, string_text(in, "Public", ret);
}
GETTER(get_empty)
{
    return (void)self, string_text(in, "", ret);
}
// [OutputType()] stands among the attributes of the block.
GETTER(get_output)
{
    struct signature *signature = block_signature(in, FUNCTION_INFO(self)->block.scriptblock);
    value list;
    if (!signature || !list_new(in, NULL, &list))
        return false;
    for (size_t i = 0; signature->own.kind == V_ARRAY && i < signature->own.array->count; i++) {
        value attribute = signature->own.array->items[i];
        value types = attribute_is(attribute, &type_output_type) ? attribute_field(attribute, OUTPUT_TYPES)
                                                                 : value_null;
        for (size_t k = 0; types.kind == V_ARRAY && k < types.array->count; k++)
            if (!list_add(in, list.array, types.array->items[k]))
                return value_drop(list), false;
    }
    return *ret = list, true;
}

static bool describe(struct interp *in, value self, struct described *ret)
{
    struct signature *signature = block_signature(in, FUNCTION_INFO(self)->block.scriptblock);
    if (!signature)
        return false;
    *ret = (struct described){signature->meta, signature->cmdlet.sets, signature->attributes};
    return true;
}
GETTER(get_parameters)
{
    struct described of;
    return describe(in, self, &of) && parameters_new(in, &of, ret);
}
GETTER(get_parameter_sets)
{
    struct described of;
    return describe(in, self, &of) && parameter_sets_new(in, &of, ret);
}
static bool resolve_parameter(struct interp *in, value self, const value *args, size_t count, value *ret)
{
    struct described of;
    (void)count;
    return describe(in, self, &of) && parameter_resolve(in, &of, args[0], ret);
}
static const struct method info_methods[] = {
    {"ResolveParameter", resolve_parameter, &type_object, P(&type_string), false}, {0}};
static const struct type_members info_members = {info_methods, NULL, NULL, NULL};

static const char *dash_of(value self)
{
    return strchr(value_text(FUNCTION_INFO(self)->name), '-');
}
GETTER(get_verb)
{
    const char *name = value_text(FUNCTION_INFO(self)->name), *dash = dash_of(self);
    return string_new(in, name, dash ? (size_t)(dash - name) : 0, ret);
}
GETTER(get_noun)
{
    const char *dash = dash_of(self);
    return string_text(in, dash ? dash + 1 : "", ret);
}

enum { COMMAND_FUNCTION = 2, COMMAND_FILTER = 4, COMMAND_SCRIPT = 16, COMMAND_BLOCK = 64 };
static const struct type type_block_info;
GETTER(get_kind)
{
    const struct type *type = self.object->type;
    *ret = enum_value(&type_command_types, type == &type_external_script ? COMMAND_SCRIPT
                                           : type == &type_script_filter ? COMMAND_FILTER
                                           : type == &type_block_info    ? COMMAND_BLOCK
                                                                         : COMMAND_FUNCTION);
    return (void)in, true;
}

GETTER(get_binding)
{
    struct signature *signature = block_signature(in, FUNCTION_INFO(self)->block.scriptblock);
    return signature && (*ret = value_bool(signature->advanced), true);
}
GETTER(get_default_set)
{
    struct signature *signature = block_signature(in, FUNCTION_INFO(self)->block.scriptblock);
    if (!signature)
        return false;
    const char *const *sets = signature->cmdlet.sets;
    return sets && *sets ? string_text(in, sets[signature->cmdlet.default_set], ret)
                         : (*ret = value_null, true);
}
GETTER(get_options)
{
    return (void)in, *ret = enum_value(&type_scoped_options, FUNCTION_INFO(self)->block.scriptblock->options),
                     true;
}

static const struct property function_properties[] = {{"ScriptBlock", get_block, NULL},
                                                      {"CmdletBinding", get_binding, NULL},
                                                      {"DefaultParameterSet", get_default_set, NULL},
                                                      {"Definition", get_definition, NULL},
                                                      {"Options", get_options, NULL},
                                                      {"Description", get_empty, NULL},
                                                      {"Verb", get_verb, NULL},
                                                      {"Noun", get_noun, NULL},
                                                      {"HelpFile", get_empty, NULL},
                                                      {"OutputType", get_output, NULL},
                                                      {"Parameters", get_parameters, NULL},
                                                      {"ParameterSets", get_parameter_sets, NULL},
                                                      {"Name", get_name, NULL},
                                                      {"CommandType", get_kind, NULL},
                                                      {"Source", get_module_name, NULL},
                                                      {"Version", get_version, NULL},
                                                      {"Visibility", get_visibility, NULL},
                                                      {"ModuleName", get_module_name, NULL},
                                                      {"Module", get_module, NULL},
                                                      {0}};

static void release(struct object *object)
{
    struct function_info *info = (struct function_info *)object;
    value_drop(info->name);
    value_drop(info->block);
    value_drop(info->module);
}

const struct type type_script_function = {
    .name = "System.Management.Automation.FunctionInfo",
    .base = &type_function_info,
    .full = &info_members,
    .type_code = 1,
    .size = sizeof(struct function_info),
    .release = release,
    .properties = function_properties,
    .to_string = get_name,
};
const struct type type_script_filter = {
    .name = "System.Management.Automation.FilterInfo",
    .base = &type_function_info,
    .full = &info_members,
    .type_code = 1,
    .size = sizeof(struct function_info),
    .release = release,
    .properties = function_properties,
    .to_string = get_name,
};

// --- Script files
// ---------------------------------------------------------------------------------------------------

GETTER(get_path)
{
    const char *path = FUNCTION_INFO(self)->block.scriptblock->source->name;
    return path ? string_text(in, path, ret) : (*ret = value_null, true);
}
GETTER(get_contents)
{
    const struct source *source = FUNCTION_INFO(self)->block.scriptblock->source;
    return string_new(in, source->text, source->size, ret);
}

static const struct property script_properties[] = {{"Path", get_path, NULL},
                                                    {"Definition", get_path, NULL},
                                                    {"Source", get_path, NULL},
                                                    {"Visibility", get_visibility, NULL},
                                                    {"ScriptBlock", get_block, NULL},
                                                    {"OutputType", get_output, NULL},
                                                    {"Parameters", get_parameters, NULL},
                                                    {"ParameterSets", get_parameter_sets, NULL},
                                                    {"ScriptContents", get_contents, NULL},
                                                    {"Name", get_name, NULL},
                                                    {"CommandType", get_kind, NULL},
                                                    {"ModuleName", get_module_name, NULL},
                                                    {"Module", get_module, NULL},
                                                    {0}};

const struct type type_external_script = {
    .name = "System.Management.Automation.ExternalScriptInfo",
    .base = &type_command_info,
    .full = &info_members,
    .type_code = 1,
    .size = sizeof(struct function_info),
    .release = release,
    .properties = script_properties,
    .to_string = get_name,
};

// { } called without a name
static const struct type type_block_info = {
    .name = "System.Management.Automation.ScriptInfo",
    .base = &type_command_info,
    .full = &info_members,
    .type_code = 1,
    .size = sizeof(struct function_info),
    .release = release,
    .properties = function_properties,
    .to_string = get_definition,
};

static const struct type *type_for(value name, const struct scriptblock *block)
{
    size_t size = name.string->size;
    if (!size)
        return &type_block_info;
    if (block_is_file(block))
        return &type_external_script;
    return block->function && block->function->op == TOK_FILTER ? &type_script_filter : &type_script_function;
}

bool function_info_new(struct interp *in, value name, value block, value module, value *ret)
{
    if (!object_new(in, type_for(name, block.scriptblock), ret))
        return false;
    FUNCTION_INFO(*ret)->name = value_keep(name);
    FUNCTION_INFO(*ret)->block = value_keep(block);
    struct module *from = value_is_null(module) ? module_exporting(in, block) : MODULE(module);
    FUNCTION_INFO(*ret)->module = value_keep(from ? module_value(from) : block.scriptblock->home);
    return true;
}

bool script_info_new(struct interp *in, value path, value text, value *ret)
{
    const char *whole = value_text(path), *slash = strrchr(whole, '/');
    value block, name;
    if (!script_path(in, whole, &path))
        return false;
    bool ok = script_block(in, value_text(text), text.string->size, value_text(path), &block);
    if (ok) {
        ok = string_text(in, slash ? slash + 1 : whole, &name);
        if (ok) {
            ok = function_info_new(in, name, block, value_null, ret);
            value_drop(name);
        }
        value_drop(block);
    }
    return value_drop(path), ok;
}
