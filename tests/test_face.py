"""What ``import derivgen`` offers."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

import derivgen
from derivgen.errors import NoGoal

QUADRATIC = r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$. Find $\frac{d}{d\mathbf{x}}\left(\mathbf{x}^T\mathbf{A}\mathbf{x}\right)$."
PARTS = r"Let $f=x^2y$. Find \begin{enumerate}\item[(a)] $\partial f/\partial x$, \item[(b)] $\partial f/\partial y$.\end{enumerate}"


def test_import_costs_next_to_nothing() -> None:
    code = "import sys, derivgen; print(derivgen.__version__, 'sympy' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.split()[1:] == ["False", "False"], done.stderr


def test_every_name_is_there() -> None:
    for name in derivgen.__all__:
        assert getattr(derivgen, name) is not None
    with pytest.raises(AttributeError, match="nothing_like_it"):
        derivgen.nothing_like_it  # noqa: B018


def test_read() -> None:
    problem = derivgen.read(QUADRATIC)
    assert [(s.name, s.shape, s.role) for s in problem.symbols] == [
        ("A", ("n", "n"), "constant"),
        ("x", ("n",), "variable"),
    ]


def test_derive_gives_the_checked_answer() -> None:
    derivation = derivgen.derive(QUADRATIC)
    assert derivation.status == "solved"
    assert derivation.check.verdict == "verified"
    assert derivation.answer is not None
    assert derivation.answer.shape == ("n", 1)


def test_derive_from_a_problem_and_in_a_layout() -> None:
    assert derivgen.derive(derivgen.read(QUADRATIC, layout="numerator")).answer.shape == (1, "n")  # type: ignore[union-attr]


def test_one_part_is_chosen() -> None:
    assert derivgen.derive(PARTS, part="b").goal.part == "b"
    with pytest.raises(NoGoal, match="asks 2 things"):
        derivgen.derive(PARTS)
    with pytest.raises(NoGoal, match="no single part 'c'"):
        derivgen.derive(PARTS, part="c")


def test_solve_tells_instead_of_raising() -> None:
    solution = derivgen.solve(r"Differentiate $x^{2$ with respect to $x$.")
    assert solution.status == "error"
    assert solution.error is not None
    assert solution.error.exit_code == 2


def test_no_check_is_stamped() -> None:
    derivation = derivgen.derive(QUADRATIC, check=False)
    assert derivation.check.verdict == "unchecked"
    assert "not checked" in str(derivgen.write(derivation, "text")).lower()


@pytest.mark.parametrize("to", ["text", "latex", "typst", "html", "json"])
def test_write(to: str) -> None:
    assert len(str(derivgen.write(derivgen.derive(QUADRATIC), to))) > 100


def test_derivation_pickles() -> None:
    derivation = derivgen.derive(QUADRATIC)
    again = pickle.loads(pickle.dumps(derivation))
    assert again == derivation
    assert again.answer == derivation.answer


def test_derivation_shows_itself_in_a_notebook() -> None:
    derivation = derivgen.derive(QUADRATIC)
    assert "$" in derivation._repr_latex_() or "\\begin" in derivation._repr_latex_()
    assert "<math" in derivation._repr_html_()


def test_a_bare_formula_and_declarations() -> None:
    derivation = derivgen.derive(
        r"\frac{d}{d\mathbf x}\mathbf x^T\mathbf c", latex=True, given=r"\mathbf c,\mathbf x\in\mathbb R^{n}"
    )
    assert derivation.answer is not None
    assert derivation.answer.shape == ("n", 1)


def test_sympy_both_ways() -> None:
    import sympy

    n = sympy.Symbol("n", integer=True, positive=True)
    matrix, vector = sympy.MatrixSymbol("A", n, n), sympy.MatrixSymbol("x", n, 1)
    derivation = derivgen.derive(vector.T * matrix * vector, wrt=vector)
    assert derivation.check.verdict == "verified"
    ours = derivation.to_sympy()
    theirs = (matrix + matrix.T) * vector
    values = {n: 2, matrix: sympy.Matrix([[1, 2], [3, 4]]), vector: sympy.Matrix([5, 6])}

    def value(expression: sympy.Expr) -> sympy.Matrix:
        filled = expression.subs(n, 2).subs({sympy.MatrixSymbol("A", 2, 2): values[matrix], sympy.MatrixSymbol("x", 2, 1): values[vector]})
        return sympy.Matrix(filled.doit())

    assert value(ours) == value(theirs)


def test_sympy_scalars() -> None:
    import sympy

    x, y = sympy.symbols("x y", positive=True)
    derivation = derivgen.derive(sympy.sin(x * y) + x**y, wrt=x)
    assert sympy.simplify(derivation.to_sympy() - (y * sympy.cos(x * y) + y * x ** (y - 1))) == 0


def test_the_read_back_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "derivgen", "read", "-"], input=QUADRATIC, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "matrix n×n" in done.stdout
    assert "denominator" in done.stdout
