// interp/providers/locations.h: the objects that speak of locations: PathInfo, PathInfoStack, PSDriveInfo,
// ProviderInfo.
#ifndef INTERP_LOCATIONS_H
#define INTERP_LOCATIONS_H

#include "interp/providers/path.h"

extern const struct type type_path_info, type_path_info_stack, type_drive_info, type_provider_info;

struct path_info {
    struct object head;
    value drive, provider, path, provider_path;
};
struct drive_info {
    struct object head;
    value name, root, current, description;
    enum provider_id provider;
};
struct provider_info {
    struct object head;
    enum provider_id id;
};

bool path_info_new(struct interp *in, const struct drive *drive, enum provider_id provider, value path,
                   value provider_path, value *ret); // drive NULL: none
bool drive_info_new(struct interp *in, const struct drive *drive, value *ret);
bool provider_info_new(struct interp *in, enum provider_id id, value *ret);

#endif
