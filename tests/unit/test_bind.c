#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"

// One made-up command stands in Write-Output's row; it writes what was bound.
static const struct param params[] = {
    {"Name", "string", "N Alias", 0, PARAM_PROPERTY, 1},
    {"Id", "int", NULL, 0, PARAM_PIPELINE, 2, .min = 1, .max = 9},
    {"Color", "string[]", NULL, 1, .set_values = "red|green", .max_count = 2},
    {"Force", "switch", NULL, PARAM_NAMED},
    {"Fold", "bool", NULL, PARAM_NAMED},
    {"Pattern", "string", NULL, PARAM_NAMED, .pattern = "[a-c]+"},
    {"Must", "string", NULL, PARAM_NAMED, PARAM_MANDATORY, 4},
    {0},
};
static const char *const sets[] = {"ByName", "ById", "Third", NULL};

static bool process(struct command *cmd)
{
    struct buf out = BUF_INIT;
    value v;
    buf_printf(&out, "%u:", cmd->set);
    for (unsigned i = 0; params[i].name; i++) {
        if (!cmd_bound(cmd, i))
            continue;
        buf_printf(&out, " %s=", params[i].name);
        value_add_string(cmd->in, &out, cmd->arg[i]);
    }
    bool ok = string_new(cmd->in, buf_text(&out), out.size, &v) && cmd_take(cmd, v);
    buf_free(&out);
    return ok;
}

static const struct cmdlet command = {.params = params, .sets = sets, .process = process, .properties = CMDLET_SHOULD_PROCESS};
static const struct cmdlet *cmdlets[CMDLETS];
static const struct provider *providers[PROVIDERS];
static struct visible_command visible = {.name = "Test-It", .id = CMDLET_write_output, .visible = true};
static struct session session;
static struct interp in;
static struct buf output;
static char last_error[128];
static unsigned last_column;

static bool write_host(void *context, int fd, const char *bytes, size_t size)
{
    (void)context, (void)fd;
    return buf_add(&output, bytes, size);
}

static bool report(void *context, struct interp *interp, enum stream stream, value record)
{
    (void)context, (void)interp;
    if (stream != STREAM_ERROR)
        return true;
    snprintf(last_error, sizeof last_error, "%s", value_text(record.error->id));
    last_column = record.error->column;
    return true;
}

static const struct host host = {.write = write_host, .report = report};

static void start(void)
{
    struct err err;
    cmdlets[CMDLET_write_output] = &command;
    session = (struct session){.mode = MODE_RESTRICTED, .commands = &visible, .command_count = 1, .home = "/",
                               .limits = {[LIMIT_CALL_DEPTH] = 100, [LIMIT_PATTERN] = 100000}};
    cr_assert(interp_start(&in, &session, &host, cmdlets, providers, &err));
}

static void stop(void)
{
    interp_end(&in);
    buf_free(&output);
    cr_assert_eq(mem_used(), 0, "%zu bytes are left", mem_used());
}

TestSuite(bind, .init = start, .fini = stop);

static void run(const char *text)
{
    buf_clear(&output);
    last_error[0] = 0;
    interp_run_text(&in, text, strlen(text), NULL, 0);
}

static void expect(const char *text, const char *want)
{
    run(text);
    cr_expect_str_eq(last_error, "", "%s: %s", text, last_error);
    cr_expect_str_eq(buf_text(&output), want, "%s: %s", text, buf_text(&output));
}

static void refused(const char *text, const char *id, unsigned column)
{
    char whole[160];
    run(text);
    snprintf(whole, sizeof whole, "%s,Microsoft.PowerShell.Commands.WriteOutputCommand", id);
    cr_expect_str_eq(last_error, whole, "%s: %s", text, last_error);
    if (column)
        cr_expect_eq(last_column, column, "%s: column %u", text, last_column);
}

Test(bind, names_aliases_prefixes_and_positions)
{
    expect("Test-It x red", "0: Name=x Color=red\n");
    expect("Test-It -n x -c red,green -force", "0: Name=x Color=red green Force=True\n");
    expect("Test-It -ali:x", "0: Name=x\n");
    expect("Test-It -Id 5 RED", "1: Id=5 Color=RED\n");
    expect("Test-It -Force:$false x", "0: Name=x Force=False\n");
    expect("Test-It 1kb", "0: Name=1kb\n");
    expect("Test-It -Must m", "2: Must=m\n");
}

Test(bind, what_does_not_fit_has_an_id)
{
    refused("Test-It -Nope", "NamedParameterNotFound", 9);
    refused("Test-It -Fo", "AmbiguousParameter", 9);
    refused("Test-It x red more", "PositionalParameterNotFound", 0);
    refused("Test-It -Name", "MissingArgument", 0);
    refused("Test-It -Name -Force", "MissingArgument", 0);
    refused("Test-It -Name a -N b", "ParameterAlreadyBound", 0);
    refused("Test-It -Name a -Id 1", "AmbiguousParameterSet", 0);
    refused("Test-It -Id x", "CannotConvertArgumentNoMessage", 0);
    refused("Test-It -Force:x", "CannotConvertArgument", 0);
    refused("Test-It -Fold 'true'", "CannotConvertArgument", 0);
    refused("Test-It -Must ''", "ParameterArgumentValidationErrorEmptyStringNotAllowed", 0);
}

Test(bind, validation)
{
    refused("Test-It x blue", "ParameterArgumentValidationError", 0);
    refused("Test-It x red,green,red", "ParameterArgumentValidationError", 0);
    refused("Test-It -Id 10", "ParameterArgumentValidationError", 0);
    refused("Test-It -Pattern abd", "ParameterArgumentValidationError", 0);
    refused("Test-It -Pattern \"abc`n\"", "ParameterArgumentValidationError", 0);
    expect("Test-It -Pattern ABC", "0: Pattern=ABC\n");
}

Test(bind, objects_of_the_pipeline)
{
    expect("3,4 | Test-It", "1: Id=3\n1: Id=4\n");
    expect("'5' | Test-It", "1: Id=5\n");
    refused("@{Name='q'} | Test-It", "InputObjectNotBound", 0); // entries of a hashtable are no properties
    refused("'x' | Test-It", "InputObjectNotBound", 0);
    run("3,'x',4 | Test-It");
    cr_expect_str_eq(buf_text(&output), "1: Id=3\n1: Id=4\n", "the others go on");
    refused("10 | Test-It", "ParameterArgumentValidationError", 0);
}

Test(bind, common_parameters)
{
    expect("Test-It x -ErrorAction Stop -Verbose -WhatIf", "0: Name=x\n");
    refused("Test-It -ErrorAction Bogus", "CannotConvertArgumentNoMessage", 0);
    run("Test-It -OutVariable v");
    cr_expect_str_eq(last_error, "VariableReferenceNotSupportedInDataSection");
}

// Every allocation of one text made to fail in turn: it ends, and (see stop) nothing is left behind.
Test(bind, running_out_of_memory_anywhere_ends_cleanly)
{
    static const char text[] = "@{Name=\"a$(1,2)\"; Color='red'}, 3, 'x' | Test-It -Fo:$true; 1 + [int]'x'";
    for (size_t n = 1; n < 800; n++) { // the text makes about 300
        mem_fail_at(n);
        run(text);
        mem_fail_at(0);
        while (in.errors.array->count)
            value_drop(in.errors.array->items[--in.errors.array->count]);
        value_set(&in.ended_by, value_null);
    }
}
