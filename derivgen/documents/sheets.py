r"""A sheet with several problems, ``\section*{Problem 2}``, cut into statements of their own.

What stands before the first problem belongs to all of them: the preamble, a section on notation.  The text around a
problem is blanked, not cut out, so that places in it stay where they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HEADING = re.compile(
    r"^[ \t]*\\(?P<level>(?:sub)*)section\*?\s*\{\s*(?P<title>[^{}\n]*)\}"
    r"|^[ \t]*\\begin\s*\{(?P<name>problem|exercise|question|task|aufgabe|exercice)\*?\}",
    re.M | re.I,
)
NUMBERED = r"(?:problem|exercise|question|task|aufgabe|exercice|ex|q)\b\.?"
PROBLEM = re.compile(rf"(?:{NUMBERED}\s*(?:\d|[ivx]+\b|$|[:.(-])|\d+\s*[.):]?)", re.I)
"""How the heading of a problem begins; other sections are read along with those behind them."""
BARE = re.compile(rf"{NUMBERED}\s*(?:\d[\d.]*|[ivx]+)?\s*[.:)]?", re.I)
"""A heading that only counts."""
COMMENT = re.compile(r"(?<!\\)%.*")


class Statement(NamedTuple):
    """A problem of a sheet: its heading, "" where there is none, and its text."""

    title: str
    text: str


def problems(text: str) -> list[Statement]:
    """The statements of a sheet in their order; the text itself where it holds only one."""
    plain = COMMENT.sub(lambda m: " " * len(m[0]), text)
    found = [m for m in HEADING.finditer(plain) if m["name"] or PROBLEM.match(m["title"].strip())]
    highest = min((len(m["level"] or "") for m in found), default=0)
    found = [m for m in found if len(m["level"] or "") == highest]  # what stands below a heading belongs to it
    if len(found) < 2:
        return [Statement("", text)]
    ends = [end_of(plain, m, following) for m, following in zip(found, [*found[1:], None], strict=True)]
    spans = [(m.start(), end) for m, end in zip(found, ends, strict=True)]
    out = []
    for heading, own in zip(found, spans, strict=True):
        others = [s for s in spans if s != own]
        title = (heading["title"] or "").strip()
        if BARE.fullmatch(title):
            others.append(heading.span())
        out.append(Statement(title, blanked(text, others, own[1])))
    return out


def end_of(text: str, heading: re.Match[str], following: re.Match[str] | None) -> int:
    """Where a problem ends: with its environment, else before the next one or the end of the document."""
    if heading["name"]:
        close = re.compile(rf"\\end\s*\{{{heading['name']}\*?\}}").search(text, heading.end())
        if close is not None:
            return close.end()
    if following is not None:
        return following.start()
    end = text.find("\\end{document}", heading.end())
    return end if end >= 0 else len(text)


def blanked(text: str, others: list[tuple[int, int]], end: int) -> str:
    """The text with blanks for other problems, and for what stands behind this one."""
    tail = text.find("\\end{document}", end)
    stop = tail if tail >= 0 else len(text)
    for start, until in (*others, (end, stop)):
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:until]) + text[until:]
    return text
