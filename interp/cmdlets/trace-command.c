// Trace-Command: no source of traces says anything here, so that what is left is the run itself.
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "interp/eval/block.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"
#include "interp/providers/path.h"

enum {
    INPUT_OBJECT,
    NAME,
    OPTION,
    EXPRESSION,
    COMMAND,
    ARGUMENTS,
    LISTENER,
    FILE_PATH,
    FORCE,
    DEBUGGER,
    HOST
};
enum { SET_EXPRESSION = 1, SET_COMMAND = 2 };

static const char *const sets[] = {"expressionSet", "commandSet", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE},
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY},
    {"Option", "System.Management.Automation.PSTraceSourceOptions", NULL, 2},
    {"Expression", "scriptblock", NULL, 1, PARAM_MANDATORY, SET_EXPRESSION},
    {"Command", "string", NULL, 1, PARAM_MANDATORY, SET_COMMAND},
    {"ArgumentList", "object[]", "Args", PARAM_NAMED, PARAM_REMAINING, SET_COMMAND},
    {"ListenerOption", "System.Diagnostics.TraceOptions", NULL, PARAM_NAMED},
    {"FilePath", "string", "PSPath Path", PARAM_NAMED},
    {"Force", "switch", NULL, PARAM_NAMED},
    {"Debugger", "switch", NULL, PARAM_NAMED},
    {"PSHost", "switch", NULL, PARAM_NAMED},
    {0},
};

struct state {
    value input; // LIST, or $null
};

// The file is there afterwards, with nothing in it.
static bool make_file(struct command *cmd)
{
    struct place place;
    bool found;
    if (!cmd_bound(cmd, FILE_PATH))
        return true;
    if (!place_of(cmd, value_text(cmd->arg[FILE_PATH]), PATH_LITERAL | PATH_NEW, &place, &found) || !found)
        return false;
    int fd = !place.provider->hierarchical
                 ? -1
                 : openat(AT_FDCWD, value_text(place.path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    place_drop(&place);
    if (fd < 0)
        return cmd_throw(cmd, "FileWriteIOError", CAT_WriteError, cmd->arg[FILE_PATH],
                         "'%s' cannot be written.", value_text(cmd->arg[FILE_PATH]));
    return close(fd), true;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    return !cmd_bound(cmd, INPUT_OBJECT) || list_gather(cmd->in, &state->input, cmd->arg[INPUT_OBJECT]);
}

static bool run_command(struct command *cmd, struct sink *out)
{
    static const char text[] = "param($c, $a) & $c @a", fed[] = "param($c, $a) $input | & $c @a";
    const struct state *state = cmd->state;
    const char *body = state->input.kind == V_LIST ? fed : text;
    value block, args[] = {cmd->arg[COMMAND], cmd_bound(cmd, ARGUMENTS) ? cmd->arg[ARGUMENTS] : value_null};
    if (!script_block(cmd->in, body, strlen(body), NULL, &block))
        return false;
    bool ok =
        block_invoke_fed(cmd->in, block, state->input, args, value_is_null(args[1]) ? 1 : 2, false, out);
    return value_drop(block), ok;
}

static bool end(struct command *cmd)
{
    const struct state *state = cmd->state;
    struct command_sink out = command_sink(cmd);
    if (!make_file(cmd))
        return false;
    return cmd_bound(cmd, COMMAND)
               ? run_command(cmd, &out.sink)
               : block_invoke_fed(cmd->in, cmd->arg[EXPRESSION], state->input, NULL, 0, true, &out.sink);
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->input);
}

const struct cmdlet cmdlet_trace_command = {.params = params,
                                            .sets = sets,
                                            .state_size = sizeof(struct state),
                                            .process = process,
                                            .end = end,
                                            .clean = clean};
