// enemy: stands in the interpreter's place behind filter 2 and attacks the broker before, at, and after its
// first message. Which way, the environment says (LC_ATTACK), for some attacks are over before a text would
// come.
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/wire.h"
#include "interp/host/filter.h"
#include "profiles/message.h"
#include "profiles/session.h"

enum { FLOOD_SECONDS = 2, PIECE = 65537 };

static void linger(void)
{
    for (;;)
        poll(NULL, 0, -1);
}

static void raw(const char *bytes, size_t size)
{
    (void)!write(SESSION_WIRE_FD, bytes, size);
}

static void say(enum message kind, const char *payload, size_t size)
{
    struct wire wire = {.fd = SESSION_WIRE_FD};
    wire_send(&wire, kind, payload, size, NULL);
}

static void ready(void)
{
    say(MESSAGE_READY, "\1\0\0\0", 4);
}

static time_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static void honest(void)
{
    ready();
    say(MESSAGE_OUTPUT, "\1honest\n", 8);
    say(MESSAGE_DONE, "\0\0\0\0\0", 5);
    say(MESSAGE_EXIT, "\0\0\0\0", 4);
    _exit(0);
}

static void half(void)
{
    raw("\6\0\0", 3);
} // of the first message's head
static void half_ready(void)
{
    raw("\6\0\0\0\6\0\1", 7);
}
static void longest(void)
{
    raw("\xff\xff\xff\xff\7\0", 6);
}
static void shortest(void)
{
    raw("\0\0\0\0\0\0\0\0\0\0\0\0", 12);
}
static void one_byte(void)
{
    raw("\1\0\0\0\6\0\0", 7);
}
static void early(void)
{
    say(MESSAGE_OUTPUT, "\1early\n", 7);
}
static void early_done(void)
{
    say(MESSAGE_DONE, "\0\0\0\0\0", 5);
}
static void spoof(void)
{
    say(MESSAGE_HELLO, "\0\0\0\0", 4);
}
static void shut(void)
{
    close(SESSION_WIRE_FD);
}
static void ready_half(void)
{
    ready();
    raw("\x20\0\0\0\7\0x", 7);
}
static void ready_shut(void)
{
    ready();
    shut();
}
static void ready_output_0(void)
{
    ready();
    say(MESSAGE_OUTPUT, "\0typed", 6);
}
static void ready_output_none(void)
{
    ready();
    say(MESSAGE_OUTPUT, "", 0);
}
static void ready_output_1(void)
{
    ready();
    say(MESSAGE_OUTPUT, "\1\x1b[2Jseen\n", 10);
}
static void ready_done_2(void)
{
    ready();
    say(MESSAGE_DONE, "\0\0\0\0\2", 5);
}
static void ready_exit_0(void)
{
    ready();
    _exit(0);
}
static void ready_exit_7(void)
{
    ready();
    _exit(7);
}
static void ended_lingers(void)
{
    ready();
    say(MESSAGE_EXIT, "\0\0\0\0", 4);
}
static void ended_speaks(void)
{
    ended_lingers();
    say(MESSAGE_OUTPUT, "\1after\n", 7);
}
static void ended_twice(void)
{
    ended_lingers();
    say(MESSAGE_EXIT, "\0\0\0\0", 4);
}
static void wants_twice(void) // in one piece, before the first can have been answered
{
    ready();
    raw("\2\0\0\0\10\0\2\0\0\0\10\0", 12);
}

static void owners_unasked(void)
{
    ready();
    say(MESSAGE_OWNER, "\1\0\0\0/\1\0\0\0\3\0\0\0etc", 16);
}

static char owner_of(struct wire *wire, const char *folder, const char *name)
{
    struct buf payload = BUF_INIT;
    struct wire_message message = {0};
    wire_put_text(&payload, folder, strlen(folder));
    wire_put_u32(&payload, 1);
    wire_put_text(&payload, name, strlen(name));
    wire_send(wire, MESSAGE_OWNER, payload.data, payload.size, NULL);
    buf_free(&payload);
    while (message.kind != MESSAGE_OWNERS)
        if (!wire_receive(wire, message_limit_to_session, &message, NULL))
            _exit(97);
    struct wire_reader reader = wire_reader_of(message.payload + 4, message.size - 4);
    size_t size;
    return wire_get_text(&reader, &size) ? 'y' : 'n';
}

// Whose things are that the view does not show; the first is a control.
static void owners_hidden(void)
{
    static const char *const asked[][2] = {{"/usr", "bin"},     {"/", "usr"},  {"/", "etc"},
                                           {"/etc", "passwd"},  {"/root", ""}, {"/usr/bin", ""},
                                           {"/proc/1", "root"}, {"/tmp", ""},  {"/home", ""}};
    struct wire wire = {.fd = SESSION_WIRE_FD};
    char line[2 + sizeof asked / sizeof *asked] = {1};
    ready();
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        line[i + 1] = owner_of(&wire, asked[i][0], asked[i][1]);
    line[sizeof line - 1] = '\n';
    wire_send(&wire, MESSAGE_OUTPUT, line, sizeof line, NULL);
    wire_send(&wire, MESSAGE_DONE, "\0\0\0\0\0", 5, NULL);
    wire_send(&wire, MESSAGE_EXIT, "\0\0\0\0", 4, NULL);
    _exit(0);
}

