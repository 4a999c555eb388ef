#include "interp/eval/interp.h"
#include "interp/eval/scope.h"
#include "interp/format/expression.h"
#include "interp/value/method.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

enum where_operator {
#define WHERE(id, name, alias, set, token) WHERE_##id,
#include "interp/cmdlets/where.def"
#undef WHERE
    WHERE_OPERATORS
};

enum { INPUT_OBJECT, FILTER_SCRIPT, PROPERTY, VALUE, OPERATOR, IS = OPERATOR + WHERE_OPERATORS, IS_NOT, NOT };
#define SET_OF(number) (1u << (number))
#define SET_IS SET_OF(WHERE_OPERATORS)
#define SET_IS_NOT SET_OF(WHERE_OPERATORS + 1)
#define SET_NOT SET_OF(WHERE_OPERATORS + 2)
#define SET_SCRIPT SET_OF(WHERE_OPERATORS + 3)

static const char *const sets[] = {
#define WHERE(id, name, alias, set, token) set,
#include "interp/cmdlets/where.def"
#undef WHERE
    "IsSet", "IsNotSet", "Not", "ScriptBlockSet", NULL,
};

// The first set is the default: -EQ may be left out, every other operator is what its set is about.
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"FilterScript", "scriptblock", NULL, 0, PARAM_MANDATORY, SET_SCRIPT},
    {"Property", "string", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY, ~SET_SCRIPT},
    {"Value", "object", NULL, 1, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY | PARAM_ALLOW_EMPTY_COLLECTION,
     ~(SET_SCRIPT | SET_NOT)},
#define WHERE(id, name, alias, set, token)                                                                   \
    {name, "switch", alias, PARAM_NAMED, WHERE_##id ? PARAM_MANDATORY : 0, SET_OF(WHERE_##id)},
#include "interp/cmdlets/where.def"
#undef WHERE
    {"Is", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_IS},
    {"IsNot", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_IS_NOT},
    {"Not", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_NOT},
    {0},
};

static const enum token_kind tokens[] = {
#define WHERE(id, name, alias, set, token) token,
#include "interp/cmdlets/where.def"
#undef WHERE
};

struct state {
    enum where_operator operator;
    value type;
};

static bool is_match(enum where_operator op)
{
    return op == WHERE_IMATCH || op == WHERE_CMATCH || op == WHERE_INOTMATCH || op == WHERE_CNOTMATCH;
}

static enum where_operator operator_of(const struct command *cmd)
{
    for (enum where_operator op = 0; op < WHERE_OPERATORS; op++)
        if (cmd_bound(cmd, OPERATOR + op))
            return op;
    return WHERE_OPERATORS;
}

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    state->operator= operator_of(cmd);
    const char *refusal = is_match(state->operator) ? mode_gate(cmd->in->mode, GATE_WHERE_MATCH) : NULL;
    if (refusal)
        return cmd_throw(cmd, refusal, CAT_InvalidOperation, value_null,
                         "This language mode matches no patterns here.");
    bool needs_value = state->operator!= WHERE_OPERATORS || cmd_bound(cmd, IS) || cmd_bound(cmd, IS_NOT);
    if (needs_value && !cmd_bound(cmd, VALUE))
        return cmd_throw(cmd, "ValueNotSpecifiedForWhereObject", CAT_InvalidArgument, value_null,
                         "The operator lacks the value to compare with.");
    return true;
}

// A type's name may stand in brackets, as it does in an expression.
static const struct type *type_meant(struct command *cmd, value named)
{
    if (named.kind != V_STRING)
        return NULL;
    const char *text = value_text(named);
    size_t size = named.string->size;
    if (size > 2 && text[0] == '[' && text[size - 1] == ']')
        text++, size -= 2;
    return type_find_in ? type_find_in(cmd->in, text, size) : type_find(text, size);
}

static bool compare(struct command *cmd, value left, bool *ret)
{
    struct state *state = cmd->state;
    value right = cmd->arg[VALUE], result;
    if (cmd_bound(cmd, NOT))
        return *ret = !value_truth(left), true;
    if (cmd_bound(cmd, IS) || cmd_bound(cmd, IS_NOT)) {
        const struct type *type = type_meant(cmd, right);
        if (type)
            right = (value){.kind = V_TYPE, .type = type};
        else if (right.kind == V_STRING)
            return cmd_throw(cmd, "InvalidCastFromStringToType", CAT_InvalidArgument, right,
                             "There is no such type.");
        if (!operate_is(cmd->in, left, right, &result))
            return false;
        *ret = value_truth(result) == cmd_bound(cmd, IS);
        return true;
    }
    if (state->operator== WHERE_OPERATORS) {
        if (!cmd_bound(cmd, VALUE))
            return *ret = value_truth(left), true;
        state->operator= WHERE_IEQ; // a value alone is compared
    }
    if (!operate_compare(cmd->in, tokens[state->operator], left, right, &result))
        return false;
    *ret = value_truth(result);
    value_drop(result);
    return true;
}

static bool property_fits(struct command *cmd, value v, bool *ret)
{
    value name = cmd->arg[PROPERTY], left = value_null;
    bool found = false;
    if (!value_is_null(v) && !member_get(cmd->in, v, value_text(name), name.string->size, &left, &found))
        return false;
    if (!value_is_null(v) && !found && scope_strict(cmd->in) > 1)
        return *ret = false, cmd_error(cmd, "PropertyNotFound", CAT_InvalidArgument, v,
                                       "The object has no property '%s'.", value_text(name));
    bool ok = compare(cmd, left, ret);
    value_drop(left);
    return ok;
}

static bool block_fits(struct command *cmd, value v, bool *ret)
{
    value result;
    if (!expression_call(cmd->in, cmd->arg[FILTER_SCRIPT], v, &result))
        return false;
    *ret = value_truth(result);
    value_drop(result);
    return true;
}

static bool process(struct command *cmd)
{
    value v = cmd->arg[INPUT_OBJECT];
    bool fits = false;
    if (!cmd_bound(cmd, INPUT_OBJECT) || v.kind == V_VOID)
        return true;
    bool ok = cmd_bound(cmd, FILTER_SCRIPT) ? block_fits(cmd, v, &fits) : property_fits(cmd, v, &fits);
    return ok && (!fits || cmd_write(cmd, v));
}

const struct cmdlet cmdlet_where_object = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
};
