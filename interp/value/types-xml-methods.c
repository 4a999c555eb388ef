// What programs call on nodes of XML.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/types-rows.h"
#include "interp/value/xml-path.h"

// --- Attributes ---

#define TEXT(v) value_text(v), (v).string->size
METHOD(get_attribute)
{
    xml_id at = xml_attribute(XML(self)->store, XML(self)->at, TEXT(args[0]));
    UNUSED;
    const struct xml_node *node = XML_NODE(XML(self)->store, at);
    return string_new(in, at ? node->text : "", at ? node->text_size : 0, ret);
}
METHOD(set_attribute)
{
    UNUSED;
    return xml_set_attribute(XML(self)->store, XML(self)->at, TEXT(args[0]), TEXT(args[1])) || throw_memory(in);
}
METHOD(has_attribute)
{
    UNUSED;
    return *ret = value_bool(xml_attribute(XML(self)->store, XML(self)->at, TEXT(args[0]))), true;
}
METHOD(remove_attribute)
{
    xml_id at = xml_attribute(XML(self)->store, XML(self)->at, TEXT(args[0]));
    UNUSED;
    if (at)
        xml_remove(XML(self)->store, at);
    return true;
}
METHOD(attribute_node)
{
    UNUSED;
    return xml_beside(in, self, xml_attribute(XML(self)->store, XML(self)->at, TEXT(args[0])), ret);
}
METHOD(remove_all_attributes)
{
    UNUSED;
    while (NODE(self)->attributes)
        xml_remove(XML(self)->store, NODE(self)->attributes);
    return true;
}
METHOD(remove_all)
{
    xml_clear(XML(self)->store, XML(self)->at);
    return NODE(self)->kind != XML_ELEMENT || remove_all_attributes(in, self, args, count, ret);
}
// The attribute takes its place among the element's own.
static bool take_attribute(struct interp *in, value self, value attribute, value *ret)
{
    const struct xml_node *node = NODE(attribute);
    if (node->kind != XML_ATTRIBUTE)
        return method_throw(in, &type_argument_exception, "This is no attribute.");
    if (!xml_set_attribute(XML(self)->store, XML(self)->at, node->name, node->name_size, node->text, node->text_size))
        return throw_memory(in);
    return *ret = value_keep(attribute), true;
}
METHOD(set_attribute_node)
{
    return UNUSED, take_attribute(in, self, args[0], ret);
}

// --- The tree ---

