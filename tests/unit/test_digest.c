#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "interp/cmdlets/digest.h"

// Of a text that is given in pieces of so many bytes.
static const char *digest_of(enum digest_kind kind, const char *text, size_t piece)
{
    static char hex[2 * DIGEST_MOST + 1];
    struct digest digest;
    uint8_t bytes[DIGEST_MOST];
    digest_start(&digest, kind);
    for (size_t at = 0, size = strlen(text); at < size; at += piece)
        digest_add(&digest, text + at, size - at < piece ? size - at : piece);
    digest_end(&digest, bytes);
    for (size_t i = 0; i < digest_size(kind); i++)
        sprintf(hex + 2 * i, "%02x", bytes[i]);
    return hex;
}

Test(digest, of_the_standards)
{
    cr_expect_str_eq(digest_of(DIGEST_MD5, "abc", 1), "900150983cd24fb0d6963f7d28e17f72");
    cr_expect_str_eq(digest_of(DIGEST_SHA1, "abc", 3), "a9993e364706816aba3e25717850c26c9cd0d89d");
    cr_expect_str_eq(digest_of(DIGEST_SHA256, "abc", 2),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cr_expect_str_eq(digest_of(DIGEST_MD5, "", 1), "d41d8cd98f00b204e9800998ecf8427e");
}

// Where the last block has no room for the length, one more follows.
Test(digest, every_length_and_piece)
{
    char text[300];
    for (enum digest_kind kind = 0; kind < DIGESTS; kind++)
        for (size_t size = 0; size < sizeof text; size++) {
            char whole[2 * DIGEST_MOST + 1];
            memset(text, 'x', size);
            text[size] = '\0';
            strcpy(whole, digest_of(kind, text, sizeof text));
            cr_expect_str_eq(digest_of(kind, text, 7), whole);
        }
}
