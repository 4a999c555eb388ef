// dockerlike PROGRAM ARGS: runs a program under the conditions of a default container: clone3 does not exist,
// namespaces and mounts are refused, and the system call filter is somebody else's. What the profile of container
// runtimes refuses beyond that does not matter to a launcher.
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NAMESPACES (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)
#define ANSWER(number, error) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))

static struct sock_filter rules[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    ANSWER(SYS_clone3, ENOSYS),
    ANSWER(SYS_mount, EPERM),
    ANSWER(SYS_umount2, EPERM),
    ANSWER(SYS_pivot_root, EPERM),
    ANSWER(SYS_open_tree, EPERM),
    ANSWER(SYS_move_mount, EPERM),
    ANSWER(SYS_fsopen, EPERM),
    ANSWER(SYS_fsmount, EPERM),
    ANSWER(SYS_mount_setattr, EPERM),
    ANSWER(SYS_setns, EPERM),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 1, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

int main(int argc, char **argv)
{
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    if (argc < 2)
        return 64;
    // Root in a container has no no_new_privs; an ordinary user needs it to put a filter on at all.
    if (geteuid() != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return 125;
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0) {
        perror("dockerlike");
        return 125;
    }
    execv(argv[1], argv + 1);
    perror(argv[1]);
    return 127;
}
