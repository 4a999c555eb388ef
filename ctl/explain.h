// ctl/explain.h: the answers of `jeshctl explain`, as text and as JSON.
#ifndef CTL_EXPLAIN_H
#define CTL_EXPLAIN_H

#include "base/buf.h"
#include "base/err.h"
#include "profiles/json.h"
#include "profiles/policy.h"
#include "profiles/policy_names.h"

// Loads a profile wherever it lies and whoever owns it: explaining runs nothing.
bool explain_open(const char *file, struct profile **ret_profile, struct err *err);

void explain_profile(const struct profile *profile, const struct policy *policy, struct buf *out);
void explain_profile_json(const struct profile *profile, const struct policy *policy, struct buf *out);

// `command` NULL: the profile does not know the name.
void explain_command(const char *name, const struct visible_command *command, const struct policy *policy, struct buf *out);
void explain_command_json(const char *name, const struct visible_command *command, const struct policy *policy,
                          struct buf *out);

// The filter under which the payload runs, once started.
enum filter_stage explain_stage(const struct policy *policy);
// Does this row stand in the filter because of that right?
bool explain_asked(const struct policy_syscall *call, enum right right);
// The Landlock rights of files that a right brings; 0: none.
uint64_t explain_access(enum right right);
// Rights of the command that this policy holds.
rights_t explain_rights(const struct visible_command *command, const struct policy *policy);

#endif
