// jeshctl doctor: what this machine's kernel gives, which setting stands in the way, and which tier results.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "ctl/probe.h"
#include "profiles/json.h"
#include "profiles/landlock.h"

struct setting {
    const char *path, *stands;
    unsigned probes;
    const char *remedy;
};

static const struct setting settings[] = {
#define PROBE(id, what, need, lost)
#define SETTING(path, stands, probes, remedy) {path, stands, probes, remedy},
#include "ctl/probes.def"
#undef PROBE
#undef SETTING
};

struct finding {
    struct probe_result result;
    const char *setting, *remedy; // NULL: none, or nothing known
};

struct health {
    struct finding findings[PROBES];
    bool filtered; // a filter of system calls was there before us
    bool masked;   // parts of /proc are hidden
};

static size_t read_text(const char *path, char *ret_text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, ret_text, size - 1);

    if (fd >= 0)
        close(fd);
    while (n > 0 && ret_text[n - 1] == '\n')
        n--;
    ret_text[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

static bool setting_stands(const struct setting *setting, enum probe probe)
{
    char text[64];

    return setting->probes >> probe & 1 && read_text(setting->path, text, sizeof(text)) &&
           !strcmp(text, setting->stands);
}

// A file of /proc covered by a mount of its own is how container runtimes mask it; then no new proc may be mounted.
static bool proc_is_masked(void)
{
    char line[1024];
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    bool masked = false;

    while (mounts && !masked && fgets(line, sizeof(line), mounts)) {
        char point[512];

        masked = sscanf(line, "%*d %*d %*s %*s %511s", point) == 1 && !strncmp(point, "/proc/", 6) &&
                 strncmp(point, "/proc/sys/fs/binfmt_misc", 24) != 0;
    }
    if (mounts)
        fclose(mounts);
    return masked;
}

static bool is_filtered(void)
{
    char text[4096];
    const char *at;

    read_text("/proc/self/status", text, sizeof(text));
    at = strstr(text, "\nSeccomp:");
    return at && strspn(at + 9, "\t ") && at[9 + strspn(at + 9, "\t ")] == '2';
}

static void explain_landlock(struct finding *finding)
{
    if (finding->result.errnum == EOPNOTSUPP) {
        finding->setting = "boot parameter lsm=";
        finding->remedy = "add landlock to the list in lsm= (see /sys/kernel/security/lsm), and start the machine again";
    } else {
        finding->setting = "CONFIG_SECURITY_LANDLOCK";
        finding->remedy = "use a kernel from 5.13 on that has Landlock";
    }
}

// What is to blame where no setting is: by the errno, which mean different things.
static void explain_errno(const struct health *health, enum probe probe, struct finding *finding)
{
    bool by_filter = health->filtered && (finding->result.errnum == EPERM || finding->result.errnum == ENOSYS);

    if (probe == PROBE_PROC && health->masked) {
        finding->setting = "masked parts of /proc";
        finding->remedy = "let the container runtime leave /proc whole (docker: --security-opt systempaths=unconfined), "
                          "or do without Get-Process";
    } else if (by_filter) {
        finding->setting = "the container runtime's filter of system calls";
        finding->remedy = "allow clone, unshare, mount and their kin to jesh's container (docker: --security-opt "
                          "seccomp=FILE), or be content with tier in-place";
    } else if (finding->result.errnum == ENOSPC || finding->result.errnum == EUSERS) {
        finding->setting = "the number or depth of namespaces";
        finding->remedy = "raise user.max_*_namespaces here or in the namespace around; at most 32 may be nested";
    } else if (finding->result.errnum == EPERM && probe >= PROBE_USER) {
        finding->setting = "a security module, or a root folder changed by chroot";
        finding->remedy = "start jesh outside of a chroot; see the audit log for a denial";
    } else if (finding->result.errnum == ENOSYS || finding->result.errnum == EINVAL) {
        finding->setting = "the kernel";
        finding->remedy = "use a kernel from 5.13 on that has this feature";
    }
}

static void examine(struct health *health, enum probe probe)
{
    struct finding *finding = &health->findings[probe];

    finding->result = probe_try(probe);
    if (finding->result.done)
        return;
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]) && !finding->setting; i++)
        if (setting_stands(&settings[i], probe)) {
            finding->setting = settings[i].path;
            finding->remedy = settings[i].remedy;
        }
    if (finding->setting)
        return;
    if (probe == PROBE_LANDLOCK)
        explain_landlock(finding);
    else
        explain_errno(health, probe, finding);
}

static const char *tier_of(const struct health *health)
{
    const char *tier = "full";

    for (int i = 0; i < PROBES; i++) {
        if (health->findings[i].result.done)
            continue;
        if (probe_rows[i].need == NEED_ALWAYS)
            return "none";
        if (probe_rows[i].need == NEED_FULL)
            tier = "in-place";
    }
    return tier;
}

