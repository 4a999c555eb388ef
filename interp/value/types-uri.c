// System.Uri's members.
#include <arpa/inet.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"
#include "interp/value/uri.h"

#define URI &type_uri
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)
static const char reserved[] = "%;/?:@&=+$,#[]!'()*\\";

static bool is_file(value self)
{
    return !strcmp(URI_TEXT(self, URI_SCHEME), "file");
}
static bool is_dos(value self)
{
    return is_file(self) && *URI_TEXT(self, URI_PATH) != '/';
}
static bool has_text(value self, enum uri_part part)
{
    return *URI_TEXT(self, part);
}
static bool is_default_port(value self)
{
    return (int)URI_PART(self, URI_PORT).i == uri_default_port(URI_TEXT(self, URI_SCHEME));
}

static void add_scheme(struct buf *out, value self)
{
    const char *scheme = URI_TEXT(self, URI_SCHEME);
    bool slashes = uri_is_hierarchical(scheme) || (has_text(self, URI_HOST) && strcmp(scheme, "mailto"));
    buf_printf(out, "%s:%s%s", scheme, slashes ? "//" : "", is_dos(self) ? "/" : "");
}
static void add_server(struct buf *out, value self, bool port)
{
    buf_add_text(out, URI_TEXT(self, URI_HOST));
    if (URI_PART(self, URI_PORT).i >= 0 && (port || !is_default_port(self)))
        buf_printf(out, ":%d", (int)URI_PART(self, URI_PORT).i);
}
static void add_authority(struct buf *out, value self)
{
    add_scheme(out, self);
    if (has_text(self, URI_USER))
        buf_printf(out, "%s@", URI_TEXT(self, URI_USER));
    add_server(out, self, false);
}
static void add_whole(struct buf *out, value self)
{
    add_authority(out, self);
    buf_printf(out, "%s%s%s", URI_TEXT(self, URI_PATH), URI_TEXT(self, URI_QUERY),
               URI_TEXT(self, URI_FRAGMENT));
}
static bool unescaped(struct interp *in, struct buf *text, const char *leave, value *ret)
{
    struct buf out = BUF_INIT;
    uri_unescape(&out, buf_text(text), text->size, leave);
    buf_free(text);
    return buf_take(in, &out, ret);
}

bool uri_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    if (!uri_is_absolute(self))
        return *ret = value_keep(URI_PART(self, URI_ORIGINAL)), true;
    add_whole(&out, self);
    return unescaped(in, &out, reserved, ret);
}

bool uri_equal(value a, value b)
{
    static const enum uri_part parts[] = {URI_SCHEME, URI_HOST, URI_PATH, URI_QUERY};
    if (!uri_is_absolute(a) || !uri_is_absolute(b))
        return uri_is_absolute(a) == uri_is_absolute(b) &&
               !strcmp(URI_TEXT(a, URI_ORIGINAL), URI_TEXT(b, URI_ORIGINAL));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(URI_TEXT(a, parts[i]), URI_TEXT(b, parts[i])))
            return false;
    return URI_PART(a, URI_PORT).i == URI_PART(b, URI_PORT).i;
}

// --- Properties. Of a relative address they fail in .NET, which PowerShell shows as $null.

#define ABSOLUTE_GETTER(name)                                                                                \
    static bool name##_of(struct interp *in, value self, value *ret);                                        \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return uri_is_absolute(self) ? name##_of(in, self, ret) : (*ret = value_null, true);                 \
    }                                                                                                        \
    static bool name##_of(struct interp *in, value self, value *ret)
#define PART_GETTER(name, part)                                                                              \
    ABSOLUTE_GETTER(name)                                                                                    \
    {                                                                                                        \
        return (void)in, *ret = value_keep(URI_PART(self, part)), true;                                      \
    }
