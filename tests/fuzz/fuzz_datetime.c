// Dates, time spans, time zones and wildcards: the first byte chooses what is read, and a format where one is
// needed.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/datetime.h"
#include "base/wildcard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void date(const char *text, size_t size)
{
    struct date_text date;
    struct buf out = BUF_INIT;
    int64_t ticks;
    enum date_kind kind;
    date_read_iso(text, size, &date);
    if (date_parse(text, size, NULL, &ticks, &kind) && date_format(ticks, kind, NULL, "o", 1, &out)) {
        int64_t again = -1;
        date_parse(out.data, out.size, NULL, &again, &kind);
        if (again != ticks)
            abort(); // what was read is written so that it reads the same
    }
    buf_free(&out);
}

static void formats(const char *text, size_t size)
{
    struct buf out = {.limit = 1 << 16};
    date_format(638452458156780000, DATE_LOCAL, NULL, text, size, &out);
    buf_clear(&out);
    span_format(-905001234, text, size, &out);
    buf_free(&out);
}

static void span(const char *text, size_t size)
{
    struct buf out = BUF_INIT;
    int64_t ticks, again;
    if (span_parse(text, size, &ticks) == SPAN_OK) {
        span_format(ticks, "", 0, &out);
        if (span_parse(out.data, out.size, &again) != SPAN_OK || again != ticks)
            abort();
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data + 1;
    struct zone zone;
    if (size < 2)
        return 0;
    switch (data[0] % 5) {
    case 0:
        date(text, size - 1);
        break;
    case 1:
        formats(text, size - 1);
        break;
    case 2:
        span(text, size - 1);
        break;
    case 3:
        if (zone_parse(text, size - 1, &zone))
            zone_offset_local(&zone, zone_offset_utc(&zone, 638452458156780000) * TICKS_PER_SECOND +
                                         638452458156780000);
        break;
    default:
        wildcard_match(text, (size - 1) / 2, text + (size - 1) / 2, (size - 1) - (size - 1) / 2, true);
    }
    return 0;
}
