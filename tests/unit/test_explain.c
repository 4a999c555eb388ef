// What `jeshctl explain` answers about a profile of three lines.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"

static char path[] = "/tmp/jesh-explain-XXXXXX";

static void write_profile(const char *text)
{
    int fd = mkstemp(path);

    cr_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

static int explain(struct ctl *ctl, const char *word, const char *option)
{
    char *argv[] = {path, (char *)(word ? word : option), (char *)option};

    return ctl_explain(ctl, 1 + (word != NULL) + (option != NULL), argv);
}

static void finish(struct ctl *ctl)
{
    unlink(path);
    buf_free(&ctl->out);
    buf_free(&ctl->err);
}

static bool says(struct ctl *ctl, const char *text) { return strstr(buf_text(&ctl->out), text); }

static const char logs[] = "@{ SchemaVersion = '2.0.0.0'; GUID = '5b1d3c0e-6f0a-4d3b-9c62-0a6e1f2d4b99'\n"
                           "SessionType = 'RestrictedRemoteServer'; LanguageMode = 'NoLanguage'\n"
                           "VisibleCmdlets = 'Get-Date'; VisibleProviders = 'FileSystem'\n"
                           "Linux = @{ View = 'Paths'; Mounts = @(@{ Path = '/var/log' }) } }\n";

Test(explain, says_what_is_visible_and_why)
{
    struct ctl ctl = {0};

    write_profile(logs);
    cr_expect_eq(explain(&ctl, NULL, NULL), 0, "%s", buf_text(&ctl.err));
    cr_expect(says(&ctl, "  Get-Date\n"));
    cr_expect(says(&ctl, "  /var/log, read-only"));
    cr_expect(says(&ctl, "FILE_READ: open files"));
    cr_expect(says(&ctl, "    asked by: FileSystem"));
    cr_expect(says(&ctl, "    files: / (names only) /var/log\n"));
    cr_expect(says(&ctl, "  FILE_WRITE: create"), "among what is refused");
    finish(&ctl);
}

Test(explain, knows_a_command_in_any_letter_case)
{
    struct ctl ctl = {0};

    write_profile(logs);
    cr_expect_eq(explain(&ctl, "GET-date", NULL), 0);
    cr_expect(says(&ctl, "Get-Date is visible"));
    buf_clear(&ctl.out);
    cr_expect_eq(explain(&ctl, "Remove-Item", NULL), EXIT_NOTFOUND);
    cr_expect(says(&ctl, "CommandNotFoundException"));
    finish(&ctl);
}

Test(explain, refuses_by_name)
{
    struct ctl ctl = {0};

    write_profile("@{ SchemaVersion = '2.0.0.0'\nLinux = @{ MinimumTier = 'full' } }\n");
    cr_expect_eq(explain(&ctl, NULL, "--tier=in-place"), EXIT_SETUP);
    cr_expect(strstr(buf_text(&ctl.err), "PolicyTier"));
    buf_clear(&ctl.err);
    cr_expect_eq(explain(&ctl, NULL, "--tier=half"), EXIT_USAGE);
    cr_expect_eq(explain(&ctl, NULL, "--all"), EXIT_USAGE);
    finish(&ctl);
}

Test(explain, names_the_place_of_an_error)
{
    struct ctl ctl = {.json = true};

    write_profile("@{ SchemaVersion = '2.0.0.0'\nLinux = @{ Veiw = 'None' } }\n");
    cr_expect_eq(explain(&ctl, NULL, NULL), EXIT_SETUP);
    cr_expect(strstr(buf_text(&ctl.err), ":2:"));
    cr_expect(says(&ctl, "\"id\":"));
    finish(&ctl);
}
