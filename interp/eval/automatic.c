#include "interp/eval/host-object.h"
#include "interp/eval/names.h"
#include "interp/eval/state.h"
#include "interp/value/enum.h"

enum automatic_kind { TEXT, FLAG, NUMBER, NOTHING, ACTION, IMPACT, TABLE };

static const struct automatic {
    const char *name;
    enum automatic_kind kind;
    intptr_t number;
    unsigned options;
} rows[] = {
#define VARIABLE(name, kind, content, options) {name, kind, (intptr_t)(content), options},
#include "interp/eval/automatic.def"
#undef VARIABLE
};

static bool value_of(struct interp *in, const struct automatic *row, value *ret)
{
    *ret = value_null;
    switch (row->kind) {
    case TEXT:
        return string_text(in, (const char *)row->number, ret);
    case TABLE:
        return table_new(in, false, ret);
    case FLAG:
        *ret = value_bool(row->number);
        break;
    case NUMBER:
        *ret = value_int((int32_t)row->number);
        break;
    case ACTION:
        *ret = enum_value(&type_action_preference, row->number);
        break;
    case IMPACT:
        *ret = enum_value(&type_confirm_impact, row->number);
        break;
    case NOTHING:
        break;
    }
    return true;
}

static bool set(struct interp *in, const char *name, value v, unsigned options)
{
    struct variable *variable;
    if (!variable_make(in, name, NULL, &variable))
        return false;
    value_set(variable->at, v);
    variable->options = options;
    return true;
}

static bool set_text(struct interp *in, const char *name, const char *text)
{
    value v;
    if (!string_text(in, text ? text : "", &v))
        return false;
    bool ok = set(in, name, v, OPTION_READONLY | OPTION_ALLSCOPE);
    value_drop(v);
    return ok;
}

static bool set_object(struct interp *in, const char *name, bool (*make)(struct interp *in, value *ret))
{
    value v;
    if (!make)
        return true;
    if (!make(in, &v))
        return false;
    bool ok = set(in, name, v, OPTION_CONSTANT | OPTION_ALLSCOPE);
    return value_drop(v), ok;
}

bool automatic_variables(struct interp *in)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        value v;
        if (!value_of(in, &rows[i], &v))
            return false;
        bool ok = set(in, rows[i].name, v, rows[i].options);
        value_drop(v);
        if (!ok)
            return false;
    }
    return set_text(in, "HOME", in->session->home) && set(in, "Error", in->errors, OPTION_CONSTANT) &&
           set_object(in, "Host", host_object_new) && (!engine_variables || engine_variables(in));
}
