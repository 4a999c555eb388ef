// A pipeline: commands looked up, bound, begun, fed one object at a time, ended, cleaned.
#include "interp/eval/pipeline.h"
#include "interp/eval/dynamic.h"
#include "interp/eval/redirect.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/command-find.h"
#include "interp/eval/module.h"
#include "interp/eval/names.h"
#include "interp/eval/program.h"
#include "interp/eval/scope.h"
#include "interp/eval/text-command.h"

// --- Lookup
// ------------------------------------------------------------------------------------------------------

static bool no_name(struct stage *stage, struct interp *in, uint32_t offset)
{
    throw_error(in, "BadExpression", CAT_InvalidOperation, value_null,
                "What stands after & gives no name of a command.");
    error_place(in->thrown, stage->code, offset);
    return false;
}

static bool not_found(struct stage *stage, struct interp *in, value name, uint32_t offset)
{
    if (!name.string->size)
        return no_name(stage, in, offset);
    throw_error(in, "CommandNotFoundException", CAT_ObjectNotFound, name,
                "'%s' is not a command of this session. Get-Command lists what is.", value_text(name));
    error_place(in->thrown, stage->code, offset);
    return false;
}

// --- Stages
// ------------------------------------------------------------------------------------------------------

bool stage_allocate(struct stage *stage, struct interp *in)
{
    const struct meta *meta = stage->meta;
    stage->bound_args = mem_new(meta->count + 1, sizeof(value));
    stage->line_args = mem_new(meta->count + 1, sizeof(value));
    stage->cmd.arg = mem_new(meta->real_count + 1, sizeof(value));
    if (stage->cmd.cmdlet->state_size)
        stage->cmd.state = mem_new(1, stage->cmd.cmdlet->state_size);
    if (!stage->bound_args || !stage->line_args || !stage->cmd.arg ||
        (stage->cmd.cmdlet->state_size && !stage->cmd.state))
        return throw_memory(in);
    for (size_t i = 0; i < meta->real_count; i++)
        stage->cmd.arg[i] = value_void;
    return true;
}

void stage_start(struct stage *stage, struct pipeline *pipeline, size_t index, const struct cmdlet *cmdlet,
                 const char *name, const char *class_name)
{
    stage->cmd = (struct command){.in = pipeline->in,
                                  .cmdlet = cmdlet,
                                  .name = name,
                                  .class_name = class_name,
                                  .pipeline = pipeline,
                                  .index = index,
                                  .expects_input = index > 0 || pipeline->has_input || pipeline->handed};
}

bool stage_open(struct stage *stage, struct pipeline *pipeline, size_t index, enum cmdlet_id id, bool proxy)
{
    struct interp *in = pipeline->in;
    const struct cmdlet *cmdlet = in->cmdlets[id];
    const struct cmdlet_row *row = &cmdlet_rows[id];
    bool function = proxy || cmdlet->properties & CMDLET_FUNCTION || row->flags & CMD_FUNCTION;
    stage_start(stage, pipeline, index, cmdlet, row->name, row->class_name);
    stage->wants_input = stage->cmd.expects_input;
    stage->function = function;
    stage->bind_class = function ? row->name : row->class_name;
    stage->meta = bind_meta(in, cmdlet, id, proxy && proxy_params(id));
    return stage->meta && stage_allocate(stage, in);
}

static bool script_open(struct stage *stage, struct pipeline *pipeline, size_t index, value path, value text)
{
    struct interp *in = pipeline->in;
    stage_start(stage, pipeline, index, &cmdlet_script, "script", "");
    stage->function = true;
    stage->bind_class = stage->cmd.name;
    stage->meta = bind_meta(in, &cmdlet_script, CMDLETS, true);
    if (!stage->meta || !stage_allocate(stage, in))
        return false;
    script_set(&stage->cmd, path, text);
    return true;
}

