// Profiles: PowerShell's own test and what its sessions show (recorded), the keys of ours, trust in files.
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "profiles/profile.h"
#include "profiles/role.h"

// ---- recorded cases ----

enum { COLUMNS = 6 };

static void unescape(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        bool escape = *at == '\\' && (at[1] == 'n' || at[1] == 't' || at[1] == '\\');
        *to++ = !escape ? *at : at[1] == 'n' ? '\n' : at[1] == 't' ? '\t' : '\\';
        at += escape;
    }
    *to = '\0';
}

static unsigned for_each_case(const char *path, int columns, bool (*passes)(char **column))
{
    FILE *file = fopen(path, "re");
    char *line = NULL, *column[COLUMNS];
    size_t size = 0;
    unsigned run = 0, failed = 0;
    cr_assert(file, "cannot open %s", path);
    while (getline(&line, &size, file) >= 0) {
        char *at = line;
        line[strcspn(line, "\n")] = '\0';
        if (*line == '#')
            continue;
        for (int i = 0; i < columns; i++)
            column[i] = strsep(&at, "\t");
        unescape(column[columns - 1]);
        run++;
        failed += !passes(column);
    }
    free(line);
    fclose(file);
    cr_expect(failed == 0, "%u of %u cases of %s", failed, run, path);
    return run;
}

// Where jesh answers otherwise than PowerShell's test: unknown keys keep their name, and a profile is data.
static const char *as_test(const char *id)
{
    if (strcmp(id, "DISCUnknownConfigName") == 0)
        return "DISCInvalidKey";
    if (strcmp(id, "InvalidPSSessionConfigurationFile") == 0)
        return "NotAHashtable";
    return strncmp(id, "DISC", 4) == 0 ? id : "ok";
}

static bool test_agrees(char **column)
{
    struct profile *profile = NULL;
    struct err err = {.id = "ok"};
    if (profile_load(column[2], strlen(column[2]), "x.pssc", &profile, &err))
        profile_free(profile);
    bool same = strcmp(as_test(err.id), column[1]) == 0;
    if (!same)
        fprintf(stderr, "%s: %s\n  PowerShell's test: %s, jesh: %s\n", column[0], column[2], column[1],
                err.id);
    return same;
}

Test(profile, test_of_powershell)
{
    cr_expect(for_each_case("tests/conformance/profile-test.tsv", 3, test_agrees) >= 80);
}

