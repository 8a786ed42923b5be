"""The published warehouse, opened for reading from a notebook."""

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from pipeline.notebook.frames import frame
from pipeline.settings import Settings
from pipeline.warehouse.lineage import NotFoundError, Story, find_agency, tell

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

    from pipeline.warehouse.claim_verdicts import Verdict

Names = str | Iterable[str] | None
Years = int | Iterable[int] | None
_T = TypeVar("_T", str, int)


class NoWarehouseError(Exception):
    """There is no published warehouse at that place; the message says how one is made."""


def open(path: "str | PathLike[str] | None" = None) -> "Warehouse":
    """Opens a published warehouse for reading.

    Args:
        path: Its folder, or its DuckDB file; by default what ``GONGKAI_WAREHOUSE`` names, else
            ``data/warehouse``.

    Raises:
        NoWarehouseError: There is none.
    """
    import duckdb

    place = Path(path) if path is not None else Settings.from_environment().warehouse
    is_folder = place.is_dir() or not place.suffix
    database = Settings(warehouse=place).database if is_folder else place
    if not database.exists():
        raise NoWarehouseError(f"no warehouse at {database}: run `gongkai build` first")
    connection = duckdb.connect(str(database.resolve()), read_only=True)
    connection.execute("SET enable_external_access = false")
    return Warehouse(connection, database)


