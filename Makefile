# `make` lists the targets.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
NODE := tests/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help site serve check schemas font archive verify quick test test-setup lint types units format package screenshot attack audit bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/made: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is missing: install python3 and python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo "$(PYTHON) cannot make a venv: install python3-venv"; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --no-deps -r requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

.venv/made-for-tests: requirements-dev.txt .venv/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-binary bagit,mozprofile --require-hashes --no-deps -r requirements-dev.txt
	@$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

site: .venv/made ## build this dossier into public/
	$(BIN)/python build.py

serve: .venv/made ## show this dossier while it is edited, on http://127.0.0.1:8000/
	$(BIN)/python build.py serve

check: .venv/made ## show all problems of the content
	$(BIN)/python build.py check

schemas: .venv/made ## write schemas/ anew, from the model
	$(BIN)/python -m dossier.content.schema schemas

font: .venv/made ## write the typeface of the templates anew, from the installed family
	$(BIN)/python -m dossier.pages.fonts templates

archive: .venv/made ## pack site, sources and seeds into dist/dossier.zip, which opens by a double click
	$(BIN)/python build.py archive

verify: .venv/made ## check dist/dossier.zip against its own manifests
	$(BIN)/python build.py verify dist/dossier.zip

test-setup: .venv/made-for-tests $(NODE) ## install what tests need: packages, browsers, Java, the Nu checker
	@bash tests/setup-browser

$(NODE): tests/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node"; exit 1; }
	npm ci --prefix tests --silent --no-audit --no-fund
	@touch $@

lint: .venv/made-for-tests $(NODE) ## look for faults of style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	tests/node_modules/.bin/eslint --config tests/eslint.config.js templates dossier tests

types: .venv/made-for-tests $(NODE) ## check types
	$(BIN)/mypy
	tests/node_modules/.bin/tsc --project tests/tsconfig.json
	tests/node_modules/.bin/tsc --project tests/tsconfig.worker.json

units: $(NODE) ## run the tests of the browser's modules, without a browser
	node --test --test-reporter=dot --disable-warning=MODULE_TYPELESS_PACKAGE_JSON tests/js/*.test.js

format: .venv/made-for-tests ## mend what a tool can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quick: lint types units ## run lint, types and all tests that need no browser but the longest, in under a minute
	EDIT_SEQUENCES=1 $(BIN)/python -m pytest -n 2 -q -m "not browser and not long" --hypothesis-profile=quick

test: test-setup lint types units ## run everything: lint, types and all tests, real browsers included
	@failed=0; \
	$(BIN)/python -m pytest -n 2 -m "not browser" --cov --cov-report=term:skip-covered || failed=1; \
	$(BIN)/python -m pytest -n 2 -m browser || failed=1; \
	exit $$failed # two runs: the tracer has no business under Playwright's greenlets

package: .venv/made-for-tests ## build the wheel and the sdist into dist/
	$(BIN)/python -m hatchling build

screenshot: .venv/made-for-tests ## take the README's picture anew, with the installed Chromium
	$(BIN)/python -m tests.screenshot

attack: .venv/made-for-tests ## kill, starve, fuzz and soak the commands, and take their defences away, for over an hour
	@for fault in "kills 200" "full-disk 20" "read-only 20" "descriptors 20" "memory 20"; do $(BIN)/python -m tests.attack.faults $$fault || exit 1; done
	$(BIN)/python -m tests.attack.fuzz 1200
	$(BIN)/python -m tests.attack.soak 2000
	$(BIN)/python -m tests.attack.undefended

audit: .venv/made ## ask for known advisories of Python, the locked packages and the tests' JavaScript (needs a network)
	@$(BIN)/python -m tests.attack.python_floor
	@command -v pip-audit >/dev/null || { echo "pip-audit is missing: pipx install pip-audit"; exit 1; }
	pip-audit --disable-pip --require-hashes -r requirements.txt
	pip-audit --disable-pip --require-hashes -r requirements-dev.txt
	npm audit --prefix tests

bench: .venv/made-for-tests ## time builds, the live server and edits beside Hugo, at 1,000 and 10,000 reports
	$(BIN)/python -m tests.bench

clean: ## remove what can be made anew
	rm -rf .venv .cache public .public.twin dist tests/node_modules
