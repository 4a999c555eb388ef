# The evaluator without launcher and sandbox, for tests (tests/driver/run-text.c).
$(O)/test/run-text: $(O)/tests/driver/run-text.o $(filter-out $(O)/interp/host/%,$(INTERP)) $(SHARED)
	@mkdir -p $(@D)
	$(CC) $(LDHARD) -pie $(OPT) -o $@ $^ $(INTERP_LIBS)
# The same with sanitizers.
$(O)/asan/run-text: $(O)/asan/tests/driver/run-text.o $(call asan_of,$(filter-out interp/host,$(wildcard interp/*)) profiles syntax base)
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ $(INTERP_LIBS)
