# One word sets up, one word makes the product, one word checks it.
.DEFAULT_GOAL := help
.PHONY: help setup brief test check lint types notebooks lab benchmarks pictures clean

REPORT ?= reports/state-of-the-union.yml
BIN := .venv/bin
STAMP := .venv/.complete

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## install everything into .venv (done by the others when needed)

$(STAMP): pyproject.toml constraints.txt
	@found=; for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	    2>/dev/null; then found=$$python; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "watchwords needs Python 3.11, 3.12 or 3.13; $$(python3 --version 2>&1) is here." >&2; \
	  echo "Install one of them, or name it: make setup PYTHON=/path/to/python3.12" >&2; exit 1; fi; \
	echo "Setting up .venv with $$($$found --version) (a few minutes the first time) ..."; \
	rm -rf .venv && $$found -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
	  --constraint constraints.txt --editable '.[sample,dev,scale]'
	@$(BIN)/watchwords warm
	@touch $@

brief: $(STAMP) ## make the brief of REPORT (default: the State of the Union)
	@$(BIN)/watchwords run $(REPORT)

test: $(STAMP) ## run the tests, the files of them shared by two processes
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(STAMP) ## lint, types, architecture, docs, then all tests: fast first
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest -q -x tests/test_architecture.py tests/test_docs.py tests/test_environment.py
	@$(MAKE) --no-print-directory test

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

notebooks: $(STAMP) ## run the five notebooks on REPORT, results in reports/out/notebooks/
	@mkdir -p reports/out/notebooks
	@for name in notebooks/*.ipynb; do echo $$name; \
	  $(BIN)/papermill --no-progress-bar --log-level WARNING --cwd notebooks $$name \
	    reports/out/notebooks/$$(basename $$name) -p report ../$(REPORT) || exit 1; done

lab: $(STAMP) ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab --notebook-dir=. notebooks

benchmarks: $(STAMP) ## measure against peers and limits; prints ratios
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

pictures: $(STAMP) ## draw the README's picture again (needs pdftoppm)
	@for name in state-of-the-union municipal; do \
	  $(BIN)/watchwords run reports/$$name.yml --quiet || exit 1; done
	@$(BIN)/python tools/first_pages.py reports/out/state-of-the-union/latest/brief.pdf \
	  reports/out/municipal/latest/brief.pdf

clean: ## remove .venv, caches and made reports
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache build dist reports/out src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
