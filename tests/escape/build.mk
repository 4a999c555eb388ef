# The probe links the interpreter's own object file for filter 2: what holds the probe is what holds the interpreter.
ESCAPE_COMMON = $(patsubst %,$(O)/tests/escape/%.o,verdict call tables \
    $(basename $(notdir $(wildcard tests/escape/attempts-*.c))))
$(O)/tests/escape/%.o: tests/escape/%.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(O)/test/probe: $(O)/tests/escape/probe.o $(ESCAPE_COMMON) $(O)/interp/host/filter.o $(SHARED)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(INTERP_LIBS)
$(O)/test/control: $(O)/tests/escape/control.o $(ESCAPE_COMMON)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^
# The same without a filter of its own, to see what the other layers hold.
$(O)/tests/escape/probe-bare.o: tests/escape/probe.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(CFLAGS_ALL) -DPROBE_BARE -MMD -MP -c -o $@ $<
$(O)/test/probe-bare: $(O)/tests/escape/probe-bare.o $(ESCAPE_COMMON) $(O)/interp/host/filter.o $(SHARED)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(INTERP_LIBS)
$(O)/test/dockerlike: tests/support/dockerlike.c
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(CFLAGS_ALL) $(STATIC) -o $@ $<

.PHONY: check-escape check-escape-layers
ESCAPE_PROGRAMS = $(addprefix $(O)/test/,jesh probe probe-bare control dockerlike) $(O)/jeshctl
check-escape: $(ESCAPE_PROGRAMS)
	BUILD=$(abspath $(O)) python3 tests/escape/run.py
check-escape-layers: $(ESCAPE_PROGRAMS)
	BUILD=$(abspath $(O)) python3 tests/escape/run.py --layers

.PHONY: check-lines
check-lines: all
	BUILD=$(abspath $(O)) python3 tests/escape/lines.py
	BUILD=$(abspath $(O)) python3 tests/escape/constrained.py
	BUILD=$(abspath $(O)) python3 tests/escape/jobs.py
