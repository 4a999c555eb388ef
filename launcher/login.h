// launcher/login.h: who is asking, and which configuration is theirs.
#ifndef LAUNCHER_LOGIN_H
#define LAUNCHER_LOGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "launcher/options.h"

enum { PERSON_TEXT = 256 };

struct person { // by the kernel's own real uid; the environment is never asked
    uid_t uid;
    gid_t gid;
    char name[PERSON_TEXT];
    char home[PERSON_TEXT];
};

// Looks the caller up in /etc/passwd, and where that file does not know them (LDAP, systemd-homed) asks the
// helper jesh-names, which is dynamic and may load NSS modules, for at most two seconds. Nobody knows them:
// the name is the number and the home "/". Never fails: rights do not depend on names of users.
void person_find(struct person *ret);

// Path of the .pssc that the options name. Only with ret_own true may it belong to the caller: login mode and
// endpoints by name take root's files only. Ids: EndpointName, Usage.
bool configuration_path(const struct options *options, char *ret_path, size_t size, bool *ret_own,
                        struct err *err);

#endif
