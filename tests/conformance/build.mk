# The parser against the recorded answers of tests/conformance/parse.
.PHONY: check-syntax
$(O)/asan/run-parse: $(O)/asan/tests/conformance/parse/run.o $(O)/asan/shared.a
	$(call step,LD)$(CC) $(SANITIZE) -o $@ $^ -ljansson -lm
check-syntax: $(O)/asan/run-parse
	$< tests/conformance/parse/cases.jsonl tests/conformance/parse/known-failures.tsv

# The evaluator and the commands against recorded answers, in-process; operators and casts against recorded tables.
.PHONY: check-conformance check-conformance-sandbox
LANGUAGE_CASES = $(wildcard tests/conformance/language/*.jsonl tests/conformance/cmdlets/*.jsonl)
VALUE_TABLES = $(filter-out %/known-failures.tsv,$(wildcard tests/conformance/values/*.tsv))
check-conformance: $(O)/test/run-text
	scripts/conformance --driver $< --known tests/conformance/language/known-failures.tsv $(LANGUAGE_CASES)
	scripts/conformance-values $< $(VALUE_TABLES) --known tests/conformance/values/known-failures.tsv
# The same cases, and command lines, through the launcher, each in a sandbox of its own; and the list of what differs
# written anew, with the reasons that it has.
IN_SANDBOX = scripts/conformance --jesh $(O)/jesh --profile tests/conformance/language/@MODE@.pssc \
	--known tests/conformance/language/known-failures.tsv
check-conformance-sandbox: all
	$(IN_SANDBOX) $(LANGUAGE_CASES)
.PHONY: known-failures
known-failures: all
	$(IN_SANDBOX) --refresh --show 0 $(LANGUAGE_CASES)
# The same cases in-process under the sanitizers: what they find is told, whatever the answers are.
.PHONY: check-sanitized
SANITIZED = $(abspath $(O))/asan/reports
check-sanitized: $(O)/asan/run-text
	@rm -rf $(SANITIZED) && mkdir -p $(SANITIZED)
	@ulimit -s 65536; ASAN_OPTIONS=log_path=$(SANITIZED)/found:detect_leaks=0:handle_abort=1 UBSAN_OPTIONS=log_path=$(SANITIZED)/found \
		scripts/conformance --driver $< --show 0 $(LANGUAGE_CASES) >$(SANITIZED)/../agreement.txt || true
	@for found in $(SANITIZED)/*; do [ ! -e "$$found" ] || { grep -hE 'ERROR|runtime error' "$$found" | head -1; }; done
	@[ -z "$$(ls $(SANITIZED))" ]
	@echo "sanitized: nothing found"
