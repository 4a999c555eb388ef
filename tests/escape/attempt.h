// tests/escape/attempt.h: one hostile thing that native code in the interpreter's place may try.
//
// An attempt is run once outside any sandbox (the positive control) and once in every sandbox. It answers 0 when
// it got what it wanted, else an errno. EFAULT counts as success where the row passes bad pointers on purpose:
// the call reached the kernel's own code instead of being stopped before it.
#ifndef TESTS_ESCAPE_ATTEMPT_H
#define TESTS_ESCAPE_ATTEMPT_H

// How the positive control is had.
enum control {
    CONTROL_PLAIN,   // succeeds for any unprivileged process
    CONTROL_USERNS,  // succeeds with all capabilities in namespaces of its own
    CONTROL_NONE,    // this kernel never grants it: inside, only death by SIGSYS or the listed errno counts
};

struct attempt {
    const char *id;      // row of the escape catalogue
    const char *what;
    int (*run)(void);    // 0 or errno
    enum control control;
    const char *stopped; // verdicts that count as stopped, separated by blanks: SYS, errno names
    const char *granted; // names of rights that permit it, separated by blanks, or ""
};

extern const struct attempt attempts_kernel[], attempts_mount[], attempts_process[], attempts_files[],
    attempts_network[], attempts_memory[], attempts_terminal[], attempts_resource[], attempts_descriptors[];
extern const struct attempt *const attempt_tables[]; // NULL-terminated; each table ends with id NULL

// The raw system call; errno on failure, 0 on success.
int call(long number, ...);
// As call, but EFAULT, EBADF, EINVAL mean that the kernel looked at the arguments: that is success.
int reached(long number, ...);

#endif
