// System.Security.SecureString, PSCredential and NetworkCredential.
//
// Nothing of the text is hidden from the process that holds it, as in .NET on Linux. at[0] the text, at[1]
// whether it is read-only; of credentials at[0] the user, at[1] the password, at[2] the domain.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/secure.h"
#include "interp/value/types-rows.h"

#define SECURE &type_secure_string
#define CREDENTIAL &type_credential
#define NETWORK &type_network_credential
#define PART(v, n) AS(fields, v)->at[n]
enum { TEXT, FIXED };
enum { USER, PASSWORD, DOMAIN };

bool secure_new(struct interp *in, value text, value *ret)
{
    if (!object_new(in, SECURE, ret))
        return false;
    PART(*ret, TEXT) = value_keep(text);
    return PART(*ret, FIXED) = value_false, true;
}

value secure_text(value secure)
{
    return PART(secure, TEXT);
}

static bool secure_length(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_int((int32_t)PART(self, TEXT).string->units), true;
}
const struct property secure_string_properties[] = {{"Length", secure_length, NULL}, {0}};

// Units [at, at + removed) give way to the text.
static bool replace(struct interp *in, value self, size_t at, size_t removed, value unit)
{
    const struct string *text = PART(self, TEXT).string;
    struct buf out = BUF_INIT;
    value made;
    if (PART(self, FIXED).b)
        return method_throw(in, &type_invalid_operation_exception, "The text is read-only.");
    if (at + removed > text->units)
        return method_throw(in, &type_argument_range_exception, "There is no such position.");
    size_t start = string_offset(text, at), end = string_offset(text, at + removed);
    buf_add(&out, text->text, start);
    if (!value_is_null(unit))
        buf_add_codepoint(&out, (uint32_t)unit.i);
    buf_add(&out, text->text + end, text->size - end);
    if (!buf_take(in, &out, &made))
        return false;
    value_drop(PART(self, TEXT));
    return PART(self, TEXT) = made, true;
}

METHOD(secure_append)
{
    UNUSED;
    return replace(in, self, PART(self, TEXT).string->units, 0, args[0]);
}
METHOD(secure_insert)
{
    UNUSED;
    return replace(in, self, args[0].i < 0 ? UINT32_MAX : (size_t)args[0].i, 0, args[1]);
}
METHOD(secure_set)
{
    UNUSED;
    return replace(in, self, args[0].i < 0 ? UINT32_MAX : (size_t)args[0].i, 1, args[1]);
}
METHOD(secure_remove)
{
    UNUSED;
    return replace(in, self, args[0].i < 0 ? UINT32_MAX : (size_t)args[0].i, 1, value_null);
}
METHOD(secure_clear)
{
    UNUSED;
    return replace(in, self, 0, PART(self, TEXT).string->units, value_null);
}
METHOD(secure_copy)
{
    return UNUSED, secure_new(in, PART(self, TEXT), ret);
}
METHOD(secure_fix)
{
    return UNUSED, PART(self, FIXED) = value_true, true;
}
METHOD(secure_fixed)
{
    return UNUSED, *ret = PART(self, FIXED), true;
}
METHOD(secure_dispose)
{
    return UNUSED, true;
}
METHOD(secure_make)
{
    value text;
    UNUSED;
    if (!string_text(in, "", &text))
        return false;
    bool ok = secure_new(in, text, ret);
    return value_drop(text), ok;
}
static const struct method secure_methods[] = {{"AppendChar", secure_append, VOID, P(CHR)},
                                               {"Clear", secure_clear, VOID},
                                               {"Copy", secure_copy, SECURE},
                                               {"Dispose", secure_dispose, VOID},
                                               {"InsertAt", secure_insert, VOID, P(I32, CHR)},
                                               {"IsReadOnly", secure_fixed, BOOLEAN},
                                               {"MakeReadOnly", secure_fix, VOID},
                                               {"RemoveAt", secure_remove, VOID, P(I32)},
                                               {"SetAt", secure_set, VOID, P(I32, CHR)},
                                               {0}};
static const struct method secure_constructors[] = {{"new", secure_make, SECURE}, {0}};
const struct type_members full_secure_string = {secure_methods, NULL, secure_constructors, NULL};

// --- Credentials

