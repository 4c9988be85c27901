# Forum: every habit of the house. `make help` lists the lines below that begin with a double hash.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export HOST ?= 127.0.0.1
export PORT ?= 8000
# Further arguments for demo, backup, restore, test-fast: make restore ARGUMENTS=forum-backup.tar
ARGUMENTS ?=

BIN := .venv/bin

.PHONY: help run test test-fast lint format types translate demo bench proof screenshots backup restore lock clean \
	setup-run setup-test

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: setup-run ## Serve the demonstration on HOST:PORT (127.0.0.1:8000); sets everything up the first time
	@$(BIN)/forum run --demo

test: setup-test ## Run every check: style, types, layers, translations, tests on SQLite and PostgreSQL, browser
	@.make/check

test-fast: setup-test ## Run the quick tests on SQLite only
	@$(BIN)/python -m pytest -n 2 -m 'not browser and not slow' $(ARGUMENTS)

lint: setup-test ## Check style, templates and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/lint-imports

format: setup-test ## Lay out the Python code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

types: setup-test ## Check types
	@$(BIN)/mypy

translate: setup-run ## Gather the messages, bring the Chinese catalogue up to date and compile it
	@.make/translate

demo: setup-run ## Load the demonstration into an empty database
	@$(BIN)/forum demo $(ARGUMENTS)

bench: setup-test ## Measure speed against a bare Flask hello under the same server
	@$(BIN)/python -m tests.bench

proof: setup-test ## Run the large trials at full size on both databases; writes docs/figures.md
	@$(BIN)/python -m tests.proof

screenshots: setup-test ## Take the pictures of the guides, in both languages
	@$(BIN)/python -m tests.screenshots

backup: setup-run ## Save database and files
	@$(BIN)/forum backup $(ARGUMENTS)

restore: setup-run ## Bring a backup back: make restore ARGUMENTS=FILE
	@$(BIN)/forum restore $(ARGUMENTS)

lock: setup-test ## Pin the dependencies anew; needs the tool uv
	@PATH="$(CURDIR)/$(BIN):$$PATH" .make/lock $(ARGUMENTS)

clean: ## Remove what was built, never the database under var/
	@rm -rf .setup .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -path ./.venv -prune -o -path './translations/*.mo' -type f -exec rm -f {} +

setup-run:
	@.make/setup-python run
	@.make/setup-system font || echo 'Serving without a Chinese font: programmes in PDF lack their Chinese until it is there.'
	@$(BIN)/python .make/build_hook.py

setup-test:
	@.make/setup-python test
	@.make/setup-system font postgresql redis chromium poppler office
	@$(BIN)/python .make/build_hook.py
