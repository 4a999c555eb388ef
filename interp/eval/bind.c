// The command line: names, positions, what remains, parameter sets, what is missing.
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "interp/eval/dynamic.h"
#include "interp/eval/parameters.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

const struct param common_params[COMMON_PARAMETERS] = {
    [COMMON_VERBOSE] = {"Verbose", "switch", "vb", PARAM_NAMED},
    [COMMON_DEBUG] = {"Debug", "switch", "db", PARAM_NAMED},
    [COMMON_ERROR_ACTION] = {"ErrorAction", "ActionPreference", "ea", PARAM_NAMED},
    [COMMON_WARNING_ACTION] = {"WarningAction", "ActionPreference", "wa", PARAM_NAMED},
    [COMMON_INFORMATION_ACTION] = {"InformationAction", "ActionPreference", "infa", PARAM_NAMED},
    [COMMON_PROGRESS_ACTION] = {"ProgressAction", "ActionPreference", "proga", PARAM_NAMED},
    [COMMON_ERROR_VARIABLE] = {"ErrorVariable", "string", "ev", PARAM_NAMED},
    [COMMON_WARNING_VARIABLE] = {"WarningVariable", "string", "wv", PARAM_NAMED},
    [COMMON_INFORMATION_VARIABLE] = {"InformationVariable", "string", "iv", PARAM_NAMED},
    [COMMON_OUT_VARIABLE] = {"OutVariable", "string", "ov", PARAM_NAMED},
    [COMMON_OUT_BUFFER] = {"OutBuffer", "int", "ob", PARAM_NAMED, .min = 0, .max = INT32_MAX},
    [COMMON_PIPELINE_VARIABLE] = {"PipelineVariable", "string", "pv", PARAM_NAMED},
    [COMMON_WHAT_IF] = {"WhatIf", "switch", "wi", PARAM_NAMED},
    [COMMON_CONFIRM] = {"Confirm", "switch", "cf", PARAM_NAMED},
};

const struct type *const common_types[COMMON_PARAMETERS] = {
    &type_switch,
    &type_switch,
    &type_action_preference,
    &type_action_preference,
    &type_action_preference,
    &type_action_preference,
    &type_string,
    &type_string,
    &type_string,
    &type_string,
    &type_int,
    &type_string,
    &type_switch,
    &type_switch,
};

const struct param *bind_param(const struct stage *stage, size_t parameter)
{
    return parameter < OWN_PARAMETERS ? &stage->meta->params[parameter]
                                      : &common_params[parameter - OWN_PARAMETERS];
}

bool bind_is_bound(const struct stage *stage, size_t parameter)
{
    if (parameter < OWN_PARAMETERS)
        return stage->bound >> parameter & 1;
    return stage->common_bound >> (parameter - OWN_PARAMETERS) & 1;
}

unsigned bind_sets_of(const struct meta *meta, size_t parameter)
{
    unsigned sets = parameter < OWN_PARAMETERS ? meta->params[parameter].sets : 0;
    return sets ? sets : meta->all_sets;
}

bool bind_is_mandatory(const struct param *param, unsigned sets)
{
    return param->mandatory_sets ? (param->mandatory_sets & sets) != 0
                                 : (param->flags & PARAM_MANDATORY) != 0;
}

int bind_position_of(const struct param *param, unsigned sets)
{
    const struct param_more *more = param->more;
    for (size_t i = 0; more && i < more->row_count; i++)
        if (more->rows[i].position != PARAM_NAMED && (!more->rows[i].sets || more->rows[i].sets & sets))
            return more->rows[i].position;
    return more && more->row_count ? PARAM_NAMED : param->position;
}

bool bind_takes_pipeline(const struct param *param, unsigned sets)
{
    if (!(param->flags & (PARAM_PIPELINE | PARAM_PROPERTY)))
        return false;
    return !param->pipeline_sets || param->pipeline_sets & sets;
}

// --- Names
// -----------------------------------------------------------------------------------------------------

enum fit { FIT_NONE, FIT_PREFIX, FIT_WHOLE };

