.PHONY: check-login
check-login: all
	@BUILD=$(abspath $(O)) python3 tests/login/login-test.py
	@BUILD=$(abspath $(O)) python3 tests/login/pty-test.py
