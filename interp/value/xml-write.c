// Documents as text.
#include <string.h>

#include "interp/value/xml.h"

static void escape(struct buf *out, const char *text, size_t size, bool attribute)
{
    for (size_t i = 0; i < size; i++)
        switch (text[i]) {
        case '&':
            buf_add_text(out, "&amp;");
            break;
        case '<':
            buf_add_text(out, "&lt;");
            break;
        case '>':
            buf_add_text(out, "&gt;");
            break;
        case '"':
            buf_add_text(out, attribute ? "&quot;" : "\"");
            break;
        case '\n':
            buf_add_text(out, attribute ? "&#xA;" : "\n");
            break;
        case '\r':
            buf_add_text(out, attribute ? "&#xD;" : "\r");
            break;
        case '\t':
            buf_add_text(out, attribute ? "&#x9;" : "\t");
            break;
        default:
            buf_add_char(out, text[i]);
        }
}

struct writer {
    const struct xml_store *store;
    struct buf *out;
    bool indent;
};

static void write_node(const struct writer *w, xml_id id, size_t depth);

static bool has_text(const struct writer *w, xml_id id)
{
    for (xml_id at = XML_NODE(w->store, id)->first; at; at = XML_NODE(w->store, at)->next) {
        unsigned kind = XML_NODE(w->store, at)->kind;
        if (kind == XML_TEXT || kind == XML_CDATA || kind == XML_WHITESPACE)
            return true;
    }
    return false;
}

static void new_line(const struct writer *w, size_t depth)
{
    buf_add_char(w->out, '\n');
    buf_add_repeat(w->out, ' ', depth * 2);
}

static void write_attributes(const struct writer *w, xml_id id)
{
    for (xml_id at = XML_NODE(w->store, id)->attributes; at; at = XML_NODE(w->store, at)->next) {
        const struct xml_node *own = XML_NODE(w->store, at);
        buf_printf(w->out, " %s=\"", own->name);
        escape(w->out, own->text, own->text_size, true);
        buf_add_char(w->out, '"');
    }
}

static void write_element(const struct writer *w, xml_id id, size_t depth)
{
    const struct xml_node *node = XML_NODE(w->store, id);
    bool broken = w->indent && node->first && !has_text(w, id);
    buf_printf(w->out, "<%s", node->name);
    write_attributes(w, id);
    if (!node->first && node->closed) {
        buf_add_text(w->out, " />");
        return;
    }
    buf_add_char(w->out, '>');
    struct writer inside = *w;
    inside.indent = w->indent && (broken || !node->first);
    for (xml_id at = node->first; at; at = XML_NODE(w->store, at)->next) {
        if (broken)
            new_line(w, depth + 1);
        write_node(&inside, at, depth + 1);
    }
    if (broken)
        new_line(w, depth);
    buf_printf(w->out, "</%s>", node->name);
}

static void write_children(const struct writer *w, xml_id id, size_t depth)
{
    for (xml_id at = XML_NODE(w->store, id)->first; at; at = XML_NODE(w->store, at)->next) {
        if (w->indent && XML_NODE(w->store, at)->previous)
            new_line(w, depth);
        write_node(w, at, depth);
    }
}

static void write_node(const struct writer *w, xml_id id, size_t depth)
{
    const struct xml_node *node = XML_NODE(w->store, id);
    switch ((enum xml_kind)node->kind) {
    case XML_ELEMENT:
        write_element(w, id, depth);
        break;
    case XML_ATTRIBUTE:
        buf_printf(w->out, "%s=\"", node->name);
        escape(w->out, node->text, node->text_size, true);
        buf_add_char(w->out, '"');
        break;
    case XML_TEXT:
    case XML_WHITESPACE:
        escape(w->out, node->text, node->text_size, false);
        break;
    case XML_CDATA:
        buf_printf(w->out, "<![CDATA[%s]]>", node->text);
        break;
    case XML_COMMENT:
        buf_printf(w->out, "<!--%s-->", node->text);
        break;
    case XML_DECLARATION:
        buf_printf(w->out, "<?xml %s?>", node->text);
        break;
    case XML_INSTRUCTION:
        buf_printf(w->out, "<?%s%s%s?>", node->name, node->text_size ? " " : "", node->text);
        break;
    case XML_DOCTYPE:
        buf_printf(w->out, "<!DOCTYPE %s>", node->text);
        break;
    case XML_DOCUMENT:
    case XML_FRAGMENT:
        write_children(w, id, depth);
        break;
    }
}

void xml_outer(const struct xml_store *store, xml_id node, struct buf *out)
{
    write_node(&(struct writer){store, out, false}, node, 0);
}

void xml_inner(const struct xml_store *store, xml_id node, struct buf *out)
{
    if (XML_NODE(store, node)->kind == XML_ATTRIBUTE)
        escape(out, XML_NODE(store, node)->text, XML_NODE(store, node)->text_size, false);
    write_children(&(struct writer){store, out, false}, node, 0);
}

void xml_indented(const struct xml_store *store, xml_id node, struct buf *out)
{
    write_node(&(struct writer){store, out, !store->keep_space}, node, 0);
}

void xml_inner_text(const struct xml_store *store, xml_id id, struct buf *out)
{
    const struct xml_node *node = XML_NODE(store, id);
    if (node->kind != XML_ELEMENT && node->kind != XML_DOCUMENT && node->kind != XML_FRAGMENT) {
        buf_add(out, node->text, node->text_size);
        return;
    }
    for (xml_id at = node->first; at; at = XML_NODE(store, at)->next) {
        unsigned kind = XML_NODE(store, at)->kind;
        if (kind == XML_ELEMENT || kind == XML_TEXT || kind == XML_CDATA || kind == XML_WHITESPACE)
            xml_inner_text(store, at, out);
    }
}
