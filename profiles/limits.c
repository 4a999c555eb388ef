#include "profiles/limits.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include "base/utf8.h"

#define LIMIT_BY(resource) RLIMIT_##resource

const struct limit_row limit_rows[LIMITS] = {
#define LIMIT(id, name, unit, session, program, largest, holder, error, what) \
    {name, unit, session, program, largest, holder, error, what},
#include "profiles/limits.def"
#undef LIMIT
};

enum limit limit_find(const char *name, size_t size)
{
    for (int i = 0; i < LIMITS; i++)
        if (utf8_same_ignore_case(name, size, limit_rows[i].name, strlen(limit_rows[i].name)))
            return (enum limit)i;
    return LIMITS;
}

enum limit limit_of_errno(int errnum)
{
    static const struct { int errnum; enum limit limit; } rows[] = {
        {EMFILE, LIMIT_OPEN_FILES}, {EFBIG, LIMIT_FILE_SIZE}, {EAGAIN, LIMIT_PROCESSES}, {ENOSPC, LIMIT_TEMP}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].errnum == errnum)
            return rows[i].limit;
    return LIMITS;
}

uint64_t limit_or_default(enum limit limit, uint64_t said, bool program)
{
    const struct limit_row *row = &limit_rows[limit];

    return said ? said : (program ? row->program : row->session) * row->unit;
}
