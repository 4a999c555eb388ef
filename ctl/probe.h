// ctl/probe.h: tries what the kernel gives, each time in a child that is thrown away.
#ifndef CTL_PROBE_H
#define CTL_PROBE_H

#include <stdbool.h>

enum probe_need {
    NEED_ALWAYS,   // without it nothing runs
    NEED_FULL,     // without it tier full is out of reach
    NEED_SOMETIMES // some rights or keys need it
};

enum probe {
#define PROBE(id, what, need, lost) PROBE_##id,
#define SETTING(path, stands, probes, remedy)
#include "ctl/probes.def"
#undef PROBE
#undef SETTING
    PROBES
};

struct probe_row {
    const char *id, *what;
    enum probe_need need;
    const char *lost; // what is out of reach without it
};
extern const struct probe_row probe_rows[PROBES];

struct probe_result {
    bool done;
    int errnum;       // of the step that failed
    const char *step; // constant text: what was tried then
    int number;       // PROBE_LANDLOCK: the ABI
};

struct probe_result probe_try(enum probe probe);

#endif
