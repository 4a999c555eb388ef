#include "syntax/modes.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/modes-internal.h"

// ---- names ----

static const char *const mode_names[] = {
    [MODE_FULL] = "FullLanguage",
    [MODE_RESTRICTED] = "RestrictedLanguage",
    [MODE_NONE] = "NoLanguage",
    [MODE_CONSTRAINED] = "ConstrainedLanguage",
};

const char *mode_name(enum language_mode mode)
{
    return mode_names[mode];
}

bool mode_from_name(const char *name, size_t size, enum language_mode *ret_mode)
{
    for (unsigned mode = MODE_FULL; mode <= MODE_CONSTRAINED; mode++) {
        const char *known = mode_names[mode];
        bool number = size == 1 && name[0] == (char)('0' + mode);
        if (number || utf8_same_ignore_case(known, strlen(known), name, size)) {
            *ret_mode = (enum language_mode)mode;
            return true;
        }
    }
    return false;
}

enum language_mode mode_narrower(enum language_mode one, enum language_mode other)
{
    static const unsigned char strictness[] = {
        [MODE_FULL] = 0, [MODE_CONSTRAINED] = 1, [MODE_RESTRICTED] = 2, [MODE_NONE] = 3};
    return strictness[one] >= strictness[other] ? one : other;
}

// ---- gates ----

#define NODE(kind, restricted, constrained)
#define GATE(name, full, restricted, none, constrained) [GATE_##name] = {full, restricted, none, constrained},
static const char *const gates[MODE_GATES][4] = {
#include "syntax/modes.def"
};
#undef GATE
#undef NODE

const char *mode_gate(enum language_mode mode, enum mode_gate gate)
{
    return gates[gate][mode];
}

// ---- the check of a text ----

struct found {
    const char *id;
    uint32_t start, end;
};

enum { RESTRICTED_COLUMN, CONSTRAINED_COLUMN };

struct check {
    const struct source *source;
    const struct ast *root;
    const struct mode_allow *allow;
    unsigned column; // of the table
    struct found *found;
    size_t count, capacity;
    bool failed; // out of memory
};

struct rule {
    const char *id;                                           // refused, always
    void (*ask)(struct check *check, const struct ast *node); // refused where this reports something
};

static bool found_before(const struct check *check, const char *id, uint32_t start, uint32_t end)
{
    for (size_t i = 0; i < check->count; i++)
        if (check->found[i].start == start && check->found[i].end == end &&
            strcmp(check->found[i].id, id) == 0)
            return true;
    return false;
}

static bool found_grow(struct check *check)
{
    if (check->count < check->capacity)
        return true;
    struct found *found = mem_grow(check->found, &check->capacity, 8, sizeof *found);
    if (!found)
        return false;
    check->found = found;
    return true;
}

// PowerShell reports an id once for one place.
static void report(struct check *check, const char *id, uint32_t start, uint32_t end)
{
    if (found_before(check, id, start, end))
        return;
    if (found_grow(check))
        check->found[check->count++] = (struct found){id, start, end};
    else
        check->failed = true;
}

static void report_node(struct check *check, const char *id, const struct ast *node)
{
    report(check, id, node->start, node->end);
}

// ---- questions of the table ----

static void ask_type(struct check *check, const struct ast *node)
{
    if (!mode_type_is_simple(node->kids[ONLY], check->source->root))
        report_node(check, "TypeNotAllowedInDataSection", node);
}

static void ask_definition(struct check *check, const struct ast *node)
{
    if (node->op == TOK_CLASS)
        report_node(check, "ClassesNotAllowedInConstrainedLanguage", node);
}

// A module or assembly would bring code that nobody checks.
static void ask_using(struct check *check, const struct ast *node)
{
    if (node->op != TOK_NAMESPACE)
        report_node(check, "CmdletNotInAllowedListForDataSection", node);
}

// White space and comments between a node and the operator behind it. Other characters than ASCII and the
// dashes are white space there, or the text would not have been parsed.
static uint32_t skip_trivia(const struct source *source, uint32_t at)
{
    const char *text = source->text;
    while (at < source->size) {
        size_t size;
        uint32_t c = utf8_decode(text + at, source->size - at, &size);
        if (c == '<' && text[at + 1] == '#') {
            const char *close = strstr(text + at, "#>");
            at = close ? (uint32_t)(close - text) + 2 : (uint32_t)source->size;
        } else if (c <= ' ' || c == '`' || (c > 0x7f && (c < 0x2013 || c > 0x2015))) {
            at += (uint32_t)size;
        } else {
            break;
        }
    }
    return at;
}

// A job would be a new process with a mode of its own.
static void ask_background(struct check *check, const struct ast *node)
{
    if (!(node->flags & NODE_BACKGROUND))
        return;
    const struct ast *last = node->count ? node->kids[node->count - 1] : node;
    uint32_t at = skip_trivia(check->source, last->end);
    report(check, "OperatorNotSupportedInDataSection", at, at + 1);
}

static bool in_list(const char *const *list, size_t count, const char *text, size_t size)
{
    for (size_t i = 0; i < count; i++)
        if (utf8_same_ignore_case(list[i], strlen(list[i]), text, size))
            return true;
    return false;
}

