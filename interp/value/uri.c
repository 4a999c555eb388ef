// Reading addresses of resources.
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/uri.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char digits[] = "0123456789";
static const char kept[] = "-._~:/?#[]@!$&'()*+,;=";

static const struct {
    const char *name;
    int port;
    bool hierarchical;
} schemes[] = {{"file", -1, true},     {"ftp", 21, true},    {"gopher", 70, true},  {"http", 80, true},
               {"https", 443, true},   {"ldap", 389, false}, {"mailto", 25, false}, {"net.pipe", -1, true},
               {"net.tcp", 808, true}, {"nntp", 119, true},  {"telnet", 23, false}, {"ws", 80, true},
               {"wss", 443, true}};

static int scheme_row(const char *name)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (!strcmp(schemes[i].name, name))
            return (int)i;
    return -1;
}

int uri_default_port(const char *scheme)
{
    int row = scheme_row(scheme);
    return row < 0 ? -1 : schemes[row].port;
}

bool uri_is_hierarchical(const char *scheme)
{
    int row = scheme_row(scheme);
    return row >= 0 && schemes[row].hierarchical;
}

static bool is_one_of(char byte, const char *set)
{
    return byte && strchr(set, byte);
}

bool uri_is_scheme(const char *text, size_t size)
{
    if (!size || !is_one_of(*text, letters))
        return false;
    for (size_t i = 0; i < size; i++)
        if (!is_one_of(text[i], letters) && !is_one_of(text[i], digits) && !is_one_of(text[i], "+-."))
            return false;
    return true;
}

static int hex(char byte)
{
    static const char all[] = "0123456789abcdef";
    const char *at = byte ? strchr(all, byte | (byte > '9' ? 0x20 : 0)) : NULL;
    return at ? (int)(at - all) : -1;
}

static bool begins_escape(const char *text, size_t size)
{
    return size > 2 && text[0] == '%' && hex(text[1]) >= 0 && hex(text[2]) >= 0;
}

static bool is_unreserved(char byte)
{
    return is_one_of(byte, letters) || is_one_of(byte, digits) || is_one_of(byte, "-._~");
}

void uri_escape(struct buf *out, const char *text, size_t size, const char *keep, bool escapes)
{
    for (size_t i = 0; i < size; i++) {
        int byte =
            escapes && begins_escape(text + i, size - i) ? hex(text[i + 1]) * 16 + hex(text[i + 2]) : -1;
        if (byte >= 0 && is_unreserved((char)byte))
            buf_printf(out, "%c", byte), i += 2;
        else if (byte >= 0 || is_unreserved(text[i]) || is_one_of(text[i], keep))
            buf_add(out, text + i, 1);
        else
            buf_printf(out, "%%%02X", (unsigned char)text[i]);
    }
}

// Bytes of one character that are escaped one after the other; 0: they make none.
static size_t escaped_character(const char *text, size_t size, char ret[4])
{
    unsigned char first = (unsigned char)(hex(text[1]) * 16 + hex(text[2]));
    size_t count = first < 0x80   ? 1
                   : first < 0xc2 ? 0
                   : first < 0xe0 ? 2
                   : first < 0xf0 ? 3
                   : first < 0xf5 ? 4
                                  : 0;
    for (size_t i = 0; i < count; i++) {
        if (size < 3 * i || !begins_escape(text + 3 * i, size - 3 * i))
            return 0;
        ret[i] = (char)(hex(text[3 * i + 1]) * 16 + hex(text[3 * i + 2]));
        if (i && ((unsigned char)ret[i] & 0xc0) != 0x80)
            return 0;
    }
    return count;
}

void uri_unescape(struct buf *out, const char *text, size_t size, const char *leave)
{
    for (size_t i = 0; i < size; i++) {
        char made[4];
        size_t count = begins_escape(text + i, size - i) ? escaped_character(text + i, size - i, made) : 0;
        if (!count ||
            (count == 1 && (is_one_of(made[0], leave) || (*leave && (unsigned char)made[0] < 0x20)))) {
            buf_add(out, text + i, 1);
            continue;
        }
        buf_add(out, made, count);
        i += 3 * count - 1;
    }
}

