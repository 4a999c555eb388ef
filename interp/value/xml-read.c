// XML from text: well-formed or nothing. Definitions of entities in a DOCTYPE are refused, since expanding them is
// how small documents become large ones.
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/value/xml.h"

enum { MOST_DEPTH = 1000 };

struct reader {
    struct xml_store *store;
    const char *at, *end;
    const char *why;
    struct buf text; // of what is being read
    xml_id open;
    size_t depth;
    bool rooted;
};

static bool fail(struct reader *r, const char *why)
{
    if (!r->why)
        r->why = why;
    return false;
}

static bool starts(const struct reader *r, const char *text)
{
    size_t size = strlen(text);
    return (size_t)(r->end - r->at) >= size && !memcmp(r->at, text, size);
}

static bool take(struct reader *r, const char *text)
{
    if (!starts(r, text))
        return false;
    r->at += strlen(text);
    return true;
}

static void skip_space(struct reader *r)
{
    while (r->at < r->end && strchr(" \t\r\n", *r->at) && *r->at)
        r->at++;
}

static bool is_name_start(unsigned char c)
{
    return isalpha(c) || c == '_' || c == ':' || c >= 0x80;
}

static bool read_name(struct reader *r, const char **ret_name, size_t *ret_size)
{
    const char *start = r->at;
    if (r->at == r->end || !is_name_start((unsigned char)*r->at))
        return fail(r, "a name was expected");
    while (r->at < r->end && (is_name_start((unsigned char)*r->at) || isdigit((unsigned char)*r->at) ||
                              *r->at == '-' || *r->at == '.'))
        r->at++;
    *ret_name = start;
    *ret_size = (size_t)(r->at - start);
    return true;
}

static bool read_number(struct reader *r, const char *digits, size_t size)
{
    uint32_t code = 0;
    unsigned base = *digits == 'x' ? 16 : 10;
    for (size_t i = base == 16; i < size; i++) {
        unsigned char c = (unsigned char)digits[i];
        unsigned digit = isdigit(c) ? (unsigned)(c - '0') : base == 16 && isxdigit(c) ? (unsigned)(tolower(c) - 'a') + 10 : 99;
        if (digit >= base || (code = code * base + digit) > 0x10FFFF)
            return fail(r, "the character reference is not a character");
    }
    return size > (base == 16) && buf_add_codepoint(&r->text, code);
}

static bool read_reference(struct reader *r)
{
    static const struct {
        const char *name;
        char is;
    } known[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    const char *name = ++r->at, *end = memchr(name, ';', (size_t)(r->end - name));
    size_t size = end ? (size_t)(end - name) : 0;
    if (!size || size > 10)
        return fail(r, "an & stands for itself only as &amp;");
    r->at = end + 1;
    if (*name == '#')
        return read_number(r, name + 1, size - 1) || fail(r, "the character reference is empty");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == size && !memcmp(known[i].name, name, size))
            return buf_add_char(&r->text, known[i].is);
    return fail(r, "the entity is not defined");
}

static bool put(struct reader *r, enum xml_kind kind, const char *name, const char *text, size_t size)
{
    xml_id node = xml_add(r->store, kind, name, strlen(name), text, size);
    if (!node)
        return fail(r, "memory is short");
    return xml_insert(r->store, r->open, node, XML_NONE), true;
}

static bool read_text(struct reader *r)
{
    bool blank = true, ok = true;
    buf_clear(&r->text);
    while (ok && r->at < r->end && *r->at != '<') {
        blank = blank && strchr(" \t\r\n", *r->at) && *r->at;
        if (*r->at == '&') {
            ok = read_reference(r);
        } else if (*r->at == '\r') { // line ends are told as one character
            r->at++;
            if (r->at == r->end || *r->at != '\n')
                ok = buf_add_char(&r->text, '\n');
        } else
            ok = buf_add_char(&r->text, *r->at++);
    }
    if (!ok)
        return false;
    bool top = r->open == XML_ROOT;
    if (top && !blank)
        return fail(r, "text stands outside of the root element");
    if (blank && !r->store->keep_space)
        return true;
    enum xml_kind kind = blank ? XML_WHITESPACE : XML_TEXT;
    return put(r, kind, blank ? "#whitespace" : "#text", buf_text(&r->text), r->text.size);
}

// What stands up to an end mark: comments, CDATA, instructions.
static bool read_until(struct reader *r, const char *mark, const char **ret_text, size_t *ret_size)
{
    size_t size = strlen(mark);
    for (const char *at = r->at; at + size <= r->end; at++)
        if (!memcmp(at, mark, size)) {
            *ret_text = r->at;
            *ret_size = (size_t)(at - r->at);
            r->at = at + size;
            return true;
        }
    return fail(r, "the end of a comment, section or instruction is missing");
}

static bool read_instruction(struct reader *r)
{
    const char *name, *text;
    size_t name_size, size;
    if (!read_name(r, &name, &name_size))
        return false;
    skip_space(r);
    if (!read_until(r, "?>", &text, &size))
        return false;
    bool declares = name_size == 3 && !memcmp(name, "xml", 3);
    if (declares && (r->open != XML_ROOT || XML_NODE(r->store, XML_ROOT)->first))
        return fail(r, "the declaration must be what the document begins with");
    while (size && strchr(" \t\r\n", text[size - 1]))
        size--;
    xml_id node = xml_add(r->store, declares ? XML_DECLARATION : XML_INSTRUCTION, name, name_size, text, size);
    return node ? (xml_insert(r->store, r->open, node, XML_NONE), true) : fail(r, "memory is short");
}

