// tests/escape/verdict.h: running one attempt and naming its outcome.
#ifndef TESTS_ESCAPE_VERDICT_H
#define TESTS_ESCAPE_VERDICT_H

#include "attempt.h"

const struct attempt *attempt_find(const char *id); // NULL: unknown
const char *verdict_name(int error);                // "OK", "EPERM", …; a number's name is never NULL
// Runs it in a process of its own, so that a death by signal is a verdict too ("SYS", "KILL", …).
const char *verdict_in_child(const struct attempt *attempt, int in_user_namespace);
void attempts_list(void); // ID, control, stopped, granted, what; separated by tabs, on standard output

#endif
