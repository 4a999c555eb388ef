# make          build everything into build/
# make demo     install what is missing, build, and show the main job
# make check    install what is missing, build, and pass every test
# make check-all  and the tests that take longer
# make install DESTDIR= PREFIX=/usr
# make clean
# V=1 shows the commands
O ?= build
CC ?= gcc
PREFIX ?= /usr
DESTDIR ?=
LIBEXECDIR ?= $(PREFIX)/libexec/jesh

WARN = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wno-missing-field-initializers
HARDEN = -fPIE -fstack-protector-strong -fcf-protection -D_FORTIFY_SOURCE=2 -fno-strict-aliasing -fno-plt \
         -ffunction-sections -fdata-sections
# Values are written in halves: merging them into vectors costs more than it gives (value_copy).
OPT ?= -O2 -g -fno-tree-slp-vectorize
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -I. -I$(O)/gen $(WARN) $(HARDEN) $(OPT) -DJESH_LIBEXECDIR='"$(LIBEXECDIR)"' $(CFLAGS)
LDHARD = -Wl,-z,relro,-z,now,-z,noexecstack
# What is not used is left out, and pointers in tables are packed: start-up is page faults.
STATIC = -static-pie $(LDHARD) -Wl,--gc-sections -Wl,-z,pack-relative-relocs
DYNAMIC = -pie $(LDHARD)

# One short line a file; `make V=1` shows the commands.
step = $(if $(filter 1,$(V)),,@printf '  %-3s %s\n' $(1) $(patsubst %.o,%.c,$(@:$(O)/%=%)) && )
# Under a `make -j` of the user's own its number of jobs holds.
jobs = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$$(nproc))
run = $(if $(filter 1,$(V)),,@)

lib_of = $(patsubst %.c,$(O)/%.o,$(wildcard $(addsuffix /*.c,$(1))))

BASE = $(call lib_of,base)
SYNTAX = $(call lib_of,syntax)
PROFILES = $(call lib_of,profiles)
SHARED = $(PROFILES) $(SYNTAX) $(BASE)
LAUNCHER = $(call lib_of,launcher)
CTL = $(call lib_of,ctl)
INTERP = $(call lib_of,interp/value interp/eval interp/format interp/providers interp/cmdlets interp/host)
# What NoLanguage and RestrictedLanguage never need is not in their program at all.
FULL_ONLY = $(patsubst %.c,$(O)/%.o,$(shell cat interp/full-only 2>/dev/null))

# Where the programs of a session begin: base/start.S. Other processors begin at the C library's own place.
ifeq ($(firstword $(subst -, ,$(shell $(CC) -dumpmachine))),x86_64)
START = $(O)/base/start.o -Wl,-e,jesh_start
$(O)/jesh $(O)/jesh-full $(O)/jesh-restricted: $(O)/base/start.o
endif

PROGRAMS = $(O)/jesh $(O)/jeshctl $(O)/jesh-restricted $(O)/jesh-full

.PHONY: all demo check check-all install clean deps
all: $(PROGRAMS)

include $(wildcard */build.mk interp/*/build.mk tests/*/build.mk)

$(O)/jesh: $(LAUNCHER) $(SHARED)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $(filter-out %/start.o,$^) $(START) $(JESH_LIBS)
$(O)/jeshctl: $(CTL) $(SHARED)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(CTL_LIBS)
$(O)/base/start.o: base/start.S
	@mkdir -p $(@D)
	$(call step,CC)$(CC) -c -o $@ $<
$(O)/jesh-restricted: $(filter-out $(FULL_ONLY) $(O)/interp/host/main-full.o,$(INTERP)) $(SHARED)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $(filter-out %/start.o,$^) $(START) $(INTERP_LIBS)
$(O)/jesh-full: $(filter-out $(O)/interp/host/main-restricted.o,$(INTERP)) $(SHARED)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $(filter-out %/start.o,$^) $(START) $(INTERP_LIBS)

$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(call step,CC)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# Where the interpreters are is part of jesh: it is made anew where that changes.
.PHONY: FORCE
$(O)/gen/libexecdir: FORCE
	@mkdir -p $(@D)
	@echo '$(LIBEXECDIR)' | cmp -s - $@ || echo '$(LIBEXECDIR)' >$@
$(O)/launcher/libexec.o: $(O)/gen/libexecdir

-include $(shell find $(O) -name '*.d' 2>/dev/null)

# What `make check` runs, in this order; `make check-all` adds what takes longer.
CHECKS = check-layers check-size check-scripts check-unit check-syntax check-profiles check-golden check-launcher check-login \
	check-conformance check-conformance-sandbox check-limits check-rights check-escape check-lines check-attack \
	check-fault check-fuzz check-seeds
.PHONY: check-layers check-size check-build
check-layers:
	@scripts/check-layers
check-size:
	@scripts/check-size
check: deps
	+@$(MAKE) --no-print-directory $(jobs) all $(O)/test/jesh
	@O=$(O) scripts/check $(CHECKS)
check-all: deps
	+@$(MAKE) --no-print-directory $(jobs) all $(O)/test/jesh
	@O=$(O) scripts/check $(CHECKS) check-sanitized check-escape-layers check-clang
demo: deps
	+@$(MAKE) --no-print-directory $(jobs) all
	@O=$(O) scripts/demo
# The other compiler, with the same warnings.
.PHONY: check-clang
check-clang:
	+@$(MAKE) --no-print-directory $(jobs) O=$(O)/clang CC=clang all

deps:
	@scripts/deps
install: all
	$(run)install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(LIBEXECDIR) $(DESTDIR)/etc/jesh/endpoints $(DESTDIR)/etc/jesh/roles \
		$(DESTDIR)$(PREFIX)/share/jesh/profiles $(DESTDIR)$(PREFIX)/share/doc/jesh \
		$(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	$(run)install -m 755 $(O)/jesh $(O)/jeshctl $(DESTDIR)$(PREFIX)/bin/
	$(run)install -m 755 $(O)/jesh-restricted $(O)/jesh-full $(O)/jesh-names $(DESTDIR)$(LIBEXECDIR)/
	$(run)install -m 644 profiles/modes/*.pssc $(DESTDIR)$(PREFIX)/share/jesh/profiles/
	$(run)install -m 644 docs/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	$(run)install -m 644 docs/man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5/
	$(run)install -m 644 README.md LICENSE CHANGELOG.md docs/*.md $(DESTDIR)$(PREFIX)/share/doc/jesh/
clean:
	rm -rf $(O)
