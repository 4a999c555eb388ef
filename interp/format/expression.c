// interp/format/expression.c: what an expression means on an object.
#include "interp/format/expression.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/eval/scope.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

void expressions_free(struct expressions *expressions)
{
    for (size_t i = 0; i < expressions->count; i++) {
        value_drop(expressions->items[i].source);
        value_drop(expressions->items[i].label);
        value_drop(expressions->items[i].format);
        value_drop(expressions->items[i].span);
        value_drop(expressions->items[i].side);
    }
    mem_free(expressions->items, expressions->capacity * sizeof *expressions->items);
    *expressions = (struct expressions){0};
}

bool expression_is_pattern(const struct expression *expression)
{
    struct text source = text_of(expression->source);
    return wildcard_has(source.at, source.size);
}

static bool is_plain_hashtable(value target)
{
    return target.kind == V_TABLE && !target.table->ordered;
}

// A hashtable stands for the object that a cast to PSCustomObject would make of it.
static bool hashtable_allowed(struct interp *in, value target)
{
    const char *refusal = mode_gate(in->mode, GATE_PROPERTY_BAG);
    return !refusal || throw_error(in, refusal, CAT_InvalidArgument, target,
                                   "This language mode does not turn a hashtable into an object.");
}

// The properties of a dictionary that is no plain hashtable are those of its type, never its keys.
static bool type_property(struct interp *in, value target, const char *name, size_t size, value *ret,
                          bool *ret_found)
{
    for (const struct type *type = value_type(target); type; type = type->base)
        for (const struct property *p = type->properties; p && p->name; p++)
            if (utf8_same_ignore_case(p->name, strlen(p->name), name, size)) {
                *ret_found = true;
                return property_read(in, p, target, ret);
            }
    *ret_found = false;
    *ret = value_null;
    return true;
}

bool property_get(struct interp *in, value target, const char *name, size_t size, value *ret, bool *ret_found)
{
    if (target.kind != V_TABLE)
        return member_get(in, target, name, size, ret, ret_found);
    if (!is_plain_hashtable(target))
        return type_property(in, target, name, size, ret, ret_found);
    if (!hashtable_allowed(in, target))
        return false;
    value key;
    if (!string_new(in, name, size, &key))
        return false;
    const value *entry = table_get(target.table, key);
    value_drop(key);
    *ret_found = entry != NULL;
    *ret = entry ? value_keep(*entry) : value_null;
    return true;
}

static bool add_match(struct interp *in, struct array *names, const char *pattern, size_t pattern_size,
                      const char *name, size_t size)
{
    if (!wildcard_match(pattern, pattern_size, name, size, true))
        return true;
    value text;
    if (!string_new(in, name, size, &text))
        return false;
    bool ok = list_add(in, names, text);
    value_drop(text);
    return ok;
}

static bool match_keys(struct interp *in, const struct table *table, const char *pattern, size_t size,
                       struct array *names)
{
    for (size_t i = 0; i < table->used; i++) {
        value key = table->slots[i].key;
        if (key.kind == V_STRING && !add_match(in, names, pattern, size, key.string->text, key.string->size))
            return false;
    }
    return true;
}

static bool match_members(struct interp *in, value target, const char *pattern, size_t size,
                          struct array *names)
{
    struct member_walk walk;
    const char *name;
    size_t name_size;
    member_walk_start(in, &walk, target);
    while (member_walk_next(&walk, &name, &name_size))
        if (!add_match(in, names, pattern, size, name, name_size))
            return false;
    return true;
}

bool property_names(struct interp *in, value target, const char *pattern, size_t size, value *ret)
{
    if (is_plain_hashtable(target) && !hashtable_allowed(in, target))
        return false;
    value names;
    if (!list_new(in, &type_array_list, &names))
        return false;
    bool ok = is_plain_hashtable(target) ? match_keys(in, target.table, pattern, size, names.array)
                                         : match_members(in, target, pattern, size, names.array);
    if (!ok)
        return value_drop(names), false;
    *ret = names;
    return true;
}