#define FIELD(function, n)                                                                                   \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        return (void)in, *ret = value_keep(PART(self, n)), true;                                             \
    }
FIELD(user_name, USER)
FIELD(password, PASSWORD)
FIELD(domain, DOMAIN)
#undef FIELD
static bool password_text(struct interp *in, value self, value *ret)
{
    return (void)in, *ret = value_keep(secure_text(PART(self, PASSWORD))), true;
}
const struct property credential_properties[] = {
    {"UserName", user_name, NULL}, {"Password", password, NULL}, {0}};
const struct property network_credential_properties[] = {{"UserName", user_name, NULL},
                                                         {"Password", password_text, NULL},
                                                         {"SecurePassword", password, NULL},
                                                         {"Domain", domain, NULL},
                                                         {0}};

METHOD(credential_make)
{
    UNUSED;
    if (value_is_null(args[0]) || !args[0].string->size)
        return method_throw(in, &type_ps_argument_exception, "The name of the user must not be empty.");
    if (value_is_null(args[1]))
        return method_throw(in, &type_ps_argument_null_exception, "The password must not be $null.");
    if (!object_new(in, CREDENTIAL, ret))
        return false;
    PART(*ret, USER) = value_keep(args[0]);
    return PART(*ret, PASSWORD) = value_keep(args[1]), true;
}

static bool network_of(struct interp *in, const char *user, size_t size, const char *domain_text,
                       size_t domain_size, value *ret)
{
    if (!object_new(in, NETWORK, ret))
        return false;
    return (string_new(in, user, size, &PART(*ret, USER)) &&
            string_new(in, domain_text, domain_size, &PART(*ret, DOMAIN))) ||
           (value_drop(*ret), false);
}

// domain\user and user@domain are taken apart.
METHOD(network_credential)
{
    const char *user = value_text(PART(self, USER)), *slash = strchr(user, '\\'), *at = strrchr(user, '@');
    UNUSED;
    bool ok = slash ? network_of(in, slash + 1, strlen(slash + 1), user, (size_t)(slash - user), ret)
              : at  ? network_of(in, user, (size_t)(at - user), at + 1, strlen(at + 1), ret)
                    : network_of(in, user, strlen(user), "", 0, ret);
    if (!ok)
        return false;
    return PART(*ret, PASSWORD) = value_keep(PART(self, PASSWORD)), true;
}
static bool credential_empty(struct interp *in, value self, value *ret)
{
    return (void)self, object_new(in, CREDENTIAL, ret) && string_text(in, "", &PART(*ret, USER));
}
static const struct method credential_methods[] = {{"GetNetworkCredential", network_credential, NETWORK},
                                                   {0}};
static const struct method credential_constructors[] = {{"new", credential_make, CREDENTIAL, P(STR, SECURE)},
                                                        {0}};
static const struct property credential_constants[] = {{"Empty", credential_empty, NULL}, {0}};
const struct type_members full_credential = {credential_methods, NULL, credential_constructors,
                                             credential_constants};

METHOD(network_make)
{
    UNUSED;
    value user = count ? args[0] : value_null, where = count > 2 ? args[2] : value_null;
    bool named = user.kind == V_STRING, homed = where.kind == V_STRING;
    if (!network_of(in, named ? value_text(user) : "", named ? user.string->size : 0,
                    homed ? value_text(where) : "", homed ? where.string->size : 0, ret))
        return false;
    if (count > 1 && value_is_type(args[1], SECURE))
        return PART(*ret, PASSWORD) = value_keep(args[1]), true;
    bool ok = count > 1 && args[1].kind == V_STRING
                  ? secure_new(in, args[1], &PART(*ret, PASSWORD))
                  : secure_make(in, value_null, NULL, 0, &PART(*ret, PASSWORD));
    return ok || (value_drop(*ret), false);
}
static const struct method network_constructors[] = {{"new", network_make, NETWORK},
                                                     {"new", network_make, NETWORK, P(STR, STR)},
                                                     {"new", network_make, NETWORK, P(STR, SECURE)},
                                                     {"new", network_make, NETWORK, P(STR, STR, STR)},
                                                     {"new", network_make, NETWORK, P(STR, SECURE, STR)},
                                                     {0}};
const struct type_members full_network_credential = {NULL, NULL, network_constructors, NULL};