static bool is_program(const struct stage *stage)
{
    const struct interp *in = stage->cmd.in;
    return in->programs && stage->cmd.cmdlet == in->programs->cmdlet;
}

// Blocks, scripts and programs own something before they begin.
static bool needs_cleaning(const struct stage *stage)
{
    return stage->began || stage->block || stage->cmd.cmdlet == &cmdlet_script || is_program(stage);
}

static void stage_release(struct stage *stage)
{
    if (stage->cmd.state && stage->cmd.cmdlet->clean && needs_cleaning(stage))
        stage->cmd.cmdlet->clean(&stage->cmd);
    for (size_t i = 0; i < stage->meta->count; i++) {
        if (stage->bound_args)
            value_drop(stage->bound_args[i]);
        if (stage->line_args)
            value_drop(stage->line_args[i]);
    }
    for (size_t i = 0; stage->cmd.arg && i < stage->meta->real_count; i++)
        value_drop(stage->cmd.arg[i]);
    for (size_t i = 0; i < COMMON_PARAMETERS; i++)
        value_drop(stage->common[i]);
    if (kept_end)
        kept_end(stage);
    mem_free(stage->bound_args, (stage->meta->count + 1) * sizeof(value));
    mem_free(stage->line_args, (stage->meta->count + 1) * sizeof(value));
    mem_free(stage->cmd.arg, (stage->meta->real_count + 1) * sizeof(value));
    mem_free(stage->cmd.state, stage->cmd.cmdlet->state_size);
    if (stage->dynamic)
        dynamic_close(stage);
}

// What the stage's tables belong to goes last.
static void stage_close(struct stage *stage)
{
    if (stage->meta)
        stage_release(stage);
    value_drop(stage->name);
    value_drop(stage->called_as);
    value_drop(stage->held);
    value_drop(stage->module);
    value_drop(stage->inside);
}

// --- Running
// -----------------------------------------------------------------------------------------------------

// What a command calls (a conversion, say) does not know whose error it is: the id gets the command's class.
static void add_class(struct stage *stage, struct error_record *error)
{
    value id;
    if (error->positioned || !*stage->cmd.class_name || strchr(value_text(error->id), ','))
        return;
    if (!string_printf(stage->cmd.in, &id, "%s,%s", value_text(error->id), stage->cmd.class_name))
        return;
    value_drop(error->id);
    error->id = id;
}

// A command, or a function that is like one.
static bool is_cmdlet(const struct stage *stage)
{
    return stage->block ? !stage->meta->simple : *stage->cmd.class_name;
}

// What a command could not do inside of another one, that passes on as its own error; what was thrown or
// stopped, or was passed on once already, stays as it is.
static bool came_through(const struct stage *stage, const struct error_record *error)
{
    return is_cmdlet(stage) && error->positioned && error->stack.kind == V_STRING && !error->from_throw &&
           !error->stopped && !error->of_command && (!error->call || error->call == stage) &&
           error->category != CAT_ParserError;
}

// The id before the comma stays; the rest says whose error it is now.
static bool rename_error(struct stage *stage, struct error_record *error)
{
    const char *name = stage->block ? stage->cmd.name : stage->cmd.class_name, *old = value_text(error->id);
    size_t size = strcspn(old, ",");
    value id;
    if (!string_printf(stage->cmd.in, &id, "%.*s%s%s", (int)size, old, *name ? "," : "", name))
        return false;
    return value_drop(error->id), error->id = id, true;
}

static bool take_over(struct stage *stage)
{
    struct interp *in = stage->cmd.in;
    value copy, stack;
    error_remember(in, in->thrown);
    if (kept_add && stage->block)
        kept_add(stage, KEPT_ERRORS, in->thrown);
    if (!error_copy(in, in->thrown.error, &copy))
        return false;
    stack = value_keep(copy.error->stack);
    error_unplace(copy.error);
    value_drop(copy.error->stack);
    copy.error->stack = stack;
    value_set(&copy.error->activity, value_null);
    error_place(copy, stage->code, stage->offset);
    copy.error->of_command = true;
    if (rename_error(stage, copy.error)) {
        error_name(in, copy.error, &stage->cmd);
        throw_record(in, copy);
    }
    return value_drop(copy), false;
}

