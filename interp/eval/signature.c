// The parameters of a script block as a table for the binder.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/block.h"
#include "interp/eval/type-definition.h"
#include "interp/eval/validate.h"
#include "interp/value/numeric.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

struct reading {
    struct interp *in;
    struct signature *signature;
    struct param *params;
    struct source *source;
    const char *sets[32];
    size_t set_count;
    bool positional, any_position;
};

static bool named(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

// The name of an attribute without what .NET adds to it.
static bool is_attribute(const struct ast *node, const char *name)
{
    struct ast_text text = node->kids[ATTR_TYPE]->text;
    static const char space[] = "System.Management.Automation.", suffix[] = "Attribute";
    size_t prefix = sizeof space - 1, tail = sizeof suffix - 1;
    if (text.size > prefix && utf8_same_ignore_case(text.at, prefix, space, prefix))
        text.at += prefix, text.size -= prefix;
    if (named(text, name))
        return true;
    return text.size > tail && utf8_same_ignore_case(text.at + text.size - tail, tail, suffix, tail) &&
           named((struct ast_text){text.at, text.size - tail}, name);
}

static const char *keep_text(struct reading *r, struct ast_text text)
{
    const char *copy = arena_text(&r->signature->arena, text.at, text.size);
    return copy ? copy : (throw_memory(r->in), "");
}

// --- Constant arguments of attributes
// ------------------------------------------------------------------------------

static bool is_true(const struct ast *named_argument)
{
    const struct ast *v = named_argument->kids[ONLY];
    if (named_argument->flags & NODE_OMITTED || !v)
        return true;
    if (v->kind == AST_VARIABLE_EXPRESSION)
        return named(v->text, "true");
    return !(v->kind == AST_CONSTANT_EXPRESSION && v->text.size == 1 && *v->text.at == '0');
}

static bool to_number(const struct ast *node, long long *ret)
{
    bool negative = node->kind == AST_UNARY_EXPRESSION && node->op == TOK_MINUS;
    if (negative)
        node = node->kids[ONLY];
    if (node->kind != AST_CONSTANT_EXPRESSION && node->kind != AST_STRING_CONSTANT_EXPRESSION)
        return false;
    char *end;
    long long number = strtoll(node->text.at, &end, 0);
    *ret = negative ? -number : number;
    return true;
}

static unsigned set_bit(struct reading *r, struct ast_text name)
{
    for (size_t i = 0; i < r->set_count; i++)
        if (utf8_same_ignore_case(name.at, name.size, r->sets[i], strlen(r->sets[i])))
            return 1u << i;
    if (r->set_count == 31 || named(name, "__AllParameterSets"))
        return 0;
    r->sets[r->set_count] = keep_text(r, name);
    return 1u << r->set_count++;
}

// --- [Parameter()]
// -------------------------------------------------------------------------------------------------

static void parameter_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    unsigned set = 0, flags = 0;
    r->signature->advanced = true;
    for (uint32_t i = ATTR_REST; i < node->count; i++) {
        const struct ast *at = node->kids[i];
        long long number;
        if (at->kind != AST_NAMED_ATTRIBUTE_ARGUMENT)
            continue;
        if (named(at->text, "Mandatory") && is_true(at))
            flags |= PARAM_MANDATORY;
        else if (named(at->text, "ValueFromPipeline") && is_true(at))
            flags |= PARAM_PIPELINE;
        else if (named(at->text, "ValueFromPipelineByPropertyName") && is_true(at))
            flags |= PARAM_PROPERTY;
        else if (named(at->text, "ValueFromRemainingArguments") && is_true(at))
            flags |= PARAM_REMAINING;
        else if (named(at->text, "DontShow") && is_true(at))
            flags |= PARAM_HIDDEN;
        else if (named(at->text, "ParameterSetName") && at->kids[ONLY])
            set = set_bit(r, at->kids[ONLY]->text);
        else if (named(at->text, "Position") && at->kids[ONLY] && to_number(at->kids[ONLY], &number))
            param->position = (int)number, r->any_position = true;
    }
    if (flags & PARAM_MANDATORY && set)
        param->mandatory_sets |= set, flags &= ~(unsigned)PARAM_MANDATORY;
    if (flags & (PARAM_PIPELINE | PARAM_PROPERTY) && set)
        param->pipeline_sets |= set;
    param->flags |= flags;
    param->sets |= set;
}

// --- The other attributes
// --------------------------------------------------------------------------------------------

