// syntax/safe-value.h: expressions that name a value and do nothing else, so that a file of data may hold them.
#ifndef SYNTAX_SAFE_VALUE_H
#define SYNTAX_SAFE_VALUE_H

#include <stdbool.h>

#include "syntax/ast.h"

// limited: tables have 500 keys at most, and the whole 5000 nodes.
bool safe_value(const struct ast *node, bool limited);

#endif
