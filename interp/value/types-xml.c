// Nodes of XML as values: PowerShell's properties by what is inside, and the members of System.Xml.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/items.h"
#include "interp/value/types-rows.h"
#include "interp/value/xml.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

void xml_release(struct object *object)
{
    struct xml_store *store = ((struct xml_handle *)object)->store;
    if (store && --store->handles == 0)
        xml_store_drop(store);
}

bool is_xml(value v)
{
    return v.kind == V_OBJECT && v.object->type->release == xml_release;
}

bool xml_equal(value a, value b)
{
    return XML(a)->store == XML(b)->store && XML(a)->at == XML(b)->at;
}

static const struct type *type_of(unsigned kind)
{
    switch (kind) {
    case XML_DOCUMENT:
        return &type_xml;
    case XML_ELEMENT:
        return &type_xml_element;
    case XML_ATTRIBUTE:
        return &type_xml_attribute;
    case XML_TEXT:
        return &type_xml_text;
    case XML_CDATA:
        return &type_xml_cdata;
    case XML_COMMENT:
        return &type_xml_comment;
    case XML_DECLARATION:
        return &type_xml_declaration;
    case XML_INSTRUCTION:
        return &type_xml_instruction;
    case XML_DOCTYPE:
        return &type_xml_doctype;
    case XML_FRAGMENT:
        return &type_xml_fragment;
    default:
        return &type_xml_whitespace;
    }
}

bool xml_handle_new(struct interp *in, struct xml_store *store, xml_id at, value *ret)
{
    if (!at)
        return *ret = value_null, true;
    if (!object_new(in, type_of(XML_NODE(store, at)->kind), ret))
        return false;
    store->handles++;
    XML(*ret)->store = store;
    XML(*ret)->at = at;
    return true;
}

bool xml_document_of(struct interp *in, const char *text, size_t size, value *ret, const char **ret_why)
{
    struct xml_store *store = xml_store_new();
    *ret_why = NULL;
    if (!store)
        return throw_memory(in);
    if (xml_handle_new(in, store, XML_ROOT, ret)) {
        if (!text || xml_read(store, XML_ROOT, text, size, ret_why))
            return true;
        value_drop(*ret);
        return false;
    }
    return xml_store_drop(store), false;
}

bool xml_beside(struct interp *in, value self, xml_id at, value *ret)
{
    return xml_handle_new(in, XML(self)->store, at, ret);
}

bool xml_add_beside(struct interp *in, value self, xml_id at, value list)
{
    value item;
    return xml_beside(in, self, at, &item) && list_take(in, list.array, item);
}

// --- By what is inside ---

static bool is_shown(const struct xml_node *node)
{
    return node->kind != XML_WHITESPACE && node->kind != XML_DOCTYPE;
}

static const char *shown_name(const struct xml_node *node, size_t *ret_size)
{
    return node->kind == XML_ELEMENT || node->kind == XML_ATTRIBUTE ? xml_local(node, ret_size)
                                                                     : (*ret_size = node->name_size, node->name);
}

static bool named(const struct xml_node *node, const char *name, size_t size)
{
    size_t own_size;
    const char *own = shown_name(node, &own_size);
    return is_shown(node) && utf8_same_ignore_case(own, own_size, name, size);
}

// The attribute or child after that one, attributes first.
static xml_id inside_next(const struct xml_store *store, xml_id of, xml_id at)
{
    if (!at)
        return XML_NODE(store, of)->attributes ? XML_NODE(store, of)->attributes : XML_NODE(store, of)->first;
    xml_id next = XML_NODE(store, at)->next;
    bool attribute = XML_NODE(store, at)->kind == XML_ATTRIBUTE;
    return next || !attribute ? next : XML_NODE(store, of)->first;
}

static xml_id inside_named(const struct xml_store *store, xml_id of, xml_id after, const char *name, size_t size)
{
    xml_id at = inside_next(store, of, after);
    while (at && !named(XML_NODE(store, at), name, size))
        at = inside_next(store, of, at);
    return at;
}

static bool text_value(struct interp *in, const struct xml_store *store, xml_id at, value *ret)
{
    struct buf out = BUF_INIT;
    xml_inner_text(store, at, &out);
    return buf_take(in, &out, ret);
}

static bool is_plain(const struct xml_store *store, xml_id at)
{
    const struct xml_node *node = XML_NODE(store, at);
    if (node->attributes)
        return false;
    if (!node->first || node->kind == XML_ATTRIBUTE)
        return true;
    return node->first == node->last && XML_NODE(store, node->first)->kind == XML_TEXT;
}

// An element that is text alone is told as that text.
static bool as_property(struct interp *in, struct xml_store *store, xml_id at, value *ret)
{
    return is_plain(store, at) ? text_value(in, store, at, ret) : xml_handle_new(in, store, at, ret);
}

