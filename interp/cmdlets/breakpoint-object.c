// Breakpoints as objects, and what happens where one is met.
#include "interp/cmdlets/breakpoints.h"

#include <string.h>

#include "base/wildcard.h"
#include "interp/eval/block.h"
#include "interp/eval/state.h"
#include "interp/value/types.h"

#define GETTER(getter, made)                                                                                 \
    static bool getter(struct interp *in, value self, value *ret)                                            \
    {                                                                                                        \
        return (void)in, *ret = made, true;                                                                  \
    }
GETTER(get_id, value_int(BREAKPOINT(self)->id))
GETTER(get_hits, value_int(BREAKPOINT(self)->hits))
GETTER(get_enabled, value_bool(BREAKPOINT(self)->enabled))
GETTER(get_action, value_keep(BREAKPOINT(self)->action))
GETTER(get_command, value_keep(BREAKPOINT(self)->command))
GETTER(get_script, value_keep(BREAKPOINT(self)->script))

static const struct property properties[] = {{"Action", get_action, NULL}, {"Enabled", get_enabled, NULL},
                                             {"HitCount", get_hits, NULL}, {"Id", get_id, NULL},
                                             {"Script", get_script, NULL}, {0}};
static const struct property command_properties[] = {{"Command", get_command, NULL}, {0}};

static bool to_string(struct interp *in, value self, value *ret)
{
    const struct breakpoint *it = BREAKPOINT(self);
    bool placed = it->script.kind == V_STRING;
    return string_printf(in, ret, "Command breakpoint on '%s%s%s'", placed ? value_text(it->script) : "",
                         placed ? ":" : "", value_text(it->command));
}

static void release(struct object *object)
{
    struct breakpoint *it = (struct breakpoint *)object;
    value_drop(it->command);
    value_drop(it->script);
    value_drop(it->action);
}

const struct type type_breakpoint_array = {.name = "System.Management.Automation.Breakpoint[]",
                                           .base = &type_array,
                                           .type_code = 1,
                                           .element = &type_breakpoint};
const struct type type_breakpoint = {.name = "System.Management.Automation.Breakpoint",
                                     .base = &type_object,
                                     .type_code = 1,
                                     .properties = properties,
                                     .vector = &type_breakpoint_array};
const struct type type_command_breakpoint = {.name = "System.Management.Automation.CommandBreakpoint",
                                             .base = &type_breakpoint,
                                             .type_code = 1,
                                             .size = sizeof(struct breakpoint),
                                             .release = release,
                                             .to_string = to_string,
                                             .properties = command_properties};

// --- The session's list
// -------------------------------------------------------------------------------------------------------

size_t breakpoint_count(const struct interp *in)
{
    return in->eval->breakpoints.kind == V_LIST ? in->eval->breakpoints.array->count : 0;
}

value breakpoint_at(const struct interp *in, size_t at)
{
    return in->eval->breakpoints.array->items[at];
}

bool breakpoint_new(struct interp *in, value command, value script, value action, value *ret)
{
    value v;
    if (!object_new(in, &type_command_breakpoint, &v))
        return false;
    *BREAKPOINT(v) = (struct breakpoint){.head = BREAKPOINT(v)->head,
                                         .id = in->eval->breakpoint_ids + 1,
                                         .enabled = true,
                                         .command = value_keep(command),
                                         .script = value_keep(script),
                                         .action = value_keep(action)};
    if (!list_gather(in, &in->eval->breakpoints, v))
        return value_drop(v), false;
    in->eval->breakpoint_ids++;
    return *ret = v, true;
}

void breakpoint_drop(struct interp *in, const struct breakpoint *breakpoint)
{
    struct array *list = in->eval->breakpoints.array;
    for (size_t i = 0; i < breakpoint_count(in); i++) {
        value gone = list->items[i];
        if (BREAKPOINT(gone) != breakpoint)
            continue;
        memmove(list->items + i, list->items + i + 1, (--list->count - i) * sizeof(value));
        value_drop(gone);
        return;
    }
}

// --- Where one is met
// ---------------------------------------------------------------------------------------------------------

static bool fits(value pattern, const char *name, size_t size)
{
    return name && wildcard_match(value_text(pattern), pattern.string->size, name, size, true);
}

static bool called(const struct breakpoint *it, const struct stage *stage, value as)
{
    const char *name = stage->name.kind == V_STRING ? value_text(stage->name) : stage->cmd.name;
    return (as.kind == V_STRING && fits(it->command, value_text(as), as.string->size)) ||
           (name && *name && fits(it->command, name, strlen(name)));
}

// False: another script's; or thrown.
static bool is_there(struct interp *in, const struct breakpoint *it, const struct code *code)
{
    value path;
    if (it->script.kind != V_STRING)
        return true;
    if (!code || !code->source || !code->source->name || !script_path(in, code->source->name, &path))
        return false;
    bool same = !strcmp(value_text(path), value_text(it->script));
    return value_drop(path), same;
}

// What an action writes is nobody's; what it throws is remembered and no more, and neither is where it wants
// to go.
static bool act(struct interp *in, value breakpoint)
{
    value action = value_keep(BREAKPOINT(breakpoint)->action), written = value_null;
    bool success = in->success;
    in->eval->in_breakpoint = true;
    bool ok = block_call_scoped(in, action, breakpoint, &written);
    in->eval->in_breakpoint = false;
    in->success = success;
    value_drop(action);
    value_drop(ok ? written : value_null);
    if (ok || in->interrupted | *in->outer_interrupted)
        return ok;
    in->eval->flow = FLOW_NONE;
    if (in->thrown.kind == V_ERROR && in->thrown.object == in->out_of_memory.object)
        return false;
    if (in->thrown.kind == V_ERROR)
        error_remember(in, in->thrown);
    return value_set(&in->thrown, value_null), true;
}

bool breakpoints_meet(struct stage *stage, value as)
{
    struct interp *in = stage->cmd.in;
    bool ok = true;
    for (size_t i = 0; ok && !in->eval->in_breakpoint && i < breakpoint_count(in); i++) {
        value v = value_keep(breakpoint_at(in, i));
        struct breakpoint *it = BREAKPOINT(v);
        if (it->enabled && called(it, stage, as) && is_there(in, it, stage->code)) {
            it->hits++;
            ok = it->action.kind != V_SCRIPTBLOCK || act(in, v);
        }
        value_drop(v);
    }
    value_drop(as);
    return ok && in->thrown.kind != V_ERROR;
}