static bool own_node(struct interp *in, value self, value node)
{
    if (!is_xml(node))
        return method_throw(in, &type_argument_null_exception, "A node is needed.");
    if (XML(node)->store != XML(self)->store)
        return method_throw(in, &type_argument_exception, "The node belongs to another document: import it.");
    for (xml_id at = XML(self)->at; at; at = XML_NODE(XML(self)->store, at)->parent)
        if (at == XML(node)->at)
            return method_throw(in, &type_argument_exception, "A node cannot stand inside of itself.");
    return true;
}
static bool insert_before(struct interp *in, value self, value node, xml_id before, value *ret)
{
    struct xml_store *store = XML(self)->store;
    if (!own_node(in, self, node))
        return false;
    if (NODE(node)->kind == XML_FRAGMENT) {
        while (NODE(node)->first) {
            xml_id child = NODE(node)->first;
            xml_remove(store, child);
            xml_insert(store, XML(self)->at, child, before);
        }
        return *ret = value_keep(node), true;
    }
    xml_remove(store, XML(node)->at);
    xml_insert(store, XML(self)->at, XML(node)->at, before);
    return *ret = value_keep(node), true;
}
METHOD(append_child)
{
    return UNUSED, insert_before(in, self, args[0], XML_NONE, ret);
}
METHOD(prepend_child)
{
    return UNUSED, insert_before(in, self, args[0], NODE(self)->first, ret);
}
static bool is_child(struct interp *in, value self, value node)
{
    if (is_xml(node) && XML(node)->store == XML(self)->store && NODE(node)->parent == XML(self)->at)
        return true;
    return method_throw(in, &type_argument_exception, "The node is not a child of this one.");
}
METHOD(insert_before_node)
{
    UNUSED;
    if (value_is_null(args[1]))
        return insert_before(in, self, args[0], XML_NONE, ret);
    return is_child(in, self, args[1]) && insert_before(in, self, args[0], XML(args[1])->at, ret);
}
METHOD(insert_after_node)
{
    UNUSED;
    if (value_is_null(args[1]))
        return insert_before(in, self, args[0], NODE(self)->first, ret);
    return is_child(in, self, args[1]) && insert_before(in, self, args[0], NODE(args[1])->next, ret);
}
METHOD(remove_child)
{
    UNUSED;
    if (!is_child(in, self, args[0]))
        return false;
    xml_remove(XML(self)->store, XML(args[0])->at);
    return *ret = value_keep(args[0]), true;
}
METHOD(replace_child)
{
    value put;
    UNUSED;
    if (!is_child(in, self, args[1]) || !insert_before(in, self, args[0], XML(args[1])->at, &put))
        return false;
    value_drop(put);
    xml_remove(XML(self)->store, XML(args[1])->at);
    return *ret = value_keep(args[1]), true;
}
METHOD(clone_node)
{
    bool deep = count && args[0].b;
    if (NODE(self)->kind != XML_DOCUMENT)
        return xml_beside(in, self, xml_copy(XML(self)->store, XML(self)->store, XML(self)->at, deep || !count), ret);
    const char *why;
    if (!xml_document_of(in, NULL, 0, ret, &why))
        return false;
    for (xml_id at = NODE(self)->first; (deep || !count) && at; at = XML_NODE(XML(self)->store, at)->next) {
        xml_id copy = xml_copy(XML(*ret)->store, XML(self)->store, at, true);
        if (copy)
            xml_insert(XML(*ret)->store, XML_ROOT, copy, XML_NONE);
    }
    return true;
}
METHOD(import_node)
{
    UNUSED;
    if (!is_xml(args[0]))
        return method_throw(in, &type_argument_null_exception, "A node is needed.");
    return xml_beside(in, self, xml_copy(XML(self)->store, XML(args[0])->store, XML(args[0])->at, args[1].b), ret);
}

// --- Making ---

