// System.Net.IPAddress: four or sixteen bytes.
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

#define ADDRESS &type_ipaddress
#define IP(v) AS(ip_address, v)
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

static bool read_number(const char **io_at, uint64_t *ret)
{
    const char *at = *io_at;
    int base = at[0] == '0' && (at[1] | 0x20) == 'x' ? 16 : at[0] == '0' ? 8 : 10;
    at += base == 16 ? 2 : 0;
    size_t size = strspn(at, base == 16 ? "0123456789abcdefABCDEF" : base == 8 ? "01234567" : "0123456789");
    if (!size || size > 16)
        return false;
    *ret = strtoull(at, NULL, base);
    return *io_at = at + size, true;
}

// One to four numbers, the last of which fills all bytes that are left.
static bool read_four(const char *text, uint8_t bytes[4])
{
    uint64_t number;
    for (size_t i = 0;; i++) {
        if (i == 4 || !read_number(&text, &number))
            return false;
        if (*text != '.') {
            for (size_t k = 4; k-- > i; number >>= 8)
                bytes[k] = (uint8_t)number;
            return !*text && !number;
        }
        if (number > 255)
            return false;
        bytes[i] = (uint8_t)number;
        text++;
    }
}

// [address]:port and address%scope are addresses too.
static bool read_six(const char *text, struct ip_address *ret)
{
    char plain[64];
    bool bracket = *text == '[';
    text += bracket;
    size_t size = strcspn(text, "%]");
    if (size >= sizeof plain || (bracket && !strchr(text, ']')))
        return false;
    memcpy(plain, text, size);
    plain[size] = 0;
    if (text[size] == '%') {
        char *end;
        ret->scope = (uint32_t)strtoul(text + size + 1, &end, 10);
        if (*end && *end != ']')
            return false;
    } else if (text[size] && !bracket)
        return false;
    return inet_pton(AF_INET6, plain, ret->bytes) == 1;
}

static bool address_read(struct interp *in, value text, value *ret)
{
    struct ip_address read = {0};
    if (text.kind != V_STRING || !text.string->size)
        return false;
    read.six = strchr(value_text(text), ':');
    if (!(read.six ? read_six(value_text(text), &read) : read_four(value_text(text), read.bytes)))
        return false;
    if (!object_new(in, ADDRESS, ret))
        return false;
    memcpy(IP(*ret)->bytes, read.bytes, sizeof read.bytes);
    IP(*ret)->scope = read.scope;
    return IP(*ret)->six = read.six, true;
}

static bool address_of(struct interp *in, const void *bytes, bool six, value *ret)
{
    if (!object_new(in, ADDRESS, ret))
        return false;
    memcpy(IP(*ret)->bytes, bytes, six ? 16 : 4);
    return IP(*ret)->six = six, true;
}

bool ipaddress_equal(value a, value b)
{
    return IP(a)->six == IP(b)->six && IP(a)->scope == IP(b)->scope &&
           !memcmp(IP(a)->bytes, IP(b)->bytes, sizeof IP(a)->bytes);
}

bool ipaddress_to_string(struct interp *in, value self, value *ret)
{
    char text[INET6_ADDRSTRLEN];
    if (!inet_ntop(IP(self)->six ? AF_INET6 : AF_INET, IP(self)->bytes, text, sizeof text))
        return string_text(in, "", ret);
    if (!IP(self)->scope)
        return string_text(in, text, ret);
    return string_printf(in, ret, "%s%%%u", text, IP(self)->scope);
}

// --- Properties

static int64_t number_of(value self) // as .NET reads the bytes of four: the first is the lowest
{
    const uint8_t *bytes = IP(self)->bytes;
    return (int64_t)bytes[0] | (int64_t)bytes[1] << 8 | (int64_t)bytes[2] << 16 | (int64_t)bytes[3] << 24;
}
static bool is_mapped(value self)
{
    static const uint8_t start[12] = {[10] = 0xff, [11] = 0xff};
    return IP(self)->six && !memcmp(IP(self)->bytes, start, sizeof start);
}
GETTER(family)
{
    return (void)in, *ret = enum_value(&type_address_family, IP(self)->six ? 23 : 2), true;
}
GETTER(scope) // fails in .NET for one of four bytes: $null
{
    return (void)in, *ret = IP(self)->six ? value_long(IP(self)->scope) : value_null, true;
}
GETTER(address)
{
    return (void)in, *ret = IP(self)->six ? value_null : value_long(number_of(self)), true;
}
#define QUESTION(name, expression)                                                                           \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        const uint8_t *b = IP(self)->bytes;                                                                  \
        (void)b;                                                                                             \
        return (void)in, *ret = value_bool(IP(self)->six && (expression)), true;                             \
    }
QUESTION(is_multicast, b[0] == 0xff)
QUESTION(is_link_local, b[0] == 0xfe && (b[1] & 0xc0) == 0x80)
QUESTION(is_site_local, b[0] == 0xfe && (b[1] & 0xc0) == 0xc0)
QUESTION(is_teredo, b[0] == 0x20 && b[1] == 1 && !b[2] && !b[3])
QUESTION(is_unique_local, (b[0] & 0xfe) == 0xfc)
QUESTION(mapped, is_mapped(self))
const struct property ipaddress_properties[] = {{"AddressFamily", family, NULL},
                                                {"ScopeId", scope, NULL},
                                                {"IsIPv6Multicast", is_multicast, NULL},
                                                {"IsIPv6LinkLocal", is_link_local, NULL},
                                                {"IsIPv6SiteLocal", is_site_local, NULL},
                                                {"IsIPv6Teredo", is_teredo, NULL},
                                                {"IsIPv6UniqueLocal", is_unique_local, NULL},
                                                {"IsIPv4MappedToIPv6", mapped, NULL},
                                                {"Address", address, NULL},
                                                {"IPAddressToString", ipaddress_to_string, NULL, true},
                                                {0}};

