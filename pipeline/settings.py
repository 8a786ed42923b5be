"""Where things are and how much of the machine a build may use.

Nothing is read from or written to disk on import.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.storage import StoragePath, place

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

        Raises:
            storage.StorageError: One of them is a URL of an unknown kind.
        """
        default = cls()
        kept_at = environment.get("GONGKAI_STORE")
        return cls(
            raw=place(environment.get("GONGKAI_RAW") or default.raw),
            kept_at=place(kept_at) if kept_at else None,
            engine=environment.get("GONGKAI_ENGINE") or default.engine,
            ray=environment.get("GONGKAI_RAY") or None,
            timeout=float(environment.get("GONGKAI_TIMEOUT") or default.timeout),
            sources=_path(environment.get("GONGKAI_SOURCES"), default.sources),
            alerts=_path(environment.get("GONGKAI_ALERTS"), default.alerts),
            decisions=_path(environment.get("GONGKAI_DECISIONS"), default.decisions),
            expected=_path(environment.get("GONGKAI_EXPECTED"), default.expected),
            warehouse=_path(environment.get("GONGKAI_WAREHOUSE"), default.warehouse),
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


def _path(value: str | None, default: Path) -> Path:
    return Path(value).absolute() if value else default