static bool create(struct interp *in, value self, enum xml_kind kind, const char *name, size_t size, value text,
                   value *ret)
{
    bool some = text.kind == V_STRING;
    xml_id made = xml_add(XML(self)->store, kind, name, size, some ? value_text(text) : "",
                          some ? text.string->size : 0);
    return made ? xml_beside(in, self, made, ret) : throw_memory(in);
}
METHOD(create_element)
{
    (void)count;
    return create(in, self, XML_ELEMENT, TEXT(args[0]), value_null, ret);
}
static bool declare(struct interp *in, value element, const char *prefix, value uri)
{
    struct buf name = BUF_INIT;
    buf_printf(&name, *prefix ? "xmlns:%s" : "xmlns", prefix);
    bool ok = !uri.string->size || xml_set_attribute(XML(element)->store, XML(element)->at, buf_text(&name),
                                                     name.size, TEXT(uri));
    return buf_free(&name), ok || throw_memory(in);
}
METHOD(create_element_ns)
{
    (void)count;
    if (!create_element(in, self, args, 1, ret))
        return false;
    char prefix[64] = "";
    size_t size;
    const char *own = xml_prefix(NODE(*ret), &size);
    memcpy(prefix, own, size < sizeof prefix ? size : 0);
    return declare(in, *ret, prefix, args[1]) || (value_drop(*ret), false);
}
METHOD(create_element_prefixed)
{
    value name;
    (void)count;
    if (!string_printf(in, &name, "%s%s%s", value_text(args[0]), args[0].string->size ? ":" : "", value_text(args[1])))
        return false;
    bool ok = create_element(in, self, &name, 1, ret);
    value_drop(name);
    return ok && (declare(in, *ret, value_text(args[0]), args[2]) || (value_drop(*ret), false));
}
METHOD(create_attribute)
{
    (void)count;
    return create(in, self, XML_ATTRIBUTE, TEXT(args[0]), value_null, ret);
}
METHOD(create_text)
{
    return (void)count, create(in, self, XML_TEXT, "#text", 5, args[0], ret);
}
METHOD(create_comment)
{
    return (void)count, create(in, self, XML_COMMENT, "#comment", 8, args[0], ret);
}
METHOD(create_cdata)
{
    return (void)count, create(in, self, XML_CDATA, "#cdata-section", 14, args[0], ret);
}
METHOD(create_instruction)
{
    return (void)count, create(in, self, XML_INSTRUCTION, TEXT(args[0]), args[1], ret);
}
METHOD(create_fragment)
{
    return UNUSED, create(in, self, XML_FRAGMENT, "#document-fragment", 18, value_null, ret);
}
METHOD(create_declaration)
{
    struct buf out = BUF_INIT;
    value text;
    (void)count;
    buf_printf(&out, "version=\"%s\"", value_text(args[0]));
    if (args[1].kind == V_STRING && args[1].string->size)
        buf_printf(&out, " encoding=\"%s\"", value_text(args[1]));
    if (args[2].kind == V_STRING && args[2].string->size)
        buf_printf(&out, " standalone=\"%s\"", value_text(args[2]));
    if (!buf_take(in, &out, &text))
        return false;
    bool ok = create(in, self, XML_DECLARATION, "xml", 3, text, ret);
    return value_drop(text), ok;
}
METHOD(document_new)
{
    const char *why;
    UNUSED;
    return xml_document_of(in, NULL, 0, ret, &why);
}
METHOD(load_xml)
{
    const char *why = NULL;
    UNUSED;
    xml_clear(XML(self)->store, XML_ROOT);
    return xml_read(XML(self)->store, XML_ROOT, TEXT(args[0]), &why) || xml_wrong(in, why);
}
METHOD(save_to)
{
    struct buf out = BUF_INIT;
    value text, name, ignored;
    UNUSED;
    xml_indented(XML(self)->store, XML(self)->at, &out);
    if (!buf_take(in, &out, &text))
        return false;
    name = string_static(in, value_is_type(args[0], &type_string_builder) ? "Append" : "Write");
    bool ok = method_invoke(in, args[0], name, &text, 1, &ignored);
    if (ok)
        value_drop(ignored);
    value_drop(name);
    return value_drop(text), ok;
}

// --- Finding ---

static bool select_ids(struct interp *in, value self, value path, value manager, struct buf *ret_ids)
{
    const char *why = NULL;
    struct xml_names names = {manager.kind == V_TABLE                          ? manager.table
                              : value_is_type(manager, &type_xml_manager) ? AS(fields, manager)->at[0].table
                                                                          : NULL};
    if (xml_select(XML(self)->store, XML(self)->at, TEXT(path), &names, ret_ids, &why))
        return true;
    buf_free(ret_ids);
    return why ? method_throw(in, &type_xpath_exception, "This is no expression of XPath: %s.", why)
               : throw_memory(in);
}
bool xml_select_values(struct interp *in, value self, value path, value manager, value *ret)
{
    struct buf ids = BUF_INIT;
    if (!select_ids(in, self, path, manager, &ids))
        return false;
    bool ok = list_new(in, &type_xml_path_list, ret);
    for (size_t i = 0; ok && i < path_id_count(&ids); i++)
        ok = xml_add_beside(in, self, path_id_at(&ids, i), *ret);
    buf_free(&ids);
    return ok;
}
METHOD(select_nodes)
{
    return xml_select_values(in, self, args[0], count > 1 ? args[1] : value_null, ret);
}
METHOD(select_single)
{
    struct buf ids = BUF_INIT;
    if (!select_ids(in, self, args[0], count > 1 ? args[1] : value_null, &ids))
        return false;
    xml_id at = ids.size ? path_id_at(&ids, 0) : XML_NONE;
    buf_free(&ids);
    return xml_beside(in, self, at, ret);
}
static bool gather_tags(struct interp *in, value self, xml_id at, value name, value list)
{
    for (; at; at = XML_NODE(XML(self)->store, at)->next) {
        const struct xml_node *node = XML_NODE(XML(self)->store, at);
        bool fits = node->kind == XML_ELEMENT && (!strcmp(value_text(name), "*") || !strcmp(node->name, value_text(name)));
        if (fits && !xml_add_beside(in, self, at, list))
            return false;
        if (!gather_tags(in, self, XML_NODE(XML(self)->store, at)->first, name, list))
            return false;
    }
    return true;
}
METHOD(elements_by_tag)
{
    (void)count;
    if (!list_new(in, &type_xml_node_list, ret))
        return false;
    return gather_tags(in, self, NODE(self)->first, args[0], *ret) || (value_drop(*ret), false);
}
METHOD(get_name)
{
    return UNUSED, string_new(in, NODE(self)->name, NODE(self)->name_size, ret);
}
METHOD(normalize)
{
    return UNUSED, true;
}

