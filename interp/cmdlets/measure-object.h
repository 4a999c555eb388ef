// interp/cmdlets/measure-object.h: what Measure-Object gathers, and the objects that it gives.
#ifndef INTERP_CMDLETS_MEASURE_OBJECT_H
#define INTERP_CMDLETS_MEASURE_OBJECT_H

#include "interp/eval/command.h"
#include "interp/format/expression.h"

enum {
    MEASURE_INPUT,
    MEASURE_PROPERTY,
    MEASURE_DEVIATION,
    MEASURE_SUM,
    MEASURE_ALL,
    MEASURE_AVERAGE,
    MEASURE_MAXIMUM,
    MEASURE_MINIMUM,
    MEASURE_LINE,
    MEASURE_WORD,
    MEASURE_CHARACTER,
    MEASURE_IGNORE_SPACE
};

struct measure {    // of one property
    value property; // STRING; $null: of the objects themselves
    int32_t count;
    int64_t numbers;
    double sum, mean, squares;
    value max, min; // V_VOID: none yet
    int32_t lines, words, characters;
};

struct measure_state {
    struct expressions by;
    struct measure *items;
    size_t count, capacity;
    bool any; // object came
};

struct measure_info {
    struct object head;
    int32_t count;
    value average, sum, maximum, minimum, deviation, property;
};
extern const struct type type_measure, type_object_measure;

struct measure *measure_find(struct command *cmd,
                             value property); // finds or makes; NULL: out of memory, thrown
bool measure_text(struct command *cmd, struct measure *m, value v);
bool measure_write_text(struct command *cmd, const struct measure *m);
void measure_clean(struct command *cmd);

#endif
