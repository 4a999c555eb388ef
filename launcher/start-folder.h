// launcher/start-folder.h: where a session starts.
//
// Where the caller stands (in a login: the home; -WorkingDirectory chooses another), if the session's view
// has that folder. With View 'Paths' it has what is in or below one of the paths of Linux.Mounts; elsewhere
// the session starts in the first of these that is a folder, or in / where none is. With View 'Caller' what
// the view hides becomes /, inside.
#ifndef LAUNCHER_START_FOLDER_H
#define LAUNCHER_START_FOLDER_H

#include <stddef.h>

#include "profiles/profile.h"

// `directory` is absolute and is replaced where the view does not have it; `home` is what a leading ~ stands
// for.
void start_folder(const struct profile *profile, const char *home, char *directory, size_t size);

#endif
