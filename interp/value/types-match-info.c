#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "interp/value/match-info.h"
#include "interp/value/types-rows.h"

#define AT(v) AS(fields, v)->at

static const char *leaf_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *below(const char *path, const char *directory)
{
    size_t size = strlen(directory), all = strlen(path);
    if (size == 0 || all < size || !utf8_same_ignore_case(path, size, directory, size))
        return path;
    if (directory[size - 1] == '/')
        return path + size;
    return path[size] == '/' ? path + size + 1 : path;
}

// --- Text
// --------------------------------------------------------------------------------------------------------

struct place {        // of the lines being told
    const char *file; // NULL: none
    int64_t number;
    const char *mark;
};

static void add_line(struct buf *out, const struct place *place, value line)
{
    if (out->size)
        buf_add_char(out, '\n');
    buf_add_text(out, place->mark);
    if (place->file)
        buf_printf(out, "%s:%lld:", place->file, (long long)place->number);
    if (line.kind == V_STRING)
        buf_add(out, value_text(line), line.string->size);
}

static void add_lines(struct buf *out, struct place *place, value lines)
{
    for (size_t i = 0; value_enumerable(lines) && i < lines.array->count; i++, place->number++)
        add_line(out, place, lines.array->items[i]);
}

static size_t count_of(value lines)
{
    return value_enumerable(lines) ? lines.array->count : 0;
}

static void add_all(struct buf *out, const value *at, const char *file)
{
    value context = at[MATCH_CONTEXT];
    const value *lines = value_is_null(context) ? NULL : AT(context);
    struct place place = {file, (int64_t)at[MATCH_NUMBER].u, lines ? "  " : ""};
    if (lines) {
        place.number -= (int64_t)count_of(lines[CONTEXT_SHOWN_BEFORE]);
        add_lines(out, &place, lines[CONTEXT_SHOWN_BEFORE]);
        place.mark = "> ";
    }
    add_line(out, &place, at[MATCH_LINE]);
    place.number++;
    place.mark = "  ";
    if (lines)
        add_lines(out, &place, lines[CONTEXT_SHOWN_BEHIND]);
}

bool match_info_text(struct interp *in, value self, const char *directory, value *ret)
{
    const value *at = AT(self);
    const char *path = at[MATCH_PATH].kind == V_STRING ? value_text(at[MATCH_PATH]) : "";
    struct buf out = BUF_INIT;
    bool stream = strcmp(path, MATCH_NO_FILE) == 0;
    add_all(&out, at, stream ? NULL : directory ? below(path, directory) : path);
    return buf_take(in, &out, ret);
}

bool match_info_to_string(struct interp *in, value self, value *ret)
{
    return match_info_text(in, self, NULL, ret);
}

// --- Members
// -----------------------------------------------------------------------------------------------------

#define FIELD(name, n, type)                                                                                 \
    static bool get_##name(struct interp *in, value self, value *ret)                                        \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AT(self)[n]), true;                                               \
    }                                                                                                        \
    static bool set_##name(struct interp *in, value self, value to)                                          \
    {                                                                                                        \
        value v;                                                                                             \
        if (!value_convert(in, to, type, &v))                                                                \
            return false;                                                                                    \
        value_drop(AT(self)[n]);                                                                             \
        return AT(self)[n] = v, true;                                                                        \
    }
FIELD(ignore_case, MATCH_IGNORE_CASE, BOOLEAN)
FIELD(number, MATCH_NUMBER, U64)
FIELD(line, MATCH_LINE, STR)
FIELD(path, MATCH_PATH, STR)
FIELD(pattern, MATCH_PATTERN, STR)
FIELD(context, MATCH_CONTEXT, &type_match_context)
FIELD(matches, MATCH_MATCHES, &type_match_array)
FIELD(before, CONTEXT_BEFORE, STRS)
FIELD(behind, CONTEXT_BEHIND, STRS)
FIELD(shown_before, CONTEXT_SHOWN_BEFORE, STRS)
FIELD(shown_behind, CONTEXT_SHOWN_BEHIND, STRS)
#undef FIELD

static bool get_file_name(struct interp *in, value self, value *ret)
{
    value path = AT(self)[MATCH_PATH];
    return string_text(in, path.kind == V_STRING ? leaf_of(value_text(path)) : "", ret);
}

const struct property match_info_properties[] = {{"IgnoreCase", get_ignore_case, set_ignore_case},
                                                 {"LineNumber", get_number, set_number},
                                                 {"Line", get_line, set_line},
                                                 {"Filename", get_file_name, NULL},
                                                 {"Path", get_path, set_path},
                                                 {"Pattern", get_pattern, set_pattern},
                                                 {"Context", get_context, set_context},
                                                 {"Matches", get_matches, set_matches},
                                                 {0}};
const struct property match_context_properties[] = {
    {"PreContext", get_before, set_before},
    {"PostContext", get_behind, set_behind},
    {"DisplayPreContext", get_shown_before, set_shown_before},
    {"DisplayPostContext", get_shown_behind, set_shown_behind},
    {0}};

METHOD(to_text)
{
    return (void)count, match_info_text(in, self, count ? value_text(args[0]) : NULL, ret);
}
METHOD(relative)
{
    UNUSED;
    value path = AT(self)[MATCH_PATH];
    return string_text(in, path.kind == V_STRING ? below(value_text(path), value_text(args[0])) : "", ret);
}

static const struct method methods[] = {{"RelativePath", relative, STR, P(STR), .names = "directory"},
                                        {"ToEmphasizedString", to_text, STR, P(STR), .names = "directory"},
                                        {"ToString", to_text, STR},
                                        {"ToString", to_text, STR, P(STR), .names = "directory"},
                                        {0}};
const struct type_members full_match_info = {methods, NULL, NULL, NULL};