// --- Lists ---

METHOD(list_item)
{
    UNUSED;
    bool there = args[0].i >= 0 && (size_t)args[0].i < self.array->count;
    return *ret = there ? value_keep(self.array->items[args[0].i]) : value_null, true;
}
METHOD(named_item)
{
    UNUSED;
    for (size_t i = 0; i < self.array->count; i++) {
        value item = self.array->items[i];
        if (is_xml(item) && NODE(item)->name_size == args[0].string->size &&
            !memcmp(NODE(item)->name, value_text(args[0]), args[0].string->size))
            return *ret = value_keep(item), true;
    }
    return *ret = value_null, true;
}
bool xml_list_item(struct interp *in, value list, value index, value *ret)
{
    return named_item(in, list, &index, 1, ret);
}

static bool list_count(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_int((int32_t)self.array->count), true;
}
const struct property xml_count_properties[] = {{"Count", list_count, NULL}, {0}};

// --- Namespaces: at[0] a TABLE of prefix → URI ---

METHOD(manager_new)
{
    UNUSED;
    if (!object_new(in, &type_xml_manager, ret) || !table_new(in, true, &AS(fields, *ret)->at[0]))
        return false;
    return AS(fields, *ret)->at[0].table->case_sensitive = true;
}
METHOD(manager_add)
{
    UNUSED;
    return table_set(in, AS(fields, self)->at[0].table, args[0], args[1]);
}
METHOD(manager_has)
{
    UNUSED;
    return *ret = value_bool(table_get(AS(fields, self)->at[0].table, args[0])), true;
}
METHOD(manager_look)
{
    const value *found = table_get(AS(fields, self)->at[0].table, args[0]);
    UNUSED;
    return *ret = found ? value_keep(*found) : value_null, true;
}

METHOD(node_to_string)
{
    UNUSED;
    return xml_node_text(in, self, ret);
}
METHOD(list_to_string)
{
    struct buf out = {0};
    bool ok = true;
    UNUSED;
    for (size_t i = 0; ok && i < self.array->count; i++) {
        value text;
        if (i)
            buf_add_char(&out, ' ');
        ok = value_to_shown_string(in, self.array->items[i], &text);
        if (ok)
            buf_add(&out, value_text(text), text.string->size), value_drop(text);
    }
    ok = ok && string_new(in, buf_text(&out), out.size, ret);
    return buf_free(&out), ok;
}

#define XMLNODE &type_xml_node
#define ELEMENT &type_xml_element
static const struct method node_methods[] = {{"SelectNodes", select_nodes, OBJ, P(STR)},
                                             {"SelectNodes", select_nodes, OBJ, P(STR, &type_xml_manager)},
                                             {"SelectSingleNode", select_single, XMLNODE, P(STR)},
                                             {"SelectSingleNode", select_single, XMLNODE, P(STR, &type_xml_manager)},
                                             {"AppendChild", append_child, XMLNODE, P(XMLNODE)},
                                             {"PrependChild", prepend_child, XMLNODE, P(XMLNODE)},
                                             {"InsertBefore", insert_before_node, XMLNODE, P(XMLNODE, XMLNODE)},
                                             {"InsertAfter", insert_after_node, XMLNODE, P(XMLNODE, XMLNODE)},
                                             {"RemoveChild", remove_child, XMLNODE, P(XMLNODE)},
                                             {"ReplaceChild", replace_child, XMLNODE, P(XMLNODE, XMLNODE)},
                                             {"RemoveAll", remove_all, VOID},
                                             {"CloneNode", clone_node, XMLNODE, P(BOOLEAN)},
                                             {"Clone", clone_node, XMLNODE},
                                             {"Normalize", normalize, VOID},
                                             {"get_Name", get_name, STR},
                                             {"ToString", node_to_string, STR},
                                             {0}};
