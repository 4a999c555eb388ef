#include "launcher/seccomp.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "launcher/compact.h"

// Below this many different calls a chain of comparisons is as quick to load as a tree, and shorter.
enum { TREE_FROM = 24 };

int filter_call_number(const char *name)
{
    return seccomp_syscall_resolve_name(name);
}

static uint32_t action_of(enum syscall_answer answer)
{
    static const uint32_t actions[] = {
        [ANSWER_ALLOW] = SCMP_ACT_ALLOW,          [ANSWER_KILL] = SCMP_ACT_KILL_PROCESS,
        [ANSWER_EPERM] = SCMP_ACT_ERRNO(EPERM),   [ANSWER_ENOSYS] = SCMP_ACT_ERRNO(ENOSYS),
        [ANSWER_ENOTSUP] = SCMP_ACT_ERRNO(ENOTSUP),
    };

    return actions[answer];
}

static unsigned compares_of(const struct syscall_rule *rule, struct scmp_arg_cmp ret_compares[SYSCALL_COMPARES])
{
    unsigned count = 0;

    for (; count < SYSCALL_COMPARES && rule->compare[count].mask; count++)
        ret_compares[count] = (struct scmp_arg_cmp){.arg = rule->compare[count].arg, .op = SCMP_CMP_MASKED_EQ,
                                                    .datum_a = rule->compare[count].mask,
                                                    .datum_b = rule->compare[count].value};
    return count;
}

// A call that this machine does not have needs no rule: its number would be another's or none.
static int add_row(scmp_filter_ctx ctx, const struct syscall_row *row)
{
    int number = seccomp_syscall_resolve_name(row->name);
    struct scmp_arg_cmp compares[SYSCALL_COMPARES];

    if (number < 0)
        return 0;
    return seccomp_rule_add_array(ctx, action_of(row->answer), number,
                                  compares_of(&syscall_rules[row->rule], compares), compares);
}

// A call that some row allows is not also refused.
static bool refused_in_vain(const struct policy *policy, enum filter_stage stage, const struct syscall_row *refusal)
{
    for (size_t i = 0; refusal->answer != ANSWER_ALLOW && i < policy->filter_count[stage]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[stage][i].row];

        if (row->answer == ANSWER_ALLOW && !strcmp(row->name, refusal->name))
            return true;
    }
    return false;
}

static int add_rows(scmp_filter_ctx ctx, const struct policy *policy, enum filter_stage stage)
{
    for (size_t i = 0; i < policy->filter_count[stage]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[stage][i].row];
        int result = refused_in_vain(policy, stage, row) ? 0 : add_row(ctx, row);

        if (result < 0)
            return result;
    }
    return 0;
}

// The machine: a context of libseccomp starts with the native one alone, and adds the check of x32's bit itself.
static int set_attributes(scmp_filter_ctx ctx, size_t calls)
{
    int result = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

    if (!result && calls >= TREE_FROM)
        result = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    return result;
}

// libseccomp 2.5 exports to descriptors only.
static int export(scmp_filter_ctx ctx, struct buf *ret_bpf)
{
    int fd = memfd_create("filter", MFD_CLOEXEC), result = fd < 0 ? -errno : seccomp_export_bpf(ctx, fd);
    off_t size = result ? 0 : lseek(fd, 0, SEEK_END);

    if (!result && (size <= 0 || !buf_reserve(ret_bpf, (size_t)size)))
        result = -ENOMEM;
    if (!result && pread(fd, ret_bpf->data + ret_bpf->size, (size_t)size, 0) != size)
        result = -EIO;
    if (!result)
        ret_bpf->size += (size_t)size;
    if (fd >= 0)
        close(fd);
    return result;
}

bool filter_compile(const struct policy *policy, enum filter_stage stage, struct buf *ret_bpf, struct err *err)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int result = -ENOMEM;

    if (ctx)
        result = set_attributes(ctx, policy_calls(policy, stage));
    if (!result)
        result = add_rows(ctx, policy, stage);
    if (!result)
        result = export(ctx, ret_bpf);
    if (ctx)
        seccomp_release(ctx);
    if (!result && !filter_compact(ret_bpf))
        result = -ENOMEM;
    return !result || err_sys(err, EXIT_SETUP, -result, "FilterNotMade", "the filter of system calls cannot be made");
}

bool filter_build(const struct policy *policy, enum filter_stage stage, struct filter *ret_filter, struct err *err)
{
    struct buf bpf = BUF_INIT;
    void *code = NULL;

    if (filter_lookup(policy, stage, ret_filter))
        return true;
    if (!filter_compile(policy, stage, &bpf, err)) {
        buf_free(&bpf);
        return false;
    }
    code = mem_new(1, bpf.size);
    if (code) {
        memcpy(code, bpf.data, bpf.size);
        *ret_filter = (struct filter){code, bpf.size, true};
    }
    buf_free(&bpf);
    return code || err_set(err, EXIT_SETUP, "FilterNotMade", "no memory for the filter of system calls");
}

void filter_free(struct filter *filter)
{
    if (filter->owned)
        mem_free((void *)filter->code, filter->size);
    *filter = (struct filter){0};
}
