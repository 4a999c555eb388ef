#include "interp/eval/style.h"

#include <stdlib.h>
#include <string.h>

#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

enum { RENDERING, FORMATTING, PROGRESS, FILE_INFO, FOREGROUND, BACKGROUND }; // fields of the style
enum { EXTENSIONS = 3 };                                                     // of its files
enum { WIDTH = 1, VIEW, OSC };                                               // of its progress
enum { RENDER_HOST, RENDER_PLAIN, RENDER_ANSI };
enum { NARROWEST = 18 }; // progress needs that many columns

struct part {
    struct object head;
    value at[STYLE_FIELDS];
};
#define AT(v, n) (AS(part, v)->at[n])

static const struct type type_formatting, type_progress, type_file_info, type_foreground, type_background,
    type_extensions;

static void release(struct object *object)
{
    for (size_t i = 0; i < STYLE_FIELDS; i++)
        value_drop(((struct part *)object)->at[i]);
}

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define SETTER(name) static bool name(struct interp *in, value self, value to)

// --- Sequences

#define CODE(property, name, code)                                                                           \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)self, string_text(in, "\033[" code "m", ret);                                           \
    }
#define COLOUR(property, name, code, row)                                                                    \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return string_printf(in, ret, "\033[%dm", code + (self.object->type == &type_background ? 10 : 0));  \
    }
#define FORMAT(part, property, name, field, code)                                                            \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AT(self, field)), true;                                           \
    }                                                                                                        \
    SETTER(set_##name)                                                                                       \
    {                                                                                                        \
        return set_sequence(in, &AT(self, field), to);                                                       \
    }

// Where the sequence that begins there ends; NULL: none does.
static const char *after_sequence(const char *text)
{
    if (text[0] != '\033' || (text[1] != '[' && text[1] != ']'))
        return NULL;
    bool link = text[1] == ']';
    for (text += 2; *text; text++)
        if (link ? *text == '\033' && text[1] == '\\' : *text >= '@' && *text <= '~')
            return text + 1 + link;
    return NULL;
}

static bool only_sequences(const char *text)
{
    while (text && *text)
        text = after_sequence(text);
    return text;
}

static bool set_sequence(struct interp *in, value *slot, value to)
{
    value text;
    if (!value_to_string(in, to, &text))
        return false;
    bool ok = only_sequences(value_text(text)) ||
              throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                          "Only sequences of a terminal can stand here, no text: %s", value_text(text));
    if (ok)
        value_set(slot, text);
    return value_drop(text), ok;
}
#include "interp/eval/style.def"
#undef CODE
#undef COLOUR
#undef FORMAT

// --- Colours

static int colour_code(value colour)
{
    static const int codes[] = {
#define CODE(property, name, code)
#define COLOUR(property, name, code, row) [row] = code,
#define FORMAT(part, property, name, field, code)
#include "interp/eval/style.def"
#undef CODE
#undef COLOUR
#undef FORMAT
    };
    return colour.i >= 0 && colour.i < 16 ? codes[colour.i] : 39;
}

static bool is_background(value self)
{
    return self.object->type == &type_background;
}