static const char *join(struct reading *r, const struct ast *node, char separator)
{
    size_t size = 0, at = 0;
    for (uint32_t i = ATTR_REST; i < node->count; i++)
        size += node->kids[i]->text.size + 1;
    char *text = arena_new(&r->signature->arena, size + 1);
    if (!text)
        return throw_memory(r->in), "";
    for (uint32_t i = ATTR_REST; i < node->count; i++) {
        const struct ast *kid = node->kids[i];
        if (kid->kind == AST_NAMED_ATTRIBUTE_ARGUMENT)
            continue;
        if (at)
            text[at++] = separator;
        memcpy(text + at, kid->text.at, kid->text.size);
        at += kid->text.size;
    }
    return text;
}

static bool two_numbers(const struct ast *node, long long *ret_low, long long *ret_high)
{
    return node->count > ATTR_REST + 1 && to_number(node->kids[ATTR_REST], ret_low) &&
           to_number(node->kids[ATTR_REST + 1], ret_high);
}

static void range_attribute(struct param *param, const struct ast *node)
{
    static const struct {
        const char *name;
        long long min, max;
    } kinds[] = {{"Positive", 1, INT64_MAX},
                 {"NonNegative", 0, INT64_MAX},
                 {"Negative", INT64_MIN, -1},
                 {"NonPositive", INT64_MIN, 0}};
    if (two_numbers(node, &param->min, &param->max) || node->count <= ATTR_REST)
        return;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (named(node->kids[ATTR_REST]->text, kinds[i].name))
            param->min = kinds[i].min, param->max = kinds[i].max;
}

static void flag_attribute(struct param *param, const struct ast *node)
{
    static const struct {
        const char *name;
        unsigned flag;
    } flags[] = {{"AllowNull", PARAM_ALLOW_NULL},
                 {"AllowEmptyString", PARAM_ALLOW_EMPTY},
                 {"AllowEmptyCollection", PARAM_ALLOW_EMPTY_COLLECTION},
                 {"ValidateNotNull", PARAM_NOT_NULL},
                 {"ValidateNotNullOrEmpty", PARAM_NOT_NULL_OR_EMPTY},
                 {"SupportsWildcards", PARAM_WILDCARD}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (is_attribute(node, flags[i].name))
            param->flags |= flags[i].flag;
}

static struct param_more *more_of(struct reading *r, struct param *param)
{
    struct param_more *more = (struct param_more *)param->more; // this file's own
    if (!more)
        param->more = more = arena_new(&r->signature->arena, sizeof *more);
    if (!more)
        throw_memory(r->in);
    return more;
}

static const struct ast *named_argument(const struct ast *node, const char *name)
{
    for (uint32_t i = ATTR_REST; i < node->count; i++)
        if (node->kids[i]->kind == AST_NAMED_ATTRIBUTE_ARGUMENT && named(node->kids[i]->text, name))
            return node->kids[i];
    return NULL;
}

static bool constant_of(struct reading *r, const struct ast *node, value *ret)
{
    if (node->kind == AST_STRING_CONSTANT_EXPRESSION)
        return string_new(r->in, node->text.at, node->text.size, ret);
    if (node->kind == AST_CONSTANT_EXPRESSION)
        return number_value(r->in, node->number, ret);
    value v;
    if (node->kind != AST_UNARY_EXPRESSION || node->op != TOK_MINUS || !constant_of(r, node->kids[ONLY], &v))
        return false;
    bool ok = operate_unary(r->in, TOK_MINUS, v, ret);
    value_drop(v);
    return ok;
}

static void range_constants(struct reading *r, struct param *param, const struct ast *node)
{
    struct param_more *more = node->count > ATTR_REST + 1 ? more_of(r, param) : NULL;
    if (!more)
        return range_attribute(param, node);
    if (!constant_of(r, node->kids[ATTR_REST], &more->low) ||
        !constant_of(r, node->kids[ATTR_REST + 1], &more->high))
        return;
}

static void script_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    const struct ast *block = node->count > ATTR_REST ? node->kids[ATTR_REST] : NULL;
    struct param_more *more = block && block->kind == AST_SCRIPT_BLOCK_EXPRESSION ? more_of(r, param) : NULL;
    if (more)
        block_new(r->in, r->source, block->kids[ONLY], NULL, &more->script);
}

