"""Plain names, as other people's programs rely on them."""

from __future__ import annotations

import pytest

from derivgen.latex.printer import latex
from derivgen.notation.names import name_box, plain_name, plain_size, unique_names
from derivgen.terms.nodes import Name

NAMES = (
    (Name("theta", "bold"), "theta", r"\boldsymbol{\theta}"),
    (Name("y", "bold", "hat"), "y_hat", r"\hat{\mathbf{y}}"),
    (Name("W", "bold", "", "1"), "W_1", r"\mathbf{W}_1"),
    (Name("lambda"), "lambda_", r"\lambda"),
    (Name("h", "bold", "", "t-1"), "h_tm1", r"\mathbf{h}_{t-1}"),
    (Name("beta", "bold", "", "t+1"), "beta_tp1", r"\boldsymbol{\beta}_{t+1}"),
    (Name("x", "bold", "", "", "(i)"), "x_i", r"\mathbf{x}^{(i)}"),
    (Name("W", "", "", "", "[1]"), "W_1", "W^{[1]}"),
    (Name("L", "cal"), "L", r"\mathcal{L}"),
    (Name("ell"), "ell", r"\ell"),
    (Name("x", "", "bar"), "x_bar", r"\bar{x}"),
    (Name("theta", "bold", "tilde", "0"), "theta_tilde_0", r"\tilde{\boldsymbol{\theta}}_0"),
    (Name("u", primes=1), "u_prime", "u'"),
    (Name("x", "bold", "", "", "*"), "x_star", r"\mathbf{x}^*"),
    (Name("x", "vec"), "x", r"\vec{x}"),
    (Name("D", "", "", "x"), "D_x", "D_x"),
)


@pytest.mark.parametrize("name, plain, spelt", NAMES)
def test_names(name: Name, plain: str, spelt: str) -> None:
    assert plain_name(name) == plain
    assert latex(name_box(name)) == spelt


def test_sizes_and_collisions() -> None:
    assert [plain_size(size) for size in ("n", "n_1", r"\ell", "d_{in}", "lambda")] == [
        "n", "n_1", "ell", "d_in", "lambda_",
    ]  # fmt: skip
    assert unique_names(["h", "x", "h", "h"]) == ("h", "x", "h_2", "h_3")
    assert unique_names(["h", "h_2", "h"]) == ("h", "h_2", "h_3")