PART_GETTER(scheme, URI_SCHEME)
PART_GETTER(host, URI_HOST)
PART_GETTER(port, URI_PORT)
PART_GETTER(path, URI_PATH)
PART_GETTER(query, URI_QUERY)
PART_GETTER(fragment, URI_FRAGMENT)
PART_GETTER(user, URI_USER)
ABSOLUTE_GETTER(whole)
{
    struct buf out = BUF_INIT;
    return add_whole(&out, self), buf_take(in, &out, ret);
}
ABSOLUTE_GETTER(local_path)
{
    struct buf out = BUF_INIT;
    uri_unescape(&out, URI_TEXT(self, URI_PATH), URI_PART(self, URI_PATH).string->size, "");
    for (size_t i = 0; is_dos(self) && i < out.size; i++)
        if (out.data[i] == '/')
            out.data[i] = '\\';
    return buf_take(in, &out, ret);
}
ABSOLUTE_GETTER(authority)
{
    struct buf out = BUF_INIT;
    return add_server(&out, self, false), buf_take(in, &out, ret);
}
static int64_t host_kind(const char *host)
{
    struct in_addr address;
    return *host == '[' ? 4 : inet_pton(AF_INET, host, &address) == 1 ? 3 : *host ? 2 : 1;
}
ABSOLUTE_GETTER(host_type)
{
    bool unknown = !has_text(self, URI_HOST) && !uri_is_hierarchical(URI_TEXT(self, URI_SCHEME));
    (void)in;
    return *ret = enum_value(&type_uri_host_type, unknown ? 0 : host_kind(URI_TEXT(self, URI_HOST))), true;
}
ABSOLUTE_GETTER(default_port)
{
    return (void)in, *ret = value_bool(is_default_port(self)), true;
}
ABSOLUTE_GETTER(file)
{
    return (void)in, *ret = value_bool(is_file(self)), true;
}
ABSOLUTE_GETTER(loopback)
{
    const char *at = URI_TEXT(self, URI_HOST);
    bool here = !strcmp(at, "localhost") || !strcmp(at, "loopback") || !strcmp(at, "[::1]") ||
                (!strncmp(at, "127.", 4) && host_kind(at) == 3);
    return (void)in, *ret = value_bool(*at ? here : is_file(self)), true;
}
ABSOLUTE_GETTER(unc)
{
    return (void)in, *ret = value_bool(is_file(self) && has_text(self, URI_HOST)), true;
}
ABSOLUTE_GETTER(path_and_query)
{
    return string_printf(in, ret, "%s%s", URI_TEXT(self, URI_PATH), URI_TEXT(self, URI_QUERY));
}
ABSOLUTE_GETTER(segments)
{
    const char *at = URI_TEXT(self, URI_PATH);
    value list, piece;
    bool ok = list_new(in, &type_array_list, &list);
    for (bool first = is_dos(self); ok && (*at || first); first = false) {
        size_t size = first ? 0 : strcspn(at, "/");
        ok = first ? string_text(in, "/", &piece) : string_new(in, at, size + (at[size] == '/'), &piece);
        at += size + (!first && at[size] == '/');
        if (ok)
            ok = list_add(in, list.array, piece), value_drop(piece);
    }
    return ok && (ok = value_convert(in, list, STRS, ret), value_drop(list), ok);
}
ABSOLUTE_GETTER(safe_host)
{
    value host = URI_PART(self, URI_HOST);
    bool six = *value_text(host) == '[';
    return string_new(in, value_text(host) + six, host.string->size - 2 * six, ret);
}
GETTER(original)
{
    return (void)in, *ret = value_keep(URI_PART(self, URI_ORIGINAL)), true;
}
GETTER(absolute)
{
    return (void)in, *ret = value_bool(uri_is_absolute(self)), true;
}
GETTER(user_escaped)
{
    return (void)in, *ret = value_bool(AS(uri, self)->escaped), true;
}
const struct property uri_properties[] = {{"AbsolutePath", path, NULL},
                                          {"AbsoluteUri", whole, NULL},
                                          {"LocalPath", local_path, NULL},
                                          {"Authority", authority, NULL},
                                          {"HostNameType", host_type, NULL},
                                          {"IsDefaultPort", default_port, NULL},
                                          {"IsFile", file, NULL},
                                          {"IsLoopback", loopback, NULL},
                                          {"PathAndQuery", path_and_query, NULL},
                                          {"Segments", segments, NULL},
                                          {"IsUnc", unc, NULL},
                                          {"Host", host, NULL},
                                          {"Port", port, NULL},
                                          {"Query", query, NULL},
                                          {"Fragment", fragment, NULL},
                                          {"Scheme", scheme, NULL},
                                          {"OriginalString", original, NULL},
                                          {"DnsSafeHost", safe_host, NULL},
                                          {"IdnHost", safe_host, NULL},
                                          {"IsAbsoluteUri", absolute, NULL},
                                          {"UserEscaped", user_escaped, NULL},
                                          {"UserInfo", user, NULL},
                                          {0}};

