"""How far an operator reaches that stands before a sum without brackets."""

from __future__ import annotations

import pytest

from derivgen import solve

WHOLE = [
    (r"Find $\frac{d}{dx} x^2+3x$.", 7),
    (r"What is $\frac{d^2}{dx^2} x^3-4x+7$?", 12),
    (r"Find $\frac{d}{dx} -x^2+5x$.", 1),
    (r"Compute $\partial_x x^3+x^2$.", 16),
]
BOUNDED = [
    (r"Find $\frac{d}{dx}(x^2)+3x$.", 10),
    (r"Find $\frac{d}{dx} x^2+\frac{d}{dx} 3x$.", 7),
]


@pytest.mark.parametrize("statement, value", WHOLE)
def test_it_takes_the_whole_sum_and_says_so(statement: str, value: int) -> None:
    solution = solve(statement)
    (derivation,) = solution.derivations
    answer = derivation.to_sympy()
    assert answer.subs(dict.fromkeys(answer.free_symbols, 2)) == value  # at x = 2
    assert solution.problem is not None
    assert any("brackets" in str(piece) for note in solution.problem.notes for piece in note)


@pytest.mark.parametrize("statement, value", BOUNDED)
def test_brackets_and_further_operators_end_it(statement: str, value: int) -> None:
    (derivation,) = solve(statement).derivations
    answer = derivation.to_sympy()
    assert answer.subs(dict.fromkeys(answer.free_symbols, 2)) == value  # at x = 2


def test_a_gradient_of_a_sum_of_forms() -> None:
    statement = (
        r"Let $\mathbf{x},\mathbf{a}\in\mathbb{R}^n$ and $\mathbf{A}\in\mathbb{R}^{n\times n}$. "
        r"Compute $\nabla_{\mathbf{x}}\, \mathbf{x}^T\mathbf{A}\mathbf{x}+\mathbf{a}^T\mathbf{x}$."
    )
    (derivation,) = solve(statement).derivations
    assert derivation.answer is not None
    assert derivation.answer.shape == ("n", 1)
