// launcher/report.h: what pid 1 inside tells the supervisor until the program runs. A socket pair of jesh's own
// processes; nothing of it is open once the program has been executed.
#ifndef LAUNCHER_REPORT_H
#define LAUNCHER_REPORT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "launcher/steps.h"

bool report_open(int *ret_reader, int *ret_writer, struct err *err);

void report_failure(int writer, enum step step, const struct err *failure);

// Sent by the process that becomes the program: the kernel adds its pid as the reader sees it.
void report_starting(int writer);

// Reads until the last writer is gone. True: the program has been executed, *ret_program is its pid. False: *err is
// the failure as it was reported, *ret_step where.
bool report_await(int reader, pid_t *ret_program, enum step *ret_step, struct err *err);

#endif
