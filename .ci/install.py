"""Install into the environment that runs this file: ``python .ci/install.py -e .`` (a few tries, for slow indexes)."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

TRIES = 3


def pip() -> list[str]:
    """The pip of this environment, or the outer one where this environment was made without."""
    outer = Path(sys.prefix) / "outer-python"
    if outer.exists():
        return [outer.read_text(encoding="utf-8").strip(), "-m", "pip", "--python", sys.executable]
    return [sys.executable, "-m", "pip"]


def main() -> int:
    command = [*pip(), "install", "--quiet", "--disable-pip-version-check", *sys.argv[1:]]
    for turn in range(TRIES):
        code = subprocess.call(command)
        if code == 0:
            return 0
        print(f"pip failed (try {turn + 1} of {TRIES})", file=sys.stderr)
        time.sleep(2 * turn)
    return code


if __name__ == "__main__":
    sys.exit(main())
