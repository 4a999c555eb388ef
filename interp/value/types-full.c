// The types of types-full.def, and the interfaces that types have.
#include <string.h>

#include "base/datetime.h"
#include "interp/value/class.h"
#include "interp/value/delegate.h"
#include "interp/value/enum.h"
#include "interp/value/line.h"
#include "interp/value/member-info.h"
#include "interp/value/objects.h"
#include "interp/value/set.h"
#include "interp/value/token-object.h"
#include "interp/value/xml.h"

extern const struct property sync_hashtable_properties[];

#define TYPE(symbol, ...) extern const struct type_members full_##symbol __attribute__((weak));
#include "interp/value/types-full.def"
#undef TYPE
#define TYPE TYPE_DEFINITION
#include "interp/value/types-full.def"
#undef TYPE

extern const struct type *const full_types[];
const struct type *const full_types[] = {
#define TYPE(symbol, ...) &type_##symbol,
#include "interp/value/types-full.def"
#undef TYPE
    NULL,
};

enum {
    COMPARABLE = 1,
    FORMATTABLE = 2,
    CLONEABLE = 4,
    CONVERTIBLE = 8,
    ENUMERABLE = 16,
    COLLECTION = 32,
    LIST = 64,
    DICTIONARY = 128,
    DISPOSABLE = 256
};

static const struct {
    const struct type *type;
    unsigned interfaces;
} implementers[] = {
    {&type_string, COMPARABLE | CLONEABLE | CONVERTIBLE | ENUMERABLE},
    {&type_bool, COMPARABLE | CONVERTIBLE},
    {&type_char, COMPARABLE | FORMATTABLE | CONVERTIBLE},
    {&type_datetime, COMPARABLE | FORMATTABLE | CONVERTIBLE},
    {&type_timespan, COMPARABLE | FORMATTABLE},
    {&type_guid, COMPARABLE | FORMATTABLE},
    {&type_date_offset, COMPARABLE | FORMATTABLE},
    {&type_date_only, COMPARABLE | FORMATTABLE},
    {&type_time_only, COMPARABLE | FORMATTABLE},
    {&type_enum, COMPARABLE | FORMATTABLE | CONVERTIBLE},
    {&type_version, COMPARABLE | FORMATTABLE | CLONEABLE},
    {&type_semver, COMPARABLE},
    {&type_bigint, COMPARABLE | FORMATTABLE},
    {&type_array, CLONEABLE | ENUMERABLE | COLLECTION | LIST},
    {&type_array_list, CLONEABLE | ENUMERABLE | COLLECTION | LIST},
    {&type_hashtable, CLONEABLE | ENUMERABLE | COLLECTION | DICTIONARY},
    {&type_sorted_list, CLONEABLE | ENUMERABLE | COLLECTION | DICTIONARY},
    {&type_ordered, ENUMERABLE | COLLECTION | DICTIONARY},
    {&type_key_collection, ENUMERABLE | COLLECTION},
    {&type_value_collection, ENUMERABLE | COLLECTION},
    {&type_queue, CLONEABLE | ENUMERABLE | COLLECTION},
    {&type_stack, CLONEABLE | ENUMERABLE | COLLECTION},
    {&type_tuple, COMPARABLE},
    {&type_match_collection, ENUMERABLE | COLLECTION | LIST},
    {&type_group_collection, ENUMERABLE | COLLECTION | LIST},
    {&type_xml, CLONEABLE | ENUMERABLE},
    {&type_dictionary_interface, ENUMERABLE | COLLECTION},
    {&type_list_interface, ENUMERABLE | COLLECTION},
    {&type_collection_interface, ENUMERABLE},
};

static const struct {
    const struct type *type;
    unsigned bit;
} interfaces[] = {
    {&type_comparable, COMPARABLE}, {&type_formattable, FORMATTABLE},
    {&type_cloneable, CLONEABLE},   {&type_convertible, CONVERTIBLE},
    {&type_enumerable, ENUMERABLE}, {&type_collection_interface, COLLECTION},
    {&type_list_interface, LIST},   {&type_dictionary_interface, DICTIONARY},
    {&type_disposable, DISPOSABLE},
};

