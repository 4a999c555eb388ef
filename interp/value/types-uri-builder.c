// System.UriBuilder: an address in its parts, each of which can be set.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"
#include "interp/value/uri.h"

#define BUILDER &type_uri_builder
#define URI &type_uri
#define PASSWORD URI_ORIGINAL // the parts are those of an address otherwise
enum { PORT_MOST = 65535 };
static const char in_path[] = "-._~:/[]@!$&'()*+,;=";

// --- The whole

static bool add_server(struct buf *out, value self)
{
    bool named = *URI_TEXT(self, URI_USER), server = *URI_TEXT(self, URI_HOST);
    if (named)
        buf_add_text(out, URI_TEXT(self, URI_USER));
    if (*URI_TEXT(self, PASSWORD))
        buf_printf(out, ":%s", URI_TEXT(self, PASSWORD));
    buf_printf(out, "%s%s", named ? "@" : "", URI_TEXT(self, URI_HOST));
    if (server && URI_PART(self, URI_PORT).i >= 0)
        buf_printf(out, ":%d", (int)URI_PART(self, URI_PORT).i);
    return server;
}

bool uri_builder_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    const char *scheme = URI_TEXT(self, URI_SCHEME), *path = URI_TEXT(self, URI_PATH);
    if (*URI_TEXT(self, PASSWORD) && !*URI_TEXT(self, URI_USER))
        return method_throw(in, &type_uri_exception, "A password needs the name of a user.");
    bool slashes =
        uri_is_hierarchical(scheme) || (*URI_TEXT(self, URI_HOST) && strcmp(scheme, "mailto") != 0);
    if (*scheme)
        buf_printf(&out, "%s:%s", scheme, slashes ? "//" : "");
    bool server = add_server(&out, self);
    buf_printf(&out, "%s%s%s%s", server && *path && *path != '/' ? "/" : "", path, URI_TEXT(self, URI_QUERY),
               URI_TEXT(self, URI_FRAGMENT));
    return buf_take(in, &out, ret);
}

static bool split_user(struct interp *in, value self)
{
    value user = value_keep(URI_PART(self, URI_USER)), name = value_null, password = value_null;
    size_t size = strcspn(value_text(user), ":");
    const char *rest = value_text(user) + size;
    bool ok =
        string_new(in, value_text(user), size, &name) && string_text(in, *rest ? rest + 1 : rest, &password);
    if (ok) {
        value_set(&URI_PART(self, URI_USER), name);
        value_set(&URI_PART(self, PASSWORD), password);
    }
    return value_drop(user), value_drop(name), value_drop(password), ok;
}
static bool take_parts(struct interp *in, value self, value uri)
{
    for (enum uri_part part = URI_SCHEME; part <= URI_FRAGMENT; part++)
        value_set(&URI_PART(self, part), URI_PART(uri, part));
    return split_user(in, self);
}

// The parts become those of the address they make.
static bool whole(struct interp *in, value self, value *ret)
{
    value text;
    if (!uri_builder_to_string(in, self, &text))
        return false;
    bool ok = uri_new(in, text, URI_ABSOLUTE, ret);
    value_drop(text);
    return ok && (take_parts(in, self, *ret) || (value_drop(*ret), false));
}

// As .NET shows an address that cannot be made of the parts: as none.
static bool get_uri(struct interp *in, value self, value *ret)
{
    if (!whole(in, self, ret)) {
        value_set(&in->thrown, value_null);
        *ret = value_null;
    }
    return true;
}

static int64_t port_of(value self)
{
    int64_t port = URI_PART(self, URI_PORT).i;
    return port < 0 ? uri_default_port(URI_TEXT(self, URI_SCHEME)) : port;
}
bool uri_builder_equal(value a, value b)
{
    static const enum uri_part parts[] = {URI_SCHEME, URI_HOST, URI_PATH, URI_QUERY};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(URI_TEXT(a, parts[i]), URI_TEXT(b, parts[i])))
            return false;
    return port_of(a) == port_of(b);
}
METHOD(same)
{
    value own, others;
    UNUSED;
    *ret = value_false;
    if (!value_is_type(args[0], BUILDER))
        return true;
    if (!whole(in, self, &own))
        return false;
    bool ok = whole(in, args[0], &others);
    if (ok) {
        *ret = value_bool(uri_equal(own, others));
        value_drop(others);
    }
    return value_drop(own), ok;
}

