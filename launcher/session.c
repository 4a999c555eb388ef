#include "launcher/session.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "launcher/broker.h"
#include "launcher/hooks.h"
#include "launcher/libexec.h"
#include "launcher/login.h"
#include "launcher/start-folder.h"
#include "launcher/status.h"
#include "launcher/user.h"
#include "profiles/limits.h"
#include "profiles/message.h"
#include "profiles/policy.h"
#include "syntax/modes.h"
#include "syntax/parser.h"

enum { PATH_BYTES = 4096, SCRIPT_BYTES = 16 * 1024 * 1024, TERM_BYTES = 64, GRACE_MS = 500 };

struct opening { // everything that a session needs before and while it runs
    const struct options *options;
    struct person person;
    struct profile *profile;
    bool terminal[3];
    bool no_colour;
    char term[TERM_BYTES];
    char directory[PATH_BYTES];
    struct buf script; // text of -File, decoded
    int program, null; // descriptors: the interpreter, /dev/null
    int wire[2];       // ours, the session's
    struct pty pty;
    struct broker broker;
    struct broker_run run;
    struct running running;
    bool is_job, launched;
    const struct hooks *hooks; // of tests
};

static struct opening closed(const struct options *options)
{
    return (struct opening){.options = options,
                            .program = -1,
                            .null = -1,
                            .wire = {-1, -1},
                            .pty = PTY_NONE,
                            .broker = {.wire = {.fd = -1}, .owners = OWNERS_NONE, .jobs = JOBS_NONE},
                            .run = {.signals = -1}};
}

static bool endpoint_missing(const struct options *options, const char *path, struct err *err)
{
    *err = (struct err){0};
    err_set(err, EXIT_SETUP, "ProfileNotFound", "there is no such endpoint; root makes it, by putting a profile there%s",
            options->login ? "" : ", and -ConfigurationFile names a profile of your own");
    return err_at(err, path, 0, 0);
}

static bool load_profile(struct opening *o, struct err *err)
{
    char path[PATH_BYTES];
    bool own;
    if (!configuration_path(o->options, path, sizeof path, &own, err))
        return false;
    if (profile_open(path, own && !o->options->login ? o->person.uid : (unsigned)-1, &o->profile, err))
        return profile_admits(o->profile, err);
    return own || strcmp(err->id, "ProfileNotFound") != 0 ? false : endpoint_missing(o->options, path, err);
}

// Started by root the session belongs to the account that the profile names; the launch has the last word on
// it.
static bool find_user(struct opening *o, struct err *err)
{
    struct account account;
    if (o->person.uid != 0 || !o->profile->user)
        return true;
    if (!account_find(o->profile->user, &account, err))
        return false;
    snprintf(o->person.name, sizeof o->person.name, "%s", account.name);
    snprintf(o->person.home, sizeof o->person.home, "%s", account.home);
    return true;
}

static bool missing_script(const char *file, struct err *err)
{
    return err_sys(err, EXIT_USAGE, errno, "CommandFileNotFound", "the script '%.200s' cannot be read", file);
}

static bool read_script(struct opening *o, struct err *err)
{
    const char *file = o->options->file;
    if (o->options->start != START_FILE)
        return true;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct buf bytes = BUF_INIT;
    bool ok = fd >= 0 && fd_read_all(fd, SCRIPT_BYTES, &bytes);
    if (!ok)
        missing_script(file, err);
    fd_close(&fd);
    char *text = NULL;
    size_t size = 0;
    if (ok && (ok = source_decode(buf_text(&bytes), bytes.size, &text, &size, err))) {
        ok = buf_add(&o->script, text, size) ||
             err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left for the script");
        mem_free(text, size + 1);
    }
    buf_free(&bytes);
    return ok;
}

// TERM goes in, so it may only be what a terminal's name is made of.
static void read_environment(struct opening *o)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-";
    const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    if (term && strlen(term) < sizeof o->term && strspn(term, letters) == strlen(term))
        strcpy(o->term, term);
    o->no_colour = (no_colour && *no_colour) || !strcmp(o->term, "dumb");
}