static bool is_redirection(const struct ast *node)
{
    return node->kind == AST_FILE_REDIRECTION || node->kind == AST_MERGING_REDIRECTION;
}

const struct ast *mode_command_name(const struct ast *command)
{
    for (uint32_t i = 0; i < command->count; i++)
        if (!is_redirection(command->kids[i]))
            return command->kids[i];
    return NULL;
}

static void ask_command(struct check *check, const struct ast *node)
{
    const struct mode_allow *allow = check->allow;
    const struct ast *name = mode_command_name(node);
    bool constant = name && name->kind == AST_STRING_CONSTANT_EXPRESSION;
    if (node->op == TOK_DOT)
        report_node(check, "DotSourcingNotSupportedInDataSection", node);
    else if (!allow || !allow->commands)
        return;
    else if (!constant && node->op == TOK_AMPERSAND)
        report_node(check, "OperatorNotSupportedInDataSection", node);
    else if (!constant || !in_list(allow->commands, allow->command_count, name->text.at, name->text.size))
        report_node(check, "CmdletNotInAllowedListForDataSection", node);
}

static void ask_binary(struct check *check, const struct ast *node)
{
    if (!(token_flags((enum token_kind)node->op) & TF_RESTRICTED))
        return;
    uint32_t at = skip_trivia(check->source, node->kids[LEFT]->end);
    report(check, "OperatorNotSupportedInDataSection", at,
           at + (uint32_t)strlen(token_text((enum token_kind)node->op)));
}

static void ask_unary(struct check *check, const struct ast *node)
{
    if (token_flags((enum token_kind)node->op) & TF_RESTRICTED)
        report_node(check, "OperatorNotSupportedInDataSection", node);
}

static bool has_prefix(struct ast_text text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size >= size && utf8_same_ignore_case(text.at, size, prefix, size);
}

static bool variable_allowed(const struct mode_allow *allow, struct ast_text path)
{
    static const char *const usual[] = {"PSCulture", "PSUICulture", "true", "false", "null"};
    const char *const *list = allow && allow->variables ? allow->variables : usual;
    size_t count = allow && allow->variables ? allow->variable_count : sizeof usual / sizeof *usual;
    if (count == 1 && strcmp(list[0], "*") == 0)
        return true;
    if (allow && allow->environment && has_prefix(path, "env:"))
        return true;
    return in_list(list, count, path.at, path.size);
}

static void ask_variable(struct check *check, const struct ast *node)
{
    struct ast_text path = node->text;
    if (node->parent && node->parent->kind == AST_USING_EXPRESSION && has_prefix(path, "using:"))
        path = (struct ast_text){path.at + strlen("using:"), path.size - strlen("using:")};
    if (!variable_allowed(check->allow, path))
        report_node(check, "VariableReferenceNotSupportedInDataSection", node);
}

// ---- the table, and the walk ----

#define YES                                                                                                  \
    {                                                                                                        \
        NULL, NULL                                                                                           \
    }
#define NO(id)                                                                                               \
    {                                                                                                        \
#id, NULL                                                                                            \
    }
#define ASK(question)                                                                                        \
    {                                                                                                        \
        NULL, ask_##question                                                                                 \
    }
#define NODE(kind, restricted, constrained) [AST_##kind] = {restricted, constrained},
#define GATE(name, full, restricted, none, constrained)
static const struct rule rules[AST_KINDS][2] = {
#include "syntax/modes.def"
};
#undef GATE
#undef NODE

// A row for every kind of node: a kind without one would be permitted by silence.
#define NODE(kind, restricted, constrained) +1
#define GATE(name, full, restricted, none, constrained)
static_assert(0
#include "syntax/modes.def"
                  == AST_KINDS,
              "modes.def has one row for each row of ast.def");
#undef GATE
#undef NODE

const char *mode_restricted_id(enum ast_kind kind)
{
    return rules[kind][RESTRICTED_COLUMN].id;
}

static void judge(struct check *check, const struct ast *node)
{
    const struct rule *rule = &rules[node->kind][check->column];
    if (rule->id)
        report_node(check, rule->id, node);
    else if (rule->ask)
        rule->ask(check, node);
}

unsigned mode_kid_rank(const struct ast *parent, uint32_t kid)
{
    const struct ast *node = parent->kids[kid];
    switch (parent->kind) {
    case AST_COMMAND:
        return node && is_redirection(node);
    case AST_NAMED_BLOCK:
    case AST_STATEMENT_BLOCK:
        return node && node->kind != AST_TRAP_STATEMENT;
    case AST_SWITCH_STATEMENT:
        return kid == SWITCH_CONDITION ? 0 : kid == SWITCH_DEFAULT ? 2 : 1;
    case AST_TRY_STATEMENT:
        return kid == TRY_BODY ? 0 : kid == TRY_FINALLY ? 2 : 1;
    case AST_CATCH_CLAUSE:
        return kid == CATCH_BODY;
    case AST_FUNCTION_DEFINITION:
        return kid == FUNC_BODY;
    case AST_SCRIPT_BLOCK:
        return kid < SB_REST;
    default:
        return 0;
    }
}