// An error of the command itself: it gets the command's name and place unless it has its own.
static bool own_error(struct stage *stage)
{
    struct interp *in = stage->cmd.in;
    if (value_is_null(in->thrown) || in->thrown.object == in->out_of_memory.object)
        return false;
    if (came_through(stage, in->thrown.error))
        return take_over(stage);
    in->thrown.error->of_command |= !stage->block && !in->thrown.error->binding;
    add_class(stage, in->thrown.error);
    error_place(in->thrown, stage->code, stage->offset);
    if (!stage->block)
        error_name(in, in->thrown.error, &stage->cmd);
    if (kept_add && !in->thrown.error->stopped)
        kept_add(stage, KEPT_ERRORS, in->thrown);
    return false;
}

static bool call_inside(struct stage *stage, bool (*function)(struct command *cmd))
{
    struct interp *in = stage->cmd.in;
    struct module *module = MODULE(stage->inside);
    struct entered outer;
    state_enter(in, module, state_scope(in, module), &outer);
    bool ok = function(&stage->cmd) || own_error(stage);
    state_leave(in, &outer);
    return ok;
}

bool stage_call(struct stage *stage, bool (*function)(struct command *cmd))
{
    if (!function)
        return true;
    if (cmd_stopped(&stage->cmd))
        return false;
    if (!value_is_null(stage->inside))
        return call_inside(stage, function);
    return function(&stage->cmd) || own_error(stage);
}

// What could not be bound is this object's error only; the others go on.
static bool input_error(struct stage *stage)
{
    value record = stage->cmd.in->thrown;
    stage->cmd.in->thrown = value_null;
    bool ok = cmd_error_record(&stage->cmd, record);
    value_drop(record);
    return ok;
}

// In turn, or when the first object comes: those before may write in their own beginning.
bool stage_begin(struct stage *stage)
{
    if (stage->began)
        return true;
    stage->began = true;
    bind_publish(stage);
    if (kept_start && stage->common_bound && !kept_start(stage))
        return false;
    return stage_call(stage, stage->cmd.cmdlet->begin);
}

bool stage_input(struct stage *stage, value v)
{
    if (!stage->began && !stage_begin(stage))
        return false;
    if (stage->cmd.cmdlet == &cmdlet_script)
        return true; // $input of scripts comes with the whole language
    stage->input = v;
    if (stage->meta->simple)
        return stage_call(stage, stage->cmd.cmdlet->process);
    if (!bind_input(stage, v))
        return input_error(stage);
    bind_publish(stage);
    bool ok = stage_call(stage, stage->cmd.cmdlet->process);
    stage->input = value_null;
    return ok;
}

bool stage_output(struct stage *stage, value v)
{
    struct pipeline *pipeline = stage->cmd.pipeline;
    size_t next = stage->cmd.index + 1;
    if (v.kind == V_VOID)
        return true;
    if (kept_object && !kept_object(stage, v))
        return false;
    unsigned merge = stage->merge ? stage->merge[STREAM_OUTPUT] : MERGE_NONE;
    if (merge == MERGE_DISCARD)
        return true;
    if (merge >= MERGE_FILE)
        return redirects_put(pipeline->in, stage->redirects, merge, v);
    if (next < pipeline->count)
        return stage_input(&pipeline->stages[next], v);
    return pipeline->out->put(pipeline->out, pipeline->in, v);
}

// A stage that wants no more ends those before it, not itself.
bool pipeline_goes_on(const struct pipeline *pipeline, bool ok)
{
    return ok || (value_is_null(pipeline->in->thrown) && pipeline->stopped_by && !pipeline->in->interrupted);
}

