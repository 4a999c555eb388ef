// Names of owners without /etc/passwd: the session's own user is known, root is root, and 65534 is what a
// user namespace shows for everybody it does not map. Anybody else is a number.
#include <sys/auxv.h>

#include "interp/eval/interp.h"
#include "interp/providers/files.h"

enum { OVERFLOW_ID = 65534 };

bool owner_user(struct interp *in, uid_t uid, value *ret_name)
{
    if (uid == getauxval(AT_UID) && in->session->user && *in->session->user)
        return string_text(in, in->session->user, ret_name);
    if (uid == 0)
        return string_text(in, "root", ret_name);
    if (uid == OVERFLOW_ID)
        return string_text(in, "nobody", ret_name);
    return string_printf(in, ret_name, "%lu", (unsigned long)uid);
}

bool owner_group(struct interp *in, gid_t gid, value *ret_name)
{
    if (gid == 0)
        return string_text(in, "root", ret_name);
    if (gid == OVERFLOW_ID)
        return string_text(in, "nogroup", ret_name);
    return string_printf(in, ret_name, "%lu", (unsigned long)gid);
}
