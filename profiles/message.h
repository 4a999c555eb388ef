// profiles/message.h: the messages of broker.def: who may send them, and how long they may be.
#ifndef PROFILES_MESSAGE_H
#define PROFILES_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum message {
#define MESSAGE(name, direction, size, rights, what) MESSAGE_##name,
#include "profiles/broker.def"
#undef MESSAGE
    MESSAGES
};

// OWNER asks for so many entries of one folder at most; a name of an OWNERS has so many bytes at most.
enum { OWNER_MOST = 512, OWNER_NAME = 64 };

enum message_direction { TO_SESSION, TO_BROKER };

const char *message_name(enum message message); // "HELLO"; "?" for what is none
// wire_limit for either side: SIZE_MAX for a kind that this side does not receive.
size_t message_limit_to_session(uint16_t kind);
size_t message_limit_to_broker(uint16_t kind);

#endif
