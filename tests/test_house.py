"""The house rules, read from the source with ``ast``: who may import whom, no state, files of a readable length."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "derivgen"
FILES = sorted(PACKAGE.rglob("*.py"))

ROOMS = ("terms", "notation", "rules", "latex", "engine", "writers")
GROUND = {"errors", "version", "records", "prose", "terms"}
MAY_IMPORT: dict[str, set[str]] = {
    "version": set(),
    "records": set(),
    "prose": set(),
    "errors": set(),
    "resources": {"errors"},
    "limits": {"errors"},
    "choices": {"errors"},
    "files": {"errors", "limits"},
    "terms": {"errors", "terms"},
    "notation": GROUND | {"notation"},
    "tasks": GROUND | {"notation"},
    "derivation": GROUND | {"notation", "tasks"},
    "rules": GROUND | {"rules"},
    "latex": GROUND | {"notation", "tasks", "derivation", "latex"},
    "engine": GROUND | {"notation", "tasks", "derivation", "rules", "limits", "engine"},
    "writers": GROUND | {"notation", "tasks", "derivation", "latex", "resources", "limits", "writers"},
    "corpus": {"errors", "resources"},
    "arrays": {"errors"},
    "native_problem": GROUND | {"notation", "derivation", "latex"},
    "face": {"errors", "choices", "limits", "derivation", "latex", "engine", "writers", "native_problem"},
    "samples": GROUND | {"derivation", "notation", "writers"},
    "book": {"arrays", "corpus", "derivation", "errors", "face", "samples", "writers"},
    "coverage": {"book", "corpus", "derivation", "face"},
    "documents": {"errors", "files", "corpus", "derivation", "engine", "face", "writers", "documents"},
    "cli": {
        "errors", "version", "limits", "choices", "files", "face", "derivation", "latex", "rules", "writers", "corpus", "book",
        "coverage", "documents",
    },
    "__main__": {"cli"},
    "__init__": {"version", "face", "derivation", "errors"},
}
LAZILY: dict[str, set[str]] = {"derivation": {"writers", "terms"}}
"""What may be imported inside a function though it stands higher up: a derivation shows itself in a notebook."""

EVALUATORS = ("eval", "exec", "sympify", "parse_expr", "system", "popen")
LONGEST_FILE, LONGEST_FUNCTION = 500, 60
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
CONSTANT = re.compile(r"_?_?[A-Z][A-Z0-9_]*|__all__|__slots__|__match_args__")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.Module) -> list[tuple[str, bool]]:
    """(room, whether at the top of the module) of every import of the package."""
    found = []
    top = {id(node) for node in ast.walk(tree) if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the room"
            if node.module == "derivgen":
                names = [f"derivgen.{alias.name}" for alias in node.names]
            else:
                names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("derivgen."):
                found.append((name.split(".")[1], id(node) in top and id(node) not in inside))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_only_what_its_room_may(path: Path) -> None:
    here = room(path)
    assert here in MAY_IMPORT, f"a new room {here}: add it to the plan"
    for other, at_top in imports(ast.parse(path.read_text(encoding="utf-8"))):
        allowed = MAY_IMPORT[here] | (set() if at_top else LAZILY.get(here, set()))
        assert other in allowed, f"{here} must not import {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_file_is_of_readable_length(path: Path) -> None:
    length = path.read_text(encoding="utf-8").count("\n")
    limit = 700 if path.name == "nodes.py" else LONGEST_FILE  # the closed set of nodes is one list
    assert length <= limit, f"{length} lines: split it by purpose"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines: the idea has not been split yet"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_module_keeps_no_state(path: Path) -> None:
    """Tables are constants in capitals; nothing rebinds or fills a module's name, and nothing caches by hand."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Global), f"line {node.lineno}: global {node.names}"
    for node in tree.body:
        targets = getattr(node, "targets", [node.target] if isinstance(node, ast.AnnAssign) else [])
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, MUTABLE):
                assert CONSTANT.fullmatch(target.id), f"line {node.lineno}: {target.id} looks like module state"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no docstring"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_text_reaches_an_evaluator(path: Path) -> None:
    """No ``eval``, ``exec``, ``sympify`` or ``parse_expr``, no shell, and no bare ``except``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            door = name == "sympify" and path.name == "native.py"  # the one door to SymPy's evaluation; strict, no text
            assert name not in EVALUATORS or door, f"line {node.lineno}: {name}"
            assert not any(k.arg == "shell" for k in node.keywords), f"line {node.lineno}: shell="
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: bare except"


def project_files() -> list[Path]:
    kinds = ("*.py", "*.md", "*.toml", "*.tex", "*.typ", "*.html", "*.cff", "*.txt", "*.j2", "Makefile")
    rooms = ("derivgen", "templates", "corpus", "tests", "docs", "benchmarks", ".ci")
    found = [path for name in rooms for kind in kinds for path in (ROOT / name).rglob(kind)]
    return found + [path for kind in kinds for path in ROOT.glob(kind)]


def test_nothing_names_a_place_on_a_machine() -> None:
    place = re.compile(r"(?<![\w.~])/(?:" + "|".join(("work", "home", "root", "Users", "tmp/briefs")) + r")/\w")
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in project_files()}
    assert not [path for path, text in texts.items() if place.search(text)]
