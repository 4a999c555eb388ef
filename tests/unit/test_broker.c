#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher/broker.h"
#include "profiles/message.h"

static struct broker make_broker(bool running)
{
    struct broker broker = {
        .state = running ? BROKER_RUNNING : BROKER_STARTING, .permitted = ~0ull, .wire = {.fd = -1}};
    return broker;
}

static bool take(struct broker *broker, enum message kind, const char *payload, size_t size, struct err *err)
{
    return broker_take(broker, &(struct wire_message){(uint16_t)kind, payload, size}, err);
}

static void refused(bool running, enum message kind, const char *payload, size_t size, const char *id)
{
    struct broker broker = make_broker(running);
    struct err err = {0};
    cr_expect_not(take(&broker, kind, payload, size, &err), "%s of %zu bytes", message_name(kind), size);
    cr_expect_str_eq(err.id ? err.id : "", id);
    broker_free(&broker);
}

Test(broker, nothing_is_sent_before_ready_and_everything_after)
{
    struct broker broker = make_broker(false);
    struct err err;
    broker_add_text(&broker, "c", 1);
    cr_assert_eq(broker.to_session.size, 0);
    size_t waiting = broker.first.size;
    cr_assert(take(&broker, MESSAGE_READY, "\1\0\0\0", 4, &err));
    cr_assert_eq(broker.to_session.size, waiting);
    cr_assert_not(take(&broker, MESSAGE_READY, "\1\0\0\0", 4, &err));
    cr_assert_str_eq(err.id, "WireOutOfTurn");
    broker_free(&broker);
}

Test(broker, refuses_what_is_out_of_turn)
{
    refused(false, MESSAGE_OUTPUT, "\1x", 2, "WireOutOfTurn");
    refused(false, MESSAGE_NEED_INPUT, NULL, 0, "WireOutOfTurn");
    refused(false, MESSAGE_EXIT, "\0\0\0\0", 4, "WireOutOfTurn");
    refused(true, MESSAGE_DONE, "\0\0\0\0\0", 5, "WireOutOfTurn"); // no text was sent
    refused(true, MESSAGE_READY, "\1\0\0\0", 4, "WireOutOfTurn");
}

Test(broker, job_messages_are_taken_in_turn_and_whole)
{
    refused(false, MESSAGE_JOB_START, "\1\0\0\0x", 5, "WireOutOfTurn");
    refused(true, MESSAGE_JOB_START, "\0\0\0\0x", 5, "WireMalformed"); // no job has the number 0
    refused(true, MESSAGE_JOB_START, "\1\0", 2, "WireMalformed");
    refused(true, MESSAGE_JOB_ASK, "\1\0\0\0", 4, "WireMalformed");
    refused(true, MESSAGE_JOB_ASK, "\1\0\0\0\0\0\0\0x", 9, "WireMalformed");
    refused(true, MESSAGE_JOB_STOP, "\1\0\0", 3, "WireMalformed");
    refused(true, MESSAGE_JOB_DATA, "\1\0\0\0\1", 5, "WireMalformed"); // the broker's own
}

Test(broker, without_a_starter_every_job_is_refused)
{
    struct broker broker = make_broker(true);
    struct err err;
    cr_assert(take(&broker, MESSAGE_JOB_START, "\1\0\0\0x", 5, &err));
    cr_assert_eq(broker.to_session.size, WIRE_HEADER + 5);
    cr_expect_eq(broker.to_session.data[WIRE_HEADER + 4], JOB_REFUSED);
    cr_assert(take(&broker, MESSAGE_JOB_ASK, "\1\0\0\0\1\0\0\0", 8, &err));
    cr_expect_eq(broker.to_session.data[2 * WIRE_HEADER + 9], JOB_REFUSED);
    broker_free(&broker);
}

Test(broker, refuses_what_is_malformed)
{
    refused(true, MESSAGE_OUTPUT, "", 0, "WireMalformed");
    refused(true, MESSAGE_OUTPUT, "\0x", 2, "WireMalformed");
    refused(true, MESSAGE_OUTPUT, "\3x", 2, "WireMalformed"); // only 1 and 2 exist
    refused(true, MESSAGE_DONE, "\0\0\0\0\2", 5, "WireMalformed");
    refused(true, MESSAGE_EXIT, "\0", 1, "WireMalformed");
    refused(false, MESSAGE_READY, "", 0, "WireMalformed");
    refused(true, MESSAGE_HELLO, "", 0, "WireMalformed"); // wrong direction
    refused(true, MESSAGE_TEXT, "x", 1, "WireMalformed");
    refused(true, MESSAGES, "x", 1, "WireMalformed");
    refused(true, (enum message)65535, "x", 1, "WireMalformed");
}

