// Select-String: lines that a pattern fits, each with what it found and the lines around it.
#include <errno.h>
#include <string.h>

#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/format/view-values.h"
#include "interp/providers/content.h"
#include "interp/providers/files.h"
#include "interp/value/enum.h"
#include "interp/value/match-info.h"
#include "interp/value/regex-object.h"

enum {
    CULTURE,
    INPUT_OBJECT,
    PATTERN,
    PATH,
    LITERAL_PATH,
    RAW,
    SIMPLE_MATCH,
    CASE_SENSITIVE,
    QUIET,
    LIST,
    NO_EMPHASIS,
    INCLUDE,
    EXCLUDE,
    NOT_MATCH,
    ALL_MATCHES,
    ENCODING,
    CONTEXT
};
enum { SET_FILE = 1, OBJECT = 2, OBJECT_RAW = 4, FILE_RAW = 8, LITERAL = 16, LITERAL_RAW = 32 };

static const char *const sets[] = {"File",        "Object",         "ObjectRaw", "FileRaw",
                                   "LiteralFile", "LiteralFileRaw", NULL};
static const struct param params[] = {
    {"Culture", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL, 0},
    {"InputObject", "psobject", NULL, PARAM_NAMED,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, OBJECT | OBJECT_RAW},
    {"Pattern", "string[]", NULL, 0, PARAM_MANDATORY, 0},
    {"Path", "string[]", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, SET_FILE | FILE_RAW},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY,
     LITERAL | LITERAL_RAW},
    {"Raw", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, OBJECT_RAW | FILE_RAW | LITERAL_RAW},
    {"SimpleMatch", "switch", NULL, PARAM_NAMED, 0, 0},
    {"CaseSensitive", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Quiet", "switch", NULL, PARAM_NAMED, 0, OBJECT | SET_FILE | LITERAL},
    {"List", "switch", NULL, PARAM_NAMED, 0, 0},
    {"NoEmphasis", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Include", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {"Exclude", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {"NotMatch", "switch", NULL, PARAM_NAMED, 0, 0},
    {"AllMatches", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0,
     .rule = &encoding_rule},
    {"Context", "int[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0, NULL, 0, INT32_MAX, 1, 2},
    {0},
};

struct state {
    value expressions; // LIST of Regex, by pattern
    value lines;       // LIST of STRING: of the pipeline, until its end is known; or $null
    size_t count;      // objects of the pipeline
    bool found;        // with -Quiet: nothing more is looked for
};

struct passage { // lines that belong together
    value path, lines;
    size_t first;  // the number of the first one
    size_t unseen; // of those behind the last match, the first that was not shown with it
};

// --- Patterns
// -----------------------------------------------------------------------------------------------------

static bool bad_pattern(struct command *cmd, value pattern)
{
    value_set(&cmd->in->thrown, value_null);
    return cmd_throw(cmd, "InvalidRegex", CAT_InvalidArgument, value_null,
                     "'%s' is not a regular expression.", value_text(pattern));
}

static bool add_expression(struct command *cmd, value pattern)
{
    struct state *state = cmd->state;
    struct regex *run;
    value made;
    unsigned options = (cmd_switch(cmd, CASE_SENSITIVE) ? 0 : REGEX_IGNORE_CASE) |
                       (cmd_switch(cmd, SIMPLE_MATCH) ? REGEX_LITERAL : 0);
    if (!object_new(cmd->in, &type_regex, &made))
        return false;
    FIELDS(made)[0] = value_keep(pattern);
    FIELDS(made)[1] = enum_value(&type_regex_options, options);
    bool ok = regex_run(cmd->in, made, pattern, &run) || bad_pattern(cmd, pattern);
    if (ok)
        regex_close(cmd->in, run);
    ok = ok && list_add(cmd->in, state->expressions.array, made);
    return value_drop(made), ok;
}

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    value patterns = cmd->arg[PATTERN];
    if (!list_new(cmd->in, NULL, &state->expressions) ||
        (cmd_bound(cmd, CONTEXT) && !list_new(cmd->in, NULL, &state->lines)))
        return false;
    for (size_t i = 0; cmd_bound(cmd, PATTERN) && i < patterns.array->count; i++)
        if (!add_expression(cmd, patterns.array->items[i]))
            return false;
    return true;
}

// --- One line
// -----------------------------------------------------------------------------------------------------

// All matches of a line, or the first; a LIST that stays empty where the pattern is plain text.
static bool find_in(struct command *cmd, value expression, value line, value list, bool *ret_found)
{
    struct regex *run;
    struct unit_cursor cursor = {.text = line};
    size_t size = line.string->size, from = 0;
    int found = 0;
    bool ok = true, objects = !cmd_switch(cmd, SIMPLE_MATCH) && !cmd_switch(cmd, NOT_MATCH);
    if (!regex_run(cmd->in, expression, line, &run))
        return false;
    *ret_found = false;
    while (ok && from <= size && (found = regex_next(cmd->in, run, value_text(line), size, from)) > 0) {
        value match;
        *ret_found = true;
        from = regex_after(run, value_text(line), size);
        if (!objects)
            break;
        if (!match_make(cmd->in, run, expression, line, &cursor, &match)) {
            ok = false;
            break;
        }
        ok = list_add(cmd->in, list.array, match);
        value_drop(match);
        if (!cmd_switch(cmd, ALL_MATCHES))
            break;
    }
    regex_close(cmd->in, run);
    return ok && found >= 0;
}

// *ret_which the pattern that fits; SIZE_MAX: none does.
static bool find(struct command *cmd, value line, value list, size_t *ret_which)
{
    const struct array *expressions = ((struct state *)cmd->state)->expressions.array;
    bool found = false;
    size_t i = 0;
    while (i < expressions->count && !found)
        if (!find_in(cmd, expressions->items[i++], line, list, &found))
            return false;
    if (cmd_switch(cmd, NOT_MATCH))
        *ret_which = found ? SIZE_MAX : 0;
    else
        *ret_which = found ? i - 1 : SIZE_MAX;
    return true;
}

// --- What is around it
// --------------------------------------------------------------------------------------------

static bool strings(struct interp *in, const struct array *lines, size_t from, size_t to, value *ret)
{
    size_t count = to > from ? to - from : 0;
    if (!array_of(in, &type_string, count, ret))
        return false;
    for (size_t i = 0; i < count; i++)
        ret->array->items[i] = value_keep(lines->items[from + i]);
    return true;
}

static bool fits(struct command *cmd, value line, bool *ret)
{
    value list;
    size_t which;
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = find(cmd, line, list, &which);
    *ret = which != SIZE_MAX;
    return value_drop(list), ok;
}

// Lines behind are shown up to the next match, which shows itself.
static bool shown_until(struct command *cmd, const struct array *lines, size_t from, size_t to, size_t *ret)
{
    bool match = false;
    for (*ret = from; *ret < to; (*ret)++) {
        if (!fits(cmd, lines->items[*ret], &match))
            return false;
        if (match)
            break;
    }
    return true;
}

static bool add_context(struct command *cmd, struct passage *text, size_t at, value info)
{
    const struct array *lines = text->lines.array, *wide = cmd->arg[CONTEXT].array;
    size_t before = (size_t)wide->items[0].i, behind = wide->count > 1 ? (size_t)wide->items[1].i : before;
    size_t from = at > before ? at - before : 0,
           to = lines->count - at - 1 > behind ? at + 1 + behind : lines->count;
    size_t shown;
    value *context = &FIELDS(info)[MATCH_CONTEXT];
    if (!shown_until(cmd, lines, at + 1, to, &shown) || !object_new(cmd->in, &type_match_context, context))
        return false;
    value *own = FIELDS(*context);
    bool ok =
        strings(cmd->in, lines, from, at, &own[CONTEXT_BEFORE]) &&
        strings(cmd->in, lines, at + 1, to, &own[CONTEXT_BEHIND]) &&
        strings(cmd->in, lines, from > text->unseen ? from : text->unseen, at, &own[CONTEXT_SHOWN_BEFORE]) &&
        strings(cmd->in, lines, at + 1, shown, &own[CONTEXT_SHOWN_BEHIND]);
    text->unseen = shown;
    return ok;
}

// --- What is written
// ----------------------------------------------------------------------------------------------

static bool fill(struct command *cmd, struct passage *text, size_t at, value list, value info)
{
    value *own = FIELDS(info);
    own[MATCH_IGNORE_CASE] = value_bool(!cmd_switch(cmd, CASE_SENSITIVE));
    own[MATCH_NUMBER] = (value){.kind = V_U64, .u = text->first + at};
    own[MATCH_LINE] = value_keep(text->lines.array->items[at]);
    own[MATCH_PATH] = value_keep(text->path);
    if (!array_of(cmd->in, &type_match, list.array->count, &own[MATCH_MATCHES]))
        return false;
    for (size_t i = 0; i < list.array->count; i++)
        own[MATCH_MATCHES].array->items[i] = value_keep(list.array->items[i]);
    return !cmd_bound(cmd, CONTEXT) || add_context(cmd, text, at, info);
}

static bool write_info(struct command *cmd, struct passage *text, size_t at, value list, size_t which)
{
    value info;
    if (!object_new(cmd->in, &type_match_info, &info))
        return false;
    FIELDS(info)[MATCH_PATTERN] = value_keep(cmd->arg[PATTERN].array->items[which]);
    if (!fill(cmd, text, at, list, info))
        return value_drop(info), false;
    return cmd_take(cmd, info);
}

static bool look(struct command *cmd, struct passage *text, size_t at, bool *ret_found)
{
    value list, line = text->lines.array->items[at];
    size_t which = SIZE_MAX;
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = find(cmd, line, list, &which);
    *ret_found = ok && which != SIZE_MAX;
    if (*ret_found)
        ok = cmd_switch(cmd, QUIET) && !cmd_switch(cmd, LIST) ? cmd_write(cmd, value_true)
             : cmd_switch(cmd, RAW)                           ? cmd_write(cmd, line)
                                                              : write_info(cmd, text, at, list, which);
    return value_drop(list), ok;
}

static bool look_at_all(struct command *cmd, struct passage *text, bool one)
{
    struct state *state = cmd->state;
    bool found = false;
    for (size_t i = 0; i < text->lines.array->count && !(found && one) && !state->found; i++) {
        if (cmd_stopped(cmd) || !look(cmd, text, i, &found))
            return false;
        state->found = found && cmd_switch(cmd, QUIET);
    }
    return true;
}

// --- Files
// ---------------------------------------------------------------------------------------------------------

static bool read_lines(struct command *cmd, struct content_reader *reader, value list)
{
    const char *text;
    size_t size;
    bool more = true;
    value line;
    while (more) {
        if (cmd_stopped(cmd) || !content_piece(reader, &text, &size, &more))
            return false;
        if (!more)
            return true;
        if (!string_new(cmd->in, text, size, &line))
            return false;
        bool ok = list_add(cmd->in, list.array, line);
        value_drop(line);
        if (!ok)
            return false;
    }
    return true;
}

static bool not_read(struct command *cmd, int errnum, value path)
{
    return errnum == EISDIR ||
           cmd_error(cmd, "ProcessingFile", CAT_InvalidArgument, path, "'%s' cannot be read: %s.",
                     value_text(path), strerrordesc_np(errnum));
}

static bool look_at_file(struct command *cmd, value path)
{
    struct content_reader reader;
    struct passage text = {.path = path, .first = 1};
    enum encoding encoding;
    int errnum;
    if (!encoding_param(cmd, ENCODING, &encoding))
        return false;
    content_open(cmd, value_text(path), encoding, &reader, &errnum);
    if (errnum)
        return not_read(cmd, errnum, path);
    bool ok = list_new(cmd->in, NULL, &text.lines);
    ok = ok && read_lines(cmd, &reader, text.lines);
    content_close(&reader);
    ok = ok && look_at_all(cmd, &text, cmd_switch(cmd, LIST));
    return value_drop(text.lines), ok;
}

static bool look_at_place(struct command *cmd, const struct place *place)
{
    struct item_look look;
    value holder;
    if (!place->provider->hierarchical)
        return cmd_error(cmd, "ProcessingFile", CAT_InvalidArgument, place->path, "'%s' is no file.",
                         value_text(place->path));
    const char *leaf = items_leaf(place, &holder, cmd->in);
    bool pass = (!cmd_bound(cmd, INCLUDE) || items_like_any(cmd->arg[INCLUDE], leaf)) &&
                (!cmd_bound(cmd, EXCLUDE) || !items_like_any(cmd->arg[EXCLUDE], leaf));
    value_drop(holder);
    if (!pass)
        return true;
    return place_look(cmd, place, &look) && (look.container || look_at_file(cmd, place->path));
}

static bool look_at_path(struct command *cmd, value name, unsigned flags)
{
    const struct state *state = cmd->state;
    struct places places = {0};
    bool ok = places_of(cmd, value_text(name), flags, &places);
    for (size_t i = 0; ok && i < places.count && !state->found; i++)
        ok = look_at_place(cmd, &places.items[i]);
    places_free(&places);
    return ok;
}

static bool look_at_paths(struct command *cmd)
{
    const struct state *state = cmd->state;
    bool literal = !cmd_bound(cmd, PATH);
    value names = cmd->arg[literal ? LITERAL_PATH : PATH];
    for (size_t i = 0; i < names.array->count && !state->found; i++)
        if (!look_at_path(cmd, names.array->items[i], literal ? PATH_LITERAL | PATH_NEW : 0))
            return false;
    return !cmd_switch(cmd, QUIET) || state->found || cmd_write(cmd, value_false);
}

// --- The pipeline
// --------------------------------------------------------------------------------------------------

// With -Context what comes behind decides; else each object is looked at when it comes.
static bool look_at_line(struct command *cmd, value line)
{
    struct state *state = cmd->state;
    struct passage text = {.first = ++state->count};
    if (state->lines.kind == V_LIST)
        return list_add(cmd->in, state->lines.array, line);
    bool ok = string_text(cmd->in, MATCH_NO_FILE, &text.path) && list_new(cmd->in, NULL, &text.lines) &&
              list_add(cmd->in, text.lines.array, line) && look_at_all(cmd, &text, false);
    value_drop(text.path);
    value_drop(text.lines);
    return ok;
}

static bool look_at_object(struct command *cmd, value v)
{
    value line;
    if (value_is_type(v, &type_file_info))
        return look_at_file(cmd, ((struct file *)v.object)->path);
    if (value_is_null(v) || value_is_type(v, &type_directory_info))
        return true;
    if (!value_to_string(cmd->in, v, &line))
        return false;
    bool ok = look_at_line(cmd, line);
    return value_drop(line), ok;
}

static bool process(struct command *cmd)
{
    const struct state *state = cmd->state;
    if (state->found)
        return true;
    if (cmd_bound(cmd, PATH) || cmd_bound(cmd, LITERAL_PATH))
        return look_at_paths(cmd);
    return !cmd_bound(cmd, INPUT_OBJECT) || look_at_object(cmd, cmd->arg[INPUT_OBJECT]);
}

static bool end(struct command *cmd)
{
    const struct state *state = cmd->state;
    struct passage text = {.lines = state->lines, .first = 1};
    if (state->lines.kind != V_LIST || state->found || !state->lines.array->count)
        return true;
    bool ok = string_text(cmd->in, MATCH_NO_FILE, &text.path) && look_at_all(cmd, &text, false);
    return value_drop(text.path), ok;
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    value_drop(state->expressions);
    value_drop(state->lines);
}

bool match_shown(struct interp *in, value self, value *ret)
{
    value here;
    if (!location_show(in, drive_current(in), &here))
        return false;
    bool ok = match_info_text(in, self, value_text(here), ret);
    return value_drop(here), ok;
}

const struct cmdlet cmdlet_select_string = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
