"""The problems that people type, with their own judge, where that folder stands beside the project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "problems"
COMMAND = Path(sys.executable).with_name("derivgen")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "run.py").exists(), reason="../shared/problems is not beside the checkout"),
    pytest.mark.skipif(not COMMAND.exists(), reason="the command derivgen is not installed beside this Python"),
]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "run.py", str(COMMAND), "--stage", "core", *options]
    return subprocess.run(command, cwd=SHARED, capture_output=True, text=True, timeout=500, env=None)


def test_problems_are_right_and_none_is_wrong() -> None:
    done = run()
    assert ", 0 WRONG" in done.stdout, done.stdout[-3000:]
    assert done.returncode == 0, done.stdout[-3000:]


def test_wider_field_is_right_or_refused() -> None:
    command = [sys.executable, "run.py", str(COMMAND), "--stage", "field", "--need", "0"]
    done = subprocess.run(command, cwd=SHARED, capture_output=True, text=True, timeout=500)
    assert ", 0 WRONG" in done.stdout, done.stdout[-3000:]


def test_bad_inputs_are_handled() -> None:
    done = run("--bad")
    assert done.returncode == 0, done.stdout[-3000:]