METHOD(from_console)
{
    UNUSED;
    return string_printf(in, ret, "\033[%dm", colour_code(args[0]) + (is_background(self) ? 10 : 0));
}
METHOD(from_parts)
{
    UNUSED;
    return string_printf(in, ret, "\033[%d;2;%d;%d;%dm", is_background(self) ? 48 : 38, (int)args[0].u,
                         (int)args[1].u, (int)args[2].u);
}
METHOD(from_number)
{
    uint32_t rgb = args[0].kind == V_U32 ? (uint32_t)args[0].u : (uint32_t)args[0].i;
    UNUSED;
    return string_printf(in, ret, "\033[%d;2;%d;%d;%dm", is_background(self) ? 48 : 38,
                         (int)(rgb >> 16 & 255), (int)(rgb >> 8 & 255), (int)(rgb & 255));
}
METHOD(map_foreground)
{
    UNUSED;
    return string_printf(in, ret, "\033[%dm", colour_code(args[0]));
}
METHOD(map_background)
{
    UNUSED;
    return string_printf(in, ret, "\033[%dm", colour_code(args[0]) + 10);
}
METHOD(map_pair)
{
    UNUSED;
    return string_printf(in, ret, "\033[%d;%dm", colour_code(args[0]), colour_code(args[1]) + 10);
}
METHOD(hyperlink)
{
    value link;
    UNUSED;
    if (!value_to_string(in, args[1], &link))
        return false;
    bool ok =
        string_printf(in, ret, "\033]8;;%s\033\\%s\033]8;;\033\\", value_text(link), value_text(args[0]));
    return value_drop(link), ok;
}

// --- Parts

#define PART(name, n)                                                                                        \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AT(self, n)), true;                                               \
    }
PART(formatting, FORMATTING)
PART(progress, PROGRESS)
PART(foreground, FOREGROUND)
PART(background, BACKGROUND)
PART(file_info, FILE_INFO)
PART(rendering, RENDERING)
PART(extensions, EXTENSIONS)
PART(width, WIDTH)
PART(view, VIEW)
PART(osc, OSC)
#undef PART

static bool set_converted(struct interp *in, value *slot, const struct type *type, value to)
{
    value made;
    if (!value_convert(in, to, type, &made))
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "This is no value of [%s].", type->name);
    value_set(slot, made);
    return value_drop(made), true;
}

SETTER(set_rendering)
{
    return set_converted(in, &AT(self, RENDERING), &type_output_rendering, to);
}
SETTER(set_view)
{
    return set_converted(in, &AT(self, VIEW), &type_progress_view, to);
}
SETTER(set_osc)
{
    return set_converted(in, &AT(self, OSC), &type_bool, to);
}
SETTER(set_width)
{
    int32_t columns;
    if (!value_to_int(in, to, &columns) || columns < NARROWEST)
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "Progress needs at least %d columns.", NARROWEST);
    return value_set(&AT(self, WIDTH), value_int(columns)), true;
}

// --- Endings of files' names

static bool ending(struct interp *in, value name)
{
    return *value_text(name) == '.' ||
           method_throw(in, &type_argument_exception, "An extension begins with a dot.");
}
METHOD(add_extension)
{
    UNUSED;
    if (!ending(in, args[0]))
        return false;
    if (!only_sequences(value_text(args[1])))
        return method_throw(in, &type_argument_exception,
                            "Only sequences of a terminal can stand here, no text.");
    if (table_get(self.table, args[0]))
        return method_throw(in, &type_argument_exception, "There is an entry of that name.");
    return *ret = value_null, table_set(in, self.table, args[0], args[1]);
}
METHOD(remove_extension)
{
    UNUSED;
    if (!ending(in, args[0]))
        return false;
    table_remove(self.table, args[0]);
    return *ret = value_null, true;
}
METHOD(has_extension)
{
    UNUSED;
    if (!ending(in, args[0]))
        return false;
    return *ret = value_bool(table_get(self.table, args[0])), true;
}
METHOD(clear_extensions)
{
    const struct table_slot *slot;
    UNUSED;
    while ((slot = table_nth(self.table, 0)))
        table_remove(self.table, slot->key);
    return *ret = value_null, true;
}
GETTER(extension_names)
{
    const struct table *table = self.table;
    const struct table_slot *slot;
    if (!array_of(in, &type_string, table->count, ret))
        return false;
    for (size_t i = 0; (slot = table_nth(table, (int64_t)i)); i++)
        ret->array->items[i] = value_keep(slot->key);
    return true;
}

// --- The types