// The name as the object spells it where it has such a property; *ret_found says whether it has.
static bool own_spelling(struct interp *in, value target, value name, value *ret, bool *ret_found)
{
    struct text text = text_of(name);
    struct member_walk walk;
    const char *own;
    size_t size;
    *ret_found = false;
    if (is_plain_hashtable(target)) {
        value ignored;
        if (!property_get(in, target, text.at, text.size, &ignored, ret_found))
            return false;
        value_drop(ignored);
        *ret = value_keep(name);
        return true;
    }
    for (member_walk_start(in, &walk, target); member_walk_next(&walk, &own, &size);)
        if (utf8_same_ignore_case(own, size, text.at, text.size))
            return *ret_found = true, string_new(in, own, size, ret);
    *ret = value_keep(name);
    return true;
}

bool expression_names(struct interp *in, const struct expression *expression, value target, value *ret)
{
    value source = expression->source, name;
    struct text text = text_of(source);
    if (expression_is_pattern(expression))
        return property_names(in, target, text.at, text.size, ret);
    bool found = true;
    const struct member *set =
        source.kind == V_STRING ? member_lookup(in, target, text.at, text.size) : NULL;
    if (set && set->kind == MEMBER_PROPERTY_SET && value_enumerable(set->val))
        return array_from(in, set->val.array->items, set->val.array->count, ret);
    if (source.kind == V_STRING ? !own_spelling(in, target, source, &name, &found)
                                : !value_to_string(in, source, &name))
        return false;
    bool ok = array_from(in, &name, found, ret);
    value_drop(name);
    return ok;
}

bool expression_call(struct interp *in, value block, value self, value *ret)
{
    if (in->call_block)
        return in->call_block(in, block, self, ret);
    return throw_error(in, "ScriptBlockNotSupportedInDataSection", CAT_InvalidOperation, block,
                       "This session runs no script blocks.");
}

// What a script throws is its reader's affair; where it only fails it gives nothing, told in $Error alone.
static bool only_failed(struct interp *in)
{
    value record = in->thrown;
    if (record.kind != V_ERROR || record.error->script_terminating || record.error->escaped ||
        record.object == in->out_of_memory.object)
        return false;
    in->thrown = value_null;
    interp_remember(in, record);
    return value_drop(record), true;
}

bool expression_get(struct interp *in, const struct expression *expression, value name, value target,
                    value *ret, bool *ret_found)
{
    *ret_found = true;
    if (expression->source.kind == V_SCRIPTBLOCK)
        return block_call_scoped ? block_call_scoped(in, expression->source, target, ret) ||
                                       (only_failed(in) && (*ret = value_null, true))
                                 : expression_call(in, expression->source, target, ret);
    struct text text = text_of(name);
    return property_get(in, target, text.at, text.size, ret, ret_found);
}

bool expression_forgiven(struct command *cmd, const struct expression *expression, value *ret)
{
    value record = cmd->in->thrown;
    if (expression->source.kind != V_SCRIPTBLOCK || record.kind != V_ERROR || record.error->escaped ||
        record.object == cmd->in->out_of_memory.object)
        return false;
    cmd->in->thrown = value_null;
    cmd_remember(cmd, record);
    value_drop(record);
    return *ret = value_null, true;
}

bool expression_first(struct interp *in, const struct expression *expression, value target, value *ret,
                      bool *ret_found)
{
    if (!expression_is_pattern(expression))
        return expression_get(in, expression, expression->source, target, ret, ret_found);
    value names;
    if (!expression_names(in, expression, target, &names))
        return false;
    *ret_found = names.array->count > 0;
    *ret = value_null;
    bool ok = !*ret_found || expression_get(in, expression, names.array->items[0], target, ret, ret_found);
    value_drop(names);
    return ok;
}
