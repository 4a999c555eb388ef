// #requires lines: each is read as the command that it looks like; what follows that command is not looked at.
#include <string.h>

#include "base/utf8.h"
#include "syntax/check-internal.h"
#include "syntax/parser.h"

enum parameter { VERSION, EDITION, MODULES, SHELL, SNAPIN, ADMINISTRATOR, ASSEMBLY, PARAMETERS };

static const char *const names[PARAMETERS] = {"version",  "psedition",          "modules", "shellid",
                                              "pssnapin", "runasadministrator", "assembly"};

struct line {
    struct check *check;
    uint32_t base; // of the line's text in the source
    unsigned given;
};

static void complain_at(struct line *line, const struct ast *node, enum parse_error_id id)
{
    diagnose(line->check->source, (struct extent){line->base + node->start, line->base + node->end}, id,
             false);
}

static enum parameter find(struct ast_text name)
{
    for (int i = 0; i < PARAMETERS; i++)
        if (name.size && name.size <= strlen(names[i]) &&
            utf8_same_ignore_case(name.at, name.size, names[i], name.size))
            return (enum parameter)i;
    return PARAMETERS;
}

static bool is_version(const struct ast *node)
{
    const char *at = node->text.at, *end = at + node->text.size;
    int parts = 0;
    for (;;) {
        const char *digits = at;
        while (at < end && *at >= '0' && *at <= '9')
            at++;
        if (at == digits || ++parts > 4)
            return false;
        if (at == end)
            return true;
        if (*at++ != '.')
            return false;
    }
}

// An array, or a table: its values are pipelines, its keys are not.
static bool is_constant(const struct ast *node)
{
    if (node && node->kind == AST_PIPELINE)
        node = pure_expression(node);
    if (!node)
        return false;
    if (node->kind == AST_ARRAY_LITERAL || node->kind == AST_HASHTABLE) {
        for (uint32_t i = 0; i < node->count; i++)
            if (!is_constant(node->kids[i]))
                return false;
        return true;
    }
    return node->kind == AST_CONSTANT_EXPRESSION || node->kind == AST_STRING_CONSTANT_EXPRESSION;
}

static bool has_key(const struct ast *table, const char *name)
{
    for (uint32_t i = 0; i + 1 < table->count; i += 2)
        if (table->kids[i]->kind == AST_STRING_CONSTANT_EXPRESSION && same_name(table->kids[i]->text, name))
            return true;
    return false;
}

static bool is_module(const struct ast *node)
{
    if (node->kind == AST_ARRAY_LITERAL) {
        for (uint32_t i = 0; i < node->count; i++)
            if (!is_module(node->kids[i]))
                return false;
        return true;
    }
    return node->kind != AST_HASHTABLE || (has_key(node, "ModuleName") && (has_key(node, "ModuleVersion") ||
                                                                           has_key(node, "RequiredVersion") ||
                                                                           has_key(node, "MaximumVersion")));
}

static bool is_edition(const struct ast *node)
{
    return node->kind == AST_STRING_CONSTANT_EXPRESSION &&
           (same_name(node->text, "Core") || same_name(node->text, "Desktop"));
}

static void check_value(struct line *line, enum parameter parameter, const struct ast *node)
{
    if (!is_constant(node))
        complain_at(line, node, PE_RequiresArgumentMustBeConstant);
    else if (parameter == VERSION &&
             (node->kind == AST_ARRAY_LITERAL || node->kind == AST_HASHTABLE || !is_version(node)))
        complain_at(line, node, PE_RequiresVersionInvalid);
    else if (parameter == EDITION && !is_edition(node))
        complain_at(line, node, PE_RequiresPSEditionInvalid);
    else if (parameter == MODULES && !is_module(node))
        complain_at(line, node, PE_RequiresModuleInvalid);
}

static void check_parameter(struct line *line, const struct ast *node, const struct ast *value)
{
    enum parameter parameter = find(node->text);
    if (parameter == ADMINISTRATOR && value)
        complain_at(line, node, PE_ParameterCannotHaveArgument);
    else if (parameter != ADMINISTRATOR && !value)
        complain_at(line, node, PE_ParameterRequiresArgument);
    else if (parameter == PARAMETERS)
        complain_at(line, node, PE_ScriptRequiresInvalidFormat);
    else if (line->given >> parameter & 1)
        complain_at(line, node, PE_ParameterAlreadyBound);
    else if (value)
        check_value(line, parameter, value);
    if (parameter != PARAMETERS)
        line->given |= 1u << parameter;
}

static void check_command(struct line *line, const struct ast *command)
{
    for (uint32_t i = 1; i < command->count; i++) {
        const struct ast *node = command->kids[i], *value = NULL;
        if (node->kind != AST_COMMAND_PARAMETER) {
            complain_at(line, node, PE_ScriptRequiresInvalidFormat);
            return;
        }
        if (node->count && node->kids[ONLY])
            value = node->kids[ONLY];
        else if (i + 1 < command->count && command->kids[i + 1]->kind != AST_COMMAND_PARAMETER)
            value = command->kids[++i];
        size_t errors = line->check->source->error_count;
        check_parameter(line, node, value);
        if (line->check->source->error_count != errors)
            return;
    }
}

static const struct ast *first_command(const struct source *source)
{
    const struct ast *end = source->root ? source->root->kids[SB_END] : NULL;
    const struct ast *pipeline = end && end->count ? end->kids[0] : NULL;
    bool found = pipeline && pipeline->kind == AST_PIPELINE && pipeline->kids[0]->kind == AST_COMMAND;
    return found ? pipeline->kids[0] : NULL;
}

void check_requires(struct check *check)
{
    struct source *whole = check->source;
    for (unsigned i = 0; i < whole->require_count; i++) {
        struct requirement *requirement = &whole->requirements[i];
        struct line line = {check, requirement->start + 1, 0}; // without the #
        const char *text = whole->text + line.base;
        struct source *part;
        struct err err = {0};
        if (!parse(text, strcspn(text, "\r\n"), NULL, PARSE_GRAMMAR_ONLY, &part, &err))
            continue;
        const struct ast *command = first_command(part);
        if (command) {
            requirement->end = line.base + command->end;
            check_command(&line, command);
        }
        source_free(part);
    }
}
