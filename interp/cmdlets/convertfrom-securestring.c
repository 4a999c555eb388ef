#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/secure.h"
#include "interp/value/types.h"

enum { SECURE_STRING, SECURE_KEY, AS_PLAIN_TEXT, KEY };

static const char *const sets[] = {"Secure", "AsPlainText", "Open", NULL};
static const struct param params[] = {
    {"SecureString", "securestring", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, 0},
    {"SecureKey", "securestring", NULL, 1, 0, 1},
    {"AsPlainText", "switch", NULL, PARAM_NAMED, 0, 2},
    {"Key", "byte[]", NULL, PARAM_NAMED, 0, 4},
    {0},
};

static bool process(struct command *cmd)
{
    struct buf out = BUF_INIT;
    value text = secure_text(cmd->arg[SECURE_STRING]), unit, digits;
    if (cmd_bound(cmd, KEY) || cmd_bound(cmd, SECURE_KEY))
        return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, value_null,
                         "Texts are not encrypted with keys here.");
    if (cmd_switch(cmd, AS_PLAIN_TEXT))
        return cmd_write(cmd, text);
    for (size_t i = 0; i < text.string->units; i++) {
        string_unit(text.string, i, &unit);
        buf_printf(&out, "%02x%02x", (unsigned)(unit.i & 0xff), (unsigned)(unit.i >> 8 & 0xff));
    }
    bool ok = string_new(cmd->in, buf_text(&out), out.size, &digits);
    buf_free(&out);
    return ok && cmd_take(cmd, digits);
}

const struct cmdlet cmdlet_convertfrom_securestring = {.params = params, .sets = sets, .process = process};
