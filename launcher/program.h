// launcher/program.h: what kind of file a program is, so that "not found" can name what is missing.
#ifndef LAUNCHER_PROGRAM_H
#define LAUNCHER_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

// The file that the kernel will load besides this one: an ELF program's loader or a script's interpreter; "" where there
// is none. `bytes` is the beginning of the program. False: the beginning is neither, or damaged.
bool program_loader(const void *bytes, size_t size, char *ret_path, size_t path_size);

#endif
