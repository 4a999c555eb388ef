// Parameters as objects.
#include "interp/eval/parameter-info.h"

#include <string.h>

#include "interp/eval/parameters.h"
#include "interp/value/types.h"

struct parameter_info { // ParameterMetadata, and CommandParameterInfo of one set
    struct object head;
    value name, type, aliases, attributes, sets, help;
    int position;
    unsigned flags;
    bool is_switch;
};
struct set_info { // CommandParameterSetInfo
    struct object head;
    value name, parameters;
    bool is_default;
};

#define INFO(v) ((struct parameter_info *)(v).object)
#define SET_INFO(v) ((struct set_info *)(v).object)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define FIELD(name, of, field)                                                                               \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(of(self)->field), true;                                           \
    }
#define FLAG(name, flag)                                                                                     \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_bool(INFO(self)->flags & (flag)), true;                                \
    }
FIELD(get_name, INFO, name)
FIELD(get_type, INFO, type)
FIELD(get_aliases, INFO, aliases)
FIELD(get_attributes, INFO, attributes)
FIELD(get_sets, INFO, sets)
FIELD(get_help, INFO, help)
FLAG(get_mandatory, PARAM_MANDATORY)
FLAG(get_pipeline, PARAM_PIPELINE)
FLAG(get_property, PARAM_PROPERTY)
FLAG(get_remaining, PARAM_REMAINING)
GETTER(get_dynamic)
{
    return (void)in, (void)self, *ret = value_false, true;
}
GETTER(get_switch)
{
    return (void)in, *ret = value_bool(INFO(self)->is_switch), true;
}
GETTER(get_position)
{
    return (void)in, *ret = value_int(INFO(self)->position == PARAM_NAMED ? INT32_MIN : INFO(self)->position),
                     true;
}

static const struct property parameter_properties[] = {{"Name", get_name, NULL},
                                                       {"ParameterType", get_type, NULL},
                                                       {"ParameterSets", get_sets, NULL},
                                                       {"IsDynamic", get_dynamic, NULL},
                                                       {"Aliases", get_aliases, NULL},
                                                       {"Attributes", get_attributes, NULL},
                                                       {"SwitchParameter", get_switch, NULL},
                                                       {0}};
static const struct property in_set_properties[] = {{"Name", get_name, NULL},
                                                    {"ParameterType", get_type, NULL},
                                                    {"IsMandatory", get_mandatory, NULL},
                                                    {"IsDynamic", get_dynamic, NULL},
                                                    {"Position", get_position, NULL},
                                                    {"ValueFromPipeline", get_pipeline, NULL},
                                                    {"ValueFromPipelineByPropertyName", get_property, NULL},
                                                    {"ValueFromRemainingArguments", get_remaining, NULL},
                                                    {"HelpMessage", get_help, NULL},
                                                    {"Aliases", get_aliases, NULL},
                                                    {"Attributes", get_attributes, NULL},
                                                    {0}};
static const struct property set_metadata_properties[] = {
    {"IsMandatory", get_mandatory, NULL},
    {"Position", get_position, NULL},
    {"ValueFromPipeline", get_pipeline, NULL},
    {"ValueFromPipelineByPropertyName", get_property, NULL},
    {"ValueFromRemainingArguments", get_remaining, NULL},
    {"HelpMessage", get_help, NULL},
    {0}};

static void parameter_release(struct object *object)
{
    struct parameter_info *info = (struct parameter_info *)object;
    value own[] = {info->name, info->type, info->aliases, info->attributes, info->sets, info->help};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(own[i]);
}

#define PARAMETER_TYPE(symbol, full, rows)                                                                   \
    const struct type symbol = {.name = full,                                                                \
                                .base = &type_object,                                                        \
                                .type_code = 1,                                                              \
                                .size = sizeof(struct parameter_info),                                       \
                                .release = parameter_release,                                                \
                                .properties = rows};
PARAMETER_TYPE(type_parameter_metadata, "System.Management.Automation.ParameterMetadata",
               parameter_properties)
