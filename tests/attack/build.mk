$(O)/tests/attack/%.o: tests/attack/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(O)/test/enemy: $(O)/tests/attack/enemy.o $(O)/interp/host/filter.o $(SHARED)
	@mkdir -p $(@D)
	$(CC) $(STATIC) $(OPT) -o $@ $^ $(INTERP_LIBS)
