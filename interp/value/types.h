// interp/value/types.h: the table of types, and the objects that the value layer itself defines.
#ifndef INTERP_TYPES_H
#define INTERP_TYPES_H

#include "base/buf.h"
#include "interp/value/error.h"
#include "interp/value/value.h"

#define TYPE(symbol, name, shorthand, parent, code, ...)                                                     \
    extern const struct type type_##symbol, type_##symbol##_array;
#include "interp/value/types.def"
#undef TYPE

struct guid {
    struct object head;
    uint8_t bytes[16];
};
struct version {
    struct object head;
    int32_t parts[4];
}; // -1: not given
struct pair {
    struct object head;
    value key, val;
}; // DictionaryEntry
struct table_side { // keys, values or entries of a table as they are when asked for
    struct array list;
    value table;
    uint32_t version; // of the table then
};
bool table_side_new(struct interp *in, value table, const struct type *type, value *ret); // empty
bool table_side_changed(value list); // walked on, it is refused
void table_side_release(struct object *object);
struct exception {
    struct object head;
    value message, inner;
    value facts;  // TABLE of what its own properties say, by name; or $null
    value record; // the ErrorRecord it carries; or $null
    bool thrown;  // by a throw statement
};
struct record {
    struct object head;
    value data, source, tags;
    bool merged; // into an output: shown as its own stream shows it
};                     // Warning-, Verbose-, Debug-, InformationRecord
struct category_info { // reads and writes the record that it is of
    struct object head;
    value record;
};
struct error_details {
    struct object head;
    value message, advice;
};

// Objects that only the whole language makes, so that what follows them is weak.
struct fields {
    struct object head;
    value at[8];
}; // what stands in them is said by the type's own file
struct uri { // fields.at: interp/value/uri.h
    struct fields fields;
    bool escaped; // by whoever made it, as he said
};
struct ip_address {
    struct object head;
    uint8_t bytes[16]; // the first four where it is not six
    uint32_t scope;
    bool six;
};
struct string_builder {
    struct object head;
    struct buf text;
};
struct random_numbers {
    struct object head;
    int32_t seeds[56];
    int next, pair;
};
enum { COMPLEX_SIZE = sizeof(struct object) + 2 * sizeof(double) };
#define WHOLE(symbol)                                                                                        \
    extern const struct property symbol##_properties[] __attribute__((weak));                                \
    bool symbol##_to_string(struct interp *in, value self, value *ret) __attribute__((weak));
WHOLE(semver)
WHOLE(regex)
WHOLE(uri)
WHOLE(ipaddress)
WHOLE(mailaddress)
WHOLE(credential)
WHOLE(secure_string)
WHOLE(app_domain)
WHOLE(cultureinfo)
WHOLE(complex_number)
WHOLE(ref)
WHOLE(string_builder)
#undef WHOLE
extern const struct property enum_properties[] __attribute__((weak));
extern const struct property type_more_properties[] __attribute__((weak));
extern const struct property decimal_properties[] __attribute__((weak));
extern const struct property bigint_properties[] __attribute__((weak));
int guid_order(value a, value b) __attribute__((weak));
bool nothing_to_string(struct interp *in, value self, value *ret) __attribute__((weak));
bool nothing_equal(value a, value b) __attribute__((weak));
bool intptr_to_string(struct interp *in, value self, value *ret) __attribute__((weak));
bool intptr_equal(value a, value b) __attribute__((weak));
int semver_compare(value a, value b) __attribute__((weak));
bool semver_equal(value a, value b) __attribute__((weak));
bool complex_equal(value a, value b) __attribute__((weak));
bool culture_equal(value a, value b) __attribute__((weak));
bool uri_equal(value a, value b) __attribute__((weak));
bool ipaddress_equal(value a, value b) __attribute__((weak));
bool mailaddress_equal(value a, value b) __attribute__((weak));
bool type_implements(const struct type *type, const struct type *interface) __attribute__((weak));
extern const struct property enumerator_properties[] __attribute__((weak)); // what has these is an enumerator
bool enumerator_next(struct interp *in, value self, value *ret) __attribute__((weak)); // false: at its end
bool enumerator_to_string(struct interp *in, value self, value *ret) __attribute__((weak));
void fields_release(struct object *object) __attribute__((weak));
void string_builder_release(struct object *object) __attribute__((weak));

// Whether ConstrainedLanguage leaves its members to programs: syntax/core-types.def, and what follows from
// it.
bool type_is_core(const struct type *type);

bool version_parse(const char *text, size_t size, int32_t ret_parts[4]);
bool version_new(struct interp *in, value text, value *ret); // false without an error: not a version
bool guid_new(struct interp *in, value text, value *ret);    // false without an error: not a GUID
bool pair_new(struct interp *in, value key, value val, value *ret);
bool record_new(struct interp *in, const struct type *type, value data, value *ret);
bool exception_new(struct interp *in, const struct type *type, value message, value *ret);

// Rows of types.def refer to these.
bool assembly_to_string(struct interp *in, value self, value *ret);
extern const struct property assembly_properties[], dictionary_properties[], concurrent_table_properties[];
extern const struct property datetime_properties[], string_properties[], timespan_properties[],
    switch_properties[], version_properties[], type_properties[], array_properties[], list_properties[],
    table_properties[], pair_properties[], guid_properties[], error_properties[], category_info_properties[],
    error_details_properties[], runtime_exception_properties[], information_properties[], record_properties[],
    exception_properties[];
bool guid_to_string(struct interp *in, value self, value *ret);
bool guid_equal(value a, value b);
bool version_to_string(struct interp *in, value self, value *ret);
int version_compare(value a, value b);
bool version_equal(value a, value b);
void pair_release(struct object *object);
bool pair_to_string(struct interp *in, value self, value *ret);
bool custom_to_string(struct interp *in, value self, value *ret);
void category_info_release(struct object *object);
bool category_info_to_string(struct interp *in, value self, value *ret);
void error_details_release(struct object *object);
bool error_details_to_string(struct interp *in, value self, value *ret);
bool exception_fact(struct interp *in, value exception, const char *name, value fact);
void record_release(struct object *object);
bool record_to_string(struct interp *in, value self, value *ret);
void exception_release(struct object *object);
bool exception_to_string(struct interp *in, value self, value *ret);

// The one argument of a generic type.
#define ARGUMENT(of) (const struct type *const[]){of, NULL}

// What a row of types.def or types-full.def makes, in the one file that includes either for it: the type, and
// the type of its arrays. An alias of this name keeps a row's symbol from being expanded where it is a macro
// (bool).
#define TYPE_DEFINITION(symbol, full_name, short_name, parent, code, ...)                                    \
    const struct type type_##symbol = {.name = full_name,                                                    \
                                       .full = &full_##symbol,                                               \
                                       .shorthand = short_name,                                              \
                                       .base = parent,                                                       \
                                       .type_code = code,                                                    \
                                       .vector = &type_##symbol##_array,                                     \
                                       __VA_ARGS__};                                                         \
    const struct type type_##symbol##_array = {                                                              \
        .name = full_name "[]", .base = &type_array, .type_code = 1, .element = &type_##symbol};

#endif
