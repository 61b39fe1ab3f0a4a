# Laksa. `make` lists what there is; every target does its own set-up.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PYTEST := $(VENV)/bin/pytest
INFRA := $(VENV)/infra
CHECKOV := $(VENV)/checkov
LOCKER := $(VENV)/lock
PO := $(wildcard templates/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
# Tests write thousands of small files and sync each: in memory, where there is room, nobody waits for a disk.
ROOM := $(shell test -w /dev/shm && df -Pk /dev/shm | awk 'END { print ($$4 > 2000000) }')
MEMORY := $(if $(filter 1,$(ROOM)),/dev/shm,$(or $(TMPDIR),/tmp))
# One more than two cores: some tests only wait, for a retry, a browser or a process of their own.
WORKERS ?= 3
PIP := $(PY) -m pip --disable-pip-version-check
UV := $(VENV)/bin/uv
# uv installs in a tenth of pip's time; where it cannot, as behind a mirror that only pip is told of, pip does.
define install # files, into which Python
$(UV) pip install -q --python $(or $(2),$(PY)) $(1) 2>>$(VENV)/uv.log || \
	$(PIP) --python $(or $(2),$(PY)) install -q --no-compile $(1)
endef
# What only tests and training need is compiled when it is first imported.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run run-google test packages suite test-whole quick lint bench cost bundle train eval-routing format docs lock pictures tour infra-check checkov clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.run ## set up and start Laksa on this machine
	@exec $(PY) -m infra.embedded.host

run-google: $(VENV)/.run ## the same on Google's Firestore and Pub/Sub emulators
	@LAKSA_STACK=google exec $(PY) -m infra.embedded.google_host

# What no test imports need not be compiled, so packages come as they are.
test: $(VENV)/.uv ## everything that can run on this machine
	@$(MAKE) --no-print-directory -j3 COMPILE_LATER=1 lint suite

packages: $(VENV)/.dev # one installation after the other: two in one environment would hinder each other
	@$(MAKE) --no-print-directory $(VENV)/.train

suite: packages $(VENV)/.infra
	@TMPDIR=$(MEMORY) $(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder -rs $(if $(LAKSA_WHOLE),,-m "not whole")

test-whole: ## the same with every journey on both stacks, measurements, long searches, Checkov: minutes longer
	@LAKSA_WHOLE=1 $(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory checkov

quick: $(VENV)/.dev ## the quick part: style, types, each rule, each mail and page once; under a minute
	@$(VENV)/bin/ruff check -q . && $(VENV)/bin/ruff format --check -q .
	@$(VENV)/bin/mypy >$(VENV)/types.log 2>&1 & types=$$!; LAKSA_QUICK=1 TMPDIR=$(MEMORY) $(PYTEST) -n 2 --dist worksteal \
		-p no:anyio -p no:cacheprovider -x -m "not slow and not emulator and not browser and not whole" \
		--ignore=tests/journeys --ignore=tests/training; tests=$$?; \
		wait $$types || { cat $(VENV)/types.log; exit 1; }; exit $$tests

lint: $(VENV)/.dev ## style, types, architecture
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check -q . && $(VENV)/bin/mypy && $(VENV)/bin/lint-imports

bench: $(VENV)/.dev ## measure intake, long lists, the summary, routing, the start of each function, a move of 10,000 reports, a million open ones
	@$(PY) -m tests.bench.intake
	@$(PY) -m tests.bench.case_list
	@$(PY) -m tests.bench.monthly_summary
	@$(PY) -m tests.bench.routing_speed
	@$(PY) -m tests.bench.start_up
	@$(PY) -m tests.bench.moving
	@$(PY) -m tests.bench.index_writes
	@$(PY) -m tests.bench.busy_day
	@$(PY) -m tests.bench.sweep_scale

cost: $(VENV)/.dev ## what a month on Google Cloud costs: ten reports through the real functions, counted and priced
	@$(PY) -m tests.bench.cost

bundle: $(VENV)/.run ## the upload for Google Cloud: build/laksa-bundle.zip
	@$(PY) -m infra.bundle

# LETTERS: the folder of dev.jsonl and weak.jsonl; ADD: files of the desk's corrections (laksa export --training)
LETTERS_GIVEN = $(if $(LETTERS),--letters "$(LETTERS)") $(foreach file,$(ADD),--add "$(file)")

train: $(VENV)/.train ## learn the weights of routing anew (LETTERS=folder ADD=corrections.csv)
	@$(PY) -m workflows.training train $(LETTERS_GIVEN)

eval-routing: $(VENV)/.train ## measure routing on letters it has not seen (LETTERS=folder ADD=corrections.csv)
	@$(PY) -m workflows.training eval $(LETTERS_GIVEN)
	@$(PY) -m tests.bench.routing_speed

infra-check: $(VENV)/.dev $(VENV)/.infra ## the Terraform of infra/gcp, checked without an account or a network
	@$(PYTEST) -n 0 tests/infra

checkov: $(VENV)/.infra $(VENV)/.checkov ## a second opinion on it (installs 290 MB, once)
	@$(PY) -m tests.infra.second_opinion $(CHECKOV)/bin/checkov

format: $(VENV)/.dev ## put the code in shape
	@$(VENV)/bin/ruff check -q --fix . ; $(VENV)/bin/ruff format -q .

docs: $(VENV)/.dev ## write docs/cli.md and docs/configuration.md from the code
	@$(PY) -m tests.tools.reference

pictures: $(VENV)/.dev ## make the README's pictures anew (needs Chromium)
	@$(PY) -m tests.tools.pictures

tour: $(VENV)/.dev ## make docs/tour.md and its pictures anew (needs Chromium; takes minutes)
	@$(PY) -m tests.tools.tour

# A lock is made by the oldest Python that Laksa runs on. Later files build on the earlier ones: the order counts.
LOCK_PYTHON ?= $(shell command -v python3.11 || echo $(PYTHON))
COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(LOCKER)/bin/pip-compile -q --strip-extras \
	--no-emit-find-links --no-emit-index-url --no-emit-trusted-host \
	$(if $(filter all,$(UPGRADE)),--upgrade,$(foreach package,$(UPGRADE),--upgrade-package $(package)))

lock: $(LOCKER)/.made ## write requirements*.txt anew, pins kept but for UPGRADE="package …" or UPGRADE=all
	@$(COMPILE) --generate-hashes -o requirements.txt requirements.in
	@$(COMPILE) --allow-unsafe -o requirements-dev.txt requirements-dev.in
	@$(COMPILE) -o requirements-train.txt requirements-train.in
	@$(COMPILE) --generate-hashes -o requirements-infra.txt requirements-infra.in
	@$(COMPILE) --generate-hashes -o requirements-checkov.txt requirements-checkov.in
	@$(COMPILE) --generate-hashes --allow-unsafe -o requirements-uv.txt requirements-uv.in

clean: ## remove everything that was made
	@rm -rf $(VENV) .laksa build *.egg-info $(MO)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Laksa needs Python 3.11 or newer with venv (Debian: apt install python3-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.uv: requirements-uv.txt | $(VENV)/bin/python
	@$(PIP) install -q --no-compile --require-hashes -r requirements-uv.txt 2>>$(VENV)/uv.log || true
	@touch $@

$(VENV)/.run: requirements.txt pyproject.toml $(PO) | $(VENV)/.uv
	@echo "Setting up Laksa (once) …"
	@$(call install,--require-hashes -r requirements.txt)
	@$(call install,--no-deps -e .)
	@$(if $(COMPILE_LATER),,$(PY) -m compileall -q -j 0 $(VENV)/lib >/dev/null || true)
	@for po in $(PO); do $(VENV)/bin/pybabel -q compile -i $$po -o $${po%.po}.mo; done
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(call install,-r requirements-dev.txt)
	@touch $@

$(VENV)/.train: requirements-train.txt $(VENV)/.run
	@$(call install,-r requirements-train.txt)
	@touch $@

$(VENV)/.infra: requirements-infra.txt | $(VENV)/.uv
	@$(PY) -m venv --without-pip $(INFRA)
	@$(call install,--require-hashes -r requirements-infra.txt,$(INFRA)/bin/python)
	@touch $@

$(VENV)/.checkov: requirements-checkov.txt | $(VENV)/.uv
	@$(PY) -m venv --without-pip $(CHECKOV)
	@$(call install,--require-hashes -r requirements-checkov.txt,$(CHECKOV)/bin/python)
	@touch $@

$(LOCKER)/.made: | $(VENV)/bin/python
	@$(LOCK_PYTHON) -m venv $(LOCKER)
	@$(LOCKER)/bin/python -m pip --disable-pip-version-check install -q $$(grep -E '^(pip|pip-tools)==' requirements-dev.txt)
	@touch $@
