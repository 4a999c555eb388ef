#include <string.h>

#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/secure.h"
#include "interp/value/types.h"

enum { STRING, SECURE_KEY, KEY, AS_PLAIN_TEXT, FORCE };

static const char *const sets[] = {"Secure", "PlainText", "Open", NULL};
static const struct param params[] = {
    {"String", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, 0},
    {"SecureKey", "securestring", NULL, 1, 0, 1},
    {"Key", "byte[]", NULL, PARAM_NAMED, 0, 4},
    {"AsPlainText", "switch", NULL, PARAM_NAMED, 0, 2},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 2},
    {0},
};

static int digit(char byte)
{
    static const char all[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = byte ? strchr(all, byte) : NULL;
    return at ? (int)(at - all) % 16 : -1;
}

// Four digits a UTF-16 unit, the low byte first. False: not that.
static bool read_unit(const char *text, uint32_t *ret)
{
    for (size_t i = 0; i < 4; i++)
        if (digit(text[i]) < 0)
            return false;
    *ret = (uint32_t)(digit(text[0]) << 4 | digit(text[1]) | digit(text[2]) << 12 | digit(text[3]) << 8);
    return true;
}

static bool read_digits(const struct string *text, struct buf *out)
{
    uint32_t unit, low;
    if (!text->size || text->size % 4)
        return false;
    for (size_t i = 0; i < text->size; i += 4) {
        if (!read_unit(text->text + i, &unit))
            return false;
        if (unit >> 10 == 0x36 && i + 4 < text->size && read_unit(text->text + i + 4, &low) &&
            low >> 10 == 0x37)
            unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff), i += 4;
        buf_add_codepoint(out, unit);
    }
    return true;
}

static bool give(struct command *cmd, value text)
{
    value secure;
    return secure_new(cmd->in, text, &secure) && cmd_take(cmd, secure);
}

static bool process(struct command *cmd)
{
    struct buf out = BUF_INIT;
    value text;
    if (cmd_bound(cmd, KEY) || cmd_bound(cmd, SECURE_KEY))
        return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, value_null,
                         "Texts are not encrypted with keys here.");
    if (cmd_switch(cmd, AS_PLAIN_TEXT))
        return give(cmd, cmd->arg[STRING]);
    if (cmd_bound(cmd, FORCE))
        return cmd_error(cmd, "ImportSecureString_InvalidArgument", CAT_InvalidArgument, value_null,
                         "-Force goes with -AsPlainText.");
    if (!read_digits(cmd->arg[STRING].string, &out)) {
        buf_free(&out);
        return cmd_error(cmd, "System.FormatException", CAT_NotSpecified, value_null,
                         "The text is not what ConvertFrom-SecureString gives.");
    }
    if (!string_new(cmd->in, buf_text(&out), out.size, &text))
        return buf_free(&out), false;
    buf_free(&out);
    bool ok = give(cmd, text);
    return value_drop(text), ok;
}

const struct cmdlet cmdlet_convertto_securestring = {.params = params, .sets = sets, .process = process};
