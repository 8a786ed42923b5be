# Everything a user or developer types. The environment is made on first use.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# Every process of a build or a test would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-fast mutate accept check style types suite format dev bench bench-guard \
	compare accuracy fuzz lock sbom clean

## run: build the warehouse from data/raw and print a comparison from it
run: $(VENV)/.installed
	$(BIN)/gongkai build
	$(BIN)/gongkai query --file docs/examples/first_look.sql

## test: everything CI runs; types are checked beside the tests
test: $(VENV)/.installed-for-tests
	$(MAKE) --no-print-directory style
	$(MAKE) --no-print-directory --jobs=2 types suite

suite: $(VENV)/.installed-for-tests
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

# Folders that test-fast need not even load: to do so takes each of its workers a second.
AROUND := tests/integration tests/unit/alerts tests/unit/orchestration

## test-fast: what notices a wrong number, in two minutes
test-fast: $(VENV)/.installed-for-tests
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow and not around" $(AROUND:%=--ignore %)

## mutate: would the tests notice? a hundred single mistakes, one at a time (half an hour)
mutate: $(VENV)/.installed-for-tests
	$(BIN)/python -m tests.mutations.mutate $(ARGUMENTS)

## accept: show what golden documents are now read as, and keep it (ARGUMENTS narrow them)
accept: $(VENV)/.installed-for-tests
	$(BIN)/python -m tests.golden.accept $(ARGUMENTS)

## check: style and types
check: style types

style: $(VENV)/.installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-for-tests
	$(BIN)/mypy

## format: put the code into the house style
format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## dev: Dagster's web page with assets, checks, schedule and sensor
dev: $(VENV)/.installed
	mkdir -p data/warehouse/.dagster
	cp dagster.yaml data/warehouse/.dagster/dagster.yaml
	DAGSTER_HOME=$(CURDIR)/data/warehouse/.dagster $(BIN)/dagster dev

## bench: the figures quoted in docs
bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks

## bench-guard: have the ratios of docs/scale.md become worse? (not part of the tests)
bench-guard: $(VENV)/.installed
	$(BIN)/python -m benchmarks.guard

## compare: what reads otherwise than at BASE, over all documents; EXTRA= more folders
compare: $(VENV)/.installed
	$(BIN)/python -m benchmarks.compare $(BASE) $(EXTRA)

## accuracy: docs/accuracy.md anew, and its floors, which only rise
accuracy: $(VENV)/.installed
	$(BIN)/python -m benchmarks.accuracy

## fuzz: every reader against Atheris, for SECONDS; what breaks one is in tests/fuzz/found
SECONDS ?= 600
fuzz: $(VENV)/.installed
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python tests/fuzz/fuzz_readers.py $(SECONDS)

## lock: deploy/locked.txt anew: what the image installs, with the hash of each archive
lock: $(VENV)/.installed
	mkdir -p build
	$(BIN)/pip install --quiet --dry-run --ignore-installed --report build/report.json \
		--constraint constraints.txt '.[explorer,ocr]'
	$(BIN)/python deploy/locked.py lock build/report.json

## sbom: what is installed here, as CycloneDX and as a list of licences, in build/
sbom: $(VENV)/.installed
	$(BIN)/python deploy/locked.py sbom build

## clean: delete what the next build makes again; history and publications stay, data/raw is never touched
clean:
	rm -rf data/warehouse/store data/warehouse/.dagster data/warehouse/metrics.prom

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# The explorer is an extra: who only builds a warehouse need not wait for it.
$(VENV)/.installed-for-tests: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,browser,mcp]'
	touch $@ $(VENV)/.installed
