"""Files, bytes and options that are not as they should be: exact messages, exit codes, nothing written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GOOD = r"Differentiate $u^2$ with respect to $u$."


def derivgen(*args: str, cwd: Path, data: bytes = b"") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "derivgen", *args], cwd=cwd, input=data.decode("latin-1"), encoding="latin-1",
        capture_output=True, timeout=60,
    )  # fmt: skip


CASES = [
    # name, bytes of in.tex (None: no such file), arguments, message (all of standard error), exit code
    ("missing", None, ["solve", "in.tex"], "in.tex: no such file", 2),
    ("empty", b"", ["solve", "in.tex"], None, 2),
    ("only-comments", b"% nothing\n% at all\n", ["solve", "in.tex"], None, 2),
    (
        "latin-1",
        b"Diff\xe9rentiate $u^2$",
        ["solve", "in.tex"],
        "in.tex:1:5: byte 4 (0xE9) is not UTF-8\n    Diff\N{REPLACEMENT CHARACTER}rentiate $u^2$\n        ^\n"
        "  hint: save the file as UTF-8",
        2,
    ),
    (
        "utf-16",
        GOOD.encode("utf-16"),
        ["solve", "in.tex"],
        "in.tex is UTF-16 text; UTF-8 is expected\n  hint: save the file as UTF-8",
        2,
    ),
    (
        "too-large",
        b"a" * 1_000_001,
        ["solve", "in.tex"],
        "in.tex holds more than 1 MB of text, the limit for one statement\n"
        "  hint: give the problem alone, without what surrounds it",
        2,
    ),
    (
        "output-folder",
        GOOD.encode(),
        ["solve", "in.tex", "-o", "gone/out.tex"],
        "derivgen: the folder gone does not exist, so gone/out.tex cannot be written",
        2,
    ),
    (
        "output-directory",
        GOOD.encode(),
        ["solve", "in.tex", "--to", "latex", "-o", "."],
        "derivgen: . is a directory; -o needs the name of a file",
        2,
    ),
    (
        "output-is-input",
        GOOD.encode(),
        ["solve", "in.tex", "-o", "in.tex"],
        "derivgen: in.tex is the input; it is not overwritten\n  hint: choose another name for -o",
        2,
    ),
    (
        "no-templates",
        GOOD.encode(),
        ["solve", "in.tex", "--templates", "gone"],
        "derivgen: gone is not a folder of templates",
        2,
    ),
    (
        "unknown-rule",
        GOOD.encode(),
        ["rules", "magic"],
        "derivgen: there is no rule 'magic'\n  hint: derivgen rules lists them",
        2,
    ),
    (
        "unknown-corpus",
        GOOD.encode(),
        ["solve", "corpus:gone"],
        "corpus:gone: gone: no such file, and no such problem in the corpus\n  hint: derivgen list shows the problems",
        2,
    ),
]


@pytest.mark.parametrize(("name", "data", "args", "message", "code"), CASES, ids=[c[0] for c in CASES])
def test_message_and_exit_code(
    tmp_path: Path, name: str, data: bytes | None, args: list[str], message: str | None, code: int
) -> None:
    if data is not None:
        (tmp_path / "in.tex").write_bytes(data)
    before = sorted(os.listdir(tmp_path))
    done = derivgen(*args, cwd=tmp_path)
    told = done.stderr.encode("latin-1").decode("utf-8").strip("\n")
    assert done.returncode == code, told
    assert "Traceback" not in told
    if message is not None:
        assert told == message
    assert len(told) > 8
    assert done.stdout == ""
    assert sorted(os.listdir(tmp_path)) == before


def test_input_is_a_directory(tmp_path: Path) -> None:
    (tmp_path / "folder.tex").mkdir()
    done = derivgen("solve", "folder.tex", "-o", "out.tex", cwd=tmp_path)
    assert done.stderr == "folder.tex is a directory\n  hint: name the files in it\n"
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may write anywhere")
def test_output_folder_is_locked(tmp_path: Path) -> None:
    (tmp_path / "in.tex").write_text(GOOD)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    done = derivgen("solve", "in.tex", "-o", "locked/out.tex", cwd=tmp_path)
    assert "permission denied" in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["solve", "in.tex", "--to", "postscript"], ["postscript", "latex", "html"]),
        (["solve", "in.tex", "--detail", "9"], ["--detail", "9"]),
        (["solve", "in.tex", "--layout", "sideways"], ["sideways", "numerator"]),
        (["solve", "in.tex", "--timeout", "-1"], ["seconds"]),
        (["solve", "in.tex", "--timeout", "nan"], ["seconds"]),
        (["solve", "in.tex", "--timeout", "inf"], ["seconds"]),
        (["solve", "in.tex", "--memory", "-5"], ["megabytes"]),
        (["solve", "in.tex", "--memory", "99999999999999999999"], ["megabytes"]),
        (["solve", "in.tex", "--method", "magic"], ["magic", "single-element"]),
        (["solve", "in.tex", "-o", ""], ["name of a file"]),
        (["solve", "in.tex", "--latex", "x"], ["FILE or --latex"]),
        (["explain"], ["explain", "solve"]),
    ],
)
def test_options(tmp_path: Path, args: list[str], words: list[str]) -> None:
    (tmp_path / "in.tex").write_text(GOOD)
    done = derivgen(*args, cwd=tmp_path)
    assert done.returncode == 2
    for word in words:
        assert word in done.stderr


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.tex").write_text(GOOD)
    (tmp_path / "bad.tex").write_text(r"Differentiate $u^{2$ with respect to $u$.")
    done = derivgen("solve", "bad.tex", "gone.tex", "good.tex", "--to", "json", cwd=tmp_path)
    import json

    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["status"] for r in records] == ["error", "error", "solved"]
    assert [r["source"] for r in records] == ["bad.tex", "gone.tex", "good.tex"]
    assert done.returncode == 2
    assert "gone.tex: no such file" in done.stderr


def test_standard_input(tmp_path: Path) -> None:
    done = derivgen("solve", "-", "--to", "json", cwd=tmp_path, data=GOOD.encode())
    assert done.returncode == 0, done.stderr
    assert '"source": "<stdin>"' in done.stdout


def test_an_old_output_survives_a_failure(tmp_path: Path) -> None:
    (tmp_path / "bad.tex").write_text(r"Differentiate $u^{2$ with respect to $u$.")
    (tmp_path / "out.tex").write_text("the old one")
    assert derivgen("solve", "bad.tex", "-o", "out.tex", cwd=tmp_path).returncode == 2
    assert (tmp_path / "out.tex").read_text() == "the old one"
    assert sorted(os.listdir(tmp_path)) == ["bad.tex", "out.tex"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_broken_pipe_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "in.tex").write_text(GOOD)
    command = [sys.executable, "-m", "derivgen", "solve", *["in.tex"] * 3, "--to", "json"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "derivgen", "solve", "-"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.0)  # it waits for standard input by now
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert told == b""
    assert process.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
def test_no_escape_sequence_reaches_the_terminal(tmp_path: Path) -> None:
    done = derivgen("solve", "gone\x1b[31m\udcff.tex", cwd=tmp_path)
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "in\udcff.tex").write_text(GOOD)
    done = derivgen("solve", "in\udcff.tex", "--to", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"status": "solved"' in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full device")
def test_standard_output_is_full(tmp_path: Path) -> None:
    (tmp_path / "in.tex").write_text(GOOD)
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "derivgen", "solve", "in.tex"]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert b"standard output cannot be written: no space left" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="closes descriptors as a POSIX shell does")
@pytest.mark.parametrize(
    ("closed", "words"), [(">&-", "standard output is closed"), ("<&-", "standard input is closed")]
)
def test_closed_streams(tmp_path: Path, closed: str, words: str) -> None:
    (tmp_path / "in.tex").write_text(GOOD)
    name = "in.tex" if closed == ">&-" else "-"
    command = f'exec "$0" -m derivgen solve {name} {closed}'
    done = subprocess.run(["sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert words in done.stderr.decode()


@pytest.mark.parametrize("verb", ["solve", "read", "check"])
def test_help_is_plain_ascii(tmp_path: Path, verb: str) -> None:
    done = derivgen(verb, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.isascii()