PARAMETER_TYPE(type_parameter_in_set, "System.Management.Automation.CommandParameterInfo", in_set_properties)
PARAMETER_TYPE(type_set_metadata, "System.Management.Automation.ParameterSetMetadata",
               set_metadata_properties)

// --- Making
// ------------------------------------------------------------------------------------------------------

void parameter_in_set(const struct param *param, unsigned set, int *ret_position, unsigned *ret_flags)
{
    const struct param_more *more = param->more;
    *ret_position = bind_position_of(param, set);
    *ret_flags = param->flags & ~(unsigned)PARAM_MANDATORY;
    if (bind_is_mandatory(param, set))
        *ret_flags |= PARAM_MANDATORY;
    if (param->pipeline_sets && !(param->pipeline_sets & set))
        *ret_flags &= ~(unsigned)(PARAM_PIPELINE | PARAM_PROPERTY);
    for (size_t i = 0; more && i < more->row_count; i++)
        if (!more->rows[i].sets || more->rows[i].sets & set)
            *ret_flags = more->rows[i].flags;
}

static bool aliases_new(struct interp *in, const char *text, value *ret)
{
    value list, name;
    bool ok = list_new(in, &type_collection, &list);
    if (!ok)
        return false;
    while (ok && text && *text) {
        size_t size = strcspn(text, " ");
        ok = string_new(in, text, size, &name) && list_add(in, list.array, name);
        if (ok)
            value_drop(name);
        text += size + (text[size] == ' ');
    }
    return ok ? (*ret = list, true) : (value_drop(list), false);
}

static bool attributes_list(struct interp *in, value attributes, value *ret)
{
    if (!list_new(in, &type_collection, ret))
        return false;
    for (size_t i = 0; value_enumerable(attributes) && i < attributes.array->count; i++)
        if (!list_add(in, ret->array, attributes.array->items[i]))
            return value_drop(*ret), false;
    return true;
}

static bool attributes_new(struct interp *in, const struct described *of, size_t at,
                           const struct param *param, value *ret)
{
    value made = value_null;
    if (of->attributes && at < of->meta->count)
        return parameter_declared(in, of->attributes[at], ret);
    if (parameter_attributes && !parameter_attributes(in, param, of->sets, &made))
        return false;
    bool ok = attributes_list(in, made, ret);
    return value_drop(made), ok;
}

static bool type_new(struct interp *in, const struct param *param, const struct type *type, value *ret)
{
    if (type && (type != &type_object || !strcmp(param->type, "object")))
        return *ret = (value){.kind = V_TYPE, .type = type}, true;
    return string_text(in, param->type, ret); // of a type that is not built
}

struct place { // a parameter in one set, or in all
    const struct described *of;
    size_t at; // behind meta->count: common ones
    unsigned set;
};

static const struct param *param_of(const struct place *place)
{
    size_t own = place->of->meta->count;
    return place->at < own ? &place->of->meta->params[place->at] : &common_params[place->at - own];
}

static bool info_new(struct interp *in, const struct type *type, const struct place *place, value *ret)
{
    const struct param *param = param_of(place);
    size_t own = place->of->meta->count;
    const struct type *of =
        place->at < own ? place->of->meta->types[place->at] : common_types[place->at - own];
    value v;
    if (!object_new(in, type, &v))
        return false;
    struct parameter_info *info = INFO(v);
    info->is_switch = of == &type_switch;
    parameter_in_set(param, place->set, &info->position, &info->flags);
    if (parameter_help && place->of->attributes && place->at < own)
        parameter_help(place->of, place->at, place->set, &info->help);
    if (!string_text(in, param->name, &info->name) || !type_new(in, param, of, &info->type) ||
        !aliases_new(in, param->aliases, &info->aliases) ||
        !attributes_new(in, place->of, place->at, param, &info->attributes))
        return value_drop(v), false;
    return *ret = v, true;
}

static size_t count_all(const struct meta *meta)
{
    size_t common = meta->simple ? 0 : meta->common_confirm ? COMMON_PARAMETERS : COMMON_WHAT_IF;
    return meta->count + common;
}

static bool is_shown(const struct described *of, const struct param *param)
{
    return of->attributes || !(param->flags & PARAM_HIDDEN);
}

