// interp/eval/redirect.h: streams of a command that go to files. Weak: jesh-restricted has none.
#ifndef INTERP_REDIRECT_H
#define INTERP_REDIRECT_H

#include "interp/eval/pipeline.h"

struct redirect {
    value path, items;
    bool append;
};
struct redirects {
    size_t count;
    struct redirect files[MOST_FILES];
};

bool redirects_open(struct frame *frame, const struct element_code *element, struct redirects **ret)
    __attribute__((weak)); // NULL: none
bool redirects_put(struct interp *in, struct redirects *all, unsigned merge, value v) __attribute__((weak));
bool redirects_close(struct interp *in, struct redirects *all) __attribute__((weak)); // writes and frees them

#endif
