// Casts to types that have no rule of their own: by Parse, by a constructor of one parameter, by properties.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/cast.h"
#include "interp/value/class.h"
#include "interp/value/delegate.h"
#include "interp/value/gate.h"
#include "interp/value/objects.h"
#include "interp/value/uri.h"
#include "interp/value/xml.h"

static bool derives(const struct type *from, const struct type *to)
{
    for (; from; from = from->base)
        if (from == to)
            return true;
    return to == &type_object;
}

static bool is_number(const struct type *type)
{
    return type->type_code >= 4 && type->type_code <= 15;
}

// What .NET's binder passes without being asked: the same, a base, an interface, a wider number.
static bool passes(const struct type *from, const struct type *to)
{
    if (from == &type_string && to == &type_enumerable) // of characters, not of objects
        return false;
    if (derives(from, to) || type_implements(from, to))
        return true;
    if (from->enumeration)
        from = &type_int;
    if (from == to || !is_number(from) || !is_number(to) || to == &type_char)
        return from == to;
    return from == &type_char ? to->type_code >= type_uint16.type_code
                              : conversion_rank_types(from, to) == RANK_NUMERIC_IMPLICIT;
}

// The constructors of one parameter that take what is of this type.
static void fitting(const struct type *from, const struct type *to, struct overloads *ret)
{
    ret->count = 0;
    for (const struct method *row = type_constructors(to); row && row->name; row++) {
        const struct type *const *types = method_parameters(row);
        if (types[0] && !types[1] && to != &type_ordered && passes(from, types[0]) &&
            !(types[0] == &type_dictionary_interface && type_argument(to, 1) && !type_argument(from, 1)))
            ret->rows[ret->count++] = row;
    }
}

static bool takes_one(const struct type *from, const struct type *to)
{
    struct overloads found;
    fitting(from, to, &found);
    return found.count;
}

static bool takes_none(const struct type *to)
{
    const struct method *row = type_constructors(to);
    for (; row && row->name; row++)
        if (!method_parameters(row)[0])
            return true;
    return false;
}

static const char *parse_failure(const struct type *to)
{
    const char *id = NULL;
    for (const struct method *row = to->full ? to->full->statics : NULL; row && row->name; row++) {
        const struct type *const *types = method_parameters(row);
        if (strcmp(row->name, "Parse") || types[0] != &type_string)
            continue;
        if (types[1] == &type_format_provider && !types[2])
            return "InvalidCastParseTargetInvocationWithFormatProvider";
        if (!types[1])
            id = "InvalidCastParseTargetInvocation";
    }
    return id;
}

static bool failed(struct interp *in, const char *id, const char **ret_id)
{
    value_set(&in->thrown, value_null);
    return *ret_id = id, false;
}

static bool by_parse(struct interp *in, value v, const struct type *to, const char *id, const char **ret_id,
                     value *ret)
{
    value parse = string_static(in, "Parse");
    bool ok = static_invoke(in, to, parse, &v, 1, ret);
    value_drop(parse);
    return ok || failed(in, id, ret_id);
}

// What a dictionary is to a collection's constructor.
static bool entries_of(struct interp *in, const struct table *table, value *ret)
{
    size_t count = 0;
    if (!array_new(in, table->count, ret))
        return false;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID &&
            !pair_new(in, table->slots[i].key, table->slots[i].val, &ret->array->items[count++]))
            return value_drop(*ret), false;
    return true;
}

static bool list_of_entries(struct interp *in, value v, const struct type *to, value *ret)
{
    value items;
    if (!entries_of(in, v.table, &items))
        return false;
    bool ok = type_construct(in, to, &items, 1, ret);
    value_drop(items);
    return ok;
}

static bool takes_table(const struct type *to)
{
    const struct method *row = type_constructors(to);
    for (; row && row->name; row++)
        if (method_parameters(row)[0] == &type_hashtable && !method_parameters(row)[1])
            return true;
    return false;
}

