.PHONY: check-scripts
check-scripts: all
	@tests/scripts/new-cmdlet
	@O=$(O) tests/scripts/install
