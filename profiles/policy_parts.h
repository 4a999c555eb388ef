// profiles/policy_parts.h: the parts of policy_derive, for policy*.c alone.
#ifndef PROFILES_POLICY_PARTS_H
#define PROFILES_POLICY_PARTS_H

#include "profiles/policy.h"

struct draft {
    const struct profile *profile;
    enum policy_use use;
    struct arena *arena;
    struct policy *policy;
    size_t mount_room, landlock_room;
    bool failed; // the arena is full; checked once, at the end
};

static inline bool draft_has(const struct draft *draft, rights_t rights) { return draft->policy->rights & rights; }

void draft_rights(struct draft *draft);
void draft_mounts(struct draft *draft);
void draft_landlock(struct draft *draft);
void draft_filters(struct draft *draft);

// What stays read-only in a home that somebody logs in to: ~/.ssh, ~/.config and what shells and others run at start.
#define HOME_KEPT                                                                                                    \
    ".ssh .config .local .profile .bash_profile .bash_login .bash_logout .bashrc .zshenv .zprofile .zshrc .zlogin "  \
    ".zlogout .kshrc .cshrc .tcshrc .login .logout .pam_environment .xprofile .xsession .xsessionrc .xinitrc "       \
    ".forward .rhosts .shosts .netrc .gitconfig .vimrc .vim .emacs .emacs.d .gnupg"

// The home's mount among those of the profile ("~"), or NULL.
const struct profile_mount *draft_home(const struct draft *draft);

#endif
