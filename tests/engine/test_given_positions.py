"""Elements at positions that are numbers, of vectors whose length is a letter."""

from __future__ import annotations

import pytest

from derivgen import face

SHOWN = ("text", "latex", "typst", "html", "json")


@pytest.mark.parametrize("position", [1, 2, 7])
def test_a_derivative_by_a_given_element(position: int) -> None:
    solution = face.solve(
        rf"Let $\mathbf{{x}}\in\mathbb{{R}}^n$. Find $\frac{{\partial}}{{\partial x_{position}}}(\mathbf{{x}}^T\mathbf{{x}})$."
    )
    check = solution.derivations[0].check
    assert check.verdict == "verified"
    lengths = [sizes["n"] for sizes in check.sizes]
    assert min(lengths) == position and len(set(lengths)) == 3  # no axis is shorter than the element that is taken
    for to in SHOWN:
        assert face.write(solution, to)


def test_two_axes_have_their_own_least_lengths() -> None:
    solution = face.solve(
        r"Let $\mathbf{a}\in\mathbb{R}^m$, $\mathbf{X}\in\mathbb{R}^{m\times n}$ and $\mathbf{b}\in\mathbb{R}^n$. "
        r"Find $\frac{\partial}{\partial X_{2,5}}(\mathbf{a}^T\mathbf{X}\mathbf{b})$."
    )
    check = solution.derivations[0].check
    assert check.verdict == "verified"
    assert all(sizes["m"] >= 2 and sizes["n"] >= 5 for sizes in check.sizes)
    assert any(sizes["m"] != sizes["n"] for sizes in check.sizes)


def test_elements_that_come_up_later_have_room_as_well() -> None:
    solution = face.solve(
        r"Let $\mathbf{b}\in\mathbb{R}^n$, $\hat y=h(\mathbf{b})$ with $h:\mathbb{R}^2\to\mathbb{R}$ and let $\ell$ be a "
        r"scalar function of $\hat y$. Express $\frac{d\ell}{db_1}$ in terms of $\frac{dh}{db_\Box}$ and "
        r"$\frac{d\ell}{d\hat y}$. Each blank is 1 or 2."
    )
    assert {d.status for d in solution.derivations} <= {"solved", "refused"}
