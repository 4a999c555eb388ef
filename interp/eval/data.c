// data sections while they run: what they may call, and the mode inside. jesh-full alone.
#include "interp/eval/data.h"

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/value/ast-object.h"

enum { MOST_COMMANDS = 64 };

// Not told with the text's own errors: the text has passed.
static bool refuse(struct interp *in, struct source *source)
{
    const struct parse_error *first = source->errors;
    throw_error(in, first->id, CAT_ParserError, value_null, "%s", first->text ? first->text : first->id);
    error_place(in->thrown, &(struct code){.source = source}, first->start);
    if (in->thrown.object != in->out_of_memory.object && parse_exception_set)
        parse_exception_set(in, in->thrown, source, false);
    return false;
}

static bool check(struct interp *in, const struct scriptblock *body, const struct mode_allow *allow)
{
    struct source *source = body->source;
    struct parse_error *errors = source->errors;
    size_t count = source->error_count, capacity = source->error_capacity;
    source->error_count = 0;
    bool ok = mode_check_restricted(source, body->node, allow) || refuse(in, source);
    source->errors = errors;
    source->error_count = count;
    source->error_capacity = capacity;
    return ok;
}

static bool check_names(struct interp *in, const struct scriptblock *body, const value *names, size_t count)
{
    const char *commands[MOST_COMMANDS + 1] = {"ConvertFrom-StringData"};
    value texts[MOST_COMMANDS];
    size_t done = 0;
    while (done < count && done < MOST_COMMANDS && value_to_string(in, names[done], &texts[done])) {
        commands[done + 1] = value_text(texts[done]);
        done++;
    }
    struct mode_allow allow = {.commands = commands, .command_count = done + 1};
    bool ok = value_is_null(in->thrown) && check(in, body, &allow);
    while (done)
        value_drop(texts[--done]);
    return ok;
}

// --- The same check, asked for by a program
// ---------------------------------------------------------------------------------------

struct names {
    const char *at[MOST_COMMANDS];
    value texts[MOST_COMMANDS];
    size_t count;
};

static bool read_names(struct interp *in, value list, struct names *ret)
{
    ret->count = 0;
    for (size_t i = 0; value_enumerable(list) && i < list.array->count && i < MOST_COMMANDS; i++) {
        if (!value_to_string(in, list.array->items[i], &ret->texts[i]))
            return false;
        ret->at[ret->count++] = value_text(ret->texts[i]);
    }
    return true;
}

static void drop_names(struct names *names)
{
    while (names->count)
        value_drop(names->texts[--names->count]);
}

bool data_check(struct interp *in, const struct scriptblock *block, value commands, value variables, bool environment)
{
    struct names called = {.count = 0}, read = {.count = 0};
    bool ok = read_names(in, commands, &called) && read_names(in, variables, &read);
    struct mode_allow allow = {.commands = value_is_null(commands) ? NULL : called.at,
                               .command_count = called.count,
                               .variables = value_is_null(variables) ? NULL : read.at,
                               .variable_count = read.count,
                               .environment = environment};
    ok = ok && check(in, block, &allow);
    drop_names(&called);
    drop_names(&read);
    return ok;
}

bool data_commands(struct interp *in, const struct scriptblock *body, const value *names, size_t count, bool checked)
{
    const char *refusal = mode_gate(in->mode, GATE_DATA_COMMANDS);
    if (refusal)
        return throw_error(in, refusal, CAT_ParserError, value_null,
                           "%s lets a data section call nothing but ConvertFrom-StringData.", mode_name(in->mode));
    return checked || check_names(in, body, names, count);
}

void data_enter(struct interp *in, value *ret_outer)
{
    value_set(ret_outer, value_int((int32_t)in->mode));
    in->mode = mode_narrower(in->mode, MODE_RESTRICTED);
}

void data_leave(struct interp *in, value outer)
{
    if (outer.kind == V_I32)
        in->mode = (enum language_mode)outer.i;
}
