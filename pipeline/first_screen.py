"""Where the command ``gongkai`` begins: what it can do is told before anything is loaded.

Whoever types ``gongkai --help`` would wait for the library of the command line alone, three
times as long as for Python itself. So that screen lies beside this file as text; a test holds
it to what the command line says.
"""

import os
import sys

TEXT = __file__.removesuffix(".py") + ".txt"
_WIDTH = 80
"""On a narrower screen its lines break elsewhere, and the command line writes them itself."""


def main() -> None:
    """Tells what there is, or hands over to the command line."""
    if sys.argv[1:] in (["--help"], ["-h"]) and _columns() >= _WIDTH:
        with open(TEXT, encoding="utf-8") as text:  # noqa: PTH123  (pathlib is a fifth of the wait)
            sys.stdout.write(text.read())
        return
    from pipeline.cli import main as command_line

    command_line()


def _columns() -> int:
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        return _WIDTH
