// Records as objects.
#include "interp/cmdlets/csv-input.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/cmdlets/csv-read.h"
#include "interp/eval/interp.h"

struct csv_input {
    value columns; // LIST of STRING
    value seen;    // TABLE: the same names
    value type_name;
};

void csv_options_read(const struct command *cmd, unsigned delimiter, unsigned header, struct csv_options *ret)
{
    *ret = (struct csv_options){.delimiter = ","};
    if (cmd_bound(cmd, delimiter))
        ret->delimiter[utf8_encode((uint32_t)cmd->arg[delimiter].i, ret->delimiter)] = '\0';
    if (cmd_bound(cmd, header))
        ret->header = cmd->arg[header];
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

static bool is_new(struct command *cmd, const struct csv_input *input, value name)
{
    return !table_get(input->seen.table, name) ||
           cmd_throw(cmd, "AlreadyPresentPSMemberInfoInternalCollectionAdd", CAT_NotSpecified, value_null,
                     "Two columns have the same name; -Header gives them others.");
}

static bool add_column(struct command *cmd, struct csv_input *input, const char *name, size_t size,
                       bool *unnamed)
{
    value text;
    struct array *columns = input->columns.array;
    bool empty = size == 0;
    *unnamed |= empty;
    if (!(empty ? string_printf(cmd->in, &text, "H%zu", columns->count + 1)
                : string_new(cmd->in, name, size, &text)))
        return false;
    bool ok = is_new(cmd, input, text) && list_add(cmd->in, columns, text) &&
              table_set(cmd->in, input->seen.table, text, value_null);
    value_drop(text);
    return ok;
}

static bool start_columns(struct command *cmd, struct csv_input *input)
{
    return list_new(cmd->in, NULL, &input->columns) && table_new(cmd->in, false, &input->seen);
}

static bool columns_from(struct command *cmd, struct csv_input *input, const struct csv_record *record)
{
    bool unnamed = false;
    if (!start_columns(cmd, input))
        return false;
    for (size_t i = 0; i < record->count; i++)
        if (!add_column(cmd, input, field_text(record, i), record->fields[i].size, &unnamed))
            return false;
    return !unnamed || warn_unnamed(cmd);
}

static bool columns_given(struct command *cmd, struct csv_input *input, value header)
{
    bool unnamed = false;
    if (!start_columns(cmd, input))
        return false;
    for (size_t i = 0; i < header.array->count; i++)
        if (!add_column(cmd, input, value_text(header.array->items[i]),
                        header.array->items[i].string->size, &unnamed))
            return false;
    return true;
}

// --- Rows
// -----------------------------------------------------------------------------------------------------------

static bool add_type_names(struct command *cmd, struct csv_input *input, value row)
{
    value csv;
    if (input->type_name.kind != V_STRING)
        return true;
    if (!string_printf(cmd->in, &csv, "CSV:%s", value_text(input->type_name)))
        return false;
    bool ok = member_add_type_name(cmd->in, row, value_text(csv)) &&
              member_add_type_name(cmd->in, row, value_text(input->type_name));
    value_drop(csv);
    return ok;
}

static bool fill_row(struct command *cmd, struct csv_input *input, const struct csv_record *record, value row)
{
    const struct array *columns = input->columns.array;
    for (size_t i = 0; i < columns->count; i++) {
        value text = value_null;
        if (i < record->count && !string_new(cmd->in, field_text(record, i), record->fields[i].size, &text))
            return false;
        bool ok = member_add(cmd->in, row, value_text(columns->items[i]), text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return add_type_names(cmd, input, row);
}

static bool write_row(struct command *cmd, struct csv_input *input, const struct csv_record *record)
{
    value row;
    if (!custom_new(cmd->in, &row))
        return false;
    if (!fill_row(cmd, input, record, row))
        return value_drop(row), false;
    return cmd_take(cmd, row);
}

// "#TYPE Name" before the header names the type of the rows.
static bool is_type_line(struct command *cmd, struct csv_input *input, const struct csv_record *record,
                         bool *ret_is)
{
    const char *text = record->count ? field_text(record, 0) : "";
    *ret_is = strncmp(text, "#TYPE ", 6) == 0 && value_is_null(input->type_name);
    return !*ret_is || string_text(cmd->in, text + 6, &input->type_name);
}

static bool take_record(struct command *cmd, struct csv_input *input, const struct csv_record *record)
{
    bool type;
    if (csv_is_blank(record))
        return true;
    if (!value_is_null(input->columns))
        return write_row(cmd, input, record);
    if (!is_type_line(cmd, input, record, &type))
        return false;
    return type || columns_from(cmd, input, record);
}

bool csv_input_read(struct command *cmd, const struct csv_options *options, const char *text, size_t size)
{
    struct csv_input input = {0};
    struct csv_record record = {0};
    bool more = true, go_on = value_is_null(options->header) || columns_given(cmd, &input, options->header);
    struct csv_reader reader = {text, text + size, options->delimiter};
    while (go_on && more) {
        go_on = csv_next(&reader, &record, &more) || throw_memory(cmd->in);
        go_on = go_on && !cmd_stopped(cmd) && (!more || take_record(cmd, &input, &record));
    }
    csv_free(&record);
    value_drop(input.columns);
    value_drop(input.seen);
    value_drop(input.type_name);
    return go_on;
}
