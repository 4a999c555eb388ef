$(O)/tests/attack/%.o: tests/attack/%.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(O)/test/enemy: $(O)/tests/attack/enemy.o $(O)/interp/host/filter.o $(SHARED)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(INTERP_LIBS)
$(O)/test/neighbour: $(O)/tests/attack/neighbour.o
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^

# Attacks on the broker from the interpreter's place, on the launcher by whoever starts it, on profile files, and by
# native code on its neighbours, each with what shows that it can succeed.
.PHONY: check-attack
check-attack: all $(addprefix $(O)/test/,jesh enemy neighbour dockerlike)
	@BUILD=$(abspath $(O)) python3 tests/attack/run.py