static bool feed(struct pipeline *pipeline)
{
    struct stage *first = &pipeline->stages[0];
    struct value_walk walk;
    value item;
    if (!pipeline->has_input)
        return stage_call(first, first->cmd.cmdlet->process);
    size_t count = pipeline->input.kind == V_LIST ? pipeline->input.array->count : 0;
    value_walk_start(&walk, pipeline->input);
    while (value_walk_next(pipeline->in, &walk, &item)) {
        bool ok = item.kind == V_VOID || stage_input(first, item);
        value_drop(item);
        if (!ok)
            return value_walk_end(&walk), false;
        if (count && pipeline->input.array->count != count)
            return throw_error(pipeline->in, "BadEnumeration", CAT_InvalidOperation, value_null,
                               "The collection was changed while it was walked.");
    }
    value_walk_end(&walk);
    return value_is_null(pipeline->in->thrown);
}

bool pipeline_begin(struct pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->count; i++)
        if (!pipeline_goes_on(pipeline, stage_begin(&pipeline->stages[i])))
            return false;
    return true;
}

bool pipeline_end(struct pipeline *pipeline)
{
    for (size_t i = 0; i < pipeline->count; i++) {
        struct stage *stage = &pipeline->stages[i];
        if (i + 1 < pipeline->stopped_by)
            continue; // was stopped from downstream
        if (stage->cmd.expects_input)
            bind_reset(stage), bind_publish(stage);
        if (!pipeline_goes_on(pipeline, stage_call(stage, stage->cmd.cmdlet->end)))
            return false;
    }
    return true;
}

bool pipeline_run(struct pipeline *pipeline)
{
    return pipeline_begin(pipeline) && pipeline_goes_on(pipeline, feed(pipeline)) && pipeline_end(pipeline);
}

// --- From code
// ---------------------------------------------------------------------------------------------------

static size_t count_arguments(const struct frame *frame, const struct element_code *element)
{
    size_t count = element->count;
    for (size_t i = 0; i < element->count; i++)
        if (element->arguments[i].kind == ARGUMENT_SPLAT && splat_count)
            count += splat_count(frame_operand(frame, element->arguments[i].operand));
    return count;
}

static size_t read_arguments(const struct frame *frame, const struct element_code *element, bool program,
                             struct argument *to)
{
    size_t count = 0;
    for (size_t i = 0; i < element->count; i++) {
        const struct argument_code *from = &element->arguments[i];
        if (from->form == FORM_DASHES && !program)
            continue;
        if (from->kind == ARGUMENT_SPLAT && splat_write) {
            value v = frame_operand(frame, from->operand);
            splat_write(v, from->offset, to + count);
            count += splat_count(v);
            continue;
        }
        to[count] = (struct argument){.kind = (enum argument_kind)from->kind,
                                      .has_value = from->has_value,
                                      .name = from->name.at,
                                      .name_size = from->name.size,
                                      .text = from->text,
                                      .form = from->form,
                                      .written = from->written,
                                      .offset = from->offset,
                                      .value_offset = from->value_offset};
        if (from->kind == ARGUMENT_VALUE || from->has_value)
            to[count].val = frame_operand(frame, from->operand);
        count++;
    }
    return count;
}

static bool bind_element(struct frame *frame, const struct element_code *element, struct stage *stage)
{
    size_t room = count_arguments(frame, element) + 1;
    struct argument *arguments = mem_new(room, sizeof *arguments);
    if (!arguments)
        return throw_memory(frame->in);
    bool program = is_program(stage);
    size_t count = read_arguments(frame, element, program, arguments), skip = stage->skip_first;
    bool ok = program ? frame->in->programs->arguments(&stage->cmd, arguments + skip, count - skip)
                      : bind_line(stage, arguments + skip, count - skip);
    mem_free(arguments, room * sizeof *arguments);
    return ok;
}

