#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#include "launcher/steps.h"

enum { LOOPBACK_INDEX = 1 }; // the first device of every network namespace

static int loopback_raise(struct nl_sock *socket)
{
    struct ifinfomsg link = {.ifi_index = LOOPBACK_INDEX, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
    struct nl_msg *message = nlmsg_alloc_simple(RTM_NEWLINK, NLM_F_ACK);
    int answer;

    if (!message)
        return -NLE_NOMEM;
    answer = nlmsg_append(message, &link, sizeof link, NLMSG_ALIGNTO);
    if (answer < 0) {
        nlmsg_free(message);
        return answer;
    }
    return nl_send_sync(socket, message); // frees the message
}

bool step_loopback(struct confine *confine, struct err *err)
{
    struct nl_sock *socket;
    int answer;

    if (!confine->policy->loopback)
        return true;
    socket = nl_socket_alloc();
    if (!socket)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory for a netlink socket");
    answer = nl_connect(socket, NETLINK_ROUTE);
    if (answer == 0)
        answer = loopback_raise(socket);
    nl_socket_free(socket);
    if (answer < 0) {
        char what[160];
        snprintf(what, sizeof what, "cannot raise the loopback device of the new network namespace (%s)", nl_geterror(answer));
        return tier_unavailable(err, EPERM, what);
    }
    return true;
}