static const struct method element_methods[] = {{"GetAttribute", get_attribute, STR, P(STR)},
                                                {"SetAttribute", set_attribute, VOID, P(STR, STR)},
                                                {"HasAttribute", has_attribute, BOOLEAN, P(STR)},
                                                {"RemoveAttribute", remove_attribute, VOID, P(STR)},
                                                {"GetAttributeNode", attribute_node, OBJ, P(STR)},
                                                {"SetAttributeNode", set_attribute_node, OBJ, P(XMLNODE)},
                                                {"RemoveAllAttributes", remove_all_attributes, VOID},
                                                {"GetElementsByTagName", elements_by_tag, OBJ, P(STR)},
                                                {0}};
static const struct method document_methods[] = {{"CreateElement", create_element, ELEMENT, P(STR)},
                                                 {"CreateElement", create_element_ns, ELEMENT, P(STR, STR)},
                                                 {"CreateElement", create_element_prefixed, ELEMENT, P(STR, STR, STR)},
                                                 {"CreateAttribute", create_attribute, OBJ, P(STR)},
                                                 {"CreateTextNode", create_text, OBJ, P(STR)},
                                                 {"CreateComment", create_comment, OBJ, P(STR)},
                                                 {"CreateCDataSection", create_cdata, OBJ, P(STR)},
                                                 {"CreateProcessingInstruction", create_instruction, OBJ, P(STR, STR)},
                                                 {"CreateDocumentFragment", create_fragment, OBJ},
                                                 {"CreateXmlDeclaration", create_declaration, OBJ, P(STR, STR, STR)},
                                                 {"ImportNode", import_node, XMLNODE, P(XMLNODE, BOOLEAN)},
                                                 {"LoadXml", load_xml, VOID, P(STR)},
                                                 {"Save", save_to, VOID, P(OBJ)},
                                                 {"GetElementsByTagName", elements_by_tag, OBJ, P(STR)},
                                                 {0}};
static const struct method document_constructors[] = {{"new", document_new, OBJ}, {0}};
static const struct method list_methods[] = {{"Item", list_item, OBJ, P(I32)},
                                             {"ToString", list_to_string, STR},
                                             {"GetEnumerator", get_enumerator, OBJ},
                                             {0}};
static const struct method attributes_methods[] = {{"Item", list_item, OBJ, P(I32)},
                                                   {"GetNamedItem", named_item, OBJ, P(STR)},
                                                   {"GetEnumerator", get_enumerator, OBJ},
                                                   {0}};
static const struct method manager_methods[] = {{"AddNamespace", manager_add, VOID, P(STR, STR)},
                                                {"HasNamespace", manager_has, BOOLEAN, P(STR)},
                                                {"LookupNamespace", manager_look, STR, P(STR)},
                                                {0}};
static const struct method manager_constructors[] = {{"new", manager_new, OBJ, P(OBJ)}, {0}};
const struct type_members full_xml_node = {.methods = node_methods};
const struct type_members full_xml_element = {.methods = element_methods};
const struct type_members full_xml = {.methods = document_methods, .constructors = document_constructors};
const struct type_members full_xml_node_list = {.methods = list_methods};
const struct type_members full_xml_path_list = {.methods = list_methods};
const struct type_members full_xml_attributes = {.methods = attributes_methods};
const struct type_members full_xml_manager = {.methods = manager_methods, .constructors = manager_constructors};
