r"""Problem files: ``<chapter>/<slug>.tex``, a statement with what is known about it in the comment lines at its head.

The comments are TOML, so the file is at once plain LaTeX, input of ``derivgen solve``, and a test:

    % title = "A quadratic form"
    % topics = ["quadratic form"]
    % difficulty = 2
    % source = "seed 2.3.3d"
    % answer = "(A + A.T) @ x"
    Let $\mathbf{A}\in\mathbb{R}^{n\times n}$ …

``answer`` is a NumPy expression in the default layout; ``numerator`` and ``jacobian`` are those of the other layouts,
where they make sense; ``[parts.a]`` holds the same for part (a).  ``printed`` and ``fault`` carry what the source
prints where it is wrong.
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
class Entry:
    """A problem file; ``answers`` maps (part or None, layout) to the NumPy expression of the book answer."""

    slug: str
    path: Path
    text: str
    title: str
    difficulty: int
    source: str
    topics: tuple[str, ...] = ()
    printed: str = ""
    fault: str = ""
    answers: dict[tuple[str | None, str], str] = field(default_factory=dict)

    @property
    def layouts(self) -> tuple[str, ...]:
        return tuple(layout for layout in LAYOUT_KEYS.values() if any(key[1] == layout for key in self.answers))


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
    answers = dict(answers_in(known, None))
    for part, table in known.get("parts", {}).items():
        answers.update(answers_in(table, part))
    return Entry(
        slug=slug,
        path=path,
        text=text,
        title=known["title"],
        difficulty=known["difficulty"],
        source=known["source"],
        topics=tuple(known.get("topics", ())),
        printed=known.get("printed", ""),
        fault=known.get("fault", ""),
        answers=answers,
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


def answers_in(table: dict[str, Any], part: str | None) -> list[tuple[tuple[str | None, str], str]]:
    return [((part, layout), table[key]) for key, layout in LAYOUT_KEYS.items() if key in table]