static bool has_word(const char *words, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = strcasestr(words, word); at; at = strcasestr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

static bool is_shown(const struct profile *p, const char *pair, size_t size)
{
    for (size_t i = 0; i < p->alias_count; i++)
        if (strlen(p->aliases[i].name) == size && strncasecmp(p->aliases[i].name, pair, size) == 0)
            return true;
    return false;
}

// Aliases of the preset follow their commands; one of a command that is not built is missing with it.
static const char *alias_difference(const struct profile *p, char *pairs)
{
    for (size_t i = 0; i < p->alias_count; i++) {
        char pair[128];
        snprintf(pair, sizeof pair, "%s=%s", p->aliases[i].name, p->aliases[i].value);
        if (!has_word(pairs, pair))
            return p->aliases[i].name;
    }
    for (char *pair = strtok(pairs, " "); pair && strcmp(pairs, "-") != 0; pair = strtok(NULL, " ")) {
        const char *target = strchr(pair, '=') + 1;
        if (!is_shown(p, pair, (size_t)(target - pair - 1)) && cmdlet_find(target, strlen(target)))
            return pair;
    }
    return NULL;
}

static const char *difference(const struct profile *p, char **column)
{
    for (size_t i = 0; i < p->command_count; i++)
        if (!has_word(column[2], p->commands[i].name))
            return p->commands[i].name;
    for (int id = 0; id < CMDLETS; id++) {
        size_t i = 0;
        while (i < p->command_count && p->commands[i].id != (enum cmdlet_id)id)
            i++;
        if (i == p->command_count && has_word(column[2], cmdlet_rows[id].name) &&
            !(cmdlet_rows[id].flags & CMD_FULL))
            return cmdlet_rows[id].name;
    }
    const char *alias = alias_difference(p, column[3]);
    if (alias)
        return alias;
    for (int id = 0; id < PROVIDERS; id++)
        if ((p->providers >> id & 1) != has_word(column[4], provider_rows[id].name))
            return provider_rows[id].name;
    return NULL;
}

static bool shows_the_same(char **column)
{
    struct profile *profile = NULL;
    struct err err;
    if (!profile_load(column[5], strlen(column[5]), "x.pssc", &profile, &err)) {
        fprintf(stderr, "%s: %s\n", column[0], err.text);
        return false;
    }
    const char *other = strcmp(mode_name(profile->mode), column[1]) == 0 ? NULL : "language mode";
    // A limited command is not resolved yet: such a profile makes no session.
    if (!other && !profile_refusal(profile))
        other = difference(profile, column);
    if (other)
        fprintf(stderr, "%s: %s\n  differs in %s\n", column[0], column[5], other);
    profile_free(profile);
    return !other;
}

Test(profile, visible_as_powershell)
{
    cr_expect(for_each_case("tests/conformance/profile-visible.tsv", 6, shows_the_same) >= 20);
}

// ---- our own rules ----

static struct profile *load(const char *text)
{
    struct profile *profile = NULL;
    struct err err = {0};
    cr_assert(profile_load(text, strlen(text), "/etc/jesh/endpoints/desk.pssc", &profile, &err),
              "%s: %s (%s)", text, err.text, err.id);
    return profile;
}

static bool has_note(const struct profile *profile, const char *id)
{
    for (size_t i = 0; i < profile->note_count; i++)
        if (strcmp(profile->notes[i].id, id) == 0)
            return true;
    return false;
}

static const struct {
    const char *text, *id;
    unsigned line, column;
} refused[] = {
    {"@{ VisibelCmdlets = 'a' }", "DISCUnknownConfigName", 1, 4},
    {"@{ 5 = 'a' }", "DISCInvalidConfigKeyType", 1, 4},
    {"@{ SessionType = 'RestrictedRemoteServer'; LanguageMode = 'Bogus' }", "DISCTypeMustBeValidEnum", 1, 59},
    {"@{ VisibleCmdlets = 'a', 5 }", "InvalidVisibleCmdletsKeyEntries", 1, 26},
    {"@{ VisibleFunctions = $true }", "InvalidVisibleFunctionsKeyEntries", 1, 23},
    {"@{ VisibleCmdlets = @{ Name = 'Get-Date' } }", "InvalidVisibleCommandKeyEntries", 1, 21},
    {"@{ VisibleCmdlets = @{ Name = 'Get-Date'; Parameters = @{ Name = 'Date'; ValidateSets = 'a' } } }",
     "InvalidVisibleCommandKeyEntries", 1, 74},
    {"@{ VisibleCmdlets = @{ Name = 'Get-Date'; ValidateSet = 'a'; Parameters = @{ Name = 'Date' } } }",
     "InvalidVisibleCommandKeyEntries", 1, 43},
    {"@{ VisibleCmdlets = @{ Name = 'Get-Date'; Parameters = @{ Name = 'Verbose' } } }",
     "InvalidVisibleCommandKeyEntries", 1, 66},
    {"@{ VisibleCmdlets = @{ Name = 'Get-Date'; Parameters = @{ Name = 'Da*' } } }",
     "InvalidVisibleCommandKeyEntries", 1, 66},
    {"@{ VisibleCmdlets = @{ Name = 'Get-Date'; Parameters = @{ Name = 'Date'; ValidateSet = @() } } }",
     "InvalidVisibleCommandKeyEntries", 1, 88},
    {"@{ RoleDefinitions = @{ 'g' = 'R' } }", "InvalidRoleEntryNotHashtable", 1, 31},
    {"@{ RoleDefinitions = @{ 5 = @{} } }", "InvalidRoleKeyType", 1, 25},
    {"@{ RoleDefinitions = @{ 'g' = @{ LanguageMode = 'NoLanguage' } } }", "InvalidRoleCapabilityKey", 1, 34},
    {"@{ RoleDefinitions = @{ 'g' = @{ RoleCapabilities = '../../evil' } } }", "CouldNotFindRoleCapability",
     1, 53},
    {"@{ RoleCapabilityFiles = '/x/y.txt' }", "InvalidRoleCapabilityFileExtension", 1, 26},
    {"@{ RequiredGroups = @{ Xor = 'a' } }", "UnknownGroupMembershipKey", 1, 21},
    {"@{ RequiredGroups = @{ And = 'a'; Or = 'b' } }", "UnknownGroupMembershipKey", 1, 21},
    {"@{ RequiredGroups = @{ And = 5 } }", "UnknownGroupMembershipValue", 1, 30},
    {"@{ GroupManagedServiceAccount = 'x' }", "InvalidGroupManagedServiceAccount", 1, 33},
    {"@{ VisibleExternalCommands = @{ Name = 'ls' } }", "InvalidVisibleExternalCommandEntries", 1, 30},
    {"@{ VisibleExternalCommands = @{ Name = '/bin/ls'; Arguments = @{ X = 1 } } }",
     "InvalidVisibleExternalCommandEntries", 1, 66},
    {"@{ AliasDefinitions = @{ Name = 'a'; Value = 'b'; Options = 'Bogus' } }", "ArgumentException", 1, 61},
    {"@{ FunctionDefinitions = @{ Name = 'f'; ScriptBlock = { 1 }; Options = 'Bogus' } }",
     "ArgumentException", 1, 72},
    {"@{ EnvironmentVariables = @{ A = $null } }", "InvalidEnvironmentVariable", 1, 34},
    {"@{ EnvironmentVariables = @{ 'A=B' = 'x' } }", "InvalidEnvironmentVariable", 1, 30},
    {"@{ Linux = 'x' }", "DISCTypeMustBeHashtable", 1, 12},
    {"@{ Linux = @{ Vieew = 'None' } }", "DISCUnknownConfigName", 1, 15},
    {"@{ Linux = @{ View = 'All' } }", "DISCTypeMustBeValidEnum", 1, 22},
    {"@{ Linux = @{ MinimumTier = 'none' } }", "DISCTypeMustBeValidEnum", 1, 29},
    {"@{ Linux = @{ Mounts = 'var' } }", "DISCPathsMustBeAbsolute", 1, 24},
    {"@{ Linux = @{ Mounts = '/var/../etc' } }", "DISCPathsMustBeAbsolute", 1, 24},
    {"@{ Linux = @{ Mounts = '/var', '/var/' } }", "LinuxMountTwice", 1, 32},
    {"@{ Linux = @{ Mounts = '//' } }", "LinuxMountIsRoot", 1, 24},
    {"@{ Linux = @{ Mounts = @{ Writable = $true } } }", "DISCTypeMustContainKey", 1, 24},
    {"@{ Linux = @{ Mounts = @{ Path = '/x'; Writeable = $true } } }", "DISCUnknownConfigName", 1, 40},
    {"@{ Linux = @{ Network = @{ Mode = 'Host'; Ports = @() } } }", "LinuxValueOutOfRange", 1, 51},
    {"@{ Linux = @{ Network = @{ Mode = 'Host'; Ports = 70000 } } }", "LinuxValueOutOfRange", 1, 51},
    {"@{ Linux = @{ Rights = 'Exce' } }", "LinuxUnknownRight", 1, 24},
    {"@{ Linux = @{ User = 'root' } }", "LinuxUserIsRoot", 1, 22},
    {"@{ Linux = @{ Limits = @{ MemoryMB = 0 } } }", "LinuxValueOutOfRange", 1, 38},
    {"@{ Linux = @{ Limits = @{ Memory = 5 } } }", "DISCUnknownConfigName", 1, 27},
    {"@{ Linux = @{ Limits = @{ MemoryMB = '5' } } }", "DISCTypeMustBeInteger", 1, 38},
};

Test(profile, refused)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct profile *profile = NULL;
        struct err err = {0};
        bool loaded = profile_load(refused[i].text, strlen(refused[i].text), "x.pssc", &profile, &err);
        cr_expect(!loaded, "%s was loaded", refused[i].text);
        if (loaded) {
            profile_free(profile);
            continue;
        }
        cr_expect_str_eq(err.id, refused[i].id, "%s: %s", refused[i].text, err.id);
        cr_expect(err.line == refused[i].line && err.column == refused[i].column, "%s: at %u:%u",
                  refused[i].text, err.line, err.column);
        cr_expect(err.status == EXIT_SETUP);
    }
}

