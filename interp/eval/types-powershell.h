// interp/eval/types-powershell.h: what the files of [powershell] share.
#ifndef INTERP_TYPES_POWERSHELL_H
#define INTERP_TYPES_POWERSHELL_H

#include "interp/eval/runspace.h"
#include "interp/value/types-rows.h"

#define FIELD(v, n) (((struct fields *)(v).object)->at[n])
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define FIELD_GETTER(name, n)                                                                                \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        (void)in;                                                                                            \
        return *ret = value_keep(FIELD(self, n)), true;                                                      \
    }

enum { STREAM_FIELDS = STREAM_INFORMATION + 1, PROGRESS_FIELD = 0 }; // by enum stream; field 0 is progress
bool streams_new(struct interp *in, value *ret); // PSDataStreams: a collection for each stream

#endif
