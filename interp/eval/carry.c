// Values as bytes.
#include "interp/eval/carry.h"

#include <string.h>

#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

enum { DEEPEST = 64, MOST_ITEMS = 1 << 24 };

// --- Out
// ----------------------------------------------------------------------------------------------------------

static bool out_any(struct interp *in, value v, unsigned depth, unsigned nested, struct buf *out);

static bool put_text(struct buf *out, char tag, const char *text, size_t size)
{
    buf_add_char(out, tag);
    wire_put_text(out, text, size);
    return !out->failed;
}

static bool out_as_text(struct interp *in, value v, char tag, struct buf *out)
{
    value text;
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = put_text(out, tag, value_text(text), text.string->size);
    return value_drop(text), ok;
}

static bool out_number(char tag, unsigned kind, uint32_t aux, uint64_t bits, struct buf *out)
{
    buf_add_char(out, tag);
    buf_add_char(out, (char)kind);
    wire_put_u32(out, aux);
    wire_put_u64(out, bits);
    return !out->failed;
}

static bool out_items(struct interp *in, value v, unsigned depth, unsigned nested, struct buf *out)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    buf_add_char(out, 'a');
    value_walk_start(&walk, v);
    while (ok && value_walk_next(in, &walk, &item)) {
        buf_add_char(out, '+');
        ok = out_any(in, item, depth, nested + 1, out);
        value_drop(item);
    }
    return ok && buf_add_char(out, '.');
}

static bool out_table(struct interp *in, value v, unsigned depth, unsigned nested, struct buf *out)
{
    const struct table *table = v.table;
    bool ok = true;
    buf_add_char(out, 'h');
    buf_add_char(out, table->ordered);
    for (size_t i = 0; ok && i < table->used; i++) {
        if (table->slots[i].key.kind == V_VOID)
            continue;
        buf_add_char(out, '+');
        ok = out_any(in, table->slots[i].key, depth, nested + 1, out) &&
             out_any(in, table->slots[i].val, depth, nested + 1, out);
    }
    return ok && buf_add_char(out, '.');
}

static bool out_names(value v, struct buf *out)
{
    const char *name;
    for (size_t i = 0; (name = value_type_name(v, i)); i++) {
        buf_add_char(out, '+');
        wire_put_text(out, name, strlen(name));
    }
    return buf_add_char(out, '.');
}

// A property that cannot be read is left out, as PowerShell does.
static bool out_properties(struct interp *in, value v, unsigned depth, unsigned nested, struct buf *out)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    bool ok = true;
    member_walk_start(in, &walk, v);
    while (ok && member_walk_next(&walk, &name, &size)) {
        value of = value_null;
        bool found;
        if (!member_get(in, v, name, size, &of, &found)) {
            value_set(&in->thrown, value_null);
            continue;
        }
        buf_add_char(out, '+');
        wire_put_text(out, name, size);
        ok = out_any(in, of, depth, nested + 1, out);
        value_drop(of);
    }
    return ok && buf_add_char(out, '.');
}

static bool out_object(struct interp *in, value v, unsigned depth, unsigned nested, struct buf *out)
{
    if (!depth)
        return out_as_text(in, v, 's', out);
    buf_add_char(out, 'o');
    return out_names(v, out) && out_as_text(in, v, 's', out) && out_properties(in, v, depth - 1, nested, out);
}

static bool out_error(struct interp *in, value v, struct buf *out)
{
    const struct error_record *record = v.error;
    buf_add_char(out, 'e');
    wire_put_u32(out, record->category);
    bool ok = out_as_text(in, record->id, 's', out) && out_as_text(in, record->message, 's', out);
    return ok && (value_is_null(record->target) ? buf_add_char(out, 'n')
                                                : out_as_text(in, record->target, 's', out));
}

static bool out_bytes(char tag, const void *bytes, size_t size, struct buf *out)
{
    return buf_add_char(out, tag) && buf_add(out, bytes, size);
}

