// A stage that runs a program. What finds it and runs it stands behind in->programs. jesh-full alone.
#include "interp/eval/program.h"

#include <string.h>

#include "interp/eval/pipeline.h"

bool program_open(struct stage *stage, struct pipeline *pipeline, size_t index, value name, value path)
{
    struct interp *in = pipeline->in;
    const char *slash = strrchr(value_text(path), '/');
    stage_start(stage, pipeline, index, in->programs->cmdlet, "program", "");
    stage->bind_class = stage->cmd.name;
    stage->held = path;
    stage->called_as = value_keep(name);
    if (!string_text(in, slash ? slash + 1 : value_text(path), &stage->name))
        return false;
    stage->meta = bind_meta(in, stage->cmd.cmdlet, CMDLETS, true);
    return stage->meta && stage_allocate(stage, in);
}
