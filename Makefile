# Two commands do all the set-up: `make demo` and `make test`. Everything they need is made in .venv, once.
PORT ?= 8088
VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test slow audit check format pictures screens reference lock clean browser

help: ## what can be made here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/run.stamp ## the desk against a stand-in of Telegram, with a chat page in the browser
	$(BIN)/wayhome demo --port $(PORT)

test: $(VENV)/test.stamp browser ## everything CI runs: format, lint, types, floors, tests with coverage
	@echo "== format and lint"; $(BIN)/ruff format --check . && $(BIN)/ruff check .
	@echo "== types"; $(BIN)/mypy
	@echo "== floors"; $(BIN)/lint-imports --no-cache
	@echo "== tests"; $(BIN)/pytest -n auto --cov --cov-report=term

slow: $(VENV)/test.stamp ## what takes minutes: every zone of the world over twenty years, digests through storms, 100,000 strange updates
	$(BIN)/pytest -n auto -m slow

audit: $(VENV)/test.stamp ## whether what is pinned is what is installed, under which licences, and with which known holes
	@$(BIN)/pytest -q tests/test_dependencies.py
	@test -x $(VENV)/audit/bin/pip-audit || { $(BIN)/python -m venv $(VENV)/audit && $(VENV)/audit/bin/python -m pip install -q pip-audit; } \
	  || { rm -rf $(VENV)/audit; echo "== NOT AUDITED for known holes: pip-audit could not be installed"; }
	@! test -x $(VENV)/audit/bin/pip-audit || $(BIN)/python -m tests.audit $(VENV)/audit/bin/pip-audit

check: $(VENV)/test.stamp ## the quick half of `make test`: no tests
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

format: $(VENV)/test.stamp ## put every file into the house's format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

pictures: $(VENV)/test.stamp browser ## take the README's pictures anew
	$(BIN)/python -m docs.pictures

screens: $(VENV)/test.stamp browser ## all the desk can say, on sheets to look at; `make screens LANGUAGES="ru ar"` for some
	$(BIN)/python -m docs.sheets $(LANGUAGES)

reference: $(VENV)/test.stamp ## write docs/commands.md and the tables of docs/protection.md anew
	@$(BIN)/python docs/reference.py
	@$(BIN)/python docs/protected.py

browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then echo "== installing chromium for the tests of the chat page"; \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; \
	  else echo "== NO BROWSER: the tests of the chat page will be skipped. Install chromium to run them."; fi; }

clean: ## take away what the other commands made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

lock: ## write the pinned, hashed requirements anew (needs uv)
	@for group in run test; do uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --only-binary :all: \
	  --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade \
	  --group $$group -o requirements/$$group.txt pyproject.toml; done

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Wayhome needs Python 3.11 or newer; none was found."; exit 1; }
	@echo "== making $(VENV) with $(PYTHON)"
	@$(if $(UV),$(UV) venv -q --seed --no-python-downloads --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV)) \
	  || { rm -rf $(VENV); echo "Could not make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

INSTALL = $(if $(UV),$(UV) pip install -q --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install -q --disable-pip-version-check)

$(VENV)/%.stamp: requirements/%.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "== installing requirements/$*.txt (a minute the first time)"
	@$(INSTALL) --require-hashes -r requirements/$*.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@
