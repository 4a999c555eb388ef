#include "interp/eval/host-object.h"

#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/types-rows.h"

static const struct type type_user_interface, type_raw_interface;

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

GETTER(name)
{
    return (void)self, string_text(in, "jesh", ret);
}

// The PowerShell whose answers these are.
GETTER(version)
{
    value text;
    (void)self;
    if (!string_text(in, "7.6.5", &text))
        return false;
    bool ok = version_new(in, text, ret);
    return value_drop(text), ok;
}

GETTER(instance)
{
    return (void)self, object_new(in, &type_guid, ret);
}

GETTER(user_interface)
{
    return (void)self, object_new(in, &type_user_interface, ret);
}

GETTER(raw_interface)
{
    return (void)self, object_new(in, &type_raw_interface, ret);
}

static bool size_now(struct interp *in, value *ret)
{
    const struct host *host = in->host;
    if (!object_new(in, &type_host_size, ret))
        return false;
    value *at = ((struct fields *)ret->object)->at;
    at[0] = value_int((int32_t)host->width(host->context));
    at[1] = value_int((int32_t)host->height(host->context));
    return true;
}

GETTER(window_size)
{
    return (void)self, size_now(in, ret);
}

GETTER(culture)
{
    value property;
    (void)self;
    if (!string_text(in, "InvariantCulture", &property))
        return false;
    bool ok = static_get(in, &type_cultureinfo, property, ret);
    return value_drop(property), ok;
}

GETTER(nothing)
{
    return (void)in, (void)self, *ret = value_null, true;
}

GETTER(no)
{
    return (void)in, (void)self, *ret = value_false, true;
}

METHOD(set_should_exit)
{
    UNUSED;
    in->exit_asked = true;
    in->exit_code = (int)args[0].i;
    return true;
}

static bool print(struct interp *in, value text, const char *end)
{
    const struct host *host = in->host;
    bool ok = text.kind != V_STRING || host->write(host->context, 1, value_text(text), text.string->size);
    return ok && (!*end || host->write(host->context, 1, end, 1));
}

METHOD(write_text)
{
    return UNUSED, print(in, args[count - 1], "");
}

METHOD(write_line)
{
    return UNUSED, print(in, count ? args[count - 1] : value_null, "\n");
}

static bool told(struct interp *in, enum stream stream, value text)
{
    return in->host->report(in->host->context, in, stream, text);
}

METHOD(write_warning)
{
    return UNUSED, told(in, STREAM_WARNING, args[0]);
}

METHOD(write_verbose)
{
    return UNUSED, told(in, STREAM_VERBOSE, args[0]);
}

METHOD(write_debug)
{
    return UNUSED, told(in, STREAM_DEBUG, args[0]);
}

METHOD(write_error)
{
    const struct host *host = in->host;
    UNUSED;
    return host->write(host->context, 2, value_text(args[0]), args[0].string->size) &&
           host->write(host->context, 2, "\n", 1);
}

static const struct property host_properties[] = {{"Name", name, NULL},
                                                  {"Version", version, NULL},
                                                  {"InstanceId", instance, NULL},
                                                  {"UI", user_interface, NULL},
                                                  {"CurrentCulture", culture, NULL},
                                                  {"CurrentUICulture", culture, NULL},
                                                  {"PrivateData", nothing, NULL},
                                                  {"DebuggerEnabled", no, NULL},
                                                  {"IsRunspacePushed", no, NULL},
                                                  {"Runspace", nothing, NULL},
                                                  {0}};
static const struct property interface_properties[] = {
    {"RawUI", raw_interface, NULL}, {"SupportsVirtualTerminal", no, NULL}, {0}};
static const struct property raw_properties[] = {
    {"BufferSize", window_size, NULL}, {"WindowSize", window_size, NULL}, {"WindowTitle", name, NULL}, {0}};
static const struct method host_methods[] = {{"SetShouldExit", set_should_exit, VOID, P(I32)}, {0}};
static const struct method interface_methods[] = {
    {"Write", write_text, VOID, P(STR)},
    {"Write", write_text, VOID, P(&type_console_color, &type_console_color, STR)},
    {"WriteLine", write_line, VOID},
    {"WriteLine", write_line, VOID, P(STR)},
    {"WriteLine", write_line, VOID, P(&type_console_color, &type_console_color, STR)},
    {"WriteWarningLine", write_warning, VOID, P(STR)},
    {"WriteVerboseLine", write_verbose, VOID, P(STR)},
    {"WriteDebugLine", write_debug, VOID, P(STR)},
    {"WriteErrorLine", write_error, VOID, P(STR)},
    {0}};
static const struct type_members host_members = {.methods = host_methods},
                                 interface_members = {.methods = interface_methods};

#define HOST_TYPE(symbol, full_name, ...)                                                                    \
    static const struct type type_##symbol = {.name = "System.Management.Automation." full_name,             \
                                              .base = &type_object,                                          \
                                              .type_code = 1,                                                \
                                              .size = sizeof(struct object),                                 \
                                              __VA_ARGS__};
HOST_TYPE(internal_host, "Internal.Host.InternalHost", .properties = host_properties, .full = &host_members)
HOST_TYPE(user_interface, "Internal.Host.InternalHostUserInterface", .properties = interface_properties,
          .full = &interface_members)
HOST_TYPE(raw_interface, "Internal.Host.InternalHostRawUserInterface", .properties = raw_properties)

bool host_object_new(struct interp *in, value *ret)
{
    return object_new(in, &type_internal_host, ret);
}
