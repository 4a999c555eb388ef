#include "interp/value/xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct xml_store *xml_store_new(void)
{
    struct xml_store *store = mem_new(1, sizeof *store);
    if (!store)
        return NULL;
    if (xml_add(store, 0, "", 0, "", 0) != XML_NONE || // the place of number 0
        xml_add(store, XML_DOCUMENT, "#document", 9, "", 0) != XML_ROOT)
        return xml_store_drop(store), NULL;
    return store;
}

void xml_store_drop(struct xml_store *store)
{
    for (size_t i = 0; i < store->count; i++) {
        mem_free(store->nodes[i].name, store->nodes[i].name_size + 1);
        mem_free(store->nodes[i].text, store->nodes[i].text_size + 1);
    }
    mem_free(store->nodes, store->capacity * sizeof *store->nodes);
    mem_free(store, sizeof *store);
}

static char *keep(const char *text, size_t size)
{
    char *copy = mem_new(size + 1, 1);
    if (copy && size)
        memcpy(copy, text, size);
    return copy;
}

xml_id xml_add(struct xml_store *store, enum xml_kind kind, const char *name, size_t name_size,
               const char *text, size_t text_size)
{
    if (store->count == store->capacity) {
        struct xml_node *nodes = mem_grow(store->nodes, &store->capacity, 16, sizeof *nodes);
        if (!nodes)
            return XML_NONE;
        store->nodes = nodes;
    }
    struct xml_node node = {.kind = (uint8_t)kind,
                            .name = keep(name, name_size),
                            .text = keep(text, text_size),
                            .name_size = name_size,
                            .text_size = text_size,
                            .closed = kind == XML_ELEMENT};
    if (!node.name || !node.text)
        return XML_NONE;
    store->nodes[store->count] = node;
    return (xml_id)store->count++;
}

void xml_insert(struct xml_store *store, xml_id parent, xml_id child, xml_id before)
{
    struct xml_node *up = XML_NODE(store, parent), *node = XML_NODE(store, child);
    node->parent = parent;
    node->next = before;
    node->previous = before ? XML_NODE(store, before)->previous : up->last;
    if (node->previous)
        XML_NODE(store, node->previous)->next = child;
    else
        up->first = child;
    if (before)
        XML_NODE(store, before)->previous = child;
    else
        up->last = child;
    up->closed = false;
}

static void remove_attribute(struct xml_store *store, xml_id id)
{
    xml_id *link = &XML_NODE(store, XML_NODE(store, id)->parent)->attributes;
    while (*link && *link != id)
        link = &XML_NODE(store, *link)->next;
    if (*link)
        *link = XML_NODE(store, id)->next;
}

void xml_remove(struct xml_store *store, xml_id id)
{
    struct xml_node *node = XML_NODE(store, id);
    if (!node->parent)
        return;
    struct xml_node *up = XML_NODE(store, node->parent);
    if (node->kind == XML_ATTRIBUTE) {
        remove_attribute(store, id);
    } else {
        if (node->previous)
            XML_NODE(store, node->previous)->next = node->next;
        else
            up->first = node->next;
        if (node->next)
            XML_NODE(store, node->next)->previous = node->previous;
        else
            up->last = node->previous;
    }
    node->parent = node->next = node->previous = XML_NONE;
}

xml_id xml_copy(struct xml_store *to, const struct xml_store *from, xml_id id, bool deep)
{
    const struct xml_node *node = XML_NODE(from, id);
    xml_id copy = xml_add(to, node->kind, node->name, node->name_size, node->text, node->text_size);
    xml_id last = XML_NONE;
    for (xml_id at = XML_NODE(from, id)->attributes; at && copy; at = XML_NODE(from, at)->next) {
        const struct xml_node *own = XML_NODE(from, at);
        last = xml_append_attribute(to, copy, last, own->name, own->name_size, own->text, own->text_size);
        if (!last)
            return XML_NONE;
    }
    for (xml_id at = XML_NODE(from, id)->first; deep && at && copy; at = XML_NODE(from, at)->next) {
        xml_id child = xml_copy(to, from, at, true);
        if (!child)
            return XML_NONE;
        xml_insert(to, copy, child, XML_NONE);
    }
    if (copy)
        XML_NODE(to, copy)->closed = XML_NODE(from, id)->closed;
    return copy;
}

void xml_clear(struct xml_store *store, xml_id id)
{
    while (XML_NODE(store, id)->first)
        xml_remove(store, XML_NODE(store, id)->first);
}

