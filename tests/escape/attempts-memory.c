// Memory that can be written and then executed: the way from a bug in the interpreter to native code.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS 0x20
#endif

static int map(int protection, int flags, int fd)
{
    void *at = mmap(NULL, 4096, protection, flags, fd, 0);
    if (at == MAP_FAILED)
        return errno;
    munmap(at, 4096);
    return 0;
}
static int k156(void) { return map(PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1); }
static int exec_only(void) { return map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1); }
static int high_bits(void)
{
    long at = syscall(SYS_mmap, 0L, 4096L, 0x100000000L | PROT_READ | PROT_WRITE | PROT_EXEC, (long)(MAP_PRIVATE | MAP_ANONYMOUS), -1L, 0L);
    return at == -1 ? errno : 0;
}
static int make_exec(long number)
{
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return errno;
    int error = call(number, (long)(intptr_t)at, 4096L, (long)(PROT_READ | PROT_EXEC), -1L, 0L, 0L);
    munmap(at, 4096);
    return error;
}
static int k157(void) { return make_exec(SYS_mprotect); }
static int k157b(void) { return make_exec(SYS_pkey_mprotect); }
static int k152(void)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        fd = open("/bin/sh", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = map(PROT_READ | PROT_EXEC, MAP_PRIVATE, fd);
    close(fd);
    return error;
}
static int k153(void)
{
    long fd = syscall(SYS_memfd_create, "x", 0L);
    return fd < 0 ? errno : (close((int)fd), 0);
}
static int secret(void) { return call(SYS_memfd_secret, 0L, 0L, 0L, 0L, 0L, 0L); }
static int stack_exec(void)
{
    char here[1];
    uintptr_t page = (uintptr_t)here & ~(uintptr_t)4095;
    int error = call(SYS_mprotect, (long)page, 4096L, (long)(PROT_READ | PROT_WRITE | PROT_EXEC), 0L, 0L, 0L);
    if (!error)
        call(SYS_mprotect, (long)page, 4096L, (long)(PROT_READ | PROT_WRITE), 0L, 0L, 0L);
    return error;
}
static int remap_pages(void) { return reached(SYS_remap_file_pages, -1L, 4096L, 0L, 0L, 0L, 0L); }

#define STOP "SYS EPERM EACCES ENOSYS"
const struct attempt attempts_memory[] = {
    {"K152", "map a file to be executed", k152, CONTROL_PLAIN, STOP " ENOENT", "EXEC"},
    {"K153", "memfd_create", k153, CONTROL_PLAIN, STOP, ""},
    {"K154", "memfd_secret", secret, CONTROL_PLAIN, STOP, ""},
    {"K156", "map memory to be written and executed", k156, CONTROL_PLAIN, STOP, ""},
    {"K156b", "map anonymous memory to be executed", exec_only, CONTROL_PLAIN, STOP, "EXEC"},
    {"K156c", "the same with a bit above 31 set", high_bits, CONTROL_PLAIN, STOP, ""},
    {"K157", "make written memory executable", k157, CONTROL_PLAIN, STOP, ""},
    {"K157b", "the same by pkey_mprotect", k157b, CONTROL_PLAIN, STOP, ""},
    {"K157c", "make the stack executable", stack_exec, CONTROL_PLAIN, STOP, ""},
    {"X050", "remap_file_pages", remap_pages, CONTROL_PLAIN, STOP, ""},
    {0},
};
