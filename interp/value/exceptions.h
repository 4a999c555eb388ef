// interp/value/exceptions.h: the hierarchy of exceptions, as catch and trap see it. jesh-full alone.
#ifndef INTERP_EXCEPTIONS_H
#define INTERP_EXCEPTIONS_H

#include "interp/value/error.h"
#include "interp/value/types.h"

// Gives a new record the exception that its id stands for. Weak: jesh-restricted has RuntimeException alone.
bool error_set_reason(struct interp *in, struct error_record *record) __attribute__((weak));
// The decimal overflow that was just thrown says so inside, and not that something was divided by zero.
void exception_is_overflow(struct interp *in) __attribute__((weak));

// Weak, since the properties of jesh-restricted's errors ask for them too. What an exception carries: a
// record of the same id around a ParentContainsErrorRecordException.
bool error_carried(struct interp *in, const struct error_record *record, value *ret) __attribute__((weak));
bool error_carry(struct interp *in, const struct error_record *record)
    __attribute__((weak)); // its exception knows its record from now on
bool write_error_exception(struct interp *in, struct error_record *record)
    __attribute__((weak)); // whatever its id: it comes from Write-Error
bool error_stop_exception(struct interp *in, value record, value *ret)
    __attribute__((weak)); // ActionPreferenceStopException
bool error_of_exception(struct interp *in, value exception, value *ret)
    __attribute__((weak));                                               // of one never raised
int32_t exception_result(const struct type *type) __attribute__((weak)); // HResult
bool error_make_invocation(struct interp *in, value record, value *ret)
    __attribute__((weak)); // interp/eval/error-place.c: InvocationInfo

bool exception_facts(struct interp *in,
                     struct error_record *record);                 // what the record tells of its exception
bool error_from_thrown(struct interp *in, value what, value *ret); // what `throw $what` throws
bool error_is(value record, const struct type *type);              // a catch of that type takes it
bool error_as(struct interp *in, value record, const struct type *type, value *ret); // $_ in that catch
bool error_inner(struct interp *in, value record, value *ret); // the same around what its exception is around
bool exception_is(const struct type *type);

#endif
