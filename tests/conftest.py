"""What all tests share."""

import atexit
import gc
import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""More than all that a whole run has on its hands at once."""


def pytest_configure() -> None:
    """Writes temporary files into memory where there is room, unless somebody said where.

    Builds sync what they write: a test that publishes would wait for the disk as long as for a
    quarter of its work. What is lost without a sync is asked of a disk of our own (``power``).
    """
    if "TMPDIR" not in os.environ and _is_fit(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked anew


def _is_fit(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC


def pytest_collection_finish() -> None:
    """Takes modules and tests out of the collector's sight: they stay to the end.

    It would walk through all of them again and again; when the interpreter ends it may.
    """
    gc.freeze()
    atexit.register(gc.unfreeze)


def pytest_unconfigure() -> None:
    """Lets go of what Hypothesis has the collector call.

    The interpreter keeps it to its very end, and all modules with it that it can reach: DuckDB
    then tells on the screen that its objects were never given back.
    """
    gc.callbacks.clear()