// As it was defined; where that was under another name, as it is called.
static value function_name(struct interp *in, const struct scriptblock *block, value name)
{
    struct ast_text own = block_defined_as ? block_defined_as(block) : (struct ast_text){0};
    value made;
    alias_follow(in, &name);
    if (!own.at || own.size != name.string->size || !memcmp(own.at, value_text(name), own.size) ||
        !utf8_same_ignore_case(own.at, own.size, value_text(name), own.size) ||
        !string_new(in, own.at, own.size, &made))
        return value_keep(name);
    return made;
}

static value called_as(struct interp *in, const struct element_code *element, value name)
{
    if (element->name_offset == element->offset)
        return value_keep(name);
    return string_static(in, element->dot ? "." : "&"); // stands before the name
}

static bool open_function(struct stage *stage, struct pipeline *pipeline, size_t index, value name,
                          struct scriptblock *block, const struct element_code *element)
{
    stage->name = function_name(pipeline->in, block, name);
    stage->called_as = called_as(pipeline->in, element, name);
    return block_open(stage, pipeline, index, (value){.kind = V_SCRIPTBLOCK, .scriptblock = block},
                      value_text(stage->name), element->dot);
}

static bool open_info(struct stage *stage, struct pipeline *pipeline, size_t index, value info, value block,
                      bool dot)
{
    if (!value_to_string(pipeline->in, info, &stage->name))
        return false;
    return block_open(stage, pipeline, index, block, value_text(stage->name), dot);
}

static bool open_name(struct frame *frame, const struct element_code *element, struct pipeline *pipeline,
                      size_t index, value name);

// & $module { } and & $module Name: what stands first among the arguments is called in the module's state.
static bool open_in_module(struct frame *frame, const struct element_code *element, struct pipeline *pipeline,
                           size_t index, value module)
{
    struct interp *in = frame->in;
    struct stage *stage = &pipeline->stages[index];
    struct entered outer;
    value inner, bound;
    if (!element->count || element->arguments[0].kind != ARGUMENT_VALUE)
        return no_name(stage, in, element->name_offset);
    const char *refusal = mode_gate(in->mode, GATE_CROSS_MODULE_CALL);
    if (refusal && MODULE(module)->mode != (uint8_t)in->mode)
        return throw_error(in, refusal, CAT_InvalidOperation, value_null,
                           "The module has another language mode.");
    inner = frame_operand(frame, element->arguments[0].operand);
    stage->skip_first = true;
    if (inner.kind == V_SCRIPTBLOCK) {
        if (!block_bound(in, inner, module, &bound))
            return false;
        bool ok = block_open(stage, pipeline, index, bound, "", element->dot);
        value_drop(bound);
        return ok;
    }
    stage->inside = value_keep(module);
    state_enter(in, MODULE(module), state_scope(in, MODULE(module)), &outer);
    bool ok = open_name(frame, element, pipeline, index, inner);
    state_leave(in, &outer);
    return ok;
}

static bool open_script(struct stage *stage, struct pipeline *pipeline, size_t index, value name, value text,
                        const struct element_code *element)
{
    enum language_mode mode = pipeline->in->mode;
    if (!script_open_block || mode == MODE_RESTRICTED || mode == MODE_NONE)
        return script_open(stage, pipeline, index, name, text);
    stage->called_as = called_as(pipeline->in, element, name);
    return script_open_block(stage, pipeline, index, name, text, element->dot);
}

static bool find_script(struct interp *in, value name, value *ret_path, value *ret_text)
{
    if (!script_locate(in, name, ret_path))
        return false;
    return script_read(in, *ret_path, ret_text) || (value_drop(*ret_path), false);
}

