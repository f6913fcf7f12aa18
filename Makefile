# The portal, from a fresh clone with Python >= 3.11 (with venv), make and git. `make` lists the targets.
.SUFFIXES:
.NOTPARALLEL:
.PHONY: help demo test check bench dev messages clean environment dev-environment catalogues

PORT ?= 8000
PYTHON ?=
TEST_ARGS =

python = .venv/bin/python
manage = $(python) manage.py
pip_install = $(python) -m pip install --quiet --no-input --disable-pip-version-check \
	--progress-bar off --require-hashes

help:
	@echo 'make demo      the portal with a demo season on http://127.0.0.1:$(PORT) (PORT=... to change)'
	@echo 'make test      the whole test suite with coverage (a part: TEST_ARGS="--no-cov -k deadline")'
	@echo 'make check     format, lint, templates, types, import rules, system checks, migrations, messages'
	@echo 'make bench     pages, search, market, availability, bookings and registrations, as ratios to bare ones'
	@echo 'make dev       the portal with debug pages, restarted when code changes'
	@echo 'make messages  bring the Vietnamese catalogue up to date with the code'
	@echo 'make clean     remove caches, reports and compiled catalogues; .venv and var/ stay'

# --- what each target needs; the stamps in .venv make a second run quick --------------------------

# pip comes last into a new environment, so that a half-made one is made again.
.venv/bin/pip:
	@python=$$(PYTHON='$(PYTHON)' .ci/find-python) && echo "Making .venv with $$python" && \
	"$$python" -m venv --clear .venv

.venv/installed: .venv/bin/pip requirements.txt
	@echo 'Installing requirements.txt (about a minute the first time)'
	@$(pip_install) --requirement requirements.txt
	@touch $@

.venv/dev-installed: .venv/installed requirements-dev.txt
	@echo 'Installing requirements-dev.txt'
	@$(pip_install) --requirement requirements-dev.txt
	@touch $@

environment: .venv/installed
dev-environment: .venv/dev-installed

catalogues: environment
	@$(manage) compile_catalogues

# --- targets --------------------------------------------------------------------------------------

demo: catalogues
	@PORTAL_MODE=demo $(manage) migrate --verbosity 0
	@PORTAL_MODE=demo $(manage) load_demo --if-empty
	@PORTAL_MODE=demo $(manage) serve --port $(PORT)

dev: dev-environment catalogues
	@PORTAL_MODE=dev $(manage) migrate --verbosity 0
	@PORTAL_MODE=dev $(manage) load_demo --if-empty
	@PORTAL_MODE=dev $(manage) serve --port $(PORT) --reload

test: dev-environment catalogues
	@.ci/test $(TEST_ARGS)

check: dev-environment catalogues
	@.ci/check

bench: catalogues
	@$(python) -m tests.benchmarks

messages: dev-environment
	@$(manage) messages
	@$(manage) compile_catalogues

clean:
	rm -rf .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find portal competitions startups events tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find portal -name '*.mo' -delete
