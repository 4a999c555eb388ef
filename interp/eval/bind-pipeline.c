// Objects of the pipeline to parameters, and what is known of a params table.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"
#include "interp/eval/type-definition.h"
#include "interp/value/types.h"

// An object is bound for each that comes, so all that is done for one looks at the parameters that matter, not at all.
#define EACH_BIT(i, bits)                                                                                    \
    for (uint64_t i##_left = (bits), i = 0; i##_left && (i = (uint64_t)__builtin_ctzll(i##_left), true);      \
         i##_left &= i##_left - 1)

void bind_reset(struct stage *stage)
{
    EACH_BIT(i, (stage->bound & ~stage->line_bound) | stage->delayed)
        value_set(&stage->bound_args[i], stage->line_args[i]);
    stage->bound = stage->line_bound;
    stage->ordered = stage->line_ordered;
    stage->sets = stage->line_sets;
}

// The keys of a dictionary are no properties here.
static bool property(struct interp *in, value input, const char *name, size_t size, value *ret,
                     bool *ret_found)
{
    *ret_found = false;
    if (input.kind != V_TABLE)
        return member_get(in, input, name, size, ret, ret_found);
    for (const struct type *type = value_type(input); type; type = type->base)
        for (const struct property *own = type->properties; own && own->name; own++)
            if (strlen(own->name) == size && !strncasecmp(own->name, name, size))
                return *ret_found = own->get(in, input, ret);
    return true;
}

// What the object says for a parameter: its property of that name or of an alias.
static bool property_for(struct interp *in, const struct param *param, value input, value *ret,
                         bool *ret_found)
{
    if (!property(in, input, param->name, strlen(param->name), ret, ret_found) || *ret_found)
        return *ret_found;
    for (const char *at = param->aliases; at && *at;) {
        size_t size = strcspn(at, " ");
        if (!property(in, input, at, size, ret, ret_found) || *ret_found)
            return *ret_found;
        at += size;
        at += *at == ' ';
    }
    return true;
}

static bool is_open(const struct stage *stage, size_t i, unsigned flag)
{
    const struct param *param = &stage->meta->params[i];
    return param->flags & flag && !bind_is_bound(stage, i) && bind_sets_of(stage->meta, i) & stage->sets &&
           bind_takes_pipeline(param, stage->sets);
}

static bool is_validation(const struct interp *in)
{
    return in->thrown.kind == V_ERROR && strstr(value_text(in->thrown.error->id), "Validation");
}

// A value that cannot be converted is passed over; one that is refused by a validation is an error.
static bool try_value(struct stage *stage, size_t i, value v, bool coerce, bool strict, bool *io_bound)
{
    struct interp *in = stage->cmd.in;
    enum bind_result result = bind_value(stage, i, v, NULL, coerce, stage->offset);
    if (result == BIND_DONE)
        return *io_bound = true;
    if (result == BIND_THROWN && (strict || is_validation(in)))
        return false;
    return value_set(&in->thrown, value_null), true;
}

static bool by_value(struct stage *stage, value input, bool coerce, bool *io_bound)
{
    EACH_BIT(i, stage->meta->by_value & ~stage->bound)
        if (is_open(stage, i, PARAM_PIPELINE) && !try_value(stage, i, input, coerce, false, io_bound))
            return false;
    return true;
}

static bool by_name(struct stage *stage, value input, bool coerce, bool *io_bound)
{
    EACH_BIT(i, stage->meta->by_name & ~stage->bound) {
        value v = value_null;
        bool found = false;
        if (!is_open(stage, i, PARAM_PROPERTY))
            continue;
        if (!property_for(stage->cmd.in, &stage->meta->params[i], input, &v, &found))
            return false;
        bool ok = !found || try_value(stage, i, v, coerce, *io_bound, io_bound);
        value_drop(v);
        if (!ok)
            return false;
    }
    return true;
}

static bool complete(struct stage *stage)
{
    unsigned fitting = stage->sets;
    EACH_BIT(i, stage->meta->mandatory & ~stage->bound) {
        unsigned wanting = stage->meta->params[i].mandatory_sets;
        fitting &= ~(bind_sets_of(stage->meta, i) & (wanting ? wanting : ~0u));
    }
    if (fitting & stage->meta->default_set)
        fitting = stage->meta->default_set;
    if (!fitting)
        return bind_throw(stage, "InputObjectMissingMandatory", CAT_InvalidArgument, stage->offset,
                          value_null, "The object does not give every parameter that the command needs.");
    stage->sets = fitting & -fitting;
    return true;
}

static bool block_failed(struct stage *stage, const struct param *param)
{
    struct interp *in = stage->cmd.in;
    value record = in->thrown;
    if (record.kind != V_ERROR || in->eval->flow || record.object == in->out_of_memory.object)
        return false;
    in->thrown = value_null;
    const struct misbinding what = {.id = "ScriptBlockArgumentInvocationFailed",
                                    .category = CAT_InvalidArgument,
                                    .offset = stage->offset,
                                    .parameter = param->name,
                                    .size = strlen(param->name),
                                    .inner = record.error->exception};
    error_remember(in, record);
    bind_fail(stage, &what, "The block for parameter '%s' failed.", param->name);
    return value_drop(record), false;
}

static bool run_delayed(struct stage *stage, size_t i, value input)
{
    struct interp *in = stage->cmd.in;
    const struct param *param = &stage->meta->params[i];
    value made;
    if (!block_call_scoped || !block_call_scoped(in, stage->line_args[i], input, &made))
        return block_failed(stage, param);
    if (value_is_null(made))
        return bind_throw(stage, "ScriptBlockArgumentNoOutput", CAT_InvalidArgument, stage->offset,
                          value_null, "The block for parameter '%s' gives nothing.", param->name);
    stage->delaying = true;
    bool ok = bind_value(stage, i, made, NULL, true, stage->offset) == BIND_DONE;
    stage->delaying = false;
    return value_drop(made), ok;
}

static bool bind_delayed(struct stage *stage, value input, bool *ret_any)
{
    EACH_BIT(i, stage->delayed) {
        *ret_any = true;
        if (!run_delayed(stage, i, input))
            return false;
    }
    return true;
}

bool bind_input(struct stage *stage, value input)
{
    bool bound = false;
    bind_reset(stage);
    if (stage->delayed && !bind_delayed(stage, input, &bound))
        return false;
    if (!by_value(stage, input, false, &bound) || !by_name(stage, input, false, &bound) ||
        !by_value(stage, input, true, &bound) || !by_name(stage, input, true, &bound))
        return false;
    if (!bound)
        return bind_throw(stage, "InputObjectNotBound", CAT_InvalidArgument, stage->offset, input,
                          "The command takes no such object from the pipeline.");
    return complete(stage);
}

// --- The table's other face
// --------------------------------------------------------------------------------------

static unsigned count_sets(const struct cmdlet *cmdlet)
{
    unsigned count = 0;
    while (cmdlet->sets && cmdlet->sets[count])
        count++;
    return count ? count : 1;
}

static uint8_t index_by_name(const struct cmdlet *cmdlet, const char *name)
{
    for (size_t i = 0; cmdlet->params && cmdlet->params[i].name; i++)
        if (!strcasecmp(cmdlet->params[i].name, name))
            return (uint8_t)i;
    return NO_PARAMETER;
}

static void describe(struct interp *in, struct meta *meta, const struct cmdlet *cmdlet)
{
    for (size_t i = 0; i < meta->count; i++) {
        const struct param *param = &meta->params[i];
        // Commands read names of encodings themselves: their ids differ from a conversion's.
        bool own = !strcmp(param->type, "System.Text.Encoding");
        const struct type *type = own                               ? NULL
                                  : param->rule && param->rule->type ? param->rule->type
                                                                     : type_named(in, param->type, strlen(param->type));
        meta->types[i] = type ? type : &type_object;
        meta->target[i] = meta->params == cmdlet->params ? (uint8_t)i : index_by_name(cmdlet, param->name);
        if (param->flags & PARAM_REMAINING)
            meta->remaining = (uint8_t)i;
        if (param->flags & (PARAM_PIPELINE | PARAM_PROPERTY))
            meta->takes_input = true;
        meta->by_value |= (uint64_t)!!(param->flags & PARAM_PIPELINE) << i;
        meta->by_name |= (uint64_t)!!(param->flags & PARAM_PROPERTY) << i;
        meta->mandatory |= (uint64_t)(param->flags & PARAM_MANDATORY || param->mandatory_sets) << i;
    }
}

static size_t count_params(const struct param *params)
{
    size_t count = 0;
    while (params && params[count].name && count < OWN_PARAMETERS)
        count++;
    return count;
}

static struct meta *make(struct interp *in, struct arena *arena, const struct cmdlet *cmdlet,
                         const struct param *params, bool proxy)
{
    struct meta *meta = arena_new(arena, sizeof *meta);
    size_t count = count_params(params);
    if (!meta)
        return throw_memory(in), NULL;
    meta->types = arena_new(arena, (count + 1) * sizeof *meta->types);
    meta->target = arena_new(arena, count + 1);
    if (!meta->types || !meta->target)
        return throw_memory(in), NULL;
    meta->params = params;
    meta->count = count;
    meta->real_count = count_params(cmdlet->params);
    meta->all_sets = proxy ? 1 : (unsigned)((UINT64_C(1) << count_sets(cmdlet)) - 1);
    meta->default_set = proxy ? 1 : 1u << cmdlet->default_set;
    meta->remaining = NO_PARAMETER;
    meta->common_confirm = !proxy && cmdlet->properties & CMDLET_SHOULD_PROCESS;
    describe(in, meta, cmdlet);
    return meta;
}

struct meta *bind_meta_new(struct interp *in, struct arena *arena, const struct cmdlet *cmdlet)
{
    return make(in, arena, cmdlet, cmdlet->params, false);
}

const struct meta *bind_meta(struct interp *in, const struct cmdlet *cmdlet, enum cmdlet_id id, bool proxy)
{
    struct meta **slot = &in->eval->metas[id + (proxy ? CMDLETS : 0)];
    bool script = id == CMDLETS; // the row behind the last: script files
    const struct param *params = proxy && !script ? proxy_params(id) : cmdlet->params;
    if (!*slot)
        *slot = make(in, &in->eval->arena, cmdlet, params, proxy);
    return *slot;
}

unsigned bind_set(const struct stage *stage)
{
    unsigned set = 0, sets = stage->sets;
    if (sets & stage->meta->default_set)
        sets = stage->meta->default_set;
    while (sets && !(sets >> set & 1))
        set++;
    return set;
}

void bind_publish(struct stage *stage)
{
    struct command *cmd = &stage->cmd;
    uint64_t before = cmd->bound;
    cmd->bound = 0;
    EACH_BIT(i, stage->bound) {
        uint8_t at = stage->meta->target[i];
        if (at == NO_PARAMETER)
            continue;
        value_set(&cmd->arg[at], stage->bound_args[i]);
        cmd->bound |= (uint64_t)1 << at;
    }
    EACH_BIT(i, before & ~cmd->bound)
        value_set(&cmd->arg[i], value_void);
    cmd->set = bind_set(stage);
}
