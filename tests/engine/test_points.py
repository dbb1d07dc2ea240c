"""Where a derivative is evaluated: points under names of their own, and values that mean nothing."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.terms.nodes import Fn
from derivgen.terms.trees import subterms
from tests.engine.solving import refused, solved
from tests.engine.values import number


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        (
            r"Let $g(v_1,v_2,v_3)=v_1v_2-3v_3^2$. We stand at $v=(1,-2,4)$. In which direction does $g$ grow most quickly?",
            (-2, 1, -24),
        ),
        (r"Let $q(s,t)=s^2+3st$. Find the gradient of $q$ at $\mathbf{p}=(2,5)$.", (19, 6)),
        (r"Let $f(u_1,u_2)=u_1u_2^2$. Find $\nabla f$ at $\mathbf{u}=\begin{pmatrix}2\\-1\end{pmatrix}$.", (1, -4)),
        (r"Let $f(b_1,b_2)=e^{b_1}+b_2$. Evaluate $\nabla f$ at $b=(0,7)^T$.", (1, 1)),
    ],
)
def test_a_point_may_bear_a_name(statement: str, wanted: tuple[float, ...]) -> None:
    (found,) = solved(statement)
    np.testing.assert_allclose(np.ravel(number(found, {})), wanted)


@pytest.mark.parametrize(
    "statement",
    [
        r"Let $f(x)=x^2+c$. Find $f'(x)$ at $q=3$.",
        r"Find $\frac{d(\mathbf{z}^T\mathbf{K}\mathbf{z})}{d\mathbf{z}}$ for $k=2$.",
    ],
)
def test_a_value_for_nothing_is_refused(statement: str) -> None:
    assert "is given a value, but nothing that is asked depends on it" in refused(statement)


def test_sines_at_known_angles_are_numbers() -> None:
    statement = r"Let $f(x,y)=\sin x\cos(2y)+\tan x$. Find the gradient of $f$ at $(\pi/3,\pi/12)$."
    (derivation,) = solved(statement)
    assert derivation.answer is not None
    assert not [t for t in subterms(derivation.answer) if isinstance(t, Fn)]


def test_the_greatest_rate_of_change_is_no_maximum() -> None:
    statement = r"Find the maximum rate of change of $f(x,y)=xe^y$ at $(2,0)$ and the direction in which it occurs."
    (derivation,) = solved(statement)
    assert [float(e) for e in np.asarray(number(derivation, {})).ravel()] == [1.0, 2.0]
    assert any("greatest rate of change" in str(words) for words in derivation.text)


def test_a_direction_by_its_angle() -> None:
    statement = r"Find the directional derivative of $f(x,y)=x^3-3xy+4y^2$ at $(1,2)$ in the direction given by the angle $\theta=\pi/6$."
    (derivation,) = solved(statement)
    assert abs(float(number(derivation, {})) - (13 - 3 * 3**0.5) / 2) < 1e-9


def test_a_direction_that_is_not_given_is_asked_for() -> None:
    assert refused(r"Find the directional derivative of $f(x,y)=x^2y$.") == "the direction is not given"
