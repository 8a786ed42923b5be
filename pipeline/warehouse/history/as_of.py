"""The published warehouse as it was on an earlier day: facts, and all that is made of them.

A row of today says since which publication it stands, and rows that a publication replaced or
dropped are kept: so what was published then is a filter, and no copy.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from pipeline.warehouse.history.ledger import PAST, led_back_at
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.statements import listed, quoted, tables_read

_TODAY = "as_published"
_OF_THE_PROGRAM = (
    "dim_indicator",
    "dim_standing",
    "dim_form",
    "dim_function",
    "dim_rule",
    "dim_way",
    "roster",
    "crosswalk",
    "indicator_form",
    "rate_term",
    "channel",
    "agency_alias",
    "agency_succession",
)
"""Definitions and names, which are those of today whatever the day."""

_LEDGERS = {
    "vintage": "vintage <= {number}",
    "revision": "vintage <= {number}",
    "ingest_run": "run_id <= {publication}",
    **dict.fromkeys(PAST.values(), "until <= {number}"),
}
"""What only ever grows."""


class NotKnownError(NotFoundError):
    """That day cannot be asked for; the message says why and which can."""


def moment_of(text: str) -> datetime:
    """Returns the last moment (UTC) that a day, or a day and time, stands for.

    Raises:
        ValueError: It is neither.
    """
    try:
        return datetime.combine(date.fromisoformat(text), datetime.max.time())
    except ValueError:
        moment = datetime.fromisoformat(text)
    return (moment - (moment.utcoffset() or timedelta())).replace(tzinfo=None)


def opened(database: Path, moment: datetime) -> duckdb.DuckDBPyConnection:
    """Returns a connection whose tables and views answer as of a moment.

    Args:
        database: The published file.
        moment: The time, UTC.

    Raises:
        NotKnownError: What was published then is not known, or cannot be told yet.
    """
    database = database.resolve()
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {quoted(str(database))} AS {_TODAY} (READ_ONLY)")
        _refuse_what_is_not_told(connection, database.parents[2], moment)
        connection.execute("SET enable_external_access = false")
        number, publication = _vintage(connection, moment)
        columns = _columns(connection)
        for name in columns:
            select = _table(connection, name, columns, number, publication)
            connection.execute(f"CREATE VIEW {name} AS {select}")
        connection.execute(
            "CREATE TABLE asked AS SELECT $publication AS publication, $moment::TIMESTAMP AS as_of",
            {"publication": publication, "moment": moment},
        )
        _add_views(connection, columns.keys() - askable())
    except BaseException:
        connection.close()
        raise
    return connection


def publication_of(connection: duckdb.DuckDBPyConnection) -> str:
    """Returns the id of the publication that a connection from ``opened`` answers from."""
    return str(connection.execute("SELECT publication FROM asked").fetchall()[0][0])


def refused(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Returns the tables and views that a connection from ``opened`` refuses to answer from."""
    return frozenset(name for (name,) in connection.execute("FROM not_askable").fetchall())


def askable() -> frozenset[str]:
    """Returns the tables that can be asked as of a day."""
    return frozenset({*PAST, *_OF_THE_PROGRAM, *_LEDGERS})


def _refuse_what_is_not_told(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, moment: datetime
) -> None:
    """Raises where readers saw, at that moment, what the published file does not know of."""
    query = f"SELECT coalesce(max(vintage), 0) FROM {_TODAY}.vintage"
    (known,) = connection.execute(query).fetchall()[0]
    since = led_back_at(connection, warehouse, known)
    if since is not None and since <= moment:
        raise NotKnownError(
            f"readers were led back to an earlier publication: days from {since:%Y-%m-%d %H:%M} "
            "(UTC) on can be asked for after the next build"
        )


