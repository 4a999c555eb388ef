// jeshctl: looks at profiles and at the machine; changes nothing and needs no privilege.
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/nearest.h"
#include "ctl/ctl.h"

static const struct {
    const char *name;
    ctl_command *run;
    const char *arguments, *what;
} commands[] = {
#define CTL(name, function, arguments, what) {name, function, arguments, what},
#include "ctl/commands.def"
#undef CTL
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const char *command_name_at(size_t i)
{
    return commands[i].name;
}

static int help(struct ctl *ctl)
{
    buf_add_text(&ctl->out, "usage: jeshctl COMMAND [--json] …\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        buf_printf(&ctl->out, "  %s%s%s\n      %s\n", commands[i].name, *commands[i].arguments ? " " : "",
                   commands[i].arguments, commands[i].what);
    return 0;
}

static int run(struct ctl *ctl, int argc, char **argv)
{
    if (argc == 0)
        return ctl_usage(ctl, "which command? jeshctl --help lists them");
    if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0 || strcmp(argv[0], "help") == 0)
        return help(ctl);
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(argv[0], commands[i].name) == 0)
            return commands[i].run(ctl, argc - 1, argv + 1);
    struct hint hint = nearest_hint(argv[0], strlen(argv[0]), (struct names){command_name_at, COMMANDS});
    return ctl_usage(ctl, "there is no command '%s'%s", argv[0],
                     *hint.text ? hint.text : "; jeshctl --help lists them");
}

// Takes --json out of the arguments up to --; returns how many are left.
static int take_json(struct ctl *ctl, int argc, char **argv)
{
    int kept = 0;
    bool options = true;
    for (int i = 0; i < argc; i++) {
        options = options && strcmp(argv[i], "--") != 0;
        if (options && strcmp(argv[i], "--json") == 0)
            ctl->json = true;
        else
            argv[kept++] = argv[i];
    }
    return kept;
}

int main(int argc, char **argv)
{
    struct ctl ctl = {.out = BUF_INIT, .err = BUF_INIT};
    int count = take_json(&ctl, argc - 1, argv + 1);
    int status = run(&ctl, count, argv + 1);
    bool written = fd_write_all(STDOUT_FILENO, buf_text(&ctl.out), ctl.out.size) && !ctl.out.failed;
    fd_write_all(STDERR_FILENO, buf_text(&ctl.err), ctl.err.size);
    buf_free(&ctl.out);
    buf_free(&ctl.err);
    return written ? status : EXIT_SETUP;
}