static enum fit fits(const char *own, size_t own_size, const struct argument *argument)
{
    if (own_size < argument->name_size)
        return FIT_NONE;
    if (!utf8_same_ignore_case(own, argument->name_size, argument->name, argument->name_size))
        return FIT_NONE;
    return own_size == argument->name_size ? FIT_WHOLE : FIT_PREFIX;
}

static enum fit name_fit(const struct param *param, const struct argument *argument)
{
    enum fit best = fits(param->name, strlen(param->name), argument);
    for (const char *at = param->aliases; at && *at && best != FIT_WHOLE;) {
        size_t size = strcspn(at, " ");
        enum fit fit = fits(at, size, argument);
        if (fit > best)
            best = fit;
        at += size;
        at += *at == ' ';
    }
    return best;
}

struct found {
    size_t whole, prefix, prefixes;
};

static void look(struct found *found, const struct param *param, size_t parameter,
                 const struct argument *argument)
{
    enum fit fit = name_fit(param, argument);
    if (fit == FIT_WHOLE)
        found->whole = parameter;
    if (fit != FIT_PREFIX)
        return;
    found->prefix = parameter;
    found->prefixes++;
}

static bool has_common(const struct meta *meta, size_t common)
{
    return common < COMMON_WHAT_IF || meta->common_confirm;
}

static struct misbinding name_error(const char *id, const struct argument *argument)
{
    return (struct misbinding){.id = id,
                               .category = CAT_InvalidArgument,
                               .offset = argument->offset,
                               .parameter = argument->name,
                               .size = argument->name_size};
}

// NO_PARAMETER without a thrown error: there is none of that name.
static size_t find_parameter(struct stage *stage, const struct argument *argument)
{
    struct found own = {NO_PARAMETER, NO_PARAMETER, 0}, common = own;
    for (size_t i = 0; i < stage->meta->count; i++)
        look(&own, &stage->meta->params[i], i, argument);
    for (size_t i = 0; i < COMMON_PARAMETERS && !stage->meta->simple; i++)
        if (has_common(stage->meta, i))
            look(&common, &common_params[i], OWN_PARAMETERS + i, argument);
    if (own.whole != NO_PARAMETER)
        return own.whole;
    if (common.whole != NO_PARAMETER)
        return common.whole;
    if (own.prefixes == 1)
        return own.prefix; // a command's own parameters win over common ones
    if (!own.prefixes && common.prefixes == 1)
        return common.prefix;
    if (own.prefixes + common.prefixes == 0)
        return NO_PARAMETER;
    struct misbinding what = name_error("AmbiguousParameter", argument);
    bind_fail(stage, &what, "-%.*s could mean several parameters; write more of the name.",
              (int)argument->name_size, argument->name);
    return NO_PARAMETER;
}

// --- Named arguments
// -------------------------------------------------------------------------------------------

static bool may_name_variables(struct stage *stage, size_t parameter)
{
    size_t common = parameter - OWN_PARAMETERS;
    bool names = (common >= COMMON_ERROR_VARIABLE && common <= COMMON_OUT_VARIABLE) ||
                 common == COMMON_PIPELINE_VARIABLE;
    const char *id = names ? mode_gate(stage->cmd.in->mode, GATE_VARIABLE_PARAMETER) : NULL;
    if (!id)
        return true;
    throw_error(stage->cmd.in, id, CAT_InvalidOperation, value_null,
                "-%s names a variable, which this language mode does not allow.", common_params[common].name);
    stage->cmd.in->thrown.error->binding = true;
    error_place(stage->cmd.in->thrown, stage->code, stage->offset);
    return false;
}

static const struct type *type_of(const struct stage *stage, size_t parameter)
{
    return parameter < OWN_PARAMETERS ? stage->meta->types[parameter]
                                      : common_types[parameter - OWN_PARAMETERS];
}

