// interp/host/editor.h: asks for one line on the session's terminal.
#ifndef INTERP_HOST_EDITOR_H
#define INTERP_HOST_EDITOR_H

#include "base/buf.h"
#include "interp/host/wire-host.h"

enum edit_flag {
    EDIT_PROGRAM = 1, // a statement: history, completion, more lines while it is incomplete
    EDIT_SECRET = 2,  // nothing typed is shown
};

enum edit_result { EDIT_LINE, EDIT_ABANDONED, EDIT_ENDED };

enum edit_result editor_read(struct wire_host *wh, const char *prompt, unsigned flags, struct buf *ret_line);

// True where the parser says that more input could make the text valid.
bool editor_incomplete(const char *text, size_t size);

#endif
