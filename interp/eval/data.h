// interp/eval/data.h: data sections while they run. jesh-full alone.
#ifndef INTERP_DATA_H
#define INTERP_DATA_H

#include "interp/value/value.h"

struct scriptblock;

// -SupportedCommand: the values of its arguments, `checked` where they were constants and the text's check has seen
// them. body stands for the section's statements and is never run. False: refused, thrown.
bool data_commands(struct interp *in, const struct scriptblock *body, const value *names, size_t count, bool checked);
// ScriptBlock.CheckRestrictedLanguage: names are lists of texts, $null: the usual ones. False: thrown.
bool data_check(struct interp *in, const struct scriptblock *block, value commands, value variables,
                bool environment);
// Inside it is RestrictedLanguage; behind it what it was, also where the section fails.
void data_enter(struct interp *in, value *ret_outer);
void data_leave(struct interp *in, value outer);

#endif
