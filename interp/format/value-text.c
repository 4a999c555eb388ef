// interp/format/value-text.c: values as the text of a cell.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/format/expression.h"
#include "interp/format/text.h"
#include "interp/value/class.h"
#include "interp/value/format.h"
#include "interp/value/set.h"
#include "interp/value/types.h"
#include "interp/value/xml.h"

bool text_enumerates(value v)
{
    return v.kind == V_TABLE || value_enumerable(v);
}

bool text_entries(struct interp *in, const struct table *table, value *ret)
{
    value entries;
    if (!array_new(in, table->count, &entries))
        return false;
    size_t count = 0;
    const struct type *type = table_entry_type ? table_entry_type(in, table->head.type) : NULL;
    for (size_t i = 0; i < table->used; i++) {
        const struct table_slot *slot = &table->slots[i];
        if (slot->key.kind == V_VOID)
            continue;
        if (!pair_new(in, slot->key, slot->val, &entries.array->items[count++]))
            return value_drop(entries), false;
        if (type)
            entries.array->items[count - 1].object->type = type;
    }
    *ret = entries;
    return true;
}

long text_enumeration_limit(struct interp *in)
{
    const value *limit = interp_get_variable(in, "FormatEnumerationLimit");
    return limit && limit->kind == V_I32 ? (long)limit->i : 4;
}

// The first property by which objects are usually told apart.
static bool telling_name(struct interp *in, value item, value *ret, bool *ret_found)
{
    static const char *const usual[] = {"name", "id", "key", "*key", "*name", "*id"};
    *ret_found = false;
    for (size_t i = 0; i < sizeof usual / sizeof *usual && !*ret_found; i++) {
        struct expression expression = {0};
        if (!string_text(in, usual[i], &expression.source))
            return false;
        bool ok = expression_first(in, &expression, item, ret, ret_found);
        value_drop(expression.source);
        if (!ok)
            return false;
    }
    return true;
}

// Objects without a ToString of their own are shown in a list by a property of theirs.
static bool item_text(struct interp *in, value item, value *ret)
{
    value name = value_null;
    bool found, ok;
    if (!value_to_shown_string(in, item, ret))
        return false;
    bool tells = xml_is_node && xml_is_node(item);
    if (!tells && (!class_is_of(item) || !value_is_text(*ret, value_type(item)->name)))
        return true;
    ok = telling_name(in, item, &name, &found);
    if (found) {
        value_drop(*ret);
        ok = value_to_shown_string(in, name, ret);
        value_drop(name);
    }
    return ok;
}

// One item within { }.
static bool add_item(struct interp *in, value item, struct buf *out)
{
    if (value_is_null(item))
        return buf_add_text(out, "$null");
    value text;
    if (!item_text(in, item, &text))
        return false;
    buf_add(out, text.string->text, text.string->size);
    value_drop(text);
    return true;
}

static bool add_items(struct interp *in, value v, long limit, struct buf *out)
{
    struct value_walk walk;
    value_walk_start(&walk, v);
    value item;
    for (long count = 0; value_walk_next(in, &walk, &item); count++) {
        bool over = limit >= 0 && count == limit, ok = true;
        if (over)
            buf_add_text(out, ELLIPSIS);
        else
            ok = (count == 0 || buf_add_text(out, ", ")) && add_item(in, item, out);
        value_drop(item);
        if (!ok)
            return false;
        if (over)
            break;
    }
    return value_is_null(in->thrown);
}

static bool collection_text(struct interp *in, value v, long limit, value *ret)
{
    struct buf out = {0};
    value items = v;
    if (v.kind == V_TABLE && !text_entries(in, v.table, &items))
        return false;
    buf_add_char(&out, '{');
    bool ok = add_items(in, items, limit, &out) && buf_add_char(&out, '}');
    if (v.kind == V_TABLE)
        value_drop(items);
    ok = ok && string_new(in, out.data, out.size, ret);
    buf_free(&out);
    return ok;
}

bool text_of_value(struct interp *in, value v, long limit, bool in_table, value *ret)
{
    if (value_is_null(v))
        return string_text(in, "", ret);
    if (v.kind == V_STRING)
        return *ret = value_keep(v), true;
    if (text_enumerates(v))
        return collection_text(in, v, limit, ret);
    bool fraction = v.kind == V_F64 || v.kind == V_F32 || v.kind == V_DECIMAL;
    if (in_table && fraction)
        return value_format_string(in, v, "F", 1, ret);
    if (v.kind == V_TYPE)
        return value_to_method_string(in, v, ret); // cells show the full name
    return value_to_shown_string(in, v, ret);
}

// A composite text is one that has a placeholder; everything else is a format for the value itself.
static bool is_composite(struct text format)
{
    return memmem(format.at, format.size, "{0", 2) || memchr(format.at, '}', format.size);
}

bool text_of_formatted(struct interp *in, value v, value format, long limit, value *ret)
{
    struct text spec = text_of(format);
    if (spec.size == 0)
        return text_of_value(in, v, limit, false, ret);
    bool done = is_composite(spec) ? value_format_composite(in, spec.at, spec.size, &v, 1, ret)
                                   : value_format_string(in, v, spec.at, spec.size, ret);
    if (done)
        return true;
    value_set(&in->thrown, value_null); // a format that does not fit is no error: the plain text is shown
    return text_of_value(in, v, limit, false, ret);
}
