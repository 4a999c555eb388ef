#include "interp/cmdlets/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "interp/cmdlets/process-child.h"
#include "interp/eval/interp.h"
#include "interp/providers/owner.h"
#include "interp/value/types.h"

#define PROCESS(v) ((struct process *)(v).object)

enum { COMM_SIZE = 15 }; // the kernel cuts names there

static ssize_t read_proc(pid_t id, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/%s", (long)id, name);
    int fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t got = read(fd, text, size - 1);
    close(fd);
    if (got >= 0)
        text[got] = '\0';
    return got;
}

// A name that was cut is looked up in the command line.
static bool set_name(struct interp *in, struct process *process, const char *comm, size_t size)
{
    char line[4096];
    if (size < COMM_SIZE || read_proc(process->id, "cmdline", line, sizeof line) <= 0)
        return string_new(in, comm, size, &process->name);
    const char *slash = strrchr(line, '/'), *leaf = slash ? slash + 1 : line;
    bool longer = strncmp(leaf, comm, size) == 0;
    return longer ? string_text(in, leaf, &process->name) : string_new(in, comm, size, &process->name);
}

static int64_t started(unsigned long long clock_ticks) // since boot
{
    struct timespec up;
    clock_gettime(CLOCK_BOOTTIME, &up);
    int64_t boot = date_now_utc() - (up.tv_sec * TICKS_PER_SECOND + up.tv_nsec / 100);
    return boot + (int64_t)(clock_ticks * (unsigned long long)TICKS_PER_SECOND /
                            (unsigned long long)sysconf(_SC_CLK_TCK));
}

