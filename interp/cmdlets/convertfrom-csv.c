#include <string.h>

#include "base/utf8.h"
#include "interp/cmdlets/csv-read.h"
#include "interp/eval/interp.h"

enum { INPUT_OBJECT, DELIMITER, USE_CULTURE, HEADER };

static const char *const sets[] = {"Delimiter", "UseCulture", NULL};
static const struct param params[] = {
    {"InputObject", "psobject[]", NULL, 0,
     PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY | PARAM_ALLOW_EMPTY | PARAM_ALLOW_NULL |
         PARAM_NOT_NULL,
     0},
    {"Delimiter", "char", NULL, 1, 0, 1},
    {"UseCulture", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, 2},
    {"Header", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {0},
};

struct state {
    struct buf text;
    value columns;
    value type_name;
};

static bool add_input(struct command *cmd, value v)
{
    struct state *state = cmd->state;
    if (state->text.size > 0)
        buf_add_char(&state->text, '\n');
    return value_is_null(v) ||
           (value_add_string(cmd->in, &state->text, v) && (!state->text.failed || throw_memory(cmd->in)));
}

static bool begin(struct command *cmd)
{
    ((struct state *)cmd->state)->text.limit = cmd->in->string_limit;
    return true;
}

static bool process(struct command *cmd)
{
    value given = cmd->arg[INPUT_OBJECT];
    if (!value_enumerable(given))
        return add_input(cmd, given);
    for (size_t i = 0; i < given.array->count; i++)
        if (!add_input(cmd, given.array->items[i]))
            return false;
    return true;
}

// --- Columns
// --------------------------------------------------------------------------------------------------------

static const char *field_text(const struct csv_record *record, size_t i)
{
    return record->text.data + record->fields[i].at;
}

static bool warn_unnamed(struct command *cmd)
{
    value text;
    if (!string_text(cmd->in, "A column without a name is called H and its number.", &text))
        return false;
    bool go_on = cmd_stream(cmd, STREAM_WARNING, text);
    value_drop(text);
    return go_on;
}

static bool add_column(struct command *cmd, struct array *columns, const char *name, size_t size,
                       bool *unnamed)
{
    value text;
    bool empty = size == 0;
    *unnamed |= empty;
    if (!(empty ? string_printf(cmd->in, &text, "H%zu", columns->count + 1)
                : string_new(cmd->in, name, size, &text)))
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (value_is_text(columns->items[i], value_text(text))) {
            value_drop(text);
            return cmd_throw(cmd, "AlreadyPresentPSMemberInfoInternalCollectionAdd", CAT_NotSpecified,
                             value_null, "Two columns have the same name; -Header gives them others.");
        }
    bool ok = list_add(cmd->in, columns, text);
    value_drop(text);
    return ok;
}

static bool columns_from(struct command *cmd, const struct csv_record *record)
{
    struct state *state = cmd->state;
    bool unnamed = false;
    if (!list_new(cmd->in, NULL, &state->columns))
        return false;
    for (size_t i = 0; i < record->count; i++)
        if (!add_column(cmd, state->columns.array, field_text(record, i), record->fields[i].size, &unnamed))
            return false;
    return !unnamed || warn_unnamed(cmd);
}

static bool columns_given(struct command *cmd)
{
    struct state *state = cmd->state;
    value header = cmd->arg[HEADER];
    bool unnamed = false;
    if (!list_new(cmd->in, NULL, &state->columns))
        return false;
    for (size_t i = 0; i < header.array->count; i++)
        if (!add_column(cmd, state->columns.array, value_text(header.array->items[i]),
                        header.array->items[i].string->size, &unnamed))
            return false;
    return true;
}

// --- Rows
// -----------------------------------------------------------------------------------------------------------

static bool add_type_names(struct command *cmd, value row)
{
    const struct state *state = cmd->state;
    value csv;
    if (state->type_name.kind != V_STRING)
        return true;
    if (!string_printf(cmd->in, &csv, "CSV:%s", value_text(state->type_name)))
        return false;
    bool ok = member_add_type_name(cmd->in, row, value_text(csv)) &&
              member_add_type_name(cmd->in, row, value_text(state->type_name));
    value_drop(csv);
    return ok;
}

static bool fill_row(struct command *cmd, const struct csv_record *record, value row)
{
    const struct array *columns = ((struct state *)cmd->state)->columns.array;
    for (size_t i = 0; i < columns->count; i++) {
        value text = value_null;
        if (i < record->count && !string_new(cmd->in, field_text(record, i), record->fields[i].size, &text))
            return false;
        bool ok = member_add(cmd->in, row, value_text(columns->items[i]), text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return add_type_names(cmd, row);
}

static bool write_row(struct command *cmd, const struct csv_record *record)
{
    value row;
    if (!custom_new(cmd->in, &row))
        return false;
    if (!fill_row(cmd, record, row))
        return value_drop(row), false;
    return cmd_take(cmd, row);
}

// "#TYPE Name" before the header names the type of the rows.
static bool is_type_line(struct command *cmd, const struct csv_record *record, bool *ret_is)
{
    struct state *state = cmd->state;
    const char *text = record->count ? field_text(record, 0) : "";
    *ret_is = strncmp(text, "#TYPE ", 6) == 0 && value_is_null(state->type_name);
    return !*ret_is || string_text(cmd->in, text + 6, &state->type_name);
}

static bool take_record(struct command *cmd, const struct csv_record *record)
{
    struct state *state = cmd->state;
    bool type;
    if (csv_is_blank(record))
        return true;
    if (!value_is_null(state->columns))
        return write_row(cmd, record);
    if (!is_type_line(cmd, record, &type))
        return false;
    return type || columns_from(cmd, record);
}

static bool end(struct command *cmd)
{
    struct state *state = cmd->state;
    struct csv_record record = {0};
    char delimiter[5] = ",";
    bool more = true, go_on = !cmd_bound(cmd, HEADER) || columns_given(cmd);
    if (cmd_bound(cmd, DELIMITER))
        delimiter[utf8_encode((uint32_t)cmd->arg[DELIMITER].i, delimiter)] = '\0';
    const char *text = buf_text(&state->text);
    struct csv_reader reader = {text, text + state->text.size, delimiter};
    while (go_on && more) {
        go_on = csv_next(&reader, &record, &more) || throw_memory(cmd->in);
        go_on = go_on && !cmd_stopped(cmd) && (!more || take_record(cmd, &record));
    }
    csv_free(&record);
    return go_on;
}

static void clean(struct command *cmd)
{
    struct state *state = cmd->state;
    buf_free(&state->text);
    value_drop(state->columns);
    value_drop(state->type_name);
}

const struct cmdlet cmdlet_convertfrom_csv = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
