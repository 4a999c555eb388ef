// interp/eval/function-info.h: functions and script files as objects: what Get-Command and MyCommand give.
#ifndef INTERP_FUNCTION_INFO_H
#define INTERP_FUNCTION_INFO_H

#include "interp/value/value.h"

struct function_info { // FunctionInfo, or ExternalScriptInfo where the name ends in .ps1
    struct object head;
    value name, block;
    value module; // PSModuleInfo, or $null
};
extern const struct type type_script_function __attribute__((weak)), type_script_filter __attribute__((weak)),
    type_external_script __attribute__((weak)); // jesh-full alone
#define FUNCTION_INFO(v) ((struct function_info *)(v).object)

static inline bool value_is_function_info(value v)
{
    return v.kind == V_OBJECT &&
           (v.object->type == &type_script_function || v.object->type == &type_script_filter ||
            v.object->type == &type_external_script);
}

bool function_info_new(struct interp *in, value name, value block, value module, value *ret)
    __attribute__((weak));
bool script_info_new(struct interp *in, value path, value text, value *ret)
    __attribute__((weak)); // of a file that says text

#endif
