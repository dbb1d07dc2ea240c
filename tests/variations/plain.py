"""Plain letters, declared in words, in the place of bold ones declared by their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.variations.kin import Kin, NotApplicable, renaming
from tests.variations.letters import letters_of
from tests.variations.source import Piece, cut, join

SPACE = re.compile(r"^(?P<who>[^=]+?)\\in\s*\\mathbb\{R\}\^(?:\{(?P<wide>[^}]*)\}|(?P<one>\w))$")
ADJECTIVE = re.compile(r"\b(?:a|an|constant|fixed|given|differentiable)\s+$", re.I)
PREPOSITION = re.compile(
    r"(?:^|\b(?:let|and|where|for|with|on|of|in|by|that|suppose|here|if|the|from|when)|[.,:;?(])\s*$", re.I
)


def plain_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    letters = letters_of(statement)
    if not letters.bold:
        yield NotApplicable("it has no bold letters")
        return
    twice = clash(statement)
    if twice:
        yield NotApplicable(f"{twice} stands for two things, told apart by their fonts")
        return
    bare = renaming({}, dict.fromkeys(letters.bold, ""))
    fonts = [replace(p, text=bare(p.text)) if p.kind != "text" else p for p in cut(statement)]
    yield Kin("plain letters", join(fonts), renamed=bare, how="fonts dropped")
    spoken = declared_in_words(fonts)
    if spoken == join(fonts):
        yield NotApplicable("it declares no letter in a space")
        return
    yield Kin("plain letters", spoken, renamed=bare, how="declared in words")


def clash(statement: str) -> str:
    """A letter that stands both in bold and, by itself, in plain type."""
    for letter in letters_of(statement).bold & letters_of(statement).plain:
        for piece in cut(statement):
            if piece.kind == "text":
                continue
            rest = re.sub(r"\\(?:mathbf|boldsymbol|mathcal)\s*(?:\{\\?\w+\}|\w)|\\[A-Za-z]+", " ", piece.text)
            rest = re.sub(r"(?<![A-Za-z])[A-Za-z](?=_)", " ", rest)
            if letter in rest:
                return letter
    return ""


def declared_in_words(pieces: list[Piece]) -> str:
    out: list[str] = []
    for n, piece in enumerate(pieces):
        found = SPACE.match(piece.text.strip()) if piece.kind == "math" else None
        if not found:
            out.append(str(piece))
            continue
        before = "".join(out)
        after = str(pieces[n + 1]) if n + 1 < len(pieces) else ""
        out.append(spoken(before, [w.strip() for w in found["who"].split(",")], found["wide"] or found["one"], after))
    return "".join(out)


def spoken(before: str, who: list[str], space: str, after: str) -> str:
    """The declaration as a noun phrase that fits behind what stands before it."""
    listed = " and ".join([", ".join(f"${w}$" for w in who[:-1]), f"${who[-1]}$"] if who[1:] else [f"${who[0]}$"])
    sizes = [s.strip() for s in space.split("\\times")]
    many = len(who) > 1
    sentence = re.split(r"(?<=[.?!])\s", before)[-1]
    if len(sizes) == 2:
        noun = f"${sizes[0]}\\times {sizes[1]}$ {'matrices' if many else 'matrix'}"
        tail = ""
    else:
        noun = f"column {'vectors' if many else 'vector'}"
        tail = f" with ${sizes[0]}$ elements"
    a = "" if many else "an " if noun.startswith(("$m", "$n")) else "a "
    stands_alone = re.match(r"(?:[Ll]et|and(?: let)?|,)?\s*$", re.split(r"[,.]", sentence)[-1].strip() or "") and (
        re.match(r"\s*(?:Let|let)\b", sentence) and re.match(r"[.,]|\s+and\s*$", after) and " be " not in sentence
    )
    if stands_alone and not re.search(r" be\b", after.split(".")[0]):
        return f"{listed} be {a}{noun}{tail}"
    if re.search(r"\b(?:when|if)\s*$", before):
        return f"{listed} {'are' if many else 'is'} {a}{noun}{tail}"
    if ADJECTIVE.search(before):
        return f"{noun} {listed}{tail}"
    if PREPOSITION.search(before):
        return f"the {noun} {listed}{tail}"
    return f"{listed}, {a}{noun}{tail}" + ("" if re.match(r"[.,]", after) else ",")
