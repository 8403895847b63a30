# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help install app test quick check format bench docs

help: ## List the targets
	@grep -hE '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## Install everything at the pinned versions
	python -m pip install -r requirements.txt

app: ## Open the interface
	streamlit run app.py

test: ## Run every test, on all cores
	pytest -n auto --dist loadfile

quick: ## Run the tests that take no browser and no patience
	pytest -n auto --dist loadfile -m "not browser and not slow and not nightly"

check: ## Types, style and the order of the floors
	ruff check
	ruff format --check
	mypy
	lint-imports

format: ## Format the code
	ruff format
	ruff check --fix

bench: ## Measure the app and the analyses
	python benchmarks/app.py
	python benchmarks/robustness.py

docs: ## Write the glossary, the JSON Schema and the screenshot from the code
	python -m valuemix.glossary > docs/glossary.md
	python docs/make_schema.py > src/valuemix/files/scenario.schema.json
	python docs/make_screenshot.py docs/balance.png
