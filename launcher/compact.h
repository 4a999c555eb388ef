// launcher/compact.h: the same filter in fewer instructions, for loading one costs the kernel time for each.
//
// libseccomp compares every number of a call by itself and both halves of every argument. Here neighbours with the
// same answer become one range of a balanced tree, halves whose mask is empty are not looked at, and what is said
// twice is said once. Nothing is decided here: each number leads to where libseccomp's program leads it.
#ifndef LAUNCHER_COMPACT_H
#define LAUNCHER_COMPACT_H

#include <stdbool.h>

#include "base/buf.h"

// `bpf` holds struct sock_filter. A program that is not as libseccomp 2.5 writes them stays as it is. False: no memory.
bool filter_compact(struct buf *bpf);

#endif
