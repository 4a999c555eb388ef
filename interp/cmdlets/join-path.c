#include <string.h>

#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"

enum { PATH, CHILD_PATH, ADDITIONAL, RESOLVE, CREDENTIAL };

static const struct param params[] = {
    {"Path", "string[]", "PSPath", 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"ChildPath", "string[]", NULL, 1,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, 0},
    {"AdditionalChildPath", "string[]", NULL, 2,
     PARAM_PROPERTY | PARAM_REMAINING | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY | PARAM_ALLOW_EMPTY_COLLECTION,
     0},
    {"Resolve", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static void add_part(struct buf *out, const char *part)
{
    while (*part == '/' || *part == '\\')
        part++;
    if (out->size == 0 || out->data[out->size - 1] != '/')
        buf_add_char(out, '/');
    for (; *part; part++)
        buf_add_char(out, *part == '\\' ? '/' : *part);
}

static const char *text_of(value v)
{
    return v.kind == V_STRING ? value_text(v) : "";
}

static void add_children(struct buf *out, value children)
{
    bool given = false;
    for (size_t i = 0; children.kind == V_ARRAY && i < children.array->count; i++) {
        const char *part = text_of(children.array->items[i]);
        if (*part || i == 0)
            add_part(out, part);
        given = true;
    }
    if (!given)
        add_part(out, "");
}

static void add_path(struct buf *out, const char *path)
{
    for (; *path; path++)
        buf_add_char(out, *path == '\\' && !strstr(path, "::") ? '/' : *path);
}

static bool write_resolved(struct command *cmd, const char *path)
{
    struct places places = {0};
    bool go_on = places_of(cmd, path, 0, &places);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = cmd_write(cmd, places.items[i].shown);
    places_free(&places);
    return go_on;
}

// A drive that the session does not have, or whose provider it does not show, cannot be joined to.
static bool known(struct command *cmd, const char *path, bool *ret_known)
{
    struct place place;
    *ret_known = true;
    if (!path_is_rooted(path, strlen(path)))
        return true;
    if (!place_of(cmd, path, PATH_NEW, &place, ret_known))
        return false;
    if (*ret_known)
        place_drop(&place);
    return true;
}

static bool join(struct command *cmd, const char *path, value children)
{
    struct buf joined = BUF_INIT;
    value text;
    bool found;
    if (!known(cmd, path, &found))
        return false;
    if (!found)
        return true;
    add_path(&joined, path);
    add_children(&joined, children);
    for (size_t i = 0; cmd->arg[ADDITIONAL].kind == V_ARRAY && i < cmd->arg[ADDITIONAL].array->count; i++)
        if (*text_of(cmd->arg[ADDITIONAL].array->items[i]))
            add_part(&joined, text_of(cmd->arg[ADDITIONAL].array->items[i]));
    bool go_on = joined.failed ? throw_full(cmd->in, &joined) : string_new(cmd->in, joined.data, joined.size, &text);
    buf_free(&joined);
    if (go_on && cmd_switch(cmd, RESOLVE)) {
        go_on = write_resolved(cmd, value_text(text));
        value_drop(text);
        return go_on;
    }
    return go_on && cmd_take(cmd, text);
}

static bool process(struct command *cmd)
{
    value paths = cmd->arg[PATH];
    for (size_t i = 0; i < paths.array->count; i++)
        if (!join(cmd, text_of(paths.array->items[i]), cmd->arg[CHILD_PATH]))
            return false;
    return true;
}

const struct cmdlet cmdlet_join_path = {.params = params, .process = process};
