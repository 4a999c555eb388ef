// What exceptions of some types tell beyond their message, by name. jesh-full alone.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"

#define EXCEPTION_OF(v) ((const struct exception *)(v).object)

static bool read(value self, const char *name, value *ret)
{
    value facts = EXCEPTION_OF(self)->facts;
    const value *found = facts.kind == V_TABLE ? table_get_text(facts.table, name) : NULL;
    return *ret = found ? value_keep(*found) : value_null, true;
}

#define FACT(getter, name)                                                                                   \
    static bool getter(struct interp *in, value self, value *ret)                                            \
    {                                                                                                        \
        return (void)in, read(self, name, ret);                                                              \
    }
FACT(actual_value, "ActualValue")
FACT(command_invocation, "CommandInvocation")
FACT(command_name, "CommandName")
FACT(column, "Offset")
FACT(error_id, "ErrorId")
FACT(errors, "Errors")
FACT(exit_code, "ExitCode")
FACT(file_name, "FileName")
FACT(inner_exceptions, "InnerExceptions")
FACT(item_name, "ItemName")
FACT(line, "Line")
FACT(object_name, "ObjectName")
FACT(param_name, "ParamName")
FACT(parameter_name, "ParameterName")
FACT(parameter_type, "ParameterType")
FACT(path, "Path")
FACT(process_id, "ProcessId")
FACT(session_category, "SessionStateCategory")
FACT(type_specified, "TypeSpecified")

#define LAST                                                                                                 \
    {                                                                                                        \
        0                                                                                                    \
    }
const struct property action_stop_exception_properties[] = {LAST};
const struct property aggregate_exception_properties[] = {{"InnerExceptions", inner_exceptions, NULL}, LAST};
const struct property argument_exception_properties[] = {{"ParamName", param_name, NULL}, LAST};
const struct property argument_range_exception_properties[] = {{"ActualValue", actual_value, NULL}, LAST};
const struct property command_missing_exception_properties[] = {{"CommandName", command_name, NULL}, LAST};
const struct property disposed_exception_properties[] = {{"ObjectName", object_name, NULL}, LAST};
const struct property file_missing_exception_properties[] = {{"FileName", file_name, NULL}, LAST};
const struct property native_exit_exception_properties[] = {
    {"Path", path, NULL}, {"ExitCode", exit_code, NULL}, {"ProcessId", process_id, NULL}, LAST};
const struct property parameter_binding_exception_properties[] = {
    {"ParameterName", parameter_name, NULL},
    {"ParameterType", parameter_type, NULL},
    {"TypeSpecified", type_specified, NULL},
    {"ErrorId", error_id, NULL},
    {"Line", line, NULL},
    {"Offset", column, NULL},
    {"CommandInvocation", command_invocation, NULL},
    LAST};
const struct property parse_exception_properties[] = {{"Errors", errors, NULL}, LAST};
const struct property session_state_exception_properties[] = {
    {"ItemName", item_name, NULL}, {"SessionStateCategory", session_category, NULL}, LAST};

// --- HResult
// ------------------------------------------------------------------------------------------------------

static const struct {
    const struct type *type;
    uint32_t number;
} results[] = {
    // .NET's; a type without a row has its base's
    {&type_argument_null_exception, 0x80004003},
    {&type_argument_range_exception, 0x80131502},
    {&type_argument_exception, 0x80070057},
    {&type_array_type_exception, 0x80131503},
    {&type_divide_exception, 0x80020012},
    {&type_overflow_exception, 0x80131516},
    {&type_arithmetic_exception, 0x80070216},
    {&type_application_exception, 0x80131600},
    {&type_canceled_exception, 0x8013153b},
    {&type_directory_missing_exception, 0x80070003},
    {&type_file_missing_exception, 0x80070002},
    {&type_end_of_stream_exception, 0x80070026},
    {&type_path_long_exception, 0x800700ce},
    {&type_io_exception, 0x80131620},
    {&type_external_exception, 0x80004005},
    {&type_format_exception, 0x80131537},
    {&type_index_range_exception, 0x80131508},
    {&type_invalid_cast_exception, 0x80004002},
    {&type_invalid_data_exception, 0x80131501},
    {&type_disposed_exception, 0x80131622},
    {&type_invalid_operation_exception, 0x80131509},
    {&type_key_exception, 0x80131577},
    {&type_memory_exception, 0x8007000e},
    {&type_not_implemented_exception, 0x80004001},
    {&type_platform_exception, 0x80131539},
    {&type_not_supported_exception, 0x80131515},
    {&type_null_reference_exception, 0x80004003},
    {&type_rank_exception, 0x80131517},
    {&type_security_exception, 0x8013150a},
    {&type_timeout_exception, 0x80131505},
    {&type_type_load_exception, 0x80131522},
    {&type_unauthorized_exception, 0x80070005},
    {&type_target_invocation_exception, 0x80131604},
    {&type_system_exception, 0x80131501},
};

int32_t exception_result(const struct type *type)
{
    for (; type; type = type->base)
        for (size_t i = 0; i < sizeof results / sizeof *results; i++)
            if (results[i].type == type)
                return (int32_t)results[i].number;
    return (int32_t)0x80131500;
}

// --- Known from the record
// ------------------------------------------------------------------------------------------

// SessionStateCategory by the beginning of the id.
static int64_t category_of(const char *id)
{
    static const struct {
        const char *start;
        int number;
    } rows[] = {{"Variable", 0}, {"Alias", 1},    {"Function", 2},
                {"Filter", 3},   {"Provider", 5}, {"Command", 7}};
    enum { DRIVE = 4 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strncmp(id, rows[i].start, strlen(rows[i].start)))
            return rows[i].number;
    return DRIVE;
}

static bool name_fact(struct interp *in, const struct error_record *record, const char *fact)
{
    value name;
    if (!value_to_string(in, record->target, &name))
        return false;
    bool ok = exception_fact(in, record->exception, fact, name);
    return value_drop(name), ok;
}

bool exception_facts(struct interp *in, struct error_record *record)
{
    const value exception = record->exception;
    if (value_is_type(exception, &type_command_missing_exception))
        return name_fact(in, record, "CommandName");
    if (!value_is_type(exception, &type_session_state_exception))
        return true;
    value category = enum_value(&type_session_state_category, category_of(value_text(record->id)));
    return name_fact(in, record, "ItemName") &&
           exception_fact(in, exception, "SessionStateCategory", category);
}
