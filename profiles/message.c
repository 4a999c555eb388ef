#include "profiles/message.h"

static const struct row {
    const char *name;
    enum message_direction direction;
    size_t size;
} rows[MESSAGES] = {
#define MESSAGE(name, direction, size, rights, what) {#name, direction, size},
#include "profiles/broker.def"
#undef MESSAGE
};

const char *message_name(enum message message)
{
    return (unsigned)message < MESSAGES ? rows[message].name : "?";
}

static size_t limit(uint16_t kind, enum message_direction direction)
{
    return kind < MESSAGES && rows[kind].direction == direction ? rows[kind].size : SIZE_MAX;
}

size_t message_limit_to_session(uint16_t kind)
{
    return limit(kind, TO_SESSION);
}

size_t message_limit_to_broker(uint16_t kind)
{
    return limit(kind, TO_BROKER);
}