static const struct property extension_properties[] = {{"Keys", extension_names, NULL}, {0}};
static const struct method extension_methods[] = {
    {"Add", add_extension, VOID, P(STR, STR), .names = "extension decoration"},
    {"Clear", clear_extensions, VOID},
    {"ContainsKey", has_extension, BOOLEAN, P(STR), .names = "extension"},
    {"Remove", remove_extension, VOID, P(STR), .names = "extension"},
    {0}};
static const struct type_members extension_members = {.methods = extension_methods};
static const struct method colour_methods[] = {
    {"FromConsoleColor", from_console, STR, P(&type_console_color), .names = "color"},
    {"FromRgb", from_parts, STR, P(U8, U8, U8), .names = "red green blue"},
    {"FromRgb", from_number, STR, P(I32), .names = "rgb"},
    {"FromRgb", from_number, STR, P(U32), .names = "rgb"},
    {0}};
static const struct type_members colour_members = {.methods = colour_methods};

#define CODE(property, name, code)
#define COLOUR(property, name, code, row) {property, name, NULL},
#define FORMAT(part, property, name, field, code)
static const struct property colour_properties[] = {
#include "interp/eval/style.def"
    {0}};
#undef COLOUR
#define COLOUR(property, name, code, row)

#define ROW_formatting(...) __VA_ARGS__
#define ROW_progress(...)
#define ROW_file_info(...)
#undef FORMAT
#define FORMAT(part, property, name, field, code) ROW_##part({property, name, set_##name}, )
static const struct property formatting_properties[] = {
#include "interp/eval/style.def"
    {0}};
#undef ROW_formatting
#undef ROW_progress
#define ROW_formatting(...)
#define ROW_progress(...) __VA_ARGS__
static const struct property progress_properties[] = {
#include "interp/eval/style.def"
    {"MaxWidth", width, set_width}, {"View", view, set_view}, {"UseOSCIndicator", osc, set_osc}, {0}};
#undef ROW_progress
#undef ROW_file_info
#define ROW_progress(...)
#define ROW_file_info(...) __VA_ARGS__
static const struct property file_info_properties[] = {
#include "interp/eval/style.def"
    {"Extension", extensions, NULL}, {0}};
#undef FORMAT
#undef CODE
#define FORMAT(part, property, name, field, code)
#define CODE(property, name, code) {property, name, NULL},
const struct property style_properties[] = {{"OutputRendering", rendering, set_rendering},
#include "interp/eval/style.def"
                                            {"Formatting", formatting, NULL},
                                            {"Progress", progress, NULL},
                                            {"Foreground", foreground, NULL},
                                            {"Background", background, NULL},
                                            {"FileInfo", file_info, NULL},
                                            {0}};
#undef CODE
#undef COLOUR
#undef FORMAT

#define PART_TYPE(symbol, full_name, ...)                                                                    \
    static const struct type type_##symbol = {.name = "System.Management.Automation.PSStyle+" full_name,     \
                                              .base = &type_object,                                          \
                                              .type_code = 1,                                                \
                                              .size = sizeof(struct part),                                   \
                                              .release = release,                                            \
                                              __VA_ARGS__};
PART_TYPE(formatting, "FormattingData", .properties = formatting_properties)
PART_TYPE(progress, "ProgressConfiguration", .properties = progress_properties)
PART_TYPE(file_info, "FileInfoFormatting", .properties = file_info_properties)
PART_TYPE(foreground, "ForegroundColor", .properties = colour_properties, .full = &colour_members)
PART_TYPE(background, "BackgroundColor", .properties = colour_properties, .full = &colour_members)
static const struct type type_extensions = {
    .name = "System.Management.Automation.PSStyle+FileInfoFormatting+FileExtensionDictionary",
    .base = &type_object,
    .type_code = 1,
    .properties = extension_properties,
    .full = &extension_members};

static const struct method style_methods[] = {
    {"FormatHyperlink", hyperlink, STR, P(STR, &type_uri), .names = "text link"}, {0}};