// Generic collections say what they are by the name of their definition.
static unsigned generic_interfaces(const char *name)
{
    static const struct {
        const char *start;
        unsigned interfaces;
    } generics[] = {
        {"System.Collections.Generic.ICollection`1", ENUMERABLE},
        {"System.Collections.Generic.IDictionary`2", ENUMERABLE},
        {"System.Collections.Generic.IEnumerable`1", ENUMERABLE},
        {"System.Collections.Generic.IEnumerator`1", DISPOSABLE},
        {"System.Collections.Generic.IList`1", ENUMERABLE},
        {"System.Collections.Generic.IReadOnlyCollection`1", ENUMERABLE},
        {"System.Collections.Generic.IReadOnlyList`1", ENUMERABLE},
        {"System.Collections.Generic.ISet`1", ENUMERABLE},
        {"System.Collections.Generic.List`1", ENUMERABLE | COLLECTION | LIST},
        {"System.Collections.Generic.Dictionary`2", ENUMERABLE | COLLECTION | DICTIONARY},
        {"System.Collections.ObjectModel.Collection`1", ENUMERABLE | COLLECTION | LIST},
        {"System.Collections.Generic.HashSet`1", ENUMERABLE},
        {"System.Collections.Generic.SortedDictionary`2", ENUMERABLE | COLLECTION | DICTIONARY},
        {"System.Collections.Generic.Queue`1", ENUMERABLE | COLLECTION},
        {"System.Collections.Generic.Stack`1", ENUMERABLE | COLLECTION},
        {"System.Collections.Concurrent.ConcurrentDictionary`2", ENUMERABLE | COLLECTION | DICTIONARY}};
    for (size_t i = 0; i < sizeof generics / sizeof *generics; i++)
        if (!strncmp(name, generics[i].start, strlen(generics[i].start)))
            return generics[i].interfaces;
    return 0;
}

static unsigned interfaces_of(const struct type *type)
{
    if (type->type_code >= 5 && type->type_code <= 15)
        return COMPARABLE | FORMATTABLE | CONVERTIBLE; // the numbers
    for (const struct type *at = type; at; at = at->base)
        for (size_t i = 0; i < sizeof implementers / sizeof *implementers; i++)
            if (implementers[i].type == at)
                return implementers[i].interfaces;
    unsigned found = 0;
    for (const struct type *at = type; at && !found; at = at->base)
        found = generic_interfaces(at->name);
    return found;
}

// Of what items a collection is, its interfaces are too.
static bool is_sequence_of(const struct type *type, const struct type *interface)
{
    static const char space[] = "System.Collections.Generic.I";
    const struct type *item = type->element ? type->element : type_argument(type, 0);
    return item == type_argument(interface, 0) && type_argument(type, 1) == type_argument(interface, 1) &&
           interfaces_of(type) & ENUMERABLE && !strncmp(interface->name, space, sizeof space - 1) &&
           !strstr(interface->name, "Compare") &&
           (type->element || type_argument(type, 1) == NULL || strstr(interface->name, "IDictionary"));
}

bool type_implements(const struct type *type, const struct type *interface)
{
    if (type && type->class && class_implements(type->class, interface))
        return true;
    if (type && type->class)
        type = type->class->native;
    for (size_t i = 0; i < sizeof interfaces / sizeof *interfaces; i++)
        if (interfaces[i].type == interface)
            return type && interfaces_of(type) & interfaces[i].bit;
    if (interface->interface && type_argument(interface, 0))
        return type && is_sequence_of(type, interface);
    if (interface == &type_enumerator && type && type->properties == enumerator_properties)
        return true;
    if (interface == &type_enumerator)
        return type && !strncmp(type->name, "System.Collections.Generic.IEnumerator`1[", 41);
    return interface == &type_format_provider &&
           (type == &type_cultureinfo || type == &type_number_format || type == &type_date_format);
}

void fields_release(struct object *object)
{
    struct fields *fields = (struct fields *)object;
    for (size_t i = 0; i < sizeof fields->at / sizeof *fields->at; i++)
        value_drop(fields->at[i]);
}

bool type_zero(struct interp *in, const struct type *type, value *ret)
{
    if (type == &type_datetime)
        return *ret = value_date(0, DATE_UNSPECIFIED), true;
    if (type == &type_timespan)
        return *ret = value_span(0), true;
    if (type == &type_guid || type == &type_date_offset || type == &type_date_only || type == &type_time_only)
        return object_new(in, type, ret);
    if (type->enumeration)
        return *ret = enum_value(type, 0), true;
    return value_convert(in, value_int(0), type, ret);
}
