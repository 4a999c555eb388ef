// mkfilters PROFILE.pssc …: writes launcher/shipped.c's table: the filters of these profiles in every tier and use.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "launcher/seccomp.h"

enum { FILTERS_MOST = 512, ROW_WORDS = 8 };

struct made {
    uint64_t rows[ROW_WORDS];
    struct buf code;
};

static struct made made[FILTERS_MOST];
static size_t made_count;

// seccomp.c asks for what is being made here.
bool filter_lookup(const struct policy *policy, enum filter_stage stage, struct filter *ret_filter)
{
    (void)policy, (void)stage, (void)ret_filter;
    return false;
}

static bool known(const uint64_t rows[ROW_WORDS])
{
    for (size_t i = 0; i < made_count; i++)
        if (!memcmp(made[i].rows, rows, sizeof(made[i].rows)))
            return true;
    return false;
}

static bool add_filter(const struct policy *policy, enum filter_stage stage, struct err *err)
{
    struct made *next = &made[made_count];
    uint64_t rows[ROW_WORDS] = {0};

    for (size_t i = 0; i < policy->filter_count[stage]; i++)
        rows[policy->filter[stage][i].row / 64] |= (uint64_t)1 << policy->filter[stage][i].row % 64;
    if (!policy->filter_count[stage] || known(rows))
        return true;
    if (made_count == FILTERS_MOST)
        return err_set(err, EXIT_SETUP, "FilterNotMade", "too many filters");
    memcpy(next->rows, rows, sizeof(rows));
    if (!filter_compile(policy, stage, &next->code, err))
        return false;
    made_count++;
    return true;
}

static bool add_policies(const struct profile *profile, struct err *err)
{
    for (int tier = TIER_FULL; tier <= TIER_INPLACE; tier++)
        for (int use = POLICY_SESSION; use <= POLICY_LOGIN; use++) {
            struct arena arena = ARENA_INIT;
            struct policy policy;
            bool ok = true;

            // A tier that the profile refuses needs no filter.
            if (policy_derive(profile, (enum tier)tier, (enum policy_use)use, &arena, &policy, NULL))
                ok = add_filter(&policy, FILTER_LAUNCHER, err) && add_filter(&policy, FILTER_INTERPRETER, err);
            arena_free(&arena);
            if (!ok)
                return false;
        }
    return true;
}

// What a site's profile for a wrapped service can ask for: such services start often, and their filters are long.
static bool add_services(const struct profile *profile, struct err *err)
{
    static const rights_t choices[] = {RIGHT_BIT(FILE_READ), RIGHT_BIT(FILE_WRITE), RIGHT_BIT(UNIX_SOCKET), RIGHT_BIT(PROCESS_LIST)};
    static const rights_t networks[] = {[NETWORK_NONE] = 0, [NETWORK_LOOPBACK] = RIGHT_BIT(LOOPBACK) | RIGHT_BIT(UDP),
                                        [NETWORK_HOST] = RIGHT_BIT(NETWORK) | RIGHT_BIT(UDP)};
    enum { CHOICES = sizeof(choices) / sizeof(choices[0]) };
    struct profile service = *profile;

    service.minimum_tier = TIER_INPLACE;
    service.has_wrap_rights = true;
    for (int network = NETWORK_NONE; network <= NETWORK_HOST; network++)
        for (unsigned chosen = 0; chosen < 1u << CHOICES; chosen++) {
            service.network = (enum network)network;
            service.wrap_rights = RIGHT_BIT(EXEC) | networks[network];
            for (int i = 0; i < CHOICES; i++)
                service.wrap_rights |= chosen & 1u << i ? choices[i] : 0;
            if (!add_policies(&service, err))
                return false;
        }
    return true;
}

static bool read_file(const char *path, struct buf *ret_bytes)
{
    FILE *file = fopen(path, "rb");
    int c;

    while (file && (c = getc(file)) != EOF)
        buf_add_char(ret_bytes, (char)c);
    if (file)
        fclose(file);
    return file && !ret_bytes->failed;
}

static bool add_profile(const char *path, struct err *err)
{
    struct buf bytes = BUF_INIT;
    struct profile *profile = NULL;
    bool ok = read_file(path, &bytes) || err_set(err, EXIT_SETUP, "FileUnread", "%s cannot be read", path);

    ok = ok && profile_load(bytes.data, bytes.size, path, &profile, err) && add_policies(profile, err) &&
         (profile->mode != MODE_FULL || add_services(profile, err));
    if (profile)
        profile_free(profile);
    buf_free(&bytes);
    return ok;
}

static void write_code(size_t index)
{
    const struct buf *code = &made[index].code;

    printf("    // %zu", index);
    for (size_t i = 0; i < code->size / 8; i++) {
        uint64_t word;

        memcpy(&word, code->data + i * 8, 8);
        printf("%s0x%016llx,", i % 6 ? "" : "\n    ", (unsigned long long)word);
    }
    printf("\n");
}

static void write_table(void)
{
    size_t at = 0;

    printf("static const struct shipped shipped[] = {\n");
    for (size_t i = 0; i < made_count; i++) {
        printf("    {{");
        for (int word = 0; word < ROW_WORDS; word++)
            printf("0x%llxULL,", (unsigned long long)made[i].rows[word]);
        printf("}, %zu, %zu},\n", at, made[i].code.size);
        at += made[i].code.size;
    }
    printf("};\nstatic const size_t shipped_count = %zu;\n", made_count);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct err err = {0};
        char text[ERR_FILE + ERR_TEXT];

        if (add_profile(argv[i], &err))
            continue;
        err_format(&err, text, sizeof(text));
        fprintf(stderr, "mkfilters: %s\n", text);
        return EXIT_FAILURE;
    }
    printf("static const uint64_t code[] = {\n");
    for (size_t i = 0; i < made_count; i++)
        write_code(i);
    printf("};\n");
    write_table();
    return ferror(stdout) || fclose(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