// Modules that are not loaded are looked through last.
static bool open_text(struct frame *frame, const struct element_code *element, struct pipeline *pipeline,
                      size_t index, value name)
{
    struct interp *in = frame->in;
    struct stage *stage = &pipeline->stages[index];
    struct scriptblock *function = command_function(in, name, &stage->module);
    const struct visible_command *found = function ? NULL : command_find(in, name);
    value text, path;
    if (function)
        return open_function(stage, pipeline, index, name, function, element);
    if (found && in->cmdlets[found->id])
        return stage_open(stage, pipeline, index, found->id, found->proxy);
    if (script_is_path(name) && find_script(in, name, &path, &text)) {
        bool ok = open_script(stage, pipeline, index, path, text, element);
        if (!ok && in->thrown.kind == V_ERROR)
            error_place(in->thrown, frame->code, element->name_offset);
        return value_drop(text), value_drop(path), ok;
    }
    if (module_autoload && module_autoload(in, name) &&
        (function = command_function(in, name, &stage->module)))
        return open_function(stage, pipeline, index, name, function, element);
    if (in->programs && value_is_null(in->thrown) && in->programs->find(in, value_text(name), &text))
        return program_open(stage, pipeline, index, name, text);
    return value_is_null(in->thrown) && not_found(stage, in, name, element->name_offset);
}

static bool open_name(struct frame *frame, const struct element_code *element, struct pipeline *pipeline,
                      size_t index, value name)
{
    struct interp *in = frame->in;
    struct stage *stage = &pipeline->stages[index];
    value block;
    if (name.kind == V_SCRIPTBLOCK)
        return block_open(stage, pipeline, index, name, "", element->dot);
    if (name.kind == V_OBJECT && info_block && info_block(name, &block))
        return open_info(stage, pipeline, index, name, block, element->dot);
    if (name.kind == V_OBJECT && value_is_module(name))
        return open_in_module(frame, element, pipeline, index, name);
    if (!value_to_string(in, name, &name))
        return false;
    bool ok = open_text(frame, element, pipeline, index, name);
    value_drop(name);
    return ok;
}

static bool like_method(struct interp *in)
{
    throw_error(in, "StrictModeFunctionCallWithParens", CAT_InvalidOperation, value_null,
                "A command is called without parentheses and commas: its arguments stand behind blanks.");
    return false;
}

static bool open_element(struct frame *frame, const struct element_code *element, struct pipeline *pipeline,
                         size_t index)
{
    struct stage *stage = &pipeline->stages[index];
    stage->code = frame->code;
    stage->offset = element->offset;
    stage->merge = element->merge;
    stage->redirected = element->redirected;
    stage->outer = frame->stage;
    stage->caller = frame->in->eval->module;
    if (element->like_method && scope_strict(frame->in) >= 2)
        return like_method(frame->in);
    if (redirects_open && !redirects_open(frame, element, &stage->redirects))
        return false;
    return open_name(frame, element, pipeline, index, frame_operand(frame, element->operand));
}

static bool open_elements(struct frame *frame, const struct pipe_code *pipe, struct pipeline *pipeline)
{
    size_t skip = pipeline->has_input;
    for (size_t i = 0; i < pipeline->count; i++)
        if (!open_element(frame, &pipe->elements[i + skip], pipeline, i))
            return false;
    for (size_t i = 0; i < pipeline->count; i++) {
        const struct element_code *element = &pipe->elements[i + skip];
        struct stage *stage = &pipeline->stages[i];
        value name = frame_operand(frame, element->operand);
        if (!bind_element(frame, element, stage) ||
            (frame->in->eval->breakpoints.kind == V_LIST &&
             !breakpoints_meet(stage, called_as(frame->in, element, name))))
            return false;
    }
    return true;
}

void pipeline_close(struct pipeline *pipeline)
{
    value thrown = pipeline->in->thrown; // clean may call what uses it
    pipeline->in->thrown = value_null;
    for (size_t i = 0; block_clean && i < pipeline->count; i++)
        block_clean(&pipeline->stages[i]); // all of them before any stage is gone
    for (size_t i = pipeline->count; i-- > 0;)
        stage_close(&pipeline->stages[i]); // frames are a stack
    value_set(&pipeline->in->thrown, value_null);
    pipeline->in->thrown = thrown;
}

