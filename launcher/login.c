#include "launcher/login.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "launcher/libexec.h"

#define ENDPOINTS "/etc/jesh/endpoints/"
enum { NAMES_MS = 2000, NAMES_BYTES = 8192 };

static bool plausible(const char *name, const char *home)
{
    return name && home && *name && home[0] == '/' && strlen(name) < PERSON_TEXT &&
           strlen(home) < PERSON_TEXT;
}

static void keep(struct person *person, const struct passwd *entry)
{
    person->gid = entry->pw_gid;
    strcpy(person->name, entry->pw_name);
    strcpy(person->home, entry->pw_dir);
}

static bool find_in(FILE *file, struct person *person)
{
    for (struct passwd *entry; (entry = fgetpwent(file));) {
        if (entry->pw_uid != person->uid || !plausible(entry->pw_name, entry->pw_dir))
            continue;
        keep(person, entry);
        return true;
    }
    return false;
}

static bool find_local(struct person *person)
{
    FILE *file = fopen("/etc/passwd", "re");
    if (!file)
        return false;
    bool found = find_in(file, person);
    fclose(file);
    return found;
}

// The helper's answer, or as much as came in time.
static void read_answer(int fd, struct buf *out)
{
    uint64_t until = clock_ms() + NAMES_MS;
    size_t got = 1;
    while (got && out->size < NAMES_BYTES) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int64_t left = (int64_t)(until - clock_ms());
        if (left <= 0 || poll(&ready, 1, (int)left) <= 0 ||
            !fd_read_some(fd, NAMES_BYTES - out->size, out, &got))
            return;
    }
}

static void run_helper(int program, int answer)
{
    char uid[] = "names";
    char *argv[] = {uid, NULL}, *environment[] = {NULL};
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(answer, STDOUT_FILENO) >= 0 &&
        dup2(null, STDERR_FILENO) >= 0 && close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0)
        execveat(program, "", argv, environment, AT_EMPTY_PATH);
    _exit(EXIT_NOTFOUND);
}

static void ask_helper(int program, struct buf *out)
{
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC))
        return;
    pid_t child = fork();
    if (child == 0)
        run_helper(program, pipes[1]);
    fd_close(&pipes[1]);
    if (child > 0) {
        read_answer(pipes[0], out);
        kill(child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0)
            ;
    }
    fd_close(&pipes[0]);
}

static bool find_by_helper(struct person *person)
{
    int program;
    if (!libexec_open("jesh-names", &program, NULL))
        return false;
    struct buf answer = {.limit = NAMES_BYTES};
    ask_helper(program, &answer);
    fd_close(&program);
    FILE *line = answer.size ? fmemopen(answer.data, answer.size, "r") : NULL;
    bool found = line && find_in(line, person);
    if (line)
        fclose(line);
    buf_free(&answer);
    return found;
}

void person_find(struct person *ret)
{
    *ret = (struct person){.uid = getuid(), .gid = getgid(), .home = "/"};
    snprintf(ret->name, sizeof ret->name, "%u", (unsigned)ret->uid);
    if (!find_local(ret))
        find_by_helper(ret);
}

static bool endpoint_path(const char *name, char *ret_path, size_t size, struct err *err)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length = strlen(name);
    if (!length || length > 64 || name[0] == '.' || strspn(name, letters) != length)
        return err_set(err, EXIT_USAGE, "EndpointName",
                       "'%.80s' is not the name of an endpoint: letters, digits, '.', '_' and '-' only",
                       name);
    snprintf(ret_path, size, ENDPOINTS "%s.pssc", name);
    return true;
}

bool configuration_path(const struct options *options, char *ret_path, size_t size, bool *ret_own,
                        struct err *err)
{
    const char *file = options->configuration_file;
    *ret_own = file != NULL;
    if (!file)
        return endpoint_path(options->configuration_name ? options->configuration_name : "login", ret_path,
                             size, err);
    if (strlen(file) >= size)
        return err_set(err, EXIT_USAGE, "Usage", "the name of the configuration file is too long");
    strcpy(ret_path, file);
    return true;
}