// --- Making one from two

static void add_merged(struct buf *out, value base, const char *text)
{
    struct buf path = BUF_INIT;
    size_t size = strcspn(text, "?#");
    const char *from = URI_TEXT(base, URI_PATH), *slash = strrchr(from, '/');
    add_authority(out, base);
    if (*text != '/')
        buf_add(&path, from, size ? (slash ? (size_t)(slash - from) + 1 : 0) : strlen(from));
    buf_add(&path, text, size);
    uri_flatten(&path);
    buf_printf(out, "%s%s%s", buf_text(&path), !size && text[0] != '?' ? URI_TEXT(base, URI_QUERY) : "",
               text + size);
    buf_free(&path);
}

static bool combine(struct interp *in, value base, value text, value *ret)
{
    struct buf out = BUF_INIT;
    value made;
    if (uri_read(in, text, URI_ABSOLUTE, ret))
        return true;
    if (!strncmp(value_text(text), "//", 2))
        buf_printf(&out, "%s:%s", URI_TEXT(base, URI_SCHEME), value_text(text));
    else
        add_merged(&out, base, value_text(text));
    if (!buf_take(in, &out, &made))
        return false;
    bool ok = uri_read(in, made, URI_ABSOLUTE, ret);
    return value_drop(made), ok;
}

static bool combined(struct interp *in, value base, value text, value *ret)
{
    if (value_is_null(base))
        return method_throw(in, &type_argument_null_exception, "The base must not be $null.");
    if (!uri_is_absolute(base))
        return method_throw(in, &type_argument_range_exception, "The base is no absolute address.");
    if (value_is_null(text))
        return method_throw(in, &type_argument_null_exception, "The address must not be $null.");
    return combine(in, base, text, ret) || method_throw(in, &type_uri_exception, "That is not an address.");
}

// An absolute one may also be a path of this system.
static bool make(struct interp *in, value text, enum uri_kind kind, value *ret)
{
    value whole_text;
    if (kind == URI_RELATIVE || text.kind != V_STRING || *value_text(text) != '/' ||
        value_text(text)[1] == '/')
        return uri_read(in, text, kind, ret);
    if (!string_printf(in, &whole_text, "file://%s", value_text(text)))
        return false;
    bool ok = uri_read(in, whole_text, URI_ABSOLUTE, ret);
    if (ok)
        value_set(&URI_PART(*ret, URI_ORIGINAL), text);
    return value_drop(whole_text), ok;
}

static bool made(struct interp *in, value text, enum uri_kind kind, value *ret)
{
    if (value_is_null(text))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return make(in, text, kind, ret) ||
           method_throw(in, &type_uri_exception, "'%s' is not an address of that kind.", value_text(text));
}

METHOD(uri_make)
{
    UNUSED;
    if (!made(in, args[0], URI_ABSOLUTE, ret))
        return false;
    AS(uri, *ret)->escaped = count > 1 && args[1].b;
    return true;
}
METHOD(uri_make_kind)
{
    UNUSED;
    return made(in, args[0], (enum uri_kind)args[1].i, ret);
}
METHOD(uri_combine)
{
    UNUSED;
    return combined(in, args[0], args[1], ret);
}
METHOD(uri_combine_two)
{
    UNUSED;
    return combined(in, args[0], value_is_null(args[1]) ? args[1] : URI_PART(args[1], URI_ORIGINAL), ret);
}

