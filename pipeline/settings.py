"""Where things are and how much of the machine a build may use.

Nothing is read from or written to disk on import.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: where ``sql/``, ``dagster.yaml`` and the sample data are."""

SQL = ROOT / "sql"
"""The views, one file each."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and limits of one installation.

    Attributes:
        raw: Folder of raw files; read, and written only below ``fetched``.
        sources: List of what to fetch; it need not exist.
        warehouse: Folder of everything built.
        jobs: Worker processes that parse.
        timeout: Seconds one document may take.
        memory: Bytes of address space one worker may use.
        keep: Publications kept for rollback.
        wait: Seconds to wait for another build to end.
    """

    raw: Path = ROOT / "data" / "raw"
    sources: Path = ROOT / "data" / "sources.yml"
    warehouse: Path = ROOT / "data" / "warehouse"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    timeout: float = 120.0
    memory: int = 2 << 30
    keep: int = 5
    wait: float = 0.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Returns the defaults with ``GONGKAI_RAW`` and its like applied."""
        default = cls()
        return cls(
            raw=_path(environment.get("GONGKAI_RAW"), default.raw),
            sources=_path(environment.get("GONGKAI_SOURCES"), default.sources),
            warehouse=_path(environment.get("GONGKAI_WAREHOUSE"), default.warehouse),
        )

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.warehouse / "gongkai.duckdb"

    @property
    def store(self) -> Path:
        """Parse results and what is known of the raw files."""
        return self.warehouse / "store"

    @property
    def dagster_home(self) -> Path:
        """Run storage of the orchestrator."""
        return self.warehouse / ".dagster"


def _path(value: str | None, default: Path) -> Path:
    return Path(value).absolute() if value else default
