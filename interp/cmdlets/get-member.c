// Get-Member: the properties of the objects' types. Methods belong to the language modes that can call them.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/format/text.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

enum { NAME, INPUT_OBJECT, TYPE_FILTER, VIEW, STATIC, FORCE };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"MemberType", "string[]", "Type", PARAM_NAMED},
    {"View", "string", NULL, PARAM_NAMED, .set_values = "Extended|Adapted|Base|All"},
    {"Static", "switch", NULL, PARAM_NAMED},
    {"Force", "switch", NULL, PARAM_NAMED},
    {0},
};

struct definition {
    struct object head;
    value type_name, name, member_type, text;
};

#define GETTER(field)                                                                                        \
    static bool get_##field(struct interp *in, value self, value *ret)                                       \
    {                                                                                                        \
        (void)in;                                                                                            \
        return *ret = value_keep(((struct definition *)self.object)->field), true;                           \
    }
GETTER(type_name)
GETTER(name)
GETTER(member_type)
GETTER(text)

static void definition_release(struct object *object)
{
    struct definition *definition = (struct definition *)object;
    value_drop(definition->type_name);
    value_drop(definition->name);
    value_drop(definition->member_type);
    value_drop(definition->text);
}

static bool definition_text(struct interp *in, value self, value *ret)
{
    return get_text(in, self, ret);
}

static const struct property definition_properties[] = {
    {"TypeName", get_type_name, NULL},
    {"Name", get_name, NULL},
    {"MemberType", get_member_type, NULL},
    {"Definition", get_text, NULL},
    {0},
};
static const struct type type_member_definition = {
    .name = "Microsoft.PowerShell.Commands.MemberDefinition",
    .base = &type_object,
    .properties = definition_properties,
    .release = definition_release,
    .to_string = definition_text,
    .size = sizeof(struct definition),
    .type_code = 1,
};

struct state {
    value *types;
    size_t count, capacity;
    bool any;
};

static bool wants_type(const struct command *cmd, const char *member_type)
{
    static const char *const all[] = {"All", "Properties"};
    if (!cmd_bound(cmd, TYPE_FILTER))
        return true;
    struct array *types = cmd->arg[TYPE_FILTER].array;
    for (size_t i = 0; i < types->count; i++) {
        if (value_is_text(types->items[i], member_type))
            return true;
        for (size_t k = 0; k < 2; k++)
            if (value_is_text(types->items[i], all[k]))
                return true;
    }
    return false;
}

static bool wants_name(const struct command *cmd, const char *name, size_t size)
{
    if (!cmd_bound(cmd, NAME))
        return true;
    struct array *names = cmd->arg[NAME].array;
    for (size_t i = 0; i < names->count; i++) {
        struct text pattern = text_of(names->items[i]);
        if (wildcard_match(pattern.at, pattern.size, name, size, true))
            return true;
    }
    return false;
}

static const struct property *own_property(value v, const char *name)
{
    for (const struct type *type = value_type(v); type; type = type->base)
        for (const struct property *p = type->properties; p && p->name; p++)
            if (!strcmp(p->name, name))
                return p;
    return NULL;
}

// "int Length {get;}", or "string A=text" of a property that the object was given.
static bool describe(struct interp *in, value v, const char *name, const struct member *member, value *ret)
{
    value content;
    bool found;
    if (!member_get(in, v, name, strlen(name), &content, &found))
        return false;
    const struct type *type = value_type(content);
    const char *shown = type ? type_display(type) : "System.Object";
    bool ok;
    if (member && member->kind == MEMBER_NOTE) {
        value text;
        ok = value_is_null(content) ? string_text(in, "null", &text) : value_to_string(in, content, &text);
        if (ok) {
            ok = string_printf(in, ret, "%s %s=%s", type ? shown : "object", name, value_text(text));
            value_drop(text);
        }
    } else if (member && member->kind == MEMBER_ALIAS) {
        ok = string_printf(in, ret, "%s = %s", name, value_text(member->val));
    } else {
        const struct property *own = own_property(v, name);
        ok = string_printf(in, ret, "%s %s {get;%s}", shown, name,
                           own && property_is_writable(own) ? "set;" : "");
    }
    value_drop(content);
    return ok;
}

