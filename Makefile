# make run     set up what is missing, load the demo district once, serve the site
# make test    every check and test        make lint    the checks alone
# make bench   the promises on speed       make reset   delete what this copy keeps, after asking
# Needs Python 3.11 or newer and Node 20. Packages come from where pip and npm are told to look.

PYTHON ?= $(shell command -v python3.11 || echo python3)
PORT ?= 8000
BIN := .venv/bin
ASSETS := $(shell find qiao/web/assets -type f 2>/dev/null)
NOWHERE := DATABASE_URL=postgres://nobody@127.0.0.1:1/none QIAO_VAR=.mypy_cache/var
.DEFAULT_GOAL := run
.PHONY: run setup messages test lint bench reset browser

run: setup
	@$(BIN)/qiao demo
	@exec $(BIN)/qiao serve --port $(PORT)

setup: .venv/run.stamp qiao/web/static/dist/.stamp messages

messages: .venv/run.stamp
	@$(BIN)/qiao messages

test: lint browser
	$(BIN)/pytest -n 2 --dist loadgroup --reruns 1

lint: setup .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(NOWHERE) $(BIN)/mypy qiao
	$(BIN)/djlint qiao --lint --quiet

bench: setup .venv/test.stamp
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

reset:
	@if [ -x $(BIN)/qiao ]; then $(BIN)/qiao reset; else echo "There is nothing to delete yet."; fi

# The virtual environment. Debian keeps the module that makes one in a package of its own.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh -c '$(call install,python3-venv)' \
	  || { echo "Cannot make a virtual environment: install the package python3-venv, then run make again."; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements/run.txt pyproject.toml
	@echo "Installing Qiao and its packages ..."
	$(call packages,--require-hashes -r requirements/run.txt)
	$(call packages,--no-deps -e .)
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	$(call packages,--require-hashes -r requirements/run.txt -r requirements/test.txt)
	@touch $@

# Styles, scripts and icons of the pages.
node_modules/.stamp: package-lock.json
	@command -v npm >/dev/null || { echo "Node 20 is needed to build the pages: install nodejs and npm."; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

qiao/web/static/dist/.stamp: node_modules/.stamp package.json $(ASSETS)
	npm run --silent build
	@mkdir -p $(@D) && touch $@

# Tests in a browser need Debian's Chromium and a Chinese font. Without them those tests fail, the others run.
browser:
	@command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || sh -c '$(call install,chromium fonts-noto-cjk fontconfig)' \
	  || echo "NOTE: the tests in a browser will fail; install the packages chromium and fonts-noto-cjk."

# uv where there is one, because it is fast; pip otherwise, or where uv knows no place to look.
define packages
@{ command -v uv >/dev/null && uv pip install --quiet --python $(BIN)/python $(1); } 2>/dev/null \
  || $(BIN)/python -m pip install --disable-pip-version-check $(1)
endef
install = command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && echo "Installing $(1) ..." && export DEBIAN_FRONTEND=noninteractive && { apt-get install -y -qq --no-install-recommends $(1) >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(1) >/dev/null; }; }
