#include "interp/value/append.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

enum { LEAST_ROOM = 6 }; // 64 bytes

// A string's own block: as long as it is, or 2^spare bytes where it has grown.
static size_t bytes_of(const struct string *string)
{
    return string->head.spare ? (size_t)1 << string->head.spare : sizeof *string + string->size + 1;
}

static struct string *make_room(struct interp *in, value *slot, size_t need)
{
    struct string *string = slot->string;
    uint16_t power = LEAST_ROOM;
    if (string->head.spare && need <= bytes_of(string))
        return string;
    while ((size_t)1 << power < need + need / 4)
        power++;
    struct string *bigger = mem_resize(string, bytes_of(string), (size_t)1 << power);
    if (!bigger)
        return throw_memory(in), NULL;
    bigger->head.spare = power;
    return slot->string = bigger;
}

static bool too_long(struct interp *in, size_t size)
{
    return throw_error(in, "StringLimit", CAT_LimitsExceeded, value_null,
                       "A string of %zu bytes is longer than this session allows.", size);
}

static bool add_text(struct interp *in, value *slot, const char *text, size_t size)
{
    size_t own = slot->string->size;
    if (own + size > in->string_limit)
        return too_long(in, own + size);
    struct string *string = make_room(in, slot, sizeof *string + own + size + 1);
    if (!string)
        return false;
    memcpy(string->text + own, text, size);
    string->text[own + size] = 0;
    string->size = (uint32_t)(own + size);
    bool ascii = utf8_is_ascii(text, size);
    string->units += ascii ? (uint32_t)size : (uint32_t)utf8_units(text, size);
    string->ascii = string->ascii && ascii;
    string->hash = 0;
    return true;
}

static bool append_text(struct interp *in, value *slot, value right)
{
    struct buf out = BUF_INIT;
    if (right.kind == V_STRING)
        return add_text(in, slot, value_text(right), right.string->size);
    bool ok = value_add_string(in, &out, right);
    if (ok)
        ok = out.failed ? throw_full(in, &out) : add_text(in, slot, buf_text(&out), out.size);
    buf_free(&out);
    return ok;
}

static bool append_items(struct interp *in, struct array *array, value right)
{
    if (!value_enumerable(right))
        return right.kind == V_VOID || list_add(in, array, right);
    for (size_t i = 0; i < right.array->count; i++)
        if (!list_add(in, array, right.array->items[i]))
            return false;
    return true;
}

static bool own_string(value v)
{
    return v.kind == V_STRING && v.object->refs == 1 && !v.object->members;
}

static bool own_array(value v)
{
    return v.kind == V_ARRAY && v.object->refs == 1 && v.object->type == &type_object_array &&
           v.array->rank < 2 && !v.object->members;
}

bool value_append(struct interp *in, value *slot, value right)
{
    value sum;
    if (own_string(*slot))
        return append_text(in, slot, right);
    if (own_array(*slot) && (!value_enumerable(right) || right.kind == V_ARRAY))
        return append_items(in, slot->array, right);
    if (!operate_add(in, *slot, right, &sum))
        return false;
    value_drop(*slot);
    *slot = sum;
    return true;
}
