#include "interp/cmdlets/csv-output.h"
#include "interp/cmdlets/csv-read.h"
#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/text-file.h"
#include "interp/eval/interp.h"
#include "interp/value/member.h"

enum { INPUT_OBJECT, PATH, LITERAL_PATH, FORCE, NO_CLOBBER, ENCODING, APPEND, FIRST };

static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"Path", "string", NULL, 0, PARAM_NOT_NULL_OR_EMPTY, 0},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"NoClobber", "switch", "NoOverwrite", PARAM_NAMED, 0, 0},
    {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0,
     .rule = &encoding_rule},
    {"Append", "switch", NULL, PARAM_NAMED, 0, 0},
    CSV_OUTPUT_PARAMS,
    {0},
};

struct state {
    struct csv_output out;
    struct text_file file;
    bool joins; // the columns are those of the file appended to
};

static bool put(struct command *cmd, const char *line, size_t size)
{
    struct text_file *file = &((struct state *)cmd->state)->file;
    return text_file_put(cmd, file, line, size) && text_file_put(cmd, file, "\n", 1);
}

// --- Appending
// ---------------------------------------------------------------------------------------------------

static bool keep_columns(struct command *cmd, const struct csv_record *record)
{
    struct state *state = cmd->state;
    value name;
    if (!list_new(cmd->in, NULL, &state->out.writer.columns))
        return false;
    state->joins = true;
    for (size_t i = 0; i < record->count; i++) {
        if (!string_new(cmd->in, record->text.data + record->fields[i].at, record->fields[i].size, &name))
            return false;
        bool ok = list_add(cmd->in, state->out.writer.columns.array, name);
        value_drop(name);
        if (!ok)
            return false;
    }
    return true;
}

static bool read_columns(struct command *cmd, value path)
{
    struct csv_record record = {0};
    value text;
    bool more = true, ok = true, found = false;
    if (!text_file_read(cmd, path, ENCODING, &text))
        return false;
    struct csv_reader reader = {value_text(text), value_text(text) + text.string->size,
                                ((struct state *)cmd->state)->out.writer.delimiter};
    while (ok && more && !found) {
        ok = csv_next(&reader, &record, &more) || throw_memory(cmd->in);
        found = ok && more && !csv_is_blank(&record) && record.text.data[record.fields[0].at] != '#';
    }
    ok = ok && (!found || keep_columns(cmd, &record));
    csv_free(&record);
    return value_drop(text), ok;
}

// The first object must have every column of the file; -Force leaves empty what it lacks.
static bool fits(struct command *cmd, value object)
{
    struct state *state = cmd->state;
    if (!state->joins)
        return true;
    state->joins = false;
    const struct array *columns = state->out.writer.columns.array;
    for (size_t i = 0; i < columns->count && !cmd_switch(cmd, FORCE); i++) {
        value name = columns->items[i], v;
        bool found;
        if (!member_get(cmd->in, object, value_text(name), name.string->size, &v, &found))
            return false;
        value_drop(v);
        if (!found)
            return cmd_throw(cmd, "CannotAppendCsvWithMismatchedPropertyNames", CAT_InvalidData, name,
                             "The object has no property '%s', which the file has.", value_text(name));
    }
    return true;
}

// --- The file
// ----------------------------------------------------------------------------------------------------

static const struct text_file_params at = {PATH, LITERAL_PATH, APPEND, FORCE, NO_CLOBBER};

static bool open_path(struct command *cmd, value path)
{
    struct state *state = cmd->state;
    if (cmd_switch(cmd, APPEND) && text_file_exists(path) && !read_columns(cmd, path))
        return false;
    return text_file_open(cmd, path, ENCODING, text_file_flags(cmd, &at), &state->file);
}

static bool begin(struct command *cmd)
{
    struct state *state = cmd->state;
    state->out.first = FIRST;
    state->out.put = put;
    if (cmd_bound(cmd, PATH) == cmd_bound(cmd, LITERAL_PATH))
        return cmd_throw(cmd, "CannotSpecifyPathAndLiteralPath", CAT_InvalidData, value_null,
                         "One of -Path and -LiteralPath says where to write.");
    return csv_output_begin(cmd, &state->out) && text_file_named(cmd, &at, "Export-Csv", open_path);
}

static bool process(struct command *cmd)
{
    struct state *state = cmd->state;
    value object = cmd->arg[INPUT_OBJECT];
    if (!cmd_bound(cmd, INPUT_OBJECT) || value_is_null(object) || value_is_null(state->file.path))
        return true;
    return fits(cmd, object) && csv_output_add(cmd, &state->out, object);
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    csv_output_free(&state->out);
    text_file_close(&state->file);
}

const struct cmdlet cmdlet_export_csv = {
    .params = params,
    .sets = csv_output_sets,
    .properties = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .clean = clean,
};
