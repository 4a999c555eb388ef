#include "attempt.h"

#include <stddef.h>

const struct attempt *const attempt_tables[] = {
    attempts_kernel, attempts_mount, attempts_process, attempts_files, attempts_network,
    attempts_memory, attempts_terminal, attempts_descriptors, attempts_resource, NULL,
};
