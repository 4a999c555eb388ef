// A call of a script block: as a stage of a pipeline, or straight from a command.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/dynamic.h"
#include "interp/eval/invocation.h"
#include "interp/eval/parameters.h"
#include "interp/value/enum.h"
#include "interp/value/objects.h"
#include "interp/value/types.h"

struct call {
    struct frame frame;
    struct scope scope;    // its own; unused where dotted
    struct scope *current; // where it runs
    struct scriptblock *block;
    const char *name;
    value saved[SCOPE_SPECIALS]; // dotted: what the scope had
    bool (*saved_make)(struct interp *in, struct scope *scope, enum special which, value *ret);
    void *saved_call;
    value input;  // LIST of what came before `end`, or $null
    value object; // of the process part that runs, borrowed; or VOID
    value first;  // ARRAY: what the parameters are where no object says otherwise; or $null
    value matches;
    value cmdlet; // $PSCmdlet, once somebody asked for it
    bool dotted, open;
    bool left; // by exit
};

struct stage_sink {
    struct sink sink;
    struct stage *stage;
};

static bool put(struct sink *sink, struct interp *in, value v)
{
    (void)in;
    return stage_output(((struct stage_sink *)sink)->stage, v);
}

static struct call *call_of(const struct command *cmd)
{
    return cmd->state;
}

// --- Specials
// ----------------------------------------------------------------------------------------------------

static bool bound_parameters(struct interp *in, const struct stage *stage, value *ret)
{
    if (!table_new(in, false, ret))
        return false;
    ret->object->type = &type_bound_parameters;
    for (size_t i = 0; i < stage->ordered; i++) {
        size_t at = stage->order[i];
        value v = at < OWN_PARAMETERS ? stage->bound_args[at] : stage->common[at - OWN_PARAMETERS];
        if (!table_set_text(in, ret->table, bind_param(stage, at)->name, v))
            return false;
    }
    return true;
}

static bool scope_bound(struct interp *in, struct scope *scope, value *ret)
{
    value *bound = &scope->special[SPECIAL_BOUND];
    if (value_is_lazy(*bound) && !bound_parameters(in, scope->call, bound))
        return false;
    return *ret = *bound, true;
}

static bool scope_invocation(struct interp *in, struct scope *scope, value *ret)
{
    value *invocation = &scope->special[SPECIAL_INVOCATION], bound;
    const struct call *call = call_of(&((const struct stage *)scope->call)->cmd);
    if (!scope_bound(in, scope, &bound))
        return false;
    if (value_is_lazy(*invocation) &&
        !invocation_new(in, scope->call, scope, (value){.kind = V_SCRIPTBLOCK, .scriptblock = call->block},
                        bound, invocation))
        return false;
    return *ret = *invocation, true;
}

bool call_invocation(struct interp *in, const struct stage *stage, value *ret)
{
    value v;
    return scope_invocation(in, call_of(&stage->cmd)->current, &v) && (*ret = value_keep(v), true);
}

static bool scope_place(struct interp *in, struct scope *scope)
{
    const struct call *call = call_of(&((const struct stage *)scope->call)->cmd);
    return script_place(in, scope, call->block->source->name);
}

static bool new_cmdlet(struct interp *in, struct stage *stage, value invocation, value *ret)
{
    if (!cmdlet_object_new(in, stage, invocation, ret))
        return false;
    value_set(&call_of(&stage->cmd)->cmdlet, *ret);
    return true;
}

// $input: the object at hand where there is a process part, else all; it is walked once.
static bool input_new(struct interp *in, const struct call *call, value *ret)
{
    if (!object_new(in, &type_input_enumerator, ret))
        return false;
    value *at = ((struct fields *)ret->object)->at;
    at[1] = value_int(-1);
    if (call->input.kind == V_LIST)
        return at[0] = value_keep(call->input), true;
    return array_from(in, &call->object, call->object.kind != V_VOID, &at[0]) || (value_drop(*ret), false);
}

