#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/cmdlets/text-file.h"
#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/value/enum.h"
#include "interp/value/format.h"
#include "interp/value/objects.h"

enum { PATH, LITERAL_PATH, NAME, PASS_THRU, AS, APPEND, FORCE, NO_CLOBBER, DESCRIPTION, SCOPE };
enum { AS_CSV, AS_SCRIPT };
enum { BY_PATH = 1, BY_LITERAL = 2 };

static const char *const sets[] = {"ByPath", "ByLiteralPath", NULL};
static const struct param params[] = {
    {"Path", "string", NULL, 0, PARAM_MANDATORY, BY_PATH},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, BY_LITERAL},
    {"Name", "string[]", NULL, 1, PARAM_PROPERTY},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"As", "Microsoft.PowerShell.Commands.ExportAliasFormat", NULL, PARAM_NAMED},
    {"Append", "switch", NULL, PARAM_NAMED},
    {"Force", "switch", NULL, PARAM_NAMED},
    {"NoClobber", "switch", "NoOverwrite", PARAM_NAMED},
    {"Description", "string", NULL, PARAM_NAMED},
    {"Scope", "string", NULL, PARAM_NAMED},
    {0},
};
static const struct text_file_params places = {
    .path = PATH, .literal_path = LITERAL_PATH, .append = APPEND, .force = FORCE, .no_clobber = NO_CLOBBER};

struct state {
    value chosen; // LIST of AliasInfo
    struct text_file file;
};

static const struct alias *alias_at(const struct array *list, size_t at)
{
    return (const struct alias *)list->items[at].object;
}

// --- Which ones

static bool shown_there(struct command *cmd, const struct scope *scope, const struct alias *alias)
{
    return !scope || alias_in(cmd->in, (struct scope *)scope, value_text(alias->name));
}

static bool choose(struct command *cmd, const char *pattern, size_t size, bool *ret_any)
{
    struct state *state = cmd->state;
    struct scope *scope = NULL;
    value list;
    bool ok = true;
    if (cmd_bound(cmd, SCOPE) && !(scope = scope_find(cmd->in, value_text(cmd->arg[SCOPE]))))
        return false;
    if (!alias_list(cmd->in, &list))
        return false;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        const struct string *name = alias_at(list.array, i)->name.string;
        if (!wildcard_match(pattern, size, name->text, name->size, true) ||
            !shown_there(cmd, scope, alias_at(list.array, i)))
            continue;
        *ret_any = true;
        ok = list_add(cmd->in, state->chosen.array, list.array->items[i]);
    }
    return value_drop(list), ok;
}

static bool process(struct command *cmd)
{
    value names = cmd->arg[NAME];
    bool any = false;
    if (!cmd_bound(cmd, NAME) || names.kind != V_ARRAY)
        return choose(cmd, "*", 1, &any);
    for (size_t i = 0; i < names.array->count; i++) {
        value name = names.array->items[i];
        if (name.kind != V_STRING)
            continue;
        any = false;
        if (!choose(cmd, value_text(name), name.string->size, &any))
            return false;
        if (!any && !wildcard_has(value_text(name), name.string->size) &&
            !cmd_error(cmd, "AliasNotFound", CAT_ObjectNotFound, name, "There is no alias '%s'.",
                       value_text(name)))
            return false;
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct string *x = ((const struct alias *)((const value *)a)->object)->name.string;
    const struct string *y = ((const struct alias *)((const value *)b)->object)->name.string;
    return utf8_compare_ignore_case(x->text, x->size, y->text, y->size);
}

// --- The file

static bool add_fact(struct interp *in, struct buf *out, const char *name)
{
    value v, fact;
    if (!string_text(in, name, &v))
        return false;
    bool ok = static_get(in, &type_environment, v, &fact);
    value_drop(v);
    ok = ok && value_add_string(in, out, fact);
    return ok && (value_drop(fact), true);
}

static bool add_time(struct interp *in, struct buf *out)
{
    int64_t local = date_to_local(date_now_utc(), DATE_UTC, &in->zone);
    return date_format(local, DATE_LOCAL, &in->zone, "F", 1, out);
}

// Each line of the text is a comment of its own.
static void add_comment(struct buf *out, const char *text)
{
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = strchrnul(text, '\n');
        buf_printf(out, "# %.*s\n", (int)(end - text), text);
    }
}

static bool head(struct command *cmd, struct buf *out)
{
    struct interp *in = cmd->in;
    buf_printf(out, "# Alias File\n# Exported by : ");
    bool ok = add_fact(in, out, "UserName");
    buf_printf(out, "\n# Date/Time : ");
    ok = ok && add_time(in, out);
    buf_printf(out, "\n# Computer : ");
    ok = ok && add_fact(in, out, "MachineName");
    buf_printf(out, "\n");
    if (cmd_bound(cmd, DESCRIPTION) && cmd->arg[DESCRIPTION].kind == V_STRING)
        add_comment(out, value_text(cmd->arg[DESCRIPTION]));
    return ok;
}

static bool add_alias(struct command *cmd, const struct alias *alias, struct buf *out)
{
    bool script = cmd_bound(cmd, AS) && cmd->arg[AS].i == AS_SCRIPT;
    const char *description = alias->description.kind == V_STRING ? value_text(alias->description) : "";
    value options;
    if (!enum_to_string(cmd->in, enum_value(&type_scoped_options, alias->options), &options))
        return false;
    buf_printf(out,
               script ? "set-alias -Name:\"%s\" -Value:\"%s\" -Description:\"%s\" -Option:\"%s\"\n"
                      : "\"%s\",\"%s\",\"%s\",\"%s\"\n",
               value_text(alias->name), value_text(alias->definition), description, value_text(options));
    return value_drop(options), true;
}

static bool write_to(struct command *cmd, value path)
{
    struct state *state = cmd->state;
    const struct array *list = state->chosen.array;
    struct buf text = BUF_INIT;
    if (!text_file_open(cmd, path, TEXT_NO_ENCODING, text_file_flags(cmd, &places), &state->file))
        return false;
    bool ok = head(cmd, &text);
    for (size_t i = 0; ok && i < list->count; i++)
        ok = add_alias(cmd, alias_at(list, i), &text);
    ok = ok && text_file_put(cmd, &state->file, buf_text(&text), text.size);
    buf_free(&text);
    for (size_t i = 0; ok && cmd_switch(cmd, PASS_THRU) && i < list->count; i++)
        ok = cmd_write(cmd, list->items[i]);
    return ok;
}

static bool begin(struct command *cmd)
{
    return list_new(cmd->in, NULL, &((struct state *)cmd->state)->chosen);
}

static bool end(struct command *cmd)
{
    struct array *list = ((struct state *)cmd->state)->chosen.array;
    if (list->count)
        qsort(list->items, list->count, sizeof(value), by_name);
    return text_file_named(cmd, &places, "Export-Alias", write_to);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    text_file_close(&state->file);
    value_drop(state->chosen);
}

const struct cmdlet cmdlet_export_alias = {.params = params,
                                           .sets = sets,
                                           .properties = CMDLET_SHOULD_PROCESS,
                                           .state_size = sizeof(struct state),
                                           .begin = begin,
                                           .process = process,
                                           .end = end,
                                           .clean = clean};