// --- Methods

METHOD(to_bytes)
{
    UNUSED;
    size_t size = IP(self)->six ? 16 : 4;
    if (!array_of(in, U8, size, ret))
        return false;
    for (size_t i = 0; i < size; i++)
        ret->array->items[i] = (value){.kind = V_U8, .i = IP(self)->bytes[i]};
    return true;
}
METHOD(to_six)
{
    uint8_t bytes[16] = {[10] = 0xff, [11] = 0xff};
    UNUSED;
    if (IP(self)->six)
        return *ret = value_keep(self), true;
    memcpy(bytes + 12, IP(self)->bytes, 4);
    return address_of(in, bytes, true, ret);
}
METHOD(to_four)
{
    UNUSED;
    return IP(self)->six ? address_of(in, IP(self)->bytes + 12, false, ret) : (*ret = value_keep(self), true);
}
METHOD(address_same)
{
    UNUSED;
    return *ret = value_bool(value_is_type(args[0], ADDRESS) && ipaddress_equal(self, args[0])), true;
}
METHOD(address_parse)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return address_read(in, args[0], ret) ||
           method_throw(in, &type_format_exception, "'%s' is not an address.", value_text(args[0]));
}
METHOD(address_try)
{
    value made;
    UNUSED;
    bool ok = address_read(in, args[0], &made), set = reference_set(in, args[1], ok ? made : value_null);
    if (ok)
        value_drop(made);
    return *ret = value_bool(ok), set;
}
METHOD(is_loopback)
{
    static const uint8_t one[16] = {[15] = 1};
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The address must not be $null.");
    const struct ip_address *ip = IP(args[0]);
    bool four = is_mapped(args[0]) ? ip->bytes[12] == 127 : ip->bytes[0] == 127 && !ip->six;
    return *ret = value_bool(four || (ip->six && !memcmp(ip->bytes, one, sizeof one))), true;
}
METHOD(turn_long)
{
    return UNUSED, *ret = value_long((int64_t)__builtin_bswap64((uint64_t)args[0].i)), true;
}
METHOD(turn_int)
{
    return UNUSED, *ret = value_int((int32_t)__builtin_bswap32((uint32_t)args[0].i)), true;
}
METHOD(turn_short)
{
    return UNUSED, *ret = (value){.kind = V_I16, .i = (int16_t)__builtin_bswap16((uint16_t)args[0].i)}, true;
}
METHOD(from_number)
{
    uint8_t bytes[4];
    UNUSED;
    if (args[0].i < 0 || args[0].i > UINT32_MAX)
        return method_throw(in, &type_argument_range_exception, "The number has more than four bytes.");
    for (size_t i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(args[0].i >> 8 * i);
    return address_of(in, bytes, false, ret);
}
METHOD(from_bytes)
{
    uint8_t bytes[16];
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    size_t size = args[0].array->count;
    if (size != 4 && size != 16)
        return method_throw(in, &type_argument_exception, "An address has 4 or 16 bytes.");
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)args[0].array->items[i].i;
    if (!address_of(in, bytes, size == 16, ret))
        return false;
    IP(*ret)->scope = count > 1 ? (uint32_t)args[1].i : 0;
    return true;
}

#define KNOWN(name, wide, ...)                                                                               \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        static const uint8_t bytes[16] = __VA_ARGS__;                                                        \
        return (void)self, address_of(in, bytes, wide, ret);                                                 \
    }
KNOWN(any, false, {0})
KNOWN(loopback, false, {127, 0, 0, 1})
KNOWN(broadcast, false, {255, 255, 255, 255})
KNOWN(any_six, true, {0})
KNOWN(loopback_six, true, {[15] = 1})
static const struct property address_constants[] = {{"Any", any, NULL},
                                                    {"Loopback", loopback, NULL},
                                                    {"Broadcast", broadcast, NULL},
                                                    {"None", broadcast, NULL},
                                                    {"IPv6Any", any_six, NULL},
                                                    {"IPv6Loopback", loopback_six, NULL},
                                                    {"IPv6None", any_six, NULL},
                                                    {0}};
static const struct method address_methods[] = {{"Equals", address_same, BOOLEAN, P(OBJ)},
                                                {"GetAddressBytes", to_bytes, BYTES},
                                                {"MapToIPv4", to_four, ADDRESS},
                                                {"MapToIPv6", to_six, ADDRESS},
                                                {0}};
static const struct method address_statics[] = {
    {"HostToNetworkOrder", turn_long, I64, P(I64)},   {"HostToNetworkOrder", turn_int, I32, P(I32)},
    {"HostToNetworkOrder", turn_short, I16, P(I16)},  {"NetworkToHostOrder", turn_long, I64, P(I64)},
    {"NetworkToHostOrder", turn_int, I32, P(I32)},    {"NetworkToHostOrder", turn_short, I16, P(I16)},
    {"IsLoopback", is_loopback, BOOLEAN, P(ADDRESS)}, {"Parse", address_parse, ADDRESS, P(STR)},
    {"TryParse", address_try, BOOLEAN, P(STR, REF)},  {0}};
static const struct method address_constructors[] = {{"new", from_number, ADDRESS, P(I64)},
                                                     {"new", from_bytes, ADDRESS, P(BYTES, I64)},
                                                     {"new", from_bytes, ADDRESS, P(BYTES)},
                                                     {0}};
const struct type_members full_ipaddress = {address_methods, address_statics, address_constructors,
                                            address_constants};
