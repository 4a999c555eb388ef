// interp/cmdlets/digest.h: digests of bytes: MD5 (RFC 1321), SHA-1 (RFC 3174), SHA-2 (FIPS 180-4). To tell
// whether files are the same; nothing here is kept secret.
#ifndef INTERP_DIGEST_H
#define INTERP_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

enum digest_kind { DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512, DIGEST_MD5, DIGESTS };
enum { DIGEST_MOST = 64 };

struct digest {
    enum digest_kind kind;
    union {
        mbedtls_md5_context md5;
        mbedtls_sha1_context sha1;
        mbedtls_sha256_context sha256;
        mbedtls_sha512_context sha512; // SHA-384 too
    };
};

const char *digest_name(enum digest_kind kind); // "SHA256"
size_t digest_size(enum digest_kind kind);      // bytes, at most DIGEST_MOST
void digest_start(struct digest *digest, enum digest_kind kind);
void digest_add(struct digest *digest, const void *bytes, size_t size);
void digest_end(struct digest *digest, uint8_t *ret); // digest_size(kind) bytes

#endif
