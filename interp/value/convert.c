// Conversion to string: what "$v" and -join give (invariant culture).
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/bigint.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/member.h"
#include "interp/value/number-text.h"
#include "interp/value/types.h"
#include "interp/value/xml.h"

static bool add(struct interp *in, struct buf *out, value v, bool nested);

// Of an object of properties alone nothing is written inside an array.
static bool is_bare(value v)
{
    return v.kind == V_OBJECT && v.object->type == &type_custom;
}

enum { MOST_TEXT_DEPTH = 1000 };

bool text_enter(struct interp *in)
{
    if (in->text_depth == MOST_TEXT_DEPTH)
        return throw_error(in, "CallDepthOverflow", CAT_InvalidOperation, value_null,
                           "The text of objects within objects is told to %d levels.", MOST_TEXT_DEPTH);
    return ++in->text_depth;
}

void text_leave(struct interp *in)
{
    in->text_depth--;
}

static bool add_own_text(struct interp *in, struct buf *out, value v)
{
    value text;
    const struct type *type = value_type(v);
    for (; type && !type->to_string; type = type->base) {
    }
    if (!type)
        return buf_add_text(out, value_type(v)->name), true;
    if (!text_enter(in))
        return false;
    bool ok = type->to_string(in, v, &text);
    text_leave(in);
    if (!ok)
        return false;
    buf_add(out, value_text(text), text.string->size);
    value_drop(text);
    return true;
}

static bool add_enum(struct interp *in, struct buf *out, value v)
{
    value text;
    if (!enum_to_string(in, v, &text))
        return false;
    buf_add(out, value_text(text), text.string->size);
    value_drop(text);
    return true;
}

static bool add_bigint(struct interp *in, struct buf *out, value v)
{
    value text;
    if (!bigint_to_string(in, v, &text))
        return false;
    buf_add(out, value_text(text), text.string->size);
    value_drop(text);
    return true;
}

static void add_type(struct buf *out, const struct type *type)
{
    if (!type->element || !type->element->shorthand) {
        buf_add_text(out, type_display(type));
        return;
    }
    add_type(out, type->element);
    buf_add_text(out, "[]");
}

// Inside an array another array is written as its type's name.
static bool add_items(struct interp *in, struct buf *out, value v)
{
    for (size_t i = 0; i < v.array->count; i++) {
        if (i && in->ofs.kind == V_STRING)
            buf_add(out, value_text(in->ofs), in->ofs.string->size);
        else if (i)
            buf_add_char(out, ' ');
        if (!add(in, out, v.array->items[i], true))
            return false;
    }
    return true;
}

static bool add_codeunit(struct buf *out, value v)
{
    return buf_add_codepoint(out, (uint32_t)v.i), true;
}

static bool add_number(struct buf *out, value v)
{
    char text[DOUBLE_TEXT];
    double_text(v.f, v.kind == V_F32, false, text);
    return buf_add_text(out, text), true;
}

static bool add_decimal(struct buf *out, value v)
{
    char text[40];
    decimal_to_text(v.decimal->number, text);
    return buf_add_text(out, text), true;
}

static bool add_error(struct interp *in, struct buf *out, const struct error_record *record)
{
    value text;
    if (!error_text(in, record, &text))
        return false;
    bool ok = add(in, out, text, true);
    return value_drop(text), ok;
}

static bool text_failed(struct interp *in, value v)
{
    value inner = in->thrown;
    if (inner.kind != V_ERROR || inner.error->escaped || inner.object == in->out_of_memory.object)
        return false;
    in->thrown = value_null;
    interp_remember(in, inner);
    throw_error(in, "InvalidCastFromAnyTypeToString", CAT_InvalidArgument, v, "The object has no text: %s",
                inner.error->message.kind == V_STRING ? value_text(inner.error->message) : "");
    return value_drop(inner), false;
}

// A ToString that the object, or its type, was given.
static bool add_given_text(struct interp *in, struct buf *out, value v, bool *ret_ok)
{
    value text;
    bool any = in->type_data.kind == V_TABLE || (value_is_heap(v) ? v.object->members != NULL : v.pad[0]);
    const struct member *member = any ? member_lookup(in, v, "ToString", 8) : NULL;
    if (!member || member->kind != MEMBER_SCRIPT_METHOD || !in->member_block)
        return false;
    value block = value_keep(member->val);
    *ret_ok = in->member_block(in, block, v, NULL, 0, &text) || text_failed(in, v);
    value_drop(block);
    if (*ret_ok && text.kind != V_VOID) {
        *ret_ok = value_add_string(in, out, text);
        value_drop(text);
    }
    return true;
}