// Keys that ask for what is not built load, are named, and refuse the session.
static const char *const unbuilt[] = {
    "@{ RoleDefinitions = @{ 'g' = @{ RoleCapabilities = 'R' } } }",
    "@{ RoleCapabilities = 'R' }",
    "@{ RoleCapabilityFiles = '/r.psrc' }",
    "@{ VisibleCmdlets = @{ Name = 'Get-Date'; Parameters = @{ Name = 'Date'; validateset = 'a' } } }",
    "@{ FunctionDefinitions = @{ Name = 'f'; ScriptBlock = { 1 } } }",
    "@{ VisibleExternalCommands = '/usr/bin/id' }",
    "@{ VisibleExternalCommands = @{ Name = '/usr/bin/systemctl'; Arguments = @(@('status', @{ "
    "ValidatePattern = '[a-z]+' }), "
    "@('restart', @{ ValidateSet = 'nginx', 'cron' })) } }",
    "@{ TranscriptDirectory = '/var/log/t' }",
    "@{ RunAsVirtualAccount = $true }",
    "@{ RunAsVirtualAccountGroups = 'g' }",
    "@{ GroupManagedServiceAccount = 'D\\a' }",
    "@{ MountUserDrive = $true }",
    "@{ ScriptsToProcess = '/x.ps1' }",
    "@{ ModulesToImport = 'M' }",
    "@{ VariableDefinitions = @{ Name = 'v'; Value = 1 } }",
    "@{ RequiredGroups = @{ And = 'a', @{ Or = 'b', 'c' } } }",
    "@{ TypesToProcess = '/x.ps1xml' }",
    "@{ FormatsToProcess = '/x.ps1xml' }",
    "@{ AssembliesToLoad = 'A' }",
    "@{ Linux = @{ RunAs = 'Endpoint' } }",
    "@{ Linux = @{ Audit = @{ X = 1 } } }",
    "@{ Linux = @{ Ssh = @{ X = 1 } } }",
    "@{ Linux = @{ Tty = $true } }",
    "@{ Linux = @{ ExternalCommandSandbox = @{ X = 1 } } }",
};