static bool within_length(struct interp *in, const struct pipe_code *pipe)
{
    uint64_t most = in->session->limits[LIMIT_PIPELINE];
    return !most || pipe->count <= most ||
           throw_error(in, "PipelineLimit", CAT_LimitsExceeded, value_null,
                       "A pipeline has more than %llu commands.", (unsigned long long)most);
}

static bool close_files(struct pipeline *pipeline)
{
    bool ok = true;
    value thrown = pipeline->in->thrown;
    pipeline->in->thrown = value_null;
    for (size_t i = 0; i < pipeline->count; i++) {
        struct redirects *redirects = pipeline->stages[i].redirects;
        pipeline->stages[i].redirects = NULL;
        if (redirects)
            ok = redirects_close(pipeline->in, redirects) && ok;
    }
    if (value_is_null(thrown))
        return ok;
    value_set(&pipeline->in->thrown, value_null);
    pipeline->in->thrown = thrown;
    return false;
}

// An expression without commands: its output may go to a file or nowhere.
static bool expression_alone(struct frame *frame, const struct element_code *element, value v)
{
    struct interp *in = frame->in;
    struct value_walk walk;
    struct redirects *redirects;
    value item;
    in->success = true;
    if (element->merge[STREAM_OUTPUT] == MERGE_DISCARD)
        return true;
    if (element->merge[STREAM_OUTPUT] < MERGE_FILE)
        return sink_put_each(frame->out, in, v);
    if (!redirects_open(frame, element, &redirects))
        return false;
    value_walk_start(&walk, v);
    while (value_walk_next(in, &walk, &item)) {
        redirects_put(in, redirects, element->merge[STREAM_OUTPUT], item);
        value_drop(item);
    }
    return redirects_close(in, redirects);
}

// Its stages are opened and bound, and whoever gave the room runs them.
static bool hand_over(struct frame *frame, const struct pipe_code *pipe)
{
    struct pipeline *pipeline = frame->handed;
    *pipeline = (struct pipeline){.in = frame->in,
                                  .code = frame->code,
                                  .count = pipe->count,
                                  .scope = frame->in->scope,
                                  .handed = true};
    pipeline->stages = mem_new(pipeline->count, sizeof *pipeline->stages);
    if (!pipeline->stages)
        return throw_memory(frame->in);
    return open_elements(frame, pipe, pipeline);
}

bool frame_pipeline(struct frame *frame, const struct pipe_code *pipe)
{
    if (frame->handed)
        return hand_over(frame, pipe);
    struct interp *in = frame->in;
    struct pipeline pipeline = {
        .in = in, .code = frame->code, .out = frame->out, .count = pipe->count, .scope = in->scope};
    if (!within_length(in, pipe) || (in->eval->pending.kind == V_LIST && !events_run(in)))
        return false;
    if (pipe->elements[0].expression) {
        pipeline.has_input = true;
        pipeline.input = frame_operand(frame, pipe->elements[0].operand);
        if (--pipeline.count == 0)
            return expression_alone(frame, &pipe->elements[0], pipeline.input);
        if (pipe->elements[0].merge[STREAM_OUTPUT] >= MERGE_DISCARD) {
            if (!expression_alone(frame, &pipe->elements[0], pipeline.input))
                return false;
            pipeline.input = value_void;
        }
    }
    pipeline.stages = mem_new(pipeline.count, sizeof *pipeline.stages);
    if (!pipeline.stages)
        return throw_memory(in);
    bool ok = depth_enter(in);
    if (ok) {
        ok = open_elements(frame, pipe, &pipeline) && pipeline_run(&pipeline);
        depth_leave(in);
    }
    ok = close_files(&pipeline) && ok;
    pipeline_close(&pipeline);
    mem_free(pipeline.stages, pipeline.count * sizeof *pipeline.stages);
    in->success = ok && !pipeline.failed;
    return ok;
}