static void find_directory(struct opening *o)
{
    const char *asked = o->options->working_directory;
    if (asked && asked[0] == '/')
        asked = strlen(asked) < sizeof o->directory ? asked : NULL;
    if (o->options->login && !asked)
        asked = o->person.home;
    if (asked && asked[0] == '/')
        strcpy(o->directory, asked);
    else if ((asked && chdir(asked)) || !getcwd(o->directory, sizeof o->directory))
        strcpy(o->directory, "/");
}

static bool open_terminal(struct opening *o, struct err *err)
{
    unsigned flags = PTY_EDITOR | (o->options->login ? PTY_LOGIN : 0);
    if (o->profile->mode != MODE_FULL)
        flags |= PTY_FILTER; // no program draws there but the interpreter
    return !pty_wanted(o->terminal) || pty_open(o->terminal, flags, &o->pty, err);
}

static bool open_interpreter(struct opening *o, const struct hooks *hooks, struct err *err)
{
    bool small = o->profile->mode == MODE_NONE || o->profile->mode == MODE_RESTRICTED;
#ifdef JESH_TEST
    if (hooks && hooks->payload)
        return hooks_payload(hooks, &o->program, err);
#else
    (void)hooks;
#endif
    return libexec_open(small ? "jesh-restricted" : "jesh-full", &o->program, err);
}

static bool open_descriptors(struct opening *o, const struct hooks *hooks, struct err *err)
{
    if (!open_interpreter(o, hooks, err))
        return false;
    if ((o->null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
        return err_sys(err, EXIT_SETUP, errno, "DescriptorMissing", "/dev/null cannot be opened");
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, o->wire))
        return err_sys(err, EXIT_SETUP, errno, "WireError", "the session's socket cannot be made");
    return (o->run.signals = broker_signals(err)) >= 0 && open_terminal(o, err);
}

static bool launch(struct opening *o, const struct hooks *hooks, struct err *err)
{
    char name[] = "jesh";
    char *argv[] = {name, NULL};
    struct payload payload = {.program = o->program,
                              .argv = argv,
                              .wire = o->wire[1],
                              .directory = o->directory,
                              .terminal = o->pty.slave >= 0};
    enum policy_use use = o->options->login ? POLICY_LOGIN : POLICY_SESSION;
    for (int fd = 0; fd < 3; fd++)
        payload.stdio[fd] = o->terminal[fd] ? o->pty.slave : o->null;
    return o->launched = launch_start(o->profile, use, &payload, hooks, &o->running, err);
}

static unsigned session_flags(const struct opening *o)
{
    const struct options *options = o->options;
    if (o->is_job)
        return SESSION_JOB | SESSION_NO_COLOUR | SESSION_NO_LOGO | SESSION_NON_INTERACTIVE;
    bool asks = options->start == START_PROMPT || options->no_exit;
    return (asks && (o->terminal[0] || options->prompts) ? SESSION_INTERACTIVE : 0) |
           (o->terminal[0] ? SESSION_STDIN_TERMINAL : SESSION_HAS_INPUT) |
           (o->terminal[1] ? SESSION_STDOUT_TERMINAL : 0) | (o->terminal[2] ? SESSION_STDERR_TERMINAL : 0) |
           (o->no_colour ? SESSION_NO_COLOUR : 0) | (options->errors_json ? SESSION_ERRORS_JSON : 0) |
           (options->no_logo ? SESSION_NO_LOGO : 0) |
           (options->non_interactive ? SESSION_NON_INTERACTIVE : 0);
}

// TempMB holds in a private home; elsewhere a full disk is no limit of the session's.
static bool has_private_home(const struct policy *policy)
{
    bool has = false;
    for (size_t i = 0; i < policy->mount_count; i++)
        has = has || (policy->mounts[i].kind == MOUNT_TMPFS && policy->mounts[i].writable);
    return has;
}

static bool add_hello(struct opening *o)
{
    struct session session;
    struct utsname names;
    struct buf hello = BUF_INIT;
    profile_session(o->profile, o->running.tier, &session);
    session.user = o->person.name;
    session.home = o->person.home;
    session.hostname = uname(&names) ? "" : names.nodename;
    start_folder(o->profile, o->person.home, o->directory, sizeof o->directory);
    session.directory = session.rights & RIGHT_BIT(FILE_READ) ? o->directory : "";
    session.flags |= session_flags(o);
    if (!has_private_home(&o->running.policy))
        session.limits[LIMIT_TEMP] = 0;
    pty_window(&o->pty, &session.columns, &session.rows);
    bool ok = session_encode(&session, &hello) &&
              wire_frame(&o->broker.first, MESSAGE_HELLO, hello.data, hello.size);
    buf_free(&hello);
    return ok;
}

