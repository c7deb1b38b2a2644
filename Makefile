# Every target sets up what it needs. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo
# one file of tests is one process's, so that what it sets up is set up once
PARALLEL := -n 2 --dist loadfile
PAGES := src/hedgerow/web/static/vendor

.DEFAULT_GOAL := help
.PHONY: help setup serve demo test check bench findings mechanisms reference lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

serve: $(READY) $(PAGES) ## set up, make up City, Town and Shire, and open the site on them
	@$(BIN)/hedgerow serve --demo

setup: $(READY) $(PAGES) ## make .venv with the locked requirements and Hedgerow itself

# Made again only when a lock or the packaging changes.
$(READY): requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 \
		|| { echo "Hedgerow needs Python 3.11 or newer, and there is no '$(PYTHON)' here: install it, or name one with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Hedgerow needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) -V 2>&1): install it, or name one with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Hedgerow needs Python's venv module, and '$(PYTHON)' is without it: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# What pages load in the browser, and what their tests look at them with.
$(PAGES): package-lock.json tools/front_end.py
	@command -v npm >/dev/null 2>&1 \
		|| { echo "Hedgerow's site needs Node.js 20 or newer with npm, and there is no 'npm' here: install Node.js" >&2; exit 1; }
	@npm ci --silent --no-audit --no-fund
	@$(PYTHON) tools/front_end.py
	@touch $@

demo: $(READY) ## write profiles of a small made-up region as web pages
	@$(BIN)/hedgerow demo $(DEMO)
	@echo "Open these pages in a browser; $(DEMO)/side-by-side.html has all three places."

test: $(READY) $(PAGES) ## run every test
	@$(BIN)/python tools/with_postgres.py --if-there $(BIN)/python -m pytest $(PARALLEL) -q tests/web -m "not browser"
	@$(BIN)/python -m pytest $(PARALLEL)

check: $(READY) ## lint, format, types, import contracts, licences, known faults of requirements
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/licences.py
	$(BIN)/python tools/audit.py

bench: $(READY) $(PAGES) ## time Hedgerow against yardsticks, on real data, and with fifty people on the site
	@$(BIN)/python -m bench.run; timed=$$?; $(BIN)/python -m bench.site && exit $$timed

findings: $(READY) ## type England's localities anew and write docs/findings (half an hour)
	@$(BIN)/python -m tools.findings

mechanisms: $(READY) ## count how often what is planted in the made-up localities is found (twenty minutes)
	@$(BIN)/python -m bench.mechanisms

reference: $(READY) ## write docs/reference from what the code declares
	@$(BIN)/python -m tools.reference

lock: $(READY) ## write both locks anew (UPGRADE=--upgrade for newer versions)
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(UPGRADE) --extra site --output-file requirements/runtime.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(UPGRADE) --extra dev --extra site --extra postgresql --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt pyproject.toml

clean: ## remove what the other targets made
	rm -rf $(VENV) $(DEMO) $(PAGES) node_modules site site-demo build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
