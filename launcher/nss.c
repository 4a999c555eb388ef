// A static program must not load NSS modules: which ones the environment and /etc/nsswitch.conf decide, and they
// would run before anything is confined. libcap-ng and libnl hold functions, never called here, that ask for names;
// with these in their place the C library's loader of modules is not even part of the program.
#include <errno.h>
#include <stddef.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>

void __syslog_chk(int priority, int flag, const char *format, ...);

int getaddrinfo(const char *restrict node, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict result)
{
    (void)node, (void)service, (void)hints, (void)result;
    return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *info)
{
    (void)info;
}

int getnameinfo(const struct sockaddr *restrict address, socklen_t size, char *restrict host, socklen_t host_size,
                char *restrict service, socklen_t service_size, int flags)
{
    (void)address, (void)size, (void)host, (void)host_size, (void)service, (void)service_size, (void)flags;
    return EAI_FAIL;
}

struct protoent *getprotobyname(const char *name)
{
    (void)name;
    return NULL;
}

struct protoent *getprotobynumber(int number)
{
    (void)number;
    return NULL;
}

struct passwd *getpwuid(uid_t uid)
{
    (void)uid;
    errno = ENOENT;
    return NULL;
}

int initgroups(const char *user, gid_t group)
{
    (void)user, (void)group;
    errno = EPERM;
    return -1;
}

// libcap-ng complains to syslog, whose time stamp would be of the zone that the environment names.
void __syslog_chk(int priority, int flag, const char *format, ...)
{
    (void)priority, (void)flag, (void)format;
}
