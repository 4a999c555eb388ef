#include "interp/value/error.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/exceptions.h"
#include "interp/value/member.h"
#include "interp/value/types.h"
#include "syntax/parser.h"

static const char *const category_names[CATEGORIES] = {
    "NotSpecified",     "OpenError",           "CloseError",       "DeviceError",         "DeadlockDetected",
    "InvalidArgument",  "InvalidData",         "InvalidOperation", "InvalidResult",       "InvalidType",
    "MetadataError",    "NotImplemented",      "NotInstalled",     "ObjectNotFound",      "OperationStopped",
    "OperationTimeout", "SyntaxError",         "ParserError",      "PermissionDenied",    "ResourceBusy",
    "ResourceExists",   "ResourceUnavailable", "ReadError",        "WriteError",          "FromStdErr",
    "SecurityError",    "ProtocolError",       "ConnectionError",  "AuthenticationError", "LimitsExceeded",
    "QuotaExceeded",    "NotEnabled",
};

const char *category_name(enum category category)
{
    return (unsigned)category < CATEGORIES ? category_names[category] : category_names[0];
}

bool error_vnew(struct interp *in, const char *id, enum category category, value target, value *ret,
                const char *format, va_list args)
{
    struct error_record *record = heap_new(in, sizeof *record, V_ERROR, &type_error_record);
    if (!record)
        return false;
    value v = {.kind = V_ERROR, .error = record};
    struct buf text = BUF_INIT;
    text.limit = 8192; // a message may quote what the user typed, however long that was
    buf_vprintf(&text, format, args);
    record->category = category;
    record->history = in->history;
    record->target = value_keep(target);
    bool ok = string_text(in, id, &record->id) &&
              string_new(in, buf_text(&text), text.size, &record->message) &&
              exception_new(in, &type_runtime_exception, record->message, &record->exception);
    buf_free(&text);
    if (ok && error_set_reason)
        ok = error_set_reason(in, record);
    if (!ok)
        return value_drop(v), false;
    *ret = v;
    return true;
}

bool error_new(struct interp *in, const char *id, enum category category, value target, value *ret,
               const char *format, ...)
{
    va_list args;
    va_start(args, format);
    bool ok = error_vnew(in, id, category, target, ret, format, args);
    va_end(args);
    return ok;
}

bool error_copy(struct interp *in, const struct error_record *from, value *ret)
{
    struct error_record *copy = heap_new(in, sizeof *copy, V_ERROR, &type_error_record);
    if (!copy)
        return false;
    struct object head = copy->head;
    *copy = *from;
    copy->head = head;
    copy->recorded = false;
    value *own[] = {&copy->id,          &copy->message,     &copy->target,  &copy->activity,
                    &copy->exception,   &copy->invocation,  &copy->details, &copy->reason,
                    &copy->target_name, &copy->target_type, &copy->stack,   &copy->command};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_keep(*own[i]);
    if (copy->source)
        source_ref(copy->source);
    *ret = (value){.kind = V_ERROR, .error = copy};
    return true;
}

void error_unplace(struct error_record *record)
{
    if (record->source)
        source_free(record->source);
    record->source = NULL;
    record->positioned = false;
    record->line = record->column = 0;
    value_set(&record->invocation, value_null);
    value_set(&record->command, value_null);
    value_set(&record->stack, value_null);
}

bool throw_vrecord(struct interp *in, const char *id, enum category category, value target,
                   const char *format, va_list args)
{
    value record;
    if (!error_vnew(in, id, category, target, &record, format, args))
        return false;
    value_drop(in->thrown);
    in->thrown = record;
    return false;
}

bool throw_error(struct interp *in, const char *id, enum category category, value target, const char *format,
                 ...)
{
    va_list args;
    va_start(args, format);
    throw_vrecord(in, id, category, target, format, args);
    va_end(args);
    return false;
}

bool throw_record(struct interp *in, value record)
{
    value_set(&in->thrown, record);
    return false;
}

bool throw_memory(struct interp *in)
{
    mem_open_reserve();
    value_set(&in->thrown, in->out_of_memory);
    return false;
}

bool throw_full(struct interp *in, const struct buf *text)
{
    return text->over ? throw_error(in, "StringLimit", CAT_LimitsExceeded, value_null,
                                    "The text would be longer than this session allows.")
                      : throw_memory(in);
}