Test(broker, what_the_policy_does_not_permit_ends_the_session)
{
    struct broker broker = make_broker(true);
    struct err err;
    broker.permitted = 1u << MESSAGE_OUTPUT;
    cr_expect(take(&broker, MESSAGE_OUTPUT, "\1x", 2, &err));
    cr_expect_not(take(&broker, MESSAGE_NEED_INPUT, NULL, 0, &err));
    cr_expect_str_eq(err.id, "WireNotPermitted");
    broker_free(&broker);
}

Test(broker, input_is_given_once_a_question)
{
    struct broker broker = make_broker(true);
    struct err err;
    cr_expect(take(&broker, MESSAGE_NEED_INPUT, NULL, 0, &err));
    cr_expect(broker.input_wanted);
    cr_expect_not(take(&broker, MESSAGE_NEED_INPUT, NULL, 0, &err));
    broker.input_wanted = false;
    broker.terminal[0] = true; // the pty's business
    cr_expect_not(take(&broker, MESSAGE_NEED_INPUT, NULL, 0, &err));
    broker_free(&broker);
}

Test(broker, output_is_counted_against_the_limit)
{
    struct broker broker = make_broker(true);
    struct err err;
    broker.output_limit = 5;
    cr_expect(take(&broker, MESSAGE_OUTPUT, "\1abc", 4, &err));
    cr_expect(take(&broker, MESSAGE_OUTPUT, "\2de", 3, &err));
    cr_expect_str_eq(buf_text(&broker.out[1]), "abc");
    cr_expect_str_eq(buf_text(&broker.out[2]), "de");
    cr_expect_not(take(&broker, MESSAGE_OUTPUT, "\1f", 2, &err));
    cr_expect_str_eq(err.id, "OutputLimit");
    broker_free(&broker);
}

// A pseudo-terminal on which all of this is permitted to its owner; the numbers are told apart by their
// answers.
static int terminal_powers(bool confined, unsigned long request)
{
    char bytes[64] = "x";
    int status, master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
    cr_assert(master >= 0 && unlockpt(master) == 0);
    int slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY);
    pid_t child = fork();
    if (child == 0) {
        setsid();
        ioctl(slave, TIOCSCTTY, 0);
        if (confined && !broker_confine(false, NULL))
            syscall(SYS_exit_group, 255);
        syscall(SYS_exit_group, syscall(SYS_ioctl, slave, request, bytes) < 0 && errno == EPERM ? 0 : 1);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    close(slave);
    close(master);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(broker, confined_it_cannot_type_into_a_terminal)
{
    static const unsigned long refused[] = {TIOCSTI, TIOCSTI | 1UL << 32, TIOCSBRK, TIOCSETD, TIOCEXCL},
                               kept[] = {TCGETS, TIOCGWINSZ, TIOCGPGRP};

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        cr_expect_eq(terminal_powers(true, refused[i]), 0, "%lx", refused[i]);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        cr_expect_eq(terminal_powers(true, kept[i]), 1, "%lx", kept[i]);
    // Positive controls; whether TIOCSTI is permitted at all is a setting of the machine.
    for (size_t i = 2; i < sizeof refused / sizeof *refused; i++)
        cr_expect_eq(terminal_powers(false, refused[i]), 1, "%lx", refused[i]);
}

// Bits of what this process can do: 1 open, 2 socket, 4 executable memory, 8 memory, 16 write, 32 a new
// process.
static int powers(int out)
{
    int found = open("/dev/null", O_RDONLY) >= 0 ? 1 : 0;
    found |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 2 : 0;
    found |=
        mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 4 : 0;
    found |=
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? 8 : 0;
    found |= write(out, "x", 1) == 1 ? 16 : 0;
    long child = syscall(SYS_fork); // not fork(3): sanitizers act behind that one
    if (child == 0)
        syscall(SYS_exit_group, 0);
    return found | (child > 0 ? 32 : 0);
}

static int powers_in_child(bool confined, bool owners)
{
    int pipes[2], status;
    cr_assert_eq(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0)
        syscall(SYS_exit_group, confined && !broker_confine(owners, NULL) ? 255 : powers(pipes[1]));
    cr_assert_eq(waitpid(child, &status, 0), child);
    close(pipes[0]);
    close(pipes[1]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(broker, confined_it_can_talk_and_nothing_else)
{
    cr_expect_eq(powers_in_child(false, false), 63, "positive control: an ordinary process can do all of it");
    cr_expect_eq(powers_in_child(true, false), 8 + 16);
    cr_expect_eq(powers_in_child(true, true), 8 + 16);
}
