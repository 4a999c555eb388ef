#include "interp/value/gate.h"

#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

static bool closed(struct interp *in, enum mode_gate gate, enum category category, const struct type *type)
{
    return throw_error(in, mode_gate(in->mode, gate), category, value_null,
                       "%s leaves programs only core types, which [%s] is not.", mode_name(in->mode), type->name);
}

// What .psobject gives looks at an object and bears the core type's name, but is none.
static bool looks_at(const struct type *type)
{
    return type != &type_psobject && !strcmp(type->name, type_psobject.name);
}

static bool is_open(const struct interp *in, enum mode_gate gate, const struct type *type)
{
    return !mode_gate(in->mode, gate) || (type_is_core(type) && !looks_at(type));
}

bool gate_method(struct interp *in, const struct type *type, value name)
{
    return is_open(in, GATE_METHOD_CALL, type) || value_is_text(name, "ToString") ||
           closed(in, GATE_METHOD_CALL, CAT_InvalidOperation, type);
}

bool gate_create(struct interp *in, const struct type *type)
{
    return is_open(in, GATE_CREATE_TYPE, type) || closed(in, GATE_CREATE_TYPE, CAT_InvalidOperation, type);
}

// What the cast makes is generic, and so not the core type of that name.
bool gate_reference(struct interp *in)
{
    return !mode_gate(in->mode, GATE_CREATE_TYPE) || closed(in, GATE_CREATE_TYPE, CAT_InvalidOperation, &type_ref);
}

bool gate_set(struct interp *in, const struct type *type)
{
    return is_open(in, GATE_PROPERTY_SET, type) || closed(in, GATE_PROPERTY_SET, CAT_InvalidOperation, type);
}

// Arguments of commands that the session brings are converted as in FullLanguage. Nothing is decided about $null; the
// name of a type becomes the type in every mode.
bool gate_convert(struct interp *in, value v, const struct type *to)
{
    if (is_open(in, GATE_CONVERSION, to) || in->binds_trusted || value_is_null(v))
        return true;
    if (to == &type_object_array || (to == &type_type && v.kind == V_STRING))
        return true;
    return closed(in, GATE_CONVERSION, CAT_InvalidArgument, to);
}

bool gate_custom(struct interp *in)
{
    return !mode_gate(in->mode, GATE_CONVERSION) ||
           closed(in, GATE_CONVERSION, CAT_InvalidArgument, &type_custom);
}

void gate_mark(const struct interp *in, value v)
{
    bool shared = !value_is_heap(v) || v.object->refs == UINT32_MAX;
    if (in->narrowed && in->mode != MODE_FULL && !shared)
        v.object->flags |= OBJECT_UNTRUSTED;
}

bool gate_trusts(const struct interp *in, value v)
{
    return !in->narrowed || in->mode != MODE_FULL || !value_is_heap(v) || !(v.object->flags & OBJECT_UNTRUSTED);
}