static struct misbinding parameter_error(const char *id, const struct param *param, uint32_t offset)
{
    return (struct misbinding){.id = id,
                               .category = CAT_InvalidArgument,
                               .offset = offset,
                               .parameter = param->name,
                               .size = strlen(param->name)};
}

// Whether the tables before this argument gave the parameter already: one that is written out would win.
static bool twice_in_tables(struct stage *stage, size_t parameter, const struct argument *first,
                            const struct argument *argument, size_t count)
{
    bool before = false;
    for (size_t i = 0; i < count; i++)
        if (first[i].kind == ARGUMENT_PARAMETER && first[i].used && &first[i] != argument &&
            find_parameter(stage, &first[i]) == parameter) {
            if (!first[i].splatted)
                return false;
            before = true;
        }
    return before;
}

static bool bind_named(struct stage *stage, size_t parameter, struct argument *argument,
                       struct argument *next, bool twice)
{
    const struct param *param = bind_param(stage, parameter);
    bool is_switch = type_of(stage, parameter) == &type_switch;
    struct argument *source = argument->has_value ? argument : next;
    struct misbinding what;
    argument->used = true;
    if (bind_is_bound(stage, parameter) && argument->splatted && !twice)
        return true; // what is written out goes before
    if (bind_is_bound(stage, parameter))
        return what = parameter_error("ParameterAlreadyBound", param, argument->offset),
               bind_fail(stage, &what, "Parameter '%s' is given twice.", param->name);
    if (is_switch && !argument->has_value)
        return bind_value(stage, parameter, value_true, NULL, true, argument->offset) == BIND_DONE;
    if (!source || (source == next && next->kind != ARGUMENT_VALUE))
        return what = parameter_error("MissingArgument", param, argument->offset),
               bind_fail(stage, &what, "Parameter '%s' needs a value.", param->name);
    source->used = true;
    uint32_t offset = source == argument && source->value_offset ? source->value_offset : source->offset;
    return bind_value(stage, parameter, source->val, &source->text, true, offset) == BIND_DONE;
}

static bool unknown_name(struct stage *stage, const struct argument *argument)
{
    const struct misbinding what = name_error("NamedParameterNotFound", argument);
    return bind_fail(stage, &what, "There is no parameter '%.*s'.", (int)argument->name_size, argument->name);
}

static bool bind_names_of(struct stage *stage, struct argument *arguments, size_t count, bool splatted)
{
    for (size_t i = 0; i < count; i++) {
        struct argument *argument = &arguments[i];
        if (argument->kind != ARGUMENT_PARAMETER || argument->used || argument->splatted != splatted)
            continue;
        size_t parameter = find_parameter(stage, argument);
        if (!value_is_null(stage->cmd.in->thrown))
            return false;
        if (parameter == NO_PARAMETER &&
            (stage->meta->remaining != NO_PARAMETER || stage->meta->simple)) { // becomes an ordinary word
            if (!argument->has_value && i + 1 < count && arguments[i + 1].kind == ARGUMENT_VALUE)
                arguments[i + 1].paired = true;
            continue;
        }
        if (parameter == NO_PARAMETER && stage->has_dynamic) {
            if (!argument->has_value && i + 1 < count && arguments[i + 1].kind == ARGUMENT_VALUE)
                arguments[i + 1].paired = true;
            continue; // perhaps it is one of those that come now
        }
        if (parameter == NO_PARAMETER)
            return unknown_name(stage, argument);
        if (parameter >= OWN_PARAMETERS && !may_name_variables(stage, parameter))
            return false;
        bool twice = splatted && twice_in_tables(stage, parameter, arguments, argument, count);
        if (!bind_named(stage, parameter, argument, i + 1 < count ? &arguments[i + 1] : NULL, twice))
            return false;
    }
    return true;
}

// Names out of a table come after those that are written out, which win.
static bool bind_names(struct stage *stage, struct argument *arguments, size_t count)
{
    return bind_names_of(stage, arguments, count, false) && bind_names_of(stage, arguments, count, true);
}

// --- Positions
// -------------------------------------------------------------------------------------------------

