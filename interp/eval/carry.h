// interp/eval/carry.h: values as bytes, from one session's interpreter to another's. jesh-full alone.
//
// Primitive types arrive as they were, lists as ArrayList, tables as tables; any other object as one without
// methods, with its properties as they stood and the names of its types behind "Deserialized.". depth: how
// many objects inside of objects keep their properties; deeper ones become their text, as with PowerShell's
// jobs (1).
#ifndef INTERP_CARRY_H
#define INTERP_CARRY_H

#include "base/wire.h"
#include "interp/value/value.h"

bool carry_out(struct interp *in, value v, unsigned depth, struct buf *out);
// False, thrown CarryMalformed: the bytes are none of those. They come from another sandbox and are not
// trusted.
bool carry_in(struct interp *in, struct wire_reader *from, value *ret);

#endif
