// What attributes and interfaces ask of classes.
#include "interp/eval/class-rules.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/eval/attribute.h"
#include "interp/eval/class-call.h"
#include "interp/value/objects.h"

bool has_attribute(const struct ast *node)
{
    for (uint32_t i = MEMBER_REST; i < node->count; i++)
        if (node->kids[i]->kind == AST_ATTRIBUTE)
            return true;
    return false;
}

static bool make_rules(struct interp *in, struct field *field)
{
    value list, attribute;
    if (!list_new(in, NULL, &list))
        return false;
    for (uint32_t i = MEMBER_REST; i < field->node->count; i++) {
        const struct ast *node = field->node->kids[i];
        if (node->kind != AST_ATTRIBUTE)
            continue;
        bool ok =
            attribute_make(in, field->owner->source, node, &attribute) && list_add(in, list.array, attribute);
        if (ok)
            value_drop(attribute);
        else
            return value_drop(list), false;
    }
    bool ok = array_from(in, list.array->items, list.array->count, &field->rules);
    return value_drop(list), ok;
}

bool class_allows(struct interp *in, struct field *field, value v)
{
    return (field->rules.kind == V_ARRAY || make_rules(in, field)) &&
           attributes_validate(in, field->rules, v);
}

// --- Interfaces
// ---------------------------------------------------------------------------------------------------

static const struct duty {
    const char *interface, *method;
    size_t count;
    const char *returns; // NULL: whatever
} duties[] = {
    {"System.IComparable", "CompareTo", 1, "System.Int32"},
    {"System.IComparable`1", "CompareTo", 1, "System.Int32"},
    {"System.IEquatable`1", "Equals", 1, "System.Boolean"},
    {"System.IDisposable", "Dispose", 0, NULL},
    {"System.ICloneable", "Clone", 0, "System.Object"},
    {"System.IFormattable", "ToString", 2, "System.String"},
    {"System.Collections.IEnumerable", "GetEnumerator", 0, NULL},
    {"System.Collections.IEnumerator", "MoveNext", 0, "System.Boolean"},
    {"System.Collections.IEnumerator", "Reset", 0, NULL},
    {"System.Collections.IComparer", "Compare", 2, "System.Int32"},
    {"System.Collections.Generic.IComparer`1", "Compare", 2, "System.Int32"},
    {"System.Collections.IEqualityComparer", "Equals", 2, "System.Boolean"},
    {"System.Collections.IEqualityComparer", "GetHashCode", 1, "System.Int32"},
    {"System.Collections.Generic.IEqualityComparer`1", "Equals", 2, "System.Boolean"},
    {"System.Collections.Generic.IEqualityComparer`1", "GetHashCode", 1, "System.Int32"},
    {"System.Management.Automation.IValidateSetValuesGenerator", "GetValidValues", 0, "System.String[]"},
};

static bool is_duty(const struct duty *duty, const struct type *interface)
{
    size_t size = strlen(duty->interface);
    return !strncmp(interface->name, duty->interface, size) &&
           (!interface->name[size] || interface->name[size] == '[');
}

// Generic interfaces name the parameter's type, the others take an object.
static bool takes(const struct method *row, const struct type *interface)
{
    const struct type *wanted = type_argument(interface, 0) ? type_argument(interface, 0) : &type_object;
    return !row->made->count || row->made->types[0] == wanted || row->made->types[0] == &type_string;
}

static bool has_method(const struct class *class, const struct duty *duty, const struct type *interface)
{
    for (; class; class = class->base)
        for (const struct method *row = class->members.methods; row && row->name; row++) {
            bool same =
                utf8_same_ignore_case(row->name, strlen(row->name), duty->method, strlen(duty->method));
            const struct type *returns = row->made->returns;
            if (same && row->made->count == duty->count && takes(row, interface) &&
                (!duty->returns || (returns && !strcmp(returns->name, duty->returns))))
                return true;
        }
    return false;
}

bool class_fulfils(const struct class *class)
{
    for (const struct type *const *at = class->interfaces; *at; at++)
        for (size_t i = 0; i < sizeof duties / sizeof *duties; i++)
            if (is_duty(&duties[i], *at) && !has_method(class, &duties[i], *at))
                return type_implements(class->native, *at);
    return true;
}