static struct argument *next_positional(struct argument *arguments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (arguments[i].kind == ARGUMENT_VALUE && !arguments[i].used && !arguments[i].paired)
            return &arguments[i];
    return NULL;
}

static bool is_candidate(const struct stage *stage, size_t parameter, int position)
{
    const struct param *param = &stage->meta->params[parameter];
    return bind_position_of(param, stage->sets) == position && !bind_is_bound(stage, parameter) &&
           !(param->flags & PARAM_REMAINING) && bind_sets_of(stage->meta, parameter) & stage->sets;
}

// What no other parameter can take is converted and validated once.
static bool sole_candidate(const struct stage *stage, int position)
{
    size_t count = 0;
    for (size_t i = 0; i < stage->meta->count; i++)
        count += is_candidate(stage, i, position);
    return count == 1;
}

// The default set's parameters first, without conversion before with.
static enum bind_result bind_position(struct stage *stage, int position, struct argument *argument)
{
    enum bind_result last = BIND_MISFIT;
    for (int pass = sole_candidate(stage, position) ? 2 : 0; pass < 4; pass++)
        for (size_t i = 0; i < stage->meta->count; i++) {
            bool in_default = bind_sets_of(stage->meta, i) & stage->meta->default_set & stage->sets;
            if (!is_candidate(stage, i, position) || in_default != (pass % 2 == 0))
                continue;
            value_set(&stage->cmd.in->thrown, value_null);
            stage->placing = true;
            last = bind_value(stage, i, argument->val, &argument->text, pass >= 2, argument->offset);
            stage->placing = false;
            if (last == BIND_DONE)
                return last;
        }
    return last;
}

static int last_position(const struct stage *stage)
{
    int last = -1;
    for (size_t i = 0; i < stage->meta->count; i++)
        if (bind_position_of(&stage->meta->params[i], stage->sets) > last)
            last = bind_position_of(&stage->meta->params[i], stage->sets);
    return last;
}

static bool any_candidate(const struct stage *stage, int position)
{
    for (size_t i = 0; i < stage->meta->count; i++)
        if (is_candidate(stage, i, position))
            return true;
    return false;
}

// Two of one place in one set.
static bool is_ambiguous(const struct stage *stage, size_t i, size_t k)
{
    int position = bind_position_of(&stage->meta->params[i], stage->sets);
    return position != PARAM_NAMED && is_candidate(stage, i, position) && is_candidate(stage, k, position) &&
           bind_sets_of(stage->meta, i) & bind_sets_of(stage->meta, k) & stage->sets;
}

static bool places_differ(struct stage *stage)
{
    for (size_t i = 0; i < stage->meta->count; i++)
        for (size_t k = i + 1; k < stage->meta->count; k++)
            if (is_ambiguous(stage, i, k))
                return bind_throw(stage, "AmbiguousPositionalParameterNoName", CAT_InvalidArgument,
                                  stage->offset, value_null,
                                  "'%s' and '%s' have one place in one parameter set.",
                                  stage->meta->params[i].name, stage->meta->params[k].name);
    return true;
}

static bool bind_positions(struct stage *stage, struct argument *arguments, size_t count)
{
    int last = last_position(stage);
    if (stage->block && last >= 0 && next_positional(arguments, count) && !places_differ(stage))
        return false;
    for (int position = 0; position <= last; position++) {
        if (!any_candidate(stage, position))
            continue;
        struct argument *argument = next_positional(arguments, count);
        if (!argument)
            return true;
        enum bind_result result = bind_position(stage, position, argument);
        if (result == BIND_THROWN)
            return false;
        argument->used = true;
        value_set(&stage->cmd.in->thrown, value_null);
    }
    return true;
}

// --- What remains
// ----------------------------------------------------------------------------------------------