static bool give(struct interp *in, bool ok, value result, value reference, value *ret)
{
    bool set = reference_set(in, reference, ok ? result : value_null);
    if (ok)
        value_drop(result);
    return *ret = value_bool(ok), set;
}
METHOD(uri_try)
{
    value result;
    UNUSED;
    bool ok = make(in, args[0], (enum uri_kind)args[1].i, &result);
    return give(in, ok, result, args[2], ret);
}
METHOD(uri_try_combine)
{
    value result, text = args[1];
    UNUSED;
    if (!value_is_null(text) && text.kind != V_STRING)
        text = URI_PART(text, URI_ORIGINAL);
    bool ok = !value_is_null(args[0]) && uri_is_absolute(args[0]) && !value_is_null(text) &&
              combine(in, args[0], text, &result);
    return give(in, ok, result, args[2], ret);
}

// --- Methods

static bool relative(struct interp *in)
{
    return method_throw(in, &type_invalid_operation_exception, "A relative address has no such part.");
}
METHOD(left_part)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (!uri_is_absolute(self))
        return relative(in);
    if (args[0].i)
        add_authority(&out, self);
    else
        add_scheme(&out, self);
    if (args[0].i > 1)
        buf_add_text(&out, URI_TEXT(self, URI_PATH));
    if (args[0].i > 2)
        buf_add_text(&out, URI_TEXT(self, URI_QUERY));
    return buf_take(in, &out, ret);
}

enum {
    SCHEME = 1,
    USER = 2,
    HOST = 4,
    PORT = 8,
    PATH = 16,
    QUERY = 32,
    FRAGMENT = 64,
    STRONG_PORT = 128,
    DELIMITER = 1 << 30
};
// A part that stands alone goes without what sets it off.
static const char *bare(value self, enum uri_part part, bool alone)
{
    const char *text = URI_TEXT(self, part);
    return text + (alone && *text && strchr("/?#", *text));
}
static void add_components(struct buf *out, value self, int64_t wanted)
{
    int64_t only = wanted & ~DELIMITER;
    bool keep = wanted & DELIMITER;
    if (wanted & SCHEME)
        only == SCHEME && !keep ? (void)buf_add_text(out, URI_TEXT(self, URI_SCHEME)) : add_scheme(out, self);
    if (wanted & USER && has_text(self, URI_USER))
        buf_printf(out, "%s%s", URI_TEXT(self, URI_USER), only == USER && !keep ? "" : "@");
    if (wanted & HOST)
        buf_add_text(out, URI_TEXT(self, URI_HOST));
    if ((wanted & STRONG_PORT || (wanted & PORT && !is_default_port(self))) &&
        URI_PART(self, URI_PORT).i >= 0)
        buf_printf(out, "%s%d", wanted & HOST ? ":" : "", (int)URI_PART(self, URI_PORT).i);
    if (wanted & PATH)
        buf_add_text(out, bare(self, URI_PATH, only == PATH && !keep));
    if (wanted & QUERY)
        buf_add_text(out, bare(self, URI_QUERY, only == QUERY && !keep));
    if (wanted & FRAGMENT)
        buf_add_text(out, bare(self, URI_FRAGMENT, only == FRAGMENT && !keep));
}
METHOD(components)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (!uri_is_absolute(self))
        return relative(in);
    add_components(&out, self, args[0].i);
    return args[1].i == 1 ? buf_take(in, &out, ret)
                          : unescaped(in, &out, args[1].i == 2 ? "" : reserved, ret);
}

