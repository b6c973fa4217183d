# make brief   writes the demonstration week's PDF; make test   runs every check. Both set up what they need, once.
READY := .venv/.ready
BIN := .venv/bin
WEEK ?= 2025-W20
CORPUS ?= corpus
OUT ?= reports/$(WEEK).pdf

.PHONY: brief test lint unit bench gate lock clean
.DELETE_ON_ERROR:

brief: $(READY)
	@mkdir -p $(dir $(OUT))
	@$(BIN)/parallax brief --week $(WEEK) --corpus $(CORPUS) -o $(OUT)

test: lint unit

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

unit: $(READY)
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --cov --cov-report=term:skip-covered --cov-fail-under=95

bench: $(READY)
	@$(BIN)/python -m benchmarks table "$(DATA)"

gate: $(READY)
	@$(BIN)/python -m benchmarks gate "$(DATA)"

lock: $(READY)
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev --no-header \
		pyproject.toml --output-file requirements.lock
	@sed -i.old '1i # Made by `make lock`: every dependency, pinned and hashed. Do not edit by hand.' requirements.lock
	@rm requirements.lock.old

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage

$(READY): requirements.lock pyproject.toml tools/setup.sh
	@tools/setup.sh
	@touch $@
