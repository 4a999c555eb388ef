// Select-Xml: nodes by XPath.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/types.h"
#include "interp/value/xml.h"

enum { XPATH, XML_PARAM, CONTENT, NAMESPACE };
enum { SET_XML = 1, SET_CONTENT = 2 };

static const char *const sets[] = {"Xml", "Content", NULL};
static const struct param params[] = {
    {"XPath", "string", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY},
    {"Xml", "System.Xml.XmlNode[]", "Node", 1, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, SET_XML},
    {"Content", "string[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE, SET_CONTENT},
    {"Namespace", "hashtable", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {0},
};

struct found {
    struct object head;
    value node, pattern;
};
static void release(struct object *object)
{
    value_drop(((struct found *)object)->node);
    value_drop(((struct found *)object)->pattern);
}
static bool node(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct found *)self.object)->node), true;
}
static bool path(struct interp *in, value self, value *ret)
{
    (void)self;
    return string_text(in, "InputStream", ret);
}
static bool pattern(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct found *)self.object)->pattern), true;
}
static bool text(struct interp *in, value self, value *ret)
{
    value v = ((struct found *)self.object)->node;
    struct buf out = BUF_INIT;
    xml_inner_text(XML(v)->store, XML(v)->at, &out);
    return buf_take(in, &out, ret);
}
static const struct property properties[] = {
    {"Node", node, NULL}, {"Path", path, NULL}, {"Pattern", pattern, NULL}, {0}};
static const struct type type_found = {.name = "Microsoft.PowerShell.Commands.SelectXmlInfo",
                                       .base = &type_object,
                                       .properties = properties,
                                       .to_string = text,
                                       .release = release,
                                       .size = sizeof(struct found),
                                       .type_code = 1};

static bool write_one(struct command *cmd, value at)
{
    value made;
    if (!object_new(cmd->in, &type_found, &made))
        return false;
    ((struct found *)made.object)->node = value_keep(at);
    ((struct found *)made.object)->pattern = value_keep(cmd->arg[XPATH]);
    return cmd_take(cmd, made);
}

// What is wrong with the expression ends the command; its id is the exception's full name.
static bool search(struct command *cmd, value in)
{
    value nodes, names = cmd_bound(cmd, NAMESPACE) ? cmd->arg[NAMESPACE] : value_null;
    bool ok = true;
    if (!xml_select_values(cmd->in, in, cmd->arg[XPATH], names, &nodes)) {
        value_set(&cmd->in->thrown, value_null);
        return cmd_throw(cmd, "System.Xml.XPath.XPathException", CAT_NotSpecified, value_null,
                         "'%s' is no expression of XPath.", value_text(cmd->arg[XPATH]));
    }
    for (size_t i = 0; ok && i < nodes.array->count; i++)
        ok = write_one(cmd, nodes.array->items[i]);
    return value_drop(nodes), ok;
}

static bool search_text(struct command *cmd, value content)
{
    value document;
    const char *why = NULL;
    if (!xml_document_of(cmd->in, value_text(content), content.string->size, &document, &why))
        return why ? cmd_throw(cmd, "System.Xml.XmlException", CAT_NotSpecified, value_null,
                               "The content is no XML: %s.", why)
                   : false;
    bool ok = search(cmd, document);
    return value_drop(document), ok;
}

static bool process(struct command *cmd)
{
    unsigned which = cmd_bound(cmd, XML_PARAM) ? XML_PARAM : CONTENT;
    bool ok = true;
    for (size_t i = 0; ok && cmd_bound(cmd, which) && i < cmd->arg[which].array->count; i++) {
        value v = cmd->arg[which].array->items[i];
        ok = which == CONTENT ? search_text(cmd, v) : !is_xml(v) || search(cmd, v);
    }
    return ok;
}

const struct cmdlet cmdlet_select_xml = {.params = params, .sets = sets, .process = process};
