// ctl/json.h: JSON text, appended to a buffer.
#ifndef CTL_JSON_H
#define CTL_JSON_H

#include "base/buf.h"

void json_add_text(struct buf *out, const char *text);                    // "text", or null for NULL
void json_add_member(struct buf *out, const char *name, const char *text); // "name":"text",
void json_add_number(struct buf *out, const char *name, long long number); // "name":number,
void json_add_flag(struct buf *out, const char *name, bool flag);          // "name":true,
void json_end(struct buf *out, char bracket);                              // drops a trailing comma, adds the bracket

#endif
