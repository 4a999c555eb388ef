#include "base/digest.h"

#include <string.h>

// Fractional parts: of the cube roots of the first 80 primes, of the square roots of the first 16, and of
// sines. The 32-bit family uses the upper halves of the first two.
static const uint64_t cube_roots[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
static const uint64_t square_roots[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static const struct {
    const char *name;
    uint8_t size, block; // bytes
    bool wide, little;   // words of 64 bits; the least byte first
} kinds[DIGESTS] = {
    [DIGEST_MD5] = {"MD5", 16, 64, false, true}, [DIGEST_SHA1] = {"SHA1", 20, 64},
    [DIGEST_SHA256] = {"SHA256", 32, 64},        [DIGEST_SHA384] = {"SHA384", 48, 128, true},
    [DIGEST_SHA512] = {"SHA512", 64, 128, true},
};

const char *digest_name(enum digest_kind kind)
{
    return kinds[kind].name;
}

size_t digest_size(enum digest_kind kind)
{
    return kinds[kind].size;
}

static uint32_t left32(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

static uint32_t right32(uint32_t x, unsigned by)
{
    return x >> by | x << (32 - by);
}

static uint64_t right64(uint64_t x, unsigned by)
{
    return x >> by | x << (64 - by);
}

static uint64_t read_word(const uint8_t *at, size_t size, bool little)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++)
        word = word << 8 | at[little ? size - 1 - i : i];
    return word;
}

static void write_word(uint8_t *at, size_t size, bool little, uint64_t word)
{
    for (size_t i = 0; i < size; i++)
        at[i] = (uint8_t)(word >> 8 * (little ? i : size - 1 - i));
}

// --- RFC 1321 and RFC 3174

static void md5_block(struct digest *d)
{
    static const uint8_t turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    static const uint8_t step[4] = {1, 5, 3, 7}, first[4] = {0, 1, 5, 0};
    uint32_t a = (uint32_t)d->state[0], b = (uint32_t)d->state[1], c = (uint32_t)d->state[2],
             e = (uint32_t)d->state[3];
    for (unsigned i = 0; i < 64; i++) {
        unsigned round = i / 16, word = (first[round] + step[round] * i) % 16;
        uint32_t mix = round == 0   ? (b & c) | (~b & e)
                       : round == 1 ? (b & e) | (c & ~e)
                       : round == 2 ? b ^ c ^ e
                                    : c ^ (b | ~e);
        mix += a + sines[i] + (uint32_t)read_word(d->block + 4 * word, 4, true);
        a = e, e = c, c = b;
        b += left32(mix, turns[round][i % 4]);
    }
    d->state[0] += a, d->state[1] += b, d->state[2] += c, d->state[3] += e;
}

static void sha1_block(struct digest *d)
{
    static const uint32_t added[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    uint32_t w[80], s[5];
    for (unsigned i = 0; i < 80; i++)
        w[i] = i < 16 ? (uint32_t)read_word(d->block + 4 * i, 4, false)
                      : left32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (unsigned i = 0; i < 5; i++)
        s[i] = (uint32_t)d->state[i];
    for (unsigned i = 0; i < 80; i++) {
        unsigned round = i / 20;
        uint32_t mix = round == 0   ? (s[1] & s[2]) | (~s[1] & s[3])
                       : round == 2 ? (s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3])
                                    : s[1] ^ s[2] ^ s[3];
        mix += left32(s[0], 5) + s[4] + added[round] + w[i];
        memmove(s + 1, s, 4 * sizeof *s);
        s[0] = mix, s[2] = left32(s[2], 30);
    }
    for (unsigned i = 0; i < 5; i++)
        d->state[i] += s[i];
}

// --- FIPS 180-4: the same rounds in words of 32 and of 64 bits

static void sha256_block(struct digest *d)
{
    uint32_t w[64], s[8];
    for (unsigned i = 0; i < 64; i++)
        w[i] = i < 16 ? (uint32_t)read_word(d->block + 4 * i, 4, false)
                      : w[i - 16] + w[i - 7] +
                            (right32(w[i - 15], 7) ^ right32(w[i - 15], 18) ^ w[i - 15] >> 3) +
                            (right32(w[i - 2], 17) ^ right32(w[i - 2], 19) ^ w[i - 2] >> 10);
    for (unsigned i = 0; i < 8; i++)
        s[i] = (uint32_t)d->state[i];
    for (unsigned i = 0; i < 64; i++) {
        uint32_t one = s[7] + (right32(s[4], 6) ^ right32(s[4], 11) ^ right32(s[4], 25)) +
                       ((s[4] & s[5]) ^ (~s[4] & s[6])) + (uint32_t)(cube_roots[i] >> 32) + w[i];
        uint32_t two = (right32(s[0], 2) ^ right32(s[0], 13) ^ right32(s[0], 22)) +
                       ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one, s[0] = one + two;
    }
    for (unsigned i = 0; i < 8; i++)
        d->state[i] += s[i];
}

static void sha512_block(struct digest *d)
{
    uint64_t w[80], s[8];
    for (unsigned i = 0; i < 80; i++)
        w[i] = i < 16
                   ? read_word(d->block + 8 * i, 8, false)
                   : w[i - 16] + w[i - 7] + (right64(w[i - 15], 1) ^ right64(w[i - 15], 8) ^ w[i - 15] >> 7) +
                         (right64(w[i - 2], 19) ^ right64(w[i - 2], 61) ^ w[i - 2] >> 6);
    memcpy(s, d->state, sizeof s);
    for (unsigned i = 0; i < 80; i++) {
        uint64_t one = s[7] + (right64(s[4], 14) ^ right64(s[4], 18) ^ right64(s[4], 41)) +
                       ((s[4] & s[5]) ^ (~s[4] & s[6])) + cube_roots[i] + w[i];
        uint64_t two = (right64(s[0], 28) ^ right64(s[0], 34) ^ right64(s[0], 39)) +
                       ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one, s[0] = one + two;
    }
    for (unsigned i = 0; i < 8; i++)
        d->state[i] += s[i];
}

static void block(struct digest *d)
{
    if (d->kind == DIGEST_MD5)
        md5_block(d);
    else if (d->kind == DIGEST_SHA1)
        sha1_block(d);
    else if (d->kind == DIGEST_SHA256)
        sha256_block(d);
    else
        sha512_block(d);
    d->used = 0;
}

void digest_start(struct digest *d, enum digest_kind kind)
{
    static const uint32_t small[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    *d = (struct digest){.kind = kind};
    for (unsigned i = 0; i < 8; i++)
        d->state[i] = kind == DIGEST_SHA384   ? square_roots[i + 8]
                      : kind == DIGEST_SHA512 ? square_roots[i]
                      : kind == DIGEST_SHA256 ? square_roots[i] >> 32
                      : i < 5                 ? small[i]
                                              : 0;
}

void digest_add(struct digest *d, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    d->total += size;
    while (size) {
        size_t room = kinds[d->kind].block - d->used, part = size < room ? size : room;
        memcpy(d->block + d->used, at, part);
        d->used += part, at += part, size -= part;
        if (d->used == kinds[d->kind].block)
            block(d);
    }
}

// The end is marked by one bit, zeros, and the number of bits before it.
void digest_end(struct digest *d, uint8_t *ret)
{
    bool wide = kinds[d->kind].wide, little = kinds[d->kind].little;
    size_t whole = kinds[d->kind].block, length = wide ? 16 : 8, word = wide ? 8 : 4;
    uint64_t bits = d->total * 8;
    d->block[d->used++] = 0x80;
    memset(d->block + d->used, 0, whole - d->used);
    if (d->used > whole - length) {
        block(d);
        memset(d->block, 0, whole);
    }
    write_word(d->block + whole - 8, 8, little, bits);
    block(d);
    for (size_t i = 0; i < kinds[d->kind].size / word; i++)
        write_word(ret + i * word, word, little, d->state[i]);
}
