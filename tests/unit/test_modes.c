// The language modes as decided over syntax: every case of tests/conformance/modes-*.tsv, one line each:
//
//   what <TAB> name <TAB> expected <TAB> text     (with \n \t \r \\ \0 in the text)
//
// what: R the RestrictedLanguage check, N the command list of NoLanguage, F the parse (data sections are
// checked there), C the parse-time part of ConstrainedLanguage. expected: ok; R: Id@line:column of the first
// violation; N: the id; otherwise Id@offset of every error, in order. `R+` compares every violation, as
// Id@offset.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "syntax/modes.h"
#include "syntax/parser.h"

struct testcase {
    char *what, *name, *expected, *text;
    size_t size;
};

static size_t unescape(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        static const char letters[] = "nt\\r0", meanings[] = "\n\t\\\r\0";
        const char *letter = *at == '\\' && at[1] ? strchr(letters, at[1]) : NULL;
        *to++ = letter ? meanings[letter - letters] : *at;
        at += letter != NULL;
    }
    *to = '\0';
    return (size_t)(to - text);
}

static bool read_case(char *line, struct testcase *ret)
{
    line[strcspn(line, "\n")] = '\0';
    if (!*line || *line == '#')
        return false;
    ret->what = strsep(&line, "\t");
    ret->name = strsep(&line, "\t");
    ret->expected = strsep(&line, "\t");
    ret->text = line;
    cr_assert(line, "malformed case: %s", ret->what);
    ret->size = unescape(line);
    return true;
}

static void add_offsets(const struct source *source, struct buf *out)
{
    for (size_t i = 0; i < source->error_count; i++)
        buf_printf(out, "%s%s@%u", i ? " " : "", source->errors[i].id, source->errors[i].start_units);
}

static void add_first(const struct source *source, struct buf *out)
{
    struct position at = source_position(source, source->errors[0].start);
    buf_printf(out, "%s@%u:%u", source->errors[0].id, at.line, at.column);
}

static void answer(const struct testcase *c, struct source *source, struct buf *out)
{
    if (c->what[0] == 'N') {
        const char *id = mode_check_command_list(source);
        buf_add_text(out, id ? id : "ok");
        if (id && !source->error_count)
            cr_expect_str_neq(mode_error_text(id), id, "%s has no text for people", id);
        return;
    }
    bool syntax = source->error_count > 0;
    if (!syntax && c->what[0] == 'R')
        mode_check_restricted(source, source->root, NULL);
    if (c->what[0] == 'C')
        mode_check_constrained(source, source->root);
    if (source->error_count == 0)
        buf_add_text(out, "ok");
    else if (c->what[0] == 'R' && c->what[1] != '+' && !syntax)
        add_first(source, out);
    else
        add_offsets(source, out);
}

static bool passes(const struct testcase *c)
{
    struct source *source;
    struct buf out = BUF_INIT;
    struct err err;
    if (parse(c->text, c->size, NULL, 0, &source, &err)) {
        answer(c, source, &out);
        source_free(source);
    } else {
        buf_add_text(&out, err.id);
    }
    bool same = strcmp(buf_text(&out), c->expected) == 0;
    if (!same)
        fprintf(stderr, "%s %s: %s\n  expected %s\n  answered %s\n", c->what, c->name, c->text, c->expected,
                buf_text(&out));
    buf_free(&out);
    return same;
}

static void run_file(const char *path, unsigned least)
{
    FILE *file = fopen(path, "re");
    cr_assert(file, "cannot open %s", path);
    char *line = NULL;
    size_t size = 0;
    unsigned failed = 0, run = 0;
    while (getline(&line, &size, file) >= 0) {
        struct testcase c;
        if (read_case(line, &c)) {
            run++;
            failed += !passes(&c);
        }
    }
    free(line);
    fclose(file);
    cr_assert(run >= least, "only %u cases in %s", run, path);
    cr_expect(failed == 0, "%u of %u cases of %s", failed, run, path);
}

Test(modes, recorded)
{
    run_file("tests/conformance/modes-recorded.tsv", 400);
}

Test(modes, own)
{
    run_file("tests/conformance/modes-own.tsv", 50);
}

// A refusal stays one when memory ends.
Test(modes, no_memory)
{
    static const char text[] = "$a = 1; [math]::PI; { $x }; $b; $c; $d; $e; $f; $g";
    for (size_t n = 1; n < 8; n++) {
        struct source *source;
        cr_assert(parse(text, sizeof text - 1, NULL, 0, &source, NULL));
        mem_fail_at(n);
        cr_expect(!mode_check_restricted(source, source->root, NULL));
        mem_fail_at(0);
        cr_expect(source->error_count > 0 && source->errors[0].id);
        source_free(source);
    }
}

Test(modes, names)
{
    enum language_mode mode = MODE_FULL;
    cr_expect(mode_from_name("nolanguage", 10, &mode) && mode == MODE_NONE);
    cr_expect(mode_from_name("3", 1, &mode) && mode == MODE_CONSTRAINED);
    cr_expect(!mode_from_name("4", 1, &mode) && !mode_from_name("None", 4, &mode) &&
              !mode_from_name("", 0, &mode));
    cr_expect_str_eq(mode_name(MODE_RESTRICTED), "RestrictedLanguage");
}

// In RestrictedLanguage and NoLanguage a gate of types is never wider than in ConstrainedLanguage.
Test(modes, gates)
{
    for (int gate = 0; gate < MODE_GATES; gate++)
        cr_expect_null(mode_gate(MODE_FULL, (enum mode_gate)gate));
    for (int gate = GATE_METHOD_CALL; gate <= GATE_WIDEN_MODE; gate++) {
        cr_expect(mode_gate(MODE_RESTRICTED, (enum mode_gate)gate));
        cr_expect(mode_gate(MODE_NONE, (enum mode_gate)gate));
    }
    cr_expect_str_eq(mode_gate(MODE_NONE, GATE_SCRIPT_TEXT), "ScriptsNotAllowed");
    cr_expect_null(mode_gate(MODE_RESTRICTED, GATE_SCRIPT_TEXT));
}
