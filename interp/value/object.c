// The small objects that the value layer itself defines: exceptions, records, pairs.
#include "base/buf.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

#define AS(type, v) ((struct type *)(v).object)

bool pair_new(struct interp *in, value key, value val, value *ret)
{
    if (!object_new(in, &type_dictionary_entry, ret))
        return false;
    AS(pair, *ret)->key = value_keep(key);
    AS(pair, *ret)->val = value_keep(val);
    return true;
}

void pair_release(struct object *object)
{
    value_drop(((struct pair *)object)->key);
    value_drop(((struct pair *)object)->val);
}

static bool add_pair(struct interp *in, struct buf *out, value self);

static bool is_plain_pair(const struct interp *in, value v)
{
    const struct type *type = value_type(v);
    return type && type->to_string == pair_to_string && !v.object->members && in->type_data.kind != V_TABLE;
}

// A pair within a pair is written in place: each text of its own would be copied at every level.
static bool add_side(struct interp *in, struct buf *out, value v)
{
    value text;
    if (is_plain_pair(in, v)) {
        bool ok = text_enter(in);
        if (ok)
            ok = add_pair(in, out, v), text_leave(in);
        return ok;
    }
    if (!value_to_method_string(in, v, &text))
        return false;
    buf_add(out, value_text(text), text.string->size);
    return value_drop(text), !out->failed || throw_full(in, out);
}

static bool add_pair(struct interp *in, struct buf *out, value self)
{
    buf_add_char(out, '[');
    if (!add_side(in, out, AS(pair, self)->key))
        return false;
    buf_add_text(out, ", ");
    if (!add_side(in, out, AS(pair, self)->val))
        return false;
    return buf_add_char(out, ']'), true;
}

bool pair_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = {.limit = in->string_limit};
    bool ok = add_pair(in, &out, self) &&
              (out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret));
    return buf_free(&out), ok;
}

bool record_new(struct interp *in, const struct type *type, value data, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    AS(record, *ret)->data = value_keep(data);
    return true;
}

void record_release(struct object *object)
{
    value_drop(((struct record *)object)->data);
    value_drop(((struct record *)object)->source);
    value_drop(((struct record *)object)->tags);
}

bool record_to_string(struct interp *in, value self, value *ret)
{
    return value_to_string(in, AS(record, self)->data, ret);
}

bool exception_new(struct interp *in, const struct type *type, value message, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    AS(exception, *ret)->message = value_keep(message);
    return true;
}

