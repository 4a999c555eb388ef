// Records of comma-separated values; the first byte is the delimiter. Every byte is read once, and nothing
// twice.
#include <stdint.h>
#include <stdlib.h>

#include "interp/cmdlets/csv-read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char delimiter[2] = ",";
    struct csv_record record = {0};
    bool more = true;
    if (size < 1)
        return 0;
    if (data[0] && data[0] != '\n' && data[0] != '\r')
        delimiter[0] = (char)data[0];
    struct csv_reader reader = {(const char *)data + 1, (const char *)data + size, delimiter};
    for (const char *before = NULL; more && csv_next(&reader, &record, &more); before = reader.at)
        if (more && reader.at == before)
            abort();
    csv_free(&record);
    return 0;
}
