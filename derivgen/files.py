"""Statements in, documents out: the only room that opens files for the commands.

Every input fault is named with its byte or character; an output is written under a temporary name and renamed, so
that a file is either the old one or the whole new one.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from derivgen.errors import EncodingFault, FileFault, LimitReached, Place, Span
from derivgen.limits import TEXT_BYTES

STDIN = "-"
MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32"}


def read_text(name: str) -> str:
    """The statement in a file, or on standard input where the name is ``-``."""
    shown = shown_name(name)
    if name == STDIN:
        if sys.stdin is None:
            raise FileFault("standard input is closed", hint="name a FILE, or give --latex TEXT")
        return decode(read_bytes(sys.stdin.buffer, shown), shown)
    if os.path.isdir(name):
        raise FileFault(f"{shown} is a directory", hint="name the files in it")
    try:
        with open(name, "rb") as file:
            data = read_bytes(file, shown)
    except FileNotFoundError:
        raise FileFault(f"{shown}: no such file") from None
    except (OSError, ValueError) as error:
        raise FileFault(f"{shown} cannot be read: {reason(error)}") from None
    return decode(data, shown)


def shown_name(name: str) -> str:
    """The name of an input as it is told: no escape sequence and no byte that is not text reaches a terminal."""
    return "<stdin>" if name == STDIN else harmless(name) or "''"


def harmless(text: str, kept: str = "") -> str:
    """Text in which control characters and broken bytes are shown as replacement characters."""
    return "".join(c if c.isprintable() or c in kept else "\N{REPLACEMENT CHARACTER}" for c in text)


def reason(error: Exception) -> str:
    """The system's words for what went wrong, without its numbers."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]


def read_bytes(file: BinaryIO, shown: str) -> bytes:
    data = file.read(TEXT_BYTES + 1)
    if len(data) > TEXT_BYTES:
        raise LimitReached(
            f"{shown} holds more than {TEXT_BYTES // 1_000_000} MB of text, the limit for one statement",
            hint="give the problem alone, without what surrounds it",
        )
    return data


def decode(data: bytes, shown: str) -> str:
    """UTF-8 to text with plain line ends; what is not UTF-8 is named with its place."""
    for mark, encoding in sorted(MARKS.items(), key=lambda pair: -len(pair[0])):
        if data.startswith(mark):
            raise EncodingFault(f"{shown} is {encoding} text; UTF-8 is expected", hint="save the file as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EncodingFault(
            f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8",
            place=byte_place(data, error.start, shown),
            hint="save the file as UTF-8",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def byte_place(data: bytes, at: int, shown: str) -> Place:
    """Where a byte stands in the text, every byte that is no UTF-8 shown as one replacement character."""
    text = data.decode("utf-8", "replace")
    start = len(data[:at].decode("utf-8", "replace"))
    return Place(text, Span(start, start + 1), shown)


# --------------------------------------------------------------------------------------------------- output
def check_output(name: str | None, inputs: list[str]) -> None:
    """Say at once that an output cannot be written, before any work is done."""
    if name is None or name == STDIN:
        return
    if not name:
        raise FileFault("-o needs the name of a file")
    path = Path(name)
    if path.is_dir():
        raise FileFault(f"{name} is a directory; -o needs the name of a file")
    folder = path.parent
    if not folder.is_dir():
        raise FileFault(f"the folder {folder} does not exist, so {name} cannot be written")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise FileFault(f"{name} cannot be written: permission denied")
    for given in inputs:
        if given != STDIN and path.exists() and os.path.exists(given) and path.samefile(given):
            raise FileFault(f"{name} is the input; it is not overwritten", hint="choose another name for -o")


def write_output(name: str | None, data: str | bytes) -> None:
    """Write to standard output (no name, or ``-``), or to a file in one go."""
    content = data.encode("utf-8") if isinstance(data, str) else data
    if name is None or name == STDIN:
        write_stdout(content)
        return
    path = Path(os.path.realpath(name))
    try:
        if path.exists() and not path.is_file():  # a device or a named pipe: nothing to rename
            path.write_bytes(content)
        else:
            replace(path, content)
    except OSError as error:
        raise FileFault(f"{name} cannot be written: {reason(error)}") from None


def write_stdout(content: bytes) -> None:
    if sys.stdout is None:
        raise FileFault("standard output is closed", hint="name a file: -o OUT")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FileFault(f"standard output cannot be written: {reason(error)}") from None


def replace(path: Path, content: bytes) -> None:
    """Write beside the file, then rename; on any failure the temporary file goes."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode_for(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def mode_for(path: Path) -> int:
    """The mode of the file that is replaced, or what a new file gets."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
