// Redirection to files: a file is made, or emptied, before its command runs; what a stream writes is kept,
// and added as Out-File would write it when the command ends. jesh-full alone.
#include "interp/eval/redirect.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/types.h"

// --- Texts
// -------------------------------------------------------------------------------------------------------

// Warnings and the like are lines of a file, not objects.
static bool is_message(value v)
{
    return value_is_type(v, &type_warning_record) || value_is_type(v, &type_verbose_record) ||
           value_is_type(v, &type_debug_record) || value_is_type(v, &type_information_record);
}

static bool as_lines(struct interp *in, value items)
{
    for (size_t i = 0; i < items.array->count; i++) {
        value text, *item = &items.array->items[i];
        if (!is_message(*item))
            continue;
        if (!value_to_string(in, *item, &text))
            return false;
        value_drop(*item);
        *item = text;
    }
    return true;
}

static bool as_text(struct interp *in, value items, value *ret)
{
    value text;
    unsigned width = in->host->width ? in->host->width(in->host->context) : 0;
    const struct named_arg wide = {"Width", value_int(width ? (int32_t)width : 80)}; // no column stays free
    if (!as_lines(in, items) || !interp_call(in, cmdlet_id_of(cmdlet_find("Out-String", 10)), &wide, 1,
                                             items.array->items, items.array->count, &text))
        return false;
    bool ok = value_to_string(in, text, ret);
    return value_drop(text), ok;
}

// --- Files
// -------------------------------------------------------------------------------------------------------

static bool add_text(struct interp *in, value path, value text)
{
    const struct cmdlet_row *row = cmdlet_find("Add-Content", 11);
    const struct named_arg args[] = {{"LiteralPath", path},
                                     {"Value", text},
                                     {"NoNewline", value_true},
                                     {"WhatIf", value_false},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_STOP)}};
    value nothing;
    if (!interp_call(in, cmdlet_id_of(row), args, sizeof args / sizeof *args, NULL, 0, &nothing))
        return false;
    return value_drop(nothing), true;
}

// Made or emptied as Out-File does it, so that nothing but a file is written to.
static bool make_file(struct interp *in, value path, bool append)
{
    const struct named_arg args[] = {{"LiteralPath", path},
                                     {"Append", append ? value_true : value_false},
                                     {"WhatIf", value_false},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_STOP)}};
    value nothing;
    if (!interp_call(in, cmdlet_id_of(cmdlet_find("Out-File", 8)), args, sizeof args / sizeof *args, NULL, 0,
                     &nothing))
        return false;
    return value_drop(nothing), true;
}

// An item that is no file is not written to.
static bool is_no_file(const struct error_record *why)
{
    static const char other[] = "ReadWriteFileNotFileSystemProvider";
    return !strncmp(value_text(why->id), other, sizeof other - 1);
}

// Whatever else could not be done to the file, it is the redirection's error; a limit of the session says so.
static bool cannot_open(struct interp *in, value path)
{
    value why = in->thrown;
    if (why.kind != V_ERROR || why.error->category == CAT_LimitsExceeded)
        return false;
    bool no_file = is_no_file(why.error);
    in->thrown = value_null;
    error_forget(in, why);
    throw_error(in,
                no_file ? value_text(why.error->id)
                        : "FileOpenFailure,Microsoft.PowerShell.Commands.OutFileCommand",
                no_file ? CAT_InvalidArgument : CAT_OpenError, path, "%s", value_text(why.error->message));
    value_set(&in->thrown.error->exception, why.error->exception);
    string_text(in, "Out-File", &in->thrown.error->activity);
    string_text(in, "Out-File", &in->thrown.error->command);
    return value_drop(why), false;
}

// --- Variables
// ---------------------------------------------------------------------------------------------------

// The name behind "variable:"; NULL: a file's path.
static const char *variable_name(value path)
{
    static const char drive[] = "variable:";
    const char *text = value_text(path);
    if (strncasecmp(text, drive, sizeof drive - 1))
        return NULL;
    text += sizeof drive - 1;
    return *text == '/' || *text == '\\' ? text + 1 : text;
}

static bool set_variable(struct interp *in, const struct named_arg *args, size_t count,
                         const struct array *items)
{
    value nothing;
    if (!interp_call(in, cmdlet_id_of(cmdlet_find("Set-Variable", 12)), args, count,
                     items ? items->items : NULL, items ? items->count : 0, &nothing))
        return false;
    return value_drop(nothing), true;
}

// A variable takes the objects themselves; where nothing was written, it is there without a value.
static bool fill_variable(struct interp *in, const struct redirect *redirect, const char *name)
{
    const char *colon = strchr(name, ':');
    const struct array *items = redirect->items.kind == V_LIST ? redirect->items.array : NULL;
    value text, scope = value_null;
    if (!items && redirect->append)
        return true;
    if (!string_text(in, colon ? colon + 1 : name, &text))
        return false;
    struct named_arg args[3] = {{"Name", text}};
    size_t count = 1;
    bool ok = !colon || string_new(in, name, (size_t)(colon - name), &scope);
    if (colon)
        args[count++] = (struct named_arg){"Scope", scope};
    if (!items)
        args[count++] = (struct named_arg){"Value", value_null};
    else if (redirect->append)
        args[count++] = (struct named_arg){"Append", value_true};
    ok = ok && set_variable(in, args, count, items);
    value_drop(scope);
    return value_drop(text), ok;
}

static bool open_file(struct interp *in, struct redirect *redirect, value path, bool append)
{
    redirect->append = append;
    if (!value_to_string(in, path, &redirect->path))
        return false;
    if (variable_name(redirect->path))
        return true;
    return !redirect->path.string->size || make_file(in, redirect->path, append) ||
           cannot_open(in, redirect->path);
}

static bool fill_file(struct interp *in, const struct redirect *redirect)
{
    value text;
    const char *variable = variable_name(redirect->path);
    if (variable)
        return fill_variable(in, redirect, variable);
    if (redirect->items.kind != V_LIST || !redirect->path.string->size)
        return true;
    if (!as_text(in, redirect->items, &text))
        return false;
    bool ok = add_text(in, redirect->path, text) || cannot_open(in, redirect->path);
    return value_drop(text), ok;
}

// --- Of a command
// ------------------------------------------------------------------------------------------------

static void forget(struct redirects *all)
{
    for (size_t i = 0; i < all->count; i++) {
        value_drop(all->files[i].path);
        value_drop(all->files[i].items);
    }
    mem_free(all, sizeof *all);
}

bool redirects_open(struct frame *frame, const struct element_code *element, struct redirects **ret)
{
    *ret = NULL;
    if (!element->file_count)
        return true;
    struct redirects *all = mem_new(1, sizeof *all);
    if (!all)
        return throw_memory(frame->in);
    for (size_t i = 0; i < element->file_count; i++) {
        value path = frame_operand(frame, element->files[i].operand);
        all->count = i + 1;
        if (!open_file(frame->in, &all->files[i], path, element->files[i].append))
            return forget(all), false;
    }
    return *ret = all, true;
}

bool redirects_put(struct interp *in, struct redirects *all, unsigned merge, value v)
{
    return list_gather(in, &all->files[merge - MERGE_FILE].items, v);
}

bool redirects_close(struct interp *in, struct redirects *all)
{
    bool ok = true;
    for (size_t i = 0; ok && i < all->count; i++)
        ok = fill_file(in, &all->files[i]);
    forget(all);
    return ok;
}