static bool adapted_get(struct interp *in, value self, const char *name, size_t size, value *ret, bool *ret_found)
{
    struct xml_store *store = XML(self)->store;
    xml_id at = inside_named(store, XML(self)->at, XML_NONE, name, size);
    value list, item;
    *ret = value_null;
    *ret_found = at;
    if (!at)
        return true;
    xml_id next = inside_named(store, XML(self)->at, at, name, size);
    if (!next)
        return as_property(in, store, at, ret);
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (; ok && at; at = inside_named(store, XML(self)->at, at, name, size))
        ok = as_property(in, store, at, &item) && list_take(in, list.array, item);
    ok = ok && array_from(in, list.array->items, list.array->count, ret);
    return value_drop(list), ok;
}

static bool refuse(struct interp *in, const char *id)
{
    return throw_error(in, id, CAT_NotSpecified, value_null, "The node cannot be set to a text.");
}

static bool adapted_set(struct interp *in, value self, const char *name, size_t size, value to, bool *ret_found)
{
    struct xml_store *store = XML(self)->store;
    xml_id at = inside_named(store, XML(self)->at, XML_NONE, name, size);
    value text;
    *ret_found = at;
    if (!at)
        return true;
    if (inside_named(store, XML(self)->at, at, name, size))
        return refuse(in, "XmlNodeSetRestrictionsMoreThanOneNode");
    if (XML_NODE(store, at)->attributes)
        return refuse(in, "XmlNodeSetRestrictionsNodeWithAttributes");
    if (!is_plain(store, at))
        return refuse(in, "XmlNodeSetRestrictionsUnknownNodeType");
    if (is_xml(to) || value_enumerable(to) || to.kind == V_TABLE)
        return refuse(in, "XmlNodeSetShouldBeAString");
    if (!value_to_string(in, to, &text))
        return false;
    bool ok = xml_set_text(store, at, value_text(text), text.string->size) || throw_memory(in);
    return value_drop(text), ok;
}

static const char *adapted_name(value self, size_t n, size_t *ret_size)
{
    const struct xml_store *store = XML(self)->store;
    for (xml_id at = inside_next(store, XML(self)->at, XML_NONE); at; at = inside_next(store, XML(self)->at, at)) {
        const char *name = shown_name(XML_NODE(store, at), ret_size);
        bool first = is_shown(XML_NODE(store, at)) &&
                     inside_named(store, XML(self)->at, XML_NONE, name, *ret_size) == at;
        if (first && n-- == 0)
            return name;
    }
    return NULL;
}
const struct adapter xml_adapter = {adapted_get, adapted_set, adapted_name};

// --- Properties ---

GETTER(node_name)
{
    const struct xml_node *node = NODE(self);
    return string_new(in, node->name, node->name_size, ret);
}
GETTER(node_local)
{
    size_t size;
    const char *name = xml_local(NODE(self), &size);
    return string_new(in, name, size, ret);
}
bool xml_is_node(value v)
{
    return is_xml(v);
}
bool xml_node_text(struct interp *in, value self, value *ret)
{
    return node_local(in, self, ret);
}
GETTER(node_prefix)
{
    size_t size;
    const char *prefix = xml_prefix(NODE(self), &size);
    return string_new(in, prefix, size, ret);
}
GETTER(node_namespace)
{
    size_t size, uri_size;
    const char *prefix = xml_prefix(NODE(self), &size);
    bool none = NODE(self)->kind != XML_ELEMENT && !(NODE(self)->kind == XML_ATTRIBUTE && size);
    const char *uri = xml_namespace(XML(self)->store, XML(self)->at, prefix, size, &uri_size);
    return string_new(in, uri, none ? 0 : uri_size, ret);
}
GETTER(node_type)
{
    (void)in;
    return *ret = enum_value(&type_xml_node_type, NODE(self)->kind), true;
}
GETTER(node_value)
{
    unsigned kind = NODE(self)->kind;
    if (kind == XML_ELEMENT || kind == XML_DOCUMENT || kind == XML_FRAGMENT || kind == XML_DOCTYPE)
        return *ret = value_null, true;
    return string_new(in, NODE(self)->text, NODE(self)->text_size, ret);
}
static bool node_set_text(struct interp *in, value self, value to)
{
    value text;
    if (!value_to_string(in, to, &text))
        return false;
    bool ok = xml_set_text(XML(self)->store, XML(self)->at, value_text(text), text.string->size) || throw_memory(in);
    return value_drop(text), ok;
}
GETTER(inner_text)
{
    return text_value(in, XML(self)->store, XML(self)->at, ret);
}
GETTER(inner_xml)
{
    struct buf out = BUF_INIT;
    xml_inner(XML(self)->store, XML(self)->at, &out);
    return buf_take(in, &out, ret);
}
GETTER(outer_xml)
{
    struct buf out = BUF_INIT;
    xml_outer(XML(self)->store, XML(self)->at, &out);
    return buf_take(in, &out, ret);
}
bool xml_wrong(struct interp *in, const char *why)
{
    return why ? method_throw(in, &type_xml_exception, "This is no XML: %s.", why) : throw_memory(in);
}
static bool set_inner_xml(struct interp *in, value self, value to)
{
    value text;
    const char *why = NULL;
    if (!value_to_string(in, to, &text))
        return false;
    xml_clear(XML(self)->store, XML(self)->at);
    NODE(self)->closed = false;
    bool ok = xml_read(XML(self)->store, XML(self)->at, value_text(text), text.string->size, &why);
    value_drop(text);
    return ok || xml_wrong(in, why);
}
#define NEAR(function, field)                                                                                \
    GETTER(function)                                                                                         \
    {                                                                                                        \
        return xml_beside(in, self, NODE(self)->field, ret);                                                     \
    }
