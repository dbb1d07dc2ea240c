"""Time, stack and memory: the limits turn into messages, and end with the block."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from derivgen.errors import LimitReached, NoRule, OutOfTime
from derivgen.limits import limited

posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the alarm exists on POSIX systems")


@posix
def test_time_is_over() -> None:
    start = time.monotonic()
    with pytest.raises(OutOfTime, match=r"not finished within 0\.2 s"), limited(0.2):
        while True:
            pass
    assert time.monotonic() - start < 2


@posix
def test_alarm_is_off_after_the_block() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with limited(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) == before


def test_depth_is_told_in_words() -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(LimitReached, match="nested more deeply"), limited(None):
        deeper()
    with pytest.raises(NoRule, match="round in a circle"), limited(None, deriving=True):
        deeper()


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux")
def test_memory_is_limited() -> None:
    code = (
        "from derivgen.limits import limit_memory, limited\n"
        "from derivgen.errors import LimitReached\n"
        "limit_memory(300)\n"
        "try:\n"
        "    with limited(None):\n"
        "        bytearray(10**9)\n"
        "except LimitReached as error:\n"
        "    print(error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "the memory limit was reached\n", done.stderr
