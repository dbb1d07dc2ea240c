"""``python -m derivgen`` is the command ``derivgen``."""

import sys

from derivgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
