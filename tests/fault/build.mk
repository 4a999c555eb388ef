.PHONY: check-fault
check-fault: $(addprefix $(O)/test/,jesh probe dockerlike) $(O)/jesh-full
	BUILD=$(abspath $(O)) python3 tests/fault/run.py