static const struct method style_statics[] = {
    {"MapForegroundColorToEscapeSequence", map_foreground, STR, P(&type_console_color)},
    {"MapBackgroundColorToEscapeSequence", map_background, STR, P(&type_console_color)},
    {"MapColorPairToEscapeSequence", map_pair, STR, P(&type_console_color, &type_console_color)},
    {0}};
GETTER(instance)
{
    (void)self;
    const value *style = interp_get_variable(in, "global:PSStyle");
    return *ret = style ? value_keep(*style) : value_null, true;
}
static const struct property style_static_properties[] = {{"Instance", instance, NULL}, {0}};
const struct type_members full_ps_style = {style_methods, style_statics, NULL, style_static_properties};

// --- At the start

static bool fill(struct interp *in, value part, const char *of)
{
    static const struct row {
        const char *part;
        int field;
        const char *text;
    } rows[] = {
#define CODE(property, name, code)
#define COLOUR(property, name, code, row)
#define FORMAT(part, property, name, field, code) {#part, field, "\033[" code "m"},
#include "interp/eval/style.def"
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && ok; i++)
        if (!strcmp(rows[i].part, of))
            ok = string_text(in, rows[i].text, &AT(part, rows[i].field));
    return ok;
}

static bool fill_extensions(struct interp *in, value *ret)
{
    static const char *const archives[] = {".zip", ".tgz", ".gz", ".tar", ".nupkg", ".cab", ".7z", NULL},
                             *const scripts[] = {".ps1", ".psd1", ".psm1", ".ps1xml", NULL};
    value red = string_static(in, "\033[31;1m"), yellow = string_static(in, "\033[33;1m");
    bool ok = table_new(in, true, ret);
    if (ok)
        ret->object->type = &type_extensions;
    for (size_t i = 0; ok && archives[i]; i++)
        ok = table_set_text(in, ret->table, archives[i], red);
    for (size_t i = 0; ok && scripts[i]; i++)
        ok = table_set_text(in, ret->table, scripts[i], yellow);
    return value_drop(red), value_drop(yellow), ok;
}

static bool fill_progress(struct interp *in, value part)
{
    AT(part, WIDTH) = value_int(120);
    AT(part, VIEW) = enum_value(&type_progress_view, 0);
    AT(part, OSC) = value_false;
    return fill(in, part, "progress");
}

bool style_new(struct interp *in, value *ret)
{
    const char *plain = getenv("NO_COLOR");
    if (!object_new(in, &type_ps_style, ret))
        return false;
    AT(*ret, RENDERING) = enum_value(&type_output_rendering, plain && *plain ? RENDER_PLAIN : RENDER_HOST);
    bool ok = object_new(in, &type_formatting, &AT(*ret, FORMATTING)) &&
              fill(in, AT(*ret, FORMATTING), "formatting") &&
              object_new(in, &type_progress, &AT(*ret, PROGRESS)) && fill_progress(in, AT(*ret, PROGRESS)) &&
              object_new(in, &type_file_info, &AT(*ret, FILE_INFO)) &&
              fill(in, AT(*ret, FILE_INFO), "file_info") &&
              fill_extensions(in, &AT(AT(*ret, FILE_INFO), EXTENSIONS)) &&
              object_new(in, &type_foreground, &AT(*ret, FOREGROUND)) &&
              object_new(in, &type_background, &AT(*ret, BACKGROUND));
    if (!ok)
        value_drop(*ret);
    return ok;
}

const char *style_text(const struct interp *in, enum style_field field)
{
    const value *style = interp_get_variable((struct interp *)in, "global:PSStyle");
    if (!style || !value_is_type(*style, &type_ps_style) || AT(*style, RENDERING).i != RENDER_ANSI)
        return "";
    value text = AT(AT(*style, FORMATTING), field);
    return text.kind == V_STRING ? value_text(text) : "";
}
