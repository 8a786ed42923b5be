"""Where things are and how much of the machine a build may use.

Nothing is read from or written to disk on import.
"""

import difflib
import math
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.storage import StorageError, StoragePath, place

Language = Literal["zh", "en"]
"""What labels and messages are in."""

PACKAGE = Path(__file__).resolve().parent

ROOT = PACKAGE.parent
"""The checkout, where the package is run from one."""

SQL = PACKAGE / "sql"
"""The views, one file each: in a checkout a link to the folder people edit."""

DAGSTER = PACKAGE / "dagster.yaml"
"""What the orchestrator is told; in a checkout a link as well."""

SAMPLES = PACKAGE / "samples"
"""Five real reports to try the program on."""

NO_WAREHOUSE = "no warehouse at {}: run `gongkai build` first"
"""What is said where nothing is built yet."""

ENGINES = ("local", "daft")
"""Who may parse."""


class NoWarehouseError(Exception):
    """Nothing that this version reads is published at a place; the message says what to do.

    Attributes:
        path: The database that was looked for.
    """

    def __init__(self, path: Path, message: str = "") -> None:
        super().__init__(message or NO_WAREHOUSE.format(path))
        self.path = path


class SettingsError(Exception):
    """A variable of the environment cannot be used; the message names it and the remedy.

    Attributes:
        usable: What the others say: where the record of a run that it stops belongs.
    """

    def __init__(self, said: str, usable: "Settings") -> None:
        super().__init__(said)
        self.usable = usable


class _UnusableError(Exception):
    """The value of one environment variable cannot be used."""


def _home() -> Path:
    """Where ``data/`` is by default: the checkout, or the working folder of who installed it."""
    return ROOT if (ROOT / "pyproject.toml").is_file() else Path.cwd()


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and limits of one installation.

    Attributes:
        raw: Folder of raw files, here or in an object store; read, and written only below
            ``fetched``.
        sources: List of what to fetch; it need not exist.
        alerts: Who is told of what goes wrong; it need not exist.
        decisions: What people decided on seeing the print; it need not exist.
        expected: What a publication must hold; it need not exist.
        warehouse: Folder of everything built.
        kept_at: Where parse results are kept if not in the warehouse.
        engine: Who parses: ``local`` or ``daft``.
        ray: Address of the Ray cluster that Daft runs on, None for this machine alone.
        jobs: Worker processes that parse.
        timeout: Seconds one document may take.
        memory: Bytes of address space one worker may use.
        keep: Publications kept for rollback.
        wait: Seconds to wait for another build to end.
        accept_loss: Whether it is right that many files, reports or facts are gone at once.
        whole: Whether all tables are built from the store, whatever changed.
    """

    raw: StoragePath = field(default_factory=lambda: _home() / "data" / "raw")
    sources: Path = field(default_factory=lambda: _home() / "data" / "sources.yml")
    alerts: Path = field(default_factory=lambda: _home() / "data" / "alerts.yml")
    decisions: Path = field(default_factory=lambda: _home() / "data" / "decisions.yml")
    expected: Path = field(default_factory=lambda: _home() / "data" / "expected.yml")
    warehouse: Path = field(default_factory=lambda: _home() / "data" / "warehouse")
    kept_at: StoragePath | None = None
    engine: str = "local"
    ray: str | None = None
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    timeout: float = 120.0
    memory: int = 2 << 30
    keep: int = 5
    wait: float = 0.0
    accept_loss: bool = False
    whole: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Returns the defaults with ``GONGKAI_RAW`` and its like applied.

        A file that is named and is not there would be taken for one that says nothing.

        Raises:
            SettingsError: One of them cannot be used.
        """
        said: dict[str, Any] = {}
        faults = []
        for field_name, (name, read) in _VARIABLES.items():
            try:
                if value := environment.get(name):
                    said[field_name] = read(name, value)
            except _UnusableError as error:
                faults.append(str(error))
        settings = cls(**said)
        if faults:
            raise SettingsError(faults[0], settings)
        return settings

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.warehouse / "gongkai.duckdb"

    @property
    def store(self) -> StoragePath:
        """Parse results and what is known of the raw files."""
        return self.kept_at or self.warehouse / "store"

    @property
    def dagster_home(self) -> Path:
        """Run storage of the orchestrator."""
        return self.warehouse / ".dagster"


def _path(_name: str, value: str) -> Path:
    return Path(value).absolute()


def _file(name: str, value: str) -> Path:
    path = _path(name, value)
    if path.is_dir() or not path.exists():
        raise _UnusableError(
            f"{name} names {path}, and no such file is there: name the right one, make an empty "
            f"one, or unset {name}"
        )
    return path


def _place(name: str, value: str) -> StoragePath:
    try:
        return place(value)
    except StorageError as error:
        raise _UnusableError(f"{name}: {error}") from error


def _engine(name: str, value: str) -> str:
    if value not in ENGINES:
        raise _UnusableError(f"{name} is {value}: write {' or '.join(ENGINES)}, or unset {name}")
    return value


def _address(_name: str, value: str) -> str:
    return value


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise _UnusableError(
            f"{name} is {value}: write a number of seconds above 0, or unset {name}"
        )
    return seconds


_VARIABLES: Mapping[str, tuple[str, Callable[[str, str], object]]] = {
    "raw": ("GONGKAI_RAW", _place),
    "kept_at": ("GONGKAI_STORE", _place),
    "engine": ("GONGKAI_ENGINE", _engine),
    "ray": ("GONGKAI_RAY", _address),
    "timeout": ("GONGKAI_TIMEOUT", _seconds),
    "sources": ("GONGKAI_SOURCES", _file),
    "alerts": ("GONGKAI_ALERTS", _file),
    "decisions": ("GONGKAI_DECISIONS", _file),
    "expected": ("GONGKAI_EXPECTED", _file),
    "warehouse": ("GONGKAI_WAREHOUSE", _path),
}
"""Which variable stands in for which setting, and how it is read."""


def misspelt(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Yields a sentence for each variable whose name is nearly that of a setting."""
    known = [name for name, _ in _VARIABLES.values()]
    for name in environment:
        if name.startswith("GONGKAI_") and name not in known:
            for meant in difflib.get_close_matches(name, known, n=1, cutoff=_NEARLY):
                yield f"{name} is no setting and does nothing; {meant} is one: rename or unset it"


_NEARLY = 0.85
"""Share of letters that two names have in common."""