static bool by_constructor(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
{
    if (v.kind == V_TABLE && !to->class && !type_implements(to, &type_dictionary_interface) &&
        !takes_table(to))
        return list_of_entries(in, v, to, ret);
    bool pattern = v.kind == V_STRING && to == &type_regex;
    struct overloads found;
    fitting(value_type(v), to, &found);
    bool only = found.count == 1 && !to->class && !type_argument(to, 0);
    return (only ? method_call(in, &found, (value){.kind = V_TYPE, .type = to}, "new", &v, 1, ret)
                 : type_construct(in, to, &v, 1, ret)) ||
           failed(in, pattern ? "InvalidCastFromStringToRegex" : "InvalidCastConstructorException", ret_id);
}

// A collection of one kind takes any sequence, and one thing as a sequence of one.
static bool is_collection_of(const struct type *to)
{
    return type_argument(to, 0) && !type_argument(to, 1) && takes_one(&type_array, to);
}

static bool one_item(struct interp *in, value v, const struct type *element, value *ret)
{
    value item;
    if (element == &type_object)
        return array_from(in, &v, 1, ret);
    if (!value_convert(in, v, element, &item))
        return false;
    bool ok = array_from(in, &item, 1, ret);
    return value_drop(item), ok;
}

static bool from_items(struct interp *in, value items, const struct type *to, const char **ret_id, value *ret)
{
    return type_construct(in, to, &items, 1, ret) || failed(in, "ConvertToFinalInvalidCastException", ret_id);
}

static bool to_collection(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
{
    value items;
    if (value_enumerable(v))
        return from_items(in, v, to, ret_id, ret);
    if (!one_item(in, v, type_argument(to, 0), &items)) // a text fails as the element's own cast does
        return v.kind != V_STRING && failed(in, "ConvertToFinalInvalidCastException", ret_id);
    bool ok = from_items(in, items, to, ret_id, ret);
    return value_drop(items), ok;
}

static bool set_entries(struct interp *in, const struct table *from, value to)
{
    for (size_t i = 0; i < from->used; i++) {
        value name, key = from->slots[i].key;
        if (key.kind == V_VOID)
            continue;
        if (!value_to_string(in, key, &name))
            return false;
        bool ok = member_set(in, to, value_text(name), name.string->size, from->slots[i].val);
        value_drop(name);
        if (!ok)
            return false;
    }
    return true;
}

// A class takes the properties of a custom object as well.
static bool from_object(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
{
    struct member_walk walk;
    const char *name;
    size_t size;
    value made, item;
    bool ok = true, found;
    if (!type_construct(in, to, NULL, 0, &made))
        return failed(in, "InvalidCastConstructorException", ret_id);
    for (member_walk_start(in, &walk, v); ok && member_walk_next(&walk, &name, &size);) {
        ok = member_get(in, v, name, size, &item, &found);
        if (ok)
            ok = member_set(in, made, name, size, item), value_drop(item);
    }
    if (!ok)
        return value_drop(made), failed(in, "InvalidCastConstructorException", ret_id);
    return *ret = made, true;
}

// Made without arguments, then one property after the other.
static bool by_properties(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
{
    value made;
    if (v.kind != V_TABLE && to->class)
        return from_object(in, v, to, ret_id, ret);
    if (v.kind != V_TABLE || mode_gate(in->mode, GATE_PROPERTY_BAG))
        return failed(in, "InvalidCastConstructorException", ret_id);
    if (!type_construct(in, to, NULL, 0, &made))
        return failed(in, to->class ? "InvalidCastConstructorException" : "ObjectCreationError", ret_id);
    bool entries = made.kind == V_TABLE && v.table->count; // a dictionary's entries are no properties
    if (entries || !set_entries(in, v.table, made))
        return value_drop(made), failed(in, "ObjectCreationError", ret_id);
    return *ret = made, true;
}

static bool to_reference(struct interp *in, value v, value *ret)
{
    if (!gate_reference(in) || !object_new(in, &type_ref_made, ret))
        return false;
    return value_set(&AS(fields, *ret)->at[1], v), true;
}

static bool to_nullable(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
{
    if (value_convert(in, v, type_argument(to, 0), ret))
        return true;
    bool ruled = !value_is_text(in->thrown.error->id, "ConvertToFinalInvalidCastException");
    return cast_is_bag(v) && !ruled && failed(in, "InvalidCastConstructorException", ret_id);
}

static bool to_document(struct interp *in, value v, const char **ret_id, value *ret)
{
    value text;
    const char *why = NULL;
    if (!value_to_string(in, v, &text))
        return false;
    bool blank = strspn(value_text(text), " \t\r\n") == text.string->size;
    bool ok = xml_document_of(in, blank ? NULL : value_text(text), text.string->size, ret, &why);
    value_drop(text);
    return ok || (why && failed(in, "InvalidCastToXmlDocument", ret_id));
}

static bool is_integral(value v)
{
    return v.kind >= V_I8 && v.kind <= V_U64;
}

bool convert_full(struct interp *in, value v, const struct type *to, const char **ret_id, value *ret)
{
    const struct type *from = value_type(v);
    const char *parse = parse_failure(to);
    if (type_argument(to, 0) && !strncmp(to->name, "System.Nullable`1", 17))
        return to_nullable(in, v, to, ret_id, ret);
    if (to == &type_ref)
        return to_reference(in, v, ret);
    if (to == &type_xml)
        return to_document(in, v, ret_id, ret);
    if (v.kind == V_SCRIPTBLOCK && type_is_delegate(to))
        return delegate_new(in, to, v, ret);
    if (to == &type_scriptblock && delegate_block(v).kind == V_SCRIPTBLOCK)
        return *ret = value_keep(delegate_block(v)), true;
    if (to->class) {
        bool found;
        if (!class_cast(in, v, to, &found, ret))
            return failed(in, "InvalidCastConstructorException", ret_id);
        if (found)
            return true;
    }
    if (to == &type_uri && v.kind == V_STRING)
        return uri_new(in, v, URI_ANY_KIND, ret) || failed(in, "InvalidCastFromStringToUri", ret_id);
    if (to == &type_complex_number && (v.kind == V_STRING || value_is_number(v)))
        return complex_of(in, v, ret) ||
               failed(in, "InvalidCastParseTargetInvocationWithFormatProvider", ret_id);
    if (to == &type_version && from == &type_semver)
        return semver_to_version(in, v, ret);
    if (v.kind == V_STRING && parse)
        return by_parse(in, v, to, parse, ret_id, ret);
    bool number = value_is_number(v) && v.kind != V_BIGINT, collection = is_collection_of(to);
    if (collection && value_enumerable(v))
        return from_items(in, v, to, ret_id, ret);
    if (takes_one(from, to) && !(type_implements(to, &type_collection_interface) && is_integral(v)) &&
        !(collection && v.kind == V_TABLE))
        return by_constructor(in, v, to, ret_id, ret);
    if (number && (collection || parse || takes_one(&type_string, to)))
        return cast_via_text(in, v, to, ret);
    if (value_enumerable(v) && takes_one(&type_array, to))
        return from_items(in, v, to, ret_id, ret);
    if (collection && v.kind != V_TABLE && v.kind != V_BOOL && v.kind != V_DATETIME)
        return to_collection(in, v, to, ret_id, ret);
    if (cast_is_bag(v) && takes_none(to))
        return by_properties(in, v, to, ret_id, ret);
    return false;
}