static bool read_doctype(struct reader *r)
{
    const char *start = r->at;
    while (r->at < r->end && *r->at != '>' && *r->at != '[')
        r->at++;
    if (r->at == r->end || *r->at == '[')
        return fail(r, "definitions inside of a DOCTYPE are not read");
    skip_space(r);
    size_t size = (size_t)(r->at - start);
    while (size && isspace((unsigned char)*start))
        start++, size--;
    r->at++;
    return put(r, XML_DOCTYPE, "#doctype", start, size);
}

static bool read_value(struct reader *r)
{
    char quote = r->at < r->end ? *r->at : 0;
    if (quote != '"' && quote != '\'')
        return fail(r, "an attribute's value stands between quotes");
    r->at++;
    buf_clear(&r->text);
    bool ok = true;
    while (ok && r->at < r->end && *r->at != quote) {
        if (*r->at == '<')
            return fail(r, "'<' stands for itself only as &lt;");
        if (*r->at == '&')
            ok = read_reference(r);
        else
            ok = buf_add_char(&r->text, strchr("\t\r\n", *r->at) && *r->at ? ' ' : *r->at), r->at++;
    }
    if (!ok)
        return false;
    return r->at++ < r->end || fail(r, "the end of an attribute's value is missing");
}

static bool read_attribute(struct reader *r, xml_id element, xml_id *io_last)
{
    const char *name;
    size_t size;
    if (!read_name(r, &name, &size))
        return false;
    skip_space(r);
    if (!take(r, "="))
        return fail(r, "an attribute needs a value");
    skip_space(r);
    if (!read_value(r))
        return false;
    *io_last = xml_append_attribute(r->store, element, *io_last, name, size, buf_text(&r->text), r->text.size);
    return *io_last || fail(r, "memory is short");
}

static bool read_attributes(struct reader *r, xml_id element)
{
    xml_id last = XML_NONE;
    bool differ;
    for (skip_space(r); r->at < r->end && *r->at != '>' && *r->at != '/'; skip_space(r))
        if (!read_attribute(r, element, &last))
            return false;
    if (!xml_attributes_differ(r->store, element, &differ))
        return fail(r, "memory is short");
    return differ || fail(r, "an attribute stands there twice");
}

static bool prefixes_known(struct reader *r, xml_id element)
{
    size_t size, uri;
    const char *prefix = xml_prefix(XML_NODE(r->store, element), &size);
    bool own = !size || (size == 3 && !memcmp(prefix, "xml", 3));
    if (!own && !*xml_namespace(r->store, element, prefix, size, &uri))
        return fail(r, "a prefix is not declared");
    return true;
}

static bool read_start(struct reader *r)
{
    const char *name;
    size_t size;
    if (!read_name(r, &name, &size))
        return false;
    if (r->open == XML_ROOT && r->rooted)
        return fail(r, "a document has one root element");
    xml_id element = xml_add(r->store, XML_ELEMENT, name, size, "", 0);
    if (!element)
        return fail(r, "memory is short");
    xml_insert(r->store, r->open, element, XML_NONE);
    r->rooted |= r->open == XML_ROOT;
    if (!read_attributes(r, element) || !prefixes_known(r, element))
        return false;
    if (take(r, "/>"))
        return true;
    if (!take(r, ">"))
        return fail(r, "the end of a tag is missing");
    XML_NODE(r->store, element)->closed = false;
    r->open = element;
    return r->depth++ < MOST_DEPTH || fail(r, "the elements are nested too deep");
}

static bool read_end(struct reader *r, xml_id top)
{
    const char *name;
    size_t size;
    const struct xml_node *open = XML_NODE(r->store, r->open);
    if (!read_name(r, &name, &size))
        return false;
    if (r->open == top || open->name_size != size || memcmp(open->name, name, size))
        return fail(r, "an end tag does not fit its start");
    skip_space(r);
    r->open = open->parent;
    r->depth--;
    return take(r, ">") || fail(r, "the end of a tag is missing");
}

static bool read_marked(struct reader *r, xml_id top)
{
    const char *text;
    size_t size;
    if (take(r, "<!--"))
        return read_until(r, "-->", &text, &size) && put(r, XML_COMMENT, "#comment", text, size);
    if (take(r, "<![CDATA["))
        return r->open == XML_ROOT ? fail(r, "text stands outside of the root element")
                                   : read_until(r, "]]>", &text, &size) &&
                                         put(r, XML_CDATA, "#cdata-section", text, size);
    if (take(r, "<!DOCTYPE"))
        return read_doctype(r);
    if (take(r, "<?"))
        return read_instruction(r);
    if (take(r, "</"))
        return read_end(r, top);
    return r->at++, read_start(r);
}

bool xml_read(struct xml_store *store, xml_id parent, const char *text, size_t size, const char **ret_why)
{
    struct reader r = {.store = store, .at = text, .end = text + size, .text = BUF_INIT, .open = parent};
    bool ok = true;
    if (parent == XML_ROOT && size && isspace((unsigned char)*text)) {
        skip_space(&r);
        if (starts(&r, "<?xml "))
            ok = fail(&r, "the declaration must be what the document begins with");
    }
    while (ok && r.at < r.end)
        ok = *r.at == '<' ? read_marked(&r, parent) : read_text(&r);
    if (ok && r.open != parent)
        ok = fail(&r, "an end tag is missing");
    if (ok && parent == XML_ROOT && !r.rooted)
        ok = fail(&r, "the root element is missing");
    buf_free(&r.text);
    return ok || (*ret_why = r.why ? r.why : "memory is short", false);
}
