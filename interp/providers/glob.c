// The items that a path with wildcards names: one segment after the other, each against the names that are
// there.
#include <string.h>

#include "base/mem.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/providers/path.h"

bool places_add(struct interp *in, struct places *places, struct place place)
{
    if (places->count == places->capacity) {
        struct place *items = mem_grow(places->items, &places->capacity, 8, sizeof *items);
        if (!items) {
            place_drop(&place);
            return throw_memory(in);
        }
        places->items = items;
    }
    places->items[places->count++] = place;
    return true;
}

void places_free(struct places *places)
{
    for (size_t i = 0; i < places->count; i++)
        place_drop(&places->items[i]);
    mem_free(places->items, places->capacity * sizeof *places->items);
    *places = (struct places){.reported = places->reported};
}

struct segment {
    const char *text;
    size_t size;
    bool last;
};

static bool next_segment(const char **at, struct segment *ret)
{
    while (**at == '/')
        (*at)++;
    ret->text = *at;
    ret->size = strcspn(*at, "/");
    *at += ret->size;
    ret->last = strspn(*at, "/") == strlen(*at);
    return ret->size > 0;
}

// Every item of a container whose name fits.
static bool match_names(struct command *cmd, const struct place *base, const struct segment *segment,
                        unsigned flags, struct places *out)
{
    value names;
    bool force = flags & PATH_FORCE || (segment->size > 0 && *segment->text == '.');
    if (!base->provider->names(cmd, base->provider, value_text(base->path), force, &names))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < names.array->count; i++) {
        const struct string *name = names.array->items[i].string;
        struct place child;
        if (wildcard_match(segment->text, segment->size, name->text, name->size, true))
            ok = place_child(cmd, base, name->text, &child) && places_add(cmd->in, out, child);
    }
    value_drop(names);
    return ok && !cmd_stopped(cmd);
}

static bool add_literal(struct command *cmd, const struct place *base, const struct segment *segment,
                        struct places *out)
{
    struct buf name = BUF_INIT;
    struct place child;
    struct item_look look = {0};
    wildcard_unescape(segment->text, segment->size, &name);
    bool ok = name.failed ? throw_full(cmd->in, &name) : place_child(cmd, base, buf_text(&name), &child);
    buf_free(&name);
    if (!ok || !place_look(cmd, &child, &look))
        return false;
    if (look.exists && (segment->last || look.container))
        return places_add(cmd->in, out, child);
    place_drop(&child);
    return true;
}

static bool expand_segment(struct command *cmd, const struct places *from, const struct segment *segment,
                           unsigned flags, struct places *to)
{
    bool wild = wildcard_has(segment->text, segment->size);
    for (size_t i = 0; i < from->count; i++) {
        const struct place *base = &from->items[i];
        struct item_look look;
        if (!place_look(cmd, base, &look))
            return false;
        if (!look.container)
            continue;
        if (!(wild ? match_names(cmd, base, segment, flags, to) : add_literal(cmd, base, segment, to)))
            return false;
    }
    return true;
}

// Where the walk starts: the literal beginning of the pattern, so that `D:/a/*.txt` keeps its drive.
static bool literal_start(struct command *cmd, const struct place *pattern, struct place *ret_start,
                          const char **ret_rest)
{
    const char *path = value_text(pattern->path), *shown = value_text(pattern->shown);
    size_t wild = 0, keep;
    while (path[wild] && !strchr("*?[`", path[wild]))
        wild++;
    for (keep = wild; keep > 0 && path[keep - 1] != '/'; keep--)
        ;
    size_t tail = strlen(path + keep), shown_keep = strlen(shown) - tail;
    size_t path_keep = keep > 1 ? keep - 1 : keep;
    if (shown_keep > 1 && keep > 1 && shown[shown_keep - 2] != ':')
        shown_keep--;
    *ret_start = (struct place){pattern->provider, pattern->drive, value_null, value_null};
    *ret_rest = path + keep;
    if (string_new(cmd->in, path, path_keep, &ret_start->path) &&
        string_new(cmd->in, shown, shown_keep, &ret_start->shown))
        return true;
    place_drop(ret_start);
    return false;
}

static bool expand(struct command *cmd, const struct place *pattern, unsigned flags, struct places *places)
{
    struct places from = {0}, to = {0};
    struct segment segment;
    struct place start;
    struct item_look look;
    const char *rest;
    if (!literal_start(cmd, pattern, &start, &rest))
        return false;
    if (!place_look(cmd, &start, &look))
        return place_drop(&start), false;
    if (!look.exists && !(flags & PATH_QUIET)) {
        bool go_on = place_not_found(cmd, value_text(start.path));
        places->reported = true;
        place_drop(&start);
        return go_on;
    }
    bool ok = places_add(cmd->in, &from, start);
    while (ok && next_segment(&rest, &segment)) {
        ok = expand_segment(cmd, &from, &segment, flags, &to);
        places_free(&from);
        from = to;
        to = (struct places){0};
    }
    for (size_t i = 0; ok && i < from.count; i++) {
        ok = places_add(cmd->in, places, from.items[i]);
        from.items[i].path = from.items[i].shown = value_null;
    }
    places_free(&from);
    places_free(&to);
    return ok;
}

static bool add_existing(struct command *cmd, struct place place, unsigned flags, struct places *places)
{
    struct item_look look = {.exists = true};
    if (!(flags & PATH_NEW) && !place_look(cmd, &place, &look))
        return place_drop(&place), false;
    if (look.exists)
        return places_add(cmd->in, places, place);
    places->reported = true;
    bool go_on = flags & PATH_QUIET ? true : place_not_found(cmd, value_text(place.path));
    place_drop(&place);
    return go_on;
}

static bool add_unescaped(struct command *cmd, const char *text, unsigned flags, struct places *places)
{
    struct buf plain = BUF_INIT;
    struct place place;
    bool found = false;
    if (!(flags & PATH_LITERAL))
        wildcard_unescape(text, strlen(text), &plain);
    bool ok = plain.failed
                  ? throw_memory(cmd->in)
                  : place_of(cmd, flags & PATH_LITERAL ? text : buf_text(&plain), flags, &place, &found);
    buf_free(&plain);
    places->reported |= !found;
    return ok && found ? add_existing(cmd, place, flags, places) : ok;
}

bool places_of(struct command *cmd, const char *text, unsigned flags, struct places *places)
{
    struct place pattern;
    bool found;
    if (flags & PATH_LITERAL || !wildcard_has(text, strlen(text)))
        return add_unescaped(cmd, text, flags, places);
    if (!place_of(cmd, text, flags, &pattern, &found))
        return false;
    places->reported |= !found;
    if (!found)
        return true;
    bool ok = expand(cmd, &pattern, flags, places);
    place_drop(&pattern);
    return ok;
}
