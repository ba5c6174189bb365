# `make` lists the targets. Works with GNU make 3.81 (macOS) and any POSIX sh.

.DEFAULT_GOAL := help
.PHONY: help setup book serve lab test lint frontend browser lock clean

BIN       := .venv/bin
INSTALLED := .venv/installed
FRONTEND  := mindbody/frontend
PACKAGES  := $(FRONTEND)/node_modules/installed
# Where npm starts node itself, it must be ours.
NPM       := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(FRONTEND) --no-audit --no-fund --no-update-notifier

help:     ## show this list
	@sed -n 's/^\([a-z]*\): [^#]*## /  make \1 - /p' Makefile

setup: $(INSTALLED)     ## make .venv with everything the project needs (again only when the pins change)

book: setup     ## build the book into _build/html
	@$(BIN)/mindbody book

serve: book     ## build the book and show it on this machine
	@$(BIN)/mindbody serve

lab: setup     ## open JupyterLab on the course: notebooks, and Formgrader for the instructor
	@$(BIN)/mindbody lab

test: setup browser $(PACKAGES) lint     ## run every check and test
	@echo 'Front-end tests ...'
	@$(NPM) --silent test
	@$(BIN)/python -m pytest --numprocesses=2 --dist=loadgroup

lint: setup $(PACKAGES)     ## check the data, the spelling and the sources without running them
	@echo 'Curriculum ...'
	@$(BIN)/mindbody check
	@$(BIN)/mindbody schema --check
	@echo 'Spelling ...'
	@$(BIN)/mindbody spell
	@echo 'ruff, mypy, codespell ...'
	@$(BIN)/ruff check --quiet --output-format=concise .
	@$(BIN)/ruff format --quiet --check . || { echo 'Run .venv/bin/ruff format .' >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/codespell

frontend: $(PACKAGES)     ## rebuild the front end's bundles
	@$(NPM) --silent run build

browser: setup     ## find a Chromium for the tests, or install one
	@$(BIN)/python -m tests.browser

lock: .venv/bin/python     ## derive requirements.lock from requirements.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check "$$(sed -n '/^uv==/p' requirements.txt)"
	@{ sed '/^[^#]/,$$d' requirements.lock; \
	   $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	     --no-header --no-emit-index-url --no-emit-find-links requirements.txt; } > .venv/requirements.lock
	@mv .venv/requirements.lock requirements.lock

clean:     ## remove what was built; the environment stays
	@rm -rf _build .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@for name in python3.13 python3.12 python3.11 python3; do \
	   if $$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; \
	   then python=$$name; break; fi; \
	 done; \
	 if [ -z "$$python" ]; then \
	   echo 'Python 3.11, 3.12 or 3.13 is needed and none was found: install one and run make again.' >&2; exit 1; fi; \
	 if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	   echo "$$python cannot make environments: install the package python3-venv and run make again." >&2; exit 1; fi; \
	 $$python -m venv --clear .venv

$(INSTALLED): requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing into .venv (a minute or two the first time) ...'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check "$$(sed -n '/^uv==/p' requirements.lock)"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(PACKAGES): $(FRONTEND)/package.json $(FRONTEND)/package-lock.json | $(INSTALLED)
	@echo 'Installing the front end'"'"'s packages ...'
	@$(NPM) ci --loglevel=error
	@touch $@
