"""Each lettered part as a problem of its own, behind what stands before the parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.variations.kin import Kin, NotApplicable
from tests.variations.source import formulas, tokens

REFERS = re.compile(
    r"\([a-h]\)|\b(?:those|these|this|that matrix|that vector|same|again|also|previous|earlier|above|answers?|results?|"
    r"formulas?|now|other|both|it|its|instead|still|there|here|another|different)\b",
    re.I,
)
"""Words that speak of what stands elsewhere; in a part on its own they would point at nothing."""
INDEX = frozenset("ijklTde")


def alone_kin(statement: str) -> Iterator[Kin | NotApplicable]:
    found = re.search(r"\\begin\{enumerate\}(.*)\\end\{enumerate\}", statement, re.S)
    if not found or "\\begin{itemize}" in found[1] or "\\begin{enumerate}" in found[1]:
        yield NotApplicable("it has no simple list of parts")
        return
    stem, items = statement[: found.start()].strip(), re.split(r"\\item(?:\[[^]]*\])?", found[1])[1:]
    if re.search(r"\b(?:parts?|\([a-h]\))\b", stem):
        yield NotApplicable("what stands before the parts speaks of them")
        return
    spaces: dict[str, set[str]] = {}
    for who, space in re.findall(r"(\\mathbf\{\w\})[^$]*?\\in\s*\\mathbb\{R\}\^(\{[^}]*\}|\w)", statement):
        spaces.setdefault(who, set()).add(space)
    if any(len(found) > 1 for found in spaces.values()):
        # the sizes of another part would be those of the whole original, and its values have no kin here
        yield NotApplicable("its parts give a letter several sizes")
        return
    before: set[str] = set()
    for label, item in zip("abcdefgh", items, strict=False):
        own = letters(item)
        if REFERS.search(re.sub(r"\$[^$]*\$|\\\[.*?\\\]", "", item, flags=re.S)):
            yield NotApplicable("a part speaks of what stands elsewhere")
        elif (own & before) - letters(stem) and "Let" not in item:
            yield NotApplicable("a part uses a letter of an earlier one")
        else:
            yield Kin("a part alone", f"{stem} {item.strip()}\n", how=label, labels={"": label}, part=label)
        before |= own


def letters(text: str) -> set[str]:
    return {t.letter for f in formulas(text) for t in tokens(f) if t.letter} - INDEX
