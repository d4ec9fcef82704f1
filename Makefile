# make run      the app with the New Delhi sample, in a browser at the URL it prints
# make test     the whole suite
# make quick    in seconds: the pure rules, the architecture and the stories, on SQLite
# make check    what CI runs: format, lint, types, import contracts, tests
# PORT, HOST and DATA pass through to `run`: make run PORT=9000 DATA=/tmp/plenary

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000
DATA   ?= var
ARGS   ?=

# An installation is made again only when one of these changed.
INPUTS := pyproject.toml static/vendor.lock.json plenary/build_hook.py
MO     := $(patsubst %.po,%.mo,$(wildcard plenary/locale/*/LC_MESSAGES/*.po))
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check install

# What is compiled once is kept, also where the machine says otherwise: the suite starts hundreds of
# processes, and each would compile the whole program.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test quick lint check format words clean

help:
	@echo "make run      serve the sample     (PORT=$(PORT) HOST=$(HOST) DATA=$(DATA))"
	@echo "make test     run the test suite   (ARGS='-k word' passes on to pytest)"
	@echo "make quick    in seconds: pure rules, architecture and stories, on SQLite"
	@echo "make check    everything that CI checks: format, lint, types, imports, tests"
	@echo "make lint     the same without the tests"
	@echo "make format   put the code in form"
	@echo "make words    take new sentences into the catalogues"
	@echo "make clean    remove what was built; DATA stays"

run: $(VENV)/.installed $(MO)
	@exec $(BIN)/python -m plenary demo --host $(HOST) --port $(PORT) --data $(DATA) $(ARGS)

test: $(VENV)/.installed-dev $(MO)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

# No browser, no PostgreSQL, and fewer examples of each property.
QUICK := tests/stories tests/test_architecture.py tests/test_keys.py tests/test_logs.py \
    tests/test_mailbox.py tests/test_settings.py tests/test_zones.py tests/texts \
    tests/questions/test_rules.py tests/record/test_entry.py tests/record/test_tree.py

quick: $(VENV)/.installed-dev $(MO)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder \
	    --db sqlite --hypothesis-profile quick $(QUICK) $(ARGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint test

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Takes new sentences into the catalogues; the French ones are then to be written.
words: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -F .babel.cfg -w 100 -k translate -k translate_count:1,2 \
	    --no-location --sort-output --project plenary -o plenary/locale/plenary.pot .
	$(BIN)/pybabel -q update -i plenary/locale/plenary.pot -d plenary/locale -D plenary \
	    --no-fuzzy-matching --ignore-obsolete -w 100

clean:
	rm -rf $(VENV) dist static/vendor tests/vendor .pytest_cache .mypy_cache .ruff_cache \
	    .hypothesis .import_linter_cache $(MO)
	find plenary tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(INPUTS) | $(BIN)/python
	@echo "Installing plenary into $(VENV) …"
	@$(PIP) --editable .
	@touch $@

# Holds all that .installed holds, so `make test` first means one installation, not two.
$(VENV)/.installed-dev: $(INPUTS) | $(BIN)/python
	@echo "Installing plenary and its tools into $(VENV) …"
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.installed $@

%.mo: %.po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
