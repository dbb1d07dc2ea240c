"""Statements in many wordings, read back: symbols with shape and role, goals, and the phrase book's own examples."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from derivgen import errors
from derivgen.derivation import Goal, Problem
from derivgen.latex.asking import PHRASES as GOALS
from derivgen.latex.passages import document_sentences
from derivgen.latex.phrases import Phrase
from derivgen.latex.statement import read_problem
from derivgen.latex.tasks.book import PHRASES as TASKS
from derivgen.latex.tasks.book import TASKS as KINDS
from derivgen.notation.names import plain_name
from derivgen.terms.nodes import El, Idx, Term, Tp
from derivgen.writers.numpy_code import question_expression
from derivgen.writers.readback import readback
from tests.latex.statements import STATEMENTS, Meant

SHARED = Path(__file__).parents[2] / ".." / "shared" / "problems" / "problems.jsonl"


def variable(term: Term) -> str:
    match term:
        case El(inner, i, j):
            places = [p for p, size in zip((i, j), inner.shape, strict=True) if size != 1]
            return variable(inner) + f"[{','.join(p.letter if isinstance(p, Idx) else str(p) for p in places)}]"
        case Tp(inner):
            return variable(inner) + ".T"
    return plain_name(term.name)  # type: ignore[attr-defined]


def symbols(problem: Problem) -> str:
    return "; ".join(f"{s.name} {'x'.join(map(str, s.shape)) or '1'} {s.role}" for s in problem.symbols)


def told(goal: Goal, problem: Problem) -> str:
    shape = "x".join(map(str, goal.question.shape))
    by = ", ".join(map(variable, goal.wrt)) or "-"
    return f"{goal.part or '-'} {goal.kind} {goal.layout} {shape} by {by}: {question_expression(goal, problem)}"


@pytest.mark.parametrize("meant", STATEMENTS, ids=lambda m: " ".join(m.statement.split())[:60])
def test_statement_is_read_as_meant(meant: Meant) -> None:
    problem = read_problem(meant.statement)
    assert symbols(problem) == meant.symbols
    assert tuple(told(g, problem) for g in problem.goals) == meant.goals
    assert len(problem.notes) == meant.notes
    assert all(readback(problem))


def examples() -> Iterator[tuple[Phrase, str]]:
    for phrase in (*GOALS, *TASKS):
        assert len(phrase.examples) >= 2, phrase.name
        for example in phrase.examples:
            yield phrase, example


@pytest.mark.parametrize(
    ("phrase", "example"), tuple(examples()), ids=lambda v: v.name if isinstance(v, Phrase) else v[:50]
)
def test_phrase_matches_its_example(phrase: Phrase, example: str) -> None:
    sentences, _ = document_sentences(example, "example")
    assert any(phrase.match(s.text) for s in sentences)
    if phrase.group == "goals":
        assert read_problem(example).goals


def records() -> list[dict[str, object]]:
    if not SHARED.is_file():
        return []
    found = (json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines())
    return [r for r in found if r["stage"] == "core"]


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared problems are not here: ../shared/problems")
@pytest.mark.parametrize("record", records(), ids=lambda r: str(r["id"]))
def test_shared_problem_is_read_back(record: dict[str, object]) -> None:
    options = record.get("options") or []
    assert isinstance(options, list)
    layout = options[options.index("--layout") + 1] if "--layout" in options else None
    problem = read_problem(str(record["statement"]), layout=layout)
    have = {s.name: s for s in problem.symbols}
    wanted = record["readback"]
    assert isinstance(wanted, list)
    for symbol in wanted:
        assert symbol["name"] in have
        assert list(map(str, have[symbol["name"]].shape)) == list(map(str, symbol["shape"]))
        assert symbol["role"] in (None, have[symbol["name"]].role)
    parts = record.get("parts") or [record]
    assert isinstance(parts, list)
    assert [g.part for g in problem.goals] == [p.get("part") for p in parts]


WRONG = (
    ("Let $x\\in\\mathbb{R}$.", errors.NoGoal, "no goal was found", None),
    ("Find $\\frac{d}{dM}(PMQR)$.", errors.Undeclared, "P is not declared", (1, 20)),
    ("Let $A\\in\\mathbb{R}^{3\\times 4}$ and $x\\in\\mathbb{R}^3$. Find $\\frac{d(Ax)}{dx}$.",
     errors.ShapeFault, "A is 3×4, x is 3×1", (1, 72)),
    ("Let $A\\in\\mathbb{R}^{m\\times n}$ be symmetric. Find $\\frac{d}{dA}\\operatorname{tr}(A^TA)$.",
     errors.ShapeFault, "a symmetric matrix is square", (1, 6)),
    ("Let $\\mathbf{a}\\in\\mathbb{R}^n$ be constant. Find $\\frac{d}{d\\mathbf{a}}\\mathbf{a}^T\\mathbf{x}$.",
     errors.ConstantVariable, "calls a constant", None),
    ("We use numerator layout. We use denominator layout. Find $\\frac{d}{dx}x^2$.", errors.LayoutConflict, "two layouts", None),
    ("Find $\\frac{d}{dx}\\lceil x\\rceil$.", errors.NotDifferentiable, "the ceiling function", None),
    ("Find $\\frac{d}{dx}\\operatorname{frob}(x)$.", errors.Unsupported, "frob is not supported", None),
    ("Find $\\frac{d}{dx}\\partial_3 g(x,y)$.", errors.IndexFault, "no argument 3 among 2", (1, 19)),
    ("Find $\\frac{d}{dx}f^{\\circ 2}(x)$.", errors.Unsupported, "a power with ∘", None),
    ("Write $\\sum_i a_ib_j$ without indices, $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$.", errors.IndexFault, "index j", None),
    ("Let $\\mathbf{v}\\in\\mathbb{R}^n$. Find $\\frac{d}{d\\mathbf{v}}\\sum_i v_{ii}$.", errors.IndexFault, "one index only", None),
    ("Solve the differential equation $y'=y$.", errors.Unsupported, "differential equation", None),
    ("Let $\\mathbf{x}\\in\\mathbb{R}^n$. Find $\\nabla_{\\mathbf{x}}f(\\mathbf{x})$.", errors.Ambiguous, "f of a vector", None),
    ("Find $\\partial L/\\partial\\mathbf{w}$ for $\\mathbf{w}\\in\\mathbb{R}^n$, where $L$ is a scalar.",
     errors.Undeclared, "L is to be differentiated", None),
    ("Let $A\\in\\mathbb{R}^{n\\times n}$ and $y=Ax$. Find $dy/dx$.", errors.Ambiguous, "two readings", None),
    ("Let $X\\in\\mathbb{R}^{n\\times n}$ be symmetric; $X_{ij}$ and $X_{ji}$ are treated as one variable. Find "
     "$\\frac{d}{dX}\\operatorname{tr}(X^2)$.", errors.Unsupported, "tied entries", None),
    ("Find the gradient of $\\mathbf{w}^T\\mathbf{x}$ for $\\mathbf{w},\\mathbf{x}\\in\\mathbb{R}^n$.",
     errors.Ambiguous, "by which variable", None),
    ("Let $\\mathbf{w}\\in\\mathbb{R}^d$ and let $\\mathbf{X}\\in\\mathbb{R}^{d\\times d}$ be constant. Find $\\nabla_{\\mathbf{w}}\\sum_{i=1}^N\\mathbf{w}^T\\mathbf{X}\\mathbf{x}_i$.",
     errors.Unsupported, "runs with its index", None),
    ("Let $A,B$ be matrices of sizes $m\\times n$, $n\\times p$ and $p\\times q$. Find $\\frac{d}{dA}\\operatorname{tr}(A^TA)$.",
     errors.ShapeFault, "3 sizes are stated for 2 letters", None),
    ("Let $\\mathbf{y}=\\mathbf{X}\\boldsymbol\\beta+\\mathbf{e}$ where $\\mathbf{X}$ is $n\\times p$. Find "
     "$\\partial(\\mathbf{e}^T\\mathbf{e})/\\partial\\boldsymbol\\beta$.", errors.Undeclared, "ties e to the variable", None),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "kind", "message", "place"), WRONG, ids=lambda v: str(v)[:40])
def test_bad_statement_is_refused(
    statement: str, kind: type[errors.DerivgenError], message: str, place: tuple[int, int] | None
) -> None:
    with pytest.raises(kind) as caught:
        read_problem(statement)
    assert message in caught.value.message
    if place is not None:
        assert caught.value.place is not None
        assert (caught.value.place.line, caught.value.place.column) == place


PROPERTIES = (
    ("$A\\in\\mathbb{R}^{n\\times n}$ symmetric", "symmetric"),
    ("$A\\in\\mathbb{R}^{n\\times n}$, symmetric", "symmetric"),
    ("$A\\in\\mathbb{R}^{n\\times n}$, which is symmetric", "symmetric"),
    ("$A=A^T\\in\\mathbb{R}^{n\\times n}$", "symmetric"),
    ("an antisymmetric $n\\times n$ matrix $A$", "skew-symmetric"),
    ("$A\\in\\mathbb{R}^{n\\times n}$ with $A^T=-A$", "skew-symmetric"),
    ("an orthogonal $n\\times n$ matrix $A$", "orthogonal"),
    ("$A\\in\\mathbb{R}^{n\\times n}$ with $A^TA=I$", "orthogonal"),
    ("$A\\in\\mathbb{R}^{m\\times n}$ with $A^TA=I$", "orthonormal columns"),
    ("a unit vector $A\\in\\mathbb{R}^n$", "unit"),
    ("$A\\in\\mathbb{R}^n$ with $\\|A\\|=1$", "unit"),
)


@pytest.mark.parametrize(("words", "prop"), PROPERTIES)
def test_properties_are_read(words: str, prop: str) -> None:
    problem = read_problem(f"For {words}, find $\\frac{{d}}{{d\\mathbf{{x}}}}\\|A^T\\mathbf{{x}}\\|^2$.")
    (found,) = (s for s in problem.symbols if s.name == "A")
    assert found.properties == (prop,)
    assert found.term is not None and found.term.props == (prop,)  # type: ignore[attr-defined]


def test_what_is_claimed_is_kept() -> None:
    start = "Let $S\\in\\mathbb{R}^{n\\times n}$ be symmetric and $x\\in\\mathbb{R}^n$. Show that "
    for claim in ("$\\nabla_x(x^TSx)=2Sx$", "the gradient of $x^TSx$ with respect to $x$ is $2Sx$"):
        (goal,) = read_problem(f"{start}{claim}.").goals
        assert goal.claim is not None
        assert goal.claim.shape == goal.question.shape == ("n", 1)


def test_what_is_not_answered_is_told() -> None:
    problem = read_problem("Let $f(t)=t^3$. Find $f'(t)$ and sketch the graph of $f$. When is $f'(t)=0$?")
    assert len(problem.goals) == 1
    assert len(problem.unanswered) == 2


def test_given_declarations_are_added() -> None:
    problem = read_problem(
        r"\frac{d(\mathbf A\mathbf x)}{d\mathbf x}", formula=True,
        given=r"\mathbf A\in\mathbb R^{m\times n},\ \mathbf x\in\mathbb R^n",
    )  # fmt: skip
    assert symbols(problem) == "A mxn constant; x n variable"
    assert problem.goals[0].question.shape == ("n", "m")


def test_the_layout_of_the_command_goes_first() -> None:
    problem = read_problem("In numerator layout, find $\\frac{d}{dx}x^2$.", layout="jacobian")
    assert problem.goals[0].layout == "jacobian"
    assert problem.notes


def test_prose_is_set_and_not_read() -> None:
    problem = read_problem("Oranges {{ cost }} 3 euros. Differentiate $u^2$ with respect to $u$.")
    assert [p.kind for p in problem.passages] == ["text", "math", "text", "math", "text"]


def test_a_long_text_is_read_without_recursion() -> None:
    limit = sys.getrecursionlimit()
    read_problem("Nothing here. " * 2000 + "Differentiate $u^2$ with respect to $u$.")
    assert sys.getrecursionlimit() == limit


def test_every_wording_of_a_task_has_cues() -> None:
    """Sentences without any cue are passed over; a wording without cues would never be tried."""
    assert [p.name for kind in KINDS for p in kind.phrases if not p.cues] == []


SHAPES_IN_WORDS = (
    (r"Give the shape of the derivative of an $m$-vector with respect to an $n$-vector.", ("n", "m")),
    (r"What is the shape of the derivative of a scalar with respect to an $m\times n$ matrix?", ("m", "n")),
    (r"What is the shape of the derivative of an $m\times n$ matrix by a scalar in numerator layout?", ("m", "n")),
    (r"What is the shape of the gradient of a scalar with respect to a vector of length $n$?", ("n", 1)),
    (r"State the shape of the Jacobian of a vector in $\mathbb{R}^m$ with respect to a vector in $\mathbb{R}^n$.", ("m", "n")),
    (r"Give the shape of the derivative of a $4$-dimensional vector with respect to a $3$-dimensional one.", None),
    (r"Let $y$ depend on $\mathbf X\in\mathbb R^{n\times p}$. Give the shape of the derivative of the scalar $y$ with respect to "
     r"$\mathbf X$.", ("n", "p")),
    (r"Let $f(\mathbf x)=\mathbf x^T\mathbf A\mathbf x$ with $\mathbf x\in\mathbb R^n$. What are the dimensions of the Hessian of $f$?",
     ("n", "n")),
    (r"Let $\mathbf y=\mathbf A\mathbf x$ with $\mathbf A\in\mathbb R^{m\times n}$. What shape does the derivative of $\mathbf y$ with "
     r"respect to $\mathbf x$ have?", ("n", "m")),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "shape"), SHAPES_IN_WORDS)
def test_shapes_of_derivatives_told_in_words(statement: str, shape: tuple[object, object] | None) -> None:
    if shape is None:
        with pytest.raises(errors.DerivgenError):
            read_problem(statement)
        return
    (goal,) = read_problem(statement).goals
    assert goal.kind == "shape"
    assert goal.question.shape == shape
