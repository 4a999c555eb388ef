// Filters are run here as the kernel would run them, over every call number, machine and boundary argument, and held
// against the table they were made from. Call numbers come from the C library's headers, not from libseccomp.
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "launcher/filter.h"
#include "launcher/seccomp.h"
#include "tests/unit/made_profiles.h"

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#endif

enum { CALLS_MOST = 600, X32_BIT = 0x40000000 };

static const struct { const char *name; int number; } calls[] = {
#include "calls.inc"
};

static int number_of(const char *name)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        if (!strcmp(calls[i].name, name))
            return calls[i].number;
    return -1;
}

// The same by row of the table, looked up once.
static int number_of_row(size_t row)
{
    static int numbers[1024];

    cr_assert_lt(row, sizeof(numbers) / sizeof(numbers[0]));
    if (!numbers[row])
        numbers[row] = number_of(syscall_rows[row].name) + 2;
    return numbers[row] - 2;
}

// --- the kernel's side

struct machine {
    uint32_t a, x, memory[BPF_MEMWORDS];
};

static uint32_t operand(const struct machine *m, const struct sock_filter *at)
{
    return BPF_SRC(at->code) == BPF_X ? m->x : at->k;
}

static void compute(struct machine *m, const struct sock_filter *at)
{
    uint32_t with = operand(m, at);

    switch (BPF_OP(at->code)) {
    case BPF_AND: m->a &= with; break;
    case BPF_OR: m->a |= with; break;
    case BPF_XOR: m->a ^= with; break;
    case BPF_ADD: m->a += with; break;
    case BPF_SUB: m->a -= with; break;
    case BPF_RSH: m->a >>= with; break;
    case BPF_LSH: m->a <<= with; break;
    default: cr_assert_fail("arithmetic %#x", at->code);
    }
}

static bool jumps(const struct machine *m, const struct sock_filter *at)
{
    uint32_t with = operand(m, at);

    switch (BPF_OP(at->code)) {
    case BPF_JEQ: return m->a == with;
    case BPF_JGT: return m->a > with;
    case BPF_JGE: return m->a >= with;
    case BPF_JSET: return m->a & with;
    default: cr_assert_fail("jump %#x", at->code);
    }
    return false;
}

static void load(struct machine *m, const struct sock_filter *at, const struct seccomp_data *data)
{
    if (at->code == (BPF_LD | BPF_W | BPF_ABS)) {
        cr_assert(at->k % 4 == 0 && at->k < sizeof(*data));
        memcpy(&m->a, (const char *)data + at->k, 4);
    } else if (at->code == (BPF_LD | BPF_MEM)) {
        m->a = m->memory[at->k];
    } else if (at->code == (BPF_LD | BPF_IMM)) {
        m->a = at->k;
    } else {
        cr_assert_fail("load %#x", at->code);
    }
}

static uint32_t run(const struct filter *filter, const struct seccomp_data *data)
{
    const struct sock_filter *code = filter->code;
    size_t count = filter->size / sizeof(*code);
    struct machine m = {0};

    for (size_t pc = 0; pc < count; pc++) {
        const struct sock_filter *at = &code[pc];

        switch (BPF_CLASS(at->code)) {
        case BPF_RET: return at->k;
        case BPF_LD: load(&m, at, data); break;
        case BPF_ST: m.memory[at->k] = m.a; break;
        case BPF_ALU: compute(&m, at); break;
        case BPF_MISC: *(BPF_MISCOP(at->code) == BPF_TAX ? &m.x : &m.a) = BPF_MISCOP(at->code) == BPF_TAX ? m.a : m.x; break;
        case BPF_JMP: pc += BPF_OP(at->code) == BPF_JA ? at->k : jumps(&m, at) ? at->jt : at->jf; break;
        default: cr_assert_fail("instruction %#x", at->code);
        }
    }
    cr_assert_fail("the filter has no end");
    return 0;
}

// --- the table's side

