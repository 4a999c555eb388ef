// interp/cmdlets/type-files.h: what the commands about type data share.
#ifndef INTERP_TYPE_FILES_H
#define INTERP_TYPE_FILES_H

#include "interp/eval/command.h"

bool type_data_name(struct interp *in, value given, value *ret);

#endif
