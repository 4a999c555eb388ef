// control: the positive control. Runs attempts outside any sandbox and prints their verdicts.
//   control            every attempt, a line each: ID VERDICT
//   control --list     the table
#include <stdio.h>
#include <string.h>

#include "verdict.h"

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--list")) {
        attempts_list();
        return 0;
    }
    for (size_t t = 0; attempt_tables[t]; t++)
        for (const struct attempt *a = attempt_tables[t]; a->id; a++) {
            if (argc > 1 && strcmp(argv[1], a->id))
                continue;
            printf("%s\t%s\n", a->id, verdict_in_child(a, a->control == CONTROL_USERNS));
            fflush(stdout);
        }
    return 0;
}
