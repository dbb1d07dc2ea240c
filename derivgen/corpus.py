r"""Problem files: a LaTeX statement with its facts as comment lines at its head.

The comments are TOML, so the file is at once plain LaTeX, input of ``derivgen solve``, and a test:

    % title = "A quadratic form"
    % topics = ["quadratic form"]
    % difficulty = 2
    % source = "seed 2.3.3d"
    % answer = "(A + A.T) @ x"
    Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ …

``answer`` is a NumPy expression in the default layout, or a list of them where a part asks several things;
``numerator`` and ``jacobian`` are those of the other layouts, where they make sense.  Other answers: ``choices`` (the
labels of the options that fit), ``facts`` (what a prose answer must establish, by name), ``proof = true`` (both sides
are to be verified).  ``[parts.a]`` holds the same for part (a).  ``seed_printed`` and ``fault`` carry what the source
prints where it is wrong.  ``id`` is the number in the source, ``rows`` the names of several answers without parts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from derivgen import resources
from derivgen.errors import FileFault, InputError

LAYOUT_KEYS = {"answer": "denominator", "numerator": "numerator", "jacobian": "jacobian"}
REQUIRED = ("title", "difficulty", "source")


@dataclass(frozen=True)
class Expected:
    """What a part must give: NumPy expressions by layout, one for each thing asked; options, facts, a proof."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[str, ...] | None = None
    facts: dict[str, str] = field(default_factory=dict)
    proof: bool = False
    printed: str = ""
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.choices is not None or self.facts or self.proof)


@dataclass(frozen=True)
class Entry:
    """A problem file; ``expected`` maps a part (None where there are none) to its book answer."""

    slug: str
    path: Path
    text: str
    title: str
    difficulty: int
    source: str
    topics: tuple[str, ...] = ()
    id: str = ""
    rows: tuple[str, ...] = ()
    expected: dict[str | None, Expected] = field(default_factory=dict)

    @property
    def layouts(self) -> tuple[str, ...]:
        """The layouts in which it is to be solved; the default where no answer depends on one."""
        named = {layout for e in self.expected.values() for layout in e.values}
        return tuple(layout for layout in LAYOUT_KEYS.values() if layout in named) or ("denominator",)

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.fault for e in self.expected.values() if e.fault))


def corpus_entries(paths: Sequence[str] = ()) -> list[Entry]:
    """The problems in the files and folders named, or those of the corpus."""
    if not paths:
        return entries_in(resources.corpus())
    found = []
    for path in map(Path, paths):
        if path.is_dir():
            found += entries_in(path)
        elif path.exists():
            found.append(read_entry(path, path.stem))
        else:
            found.append(find_entry(str(path)))
    return found


def entries_in(folder: Path) -> list[Entry]:
    files = sorted(folder.rglob("*.tex"))
    if not files:
        raise FileFault(f"{folder} holds no problem files (*.tex)")
    return [read_entry(file, file.relative_to(folder).with_suffix("").as_posix()) for file in files]


def find_entry(name: str) -> Entry:
    """The problem of the corpus with that slug; the chapter may be left out."""
    entries = entries_in(resources.corpus())
    found = [entry for entry in entries if name in (entry.slug, entry.slug.rpartition("/")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(entry.slug for entry in found)
        raise InputError(f"several problems of the corpus are called {name}", hint=f"choose one of {choices}")
    raise FileFault(f"{name}: no such file, and no such problem in the corpus", hint="derivgen list shows the problems")


def read_entry(path: Path, slug: str) -> Entry:
    text = path.read_text(encoding="utf-8")
    known = head(text, path)
    missing = [key for key in REQUIRED if key not in known]
    if missing:
        raise InputError(f"{path}: the head of the problem file lacks {', '.join(missing)}")
    expected = {None: expected_of(known, path)} | {
        part: expected_of(table, path) for part, table in known.get("parts", {}).items()
    }
    return Entry(
        slug=slug,
        path=path,
        text=text,
        title=known["title"],
        difficulty=known["difficulty"],
        source=known["source"],
        topics=tuple(known.get("topics", ())),
        id=known.get("id", ""),
        rows=tuple(known.get("rows", ())),
        expected={part: e for part, e in expected.items() if not e.is_empty},
    )


def head(text: str, path: Path) -> dict[str, Any]:
    """The TOML in the comment lines before the statement."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("%"):
            break
        lines.append(line[1:].strip())
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: the head of the problem file is not TOML: {error}") from None


def expected_of(table: dict[str, Any], path: Path) -> Expected:
    """The book answer that a table of the head holds."""
    values = {
        layout: (table[key],) if isinstance(table[key], str) else tuple(table[key])
        for key, layout in LAYOUT_KEYS.items()
        if key in table
    }
    facts = table.get("facts", {})
    if not isinstance(facts, dict):
        raise InputError(f"{path}: facts are a table of names and values")
    return Expected(
        values=values,
        choices=tuple(map(str, table["choices"])) if "choices" in table else None,
        facts={str(name): str(value) for name, value in facts.items()},
        proof=bool(table.get("proof", False)),
        printed=table.get("seed_printed", ""),
        fault=table.get("fault", ""),
    )
