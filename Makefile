# Everything a developer types. `make help` lists it.

PORT ?= 8000
POSTS ?= 1000,10000,100000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_READY := $(VENV)/.bench-ready

# The oldest Python we support is 3.11; the first of these that is new enough is used.
# Choose another with `make PYTHON=/path/to/python3.12 …` (after `make clean`).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help setup demo test check format docs bench bench-limits bench-reading bench-docs bench-quality lock clean
.DEFAULT_GOAL := help

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: $(READY) ## make .venv with everything in it (pinned, checked by hash)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "searchsvc needs Python 3.11 or newer, and found none. Install it, or name it: make PYTHON=/path/to/python3"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## index the sample blog and serve it on 127.0.0.1:8000 (PORT= to change)
	@$(BIN)/searchsvc demo --port $(PORT)

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

check: $(READY) ## what CI runs: format, lint, types, docs, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python docs/make.py --check
	$(BIN)/python -m pytest

format: $(READY) ## put the code into its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY) ## write the tables in docs/ that are made from code
	$(BIN)/python docs/make.py

bench: $(BENCH_READY) ## how fast, beside other engines in the same run; then the limits (10 minutes)
	@$(BIN)/python -m bench.speed --posts $(POSTS); speed=$$?; \
	$(BIN)/python -m bench.limits --posts $(POSTS) && exit $$speed

bench-limits: $(BENCH_READY) ## memory, opening, indexing, publishing: what must not be exceeded
	@$(BIN)/python -m bench.limits --posts $(POSTS)

bench-reading: $(READY) ## reading 10,000 long Markdown posts: time and memory that must not be exceeded
	@$(BIN)/python -m bench.reading

bench-docs: $(BENCH_READY) ## write what was last measured into docs/speed.md and docs/speed.svg
	@$(BIN)/python -m bench.publish

# Engines to compare with, no part of the project. What cannot be installed is left out, and told.
$(BENCH_READY): $(READY) pyproject.toml bench/node/package.json
	@$(BIN)/python -c 'import tomllib; \
	groups = tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]; \
	print(*groups["bench"], sep="\n")' | \
	xargs $(BIN)/python -m pip install --quiet --disable-pip-version-check && touch $@ || \
	echo "What could not be installed is left out"
	@! command -v npm >/dev/null || (cd bench/node && \
	npm install --no-package-lock --no-audit --no-fund --silent)

bench-quality: $(BENCH_READY) ## how good the ranking is, beside other engines (DATA= folder of judged queries, ARGS=)
	@$(BIN)/python -m bench.quality $(if $(DATA),--data $(DATA)) $(ARGS)

lock: $(READY) ## choose the newest dependencies and pin them by hash (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --no-header \
		--no-emit-index-url --no-emit-find-links --group dev pyproject.toml --output-file requirements.lock

clean: ## remove what the commands above have made
	rm -rf $(VENV) bench/node/node_modules bench/results .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