static void pattern_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    struct param_more *more = node->count > ATTR_REST ? more_of(r, param) : NULL;
    const struct ast *options = named_argument(node, "Options");
    if (!more)
        return;
    string_new(r->in, node->kids[ATTR_REST]->text.at, node->kids[ATTR_REST]->text.size, &more->pattern);
    more->case_sensitive =
        options && options->kids[ONLY] && !strcasestr(options->kids[ONLY]->text.at, "IgnoreCase");
}

static void set_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    const struct ast *ignore = named_argument(node, "IgnoreCase");
    struct param_more *more = ignore && !is_true(ignore) ? more_of(r, param) : NULL;
    if (more)
        more->exact_set = join(r, node, '|');
    else
        param->set_values = join(r, node, '|');
}

static void length_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    long long low, high;
    struct param_more *more = two_numbers(node, &low, &high) ? more_of(r, param) : NULL;
    if (!more)
        return;
    more->length = true;
    param->min_length = (unsigned)low;
    param->max_length = (unsigned)high;
}

static void count_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    long long low, high;
    (void)r;
    if (two_numbers(node, &low, &high))
        param->min_count = (unsigned)low, param->max_count = (unsigned)high;
}

static void blank_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    struct param_more *more = more_of(r, param);
    (void)node;
    if (more)
        more->not_blank = true;
}

static void drive_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    struct param_more *more = more_of(r, param);
    if (more)
        more->drives = node->count > ATTR_REST ? join(r, node, '|') : "User";
}

static void alias_attribute(struct reading *r, struct param *param, const struct ast *node)
{
    param->aliases = join(r, node, ' ');
}

static const struct {
    const char *name;
    void (*read)(struct reading *r, struct param *param, const struct ast *node);
} attributes[] = {{"Parameter", parameter_attribute},
                  {"Alias", alias_attribute},
                  {"ValidateSet", set_attribute},
                  {"ValidatePattern", pattern_attribute},
                  {"ValidateRange", range_constants},
                  {"ValidateCount", count_attribute},
                  {"ValidateLength", length_attribute},
                  {"ValidateScript", script_attribute},
                  {"ValidateNotNullOrWhiteSpace", blank_attribute},
                  {"ValidateDrive", drive_attribute},
                  {"ValidateUserDrive", drive_attribute}};

static void attribute(struct reading *r, struct param *param, const struct ast *node)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (is_attribute(node, attributes[i].name))
            return attributes[i].read(r, param, node);
    flag_attribute(param, node);
}

// --- Parameters
// ------------------------------------------------------------------------------------------------------

static bool one_parameter(struct reading *r, size_t i, const struct ast *node)
{
    struct param *param = &r->params[i];
    struct ast_text name = node->kids[PARAM_VARIABLE]->text;
    param->name = keep_text(r, name);
    param->type = "object";
    param->position = PARAM_NAMED;
    for (uint32_t k = PARAM_REST; k < node->count; k++) {
        const struct ast *kid = node->kids[k];
        if (kid->kind == AST_ATTRIBUTE)
            attribute(r, param, kid);
        else if (kid->kind == AST_TYPE_CONSTRAINT)
            param->type = keep_text(r, (struct ast_text){r->source->text + kid->kids[ONLY]->start,
                                                         kid->kids[ONLY]->end - kid->kids[ONLY]->start});
    }
    r->signature->nodes[i] = node;
    r->signature->names[i] = symbol_of(r->in, name.at, name.size);
    return r->signature->names[i] && value_is_null(r->in->thrown);
}

static bool is_switch(const struct param *param)
{
    return !strcasecmp(param->type, "switch") ||
           !strcasecmp(param->type, "System.Management.Automation.SwitchParameter");
}

// Without any Position of their own, parameters that are no switches have the places they are written in.
static void place(struct reading *r, size_t count)
{
    int next = 0;
    for (size_t i = 0; i < count && r->positional && !r->any_position; i++)
        if (!is_switch(&r->params[i]))
            r->params[i].position = next++;
}

static bool missing_values(struct reading *r, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct type *type = r->signature->meta->types[i];
        value *at = &r->signature->missing[i];
        bool plain = type->base == &type_value_type || type == &type_string || type->enumeration;
        if (is_switch(&r->params[i]))
            *at = (value){.kind = V_SWITCH};
        else if (type == &type_object || !plain || type->enumeration ||
                 !value_convert(r->in, value_null, type, at))
            *at = value_null;
        value_set(&r->in->thrown, value_null);
    }
    return true;
}