def _vintage(connection: duckdb.DuckDBPyConnection, moment: datetime) -> tuple[int, str]:
    """The publication that readers saw at a moment, and until which all can be told."""
    rows = connection.execute(
        "SELECT vintage, publication, published_at, previous, lost_from "
        f"FROM {_TODAY}.vintage ORDER BY vintage DESC"
    ).fetchall()
    lost: set[int] = set()
    following: datetime | None = None
    expected = rows[0][0] if rows else None
    for number, publication, published_at, previous, lost_from in rows:
        if number != expected:
            break
        if published_at <= moment:
            if number in lost:
                raise NotKnownError(
                    f"what was published between {published_at:%Y-%m-%d %H:%M} and "
                    f"{following:%Y-%m-%d %H:%M} (UTC) is damaged and cannot be asked for"
                )
            return number, publication
        lost.update(range(lost_from, number) if lost_from is not None else ())
        following, expected = published_at, previous
        if previous is None:
            break
    begins = f"{following:%Y-%m-%d %H:%M:%S}" if following else "never"
    raise NotKnownError(
        f"nothing is known of what was published on {moment:%Y-%m-%d}: the first publication "
        f"that can be asked for is of {begins} (UTC)"
    )


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The tables of the published file, and the columns of each in their order."""
    query = f"""
        SELECT table_name, list(column_name ORDER BY column_index)
        FROM duckdb_columns()
        WHERE (database_name, table_name) IN (
            SELECT (database_name, table_name) FROM duckdb_tables()
            WHERE database_name = '{_TODAY}'
        )
        GROUP BY ALL
    """
    return dict(connection.execute(query).fetchall())


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, Sequence[str]],
    number: int,
    publication: str,
) -> str:
    """The SELECT that gives a table as of a publication."""
    if name in _OF_THE_PROGRAM:
        return f"FROM {_TODAY}.{name}"
    if name in _LEDGERS:
        kept = _LEDGERS[name].format(number=number, publication=quoted(publication))
        return f"FROM {_TODAY}.{name} WHERE {kept}"
    if name not in PAST:
        return _refusal(name)
    held = f"vintage <= {number}"
    ended = f"FROM {_TODAY}.{PAST[name]} WHERE {held} AND until > {number}"
    kept_columns = [column for column in columns[PAST[name]] if column != "until"]
    # Which rank an indicator has is of today, and is not kept with a row of the past.
    numbers = ["indicator_no"] * ("indicator_no" in columns[name])
    today = f"SELECT {listed(kept_columns + numbers)} FROM {_TODAY}.{name} WHERE {held}"
    if connection.execute(f"SELECT 1 {ended} LIMIT 1").fetchone() is None:
        return today
    numbered = f" JOIN {_TODAY}.dim_indicator USING (indicator_id)" if numbers else ""
    given = ", ".join([*(f"p.{column}" for column in kept_columns), *numbers])
    return f"{today} UNION ALL SELECT {given} FROM (SELECT * {ended}) AS p{numbered}"


def _add_views(connection: duckdb.DuckDBPyConnection, unknown: Set[str]) -> None:
    """Views, as the file defines them, over the tables as of the day.

    Args:
        connection: Has the tables.
        unknown: Those of them that refuse to answer, as do views that read them.
    """
    found = dict(
        connection.execute(
            "SELECT view_name, sql FROM duckdb_views() "
            f"WHERE database_name = '{_TODAY}' AND NOT internal"
        ).fetchall()
    )
    reads = {name: tables_read(sql.partition(" AS ")[2].rstrip(";")) for name, sql in found.items()}
    refused = set(unknown)
    order = TopologicalSorter({name: read & found.keys() for name, read in reads.items()})
    for name in order.static_order():
        if reads[name] & refused:
            refused.add(name)
            connection.execute(f"CREATE VIEW {name} AS {_refusal(name)}")
        else:
            connection.execute(found[name])
    connection.execute("CREATE TABLE not_askable AS SELECT unnest($1)", [sorted(refused)])


def _refusal(name: str) -> str:
    """The SELECT that says why there is no answer, whatever is asked of a relation."""
    said = f"{name} cannot be asked as of a day: only facts and what is made of them can"
    # On a row that is always there: an empty relation would give its emptiness for an answer.
    return (
        f"SELECT t.* FROM (SELECT 1 AS one) AS always LEFT JOIN {_TODAY}.{name} AS t ON true "
        f"WHERE always.one = error({quoted(said)})::INTEGER"
    )
