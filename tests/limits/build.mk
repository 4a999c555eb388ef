# Every row of profiles/limits.def, reached in the real sandbox.
.PHONY: check-limits
check-limits: all
	@python3 tests/limits/run.py $(O)