struct abi_gap {
    int abi;
    const char *what;
};

// What a kernel with an older ABI cannot hold; a profile that needs it is refused, never run without.
static const struct abi_gap abi_gaps[] = {
    {3, "truncating read-only files"},
    {4, "Linux.Network with ports"},
    {6, "file writing and signals in tier in-place"},
    {9, "UNIX_SOCKET in tier in-place"},
};

static void print_gaps(int abi, struct buf *out)
{
    for (size_t i = 0; i < sizeof(abi_gaps) / sizeof(abi_gaps[0]); i++)
        if (abi < abi_gaps[i].abi)
            buf_printf(out, "        not here, for it needs Landlock ABI %d: %s\n", abi_gaps[i].abi, abi_gaps[i].what);
}

// Without user namespaces nearly all the rest fails for the same reason, which is told once.
static bool fails_likewise(const struct finding *finding, const struct finding *user)
{
    return finding > user && !user->result.done && finding->result.step == user->result.step &&
           finding->result.errnum == user->result.errnum && finding->setting == user->setting;
}

static void print_finding(enum probe probe, const struct finding *finding, const struct finding *user, struct buf *out)
{
    const struct probe_row *row = &probe_rows[probe];

    buf_printf(out, "  %-4s  %s", finding->result.done ? "ok" : row->need == NEED_SOMETIMES ? "--" : "NO", row->what);
    if (probe == PROBE_LANDLOCK && finding->result.done)
        buf_printf(out, ", ABI %d", finding->result.number);
    buf_add_char(out, '\n');
    if (probe == PROBE_LANDLOCK && finding->result.done)
        print_gaps(finding->result.number, out);
    if (finding->result.done)
        return;
    if (fails_likewise(finding, user)) {
        buf_printf(out, "        as user namespaces. Lost: %s\n", row->lost);
        return;
    }
    buf_printf(out, "        %s failed: %s. Lost: %s\n", finding->result.step, strerror(finding->result.errnum), row->lost);
    if (finding->setting)
        buf_printf(out, "        in the way: %s\n        remedy: %s\n", finding->setting, finding->remedy);
}

static void print_text(const struct health *health, struct buf *out)
{
    struct utsname name;
    const char *tier = tier_of(health);

    if (!uname(&name))
        buf_printf(out, "kernel %s, %s, as uid %u\n", name.release, name.machine, (unsigned)getuid());
    for (int i = 0; i < PROBES; i++)
        print_finding((enum probe)i, &health->findings[i], &health->findings[PROBE_USER], out);
    buf_printf(out, "tier: %s%s\n", tier, !strcmp(tier, "none") ? ": jesh runs nothing here" : "");
}

static void add_finding(enum probe probe, const struct finding *finding, struct buf *out)
{
    static const char *const needs[] = {"always", "full", "sometimes"};

    json_next(out);
    buf_add_char(out, '{');
    json_field(out, "id", probe_rows[probe].id);
    json_field(out, "what", probe_rows[probe].what);
    json_field(out, "needed", needs[probe_rows[probe].need]);
    json_bool(out, "done", finding->result.done);
    if (probe == PROBE_LANDLOCK && finding->result.done)
        json_number(out, "abi", (unsigned)finding->result.number);
    if (!finding->result.done) {
        json_field(out, "step", finding->result.step);
        json_number(out, "errno", (unsigned)finding->result.errnum);
        json_field(out, "error", strerror(finding->result.errnum));
        json_field(out, "lost", probe_rows[probe].lost);
        json_field(out, "setting", finding->setting);
        json_field(out, "remedy", finding->remedy);
    }
    buf_add_char(out, '}');
}

static void print_json(const struct health *health, struct buf *out)
{
    struct utsname name;

    buf_add_char(out, '{');
    json_field(out, "tier", tier_of(health));
    json_field(out, "kernel", uname(&name) ? NULL : name.release);
    json_number(out, "uid", getuid());
    json_bool(out, "filtered", health->filtered);
    json_bool(out, "procMasked", health->masked);
    json_key(out, "checks");
    buf_add_char(out, '[');
    for (int i = 0; i < PROBES; i++)
        add_finding((enum probe)i, &health->findings[i], out);
    buf_add_text(out, "]}\n");
}

int ctl_doctor(struct ctl *ctl, int argc, char **argv)
{
    struct health health = {0};

    (void)argv;
    if (argc)
        return ctl_usage(ctl, "doctor takes no arguments");
    health.filtered = is_filtered();
    health.masked = proc_is_masked();
    for (int i = 0; i < PROBES; i++)
        examine(&health, (enum probe)i);
    if (ctl->json)
        print_json(&health, &ctl->out);
    else
        print_text(&health, &ctl->out);
    return strcmp(tier_of(&health), "none") ? 0 : EXIT_SETUP;
}
