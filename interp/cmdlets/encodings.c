#include "interp/cmdlets/encodings.h"

static bool transform(struct interp *in, value v, value *ret)
{
    enum encoding encoding;
    (void)in;
    if (value_is_null(v) || !encoding_from(v, &encoding))
        return value_is_null(v) ? *ret = value_null, true : false;
    return *ret = value_keep(v), true;
}

const struct param_rule encoding_rule = {transform};

bool encoding_param(struct command *cmd, unsigned param, enum encoding *ret_encoding)
{
    *ret_encoding = ENCODING_UTF8;
    if (!cmd_bound(cmd, param) || encoding_from(cmd->arg[param], ret_encoding))
        return true;
    return cmd_throw(
        cmd, "ParameterArgumentTransformationError", CAT_InvalidData, cmd->arg[param],
        "-Encoding takes utf8, utf8BOM, ascii, latin1, unicode, bigendianunicode, utf32 or a code page.");
}
