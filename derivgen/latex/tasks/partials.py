"""The partial derivatives that a chain rule needs: of each quantity by what stands in its definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import Defines
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

PHRASES = (
    Phrase(
        "table of partials", "goals", "partials",
        r"(?:(?:make|draw up|set up|write(?: down)?|give|fill in|complete|prepare|produce|compile) (?:an? |the )?(?:table|list|overview) (?:of|with) (?:all )?(?:the )?(?:\w+ )?partial derivatives|(?:find|compute|list|tabulate|calculate|determine|give|work out) (?:all )?(?:of )?(?:the )?(?:\w+ )?partial derivatives)(?: (?:that )?(?:are |you |we |is )?(?:needed|required|necessary|need|involved|occur(?:ring)?|used|appear(?:ing)?))(?: \w+){0,5}[.:]?$",
        ("Let $z=u^2v$ with $u=x+y$ and $v=xy$. (a) Make a table of the partial derivatives needed. (b) Find $\\partial z/\\partial x$.",
         "Let $f=ab$, $a=t^2$, $b=\\sin t$. (a) List all partial derivatives that are needed for the chain rule. (b) Find $df/dt$."),
        ("partial",),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    sentences = found.asker.sentences
    facts = [f for s in sentences for slot in s.slots for f in slot.facts if isinstance(f, Defines)]
    names = {head_of(f.left): f.right for f in facts if isinstance(head_of(f.left), sx.Symbol)}
    rows = [row for s in sentences for slot in s.slots for row in slot.formula.rows]
    variables = {v for row in rows for n in sx.walk(row) if isinstance(n, sx.Leibniz) for v in n.by}
    asked = []
    for name, right in names.items():
        inside = dict.fromkeys(n for n in sx.walk(right) if isinstance(n, sx.Symbol))
        by = [n for n in inside if (n in names and n != name) or n in variables]
        asked += [Ask("derivative", name, (v,), span=found.span) for v in by]
    return asked


def head_of(node: sx.Syntax) -> sx.Syntax:
    return node.head if isinstance(node, sx.MaybeCall) else node


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    return settler.derivative(ask, r)


KIND = Kind("partials", PHRASES, ask, settle)
