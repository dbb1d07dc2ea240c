"""The stated limits: text, time and memory.  The depth and expansion limits stand with the reader."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from derivgen.errors import LimitReached, NoRule, OutOfTime

TEXT_BYTES = 1_000_000
"""The largest statement that is read."""
SECONDS = 20.0
"""The time for one input, unless ``--timeout`` says otherwise."""
LONGEST = 1e7
"""The longest time that can be set, in seconds; more is as good as none, and no timer counts further."""
MEMORY_MEGABYTES = 4096
"""The address space of the process, unless ``--memory`` says otherwise (where the system can limit it)."""
LEAST_MEGABYTES = 512
"""Less than this does not hold Python with SymPy and NumPy."""


@contextlib.contextmanager
def limited(seconds: float | None, *, deriving: bool = False) -> Iterator[None]:
    """Run a block under the time limit; running out of stack or memory becomes an error in words.

    A reader that runs out of stack was given a formula too deep; rules that do have gone round in a circle.

    The alarm exists on POSIX systems and in the main thread only; elsewhere the block runs without it.
    """
    try:
        with alarm(seconds):
            yield
    except RecursionError as error:
        if deriving:
            raise NoRule("the rules go round in a circle and do not come to an answer") from error
        raise LimitReached(
            "the input is nested more deeply than derivgen can follow", hint="split the formula with definitions"
        ) from error
    except MemoryError as error:
        raise LimitReached(
            "the memory limit was reached", hint="state the problem with fewer factors, or raise --memory"
        ) from error


@contextlib.contextmanager
def alarm(seconds: float | None) -> Iterator[None]:
    """Raise ``OutOfTime`` in the block when the seconds are over."""
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not usable:
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise OutOfTime(f"not finished within {seconds:g} s", hint="allow more time with --timeout SECONDS")

    before = signal.signal(signal.SIGALRM, ring)
    # The timer rings again every second, should the first ring fall into code that must not be interrupted.
    signal.setitimer(signal.ITIMER_REAL, min(seconds, LONGEST), 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def limit_memory(megabytes: int) -> None:
    """Cap the address space of this process, where the system allows it; 0 leaves it alone."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    if megabytes <= 0:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 2**20
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
