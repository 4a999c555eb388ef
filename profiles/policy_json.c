// A policy for other programs.
#include <string.h>

#include "profiles/json.h"
#include "profiles/message.h"
#include "profiles/policy_names.h"

static void add_bits(struct buf *out, const char *key, const struct bit_name *names, uint64_t bits)
{
    json_key(out, key);
    buf_add_char(out, '[');
    for (; names->name; names++)
        if (bits & names->bit) {
            json_next(out);
            json_string(out, names->name);
        }
    buf_add_char(out, ']');
}

static void add_rights(struct buf *out, const char *key, rights_t rights)
{
    json_key(out, key);
    buf_add_char(out, '[');
    for (int i = 0; i < RIGHTS; i++)
        if (rights >> i & 1) {
            json_next(out);
            json_string(out, right_name((enum right)i));
        }
    buf_add_char(out, ']');
}

static void add_reasons(struct buf *out, const struct policy *policy)
{
    json_key(out, "rights");
    buf_add_char(out, '{');
    for (int i = 0; i < RIGHTS; i++)
        if (policy->rights >> i & 1)
            json_field(out, right_name((enum right)i), policy->right_reasons[i]);
    buf_add_char(out, '}');
}

static void add_mount(struct buf *out, const struct policy_mount *mount)
{
    json_next(out);
    buf_add_char(out, '{');
    json_field(out, "kind", mount_kind_name(mount->kind));
    json_field(out, "to", mount->to);
    if (mount->from)
        json_field(out, "from", mount->from);
    json_bool(out, "writable", mount->writable);
    json_bool(out, "exec", mount->exec);
    json_bool(out, "recursive", mount->recursive);
    json_bool(out, "optional", mount->optional);
    if (mount->size)
        json_number(out, "size", mount->size);
    json_field(out, "why", mount->why);
    buf_add_char(out, '}');
}

static void add_rule(struct buf *out, const struct policy_landlock_rule *rule)
{
    json_next(out);
    buf_add_char(out, '{');
    json_field(out, "path", rule->path);
    if (rule->except)
        json_field(out, "except", rule->except);
    add_bits(out, "access", landlock_fs_names, rule->access);
    json_bool(out, "optional", rule->optional);
    json_field(out, "why", rule->why);
    buf_add_char(out, '}');
}

static void add_landlock(struct buf *out, const struct policy *policy)
{
    json_key(out, "landlock");
    buf_add_char(out, '{');
    json_number(out, "abi", (unsigned)policy->landlock_abi);
    json_field(out, "abiBecause", policy->landlock_why);
    add_bits(out, "files", landlock_fs_names, policy->landlock_fs);
    add_bits(out, "network", landlock_net_names, policy->landlock_net);
    add_bits(out, "scoped", landlock_scope_names, policy->landlock_scope);
    json_key(out, "rules");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->landlock_count; i++)
        add_rule(out, &policy->landlock[i]);
    buf_add_text(out, "]");
    json_key(out, "connectPorts");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->connect_port_count; i++)
        buf_printf(out, "%s%u", i ? "," : "", policy->connect_ports[i]);
    buf_add_text(out, "]}");
}

static void add_call(struct buf *out, const struct policy_syscall *call)
{
    const struct syscall_row *row = &syscall_rows[call->row];

    json_next(out);
    buf_add_char(out, '{');
    json_field(out, "call", row->name);
    json_field(out, "answer", syscall_answer_name(row->answer));
    if (row->rule != RULE_ANY)
        json_field(out, "arguments", syscall_rules[row->rule].text);
    add_rights(out, "askedBy", call->asked_by);
    if (*row->why)
        json_field(out, "why", row->why);
    buf_add_char(out, '}');
}

static void add_filter(struct buf *out, const char *key, const struct policy *policy, enum filter_stage stage)
{
    json_key(out, key);
    buf_add_char(out, '{');
    json_number(out, "count", policy_calls(policy, stage));
    json_field(out, "otherCalls", "EPERM");
    json_field(out, "otherMachines", "KILL");
    json_key(out, "calls");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->filter_count[stage]; i++)
        add_call(out, &policy->filter[stage][i]);
    buf_add_text(out, "]}");
}

static void add_limits(struct buf *out, const struct policy *policy)
{
    json_key(out, "limits");
    buf_add_char(out, '{');
    for (int i = 0; i < LIMITS; i++)
        if (policy->limits[i] && !(policy->wrap && limit_rows[i].holder == LIMIT_INTERPRETER))
            json_number(out, limit_rows[i].name, policy->limits[i] / limit_rows[i].unit);
    buf_add_char(out, '}');
}

static void add_lists(struct buf *out, const struct policy *policy)
{
    json_key(out, "environment");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->environment_count; i++) {
        json_next(out);
        json_string(out, policy->environment[i]);
    }
    buf_add_char(out, ']');
    json_key(out, "messages");
    buf_add_char(out, '[');
    for (int i = 0; i < MESSAGES && !policy->wrap; i++)
        if (policy->broker_messages >> i & 1) {
            json_next(out);
            json_string(out, message_name((enum message)i));
        }
    buf_add_char(out, ']');
}

void policy_print_json(const struct policy *policy, struct buf *out)
{
    buf_add_char(out, '{');
    json_field(out, "profile", policy->profile);
    json_field(out, "use", policy->wrap ? "program" : "session");
    json_field(out, "mode", mode_name(policy->mode));
    json_field(out, "view", view_name(policy->view));
    json_field(out, "tier", tier_name(policy->tier));
    add_bits(out, "namespaces", namespace_names, policy->namespaces);
    json_bool(out, "loopback", policy->loopback);
    add_reasons(out, policy);
    json_key(out, "mounts");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->mount_count; i++)
        add_mount(out, &policy->mounts[i]);
    buf_add_char(out, ']');
    add_landlock(out, policy);
    add_filter(out, "filter1", policy, FILTER_LAUNCHER);
    if (!policy->wrap)
        add_filter(out, "filter2", policy, FILTER_INTERPRETER);
    add_limits(out, policy);
    add_lists(out, policy);
    buf_add_char(out, '}');
}