// RFC 3986, 5.2.4, for paths that begin with a slash.
void uri_flatten(struct buf *path)
{
    struct buf out = BUF_INIT;
    const char *text = buf_text(path);
    for (const char *at = text; *at;) {
        size_t size = 1 + strcspn(at + 1, "/");
        bool last = !at[size], one = size == 2 && at[1] == '.',
             two = size == 3 && at[1] == '.' && at[2] == '.';
        if (two)
            while (out.size && buf_text(&out)[--out.size] != '/') {
            }
        if (!one && !two)
            buf_add(&out, at, size);
        else if (last)
            buf_add(&out, "/", 1);
        at += size;
    }
    buf_free(path);
    *path = out;
}

// --- The parts

struct reading {
    const char *scheme, *user, *host, *path, *query, *fragment;
    size_t scheme_size, user_size, host_size, path_size, query_size;
    int port;
    char name[32]; // the scheme in small letters
    bool authority, dos;
};

static bool read_port(const char *text, size_t size, struct reading *r)
{
    long port = 0;
    for (size_t i = 0; i < size; i++) {
        if (!is_one_of(text[i], digits) || port > 65535)
            return false;
        port = port * 10 + (text[i] - '0');
    }
    if (size)
        r->port = (int)port;
    return port <= 65535;
}

static bool is_host(const struct reading *r)
{
    char six[INET6_ADDRSTRLEN + 1];
    struct in6_addr address;
    if (!r->host_size)
        return !strcmp(r->name, "file") || scheme_row(r->name) < 0;
    if (*r->host == '[') {
        size_t size = r->host_size - 2;
        if (r->host_size < 4 || r->host[r->host_size - 1] != ']' || size >= sizeof six)
            return false;
        memcpy(six, r->host + 1, size);
        six[size] = 0;
        return inet_pton(AF_INET6, six, &address) == 1;
    }
    for (size_t i = 0; i < r->host_size; i++)
        if (!is_unreserved(r->host[i]) && !(r->host[i] & 0x80) &&
            !(scheme_row(r->name) < 0 && is_one_of(r->host[i], "!$&'()*+,;=%")))
            return false;
    return r->host[0] != '.';
}

// [user@]host[:port]
static bool read_authority(const char *text, size_t size, struct reading *r)
{
    size_t at = size;
    while (at && text[at - 1] != '@')
        at--;
    if (at)
        r->user = text, r->user_size = at - 1;
    text += at, size -= at;
    r->host = text;
    const char *end = *text == '[' ? memchr(text, ']', size) : NULL;
    r->host_size = end ? (size_t)(end - text) + 1 : strcspn(text, ":");
    if (r->host_size >= size)
        return r->host_size = size, is_host(r);
    return text[r->host_size] == ':' && read_port(text + r->host_size + 1, size - r->host_size - 1, r) &&
           is_host(r);
}

static void read_rest(const char *at, struct reading *r)
{
    bool whole = strcmp(r->name, "file") || !r->dos;
    r->path = at;
    r->path_size = strcspn(at, whole ? "?#" : "#?");
    r->query = at += r->path_size;
    r->query_size = *at == '?' ? strcspn(at, "#") : 0;
    r->fragment = at + r->query_size;
}

static bool is_slash(char byte)
{
    return byte == '/' || byte == '\\';
}

// False: not an absolute address. *ret_bad: it begins like one, and its host is none.
static bool read_absolute(const char *text, struct reading *r, bool *ret_bad)
{
    const char *colon = strchr(text, ':');
    *r = (struct reading){.port = -1, .scheme = text, .user = "", .host = ""};
    if (!colon || !uri_is_scheme(text, (size_t)(colon - text)) || colon - text >= (long)sizeof r->name)
        return false;
    r->scheme_size = (size_t)(colon - text);
    for (size_t i = 0; i < r->scheme_size; i++)
        r->name[i] = (char)(is_one_of(text[i], letters) ? text[i] | 0x20 : text[i]);
    if (r->scheme_size == 1) {
        r->dos = is_slash(colon[1]);
        memcpy(r->name, "file", 5);
        read_rest(text, r);
        return r->dos;
    }
    r->port = uri_default_port(r->name);
    const char *at = colon + 1;
    bool slashes =
        uri_is_hierarchical(r->name) ? is_slash(at[0]) && is_slash(at[1]) : at[0] == '/' && at[1] == '/';
    r->authority = slashes || !strcmp(r->name, "mailto");
    if (!r->authority) {
        read_rest(at, r);
        *ret_bad = uri_is_hierarchical(r->name) && strcmp(r->name, "file");
        return !*ret_bad && (*at || scheme_row(r->name) < 0);
    }
    at += slashes ? 2 : 0;
    size_t size = strcspn(at, uri_is_hierarchical(r->name) ? "/\\?#" : "/?#");
    if (!read_authority(at, size, r))
        return *ret_bad = true, false;
    return read_rest(at + size, r), true;
}

