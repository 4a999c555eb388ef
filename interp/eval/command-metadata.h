// interp/eval/command-metadata.h: what a proxy says of the command behind it: CommandMetadata. jesh-full
// alone.
#ifndef INTERP_COMMAND_METADATA_H
#define INTERP_COMMAND_METADATA_H

#include "interp/value/objects.h"

// Fields of the object (struct attribute).
enum {
    METADATA_NAME,        // with the module of a cmdlet before it
    METADATA_KIND,        // the class of a cmdlet, which jesh has not: $null
    METADATA_DEFAULT_SET, // STRING or $null
    METADATA_PROCESS,     // BOOLs
    METADATA_PAGING,
    METADATA_POSITIONAL,
    METADATA_HELP,       // STRING or $null
    METADATA_IMPACT,     // ConfirmImpact
    METADATA_PARAMETERS, // Dictionary: name → ParameterMetadata, without the common ones
    METADATA_ADVANCED    // BOOL: of a cmdlet, or of a function that is written as one
};
extern const struct type type_command_metadata;

#endif
