// interp/value/error.h: ErrorRecord, and the ways to raise one.
#ifndef INTERP_ERROR_H
#define INTERP_ERROR_H

#include <stdarg.h>

#include "interp/value/value.h"

// PowerShell's ErrorCategory, in its order and with its numbers.
enum category {
    CAT_NotSpecified,
    CAT_OpenError,
    CAT_CloseError,
    CAT_DeviceError,
    CAT_DeadlockDetected,
    CAT_InvalidArgument,
    CAT_InvalidData,
    CAT_InvalidOperation,
    CAT_InvalidResult,
    CAT_InvalidType,
    CAT_MetadataError,
    CAT_NotImplemented,
    CAT_NotInstalled,
    CAT_ObjectNotFound,
    CAT_OperationStopped,
    CAT_OperationTimeout,
    CAT_SyntaxError,
    CAT_ParserError,
    CAT_PermissionDenied,
    CAT_ResourceBusy,
    CAT_ResourceExists,
    CAT_ResourceUnavailable,
    CAT_ReadError,
    CAT_WriteError,
    CAT_FromStdErr,
    CAT_SecurityError,
    CAT_ProtocolError,
    CAT_ConnectionError,
    CAT_AuthenticationError,
    CAT_LimitsExceeded,
    CAT_QuotaExceeded,
    CAT_NotEnabled,
    CATEGORIES
};
const char *category_name(enum category category);

struct error_record {
    struct object head;
    value id;                               // FullyQualifiedErrorId, STRING
    value message;                          // STRING, our own words
    value target;                           // TargetObject
    value activity;                         // command name, STRING or $null
    value exception;                        // OBJECT of an exception type
    value invocation;                       // InvocationInfo or $null: made of the place when somebody asks
    value command;                          // whose invocation that is: STRING, or $null: a statement's
    value details;                          // ErrorDetails or $null
    value reason, target_name, target_type; // of CategoryInfo: STRINGs where somebody set them
    value stack;                            // ScriptStackTrace: STRING or $null
    struct source *source;                  // the text it stands in; NULL: none
    uint32_t offset;                        // there
    enum category category;
    uint32_t line, column;   // 1-based; 0: none
    uint32_t history;        // as interp's when it was made
    const void *call;        // the call that it ends, whatever stands further in; NULL: only its statement
    bool positioned;         // line and column are settled, even where they are 0
    bool recorded;           // already in $Error
    bool binding;            // of the parameter binder: a command list does not record it
    bool of_command;         // a command's that it passed on: commands further out leave it so
    bool stopped;            // by ErrorAction Stop: an ActionPreferenceStopException to catch
    bool from_throw;         // by a throw statement
    bool escaped;            // a trap's break let it go on
    bool script_terminating; // throw, ErrorAction Stop: ends the script, not only the statement
};

// Raises a statement-terminating error: sets in->thrown and returns false. id is the complete
// FullyQualifiedErrorId (commands append ",Class" themselves: see cmd_throw).
bool throw_error(struct interp *in, const char *id, enum category category, value target, const char *format,
                 ...) __attribute__((format(printf, 5, 6)));
bool throw_memory(struct interp *in); // the budget is used up; never allocates
struct buf;
bool throw_full(struct interp *in, const struct buf *text); // why a text could not grow: its own limit, or that

bool throw_vrecord(struct interp *in, const char *id, enum category category, value target,
                   const char *format, va_list args) __attribute__((format(printf, 5, 0)));
bool throw_record(struct interp *in, value record); // an existing one; keeps it

bool error_copy(struct interp *in, const struct error_record *from, value *ret);   // not in $Error yet
void error_unplace(struct error_record *record);                                   // it gets another place
bool error_text(struct interp *in, const struct error_record *record, value *ret); // what it shows as message

// Makes a record without raising it.
bool error_new(struct interp *in, const char *id, enum category category, value target, value *ret,
               const char *format, ...) __attribute__((format(printf, 6, 7)));
bool error_vnew(struct interp *in, const char *id, enum category category, value target, value *ret,
                const char *format, va_list args) __attribute__((format(printf, 6, 0)));

#endif
