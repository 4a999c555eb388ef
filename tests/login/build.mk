# As the machine is, and once more as in a default container, where every session is held in place.
.PHONY: check-login
check-login: all $(O)/test/dockerlike
	@BUILD=$(abspath $(O)) python3 tests/login/login-test.py
	@BUILD=$(abspath $(O)) python3 tests/login/pty-test.py
	@BUILD=$(abspath $(O)) UNDER=$(abspath $(O))/test/dockerlike python3 tests/login/login-test.py
	@BUILD=$(abspath $(O)) UNDER=$(abspath $(O))/test/dockerlike python3 tests/login/pty-test.py
