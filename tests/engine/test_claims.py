"""Statements that say what comes out: the last line is what they claim, in their form."""

from __future__ import annotations

import pytest

from derivgen.rules.normal import key
from tests.engine.solving import refused, solved

CLAIMS = (
    r"Let $\sigma(t)=\frac{1}{1+e^{-t}}$. Show that $\sigma'(t)=\sigma(t)(1-\sigma(t))$.",
    r"The hyperbolic tangent is $\tanh(x)=\frac{e^x-e^{-x}}{e^x+e^{-x}}$. Verify that $\frac{d}{dx}\tanh(x)=1-\tanh^2(x)$.",
    r"Let $\sigma(z)=\frac{1}{1+e^{-z}}$, and $z=\mathbf w^T\mathbf x$. Show that $\frac{d\sigma}{dz}=\sigma(z)(1-\sigma(z))$.",
    r"Let $f(x)=\log(1+e^x)$. Show that $f'(x)=\sigma(x)$ where $\sigma(x)=1/(1+e^{-x})$.",
    r"Let $f(x)=\log(1+e^x)$. Show that $f'(x)=\sigma(x)$, where $\sigma$ is the logistic function.",
    r"Show that $\frac{d}{d\mathbf x}\|\mathbf A\mathbf x-\mathbf b\|^2=2\mathbf A^T\mathbf A\mathbf x-2\mathbf A^T\mathbf b$.",
    r"Show that $\frac{d}{dx}\log\cosh x=\tanh x$.",
    r"Let $p=\frac{e^u}{e^u+e^v}$. Show that $\frac{\partial p}{\partial u}=p(1-p)$ and $\frac{\partial p}{\partial v}=-p(1-p)$.",
    r"Let $r=\sqrt{x^2+y^2}$. Show that $\frac{\partial r}{\partial x}=\frac{x}{r}$.",
    r"Let $r=\|\mathbf x\|$. Show that $\nabla r=\mathbf x/r$.",
    r"Let $g(x)=\frac{x}{1+x}$. Show that $g'(x)=(1-g(x))^2$.",
    r"Let $p=\sigma(z)$ with the logistic function $\sigma$ and $z=\mathbf w^T\mathbf x+b$. For $\ell=-y\log p-(1-y)\log(1-p)$ show "
    r"that $\frac{\partial\ell}{\partial\mathbf w}=(p-y)\mathbf x$.",
)  # fmt: skip


@pytest.mark.parametrize("statement", CLAIMS)
def test_the_last_line_is_the_claim(statement: str) -> None:
    for derivation in solved(statement):
        assert derivation.goal.claim is not None
        assert derivation.answer is not None
        assert key(derivation.answer) == key(derivation.goal.claim)


@pytest.mark.parametrize("name", ["\\tanh x", "\\sigma(x)"])
def test_a_function_by_itself_is_derived_from_its_definition(name: str) -> None:
    (derivation,) = solved(rf"Let $\sigma$ be the logistic function. Find the derivative of ${name}$ with respect to $x$.")
    assert derivation.steps[0].rule == "definition"
    assert len(derivation.steps) > 4


def test_a_false_claim_is_refused() -> None:
    statement = r"Let $p=\sigma(z)$ with the logistic function $\sigma$. Show that $\frac{dp}{dz}=p(1+p)$."
    assert refused(statement).startswith("what the statement claims does not hold")


IDENTITIES = (
    r"If $z=f(x,y)$ where $x=r\cos\theta$ and $y=r\sin\theta$, show that $\left(\frac{\partial z}{\partial x}\right)^2+"
    r"\left(\frac{\partial z}{\partial y}\right)^2=\left(\frac{\partial z}{\partial r}\right)^2+\frac{1}{r^2}"
    r"\left(\frac{\partial z}{\partial\theta}\right)^2$.",
    r"Suppose $u=f(x,y)$ with $x=s+t$ and $y=s-t$. Show that $\frac{\partial u}{\partial s}\frac{\partial u}{\partial t}="
    r"\left(\frac{\partial u}{\partial x}\right)^2-\left(\frac{\partial u}{\partial y}\right)^2$.",
)  # fmt: skip


@pytest.mark.parametrize("statement", IDENTITIES)
def test_both_sides_of_an_identity_of_derivatives_are_worked_out(statement: str) -> None:
    (derivation,) = solved(statement)
    assert derivation.steps[-1].rule == "put_together"
    assert derivation.answer == derivation.goal.task.right  # type: ignore[union-attr]
    assert {f.name for f in derivation.facts} == {"both sides"}
