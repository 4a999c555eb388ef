.PHONY: check-launcher
$(O)/test/inside: tests/launcher/inside.c
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(CFLAGS_ALL) -static -no-pie -fno-pie -o $@ $<
check-launcher: $(O)/jesh $(O)/test/jesh $(O)/test/inside $(O)/test/dockerlike
	BUILD=$(abspath $(O)) python3 tests/launcher/run.py