static bool out_scalar(struct interp *in, value v, struct buf *out, bool *ret_done)
{
    *ret_done = true;
    switch ((enum value_kind)v.kind) {
    case V_NULL:
    case V_VOID:
        return buf_add_char(out, 'n');
    case V_STRING:
        return put_text(out, 's', value_text(v), v.string->size);
    case V_SCRIPTBLOCK:
        return out_as_text(in, v, 's', out);
    case V_DECIMAL:
        return out_as_text(in, v, 'm', out);
    case V_BIGINT:
        return out_as_text(in, v, 'b', out);
    case V_TYPE:
        return out_as_text(in, v, 's', out);
    case V_ENUM:
        return out_number('i', V_I32, 0, (uint64_t)v.i, out);
    case V_SWITCH:
        return out_number('i', V_BOOL, 0, v.b, out);
    case V_BOOL:
        return out_number('i', V_BOOL, 0, v.b, out);
    case V_ERROR:
        return out_error(in, v, out);
    default:
        *ret_done = !value_is_heap(v);
        return !*ret_done || out_number('i', v.kind, v.aux, v.u, out);
    }
}

static bool out_any(struct interp *in, value v, unsigned depth, unsigned nested, struct buf *out)
{
    bool done;
    if (nested > DEEPEST)
        return out_as_text(in, v, 's', out);
    if (!out_scalar(in, v, out, &done) || done)
        return done && !out->failed;
    if (v.kind == V_TABLE)
        return out_table(in, v, depth, nested, out);
    if (value_enumerable(v))
        return out_items(in, v, depth, nested, out);
    if (value_is_type(v, &type_guid))
        return out_bytes('g', ((struct guid *)v.object)->bytes, 16, out);
    if (value_is_type(v, &type_version))
        return out_as_text(in, v, 'v', out);
    return out_object(in, v, depth, nested, out);
}

bool carry_out(struct interp *in, value v, unsigned depth, struct buf *out)
{
    return out_any(in, v, depth, 0, out) || (value_is_null(in->thrown) && throw_memory(in));
}

// --- In
// -----------------------------------------------------------------------------------------------------------

static bool in_any(struct interp *in, struct wire_reader *from, unsigned nested, value *ret);

static bool malformed(struct interp *in)
{
    return throw_error(in, "CarryMalformed", CAT_InvalidData, value_null,
                       "What came from the other session is not well-formed.");
}

static int get_tag(struct wire_reader *from)
{
    return from->failed || from->at == from->end ? -1 : *from->at++;
}

static bool get_text(struct interp *in, struct wire_reader *from, value *ret)
{
    size_t size;
    const char *text = wire_get_text(from, &size);
    if (from->failed || !text)
        return malformed(in);
    return string_new(in, text, size, ret);
}

static bool in_number(struct interp *in, struct wire_reader *from, value *ret)
{
    int kind = get_tag(from);
    uint32_t aux = wire_get_u32(from);
    value v = {.kind = (uint8_t)kind, .u = wire_get_u64(from)};
    if (from->failed || kind < 0 || kind >= VALUE_KINDS || kind == V_ENUM || kind == V_TYPE ||
        kind == V_VOID || value_is_heap(v))
        return malformed(in);
    if (kind == V_BOOL)
        v = value_bool(v.u != 0);
    if (kind == V_DATETIME)
        v.aux = aux <= 2 ? aux : 0;
    return *ret = v, true;
}

static bool in_converted(struct interp *in, struct wire_reader *from, const struct type *type, value *ret)
{
    value text;
    if (!get_text(in, from, &text))
        return false;
    bool ok = value_convert(in, text, type, ret);
    return value_drop(text), ok;
}

static bool in_items(struct interp *in, struct wire_reader *from, unsigned nested, value *ret)
{
    value list, item;
    int tag;
    bool ok = list_new(in, &type_array_list, &list);
    if (!ok)
        return false;
    while (ok && (tag = get_tag(from)) == '+') {
        ok = in_any(in, from, nested + 1, &item);
        if (ok) {
            ok = list_add(in, list.array, item);
            value_drop(item);
        }
    }
    if (ok && tag != '.')
        ok = malformed(in);
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}

static bool in_entry(struct interp *in, struct wire_reader *from, unsigned nested, struct table *table)
{
    value key, val;
    if (!in_any(in, from, nested + 1, &key))
        return false;
    bool ok = in_any(in, from, nested + 1, &val);
    if (ok) {
        ok = value_is_null(key) ? malformed(in) : table_set(in, table, key, val);
        value_drop(val);
    }
    return value_drop(key), ok;
}

