// Split-Path works on the text alone, but only where the session shows files.
#include <string.h>

#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

enum {
    PATH,
    LITERAL_PATH,
    QUALIFIER,
    NO_QUALIFIER,
    PARENT,
    LEAF,
    LEAF_BASE,
    EXTENSION,
    RESOLVE,
    IS_ABSOLUTE,
    CREDENTIAL
};
enum {
    S_PARENT = 1,
    S_LEAF = 2,
    S_LEAF_BASE = 4,
    S_EXTENSION = 8,
    S_QUALIFIER = 16,
    S_NO_QUALIFIER = 32,
    S_ABSOLUTE = 64,
    S_LITERAL = 128
};
enum { BY_PATH = S_PARENT | S_LEAF | S_LEAF_BASE | S_EXTENSION | S_QUALIFIER | S_NO_QUALIFIER | S_ABSOLUTE };

static const char *const sets[] = {"ParentSet",     "LeafSet",        "LeafBaseSet",
                                   "ExtensionSet",  "QualifierSet",   "NoQualifierSet",
                                   "IsAbsoluteSet", "LiteralPathSet", NULL};
static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, BY_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_LITERAL},
    {"Qualifier", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_QUALIFIER},
    {"NoQualifier", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_NO_QUALIFIER},
    {"Parent", "switch", NULL, PARAM_NAMED, PARAM_PROPERTY, S_PARENT},
    {"Leaf", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_LEAF},
    {"LeafBase", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_LEAF_BASE},
    {"Extension", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, S_EXTENSION},
    {"Resolve", "switch", NULL, PARAM_NAMED, 0, 0},
    {"IsAbsolute", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, S_ABSOLUTE},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

struct split {
    const char *qualifier;
    size_t qualifier_size;
    const char *path;
};

static struct split split(const char *text) // qualifier: "C:" or "Provider::"
{
    const char *colons = strstr(text, "::");
    if (colons && colons > text)
        return (struct split){text, (size_t)(colons + 2 - text), colons + 2};
    size_t head = strcspn(text, ":/");
    if (head > 0 && text[head] == ':' && !memchr(text, '\\', head))
        return (struct split){text, head + 1, text + head + 1};
    return (struct split){text, 0, text};
}

static bool write_text(struct command *cmd, const char *text, size_t size)
{
    value v;
    return string_new(cmd->in, text, size, &v) && cmd_take(cmd, v);
}

static bool write_qualifier(struct command *cmd, const struct split *s, value given)
{
    if (s->qualifier_size)
        return write_text(cmd, s->qualifier, s->qualifier_size);
    return cmd_error(cmd, "ParsePathFormatError", CAT_InvalidArgument, given,
                     "'%s' names neither a drive nor a provider.", value_text(given));
}

static size_t extension_at(const char *leaf, size_t size)
{
    for (size_t i = size; i-- > 0;)
        if (leaf[i] == '.')
            return i;
    return size;
}

static bool write_leaf(struct command *cmd, const char *path)
{
    size_t size = 0;
    const char *leaf = *path ? path_leaf(path, &size) : path;
    if (size == 1 && *leaf == '/')
        size = 0;
    size_t dot = extension_at(leaf, size);
    if (cmd_switch(cmd, EXTENSION))
        return write_text(cmd, leaf + dot, dot + 1 < size ? size - dot : 0);
    return write_text(cmd, leaf, cmd_switch(cmd, LEAF_BASE) ? dot : size);
}

static bool write_parent(struct command *cmd, const struct split *s, const char *path)
{
    struct buf out = BUF_INIT;
    size_t parent = *path ? path_parent_size(path) : 0;
    if (strcmp(path, "/") == 0 && !s->qualifier_size)
        return cmd_error(cmd, "Argument", CAT_InvalidArgument, value_null, "The root has no parent.");
    if (s->qualifier_size || parent > 1 || *path != '/') { // of /a nothing is left (recorded)
        buf_add(&out, s->qualifier, s->qualifier_size);
        buf_add(&out, path, parent);
    }
    bool go_on = out.failed ? throw_full(cmd->in, &out) : write_text(cmd, buf_text(&out), out.size);
    buf_free(&out);
    return go_on;
}

static bool split_one(struct command *cmd, value given)
{
    struct split s = split(value_text(given));
    struct buf path = BUF_INIT;
    if (cmd_switch(cmd, IS_ABSOLUTE))
        return cmd_write(cmd, value_bool(path_is_rooted(value_text(given), given.string->size)));
    if (cmd_switch(cmd, QUALIFIER))
        return write_qualifier(cmd, &s, given);
    for (const char *at = s.path; *at; at++)
        buf_add_char(&path, *at == '\\' ? '/' : *at);
    bool leaf = cmd_switch(cmd, LEAF) || cmd_switch(cmd, LEAF_BASE) || cmd_switch(cmd, EXTENSION);
    bool go_on = path.failed                     ? throw_memory(cmd->in)
                 : cmd_switch(cmd, NO_QUALIFIER) ? write_text(cmd, buf_text(&path), path.size)
                 : leaf                          ? write_leaf(cmd, buf_text(&path))
                                                 : write_parent(cmd, &s, buf_text(&path));
    buf_free(&path);
    return go_on;
}

static bool split_resolved(struct command *cmd, value given, bool literal)
{
    struct places places = {0};
    bool go_on = places_of(cmd, value_text(given), literal ? PATH_LITERAL : 0, &places);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = split_one(cmd, places.items[i].shown);
    places_free(&places);
    return go_on;
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    value paths = cmd->arg[literal ? LITERAL_PATH : PATH];
    if (!(cmd->in->session->providers >> PROVIDER_filesystem & 1)) // asked even for mere text (recorded)
        return cmd_throw(cmd, "ProviderNotFound", CAT_ObjectNotFound, value_null,
                         "The session shows no FileSystem provider.");
    for (size_t i = 0; i < paths.array->count; i++) {
        value path = paths.array->items[i];
        if (!(cmd_switch(cmd, RESOLVE) ? split_resolved(cmd, path, literal) : split_one(cmd, path)))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_split_path = {.params = params, .sets = sets, .process = process};
