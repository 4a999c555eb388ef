# Fuzzers: tests/fuzz/fuzz_X.c with corpus/X/, built by clang with the sources under test instrumented.
# FUZZ_LAYERS_fuzz_X: layers besides base, syntax and profiles (launcher, interp); FUZZ_LIBS_fuzz_X: libraries.
# check-fuzz replays every corpus; `build/fuzz/fuzz_X tests/fuzz/corpus/X` searches for more.
FUZZ_CC ?= clang
FUZZ_CFLAGS = -std=c17 -D_GNU_SOURCE -DJESH_TEST -I. -I$(O)/gen -O1 -g -fno-omit-frame-pointer \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -DJESH_LIBEXECDIR='"$(LIBEXECDIR)"'
fuzz_of = $(patsubst %.c,$(O)/fuzzed/%.o,$(filter-out %/main.c %/main-full.c %/main-restricted.c,$(wildcard $(addsuffix /*.c,$(1)))))

$(O)/fuzzed/%.o: %.c
	@mkdir -p $(@D)
	$(call step,CC)$(FUZZ_CC) $(FUZZ_CFLAGS) -MMD -MP -c -o $@ $<
$(O)/fuzzed/launcher/net.o: FUZZ_CFLAGS += -isystem /usr/include/libnl3
$(O)/fuzzed/launcher/shipped.o: $(O)/gen/filters.inc

$(O)/fuzzed/shared.a: $(call fuzz_of,base syntax profiles)
$(O)/fuzzed/launcher.a: $(call fuzz_of,launcher)
$(O)/fuzzed/interp.a: $(call fuzz_of,$(wildcard interp/*))
$(O)/fuzzed/%.a:
	$(call step,AR)rm -f $@ && $(AR) rcs $@ $^

.SECONDARY: $(patsubst tests/fuzz/%.c,$(O)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
.SECONDEXPANSION:
FUZZERS = $(patsubst tests/fuzz/%.c,$(O)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(O)/fuzz/%: $(O)/fuzzed/tests/fuzz/%.o $$(addprefix $(O)/fuzzed/,$$(addsuffix .a,$$(FUZZ_LAYERS_$$*))) $(O)/fuzzed/shared.a
	@mkdir -p $(@D)
	$(call step,LD)$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $< -Wl,--start-group $(FUZZ_WHOLE_$*) $(filter %.a,$^) -Wl,--no-whole-archive -Wl,--end-group $(FUZZ_LIBS_$*) -lm

.PHONY: check-fuzz
check-fuzz: $(FUZZERS:=.replayed)
$(O)/fuzz/fuzz_%.replayed: $(O)/fuzz/fuzz_% $$(wildcard tests/fuzz/corpus/$$*/*)
	@$< -runs=0 tests/fuzz/corpus/$* >$<.log 2>&1 || { cat $<.log; exit 1; }
	@echo "replayed: $* ($$(ls tests/fuzz/corpus/$* | wc -l) inputs)" && touch $@

FUZZ_LAYERS_fuzz_wire = launcher

# What others refer to weakly is pulled out of an archive only as a whole.
FUZZ_WHOLE_fuzz_eval = -Wl,--whole-archive
FUZZ_LAYERS_fuzz_eval = interp
FUZZ_LIBS_fuzz_eval = $(INTERP_LIBS)
FUZZ_LAYERS_fuzz_csv = interp
FUZZ_LIBS_fuzz_csv = $(INTERP_LIBS)
FUZZ_LAYERS_fuzz_json = interp
FUZZ_LIBS_fuzz_json = $(INTERP_LIBS)
FUZZ_LAYERS_fuzz_regex = interp
FUZZ_LIBS_fuzz_regex = $(INTERP_LIBS)
FUZZ_LAYERS_fuzz_format = interp
FUZZ_LIBS_fuzz_format = $(INTERP_LIBS)
FUZZ_LAYERS_fuzz_number = interp
FUZZ_LIBS_fuzz_number = $(INTERP_LIBS)
FUZZ_LIBS_fuzz_format = $(INTERP_LIBS)
