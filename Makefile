# The README's two commands are `make demo` and `make test`; each sets up all that it needs.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SERVE ?= 1
export PYTHONUTF8 := 1

.PHONY: demo test e2e lint types house migrations messages bench mutants pictures guide-pictures lock setup-demo setup-test clean

demo: setup-demo
	@KHUNNAPHAP_HOME="$(CURDIR)/.khunnaphap" DATABASE_URL= $(BIN)/khunnaphap demo --out out
ifeq ($(SERVE),1)
	@KHUNNAPHAP_HOME="$(CURDIR)/.khunnaphap" DATABASE_URL= $(BIN)/khunnaphap serve --demo --out out
endif

test: setup-test
	@$(BIN)/python tools/run_tests.py

e2e: setup-test
	@tools/browser.sh
	@DJANGO_ALLOW_ASYNC_UNSAFE=1 $(BIN)/python -m pytest -m e2e tests/e2e

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test
	$(BIN)/mypy

house: setup-test
	$(BIN)/lint-imports

migrations: setup-test
	@KHUNNAPHAP_HOME="$$(mktemp -d)" DATABASE_URL= DJANGO_SETTINGS_MODULE=khunnaphap.config.settings $(BIN)/django-admin makemigrations --check --dry-run

messages: setup-test
	$(BIN)/pybabel compile --domain django --directory src/khunnaphap/locale

bench: setup-test
	@$(BIN)/python -m benchmarks

mutants: setup-test
	@$(BIN)/python -m benchmarks.mutants

pictures: setup-test
	@$(BIN)/python tools/pictures.py

guide-pictures: setup-test
	@tools/browser.sh
	@KHUNNAPHAP_PICTURES="$(CURDIR)/src/khunnaphap/web/static/web/guides" DJANGO_ALLOW_ASYNC_UNSAFE=1 $(BIN)/python -m pytest -m e2e tests/e2e

lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.lock

setup-demo:
	@$(PYTHON) tools/setup.py demo

setup-test:
	@$(PYTHON) tools/setup.py test

clean:
	rm -rf .venv out .khunnaphap mutants