static bool add_word(struct stage *stage, struct array *list, const struct argument *argument)
{
    value word;
    struct ast_text dash = {"-", 1};
    if (argument->written.size >= 3 && (unsigned char)*argument->written.at > 0x7f)
        dash = (struct ast_text){argument->written.at, 3}; // a longer one stays what it is
    if (!string_printf(stage->cmd.in, &word, "%.*s%.*s%s", (int)dash.size, dash.at, (int)argument->name_size,
                       argument->name, argument->has_value ? ":" : ""))
        return false;
    if (splat_mark)
        splat_mark(stage->cmd.in, word, argument->name);
    bool ok = list_add(stage->cmd.in, list, word) &&
              (!argument->has_value || list_add(stage->cmd.in, list, argument->val));
    value_drop(word);
    return ok;
}

static bool gather(struct stage *stage, struct argument *arguments, size_t count, value *ret)
{
    if (!list_new(stage->cmd.in, &type_list, ret))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct argument *argument = &arguments[i];
        if (argument->used)
            continue;
        argument->used = true;
        bool ok = argument->kind == ARGUMENT_PARAMETER
                      ? add_word(stage, ret->array, argument)
                      : list_add(stage->cmd.in, ret->array,
                                 argument->val.kind == V_VOID ? value_null : argument->val);
        if (!ok)
            return value_drop(*ret), false;
    }
    return true;
}

// A block without attributes: what no parameter took is $args.
static bool bind_args(struct stage *stage, struct argument *arguments, size_t count)
{
    value list, args;
    if (!gather(stage, arguments, count, &list))
        return false;
    bool ok = array_from(stage->cmd.in, list.array->items, list.array->count, &args);
    value_drop(list);
    if (!ok)
        return false;
    block_give_args(stage, args);
    value_drop(args);
    return true;
}

// Where each set has its own, that of a set which is still possible.
static size_t remaining_parameter(const struct stage *stage)
{
    for (size_t i = 0; i < stage->meta->count; i++)
        if (stage->meta->params[i].flags & PARAM_REMAINING && bind_sets_of(stage->meta, i) & stage->sets)
            return i;
    return stage->meta->remaining;
}

static bool no_position(struct stage *stage, const struct argument *argument)
{
    struct misbinding what = {
        .id = "PositionalParameterNotFound", .category = CAT_InvalidArgument, .offset = stage->offset};
    value text;
    if (!value_to_string(stage->cmd.in, argument->val, &text))
        return false;
    what.parameter = value_text(text);
    what.size = text.string->size;
    bind_fail(stage, &what, "No parameter takes this argument; the command has no more positions.");
    return value_drop(text), false;
}

// Objects as they are come as a list even where there is one, unless that is one already.
static bool wants_list(const struct stage *stage, size_t parameter, value v)
{
    const struct type *type = stage->meta->types[parameter];
    bool any = type == &type_object || type == &type_psobject || type->element == &type_psobject;
    return any && !value_enumerable(v) && (stage->block || type->element);
}

static bool bind_remaining(struct stage *stage, struct argument *arguments, size_t count)
{
    struct argument *first = NULL;
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (!arguments[i].used && (left++, !first))
            first = &arguments[i];
    if (!first)
        return true;
    size_t parameter = remaining_parameter(stage);
    if (stage->meta->simple && parameter == NO_PARAMETER)
        return bind_args(stage, arguments, count);
    if (parameter == NO_PARAMETER || bind_is_bound(stage, parameter))
        return no_position(stage, first);
    bool single = left == 1 && first->kind == ARGUMENT_VALUE && !wants_list(stage, parameter, first->val);
    value list = value_null;
    if (!single && !gather(stage, arguments, count, &list))
        return false;
    enum bind_result result = bind_value(stage, parameter, single ? first->val : list,
                                         single ? &first->text : NULL, true, stage->offset);
    value_drop(list);
    return result == BIND_DONE;
}

// --- Sets and mandatory parameters
// -----------------------------------------------------------------------------

static bool some_set(struct stage *stage)
{
    return stage->sets || bind_throw(stage, "AmbiguousParameterSet", CAT_InvalidArgument, stage->offset,
                                     value_null, "These parameters cannot be used together.");
}

