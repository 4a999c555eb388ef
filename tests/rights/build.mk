.PHONY: check-rights
check-rights: $(O)/jesh $(O)/jeshctl $(O)/test/dockerlike
	python3 tests/rights/run.py $(O)/jesh $(O)/jeshctl $(O)/test/dockerlike
