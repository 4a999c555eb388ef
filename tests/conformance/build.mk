# The parser against the recorded answers of tests/conformance/parse.
.PHONY: check-syntax
$(O)/asan/run-parse: $(O)/asan/tests/conformance/parse/run.o $(O)/asan/shared.a
	$(CC) $(SANITIZE) -o $@ $^ -ljansson -lm
check-syntax: $(O)/asan/run-parse
	$< tests/conformance/parse/cases.jsonl tests/conformance/parse/known-failures.tsv