static bool rule_holds(const struct syscall_rule *rule, const struct seccomp_data *data)
{
    for (int i = 0; i < SYSCALL_COMPARES; i++)
        if ((data->args[rule->compare[i].arg] & rule->compare[i].mask) != rule->compare[i].value)
            return false;
    return true;
}

static uint32_t action_of(enum syscall_answer answer)
{
    switch (answer) {
    case ANSWER_ALLOW: return SECCOMP_RET_ALLOW;
    case ANSWER_KILL: return SECCOMP_RET_KILL_PROCESS;
    case ANSWER_EPERM: return SECCOMP_RET_ERRNO | EPERM;
    case ANSWER_ENOSYS: return SECCOMP_RET_ERRNO | ENOSYS;
    case ANSWER_ENOTSUP: return SECCOMP_RET_ERRNO | ENOTSUP;
    }
    return 0;
}

static uint32_t expected(const struct policy *policy, enum filter_stage stage, const struct seccomp_data *data)
{
    enum syscall_answer answer = ANSWER_EPERM;

    if (data->arch != NATIVE || ((uint32_t)data->nr >= X32_BIT && data->nr != -1))
        return SECCOMP_RET_KILL_PROCESS;
    for (size_t i = 0; i < policy->filter_count[stage]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[stage][i].row];

        if (number_of_row(policy->filter[stage][i].row) != data->nr)
            continue;
        if (row->answer == ANSWER_ALLOW && rule_holds(&syscall_rules[row->rule], data))
            return SECCOMP_RET_ALLOW;
        if (row->answer != ANSWER_ALLOW)
            answer = row->answer;
    }
    return action_of(answer);
}

// --- what is tried

struct trial {
    const struct policy *policy;
    enum filter_stage stage;
    struct filter filter;
    size_t tried, wrong;
    bool quiet; // a difference is what the test looks for
};

static void try_call(struct trial *trial, const struct seccomp_data *data)
{
    uint32_t is = run(&trial->filter, data), should = expected(trial->policy, trial->stage, data);

    trial->tried++;
    if (is == should)
        return;
    trial->wrong++;
    if (!trial->quiet && trial->wrong < 5)
        cr_log_error("%s: arch %#x call %d (%#llx %#llx %#llx %#llx): %#x, and the table says %#x", trial->policy->profile,
                     data->arch, data->nr, (unsigned long long)data->args[0], (unsigned long long)data->args[1],
                     (unsigned long long)data->args[2], (unsigned long long)data->args[3], is, should);
}

// Arguments that just hold a rule (`fill` wherever it does not look), then each of their bits turned, then the far ends.
static void try_rule(struct trial *trial, int number, uint32_t arch, uint64_t fill, const struct syscall_rule *rule)
{
    struct seccomp_data data = {.nr = number, .arch = arch, .args = {fill, fill, fill, fill, fill, fill}};
    static const uint64_t ends[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, INT64_MAX, 1ULL << 63, UINT64_MAX};

    for (int i = 0; i < SYSCALL_COMPARES && rule->compare[i].mask; i++)
        data.args[rule->compare[i].arg] = (fill & ~rule->compare[i].mask) | rule->compare[i].value;
    try_call(trial, &data);
    for (int i = 0; i < SYSCALL_COMPARES && rule->compare[i].mask; i++) {
        unsigned long long *arg = &data.args[rule->compare[i].arg], old = *arg;

        for (int bit = 0; bit < 64; bit++, *arg = old) {
            *arg ^= 1ULL << bit;
            try_call(trial, &data);
        }
        for (size_t end = 0; end < sizeof(ends) / sizeof(ends[0]); end++, *arg = old) {
            *arg = ends[end];
            try_call(trial, &data);
        }
    }
}

static void try_number(struct trial *trial, uint32_t arch, int number)
{
    struct seccomp_data data = {.nr = number, .arch = arch, .instruction_pointer = 0x400000};

    try_call(trial, &data);
    memset(data.args, 0xff, sizeof(data.args));
    try_call(trial, &data);
    for (size_t i = 0; i < syscall_row_count; i++)
        if (number_of_row(i) == (number & ~X32_BIT)) {
            try_rule(trial, number, arch, 0, &syscall_rules[syscall_rows[i].rule]);
            try_rule(trial, number, arch, UINT64_MAX, &syscall_rules[syscall_rows[i].rule]);
        }
}

