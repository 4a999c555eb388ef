// jesh-names: prints the caller's line of passwd(5) as the machine's name services know it.
//
// A program of its own because NSS loads libraries: it is dynamic, gets no argument, an empty environment and
// a time limit, and what it prints is checked like any other input.
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    const struct passwd *entry = getpwuid(getuid());
    if (!entry)
        return 1;
    printf("%s:x:%u:%u::%s:%s\n", entry->pw_name, (unsigned)entry->pw_uid, (unsigned)entry->pw_gid,
           entry->pw_dir, entry->pw_shell);
    return fflush(stdout) ? 1 : 0;
}
