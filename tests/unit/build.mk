# Unit tests: each tests/unit/test_X.c is a program of its own, with the sources under test rebuilt with sanitizers.
# A test takes from the archives what it uses. UNIT_LAYERS_test_X: its layers besides base, syntax and profiles
# (launcher, ctl, interp); UNIT_LIBS_test_X: further libraries.
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ASAN_CFLAGS = -std=c17 -D_GNU_SOURCE -DJESH_TEST -I. -I$(O)/gen $(WARN) -O1 -g $(SANITIZE) \
	-DJESH_LIBEXECDIR='"$(LIBEXECDIR)"'
asan_of = $(patsubst %.c,$(O)/asan/%.o,$(filter-out %/main.c %/main-full.c %/main-restricted.c,$(wildcard $(addsuffix /*.c,$(1)))))

$(O)/asan/%.o: %.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(ASAN_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(O)/asan/shared.a: $(call asan_of,base syntax profiles)
$(O)/asan/launcher.a: $(call asan_of,launcher)
$(O)/asan/ctl.a: $(call asan_of,ctl)
$(O)/asan/interp.a: $(call asan_of,$(wildcard interp/*))
$(O)/asan/%.a:
	$(call step,AR)rm -f $@ && $(AR) rcs $@ $^

UNIT_TESTS = $(patsubst tests/unit/%.c,$(O)/unit/%,$(wildcard tests/unit/test_*.c))
.SECONDARY: $(UNIT_TESTS) $(UNIT_TESTS:$(O)/unit/%=$(O)/asan/tests/unit/%.o)
.SECONDEXPANSION:
$(O)/unit/%: $(O)/asan/tests/unit/%.o $$(addprefix $(O)/asan/,$$(addsuffix .a,$$(UNIT_LAYERS_$$*))) $(O)/asan/shared.a
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(SANITIZE) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group -lcriterion $(UNIT_LIBS_$*) -lm

# A leak found inside of a test's process changes no exit status, so its report is looked for.
.PHONY: check-unit
check-unit: $(UNIT_TESTS:=.passed)
$(O)/unit/%.passed: $(O)/unit/%
	@rm -f $<.asan.*
	@ASAN_OPTIONS=log_path=$<.asan UBSAN_OPTIONS=print_stacktrace=1 $< >$<.log 2>&1 || { cat $<.log; exit 1; }
	@if ls $<.asan.* >/dev/null 2>&1; then cat $<.asan.*; exit 1; fi
	@sed -n 's/.*Synthesis: /$*: /p' $<.log

UNIT_LAYERS_test_filter = launcher
UNIT_LIBS_test_filter = -lseccomp -lcap-ng -lnl-3
UNIT_LAYERS_test_broker = launcher
UNIT_LAYERS_test_owners = launcher
UNIT_LAYERS_test_line = interp
UNIT_LAYERS_test_format_text = interp
UNIT_LIBS_test_format_text = -lutf8proc $(INTERP_LIBS)
UNIT_LAYERS_test_number_format = interp
UNIT_LIBS_test_number_format = -lutf8proc $(INTERP_LIBS)
UNIT_LIBS_test_line = -lutf8proc
UNIT_LAYERS_test_options = launcher
UNIT_LAYERS_test_screen = launcher

UNIT_LAYERS_test_value = interp
UNIT_LIBS_test_value = $(INTERP_LIBS)
UNIT_LAYERS_test_bind = interp
UNIT_LIBS_test_bind = $(INTERP_LIBS)
UNIT_LAYERS_test_digest = interp
UNIT_LIBS_test_digest = $(INTERP_LIBS)
UNIT_LAYERS_test_csv = interp
UNIT_LAYERS_test_method = interp
UNIT_LIBS_test_method = $(INTERP_LIBS)
UNIT_LIBS_test_csv = $(INTERP_LIBS)
UNIT_LAYERS_test_timezone = launcher
UNIT_LIBS_test_timezone = -lseccomp -lcap-ng -lnl-3
UNIT_LAYERS_test_regex = interp
UNIT_LIBS_test_regex = $(INTERP_LIBS)
UNIT_LAYERS_test_seeded = interp
UNIT_LIBS_test_seeded = $(INTERP_LIBS)
