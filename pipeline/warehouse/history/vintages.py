"""The history of publications: the changes of each, so that none need be kept whole.

The published file holds the history of all of them, and ``history`` beside it holds the same
once more, sealed, a batch a publication. What is damaged here is written again from the file;
what the file does not know, since readers were led back to an earlier one, is here.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.history.ledger import FOLDER, led_back_at
from pipeline.warehouse.history.revisions import (
    KEPT,
    RELATIONS,
    ROLLED_BACK,
    Moved,
    VersionedTable,
    compare,
    find_causes,
    give_back,
    prepare,
)
from pipeline.warehouse.ids import moment_in_id, moment_of
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.publishing.filling import limit_by
from pipeline.warehouse.publishing.publication import Draft, Publication, Publisher
from pipeline.warehouse.schema import store_tables, tables
from pipeline.warehouse.scratch import scratch
from pipeline.warehouse.statements import columns_of, listed, quoted
from pipeline.warehouse.store.batches import Batches, Look, seal

_ROWS = 50_000
_NUMBERED_BY = {"vintage": "vintage", "revision": "vintage", **{k.past: "until" for k in KEPT}}
"""Published relations of the history, with the column that says which publication gave a row."""


class Vintages:
    """The folder ``history`` of a warehouse, and the history in its published file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._inventory = Inventory(settings.store)
        schemas = "\n".join(str(store_tables()[name].arrow) for name in RELATIONS)
        version = hashlib.sha256(schemas.encode()).hexdigest()[:12]
        self.kept = Batches(
            settings.warehouse / FOLDER / version, dict.fromkeys(RELATIONS), "vintage"
        )

    def heal(self, look: Look, publisher: Publisher) -> list[str]:
        """Sets damaged history aside, and writes again what the published file holds of it.

        Where readers see another publication than the last one, that is history as well.

        Returns:
            A sentence for each thing that was damaged, and for what cannot be told any more.
        """
        self.kept.sweep()
        sentences = self.kept.heal(look)
        current = publisher.current()
        if current is not None:
            self.keep(current)
        return sentences + self.follow(publisher)

    def _is_behind(self, current: Publication) -> bool:
        """Whether readers see another publication than the last one recorded."""
        with self._opened("vintage") as connection:
            last = _last(connection)
            return last is not None and last[1] != current.folder.name

    def keep(self, published: Publication) -> None:
        """Writes down what the published file knows of its history and the folder does not."""
        with self._opened("vintage") as connection:
            _attach(connection, old=published)
            try:
                missing = connection.execute(
                    "SELECT vintage FROM old.vintage ANTI JOIN kept_vintage USING (vintage)"
                ).fetchall()
            except duckdb.CatalogException:  # of a version of the program without a history
                return
            if missing:
                self._copy(connection, sorted(number for (number,) in missing))
        self.kept.compact()

    def _copy(self, connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> None:
        given = ", ".join(map(str, numbers))
        for name, column in _NUMBERED_BY.items():
            had = columns_of(connection, f"old.{name}")
            columns = listed(one.name for one in tables()[name].columns if one.name in had)
            connection.execute(
                f"INSERT INTO {name} BY NAME SELECT {columns} FROM old.{name} "
                f"WHERE {column} IN ({given})"
            )
        for kept in KEPT:
            for table in (kept.name, kept.past):
                connection.execute(
                    f"INSERT INTO begun BY NAME SELECT {kept.keys}, vintage, "
                    f"{quoted(kept.name)} AS relation FROM old.{table} "
                    f"WHERE vintage > 1 AND vintage IN ({given})"
                )
        self._write(connection, numbers)

    def is_ahead(self, published: Publication) -> bool:
        """Whether readers were led back: what happened last is not in the published file."""
        with self._opened("vintage") as connection:
            _attach(connection, old=published)
            return led_back_at(connection, self._settings.warehouse, _head(connection)) is not None

    def follow(self, publisher: Publisher) -> list[str]:
        """Records that readers see another publication than the last one recorded, if they do.

        Returns:
            A sentence, where days between cannot be told any more.
        """
        current = publisher.current()
        if current is None or not self._is_behind(current):
            return []
        with self._opened() as connection:
            number, shown = _last(connection) or (0, "")
            before = next((one for one in publisher.all() if one.folder.name == shown), None)
            known = _number_of(connection, current.folder.name)
            moment = _moment(connection)
            # One that is not known was made by a version of the program without a history.
            name = f"{moment_in_id(moment)}-return" if known else current.folder.name
            _add(connection, number + 1, name, moment, number)
            _attach(connection, gongkai=current)
            fault: str | None = f"{shown} is not there any more"
            if before is not None and before.is_readable():
                _attach(connection, old=before)
                fault = self._compare(connection, number + 1)
            if fault is None and known:
                give_back(connection, number + 1)
            elif fault is None:
                find_causes(connection, number + 1, self._inventory, is_other_program=True)
            elif known:
                _lose(connection, known, number)
            else:
                connection.execute("UPDATE vintage SET previous = NULL")
            connection.execute(
                "UPDATE vintage SET shows = $shows WHERE publication <> $shows",
                {"shows": current.folder.name},
            )
            _count(connection)
            self._write(connection, [number + 1])
        lost = f"what was published after {current.folder.name}, until now, cannot be asked for"
        return [f"{lost}: {fault}"] if fault else []

    def revise(
        self,
        draft: Draft,
        publication: str,
        published: Publication | None,
        *,
        is_other_program: bool,
        moved: Moved | None = None,
    ) -> list[str]:
        """Writes the whole history into a draft, with the changes that the draft makes.

        Args:
            draft: The publication that is being built; readers do not see it.
            publication: What it will be called.
            published: What readers see; None where there is nothing.
            is_other_program: Whether another version of the program built that.
            moved: Gives the rows that may differ, where the draft was made from the published
                file; everything is compared if None.

        Returns:
            A sentence, where the history begins again.
        """
        sentences = []
        with draft.write() as connection:
            limit_by(connection, draft.database, self._settings.jobs)
            self._prepare(connection, RELATIONS)
            last = _last(connection)
            number = last[0] if last else 0
            fault: str | None = "nothing was published"
            if published is not None:
                _attach(connection, old=published)
                if last is None:
                    number = 1
                    _add(connection, 1, published.folder.name, _published_at(published), None)
                fault = self._compare(connection, number + 1, moved)
                if fault:
                    sentences.append(f"history begins anew, {published.folder.name}: {fault}")
            number += 1
            previous = None if fault else number - 1
            _add(connection, number, publication, _moment(connection), previous)
            if not fault:
                find_causes(connection, number, self._inventory, is_other_program=is_other_program)
            _count(connection)
            _fill(connection)
            if not fault:
                _number_rows(connection, moved)
        return sentences

    @contextmanager
    def _opened(self, *names: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Opens empty relations for one publication, and ``kept_…`` with the history of all."""
        with scratch(self._inventory.path) as connection:
            self._prepare(connection, names or RELATIONS)
            try:
                yield connection
            finally:
                for name in ("old", "gongkai"):
                    connection.execute(f"DETACH DATABASE IF EXISTS {name}")

    def _prepare(self, connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
        prepare(connection)
        for name in names:
            connection.execute(f"CREATE TEMP VIEW kept_{name} AS FROM {self.kept.relation(name)}")

    def _compare(
        self,
        connection: duckdb.DuckDBPyConnection,
        number: int,
        moved: Moved | None = None,
    ) -> str | None:
        """Fills the relations of the past; says why, where the two cannot be compared."""
        try:
            compare(connection, number, moved)
        except duckdb.BinderException:
            return "it was made by a version of the program whose tables differ"
        except duckdb.Error as error:
            return f"cannot be compared: {disk.first_line(error)}"
        # Rows that came back after the old file was written began when they came back.
        connection.execute(_RETURNED, {"known": _head(connection)})
        for kept in KEPT:
            connection.execute(
                f"UPDATE {kept.past} AS p SET vintage = r.vintage FROM returned AS r "
                f"WHERE r.relation = {quoted(kept.name)} AND {_same_key(kept, 'p', 'r')}"
            )
        return None

    def _write(self, connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> None:
        """Writes the relations of some publications as a batch."""
        name = f"batch-{numbers[0]:06d}-{numbers[-1]:06d}"
        assert isinstance(self.kept.folder, Path)
        disk.create_folder(self.kept.folder)
        with disk.new_folder(self.kept.folder / name) as folder:
            for relation in RELATIONS:
                table = store_tables()[relation]
                schema = table.arrow
                rows = connection.sql(f"SELECT {table.names} FROM {relation}")
                file = folder / f"{relation}.parquet"
                with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                    for batch in rows.to_arrow_reader(_ROWS):
                        writer.write_batch(batch.cast(schema))
            seal(folder)


_RETURNED = """
CREATE TEMP TABLE returned AS
SELECT relation, agency_id, year, indicator_id, report_id, max(vintage) AS vintage
FROM kept_begun
WHERE vintage > $known
GROUP BY ALL
"""

_LOST_REVISIONS = """
INSERT INTO revision BY NAME
SELECT
    r.agency_id,
    r.year,
    r.indicator_id,
    max_by(struct_pack(v := r.new_value), r.vintage).v AS old_value,
    min_by(struct_pack(v := r.old_value), r.vintage).v AS new_value,
    max_by(struct_pack(v := r.new_report_id), r.vintage).v AS old_report_id,
    min_by(struct_pack(v := r.old_report_id), r.vintage).v AS new_report_id,
    $cause AS cause,
    any_value(v.vintage) AS vintage,
    any_value(v.publication) AS publication,
    any_value(v.published_at) AS published_at
FROM kept_revision AS r, (FROM vintage WHERE vintage = $next) AS v
WHERE r.vintage BETWEEN $known + 1 AND $last
GROUP BY r.agency_id, r.year, r.indicator_id
HAVING old_value IS DISTINCT FROM new_value
"""


def _lose(connection: duckdb.DuckDBPyConnection, known: int, last: int) -> None:
    """Goes back to an earlier publication without what was published since."""
    connection.execute("UPDATE vintage SET lost_from = $known + 1", {"known": known})
    span = {"known": known, "last": last, "next": last + 1}
    connection.execute(_LOST_REVISIONS, {**span, "cause": ROLLED_BACK})
    for kept in KEPT:
        connection.execute(
            f"""
            INSERT INTO begun BY NAME
            SELECT DISTINCT {kept.keys}, $next AS vintage, {quoted(kept.name)} AS relation
            FROM (
                SELECT {kept.keys} FROM kept_{kept.past} WHERE until > $known
                UNION ALL
                SELECT {kept.keys} FROM kept_begun
                WHERE vintage > $known AND relation = {quoted(kept.name)}
            ) SEMI JOIN gongkai.{kept.name} USING ({kept.keys})
            """,
            {"known": known, "next": last + 1},
        )


def _attach(connection: duckdb.DuckDBPyConnection, **publications: Publication) -> None:
    """Lets published files be read under names."""
    for name, publication in publications.items():
        path = quoted(str(publication.database))
        connection.execute(f"ATTACH IF NOT EXISTS {path} AS {name} (READ_ONLY)")


def _head(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last publication that the old file knows of; 0 where it knows of none."""
    try:
        rows = connection.execute("SELECT coalesce(max(vintage), 0) FROM old.vintage").fetchall()
    except duckdb.CatalogException:
        return 0
    return int(rows[0][0])


def _last(connection: duckdb.DuckDBPyConnection) -> tuple[int, str] | None:
    """The last publication and what readers see since then."""
    return connection.execute(
        "SELECT vintage, coalesce(shows, publication) FROM kept_vintage "
        "ORDER BY vintage DESC LIMIT 1"
    ).fetchone()


def _number_of(connection: duckdb.DuckDBPyConnection, publication: str) -> int:
    query = "SELECT coalesce(max(vintage), 0) FROM kept_vintage WHERE publication = $1"
    return int(connection.execute(query, [publication]).fetchall()[0][0])


def _moment(connection: duckdb.DuckDBPyConnection) -> datetime:
    """The time it is, and later than any publication even where the clock was set back."""
    query = "SELECT max(published_at) FROM (FROM kept_vintage UNION ALL BY NAME FROM vintage)"
    (last,) = connection.execute(query).fetchall()[0]
    now = datetime.now(UTC).replace(tzinfo=None)
    return now if last is None or last < now else last + timedelta(seconds=1)


def _published_at(publication: Publication) -> datetime:
    """When a publication of an earlier version of the program was made."""
    finished_at = publication.manifest.get("run", {}).get("finished_at")
    if finished_at:
        return datetime.fromisoformat(finished_at).astimezone(UTC).replace(tzinfo=None)
    return moment_of(publication.folder.name)


def _add(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    publication: str,
    moment: datetime,
    previous: int | None,
) -> None:
    connection.execute(
        "INSERT INTO vintage BY NAME SELECT $number AS vintage, $id AS publication, "
        "$moment AS published_at, $previous AS previous, "
        "0 AS facts_added, 0 AS facts_changed, 0 AS facts_dropped",
        {"number": number, "id": publication, "moment": moment, "previous": previous},
    )


def _count(connection: duckdb.DuckDBPyConnection) -> None:
    """Says of each publication how much it changed."""
    connection.execute(
        """
        UPDATE vintage AS v
        SET facts_added = r.added, facts_changed = r.changed, facts_dropped = r.dropped
        FROM (
            SELECT
                vintage,
                count(*) FILTER (old_value IS NULL) AS added,
                count(*) FILTER (old_value IS NOT NULL AND new_value IS NOT NULL) AS changed,
                count(*) FILTER (new_value IS NULL) AS dropped
            FROM revision
            GROUP BY vintage
        ) AS r
        WHERE r.vintage = v.vintage
        """
    )


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes into the draft what it does not know of its history."""
    (known,) = connection.execute(
        "SELECT coalesce(list(vintage), []) FROM gongkai.vintage"
    ).fetchall()[0]
    for name, column in reversed(_NUMBERED_BY.items()):
        table = tables()[name]
        for source in (f"kept_{name}", name):
            connection.execute(
                f"INSERT INTO gongkai.{name} BY NAME SELECT {table.names} FROM {source} "
                f"WHERE NOT list_contains($known, {column}) ORDER BY {column}, {listed(table.key)}",
                {"known": known},
            )


def _number_rows(connection: duckdb.DuckDBPyConnection, moved: Moved | None) -> None:
    """Says of each row of the draft since which publication it stands as it is."""
    has_past = _head(connection) > 0
    for kept in KEPT:
        known = moved(tables()[kept.name])[0] if moved else f"FROM old.{kept.name}"
        stood = f"""
            UNION ALL
            SELECT {kept.keys}, vintage FROM ({known})
            ANTI JOIN begun_anew USING ({kept.keys})
            WHERE vintage > 1
        """
        connection.execute(
            f"""
            UPDATE gongkai.{kept.name} AS t SET vintage = s.vintage
            FROM (
                WITH begun_anew AS (
                    SELECT {kept.keys}, max(vintage) AS vintage
                    FROM (FROM begun UNION ALL BY NAME FROM returned)
                    WHERE relation = {quoted(kept.name)}
                    GROUP BY ALL
                )
                FROM begun_anew {stood if has_past else ""}
            ) AS s
            WHERE {_same_key(kept, "t", "s")} AND t.vintage <> s.vintage
            """
        )


def _same_key(kept: VersionedTable, one: str, other: str) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in kept.key)
