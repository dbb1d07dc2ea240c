"""The wheel and the sdist carry everything, and an installed copy works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a space in its name, holding the wheel and the sdist."""
    pytest.importorskip("hatchling", reason="hatchling, the build backend, comes with the test extras")
    folder = tmp_path_factory.mktemp("built here")
    for kind in ("wheel", "sdist"):
        run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in a fresh environment that borrows the dependencies of this one; its Python."""
    place = tmp_path_factory.mktemp("another place") / "env"
    run(sys.executable, "-m", "venv", "--without-pip", place)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=built).strip())
    wheel = next(built.glob("*.whl"))
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=built)
    borrowed = [p for p in sys.path if p.endswith("site-packages")]
    # The editable install of the checkout stands in a .pth file there, and .pth files count in the first folder only.
    (site / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return python


def test_wheel_carries_templates_corpus_and_types(built: Path) -> None:
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    assert "derivgen/py.typed" in names
    assert any(n.startswith("derivgen/templates/") for n in names)
    assert any(n.startswith("derivgen/corpus_files/") and n.endswith(".tex") for n in names)
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "derivgen/tests")) for n in names)


def test_sdist_carries_the_whole_project(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {n.partition("/")[2] for n in archive.getnames()}
    assert {"Makefile", "README.md", "LICENSE", "CITATION.cff", "pyproject.toml", "tests/test_wheel.py"} <= names
    assert any(n.startswith("templates/") for n in names)
    assert any(n.startswith("corpus/") for n in names)


def test_installed_copy_is_the_wheel_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed, "-c", "import derivgen; print(derivgen.__file__)", cwd=tmp_path)
    assert str(ROOT) not in where


def test_installed_command_tells_its_version(installed: Path, tmp_path: Path) -> None:
    assert run(installed.with_name("derivgen"), "--version", cwd=tmp_path).startswith("derivgen 0.")
    assert run(installed, "-m", "derivgen", "--version", cwd=tmp_path).startswith("derivgen 0.")


@pytest.mark.parametrize("name", ["out.tex", "out.pdf", "out.html", "out.txt", "out.json"])
def test_installed_copy_solves_a_problem_of_the_corpus(installed: Path, tmp_path: Path, name: str) -> None:
    run(installed, "-m", "derivgen", "solve", "corpus:quadratic-form", "-o", name, cwd=tmp_path)
    assert (tmp_path / name).stat().st_size > 500
