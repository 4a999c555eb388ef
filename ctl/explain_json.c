#include <string.h>

#include "ctl/explain.h"

static void add_calls(const struct policy *policy, enum right right, struct buf *out)
{
    enum filter_stage stage = explain_stage(policy);

    json_key(out, "calls");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->filter_count[stage]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[stage][i].row];

        if (!explain_asked(&policy->filter[stage][i], right))
            continue;
        json_next(out);
        buf_add_char(out, '{');
        json_field(out, "call", row->name);
        if (row->rule != RULE_ANY)
            json_field(out, "arguments", syscall_rules[row->rule].text);
        if (*row->why)
            json_field(out, "why", row->why);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_files(const struct policy *policy, uint64_t access, struct buf *out)
{
    json_key(out, "files");
    buf_add_char(out, '[');
    for (size_t i = 0; i < policy->landlock_count; i++) {
        const struct policy_landlock_rule *rule = &policy->landlock[i];

        if (!(rule->access & access) || !strcmp(rule->path, POLICY_PAYLOAD))
            continue;
        json_next(out);
        json_string(out, rule->path);
    }
    buf_add_char(out, ']');
}

static void add_rights(const struct policy *policy, rights_t rights, struct buf *out)
{
    json_key(out, "rights");
    buf_add_char(out, '[');
    for (int i = 0; i < RIGHTS; i++) {
        if (!(rights >> i & 1))
            continue;
        json_next(out);
        buf_add_char(out, '{');
        json_field(out, "right", right_name((enum right)i));
        json_field(out, "what", right_what((enum right)i));
        json_field(out, "askedBy", policy->right_reasons[i]);
        add_calls(policy, (enum right)i, out);
        add_files(policy, explain_access((enum right)i), out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_refused(const struct policy *policy, struct buf *out)
{
    json_key(out, "refused");
    buf_add_char(out, '[');
    for (int i = 0; i < RIGHTS; i++)
        if (!(policy->rights >> i & 1)) {
            json_next(out);
            json_string(out, right_name((enum right)i));
        }
    buf_add_char(out, ']');
}

static void add_commands(const struct profile *profile, struct buf *out)
{
    json_key(out, "commands");
    buf_add_char(out, '[');
    for (size_t i = 0; i < profile->command_count; i++) {
        if (!profile->commands[i].visible)
            continue;
        json_next(out);
        buf_add_char(out, '{');
        json_field(out, "name", profile->commands[i].name);
        json_bool(out, "restrictedForm", profile->commands[i].proxy);
        buf_add_char(out, '}');
    }
    buf_add_text(out, "]");
    json_key(out, "aliases");
    buf_add_char(out, '{');
    for (size_t i = 0; i < profile->alias_count; i++)
        json_field(out, profile->aliases[i].name, profile->aliases[i].value);
    buf_add_char(out, '}');
}

static void add_view(const struct profile *profile, struct buf *out)
{
    static const char *const networks[] = {"None", "Loopback", "Host"};

    json_key(out, "providers");
    buf_add_char(out, '[');
    for (int i = 0; i < PROVIDERS; i++)
        if (profile->providers >> i & 1) {
            json_next(out);
            json_string(out, provider_rows[i].name);
        }
    buf_add_char(out, ']');
    json_field(out, "view", view_name(profile->view));
    json_key(out, "mounts");
    buf_add_char(out, '[');
    for (size_t i = 0; i < profile->mount_count; i++) {
        json_next(out);
        buf_add_char(out, '{');
        json_field(out, "path", profile->mounts[i].path);
        json_bool(out, "writable", profile->mounts[i].writable);
        json_bool(out, "optional", profile->mounts[i].optional);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    json_field(out, "network", networks[profile->network]);
}

static void add_refusal(const struct profile *profile, struct buf *out)
{
    const struct profile_note *refusal = profile_refusal(profile);

    if (!refusal)
        return;
    json_key(out, "sessionRefused");
    buf_add_char(out, '{');
    json_field(out, "id", refusal->id);
    json_field(out, "key", refusal->key);
    json_field(out, "text", refusal->text);
    json_number(out, "line", refusal->line);
    buf_add_char(out, '}');
}

void explain_profile_json(const struct profile *profile, const struct policy *policy, struct buf *out)
{
    static const char *const types[] = {"Empty", "RestrictedRemoteServer", "Default"};

    buf_add_char(out, '{');
    json_field(out, "profile", profile->name);
    json_field(out, "mode", mode_name(profile->mode));
    json_field(out, "sessionType", types[profile->type]);
    json_field(out, "tier", tier_name(policy->tier));
    json_field(out, "use", policy->wrap ? "program" : "session");
    add_refusal(profile, out);
    add_commands(profile, out);
    add_view(profile, out);
    add_rights(policy, policy->rights, out);
    add_refused(policy, out);
    json_number(out, "systemCalls", policy_calls(policy, explain_stage(policy)));
    json_number(out, "landlockAbi", (unsigned)policy->landlock_abi);
    buf_add_text(out, "}\n");
}

void explain_command_json(const char *name, const struct visible_command *command, const struct policy *policy,
                          struct buf *out)
{
    bool visible = command && command->visible;

    buf_add_char(out, '{');
    json_field(out, "command", visible ? command->name : name);
    json_bool(out, "visible", visible);
    if (visible) {
        json_bool(out, "restrictedForm", command->proxy);
        add_rights(policy, explain_rights(command, policy), out);
    } else {
        json_field(out, "answer", "CommandNotFoundException");
    }
    buf_add_text(out, "}\n");
}