static void try_all(struct trial *trial)
{
    static const uint32_t machines[] = {AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64, AUDIT_ARCH_ARM, 0};
    static const uint32_t odd[] = {0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xbfffffff, 0xfffffffe, 0xffffffff};

    for (size_t m = 0; m < sizeof(machines) / sizeof(machines[0]); m++) {
        for (int number = 0; number <= CALLS_MOST; number++) {
            try_number(trial, machines[m], number);
            try_number(trial, machines[m], number | X32_BIT);
        }
        for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
            try_number(trial, machines[m], (int)odd[i]);
    }
}

static void check_stage(const struct policy *policy, enum filter_stage stage)
{
    struct trial trial = {.policy = policy, .stage = stage};
    struct err err = {0};

    if (!policy->filter_count[stage])
        return;
    cr_assert(filter_build(policy, stage, &trial.filter, &err), "%s", err.text);
    try_all(&trial);
    cr_expect_eq(trial.wrong, 0, "%s stage %d: %zu of %zu wrong", policy->profile, stage, trial.wrong, trial.tried);
    cr_expect_gt(trial.tried, 5 * 2 * CALLS_MOST);
    filter_free(&trial.filter);
}

static void check_profile(const struct profile *profile, enum tier tier, enum policy_use use)
{
    struct arena arena = ARENA_INIT;
    struct policy policy;
    struct err err = {0};

    if (policy_derive(profile, tier, use, &arena, &policy, &err)) {
        check_stage(&policy, FILTER_LAUNCHER);
        check_stage(&policy, FILTER_INTERPRETER);
    } else {
        cr_expect_str_eq(err.id, "PolicyTier", "%s", err.text);
    }
    arena_free(&arena);
}

// --- tests

Test(filter, every_row_has_a_number)
{
    for (size_t i = 0; i < syscall_row_count; i++) {
        const struct syscall_row *row = &syscall_rows[i];

        if (row->answer == ANSWER_ALLOW)
            cr_expect_eq(filter_call_number(row->name), number_of(row->name), "%s", row->name);
        cr_expect_neq(number_of(row->name), -1, "%s", row->name);
    }
}

Test(filter, rows_are_sorted)
{
    for (size_t i = 1; i < syscall_row_count; i++)
        cr_expect_leq(strcmp(syscall_rows[i - 1].name, syscall_rows[i].name), 0, "%s", syscall_rows[i].name);
}

Test(filter, answers_as_the_table_for_each_right)
{
    for (int right = 0; right < RIGHTS; right++) {
        struct profile profile = made_wrap(((rights_t)1 << right) | RIGHT_BIT(EXEC));

        check_profile(&profile, TIER_FULL, POLICY_WRAP);
    }
}

Test(filter, answers_as_the_table_for_sessions)
{
    for (int files = 0; files < 2; files++) {
        struct profile profile = made_session(MODE_CONSTRAINED, files ? 1u << PROVIDER_filesystem : 0, NULL);

        check_profile(&profile, TIER_FULL, POLICY_SESSION);
    }
}

Test(filter, answers_as_the_table_for_all_rights)
{
    struct profile profile = made_wrap(((rights_t)1 << RIGHTS) - 1 - RIGHT_BIT(LOOPBACK));

    check_profile(&profile, TIER_FULL, POLICY_WRAP);
    profile.has_wrap_rights = false;
    profile.network = NETWORK_HOST;
    profile.ports = made_ports;
    profile.port_count = 1;
    check_profile(&profile, TIER_FULL, POLICY_WRAP);
}

// --- the shipped profiles, with the programs that were made while jesh was built

static struct profile *load_shipped(const char *path)
{
    struct buf bytes = BUF_INIT;
    struct profile *profile = NULL;
    struct err err = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    cr_assert(fd >= 0 && fd_read_all(fd, 1 << 20, &bytes), "%s (tests run in the folder of the sources)", path);
    close(fd);
    cr_assert(profile_load(bytes.data, bytes.size, path, &profile, &err), "%s", err.text);
    buf_free(&bytes);
    return profile;
}

