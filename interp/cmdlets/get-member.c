// Get-Member: what members the objects have. Methods are known where the language can call them.
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/format/text.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/member-info.h"
#include "interp/value/type-definitions.h"
#include "interp/value/types.h"

#pragma weak type_ps_method

enum { NAME, INPUT_OBJECT, TYPE_FILTER, VIEW, STATIC, FORCE };

static const struct param params[] = {
    {"Name", "string[]", NULL, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"MemberType", "System.Management.Automation.PSMemberTypes", "Type", PARAM_NAMED},
    {"View", "System.Management.Automation.PSMemberViewTypes", NULL, PARAM_NAMED},
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
const struct type type_member_definition = {
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

// The members of one object, on their way to being sorted.
struct found {
    struct interp *in;
    value list; // LIST of MemberDefinition
    const char *type_name;
    bool force;              // hidden members too
    const struct type *type; // whose methods are asked for
};

static bool add(struct found *found, const char *name, size_t size, const char *member_type, value text)
{
    value made;
    if (!object_new(found->in, &type_member_definition, &made))
        return false;
    struct definition *d = (struct definition *)made.object;
    d->text = value_keep(text);
    bool ok = string_text(found->in, found->type_name, &d->type_name) &&
              string_new(found->in, name, size, &d->name) &&
              string_text(found->in, member_type, &d->member_type) &&
              list_add(found->in, found->list.array, made);
    return value_drop(made), ok;
}

// --- Properties of jesh-restricted, which has no objects for members ---

static const struct property *own_property(value v, const char *name)
{
    return property_find(value_type(v), name, strlen(name));
}

static bool note_text(struct interp *in, value content, const char *name, value *ret)
{
    value text;
    const struct type *type = value_type(content);
    bool ok = value_is_null(content) ? string_text(in, "null", &text) : value_to_string(in, content, &text);
    if (!ok)
        return false;
    ok = string_printf(in, ret, "%s %s=%s", type ? type_display(type) : "object", name, value_text(text));
    return value_drop(text), ok;
}

static bool plain_text(struct interp *in, value v, const char *name, bool note, value *ret)
{
    value content;
    bool found;
    if (!member_get(in, v, name, strlen(name), &content, &found))
        return false;
    const struct type *type = value_type(content);
    const struct property *own = own_property(v, name);
    bool ok = note ? note_text(in, content, name, ret)
                   : string_printf(in, ret, "%s %s {get;%s}", type ? type_display(type) : "System.Object",
                                   name, own && property_is_writable(own) ? "set;" : "");
    return value_drop(content), ok;
}

static bool add_plain(struct found *found, value v)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    value text;
    for (member_walk_start(found->in, &walk, v); member_walk_next(&walk, &name, &size);) {
        bool note = member_lookup(found->in, v, name, size);
        if (!plain_text(found->in, v, name, note, &text))
            return false;
        bool ok = add(found, name, size, note ? "NoteProperty" : "Property", text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return true;
}

// --- Members of the whole language ---

// A property as its type declares it; what it holds may be of another one.
static bool property_line(struct found *found, const char *name, value *ret, bool *ret_known)
{
    value lines;
    if (!type_definition(found->in, found->type, DEFINED_P, name, &lines, ret_known) || !*ret_known)
        return !*ret_known;
    *ret = value_keep(lines.array->items[0]);
    return value_drop(lines), true;
}

static bool add_info(struct found *found, value info)
{
    value text;
    if (!is_member_info(info)) {
        const struct method *row = AS(method_object, info)->overloads.rows[0];
        if (type_is_defined(found->type)) // all of its methods come from there
            return true;
        if (!value_to_string(found->in, info, &text))
            return false;
        bool ok = add(found, row->name, strlen(row->name), "Method", text);
        return value_drop(text), ok;
    }
    value name = ((struct member_info *)info.object)->member.name;
    bool known = false;
    if (!strcmp(member_type_text(info), "Property") && !property_line(found, value_text(name), &text, &known))
        return false;
    if (!known && !member_info_text(found->in, info, &text))
        return false;
    bool ok = add(found, value_text(name), name.string->size, member_type_text(info), text);
    return value_drop(text), ok;
}

static bool add_defined(struct found *found, enum definition_kind kind, const char *name, value lines)
{
    struct buf text = BUF_INIT;
    value joined;
    for (size_t i = 0; i < lines.array->count; i++)
        buf_printf(&text, "%s%s%s", i ? ", " : "", kind == DEFINED_S ? "static " : "",
                   value_text(lines.array->items[i]));
    bool ok = string_new(found->in, buf_text(&text), text.size, &joined);
    buf_free(&text);
    if (!ok)
        return false;
    const char *member_type = kind == DEFINED_I ? "ParameterizedProperty" : "Method";
    ok = add(found, name, strlen(name), member_type, joined);
    return value_drop(joined), ok;
}

static bool add_all_defined(struct found *found, const struct type *type, enum definition_kind kind)
{
    const char *name;
    bool ok = true, known;
    value lines;
    for (size_t n = 0; ok && (name = type_defined_name(type, kind, n)); n++) {
        ok = type_definition(found->in, type, kind, name, &lines, &known);
        if (ok && known)
            ok = add_defined(found, kind, name, lines), value_drop(lines);
    }
    return ok;
}

static bool add_infos(struct found *found, value v)
{
    value infos;
    bool ok = true;
    found->type = value_type(v);
    if (type_is_defined(found->type) &&
        (!add_all_defined(found, found->type, DEFINED_M) || !add_all_defined(found, found->type, DEFINED_I)))
        return false;
    if (!member_infos(found->in, v, found->force ? INFO_ALL | INFO_HIDDEN : INFO_ALL, &infos))
        return false;
    for (size_t i = 0; ok && i < infos.array->count; i++)
        ok = add_info(found, infos.array->items[i]);
    return value_drop(infos), ok;
}

static bool is_listed(const struct found *found, const char *name)
{
    for (size_t i = 0; i < found->list.array->count; i++)
        if (value_is_text(((struct definition *)found->list.array->items[i].object)->name, name))
            return true;
    return false;
}

// Constants are fields of their types, and a field's definition says static.
static bool is_field(const char *name)
{
    static const char *const fields[] = {
        "PI",   "E",       "Tau",      "MaxValue",         "MinValue",
        "NaN",  "Epsilon", "Empty",    "PositiveInfinity", "NegativeInfinity",
        "Zero", "One",     "MinusOne", "UnixEpoch"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!strcmp(fields[i], name))
            return true;
    return false;
}

static bool add_static_property(struct found *found, const struct type *type, const struct property *p)
{
    value v, text;
    if (!property_read(found->in, p, (value){.kind = V_TYPE, .type = type}, &v))
        return value_set(&found->in->thrown, value_null), true;
    const struct type *of = p->field ? p->field->type : value_type(v);
    bool ok = string_printf(found->in, &text, "%s%s %s {get;%s}", is_field(p->name) ? "static " : "",
                            of && of != &type_object ? type_display(of) : "System.Object", p->name,
                            property_is_writable(p) ? "set;" : "");
    value_drop(v);
    if (!ok)
        return false;
    ok = add(found, p->name, strlen(p->name), "Property", text);
    return value_drop(text), ok;
}

static bool add_static_method(struct found *found, const struct type *type, const char *name)
{
    value text, method, key = string_static(found->in, name);
    bool ok = static_get(found->in, type, key, &method);
    value_drop(key);
    if (!ok || !value_is_type(method, &type_ps_method))
        return ok;
    ok = method_static_text(found->in, method, &text);
    value_drop(method);
    if (!ok)
        return false;
    ok = add(found, name, strlen(name), "Method", text);
    return value_drop(text), ok;
}

static bool add_enum_names(struct found *found, const struct type *type)
{
    const struct enum_member *member = type->enumeration ? type->enumeration->members : NULL;
    value text;
    for (; member && member->name; member++) {
        if (!string_printf(found->in, &text, "static %s %s {get;}", type_display(type), member->name))
            return false;
        bool ok = add(found, member->name, strlen(member->name), "Property", text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return true;
}

static bool add_statics(struct found *found, const struct type *type)
{
    bool ok = add_enum_names(found, type), defined = type_is_defined(type);
    if (ok && defined)
        ok = add_all_defined(found, type, DEFINED_S) && add_all_defined(found, type, DEFINED_C);
    for (const struct type *at = type; ok && at; at = at->base) {
        const struct type_members *full = at->full;
        for (const struct property *p = full ? full->static_properties : NULL; ok && p && p->name; p++)
            ok = is_listed(found, p->name) || add_static_property(found, type, p);
        for (const struct method *m = full && !defined ? full->statics : NULL; ok && m && m->name; m++)
            ok = is_listed(found, m->name) || add_static_method(found, type, m->name);
    }
    if (ok && !defined && type->full && type->full->constructors) {
        value text;
        ok = constructors_text(found->in, type, &text);
        if (ok)
            ok = add(found, "new", 3, "Method", text), value_drop(text);
    }
    return ok;
}

// --- Choosing, sorting, writing ---

static uint32_t bits_of(const struct definition *d)
{
    static const struct {
        const char *name;
        uint32_t bits;
    } kinds[] = {{"AliasProperty", 1}, {"CodeProperty", 2},           {"Property", 4},
                 {"NoteProperty", 8},  {"ScriptProperty", 16},        {"PropertySet", 32},
                 {"Method", 64},       {"CodeMethod", 128},           {"ScriptMethod", 256},
                 {"MemberSet", 1024},  {"ParameterizedProperty", 512}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (value_is_text(d->member_type, kinds[i].name))
            return kinds[i].bits;
    return 0;
}

static bool wants_type(const struct command *cmd, const struct definition *d)
{
    enum { EXTENDED = 1, ADAPTED = 2, BASE = 4 };
    uint32_t wanted = cmd_bound(cmd, TYPE_FILTER) ? (uint32_t)cmd->arg[TYPE_FILTER].i : UINT32_MAX;
    uint32_t view = cmd_bound(cmd, VIEW) ? (uint32_t)cmd->arg[VIEW].i : EXTENDED | ADAPTED, bits = bits_of(d);
    bool own = bits & (4 | 64 | 512);
    return (wanted & bits) && view & (own ? ADAPTED | BASE : EXTENDED);
}

static bool is_special(const char *name)
{
    return !strncmp(name, "get_", 4) || !strncmp(name, "set_", 4) || !strncmp(name, "add_", 4) ||
           !strncmp(name, "op_", 3);
}

static bool wants(const struct command *cmd, const struct definition *d, value pattern)
{
    struct text name = text_of(d->name), by = text_of(pattern);
    if (!cmd_switch(cmd, FORCE) && is_special(value_text(d->name)) && bits_of(d) == 64)
        return false;
    return wants_type(cmd, d) &&
           (pattern.kind != V_STRING || wildcard_match(by.at, by.size, name.at, name.size, true));
}

static int by_kind_and_name(const void *a, const void *b)
{
    const struct definition *left = (const void *)((const value *)a)->object,
                            *right = (const void *)((const value *)b)->object;
    int kinds = strcmp(value_text(left->member_type), value_text(right->member_type));
    return kinds ? kinds
                 : utf8_compare_ignore_case(value_text(left->name), left->name.string->size,
                                            value_text(right->name), right->name.string->size);
}

static bool write_matches(struct command *cmd, const struct found *found, value pattern)
{
    for (size_t i = 0; i < found->list.array->count; i++) {
        value d = found->list.array->items[i];
        if (wants(cmd, (struct definition *)d.object, pattern) && !cmd_write(cmd, d))
            return false;
    }
    return true;
}

static bool write_found(struct command *cmd, const struct found *found)
{
    struct array *list = found->list.array;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_kind_and_name);
    if (!cmd_bound(cmd, NAME))
        return write_matches(cmd, found, value_null);
    bool ok = true;
    for (size_t i = 0; ok && i < cmd->arg[NAME].array->count; i++)
        ok = write_matches(cmd, found, cmd->arg[NAME].array->items[i]);
    return ok;
}

static bool write_members(struct command *cmd, value v, const char *type_name)
{
    struct found found = {.in = cmd->in, .type_name = type_name, .force = cmd_switch(cmd, FORCE)};
    const struct type *type = v.kind == V_TYPE ? v.type : value_type(v);
    if (!list_new(cmd->in, NULL, &found.list))
        return false;
    bool ok = cmd_switch(cmd, STATIC) ? !method_invoke || add_statics(&found, type)
              : member_infos          ? add_infos(&found, v)
                                      : add_plain(&found, v);
    ok = ok && write_found(cmd, &found);
    value_drop(found.list);
    return ok;
}

// Each type is described once.
static bool is_new_type(struct command *cmd, const char *name, bool *ret)
{
    struct state *state = cmd->state;
    *ret = false;
    for (size_t i = 0; i < state->count; i++)
        if (value_is_text(state->types[i], name))
            return true;
    if (state->count == state->capacity) {
        value *types = mem_grow(state->types, &state->capacity, 8, sizeof *types);
        if (!types)
            return throw_memory(cmd->in);
        state->types = types;
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
    const char *name = value_type_name(v, 0);
    if (cmd_switch(cmd, STATIC))
        name = v.kind == V_TYPE ? v.type->name : value_type(v)->name;
    state->any = true;
    if (!is_new_type(cmd, name ? name : "", &is_new))
        return false;
    return !is_new || write_members(cmd, v, name ? name : "");
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
