# The two commands of the README are `make demo` and `make test`; the rest serves those who work on the code.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint lock messages clean

demo: $(VENV)/.runtime
	PORT=$(PORT) $(BIN)/wegweiser demo --serve

test: $(VENV)/.test
	$(BIN)/python -m tests.run

lint: $(VENV)/.test
	$(BIN)/python -m tests.run --lint

messages: $(VENV)/.test
	$(BIN)/python -m tests.messages --write

lock: $(VENV)/.uv
	cd requirements && ../$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 runtime.in -o runtime.txt
	cd requirements && ../$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 test.in -o test.txt

$(VENV)/.uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/.uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.runtime
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/test.txt
	touch $@

clean:
	rm -rf $(VENV) var
