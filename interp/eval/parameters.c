// What attributes say, as a table for the binder. jesh-full alone.
#include "interp/eval/parameters.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/type-definition.h"
#include "interp/value/attributes.h"

static const char *keep_text(struct reading *r, const char *text)
{
    const char *copy = arena_text(r->arena, text, strlen(text));
    return copy ? copy : (throw_memory(r->in), "");
}

unsigned reading_set(struct reading *r, const char *name)
{
    if (!strcasecmp(name, "__AllParameterSets"))
        return 0;
    for (size_t i = 0; i < r->set_count; i++)
        if (!strcasecmp(name, r->sets[i]))
            return 1u << i;
    if (r->set_count == MOST_SETS)
        return 0;
    r->sets[r->set_count] = keep_text(r, name);
    return 1u << r->set_count++;
}

static struct param_more *more_of(struct reading *r, struct param *param)
{
    struct param_more *more = (struct param_more *)param->more; // this file's own
    if (!more)
        param->more = more = arena_new(r->arena, sizeof *more);
    if (!more)
        throw_memory(r->in);
    return more;
}

// --- [Parameter()]
// -------------------------------------------------------------------------------------------------

static unsigned parameter_flags(value attribute)
{
    static const struct {
        unsigned field, flag;
    } fields[] = {{PARAMETER_MANDATORY, PARAM_MANDATORY},
                  {PARAMETER_PIPELINE, PARAM_PIPELINE},
                  {PARAMETER_PROPERTY, PARAM_PROPERTY},
                  {PARAMETER_REMAINING, PARAM_REMAINING},
                  {PARAMETER_HIDDEN, PARAM_HIDDEN}};
    unsigned flags = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (value_truth(attribute_field(attribute, fields[i].field)))
            flags |= fields[i].flag;
    return flags;
}

static void add_row(struct param_more *more, unsigned set, int position, unsigned flags)
{
    if (more && more->row_count < MOST_ROWS)
        more->rows[more->row_count++] = (struct set_row){set, position, flags};
}

static void read_parameter(struct reading *r, struct param *param, value attribute)
{
    value name = attribute_field(attribute, PARAMETER_SET);
    int64_t position = attribute_field(attribute, PARAMETER_POSITION).i;
    unsigned set = name.kind == V_STRING ? reading_set(r, value_text(name)) : 0;
    unsigned flags = parameter_flags(attribute);
    int place = position == NO_POSITION ? PARAM_NAMED : (int)(position < 0 ? 0 : position);
    r->advanced = true;
    r->any_set = r->any_set || set;
    r->any_position = r->any_position || place != PARAM_NAMED;
    if (place != PARAM_NAMED)
        param->position = place;
    add_row(more_of(r, param), set, place, flags);
    if (flags & PARAM_MANDATORY && set)
        param->mandatory_sets |= set, flags &= ~(unsigned)PARAM_MANDATORY;
    if (flags & (PARAM_PIPELINE | PARAM_PROPERTY) && set)
        param->pipeline_sets |= set;
    param->flags |= flags;
}

// In a row for all sets, the parameter is in all of them.
static void sum_sets(struct param *param)
{
    const struct param_more *more = param->more;
    bool all = false;
    for (size_t i = 0; more && i < more->row_count; i++) {
        all = all || !more->rows[i].sets;
        param->sets |= more->rows[i].sets;
    }
    if (all)
        param->sets = 0;
}

// --- The others
// ----------------------------------------------------------------------------------------------------

static void read_alias(struct reading *r, struct param *param, value attribute)
{
    struct buf text = BUF_INIT;
    value names = attribute_field(attribute, ONLY_FIELD);
    buf_printf(&text, "%s", param->aliases ? param->aliases : "");
    for (size_t i = 0; value_enumerable(names) && i < names.array->count; i++)
        if (names.array->items[i].kind == V_STRING)
            buf_printf(&text, "%s%s", text.size ? " " : "", value_text(names.array->items[i]));
    param->aliases = text.failed ? (throw_memory(r->in), NULL) : keep_text(r, buf_text(&text));
    buf_free(&text);
}

