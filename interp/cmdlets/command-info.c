#include "interp/cmdlets/command-info.h"

#include <string.h>

#include "interp/eval/bind.h"
#include "interp/eval/parameter-info.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

struct command_info {
    struct object head;
    const struct visible_command *command;
};

static const struct visible_command *of(value self)
{
    return ((struct command_info *)self.object)->command;
}

bool command_is_function(const struct visible_command *command)
{
    return command->proxy || cmdlet_rows[command->id].flags & CMD_FUNCTION;
}

const struct param *command_params(struct interp *in, const struct visible_command *command)
{
    static const struct param none[] = {{0}};
    const struct param *limited = command->proxy ? proxy_params(command->id) : NULL;
    const struct cmdlet *cmdlet = in->cmdlets[command->id];
    if (limited)
        return limited;
    return cmdlet && cmdlet->params ? cmdlet->params : none;
}

// ---- Properties ----

static bool get_name(struct interp *in, value self, value *ret)
{
    return string_text(in, of(self)->name, ret);
}

static bool get_type(struct interp *in, value self, value *ret)
{
    enum { FUNCTION = 2, CMDLET = 8 };
    (void)in;
    *ret = enum_value(&type_command_types, command_is_function(of(self)) ? FUNCTION : CMDLET);
    return true;
}

static bool get_module(struct interp *in, value self, value *ret)
{
    return string_text(in, command_is_function(of(self)) ? "" : cmdlet_module(of(self)->id), ret);
}

// PowerShell's own core has its version; its other modules count by themselves.
static bool get_version(struct interp *in, value self, value *ret)
{
    static const int32_t core[] = {7, 6, 0, 500}, other[] = {7, 0, 0, 0};
    if (command_is_function(of(self)))
        return *ret = value_null, true;
    if (!object_new(in, &type_version, ret))
        return false;
    bool is_core = !strcmp(cmdlet_module(of(self)->id), "Microsoft.PowerShell.Core");
    memcpy(((struct version *)ret->object)->parts, is_core ? core : other, sizeof core);
    return true;
}

static bool get_verb(struct interp *in, value self, value *ret)
{
    return string_new(in, of(self)->name, strcspn(of(self)->name, "-"), ret);
}

static bool get_noun(struct interp *in, value self, value *ret)
{
    const char *dash = strchr(of(self)->name, '-');
    return string_text(in, dash ? dash + 1 : "", ret);
}

// A function's body is not in the session, so its definition is empty.
static bool get_definition(struct interp *in, value self, value *ret)
{
    struct buf text = {0};
    bool ok = command_is_function(of(self)) || command_definition(in, of(self), &text);
    ok = ok && string_new(in, buf_text(&text), text.size, ret);
    buf_free(&text);
    return ok;
}

static bool get_default_set(struct interp *in, value self, value *ret)
{
    const struct cmdlet *cmdlet = in->cmdlets[of(self)->id];
    bool none = of(self)->proxy || !cmdlet || !cmdlet->sets;
    return none ? (*ret = value_null, true) : string_text(in, cmdlet->sets[cmdlet->default_set], ret);
}

static bool get_binding(struct interp *in, value self, value *ret)
{
    (void)in;
    (void)self;
    return *ret = value_true, true;
}

static bool get_null(struct interp *in, value self, value *ret)
{
    (void)in;
    (void)self;
    return *ret = value_null, true;
}

static bool get_empty(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "", ret);
}
static bool get_visibility(struct interp *in, value self, value *ret)
{
    return (void)self, string_text(in, "Public", ret);
}
static bool get_output(struct interp *in, value self, value *ret)
{
    return (void)self, array_new(in, 0, ret);
}

static bool describe(struct interp *in, value self, struct described *ret)
{
    const struct cmdlet *cmdlet = in->cmdlets[of(self)->id];
    bool proxy = of(self)->proxy && proxy_params(of(self)->id);
    *ret = (struct described){.meta = cmdlet ? bind_meta(in, cmdlet, of(self)->id, proxy) : NULL,
                              .sets = cmdlet && !proxy ? cmdlet->sets : NULL};
    return ret->meta != NULL;
}

static bool get_parameters(struct interp *in, value self, value *ret)
{
    struct described of;
    return describe(in, self, &of) && parameters_new(in, &of, ret);
}

static bool get_parameter_sets(struct interp *in, value self, value *ret)
{
    struct described of;
    return describe(in, self, &of) && parameter_sets_new(in, &of, ret);
}

bool command_resolve(struct interp *in, value self, value name, value *ret)
{
    struct described of;
    return describe(in, self, &of) && parameter_resolve(in, &of, name, ret);
}

static bool info_to_string(struct interp *in, value self, value *ret)
{
    return get_name(in, self, ret);
}

#define INFO_PROPERTIES                                                                                      \
    {"HelpUri", get_empty, NULL}, {"Verb", get_verb, NULL}, {"Noun", get_noun, NULL},                        \
        {"Definition", get_definition, NULL}, {"DefaultParameterSet", get_default_set, NULL},                \
        {"OutputType", get_output, NULL}, {"Name", get_name, NULL}, {"CommandType", get_type, NULL},         \
        {"Source", get_module, NULL}, {"Version", get_version, NULL}, {"Visibility", get_visibility, NULL},  \
        {"ModuleName", get_module, NULL}, {"Module", get_null, NULL}, {"Parameters", get_parameters, NULL},  \
    {                                                                                                        \
        "ParameterSets", get_parameter_sets, NULL                                                            \
    }
static bool get_implementing(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = command_type ? (value){.kind = V_TYPE, .type = command_type(of(self)->id)} : value_null;
    return true;
}
static const struct property info_properties[] = {
    {"ImplementingType", get_implementing, NULL}, INFO_PROPERTIES, {0}};
static const struct property function_properties[] = {
    {"CmdletBinding", get_binding, NULL}, INFO_PROPERTIES, {0}};

extern const struct type_members full_cmdlet_info __attribute__((weak)); // command-members.c
const struct type type_cmdlet_info = {
    .name = "System.Management.Automation.CmdletInfo",
    .base = &type_command_info,
    .properties = info_properties,
    .to_string = info_to_string,
    .full = &full_cmdlet_info,
    .size = sizeof(struct command_info),
    .type_code = 1,
};
static const struct type type_shown_function = {
    .name = "System.Management.Automation.FunctionInfo",
    .base = &type_function_info,
    .properties = function_properties,
    .to_string = info_to_string,
    .full = &full_cmdlet_info,
    .size = sizeof(struct command_info),
    .type_code = 1,
};

bool command_info_new(struct interp *in, const struct visible_command *command, value *ret)
{
    if (!object_new(in, command_is_function(command) ? &type_shown_function : &type_cmdlet_info, ret))
        return false;
    ((struct command_info *)ret->object)->command = command;
    return true;
}
