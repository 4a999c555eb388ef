// interp/format/view-values.c: cells that views compute, and running text of single types.
#include "interp/format/view-values.h"

#include <string.h>

#include "interp/eval/interp.h"
#include "interp/format/error-view.h"
#include "interp/value/error.h"
#include "interp/value/format.h"

static bool formatted(struct interp *in, value v, const char *spec, value *ret)
{
    bool ok = value_format_string(in, v, spec, strlen(spec), ret);
    value_drop(v);
    return ok;
}

// Where a file lives: its PSParentPath without the provider.
bool view_parent(struct interp *in, value self, value *ret)
{
    value path;
    if (!member_named(in, self, "PSParentPath", &path))
        return false;
    if (path.kind != V_STRING)
        return *ret = path, true;
    const char *plain = strstr(path.string->text, "::");
    bool ok = !plain || string_text(in, plain + 2, ret);
    if (!plain)
        *ret = value_keep(path);
    value_drop(path);
    return ok;
}

bool view_write_time(struct interp *in, value self, value *ret)
{
    value time;
    if (!member_named(in, self, "LastWriteTime", &time))
        return false;
    if (time.kind != V_DATETIME)
        return *ret = time, true;
    return formatted(in, time, "MM/dd/yyyy HH:mm", ret);
}

// As lines that Out-String makes of them: the last one ends too.
bool view_overloads(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    value list;
    if (!member_named(in, self, "OverloadDefinitions", &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && value_enumerable(list) && i < list.array->count; i++)
        ok = value_add_string(in, &out, list.array->items[i]) && buf_add_char(&out, '\n');
    value_drop(list);
    ok = ok && string_new(in, buf_text(&out), out.size, ret);
    return buf_free(&out), ok;
}

// A link shows where it leads.
bool view_file_name(struct interp *in, value self, value *ret)
{
    if (!member_named(in, self, "NameString", ret))
        return false;
    return ret->kind == V_STRING || (value_drop(*ret), member_named(in, self, "Name", ret));
}

static bool scaled(struct interp *in, value self, const char *name, double unit, const char *spec, value *ret)
{
    value v;
    double number;
    if (!member_named(in, self, name, &v))
        return false;
    if (value_is_null(v))
        return *ret = v, true;
    bool ok = value_to_double(in, v, &number);
    value_drop(v);
    return ok && formatted(in, value_double(number / unit), spec, ret);
}

bool view_process_npm(struct interp *in, value self, value *ret)
{
    return scaled(in, self, "NonpagedSystemMemorySize64", 1024, "F0", ret);
}
bool view_process_pm(struct interp *in, value self, value *ret)
{
    return scaled(in, self, "PagedMemorySize64", 1048576, "N2", ret);
}
bool view_process_ws(struct interp *in, value self, value *ret)
{
    return scaled(in, self, "WorkingSet64", 1048576, "N2", ret);
}
bool view_process_cpu(struct interp *in, value self, value *ret)
{
    return scaled(in, self, "CPU", 1, "N2", ret);
}
bool view_drive_used(struct interp *in, value self, value *ret)
{
    return scaled(in, self, "Used", 1073741824, "N2", ret);
}
bool view_drive_free(struct interp *in, value self, value *ret)
{
    return scaled(in, self, "Free", 1073741824, "N2", ret);
}

bool view_drive_provider(struct interp *in, value self, value *ret)
{
    value provider;
    if (!member_named(in, self, "Provider", &provider))
        return false;
    bool ok = member_named(in, provider, "Name", ret);
    if (ok && value_is_null(*ret))
        *ret = value_keep(provider);
    value_drop(provider);
    return ok;
}

// One view for all kinds of commands, so that aliases and others share a table; an alias tells its target
// too.
bool view_command_name(struct interp *in, value self, value *ret)
{
    if (!member_named(in, self, "DisplayName", ret))
        return false;
    return !value_is_null(*ret) || member_named(in, self, "Name", ret);
}

bool view_type_name(struct interp *in, value self, value *ret)
{
    return member_named(in, self, "TypeName", ret);
}

static bool take_mark(struct interp *in, struct packet *packet, value text)
{
    bool ok = packet_add_mark(in, packet, MARK_TEXT, 0, text);
    value_drop(text);
    return ok;
}

// The DateTime property is the long form, shortened by DisplayHint.
bool view_date(struct interp *in, value self, struct packet *packet)
{
    value text;
    if (!member_named(in, self, "DateTime", &text))
        return false;
    if (text.kind != V_STRING) {
        value_drop(text);
        if (!formatted(in, value_keep(self), "F", &text))
            return false;
    }
    return take_mark(in, packet, text);
}

bool view_text(struct interp *in, value self, struct packet *packet)
{
    value text;
    return value_to_string(in, self, &text) && take_mark(in, packet, text);
}

bool view_match(struct interp *in, value self, struct packet *packet)
{
    value text;
    if (!match_shown || !value_is_type(self, &type_match_info))
        return view_text(in, self, packet);
    return match_shown(in, self, &text) && take_mark(in, packet, text);
}

bool view_error(struct interp *in, value self, struct packet *packet)
{
    if (self.kind != V_ERROR)
        return view_text(in, self, packet);
    const struct error_style plain = {0};
    struct buf out = {0};
    value text;
    bool ok = error_view(in, self, &plain, &out) && string_new(in, buf_text(&out), out.size, &text);
    buf_free(&out);
    return ok && take_mark(in, packet, text);
}

// A line of help that is too long goes on below its own beginning.
static bool add_help_line(struct interp *in, struct packet *packet, const char *line, size_t size)
{
    unsigned indent = 0;
    value text;
    while (indent < size && line[indent] == ' ')
        indent++;
    if (!string_new(in, line + indent, size - indent, &text))
        return false;
    bool ok = packet_add_mark(in, packet, MARK_FRAME, indent, value_null) &&
              packet_add_mark(in, packet, MARK_TEXT, 0, text) &&
              packet_add_mark(in, packet, MARK_NEWLINE, 0, value_null) &&
              packet_add_mark(in, packet, MARK_END_FRAME, indent, value_null);
    value_drop(text);
    return ok;
}

bool view_help(struct interp *in, value self, struct packet *packet)
{
    value text;
    if (!member_named(in, self, "Text", &text))
        return false;
    bool ok = true;
    for (const char *line = text.kind == V_STRING ? value_text(text) : ""; ok && *line;) {
        size_t size = strcspn(line, "\n");
        ok = add_help_line(in, packet, line, size);
        line += size + (line[size] == '\n');
    }
    value_drop(text);
    return ok;
}