NEAR(first_child, first)
NEAR(last_child, last)
NEAR(next_sibling, next)
NEAR(previous_sibling, previous)
GETTER(parent_node)
{
    return xml_beside(in, self, NODE(self)->kind == XML_ATTRIBUTE ? XML_NONE : NODE(self)->parent, ret);
}
GETTER(owner_element)
{
    return xml_beside(in, self, NODE(self)->parent, ret);
}
GETTER(owner_document)
{
    return xml_beside(in, self, NODE(self)->kind == XML_DOCUMENT ? XML_NONE : XML_ROOT, ret);
}
GETTER(document_element)
{
    xml_id at = NODE(self)->first;
    while (at && XML_NODE(XML(self)->store, at)->kind != XML_ELEMENT)
        at = XML_NODE(XML(self)->store, at)->next;
    return xml_beside(in, self, at, ret);
}
static bool list_chain(struct interp *in, value self, xml_id at, const struct type *type, value *ret)
{
    if (!list_new(in, type, ret))
        return false;
    for (; at; at = XML_NODE(XML(self)->store, at)->next)
        if (!xml_add_beside(in, self, at, *ret))
            return value_drop(*ret), false;
    return true;
}
GETTER(child_nodes)
{
    return list_chain(in, self, NODE(self)->first, &type_xml_node_list, ret);
}
GETTER(attributes)
{
    if (NODE(self)->kind != XML_ELEMENT)
        return *ret = value_null, true;
    return list_chain(in, self, NODE(self)->attributes, &type_xml_attributes, ret);
}
GETTER(has_children)
{
    (void)in;
    return *ret = value_bool(NODE(self)->first), true;
}
GETTER(has_attributes)
{
    (void)in;
    return *ret = value_bool(NODE(self)->attributes), true;
}
GETTER(is_empty)
{
    (void)in;
    return *ret = value_bool(NODE(self)->closed), true;
}
static bool set_empty(struct interp *in, value self, value to)
{
    (void)in;
    if (value_truth(to))
        xml_clear(XML(self)->store, XML(self)->at);
    return NODE(self)->closed = value_truth(to), true;
}
GETTER(keep_space)
{
    (void)in;
    return *ret = value_bool(XML(self)->store->keep_space), true;
}
static bool set_keep_space(struct interp *in, value self, value to)
{
    (void)in;
    return XML(self)->store->keep_space = value_truth(to), true;
}
GETTER(name_table)
{
    (void)self;
    return object_new(in, &type_xml_name_table, ret);
}
const struct property xml_node_properties[] = {{"Name", node_name, NULL},
                                               {"LocalName", node_local, NULL},
                                               {"NamespaceURI", node_namespace, NULL},
                                               {"Prefix", node_prefix, NULL},
                                               {"NodeType", node_type, NULL},
                                               {"ParentNode", parent_node, NULL},
                                               {"OwnerDocument", owner_document, NULL},
                                               {"Value", node_value, node_set_text},
                                               {"Attributes", attributes, NULL},
                                               {"InnerText", inner_text, node_set_text},
                                               {"InnerXml", inner_xml, set_inner_xml},
                                               {"OuterXml", outer_xml, NULL},
                                               {"FirstChild", first_child, NULL},
                                               {"LastChild", last_child, NULL},
                                               {"NextSibling", next_sibling, NULL},
                                               {"PreviousSibling", previous_sibling, NULL},
                                               {"ChildNodes", child_nodes, NULL},
                                               {"HasChildNodes", has_children, NULL},
                                               {0}};
const struct property xml_element_properties[] = {
    {"IsEmpty", is_empty, set_empty}, {"HasAttributes", has_attributes, NULL}, {0}};
const struct property xml_attribute_properties[] = {{"OwnerElement", owner_element, NULL}, {0}};
const struct property xml_data_properties[] = {{"Data", node_value, node_set_text}, {0}};
const struct property xml_document_properties[] = {{"DocumentElement", document_element, NULL},
                                                   {"NameTable", name_table, NULL},
                                                   {"PreserveWhitespace", keep_space, set_keep_space},
                                                   {0}};
