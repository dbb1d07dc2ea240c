"""Derivations written by hand, so that the writers are tested without the engine."""

from __future__ import annotations

from derivgen.derivation import Check, Definition, Derivation, Goal, Passage, Problem, Solution, Step, Symbol
from derivgen.errors import NoRule, Place, Span, Undeclared
from derivgen.notation.present import present
from derivgen.terms.nodes import (
    Delta,
    Derivative,
    El,
    Entries,
    Extent,
    Fn,
    Frac,
    Idx,
    Inv,
    Name,
    Named,
    Num,
    Plus,
    Pow,
    Relation,
    Sum,
    Sym,
    Term,
    Times,
    Tp,
)

M, N = "m", "n"
a = Sym(Name("a", "bold"), M, 1)
b = Sym(Name("b", "bold"), N, 1)
X = Sym(Name("X", "bold"), M, N)
i, j, k, q = Idx("i", M), Idx("j", N), Idx("k", M), Idx("l", N)
GOOD = Check("verified", ({"m": 2, "n": 3}, {"m": 3, "n": 3}, {"m": 1, "n": 1}), 1e-12)
STATEMENT = (
    r"Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, and let $\mathbf{a}\in\mathbb{R}^{m}$, $\mathbf{b}\in\mathbb{R}^{n}$ "
    r"be constant. Find $\frac{d(\mathbf{a}^T\mathbf{X}\mathbf{b})}{d\mathbf{X}}$."
)


def at(v: Term, p: Idx) -> Term:
    return El(v, p, 1)


def member(term: Term, *sizes: str) -> object:
    from derivgen.notation.boxes import Letter, Operator, RowOf, Scripts
    from derivgen.notation.names import size_box

    power = size_box(sizes[0]) if len(sizes) == 1 else RowOf((size_box(sizes[0]), Operator("times"), size_box(sizes[1])))
    return RowOf((present(term), Operator("in", "relation"), Scripts(Letter("R", "bb"), sup=power)))


form = Times(Tp(a), X, b)
question = Derivative(form, X)
PASSAGES = (
    Passage("text", "Let "), Passage("math", member(X, M, N)), Passage("text", ", and let "),
    Passage("math", member(a, M)), Passage("text", ", "), Passage("math", member(b, N)),
    Passage("text", " be constant. Find "), Passage("math", present(question)), Passage("text", "."),
)  # fmt: skip
SYMBOLS = (
    Symbol("X", r"\mathbf{X}", (M, N), "variable", term=X, why="stated"),
    Symbol("a", r"\mathbf{a}", (M,), "constant", term=a, why="stated"),
    Symbol("b", r"\mathbf{b}", (N,), "constant", term=b, why="stated"),
)


def sums(body: Term) -> Term:
    return Sum(Sum(body, q), k)


def bilinear_steps() -> tuple[Step, ...]:
    written = sums(Times(at(a, k), El(X, k, q), at(b, q)))
    by = El(X, i, j)
    pending = Derivative(written, by)
    moved = sums(Times(at(a, k), Derivative(El(X, k, q), by), at(b, q)))
    inside = sums(Derivative(Times(at(a, k), El(X, k, q), at(b, q)), by))
    deltas = sums(Times(at(a, k), Delta(k, i), Delta(q, j), at(b, q)))
    survivor = Times(at(a, i), at(b, j))
    linear = (
        Step("sum_rule", pending, inside, ("the derivative of a sum is the sum of the derivatives",), detail=2, check=GOOD),
        Step("constant_factor", inside.body.body, moved.body.body, (at(a, k), " and ", at(b, q), " do not depend on ", X), detail=2,
             path=(0, 0), check=GOOD),
    )
    return (
        Step("expand", form, written, ("products written as sums",), left=form, check=GOOD, detail=0,
             law=r"[\mathbf{A}\mathbf{B}]_{ij}=\sum_k A_{ik}B_{kj}"),
        Step("linearity", pending, moved, ("linearity; ", at(a, k), " and ", at(b, q), " do not depend on ", X),
             left=pending, substeps=linear, check=GOOD),
        Step("element", moved, deltas, (El(X, k, q), " is ", by, " only when ", Relation("=", at(a, k), at(a, i)),
             " and the second indices agree"), check=GOOD),
        Step("sift", deltas, survivor, ("only that term survives",), check=GOOD, detail=0),
        Step("outer", Entries(survivor, i, j), Times(a, Tp(b)),
             (Relation("=", El(Sym(Name("D"), M, N), i, j), survivor), " is the outer product: ", i,
              " from the first factor, ", j, " from the second"), left=question, check=GOOD, detail=0),
    )  # fmt: skip


def bilinear() -> Solution:
    goal = Goal("derivative", question, wrt=(X,))
    problem = Problem(STATEMENT, PASSAGES, SYMBOLS, ((M, M), (N, N)), (), (goal,), source="bilinear.tex")
    done = Derivation(
        problem, goal, "solved", "single-element", "denominator", bilinear_steps(), Times(a, Tp(b)),
        introduction=(form, " is a scalar, so in denominator layout the derivative has the shape of ", X, ", ",
                      "m×n, and its ", "(", i, ", ", j, ") element is ", Derivative(form, El(X, i, j)), "."),
        check=GOOD,
    )  # fmt: skip
    return Solution("bilinear.tex", problem, (done,))