static bool make_special(struct interp *in, struct scope *scope, enum special which, value *ret)
{
    value v = value_null;
    switch (which) {
    case SPECIAL_BOUND:
        return scope_bound(in, scope, &v);
    case SPECIAL_INVOCATION:
        return scope_invocation(in, scope, &v);
    case SPECIAL_CMDLET:
        return scope_invocation(in, scope, &v) && new_cmdlet(in, scope->call, v, ret);
    case SPECIAL_ROOT:
    case SPECIAL_PATH:
        return scope_place(in, scope) && (*ret = scope->special[which], true);
    case SPECIAL_INPUT:
        if (((const struct stage *)scope->call)->takes_host_input)
            return host_input(in, ret);
        return input_new(in, call_of(&((const struct stage *)scope->call)->cmd), ret);
    default:
        return array_new(in, 0, ret);
    }
}

static void set_special(struct call *call, enum special which, value v)
{
    value_set(&call->current->special[which], v);
}

// --- Entering and leaving
// ----------------------------------------------------------------------------------------

// exit ends the file that says it; who called it goes on and finds the status.
static bool leave_script(struct command *cmd)
{
    struct interp *in = cmd->in;
    int status = in->exit_code;
    in->eval->flow = FLOW_NONE;
    in->exit_requested = false;
    in->exit_code = 0;
    call_of(cmd)->left = true;
    cmd->pipeline->failed |= status != 0;
    return interp_set_variable(in, "global:LASTEXITCODE", value_int(status));
}

static bool enter_to(struct command *cmd, enum code_entry entry, struct sink *out)
{
    struct call *call = call_of(cmd);
    struct interp *in = cmd->in;
    struct eval_state *eval = in->eval;
    struct entered outer;
    if (call->left)
        return true;
    const struct code *caller = eval->caller;
    const char *caller_name = eval->caller_name;
    uint32_t caller_offset = eval->caller_offset;
    state_enter(in, block_module(call->block), call->current, &outer);
    call->frame.stage = stage_of(cmd);
    eval->caller = stage_of(cmd)->code;
    eval->caller_offset = stage_of(cmd)->offset;
    eval->caller_name = cmd->name;
    struct modes modes = block_enter_mode(in, call->block, false);
    bool ok = frame_enter(&call->frame, entry, out);
    block_leave_mode(in, modes);
    eval->caller = caller;
    eval->caller_offset = caller_offset;
    eval->caller_name = caller_name;
    state_leave(in, &outer);
    return ok || (stage_of(cmd)->script && eval->flow == FLOW_EXIT && !in->exit_asked && leave_script(cmd));
}

static bool enter(struct command *cmd, enum code_entry entry)
{
    struct stage_sink out = {{put}, stage_of(cmd)};
    return enter_to(cmd, entry, &out.sink);
}

static void take_parameters(struct command *cmd)
{
    struct call *call = call_of(cmd);
    const struct stage *stage = stage_of(cmd);
    const struct signature *signature = call->block->signature;
    for (size_t i = 0; i < signature->count; i++) {
        bool has = signature->nodes[i]->kids[PARAM_DEFAULT] != NULL;
        value v = bind_is_bound(stage, i) ? stage->bound_args[i] : has ? value_unset : signature->missing[i];
        value_set(&call->frame.registers[i], v);
    }
}

// What this object bound; the others are as they were at first.
static void take_input(struct command *cmd)
{
    const struct stage *stage = stage_of(cmd);
    struct call *call = call_of(cmd);
    for (size_t i = 0; i < call->block->signature->count; i++) {
        bool by_input = stage->meta->params[i].flags & (PARAM_PIPELINE | PARAM_PROPERTY) &&
                        (!(stage->line_bound >> i & 1) || stage->delayed >> i & 1);
        if (by_input)
            value_set(&call->frame.registers[i],
                      bind_is_bound(stage, i) ? stage->bound_args[i] : call->first.array->items[i]);
    }
}

