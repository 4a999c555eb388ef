.PHONY: check-scripts
check-scripts:
	@tests/scripts/new-cmdlet
