#include <criterion/criterion.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/wire.h"

static size_t limit(uint16_t kind)
{
    return kind == 1 ? 100 : kind == 2 ? 0 : SIZE_MAX;
}

static void make_pair(struct wire *a, struct wire *b)
{
    int fds[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    *a = (struct wire){.fd = fds[0]};
    *b = (struct wire){.fd = fds[1]};
}

Test(wire, carries_messages_whole)
{
    struct wire a, b;
    struct wire_message message;
    struct err err;
    make_pair(&a, &b);
    cr_assert(wire_send(&a, 1, "hello", 5, &err));
    cr_assert(wire_send(&a, 2, NULL, 0, &err));
    cr_assert(wire_receive(&b, limit, &message, &err));
    cr_assert_eq(message.kind, 1);
    cr_assert_eq(message.size, 5);
    cr_assert_arr_eq(message.payload, "hello", 5);
    cr_assert(wire_receive(&b, limit, &message, &err));
    cr_assert_eq(message.kind, 2);
    cr_assert_eq(message.size, 0);
    wire_free(&a);
    cr_assert_not(wire_receive(&b, limit, &message, &err));
    cr_assert_str_eq(err.id, "WireClosed");
    wire_free(&b);
}

static void refused(const char *bytes, size_t size, const char *id)
{
    struct wire a, b;
    struct wire_message message;
    struct err err = {0};
    make_pair(&a, &b);
    cr_assert_eq(write(a.fd, bytes, size), (ssize_t)size);
    wire_free(&a);
    cr_assert_not(wire_receive(&b, limit, &message, &err));
    cr_expect_str_eq(err.id, id);
    cr_expect_lt(b.in.capacity, 200000u, "nothing is allocated for a length that is refused");
    wire_free(&b);
}

Test(wire, refuses_what_is_no_message)
{
    refused("\1\0\0\0\1\0", 6, "WireMalformed");         // shorter than its own kind
    refused("\x67\0\0\0\1\0", 6, "WireMalformed");       // one byte over the limit of the kind
    refused("\xff\xff\xff\xff\1\0", 6, "WireMalformed"); // 4 GiB
    refused("\3\0\0\0\2\0x", 7, "WireMalformed");        // a kind without payload has one
    refused("\2\0\0\0\x09\0", 6, "WireMalformed");       // unknown kind
    refused("\7\0\0\0\1\0abc", 9, "WireMalformed");      // cut short
    refused("", 0, "WireClosed");
}

Test(wire, payload_fields_are_bounded)
{
    struct buf out = BUF_INIT;
    size_t size;
    wire_put_u64(&out, 0x0102030405060708u);
    wire_put_text(&out, "ab", 2);
    wire_put_text(&out, NULL, 0);
    struct wire_reader reader = wire_reader_of(out.data, out.size);
    cr_assert_eq(wire_get_u64(&reader), 0x0102030405060708u);
    cr_assert_arr_eq(wire_get_text(&reader, &size), "ab", 2);
    cr_assert_eq(size, 2);
    cr_assert_null(wire_get_text(&reader, &size));
    cr_assert_not(reader.failed);
    cr_assert_eq(wire_get_u32(&reader), 0);
    cr_assert(reader.failed);
    struct wire_reader lying = wire_reader_of("\xf0\0\0\0ab", 6);
    lying.end = lying.at + 6;
    cr_assert_null(wire_get_text(&lying, &size));
    cr_assert(lying.failed);
    buf_free(&out);
}

Test(log, shows_controls_instead_of_obeying_them)
{
    struct buf out = BUF_INIT;
    static const char text[] = "a\x1b]0;x\a\nb\xc2\x9b"
                               "c\xffz\xe2\x80\xae";
    log_add_safe(&out, text, sizeof text - 1);
    cr_assert_str_eq(buf_text(&out), "a\\x1b]0;x\\x07\\x0ab\\x9bc\\xffz\\u202e");
    buf_free(&out);
}
