// System.Net.Mail.MailAddress: at[0] the name shown, at[1] the user, at[2] the host.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

#define MAIL &type_mailaddress
#define PART(v, n) AS(fields, v)->at[n]
enum { NAME, USER, HOST };

struct reading {
    const char *parts[3];
    size_t sizes[3];
};

static void trim(const char **io_text, size_t *io_size)
{
    while (*io_size && strchr(" \t", **io_text))
        ++*io_text, --*io_size;
    while (*io_size && strchr(" \t", (*io_text)[*io_size - 1]))
        --*io_size;
}

static bool is_local(const char *text, size_t size)
{
    if (size > 1 && *text == '"')
        return text[size - 1] == '"';
    for (size_t i = 0; i < size; i++)
        if (strchr(" \t()<>[]:;@\\,\"", text[i]) || (text[i] == '.' && i + 1 < size && text[i + 1] == '.'))
            return false;
    return size && *text != '.';
}

static bool is_domain(const char *text, size_t size)
{
    if (size > 2 && *text == '[')
        return text[size - 1] == ']';
    return is_local(text, size) && text[size - 1] != '.' && !memchr(text, '"', size);
}

// user@host, name <user@host>, "name" <user@host>
static bool read(const char *text, size_t size, struct reading *r)
{
    *r = (struct reading){.parts = {""}};
    trim(&text, &size);
    if (size && text[size - 1] == '>') {
        const char *open = memrchr(text, '<', size);
        if (!open)
            return false;
        r->parts[NAME] = text, r->sizes[NAME] = (size_t)(open - text);
        trim(&r->parts[NAME], &r->sizes[NAME]);
        size = size - (size_t)(open - text) - 2, text = open + 1;
        trim(&text, &size);
    }
    const char *at = memrchr(text, '@', size);
    if (!at)
        return false;
    r->parts[USER] = text, r->sizes[USER] = (size_t)(at - text);
    r->parts[HOST] = at + 1, r->sizes[HOST] = size - r->sizes[USER] - 1;
    return is_local(r->parts[USER], r->sizes[USER]) && is_domain(r->parts[HOST], r->sizes[HOST]);
}

static void strip_quotes(struct reading *r)
{
    const char *name = r->parts[NAME];
    if (r->sizes[NAME] > 1 && *name == '"' && name[r->sizes[NAME] - 1] == '"')
        r->parts[NAME]++, r->sizes[NAME] -= 2;
}

static bool mail_read(struct interp *in, value text, value name, value *ret)
{
    struct reading r;
    if (!read(value_text(text), text.string->size, &r))
        return false;
    if (name.kind == V_STRING && name.string->size)
        r.parts[NAME] = value_text(name), r.sizes[NAME] = name.string->size;
    strip_quotes(&r);
    if (!object_new(in, MAIL, ret))
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!string_new(in, r.parts[i], r.sizes[i], &PART(*ret, i)))
            return value_drop(*ret), false;
    return true;
}

static bool address(struct interp *in, value self, value *ret)
{
    return string_printf(in, ret, "%s@%s", value_text(PART(self, USER)), value_text(PART(self, HOST)));
}

bool mailaddress_to_string(struct interp *in, value self, value *ret)
{
    if (!PART(self, NAME).string->size)
        return address(in, self, ret);
    return string_printf(in, ret, "\"%s\" <%s@%s>", value_text(PART(self, NAME)),
                         value_text(PART(self, USER)), value_text(PART(self, HOST)));
}

static bool same(value a, value b)
{
    return utf8_same_ignore_case(value_text(a), a.string->size, value_text(b), b.string->size);
}

bool mailaddress_equal(value a, value b)
{
    for (size_t i = NAME; i <= HOST; i++)
        if (!same(PART(a, i), PART(b, i)))
            return false;
    return true;
}

#define FIELD(function, n)                                                                                   \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        return (void)in, *ret = value_keep(PART(self, n)), true;                                             \
    }
FIELD(display_name, NAME)
FIELD(user, USER)
FIELD(host, HOST)
#undef FIELD
const struct property mailaddress_properties[] = {{"DisplayName", display_name, NULL},
                                                  {"User", user, NULL},
                                                  {"Host", host, NULL},
                                                  {"Address", address, NULL},
                                                  {0}};

METHOD(mail_new)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The address must not be $null.");
    if (!args[0].string->size)
        return method_throw(in, &type_argument_exception, "The address must not be empty.");
    return mail_read(in, args[0], count > 1 ? args[1] : value_null, ret) ||
           method_throw(in, &type_format_exception, "'%s' is not the address of a mailbox.",
                        value_text(args[0]));
}
METHOD(mail_try)
{
    value made;
    UNUSED;
    bool ok = args[0].kind == V_STRING && mail_read(in, args[0], count > 2 ? args[1] : value_null, &made);
    bool set = reference_set(in, args[count - 1], ok ? made : value_null);
    if (ok)
        value_drop(made);
    return *ret = value_bool(ok), set;
}
METHOD(mail_same)
{
    UNUSED;
    return *ret = value_bool(value_is_type(args[0], MAIL) && mailaddress_equal(self, args[0])), true;
}
static const struct method mail_methods[] = {{"Equals", mail_same, BOOLEAN, P(OBJ)}, {0}};
static const struct method mail_statics[] = {
    {"TryCreate", mail_try, BOOLEAN, P(STR, REF)}, {"TryCreate", mail_try, BOOLEAN, P(STR, STR, REF)}, {0}};
static const struct method mail_constructors[] = {
    {"new", mail_new, MAIL, P(STR)}, {"new", mail_new, MAIL, P(STR, STR)}, {0}};
const struct type_members full_mailaddress = {mail_methods, mail_statics, mail_constructors, NULL};
