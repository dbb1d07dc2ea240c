"""The questions of a document: problem files and folders of them, in reading order, each with its number and title.

A folder is read with its sub-folders, which are the sections: ``1-scalar-functions`` becomes "1 Scalar functions".
Number, title and section stand in the head of a file (``id``, ``title``, ``section``) or are made from its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from derivgen.corpus import find_entry, head
from derivgen.documents.sheets import problems
from derivgen.errors import FileFault, InputError
from derivgen.files import read_text, shown_name

CORPUS = "corpus:"
NUMBERED = re.compile(r"(\d+(?:\.\d+)*)[-_. ]+(.+)")
METADATA = re.compile(r"%\s*(id|title|section|topics|difficulty|source|answer)\s*=|%\s*\[parts\.")
"""What shows that the comments at the head of a file are meant as metadata."""
Key = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Question:
    """A problem file: its number ("" where it has none), its title, and the section in which it stands."""

    text: str
    source: str
    id: str
    title: str
    section: str = ""


def collected(names: Sequence[str]) -> list[Question]:
    """The questions of the files and folders, each file once: folders in natural order, else as they are given."""
    found: dict[Path, list[Question]] = {}
    for name in names:
        for path, section in files_of(name):
            found.setdefault(path.resolve(), questions_in(path, section))
    questions = grouped([q for several in found.values() for q in several])
    refuse_doubles(questions)
    return questions


def files_of(name: str) -> Iterator[tuple[Path, str]]:
    """The problem files that a name stands for, each with its section."""
    path = Path(name)
    if name.startswith(CORPUS) and not path.exists():
        yield find_entry(name.removeprefix(CORPUS)).path, ""
    elif path.is_dir():
        inside = [(file, file.relative_to(path)) for file in path.rglob("*.tex")]
        files = [(file, place) for file, place in inside if not any(p.startswith(".") for p in place.parts)]
        if not files:
            raise FileFault(f"{shown_name(name)} holds no problem files (*.tex)")
        ordered = sorted(files, key=lambda pair: ([natural(p) for p in pair[1].parent.parts], natural(pair[1].name)))
        yield from ((file, ": ".join(map(from_name, place.parent.parts))) for file, place in ordered)
    elif path.exists():
        yield path, ""
    else:
        raise FileFault(f"{shown_name(name)}: no such file or folder")


def questions_in(path: Path, section: str) -> list[Question]:
    """The question of a file; the problems of a sheet in a section of their own, with its title."""
    text = read_text(str(path))
    known = head(text, path) if any(map(METADATA.match, text.splitlines())) else {}
    told = {key: " ".join(str(known.get(key, "")).split()) for key in ("id", "title", "section")}
    title, source = told["title"] or from_name(path.stem), shown_name(str(path))
    statements = problems(text)
    if len(statements) == 1:
        return [Question(text, source, told["id"], title, told["section"] or section)]
    return [
        Question(s.text, source, f"{told['id']}.{k}" if told["id"] else "", s.title or f"Problem {k}", title)
        for k, s in enumerate(statements, 1)
    ]


def grouped(questions: Sequence[Question]) -> list[Question]:
    """The questions by section, sections as they come first; in a section those with numbers come in their order."""
    sections: dict[str, list[Question]] = {}
    for q in questions:
        sections.setdefault(q.section, []).append(q)
    return [q for group in sections.values() for q in (in_order(group) if all(q.id for q in group) else group)]


def in_order(questions: Sequence[Question]) -> list[Question]:
    """By the numbers in the id, whatever letters stand before them: T2.1a, T2.1b, T2.2, 2.3.9, 2.3.10."""
    return sorted(questions, key=lambda q: ([int(n) for n in re.findall(r"\d+", q.id)], q.id))


def refuse_doubles(questions: Sequence[Question]) -> None:
    known: dict[str, Question] = {}
    for q in questions:
        if q.id and q.id in known:
            raise InputError(
                f"two problems have the id {q.id}: {known[q.id].source} and {q.source}",
                hint="references would not tell them apart; give one of them another id",
            )
        known[q.id] = q


def natural(name: str) -> Key:
    """A key in which 10 comes after 9."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((int(p), "") if p.isdigit() else (-1, p.casefold()) for p in parts)


def from_name(name: str) -> str:
    """ "1-scalar-functions" as "1 Scalar functions"."""
    found = NUMBERED.fullmatch(name)
    number, words = (found[1], found[2]) if found else ("", name)
    words = re.sub(r"[-_\s]+", " ", words).strip()
    return f"{number} {words[:1].upper()}{words[1:]}".strip() or name