static void check_shipped(const struct profile *profile, enum tier tier, enum policy_use use)
{
    struct arena arena = ARENA_INIT;
    struct policy policy;
    struct filter filter;

    if (policy_derive(profile, tier, use, &arena, &policy, NULL))
        for (int stage = 0; stage < FILTERS; stage++)
            if (policy.filter_count[stage])
                cr_expect(filter_lookup(&policy, (enum filter_stage)stage, &filter), "%s: not ready made", profile->name);
    arena_free(&arena);
    check_profile(profile, tier, use);
}

static void check_everywhere(const char *path)
{
    struct profile *profile = load_shipped(path);

    for (int tier = TIER_FULL; tier <= TIER_INPLACE; tier++) {
        check_shipped(profile, (enum tier)tier, POLICY_SESSION);
        check_shipped(profile, (enum tier)tier, POLICY_WRAP);
    }
    profile_free(profile);
}

Test(filter, shipped_nolanguage) { check_everywhere("profiles/modes/nolanguage.pssc"); }
Test(filter, shipped_restricted) { check_everywhere("profiles/modes/restricted.pssc"); }
Test(filter, shipped_constrained) { check_everywhere("profiles/modes/constrained.pssc"); }
Test(filter, shipped_full) { check_everywhere("profiles/modes/full.pssc"); }
Test(filter, shipped_helpdesk) { check_everywhere("profiles/modes/helpdesk.pssc"); }

// --- a row less

static bool loss_shows(struct policy policy, enum filter_stage stage, size_t at)
{
    struct policy whole = policy;
    struct policy_syscall *rows = calloc(policy.filter_count[stage], sizeof(*rows));
    struct trial trial = {.policy = &whole, .stage = stage, .quiet = true};
    struct buf bpf = BUF_INIT;

    memcpy(rows, policy.filter[stage], policy.filter_count[stage] * sizeof(*rows));
    memmove(rows + at, rows + at + 1, (policy.filter_count[stage] - at - 1) * sizeof(*rows));
    policy.filter[stage] = rows;
    policy.filter_count[stage]--;
    cr_assert(filter_compile(&policy, stage, &bpf, NULL));
    trial.filter = (struct filter){bpf.data, bpf.size, false};
    try_number(&trial, NATIVE, number_of(syscall_rows[whole.filter[stage][at].row].name));
    buf_free(&bpf);
    free(rows);
    return trial.wrong > 0;
}

static void look_for_losses(const struct profile *profile, enum tier tier, enum policy_use use, bool *shown)
{
    struct arena arena = ARENA_INIT;
    struct policy policy;

    cr_assert(policy_derive(profile, tier, use, &arena, &policy, NULL));
    for (int stage = 0; stage < FILTERS; stage++)
        for (size_t i = 0; i < policy.filter_count[stage]; i++)
            if (!shown[policy.filter[stage][i].row])
                shown[policy.filter[stage][i].row] = loss_shows(policy, (enum filter_stage)stage, i);
    arena_free(&arena);
}

Test(filter, the_loss_of_any_row_shows)
{
    bool *shown = calloc(syscall_row_count, 1);
    struct profile plain = made_session(MODE_NONE, 0, NULL);
    struct profile files = made_session(MODE_CONSTRAINED, 1u << PROVIDER_filesystem, NULL);
    struct profile programs = {.name = "made", .mode = MODE_FULL, .type = SESSION_DEFAULT, .view = VIEW_CALLER,
                               .providers = 1u << PROVIDER_filesystem};

    look_for_losses(&plain, TIER_FULL, POLICY_SESSION, shown);
    look_for_losses(&files, TIER_FULL, POLICY_SESSION, shown);
    look_for_losses(&programs, TIER_FULL, POLICY_SESSION, shown);
    struct profile_mount writable = {.path = "/srv", .writable = true};
    struct profile shown_files = made_wrap(RIGHT_BIT(EXEC) | RIGHT_BIT(FILE_WRITE));
    shown_files.view = VIEW_PATHS;
    shown_files.mounts = &writable;
    shown_files.mount_count = 1;
    look_for_losses(&shown_files, TIER_INPLACE, POLICY_WRAP, shown);
    for (int right = 0; right < RIGHTS; right++) {
        rights_t file = right == RIGHT_UDP ? RIGHT_BIT(NETWORK) : RIGHT_BIT(EXEC);
        struct profile profile = made_wrap((rights_t)1 << right | file);

        look_for_losses(&profile, TIER_FULL, POLICY_WRAP, shown);
    }
    for (size_t i = 0; i < syscall_row_count; i++)
        cr_expect(shown[i], "%s (%s): nothing shows its loss", syscall_rows[i].name,
                  syscall_rules[syscall_rows[i].rule].name);
    free(shown);
}