// --- The parts

static bool bad_part(struct interp *in, const char *what)
{
    return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null, "This is no %s.", what);
}

static bool keep_part(struct interp *in, struct buf *text, value self, enum uri_part part)
{
    value made;
    if (!buf_take(in, text, &made))
        return false;
    value_set(&URI_PART(self, part), made);
    return value_drop(made), true;
}

// With the mark that the part begins with.
static bool set_marked(struct interp *in, value text, value self, enum uri_part part, char mark)
{
    struct buf out = BUF_INIT;
    if (text.string->size && *value_text(text) != mark)
        buf_add_char(&out, mark);
    buf_add(&out, value_text(text), text.string->size);
    return keep_part(in, &out, self, part);
}
static bool set_scheme(struct interp *in, value text, value self)
{
    struct buf out = BUF_INIT;
    size_t size = strcspn(value_text(text), ":");
    if (size && !uri_is_scheme(value_text(text), size))
        return bad_part(in, "scheme");
    for (size_t i = 0; i < size; i++) {
        char byte = value_text(text)[i];
        buf_add_char(&out, byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte);
    }
    return keep_part(in, &out, self, URI_SCHEME);
}
static bool set_host(struct interp *in, value text, value self)
{
    struct buf out = BUF_INIT;
    bool six = strchr(value_text(text), ':') && *value_text(text) != '[';
    buf_printf(&out, "%s%s%s", six ? "[" : "", value_text(text), six ? "]" : "");
    return keep_part(in, &out, self, URI_HOST);
}
static bool set_path(struct interp *in, value text, value self)
{
    struct buf plain = BUF_INIT, out = BUF_INIT;
    buf_add_text(&plain, text.string->size ? value_text(text) : "/");
    for (size_t i = 0; !plain.failed && i < plain.size; i++)
        if (plain.data[i] == '\\')
            plain.data[i] = '/';
    uri_escape(&out, buf_text(&plain), plain.size, in_path, true);
    buf_free(&plain);
    return keep_part(in, &out, self, URI_PATH);
}

static bool set_part(struct interp *in, value self, enum uri_part part, value text)
{
    switch (part) {
    case URI_SCHEME:
        return set_scheme(in, text, self);
    case URI_HOST:
        return set_host(in, text, self);
    case URI_PATH:
        return set_path(in, text, self);
    case URI_QUERY:
        return set_marked(in, text, self, part, '?');
    case URI_FRAGMENT:
        return set_marked(in, text, self, part, '#');
    default:
        return value_set(&URI_PART(self, part), text), true;
    }
}
static bool assign(struct interp *in, value self, enum uri_part part, value to)
{
    value text;
    if (!value_convert(in, to, STR, &text))
        return false;
    bool ok = set_part(in, self, part, text);
    return value_drop(text), ok;
}

#define PART(name, part)                                                                                     \
    static bool get_##name(struct interp *in, value self, value *ret)                                        \
    {                                                                                                        \
        return (void)in, *ret = value_keep(URI_PART(self, part)), true;                                      \
    }                                                                                                        \
    static bool set_##name##_of(struct interp *in, value self, value to)                                     \
    {                                                                                                        \
        return assign(in, self, part, to);                                                                   \
    }
PART(scheme, URI_SCHEME)
PART(user, URI_USER)
PART(password, PASSWORD)
PART(host, URI_HOST)
PART(path, URI_PATH)
PART(query, URI_QUERY)
PART(fragment, URI_FRAGMENT)
#undef PART
static bool get_port(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = URI_PART(self, URI_PORT), true;
}
static bool set_port(struct interp *in, value self, value to)
{
    value port;
    if (!value_convert(in, to, I32, &port)) {
        value_set(&in->thrown, value_null);
        return bad_part(in, "port");
    }
    if (port.i < -1 || port.i > PORT_MOST)
        return bad_part(in, "port");
    return URI_PART(self, URI_PORT) = port, true;
}

// --- Making

