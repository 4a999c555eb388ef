// interp/eval/module-specification.h: the fields of a ModuleSpecification.
#ifndef INTERP_MODULE_SPECIFICATION_H
#define INTERP_MODULE_SPECIFICATION_H

#include "interp/value/objects.h"

enum specification_field {
    SPECIFICATION_NAME,    // STRING
    SPECIFICATION_GUID,    // each of these $null where it does not matter
    SPECIFICATION_MINIMUM, // VERSION
    SPECIFICATION_MAXIMUM, // STRING
    SPECIFICATION_REQUIRED // VERSION
};

#endif