static const char *set_name(const struct described *of, unsigned number)
{
    return of->sets && of->sets[number] ? of->sets[number] : "__AllParameterSets";
}

static bool add_set(struct interp *in, struct table *table, const struct place *place, const char *name)
{
    value v;
    if (!info_new(in, &type_set_metadata, place, &v))
        return false;
    bool ok = table_set_text(in, table, name, v);
    return value_drop(v), ok;
}

static bool sets_new(struct interp *in, const struct place *all, value *ret)
{
    const struct param *param = param_of(all);
    value table;
    if (!table_new(in, false, &table))
        return false;
    table.object->type = &type_dictionary;
    bool ok = param->sets || add_set(in, table.table, all, "__AllParameterSets");
    for (unsigned n = 0; ok && param->sets && n < 31 && 1u << n <= param->sets; n++) {
        struct place one = {all->of, all->at, 1u << n};
        if (param->sets & one.set)
            ok = add_set(in, table.table, &one, set_name(all->of, n));
    }
    return ok ? (*ret = table, true) : (value_drop(table), false);
}

static bool metadata_new(struct interp *in, const struct described *of, size_t at, value *ret)
{
    struct place place = {of, at, of->meta->all_sets};
    if (!info_new(in, &type_parameter_metadata, &place, ret))
        return false;
    if (sets_new(in, &place, &INFO(*ret)->sets))
        return true;
    return value_drop(*ret), false;
}

bool parameters_new(struct interp *in, const struct described *of, value *ret)
{
    value table, v;
    if (!table_new(in, false, &table))
        return false;
    table.object->type = &type_dictionary;
    bool ok = true;
    for (size_t i = 0; ok && i < count_all(of->meta); i++) {
        const struct place place = {of, i, 0};
        if (!is_shown(of, param_of(&place)))
            continue;
        ok = metadata_new(in, of, i, &v) && table_set_text(in, table.table, param_of(&place)->name, v);
        if (ok)
            value_drop(v);
    }
    return ok ? (*ret = table, true) : (value_drop(table), false);
}

// --- Sets
// --------------------------------------------------------------------------------------------------------

FIELD(get_set_name, SET_INFO, name)
FIELD(get_set_parameters, SET_INFO, parameters)
GETTER(get_default)
{
    return (void)in, *ret = value_bool(SET_INFO(self)->is_default), true;
}

static const struct property set_properties[] = {{"Name", get_set_name, NULL},
                                                 {"IsDefault", get_default, NULL},
                                                 {"Parameters", get_set_parameters, NULL},
                                                 {0}};

// As Get-Command -Syntax names it: accelerators, else the name without its namespace.
static void add_type_name(struct buf *out, value type)
{
    const struct type *element = type.kind == V_TYPE ? type.type->element : NULL;
    if (element) {
        add_type_name(out, (value){.kind = V_TYPE, .type = element});
        buf_printf(out, "[]");
        return;
    }
    const char *name = type.kind == V_TYPE ? type_display(type.type) : value_text(type);
    const char *dot = strrchr(name, '.');
    if (!strncmp(name, "object", 6))
        buf_printf(out, "O%s", name + 1);
    else
        buf_printf(out, "%s", dot ? dot + 1 : name);
}

static void add_syntax(struct buf *out, value v)
{
    const struct parameter_info *info = INFO(v);
    bool optional = !(info->flags & PARAM_MANDATORY),
         placed = info->position != PARAM_NAMED && !info->is_switch;
    buf_printf(out, "%s%s%s-%s%s", out->size ? " " : "", optional ? "[" : "", placed ? "[" : "",
               value_text(info->name), placed ? "]" : "");
    if (!info->is_switch) {
        buf_printf(out, " <");
        add_type_name(out, info->type);
        buf_printf(out, ">");
    }
    buf_printf(out, "%s", optional ? "]" : "");
}

static bool is_common(value v)
{
    for (size_t i = 0; i < COMMON_WHAT_IF; i++)
        if (!strcasecmp(common_params[i].name, value_text(INFO(v)->name)))
            return true;
    return false;
}

