// Filters that were ready when jesh was built: those of the shipped profiles (scripts/mkfilters.c writes filters.inc).
#include <string.h>

#include "launcher/seccomp.h"

// The rows of a filter decide its program, so they are the key: a bit for each row of syscalls.def.
enum { ROW_WORDS = 8 };

struct shipped {
    uint64_t rows[ROW_WORDS];
    size_t at, size; // bytes of `code`
};

#include "filters.inc"

static bool rows_of(const struct policy *policy, enum filter_stage stage, uint64_t ret_rows[ROW_WORDS])
{
    memset(ret_rows, 0, ROW_WORDS * sizeof(*ret_rows));
    for (size_t i = 0; i < policy->filter_count[stage]; i++) {
        unsigned row = policy->filter[stage][i].row;

        if (row >= ROW_WORDS * 64)
            return false;
        ret_rows[row / 64] |= (uint64_t)1 << row % 64;
    }
    return true;
}

bool filter_lookup(const struct policy *policy, enum filter_stage stage, struct filter *ret_filter)
{
    uint64_t rows[ROW_WORDS];

    if (!rows_of(policy, stage, rows))
        return false;
    for (size_t i = 0; i < shipped_count; i++) {
        if (memcmp(rows, shipped[i].rows, sizeof(rows)))
            continue;
        *ret_filter = (struct filter){(const char *)code + shipped[i].at, shipped[i].size, false};
        return true;
    }
    return false;
}
