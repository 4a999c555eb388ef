// jeshctl explain: what a profile makes visible, and for each right what the kernel then allows, and who asked.
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "ctl/ctl.h"
#include "ctl/explain.h"

struct request {
    const char *file, *command;
    bool policy; // --policy: everything that the kernel will be told
    enum tier tier;
    enum policy_use use;
};

static bool read_tier(const char *text, enum tier *ret_tier)
{
    for (int tier = TIER_FULL; tier <= TIER_INPLACE; tier++)
        if (!strcmp(text, tier_name((enum tier)tier))) {
            *ret_tier = (enum tier)tier;
            return true;
        }
    return false;
}

static bool read_option(const char *option, struct request *request)
{
    if (!strcmp(option, "--policy"))
        request->policy = true;
    else if (!strcmp(option, "--wrap"))
        request->use = POLICY_WRAP;
    else if (!strcmp(option, "--login"))
        request->use = POLICY_LOGIN;
    else
        return !strncmp(option, "--tier=", 7) && read_tier(option + 7, &request->tier);
    return true;
}

static int read_request(struct ctl *ctl, int argc, char **argv, struct request *request)
{
    for (int i = 0; i < argc; i++) {
        if (!strncmp(argv[i], "--", 2)) {
            if (!read_option(argv[i], request))
                return ctl_usage(ctl, "explain does not know %s", argv[i]);
        } else if (!request->file) {
            request->file = argv[i];
        } else if (!request->command) {
            request->command = argv[i];
        } else {
            return ctl_usage(ctl, "explain takes a file and at most one command");
        }
    }
    return request->file ? 0 : ctl_usage(ctl, "explain needs the file of a profile (.pssc)");
}

static void report(struct ctl *ctl, const struct err *err)
{
    char text[ERR_FILE + ERR_TEXT];

    err_format(err, text, sizeof(text));
    if (ctl->json) {
        buf_add_char(&ctl->out, '{');
        json_field(&ctl->out, "id", err->id);
        json_field(&ctl->out, "error", text);
        buf_add_text(&ctl->out, "}\n");
    }
    buf_printf(&ctl->err, "jeshctl: %s\n", text);
}

static const struct visible_command *find_command(const struct profile *profile, const char *name)
{
    size_t size = strlen(name);

    for (size_t i = 0; i < profile->alias_count; i++)
        if (utf8_same_ignore_case(name, size, profile->aliases[i].name, strlen(profile->aliases[i].name))) {
            name = profile->aliases[i].value;
            size = strlen(name);
            break;
        }
    for (size_t i = 0; i < profile->command_count; i++)
        if (utf8_same_ignore_case(name, size, profile->commands[i].name, strlen(profile->commands[i].name)))
            return &profile->commands[i];
    return NULL;
}

static int explain_policy(struct ctl *ctl, const struct policy *policy)
{
    if (ctl->json)
        policy_print_json(policy, &ctl->out);
    else
        policy_print(policy, &ctl->out);
    if (ctl->json)
        buf_add_char(&ctl->out, '\n');
    return 0;
}

static int explain(struct ctl *ctl, const struct request *request, const struct profile *profile,
                   const struct policy *policy)
{
    const struct visible_command *command;

    if (request->policy)
        return explain_policy(ctl, policy);
    if (!request->command) {
        (ctl->json ? explain_profile_json : explain_profile)(profile, policy, &ctl->out);
        return 0;
    }
    command = find_command(profile, request->command);
    if (ctl->json)
        explain_command_json(request->command, command, policy, &ctl->out);
    else
        explain_command(request->command, command, policy, &ctl->out);
    return command && command->visible ? 0 : EXIT_NOTFOUND;
}

int ctl_explain(struct ctl *ctl, int argc, char **argv)
{
    struct request request = {.tier = TIER_FULL};
    struct arena arena = ARENA_INIT;
    struct profile *profile = NULL;
    struct policy policy;
    struct err err = {0};
    int status = read_request(ctl, argc, argv, &request);

    if (status)
        return status;
    if (!explain_open(request.file, &profile, &err) ||
        !policy_derive(profile, request.tier, request.use, &arena, &policy, &err)) {
        report(ctl, &err);
        status = err.status;
    } else {
        status = explain(ctl, &request, profile, &policy);
    }
    arena_free(&arena);
    profile_free(profile);
    return status;
}
