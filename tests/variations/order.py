"""The same sentences in another order, declarations at another place, and other labels of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.variations.kin import Kin, NotApplicable
from tests.variations.operands import made
from tests.variations.source import Piece, cut, join

ASKS = re.compile(r"^(?:Find|Compute|Calculate|Derive|Determine|What|Which|Evaluate|Express|Write|Put|Show)\b")
SPACE = re.compile(r"^(?P<who>[^=]+?)\\in\s*(?P<space>\\mathbb\{R\}\^(?:\{[^}]*\}|\w))$")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


def ordered_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    yield question_first(statement)
    yield declared_behind(statement)
    yield roman(statement)


def sentences(statement: str) -> list[str]:
    """The sentences of a statement in one paragraph; formulas are never cut."""
    held: list[str] = []

    def hold(text: str) -> str:
        held.append(text)
        return f"\x00{len(held) - 1}\x00"

    flat = join(p if p.kind == "text" else Piece("text", hold(str(p))) for p in cut(statement))
    cuts = re.split(r"(?<=[.?])\s+(?=[A-Z])", flat.strip())
    return [re.sub("\x00(\\d+)\x00", lambda m: held[int(m[1])], s) for s in cuts]


def question_first(statement: str) -> Kin | NotApplicable:
    if "\\begin" in statement or "\\[" in statement:
        return NotApplicable("it is not one paragraph of sentences")
    found = sentences(statement)
    if len(found) < 2 or not ASKS.match(found[-1]):
        return NotApplicable("its question is no sentence at the end")
    return made("reordered", statement, " ".join([found[-1], *found[:-1]]) + "\n", how="question first")


def declared_behind(statement: str) -> Kin | NotApplicable:
    """Spaces are told at the end: "Find d(Ax)/dx. Here A ∈ …"."""
    if "\\begin" in statement:
        return NotApplicable("it has parts: what stands behind them is not about them")
    told, out = [], []
    for piece in cut(statement):
        found = SPACE.match(piece.text.strip()) if piece.kind == "math" else None
        if found:
            told.append(f"${piece.text.strip()}$")
            out.append(Piece("math", found["who"]))
        else:
            out.append(piece)
    bare = join(out)
    if re.search(r"\b(?:when|if) \$", statement):
        return NotApplicable("it tells several cases apart by spaces")
    if not told or re.search(
        r"\b(?:[Ll]et|and|[Ff]or|with|With|[Hh]ere|where) (?:let )?\$[^$=]*\$(?:[.,]| (?:find|compute|let|and \$[^$]*\$[.,]))",
        bare,
    ):
        return NotApplicable("without the spaces a sentence would say nothing")
    listed = " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)
    return made("reordered", statement, f"{bare.rstrip()} Here {listed}.\n", how="declared behind")


def roman(statement: str) -> Kin | NotApplicable:
    if statement.count("\\begin{enumerate}") != 1 or "\\begin{itemize}" in statement:
        return NotApplicable("it has no simple list of parts")
    count = 0

    def label(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"\\item[({ROMAN[count - 1]})]"

    text = re.sub(r"\\item(?:\[[^]]*\])?", label, statement)
    text = re.sub(r"\(([a-h])\)(?!\])", lambda m: f"({ROMAN['abcdefgh'.index(m[1])]})", text)
    labels = {r: "abcdefgh"[k] for k, r in enumerate(ROMAN)}
    return made("reordered", statement, text, how="roman labels", labels=labels)