// Common parameters hold for everything that is called from here: as local preference variables.
static bool take_preferences(struct command *cmd)
{
    static const struct {
        enum common_parameter parameter;
        const char *variable;
    } rows[] = {{COMMON_VERBOSE, "VerbosePreference"},
                {COMMON_DEBUG, "DebugPreference"},
                {COMMON_ERROR_ACTION, "ErrorActionPreference"},
                {COMMON_WARNING_ACTION, "WarningPreference"},
                {COMMON_INFORMATION_ACTION, "InformationPreference"},
                {COMMON_PROGRESS_ACTION, "ProgressPreference"},
                {COMMON_WHAT_IF, "WhatIfPreference"},
                {COMMON_CONFIRM, "ConfirmPreference"}};
    const struct stage *stage = stage_of(cmd);
    struct scope *outer = cmd->in->scope;
    bool ok = true;
    cmd->in->scope = call_of(cmd)->current;
    for (size_t i = 0; ok && i < sizeof rows / sizeof *rows; i++) {
        value v = stage->common[rows[i].parameter];
        if (!(stage->common_bound >> rows[i].parameter & 1))
            continue;
        if (v.kind == V_SWITCH && rows[i].parameter == COMMON_CONFIRM)
            v = enum_value(&type_confirm_impact, v.b ? 1 : 0);
        else if (v.kind == V_SWITCH && rows[i].parameter != COMMON_WHAT_IF)
            v = enum_value(&type_action_preference, v.b ? ACTION_CONTINUE : ACTION_SILENT);
        ok = interp_set_variable(cmd->in, rows[i].variable, v);
    }
    cmd->in->scope = outer;
    return ok;
}

static bool warn_of_obsolete(struct stage *stage)
{
    for (size_t i = 0; i < stage->ordered; i++) {
        const struct param *param = bind_param(stage, stage->order[i]);
        if (param->more && param->more->obsolete && !bind_warn(stage, param))
            return false;
    }
    return true;
}

static bool begin(struct command *cmd)
{
    struct call *call = call_of(cmd);
    take_parameters(cmd);
    if (!warn_of_obsolete(stage_of(cmd)))
        return false;
    if (stage_of(cmd)->dynamic)
        dynamic_publish(stage_of(cmd));
    if (stage_of(cmd)->common_bound && !take_preferences(cmd))
        return false;
    if (!enter(cmd, ENTRY_DEFAULTS))
        return false;
    const struct meta *meta = stage_of(cmd)->meta;
    if (meta->takes_input &&
        !array_from(cmd->in, call->frame.registers, call->block->signature->count, &call->first))
        return false;
    return enter(cmd, ENTRY_BEGIN);
}

// The part runs before the rest is bound; what it sees of the parameters is what the command line named.
bool block_dynamic(struct stage *stage, value *ret)
{
    struct command *cmd = &stage->cmd;
    struct call *call = call_of(cmd);
    const struct signature *signature = call->block->signature;
    struct collector found;
    collector_start(&found);
    for (size_t i = 0; i < signature->count; i++)
        value_set(&call->frame.registers[i],
                  bind_is_bound(stage, i) ? stage->bound_args[i] : signature->missing[i]);
    bool ok = enter_to(cmd, ENTRY_DYNAMIC, &found.sink);
    set_special(call, SPECIAL_BOUND, value_lazy); // what is bound is more by then
    set_special(call, SPECIAL_INVOCATION, value_lazy);
    set_special(call, SPECIAL_CMDLET, value_lazy);
    if (!ok)
        return value_drop(found.list), false;
    return collector_take(&found, cmd->in, ret);
}

static bool keep_input(struct command *cmd)
{
    struct call *call = call_of(cmd);
    return !cmd->expects_input || list_gather(cmd->in, &call->input, stage_of(cmd)->input);
}

static bool process(struct command *cmd)
{
    struct call *call = call_of(cmd);
    struct stage *stage = stage_of(cmd);
    if (stage->meta->takes_input && cmd->expects_input) {
        take_input(cmd);
        set_special(call, SPECIAL_BOUND, value_lazy);
    }
    if (call->frame.code->entries[ENTRY_PROCESS] == NO_ENTRY)
        return keep_input(cmd);
    call->object = cmd->expects_input ? stage->input : value_void;
    set_special(call, SPECIAL_INPUT, value_lazy);
    set_special(call, SPECIAL_UNDERSCORE, cmd->expects_input ? stage->input : value_null);
    bool ok = enter(cmd, ENTRY_PROCESS);
    return call->object = value_void, ok;
}

static bool end(struct command *cmd)
{
    struct call *call = call_of(cmd);
    set_special(call, SPECIAL_INPUT, value_lazy);
    return enter(cmd, ENTRY_MAIN);
}

