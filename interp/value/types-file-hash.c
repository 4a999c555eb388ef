#include "interp/value/file-hash.h"

#define FIELD(name, n)                                                                                       \
    static bool get_##name(struct interp *in, value self, value *ret)                                        \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true;                                   \
    }                                                                                                        \
    static bool set_##name(struct interp *in, value self, value to)                                          \
    {                                                                                                        \
        value v;                                                                                             \
        if (!value_convert(in, to, &type_string, &v))                                                        \
            return false;                                                                                    \
        value_drop(AS(fields, self)->at[n]);                                                                 \
        return AS(fields, self)->at[n] = v, true;                                                            \
    }
FIELD(algorithm, FILE_HASH_ALGORITHM)
FIELD(hash, FILE_HASH_HASH)
FIELD(path, FILE_HASH_PATH)

const struct property file_hash_properties[] = {
    {"Algorithm", get_algorithm, set_algorithm},
    {"Hash", get_hash, set_hash},
    {"Path", get_path, set_path},
    {0},
};
