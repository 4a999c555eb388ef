# As the machine is, and once more as in a default container, where every session is held in place.
.PHONY: check-seeds
check-seeds: all $(O)/test/dockerlike
	scripts/check-seeds
	BUILD=$(abspath $(O)) python3 tests/seeds/run.py
	BUILD=$(abspath $(O)) UNDER=$(abspath $(O))/test/dockerlike python3 tests/seeds/run.py
