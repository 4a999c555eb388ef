// Variables that tell of the engine: $PSVersionTable and its like. jesh-full alone.
#include <unistd.h>

#include "interp/eval/attribute.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"
#include "interp/eval/session-state.h"
#include "interp/eval/style.h"
#include "interp/value/enum.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

#define POWERSHELL "7.6.5" // whose language this is

static bool set_take(struct interp *in, const char *name, value v, unsigned options)
{
    struct variable *variable;
    bool ok = variable_make(in, name, NULL, &variable);
    if (ok) {
        value_set(variable->at, v);
        variable->options = options;
    }
    return value_drop(v), ok;
}

static bool entry(struct interp *in, value table, const char *name, value v)
{
    bool ok = table_set_text(in, table.table, name, v);
    return value_drop(v), ok;
}

static bool entry_text(struct interp *in, value table, const char *name, const char *text)
{
    value v;
    return string_text(in, text, &v) && entry(in, table, name, v);
}

static bool as_type(struct interp *in, const char *text, const struct type *type, value *ret)
{
    value v;
    if (!string_text(in, text, &v))
        return false;
    bool ok = type_construct(in, type, &v, 1, ret);
    return value_drop(v), ok;
}

static bool entry_version(struct interp *in, value table, const char *name, const char *text,
                          const struct type *type)
{
    value v;
    return as_type(in, text, type, &v) && entry(in, table, name, v);
}

static bool compatible(struct interp *in, value *ret)
{
    static const char *const versions[] = {"1.0", "2.0", "3.0", "4.0", "5.0", "5.1", "6.0", "7.0"};
    enum { COUNT = sizeof versions / sizeof *versions };
    if (!array_of(in, &type_version, COUNT, ret))
        return false;
    for (size_t i = 0; i < COUNT; i++)
        if (!as_type(in, versions[i], &type_version, &ret->array->items[i]))
            return value_drop(*ret), false;
    return true;
}

static bool fill_versions(struct interp *in, value table)
{
    const struct type *own = type_constructors(&type_semver) ? &type_semver : &type_version;
    value versions;
    return entry_version(in, table, "PSVersion", POWERSHELL, own) &&
           entry_text(in, table, "PSEdition", "Core") && entry_text(in, table, "GitCommitId", POWERSHELL) &&
           entry_text(in, table, "OS", "Linux") && entry_text(in, table, "Platform", "Unix") &&
           compatible(in, &versions) && entry(in, table, "PSCompatibleVersions", versions) &&
           entry_version(in, table, "PSRemotingProtocolVersion", "2.4", &type_version) &&
           entry_version(in, table, "SerializationVersion", "1.1.0.1", &type_version) &&
           entry_version(in, table, "WSManStackVersion", "3.0", &type_version);
}

static bool version_table(struct interp *in)
{
    value table;
    if (!table_new(in, false, &table))
        return false;
    table.object->type = &type_version_table;
    if (!fill_versions(in, table))
        return value_drop(table), false;
    return set_take(in, "PSVersionTable", table, OPTION_CONSTANT | OPTION_ALLSCOPE);
}

static bool output_encoding(struct interp *in)
{
    value name = string_static(in, "UTF8"), encoding;
    bool ok = name.kind == V_STRING && static_get(in, &type_encoding, name, &encoding);
    value_drop(name);
    return ok && set_take(in, "OutputEncoding", encoding, OPTION_NONE);
}

static bool style(struct interp *in)
{
    value made;
    return !style_new || (style_new(in, &made) && set_take(in, "PSStyle", made, OPTION_CONSTANT));
}

static bool set_text(struct interp *in, const char *name, const char *text, unsigned options)
{
    value v;
    return string_text(in, text, &v) && set_take(in, name, v, options);
}

// Preference variables take nothing but what they mean.
static bool typed(struct interp *in, const char *name, const struct type *type)
{
    struct variable *variable;
    value attribute;
    if (!variable_find(in, name, "Global", &variable) || !variable)
        return value_is_null(in->thrown);
    if (!converter_new(in, type, &attribute))
        return false;
    bool ok = array_from(in, &attribute, 1, &variable->attributes);
    return value_drop(attribute), ok;
}

static bool preferences(struct interp *in)
{
    static const char *const names[] = {"DebugPreference",       "ErrorActionPreference",
                                        "InformationPreference", "ProgressPreference",
                                        "VerbosePreference",     "WarningPreference"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!typed(in, names[i], &type_action_preference))
            return false;
    return typed(in, "PSDefaultParameterValues", &type_default_parameters) &&
           typed(in, "ConfirmPreference", &type_confirm_impact) && typed(in, "ErrorView", &type_error_view) &&
           typed(in, "PSNativeCommandArgumentPassing", &type_argument_passing);
}

// Outside of all functions there are no arguments.
static bool no_arguments(struct interp *in)
{
    value args, bound;
    if (!array_new(in, 0, &args))
        return false;
    value_set(&in->global->special[SPECIAL_ARGS], args);
    value_drop(args);
    if (!table_new(in, false, &bound))
        return false;
    bound.object->type = &type_bound_parameters;
    value_set(&in->global->special[SPECIAL_BOUND], bound);
    return value_drop(bound), true;
}

static bool context(struct interp *in)
{
    value made;
    return !execution_context ||
           (execution_context(in, &made) && set_take(in, "ExecutionContext", made, OPTION_CONSTANT | OPTION_ALLSCOPE));
}

bool engine_variables(struct interp *in)
{
    struct variable *defaults;
    if (!variable_find(in, "PSDefaultParameterValues", NULL, &defaults))
        return false;
    if (defaults)
        defaults->at->object->type = &type_default_parameters;
    for (int which = SPECIAL_ROOT; which <= SPECIAL_PATH; which++) // what is typed has no file
        if (value_is_unset(in->global->special[which]))
            string_text(in, "", &in->global->special[which]);
    return no_arguments(in) && context(in) && version_table(in) && output_encoding(in) && style(in) &&
           set_take(in, "PID", value_int(getpid()), OPTION_CONSTANT | OPTION_ALLSCOPE) &&
           set_take(in, "ErrorView", enum_value(&type_error_view, 2), OPTION_NONE) &&
           set_take(in, "PSNativeCommandArgumentPassing", enum_value(&type_argument_passing, 1),
                    OPTION_NONE) &&
           set_take(in, "PSNativeCommandUseErrorActionPreference", value_false, OPTION_NONE) &&
           set_take(in, "NestedPromptLevel", value_int(0), OPTION_NONE) &&
           set_text(in, "PSSessionApplicationName", "wsman", OPTION_NONE) &&
           set_text(in, "PSSessionConfigurationName",
                    "http://schemas.microsoft.com/powershell/Microsoft.PowerShell", OPTION_NONE) &&
           set_text(in, "StackTrace", "", OPTION_NONE) && set_text(in, "PSEmailServer", "", OPTION_NONE) &&
           preferences(in);
}
