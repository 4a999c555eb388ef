// base/nearest.h: "did you mean": the one of a table's names that a misspelt word is nearest to.
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

struct names {
    const char *(*at)(size_t i);
    size_t count;
};

// By value, so that it can stand among the arguments of the message that it ends.
struct hint {
    char text[80]; // "; did you mean 'NAME'?", or empty where no name is near
};

// NULL: no name is near. Letter case of ASCII is ignored; a third of the letters may be wrong.
const char *nearest_name(const char *written, size_t size, struct names names);
struct hint nearest_hint(const char *written, size_t size, struct names names);

#endif
