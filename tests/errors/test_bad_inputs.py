"""Statements that are not as they should be: the kind of error, its place, and its exact message.

The messages stand in ``messages.txt``, one after the other, to be read as a text; ``pytest --regold`` writes them anew.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from derivgen.cli import exit_code
from derivgen.errors import DerivgenError
from derivgen.face import solve

MESSAGES = Path(__file__).with_name("messages.txt")
SECONDS = 4.0  # a bad input is told within two seconds; test machines are slow
LONGEST = 2000

CASES: dict[str, tuple[str, str]] = {
    # name: (statement, code of the error)
    "open-brace": (r"Let $\mathbf{w}\in\mathbb{R}^{d}$. Differentiate $\exp(\mathbf{w}^{\top\mathbf{w})$ by it.", "syntax"),
    "stray-brace": (r"Differentiate $x^2}$ with respect to $x$.", "syntax"),
    "left-without-right": (r"Compute $\frac{d}{dy}\left(\frac{y}{1+y^2}$.", "syntax"),
    "right-without-left": (r"Compute $\frac{d}{dy}(y^2\right)$.", "syntax"),
    "open-dollar": (r"Differentiate $x^2 with respect to x.", "syntax"),
    "missing-operand": (r"What is $\frac{d}{dv}(v^2-)$?", "syntax"),
    "wrong-environment": ("Find the gradient of\n\\begin{align}\nf &= x^2\n\\end{equation}\n", "syntax"),
    "unknown-macro": (r"Let $\bfx\in\mathbb{R}^n$. Compute $\nabla(\bfx^T\bfx)$.", "unknown-macro"),
    "macro-without-end": (
        r"\newcommand{\aaa}{\bbb\bbb}\newcommand{\bbb}{\aaa\aaa}Compute $\frac{d}{du}(\aaa u)$.", "limit",
    ),
    "input": (r"\input{secret} Differentiate $x^2$ with respect to $x$.", "forbidden-macro"),
    "include": (r"\include{secret} Differentiate $x^2$ with respect to $x$.", "forbidden-macro"),
    "write": (r"\write18{ls} Differentiate $x^2$ with respect to $x$.", "forbidden-macro"),
    "openin": (r"\newread\f\openin\f=secret Differentiate $x^2$ with respect to $x$.", "forbidden-macro"),
    "csname": (r"Differentiate $\csname input\endcsname x^2$ with respect to $x$.", "forbidden-macro"),
    "catcode": (r"\catcode`\%=12 Differentiate $x^2$ with respect to $x$.", "forbidden-macro"),
    "no-goal": (r"Let $\mathbf{G}\in\mathbb{R}^{m\times n}$ and $\mathbf{u}\in\mathbb{R}^n$.", "no-goal"),
    "empty": ("", "empty"),
    "only-comments": ("% one\n% two\n", "empty"),
    "undeclared-bold": (r"Find $\frac{d}{d\mathbf{v}}\left(\mathbf{v}^T\mathbf{v}\,\mathbf{T}\right)$.", "undeclared"),
    "product-that-does-not-fit": (
        r"Let $\mathbf{P}\in\mathbb{R}^{a\times b}$ and $\mathbf{q}\in\mathbb{R}^{c}$. Find $\frac{d}{d\mathbf{q}}\mathbf{P}\mathbf{q}$.",
        "shape",
    ),
    "sum-that-does-not-fit": (
        r"Let $\mathbf{a}\in\mathbb{R}^{2}$, $\mathbf{x}\in\mathbb{R}^{3}$. Find $\frac{d}{d\mathbf{x}}\|\mathbf{a}+\mathbf{x}\|^2$.",
        "shape",
    ),
    "factorial": (r"Find $\frac{d}{dx}(x!+1)$.", "unsupported"),
    "factorial-at-the-end": (r"Find $\frac{d}{dx} x!$.", "unsupported"),
    "adjoint": (r"Differentiate $x^\dagger x$ with respect to $x$.", "unsupported"),
    "power-of-ten": (r"Differentiate $1e5x^2$ with respect to $x$.", "ambiguous"),
    "inverse-or-reciprocal": (r"Differentiate $\sinh^{-1}(x)$ with respect to $x$.", "ambiguous"),
    "size-zero": (r"Let $\mathbf{x}\in\mathbb{R}^{0}$. Find the gradient of $\mathbf{x}^T\mathbf{x}$.", "shape"),
    "size-negative": (r"Let $\mathbf{x}\in\mathbb{R}^{-1}$. Find the gradient of $\mathbf{x}^T\mathbf{x}$.", "shape"),
    "size-and-matrix": (
        r"Let $N\in\mathbb{R}^{N\times N}$. Find the gradient of $\mathbf{x}^TN\mathbf{x}$.", "ambiguous",
    ),
    "tower-of-powers": (r"Differentiate $9^{9^{9^{9}}}x$ with respect to $x$.", "undecided"),
    "symmetric-but-not-square": (
        r"Let $\mathbf{S}\in\mathbb{R}^{3\times4}$ be symmetric. Find $\nabla_{\mathbf{x}}\,\mathbf{x}^T\mathbf{S}\mathbf{x}$.",
        "shape",
    ),
    "trace-of-a-vector": (r"Let $\mathbf{x}\in\mathbb{R}^n$. Find $\frac{d}{d\mathbf{x}}\operatorname{tr}(\mathbf{x})$.", "shape"),
    "two-readings": (r"Find $\frac{d}{dM}\left(PMQR\right)$.", "undeclared"),
    "derivative-by-a-constant": (
        r"The vector $\mathbf{b}\in\mathbb{R}^n$ is constant. Compute $\frac{\partial}{\partial\mathbf{b}}\mathbf{b}^T\mathbf{b}$.",
        "constant",
    ),
    "two-layouts": (
        r"In numerator layout, and using denominator layout, find $\frac{d}{d\mathbf{x}}\mathbf{x}$ for $\mathbf{x}\in\mathbb{R}^n$.",
        "layout",
    ),
    "index-that-does-not-fit": (
        r"Let $\mathbf{P}\in\mathbb{R}^{m\times n}$, $\mathbf{u},\mathbf{v}\in\mathbb{R}^n$. Write $r_i=\sum_{j}P_{ij}u_jv_l$ without indices.",
        "index",
    ),
    "vector-with-two-indices": (
        r"Let $\mathbf{u}\in\mathbb{R}^n$. Write $\sum_{i=1}^{n}u_{ii}$ in vector form.", "index",
    ),
    "not-differentiable": (r"Differentiate $\lfloor t\rfloor$ with respect to $t$.", "not-differentiable"),
    "differential-equation": (r"Solve the differential equation $\frac{dy}{dx}=y^2$ with $y(0)=1$.", "unsupported"),
    "inverse": (
        r"Let $\mathbf{X}\in\mathbb{R}^{n\times n}$ be invertible. Find $\frac{d}{d\mathbf{X}}\operatorname{tr}(\mathbf{X}^{-1})$.",
        "no-rule",
    ),
    "nul": ("Differentiate $u\0^2$ with respect to $u$.", "encoding"),
    "control-character": ("Differentiate $u\x07^2$ with respect to $u$.", "encoding"),
}  # fmt: skip

LARGE: dict[str, tuple[str, str]] = {
    "braces": ("Differentiate $" + "{" * 10_000 + "x" + "}" * 10_000 + "$ with respect to $x$.", "limit"),
    "parentheses": ("Differentiate $" + "(" * 10_000 + "x" + ")" * 10_000 + "$ with respect to $x$.", "limit"),
    "fractions": ("Differentiate $" + r"\frac{1}{" * 5_000 + "x" + "}" * 5_000 + "$ with respect to $x$.", "limit"),
    "doubling-macro": (
        r"\newcommand{\aaa}{x}" + "".join(
            rf"\newcommand{{\{b * 3}}}{{\{a * 3}\{a * 3}}}" for a, b in zip("abcdefghijklmnopqrstuvwxy", "bcdefghijklmnopqrstuvwxyz", strict=True)
        ) + r"Differentiate $\zzz$ with respect to $x$.", "limit",
    ),
}  # fmt: skip


def error_of(statement: str) -> DerivgenError:
    solution = solve(statement, source="in.tex", seconds=20)
    errors = [e for e in (solution.error, *(d.error for d in solution.derivations)) if e is not None]
    assert errors, f"no error, but {solution.status}: {[d.answer for d in solution.derivations]}"
    assert exit_code(solution) == errors[0].exit_code
    return errors[0]


@pytest.fixture(scope="module")
def messages() -> dict[str, str]:
    blocks = MESSAGES.read_text(encoding="utf-8").split("\n\n=== ") if MESSAGES.exists() else []
    return dict(block.removeprefix("=== ").rstrip("\n").split("\n", 1) for block in blocks)


@pytest.mark.parametrize("name", CASES)
def test_message(name: str, messages: dict[str, str], request: pytest.FixtureRequest) -> None:
    statement, code = CASES[name]
    start = time.monotonic()
    error = error_of(statement)
    assert time.monotonic() - start < SECONDS
    assert error.code == code, str(error)
    assert len(str(error)) < LONGEST
    if not request.config.getoption("--regold"):
        assert str(error) == messages.get(name)


@pytest.mark.parametrize("name", LARGE)
def test_large_input_meets_a_stated_limit(name: str) -> None:
    statement, code = LARGE[name]
    start = time.monotonic()
    error = error_of(statement)
    assert time.monotonic() - start < SECONDS
    assert error.code == code, str(error)
    assert len(str(error)) < LONGEST


def test_messages_are_written_anew(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--regold"):
        pytest.skip("only with --regold")
    told = "\n\n".join(f"=== {name}\n{error_of(statement)}" for name, (statement, _) in CASES.items())
    MESSAGES.write_text(told + "\n", encoding="utf-8")


def test_a_megabyte_of_prose_is_read_or_refused_in_time() -> None:
    start = time.process_time()
    solution = solve("This sentence says nothing of use. " * 28_000 + "Differentiate $u^2$ with respect to $u$.")
    assert time.process_time() - start < SECONDS
    assert solution.status == "solved" or exit_code(solution) == 2


@pytest.mark.parametrize("to", ["text", "latex", "typst", "html"])
@pytest.mark.parametrize(
    "prose", ["{{ 7*191 }}", "{% raw %}", "<script>alert(1)</script>", '#eval("7*191")', "100\\% \\& co"]
)
def test_prose_is_escaped_and_never_run(prose: str, to: str) -> None:
    from derivgen.face import write

    solution = solve(f"Let $u$ be the {prose} variable. Differentiate $u^3$ with respect to $u$.")
    if solution.status != "solved":
        return  # refused is fine too
    shown = str(write(solution, to))
    assert "1337" not in shown
    if to == "html":
        assert "<script" not in shown