static bool in_table(struct interp *in, struct wire_reader *from, unsigned nested, value *ret)
{
    value table;
    int tag, ordered = get_tag(from);
    bool ok = ordered >= 0 && table_new(in, ordered, &table);
    if (!ok)
        return ordered >= 0 ? false : malformed(in);
    while (ok && (tag = get_tag(from)) == '+')
        ok = in_entry(in, from, nested, table.table);
    if (ok && tag != '.')
        ok = malformed(in);
    if (!ok)
        return value_drop(table), false;
    return *ret = table, true;
}

static bool in_names(struct interp *in, struct wire_reader *from, value object)
{
    value names, name, full;
    int tag;
    if (!list_new(in, NULL, &names))
        return false;
    bool ok = true;
    while (ok && (tag = get_tag(from)) == '+' && (ok = get_text(in, from, &name))) {
        ok = string_printf(in, &full, "Deserialized.%s", value_text(name)) && list_add(in, names.array, full);
        value_drop(name);
        if (ok)
            value_drop(full);
    }
    ok = ok && (tag == '.' || malformed(in));
    for (size_t i = names.array->count; ok && i-- > 0;)
        ok = member_add_type_name(in, object, value_text(names.array->items[i]));
    return value_drop(names), ok;
}

static bool in_properties(struct interp *in, struct wire_reader *from, unsigned nested, value object)
{
    value name, val;
    int tag;
    while ((tag = get_tag(from)) == '+') {
        if (!get_text(in, from, &name))
            return false;
        bool ok = in_any(in, from, nested + 1, &val);
        if (ok) {
            ok = member_add(in, object, value_text(name), val);
            value_drop(val);
        }
        value_drop(name);
        if (!ok)
            return false;
    }
    return tag == '.' || malformed(in);
}

static bool in_object(struct interp *in, struct wire_reader *from, unsigned nested, value *ret)
{
    value object, text;
    if (!custom_new(in, &object))
        return false;
    bool ok =
        in_names(in, from, object) && (get_tag(from) == 's' || malformed(in)) && get_text(in, from, &text);
    if (ok) {
        value_drop(text);
        ok = in_properties(in, from, nested, object);
    }
    if (!ok)
        return value_drop(object), false;
    return *ret = object, true;
}

static bool in_error(struct interp *in, struct wire_reader *from, value *ret)
{
    uint32_t category = wire_get_u32(from);
    value id = value_null, message = value_null, target = value_null;
    bool ok = (category < CATEGORIES || malformed(in)) && in_any(in, from, DEEPEST - 1, &id) &&
              in_any(in, from, DEEPEST - 1, &message) && in_any(in, from, DEEPEST - 1, &target) &&
              ((id.kind == V_STRING && message.kind == V_STRING) || malformed(in));
    ok = ok && error_new(in, value_text(id), (enum category)category, target, ret, "%s", value_text(message));
    value_drop(id);
    value_drop(message);
    value_drop(target);
    return ok;
}

static bool in_guid(struct interp *in, struct wire_reader *from, value *ret)
{
    if (from->end - from->at < 16)
        return malformed(in);
    if (!object_new(in, &type_guid, ret))
        return false;
    memcpy(((struct guid *)ret->object)->bytes, from->at, 16);
    return from->at += 16, true;
}

static bool in_any(struct interp *in, struct wire_reader *from, unsigned nested, value *ret)
{
    if (nested > DEEPEST + 1)
        return malformed(in);
    switch (get_tag(from)) {
    case 'n':
        return *ret = value_null, true;
    case 'i':
        return in_number(in, from, ret);
    case 's':
        return get_text(in, from, ret);
    case 'm':
        return in_converted(in, from, &type_decimal, ret);
    case 'b':
        return in_converted(in, from, &type_bigint, ret);
    case 'v':
        return in_converted(in, from, &type_version, ret);
    case 'g':
        return in_guid(in, from, ret);
    case 'a':
        return in_items(in, from, nested, ret);
    case 'h':
        return in_table(in, from, nested, ret);
    case 'o':
        return in_object(in, from, nested, ret);
    case 'e':
        return in_error(in, from, ret);
    default:
        return malformed(in);
    }
}

bool carry_in(struct interp *in, struct wire_reader *from, value *ret)
{
    return in_any(in, from, 0, ret);
}
