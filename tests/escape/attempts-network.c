// Sockets of every family: what is not asked for does not exist.
#include "attempt.h"

#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int make(int family, int type, int protocol)
{
    int fd = socket(family, type, protocol);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static int connect_tcp(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return errno;
    int error = connect(fd, (struct sockaddr *)&to, sizeof to) < 0 ? errno : 0;
    close(fd);
    return error == ECONNREFUSED ? 0 : error; // somebody's loopback answered: the network was reached
}

static int send_udp(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0)
        return errno;
    int error = sendto(fd, "", 1, 0, (struct sockaddr *)&to, sizeof to) < 0 ? errno : 0;
    close(fd);
    return error;
}

static int connect_unix(const char *path, size_t size)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    memcpy(to.sun_path, path, size);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0)
        return errno;
    int error = connect(fd, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size)) < 0 ? errno : 0;
    close(fd);
    return error == ECONNREFUSED || error == ENOENT ? 0 : error; // the call was made; nobody happened to listen
}

static int k105(void) { return connect_tcp(22); }
static int k106(void) { return send_udp(); }
static int k107(void) { return make(AF_INET, SOCK_RAW, IPPROTO_ICMP); }
static int k109(void) { return make(AF_INET, SOCK_STREAM, 262); }
static int k111(void) { return make(AF_PACKET, SOCK_RAW, 0); }
static int k112(void) { return make(40, SOCK_STREAM, 0); }
static int k113(void) { return make(38, SOCK_SEQPACKET, 0); }
static int k114(void) { return make(15, SOCK_RAW, 2); }
static int k115(void) { return make(AF_NETLINK, SOCK_RAW, 0); }
static int k116(void) { return make(AF_NETLINK, SOCK_RAW, 12); }
static int k119(void) { return make(AF_NETLINK, SOCK_RAW, 15); }
static int k120(void) { return make(AF_NETLINK, SOCK_RAW, 16); }
static int k121(void) { return make(AF_NETLINK, SOCK_DGRAM, 4); }
static int audit(void) { return make(AF_NETLINK, SOCK_RAW, 9); }
static int k122(void)
{
    static const int families[] = {31, 29, 30, 21, 43, 44, 42};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (make(families[i], SOCK_RAW, 0) == 0)
            return 0;
    return make(31, SOCK_RAW, 3);
}
static int k124(void)
{
    int pair[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 ? errno : (close(pair[0]), close(pair[1]), 0);
}
static int k125(void) { return connect_unix("\0/tmp/.X11-unix/X0", 18); }
static int k127(void) { return connect_unix("/run/systemd/private", 21); }
static int k128(void) { return connect_unix("/run/docker.sock", 17); }
static int k129(void) { return connect_unix("/run/systemd/journal/socket", 28); }
static int k131(void) { return connect_unix("/run/user/0/bus", 16); }
static int k133(void) { return connect_unix("/run/nscd/socket", 17); }
static int inet6(void) { return make(AF_INET6, SOCK_STREAM, 0); }
static int bind_any(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return errno;
    int error = bind(fd, (struct sockaddr *)&at, sizeof at) < 0 || listen(fd, 1) < 0 ? errno : 0;
    close(fd);
    return error;
}

#define STOP "SYS EPERM EACCES EAFNOSUPPORT ENOSYS"
#define NET "LOOPBACK NETWORK"
const struct attempt attempts_network[] = {
    {"K105", "TCP to 127.0.0.1", k105, CONTROL_PLAIN, STOP " ENETUNREACH", NET},
    {"K106", "UDP to 127.0.0.1", k106, CONTROL_PLAIN, STOP " ENETUNREACH", NET},
    {"K107", "a raw ICMP socket", k107, CONTROL_USERNS, STOP, ""},
    {"K109", "multipath TCP", k109, CONTROL_PLAIN, STOP, ""},
    {"K111", "AF_PACKET", k111, CONTROL_USERNS, STOP, ""},
    {"K112", "AF_VSOCK", k112, CONTROL_PLAIN, STOP, ""},
    {"K113", "AF_ALG", k113, CONTROL_NONE, STOP, ""},
    {"K114", "AF_KEY", k114, CONTROL_NONE, STOP, ""},
    {"K115", "netlink route", k115, CONTROL_PLAIN, STOP, ""},
    {"K116", "netlink netfilter", k116, CONTROL_PLAIN, STOP, ""},
    {"K119", "netlink kobject events", k119, CONTROL_PLAIN, STOP, ""},
    {"K120", "generic netlink", k120, CONTROL_PLAIN, STOP, ""},
    {"K121", "netlink socket diagnosis", k121, CONTROL_PLAIN, STOP, ""},
    {"K122", "families that load modules: Bluetooth, CAN, TIPC, RDS, SMC, XDP, QIPCRTR", k122, CONTROL_NONE, STOP " EPROTONOSUPPORT ESOCKTNOSUPPORT", ""},
    {"K124", "a socket pair of its own", k124, CONTROL_PLAIN, STOP, "UNIX_SOCKET"},
    {"K125", "an abstract AF_UNIX socket", k125, CONTROL_PLAIN, STOP, ""},
    {"K127", "systemd's private socket", k127, CONTROL_PLAIN, STOP, "UNIX_SOCKET"},
    {"K128", "docker's socket", k128, CONTROL_PLAIN, STOP, "UNIX_SOCKET"},
    {"K129", "the journal's socket", k129, CONTROL_PLAIN, STOP, "UNIX_SOCKET"},
    {"K131", "a user's message bus", k131, CONTROL_PLAIN, STOP, "UNIX_SOCKET"},
    {"K133", "the name cache's socket", k133, CONTROL_PLAIN, STOP, "UNIX_SOCKET"},
    {"X030", "IPv6", inet6, CONTROL_PLAIN, STOP, NET},
    {"X031", "listen on TCP", bind_any, CONTROL_PLAIN, STOP, NET},
    {"X032", "netlink audit", audit, CONTROL_PLAIN, STOP, ""},
    {0},
};
