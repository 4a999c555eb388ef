#include <string.h>

#include "interp/cmdlets/csv-read.h"
#include "interp/cmdlets/text-file.h"
#include "interp/eval/interp.h"
#include "interp/eval/names.h"
#include "interp/value/enum.h"

enum { PATH, LITERAL_PATH, SCOPE, PASS_THRU, FORCE };
enum { BY_PATH = 1, BY_LITERAL = 2 };
enum { ALIAS, DEFINITION, DESCRIPTION, OPTIONS, FIELDS };

static const char *const sets[] = {"ByPath", "ByLiteralPath", NULL};
static const struct param params[] = {
    {"Path", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, BY_PATH},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY,
     BY_LITERAL},
    {"Scope", "string", NULL, PARAM_NAMED},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"Force", "switch", NULL, PARAM_NAMED},
    {0},
};

struct state {
    value read; // LIST of texts: four for each alias
};

// --- Reading: all of the file before any of it holds

static bool bad_line(struct command *cmd)
{
    return cmd_throw(cmd, "ImportAliasFileFormatError", CAT_ReadError, value_null,
                     "A line of the file has not four fields.");
}

static bool read_line(struct command *cmd, const char *text, size_t size)
{
    struct csv_reader reader = {text, text + size, ","};
    struct csv_record record = {0};
    struct array *read = ((struct state *)cmd->state)->read.array;
    bool more;
    bool ok = csv_next(&reader, &record, &more) || throw_memory(cmd->in);
    // An empty last field is one here.
    bool short_one = ok && record.count == FIELDS - 1 && size && text[size - 1] == ',';
    if (ok && record.count != FIELDS && !short_one)
        ok = bad_line(cmd);
    for (size_t i = 0; ok && i < record.count; i++)
        ok = list_add_text(cmd->in, read, record.text.data + record.fields[i].at, record.fields[i].size);
    if (ok && short_one)
        ok = list_add_text(cmd->in, read, "", 0);
    csv_free(&record);
    return ok;
}

static bool read_lines(struct command *cmd, const char *text)
{
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = strchrnul(text, '\n');
        const char *first = text + strspn(text, " \t\r");
        size_t size = (size_t)(end - text);
        if (size && text[size - 1] == '\r')
            size--;
        if (first < end && *first != '#' && !read_line(cmd, text, size))
            return false;
    }
    return true;
}

static bool not_there(struct command *cmd, value path)
{
    return cmd_error(cmd, "PathNotFound", CAT_ObjectNotFound, path, "There is no file '%s'.",
                     value_text(path));
}

static bool read_file(struct command *cmd, value path)
{
    value text;
    if (!text_file_exists(path))
        return not_there(cmd, path);
    if (!text_file_read(cmd, path, TEXT_NO_ENCODING, &text))
        return false;
    bool ok = read_lines(cmd, value_text(text));
    return value_drop(text), ok;
}

static bool one_path(struct command *cmd, value *ret)
{
    bool literal = !cmd_bound(cmd, PATH);
    value name = cmd->arg[literal ? LITERAL_PATH : PATH], thrown;
    if (text_file_path(cmd, name, literal ? TEXT_LITERAL : 0, ret))
        return true;
    thrown = cmd->in->thrown;
    if (thrown.kind != V_ERROR || strncmp(value_text(thrown.error->id), "ReadWrite", 9))
        return false;
    value_set(&cmd->in->thrown, value_null);
    return cmd_throw(cmd, "NotSupported", CAT_NotImplemented, name,
                     "'%s' is not the one file that is wanted.", value_text(name));
}

// --- Making

static bool options_of(struct command *cmd, value text, unsigned *ret)
{
    int64_t number;
    if (!enum_parse(&type_scoped_options, value_text(text), text.string->size, &number))
        return cmd_throw(cmd, "ImportAliasOptionsError", CAT_ReadError, text,
                         "'%s' are no options of an alias.", value_text(text));
    return *ret = (unsigned)number, true;
}

static bool make(struct command *cmd, struct scope *scope, const value *fields)
{
    unsigned options = 0;
    bool force = cmd_switch(cmd, FORCE), empty = !fields[OPTIONS].string->size;
    const char *name = value_text(fields[ALIAS]);
    struct alias *alias = alias_in(cmd->in, scope, name);
    if (!empty && !options_of(cmd, fields[OPTIONS], &options))
        return false;
    if (alias && !force)
        return cmd_error(cmd, "AliasAlreadyExists", CAT_ResourceExists, fields[ALIAS],
                         "The alias %s exists already.", name);
    if (alias && alias->options & OPTION_CONSTANT)
        return cmd_error(cmd, "AliasNotWritable", CAT_WriteError, fields[ALIAS], "The alias %s is constant.",
                         name);
    if (!alias_put_in(cmd->in, scope, name, value_text(fields[DEFINITION]), &alias))
        return false;
    value_set(&alias->description, fields[DESCRIPTION]);
    alias->options = options;
    return !cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, (value){.kind = V_OBJECT, .object = &alias->head});
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    struct scope *scope = scope_find(cmd->in, cmd_bound(cmd, SCOPE) ? value_text(cmd->arg[SCOPE]) : NULL);
    value path, none = value_null;
    if (!scope || !list_new(cmd->in, NULL, &none))
        return false;
    value_set(&state->read, none);
    value_drop(none);
    if (!one_path(cmd, &path))
        return false;
    bool ok = value_is_null(path) || read_file(cmd, path);
    value_drop(path);
    for (size_t i = 0; ok && i + FIELDS <= state->read.array->count; i += FIELDS)
        ok = make(cmd, scope, &state->read.array->items[i]);
    return ok;
}

static void clean(struct command *cmd)
{
    value_drop(((struct state *)cmd->state)->read);
}

const struct cmdlet cmdlet_import_alias = {.params = params,
                                           .sets = sets,
                                           .properties = CMDLET_SHOULD_PROCESS,
                                           .state_size = sizeof(struct state),
                                           .process = process,
                                           .clean = clean};
