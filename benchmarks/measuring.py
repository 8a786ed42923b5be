"""Wall time, processor time and peak memory, and the machine they were taken on."""

import gc
import os
import platform
import re
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import psutil

_REMEMBERING = type(lru_cache(str))
_INTERVAL = 0.05
_LOOKS_APART = 50
"""To look at gigabytes takes time, and stops the process: a fiftieth of it at most."""
_REPEATS = 7
_NUMBER = re.compile(r"-?[\d,]*\.?\d+")
_LIBRARIES = ("duckdb", "pyarrow", "pandas", "selectolax", "pdfplumber", "FastWARC", "daft", "ray")


@dataclass(frozen=True, slots=True)
class Options:
    """What a run of the benchmarks is asked for.

    Attributes:
        facts: Sizes of the stores that are published, in millions of facts.
        crawl: Sizes of the crawls that are read, in megabytes.
    """

    facts: tuple[int, ...] = (1, 10)
    crawl: tuple[int, ...] = (100, 1_000)


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
class BenchmarkLine:
    """One line of the table: what was measured, the figure, and the aim it is held against."""

    name: str
    figure: str
    aim: str = ""

    @property
    def value(self) -> float | None:
        """The figure as a number."""
        found = _NUMBER.match(self.figure)
        return float(found[0].replace(",", "")) if found else None

    @property
    def unit(self) -> str:
        """What stands behind the number."""
        return _NUMBER.sub("", self.figure, count=1).strip()


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
        print(output[-2_000:])
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(seconds, peaks[0], output)


def fastest(work: Callable[[], object], repeats: int = _REPEATS) -> float:
    """Processor seconds of the fastest of several runs: the machine is never quiet."""
    spent = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def forget() -> None:
    """Empties what the program remembers of documents read; data once loaded stays."""
    for one in gc.get_objects():
        if not isinstance(one, _REMEMBERING) or not one.__module__.startswith("pipeline."):
            continue
        if one.cache_parameters()["maxsize"] is not None:
            one.cache_clear()


def mebibytes(size: int) -> str:
    """Returns a size for people."""
    return f"{size / (1 << 20):.0f} MiB"


def machine() -> str:
    """Returns one line on the machine and the versions that figures hold for."""
    memory = psutil.virtual_memory().total / (1 << 30)
    versions = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES if _version(name))
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, {versions}"
    )


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text("utf-8").splitlines() if about.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _watch(pid: int, peaks: list[int]) -> None:
    try:
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            looked = time.perf_counter()
            family = [root, *root.children(recursive=True)]
            peaks[0] = max(peaks[0], sum(_held(process) for process in family))
            time.sleep(max(_INTERVAL, _LOOKS_APART * (time.perf_counter() - looked)))
    except psutil.NoSuchProcess:
        return


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().uss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