Test(profile, unbuilt)
{
    for (size_t i = 0; i < sizeof unbuilt / sizeof *unbuilt; i++) {
        struct profile *profile = load(unbuilt[i]);
        const struct profile_note *note = profile_refusal(profile);
        cr_expect(note && note->line == 1 && *note->key && *note->text, "%s is not refused", unbuilt[i]);
        profile_free(profile);
    }
}

// The same keys where they ask for nothing.
static const char *const harmless[] = {
    "@{ RoleDefinitions = @{}; RunAsVirtualAccount = $false; MountUserDrive = $false; ModulesToImport = @() }",
    "@{ RunAsVirtualAccount = $true; GroupManagedServiceAccount = 'D\\a'; Linux = @{ RunAs = 'Caller' } }",
    "@{ VisibleExternalCommands = 'ipconfig.exe', 'C:\\Windows\\x.exe' }",
    "@{ VisibleCmdlets = @{ Name = 'Get-NoSuch'; Parameters = @{ Name = 'X' } } }",
    "@{ ExecutionPolicy = 'RemoteSigned'; PowerShellVersion = '5.1'; UserDriveMaximumSize = 5 }",
    "@{ ModulesToImport = 'Microsoft.PowerShell.Core' }",
    "@{ Linux = @{ Tty = $false; Ssh = @{} } }",
};

