// Texts, run: the first byte chooses the mode. Limits are small and a clock ends what goes on for too long;
// the commands are those that need no right. Whatever happens ends with a status, and nothing is left behind.
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "base/mem.h"
#include "interp/eval/interp.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerInitialize(int *count, char ***words);

enum { MILLISECONDS = 300, COMMANDS = CMDLETS };

#define CMDLET(id, name, rights, class_name, flags) extern const struct cmdlet cmdlet_##id;
#include "profiles/cmdlets.def"
#undef CMDLET

static const struct cmdlet *const cmdlets[CMDLETS] = {
#define CMDLET(id, name, rights, class_name, flags) [CMDLET_##id] = &cmdlet_##id,
#include "profiles/cmdlets.def"
#undef CMDLET
};
static const struct provider *const providers[PROVIDERS];
static struct interp *volatile running;

static bool write_host(void *context, int fd, const char *text, size_t size)
{
    return (void)context, (void)fd, (void)text, (void)size, true;
}

static bool report(void *context, struct interp *in, enum stream stream, value record)
{
    return (void)context, (void)in, (void)stream, (void)record, true;
}

static unsigned width(void *context)
{
    return (void)context, 80;
}

static const struct host host = {.write = write_host, .report = report, .width = width, .height = width};

static void out_of_time(int signal)
{
    (void)signal;
    if (running)
        running->interrupted = 1;
}

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count, (void)words;
    struct sigaction action = {.sa_handler = out_of_time, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    return 0;
}

static void start_clock(long milliseconds)
{
    struct itimerval clock = {.it_value.tv_usec = milliseconds * 1000,
                              .it_interval.tv_usec = milliseconds * 1000};
    setitimer(ITIMER_REAL, &clock, NULL);
}

static void run(struct session *session, const char *text, size_t size)
{
    struct interp in;
    struct err err;
    if (!interp_start(&in, session, &host, cmdlets, providers, &err))
        abort();
    running = &in;
    start_clock(MILLISECONDS);
    interp_run_text(&in, text, size, NULL, 0);
    start_clock(0);
    running = NULL;
    if (in.providers_end)
        in.providers_end(&in);
    interp_end(&in);
}

// Waiting is no finding.
static bool is_wanted(const struct cmdlet_row *row)
{
    return !row->rights && strcmp(row->name, "Start-Sleep") && strncmp(row->name, "Wait-", 5);
}

static void show_commands(struct session *session, struct visible_command *commands)
{
    for (size_t i = 0; i < CMDLETS; i++)
        if (is_wanted(&cmdlet_rows[i]))
            commands[session->command_count++] = (struct visible_command){
                .name = cmdlet_rows[i].name, .id = (enum cmdlet_id)i, .visible = true};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const enum language_mode modes[] = {MODE_RESTRICTED, MODE_NONE, MODE_FULL, MODE_CONSTRAINED};
    struct visible_command commands[COMMANDS];
    struct session session = {.home = "/",
                              .commands = commands,
                              .limits = {[LIMIT_ITEMS] = 10000,
                                         [LIMIT_STRING] = 100000,
                                         [LIMIT_PATTERN] = 10000,
                                         [LIMIT_CALL_DEPTH] = 60,
                                         [LIMIT_PARSE_DEPTH] = 64,
                                         [LIMIT_STACK] = 8u << 20,
                                         [LIMIT_PIPELINE] = 16,
                                         [LIMIT_INPUT] = 65536}};
    show_commands(&session, commands);
    if (!size)
        return 0;
    session.mode = modes[*bytes % 4];
    size_t before = mem_used();
    mem_set_budget(before + (64u << 20));
    run(&session, (const char *)bytes + 1, size - 1);
    mem_set_budget(0);
    if (mem_used() != before)
        abort();
    return 0;
}
