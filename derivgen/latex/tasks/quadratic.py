"""The symmetric matrix of a quadratic form: "write 3x² + 4xy as x^T A x with symmetric A"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen.derivation import Goal
from derivgen.latex import letters
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.facts import equated
from derivgen.latex.phrases import Phrase
from derivgen.latex.sizes import Unknown, is_scalar, resolve
from derivgen.latex.tasks.kind import Found, Kind
from derivgen.latex.typeset import typeset
from derivgen.tasks import QuadraticForm

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

FIND = r"(?:find|give|state|determine|write(?: down)?|what is|which is|identify|name)"
THE_MATRIX = r"(?:the |a )?(?:(?:real |square |unique )*symmetric )(?:matrix|(?:\w+ )*matrix)(?: {name:x})?"

PHRASES = (
    Phrase(
        "as a quadratic form", "goals", "form",
        r"(?:(?:re)?write|express|put|bring|represent)(?: out)? (?:the )?(?:(?:quadratic form|function|polynomial|expression) )?{body:x} (?:as|in(?:to)?)(?: (?:a |the )?(?:quadratic )?form)?(?: of)? {form:x}",
        ("Let $f(x_1,x_2)=3x_1^2-2x_1x_2+x_2^2$. Write $f$ as $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ with symmetric $\\mathbf{A}$.",
         "Express $u^2-6uv+4v^2$ in the form $\\mathbf{w}^T\\mathbf{S}\\mathbf{w}$, where $\\mathbf{S}$ is symmetric."),
        ("write", "express", "put", "bring", "represent"),
    ),
    Phrase(
        "matrix of the form", "goals", "matrix",
        rf"{FIND} {THE_MATRIX} (?:of|for|that (?:represents|belongs to|corresponds to)|belonging to|corresponding to|representing|associated with) (?:the )?(?:quadratic form )?{{body:x}}",
        ("Find the symmetric matrix of the quadratic form $3x^2+4xy-y^2$.",
         "Give the symmetric matrix $\\mathbf{Q}$ that represents $5a^2-ab$."),
        ("symmetric",),
    ),
    Phrase(
        "matrix such that", "goals", "equation",
        rf"{FIND} {THE_MATRIX} (?:such that|so that|with|for which|satisfying) {{equation:x}}",
        ("Find the symmetric matrix $\\mathbf{A}$ such that $x^2+4xy-y^2=\\mathbf{z}^T\\mathbf{A}\\mathbf{z}$.",
         "Find a symmetric matrix $\\mathbf{B}$ with $\\mathbf{u}^T\\mathbf{B}\\mathbf{u}=2p^2+3pq$."),
        ("symmetric",),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask]:
    form, body = form_and_body(found)
    matrix = middle_of(form) if form is not None else None
    if body is None or (found.says != "matrix" and matrix is None):
        return []
    for slot in found.sentence.slots:
        slot.used = True
    names = [n for n in found.nodes("name") if isinstance(n, sx.Symbol)] if "name" in found.match.re.groupindex else []
    return [Ask("quadratic", body, details=matrix or (names[0] if names else None), span=body.span)]


def form_and_body(found: Found) -> tuple[sx.Syntax | None, sx.Syntax | None]:
    """x^T A x, and what is to be written so."""
    if found.says == "equation":
        sides = next((e for s in found.slots("equation") for f in s.facts if (e := equated(f)) is not None), None)
        if sides is None:
            return None, None
        return sides if middle_of(sides[0]) is not None else sides[::-1]
    bodies = found.nodes("body")
    forms = found.nodes("form") if found.says == "form" else []
    return (forms[0] if forms else None), (bodies[0] if bodies else None)


def middle_of(node: sx.Syntax) -> sx.Syntax | None:
    """The A of x^T A x."""
    match node:
        case sx.Product((sx.Transpose(first) | sx.Primed(first), sx.Symbol() as middle, last)) if first == last:
            return middle
    return None


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    assert ask.body is not None
    scope = settler.scope
    name = letters.full_name(scope, ask.details) if ask.details is not None else None
    sought = scope.find(name) if name is not None else None
    open_shape = sought is None or sought.shape is None or all(isinstance(resolve(n), Unknown) for n in sought.shape)
    if name is not None and sought is not None and sought.meaning is None and open_shape:
        del scope.entries[name]  # what is sought needs no declaration
    by = settler.parameters(ask.body) or scalars_in(settler, ask.body)
    build = settler.derivative(replace(ask, kind="gradient", by=by), r)

    def made() -> Goal:
        told = ("The symmetric matrix of ", typeset(ask.body)) if ask.body is not None else ()
        return replace(build(), kind="derivative", task=QuadraticForm(name), asked=told)

    return made


def scalars_in(settler: Settler, body: sx.Syntax) -> tuple[sx.Syntax, ...]:
    """All letters of a polynomial, or of what it is defined as; none where they are the elements of a vector."""
    found: dict[sx.Syntax, None] = {}
    for node in sx.walk(body):
        if isinstance(node, sx.Subscript):
            return ()
        if isinstance(node, sx.Symbol):
            entry = settler.scope.find(node.name)
            if entry is not None and entry.shape is not None and not is_scalar(entry.shape):
                return ()
            inner = entry.meaning.body if entry is not None and entry.meaning is not None else None
            found |= dict.fromkeys((node,) if inner is None else scalars_in(settler, inner))
    return tuple(found)


KIND = Kind("quadratic", PHRASES, ask, settle)
