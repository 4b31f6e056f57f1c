# `make run` starts the portal, `make test` runs every test; both install what they need first.
PORT ?= 8000
DATA_DIR ?= var
PYTHON3 ?= python3
PYTHON = .venv/bin/python

.PHONY: run test check lock format messages screenshots clean

run:
	@$(PYTHON3) tools/setup.py
	@EMBEDDED=1 DATA_DIR="$(DATA_DIR)" exec $(PYTHON) manage.py run_portal --port "$(PORT)"

test:
	@$(PYTHON3) tools/setup.py --development
	@exec $(PYTHON) -m tools.run_tests

check:
	@$(PYTHON3) tools/setup.py --development
	@exec $(PYTHON) -m tools.check

lock:
	@exec $(PYTHON) -m tools.lock

format:
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format . ; .venv/bin/djlint --reformat --quiet portal/templates reports

messages:
	@SECRET_KEY=messages $(PYTHON) manage.py makemessages --all --no-location --no-obsolete --ignore=node_modules --ignore=build

screenshots:
	@$(PYTHON3) tools/setup.py --development
	@exec $(PYTHON) -m tools.screenshots

clean:
	rm -rf .venv node_modules build
