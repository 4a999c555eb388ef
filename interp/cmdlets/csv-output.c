#include "interp/cmdlets/csv-output.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"

const char *const csv_output_sets[] = {"Delimiter", "UseCulture", NULL};

static bool contradict(struct command *cmd, unsigned first)
{
    if (cmd_bound(cmd, first + CSV_QUOTE_FIELDS) && cmd_bound(cmd, first + CSV_USE_QUOTES))
        return cmd_throw(cmd, "CannotSpecifyQuoteFieldsAndUseQuotes", CAT_InvalidData, value_null,
                         "-QuoteFields and -UseQuotes exclude each other.");
    if (cmd_bound(cmd, first + CSV_INCLUDE_TYPE) && cmd_bound(cmd, first + CSV_NO_TYPE))
        return cmd_throw(cmd, "CannotSpecifyIncludeTypeInformationAndNoTypeInformation", CAT_InvalidData,
                         value_null, "-IncludeTypeInformation and -NoTypeInformation exclude each other.");
    return true;
}

bool csv_output_begin(struct command *cmd, struct csv_output *out)
{
    struct csv_writer *writer = &out->writer;
    const value *arg = cmd->arg + out->first;
    if (!contradict(cmd, out->first))
        return false;
    writer->in = cmd->in;
    strcpy(writer->delimiter, ",");
    if (cmd_bound(cmd, out->first + CSV_DELIMITER))
        writer->delimiter[utf8_encode((uint32_t)arg[CSV_DELIMITER].i, writer->delimiter)] = '\0';
    writer->quotes =
        cmd_bound(cmd, out->first + CSV_USE_QUOTES) ? (enum csv_quotes)arg[CSV_USE_QUOTES].i : CSV_ALWAYS;
    if (cmd_bound(cmd, out->first + CSV_QUOTE_FIELDS))
        writer->quote_fields = arg[CSV_QUOTE_FIELDS];
    return true;
}

static bool put_type(struct command *cmd, struct csv_output *out, value object)
{
    struct buf line = BUF_INIT;
    buf_printf(&line, "#TYPE %s", value_type_name(object, 0));
    bool ok = line.failed ? throw_full(cmd->in, &line) : out->put(cmd, buf_text(&line), line.size);
    buf_free(&line);
    return ok;
}

static bool put_head(struct command *cmd, struct csv_output *out, value object)
{
    struct buf line = BUF_INIT;
    if (!csv_columns(&out->writer, object) ||
        (cmd_switch(cmd, out->first + CSV_INCLUDE_TYPE) && !put_type(cmd, out, object)))
        return false;
    bool ok = cmd_switch(cmd, out->first + CSV_NO_HEADER) ||
              (csv_header(&out->writer, &line) && out->put(cmd, buf_text(&line), line.size));
    buf_free(&line);
    return ok;
}

bool csv_output_add(struct command *cmd, struct csv_output *out, value object)
{
    struct buf line = BUF_INIT;
    if (value_is_null(out->writer.columns) && !put_head(cmd, out, object))
        return false;
    bool ok = csv_row(&out->writer, object, &line) && out->put(cmd, buf_text(&line), line.size);
    buf_free(&line);
    return ok;
}

void csv_output_free(struct csv_output *out)
{
    value_drop(out->writer.columns);
}
