#include <criterion/criterion.h>
#include <string.h>

#include "launcher/encoded.h"
#include "launcher/options.h"

enum { ARGS = 12 };

static struct options read_ok(const char *const args[ARGS])
{
    struct options options;
    struct err err = {0};
    int count = 0;
    while (args[count])
        count++;
    cr_assert(options_read(count, (char *const *)args, &options, &err), "%s", err.text);
    return options;
}

static void read_refused(const char *const args[ARGS])
{
    struct options options;
    struct err err = {0};
    int count = 0;
    while (args[count])
        count++;
    cr_expect_not(options_read(count, (char *const *)args, &options, &err), "%s was accepted", args[1]);
    cr_expect_eq(err.status, EXIT_USAGE);
    cr_expect_str_eq(err.id, "Usage");
}

#define READ(...) read_ok((const char *const[ARGS]){"jesh", __VA_ARGS__})
#define REFUSED(...) read_refused((const char *const[ARGS]){"jesh", __VA_ARGS__})
#define LOGIN(...) read_ok((const char *const[ARGS]){"-jesh", __VA_ARGS__})
#define LOGIN_REFUSED(...) read_refused((const char *const[ARGS]){"-jesh", __VA_ARGS__})

Test(options, names_may_be_cut_and_begin_with_dashes_or_a_slash)
{
    static const char *const forms[] = {"-Command", "-command", "-c", "-com", "--command", "/c", "/Command"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct options o = READ("-nop", forms[i], "Get-Date");
        cr_expect_eq(o.start, START_COMMAND);
        cr_expect_str_eq(buf_text(&o.text), "Get-Date");
        cr_expect_not(o.login);
        options_free(&o);
    }
    REFUSED("-no");
    REFUSED("-nolo9");
    REFUSED("-bogus");
    REFUSED("--");
}

Test(options, command_takes_the_rest_of_the_line)
{
    struct options o = READ("-Command", "Write-Output", "a b", "-File", "x");
    cr_expect_str_eq(buf_text(&o.text), "Write-Output a b -File x");
    options_free(&o);
    o = READ("-Command", "");
    cr_expect_eq(o.start, START_COMMAND);
    cr_expect_eq(o.text.size, 0);
    options_free(&o);
    REFUSED("-nop", "-Command");
    o = READ("-Command", "-");
    cr_expect_eq(o.start, START_PIPED);
    REFUSED("-Command", "-", "x");
    o = READ("-s", "-nol");
    cr_expect_eq(o.start, START_PIPED);
}

Test(options, file_keeps_its_arguments_as_they_are)
{
    struct options o = READ("-nol", "-f", "a.ps1", "one", "-Command", "--", "");
    cr_expect_eq(o.start, START_FILE);
    cr_expect_str_eq(o.file, "a.ps1");
    cr_expect_eq(o.arg_count, 4);
    cr_expect_str_eq(o.args[1], "-Command");
    o = READ("/srv/a.ps1", "x");
    cr_expect_eq(o.start, START_FILE);
    cr_expect_str_eq(o.file, "/srv/a.ps1");
    o = READ("-File", "-");
    cr_expect_eq(o.start, START_PROMPT);
    cr_expect(o.prompts);
}

Test(options, encoded_text_is_utf16)
{
    struct options o = READ("-e", "IgDpACAAJAAoADIAKgAzACkAIgA=");
    cr_expect_str_eq(buf_text(&o.text), "\"\xc3\xa9 $(2*3)\"");
    options_free(&o);
    REFUSED("-EncodedCommand", "not*base64");
    REFUSED("-EncodedCommand", "YQ==");
    REFUSED("-EncodedCommand", "=aaa");
    struct buf out = BUF_INIT;
    cr_expect(encoded_decode("PdgA3g==", &out)); // a surrogate pair
    cr_expect_str_eq(buf_text(&out), "\xf0\x9f\x98\x80");
    buf_free(&out);
}

Test(options, configuration_and_outputs)
{
    struct options o = READ("-config", "web", "-errors=json", "--status-fd", "7", "-noni");
    cr_expect_str_eq(o.configuration_name, "web");
    cr_expect(o.errors_json);
    cr_expect_eq(o.status_fd, 7);
    cr_expect(o.non_interactive);
    REFUSED("--errors=xml");
    REFUSED("--status-fd", "-1");
    REFUSED("--status-fd", "99999999999");
    REFUSED("-config", "a", "-ConfigurationFile", "b");
    REFUSED("-OutputFormat", "Bogus", "-Command", "1");
    o = READ("-InputFormat", "Text", "-of", "text", "-ep", "Unrestricted", "-Command", "1");
    cr_expect_str_eq(buf_text(&o.text), "1");
    options_free(&o);
}

Test(options, profile_wraps_a_program)
{
    struct options o = READ("--profile", "p.pssc", "--status-fd", "5", "--", "ls", "-l", "--");
    cr_expect_eq(o.start, START_WRAP);
    cr_expect_str_eq(o.configuration_file, "p.pssc");
    cr_expect_str_eq(o.program[0], "ls");
    cr_expect_str_eq(o.program[2], "--");
    cr_expect_null(o.program[3]);
    cr_expect_eq(o.status_fd, 5);
    REFUSED("--profile", "p.pssc", "ls");
    REFUSED("--profile", "p.pssc", "--");
    REFUSED("--profile", "p.pssc");
}

Test(options, login_mode_takes_one_string_and_nothing_else)
{
    struct options o = LOGIN(NULL);
    cr_expect(o.login);
    cr_expect_eq(o.start, START_PROMPT);
    o = LOGIN("-c", "Get-Date; ls -l");
    cr_expect_str_eq(buf_text(&o.text), "Get-Date; ls -l");
    options_free(&o);
    o = READ("-c", "-"); // sshd's form: the string is opaque, a dash is no standard input
    cr_expect(o.login);
    cr_expect_eq(o.start, START_COMMAND);
    cr_expect_str_eq(buf_text(&o.text), "-");
    options_free(&o);
    o = READ("-l", "-ConfigurationName", "ops", "-c", "x");
    cr_expect(o.login);
    cr_expect_str_eq(o.configuration_name, "ops");
    options_free(&o);
    LOGIN_REFUSED("-c");
    LOGIN_REFUSED("-c", "a", "b");
    LOGIN_REFUSED("-Command", "a");
    LOGIN_REFUSED("-File", "a.ps1");
    LOGIN_REFUSED("a.ps1");
    LOGIN_REFUSED("-ConfigurationFile", "own.pssc");
    LOGIN_REFUSED("--profile", "own.pssc", "--", "/bin/sh");
    LOGIN_REFUSED("--errors=json");
    LOGIN_REFUSED("-Version");
    REFUSED("-l", "-ConfigurationFile", "own.pssc");
    REFUSED("-nop", "-l");
}
