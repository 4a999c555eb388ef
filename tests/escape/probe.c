// probe: hostile code in the interpreter's place. The test launcher runs it instead of the interpreter; it puts on
// filter 2 with the interpreter's own object file, takes one text from the broker, the id of an attempt, tries it and
// sends "ID VERDICT" as output. A death by signal is seen by the runner as the session's exit status.
//   probe direct ID    as a wrapped program: no wire, no second filter, the verdict on standard output
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wire.h"
#include "interp/host/filter.h"
#include "profiles/message.h"
#include "profiles/session.h"
#include "verdict.h"

enum { UNKNOWN = 3, BROKEN = 4 };

// What follows the kind, the name, the arguments: the text itself.
static const char *text_of(const struct wire_message *message, size_t *ret_size)
{
    struct wire_reader reader = wire_reader_of(message->payload, message->size);
    size_t size;
    reader.at++;
    wire_get_text(&reader, &size);
    for (uint32_t n = wire_get_u32(&reader); n && !reader.failed; n--)
        wire_get_text(&reader, &size);
    *ret_size = (size_t)(reader.end - reader.at);
    return reader.failed ? NULL : (const char *)reader.at;
}

static bool receive_id(struct wire *wire, char ret_id[32])
{
    struct wire_message message;
    do {
        if (!wire_receive(wire, message_limit_to_session, &message, NULL))
            return false;
    } while (message.kind != MESSAGE_TEXT);
    size_t size;
    const char *text = text_of(&message, &size);
    if (!text || size >= 32)
        return false;
    memcpy(ret_id, text, size);
    ret_id[size] = '\0';
    return true;
}

static bool report(struct wire *wire, const char *id, const char *verdict)
{
    char line[128] = {1};
    int used = snprintf(line + 1, sizeof line - 1, "%s\t%s\n", id, verdict);
    static const char done[5] = {0}, status[4] = {0};
    return wire_send(wire, MESSAGE_OUTPUT, line, (size_t)used + 1, NULL) &&
           wire_send(wire, MESSAGE_DONE, done, sizeof done, NULL) &&
           wire_send(wire, MESSAGE_EXIT, status, sizeof status, NULL);
}

static bool confine(struct err *err)
{
#ifdef PROBE_BARE
    (void)err;
    close(SESSION_FILTER_FD);
    return true;
#else
    return filter_two(SESSION_FILTER_FD, err);
#endif
}

static int in_session(void)
{
    struct wire wire = {.fd = SESSION_WIRE_FD};
    static const char filters[8] = {2};
    struct err err;
    char id[32];
    if (!confine(&err) || !wire_send(&wire, MESSAGE_READY, filters, sizeof filters, &err) ||
        !receive_id(&wire, id))
        return BROKEN;
    const struct attempt *attempt = attempt_find(id);
    if (!attempt)
        return UNKNOWN;
    return report(&wire, id, verdict_name(attempt->run())) ? 0 : BROKEN;
}

int main(int argc, char **argv)
{
    if (argc != 3 || strcmp(argv[1], "direct"))
        return in_session();
    const struct attempt *attempt = attempt_find(argv[2]);
    if (!attempt)
        return UNKNOWN;
    printf("%s\t%s\n", argv[2], verdict_name(attempt->run()));
    return 0;
}
