$(O)/tests/attack/%.o: tests/attack/%.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(O)/test/enemy: $(O)/tests/attack/enemy.o $(O)/interp/host/filter.o $(SHARED)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(INTERP_LIBS)
