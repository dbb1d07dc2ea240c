"""The same input gives the same bytes: in every format, in another process, under another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

STATEMENT = rb"""Let $\mathbf{X}\in\mathbb{R}^{m\times n}$, and let $\mathbf{a}\in\mathbb{R}^{m}$ and
$\mathbf{b}\in\mathbb{R}^{n}$ be constant. Find $\frac{d}{d\mathbf{X}}(\mathbf{a}^T\mathbf{X}\mathbf{b})^2$."""


@pytest.mark.parametrize("to", ["text", "latex", "typst", "html", "json", "pdf"])
def test_two_processes_write_the_same_bytes(to: str) -> None:
    outputs = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "derivgen", "solve", "-", "--to", to, "--detail", "3"],
            input=STATEMENT, capture_output=True, timeout=60, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        outputs.append(done.stdout)
    assert len(outputs[0]) > 200
    assert outputs[0] == outputs[1]
