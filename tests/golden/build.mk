.PHONY: check-golden golden-update
check-golden: $(O)/jeshctl
	tests/golden/policies $(O)/jeshctl
golden-update: $(O)/jeshctl
	tests/golden/policies $(O)/jeshctl --update

# Numbers of system calls for the tests of filters, from the C library's headers.
$(O)/gen/calls.inc:
	@mkdir -p $(@D)
	$(call step,GEN)printf '#include <sys/syscall.h>\n' | $(CC) -dM -E - | \
	  awk '$$2 ~ /^__NR_/ && $$3 ~ /^[0-9]+$$/ { sub("__NR_", "", $$2); printf "{\"%s\", %s},\n", $$2, $$3 }' | sort >$@
$(O)/asan/tests/unit/test_filter.o: $(O)/gen/calls.inc

# Every real profile and role of the corpus, held against PowerShell's answers.
.PHONY: check-profiles
check-golden: check-profiles
check-profiles: $(O)/jeshctl
	tests/golden/check-jea-corpus $(O)/jeshctl
