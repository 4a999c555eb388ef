// launcher/owners.h: whose the files are that a session sees: the broker's answer to OWNER.
//
// In tier full a path is followed from the session's own root, in the session's own mounts: what they do not
// show cannot be named at all. In place the machine's root is where paths begin, and a name is given only of
// what lies below a path that the policy's Landlock rules open. Either way one component at a time, without
// `..`, through no link, and with O_PATH alone: no file is opened and nothing but its owner is told.
//
// Names are those of /etc/passwd and /etc/group. Both are opened before the broker is confined and first read
// when a session first asks, in small pieces: a session that never asks costs three descriptors and no
// memory. Accounts that only a directory service knows stay numbers: asking it would start a program that the
// launch does not need.
#ifndef LAUNCHER_OWNERS_H
#define LAUNCHER_OWNERS_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/buf.h"
#include "launcher/launch.h"
#include "profiles/message.h"

enum { OWNERS_PLACES = 64, OWNERS_KEPT = 32, OWNERS_FOLDER = 4096 };

// The only way in which the broker makes a descriptor once it is confined (broker_confine.c).
#define OWNERS_OPEN (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct owners {
    int root;          // -1: nothing is known of any path
    int users, groups; // passwd(5) and group(5); -1: numbers only
    bool everywhere;   // all below `root` may be named, not only what is at or below a place
    struct owners_place {
        dev_t device;
        ino_t inode;
    } places[OWNERS_PLACES];
    size_t place_count;
    struct owners_kept {
        bool used, group;
        unsigned id;
        char name[OWNER_NAME + 1];
    } kept[OWNERS_KEPT];
};

#define OWNERS_NONE                                                                                          \
    {                                                                                                        \
        .root = -1, .users = -1, .groups = -1                                                                \
    }

// Before broker_confine. What cannot be opened is left out: owners are then numbers, or unknown.
void owners_open(struct owners *owners, const struct running *running);
bool owners_add_place(struct owners *owners, const char *path); // false: absent, or no room
void owners_close(struct owners *owners);

// Appends the payload of OWNERS. False: the payload of OWNER is malformed, or there is no memory left
// (answer->failed).
bool owners_answer(struct owners *owners, const char *payload, size_t size, struct buf *answer);

#endif