static bool same_server(value a, value b)
{
    return !strcmp(URI_TEXT(a, URI_SCHEME), URI_TEXT(b, URI_SCHEME)) &&
           !strcmp(URI_TEXT(a, URI_HOST), URI_TEXT(b, URI_HOST)) &&
           URI_PART(a, URI_PORT).i == URI_PART(b, URI_PORT).i;
}
METHOD(is_base)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The address must not be $null.");
    if (!uri_is_absolute(self))
        return *ret = value_false, true;
    const char *path_text = URI_TEXT(self, URI_PATH), *slash = strrchr(path_text, '/');
    bool under = !uri_is_absolute(args[0]) ||
                 (same_server(self, args[0]) && !strncmp(path_text, URI_TEXT(args[0], URI_PATH),
                                                         slash ? (size_t)(slash - path_text) + 1 : 0));
    return *ret = value_bool(under), true;
}
static void add_way(struct buf *out, const char *from, const char *to)
{
    size_t shared = 0;
    for (size_t i = 0; from[i] && from[i] == to[i]; i++)
        if (from[i] == '/')
            shared = i + 1;
    for (const char *at = from + shared; (at = strchr(at, '/')); at++)
        buf_add_text(out, "../");
    if (!strcmp(from, to) && shared == strlen(from))
        buf_add_text(out, *from ? "./" : "");
    else if (strcmp(from, to))
        buf_add_text(out, to[shared] || out->size ? to + shared : "./");
}
METHOD(make_relative)
{
    struct buf out = BUF_INIT;
    value text, other = args[0];
    UNUSED;
    if (value_is_null(other))
        return method_throw(in, &type_argument_null_exception, "The address must not be $null.");
    if (!uri_is_absolute(self) || !uri_is_absolute(other))
        return relative(in);
    if (!same_server(self, other))
        return *ret = value_keep(other), true;
    add_way(&out, URI_TEXT(self, URI_PATH), URI_TEXT(other, URI_PATH));
    buf_printf(&out, "%s%s", URI_TEXT(other, URI_QUERY), URI_TEXT(other, URI_FRAGMENT));
    if (!buf_take(in, &out, &text))
        return false;
    bool ok = uri_new(in, text, URI_RELATIVE, ret);
    return value_drop(text), ok;
}
METHOD(uri_same)
{
    value other;
    UNUSED;
    if (args[0].kind != V_STRING)
        return *ret = value_bool(value_is_type(args[0], URI) && uri_equal(self, args[0])), true;
    bool ok = uri_read(in, args[0], URI_ANY_KIND, &other);
    *ret = value_bool(ok && uri_equal(self, other));
    if (ok)
        value_drop(other);
    return true;
}

static bool is_well_formed(value self)
{
    const char *text = URI_TEXT(self, URI_ORIGINAL);
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at <= ' ' || strchr("\"<>\\^`{|}", *at))
            return false;
    if (!uri_is_absolute(self))
        return true;
    return !is_dos(self) && *text != '/';
}
METHOD(well_formed)
{
    UNUSED;
    return *ret = value_bool(is_well_formed(self)), true;
}
METHOD(text_well_formed)
{
    value read;
    UNUSED;
    bool ok = uri_read(in, args[0], (enum uri_kind)args[1].i, &read);
    *ret = value_bool(ok && is_well_formed(read));
    if (ok)
        value_drop(read);
    return true;
}

// --- Statics over texts

METHOD(check_host)
{
    value text, read;
    UNUSED;
    *ret = enum_value(&type_uri_host_type, 0);
    if (args[0].kind != V_STRING || !args[0].string->size || strpbrk(value_text(args[0]), "@/?#"))
        return true;
    bool six = strchr(value_text(args[0]), ':');
    if (!string_printf(in, &text, six && *value_text(args[0]) != '[' ? "http://[%s]" : "http://%s",
                       value_text(args[0])))
        return false;
    if (uri_read(in, text, URI_ABSOLUTE, &read)) {
        *ret = enum_value(&type_uri_host_type, host_kind(URI_TEXT(read, URI_HOST)));
        value_drop(read);
    }
    return value_drop(text), true;
}
METHOD(check_scheme)
{
    UNUSED;
    return *ret = value_bool(args[0].kind == V_STRING &&
                             uri_is_scheme(value_text(args[0]), args[0].string->size)),
           true;
}
static bool no_text(struct interp *in)
{
    return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
}
METHOD(escape_data)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (value_is_null(args[0]))
        return no_text(in);
    uri_escape(&out, value_text(args[0]), args[0].string->size, "", false);
    return buf_take(in, &out, ret);
}
METHOD(escape_address)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (value_is_null(args[0]))
        return no_text(in);
    uri_escape(&out, value_text(args[0]), args[0].string->size, ":/?#[]@!$&'()*+,;=", false);
    return buf_take(in, &out, ret);
}
METHOD(unescape_data)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (value_is_null(args[0]))
        return no_text(in);
    uri_unescape(&out, value_text(args[0]), args[0].string->size, "");
    return buf_take(in, &out, ret);
}
static int digit(int64_t unit)
{
    static const char all[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = unit > 0 && unit < 0x80 ? strchr(all, (int)unit) : NULL;
    return at ? (int)(at - all) % 16 : -1;
}
METHOD(is_hex)
{
    UNUSED;
    return *ret = value_bool(digit(args[0].i) >= 0), true;
}
METHOD(from_hex)
{
    UNUSED;
    if (digit(args[0].i) < 0)
        return method_throw(in, &type_argument_exception, "That is no hexadecimal digit.");
    return *ret = value_int(digit(args[0].i)), true;
}
METHOD(hex_escape)
{
    UNUSED;
    if (args[0].i > 255)
        return method_throw(in, &type_argument_range_exception, "The character is none of one byte.");
    return string_printf(in, ret, "%%%02X", (unsigned)args[0].i);
}

#define CONSTANT(name, text)                                                                                 \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)self, string_text(in, text, ret);                                                       \
    }
