"""Finds the files that travel with the package: templates/ and corpus/.

In a checkout they stand beside the package; in an installed copy they stand inside it, as templates/ and
corpus_files/ (the name corpus belongs to a module).
"""

from __future__ import annotations

from pathlib import Path

from derivgen.errors import FileFault

PACKAGE = Path(__file__).resolve().parent
INSTALLED = {"templates": "templates", "corpus": "corpus_files"}


def folder(name: str) -> Path:
    """The folder called ``name``, installed or in the checkout."""
    for place in (PACKAGE / INSTALLED[name], PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileFault(
        f"the folder {name}/ that belongs to derivgen is missing", hint="install derivgen again: pip install derivgen"
    )


def templates() -> Path:
    return folder("templates")


def corpus() -> Path:
    return folder("corpus")
