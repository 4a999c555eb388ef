// interp/eval/position-message.h: a place in a text, as PositionMessage shows it: where, the line, an underline.
#ifndef INTERP_POSITION_MESSAGE_H
#define INTERP_POSITION_MESSAGE_H

#include "interp/eval/invocation.h"

bool position_message(struct interp *in, const struct place *place, struct ast_text line, value *ret);

#endif
