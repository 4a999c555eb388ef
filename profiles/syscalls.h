// profiles/syscalls.h: the table of system calls (profiles/syscalls.def).
//
// A filter is the rows of the table that its rights ask for. A call may have several rows; it passes where one holds.
// Comparisons look at the low 32 bits of an argument only where the rule's mask says so (SYSCALL_INT): the kernel
// truncates such arguments itself, and a 64-bit comparison would be stepped around.
#ifndef PROFILES_SYSCALLS_H
#define PROFILES_SYSCALLS_H

#include <stddef.h>
#include <stdint.h>

#include "profiles/rights.h"

enum { SYSCALL_COMPARES = 3 };
#define SYSCALL_INT 0xffffffffull

struct syscall_compare {
    uint8_t arg;
    uint64_t mask, value; // holds where (args[arg] & mask) == value; mask 0: always
};

// The texts lie in the rows: a table of pointers would have to be put right at every start of the program.
struct syscall_rule {
    char name[24], text[56]; // "NOEXEC", what it means
    struct syscall_compare compare[SYSCALL_COMPARES];
};

enum syscall_rule_id {
#define RULE(id, text, ...) RULE_##id,
#define SYSCALL(where, name, rule, rights, why)
#define REFUSE(name, answer, why)
#include "profiles/syscalls.def"
#undef RULE
#undef SYSCALL
#undef REFUSE
    SYSCALL_RULES
};
extern const struct syscall_rule syscall_rules[SYSCALL_RULES];

// Which filters a row belongs to, given that a right asks for it.
enum syscall_where {
    IN_START,  // filter 1 of a session alone: what the interpreter needs until it has installed filter 2
    IN_LAUNCH, // filter 1 of a session, and the one filter of a wrapped program
    IN_ALL,
    IN_PROGRAM, // every filter, as far as its rights hold EXEC
    // What the kernel does to a file by its path alone, Landlock does not see. It passes where no path leads to more
    // than the session may write to or read-only mounts hold the rest: see policy_filter.c.
    IN_VIEW,
    IN_VIEW_PROGRAM, // as IN_PROGRAM
    IN_OPENED,       // where IN_VIEW does not hold
};

enum syscall_answer { ANSWER_ALLOW, ANSWER_KILL, ANSWER_EPERM, ANSWER_ENOSYS, ANSWER_ENOTSUP };

struct syscall_row {
    char name[24];
    enum syscall_where where;
    enum syscall_rule_id rule;
    rights_t rights;            // any of them asks for the row; 0: all filters of `where`
    enum syscall_answer answer;
    char why[88];               // "" where the name says it
};
extern const struct syscall_row syscall_rows[];
extern const size_t syscall_row_count;

const char *syscall_answer_name(enum syscall_answer answer); // "EPERM"

#endif
