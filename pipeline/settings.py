"""Where things are and how much of the machine a build may use.

Nothing is read from or written to disk on import.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

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


class SettingsError(Exception):
    """A variable of the environment cannot be used; the message names it and the remedy."""


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
        default = cls()
        return cls(
            raw=_place(environment, "GONGKAI_RAW") or default.raw,
            kept_at=_place(environment, "GONGKAI_STORE"),
            engine=_engine(environment, "GONGKAI_ENGINE") or default.engine,
            ray=environment.get("GONGKAI_RAY") or None,
            timeout=_seconds(environment, "GONGKAI_TIMEOUT") or default.timeout,
            sources=_file(environment, "GONGKAI_SOURCES") or default.sources,
            alerts=_file(environment, "GONGKAI_ALERTS") or default.alerts,
            decisions=_file(environment, "GONGKAI_DECISIONS") or default.decisions,
            expected=_file(environment, "GONGKAI_EXPECTED") or default.expected,
            warehouse=_path(environment, "GONGKAI_WAREHOUSE") or default.warehouse,
        )

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


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name)
    return Path(value).absolute() if value else None


def _file(environment: Mapping[str, str], name: str) -> Path | None:
    path = _path(environment, name)
    if path is not None and (path.is_dir() or not path.exists()):
        raise SettingsError(
            f"{name} names {path}, and no such file is there: name the right one, make an empty "
            f"one, or unset {name}"
        )
    return path


def _place(environment: Mapping[str, str], name: str) -> StoragePath | None:
    value = environment.get(name)
    try:
        return place(value) if value else None
    except StorageError as error:
        raise SettingsError(f"{name}: {error}") from error


def _engine(environment: Mapping[str, str], name: str) -> str | None:
    value = environment.get(name)
    if value and value not in ENGINES:
        raise SettingsError(f"{name} is {value}: write {' or '.join(ENGINES)}, or unset {name}")
    return value


def _seconds(environment: Mapping[str, str], name: str) -> float | None:
    value = environment.get(name)
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise SettingsError(
            f"{name} is {value}: write a number of seconds above 0, or unset {name}"
        )
    return seconds
