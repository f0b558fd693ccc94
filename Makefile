# Needs Python 3.11 or later, make, and access to the package registry that pip is set to use.
PYTHON ?= python3
BIN := .venv/bin
TTHC := $(CURDIR)/$(BIN)/tthc
EXAMPLE := examples/ben_tre_2021

.PHONY: demo test browser-test e2e bench clean

# The example has late and overdue papers, so `check` ends with 1; any other code is a failure of the program.
demo: .venv/.installed
	@$(TTHC) check $(EXAMPLE)/register.csv --workspace $(EXAMPLE) --as-of 2021-10-15 || test $$? -eq 1
	@$(TTHC) due --workspace $(EXAMPLE) --agency "Sở TT&TT" --as-of 2021-06-15

test: .venv/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# Needs Chromium with its driver (Debian: chromium, chromium-driver) and npm.
browser-test: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check '.[browser]'
	npm install --silent --no-save --prefix build/browser axe-core@4
	$(BIN)/pytest -m browser

# Debian, as root: a real cron and a real mail server, installed by apt where they are missing.
e2e: .venv/.installed
	$(BIN)/python tests/e2e_remind.py

# `make bench BENCH=--large` measures ten million rows too.
# Measured on a built wheel: an editable install may lack bytecode and so starts slower than what users get.
bench: .venv/.installed
	rm -rf build/bench && $(PYTHON) -m venv build/bench
	build/bench/bin/python -m pip install --quiet --disable-pip-version-check '.[bench]'
	build/bench/bin/python -m compileall -q build/bench/lib
	build/bench/bin/python benchmarks/run.py $(BENCH)

clean:
	rm -rf .venv build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests data benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
