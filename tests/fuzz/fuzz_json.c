// JSON in, JSON out, and in again: what was written must be read, and written the same.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "interp/cmdlets/json-read.h"
#include "interp/cmdlets/json-write.h"
#include "interp/eval/interp.h"
#include "interp/value/shared-name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read(struct interp *in, const char *text, size_t size, uint8_t options, value *ret)
{
    struct json_reader reader = {.in = in,
                                 .start = text,
                                 .at = text,
                                 .end = text + size,
                                 .max_depth = 64,
                                 .tables = options & 1,
                                 .dates = options & 2 ? JSON_DATE_STRING : JSON_DATE_DEFAULT};
    return json_read(&reader, ret);
}

static bool write(struct interp *in, value v, uint8_t options, struct json_writer *writer)
{
    *writer = (struct json_writer){.in = in, .max_depth = 100, .compress = options & 4};
    return json_write(writer, v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct interp in = {.string_limit = 1 << 20};
    struct json_writer first, second;
    value v, again;
    if (size < 1 || !read(&in, (const char *)data + 1, size - 1, data[0], &v))
        return value_drop(in.thrown), shared_names_free(&in), 0;
    if (!write(&in, v, data[0], &first) || !read(&in, first.out.data, first.out.size, data[0], &again))
        abort();
    if (!write(&in, again, data[0], &second) || second.out.size != first.out.size ||
        memcmp(first.out.data, second.out.data, first.out.size) != 0)
        abort();
    buf_free(&first.out);
    buf_free(&second.out);
    value_drop(v);
    value_drop(again);
    shared_names_free(&in);
    return 0;
}
