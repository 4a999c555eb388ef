// syntax/name-set.h: which names were seen already, ignoring case as PowerShell does.
#ifndef SYNTAX_NAME_SET_H
#define SYNTAX_NAME_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "syntax/ast.h"

struct name_set {
    struct ast_text *slots; // open addressing; the texts are borrowed
    uint32_t count, capacity;
};

// False: the name is there already. Without memory every name is new.
bool name_set_add(struct name_set *set, struct ast_text name);
bool name_set_has(const struct name_set *set, struct ast_text name);
void name_set_free(struct name_set *set);

bool same_name(struct ast_text name, const char *other);

#endif