class Warehouse:
    """One publication; whatever is published later is not seen until it is opened again.

    Names may be given as people write them: an agency by its full, short or former name or its
    id, an indicator or a series by its id or its Chinese or English label. Frames are sorted,
    and a filter left out filters nothing.
    """

    def __init__(self, connection: "duckdb.DuckDBPyConnection", database: Path) -> None:
        """Takes over a connection; ``gongkai.open`` makes one."""
        self._connection = connection
        self._database = database

    def __enter__(self) -> Self:
        """Returns itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the warehouse."""
        self.close()

    def close(self) -> None:
        """Closes the file; frames that were returned stay."""
        self._connection.close()

    @property
    def publication(self) -> str:
        """Id of the publication that is open."""
        return self._database.resolve().parent.name

    def facts(
        self,
        *,
        agency: Names = None,
        indicator: Names = None,
        year: Years = None,
        province: Names = None,
        level: Names = None,
        function: Names = None,
        standing: Names = None,
    ) -> "pd.DataFrame":
        """Returns facts with all their labels, one row an agency, year and indicator.

        Args:
            agency: Names or ids of agencies.
            indicator: Ids or labels of indicators.
            year: A year, several, or a ``range``.
            province: Names of provinces.
            level: Tiers: ``national``, ``province``, ``city``, ``county``, ``township``.
            function: What agencies do, such as ``quality_supervision``.
            standing: What numbers are worth: ``undisputed``, ``doubtful``, ``disputed``.

        Raises:
            NotFoundError: An agency is unknown or ambiguous, or no indicator is called so.
        """
        chosen = {
            "agency_id": self._agencies(agency),
            "indicator_id": self._called("dim_indicator", "indicator_id", indicator),
            "year": _listed(year),
            "province": _listed(province),
            "level": _listed(level),
            "function": _listed(function),
            "standing": _listed(standing),
        }
        return self._chosen("facts", chosen, "agency_id, year, indicator_id")

    def series(
        self, series: Names = None, *, agency: Names = None, year: Years = None
    ) -> "pd.DataFrame":
        """Returns series joined across the forms, with a mark where a method breaks.

        Args:
            series: Ids or labels of series, such as ``requests.received``.
            agency: Names or ids of agencies.
            year: A year, several, or a ``range``.

        Raises:
            NotFoundError: An agency or a series is not there.
        """
        chosen = {
            "series_id": self._called("crosswalk", "series_id", series),
            "agency_id": self._agencies(agency),
            "year": _listed(year),
        }
        return self._chosen("series", chosen, "series_id, agency_id, year")

    def rates(
        self, rate: Names = None, *, agency: Names = None, year: Years = None
    ) -> "pd.DataFrame":
        """Returns rates with numerator, denominator and bounds.

        Args:
            rate: Ids of rates.
            agency: Names or ids of agencies.
            year: A year, several, or a ``range``.
        """
        chosen = {
            "rate_id": _listed(rate),
            "agency_id": self._agencies(agency),
            "year": _listed(year),
        }
        return self._chosen("rates", chosen, "rate_id, agency_id, year")

    def compare(
        self,
        indicator: str,
        year: int,
        *,
        level: Names = None,
        function: Names = None,
        province: Names = None,
    ) -> "pd.DataFrame":
        """Returns one number of all agencies that may be compared, the largest first.

        Args:
            indicator: Id or label of the indicator.
            year: The year.
            level: Tiers to keep.
            function: Functions to keep.
            province: Provinces to keep; ranks stay those among all peers.

        Raises:
            NotFoundError: No indicator is called so.
        """
        chosen = {
            "indicator_id": self._called("dim_indicator", "indicator_id", indicator),
            "year": [year],
            "level": _listed(level),
            "function": _listed(function),
            "province": _listed(province),
        }
        return self._chosen("agency_comparison", chosen, "rank NULLS LAST, agency_id")

    def explain(self, agency: str, year: int, indicator: str) -> Story:
        """Returns the story of one number: fact, observation, report, checks and history.

        Raises:
            NotFoundError: One of them is unknown or ambiguous, or nothing was seen of it.
        """
        return tell(self._connection, agency, year, indicator)

    def verify(self, *claim: str | int | float) -> tuple["Verdict", ...]:
        """Returns what can be said of a claim, a verdict for each number in it.

        Args:
            claim: One sentence in Chinese, or agency, year, indicator and value.

        Raises:
            TypeError: It is neither.
        """
        from pipeline.warehouse.claim_verdicts import verify

        verdicts = verify(self._connection, [str(word) for word in claim])
        if not verdicts:
            raise TypeError("give one sentence, or agency, year, indicator and value")
        return verdicts

    def sql(self, query: str, parameters: Mapping[str, object] | None = None) -> "pd.DataFrame":
        """Returns what a query gives.

        Args:
            query: One SELECT; ``$name`` stands for a parameter.
            parameters: Values by name.

        Raises:
            duckdb.Error: The query is wrong, or would write.
        """
        return frame(self._connection, query, parameters or {}, source=self._source())

    def arrow(self, query: str, parameters: Mapping[str, object] | None = None) -> "pa.Table":
        """Returns what a query gives as an Arrow table: decimals stay exact.

        Args:
            query: One SELECT; the name of a table or view alone is one too.
            parameters: Values by name.
        """
        return self._connection.sql(query, params=dict(parameters or {})).to_arrow_table()

    def _chosen(self, view: str, chosen: Mapping[str, object], order: str) -> "pd.DataFrame":
        given = {name: values for name, values in chosen.items() if values is not None}
        kept = " AND ".join(f"list_contains(${name}, {name})" for name in given) or "true"
        query = f"SELECT * FROM {view} WHERE {kept} ORDER BY {order}"
        return frame(self._connection, query, given, view=view, source=self._source())

    def _source(self) -> str:
        return f"{self._database} (publication {self.publication})"

    def _agencies(self, agency: Names) -> list[str] | None:
        names = _listed(agency)
        return None if names is None else [find_agency(self._connection, name) for name in names]

    def _called(self, table: str, key: str, name: Names) -> list[str] | None:
        """The ids that go by names; a label that several bear means all of them."""
        names = _listed(name)
        if names is None:
            return None
        found = []
        for one in names:
            query = f"SELECT DISTINCT {key} FROM {table} WHERE $name IN ({key}, label_zh, label_en)"
            ids = [row[0] for row in self._connection.execute(query, {"name": one}).fetchall()]
            if not ids:
                raise NotFoundError(f"nothing in {table} is called {one}: try `gongkai find`")
            found += [one] if one in ids else sorted(ids)
        return found


def _listed(value: _T | Iterable[_T] | None) -> list[_T] | None:
    """A single value as a list of one."""
    if value is None:
        return None
    return [value] if isinstance(value, str | int) else list(value)
