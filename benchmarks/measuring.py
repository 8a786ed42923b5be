"""Wall time and peak memory of a command with all its children."""

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

_INTERVAL = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command cost.

    Attributes:
        seconds: Wall time.
        peak: Most bytes of private memory the process and its children held together.
        output: What it printed.
    """

    seconds: float
    peak: int
    output: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, the figure, and the aim it is held against."""

    name: str
    figure: str
    aim: str = ""


def measure(command: Sequence[str], environment: dict[str, str] | None = None) -> Measured:
    """Runs a command to its end.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    peaks = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - started
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(seconds, peaks[0], output)


def mebibytes(size: int) -> str:
    """Returns a size for people."""
    return f"{size / (1 << 20):.0f} MiB"


def _watch(pid: int, peaks: list[int]) -> None:
    try:
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            family = [root, *root.children(recursive=True)]
            peaks[0] = max(peaks[0], sum(_held(process) for process in family))
            time.sleep(_INTERVAL)
    except psutil.NoSuchProcess:
        return


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().uss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
