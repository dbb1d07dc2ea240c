"""Derivations with answers in words, options, facts, tables and figures, written by hand."""

from __future__ import annotations

from dataclasses import replace

from derivgen.derivation import Choice, Derivation, Fact, Graph, Solution, Surface, Table
from derivgen.notation.boxes import Operator
from derivgen.terms.nodes import Fn, Name, Named, Num, Plus, Pow, Sym, Term, Times, Tp

from . import examples
from .examples import GOOD, N, X, a, b, form, question

x, y = Sym(Name("x")), Sym(Name("y"))


def scalar(letter: str, sub: object = "", accent: str = "") -> Term:
    return Sym(Name(letter, "", accent, str(sub)))


def vector(letter: str, accent: str = "") -> Term:
    return Sym(Name(letter, "bold", accent), N, 1)


def square(term: Term) -> Term:
    return Pow(term, Num(2))


# ------------------------------------------------------------------------------------------------- answers
LONG = Plus(*(Times(Num(n + 2), Tp(a), X, b) for n in range(9)))
CHOICES = (
    Choice("A", Times(a, Tp(b)), True, ("the same value as ", question), GOOD),
    Choice("B", LONG, False, ("its shape is 1×1, and this reason is long enough to be wrapped over several lines",), GOOD),
)  # fmt: skip
FACTS = (
    Fact("shape", "1×1", (form, " is a scalar"), GOOD),
    Fact("degree", "1", ("every term has degree 1 in ", X), GOOD),
    Fact("open", "", ("nobody looked at this",)),
)
TABLE = Table(
    (("what",), ("by ", X), ("why",)),
    (((form,), ("m×n",), ("a scalar by a matrix has the shape of the matrix, an entry for each entry of it",)),
     ((Tp(b),), ("–",), ("it does not depend on ", X))),
    ("Shapes of derivatives by ", X, "."),
)  # fmt: skip


def derivation(**changed: object) -> Derivation:
    return replace(examples.bilinear().derivations[0], **changed)  # type: ignore[arg-type]


def solution(*derivations: Derivation) -> Solution:
    return replace(examples.bilinear(), derivations=derivations)


def in_words(**changed: object) -> Derivation:
    goal = replace(examples.bilinear().derivations[0].goal, kind="prose", part="b", asked=("Why is ", form, " linear?"))
    fields = {"goal": goal, "steps": (), "answer": None, "text": (("Each term has degree 1 in ", X, "."), ("So it is.",)),
              "facts": FACTS, "tables": (TABLE,)} | changed  # fmt: skip
    return derivation(**fields)


def chosen(**changed: object) -> Derivation:
    goal = replace(
        examples.bilinear().derivations[0].goal, kind="choice", part="c", asked=("Which equal ", question, "?")
    )
    fields = {"goal": goal, "steps": (), "answer": None, "choices": CHOICES, "text": (("Option A.",),)} | changed
    return derivation(**fields)


# ------------------------------------------------------------------------------------------------- figures
def network() -> Graph:
    """Layers of 5, 4, 2, 1 and 1 nodes, all joined; the two paths from a_2 to the loss."""
    layers = [[scalar("x", k) for k in range(1, 6)], [scalar("a", k) for k in range(1, 5)],
              [scalar("b", k) for k in range(1, 3)], [scalar("y", "", "hat")], [scalar("ell")]]  # fmt: skip
    nodes = [n for layer in layers for n in layer]
    edges = [
        (nodes.index(p), nodes.index(q))
        for here, then in zip(layers, layers[1:], strict=False)
        for p in here
        for q in then
    ]
    return Graph(tuple(nodes), tuple(edges), ((6, 9, 11, 12), (6, 10, 11, 12)), ("The paths from ", nodes[6], "."))


def chain() -> Graph:
    nodes = (vector("x"), vector("u"), vector("a"), vector("y", "hat"), scalar("ell"))
    return Graph(nodes, tuple((k, k + 1) for k in range(4)), ((1, 2, 3, 4),), ("From ", nodes[1], " on."))


def skipping() -> Graph:
    """u → v → w with an edge from u to w."""
    return Graph((scalar("u"), scalar("v"), scalar("w")), ((0, 1), (1, 2), (0, 2)), ())


def dotted() -> Graph:
    nodes = (
        scalar("x", "i"),
        scalar("y", 1),
        scalar("y", 2),
        Operator("vdots", "ordinary"),
        scalar("y", "r"),
        scalar("z", "j"),
    )
    return Graph(nodes, ((0, 1), (0, 2), (0, 4), (1, 5), (2, 5), (4, 5)), ())


SADDLE = Named(Name("h"), Plus(square(x), Times(Num(-3), square(y))))
BOWL = Plus(square(x), square(y))
HILL = Fn("exp", Times(Num(-1), BOWL))


def saddle() -> Surface:
    return Surface(SADDLE, (x, y), (-1.0, 0.0), True, ("The way down on ", SADDLE, "."))


FIGURES = (chain(), network(), skipping(), dotted(), saddle(), Surface(BOWL, (x, y), (-2.0, 2.0)))


def pictured(*figures: object) -> Solution:
    return solution(*(derivation(figures=(f,)) for f in figures or FIGURES))
