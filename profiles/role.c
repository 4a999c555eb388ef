#include "profiles/role.h"

#include "base/mem.h"
#include "profiles/shapes.h"

static bool check(struct role *role, struct err *err)
{
    struct loader loader;
    loader_init(&loader, role->source, role->table, err);
    return keys_check(&loader, role->table, IN_ROLE) && shapes_check(&loader, role->table, IN_ROLE) &&
           load_notes_into(&loader, &role->notes, &role->note_count);
}

bool role_check(const char *bytes, size_t size, const char *name, struct role **ret_role, struct err *err)
{
    struct role *role = mem_new(1, sizeof *role);
    if (!role)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory left for this role");
    if (!data_read(bytes, size, name, &role->source, &role->table, err) || !check(role, err)) {
        role_free(role);
        return false;
    }
    *ret_role = role;
    return true;
}

void role_free(struct role *role)
{
    if (!role)
        return;
    if (role->source)
        source_free(role->source);
    mem_free(role, sizeof *role);
}
