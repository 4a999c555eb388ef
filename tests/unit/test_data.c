// Data files: what is read, and what is refused where with which id.
#include <criterion/criterion.h>
#include <string.h>

#include "base/buf.h"
#include "syntax/data.h"

static const struct data *read_data(const char *text, struct source **ret_source)
{
    const struct data *table = NULL;
    struct err err = {0};
    cr_assert(data_read(text, strlen(text), "x.pssc", ret_source, &table, &err), "%s: %s at %u:%u", text,
              err.id, err.line, err.column);
    return table;
}

static const struct data *value_of(const struct data *table, const char *key)
{
    const struct data_entry *entry = data_find(table, key);
    cr_assert(entry, "no key %s", key);
    return entry->value;
}

Test(data, kinds)
{
    struct source *source;
    const struct data *t =
        read_data("@{ A = 'x''y'; \"B\" = 5; c = $True\n  D =\n 'a',\n 'b'; E = $null; F = { Get-Date  }\n"
                  "G = @('p'\n'q'); 'H' = @{ I = -3; J = @() }; K = ('z'); L = 1.5; M = @(,1) # note\n"
                  "N = \"plain\"; 7 = 'number' }",
                  &source);
    cr_expect_str_eq(value_of(t, "a")->text.at, "x'y");
    cr_expect(value_of(t, "b")->number.i == 5);
    cr_expect(value_of(t, "C")->kind == DATA_BOOL && value_of(t, "C")->flag);
    cr_expect(value_of(t, "D")->array.count == 2);
    cr_expect_str_eq(value_of(t, "D")->array.items[1]->text.at, "b");
    cr_expect(value_of(t, "E")->kind == DATA_NULL);
    cr_expect(value_of(t, "F")->kind == DATA_SCRIPT);
    cr_expect(value_of(t, "F")->text.size == 11 &&
              strncmp(value_of(t, "F")->text.at, " Get-Date  ", 11) == 0);
    cr_expect(value_of(t, "G")->array.count == 2);
    cr_expect(value_of(value_of(t, "H"), "I")->number.i == -3);
    cr_expect(value_of(value_of(t, "H"), "J")->array.count == 0);
    cr_expect_str_eq(value_of(t, "K")->text.at, "z");
    cr_expect(value_of(t, "L")->number.type == NUM_F64);
    cr_expect(value_of(t, "M")->array.count == 1);
    cr_expect_str_eq(value_of(t, "N")->text.at, "plain");
    cr_expect_null(data_find(t, "O"));
    cr_expect(value_of(t, "D")->line == 3 && value_of(t, "D")->column == 2);
    source_free(source);
}

// Arrays of templates keep their shape; an array around a single array does not, as in PowerShell.
Test(data, nested_arrays)
{
    struct source *source;
    const struct data *t = read_data(
        "@{ A = @(@('a', 'b'), @('c')); B = @(@('a', 'b')); C = ,@('a'); D = 'a', ('b', 'c') }", &source);
    cr_expect(value_of(t, "A")->array.count == 2 && value_of(t, "A")->array.items[0]->array.count == 2);
    cr_expect(value_of(t, "B")->array.count == 2 && value_of(t, "B")->array.items[0]->kind == DATA_STRING);
    cr_expect(value_of(t, "C")->array.count == 1 && value_of(t, "C")->array.items[0]->kind == DATA_ARRAY);
    cr_expect(value_of(t, "D")->array.count == 2 && value_of(t, "D")->array.items[1]->kind == DATA_ARRAY);
    source_free(source);
}

