# What people do with this project. `make` alone lists it. On Windows, README.md has the plain commands.

PYTHON ?= python3
NPM ?= npm
# More for `ltp build` or `ltp serve`, such as OPTIONS="--today 2027-04-01".
OPTIONS ?=

BIN := .venv/bin
# What `make check` runs beside the linters: the tests that need no browser, no whole site and no server.
FAST_TESTS := tests/model tests/writing $(filter-out %/test_commands.py,$(wildcard tests/docs/test_*.py)) $(wildcard tests/test_*.py)

# The browser and the Java that scripts/find-… found. Files of tests run side by side, in their order: those in a
# browser take longest and come first.
FOUND = CHROME_PATH="$$(cat .venv/chromium)" JAVA_PATH="$$(cat .venv/java)"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list what can be made
	@echo "Local transformation plans: accessible, versioned websites from Markdown and YAML."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "Start with: make site"

.PHONY: site
site: .venv/.for-build node_modules/.installed ## install what is needed and build every site into site/
	@$(BIN)/ltp build $(OPTIONS)

.PHONY: serve
serve: .venv/.for-build node_modules/.installed ## preview every site, drafts included, while you edit
	@$(BIN)/ltp serve $(OPTIONS)

.PHONY: check
check: .venv/.for-tests node_modules/.installed ## the fast checks: format, lint, types, spelling, quick tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/pytest -n auto --dist loadfile -m "not browser" $(FAST_TESTS)

.PHONY: test
test: .venv/.for-tests node_modules/.installed ## everything: the checks, the strict build, every test in a browser
	@sh scripts/find-chromium > .venv/chromium
	@sh scripts/find-java > .venv/java
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/ltp build
	$(FOUND) $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

.PHONY: audit
audit: .venv/.for-tests node_modules/.installed ## look at every page with all checkers, and write it into areas/audit.yml
	@sh scripts/find-chromium > .venv/chromium
	@sh scripts/find-java > .venv/java
	$(BIN)/ltp build
	$(FOUND) $(BIN)/python -m audit.recording

.PHONY: bench
bench: .venv/.for-tests node_modules/.installed ## how fast a help directory and all of England are built and searched
	@sh scripts/find-chromium > .venv/chromium
	@export CHROME_PATH="$$(cat .venv/chromium)"; \
	for each in directory england; do $(BIN)/python bench/$$each.py --runs 3 || failed=1; done; exit $${failed:-0}

.PHONY: bench-peers
bench-peers: .venv/.for-tests node_modules/.installed ## how fast other programs build the same pages
	NPM="$(NPM)" $(BIN)/python bench/peers.py

.PHONY: clean
clean: ## take away everything that was made or installed here
	rm -rf site .ltp .venv node_modules hooks/*.egg-info
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find hooks tests bench audit -name __pycache__ -type d -prune -exec rm -rf {} +

# -- what is installed; done again when a lock changes

.venv/.for-build: requirements/build.txt pyproject.toml
	@sh scripts/make-venv "$(PYTHON)"
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/.for-tests: requirements/test.txt .venv/.for-build
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	@touch $@

node_modules/.installed: package-lock.json package.json .npmrc
	@command -v $(NPM) > /dev/null || { echo "Node.js 20 or newer with npm is needed, and npm was not found." >&2; exit 1; }
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' || { echo "Node.js 20 or newer is needed; this is $$(node --version)." >&2; exit 1; }
	$(NPM) ci --include=dev
	@touch $@
