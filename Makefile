# Servanda. `make demo` shows it, `make test` proves it; `make help` lists the rest.
# All tools live in .venv, made from the hashed lock and reused until the lock changes.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
export SERVANDA_DATA ?= $(CURDIR)/data
LOCK := requirements/dev.txt
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/lock-$(shell sha256sum $(LOCK) | cut -c1-16)

.PHONY: help env demo test check bench lock catalogues clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

env: $(STAMP) ## make .venv with all development tools

$(STAMP): $(LOCK)
	@echo "Making the environment from $(LOCK); about a minute the first time." >&2
	@$(PYTHON) tools/make_environment.py $(VENV) $(LOCK)
	@rm -f $(VENV)/lock-* && touch $(STAMP)

demo: env ## everything loaded, on http://127.0.0.1:$(PORT); Ctrl+C ends it
	@$(BIN)/servanda demo --port $(PORT)

test: env ## the tests, on SQLite and, where one is reachable, on PostgreSQL
	@$(BIN)/python tools/run_tests.py $(TESTS)

check: env ## style, types, layers, migrations, templates, packs, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m servanda.site.manage makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet src/servanda/web/templates
	$(BIN)/python tools/build_catalogues.py --check
	$(BIN)/python tools/check_locks.py
	$(BIN)/servanda pack check packs/apmbc packs/ccm tests/packs/toy

bench: env ## benchmarks as ratios against a bare baseline
	@$(BIN)/python -m benchmarks

lock: ## renew the locks from pyproject.toml (needs uv on the path)
	@sh tools/renew_locks.sh

catalogues: env ## collect the sentences to translate into the catalogues
	@$(BIN)/python tools/build_catalogues.py --collect

clean: ## remove the environment and what tools left behind
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