Test(profile, harmless)
{
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        struct profile *profile = load(harmless[i]);
        const struct profile_note *note = profile_refusal(profile);
        cr_expect(!note, "%s: %s", harmless[i], note ? note->text : "");
        profile_free(profile);
    }
}

Test(profile, linux_settings)
{
    struct profile *p = load(
        "@{ SessionType = 'RestrictedRemoteServer'; EnvironmentVariables = @{ A = 1; B = 'x' }\nLinux = @{ "
        "minimumtier = 'FULL'; Mounts = '/var//log/', @{ Path = '/srv'; Writable = $true; Optional = "
        "$true }; Network = @{ Mode = 'Loopback'; Ports = 80, 443 }; Rights = 'Exec', 'FILE_READ', "
        "'file-write'; User = 'www-data'; Limits = @{ MemoryMB = 2; OpenFiles = 7 }; Environment = @{ B = "
        "'y' } } }");
    cr_expect(p->minimum_tier == TIER_FULL && p->view == VIEW_PATHS && p->network == NETWORK_LOOPBACK);
    cr_expect(p->mount_count == 2 && !p->mounts[0].writable && p->mounts[1].writable &&
              p->mounts[1].optional);
    cr_expect_str_eq(p->mounts[0].path, "/var/log");
    cr_expect(p->port_count == 2 && p->ports[1] == 443);
    cr_expect(p->wrap_rights == (RIGHT_BIT(EXEC) | RIGHT_BIT(FILE_READ) | RIGHT_BIT(FILE_WRITE)) &&
              p->has_wrap_rights);
    cr_expect_str_eq(p->user, "www-data");
    cr_expect(p->limits[LIMIT_MEMORY] == 2 * (uint64_t)LIMIT_MIB && p->limits[LIMIT_OPEN_FILES] == 7);
    cr_expect(p->environment_count == 2);
    cr_expect_str_eq(p->environment[1].value, "y");
    cr_expect_str_eq(p->environment[0].value, "1");
    cr_expect_str_eq(p->name, "desk");
    profile_free(p);
}

Test(profile, defaults)
{
    struct profile *p = load("@{}");
    cr_expect(p->type == SESSION_DEFAULT && p->mode == MODE_FULL && p->view == VIEW_CALLER &&
              p->network == NETWORK_NONE);
    cr_expect(!p->has_visible && p->command_count == CMDLETS && has_note(p, "DefaultSession"));
    profile_free(p);
    p = load("@{ SchemaVersion = '2.0.0.0'; SessionType = 'Empty' }");
    cr_expect(p->mode == MODE_NONE && p->view == VIEW_NONE && p->command_count == 0 && p->alias_count == 0 &&
              p->providers == 0);
    cr_expect(p->note_count == 0);
    profile_free(p);
    p = load("@{ SessionType = 'Default'; LanguageMode = '2' }");
    cr_expect(p->mode == MODE_NONE && p->view == VIEW_CALLER);
    profile_free(p);
}

Test(profile, notes)
{
    struct profile *p = load(
        "@{ SessionType = 'RestrictedRemoteServer'; LanguageMode = 'RestrictedLanguage'\nVisibleCmdlets = "
        "'Get-NoSuch', 'Nope-*', 'No.Module\\Get-Date'; VisibleProviders = 'Registry', 'Nope'\n"
        "ExecutionPolicy = 'Bypass' }");
    cr_expect(has_note(p, "UnknownCommand") && has_note(p, "PatternMatchesNothing") &&
              has_note(p, "UnknownProvider"));
    cr_expect(has_note(p, "NoEffect") && has_note(p, "LanguageBesideHiddenCommands") &&
              has_note(p, "DISCMissingSchemaVersion"));
    cr_expect_null(profile_refusal(p));
    profile_free(p);
}