// --- what must hold whatever the table says

static bool passes(const struct policy *policy, enum filter_stage stage, const char *name, uint64_t a0, uint64_t a1, uint64_t a2)
{
    struct seccomp_data data = {.nr = number_of(name), .arch = NATIVE, .args = {a0, a1, a2}};
    struct filter filter;
    uint32_t is;

    cr_assert(filter_build(policy, stage, &filter, NULL));
    is = run(&filter, &data);
    filter_free(&filter);
    return is == SECCOMP_RET_ALLOW;
}

Test(filter, what_keeps_exec_has_no_memfd)
{
    struct profile profile = made_wrap(((rights_t)1 << RIGHTS) - 1 - RIGHT_BIT(LOOPBACK));
    struct arena arena = ARENA_INIT;
    struct policy policy;

    cr_assert(policy_derive(&profile, TIER_FULL, POLICY_WRAP, &arena, &policy, NULL));
    cr_expect(passes(&policy, FILTER_LAUNCHER, "execve", 0, 0, 0));
    cr_expect_not(passes(&policy, FILTER_LAUNCHER, "memfd_create", 0, 0, 0));
    cr_expect_not(passes(&policy, FILTER_LAUNCHER, "ioctl", 0, 0x5412, 0));
    cr_expect_not(passes(&policy, FILTER_LAUNCHER, "ioctl", 0, 0xffffffff00005412, 0));
    arena_free(&arena);
}

Test(filter, what_only_reads_cannot_empty_a_file)
{
    struct profile profile = made_wrap(RIGHT_BIT(EXEC) | RIGHT_BIT(FILE_READ));
    struct arena arena = ARENA_INIT;
    struct policy policy;

    cr_assert(policy_derive(&profile, TIER_INPLACE, POLICY_WRAP, &arena, &policy, NULL));
    cr_expect_not(passes(&policy, FILTER_LAUNCHER, "openat", 0, 0, O_RDONLY | O_TRUNC));
    cr_expect(passes(&policy, FILTER_LAUNCHER, "openat", 0, 0, O_WRONLY | O_CREAT | O_TRUNC), "Landlock sees that");
    cr_expect_not(passes(&policy, FILTER_LAUNCHER, "truncate", 0, 0, 0));
    cr_expect_not(passes(&policy, FILTER_LAUNCHER, "ftruncate", 0, 0, 0));
    arena_free(&arena);
}

Test(filter, a_session_without_files_opens_none)
{
    struct profile profile = made_session(MODE_NONE, 0, NULL);
    struct arena arena = ARENA_INIT;
    struct policy policy;
    static const char *const never[] = {"open", "openat", "openat2", "execve", "execveat", "socket", "clone", "fork",
                                        "vfork", "seccomp", "prctl", "ptrace", "mount", "kill", "newfstatat"};

    cr_assert(policy_derive(&profile, TIER_INPLACE, POLICY_SESSION, &arena, &policy, NULL));
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        cr_expect_not(passes(&policy, FILTER_INTERPRETER, never[i], 0, 0, 0), "%s", never[i]);
    cr_expect_leq(policy_calls(&policy, FILTER_INTERPRETER), 30);
    arena_free(&arena);
}