static bool parse_stat(struct interp *in, struct process *p, const char *text)
{
    const char *open = strchr(text, '('), *close = strrchr(text, ')');
    unsigned long long user, kernel, start, size;
    long priority, threads, resident;
    if (!open || !close || close < open)
        return false;
    if (sscanf(close + 2,
               "%*c %" SCNd32 " %*d %" SCNd32
               " %*d %*d %*u %*u %*u %*u %*u %llu %llu %*d %*d %ld %*d %ld %*d %llu %llu %ld",
               &p->parent, &p->session, &user, &kernel, &priority, &threads, &start, &size, &resident) != 9)
        return false;
    p->cpu_ticks = (user + kernel) * (uint64_t)TICKS_PER_SECOND / (uint64_t)sysconf(_SC_CLK_TCK);
    p->virtual_bytes = size;
    p->resident_bytes = (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
    p->priority = (int32_t)priority;
    p->threads = (int32_t)threads;
    p->started = started(start);
    return set_name(in, p, open + 1, (size_t)(close - open - 1));
}

static bool set_user(struct interp *in, struct process *process)
{
    char path[64];
    struct stat stat;
    value user;
    snprintf(path, sizeof path, "/proc/%ld", (long)process->id);
    if (fstatat(AT_FDCWD, path, &stat, 0) != 0)
        return true;
    if (!owner_user(in, path, &stat, &user))
        return false;
    value_drop(process->user);
    process->user = user;
    return true;
}

bool process_add_user(struct interp *in, value process)
{
    return set_user(in, PROCESS(process)) &&
           member_add_type_name(in, process, "System.Diagnostics.Process#IncludeUserName");
}

// What has ended and waits to be reaped is gone for everybody else.
static bool read_stat(pid_t id, char *text, size_t size)
{
    if (id <= 0 || read_proc(id, "stat", text, size) <= 0)
        return false;
    const char *close = strrchr(text, ')');
    return close && close[1] == ' ' && close[2] != 'Z' && close[2] != 'X';
}

bool process_is_gone(pid_t id)
{
    char text[1024];
    return !read_stat(id, text, sizeof text);
}

bool process_read(struct interp *in, pid_t id, bool with_user, value *ret)
{
    char text[1024];
    value v;
    *ret = value_void;
    if (!read_stat(id, text, sizeof text))
        return true;
    if (!object_new(in, &type_process, &v))
        return false;
    PROCESS(v)->id = (int32_t)id;
    if (!parse_stat(in, PROCESS(v), text) || (with_user && !process_add_user(in, v))) {
        value_drop(v);
        return value_is_null(in->thrown);
    }
    *ret = v;
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct process *x = PROCESS(*(const value *)a), *y = PROCESS(*(const value *)b);
    int order = utf8_compare_ignore_case(x->name.string->text, x->name.string->size, y->name.string->text,
                                         y->name.string->size);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static bool add_entry(struct interp *in, const char *name, bool with_user, struct array *list)
{
    char *end;
    long id = strtol(name, &end, 10);
    value process;
    if (*end || id <= 0)
        return true;
    if (!process_read(in, (pid_t)id, with_user, &process))
        return false;
    bool ok = process.kind == V_VOID || list_add(in, list, process);
    value_drop(process);
    return ok;
}

bool process_list(struct interp *in, bool with_user, value *ret_list, int *ret_errnum)
{
    DIR *dir = opendir("/proc");
    struct dirent *entry;
    value list;
    *ret_errnum = dir ? 0 : errno;
    if (!dir)
        return false;
    bool ok = list_new(in, NULL, &list);
    while (ok && (entry = readdir(dir)))
        ok = add_entry(in, entry->d_name, with_user, list.array);
    closedir(dir);
    if (!ok)
        return false;
    if (list.array->count > 1)
        qsort(list.array->items, list.array->count, sizeof(value), compare);
    *ret_list = list;
    return true;
}

// --- Properties
// -----------------------------------------------------------------------------------------------------

#define GET(function, expression)                                                                            \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        (void)in;                                                                                            \
        const struct process *p = PROCESS(self);                                                             \
        *ret = (expression);                                                                                 \
        return true;                                                                                         \
    }

GET(get_name, value_keep(p->name))
GET(get_user, value_keep(p->user))
GET(get_id, value_int(p->id))
GET(get_session, value_int(p->session))
GET(get_priority, value_int(p->priority))
GET(get_zero, ((void)p, value_long(0)))
GET(get_null, ((void)p, value_null))
GET(get_virtual, value_long((int64_t)p->virtual_bytes))
GET(get_resident, value_long((int64_t)p->resident_bytes))
GET(get_cpu, value_double((double)p->cpu_ticks / (double)TICKS_PER_SECOND))
GET(get_cpu_span, ((value){.kind = V_TIMESPAN, .i = (int64_t)p->cpu_ticks}))
GET(get_start,
    ((value){.kind = V_DATETIME, .aux = DATE_LOCAL, .i = date_to_local(p->started, DATE_UTC, &in->zone)}))
GET(get_exit_time,
    (p->ended ? (value){.kind = V_DATETIME, .aux = DATE_LOCAL, .i = date_to_local(p->exited, DATE_UTC, &in->zone)}
              : value_null))
GET(get_exit_code, (p->ended && p->child ? value_int(p->exit_code) : value_null))
GET(get_true, ((void)p, value_true))

static bool get_exited(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_bool(process_ended && process_ended(PROCESS(self))), true;
}

static bool get_machine(struct interp *in, value self, value *ret)
{
    (void)self;
    return string_text(in, ".", ret);
}

static bool get_command_line(struct interp *in, value self, value *ret)
{
    char line[4096];
    ssize_t size = read_proc(PROCESS(self)->id, "cmdline", line, sizeof line);
    while (size > 0 && !line[size - 1])
        size--;
    for (ssize_t i = 0; i < size; i++)
        if (!line[i])
            line[i] = ' ';
    return string_new(in, line, size > 0 ? (size_t)size : 0, ret);
}

static bool get_parent(struct interp *in, value self, value *ret)
{
    if (!process_read(in, PROCESS(self)->parent, false, ret))
        return false;
    if (ret->kind == V_VOID)
        *ret = value_null;
    return true;
}

static bool process_to_string(struct interp *in, value self, value *ret)
{
    return string_printf(in, ret, "System.Diagnostics.Process (%s)", value_text(PROCESS(self)->name));
}

static const struct property process_properties[] = {
    {"Name", get_name, NULL},
    {"SI", get_session, NULL},
    {"Handles", get_zero, NULL},
    {"VM", get_virtual, NULL},
    {"WS", get_resident, NULL},
    {"PM", get_zero, NULL},
    {"NPM", get_zero, NULL},
    {"Path", get_null, NULL},
    {"CommandLine", get_command_line, NULL},
    {"Parent", get_parent, NULL},
    {"CPU", get_cpu, NULL},
    {"ProcessName", get_name, NULL},
    {"UserName", get_user, NULL},
    {"BasePriority", get_priority, NULL},
    {"ExitCode", get_exit_code, NULL},
    {"HasExited", get_exited, NULL},
    {"StartTime", get_start, NULL},
    {"ExitTime", get_exit_time, NULL},
    {"Id", get_id, NULL},
    {"MachineName", get_machine, NULL},
    {"NonpagedSystemMemorySize64", get_zero, NULL},
    {"PagedMemorySize64", get_zero, NULL},
    {"SessionId", get_session, NULL},
    {"TotalProcessorTime", get_cpu_span, NULL},
    {"VirtualMemorySize64", get_virtual, NULL},
    {"WorkingSet64", get_resident, NULL},
    {"Responding", get_true, NULL},
    {0},
};

static void process_release(struct object *object)
{
    value_drop(((struct process *)object)->name);
    value_drop(((struct process *)object)->user);
}

const struct type type_process_array = {
    .name = "System.Diagnostics.Process[]", .base = &type_array, .type_code = 1, .element = &type_process};
const struct param_rule process_rule = {.type = &type_process_array};
const struct type type_process = {
    .name = "System.Diagnostics.Process",
    .base = &type_object,
    .properties = process_properties,
    .full = &full_process,
    .vector = &type_process_array,
    .to_string = process_to_string,
    .release = process_release,
    .size = sizeof(struct process),
    .type_code = 1,
};
