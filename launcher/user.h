// launcher/user.h: whom the program runs as.
//
// Accounts are read from /etc/passwd and /etc/group by code of our own: a static program must not load NSS modules.
// An account that only a directory service knows is taken by number, without a home.
#ifndef LAUNCHER_USER_H
#define LAUNCHER_USER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

enum { ACCOUNT_NAME = 64, ACCOUNT_PATH = 256, ACCOUNT_GROUPS = 256 };

struct account {
    uid_t uid;
    gid_t gid;
    char name[ACCOUNT_NAME];
    char home[ACCOUNT_PATH];  // "/" where unknown
    char shell[ACCOUNT_PATH]; // "" where unknown
    bool known;               // /etc/passwd has it
};

// The account with the caller's real uid and gid.
bool account_caller(struct account *ret_account, struct err *err);

// NAME, UID or UID:GID as Linux.User writes it. Id UserUnknown.
bool account_find(const char *text, struct account *ret_account, struct err *err);

// The groups of /etc/group that list the account, its own first; at most `most`.
bool account_groups(const struct account *account, gid_t *ret_groups, size_t most, size_t *ret_count, struct err *err);

// A path of a policy, with a leading "~" replaced by the account's home. False: it has none, or the path is too long.
bool account_path(const struct account *account, const char *path, char *ret_path, size_t size);

#endif
