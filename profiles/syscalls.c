#include "profiles/syscalls.h"

#define FITS(literal, type, member) _Static_assert(sizeof(literal) <= sizeof(((struct type *)0)->member), literal)
#define RULE(id, meaning, ...) FITS(#id, syscall_rule, name); FITS(meaning, syscall_rule, text);
#define SYSCALL(where, call, rule, rights, reason) FITS(#call, syscall_row, name); FITS(reason, syscall_row, why);
#define REFUSE(call, answer, reason) FITS(#call, syscall_row, name); FITS(reason, syscall_row, why);
#include "profiles/syscalls.def"
#undef RULE
#undef SYSCALL
#undef REFUSE

const struct syscall_rule syscall_rules[SYSCALL_RULES] = {
#define RULE(id, text, ...) {#id, text, {__VA_ARGS__}},
#define SYSCALL(where, name, rule, rights, why)
#define REFUSE(name, answer, why)
#include "profiles/syscalls.def"
#undef RULE
#undef SYSCALL
#undef REFUSE
};

const struct syscall_row syscall_rows[] = {
#define RULE(id, text, ...)
#define SYSCALL(where, name, rule, rights, why) {#name, where, RULE_##rule, rights, ANSWER_ALLOW, why},
#define REFUSE(name, answer, why) {#name, IN_ALL, RULE_ANY, 0, answer, why},
#include "profiles/syscalls.def"
#undef RULE
#undef SYSCALL
#undef REFUSE
};

const size_t syscall_row_count = sizeof(syscall_rows) / sizeof(syscall_rows[0]);

const char *syscall_answer_name(enum syscall_answer answer)
{
    static const char *const names[] = {"allow", "KILL", "EPERM", "ENOSYS", "ENOTSUP"};

    return names[answer];
}
