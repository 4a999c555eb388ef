// liar: stands in the interpreter's place, installs filter 2 as it must, and then breaks the protocol. Which
// way, the session's own text says: -Command 'too-long'. The broker has to end the session and say why.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wire.h"
#include "interp/host/filter.h"
#include "profiles/message.h"
#include "profiles/session.h"

static void send_bytes(const char *bytes, size_t size)
{
    (void)!write(SESSION_WIRE_FD, bytes, size);
}

// "whose FOLDER NAME": asks for the owner of an entry, and says what the broker answers.
static void ask_whose(struct wire *wire, const char *text)
{
    char folder[256], name[256], said[256];
    struct wire_message message;
    struct buf question = BUF_INIT;
    if (sscanf(text, "whose %255s %255s", folder, name) != 2)
        return;
    wire_put_text(&question, folder, strlen(folder));
    wire_put_u32(&question, 1);
    wire_put_text(&question, name, strlen(name));
    wire_send(wire, MESSAGE_OWNER, question.data, question.size, NULL);
    buf_free(&question);
    do {
        if (!wire_receive(wire, message_limit_to_session, &message, NULL))
            return;
    } while (message.kind != MESSAGE_OWNERS);
    struct wire_reader reader = wire_reader_of(message.payload + 4, message.size - 4);
    size_t user_size, group_size;
    const char *user = wire_get_text(&reader, &user_size), *group = wire_get_text(&reader, &group_size);
    int size = snprintf(said, sizeof said, user ? "\1%.*s %.*s\n" : "\1-\n", (int)user_size, user,
                        (int)group_size, group);
    wire_send(wire, MESSAGE_OUTPUT, said, (size_t)size, NULL);
    wire_send(wire, MESSAGE_DONE, "\0\0\0\0\0", 5, NULL);
    wire_send(wire, MESSAGE_EXIT, "\0\0\0\0", 4, NULL);
    _exit(0);
}

static void lie(struct wire *wire, const char *how)
{
    static char big[65537] = {1};
    if (strstr(how, "too-long"))
        send_bytes("\xff\xff\xff\x7f\x07\0", 6);
    else if (strstr(how, "unknown"))
        wire_send(wire, 999, "x", 1, NULL);
    else if (strstr(how, "direction"))
        wire_send(wire, MESSAGE_TEXT, "cWrite-Output x", 15, NULL);
    else if (strstr(how, "again"))
        wire_send(wire, MESSAGE_READY, "\1\0\0\0", 4, NULL);
    else if (strstr(how, "descriptor"))
        wire_send(wire, MESSAGE_OUTPUT, "\5to a descriptor of the broker's", 32, NULL);
    else if (strstr(how, "done"))
        for (int i = 0; i < 2; i++)
            wire_send(wire, MESSAGE_DONE, "\0\0\0\0\0", 5, NULL);
    else if (strstr(how, "cut"))
        send_bytes("\x20\0\0\0\x07\0x", 7);
    else if (strstr(how, "whose"))
        ask_whose(wire, strstr(how, "whose"));
    else if (strstr(how, "flood"))
        for (bool going = true; going;)
            going = wire_send(wire, MESSAGE_OUTPUT, big, 65537, NULL);
}

int main(void)
{
    struct wire wire = {.fd = SESSION_WIRE_FD};
    struct wire_message message;
    if (!filter_two(SESSION_FILTER_FD, NULL) || !wire_send(&wire, MESSAGE_READY, "\1\0\0\0", 4, NULL))
        return 1;
    while (wire_receive(&wire, message_limit_to_session, &message, NULL)) {
        struct buf text = BUF_INIT;
        if (message.kind != MESSAGE_TEXT)
            continue;
        buf_add(&text, message.payload + 9, message.size > 9 ? message.size - 9 : 0);
        lie(&wire, buf_text(&text));
        buf_free(&text);
    }
    return 0; // the broker has closed the wire
}