def long_parts() -> Solution:
    """Two parts: one with formulas that are too wide for a row, one that is refused."""
    A = Sym(Name("A", "bold"), N, N, ("symmetric",))
    theta = Sym(Name("theta", "bold"), N, 1)
    x = Sym(Name("x", "bold", "hat", "t-1"), N, 1)
    lam = Sym(Name("lambda"))
    y = Named(Name("y", "bold"), Times(A, x))
    pieces = [Times(Num(n + 2), lam, Tp(theta), A, Plus(x, Times(Num(n + 1), theta), b), Fn("exp", Times(Tp(b), x)))
              for n in range(4)]  # fmt: skip
    long = Plus(*pieces)
    ask = Derivative(Plus(Times(Frac(Num(1), Extent(N)), Tp(theta), A, theta), Times(lam, Tp(theta), theta)), theta)
    wide = Derivative(long, theta)
    answer = Plus(Times(Frac(Num(2), Extent(N)), A, theta), Times(Num(2), lam, theta))
    refused_ask = Derivative(Fn("log", Times(Tp(x), Inv(A), x)), x)
    goals = (Goal("derivative", ask, part="a", wrt=(theta,)), Goal("derivative", refused_ask, part="b", wrt=(x,)))
    symbols = (
        Symbol("A", r"\mathbf{A}", (N, N), "constant", ("symmetric",), term=A, why="stated"),
        Symbol("theta", r"\boldsymbol\theta", (N,), "variable", term=theta, why="stated"),
        Symbol("x_hat_tm1", r"\hat{\mathbf{x}}_{t-1}", (N,), "constant", term=x, why="from its use", declared=False),
        Symbol("lambda_", r"\lambda", (), "constant", term=lam, why="default", declared=False),
    )
    passages = (
        Passage("text", "With 100 % of the weight & <b>no</b> #macros _or_ $tricks\\, consider the naïve loss for Δ > 0"),
        Passage("display", present(long)),
        Passage("part", "a"), Passage("text", "Differentiate "), Passage("math", present(ask.body)),
        Passage("text", " with respect to "), Passage("math", present(theta)), Passage("text", "."),
        Passage("part", "b"), Passage("text", "Find "), Passage("math", present(refused_ask)), Passage("text", "."),
    )  # fmt: skip
    problem = Problem(
        "x", passages, symbols, ((N, N),), (Definition("y", y, y.term),), goals,
        conditions=(Relation("≠", lam, Num(0)),),
        notes=(("The letter ", lam, " was taken as a constant scalar."),), source="long.tex",
    )  # fmt: skip
    good = Check("verified", ({"n": 3}, {"n": 1}), 0.0, skipped=("n = 2: nothing to see",))
    steps = (
        Step("a", ask, ask, ("the question",), left=ask, check=good),
        Step("b", ask, Plus(long, long), ("a long reason that has to wrap over several lines of its narrow column, with "
             "a formula ", Times(Tp(theta), A, theta), " in the middle of it"), check=good),
        Step("c", wide, Plus(*pieces[:2]), ("a left side that is wide",), left=wide, check=good),
        Step("d", ask, answer, ("like terms collected",), left=ask, check=good),
    )  # fmt: skip
    first = Derivation(problem, goals[0], "solved", "single-element", "denominator", steps, answer,
                       introduction=("The derivative is a column like ", theta, "."), check=good,
                       conclusion=("Both terms keep the direction of ", theta, " where ", A, " is a multiple of the identity.",),
                       conditions=(Relation(">", lam, Num(0)),))  # fmt: skip
    error = NoRule("no rule applies to the logarithm of a quadratic form", hint="this comes in a later version")
    second = Derivation(problem, goals[1], "refused", "single-element", "denominator", error=error)
    return Solution("long.tex", problem, (first, second))


def scalar() -> Solution:
    """One line, no sizes, not checked."""
    x = Sym(Name("x"))
    ask = Derivative(Pow(x, Num(2)), x)
    goal = Goal("derivative", ask, wrt=(x,))
    symbols = (Symbol("x", "x", (), "variable", term=x),)
    problem = Problem("Find $d(x^2)/dx$.", (Passage("text", "Find "), Passage("math", present(ask))), symbols, (), (), (goal,))
    answer = Times(Num(2), x)
    step = Step("power_rule", ask, answer, ("power rule",), left=ask)
    return Solution("<text>", problem, (Derivation(problem, goal, "solved", "identities", "denominator", (step,), answer),))


def unread() -> Solution:
    text = "Find $\\mathbf{q}$."
    error = Undeclared("the shape of q is not known", place=Place(text, Span(6, 16), "bad.tex"), hint="declare it")
    return Solution("bad.tex", None, (), error)
