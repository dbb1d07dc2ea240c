"""One element of a derivative, with its index; and a derivative to be built so that it has a stated form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.phrases import Phrase
from derivgen.latex.tasks.kind import Found, Kind, asked_formula, derivative_goal
from derivgen.latex.tasks.spoken import by_matrix, fresh_letters, leibniz_in
from derivgen.tasks import OneElement
from derivgen.terms.nodes import Derivative, Idx
from derivgen.terms.shapes import SCALAR
from derivgen.terms.taking import general_element, is_compressed, take_element
from derivgen.terms.trees import replace_index

if TYPE_CHECKING:
    from derivgen.latex.settle import Settler

ENTRY = r"(?:elements?|entr(?:y|ies)|components?)"
GIVE = r"(?:what(?: (?:is|are|does|would))?|find|give|write(?: down| out)?|state|compute|calculate|derive|determine|name|express|work out|show|obtain|look at|consider|take)"

PHRASES = (
    Phrase(
        "one element", "goals", "one",
        rf"{GIVE}(?: (?:be|out|down|first))?,? (?:(?:just |only )?(?:one|an?|any|each|every|some)(?: (?:one|single|general|generic|typical|arbitrary|individual|any))*|(?:a )?single|the (?:general|generic|typical)) {ENTRY} (?:of|in) (?:the (?:derivative|gradient|matrix|vector) )?{{body:x}}",
        ("Let $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^n$ be functions of $\\mathbf{x}\\in\\mathbb{R}^m$. State a typical element of $\\frac{d(\\mathbf{u}^T\\mathbf{v})}{d\\mathbf{x}}$, and which one it is.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. Write down a general entry of $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$."),
        ("element", "entry", "component"),
    ),
    Phrase(
        "the i-th element", "goals", "ith",
        rf"(?:the )?{{index:x}}(?:-?(?:th|st|nd|rd))?[- ]{ENTRY} of (?:the (?:derivative|gradient) )?{{body:x}}",
        ("Let $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^n$ be functions of $\\mathbf{x}\\in\\mathbb{R}^m$. Find the $i$-th element of $\\frac{d(\\mathbf{u}^T\\mathbf{v})}{d\\mathbf{x}}$.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and $\\mathbf{x}\\in\\mathbb{R}^n$. What is the $(i,j)$ entry of $\\frac{d(\\mathbf{A}\\mathbf{x})}{d\\mathbf{x}}$?"),
        ("element", "entry", "entries", "component"),
    ),
    Phrase(
        "its index", "goals", "index",
        r"\b(?:which|what|give|state|name|specify|tell|include|mention|say)\b[^.?\x01]{0,120}\b(?:ind(?:ex|ices)|position|place)\b[^.?\x01]*",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. Give one element of $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$. Which index does it have?",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. Give one element of $\\frac{d(\\mathbf{x}^T\\mathbf{x})}{d\\mathbf{x}}$. Specify its index as well."),
        ("index", "indices", "position", "place"),
    ),
    Phrase(
        "build the vector", "goals", "build",
        r"(?:construct|build|choose|arrange|define|form|write|set up|lay out|find|give|determine|put together|assemble|store|make) (?:that|this|the|such an?|an?|it|its elements)(?: (?:single|one|suitable|resulting|kept))*(?: (?:vector|row|column|row vector|column vector|matrix))?"
        r"(?: of (?:its|these|those) (?:values|elements|entries))?,? (?:so that|such that|in such a way that|with|for which|to give|to get|so as to have) {body:x}",
        ("Let $\\mathbf{y}=\\mathbf{X}\\mathbf{v}$ with $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{v}\\in\\mathbb{R}^n$. Construct the vector so that $\\frac{d\\mathbf{y}}{d\\mathbf{X}}=\\mathbf{v}^T$.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ and constant $\\mathbf{u}\\in\\mathbb{R}^m$. Arrange this vector such that $\\frac{d(\\mathbf{u}^T\\mathbf{X})}{d\\mathbf{X}}=\\mathbf{u}$."),
        ("so that", "such that", "such a way", "with", "for which", "to give", "to get", "so as"),
    ),
)  # fmt: skip


def ask(found: Found) -> Sequence[Ask] | None:
    if found.says == "build":
        return built(found)
    if found.says == "index":
        asked = any(a.kind == "element of" and a.part == found.sentence.part for a in found.asker.asks)
        return None if asked and not found.sentence.slots else []
    body = found.sentence.slot(found.group("body"))
    node = body.node
    formula = asked_formula(node)
    if node is None or formula is None or formula.order > 1 or formula.kind == "hessian":
        return []
    found.nodes("body")
    index = found.sentence.slot(found.group("index")) if found.group("index") else None
    if index is not None:
        index.used = True
        if not all(isinstance(n, sx.Symbol) for n in letters_in(index.formula.body)):
            return []
    return [Ask("element of", node, index=index.formula.body if index is not None else None, span=node.span)]


def built(found: Found) -> list[Ask] | None:
    """ "Construct the vector so that dy/dX = v^T": the derivative, with what it is to be."""
    slot = found.sentence.slot(found.group("body"))
    chain = slot.formula.body
    if not isinstance(chain, sx.Chain) or chain.signs[0] != "=" or not isinstance(chain.sides[0], sx.Leibniz):
        return []
    left, right = chain.sides[0], chain.sides[1]
    if right is None or right == sx.Number("0") or not by_matrix(left) or leibniz_in(right):
        return []
    formula = asked_formula(left)
    if formula is None:
        return []
    slot.used = True
    layout = found.asker.layout(found.sentence)
    found.asker.asks.append(replace(formula, part=found.sentence.part, claim=right, layout=layout))
    return None


def letters_in(node: sx.Syntax) -> tuple[sx.Syntax, ...]:
    """The letters of "i", "(i, j)" and "ij"."""
    inner = node.body if isinstance(node, sx.Fenced) else node
    return inner.factors if isinstance(inner, sx.Product) else sx.items(inner)


def settle(ask: Ask, settler: Settler, r: Reading) -> Callable[[], Goal]:
    whole = derivative_goal(settler, ask)
    wanted = [n.name.letter for n in letters_in(ask.index) if isinstance(n, sx.Symbol)] if ask.index is not None else []

    def build() -> Goal:
        goal = whole()
        question = goal.question
        if not isinstance(question, Derivative) or question.shape == SCALAR:
            raise errors.NoGoal("this derivative is a scalar: it has no elements", place=settler.scope.place(ask.span))
        element, place = general(question, settler)
        if wanted and len(wanted) != len(place):
            raise errors.IndexFault(
                f"an element of this derivative has {len(place)} indices, not {len(wanted)}",
                place=settler.scope.place(ask.span),
            )
        if wanted:
            named = {old: Idx(new, old.size) for old, new in zip(place, wanted, strict=True)}
            element = Derivative(replace_index(element.body, named), replace_index(element.var, named))
        return replace(goal, kind="element", question=element, wrt=(element.var,), task=OneElement(question))

    return build


def general(question: Derivative, settler: Settler) -> tuple[Derivative, tuple[Idx, ...]]:
    """A general element of a derivative, with the letters of its place."""
    fresh = fresh_letters(settler.scope, question).within(question)
    if is_compressed(question):
        element = general_element(question.body, question.var, fresh)
        return element, tuple(sorted(element.free, key=lambda i: i.letter))
    taken = take_element(question, fresh)
    return taken.element, taken.axes


KIND = Kind("element of", PHRASES, ask, settle)