static void owners_climb(void)
{
    ready();
    say(MESSAGE_OWNER, "\6\0\0\0/usr/.\1\0\0\0\3\0\0\0etc", 21);
}

static void owners_flood(void)
{
    time_t until = now() + FLOOD_SECONDS;
    ready();
    while (now() < until)
        say(MESSAGE_OWNER, "\4\0\0\0/usr\1\0\0\0\3\0\0\0bin", 19);
    _exit(0);
}

// Asks for input one request at a time, reads none of it.
static void wants_always(void)
{
    time_t until = now() + FLOOD_SECONDS;
    ready();
    while (now() < until) {
        say(MESSAGE_NEED_INPUT, "", 0);
        poll(NULL, 0, 8);
    }
    _exit(0);
}

// Messages that count for nothing: no byte of output each.
static void empty_flood(void)
{
    static char many[7 * 4096];
    time_t until = now() + FLOOD_SECONDS;
    ready();
    for (size_t i = 0; i < sizeof many; i += 7)
        memcpy(many + i, "\3\0\0\0\7\0\1", 7);
    while (now() < until)
        raw(many, sizeof many);
    _exit(0);
}

static void output_flood(void)
{
    static char piece[PIECE] = {1};
    time_t until = now() + FLOOD_SECONDS;
    ready();
    while (now() < until)
        say(MESSAGE_OUTPUT, piece, PIECE);
    _exit(0);
}

// Both streams at once, for ever.
static void two_streams(void)
{
    static char piece[PIECE];
    ready();
    for (char fd = 1;; fd = (char)(3 - fd)) {
        piece[0] = fd;
        say(MESSAGE_OUTPUT, piece, 4097);
    }
}

// As a program draws: to the terminal itself, until nothing takes it any more.
static void draws(void)
{
    static char piece[4096];
    memset(piece, 'x', sizeof piece);
    ready();
    for (;;)
        (void)!write(1, piece, sizeof piece);
}

// What makes a terminal answer, type, or change for good, between words that must arrive.
static void sequences(void)
{
    static const char text[] =
        "begin\x1b[6n\x1b[c\x1b[>c\x1b[?u\x1b[?4m\x1b[?2;1;0S\x1b[#S\x1b[21t\x1b[?1000h\x1b[?1004h\x1b[?1006h"
        "\x1b]0;title\a\x1b]52;c;aWQK\x1b\\\x1bP$qm\x1b\\\x1bZ\x9b"
        "6n\xc2\x9b"
        "6n\x05\x1b[?1049h\x1b[?2004h\x1b[?25l"
        "\x1b[31mend\n";
    ready();
    (void)!write(1, text, sizeof text - 1);
    say(MESSAGE_DONE, "\0\0\0\0\0", 5);
    say(MESSAGE_EXIT, "\0\0\0\0", 4);
    _exit(0);
}

// Hears nothing and does not stop.
static void deaf(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    ready();
    for (;;)
        ;
}

static const struct {
    const char *name;
    void (*run)(void);
} ways[] = {
    {"silent", linger},
    {"honest", honest},
    {"half", half},
    {"half-ready", half_ready},
    {"longest", longest},
    {"shortest", shortest},
    {"one-byte", one_byte},
    {"early", early},
    {"early-done", early_done},
    {"spoof", spoof},
    {"shut", shut},
    {"ready-half", ready_half},
    {"ready-shut", ready_shut},
    {"ready-output-0", ready_output_0},
    {"ready-output-none", ready_output_none},
    {"ready-output-1", ready_output_1},
    {"ready-done-2", ready_done_2},
    {"ready-exit-0", ready_exit_0},
    {"ready-exit-7", ready_exit_7},
    {"ended-lingers", ended_lingers},
    {"ended-speaks", ended_speaks},
    {"ended-twice", ended_twice},
    {"wants-twice", wants_twice},
    {"wants-always", wants_always},
    {"owners-unasked", owners_unasked},
    {"owners-hidden", owners_hidden},
    {"owners-climb", owners_climb},
    {"owners-flood", owners_flood},
    {"empty-flood", empty_flood},
    {"output-flood", output_flood},
    {"two-streams", two_streams},
    {"sequences", sequences},
    {"deaf", deaf},
    {"draws", draws},
};

int main(void)
{
    const char *way = getenv("LC_ATTACK");
    if (!filter_two(SESSION_FILTER_FD, NULL))
        return 99;
    for (size_t i = 0; way && i < sizeof ways / sizeof *ways; i++)
        if (!strcmp(ways[i].name, way)) {
            ways[i].run();
            linger();
        }
    return 98;
}
