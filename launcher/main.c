// jesh: reads the command line, and starts a session or wraps a program. The only place that exits.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "launcher/fds.h"
#include "launcher/hooks.h"
#include "launcher/options.h"
#include "launcher/session.h"
#include "launcher/wrap.h"

#ifndef JESH_VERSION
#define JESH_VERSION "0.1"
#endif

static bool print(void (*fill)(struct buf *), struct err *err)
{
    struct buf text = BUF_INIT;
    fill(&text);
    bool ok = fd_write_all(STDOUT_FILENO, buf_text(&text), text.size);
    buf_free(&text);
    return ok || err_sys(err, 1, errno, "WriteError", "standard output cannot be written");
}

static void add_version(struct buf *out)
{
    buf_add_text(out, "jesh " JESH_VERSION "\n");
}

// A number that is not open would later be some descriptor of jesh's own.
static bool keep_status_fd(int fd, struct err *err)
{
    if (fd < 0 || (fcntl(fd, F_GETFD) >= 0 && (fd <= STDERR_FILENO || fd_set_cloexec(fd, true))))
        return true;
    return err_set(err, EXIT_USAGE, "Usage", "--status-fd %d: that descriptor is not open", fd);
}

static bool start(const struct options *options, const struct hooks *hooks, int *ret_status, struct err *err)
{
    *ret_status = 0;
    switch (options->start) {
    case START_VERSION:
        return print(add_version, err);
    case START_HELP:
        return print(options_help, err);
    case START_WRAP:
        return wrap_run(&(struct wrap){options->configuration_file, options->program, options->status_fd},
                        hooks, ret_status, err);
    default:
        return session_run(options, hooks, ret_status, err);
    }
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct options options;
    const struct hooks *hooks = NULL;
    int status = EXIT_SETUP;
#ifdef JESH_TEST
    struct hooks taken;
    if (!hooks_take(&argc, argv, &taken, &err)) {
        log_error("jesh", &err);
        return err.status;
    }
    hooks = &taken;
#endif
    bool ok = start_clean(&err) && options_read(argc, argv, &options, &err);
    if (ok) {
        ok = keep_status_fd(options.status_fd, &err) && start(&options, hooks, &status, &err);
        options_free(&options);
    }
    if (!ok)
        log_error("jesh", &err);
    return ok ? status : err.status;
}
