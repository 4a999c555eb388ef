// Types are compiled or loaded nowhere in jesh; what only names a library that PowerShell has anyway does
// nothing.
#include "interp/eval/interp.h"

enum {
    TYPE_DEFINITION,
    NAME,
    MEMBER_DEFINITION,
    NAMESPACE,
    USING_NAMESPACE,
    PATH,
    LITERAL_PATH,
    ASSEMBLY_NAME,
    LANGUAGE,
    REFERENCED,
    OUTPUT_ASSEMBLY,
    OUTPUT_TYPE,
    PASS_THRU,
    IGNORE_WARNINGS,
    COMPILER_OPTIONS
};
enum {
    SET_SOURCE = 1,
    SET_MEMBER = 2,
    SET_PATH = 4,
    SET_LITERAL = 8,
    SET_ASSEMBLY = 16,
    SET_CODE = SET_SOURCE | SET_MEMBER
};

static const char *const sets[] = {"FromSource",      "FromMember",       "FromPath",
                                   "FromLiteralPath", "FromAssemblyName", NULL};
static const struct param params[] = {
    {"TypeDefinition", "string", NULL, 0, PARAM_MANDATORY | PARAM_TRUSTED, SET_SOURCE},
    {"Name", "string", NULL, 0, PARAM_MANDATORY | PARAM_TRUSTED, SET_MEMBER},
    {"MemberDefinition", "string[]", NULL, 1, PARAM_MANDATORY | PARAM_TRUSTED, SET_MEMBER},
    {"Namespace", "string", "NS", PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, SET_MEMBER},
    {"UsingNamespace", "string[]", "Using", PARAM_NAMED, 0, SET_MEMBER},
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_TRUSTED, SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_TRUSTED, SET_LITERAL},
    {"AssemblyName", "string[]", "AN", PARAM_NAMED, PARAM_MANDATORY | PARAM_TRUSTED, SET_ASSEMBLY},
    {"Language", "string", NULL, PARAM_NAMED, 0, SET_CODE},
    {"ReferencedAssemblies", "string[]", "RA", PARAM_NAMED, 0, SET_CODE | SET_PATH | SET_LITERAL},
    {"OutputAssembly", "string", "OA", PARAM_NAMED, 0, SET_CODE | SET_PATH | SET_LITERAL},
    {"OutputType", "string", "OT", PARAM_NAMED, 0, SET_CODE | SET_PATH | SET_LITERAL},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"IgnoreWarnings", "switch", NULL, PARAM_NAMED, 0, SET_CODE},
    {"CompilerOptions", "string[]", NULL, PARAM_NAMED, 0, SET_CODE | SET_PATH | SET_LITERAL},
    {0},
};

static bool process(struct command *cmd)
{
    const char *refusal = mode_gate(cmd->in->mode, GATE_ADD_TYPE);
    if (refusal)
        return cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null,
                         "This language mode defines no types.");
    if (cmd_bound(cmd, ASSEMBLY_NAME))
        return true;
    return cmd_throw(cmd, "COMPILER_ERRORS", CAT_NotImplemented, value_null,
                     "Types of .NET cannot be made here: use a PowerShell class.");
}

const struct cmdlet cmdlet_add_type = {.params = params, .sets = sets, .process = process};