static bool set_is_complete(const struct stage *stage, unsigned set)
{
    for (size_t i = 0; i < stage->meta->count; i++) {
        const struct param *param = &stage->meta->params[i];
        if (!(bind_sets_of(stage->meta, i) & set) || !bind_is_mandatory(param, set) ||
            bind_is_bound(stage, i))
            continue;
        if (!(stage->wants_input && bind_takes_pipeline(param, set)))
            return false;
    }
    return true;
}

static bool unclear(struct stage *stage)
{
    return bind_throw(stage, "AmbiguousParameterSet", CAT_InvalidArgument, stage->offset, value_null,
                      "It is not clear which of the command's parameter sets is meant.");
}

// Which sets could still do. The default set is taken where it is among them.
static bool choose_set(struct stage *stage)
{
    unsigned complete = 0;
    if (!some_set(stage))
        return false;
    for (unsigned set = 1; set && set <= stage->sets; set <<= 1)
        if (stage->sets & set && set_is_complete(stage, set))
            complete |= set;
    if (complete & stage->meta->default_set)
        complete = stage->wants_input ? complete : stage->meta->default_set;
    if (!complete) {
        bool several = stage->sets & (stage->sets - 1);
        if (stage->sets & stage->meta->default_set)
            stage->sets = stage->meta->default_set;
        else if (several && !stage->meta->default_set)
            return unclear(stage);
        return true; // something mandatory is missing, which is said next
    }
    stage->sets = complete;
    if (!(complete & (complete - 1)) || stage->wants_input)
        return true;
    return unclear(stage);
}

static bool is_missing(const struct stage *stage, size_t i)
{
    const struct param *param = &stage->meta->params[i];
    return bind_sets_of(stage->meta, i) & stage->sets && bind_is_mandatory(param, stage->sets) &&
           !bind_is_bound(stage, i) && !(stage->wants_input && bind_takes_pipeline(param, stage->sets));
}

// PowerShell names all of them, each with a blank before it.
static bool missing(struct stage *stage)
{
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < stage->meta->count; i++)
        if (is_missing(stage, i))
            buf_printf(&names, " %s", stage->meta->params[i].name);
    const struct misbinding what = {.id = "MissingMandatoryParameter",
                                    .category = CAT_InvalidArgument,
                                    .offset = stage->offset,
                                    .parameter = buf_text(&names),
                                    .size = names.size};
    bind_fail(stage, &what, "What must be given is missing:%s.", buf_text(&names));
    buf_free(&names);
    return false;
}

static bool require_mandatory(struct stage *stage)
{
    for (size_t i = 0; i < stage->meta->count; i++)
        if (is_missing(stage, i) &&
            !(set_is_complete(stage, stage->sets & -stage->sets) && stage->sets & (stage->sets - 1)))
            return missing(stage);
    return true;
}

static bool save_line(struct stage *stage)
{
    stage->line_bound = stage->bound;
    stage->line_ordered = stage->ordered;
    stage->line_sets = stage->sets;
    for (size_t i = 0; i < stage->meta->count; i++)
        stage->line_args[i] = value_keep(stage->bound_args[i]);
    return true;
}

// Those of the part's making are known now: what was left over is looked at again.
static bool bind_dynamic(struct stage *stage, struct argument *arguments, size_t count)
{
    if (!dynamic_open(stage))
        return false;
    stage->has_dynamic = false;
    for (size_t i = 0; i < count; i++)
        arguments[i].paired = false;
    return bind_names(stage, arguments, count) && some_set(stage) && bind_positions(stage, arguments, count);
}

bool bind_line(struct stage *stage, struct argument *arguments, size_t count)
{
    stage->sets = stage->meta->all_sets;
    return bind_names(stage, arguments, count) && some_set(stage) &&
           bind_positions(stage, arguments, count) &&
           (!stage->has_dynamic || bind_dynamic(stage, arguments, count)) &&
           (!bind_defaults || bind_defaults(stage)) && bind_remaining(stage, arguments, count) &&
           choose_set(stage) && require_mandatory(stage) && save_line(stage);
}