enum { PLACES = 32 };

// Positional ones in their order, then those that must be named, then the rest.
static void add_all(struct buf *out, const struct array *parameters)
{
    for (int place = 0; place < PLACES; place++)
        for (size_t i = 0; i < parameters->count; i++)
            if (INFO(parameters->items[i])->position == place)
                add_syntax(out, parameters->items[i]);
    for (unsigned wanted = 1; wanted < 2; wanted--)
        for (size_t i = 0; i < parameters->count; i++) {
            const struct parameter_info *info = INFO(parameters->items[i]);
            if (info->position == PARAM_NAMED && !is_common(parameters->items[i]) &&
                !(info->flags & PARAM_HIDDEN) && !(info->flags & PARAM_MANDATORY) == !wanted)
                add_syntax(out, parameters->items[i]);
        }
}

static bool set_to_string(struct interp *in, value self, value *ret)
{
    const struct array *parameters = SET_INFO(self)->parameters.array;
    struct buf out = BUF_INIT;
    bool common = false;
    add_all(&out, parameters);
    for (size_t i = 0; i < parameters->count; i++)
        common = common || is_common(parameters->items[i]);
    if (common)
        buf_printf(&out, "%s[<CommonParameters>]", out.size ? " " : "");
    bool ok = string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

static void set_release(struct object *object)
{
    value_drop(((struct set_info *)object)->name);
    value_drop(((struct set_info *)object)->parameters);
}

const struct type type_parameter_set_info = {
    .name = "System.Management.Automation.CommandParameterSetInfo",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct set_info),
    .release = set_release,
    .to_string = set_to_string,
    .properties = set_properties,
};

static bool fill_set(struct interp *in, const struct described *of, unsigned set, struct array *to)
{
    value v;
    for (size_t i = 0; i < count_all(of->meta); i++) {
        const struct place place = {of, i, set};
        unsigned own = i < of->meta->count ? bind_sets_of(of->meta, i) : set;
        if (!(own & set) || !is_shown(of, param_of(&place)))
            continue;
        if (!info_new(in, &type_parameter_in_set, &place, &v))
            return false;
        bool ok = list_add(in, to, v);
        value_drop(v);
        if (!ok)
            return false;
    }
    return true;
}

static bool set_new(struct interp *in, const struct described *of, unsigned number, value *ret)
{
    value v, list;
    if (!object_new(in, &type_parameter_set_info, &v))
        return false;
    unsigned set = 1u << number;
    SET_INFO(v)->is_default = of->sets && of->meta->default_set == set;
    bool ok = string_text(in, set_name(of, number), &SET_INFO(v)->name) && list_new(in, NULL, &list);
    if (ok)
        ok = fill_set(in, of, set, list.array), SET_INFO(v)->parameters = list;
    return ok ? (*ret = v, true) : (value_drop(v), false);
}

bool parameter_sets_new(struct interp *in, const struct described *of, value *ret)
{
    unsigned count = 0;
    value array;
    while (of->sets && of->sets[count])
        count++;
    if (!array_new(in, count ? count : 1, &array))
        return false;
    bool ok = true;
    for (unsigned i = 0; ok && i < array.array->count; i++)
        ok = set_new(in, of, i, &array.array->items[i]);
    return ok ? (*ret = array, true) : (value_drop(array), false);
}

// --- By prefix
// ---------------------------------------------------------------------------------------------------

bool parameter_resolve(struct interp *in, const struct described *of, value name, value *ret)
{
    size_t found = 0, at = 0;
    for (size_t i = 0; i < count_all(of->meta); i++) {
        const struct place place = {of, i, 0};
        const char *own = param_of(&place)->name;
        if (!strcasecmp(own, value_text(name)))
            return metadata_new(in, of, i, ret);
        if (!strncasecmp(own, value_text(name), name.string->size))
            found++, at = i;
    }
    if (found == 1)
        return metadata_new(in, of, at, ret);
    return throw_error(in, found ? "AmbiguousParameter" : "NamedParameterNotFound", CAT_InvalidArgument,
                       value_null, "'%s' names no single parameter.", value_text(name));
}
