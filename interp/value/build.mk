INTERP_LIBS += -ltommath -lpcre2-8