static void add_text(struct opening *o, enum text_kind kind, const char *name, const char *text,
                     size_t size)
{
    const struct options *options = o->options;
    bool takes_args = kind == RUN_COMMAND || kind == RUN_FILE; // not RUN_JOB: its arguments are among its bytes
    struct buf payload = BUF_INIT;
    buf_add_char(&payload, (char)kind);
    wire_put_text(&payload, name, name ? strlen(name) : 0);
    wire_put_u32(&payload, takes_args ? (uint32_t)options->arg_count : 0);
    for (size_t i = 0; takes_args && i < options->arg_count; i++)
        wire_put_text(&payload, options->args[i], strlen(options->args[i]));
    if (text)
        buf_add(&payload, text, size);
    if (!payload.failed)
        broker_add_text(&o->broker, payload.data, payload.size);
    buf_free(&payload);
}

static bool add_texts(struct opening *o, struct err *err)
{
    struct options *options = (struct options *)o->options;
    if (options->start == START_COMMAND)
        add_text(o, RUN_COMMAND, NULL, buf_text(&options->text), options->text.size);
    else if (options->start == START_FILE)
        add_text(o, RUN_FILE, options->file, buf_text(&o->script), o->script.size);
    else
        add_text(o, options->start == START_PIPED ? RUN_PIPED : RUN_PROMPT, NULL, NULL, 0);
    if (options->no_exit && options->start != START_PROMPT)
        add_text(o, RUN_PROMPT, NULL, NULL, 0);
    wire_frame(&o->broker.first, MESSAGE_CLOSE, NULL, 0);
    return (o->broker.texts && !o->broker.first.failed) ||
           err_set(err, EXIT_SETUP, "OutOfMemory",
                   "the text does not fit into memory, or is longer than 16 MiB");
}

static bool prepare_wire(struct opening *o, struct err *err)
{
    const uint64_t jobs = (uint64_t)1 << MESSAGE_JOB_START | (uint64_t)1 << MESSAGE_JOB_ASK |
                          (uint64_t)1 << MESSAGE_JOB_STOP | (uint64_t)1 << MESSAGE_OWNER;
    memcpy(o->broker.terminal, o->terminal, sizeof o->terminal);
    o->broker.permitted = o->running.policy.broker_messages & ~(o->is_job ? jobs : 0);
    o->broker.output_limit = o->running.policy.limits[LIMIT_OUTPUT];
    o->broker.wire.fd = o->wire[0];
    o->wire[0] = -1;
    fd_close(&o->wire[1]);
    fd_close(&o->program);
    o->run.broker = &o->broker;
    o->run.running = &o->running;
    o->run.pty = &o->pty;
    for (int fd = 1; fd < 3; fd++)
        o->run.out[fd] = outlet_open(fd);
    o->run.wall_ms = o->running.policy.limits[LIMIT_WALL] * 1000;
    if (!fd_set_nonblocking(o->broker.wire.fd, true))
        return err_sys(err, EXIT_SETUP, errno, "WireError", "the session's socket cannot be set up");
    return add_hello(o) || err_set(err, EXIT_SETUP, "OutOfMemory", "the profile does not fit into a message");
}

static bool prepare_broker(struct opening *o, struct err *err)
{
    return prepare_wire(o, err) && add_texts(o, err);
}

// What the kernel ended says so in its status only; a person should read why.
static void explain_end(const struct running *running)
{
    if (running->ended && running->status == 128 + SIGSYS)
        log_line("jesh", "the kernel ended the session: it asked for a system call that its profile does not "
                         "permit (SIGSYS)");
}

static void finish(struct opening *o, unsigned grace_ms)
{
    starter_close(&o->broker.jobs.starter);
    if (o->launched)
        running_end(&o->running, grace_ms);
    pty_close(&o->pty);
    for (int fd = 1; fd < 3; fd++)
        outlet_close(&o->run.out[fd]);
    broker_free(&o->broker);
    fd_close(&o->run.signals);
    fd_close(&o->wire[0]);
    fd_close(&o->wire[1]);
    fd_close(&o->null);
    fd_close(&o->program);
    buf_free(&o->script);
    if (o->profile)
        profile_free(o->profile);
}

