#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/fd.h"
#include "ctl/explain.h"
#include "profiles/landlock.h"

enum { PROFILE_BYTES = 1 << 20, WIDTH = 110 };

bool explain_open(const char *file, struct profile **ret_profile, struct err *err)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct buf bytes = BUF_INIT;
    bool ok = fd >= 0 && fd_read_all(fd, PROFILE_BYTES, &bytes);

    if (!ok) {
        err_sys(err, EXIT_SETUP, errno, "ProfileUnreadable", "cannot read the profile");
        err_at(err, file, 0, 0);
    }
    fd_close(&fd);
    ok = ok && profile_load(buf_text(&bytes), bytes.size, file, ret_profile, err);
    buf_free(&bytes);
    return ok;
}

enum filter_stage explain_stage(const struct policy *policy)
{
    return policy->wrap ? FILTER_LAUNCHER : FILTER_INTERPRETER;
}

bool explain_asked(const struct policy_syscall *call, enum right right)
{
    const struct syscall_row *row = &syscall_rows[call->row];

    if (row->answer != ANSWER_ALLOW)
        return false;
    return call->asked_by ? call->asked_by >> right & 1 : right == RIGHT_BASE;
}

uint64_t explain_access(enum right right)
{
    switch (right) {
    case RIGHT_FILE_READ: return LL_FS_READ_FILE | LL_FS_READ_DIR;
    case RIGHT_FILE_WRITE: return LL_FS_WRITE_FILE;
    case RIGHT_EXEC: return LL_FS_EXECUTE;
    case RIGHT_UNIX_SOCKET: return LL_FS_RESOLVE_UNIX;
    default: return 0;
    }
}

rights_t explain_rights(const struct visible_command *command, const struct policy *policy)
{
    return (cmdlet_rows[command->id].rights | RIGHT_BIT(BASE)) & policy->rights;
}

// A list of words under a heading, broken at the width of a page.
struct words {
    struct buf *out;
    size_t column;
};

static void add_word(struct words *words, const char *word)
{
    if (words->column + strlen(word) + 1 > WIDTH) {
        buf_add_text(words->out, "\n     ");
        words->column = 5;
    }
    buf_printf(words->out, " %s", word);
    words->column += strlen(word) + 1;
}

static void print_calls(const struct policy *policy, enum right right, struct buf *out)
{
    enum filter_stage stage = explain_stage(policy);
    struct words words = {out, 18};
    const char *last = "";

    buf_add_text(out, "    system calls:");
    for (size_t i = 0; i < policy->filter_count[stage]; i++) {
        const struct policy_syscall *call = &policy->filter[stage][i];
        const struct syscall_row *row = &syscall_rows[call->row];
        char text[128];

        if (!explain_asked(call, right) || (row->rule == RULE_ANY && !strcmp(row->name, last)))
            continue;
        last = row->name;
        text[0] = '\0';
        strncat(text, row->name, 40);
        if (row->rule != RULE_ANY) {
            strcat(text, "(");
            strncat(text, syscall_rules[row->rule].text, 80);
            strcat(text, ")");
        }
        add_word(&words, text);
    }
    buf_add_text(out, *last ? "\n" : " none\n");
}

static void print_files(const struct policy *policy, uint64_t access, struct buf *out)
{
    bool any = false;

    for (size_t i = 0; i < policy->landlock_count; i++) {
        const struct policy_landlock_rule *rule = &policy->landlock[i];

        if (!(rule->access & access) || !strcmp(rule->path, POLICY_PAYLOAD))
            continue;
        buf_printf(out, "%s %s", any ? "" : "    files:", rule->path);
        if (rule->except)
            buf_printf(out, " (not %s)", rule->except);
        if (rule->access == LL_FS_READ_DIR)
            buf_add_text(out, " (names only)");
        any = true;
    }
    buf_add_text(out, any ? "\n" : access ? "    files: none\n" : "");
}

static void print_right(const struct policy *policy, enum right right, struct buf *out)
{
    buf_printf(out, "  %s: %s\n    asked by: %s\n", right_name(right), right_what(right), policy->right_reasons[right]);
    print_calls(policy, right, out);
    print_files(policy, explain_access(right), out);
}

static void print_rights(const struct policy *policy, rights_t rights, struct buf *out)
{
    for (int i = 0; i < RIGHTS; i++)
        if (rights >> i & 1)
            print_right(policy, (enum right)i, out);
}

