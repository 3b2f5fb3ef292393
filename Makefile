# Each target does all its own set-up on a machine with Python 3.11+ and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
TOUCHED := $(VENV)/.installed

.PHONY: demo test check gate raise-floors lower-floors bench bench-stance clean

$(TOUCHED): pyproject.toml setup.py constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(VENV)/.runtime
	mkdir -p demo
	$(BIN)/onrecord extract examples -o demo/records.jsonl --articles demo/articles.jsonl
	$(BIN)/onrecord show examples/harbour-levy.txt --target 'harbour levy'

# Only what running needs: no torch.
$(VENV)/.runtime: pyproject.toml setup.py constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

test: $(TOUCHED)
	$(BIN)/python -m pytest

check: $(TOUCHED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	test -d typings/onrecord/corpus -a -d typings/onrecord/models -a -d typings/onrecord/pipeline -a -d typings/onrecord/evaluation
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest
	$(BIN)/python -m onrecord.pipeline.gate

# The shipped models on the gold corpus's dev part, against the floors in evaluation/floors.json.
gate: $(TOUCHED)
	$(BIN)/python -m onrecord.pipeline.gate

# Measures and pins floors for the gold corpus and the models as they are; never lower.
raise-floors: $(TOUCHED)
	$(BIN)/python -m onrecord.pipeline.gate --raise

# make lower-floors REASON='why': lets floors fall that are not met; the reason goes into CHANGELOG.md.
lower-floors: $(TOUCHED)
	$(BIN)/python -m onrecord.pipeline.gate --lower --reason "$$REASON"

bench: $(TOUCHED)
	$(BIN)/python -m onrecord.pipeline.bench $(BENCH_ARGS)

bench-stance: $(TOUCHED)
	$(BIN)/python -m onrecord.models.stance.bench $(BENCH_ARGS)

clean:
	rm -rf $(VENV) build dist demo *.egg-info