static const struct {
    const char *text, *id;
    unsigned line, column;
} refused[] = {
    {"", "InvalidPSSessionConfigurationFile", 1, 1},
    {"'text'", "InvalidPSSessionConfigurationFile", 1, 1},
    {"@{}; @{}", "InvalidPSSessionConfigurationFile", 1, 6},
    {"@{ A = Get-Date }", "CmdletNotInAllowedListForDataSection", 1, 8},
    {"Get-Date\n@{}", "CmdletNotInAllowedListForDataSection", 1, 1},
    {"$t = 'a'\n@{}", "AssignmentStatementNotSupportedInDataSection", 1, 1},
    {"@{ A = $env:PATH }", "VariableReferenceNotSupportedInDataSection", 1, 8},
    {"@{ A = 1;\n B = $x }", "VariableReferenceNotSupportedInDataSection", 2, 6},
    {"@{ A = \"x $true\" }", "ExpandableStringNotSupportedInDataSection", 1, 8},
    {"@{ A = 'a' + 'b' }", "OperatorNotSupportedInDataSection", 1, 8},
    {"@{ A = -not $true }", "OperatorNotSupportedInDataSection", 1, 8},
    {"@{ A = $(1) }", "OperatorNotSupportedInDataSection", 1, 8},
    {"@{ A = $true ? 1 : 2 }", "OperatorNotSupportedInDataSection", 1, 8},
    {"@{ A = 1 && 2 }", "OperatorNotSupportedInDataSection", 1, 8},
    {"@{ A = [int]5 }", "TypeNotAllowedInDataSection", 1, 8},
    {"@{ A = [math] }", "TypeNotAllowedInDataSection", 1, 8},
    {"@{ A = 'a'.Length }", "PropertyReferenceNotSupportedInDataSection", 1, 8},
    {"@{ A = 'a'.Trim() }", "MethodCallNotSupportedInDataSection", 1, 8},
    {"@{ A = (1,2)[0] }", "ArrayReferenceNotSupportedInDataSection", 1, 8},
    {"@{ A = if ($true) { 1 } }", "FlowControlStatementNotSupportedInDataSection", 1, 8},
    {"@{ A = foreach ($x in 1) { $x } }", "ForeachStatementNotSupportedInDataSection", 1, 8},
    {"@{ A = 1 | Get-Date }", "OperatorNotSupportedInDataSection", 1, 8},
    {"@{ A = 1 > f }", "RedirectionNotSupportedInDataSection", 1, 10},
    {"@{ A = @(1; Get-Date) }", "CmdletNotInAllowedListForDataSection", 1, 13},
    {"@{ $true = 1 }", "VariableReferenceNotSupportedInDataSection", 1, 4},
    {"param($a) @{}", "InvalidScriptBlockInDataSection", 1, 1},
    {"begin { } end { @{} }", "InvalidScriptBlockInDataSection", 1, 1},
    {"using module x\n@{}", "CmdletNotInAllowedListForDataSection", 1, 1},
    {"function f { }\n@{}", "FunctionDeclarationNotSupportedInDataSection", 1, 1},
    {"@{ A = 1; a = 2 }", "DuplicateKeyInHashLiteral", 1, 11},
    {"@{ A = \"x`0y\" }", "InvalidCharacter", 1, 8},
    {"@{ A = 'x }", "TerminatorExpectedAtEndOfString", 1, 8},
};

Test(data, refused)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct source *source = NULL;
        const struct data *table;
        struct err err = {0};
        bool read = data_read(refused[i].text, strlen(refused[i].text), "x.pssc", &source, &table, &err);
        cr_expect(!read, "%s was read", refused[i].text);
        if (read) {
            source_free(source);
            continue;
        }
        cr_expect_str_eq(err.id, refused[i].id, "%s: %s", refused[i].text, err.id);
        cr_expect(err.line == refused[i].line && err.column == refused[i].column, "%s: at %u:%u",
                  refused[i].text, err.line, err.column);
        cr_expect_str_eq(err.file, "x.pssc");
    }
}

Test(data, encodings)
{
    static const char utf16[] = "\xff\xfe@\0{\0A\0=\0'\0\xe9\0'\0}\0\r\0\n";
    struct source *source;
    const struct data *table;
    struct err err;
    cr_assert(data_read(utf16, sizeof utf16, "x", &source, &table, &err));
    cr_expect_str_eq(value_of(table, "A")->text.at, "\xc3\xa9");
    source_free(source);
    cr_assert(data_read("\xef\xbb\xbf@{A='b'}", 11, "x", &source, &table, &err));
    source_free(source);
    cr_expect(!data_read("@{A='\xff'}", 8, "x", &source, &table, &err));
    cr_expect_str_eq(err.id, "FileEncoding");
}

static bool reads_table_of(unsigned keys, struct err *err)
{
    struct source *source;
    const struct data *table;
    struct buf text = BUF_INIT;
    buf_add_text(&text, "@{");
    for (unsigned i = 0; i < keys; i++)
        buf_printf(&text, "K%u = 1;", i);
    buf_add_text(&text, "}");
    bool read = data_read(buf_text(&text), text.size, "x", &source, &table, err);
    buf_free(&text);
    if (read)
        source_free(source);
    return read;
}

Test(data, keys_of_a_table_are_counted)
{
    struct err err;
    cr_expect(reads_table_of(500, &err));
    cr_expect(!reads_table_of(501, &err));
    cr_expect_str_eq(err.id, "DataFileTooManyKeys");
}