// What clean writes goes nowhere; what it throws is told and ends nothing.
static void run_clean(struct command *cmd)
{
    struct call *call = call_of(cmd);
    struct interp *in = cmd->in;
    struct entered outer;
    struct sink nowhere = {sink_put_nowhere};
    state_enter(in, block_module(call->block), call->current, &outer);
    struct modes modes = block_enter_mode(in, call->block, false);
    call->frame.cleaning = true;
    bool ok = frame_enter(&call->frame, ENTRY_CLEAN, &nowhere);
    block_leave_mode(in, modes);
    if (!ok && in->thrown.kind == V_ERROR) {
        in->thrown.error->recorded |= in->thrown.error->call != NULL;
        cmd->pipeline->failed = true;
        error_report_thrown(in, call->frame.code, 0);
    }
    state_leave(in, &outer);
}

void block_clean(struct stage *stage)
{
    if (stage->block && stage->began && stage->cmd.state && call_of(&stage->cmd)->open)
        run_clean(&stage->cmd);
}

static void restore(struct call *call)
{
    for (size_t i = 0; i < SCOPE_SPECIALS; i++) {
        value_set(&call->current->special[i], call->saved[i]);
        value_drop(call->saved[i]);
    }
    call->current->make_special = call->saved_make;
    call->current->call = call->saved_call;
}

static void clean(struct command *cmd)
{
    struct call *call = call_of(cmd);
    if (call->open) {
        if (!call->dotted)
            scope_end(cmd->in, &call->scope);
        frame_close(&call->frame);
    } else if (!call->dotted)
        scope_end(cmd->in, &call->scope);
    cmdlet_object_end(call->cmdlet);
    value_drop(call->cmdlet);
    if (call->dotted)
        restore(call);
    value_drop(call->input);
    value_drop(call->first);
    value_set(&cmd->in->matches, call->matches);
    value_drop(call->matches);
}

static bool open_frame(struct interp *in, const struct code *code, struct frame *frame)
{
    bool relays = in->eval->relays;
    in->eval->relays = false;
    if (!code || !frame_open(frame, in, code))
        return false;
    return frame->relays = relays, true;
}

// Frames are taken in the order of the stages, before any of them runs: they are a stack.
static bool take_frame(struct stage *stage)
{
    struct call *call = stage->cmd.state;
    const struct code *code = block_code(stage->cmd.in, call->block, !call->dotted);
    if (!open_frame(stage->cmd.in, code, &call->frame))
        return false;
    call->open = true;
    if (call->dotted)
        return true;
    call->scope.code = code;
    call->scope.slots = call->frame.registers;
    return true;
}

static void start(struct stage *stage, struct scriptblock *block, bool dotted)
{
    struct call *call = stage->cmd.state;
    struct interp *in = stage->cmd.in;
    call->block = block;
    call->object = value_void;
    call->dotted = dotted;
    call->matches = value_keep(in->matches);
    struct scope *outer = state_scope(in, block_module(block));
    call->current = dotted ? outer : &call->scope;
    if (!dotted)
        scope_start(&call->scope, outer);
    for (size_t i = 0; dotted && i < SCOPE_SPECIALS; i++)
        call->saved[i] = value_keep(outer->special[i]);
    value_set(&call->current->special[SPECIAL_ARGS], value_lazy);
    value_set(&call->current->special[SPECIAL_BOUND], value_lazy);
    value_set(&call->current->special[SPECIAL_INVOCATION], value_lazy);
    value_set(&call->current->special[SPECIAL_CMDLET], block->signature->advanced ? value_lazy : value_unset);
    value_set(&call->current->special[SPECIAL_INPUT], value_lazy);
    if (block->source->name) { // what $PSScriptRoot says is the file that the block stands in
        value_set(&call->current->special[SPECIAL_ROOT], value_lazy);
        value_set(&call->current->special[SPECIAL_PATH], value_lazy);
    }
    call->saved_make = call->current->make_special;
    call->saved_call = call->current->call;
    call->current->make_special = make_special;
    call->current->call = stage;
}

// In the scope of a text of another mode a block would run with the variables of both.
static bool may_be_dotted(struct interp *in, const struct scriptblock *block)
{
    const char *refusal = mode_gate(in->mode, GATE_DOT_SOURCE);
    if (!refusal || block->mode == (uint8_t)in->mode || block_is_simple(block))
        return true;
    return throw_error(in, refusal, CAT_InvalidOperation, value_null,
                       "A block of another language mode is not dotted.");
}

