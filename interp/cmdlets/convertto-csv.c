#include <string.h>

#include "base/utf8.h"
#include "interp/cmdlets/csv-write.h"
#include "interp/eval/interp.h"

enum { INPUT_OBJECT, DELIMITER, USE_CULTURE, INCLUDE_TYPE, NO_TYPE, QUOTE_FIELDS, USE_QUOTES, NO_HEADER };

static const char *const sets[] = {"Delimiter", "UseCulture", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, 0},
    {"Delimiter", "char", NULL, 1, 0, 1},
    {"UseCulture", "switch", NULL, PARAM_NAMED, 0, 2},
    {"IncludeTypeInformation", "switch", "ITI", PARAM_NAMED, 0, 0},
    {"NoTypeInformation", "switch", "NTI", PARAM_NAMED, 0, 0},
    {"QuoteFields", "string[]", "QF", PARAM_NAMED, 0, 0},
    {"UseQuotes", "Microsoft.PowerShell.Commands.BaseCsvWritingCommand+QuoteKind", "UQ", PARAM_NAMED, 0, 0},
    {"NoHeader", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool begin(struct command *cmd)
{
    struct csv_writer *writer = cmd->state;
    if (cmd_bound(cmd, QUOTE_FIELDS) && cmd_bound(cmd, USE_QUOTES))
        return cmd_throw(cmd, "CannotSpecifyQuoteFieldsAndUseQuotes", CAT_InvalidData, value_null,
                         "-QuoteFields and -UseQuotes exclude each other.");
    if (cmd_bound(cmd, INCLUDE_TYPE) && cmd_bound(cmd, NO_TYPE))
        return cmd_throw(cmd, "CannotSpecifyIncludeTypeInformationAndNoTypeInformation", CAT_InvalidData,
                         value_null, "-IncludeTypeInformation and -NoTypeInformation exclude each other.");
    writer->in = cmd->in;
    strcpy(writer->delimiter, ",");
    if (cmd_bound(cmd, DELIMITER))
        writer->delimiter[utf8_encode((uint32_t)cmd->arg[DELIMITER].i, writer->delimiter)] = '\0';
    writer->quotes = cmd_bound(cmd, USE_QUOTES) ? (enum csv_quotes)cmd->arg[USE_QUOTES].i : CSV_ALWAYS;
    if (cmd_bound(cmd, QUOTE_FIELDS))
        writer->quote_fields = cmd->arg[QUOTE_FIELDS];
    return true;
}

static bool write_line(struct command *cmd, struct buf *line)
{
    value text;
    bool ok = string_new(cmd->in, buf_text(line), line->size, &text);
    buf_free(line);
    return ok && cmd_take(cmd, text);
}

static bool write_type(struct command *cmd, value object)
{
    value text;
    return string_printf(cmd->in, &text, "#TYPE %s", value_type_name(object, 0)) && cmd_take(cmd, text);
}

static bool write_head(struct command *cmd, value object)
{
    struct csv_writer *writer = cmd->state;
    struct buf line = BUF_INIT;
    if (!csv_columns(writer, object))
        return false;
    if (cmd_switch(cmd, INCLUDE_TYPE) && !write_type(cmd, object))
        return false;
    if (cmd_switch(cmd, NO_HEADER))
        return true;
    if (csv_header(writer, &line))
        return write_line(cmd, &line);
    buf_free(&line);
    return false;
}

static bool process(struct command *cmd)
{
    struct csv_writer *writer = cmd->state;
    struct buf line = BUF_INIT;
    value object = cmd->arg[INPUT_OBJECT];
    if (!cmd_bound(cmd, INPUT_OBJECT) || value_is_null(object))
        return true;
    if (value_is_null(writer->columns) && !write_head(cmd, object))
        return false;
    if (csv_row(writer, object, &line))
        return write_line(cmd, &line);
    buf_free(&line);
    return false;
}

static void clean(struct command *cmd)
{
    value_drop(((struct csv_writer *)cmd->state)->columns);
}

const struct cmdlet cmdlet_convertto_csv = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct csv_writer),
    .begin = begin,
    .process = process,
    .clean = clean,
};
