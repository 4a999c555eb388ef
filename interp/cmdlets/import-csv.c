#include "interp/cmdlets/csv-input.h"
#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/text-file.h"
#include "interp/eval/interp.h"

enum { DELIMITER, PATH, LITERAL_PATH, USE_CULTURE, HEADER, ENCODING };
enum { DELIMITER_PATH = 1, DELIMITER_LITERAL = 2, CULTURE_PATH = 4, CULTURE_LITERAL = 8 };

static const char *const sets[] = {"DelimiterPath", "DelimiterLiteralPath", "CulturePath",
                                   "CultureLiteralPath", NULL};
static const struct param params[] = {
    {"Delimiter", "char", NULL, 1, 0, DELIMITER_PATH | DELIMITER_LITERAL},
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY,
     DELIMITER_PATH | CULTURE_PATH},
    {"LiteralPath", "string[]", "PSPath LP", PARAM_NAMED,
     PARAM_MANDATORY | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY, DELIMITER_LITERAL | CULTURE_LITERAL},
    {"UseCulture", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, CULTURE_PATH | CULTURE_LITERAL},
    {"Header", "string[]", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0,
     .rule = &encoding_rule},
    {0},
};

// Lines end in one way, also those within quotes.
static bool read_lines(struct command *cmd, const struct csv_options *options, value text)
{
    struct buf lines = {.limit = cmd->in->string_limit};
    const char *at = value_text(text);
    for (size_t i = 0; i < text.string->size; i++)
        if (at[i] != '\r' || at[i + 1] != '\n')
            buf_add_char(&lines, at[i]);
    bool ok =
        lines.failed ? throw_full(cmd->in, &lines) : csv_input_read(cmd, options, buf_text(&lines), lines.size);
    buf_free(&lines);
    return ok;
}

static bool read_path(struct command *cmd, value path)
{
    struct csv_options options;
    value text;
    csv_options_read(cmd, DELIMITER, HEADER, &options);
    if (!text_file_read(cmd, path, ENCODING, &text))
        return false;
    bool ok = read_lines(cmd, &options, text);
    return value_drop(text), ok;
}

static bool process(struct command *cmd)
{
    bool literal = !cmd_bound(cmd, PATH), ok = true;
    value names = cmd->arg[literal ? LITERAL_PATH : PATH], path;
    for (size_t i = 0; ok && names.kind == V_ARRAY && i < names.array->count; i++) {
        if (!text_file_path(cmd, names.array->items[i], literal ? TEXT_LITERAL : 0, &path))
            return false;
        ok = value_is_null(path) || read_path(cmd, path);
        value_drop(path);
    }
    return ok;
}

const struct cmdlet cmdlet_import_csv = {.params = params, .sets = sets, .process = process};
