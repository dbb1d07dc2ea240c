"""Statements that ask for what is not there are refused in words; none of them brings a rule down."""

from __future__ import annotations

import pytest

from derivgen import face

REFUSED = (
    (
        r"A hiker stands on a slope whose height at $(x,y)$ is $b$. The current position is $(x,y)=(-1,0)$. "
        r"In which direction does the ground fall most steeply?",
        "a function of these variables is not given, so there is no slope at this point",
    ),
    (
        r"The height is $h=4-x^2$. Standing at $x=1$, which direction should one take to go down as fast as possible? "
        r"(b) Expand it until only $\frac{d\ell}{d\hat{\mathbf{y}}}$ is left.",
        "only a derivative can be written through other derivatives",
    ),
    (
        "Minimise $(x-2)^2$. (b) Write it with a single vector.",
        "the earlier answer has no elements that could be put together",
    ),
    (
        r"Compute the directional derivative of $\frac{d(\mathbf{A}\mathbf{x})}{d\mathbf{x}}$ at $(1,2)$ "
        r"in the direction of the unit vector $(1,0)$.",
        "the derivative of a 2×n matrix by a 2×1 variable has more than two indices",
    ),
)


@pytest.mark.parametrize(("statement", "told"), REFUSED, ids=[told[:40] for _, told in REFUSED])
def test_is_refused_in_words(statement: str, told: str) -> None:
    solution = face.solve(statement)
    errors = [solution.error, *(d.error for d in solution.derivations)]
    assert [e.message for e in errors if e is not None] == [told]


def test_the_table_of_derivatives_of_a_square_matrix() -> None:
    solution = face.solve(
        r"Let $\mathbf{A}\in\mathbb{R}^{n\times n}$. Tabulate the derivatives of scalars, vectors and matrices "
        r"with respect to scalars, vectors and matrices."
    )
    assert [d.check.verdict for d in solution.derivations if d.check is not None] == ["verified"]
    names = [str(row[0][0]) for row in solution.derivations[0].tables[1].rows]
    assert "vector by matrix" not in names and "matrix times vector by matrix" in names
