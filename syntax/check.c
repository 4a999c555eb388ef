#include "syntax/parser-internal.h"
void check_source(struct source *source, struct ast *root) { (void)source; (void)root; }
