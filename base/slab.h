// base/slab.h: blocks of up to SLAB_MOST bytes, of classes of 16 bytes, for mem.c alone. What is given back
// is taken again first; nothing of it goes back to the system.
#ifndef BASE_SLAB_H
#define BASE_SLAB_H

#include <stddef.h>

enum { SLAB_STEP = 16, SLAB_MOST = 256 };

void *slab_take(size_t bytes);             // 1 … SLAB_MOST, not zeroed; NULL: the system has no more
void slab_give(void *block, size_t bytes); // as many bytes as were asked for

#endif
