"""The published warehouse, opened for reading from a notebook."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from pipeline.notebook.data_frames import frame
from pipeline.settings import NoWarehouseError, Settings
from pipeline.warehouse.queries.lineage import Story, tell
from pipeline.warehouse.queries.name_lookup import (
    NotFoundError,
    find_agencies,
    find_agency,
    ids_called,
    indicators_called,
    provinces_called,
    years_told,
)

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

    from pipeline.warehouse.queries.claim_verdicts import Verdict

Names = str | Iterable[str] | None
Years = int | str | Iterable[int | str] | None
_T = TypeVar("_T", str, int)
_MEASURES = ("indicator", "rate")
_OFFERED = 5


def open(
    path: "str | PathLike[str] | None" = None, *, as_of: "str | date | datetime | None" = None
) -> "Warehouse":
    """Opens a published warehouse for reading.

    Args:
        path: Its folder, or its DuckDB file; by default what ``GONGKAI_WAREHOUSE`` names, else
            ``data/warehouse``.
        as_of: Answer as of this day (to its end, UTC) or moment: facts and what is made of them.

    Raises:
        NoWarehouseError: There is none.
        NotKnownError: What was published on that day is not known.
    """
    import duckdb

    from pipeline.warehouse.other_version import foreign_message, is_foreign

    place = Path(path) if path is not None else Settings.from_environment().warehouse
    is_folder = place.is_dir() or not place.suffix
    database = Settings(warehouse=place).database if is_folder else place
    if not database.exists():
        raise NoWarehouseError(database)
    if as_of is not None:
        from pipeline.warehouse.history.as_of import moment_of, opened, publication_of

        connection = opened(database, moment_of(str(as_of)))
        return Warehouse(connection, database, publication_of(connection))
    connection = duckdb.connect(str(database.resolve()), read_only=True)
    connection.execute("SET enable_external_access = false")
    if is_foreign(connection):
        connection.close()
        raise NoWarehouseError(database, foreign_message(database))
    return Warehouse(connection, database)


class Warehouse:
    """One publication; whatever is published later is not seen until it is opened again.

    Names may be given as people write them: an agency by its full, short or former name or its
    id, an indicator or a series by its id or its Chinese or English label. Frames are sorted,
    and a filter left out filters nothing.
    """

    def __init__(
        self, connection: "duckdb.DuckDBPyConnection", database: Path, publication: str = ""
    ) -> None:
        self._connection = connection
        self._database = database
        self._publication = publication

    def __enter__(self) -> Self:
        """Returns itself, to be closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Closes the warehouse."""
        self.close()

    def close(self) -> None:
        """Closes the file; frames that were returned stay."""
        self._connection.close()

    @property
    def publication(self) -> str:
        """Id of the publication that is open."""
        return self._publication or self._database.resolve().parent.name

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
        limit: int | None = None,
    ) -> "pd.DataFrame":
        """Returns facts with all their labels, one row an agency, year and indicator.

        Args:
            agency: Names or ids of agencies.
            indicator: Ids or labels of indicators.
            year: A year, several, or a ``range``.
            province: Names of provinces, or what they begin with.
            level: Tiers: ``national``, ``province``, ``city``, ``county``, ``township``.
            function: What agencies do, such as ``quality_supervision``.
            standing: What numbers are worth: ``undisputed``, ``doubtful``, ``disputed``.
            limit: How many rows at most.

        Raises:
            NotFoundError: An agency is unknown or ambiguous, or nothing is called so.
        """
        chosen = {
            "agency_id": self.agency_ids(agency),
            "indicator_id": self.indicator_ids(indicator),
            "year": self._years(year),
            **self._peers(level, function, province),
            "standing": self._known("dim_standing", "standing", standing),
        }
        return self._chosen("facts", chosen, "agency_id, year, indicator_id", limit)

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
            "series_id": self._called("series", "crosswalk", "series_id", series),
            "agency_id": self.agency_ids(agency),
            "year": self._years(year),
        }
        return self._chosen("series", chosen, "series_id, agency_id, year")

    def rates(
        self,
        rate: Names = None,
        *,
        agency: Names = None,
        year: Years = None,
        level: Names = None,
        function: Names = None,
        province: Names = None,
        limit: int | None = None,
    ) -> "pd.DataFrame":
        """Returns rates with numerator, denominator and bounds.

        Args:
            rate: Ids or labels of rates.
            agency: Names or ids of agencies.
            year: A year, several, or a ``range``.
            level: Tiers to keep.
            function: Functions to keep.
            province: Provinces to keep.
            limit: How many rows at most.

        Raises:
            NotFoundError: An agency or a rate is not there.
        """
        chosen = {
            "rate_id": self.rate_ids(rate),
            "agency_id": self.agency_ids(agency),
            "year": self._years(year),
            **self._peers(level, function, province),
        }
        return self._chosen("rates", chosen, "rate_id, agency_id, year", limit)

    def compare(
        self,
        indicator: str,
        year: int,
        *,
        level: Names = None,
        function: Names = None,
        province: Names = None,
        limit: int | None = None,
    ) -> "pd.DataFrame":
        """Returns one number of all agencies that may be compared, the largest first.

        Args:
            indicator: Id or label of the indicator.
            year: The year.
            level: Tiers to keep.
            function: Functions to keep.
            province: Provinces to keep; ranks stay those among all peers.
            limit: How many rows at most.

        Raises:
            NotFoundError: Nothing is called so.
        """
        chosen = {
            "indicator_id": self.indicator_ids(indicator),
            "year": self._years(year),
            **self._peers(level, function, province),
        }
        return self._chosen("agency_comparison", chosen, "rank NULLS LAST, agency_id", limit)

    def find(self, words: str) -> "pd.DataFrame":
        """Returns what words may mean: agencies, indicators, rates, rules, tables and views.

        Args:
            words: Part of a name, a short or a former name, the first letters of its pinyin,
                part of a label or of a description.
        """
        import pandas as pd

        from pipeline.warehouse.queries.term_lookup import TermMeaning, meanings

        return pd.DataFrame(meanings(self._connection, words), columns=list(TermMeaning._fields))

    def near(self, words: str) -> "pd.DataFrame":
        """Returns what is called much like words that nothing is called by.

        Args:
            words: A name, a label or an id, misspelt.
        """
        import pandas as pd

        from pipeline.warehouse.queries.term_lookup import TermMeaning, near

        return pd.DataFrame(near(self._connection, words), columns=list(TermMeaning._fields))

    def agency_ids(self, agency: Names, year: int | None = None) -> list[str] | None:
        """Returns the ids of agencies by what they are called; None for None.

        A name that agencies bore one after the other means all of them, or the one of a year.

        Raises:
            NotFoundError: One is unknown or ambiguous.
        """
        if year is not None:
            return _each(agency, lambda name: [find_agency(self._connection, name, year)])
        return _each(agency, partial(find_agencies, self._connection))

    def indicator_ids(self, indicator: Names) -> list[str] | None:
        """Returns the ids of indicators; a label that several bear means all of them.

        Raises:
            NotFoundError: None is called so.
        """
        return _each(indicator, self._indicators)

    def _indicators(self, name: str) -> list[str]:
        ids = indicators_called(self._connection, name)
        if not ids and ids_called(self._connection, "rate_term", "rate_id", name):
            raise NotFoundError(f"{name} is a rate and no indicator: ask for it by `rates`")
        if not ids:
            raise NotFoundError(f"no indicator is called {name}{self._near(name)}")
        return ids

    def rate_ids(self, rate: Names) -> list[str] | None:
        """Returns the ids of rates by their labels or ids.

        Raises:
            NotFoundError: None is called so.
        """
        return self._called("rate", "rate_term", "rate_id", rate)

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
        from pipeline.warehouse.queries.claim_verdicts import verify

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

    def _chosen(
        self, view: str, chosen: Mapping[str, object], order: str, limit: int | None = None
    ) -> "pd.DataFrame":
        given = {name: values for name, values in chosen.items() if values is not None}
        kept = " AND ".join(f"list_contains(${name}, {name})" for name in given) or "true"
        most = "" if limit is None else f" LIMIT {limit:d}"
        query = f"SELECT * FROM {view} WHERE {kept} ORDER BY {order}{most}"
        return frame(self._connection, query, given, view=view, source=self._source())

    def _source(self) -> str:
        return f"{self._database} (publication {self.publication})"

    def _peers(self, level: Names, function: Names, province: Names) -> dict[str, object]:
        return {
            "level": self._known("dim_agency", "level", level),
            "function": self._known("dim_agency", "function", function),
            "province": _each(province, partial(provinces_called, self._connection)),
        }

    def _known(self, table: str, column: str, value: Names) -> list[str] | None:
        """The values asked for, each of which a column has."""
        asked = _listed(value)
        if asked is None:
            return None
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1"
        known = [str(row[0]) for row in self._connection.execute(query).fetchall()]
        if strange := [one for one in asked if one not in known]:
            raise NotFoundError(f"no {column} {strange[0]}; there are {', '.join(known)}")
        return asked

    def _called(self, kind: str, table: str, key: str, name: Names) -> list[str] | None:
        """The ids of a kind that go by names; a label that several bear means all of them."""

        def called(one: str) -> list[str]:
            ids = ids_called(self._connection, table, key, one)
            if not ids:
                raise NotFoundError(f"no {kind} is called {one}{self._near(one)}")
            return ids

        return _each(name, called)

    def _years(self, year: Years) -> list[int] | None:
        """The years asked for, of which reports on one at least are there."""
        if year is None:
            return None
        asked = [year] if isinstance(year, str | int) else list(year)
        if strange := [one for one in asked if not str(one).isdecimal()]:
            raise NotFoundError(f"{strange[0]!r} is no year: write 2018")
        return years_told(self._connection, [int(one) for one in asked])

    def _near(self, name: str) -> str:
        from pipeline.warehouse.queries.term_lookup import meanings, near

        likely = [one for one in meanings(self._connection, name) if one.kind in _MEASURES]
        likely = likely or near(self._connection, name)
        offered = ", ".join(f"{one.id} ({one.name})" for one in likely[:_OFFERED])
        return f"; did you mean {offered}?" if offered else ": try `gongkai find`"


def _listed(value: _T | Iterable[_T] | None) -> list[_T] | None:
    """A single value as a list of one."""
    if value is None:
        return None
    return [value] if isinstance(value, str | int) else list(value)


def _each(names: Names, meant: Callable[[str], list[str]]) -> list[str] | None:
    """What names mean, one after the other; None for None."""
    listed = _listed(names)
    return None if listed is None else [one for name in listed for one in meant(name)]
