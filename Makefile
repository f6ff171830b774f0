# make help lists the targets. Everything a target needs it sets up by itself.
PY ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench lock

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/.ok: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "Gza needs Python 3.11. If it is not python3 here: make PY=/path/to/python3.11"; exit 1; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PY) -m venv .venv
	@$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --no-index --editable .
	@touch $@

setup: .venv/.ok  ## a virtual environment with everything, from requirements.lock

run: .venv/.ok  ## the sandbox in a browser; with BOT_TOKEN (environment or .env) the bot itself
	@if [ -n "$$BOT_TOKEN" ] || grep -qs '^BOT_TOKEN=.' .env; then exec $(BIN)/gza run; else exec $(BIN)/gza sandbox; fi

test: .venv/.ok  ## all tests, with a real browser
	@sh tests/browser/chromium.sh > /dev/null
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

bench: .venv/.ok  ## timings, as ratios against a peer measured in the same run
	$(BIN)/python -m bench

check: .venv/.ok  ## style, types, architecture, the book and its spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gza check
	$(BIN)/python -m spelling

lock: .venv/.ok  ## write requirements.lock anew from pyproject.toml
	@tools=$$(mktemp -d) && $(PY) -m venv $$tools && $$tools/bin/pip install --quiet uv && \
	  $$tools/bin/uv export --quiet --no-emit-project --all-extras --no-header -o requirements.lock; \
	  rm -rf $$tools uv.lock