static void read_flag(struct param *param, value attribute)
{
    static const struct {
        const struct type *type;
        unsigned flag;
    } flags[] = {{&type_allow_null, PARAM_ALLOW_NULL},
                 {&type_allow_empty_string, PARAM_ALLOW_EMPTY},
                 {&type_allow_empty_collection, PARAM_ALLOW_EMPTY_COLLECTION},
                 {&type_wildcards_attribute, PARAM_WILDCARD}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (attribute_is(attribute, flags[i].type))
            param->flags |= flags[i].flag;
}

static bool read_one(struct reading *r, struct param *param, value attribute)
{
    const struct type *type = value_type(attribute);
    struct param_more *more = more_of(r, param);
    if (!more)
        return false;
    if (type == &type_converter_attribute)
        param->type = keep_text(r, attribute_field(attribute, ONLY_FIELD).type->name);
    else if (attribute_is(attribute, &type_parameter_attribute))
        read_parameter(r, param, attribute);
    else if (attribute_is(attribute, &type_alias_attribute))
        read_alias(r, param, attribute);
    else if (attribute_is(attribute, &type_type_name_attribute))
        more->ps_type = value_text(attribute_field(attribute, ONLY_FIELD));
    else if (attribute_is(attribute, &type_obsolete_attribute))
        more->obsolete = true;
    else if (attribute_is(attribute, &type_validate_attribute))
        more->validates = true;
    else if (attribute_is(attribute, &type_transformation_attribute))
        more->transforms = true;
    else
        read_flag(param, attribute);
    return value_is_null(r->in->thrown);
}

bool reading_parameter(struct reading *r, size_t at, const char *name, value attributes)
{
    struct param *param = &r->params[at];
    param->name = keep_text(r, name);
    param->type = "object";
    param->position = PARAM_NAMED;
    r->attributes[at] = value_keep(attributes);
    for (size_t i = 0; value_enumerable(attributes) && i < attributes.array->count; i++)
        if (!read_one(r, param, attributes.array->items[i]))
            return false;
    if (param->more)
        more_of(r, param)->attributes = attributes;
    sum_sets(param);
    return value_is_null(r->in->thrown);
}

// --- Whether they go together
// -------------------------------------------------------------------------------------

static bool has_alias(const struct param *param, const char *name, size_t size)
{
    for (const char *at = param->aliases; at && *at;) {
        size_t own = strcspn(at, " ");
        if (own == size && !strncasecmp(at, name, size))
            return true;
        at += own + (at[own] == ' ');
    }
    return false;
}

static bool clash(struct reading *r, const char *id, const char *name, size_t size)
{
    return throw_error(r->in, id, CAT_MetadataError, value_null,
                       "'%.*s' is declared more than once among the names and aliases of parameters.",
                       (int)size, name);
}

static bool check_alias(struct reading *r, const struct param *own, const struct param *others, size_t count,
                        const char *alias, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const struct param *other = &others[i];
        if (other == own)
            continue;
        if (strlen(other->name) == size && !strncasecmp(other->name, alias, size))
            return clash(r, "ParameterNameConflictsWithAlias", alias, size);
        if (has_alias(other, alias, size))
            return clash(r, "AliasDeclaredMultipleTimes", alias, size);
    }
    return true;
}

static bool check_aliases(struct reading *r, const struct param *own, const struct param *others,
                          size_t count)
{
    for (const char *at = own->aliases; at && *at;) {
        size_t size = strcspn(at, " ");
        if (!check_alias(r, own, others, count, at, size))
            return false;
        at += size + (at[size] == ' ');
    }
    return true;
}

static bool check_name(struct reading *r, const struct param *own, size_t common)
{
    size_t size = strlen(own->name);
    for (size_t i = 0; i < common; i++) {
        if (!strcasecmp(common_params[i].name, own->name))
            return clash(r, "ParameterNameAlreadyExistsForCommand", own->name, size);
        if (has_alias(&common_params[i], own->name, size))
            return clash(r, "ParameterNameConflictsWithAlias", own->name, size);
    }
    return true;
}

bool reading_check(struct reading *r, const struct cmdlet *cmdlet, size_t count)
{
    size_t common = 0;
    if (r->advanced)
        common = cmdlet->properties & CMDLET_SHOULD_PROCESS ? COMMON_PARAMETERS : COMMON_WHAT_IF;
    for (size_t i = 0; i < count; i++)
        if (!check_name(r, &r->params[i], common) || !check_aliases(r, &r->params[i], r->params, count) ||
            !check_aliases(r, &r->params[i], common_params, common))
            return false;
    return true;
}
