PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
JOBS ?= auto
# On Windows: make BIN=.venv/Scripts
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Compiled modules are kept: every process of the tests would compile the package anew.
PYTEST = PYTHONDONTWRITEBYTECODE= $(1) -m pytest -n $(JOBS) --maxprocesses 8 --dist worksteal
# Other versions than CI ran: in environments of their own, without torch.
OTHER = $(BIN)/uv pip install --quiet --python .venv-$(1)/bin/python --editable '.[test]'
QUICK = -m "not slow"

.PHONY: demo test test-latest test-lowest constraints check clean

demo: $(VENV)/installed  ## the main job on samples/, without a model
	$(BIN)/toolkit run --out out

test: $(VENV)/installed-test  ## all tests, with the versions that CI ran
	$(call PYTEST,$(BIN)/python)

test-latest: .venv-latest/bin/python  ## the quick tests, with the newest version of everything
	$(call OTHER,latest) --upgrade
	$(call PYTEST,.venv-latest/bin/python) $(QUICK)

test-lowest: .venv-lowest/bin/python  ## the quick tests, with the oldest versions we say we work with
	$(call OTHER,lowest) --resolution lowest-direct
	$(call PYTEST,.venv-lowest/bin/python) $(QUICK)

constraints: $(VENV)/installed-dev  ## write down the versions that are installed, for everybody
	$(BIN)/python scripts/constraints.py

check: $(VENV)/installed-dev  ## what CI asks besides the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests/typing
	$(BIN)/lint-imports

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

.venv-%/bin/python: $(VENV)/installed-dev
	$(BIN)/uv venv --quiet --python "$$(command -v $(PYTHON))" .venv-$*

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) --constraint constraints.txt --editable '.[test]'
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(PIP) --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .venv-latest .venv-lowest out
