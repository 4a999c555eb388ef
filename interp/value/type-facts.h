// interp/value/type-facts.h: what reflection tells of a type beyond its members.
#ifndef INTERP_TYPE_FACTS_H
#define INTERP_TYPE_FACTS_H

#include "base/buf.h"
#include "interp/value/value.h"

enum type_attribute { // of System.Reflection.TypeAttributes
    ATTRIBUTE_PUBLIC = 1,
    ATTRIBUTE_NESTED_PUBLIC = 2,
    ATTRIBUTE_INTERFACE = 0x20,
    ATTRIBUTE_ABSTRACT = 0x80,
    ATTRIBUTE_SEALED = 0x100,
    ATTRIBUTE_SERIALIZABLE = 0x2000,
};

uint32_t type_flags(const struct type *type) __attribute__((weak));
const char *type_assembly_name(const struct type *type) __attribute__((weak)); // "System.Private.CoreLib"
// By the name of an assembly, "System.Linq, Version=…"; the version alone too.
bool assembly_add_full_name(const char *name, struct buf *out);
const char *assembly_version(const char *name);
const char *assembly_named(size_t n); // NULL after the last
// FullName: the arguments of a generic type are named with their assemblies.
bool type_add_full_name(const struct type *type, struct buf *out);
// Both as properties have them.
bool type_full_text(struct interp *in, value self, value *ret) __attribute__((weak));
bool assembly_full_text(struct interp *in, value self, value *ret) __attribute__((weak));
bool type_add_interfaces(struct interp *in, const struct type *type, struct array *list); // thrown: false
extern const struct property type_more_properties[] __attribute__((weak));

#endif
