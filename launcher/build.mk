JESH_LIBS += -lseccomp -lcap-ng -lnl-3 -lm
$(O)/launcher/net.o: CFLAGS += -isystem /usr/include/libnl3

# The filters of the shipped profiles are made while jesh is built.
SHIPPED_PROFILES = $(sort $(wildcard profiles/modes/*.pssc))
$(O)/scripts/mkfilters.o: scripts/mkfilters.c
$(O)/mkfilters: $(O)/scripts/mkfilters.o $(O)/launcher/seccomp.o $(O)/launcher/compact.o $(SHARED)
	$(call step,LD)$(CC) $(OPT) -pie $(LDHARD) -o $@ $^ -lseccomp -lm
$(O)/gen/filters.inc: $(O)/mkfilters $(SHIPPED_PROFILES)
	@mkdir -p $(@D)
	$(call step,GEN)$(O)/mkfilters $(SHIPPED_PROFILES) >$@.new && mv $@.new $@
$(O)/launcher/shipped.o: $(O)/gen/filters.inc

# The same launcher with the hooks of launcher/hooks.h, for tests alone: never installed.
TEST_LAUNCHER = $(patsubst $(O)/%.o,$(O)/test/%.o,$(LAUNCHER) $(SHARED))
$(O)/test/%.o: %.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(CFLAGS_ALL) -DJESH_TEST -MMD -MP -c -o $@ $<
$(O)/test/launcher/net.o: CFLAGS += -isystem /usr/include/libnl3
$(O)/test/launcher/shipped.o: $(O)/gen/filters.inc
$(O)/test/jesh: $(TEST_LAUNCHER)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(JESH_LIBS)

# Small dynamic programs that jesh runs by descriptor, under a time limit.
all: $(O)/jesh-names
$(O)/jesh-names: $(O)/launcher/helpers/names.o
	$(call step,LD)$(CC) $(DYNAMIC) $(OPT) -o $@ $^
$(O)/asan/launcher/net.o: ASAN_CFLAGS += -isystem /usr/include/libnl3
$(O)/asan/launcher/shipped.o: $(O)/gen/filters.inc

UNIT_LAYERS_test_landlock = launcher
UNIT_LIBS_test_landlock = -lseccomp -lcap-ng -lnl-3
