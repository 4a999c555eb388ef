// interp/eval/script-cmdlet.h: $PSCmdlet as others see it. In jesh-full only.
#ifndef INTERP_SCRIPT_CMDLET_H
#define INTERP_SCRIPT_CMDLET_H

#include "interp/eval/pipeline.h"

extern const struct type type_script_cmdlet;
struct stage *cmdlet_object_stage(value v); // of a $PSCmdlet; NULL: its call is over

#endif
