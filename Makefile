# hyoka: one source, every document.
# A fresh machine needs Rust and make; everything else is in this repository or on crates.io.

CARGO ?= cargo
HYOKA = $(CARGO) run --quiet --release --locked --

.PHONY: docs test check bench schemas rules fmt lint clean

## docs: build every document of every municipality into build/
docs:
	$(HYOKA) build

## test: all tests
test:
	$(CARGO) test --locked

## check: every mistake in content/, with file, line and cure
check:
	$(HYOKA) check

## bench: time the main jobs, as ratios within one run
bench:
	$(CARGO) bench --locked --bench documents

## schemas: write the JSON Schemas of all TOML files
schemas:
	$(HYOKA) schema

## rules: write the list of rules of the manual
rules:
	$(HYOKA) rules > docs/ja/rules.md

## lint: formatting and clippy, warnings denied
lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings

clean:
	$(CARGO) clean
