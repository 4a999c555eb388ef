#include <string.h>

#include "interp/cmdlets/random.h"
#include "interp/eval/interp.h"
#include "interp/value/types.h"

enum { EMPTY, INPUT_OBJECT };

static const char *const sets[] = {"Default", "Empty", "InputObject", NULL};
static const struct param params[] = {
    {"Empty", "switch", NULL, PARAM_NAMED, 0, 2},
    {"InputObject", "string", NULL, 0, PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, 4},
    {0},
};

static bool from_text(struct command *cmd)
{
    value guid;
    if (value_convert(cmd->in, cmd->arg[INPUT_OBJECT], &type_guid, &guid))
        return cmd_take(cmd, guid);
    value_set(&cmd->in->thrown, value_null);
    return cmd_error(cmd, "StringNotRecognizedAsGuid", CAT_InvalidArgument, cmd->arg[INPUT_OBJECT],
                     "'%s' is not a GUID.", value_text(cmd->arg[INPUT_OBJECT]));
}

static bool process(struct command *cmd)
{
    value guid;
    if (cmd_bound(cmd, INPUT_OBJECT))
        return from_text(cmd);
    if (!object_new(cmd->in, &type_guid, &guid))
        return false;
    uint8_t *bytes = ((struct guid *)guid.object)->bytes;
    if (!cmd_switch(cmd, EMPTY)) {
        if (!random_bytes(bytes, 16)) {
            value_drop(guid);
            return cmd_throw(cmd, "NoRandomness", CAT_ResourceUnavailable, value_null,
                             "The kernel gives no random bytes.");
        }
        bytes[6] = (uint8_t)((bytes[6] & 0x0F) | 0x40); // version 4, random
        bytes[8] = (uint8_t)((bytes[8] & 0x3F) | 0x80);
    }
    return cmd_take(cmd, guid);
}

const struct cmdlet cmdlet_new_guid = {.params = params, .sets = sets, .process = process};