// --- Jobs
// ----------------------------------------------------------------------------------------------------

// In the starter's child: a session of its own from the same profile, without a terminal, without jobs. A tier
// below that of the session that asked would be a wider sandbox.
static bool open_job(struct opening *o, struct opening *job, const char *bytes, size_t size, struct err *err)
{
    bool ok = open_descriptors(job, job->hooks, err) && launch(job, job->hooks, err);
    if (ok && job->running.tier != o->running.tier)
        ok = err_set(err, EXIT_SETUP, "TierUnavailable", "the job would have a wider sandbox than its session");
    if (!ok || !prepare_wire(job, err))
        return false;
    add_text(job, RUN_JOB, NULL, bytes, size);
    return wire_frame(&job->broker.first, MESSAGE_CLOSE, NULL, 0) && job->broker.texts;
}

static bool serve_job(struct opening *job, int *ret_status, struct err *err)
{
    enum witness witness;
    return broker_confine(false, err) && broker_await(&job->run, err) &&
           running_witness(&job->running, 1000, &witness, err) && broker_loop(&job->run, ret_status, err);
}

static int run_job(void *context, const char *bytes, size_t size)
{
    struct opening *o = context;
    const struct hooks *hooks = NULL;
#ifdef JESH_TEST
    struct hooks own = o->hooks ? hooks_of_job(o->hooks) : (struct hooks){0};
    hooks = &own;
#endif
    struct opening *job = mem_new(1, sizeof *job);
    struct err err = {.status = EXIT_SETUP};
    int status = EXIT_SETUP;
    if (!job)
        return status;
    *job = closed(o->options);
    job->person = o->person;
    job->profile = o->profile;
    job->is_job = true;
    job->hooks = hooks;
    memcpy(job->directory, o->directory, sizeof job->directory);
    bool ok = open_job(o, job, bytes, size, &err) && serve_job(job, &status, &err);
    finish(job, ok ? GRACE_MS : 0);
    return ok ? status : err.status;
}

static bool open_starter(struct opening *o, struct err *err)
{
#ifdef JESH_TEST
    o->broker.jobs.starter.fail = o->hooks ? o->hooks->fail_starter : 0;
#endif
    return !(o->broker.permitted >> MESSAGE_JOB_START & 1) ||
           starter_open(&o->broker.jobs.starter, run_job, o, err);
}

// While the interpreter starts, so that nobody waits for it.
static bool confine(struct opening *o, struct err *err)
{
    bool owners = o->broker.permitted >> MESSAGE_OWNER & 1;
    if (owners)
        owners_open(&o->broker.owners, &o->running);
    return broker_confine(owners, err);
}

static bool broker(struct opening *o, int *ret_status, struct err *err)
{
    enum witness witness;
    pty_start(&o->pty);
    if (!prepare_broker(o, err) || !open_starter(o, err) || !confine(o, err) || !broker_await(&o->run, err) ||
        !running_witness(&o->running, 1000, &witness, err))
        return false;
    status_start(o->options->status_fd, o->profile, &o->running, status_filters(witness));
    if (!broker_loop(&o->run, ret_status, err))
        return false;
    explain_end(&o->running);
    return true;
}

static bool run(struct opening *o, const struct hooks *hooks, int *ret_status, struct err *err)
{
    bool ok = load_profile(o, err) && find_user(o, err) && read_script(o, err) &&
              open_descriptors(o, hooks, err) && launch(o, hooks, err) && broker(o, ret_status, err);
    finish(o, ok ? GRACE_MS : 0);
    return ok;
}

bool session_run(const struct options *options, const struct hooks *hooks, int *ret_status, struct err *err)
{
    struct opening *o = mem_new(1, sizeof *o);
    if (!o)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left");
    *o = closed(options);
    o->hooks = hooks;
    person_find(&o->person);
    read_environment(o);
    find_directory(o);
    bool ok = run(o, hooks, ret_status, err);
    mem_free(o, sizeof *o);
    if (ok)
        status_exit(options->status_fd, *ret_status);
    else
        status_refused(options->status_fd, err);
    return ok;
}
