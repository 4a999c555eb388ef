#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/diagnose.h"
#include "syntax/parser.h"

static struct source *read_text(const char *text)
{
    struct source *source = NULL;
    struct err err = {0};
    cr_assert(parse(text, strlen(text), NULL, 0, &source, &err), "%s", err.id);
    return source;
}

// The tree in one line: kinds without "Ast", kids in parentheses.
static void describe(struct buf *out, const struct ast *node)
{
    if (!node) {
        buf_add_char(out, '-');
        return;
    }
    const char *name = ast_name((enum ast_kind)node->kind);
    size_t size = strlen(name);
    buf_add(out, name, size > 3 && !strcmp(name + size - 3, "Ast") ? size - 3 : size);
    if (node->text.size && node->kind != AST_BINARY_EXPRESSION)
        buf_printf(out, ":%s", node->text.at);
    for (uint32_t i = 0; i < node->count; i++) {
        buf_add_char(out, i ? ' ' : '(');
        describe(out, node->kids[i]);
    }
    if (node->count)
        buf_add_char(out, ')');
}

// Compares the only statement of the text.
static void expect_tree(const char *text, const char *want)
{
    struct source *source = read_text(text);
    struct buf out = BUF_INIT;
    cr_assert_eq(source->error_count, 0, "%s: %s", text, source->error_count ? source->errors[0].id : "");
    describe(&out, source->root->kids[SB_END]->kids[0]);
    cr_expect_str_eq(buf_text(&out), want, "%s:\n%s", text, buf_text(&out));
    buf_free(&out);
    source_free(source);
}

static void expect_value(const char *text, const char *want)
{
    char whole[512];
    snprintf(whole, sizeof whole, "Pipeline(CommandExpression(%s))", want);
    expect_tree(text, whole);
}

static void expect_error(const char *text, const char *id, unsigned units, bool incomplete)
{
    struct source *source = read_text(text);
    cr_assert(source->error_count, "%s", text);
    cr_expect_str_eq(source->errors[0].id, id);
    cr_expect_eq(source->errors[0].start_units, units);
    cr_expect_eq(source->errors[0].incomplete, incomplete);
    cr_expect(*source->errors[0].text);
    source_free(source);
}

Test(parser, commands)
{
    expect_tree(
        "Get-Item -Path a,b /x",
        "Pipeline(Command(StringConstantExpression:Get-Item CommandParameter:Path(-) "
        "ArrayLiteral(StringConstantExpression:a StringConstantExpression:b) StringConstantExpression:/x))");
    expect_tree("a -b:1 | c",
                "Pipeline(Command(StringConstantExpression:a CommandParameter:b(ConstantExpression:1)) "
                "Command(StringConstantExpression:c))");
    expect_tree("a 2>&1 > f", "Pipeline(Command(StringConstantExpression:a MergingRedirection "
                "FileRedirection(StringConstantExpression:f)))");
    expect_tree("cmd --% a b | c",
                "Pipeline(Command(StringConstantExpression:cmd StringConstantExpression:--% "
                "StringConstantExpression:a b ) Command(StringConstantExpression:c))");
    expect_tree(
        "a && b || c",
        "PipelineChain(PipelineChain(Pipeline(Command(StringConstantExpression:a)) "
        "Pipeline(Command(StringConstantExpression:b))) Pipeline(Command(StringConstantExpression:c)))");
}

Test(parser, precedence)
{
    expect_value(
        "1+2*3",
        "BinaryExpression(ConstantExpression:1 BinaryExpression(ConstantExpression:2 ConstantExpression:3))");
    expect_value(
        "1-2-3",
        "BinaryExpression(BinaryExpression(ConstantExpression:1 ConstantExpression:2) ConstantExpression:3)");
    expect_value(
        "1,2+3",
        "BinaryExpression(ArrayLiteral(ConstantExpression:1 ConstantExpression:2) ConstantExpression:3)");
    expect_value("-not 1 -eq 2",
                 "BinaryExpression(UnaryExpression(ConstantExpression:1) ConstantExpression:2)");
    expect_value("[int]'3' + 1", "BinaryExpression(ConvertExpression(TypeConstraint(TypeName:int) "
                 "StringConstantExpression:3) ConstantExpression:1)");
    expect_value("1 ? 2 : 3",
                 "TernaryExpression(ConstantExpression:1 ConstantExpression:2 ConstantExpression:3)");
    expect_value("-1", "ConstantExpression:-1");
}