static const char *member_type_of(const struct member *member)
{
    if (!member)
        return "Property";
    return member->kind == MEMBER_ALIAS  ? "AliasProperty"
           : member->kind == MEMBER_NOTE ? "NoteProperty"
                                         : "ScriptProperty";
}

static bool write_member(struct command *cmd, value v, const char *name, size_t size)
{
    const struct member *member = member_lookup(cmd->in, v, name, size);
    if (!wants_name(cmd, name, size) || !wants_type(cmd, member_type_of(member)))
        return true;
    value made;
    if (!object_new(cmd->in, &type_member_definition, &made))
        return false;
    struct definition *d = (struct definition *)made.object;
    bool ok = string_text(cmd->in, value_type_name(v, 0), &d->type_name) &&
              string_new(cmd->in, name, size, &d->name) &&
              string_text(cmd->in, member_type_of(member), &d->member_type) &&
              describe(cmd->in, v, name, member, &d->text);
    if (!ok)
        return value_drop(made), false;
    return cmd_take(cmd, made);
}

struct names {
    const char **at;
    size_t count, capacity;
};

static int by_name(const void *a, const void *b)
{
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    return utf8_compare_ignore_case(left, strlen(left), right, strlen(right));
}

static bool list_names(struct interp *in, value v, struct names *names)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    for (member_walk_start(in, &walk, v); member_walk_next(&walk, &name, &size);) {
        if (names->count == names->capacity) {
            size_t more = names->capacity ? names->capacity * 2 : 32;
            const char **grown = mem_resize(names->at, names->capacity * sizeof *grown, more * sizeof *grown);
            if (!grown)
                return throw_memory(in);
            names->at = grown;
            names->capacity = more;
        }
        names->at[names->count++] = name;
    }
    if (names->count)
        qsort(names->at, names->count, sizeof *names->at, by_name);
    return true;
}

static bool write_members(struct command *cmd, value v)
{
    struct names names = {0};
    bool ok = list_names(cmd->in, v, &names);
    for (size_t i = 0; ok && i < names.count; i++)
        ok = write_member(cmd, v, names.at[i], strlen(names.at[i]));
    mem_free(names.at, names.capacity * sizeof *names.at);
    return ok;
}

// Each type is described once.
static bool is_new_type(struct command *cmd, value v, bool *ret)
{
    struct state *state = cmd->state;
    const char *name = value_type_name(v, 0);
    *ret = false;
    for (size_t i = 0; i < state->count; i++)
        if (value_is_text(state->types[i], name))
            return true;
    if (state->count == state->capacity) {
        size_t more = state->capacity ? state->capacity * 2 : 8;
        value *types = mem_resize(state->types, state->capacity * sizeof *types, more * sizeof *types);
        if (!types)
            return throw_memory(cmd->in);
        state->types = types;
        state->capacity = more;
    }
    *ret = true;
    return string_text(cmd->in, name, &state->types[state->count]) && ++state->count;
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    value v = cmd->arg[INPUT_OBJECT];
    bool is_new;
    if (!cmd_bound(cmd, INPUT_OBJECT) || value_is_null(v))
        return true;
    state->any = true;
    if (!is_new_type(cmd, v, &is_new))
        return false;
    return !is_new || cmd_switch(cmd, STATIC) || write_members(cmd, v);
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    if (state->any)
        return true;
    return cmd_error(cmd, "NoObjectInGetMember", CAT_CloseError, value_null,
                     "There is no object to describe: give one.");
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    for (size_t i = 0; i < state->count; i++)
        value_drop(state->types[i]);
    mem_free(state->types, state->capacity * sizeof *state->types);
}

const struct cmdlet cmdlet_get_member = {
    .params = params,
    .state_size = sizeof(struct state),
    .process = process,
    .end = end,
    .clean = clean,
};
