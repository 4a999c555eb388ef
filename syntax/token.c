#include "syntax/token.h"

static const struct {
    char text[16];
    unsigned flags;
} tokens[] = {
#define TOKEN(kind, text, flags) {text, flags},
#include "syntax/token.def"
#undef TOKEN
};

const char *token_text(enum token_kind kind)
{
    return tokens[kind].text;
}

unsigned token_flags(enum token_kind kind)
{
    return tokens[kind].flags;
}
