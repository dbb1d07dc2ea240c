# Two commands: `make demo` and `make test`.  Every path is relative, so the checkout may stand anywhere, also in a
# folder with a space in its name.  Nothing outside the checkout is changed, unless DERIVGEN_SYSTEM=1 (see `system`).

VENV := .venv
PY := $(VENV)/bin/python
DEMO := demo
DEMO_PROBLEMS := quadratic-form bilinear-form mean-squared-error hadamard-product second-partials double-sum
DEMO_SHOWN := bilinear-form
SYSTEM_PACKAGES := texlive-latex-extra texlive-pictures lmodern texlive-luatex poppler-utils chromium
SYSTEM_TOOLS := pdflatex lualatex pdftotext pdftoppm chromium

.PHONY: demo manual coverage test check lint types wheel system clean
.DEFAULT_GOAL := demo

demo: $(VENV)/demo.stamp
	@mkdir -p $(DEMO)
	@for problem in $(DEMO_PROBLEMS); do for format in pdf tex; do \
	  "$(PY)" -m derivgen solve "corpus:$$problem" -o "$(DEMO)/$$problem.$$format" || exit; done; done
	@"$(PY)" -m derivgen solve "corpus:$(DEMO_SHOWN)" --to text
	@echo; echo "The same and others, typeset:"; ls $(DEMO)/*.pdf $(DEMO)/*.tex

# All of the source's exercises as one document.  A problem that is refused is shown as such: exit code 1 or 2 of derivgen.
manual: $(VENV)/demo.stamp
	@mkdir -p $(DEMO)
	"$(PY)" -m derivgen manual corpus/matrix-calculus -o "$(DEMO)/matrix-calculus.pdf"

# A row for every exercise of the source; fails where one is not solved, not verified or not as the book has it.
coverage: $(VENV)/demo.stamp
	"$(PY)" -m derivgen coverage

test: system $(VENV)/test.stamp lint types
	"$(PY)" -m derivgen coverage
	"$(PY)" -m pytest --durations=8

check: $(VENV)/test.stamp lint types
	"$(PY)" -m pytest -q -m "not slow and not tex and not browser"

lint: $(VENV)/test.stamp
	"$(PY)" -m ruff check derivgen tests benchmarks

types: $(VENV)/test.stamp
	"$(PY)" -m mypy

# System packages (TeX Live, Chromium, poppler) are installed where DERIVGEN_SYSTEM=1 alone, and only when missing.
system:
ifeq ($(DERIVGEN_SYSTEM),1)
	@sh .ci/system "$(SYSTEM_TOOLS)" "$(SYSTEM_PACKAGES)"
else
	@for tool in $(SYSTEM_TOOLS); do command -v $$tool >/dev/null 2>&1 || \
	  echo "note: $$tool is not installed; the tests that need it are left out (named at the end)"; done
endif

$(VENV)/demo.stamp: pyproject.toml | $(PY)
	"$(PY)" .ci/install.py -e .
	@touch "$@"

$(VENV)/test.stamp: pyproject.toml | $(PY)
	"$(PY)" .ci/install.py -e ".[test]"
	@touch "$@"

$(PY):
	sh .ci/venv "$(VENV)"

clean:
	rm -rf "$(VENV)" "$(DEMO)" build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
