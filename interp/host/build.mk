# Static libraries that the interpreter may use; what is not referenced is not linked.
INTERP_LIBS = -lmbedcrypto -lpcre2-8 -ltommath -lutf8proc -lm
