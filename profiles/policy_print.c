// The text of a policy: what golden files hold and `jeshctl explain` shows.
#include <string.h>

#include "profiles/message.h"
#include "profiles/policy_names.h"

static void print_rights(const struct policy *policy, struct buf *out)
{
    buf_add_text(out, "\nrights\n");
    for (int i = 0; i < RIGHTS; i++)
        if (policy->rights >> i & 1)
            buf_printf(out, "  %-14s  asked by: %s\n", right_name((enum right)i), policy->right_reasons[i]);
}

static void print_mount(const struct policy_mount *mount, struct buf *out)
{
    buf_printf(out, "  %-6s  %s", mount_kind_name(mount->kind), mount->to);
    if (mount->from && strcmp(mount->from, mount->to))
        buf_printf(out, " from %s", mount->from);
    buf_printf(out, "  %s,nosuid%s%s", mount->writable ? "rw" : "ro",
               mount->kind == MOUNT_DEV || mount->kind == MOUNT_DEVPTS ? "" : ",nodev", mount->exec ? "" : ",noexec");
    if (mount->size)
        buf_printf(out, ",size=%llu", (unsigned long long)mount->size);
    buf_printf(out, "%s%s  # %s\n", mount->recursive ? ",recursive" : "", mount->optional ? ",if-present" : "",
               mount->why);
}

static void print_mounts(const struct policy *policy, struct buf *out)
{
    buf_add_text(out, "\nmounts");
    buf_add_text(out, policy->tier == TIER_FULL ? ", on an empty read-only root\n" : "\n");
    for (size_t i = 0; i < policy->mount_count; i++)
        print_mount(&policy->mounts[i], out);
    if (policy->tier != TIER_FULL)
        buf_add_text(out, "  none: the caller's own, held by Landlock\n");
}

static void print_rule(const struct policy_landlock_rule *rule, struct buf *out)
{
    buf_printf(out, "  %s", rule->path);
    if (rule->except)
        buf_printf(out, " except (%s)", rule->except);
    buf_add_text(out, rule->optional ? ", if present: " : ": ");
    bit_names(out, landlock_fs_names, rule->access, " ");
    buf_printf(out, "  # %s\n", rule->why);
}

static void print_landlock(const struct policy *policy, struct buf *out)
{
    buf_printf(out, "\nLandlock, from ABI %d (%s)\n  handled: ", policy->landlock_abi, policy->landlock_why);
    bit_names(out, landlock_fs_names, policy->landlock_fs, " ");
    buf_add_text(out, "\n  handled, network: ");
    bit_names(out, landlock_net_names, policy->landlock_net, " ");
    buf_add_text(out, "\n  scoped: ");
    bit_names(out, landlock_scope_names, policy->landlock_scope, " ");
    buf_add_text(out, "\n");
    for (size_t i = 0; i < policy->landlock_count; i++)
        print_rule(&policy->landlock[i], out);
    for (size_t i = 0; i < policy->connect_port_count; i++)
        buf_printf(out, "  TCP port %u: connect_tcp\n", policy->connect_ports[i]);
}

static void print_askers(const struct policy_syscall *call, struct buf *out)
{
    if (!call->asked_by) {
        buf_add_text(out, syscall_rows[call->row].where == IN_START || syscall_rows[call->row].where == IN_LAUNCH
                              ? "  [start]" : "  [BASE]");
        return;
    }
    buf_add_text(out, "  [");
    for (int i = 0, first = 1; i < RIGHTS; i++)
        if (call->asked_by >> i & 1) {
            buf_printf(out, "%s%s", first ? "" : " ", right_name((enum right)i));
            first = 0;
        }
    buf_add_text(out, "]");
}

static void print_call(const struct policy_syscall *call, struct buf *out)
{
    const struct syscall_row *row = &syscall_rows[call->row];

    buf_printf(out, "  %s", row->name);
    if (row->rule != RULE_ANY)
        buf_printf(out, "(%s)", syscall_rules[row->rule].text);
    print_askers(call, out);
    if (*row->why)
        buf_printf(out, "  # %s", row->why);
    buf_add_text(out, "\n");
}

static void print_refused(const struct policy *policy, enum filter_stage stage, enum syscall_answer answer,
                          struct buf *out)
{
    bool any = false;

    for (size_t i = 0; i < policy->filter_count[stage]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[stage][i].row];

        if (row->answer != answer)
            continue;
        if (!any)
            buf_printf(out, "  %s:", syscall_answer_name(answer));
        buf_printf(out, " %s", row->name);
        any = true;
    }
    buf_add_text(out, any ? "\n" : "");
}

static void print_filter(const struct policy *policy, enum filter_stage stage, const char *title, struct buf *out)
{
    buf_printf(out, "\n%s: %zu system calls\n", title, policy_calls(policy, stage));
    for (size_t i = 0; i < policy->filter_count[stage]; i++)
        if (syscall_rows[policy->filter[stage][i].row].answer == ANSWER_ALLOW)
            print_call(&policy->filter[stage][i], out);
    print_refused(policy, stage, ANSWER_KILL, out);
    print_refused(policy, stage, ANSWER_ENOSYS, out);
    print_refused(policy, stage, ANSWER_ENOTSUP, out);
    buf_add_text(out, "  KILL: every call of another machine or of x32\n  EPERM: every other call\n");
}

static void print_limits(const struct policy *policy, struct buf *out)
{
    buf_add_text(out, "\nlimits\n");
    for (int i = 0; i < LIMITS; i++) {
        if (policy->wrap && limit_rows[i].holder == LIMIT_INTERPRETER)
            continue;
        buf_printf(out, "  %-15s  ", limit_rows[i].name);
        if (policy->limits[i])
            buf_printf(out, "%llu\n", (unsigned long long)(policy->limits[i] / limit_rows[i].unit));
        else
            buf_add_text(out, "none\n");
    }
}

static void print_rest(const struct policy *policy, struct buf *out)
{
    buf_add_text(out, "\nenvironment\n");
    for (size_t i = 0; i < policy->environment_count; i++)
        buf_printf(out, "  %s%s\n", policy->environment[i], strchr(policy->environment[i], '=') ? "" : " (from outside)");
    if (policy->wrap)
        return;
    buf_add_text(out, "\nbroker's messages\n ");
    for (int i = 0; i < MESSAGES; i++)
        if (policy->broker_messages >> i & 1)
            buf_printf(out, " %s", message_name((enum message)i));
    buf_add_text(out, "\n");
}

void policy_print(const struct policy *policy, struct buf *out)
{
    buf_printf(out, "profile %s: %s, mode %s, view %s, tier %s\n", policy->profile,
               policy->wrap ? "a wrapped program" : "a session", mode_name(policy->mode), view_name(policy->view),
               tier_name(policy->tier));
    buf_add_text(out, "namespaces: ");
    bit_names(out, namespace_names, policy->namespaces, " ");
    buf_printf(out, "%s\n", policy->loopback ? ", lo up" : "");
    print_rights(policy, out);
    print_mounts(policy, out);
    print_landlock(policy, out);
    if (policy->wrap) {
        print_filter(policy, FILTER_LAUNCHER, "the one filter", out);
    } else {
        print_filter(policy, FILTER_LAUNCHER, "filter 1 (until the interpreter has started)", out);
        print_filter(policy, FILTER_INTERPRETER, "filter 2 (while the session runs)", out);
    }
    print_limits(policy, out);
    print_rest(policy, out);
}