static bool start(struct interp *in, value *ret)
{
    static const struct {
        enum uri_part part;
        const char *text;
    } parts[] = {{URI_SCHEME, "http"}, {URI_HOST, "localhost"}, {URI_PATH, "/"},   {URI_USER, ""},
                 {PASSWORD, ""},       {URI_QUERY, ""},         {URI_FRAGMENT, ""}};
    if (!object_new(in, BUILDER, ret))
        return false;
    URI_PART(*ret, URI_PORT) = value_int(-1);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!string_text(in, parts[i].text, &URI_PART(*ret, parts[i].part)))
            return value_drop(*ret), false;
    return true;
}

static bool from_uri(struct interp *in, value uri, value *ret)
{
    if (!uri_is_absolute(uri))
        return method_throw(in, &type_invalid_operation_exception, "A relative address has no parts.");
    if (!start(in, ret))
        return false;
    return take_parts(in, *ret, uri) || (value_drop(*ret), false);
}
METHOD(make)
{
    return UNUSED, start(in, ret);
}
METHOD(make_of_uri)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The address must not be $null.");
    return from_uri(in, args[0], ret);
}
METHOD(make_of_text)
{
    value uri, text;
    UNUSED;
    if (!uri_new(in, args[0], URI_ANY_KIND, &uri))
        return false;
    if (!uri_is_absolute(uri)) {
        value_drop(uri);
        if (!string_printf(in, &text, "http://%s", value_text(args[0])))
            return false;
        bool ok = uri_new(in, text, URI_ABSOLUTE, &uri);
        value_drop(text);
        if (!ok)
            return false;
    }
    bool ok = from_uri(in, uri, ret);
    return value_drop(uri), ok;
}

static bool set_extra(struct interp *in, value self, value extra)
{
    const char *text = value_text(extra), *fragment = strchr(text, '#');
    struct buf query = BUF_INIT, rest = BUF_INIT;
    if (*text && *text != '?' && *text != '#')
        return method_throw(in, &type_argument_exception, "What follows the path begins with ? or #.");
    buf_add(&query, text, fragment ? (size_t)(fragment - text) : strlen(text));
    buf_add_text(&rest, fragment ? fragment : "");
    bool ok = keep_part(in, &query, self, URI_QUERY);
    return keep_part(in, &rest, self, URI_FRAGMENT) && ok;
}
static bool set_given(struct interp *in, value self, const value *args, size_t count)
{
    if (!set_part(in, self, URI_SCHEME, args[0]) || !set_part(in, self, URI_HOST, args[1]))
        return false;
    if (count > 2 && (args[2].i < -1 || args[2].i > PORT_MOST))
        return method_throw(in, &type_argument_range_exception, "This is no port.");
    if (count > 2)
        URI_PART(self, URI_PORT) = args[2];
    return (count < 4 || set_part(in, self, URI_PATH, args[3])) &&
           (count < 5 || set_extra(in, self, args[4]));
}
METHOD(make_of_parts)
{
    UNUSED;
    if (!start(in, ret))
        return false;
    return set_given(in, *ret, args, count) || (value_drop(*ret), false);
}

const struct property uri_builder_properties[] = {{"Scheme", get_scheme, set_scheme_of},
                                                  {"UserName", get_user, set_user_of},
                                                  {"Password", get_password, set_password_of},
                                                  {"Host", get_host, set_host_of},
                                                  {"Port", get_port, set_port},
                                                  {"Path", get_path, set_path_of},
                                                  {"Query", get_query, set_query_of},
                                                  {"Fragment", get_fragment, set_fragment_of},
                                                  {"Uri", get_uri, NULL},
                                                  {0}};
static const struct method builder_methods[] = {{"Equals", same, BOOLEAN, P(OBJ)}, {0}};
static const struct method builder_makers[] = {{"new", make, BUILDER},
                                               {"new", make_of_text, BUILDER, P(STR)},
                                               {"new", make_of_parts, BUILDER, P(STR, STR)},
                                               {"new", make_of_parts, BUILDER, P(STR, STR, I32)},
                                               {"new", make_of_parts, BUILDER, P(STR, STR, I32, STR)},
                                               {"new", make_of_parts, BUILDER, P(STR, STR, I32, STR, STR)},
                                               {"new", make_of_uri, BUILDER, P(URI)},
                                               {0}};
const struct type_members full_uri_builder = {builder_methods, NULL, builder_makers, NULL};
