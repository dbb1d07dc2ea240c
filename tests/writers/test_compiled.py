"""Compiled templates are kept beside the package's modules, and only count for the source they came from."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest

from derivgen.writers import compiled
from derivgen.writers.compiled import CompiledTemplates


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def rendered(source: str, settings: object = None) -> str:
    env = jinja2.Environment(loader=jinja2.DictLoader({"a/page": source}), bytecode_cache=CompiledTemplates(settings))
    return env.get_template("a/page").render(x=1)


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_a_template_is_compiled_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ x }}.") == "1."
    (file,) = files(kept)
    assert file.name == f"a-page.{sys.implementation.cache_tag}.jinja"
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert rendered("{{ x }}.") == "1."


def test_another_source_or_setting_is_compiled_anew(kept: Path) -> None:
    assert rendered("{{ x }}.") == "1."
    before = files(kept)[0].read_bytes()
    assert rendered("{{ x }}!") == "1!"
    assert files(kept)[0].read_bytes() != before
    rendered("{{ x }}!", settings="trim")
    assert len(files(kept)) == 1


@pytest.mark.parametrize("content", [b"", b"j2", b"nonsense" * 20])
def test_a_damaged_file_does_no_harm(kept: Path, content: bytes) -> None:
    rendered("{{ x }}.")
    (file,) = files(kept)
    whole = file.read_bytes()
    for damaged in (content, whole[: len(whole) // 2], whole[:25]):
        file.write_bytes(damaged)
        assert rendered("{{ x }}.") == "1."
        assert file.read_bytes() == whole


def test_nothing_is_written_where_python_may_not(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered("{{ x }}.") == "1."
    assert not files(kept)


def test_a_folder_that_cannot_be_written(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept / "file").write_text("in the way")
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "file"))
    assert rendered("{{ x }}.") == "1."
    assert compiled.__file__ not in map(str, files(kept))