Test(profile, advice)
{
    static const struct {
        const char *text, *id;
    } advice[] = {
        {"@{ VisibleCmdlets = 'Trace-*' }", "LintTracing"},
        {"@{ VisibleCmdlets = 'Microsoft.PowerShell.Core\\Start-Job' }", "LintRunspace"},
        {"@{ VisibleCmdlets = 'Invoke-Expression' }", "LintCode"},
        {"@{ VisibleCmdlets = 'Set-PSBreakpoint' }", "LintDebugger"},
        {"@{ VisibleCmdlets = '*' }", "LintEverything"},
        {"@{ VisibleProviders = 'file*' }", "LintProviderFileSystem"},
        {"@{ FunctionDefinitions = @{ Name = 'Get-Help'; ScriptBlock = { 1 } } }", "LintProxy"},
        {"@{ AliasDefinitions = @{ Name = 'x'; Value = 'Get-Date' } }", "LintUnlisted"},
        {"@{ SessionType = 'Empty'; Linux = @{ Mounts = @{ Path = '/x'; Writable = $true } } }",
         "LintWritable"},
    };
    for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
        struct profile *p = load(advice[i].text);
        cr_expect(has_note(p, advice[i].id), "%s: no %s", advice[i].text, advice[i].id);
        profile_free(p);
    }
    struct profile *p = load("@{ SchemaVersion = '2.0.0.0'; SessionType = 'RestrictedRemoteServer' }");
    cr_expect(p->note_count == 0);
    profile_free(p);
}

Test(profile, session)
{
    struct profile *p = load("@{ SessionType = 'Empty'; VisibleCmdlets = 'Get-Date' }");
    struct session session;
    profile_session(p, TIER_FULL, &session);
    cr_expect(session.mode == MODE_NONE && session.command_count == 1 &&
              session_command(&session, "get-date", 8));
    cr_expect(session.limits[LIMIT_OPEN_FILES] == limit_or_default(LIMIT_OPEN_FILES, 0, false));
    cr_expect_str_eq(session.profile, "desk");
    profile_free(p);
}

// Every allocation fails in turn: the profile is refused with an id, or loads in full; nothing leaks.
Test(profile, no_memory)
{
    static const char text[] = "@{ SessionType = 'RestrictedRemoteServer'; VisibleCmdlets = 'Get-*', 'No'; "
                               "VisibleProviders = 'FileSystem'\n"
                               "AliasDefinitions = @{ Name = 'a'; Value = 'Get-Date' }; RoleDefinitions = @{ "
                               "'g' = @{ RoleCapabilities = 'R' } }\n"
                               "Linux = @{ Mounts = '/a', '/b'; Limits = @{ MemoryMB = 5 }; Environment = @{ "
                               "A = 'b' }; Network = 'Host' } }";
    bool loaded = false;
    for (size_t n = 1; !loaded; n++) {
        struct profile *profile = NULL;
        struct err err = {0};
        mem_fail_at(n);
        loaded = profile_load(text, sizeof text - 1, "x.pssc", &profile, &err);
        mem_fail_at(0);
        cr_assert(loaded || err.id, "allocation %zu", n);
        if (loaded)
            cr_expect(profile->mount_count == 2 && profile->alias_count > 0 && profile_refusal(profile));
        profile_free(profile);
        cr_assert(n < 10000);
    }
}

Test(role, keys)
{
    static const char *const wrong[] = {"@{ SessionType = 'Default' }", "@{ RoleDefinitions = @{} }",
                                        "@{ Bogus = 1 }",
                                        "@{ VisibleCmdlets = @{ Name = 'x'; Parameters = 'a', 'b' } }"};
    struct role *role = NULL;
    struct err err;
    const char *good = "@{ GUID = 'x'; VisibleCmdlets = 'Get-Date'; FunctionDefinitions = @{ Name = 'f'; "
                       "ScriptBlock = { 1 } } }";
    cr_assert(role_check(good, strlen(good), "r.psrc", &role, &err));
    role_free(role);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_expect(!role_check(wrong[i], strlen(wrong[i]), "r.psrc", &role, &err), "%s", wrong[i]);
}

// ---- trust ----