CONSTANT(delimiter, "://")
CONSTANT(http, "http")
CONSTANT(https, "https")
CONSTANT(ftp, "ftp")
CONSTANT(file_scheme, "file")
CONSTANT(mailto, "mailto")
CONSTANT(news, "news")
CONSTANT(nntp, "nntp")
CONSTANT(gopher, "gopher")
CONSTANT(ws, "ws")
CONSTANT(wss, "wss")
static const struct property uri_constants[] = {{"UriSchemeFile", file_scheme, NULL},
                                                {"UriSchemeFtp", ftp, NULL},
                                                {"UriSchemeGopher", gopher, NULL},
                                                {"UriSchemeHttp", http, NULL},
                                                {"UriSchemeHttps", https, NULL},
                                                {"UriSchemeMailto", mailto, NULL},
                                                {"UriSchemeNews", news, NULL},
                                                {"UriSchemeNntp", nntp, NULL},
                                                {"UriSchemeWs", ws, NULL},
                                                {"UriSchemeWss", wss, NULL},
                                                {"SchemeDelimiter", delimiter, NULL},
                                                {0}};
static const struct method uri_methods[] = {
    {"Equals", uri_same, BOOLEAN, P(OBJ)},
    {"GetComponents", components, STR, P(&type_uri_components, &type_uri_format)},
    {"GetLeftPart", left_part, STR, P(&type_uri_partial)},
    {"IsBaseOf", is_base, BOOLEAN, P(URI)},
    {"IsWellFormedOriginalString", well_formed, BOOLEAN},
    {"MakeRelativeUri", make_relative, URI, P(URI)},
    {0}};
static const struct method uri_statics[] = {
    {"CheckHostName", check_host, &type_uri_host_type, P(STR)},
    {"CheckSchemeName", check_scheme, BOOLEAN, P(STR)},
    {"EscapeDataString", escape_data, STR, P(STR)},
    {"EscapeUriString", escape_address, STR, P(STR)},
    {"FromHex", from_hex, I32, P(CHR)},
    {"HexEscape", hex_escape, STR, P(CHR)},
    {"IsHexDigit", is_hex, BOOLEAN, P(CHR)},
    {"IsWellFormedUriString", text_well_formed, BOOLEAN, P(STR, &type_uri_kind)},
    {"TryCreate", uri_try, BOOLEAN, P(STR, &type_uri_kind, REF)},
    {"TryCreate", uri_try_combine, BOOLEAN, P(URI, STR, REF)},
    {"TryCreate", uri_try_combine, BOOLEAN, P(URI, URI, REF)},
    {"UnescapeDataString", unescape_data, STR, P(STR)},
    {0}};
static const struct method uri_constructors[] = {{"new", uri_make, URI, P(STR)},
                                                 {"new", uri_make, URI, P(STR, BOOLEAN)},
                                                 {"new", uri_combine, URI, P(URI, STR, BOOLEAN)},
                                                 {"new", uri_combine, URI, P(URI, STR)},
                                                 {"new", uri_make_kind, URI, P(STR, &type_uri_kind)},
                                                 {"new", uri_combine_two, URI, P(URI, URI)},
                                                 {0}};
const struct type_members full_uri = {uri_methods, uri_statics, uri_constructors, uri_constants};
