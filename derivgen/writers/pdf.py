"""PDF: by the embedded typst, or by an installed pdflatex; either runs as a child process within limits.

The child gets text that derivgen printed itself, a folder of its own and no more: time, memory and file size are
capped, TeX may neither run programs nor read outside its folder.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from derivgen.errors import DerivgenError, OutOfTime, ToolMissing

MEGABYTE = 2**20
SECONDS = 60.0
TYPST_MEMORY, TEX_MEMORY, FILE_SIZE = 2048 * MEGABYTE, 1024 * MEGABYTE, 100 * MEGABYTE

# The child imports nothing but typst: site-packages is the argument, the source comes in and the PDF goes out.
TYPST_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
import typst
try:
    pdf = typst.compile(sys.stdin.buffer.read(), format="pdf", timestamp=0, ignore_system_fonts=True, root=sys.argv[2])
except (RuntimeError, typst.TypstError) as error:
    sys.stderr.write(str(error)[:4000])
    sys.exit(1)
sys.stdout.buffer.write(pdf)
"""

TEX_SETTINGS = {
    "openin_any": "p", "openout_any": "p", "shell_escape": "f", "TEXMFOUTPUT": ".", "SOURCE_DATE_EPOCH": "0",
    "FORCE_SOURCE_DATE": "1", "max_print_line": "10000",
}  # fmt: skip
TEX_COMMAND = ("-no-shell-escape", "-interaction=batchmode", "-halt-on-error", "-file-line-error", "page.tex")
MOST_RUNS = 4
"""How often TeX sets a document with contents at most; three runs settle one whose contents take new pages."""
TEX_PACKAGES = "Debian: apt install texlive-latex-recommended texlive-fonts-recommended lmodern"
TEX_HINT = f"install TeX Live ({TEX_PACKAGES}), or leave out --engine to use typst"


class TypesettingFailed(DerivgenError):
    """The typesetter refused its input: a fault of a template, or of derivgen."""

    code = "typesetting"


def typst_pdf(source: str, *, seconds: float = SECONDS) -> bytes:
    """The PDF of a Typst document, with the same bytes each time."""
    found = importlib.util.find_spec("typst")
    if found is None or found.origin is None:
        raise ToolMissing("the typesetter typst is missing", hint="pip install typst, or use --engine pdflatex")
    with tempfile.TemporaryDirectory(prefix="derivgen-") as folder:
        packages = str(Path(found.origin).parents[1])
        command = [sys.executable, "-I", "-S", "-c", TYPST_CHILD, packages, folder]
        done = child(command, folder, seconds, TYPST_MEMORY, feed=source.encode())
    if done.returncode:
        raise TypesettingFailed(f"typst could not set the page: {first_error(done.stderr.decode(errors='replace'))}")
    return done.stdout


def tex_pdf(source: str, *, program: str = "pdflatex", seconds: float = SECONDS, contents: bool = False) -> bytes:
    """The PDF of a LaTeX document by an installed TeX; one with contents is set until its page numbers are settled."""
    path = shutil.which(program)
    if path is None:
        raise ToolMissing(f"{program} is not installed", hint=TEX_HINT)
    with tempfile.TemporaryDirectory(prefix="derivgen-") as folder:
        Path(folder, "page.tex").write_text(source, encoding="utf-8")
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        settings = {**kept, **TEX_SETTINGS, "HOME": folder, "TEXMFVAR": tex_cache(folder)}
        before = None
        for _ in range(MOST_RUNS if contents else 1):
            done = child([path, *TEX_COMMAND], folder, seconds, TEX_MEMORY, settings=settings)
            before, last = notes_of(folder), before
            if done.returncode or before == last:
                break
        made = Path(folder, "page.pdf")
        if done.returncode or not made.is_file():
            log = Path(folder, "page.log")
            told = log.read_text(errors="replace") if log.is_file() else done.stderr.decode(errors="replace")
            raise TypesettingFailed(f"{program} could not set the page: {first_error(told)}", hint=missing_file(told))
        return made.read_bytes()


def notes_of(folder: str) -> list[bytes]:
    """What TeX keeps for its next run: the places of the contents and of the labels."""
    return [path.read_bytes() for path in (Path(folder, f"page.{kind}") for kind in ("aux", "toc")) if path.is_file()]


def tex_cache(folder: str) -> str:
    """Where TeX may keep made fonts: in the folder that is thrown away."""
    return str(Path(folder, "texmf-var"))


def child(
    command: Sequence[str],
    folder: str,
    seconds: float,
    memory: int,
    feed: bytes = b"",
    settings: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a process group of its own; the whole group ends when its time is over."""
    posix = os.name == "posix"
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=posix,
        preexec_fn=limiter(memory, int(seconds) + 1) if posix else None,
    )
    try:
        out, err = process.communicate(feed, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise OutOfTime(f"the page was not set within {seconds:g} s") from None
    finally:
        if process.poll() is None:
            end(process, posix)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def end(process: subprocess.Popen[bytes], posix: bool) -> None:
    if posix:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def limiter(memory: int, seconds: int) -> Callable[[], None]:
    """What the child does to itself before it becomes the program."""
    import resource

    caps = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, FILE_SIZE))

    def limit() -> None:
        for what, most in caps:
            _, hard = resource.getrlimit(what)
            cap = most if hard < 0 else min(most, hard)
            resource.setrlimit(what, (cap, cap))

    return limit


def first_error(log: str) -> str:
    """The line of a log that says what was wrong."""
    marked = [line for line in log.splitlines() if re.match(r"^(!|\./page\.tex:\d+:|page\.tex:\d+:|error)", line)]
    chosen = (marked or [line for line in log.splitlines() if line.strip()] or ["no message"])[0]
    return " ".join(chosen.split())[:300]


def missing_file(log: str) -> str | None:
    found = re.search(r"File `([^']+)' not found", log)
    return f"the TeX installation lacks {found[1]}; {TEX_PACKAGES}" if found else None
