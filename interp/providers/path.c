// What a path text means: Provider::path, Drive:path, ~, rooted, or relative to the current location.
#include "interp/providers/path.h"

#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/providers/drives.h"

struct parsed {
    enum provider_id provider;
    struct drive *drive; // NULL: Provider::path
    const char *prefix;  // as written, of Provider::path
    size_t prefix_size;
    const char *rest;
    size_t rest_size;
    bool relative; // to the drive's current location
    bool home;     // rest is relative to the home folder
};

static bool is_separator(char c)
{
    return c == '/' || c == '\\';
}

// --- Texts
// ------------------------------------------------------------------------------------------------------

static void drop_segment(struct buf *out, size_t start)
{
    while (out->size > start && out->data[out->size - 1] != '/')
        out->size--;
    if (out->size > start)
        out->size--;
    if (out->data)
        out->data[out->size] = '\0';
}

static void add_segment(struct buf *out, const char *text, size_t size)
{
    buf_add_char(out, '/');
    buf_add(out, text, size);
}

// Appends "/a/b" for "a//./b": nothing for the root, and .. never climbs above where `out` stood.
static bool add_segments(const char *text, size_t size, struct buf *out)
{
    size_t start = out->size;
    for (size_t at = 0; at < size;) {
        size_t end = at;
        while (end < size && !is_separator(text[end]))
            end++;
        size_t length = end - at;
        if (length == 2 && memcmp(text + at, "..", 2) == 0)
            drop_segment(out, start);
        else if (length > 0 && !(length == 1 && text[at] == '.'))
            add_segment(out, text + at, length);
        at = end + 1;
    }
    return !out->failed;
}

static bool ends_open(const char *text, size_t size) // a final separator that the user wrote
{
    return size > 0 && is_separator(text[size - 1]);
}

bool path_normalise(const char *text, size_t size, struct buf *out)
{
    size_t start = out->size;
    add_segments(text, size, out);
    if (out->size == start || ends_open(text, size))
        buf_add_char(out, '/');
    return !out->failed;
}

const char *path_leaf(const char *path, size_t *ret_size)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    if (start == end && end > 0)
        start--; // the root itself
    *ret_size = end - start;
    return path + start;
}

size_t path_parent_size(const char *path)
{
    size_t size, leaf;
    const char *name = path_leaf(path, &leaf);
    size = (size_t)(name - path);
    if (size == 0)
        return 0;
    while (size > 1 && path[size - 1] == '/')
        size--;
    return size;
}

static size_t drive_colon(const char *text,
                          size_t size) // offset of the colon after a drive's name; size: none
{
    for (size_t i = 0; i < size && !is_separator(text[i]); i++)
        if (text[i] == ':')
            return i > 0 ? i : size;
    return size;
}

bool path_is_rooted(const char *text, size_t size)
{
    return size > 0 && (is_separator(*text) || drive_colon(text, size) < size);
}

// --- Parsing
// ------------------------------------------------------------------------------------------------------

static bool no_provider(struct command *cmd, const char *name, size_t size, unsigned flags)
{
    value target;
    if (flags & PATH_QUIET)
        return true;
    if (!string_new(cmd->in, name, size, &target))
        return false;
    bool go_on = cmd_error(cmd, "ProviderNotFound", CAT_ObjectNotFound, target,
                           "This session shows no provider with the name '%.*s'.", (int)size, name);
    value_drop(target);
    return go_on;
}

static bool no_drive(struct command *cmd, const char *name, size_t size, unsigned flags)
{
    value target;
    if (flags & PATH_QUIET)
        return true;
    if (!string_new(cmd->in, name, size, &target))
        return false;
    bool go_on =
        cmd_error(cmd, "DriveNotFound", CAT_ObjectNotFound, target,
                  "There is no drive with the name '%.*s'; Get-PSDrive lists the drives.", (int)size, name);
    value_drop(target);
    return go_on;
}

static bool provider_named(const char *name, size_t size, enum provider_id *ret_id)
{
    static const char module[] = "Microsoft.PowerShell.Core\\";
    if (size > sizeof module && utf8_same_ignore_case(name, sizeof module - 1, module, sizeof module - 1)) {
        name += sizeof module - 1;
        size -= sizeof module - 1;
    }
    for (int id = 0; id < PROVIDERS; id++)
        if (utf8_same_ignore_case(name, size, provider_table[id]->name, strlen(provider_table[id]->name)))
            return *ret_id = (enum provider_id)id, true;
    return false;
}

static const char *double_colon(const char *text, size_t size)
{
    const char *found = memmem(text, size, "::", 2);
    return found != text ? found : NULL;
}

static bool is_home(const struct interp *in, const char *text, size_t size)
{
    return size > 0 && *text == '~' && (size == 1 || is_separator(text[1])) && in->session->home &&
           in->drives->current->provider == PROVIDER_filesystem;
}

// Fills *ret; false with *ret_found false where the provider or drive is unknown. ret_go_on: see place_of.
static bool parse_path(struct command *cmd, const char *text, size_t size, unsigned flags, struct parsed *ret,
                       bool *ret_go_on)
{
    const char *colons = double_colon(text, size);
    *ret = (struct parsed){.rest = text, .rest_size = size};
    if (colons) {
        ret->prefix = text;
        ret->prefix_size = (size_t)(colons + 2 - text);
        ret->rest = colons + 2;
        ret->rest_size = size - ret->prefix_size;
        if (provider_named(text, ret->prefix_size - 2, &ret->provider))
            return true;
        return *ret_go_on = no_provider(cmd, text, ret->prefix_size - 2, flags), false;
    }
    size_t colon = drive_colon(text, size);
    if (colon < size) {
        ret->drive = drive_find(cmd->in, text, colon);
        if (!ret->drive)
            return *ret_go_on = no_drive(cmd, text, colon, flags), false;
        ret->rest = text + colon + 1;
        ret->rest_size = size - colon - 1;
        ret->relative = ret->rest_size == 0 || !is_separator(*ret->rest);
    } else if (is_home(cmd->in, text, size)) {
        ret->drive = cmd->in->drives->first;
        ret->rest++, ret->rest_size--;
        ret->home = true;
    } else {
        ret->relative = size == 0 || !is_separator(*text);
        ret->drive = ret->relative ? cmd->in->drives->current : cmd->in->drives->first;
    }
    ret->provider = ret->drive->provider;
    return true;
}

