// The session's wire form: what goes in comes out, and every cut or changed byte is refused or harmless.
#include <criterion/criterion.h>
#include <string.h>

#include "profiles/session.h"

static struct visible_command commands[] = {{"Get-Date", CMDLET_get_date, false, true},
                                            {"Write-Output", CMDLET_write_output, true, false}};
static struct session_pair aliases[] = {{"gd", "Get-Date"}, {"g2", "gd"}, {"a", "b"}, {"b", "a"}};
static struct session_pair variables[] = {{"PATH", "/usr/bin"}};

static struct session made(void)
{
    struct session s = {.mode = MODE_NONE,
                        .type = SESSION_RESTRICTED,
                        .tier = TIER_INPLACE,
                        .commands = commands,
                        .command_count = 2,
                        .aliases = aliases,
                        .alias_count = 4,
                        .variables = variables,
                        .variable_count = 1,
                        .providers = 5,
                        .rights = 9,
                        .profile = "p",
                        .user = "u",
                        .home = "/h",
                        .directory = "",
                        .hostname = NULL,
                        .flags = 3,
                        .columns = 80,
                        .rows = 24};
    s.limits[2] = UINT64_C(1) << 40;
    return s;
}

Test(session, round_trip)
{
    struct session in = made(), out = {0};
    struct buf bytes = BUF_INIT;
    struct arena arena = ARENA_INIT;
    struct err err;
    cr_assert(session_encode(&in, &bytes));
    cr_assert(session_decode(bytes.data, bytes.size, &arena, &out, &err));
    cr_expect(out.mode == MODE_NONE && out.type == SESSION_RESTRICTED && out.tier == TIER_INPLACE);
    cr_expect(out.command_count == 2 && out.commands[1].proxy && !out.commands[1].visible);
    cr_expect_str_eq(out.commands[0].name, "Get-Date");
    cr_expect(out.limits[2] == in.limits[2] && out.providers == 5 && out.rows == 24);
    cr_expect_str_eq(out.variables[0].value, "/usr/bin");
    cr_expect_str_eq(out.directory, "");
    cr_expect_null(out.hostname);
    arena_free(&arena);
    buf_free(&bytes);
}

Test(session, damaged)
{
    struct session in = made(), out;
    struct buf bytes = BUF_INIT;
    cr_assert(session_encode(&in, &bytes));
    for (size_t size = 0; size < bytes.size; size++) {
        struct arena arena = ARENA_INIT;
        struct err err;
        cr_expect(!session_decode(bytes.data, size, &arena, &out, &err), "%zu of %zu bytes", size,
                  bytes.size);
        cr_expect_str_eq(err.id, "SessionMalformed");
        arena_free(&arena);
    }
    for (size_t i = 0; i < bytes.size; i++) {
        struct arena arena = {.limit = 1 << 20};
        bytes.data[i] ^= (char)0xff;
        session_decode(bytes.data, bytes.size, &arena, &out, NULL);
        bytes.data[i] ^= (char)0xff;
        arena_free(&arena);
    }
    buf_free(&bytes);
}

Test(session, names)
{
    struct session s = made();
    cr_expect(session_command(&s, "GET-date", 8) == &commands[0]);
    cr_expect(session_command(&s, "g2", 2) == &commands[0]);
    cr_expect_null(session_command(&s, "Write-Output", 12));
    cr_expect_null(session_command(&s, "a", 1));
    cr_expect_null(session_command(&s, "Get-Dat", 7));
    cr_expect(session_command(&s, "microsoft.powershell.utility\\Get-Date", 37) == &commands[0]);
    cr_expect_null(session_command(&s, "Microsoft.PowerShell.Core\\Get-Date", 34));
    cr_expect_null(session_command(&s, "\\Get-Date", 9));
    cr_expect_null(session_command(&s, "Microsoft.PowerShell.Utility\\", 29));
    cr_expect_null(session_command(&s, "Get-Date\0x", 10));
}

Test(rights, tables)
{
    for (int i = 1; i < CMDLETS; i++)
        cr_expect(strcmp(cmdlet_rows[i - 1].name, cmdlet_rows[i].name) < 0, "%s is out of order",
                  cmdlet_rows[i].name);
    for (size_t i = 1; i < alias_count; i++)
        cr_expect(strcmp(alias_rows[i - 1].name, alias_rows[i].name) < 0, "%s is out of order",
                  alias_rows[i].name);
    cr_expect_str_eq(alias_find("GCI", 3)->value, "Get-ChildItem");
    cr_expect_null(alias_find("ls", 2));
    cr_expect_str_eq(cmdlet_module(CMDLET_get_date), "Microsoft.PowerShell.Utility");
    cr_expect_str_eq(right_name(RIGHT_FILE_READ), "FILE_READ");
}
