// interp/value/objects.h: the objects of types that only the whole language has, and what their families
// share.
#ifndef INTERP_OBJECTS_H
#define INTERP_OBJECTS_H

#include "base/buf.h"
#include "interp/value/ast-object.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

struct attribute { // and what else consists of a few fields: interp/value/attributes.h
    struct object head;
    value at[10];
};
void attribute_release(struct object *object);
extern const struct property host_message_properties[];
bool host_message_to_string(struct interp *in, value self, value *ret);
// What Write-Host says, as the data of an InformationRecord: fields are message, no newline, colours.
bool host_message_new(struct interp *in, const value fields[4], value *ret) __attribute__((weak));
#define ATTRIBUTE_OBJECT .size = sizeof(struct attribute), .release = attribute_release
extern const struct property attribute_properties[], obsolete_properties[], alias_attribute_properties[],
    completer_properties[], common_attribute_properties[], cmdlet_attribute_properties[], cmdlet_binding_properties[],
    dsc_property_properties[], dsc_resource_properties[], output_type_properties[], ps_type_name_properties[],
    parameter_attribute_properties[], default_value_properties[], type_name_attribute_properties[],
    validate_length_properties[], validate_drive_properties[], validate_pattern_properties[],
    validate_range_properties[], validate_script_properties[], validate_set_properties[],
    runtime_parameter_properties[], suppress_message_properties[];
bool ps_type_name_to_string(struct interp *in, value self, value *ret);

// Runspaces and what runs in them (interp/eval/types-powershell.c).
extern const struct property powershell_properties[], runspace_properties[], initial_state_properties[],
    ps_streams_properties[], style_properties[], module_specification_properties[], ps_command_properties[], runspace_command_properties[], invocation_state_properties[],
    state_proxy_properties[];

bool module_specification_text(struct interp *in, value self, value *ret);

// Types beyond those of types.def: interp/value/types-full.def.
#define TYPE(symbol, name, shorthand, parent, code, ...)                                                     \
    extern const struct type type_##symbol, type_##symbol##_array;
#define EXCEPTION(symbol, full_name, parent, ...)                                                            \
    extern const struct type type_##symbol, type_##symbol##_array;
#include "interp/value/types-full.def"
#undef TYPE
#include "interp/value/exceptions.def"

#define AS(type, v) ((struct type *)(v).object)

struct method_object {
    struct object head;
    value target;
    struct overloads overloads;
};                          // PSMethod: a method that is not called
value side_target(value v); // what .PSBase and its kin are a side of; everything else itself
bool member_collection_item(struct interp *in, value target, value index, value *ret); // .Properties['a']
void member_info_release(struct object *object);
bool member_info_text(struct interp *in, value self, value *ret) __attribute__((weak));
extern const struct property ps_note_property_properties[], ps_property_properties[],
    ps_alias_property_properties[], ps_script_property_properties[], ps_script_method_properties[],
    ps_property_set_properties[], ps_member_set_properties[];
void ps_method_release(struct object *object);
bool ps_method_to_string(struct interp *in, value self, value *ret);
extern const struct property number_format_properties[], date_format_properties[], text_info_properties[],
    compare_info_properties[], calendar_properties[];
bool text_info_to_string(struct interp *in, value self, value *ret);
bool compare_info_to_string(struct interp *in, value self, value *ret);

extern const struct property date_offset_properties[], date_only_properties[], time_only_properties[];
bool clock_to_string(struct interp *in, value self, value *ret);
int offset_compare(value a, value b);
bool offset_equal(value a, value b);
int clock_compare(value a, value b);
bool clock_equal(value a, value b);
extern const struct property time_zone_properties[], current_zone_properties[], network_credential_properties[];
bool time_zone_to_string(struct interp *in, value self, value *ret);
bool time_zone_equal(value a, value b);
bool semver_to_version(struct interp *in, value self, value *ret);
bool complex_of(struct interp *in, value v, value *ret); // a number, or a text like "<1; 2>"; false may throw nothing
const struct property *tuple_properties_of(size_t count, bool value_type);
bool tuple_to_string(struct interp *in, value self, value *ret);
bool tuple_equal(value a, value b);
bool capture_to_string(struct interp *in, value self, value *ret);
bool xml_list_item(struct interp *in, value list, value index, value *ret); // .Attributes['a']
void xml_release(struct object *object);
bool xml_equal(value a, value b);
extern const struct adapter xml_adapter;
extern const struct property xml_node_properties[], xml_data_properties[], xml_document_properties[],
    xml_element_properties[], xml_attribute_properties[], xml_count_properties[];
bool name_values_item(struct interp *in, value self, value index, value *ret);
bool match_info_to_string(struct interp *in, value self, value *ret);
extern const struct property coordinates_properties[], host_rectangle_properties[], host_size_properties[],
    invocation_settings_properties[];
bool numbers_to_string(struct interp *in, value self, value *ret);
bool rectangle_to_string(struct interp *in, value self, value *ret);
bool numbers_equal(value a, value b); // of the first four fields
extern const struct property file_hash_properties[], match_info_properties[], match_context_properties[];
extern const struct property uri_builder_properties[];
bool uri_builder_to_string(struct interp *in, value self, value *ret);
bool uri_builder_equal(value a, value b);
extern const struct property name_values_properties[], linked_node_properties[], ps_method_properties[], encoding_properties[], match_properties[],
    group_properties[], capture_properties[],
    stopwatch_properties[];
bool group_at(struct interp *in, value groups, value key, value *ret); // match.Groups[key]
bool method_object(struct interp *in, value target, const struct overloads *overloads, value *ret);

// types-object.c and types-enum.c: methods that more than one family has.
method_function value_method_format, value_method_compare, value_method_to_string, type_enum_names,
    type_enum_values, type_enum_name, type_enum_underlying, type_enum_defined;

bool collection_invoke(struct interp *in, value target, bool where, const value *args, size_t count,
                       value *ret); // .Where .ForEach
bool array_construct(struct interp *in, const struct type *type, const value *args, size_t count,
                     value *ret);                                       // [int[]]::new(3)
bool type_zero(struct interp *in, const struct type *type, value *ret); // default(T) of value types

// As Path.GetFullPath: from a folder; NULL: from the process's own.
bool io_full_path(struct interp *in, const char *path, const char *from, value *ret);

// Text made in a buffer becomes *ret; frees the buffer.
bool buf_take(struct interp *in, struct buf *out, value *ret);
bool bytes_take(struct interp *in, struct buf *bytes, value *ret);                    // likewise, as byte[]
bool bytes_add(struct interp *in, struct buf *out, const value *items, size_t count); // the items of a byte[]
size_t string_offset(const struct string *string, size_t unit); // byte where that UTF-16 unit begins
bool string_slice(struct interp *in, const struct string *string, size_t from, size_t count,
                  value *ret); // in units

#endif
