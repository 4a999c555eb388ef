// interp/cmdlets/com-internal.h: what the COM objects' files share.
#ifndef INTERP_COM_INTERNAL_H
#define INTERP_COM_INTERNAL_H

#include "interp/cmdlets/com.h"
#include "interp/value/types-rows.h"

extern const struct type com_dictionary, com_regexp, com_file_system;

bool com_dictionary_start(struct interp *in, value self);
bool com_regexp_start(struct interp *in, value self);

#define COM_TYPE(symbol, full_name, ...)                                                                     \
    const struct type symbol = {.name = full_name,                                                           \
                                .base = &type_object,                                                        \
                                .type_code = 1,                                                              \
                                .size = sizeof(struct fields),                                               \
                                .release = fields_release,                                                   \
                                __VA_ARGS__}
#define COM_FIELD(v, n) (((struct fields *)(v).object)->at[n])
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
#define SETTER(name) static bool name(struct interp *in, value self, value to)

#endif