// --- Places
// --------------------------------------------------------------------------------------------------------

static bool add_flat_name(const struct parsed *p, struct buf *out)
{
    const char *rest = p->rest;
    size_t size = p->rest_size;
    while (size > 0 && (is_separator(*rest) || (*rest == '.' && (size == 1 || is_separator(rest[1])))))
        rest++, size--;
    while (size > 0 && is_separator(rest[size - 1]))
        size--;
    return buf_add(out, rest, size);
}

// below: the path under the drive's root, beginning with "/" unless it is the root itself.
static bool add_file_path(const struct interp *in, const struct parsed *p, struct buf *below)
{
    struct buf whole = BUF_INIT;
    buf_add_text(&whole, p->home ? in->session->home : p->relative ? value_text(p->drive->current) : "");
    buf_add_char(&whole, '/');
    buf_add(&whole, p->rest, p->rest_size);
    if (whole.failed)
        below->failed = true;
    else
        add_segments(buf_text(&whole), whole.size, below);
    if (below->size > 0 && ends_open(p->rest, p->rest_size))
        buf_add_char(below, '/');
    buf_free(&whole);
    return !below->failed;
}

static bool join_root(const struct parsed *p, const struct buf *below, struct buf *path)
{
    const char *root = p->drive ? value_text(p->drive->root) : "/";
    size_t size = strlen(root);
    buf_add(path, root, size);
    if (below->size > 0) {
        if (size > 0 && root[size - 1] == '/')
            path->data[--path->size] = '\0';
        buf_add(path, below->data, below->size);
    }
    return !path->failed;
}

static bool show(const struct parsed *p, const struct buf *below, const struct buf *path, struct buf *shown)
{
    if (p->prefix)
        return buf_add(shown, p->prefix, p->prefix_size) && buf_add(shown, path->data, path->size);
    if (!value_is_text(p->drive->name, "/"))
        buf_printf(shown, "%s:", value_text(p->drive->name));
    if (below->size == 0 || below->data[0] != '/')
        buf_add_char(shown, '/');
    return buf_add(shown, below->data, below->size);
}

static bool make_place(struct interp *in, const struct parsed *p, struct place *ret_place)
{
    struct buf below = BUF_INIT, path = BUF_INIT, shown = BUF_INIT;
    struct place place = {provider_table[p->provider], p->drive, value_null, value_null};
    bool ok = place.provider->hierarchical
                  ? add_file_path(in, p, &below) && join_root(p, &below, &path)
                  : add_flat_name(p, &below) && buf_add(&path, below.data, below.size);
    ok = ok && show(p, &below, &path, &shown);
    ok = ok ? string_new(in, buf_text(&path), path.size, &place.path) &&
                  string_new(in, buf_text(&shown), shown.size, &place.shown)
            : throw_memory(in);
    buf_free(&below);
    buf_free(&path);
    buf_free(&shown);
    if (!ok)
        return place_drop(&place), false;
    *ret_place = place;
    return true;
}

bool place_of(struct command *cmd, const char *text, unsigned flags, struct place *ret_place, bool *ret_found)
{
    struct parsed parsed;
    bool go_on = true;
    *ret_found = false;
    if (!drives_start(cmd->in))
        return false;
    if (!parse_path(cmd, text, strlen(text), flags, &parsed, &go_on))
        return go_on;
    if (!provider_visible(cmd->in, parsed.provider)) {
        const char *name = provider_table[parsed.provider]->name;
        return no_provider(cmd, name, strlen(name), flags);
    }
    *ret_found = make_place(cmd->in, &parsed, ret_place);
    return *ret_found;
}

void place_drop(struct place *place)
{
    value_drop(place->path);
    value_drop(place->shown);
    place->path = place->shown = value_null;
}

bool place_look(struct command *cmd, const struct place *place, struct item_look *ret_look)
{
    return place->provider->look(cmd, place->provider, value_text(place->path), ret_look);
}

static bool join_name(struct interp *in, value base, const char *name, value *ret)
{
    size_t size = base.string->size;
    bool separator = size > 0 && value_text(base)[size - 1] != '/';
    return string_printf(in, ret, "%s%s%s", value_text(base), separator ? "/" : "", name);
}

bool place_child(struct command *cmd, const struct place *parent, const char *name, struct place *ret_child)
{
    struct place child = {parent->provider, parent->drive, value_null, value_null};
    bool ok = parent->provider->hierarchical ? join_name(cmd->in, parent->path, name, &child.path)
                                             : string_text(cmd->in, name, &child.path);
    ok = ok && join_name(cmd->in, parent->shown, name, &child.shown);
    if (!ok)
        return place_drop(&child), false;
    *ret_child = child;
    return true;
}

bool place_not_found(struct command *cmd, const char *path)
{
    value target;
    if (!string_text(cmd->in, path, &target))
        return false;
    bool go_on = cmd_error(cmd, "PathNotFound", CAT_ObjectNotFound, target, "There is no item '%s'.", path);
    value_drop(target);
    return go_on;
}
