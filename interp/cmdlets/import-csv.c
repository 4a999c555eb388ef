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
    {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0},
    {0},
};

static bool read_path(struct command *cmd, value path)
{
    struct csv_options options;
    value text;
    csv_options_read(cmd, DELIMITER, HEADER, &options);
    if (!text_file_read(cmd, path, ENCODING, &text))
        return false;
    bool ok = csv_input_read(cmd, &options, value_text(text), text.string->size);
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