// --- The object

static bool add_path(struct interp *in, const struct reading *r, value *ret)
{
    struct buf path = BUF_INIT, out = BUF_INIT;
    bool known = uri_is_hierarchical(r->name);
    if ((known || r->authority) && strcmp(r->name, "mailto") && !r->dos &&
        !(r->path_size && is_slash(*r->path)))
        buf_add(&path, "/", 1);
    for (size_t i = 0; i < r->path_size; i++)
        buf_add(&path, known && r->path[i] == '\\' ? "/" : r->path + i, 1);
    if (known && !r->dos)
        uri_flatten(&path);
    uri_escape(&out, buf_text(&path), path.size, "/:@!$&'()*+,;=[]", true);
    buf_free(&path);
    return buf_take(in, &out, ret);
}

static bool add_escaped(struct interp *in, const char *text, size_t size, value *ret)
{
    struct buf out = BUF_INIT;
    uri_escape(&out, text, size, kept, true);
    return buf_take(in, &out, ret);
}

static bool add_host(struct interp *in, const struct reading *r, value *ret)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < r->host_size; i++)
        buf_printf(&out, "%c", is_one_of(r->host[i], letters) ? r->host[i] | 0x20 : r->host[i]);
    return buf_take(in, &out, ret);
}

static bool fill(struct interp *in, const struct reading *r, value self)
{
    URI_PART(self, URI_PORT) = value_int(r->port);
    return string_text(in, r->name, &URI_PART(self, URI_SCHEME)) &&
           add_escaped(in, r->user, r->user_size, &URI_PART(self, URI_USER)) &&
           add_host(in, r, &URI_PART(self, URI_HOST)) && add_path(in, r, &URI_PART(self, URI_PATH)) &&
           add_escaped(in, r->query_size > 1 ? r->query : "", r->query_size > 1 ? r->query_size : 0,
                       &URI_PART(self, URI_QUERY)) &&
           add_escaped(in, r->fragment, strlen(r->fragment), &URI_PART(self, URI_FRAGMENT));
}

bool uri_read(struct interp *in, value text, enum uri_kind kind, value *ret)
{
    struct reading r;
    bool bad = false;
    struct buf trimmed = BUF_INIT;
    if (text.kind != V_STRING)
        return false;
    size_t start = strspn(value_text(text), " \t\r\n"), size = text.string->size;
    while (size > start && is_one_of(value_text(text)[size - 1], " \t\r\n"))
        size--;
    buf_add(&trimmed, value_text(text) + start, size - start);
    bool absolute = kind != URI_RELATIVE && read_absolute(buf_text(&trimmed), &r, &bad);
    bool ok = (absolute || (kind != URI_ABSOLUTE && !bad)) && object_new(in, &type_uri, ret);
    if (ok) {
        URI_PART(*ret, URI_ORIGINAL) = value_keep(text);
        ok = !absolute || fill(in, &r, *ret) || (value_drop(*ret), false);
    }
    return buf_free(&trimmed), ok;
}

bool uri_new(struct interp *in, value text, enum uri_kind kind, value *ret)
{
    if (value_is_null(text))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return uri_read(in, text, kind, ret) ||
           method_throw(in, &type_uri_exception, "'%s' is not an address.", value_text(text));
}

bool uri_is_absolute(value self)
{
    return URI_PART(self, URI_SCHEME).kind == V_STRING;
}