static char folder[] = "/tmp/jesh-test-XXXXXX";
static char file[64];

static void make_file(void)
{
    cr_assert(mkdtemp(folder) && chmod(folder, 0755) == 0);
    snprintf(file, sizeof file, "%s/p.pssc", folder);
    FILE *out = fopen(file, "we");
    cr_assert(out && fputs("@{ SchemaVersion = '2.0.0.0' }", out) >= 0 && fclose(out) == 0 &&
              chmod(file, 0644) == 0);
}

static void remove_file(void)
{
    unlink(file);
    rmdir(folder);
}

static const char *open_as(const char *path, unsigned caller)
{
    static struct err err;
    struct profile *profile = NULL;
    if (!profile_open(path, caller, &profile, &err))
        return err.id;
    profile_free(profile);
    return "ok";
}

TestSuite(trust, .init = make_file, .fini = remove_file);

Test(trust, owner)
{
    cr_expect_str_eq(open_as(file, geteuid()), "ok");
    cr_expect_str_eq(open_as(file, (unsigned)-1), geteuid() == 0 ? "ok" : "ProfileNotTrusted");
    cr_expect_str_eq(open_as(file, geteuid() + 1), geteuid() == 0 ? "ok" : "ProfileNotTrusted");
    if (geteuid() == 0) {
        cr_assert(chown(file, 65534, 65534) == 0);
        cr_expect_str_eq(open_as(file, 0), "ProfileNotTrusted");
        cr_expect_str_eq(open_as(file, (unsigned)-1), "ProfileNotTrusted");
        cr_expect_str_eq(open_as(file, 65534), "ok");
        cr_assert(chown(file, 0, 0) == 0 && chown(folder, 65534, 65534) == 0);
        cr_expect_str_eq(open_as(file, (unsigned)-1), "ProfileNotTrusted");
    }
}

Test(trust, writable)
{
    static const mode_t bad[] = {0664, 0646};
    for (int i = 0; i < 2; i++) {
        cr_assert(chmod(file, bad[i]) == 0);
        cr_expect_str_eq(open_as(file, geteuid()), "ProfileNotTrusted");
    }
    cr_assert(chmod(file, 0644) == 0 && chmod(folder, 0775) == 0);
    cr_expect_str_eq(open_as(file, geteuid()), "ProfileNotTrusted");
    cr_assert(chmod(folder, 01777) == 0);
    cr_expect_str_eq(open_as(file, geteuid()), geteuid() == 0 ? "ok" : "ProfileNotTrusted");
    chmod(folder, 0755);
}

Test(trust, paths)
{
    char path[128], link[64];
    snprintf(link, sizeof link, "%s/link", folder);
    cr_assert(symlink("p.pssc", link) == 0);
    cr_expect_str_eq(open_as(link, geteuid()), "ProfileNotTrusted");
    unlink(link);
    cr_assert(symlink(folder, link) == 0);
    snprintf(path, sizeof path, "%s/p.pssc", link);
    cr_expect_str_eq(open_as(path, geteuid()), "ProfileNotTrusted");
    unlink(link);
    snprintf(path, sizeof path, "%s/./../%s/p.pssc", folder, folder + strlen("/tmp/"));
    cr_expect_str_eq(open_as(path, geteuid()), "ok");
    snprintf(path, sizeof path, "%s/none.pssc", folder);
    cr_expect_str_eq(open_as(path, geteuid()), "ProfileNotFound");
    cr_expect_str_eq(open_as(folder, geteuid()), "ProfileNotRegular");
    cr_assert(mkfifo(path, 0600) == 0);
    cr_expect_str_eq(open_as(path, geteuid()), "ProfileNotRegular");
    unlink(path);
    cr_expect_str_eq(open_as("", geteuid()), "ProfileNotFound");
    cr_assert(chdir(folder) == 0);
    cr_expect_str_eq(open_as("p.pssc", geteuid()), "ok");
    cr_assert(truncate(file, (1 << 20) + 1) == 0);
    cr_expect_str_eq(open_as(file, geteuid()), "ProfileTooLarge");
}