static bool replace_text(struct xml_node *node, const char *text, size_t size)
{
    char *copy = keep(text, size);
    if (!copy)
        return false;
    mem_free(node->text, node->text_size + 1);
    node->text = copy;
    node->text_size = size;
    return true;
}

bool xml_set_text(struct xml_store *store, xml_id id, const char *text, size_t size)
{
    if (XML_NODE(store, id)->kind != XML_ELEMENT)
        return replace_text(XML_NODE(store, id), text, size);
    xml_clear(store, id);
    XML_NODE(store, id)->closed = false;
    if (!size)
        return true;
    xml_id child = xml_add(store, XML_TEXT, "#text", 5, text, size);
    if (child)
        xml_insert(store, id, child, XML_NONE);
    return child;
}

xml_id xml_attribute(const struct xml_store *store, xml_id element, const char *name, size_t size)
{
    xml_id at = XML_NODE(store, element)->attributes;
    while (at && (XML_NODE(store, at)->name_size != size || memcmp(XML_NODE(store, at)->name, name, size)))
        at = XML_NODE(store, at)->next;
    return at;
}

bool xml_set_attribute(struct xml_store *store, xml_id element, const char *name, size_t size,
                       const char *text, size_t text_size)
{
    xml_id at = xml_attribute(store, element, name, size);
    if (at)
        return replace_text(XML_NODE(store, at), text, text_size);
    xml_id last = XML_NONE;
    for (at = XML_NODE(store, element)->attributes; at; at = XML_NODE(store, at)->next)
        last = at;
    return xml_append_attribute(store, element, last, name, size, text, text_size) != XML_NONE;
}

xml_id xml_append_attribute(struct xml_store *store, xml_id element, xml_id last, const char *name,
                            size_t size, const char *text, size_t text_size)
{
    xml_id at = xml_add(store, XML_ATTRIBUTE, name, size, text, text_size);
    if (!at)
        return XML_NONE;
    XML_NODE(store, at)->parent = element;
    *(last ? &XML_NODE(store, last)->next : &XML_NODE(store, element)->attributes) = at;
    return at;
}

static int by_name(const void *a, const void *b)
{
    const struct xml_node *left = *(struct xml_node *const *)a, *right = *(struct xml_node *const *)b;
    size_t size = left->name_size < right->name_size ? left->name_size : right->name_size;
    int order = memcmp(left->name, right->name, size);
    return order ? order : (left->name_size > right->name_size) - (left->name_size < right->name_size);
}

bool xml_attributes_differ(const struct xml_store *store, xml_id element, bool *ret_differ)
{
    size_t count = 0, i = 0;
    *ret_differ = true;
    for (xml_id at = XML_NODE(store, element)->attributes; at; at = XML_NODE(store, at)->next)
        count++;
    if (count < 2)
        return true;
    const struct xml_node **sorted = mem_new(count, sizeof *sorted);
    if (!sorted)
        return false;
    for (xml_id at = XML_NODE(store, element)->attributes; at; at = XML_NODE(store, at)->next)
        sorted[i++] = XML_NODE(store, at);
    qsort(sorted, count, sizeof *sorted, by_name);
    for (i = 1; i < count && *ret_differ; i++)
        *ret_differ = by_name(&sorted[i - 1], &sorted[i]) != 0;
    return mem_free(sorted, count * sizeof *sorted), true;
}

const char *xml_local(const struct xml_node *node, size_t *ret_size)
{
    const char *colon = memchr(node->name, ':', node->name_size), *start = colon ? colon + 1 : node->name;
    *ret_size = node->name_size - (size_t)(start - node->name);
    return start;
}

const char *xml_prefix(const struct xml_node *node, size_t *ret_size)
{
    const char *colon = memchr(node->name, ':', node->name_size);
    *ret_size = colon ? (size_t)(colon - node->name) : 0;
    return node->name;
}

const char *xml_namespace(const struct xml_store *store, xml_id at, const char *prefix, size_t size,
                          size_t *ret_size)
{
    for (; at; at = XML_NODE(store, at)->parent)
        for (xml_id a = XML_NODE(store, at)->attributes; a; a = XML_NODE(store, a)->next) {
            const struct xml_node *own = XML_NODE(store, a);
            bool fits = size ? own->name_size == size + 6 && !memcmp(own->name, "xmlns:", 6) &&
                                   !memcmp(own->name + 6, prefix, size)
                             : own->name_size == 5 && !memcmp(own->name, "xmlns", 5);
            if (fits)
                return *ret_size = own->text_size, own->text;
        }
    return *ret_size = 0, "";
}
