// What a hostile session may send: bytes into the broker's reader and dispatch. The first byte chooses the
// broker's state; the rest arrives in pieces whose sizes the input chooses too.
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "launcher/broker.h"
#include "profiles/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take_all(struct broker *broker)
{
    for (bool ready = true; ready;) {
        struct wire_message message;
        if (!wire_take(&broker->wire, message_limit_to_broker, &message, &ready, NULL) ||
            (ready && !broker_take(broker, &message, NULL)))
            return false;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct broker broker = {
        .wire = {.fd = -1}, .permitted = data[1] & 1 ? ~0ull : data[1], .output_limit = 4096};
    broker.owners = (struct owners){.root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC),
                                    .users = open("/etc/passwd", O_RDONLY | O_CLOEXEC),
                                    .groups = -1,
                                    .everywhere = data[0] & 8};
    broker.state = data[0] & 1 ? BROKER_RUNNING : BROKER_STARTING;
    broker.terminal[1] = data[0] & 2;
    broker_add_text(&broker, "c", 1);
    bool going = true;
    for (size_t at = 2; going && at < size;) {
        size_t piece = data[0] & 4 ? 1 + data[at] % 7 : size - at;
        piece = piece < size - at ? piece : size - at;
        going = buf_add(&broker.wire.in, data + at, piece) && take_all(&broker);
        at += piece;
    }
    if (broker.out[1].size + broker.out[2].size > broker.output_limit)
        abort(); // the limit must hold whatever is sent
    broker_free(&broker);
    return 0;
}
