// Texts of NoLanguage and RestrictedLanguage, run: the first byte chooses the mode. Limits are small; the commands are
// those that touch nothing outside. Whatever happens ends with a status, and nothing is left behind.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const names[] = {"Format-List", "Format-Table", "Get-Unique", "Group-Object", "Join-Path", "Measure-Object", "Out-Default",
                                    "Out-String", "Select-Object", "Sort-Object", "Split-Path", "Where-Object", "ForEach-Object",
                                    "Write-Error", "Write-Output", "Write-Verbose", "Write-Warning", "Compare-Object"};

#define CMDLET(id, name, rights, class_name, flags) extern const struct cmdlet cmdlet_##id;
#include "profiles/cmdlets.def"
#undef CMDLET

static const struct cmdlet *const cmdlets[CMDLETS] = {
#define CMDLET(id, name, rights, class_name, flags) [CMDLET_##id] = &cmdlet_##id,
#include "profiles/cmdlets.def"
#undef CMDLET
};
static const struct provider *const providers[PROVIDERS];

static bool write_host(void *context, int fd, const char *text, size_t size)
{
    return (void)context, (void)fd, (void)text, (void)size, true;
}

static bool report(void *context, struct interp *in, enum stream stream, value record)
{
    return (void)context, (void)in, (void)stream, (void)record, true;
}

static unsigned width(void *context) { return (void)context, 80; }

static const struct host host = {.write = write_host, .report = report, .width = width, .height = width};

static void run(struct session *session, const char *text, size_t size)
{
    struct interp in;
    struct err err;
    if (!interp_start(&in, session, &host, cmdlets, providers, &err))
        abort();
    interp_run_text(&in, text, size, NULL, 0);
    interp_end(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct visible_command commands[sizeof names / sizeof *names];
    struct session session = {.home = "/", .commands = commands, .limits = {
        [LIMIT_ITEMS] = 10000, [LIMIT_STRING] = 100000, [LIMIT_PATTERN] = 10000, [LIMIT_CALL_DEPTH] = 100,
        [LIMIT_PIPELINE] = 16, [LIMIT_INPUT] = 65536}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct cmdlet_row *row = cmdlet_find(names[i], strlen(names[i]));
        if (row)
            commands[session.command_count++] = (struct visible_command){.name = row->name, .id = cmdlet_id_of(row), .visible = true};
    }
    if (!size)
        return 0;
    session.mode = *bytes & 1 ? MODE_NONE : MODE_RESTRICTED;
    size_t before = mem_used();
    mem_set_budget(before + (64u << 20));
    run(&session, (const char *)bytes + 1, size - 1);
    mem_set_budget(0);
    if (mem_used() != before)
        abort();
    return 0;
}
