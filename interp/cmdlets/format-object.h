// interp/cmdlets/format-object.h: what the four Format-* commands have in common.
#ifndef INTERP_CMDLETS_FORMAT_OBJECT_H
#define INTERP_CMDLETS_FORMAT_OBJECT_H

#include "interp/eval/interp.h"
#include "interp/format/formatter.h"

// The parameters every one of them begins with; its own ones follow at FORMAT_OWN.
enum {
    FORMAT_PROPERTY,
    FORMAT_GROUP_BY,
    FORMAT_VIEW,
    FORMAT_SHOW_ERROR,
    FORMAT_DISPLAY_ERROR,
    FORMAT_FORCE,
    FORMAT_EXPAND,
    FORMAT_INPUT_OBJECT,
    FORMAT_OWN
};
#define FORMAT_PARAMS(property_type)                                                                         \
    {"Property", property_type, NULL, 0}, {"GroupBy", "object", NULL, PARAM_NAMED},                          \
        {"View", "string", NULL, PARAM_NAMED}, {"ShowError", "switch", NULL, PARAM_NAMED},                   \
        {"DisplayError", "switch", NULL, PARAM_NAMED}, {"Force", "switch", NULL, PARAM_NAMED},               \
        {"Expand", "string", NULL, PARAM_NAMED, .set_values = "CoreOnly|EnumOnly|Both"},                     \
    {                                                                                                        \
        "InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL                      \
    }

struct format_object { // state
    struct formatter formatter;
    struct expressions properties, group_by;
    bool open;
};

// Reads the common parameters into *request; `keys` are those that hashtables of -Property may have.
bool format_object_begin(struct command *cmd, struct format_request *request, unsigned keys);
bool format_object_process(struct command *cmd);
bool format_object_end(struct command *cmd);
void format_object_clean(struct command *cmd);

#endif
