"""Derivatives by quantities that are defined themselves, left in the answer: ∂z/∂x where x = s² t."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.terms.nodes import Derivative, Named, Num, Sym
from derivgen.terms.trees import subterms
from tests.engine.solving import solved


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        (
            r"Let $q=F(a,b)$, $a=u^2v$, $b=uv^3$. Express $\frac{\partial q}{\partial u}$ in terms of "
            r"$\frac{\partial q}{\partial a}$ and $\frac{\partial q}{\partial b}$.",
            1,
        ),
        (
            r"Suppose $q=F(a,b)$, $a=\rho\sin\phi$, $b=\rho\cos\phi$. Write $\partial q/\partial\rho$ and "
            r"$\partial q/\partial\phi$ in terms of $\partial q/\partial a$ and $\partial q/\partial b$.",
            2,
        ),
    ],
)
def test_they_stay_and_the_rest_is_worked_out(statement: str, count: int) -> None:
    found = solved(statement)
    assert len(found) == count
    for derivation in found:
        left = {t for t in subterms(derivation.answer) if isinstance(t, Derivative)}
        assert {(t.body.name.letter, t.var.name.letter) for t in left} == {("q", "a"), ("q", "b")}
        outside = derivation.answer.symbols - {s for t in left for s in t.symbols}
        assert not any(isinstance(s, Named) for s in outside)
        assert all(isinstance(t.body, Sym) for t in left)
        assert np.isfinite(derivation.check.error)


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        (r"Let $A(p,q)=\arctan(q/p)$ where $p=r\cos t$ and $q=r\sin t$. Use the chain rule to find $\partial A/\partial t$.", 1),
        (r"Let $D(p,q)=\sqrt{p^2+q^2}$, with $p=r\cos t$ and $q=r\sin t$ for $r>0$. Find $D_r$ via the chain rule.", 1),
        (r"Let $z>0$. Differentiate $\sqrt{z^2}$ with respect to $z$.", 1),
    ],
)  # fmt: skip
def test_identities_make_the_answer_short(statement: str, wanted: int) -> None:
    (found,) = solved(statement)
    assert found.answer == Num(wanted)