Test(parser, members)
{
    expect_value(
        "$a.b[0].c(1)",
        "InvokeMemberExpression(IndexExpression(MemberExpression(VariableExpression:a "
        "StringConstantExpression:b) ConstantExpression:0) StringConstantExpression:c ConstantExpression:1)");
    expect_value("[a.b[c]]::d",
                 "MemberExpression(TypeExpression(TypeName:a.b(TypeName:c)) StringConstantExpression:d)");
    expect_value("${a}?.b", "MemberExpression(VariableExpression:a StringConstantExpression:b)");
    expect_value("$using:a.b",
                 "UsingExpression(MemberExpression(VariableExpression:a StringConstantExpression:b))");
}

Test(parser, expandable_strings_have_their_literal_parts)
{
    struct source *source = read_text("\"a`t$b-$(1)z\"");
    const struct ast *string = source->root->kids[SB_END]->kids[0]->kids[0]->kids[0];
    cr_assert_eq(string->kind, AST_EXPANDABLE_STRING_EXPRESSION);
    cr_assert_eq(string->count, 2);
    cr_assert_str_eq(string->parts[0].at, "a\t");
    cr_assert_str_eq(string->parts[1].at, "-");
    cr_assert_str_eq(string->parts[2].at, "z");
    cr_assert_eq(string->kids[1]->kind, AST_SUB_EXPRESSION);
    cr_assert_eq(string->kids[1]->start, 7);
    source_free(source);
}

Test(parser, doubled_quotes_inside_of_a_subexpression_keep_their_places)
{
    struct source *source = read_text("\"$(\"\"a\"\" + 1)\"");
    const struct ast *string = source->root->kids[SB_END]->kids[0]->kids[0]->kids[0];
    const struct ast *sum = string->kids[0]->kids[0]->kids[0]->kids[0]->kids[0];
    cr_assert_eq(source->error_count, 0);
    cr_assert_eq(sum->kind, AST_BINARY_EXPRESSION);
    cr_assert_str_eq(sum->kids[0]->text.at, "a");
    cr_assert_eq(sum->kids[1]->start, 11);
    source_free(source);
}

Test(parser, typographic_characters_count_as_plain_ones)
{
    expect_value("\xE2\x80\x98" "a\xE2\x80\x99", "StringConstantExpression:a");
    expect_value("1 \xE2\x80\x93" "eq 2", "BinaryExpression(ConstantExpression:1 ConstantExpression:2)");
}

Test(parser, positions_are_those_of_utf16)
{
    struct source *source = read_text("'\xF0\x9F\x98\x80'\r\n  x )");
    struct position at = source_position(source, source->errors[0].start);
    cr_assert_eq(at.line, 2);
    cr_assert_eq(at.column, 5);
    cr_assert_eq(at.units, 10);
    cr_assert_eq(source->errors[0].start_units, 10);
    source_free(source);
}

Test(parser, incomplete_input_is_told_from_wrong_input)
{
    expect_error("if (1", "MissingEndParenthesisAfterStatement", 6, true);
    expect_error("{ 1", "MissingEndCurlyBrace", 0, true);
    expect_error("'a", "TerminatorExpectedAtEndOfString", 0, true);
    expect_error("1 +", "ExpectedValueExpression", 3, true);
    expect_error("a |", "EmptyPipeElement", 3, true);
    expect_error("@{ a = 1", "MissingEndCurlyBrace", 2, true);
    expect_error("1 2", "UnexpectedToken", 2, false);
    expect_error("a | )", "EmptyPipeElement", 3, false);
}

Test(parser, statements_in_error_do_not_hide_what_follows)
{
    struct source *source = read_text("if 1\nwhile { }\n1 2");
    cr_assert_eq(source->error_count, 3);
    cr_assert_str_eq(source->errors[0].id, "MissingOpenParenthesisInIfStatement");
    cr_assert_str_eq(source->errors[1].id, "MissingOpenParenthesisAfterKeyword");
    cr_assert_str_eq(source->errors[2].id, "UnexpectedToken");
    source_free(source);
}

