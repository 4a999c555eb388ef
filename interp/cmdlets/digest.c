#include "interp/cmdlets/digest.h"

static const struct {
    const char *name;
    size_t size;
} kinds[DIGESTS] = {[DIGEST_SHA1] = {"SHA1", 20},
                    [DIGEST_SHA256] = {"SHA256", 32},
                    [DIGEST_SHA384] = {"SHA384", 48},
                    [DIGEST_SHA512] = {"SHA512", 64},
                    [DIGEST_MD5] = {"MD5", 16}};

const char *digest_name(enum digest_kind kind)
{
    return kinds[kind].name;
}

size_t digest_size(enum digest_kind kind)
{
    return kinds[kind].size;
}

// What the library returns tells of hardware that takes the work over, which is not among what is linked.
void digest_start(struct digest *d, enum digest_kind kind)
{
    *d = (struct digest){.kind = kind};
    switch (kind) {
    case DIGEST_MD5:
        mbedtls_md5_init(&d->md5);
        mbedtls_md5_starts_ret(&d->md5);
        break;
    case DIGEST_SHA1:
        mbedtls_sha1_init(&d->sha1);
        mbedtls_sha1_starts_ret(&d->sha1);
        break;
    case DIGEST_SHA256:
        mbedtls_sha256_init(&d->sha256);
        mbedtls_sha256_starts_ret(&d->sha256, false);
        break;
    default:
        mbedtls_sha512_init(&d->sha512);
        mbedtls_sha512_starts_ret(&d->sha512, kind == DIGEST_SHA384);
    }
}

void digest_add(struct digest *d, const void *bytes, size_t size)
{
    switch (d->kind) {
    case DIGEST_MD5:
        mbedtls_md5_update_ret(&d->md5, bytes, size);
        break;
    case DIGEST_SHA1:
        mbedtls_sha1_update_ret(&d->sha1, bytes, size);
        break;
    case DIGEST_SHA256:
        mbedtls_sha256_update_ret(&d->sha256, bytes, size);
        break;
    default:
        mbedtls_sha512_update_ret(&d->sha512, bytes, size);
    }
}

void digest_end(struct digest *d, uint8_t *ret)
{
    switch (d->kind) {
    case DIGEST_MD5:
        mbedtls_md5_finish_ret(&d->md5, ret);
        break;
    case DIGEST_SHA1:
        mbedtls_sha1_finish_ret(&d->sha1, ret);
        break;
    case DIGEST_SHA256:
        mbedtls_sha256_finish_ret(&d->sha256, ret);
        break;
    default:
        mbedtls_sha512_finish_ret(&d->sha512, ret);
    }
}