bool block_open(struct stage *stage, struct pipeline *pipeline, size_t index, value v, const char *name,
                bool dotted)
{
    struct interp *in = pipeline->in;
    struct signature *signature = block_signature(in, v.scriptblock);
    stage->held = value_keep(v);
    if (dotted && !may_be_dotted(in, v.scriptblock))
        return false;
    if (!signature)
        return false;
    signature->cmdlet.state_size = sizeof(struct call);
    signature->cmdlet.begin = begin;
    signature->cmdlet.process = process;
    signature->cmdlet.end = end;
    signature->cmdlet.clean = clean;
    stage_start(stage, pipeline, index, &signature->cmdlet, name, "");
    stage->function = true;
    stage->bind_class = name;
    stage->block = true;
    stage->wants_input = stage->cmd.expects_input && signature->advanced;
    stage->meta = signature->meta;
    if (!stage_allocate(stage, in))
        return false;
    stage->has_dynamic = signature->advanced && v.scriptblock->node->kids[SB_DYNAMICPARAM];
    start(stage, v.scriptblock, dotted);
    return take_frame(stage);
}

struct scope *block_scope(struct stage *stage)
{
    return ((struct call *)stage->cmd.state)->current;
}

void block_give_args(struct stage *stage, value args)
{
    struct call *call = stage->cmd.state;
    set_special(call, SPECIAL_ARGS, args);
}

// --- From commands
// -----------------------------------------------------------------------------------------------

bool block_frame(struct interp *in, struct scriptblock *block, struct frame *frame)
{
    const struct code *code = block_code(in, block, false);
    if (!open_frame(in, code, frame))
        return false;
    const struct signature *signature = block->signature;
    for (size_t i = 0; i < code->parameters; i++)
        frame->registers[i] = !signature || signature->nodes[i]->kids[PARAM_DEFAULT]
                                  ? value_unset
                                  : value_keep(signature->missing[i]);
    frame->stage = in->eval->frame ? in->eval->frame->stage : NULL;
    return true;
}

static bool run_in_place(struct interp *in, struct scriptblock *block, struct sink *out)
{
    struct frame frame;
    if (!block_frame(in, block, &frame))
        return false;
    struct modes modes = block_enter_mode(in, block, true);
    bool ok = frame_enter(&frame, ENTRY_DEFAULTS, out) && frame_enter(&frame, ENTRY_BEGIN, out) &&
              frame_enter(&frame, ENTRY_PROCESS, out) && frame_enter(&frame, ENTRY_MAIN, out);
    block_leave_mode(in, modes);
    frame_close(&frame);
    return ok;
}

bool block_run(struct interp *in, value v, value self, struct sink *out)
{
    struct scriptblock *block = value_keep(v).scriptblock;
    struct scope *scope = state_scope(in, block_module(block));
    struct entered outer;
    value old = scope->special[SPECIAL_UNDERSCORE], args = scope->special[SPECIAL_ARGS];
    bool (*make)(struct interp *, struct scope *, enum special, value *) = scope->make_special;
    scope->special[SPECIAL_UNDERSCORE] = value_keep(self);
    scope->special[SPECIAL_ARGS] = value_lazy;
    scope->make_special = make_special;
    state_enter(in, block_module(block), scope, &outer);
    bool ok = run_in_place(in, block, out);
    state_leave(in, &outer);
    value_drop(scope->special[SPECIAL_UNDERSCORE]);
    value_drop(scope->special[SPECIAL_ARGS]);
    scope->special[SPECIAL_UNDERSCORE] = old;
    scope->special[SPECIAL_ARGS] = args;
    scope->make_special = make;
    value_drop(v);
    return ok;
}

bool block_call(struct interp *in, value block, value self, value *ret)
{
    struct collector found;
    collector_start(&found);
    if (!block_run(in, block, self, &found.sink))
        return value_drop(found.list), false;
    if (!collector_take(&found, in, ret))
        return false;
    if (ret->kind == V_VOID)
        *ret = value_null;
    return true;
}

