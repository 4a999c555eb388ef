// .Where and .ForEach of every value.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/made.h"
#include "interp/value/store.h"
#include "interp/value/types-rows.h"

static bool invoke_on(struct interp *in, value block, value item, const value *args, size_t count, value *ret)
{
    if (in->invoke_block)
        return in->invoke_block(in, block, item, args, count, ret);
    return throw_error(in, "NotBuilt", CAT_NotImplemented, value_null,
                       "Script blocks are not part of this language mode.");
}
static bool add_results(struct interp *in, struct array *out, value result)
{
    if (result.kind == V_VOID)
        return true;
    if (!value_enumerable(result))
        return list_add(in, out, result);
    for (size_t i = 0; i < result.array->count; i++)
        if (!list_add(in, out, result.array->items[i]))
            return false;
    return true;
}
// A script block, a type, or the name of a property or method.
static bool for_one(struct interp *in, value item, value with, const value *rest, size_t count,
                    struct array *out)
{
    value result = value_void;
    bool ok, found = false;
    if (with.kind == V_SCRIPTBLOCK)
        ok = invoke_on(in, with, item, rest, count, &result);
    else if (with.kind == V_TYPE)
        ok = value_convert(in, item, with.type, &result);
    else if (method_exists(item, value_text(with), with.string->size))
        ok = method_invoke(in, item, with, rest, count, &result);
    else if (count) {
        ok = store_member(in, item, value_text(with), with.string->size, false, rest[0]);
        found = true;
    } else {
        ok = member_get(in, item, value_text(with), with.string->size, &result, &found);
        if (ok && !found)
            result = value_void;
        if (ok && found)
            ok = list_add(in, out, result);
        return value_drop(result), ok;
    }
    if (ok)
        ok = with.kind == V_SCRIPTBLOCK ? add_results(in, out, result)
                                        : result.kind == V_VOID || list_add(in, out, result);
    return value_drop(result), ok;
}
static bool for_each(struct interp *in, value target, const value *args, size_t count, struct array *out)
{
    struct value_walk walk;
    value item, with;
    bool ok = true;
    if (args[0].kind == V_SCRIPTBLOCK || args[0].kind == V_TYPE)
        with = value_keep(args[0]);
    else if (!value_to_string(in, args[0], &with))
        return false;
    value_walk_start(&walk, target);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = for_one(in, item, with, args + 1, count - 1, out);
        value_drop(item);
    }
    return value_drop(with), ok;
}

enum where_mode { WHERE_DEFAULT, WHERE_FIRST, WHERE_LAST, WHERE_SKIP_UNTIL, WHERE_UNTIL, WHERE_SPLIT };
struct where {
    struct interp *in;
    value condition;
    int64_t most;
    enum where_mode mode;
    struct array *out, *rest;
    bool passed;
};

static bool holds(struct where *where, value item, bool *ret)
{
    value result;
    if (where->condition.kind != V_SCRIPTBLOCK)
        return *ret = value_truth(where->condition), true;
    if (!invoke_on(where->in, where->condition, item, NULL, 0, &result))
        return false;
    *ret = value_truth(result);
    return value_drop(result), true;
}
// *ret_over: nothing that follows counts.
static bool where_one(struct where *where, value item, bool *ret_over)
{
    bool yes = false;
    struct array *out = where->out;
    bool full = where->most && out->count >= (size_t)where->most;
    if (where->mode == WHERE_SKIP_UNTIL && where->passed)
        return *ret_over = full, full || list_add(where->in, out, item);
    if (where->mode == WHERE_SPLIT && full)
        return list_add(where->in, where->rest, item);
    if (full && where->mode != WHERE_LAST)
        return *ret_over = true;
    if (!holds(where, item, &yes))
        return false;
    switch (where->mode) {
    case WHERE_UNTIL:
        return yes ? (*ret_over = true) : list_add(where->in, out, item);
    case WHERE_SKIP_UNTIL:
        return !yes || (where->passed = true, list_add(where->in, out, item));
    case WHERE_SPLIT:
        return list_add(where->in, yes ? out : where->rest, item);
    case WHERE_FIRST:
        if (yes && !where->most)
            *ret_over = true;
        return !yes || list_add(where->in, out, item);
    default:
        return !yes || list_add(where->in, out, item);
    }
}
static bool where_all(struct where *where, value target)
{
    struct value_walk walk;
    value item;
    bool ok = true, over = false;
    value_walk_start(&walk, target);
    while (ok && !over && value_walk_next(where->in, &walk, &item)) {
        ok = where_one(where, item, &over);
        value_drop(item);
    }
    size_t keep = where->most ? (size_t)where->most : 1;
    if (ok && where->mode == WHERE_LAST && where->out->count > keep)
        items_take_out(where->out, 0, where->out->count - keep);
    return ok;
}
static bool where_mode_of(struct interp *in, value v, enum where_mode *ret)
{
    static const char *const names[] = {"Default", "First", "Last", "SkipUntil", "Until", "Split"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (value_is_text(v, names[i]))
            return *ret = (enum where_mode)i, true;
    int64_t n;
    if (v.kind != V_STRING && value_to_long(in, v, &n) && n >= 0 && n <= WHERE_SPLIT)
        return *ret = (enum where_mode)n, true;
    value_set(&in->thrown, value_null);
    return throw_error(in, "SubstringDisambiguationEnumParseThrewAnException", CAT_InvalidArgument, value_null,
                       "There is no such mode of Where.");
}
bool collection_invoke(struct interp *in, value target, bool is_where, const value *args, size_t count,
                       value *ret)
{
    value out, rest = value_null;
    struct where where = {.in = in};
    if (!count || (is_where && count > 3))
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null,
                           "Arguments are missing or too many.");
    if (is_where && count > 1 && !where_mode_of(in, args[1], &where.mode))
        return false;
    if (is_where && count > 2 && !value_to_long(in, args[2], &where.most))
        return false;
    if (value_is_null(target))
        target = value_void;
    if (!list_new(in, &type_collection, &out))
        return false;
    where.condition = args[0];
    where.out = out.array;
    bool ok = true;
    if (where.mode == WHERE_SPLIT && is_where)
        ok = list_new(in, &type_collection, &rest), where.rest = rest.array;
    ok = ok && (is_where ? where_all(&where, target) : for_each(in, target, args, count, out.array));
    if (ok && !value_is_null(rest))
        ok = array_from(in, (value[]){out, rest}, 2, ret);
    else if (ok)
        *ret = value_keep(out);
    value_drop(rest);
    return value_drop(out), ok;
}
