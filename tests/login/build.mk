$(O)/test/liar: $(O)/tests/login/liar.o $(O)/interp/host/filter.o $(SHARED)
	@mkdir -p $(@D)
	$(call step,LD)$(CC) $(STATIC) $(OPT) -o $@ $^ $(INTERP_LIBS)

# As the machine is, and once more as in a default container, where every session is held in place.
.PHONY: check-login
check-login: all $(addprefix $(O)/test/,jesh liar dockerlike)
	@BUILD=$(abspath $(O)) python3 tests/login/login-test.py
	@BUILD=$(abspath $(O)) python3 tests/login/pty-test.py
	@BUILD=$(abspath $(O)) UNDER=$(abspath $(O))/test/dockerlike python3 tests/login/login-test.py
	@BUILD=$(abspath $(O)) UNDER=$(abspath $(O))/test/dockerlike python3 tests/login/pty-test.py
