#include "interp/value/type-facts.h"

#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/made.h"
#include "interp/value/types-rows.h"

enum assembly_id {
#define ASSEMBLY(symbol, name, version, token) HOME_##symbol,
#include "interp/value/type-facts.def"
#undef ASSEMBLY
};
static const struct assembly_fact {
    const char *name, *version, *token;
} assemblies[] = {
#define ASSEMBLY(symbol, name, version, token) {name, version, token},
#include "interp/value/type-facts.def"
#undef ASSEMBLY
};
static const char class_assembly[] = "PowerShell Class Assembly";

#define ENUMS "System.IComparable System.ISpanFormattable System.IFormattable System.IConvertible"
static const struct fact {
    const char *name;
    uint32_t attributes;
    enum assembly_id home;
    const char *interfaces;
} facts[] = {
#define FACT(name, attributes, home, interfaces) {name, attributes, HOME_##home, interfaces},
#include "interp/value/type-facts.def"
#undef FACT
};

static size_t definition_size(const struct type *type) // of its name, without arguments
{
    return strcspn(type->name, type->element ? "" : "[");
}

static const struct fact *fact_of(const struct type *type)
{
    size_t size = definition_size(type), low = 0, high = sizeof facts / sizeof *facts;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(facts[middle].name, type->name, size);
        if (!order && !facts[middle].name[size])
            return &facts[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool derives(const struct type *type, const struct type *from)
{
    for (type = type->base; type && type != from; type = type->base) {
    }
    return type;
}

uint32_t type_flags(const struct type *type)
{
    const struct fact *fact = fact_of(type);
    if (type->class || (type->enumeration && !fact))
        return ATTRIBUTE_PUBLIC | (type->enumeration ? ATTRIBUTE_SEALED : 0);
    if (type->element)
        return ATTRIBUTE_PUBLIC | ATTRIBUTE_SEALED | ATTRIBUTE_SERIALIZABLE;
    if (fact)
        return fact->attributes;
    if (type->interface)
        return ATTRIBUTE_PUBLIC | ATTRIBUTE_INTERFACE | ATTRIBUTE_ABSTRACT;
    return ATTRIBUTE_PUBLIC | (derives(type, &type_value_type) ? ATTRIBUTE_SEALED : 0);
}

const char *type_assembly_name(const struct type *type)
{
    while (type->element)
        type = type->element;
    const struct fact *fact = fact_of(type);
    if (type->class || (type->enumeration && !fact))
        return class_assembly;
    bool own = !strncmp(type->name, "System.Management.Automation", 28) ||
               !strncmp(type->name, "Microsoft.PowerShell", 20);
    return assemblies[fact ? fact->home : own ? HOME_SMA : HOME_CORE].name;
}

static const struct assembly_fact *assembly_of(const char *name)
{
    for (size_t i = 0; i < sizeof assemblies / sizeof *assemblies; i++)
        if (!strcmp(assemblies[i].name, name))
            return &assemblies[i];
    return NULL;
}

const char *assembly_version(const char *name)
{
    const struct assembly_fact *fact = assembly_of(name);
    return fact ? fact->version : "1.0.0.1";
}

const char *assembly_named(size_t n)
{
    return n < sizeof assemblies / sizeof *assemblies ? assemblies[n].name : NULL;
}

bool assembly_add_full_name(const char *name, struct buf *out)
{
    const struct assembly_fact *fact = assembly_of(name);
    return buf_printf(out, "%s, Version=%s, Culture=neutral, PublicKeyToken=%s", name, assembly_version(name),
                      fact ? fact->token : "null");
}

bool type_add_full_name(const struct type *type, struct buf *out)
{
    if (type->element) {
        type_add_full_name(type->element, out);
        return buf_add_text(out, type->name + strlen(type->name) - type_rank(type) - 1);
    }
    if (!type_argument(type, 0) || type->full_name)
        return buf_add_text(out, type->full_name ? type->full_name : type->name);
    buf_add(out, type->name, definition_size(type));
    for (size_t i = 0; i < 8 && type_argument(type, i); i++) {
        buf_add_text(out, i ? ",[" : "[[");
        type_add_full_name(type_argument(type, i), out);
        buf_add_text(out, ", ");
        assembly_add_full_name(type_assembly_name(type_argument(type, i)), out);
        buf_add_char(out, ']');
    }
    return buf_add_char(out, ']');
}

bool type_full_text(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    type_add_full_name(self.type, &out);
    return buf_take(in, &out, ret);
}

bool assembly_full_text(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    assembly_add_full_name(value_text(((struct pair *)self.object)->key), &out);
    return buf_take(in, &out, ret);
}

// --- Interfaces

// The name with the type's own arguments in the place of T, TKey and TValue.
static void add_closed(const struct type *type, const char *name, size_t size, struct buf *out)
{
    static const char *const letters[] = {"T", "TKey", "TValue"};
    for (size_t i = 0; i < size;) {
        size_t word = strcspn(name + i, "[], ");
        word = word < size - i ? word : size - i;
        const struct type *argument = NULL;
        for (size_t n = 0; word && i && n < 3; n++)
            if (strlen(letters[n]) == word && !memcmp(name + i, letters[n], word))
                argument = type_argument(type, n / 2);
        if (argument)
            buf_add_text(out, argument->name);
        else
            buf_add(out, name + i, word ? word : 1);
        i += word ? word : 1;
    }
}

static bool add_interface(struct interp *in, const struct type *of, const char *name, size_t size,
                          struct array *list)
{
    struct buf closed = BUF_INIT;
    add_closed(of, name, size, &closed);
    const struct type *type = type_find_in(in, buf_text(&closed), closed.size);
    if (!type)
        type = made_interface(in, buf_text(&closed));
    buf_free(&closed);
    return type && list_add(in, list, (value){.kind = V_TYPE, .type = type});
}

bool type_add_interfaces(struct interp *in, const struct type *type, struct array *list)
{
    const struct fact *fact = fact_of(type->element ? &type_array : type);
    const char *at = fact && fact->interfaces ? fact->interfaces : "";
    while (*at) {
        size_t size = strcspn(at, " ");
        if (!add_interface(in, type, at, size, list))
            return false;
        at += size + (at[size] == ' ');
    }
    return true;
}

// --- Properties of a type

#define ASKED(name, expression)                                                                              \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = value_bool(expression), true;                                    \
    }
ASKED(is_sealed, type_flags(self.type) & ATTRIBUTE_SEALED)
ASKED(is_nested, strchr(self.type->name, '+'))
ASKED(is_not_public, !(type_flags(self.type) & (ATTRIBUTE_PUBLIC | ATTRIBUTE_NESTED_PUBLIC)))
ASKED(has_element, self.type->element)
ASKED(is_open, type_is_definition(self.type))
ASKED(is_closed, type_argument(self.type, 0))
ASKED(never, false)
static bool attributes(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = enum_value(&type_type_attributes, type_flags(self.type)), true;
}
static bool member_kind(struct interp *in, value self, value *ret)
{
    enum { TYPE_INFO = 32, NESTED_TYPE = 128 };
    bool nested = strchr(self.type->name, '+');
    return (void)in, *ret = enum_value(&type_reflection_member_types, nested ? NESTED_TYPE : TYPE_INFO), true;
}
static bool qualified_name(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    type_add_full_name(self.type, &out);
    buf_add_text(&out, ", ");
    assembly_add_full_name(type_assembly_name(self.type), &out);
    return buf_take(in, &out, ret);
}
static bool outer_type(struct interp *in, value self, value *ret)
{
    const char *plus = strchr(self.type->name, '+');
    const struct type *outer =
        plus ? type_find_in(in, self.type->name, (size_t)(plus - self.type->name)) : NULL;
    return *ret = outer ? (value){.kind = V_TYPE, .type = outer} : value_null, true;
}
const struct property type_more_properties[] = {{"IsSealed", is_sealed, NULL},
                                                {"IsNested", is_nested, NULL},
                                                {"IsNotPublic", is_not_public, NULL},
                                                {"IsByRef", never, NULL},
                                                {"IsPointer", never, NULL},
                                                {"IsCOMObject", never, NULL},
                                                {"IsGenericParameter", never, NULL},
                                                {"IsConstructedGenericType", is_closed, NULL},
                                                {"ContainsGenericParameters", is_open, NULL},
                                                {"HasElementType", has_element, NULL},
                                                {"Attributes", attributes, NULL},
                                                {"MemberType", member_kind, NULL},
                                                {"DeclaringType", outer_type, NULL},
                                                {"ReflectedType", outer_type, NULL},
                                                {"AssemblyQualifiedName", qualified_name, NULL},
                                                {0}};
