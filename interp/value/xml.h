// interp/value/xml.h: documents of XML. jesh-full alone.
//
// A document's nodes live in one store and know each other by number, 0 being none and 1 the document; a value
// is a handle, and the handles keep the store. What is removed from a document stays in its store until the
// last handle is gone.
#ifndef INTERP_XML_H
#define INTERP_XML_H

#include "base/buf.h"
#include "interp/value/objects.h"

enum xml_kind { // System.Xml.XmlNodeType
    XML_ELEMENT = 1,
    XML_ATTRIBUTE,
    XML_TEXT,
    XML_CDATA,
    XML_INSTRUCTION = 7,
    XML_COMMENT,
    XML_DOCUMENT,
    XML_DOCTYPE,
    XML_FRAGMENT,
    XML_WHITESPACE = 14,
    XML_DECLARATION = 17,
};
typedef uint32_t xml_id;
enum { XML_NONE = 0, XML_ROOT = 1 };

struct xml_node {
    uint8_t kind;
    bool closed; // an element written <a />
    xml_id parent, first, last, next, previous;
    xml_id attributes;       // the first one; their order is by next
    char *name, *text;       // NUL-terminated; text: of everything but elements
    size_t name_size, text_size;
};
struct xml_store {
    size_t handles;
    struct xml_node *nodes;
    size_t count, capacity;
    bool keep_space;
};
struct xml_handle {
    struct object head;
    struct xml_store *store;
    xml_id at;
};
#define XML(v) ((struct xml_handle *)(v).object)
#define XML_NODE(store, id) (&(store)->nodes[id])
#define NODE(v) XML_NODE(XML(v)->store, XML(v)->at)

struct xml_store *xml_store_new(void); // with a document that is empty; NULL: out of memory
void xml_store_drop(struct xml_store *store);
// XML_NONE: out of memory.
xml_id xml_add(struct xml_store *store, enum xml_kind kind, const char *name, size_t name_size, const char *text,
               size_t text_size);
void xml_insert(struct xml_store *store, xml_id parent, xml_id child, xml_id before); // NONE: as the last
void xml_remove(struct xml_store *store, xml_id node);
xml_id xml_copy(struct xml_store *to, const struct xml_store *from, xml_id node, bool deep);
bool xml_set_text(struct xml_store *store, xml_id node, const char *text, size_t size);
void xml_clear(struct xml_store *store, xml_id node); // its children
xml_id xml_attribute(const struct xml_store *store, xml_id element, const char *name, size_t size);
bool xml_set_attribute(struct xml_store *store, xml_id element, const char *name, size_t size, const char *text,
                       size_t text_size);
// One that the element does not have yet, behind its last (NONE: as the first). NONE: out of memory.
xml_id xml_append_attribute(struct xml_store *store, xml_id element, xml_id last, const char *name, size_t size,
                            const char *text, size_t text_size);
bool xml_attributes_differ(const struct xml_store *store, xml_id element, bool *ret_differ); // false: memory
const char *xml_local(const struct xml_node *node, size_t *ret_size);
const char *xml_prefix(const struct xml_node *node, size_t *ret_size);
// The URI that a prefix stands for at that node; "" where none does.
const char *xml_namespace(const struct xml_store *store, xml_id at, const char *prefix, size_t size,
                          size_t *ret_size);
void xml_inner_text(const struct xml_store *store, xml_id node, struct buf *out);
void xml_outer(const struct xml_store *store, xml_id node, struct buf *out);
void xml_inner(const struct xml_store *store, xml_id node, struct buf *out);
void xml_indented(const struct xml_store *store, xml_id node, struct buf *out); // as Save writes

// Adds what text says below parent. False: *ret_why says what is wrong with it.
bool xml_read(struct xml_store *store, xml_id parent, const char *text, size_t size, const char **ret_why);

// What an expression of XPath means at that node: ids in *ret, in document order. False: not understood.
struct xml_names { // prefixes that an expression uses; the pairs of a table
    const struct table *table;
};
bool xml_select(struct xml_store *store, xml_id at, const char *path, size_t size, const struct xml_names *names,
                struct buf *ret_ids, const char **ret_why);

bool xml_handle_new(struct interp *in, struct xml_store *store, xml_id at, value *ret); // $null for XML_NONE
bool xml_beside(struct interp *in, value self, xml_id at, value *ret); // a node of self's document
bool xml_add_beside(struct interp *in, value self, xml_id at, value list);
bool xml_wrong(struct interp *in, const char *why); // throws; NULL: memory is short; always false
bool xml_document_of(struct interp *in, const char *text, size_t size, value *ret, const char **ret_why);
bool is_xml(value v);
bool xml_is_node(value v) __attribute__((weak)); // not a list of them
bool xml_node_text(struct interp *in, value self, value *ret) __attribute__((weak)); // its ToString: the local name
// The nodes that path means at self; manager: a TABLE of prefixes, an XmlNamespaceManager, or $null.
bool xml_select_values(struct interp *in, value self, value path, value manager, value *ret);

#endif
