// interp/providers/file-methods.h: what [IO.File] and [IO.Directory] do, for the objects of what they name
// too. They refuse what the session's rights leave out. jesh-full alone.
#ifndef INTERP_FILE_METHODS_H
#define INTERP_FILE_METHODS_H

#include "interp/providers/files.h"
#include "interp/value/method.h"

// The first argument is the path; the others follow as the static methods have them.
method_function file_delete, file_copy, file_move;
method_function folder_create, folder_delete, folder_move;
method_function folder_files, folder_folders, folder_entries; // string[]

bool file_throw(struct interp *in, int errnum, const char *path, bool folder); // always false

#endif