static void binding_attribute(struct reading *r, const struct ast *node)
{
    r->signature->advanced = true;
    for (uint32_t i = ATTR_REST; i < node->count; i++) {
        const struct ast *at = node->kids[i];
        if (at->kind != AST_NAMED_ATTRIBUTE_ARGUMENT)
            continue;
        if (named(at->text, "SupportsShouldProcess") && is_true(at))
            r->signature->cmdlet.properties |= CMDLET_SHOULD_PROCESS;
        else if (named(at->text, "PositionalBinding") && !is_true(at))
            r->positional = false;
        else if (named(at->text, "DefaultParameterSetName") && at->kids[ONLY]) {
            unsigned bit = set_bit(r, at->kids[ONLY]->text);
            while (bit > 1)
                bit >>= 1, r->signature->cmdlet.default_set++;
        }
    }
}

// PARAMETERs stand in a param block among its attributes, or behind the body of a function.
static size_t count_of(const struct ast *list, uint32_t from)
{
    size_t count = 0;
    for (uint32_t i = from; list && i < list->count; i++)
        count += list->kids[i]->kind == AST_PARAMETER;
    return count;
}

static bool allocate(struct reading *r, size_t count)
{
    struct arena *arena = &r->signature->arena;
    r->params = arena_new(arena, (count + 1) * sizeof *r->params);
    r->signature->names = arena_new(arena, (count + 1) * sizeof *r->signature->names);
    r->signature->nodes = arena_new(arena, (count + 1) * sizeof *r->signature->nodes);
    r->signature->missing = arena_new(arena, (count + 1) * sizeof *r->signature->missing);
    return (r->params && r->signature->names && r->signature->nodes && r->signature->missing) ||
           throw_memory(r->in);
}

static bool name_sets(struct reading *r)
{
    if (!r->set_count)
        return true;
    const char **sets = arena_new(&r->signature->arena, (r->set_count + 1) * sizeof *sets);
    if (!sets)
        return throw_memory(r->in);
    memcpy(sets, r->sets, r->set_count * sizeof *sets);
    r->signature->cmdlet.sets = sets;
    return true;
}

static bool check_types(struct reading *r, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!type_named(r->in, r->params[i].type, strlen(r->params[i].type)))
            return throw_error(r->in, "TypeNotFound", CAT_InvalidOperation, value_null,
                               "There is no type [%s].", r->params[i].type);
    return true;
}

static bool read_list(struct reading *r, const struct ast *list, uint32_t from)
{
    size_t count = count_of(list, from), at = 0;
    if (count > OWN_PARAMETERS)
        return throw_error(r->in, "ScriptTooComplex", CAT_LimitsExceeded, value_null,
                           "A block has more than %d parameters.", OWN_PARAMETERS);
    if (!allocate(r, count))
        return false;
    for (uint32_t i = from; list && i < list->count; i++) {
        const struct ast *kid = list->kids[i];
        if (kid->kind == AST_ATTRIBUTE && is_attribute(kid, "CmdletBinding"))
            binding_attribute(r, kid);
        if (kid->kind == AST_PARAMETER && !one_parameter(r, at++, kid))
            return false;
    }
    place(r, count);
    r->signature->cmdlet.params = r->params;
    r->signature->cmdlet.properties |= CMDLET_FUNCTION;
    if (!name_sets(r) || !check_types(r, count))
        return false;
    r->signature->meta = bind_meta_new(r->in, &r->signature->arena, &r->signature->cmdlet);
    if (!r->signature->meta)
        return false;
    r->signature->meta->simple = !r->signature->advanced;
    return missing_values(r, count);
}

struct signature *signature_new(struct interp *in, const struct scriptblock *block)
{
    struct signature *signature = mem_new(1, sizeof *signature);
    if (!signature)
        return throw_memory(in), NULL;
    struct reading r = {.in = in, .signature = signature, .source = block->source, .positional = true};
    const struct ast *function =
        block->function && count_of(block->function, FUNC_PARAMS) ? block->function : NULL;
    bool ok = read_list(&r, function ? function : block->node->kids[SB_PARAM],
                        function ? (uint32_t)FUNC_PARAMS : 0);
    if (ok)
        return signature;
    signature_free(signature);
    return NULL;
}

void signature_free(struct signature *signature)
{
    for (size_t i = 0; signature->missing && signature->meta && i < signature->meta->count; i++) {
        const struct param_more *more = signature->meta->params[i].more;
        value_drop(signature->missing[i]);
        if (more)
            value_drop(more->script), value_drop(more->low), value_drop(more->high),
                value_drop(more->pattern);
    }
    arena_free(&signature->arena);
    mem_free(signature, sizeof *signature);
}
