// Get-FormatData: which views are registered for a type.
#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/format/view.h"
#include "interp/value/types.h"

enum { TYPE_NAME, POWERSHELL_VERSION };

static const struct param params[] = {
    {"TypeName", "string[]", NULL, 0, PARAM_NOT_NULL_OR_EMPTY},
    {"PowerShellVersion", "version", NULL, PARAM_NAMED},
    {0},
};

static bool wanted(const struct command *cmd, const char *type, size_t size)
{
    if (!cmd_bound(cmd, TYPE_NAME))
        return true;
    struct array *patterns = cmd->arg[TYPE_NAME].array;
    for (size_t i = 0; i < patterns->count; i++) {
        struct text pattern = text_of(patterns->items[i]);
        if (wildcard_match(pattern.at, pattern.size, type, size, true))
            return true;
    }
    return false;
}

static bool add_text(struct interp *in, value to, const char *name, const char *text, size_t size)
{
    value v;
    if (!string_new(in, text, size, &v))
        return false;
    bool ok = member_add(in, to, name, v);
    value_drop(v);
    return ok;
}

static bool add_view(struct interp *in, struct array *views, const struct view_row *view, const char *type,
                     size_t size)
{
    static const char *const controls[] = {"", "TableControl", "ListControl", "WideControl", "CustomControl"};
    value v;
    if (!custom_new(in, &v))
        return false;
    bool ok = add_text(in, v, "Name", type, size) &&
              add_text(in, v, "Control", controls[view->shape], strlen(controls[view->shape])) &&
              list_add(in, views, v);
    value_drop(v);
    return ok;
}

// All views of one type as one object.
static bool write_type(struct command *cmd, const char *type, size_t size)
{
    struct interp *in = cmd->in;
    value result, views, name;
    if (!custom_new(in, &result))
        return false;
    bool ok = member_add_type_name(in, result, "System.Management.Automation.ExtendedTypeDefinition") &&
              add_text(in, result, "TypeName", type, size) && list_new(in, &type_array_list, &views);
    if (!ok)
        return value_drop(result), false;
    for (size_t i = 0; ok && view_at(i); i++)
        if (view_lists(view_at(i), type, size))
            ok = add_view(in, views.array, view_at(i), type, size);
    ok = ok && string_new(in, type, size, &name);
    if (ok) {
        value names;
        ok = array_from(in, &name, 1, &names);
        if (ok) {
            ok = member_add(in, result, "TypeNames", names) &&
                 member_add(in, result, "FormatViewDefinition", views);
            value_drop(names);
        }
        value_drop(name);
    }
    value_drop(views);
    if (ok)
        ok = cmd_write(cmd, result);
    value_drop(result);
    return ok;
}

// A type is written where its first view stands.
static bool is_first(size_t at, const char *type, size_t size)
{
    for (size_t i = 0; i < at; i++)
        if (view_at(i) && view_lists(view_at(i), type, size))
            return false;
    return true;
}

static bool process(struct command *cmd)
{
    for (size_t i = 0; view_at(i); i++)
        for (const char *type = view_at(i)->types; *type;) {
            size_t size = strcspn(type, "|");
            if (wanted(cmd, type, size) && is_first(i, type, size) && !write_type(cmd, type, size))
                return false;
            type += size + (type[size] == '|');
        }
    return true;
}

const struct cmdlet cmdlet_get_formatdata = {.params = params, .process = process};
