"""Letters spoken of as f(x) and used as f: "let u(t) and v(t) be vectors", where du/dt stands later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.facts import Bare
from derivgen.latex.scope import Scope
from derivgen.latex.sentences import Sentence, Slot
from derivgen.terms.nodes import Name

WORDS = re.compile(r"\bfunctions?\b|\bdifferentiable\b|\bsmooth\b|\bcurves?\b|\bpaths?\b|\bvar(?:y|ies|ying)\b", re.I)
"""Words for what depends on something."""


def declare(scope: Scope, sentences: Iterable[Sentence]) -> None:
    """A letter that a sentence mentions as f(x), and of which nothing else is said, is a function of x."""
    for sentence in sentences:
        for slot in sentence.slots:
            for node in mentions(slot):
                name = letters.full_name(scope, node.head)
                arguments = tuple(sx.items(node.operand.body)) if isinstance(node.operand, sx.Fenced) else ()
                told = name is not None and varies(scope, name, sentence) and are_letters(scope, name, arguments)
                if name is not None and told and all(c == node.operand for c in scope.survey.calls.get(name, ())):
                    entry = scope.entry(name, node.span)
                    entry.depends, entry.declared, entry.why = list(arguments), True, "stated"
                    slot.used = True


def mentions(slot: Slot) -> Iterator[sx.MaybeCall]:
    """The u(t) and v(t) of a formula that lists nothing else."""
    if all(isinstance(f, Bare) for f in slot.facts):
        yield from (n for n in slot.subject if isinstance(n, sx.MaybeCall) and isinstance(n.head, sx.Symbol))


def varies(scope: Scope, name: Name, sentence: Sentence) -> bool:
    """Whether a letter stands for its values elsewhere, and nothing is known of how it depends on anything."""
    survey, entry = scope.survey, scope.find(name)
    free = entry is None or (entry.kind == "symbol" and entry.meaning is None and not entry.depends)
    used = name in survey.differentiated or (name in survey.standing and WORDS.search(sentence.text) is not None)
    return free and used and not (entry is not None and entry.constant)


def are_letters(scope: Scope, name: Name, arguments: tuple[sx.Syntax, ...]) -> bool:
    """Whether the arguments are other letters, which something is differentiated by."""
    known = scope.survey.by | scope.survey.variables
    return bool(arguments) and all(isinstance(a, sx.Symbol) and a.name != name and a.name in known for a in arguments)