struct method_caller method_caller_enter(struct interp *in)
{
    struct eval_state *eval = in->eval;
    const struct frame *frame = eval->frame;
    struct method_caller outer = {eval->caller, eval->caller_offset, eval->caller_name};
    if (!frame || frame->pc >= frame->code->count)
        return outer;
    eval->caller = frame->code;
    eval->caller_offset = frame->code->offsets[frame->pc];
    eval->caller_name = "";
    return outer;
}

void method_caller_leave(struct interp *in, struct method_caller outer)
{
    in->eval->caller = outer.code;
    in->eval->caller_offset = outer.offset;
    in->eval->caller_name = outer.name;
}

static bool invoke(struct interp *in, value block, value name, value input, const value *args, size_t count,
                   bool dotted, struct sink *out)
{
    const struct frame *frame = in->eval->frame; // where the statement stands that asks
    struct stage stage = {.code = frame ? frame->code : in->eval->caller,
                          .offset = frame ? frame->code->offsets[frame->pc] : in->eval->caller_offset,
                          .name = value_keep(name)};
    const char *text = name.kind == V_STRING ? value_text(name) : "";
    struct pipeline pipeline = {.in = in, .stages = &stage, .count = 1, .out = out, .scope = in->scope};
    bool ok = block_open(&stage, &pipeline, 0, block, text, dotted);
    if (ok && !value_is_null(input))
        value_set(&call_of(&stage.cmd)->input, input); // all of it is $input, and nothing comes one by one
    ok = ok && bind_in_order(&stage, args, count) && pipeline_run(&pipeline);
    pipeline_close(&pipeline);
    return ok;
}

bool block_invoke(struct interp *in, value block, const value *args, size_t count, bool dotted,
                  struct sink *out)
{
    return block_invoke_as(in, block, value_null, args, count, dotted, out);
}

bool block_invoke_as(struct interp *in, value block, value name, const value *args, size_t count, bool dotted,
                     struct sink *out)
{
    return invoke(in, block, name, value_null, args, count, dotted, out);
}

bool block_invoke_fed(struct interp *in, value block, value input, const value *args, size_t count,
                      bool dotted, struct sink *out)
{
    return invoke(in, block, value_null, input, args, count, dotted, out);
}

bool block_invoke_relayed(struct interp *in, value block, const value *args, size_t count, struct sink *out)
{
    in->eval->relays = true;
    bool ok = block_invoke(in, block, args, count, false, out);
    in->eval->relays = false; // where no frame was opened
    return ok;
}

static bool collect_relayed(struct interp *in, value block, const value *args, size_t count, value *ret)
{
    struct collector found;
    collector_start(&found);
    if (!block_invoke_relayed(in, block, args, count, &found.sink))
        return value_drop(found.list), false;
    return collector_take(&found, in, ret);
}

bool block_collect(struct interp *in, value block, const value *args, size_t count, bool dotted, value *ret)
{
    struct collector found;
    collector_start(&found);
    if (!block_invoke(in, block, args, count, dotted, &found.sink))
        return value_drop(found.list), false;
    return collector_take(&found, in, ret);
}

static bool call_with(struct interp *in, enum special which, value self, value block, const value *args,
                      size_t count, bool relayed, value *ret)
{
    struct scope *scope = in->scope;
    value old = scope->special[which];
    scope->special[which] = value_keep(self);
    bool ok = relayed ? collect_relayed(in, block, args, count, ret)
                      : block_collect(in, block, args, count, false, ret);
    value_drop(scope->special[which]);
    scope->special[which] = old;
    return ok;
}

// What a method runs: $_ and $this are self, parameters and $args the arguments.
bool block_method(struct interp *in, value block, value self, const value *args, size_t count, value *ret)
{
    return count ? call_with(in, SPECIAL_UNDERSCORE, self, block, args, count, false, ret)
                 : block_call(in, block, self, ret);
}

bool block_call_scoped(struct interp *in, value block, value self, value *ret)
{
    if (!call_with(in, SPECIAL_UNDERSCORE, self, block, NULL, 0, true, ret))
        return false;
    if (ret->kind == V_VOID)
        *ret = value_null;
    return true;
}

// The script behind a member: $this is the object, $_ stays the caller's.
bool block_this(struct interp *in, value block, value self, const value *args, size_t count, value *ret)
{
    return call_with(in, SPECIAL_THIS, self, block, args, count, true, ret);
}