static void print_missing(const struct policy *policy, struct buf *out)
{
    buf_add_text(out, "\nwhat the kernel refuses, whatever runs inside\n");
    for (int i = 0; i < RIGHTS; i++)
        if (!(policy->rights >> i & 1))
            buf_printf(out, "  %s: %s\n", right_name((enum right)i), right_what((enum right)i));
}

static void print_command(const struct profile *profile, const struct visible_command *command, struct buf *out)
{
    bool any = false;

    buf_printf(out, "  %s%s", command->name, command->proxy ? " (restricted form)" : "");
    for (size_t i = 0; i < profile->alias_count; i++)
        if (!strcmp(profile->aliases[i].value, command->name)) {
            buf_printf(out, "%s %s", any ? "" : "  alias", profile->aliases[i].name);
            any = true;
        }
    buf_add_char(out, '\n');
}

static void print_visible(const struct profile *profile, struct buf *out)
{
    bool any = false;

    buf_add_text(out, "\ncommands\n");
    for (size_t i = 0; i < profile->command_count; i++)
        if (profile->commands[i].visible)
            print_command(profile, &profile->commands[i], out);
    buf_add_text(out, "\nproviders:");
    for (int i = 0; i < PROVIDERS; i++)
        if (profile->providers >> i & 1) {
            buf_printf(out, " %s", provider_rows[i].name);
            any = true;
        }
    buf_add_text(out, any ? "\n" : " none\n");
}

static void print_view(const struct profile *profile, const struct policy *policy, struct buf *out)
{
    static const char *const what[] = {
#define VIEW(id, name, what) what,
#include "profiles/views.def"
#undef VIEW
    };
    static const char *const networks[] = {"none", "a loopback of its own", "the machine's"};

    buf_printf(out, "\nfiles (View = '%s'): %s\n", view_name(profile->view), what[profile->view]);
    for (size_t i = 0; i < profile->mount_count; i++)
        buf_printf(out, "  %s, %s%s\n", profile->mounts[i].path, profile->mounts[i].writable ? "writable" : "read-only",
                   profile->mounts[i].optional ? ", if present" : "");
    buf_printf(out, "network: %s", networks[profile->network]);
    for (size_t i = 0; i < policy->connect_port_count; i++)
        buf_printf(out, "%s %u", i ? "," : ", to TCP ports", policy->connect_ports[i]);
    buf_add_char(out, '\n');
}

static void print_totals(const struct policy *policy, struct buf *out)
{
    buf_printf(out, "\nin numbers: %zu system calls %s; Landlock from ABI %d (%s); namespaces: ",
               policy_calls(policy, explain_stage(policy)), policy->wrap ? "for the program" : "while the session runs",
               policy->landlock_abi, policy->landlock_why);
    bit_names(out, namespace_names, policy->namespaces, " ");
    buf_add_text(out, "\n`jeshctl explain FILE --policy` shows every rule.\n");
}

void explain_profile(const struct profile *profile, const struct policy *policy, struct buf *out)
{
    static const char *const types[] = {"Empty", "RestrictedRemoteServer", "Default"};
    const struct profile_note *refusal = profile_refusal(profile);

    buf_printf(out, "profile %s: %s, session type %s, tier %s%s\n", profile->name, mode_name(profile->mode),
               types[profile->type], tier_name(policy->tier), policy->wrap ? ", for a wrapped program" : "");
    if (refusal)
        buf_printf(out, "REFUSED at line %u, %s: %s\n", refusal->line, refusal->key, refusal->text);
    if (!policy->wrap)
        print_visible(profile, out);
    print_view(profile, policy, out);
    buf_add_text(out, "\nwhat the kernel allows, and who asked for it\n");
    print_rights(policy, policy->rights, out);
    print_missing(policy, out);
    print_totals(policy, out);
}

void explain_command(const char *name, const struct visible_command *command, const struct policy *policy, struct buf *out)
{
    if (!command || !command->visible) {
        buf_printf(out, "%s is not visible: the session answers CommandNotFoundException%s\n", name,
                   command ? ", as for every command that PowerShell keeps private in sessions of this type" : "");
        return;
    }
    buf_printf(out, "%s is visible%s\n", command->name,
               command->proxy ? ", with the parameters that PowerShell leaves it in restricted sessions" : "");
    buf_add_text(out, "what the kernel allows for it\n");
    print_rights(policy, explain_rights(command, policy), out);
    buf_add_text(out, "what it may reach beyond that depends on the providers that are visible: `jeshctl explain FILE`\n");
}
