// interp/eval/text-command.h: text that a command runs, and script files as commands.
#ifndef INTERP_TEXT_COMMAND_H
#define INTERP_TEXT_COMMAND_H

#include "interp/eval/command.h"

// Runs text as the session's mode permits typed text; what it writes becomes the command's output. Where the
// mode or a syntax error refuses it, the id is that of the check, with the command's class if with_class.
bool cmd_run_text(struct command *cmd, const char *text, size_t size, const char *name, bool with_class);

extern const struct cmdlet cmdlet_script;                           // runs the file that script_set gave it
bool script_is_path(value name);                                    // written as a path to a .ps1 file
bool script_locate(struct interp *in, value name, value *ret_path); // false: there is none, or thrown
bool script_read(struct interp *in, value path,
                 value *ret_text); // false, nothing thrown: there is none to be seen
void script_set(struct command *cmd, value path, value text);

#endif