static void visit(struct check *check, const struct ast *node);

static void visit_kids(struct check *check, const struct ast *node)
{
    for (unsigned rank = 0; rank < MODE_RANKS; rank++)
        for (uint32_t i = 0; i < node->count; i++)
            if (node->kids[i] && mode_kid_rank(node, i) == rank)
                visit(check, node->kids[i]);
}

static void visit(struct check *check, const struct ast *node)
{
    judge(check, node);
    visit_kids(check, node);
}

// Of a text as a whole only what stands outside of all blocks, or in the end block, may be there.
static void visit_text(struct check *check, const struct ast *root)
{
    static const uint8_t refused[] = {SB_BEGIN, SB_PROCESS, SB_PARAM, SB_DYNAMICPARAM, SB_CLEAN};
    for (size_t i = 0; i < sizeof refused; i++) {
        if (root->kids[refused[i]]) {
            report_node(check, "InvalidScriptBlockInDataSection", root->kids[refused[i]]);
            break;
        }
    }
    for (uint32_t i = SB_REST; i < root->count; i++)
        visit(check, root->kids[i]);
    if (root->kids[SB_END])
        visit_kids(check, root->kids[SB_END]);
}

// ---- results ----

const char *mode_error_text(const char *id)
{
    static const struct {
        const char *id, *text;
    } texts[] = {
#define MODE_ERROR(id, text) {#id, text},
#include "syntax/mode-errors.def"
#undef MODE_ERROR
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].id, id) == 0)
            return texts[i].text;
    return id;
}

static struct parse_error as_error(const struct source *source, const struct found *found)
{
    return (struct parse_error){
        .id = found->id,
        .start = found->start,
        .end = found->end,
        .start_units = source_position(source, found->start).units,
        .text = mode_error_text(found->id),
    };
}

static struct parse_error *room_for(const struct check *check, struct source *source)
{
    size_t total = source->error_count + check->count;
    return arena_new(&source->arena, total * sizeof(struct parse_error) + 1);
}

static void append(const struct check *check, struct source *source, struct parse_error *errors)
{
    if (source->error_count)
        memcpy(errors, source->errors, source->error_count * sizeof *errors);
    for (size_t i = 0; i < check->count; i++)
        errors[source->error_count + i] = as_error(source, &check->found[i]);
}

// Both lists are in the order of the text.
static void merge(const struct check *check, struct source *source, struct parse_error *errors)
{
    size_t ours = 0, theirs = 0;
    for (size_t i = 0; i < check->count + source->error_count; i++) {
        bool take = theirs == source->error_count ||
                    (ours < check->count && check->found[ours].start <= source->errors[theirs].start);
        errors[i] = take ? as_error(source, &check->found[ours++]) : source->errors[theirs++];
    }
}

// A refusal that cannot be written down for want of memory is still one.
static void deliver_without_memory(struct source *source)
{
    if (source->error_count)
        return;
    source->no_memory =
        (struct parse_error){.id = "OutOfMemory", .text = "no memory left to check this text"};
    source->errors = &source->no_memory;
    source->error_count = source->error_capacity = 1;
}

static bool deliver(struct check *check, struct source *source)
{
    bool clean = check->count == 0 && !check->failed;
    struct parse_error *errors = clean || check->failed ? NULL : room_for(check, source);
    if (errors) {
        (check->column == RESTRICTED_COLUMN ? append : merge)(check, source, errors);
        source->errors = errors;
        source->error_count = source->error_capacity = source->error_count + check->count;
    } else if (!clean) {
        deliver_without_memory(source);
    }
    mem_free(check->found, check->capacity * sizeof *check->found);
    return clean;
}

bool mode_check_restricted(struct source *source, const struct ast *root, const struct mode_allow *allow)
{
    struct check check = {.source = source, .root = root, .allow = allow, .column = RESTRICTED_COLUMN};
    if (root->kind == AST_SCRIPT_BLOCK)
        visit_text(&check, root);
    else
        visit_kids(&check, root);
    return deliver(&check, source);
}

// A configuration leaves no node behind, only its error at the name; the keyword stands before it.
static void find_configurations(struct check *check)
{
    static const char keyword[] = "configuration";
    const struct source *source = check->source;
    for (size_t i = 0; i < source->error_count; i++) {
        uint32_t at = source->errors[i].start;
        if (strcmp(source->errors[i].id, "ParserError") != 0 || at > source->size)
            continue;
        while (at && strchr(" \t\r\n", source->text[at - 1]))
            at--;
        uint32_t start = at - (uint32_t)strlen(keyword);
        if (at >= strlen(keyword) &&
            utf8_same_ignore_case(source->text + start, strlen(keyword), keyword, strlen(keyword)))
            report(check, "ConfigurationNotAllowedInConstrainedLanguage", start, at);
    }
}

bool mode_check_constrained(struct source *source, const struct ast *root)
{
    struct check check = {.source = source, .root = root, .column = CONSTRAINED_COLUMN};
    find_configurations(&check);
    visit(&check, root);
    return deliver(&check, source);
}
