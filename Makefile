# One command each. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test check again lint types console chaos bench fuzz fuzz-api schema screens

# Any Python from 3.11 on makes the virtual environment; choose with `make PYTHON=…`.
# It is run, not only looked for: version managers leave names behind that start nothing.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
  $(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
ifeq ($(strip $(PYTHON)),)
  $(error Python 3.11 or newer is needed and no python3 was found)
endif
RUN := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Dozens of processes start here: each would compile a thousand modules anew, where containers forbid keeping them.
unexport PYTHONDONTWRITEBYTECODE
# Three share two cores well, for many tests wait; `make test PYTEST_ARGS="-k ticket"` runs some of them.
WORKERS ?= 3
PYTEST_ARGS ?=

help: ## What can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Virtual environment, packages, console build (the other commands do it themselves)
	@$(PYTHON) bootstrap.py console

demo: setup ## Everything on this machine with demo data; ctrl-C stops it
	@$(RUN) -m helpdesk.supervisor demo

demo-reset: ## Delete the demo's data
	@$(PYTHON) bootstrap.py
	@$(RUN) -m helpdesk.supervisor reset

test: ## All tests, on real PostgreSQL and Redis
	@$(PYTHON) bootstrap.py console tools
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: ## The whole gate, as in CI
	@$(PYTHON) bootstrap.py console tools
	ruff format --check .
	ruff check .
	lint-imports
	mypy
	$(RUN) manage.py makemigrations --check --dry-run
	$(MAKE) schema
	git diff --exit-code -- console/openapi.json console/src/shared/api
	npm --prefix console run check
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report= $(PYTEST_ARGS) || $(MAKE) again
	$(RUN) -m coverage report --skip-covered --fail-under=90

again: # What failed, once more and by itself: a busy machine may fail a test, a fault fails it twice
	@echo "Once more, by itself, what failed. What passes now is shaky: mend it, too."
	$(RUN) -m pytest --last-failed --last-failed-no-failures none $(PYTEST_ARGS)

schema: ## Write the OpenAPI schema and the console's client from the code
	$(RUN) manage.py spectacular --format openapi-json --validate --fail-on-warn --file console/openapi.json
	npm --prefix console run generate

screens: ## Pictures of every screen with the demo's data, into docs/screens/
	@$(PYTHON) bootstrap.py console tools
	$(RUN) -m pytest tests/pictures/take.py $(PYTEST_ARGS)

chaos: ## Kill processes while thousands of messages flow; compare with the emulator's truth
	@$(PYTHON) bootstrap.py
	$(RUN) -m pytest -m chaos --chaos-full $(PYTEST_ARGS)

bench: ## Measure every published figure on this machine
	@$(PYTHON) bootstrap.py
	$(RUN) -m bench

fuzz: ## 100,000 random webhooks and 100,000 spoiled real ones: each must be accounted for (about 10 minutes)
	@$(PYTHON) bootstrap.py
	FUZZ_CASES=$(or $(FUZZ_CASES),100000) $(RUN) -m pytest tests/fuzz -n 2 $(PYTEST_ARGS)
	FUZZ_CASES=$(or $(FUZZ_CASES),100000) $(RUN) -m pytest tickets/tests/test_parking_properties.py $(PYTEST_ARGS)

fuzz-api: ## Random input for every operation of the API and for the emulator
	@$(PYTHON) bootstrap.py
	$(RUN) -m pytest tests/gates/test_schema.py tests/emulator/test_robustness.py -n $(WORKERS) $(PYTEST_ARGS)