Test(parser, checks_after_the_grammar)
{
    expect_error("@{ a = 1; 'A' = 2 }", "DuplicateKeyInHashLiteral", 10, false);
    expect_error("@{ 1 = 1; '1' = 2 }", "DuplicateKeyInHashLiteral", 10, false);
    expect_error("function f($a, $A) { }", "DuplicateFormalParameter", 15, false);
    expect_error("try { } catch { } catch [E] { }", "EmptyCatchNotLast", 17, false);
    expect_error("${a}?.b = 1", "InvalidLeftHandSide", 0, false);
}

static void expect_fatal(const char *unit, size_t count, const char *id)
{
    struct buf text = BUF_INIT;
    struct source *source;
    struct err err = {0};
    for (size_t i = 0; i < count; i++)
        buf_add_text(&text, unit);
    cr_assert_not(parse(buf_text(&text), text.size, NULL, 0, &source, &err), "%s", unit);
    cr_assert_str_eq(err.id, id);
    buf_free(&text);
}

Test(parser, limits)
{
    expect_fatal("(", LIMIT_NESTING, "ParserNestingTooDeep");
    expect_fatal("1+", LIMIT_NESTING, "ParserNestingTooDeep");
    expect_fatal("[a]", LIMIT_NESTING, "ParserNestingTooDeep");
    expect_fatal("{[a({", 60, "ScriptTooComplicated");
    expect_fatal("                ", LIMIT_BYTES / 16 + 1, "ScriptTooLarge");
    struct buf text = BUF_INIT;
    for (int i = 0; i < 2 * LIMIT_ERRORS; i++)
        buf_add_text(&text, "1 2\n");
    struct source *source = read_text(buf_text(&text));
    cr_assert_eq(source->error_count, LIMIT_ERRORS);
    source_free(source);
    buf_free(&text);
}

Test(parser, every_failed_allocation_is_an_error_and_leaks_nothing)
{
    static const char text[] =
        "class C { [int] M($a) { return \"$a$(1,2)${b}\" } }; @{ a = 1 } | % { $_.a[0](1n) } > f 2>&1; '1' 2";
    size_t before = mem_used();
    bool done = false;
    for (size_t n = 1; !done && n < 10000; n++) {
        struct source *source;
        struct err err = {0};
        mem_fail_at(n);
        done = parse(text, sizeof text - 1, "name", 0, &source, &err);
        mem_fail_at(0);
        if (done)
            source_free(source);
        else
            cr_assert_str_eq(err.id, "OutOfMemory");
        cr_assert_eq(mem_used(), before);
    }
    cr_assert(done);
}

static void expect_decoded(const char *bytes, size_t size, const char *want)
{
    char *text;
    size_t length;
    struct err err = {0};
    cr_assert(source_decode(bytes, size, &text, &length, &err), "%s", err.text);
    cr_assert_str_eq(text, want);
    cr_assert_eq(length, strlen(want));
    mem_free(text, length + 1);
}

Test(source, decodes_what_powershell_decodes)
{
    char *text;
    size_t length;
    struct err err = {0};
    expect_decoded("a\xC3\xA9", 3, "a\xC3\xA9");
    expect_decoded("\xEF\xBB\xBF" "a", 4, "a");
    expect_decoded("\xFF\xFE" "a\0\x3D\xD8\0\xDE", 8, "a\xF0\x9F\x98\x80");
    expect_decoded("\xFE\xFF\0a", 4, "a");
    expect_decoded("\xFF\xFE\0\0a\0\0\0", 8, "a");
    expect_decoded("\0\0\xFE\xFF\0\0\0a", 8, "a");
    expect_decoded("", 0, "");
    cr_assert_not(source_decode("\xFF\xFE" "a", 3, &text, &length, &err));
    cr_assert_str_eq(err.id, "FileEncoding");
    cr_assert_not(source_decode("\xFF\xFE\0\xDC", 4, &text, &length, &err));
    cr_assert_not(source_decode("\xC3", 1, &text, &length, &err));
}
