// Which rows of the table of system calls make a filter.
#include <string.h>

#include "profiles/policy_parts.h"

static bool in_filter(const struct policy *policy, enum syscall_where where, enum filter_stage number)
{
    switch (where) {
    case IN_START:
        return number == FILTER_LAUNCHER && !policy->wrap;
    case IN_LAUNCH:
        return number == FILTER_LAUNCHER;
    case IN_ALL:
        return true;
    case IN_PROGRAM:
        return policy->rights & RIGHT_BIT(EXEC);
    case IN_VIEW:
        return policy->paths_held;
    case IN_VIEW_PROGRAM:
        return policy->rights & RIGHT_BIT(EXEC) && policy->paths_held;
    case IN_OPENED:
        return !policy->paths_held;
    }
    return false;
}

static bool row_asked(const struct policy *policy, const struct syscall_row *row, enum filter_stage number)
{
    // Programs may probe for what an interpreter never calls.
    if (row->answer == ANSWER_KILL && policy->rights & RIGHT_BIT(EXEC))
        return false;
    return in_filter(policy, row->where, number) && (!row->rights || row->rights & policy->rights);
}

static void draft_filter(struct draft *draft, enum filter_stage number)
{
    struct policy *policy = draft->policy;
    struct policy_syscall *rows = arena_new(draft->arena, syscall_row_count * sizeof(*rows));
    size_t count = 0;

    if (!rows) {
        draft->failed = true;
        return;
    }
    for (size_t i = 0; i < syscall_row_count; i++)
        if (row_asked(policy, &syscall_rows[i], number))
            rows[count++] = (struct policy_syscall){(uint16_t)i, syscall_rows[i].rights & policy->rights};
    policy->filter[number] = rows;
    policy->filter_count[number] = count;
}

// In place, permission bits and times of every file of the caller's could be changed by path, shown or not: only who
// may write to all of them may do that. A login has a home with start-up files that stay.
static bool paths_held(const struct draft *draft)
{
    return draft->policy->tier == TIER_FULL ||
           (draft->profile->view == VIEW_CALLER && draft->use != POLICY_LOGIN);
}

void draft_filters(struct draft *draft)
{
    draft->policy->paths_held = paths_held(draft);
    draft_filter(draft, FILTER_LAUNCHER);
    if (!draft->policy->wrap)
        draft_filter(draft, FILTER_INTERPRETER);
}

size_t policy_calls(const struct policy *policy, enum filter_stage filter)
{
    const char *last = "";
    size_t count = 0;

    for (size_t i = 0; i < policy->filter_count[filter]; i++) {
        const struct syscall_row *row = &syscall_rows[policy->filter[filter][i].row];

        if (row->answer != ANSWER_ALLOW || !strcmp(row->name, last))
            continue;
        last = row->name;
        count++;
    }
    return count;
}
