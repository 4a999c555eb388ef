// interp/cmdlets/command-info.h: commands as objects, and their syntax as text.
#ifndef INTERP_CMDLETS_COMMAND_INFO_H
#define INTERP_CMDLETS_COMMAND_INFO_H

#include "base/buf.h"
#include "interp/eval/interp.h"

bool command_is_function(const struct visible_command *command); // what Get-Command calls it
bool command_info_new(struct interp *in, const struct visible_command *command, value *ret);

// The parameters that the session shows of a command: the limited ones of a proxy, else all.
const struct param *command_params(struct interp *in, const struct visible_command *command);

bool command_resolve(struct interp *in, value self, value name, value *ret); // the ParameterMetadata; throws

// One line for each parameter set: "Get-X [[-Name] <string[]>] [-Force] [<CommonParameters>]".
bool command_syntax(struct interp *in, const struct visible_command *command,
                    struct buf *out); // a line a set
// The same as Get-Command tells it, with empty lines.
bool command_definition(struct interp *in, const struct visible_command *command, struct buf *out);
void command_add_type(struct buf *out, const char *type); // "string[]", "Object", "CommandTypes"

const struct type *command_type(enum cmdlet_id id) __attribute__((weak)); // .NET's, behind it

#endif
