# The evaluator without launcher and sandbox, for tests (tests/driver/run-text.c).
DRIVER_SOURCES = $(wildcard $(patsubst %,%/*.c,$(filter-out interp/host,$(wildcard interp/*)) profiles syntax base))
$(O)/test/run-text: $(O)/tests/driver/run-text.o $(DRIVER_SOURCES:%.c=$(O)/%.o)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(LDHARD) -pie $(OPT) -o $@ $^ $(INTERP_LIBS)
# The same with sanitizers.
$(O)/asan/run-text: $(O)/asan/tests/driver/run-text.o $(DRIVER_SOURCES:%.c=$(O)/asan/%.o)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(SANITIZE) -o $@ $^ $(INTERP_LIBS)