static bool add(struct interp *in, struct buf *out, value v, bool nested)
{
    bool ok;
    if (v.kind >= V_ARRAY && add_given_text(in, out, v, &ok))
        return ok;
    switch ((enum value_kind)v.kind) {
    case V_NULL:
    case V_VOID:
        return true;
    case V_BOOL:
    case V_SWITCH:
        return buf_add_text(out, v.b ? "True" : "False"), true;
    case V_CHAR:
        return add_codeunit(out, v);
    case V_I8:
    case V_I16:
    case V_I32:
    case V_I64:
        return buf_add_integer(out, v.i), true;
    case V_U8:
    case V_U16:
    case V_U32:
    case V_U64:
        return buf_add_natural(out, v.u), true;
    case V_F32:
    case V_F64:
        return add_number(out, v);
    case V_DECIMAL:
        return add_decimal(out, v);
    case V_BIGINT:
        return add_bigint(in, out, v);
    case V_DATETIME:
        return date_format(v.i, v.aux, &in->zone, "G", 1, out), true;
    case V_TIMESPAN:
        return span_format(v.i, "c", 1, out), true;
    case V_ENUM:
        return add_enum(in, out, v);
    case V_TYPE:
        return add_type(out, v.type), true;
    case V_STRING:
        return buf_add(out, v.string->text, v.string->size), true;
    case V_ARRAY:
    case V_LIST:
        return nested ? (buf_add_text(out, v.object->type->name), true) : add_items(in, out, v);
    case V_TABLE:
        return buf_add_text(out, v.object->type->name), true;
    case V_ERROR:
        return add_error(in, out, v.error);
    case V_SCRIPTBLOCK:
    case V_OBJECT:
    case VALUE_KINDS:
        break;
    }
    return (nested && is_bare(v)) || add_own_text(in, out, v);
}

static bool finish(struct interp *in, struct buf *out, bool ok, value *ret)
{
    if (ok && out->failed)
        ok = throw_full(in, out);
    if (ok)
        ok = string_new(in, buf_text(out), out->size, ret);
    buf_free(out);
    return ok;
}

bool value_to_string(struct interp *in, value v, value *ret)
{
    if (v.kind == V_STRING)
        return *ret = value_keep(v), true;
    struct buf out = BUF_INIT;
    return finish(in, &out, add(in, &out, v, false), ret);
}

bool value_to_shown_string(struct interp *in, value v, value *ret)
{
    return xml_is_node && xml_is_node(v) ? xml_node_text(in, v, ret) : value_to_string(in, v, ret);
}

bool value_add_string(struct interp *in, struct buf *out, value v)
{
    return add(in, out, v, false);
}

bool value_add_item(struct interp *in, struct buf *out, value v)
{
    return add(in, out, v, true);
}

// A method's ToString: shortest round trip for reals, the type's name for collections.
bool value_to_method_string(struct interp *in, value v, value *ret)
{
    char text[DOUBLE_TEXT];
    if (v.kind == V_F32 || v.kind == V_F64)
        return string_new(in, text, double_text(v.f, v.kind == V_F32, true, text), ret);
    if (v.kind == V_TYPE)
        return string_text(in, v.type->name, ret);
    if (class_is_of(v))
        return class_text(in, v, ret);
    if (value_enumerable(v) || v.kind == V_TABLE)
        return string_text(in, v.object->type->name, ret);
    if (value_type(v) == &type_custom) // the method says nothing of what the object was given
        return string_text(in, "", ret);
    return value_to_string(in, v, ret);
}

static bool add_property(struct interp *in, struct buf *out, value self, const struct member *member)
{
    value v = value_null;
    bool found;
    buf_add(out, value_text(member->name), member->name.string->size);
    buf_add_char(out, '=');
    if (member->kind == MEMBER_SCRIPT) // told by its kind, no script runs
        return buf_add_text(out, "System.Management.Automation.PSScriptProperty"), true;
    if (!member_value(in, self, member, &v, &found))
        return value_set(&in->thrown, value_null), true;
    // As PowerShell: nothing of an object within the object, and no recursion.
    bool ok = (value_is_heap(v) && v.object->type == &type_custom) || add(in, out, v, true);
    return value_drop(v), ok;
}

bool custom_to_string(struct interp *in, value self, value *ret)
{
    struct members *members = self.object->members;
    struct buf out = BUF_INIT;
    bool ok = true;
    for (size_t i = 0; members && i < members->count && ok; i++) {
        if (members->items[i].kind > MEMBER_SCRIPT || members->items[i].hidden)
            continue;
        buf_add_text(&out, out.size ? "; " : "@{");
        ok = add_property(in, &out, self, &members->items[i]);
    }
    if (out.size)
        buf_add_char(&out, '}');
    return finish(in, &out, ok, ret);
}

bool value_truth(value v)
{
    switch ((enum value_kind)v.kind) {
    case V_NULL:
    case V_VOID:
        return false;
    case V_BOOL:
    case V_SWITCH:
        return v.b;
    case V_F32:
    case V_F64:
        return v.f != 0;
    case V_CHAR:
    case V_I8:
    case V_I16:
    case V_I32:
    case V_I64:
    case V_U8:
    case V_U16:
    case V_U32:
    case V_U64:
    case V_ENUM:
        return v.u != 0;
    case V_DECIMAL:
        return v.decimal->number.lo || v.decimal->number.hi;
    case V_BIGINT:
        return !bigint_is_zero(v);
    case V_STRING:
        return v.string->size != 0;
    case V_ARRAY:
    case V_LIST:
        break;
    default:
        return true;
    }
    if (v.array->count != 1)
        return v.array->count > 1;
    value only = v.array->items[0];
    return value_enumerable(only) ? only.array->count > 0 : value_truth(only);
}

bool value_is_null(value v)
{
    return v.kind == V_NULL || v.kind == V_VOID;
}

bool value_is_number(value v)
{
    return v.kind >= V_I8 && v.kind <= V_BIGINT;
}
