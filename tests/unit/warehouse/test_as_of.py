"""An earlier day is answered exactly as it was published then, or not at all."""

import os
import random
import shutil
from datetime import datetime, timedelta
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from stated_corpus import Corpus, county, report

from pipeline.warehouse.history.as_of import NotKnownError, opened
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.publishing.publication import Publication, Publisher
from pipeline.warehouse.schema import TableSchema, tables

MEASURES = ("disclosure.items", "requests.received", "requests.answered.granted", "staff.total")
COUNTIES = [county(370321 + n, f"第{n}县质量技术监督局") for n in range(3)]
NIGHTS = 200 if "GONGKAI_SLOW" in os.environ else 15
LOOKED_AT = ("fact_indicator", "dim_agency", "dim_report", "facts", "series")
ROWS = "SELECT COLUMNS(lambda c: c NOT IN ('vintage', 'parser_version')) FROM "
"""What is compared, without what says of a row of today how long it has stood."""

Rows = list[tuple[object, ...]]


def seen(connection: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    return {
        name: sorted(connection.execute(ROWS + name).fetchall(), key=repr) for name in LOOKED_AT
    }


class Nights:
    """Publications of a small world in which something changes by chance each night."""

    def __init__(self, corpus: Corpus, rng: random.Random) -> None:
        for agency in COUNTIES:
            for year in (2016, 2017):
                values = {one: str(rng.randrange(9)) for one in MEASURES}
                corpus.add(f"{agency.region_code}/{year}.txt", report(values, agency, year))
        corpus.build()
        self.rng = rng
        self.publisher = Publisher(corpus.settings)
        self.vintages = Vintages(corpus.settings)
        self.base = corpus.settings.raw / "base.duckdb"
        self.number = 0
        current = self.current()
        shutil.copy(current.database, self.base)
        with duckdb.connect(str(self.base)) as connection:
            for name in ("vintage", "revision", "fact_past", "report_past", "agency_past"):
                connection.execute(f"DELETE FROM {name}")
            self.rows = {
                name: connection.sql(f"FROM {name}").to_arrow_table().to_pylist()
                for name in ("fact_indicator", "dim_report", "dim_agency")
            }
        self.away: list[dict[str, object]] = []

    def current(self) -> Publication:
        current = self.publisher.current()
        assert current is not None
        return current

    def change(self) -> None:
        facts = self.rows["fact_indicator"]
        one = self.rng.choice(facts)
        match self.rng.randrange(6):
            case 0:
                one["value"] = Decimal(self.rng.randrange(9))
            case 1:
                one["errors_failing"] = self.rng.randrange(3)
            case 2:
                facts.remove(one)
                self.away.append(one)
            case 3 if self.away:
                facts.append(self.away.pop(self.rng.randrange(len(self.away))))
            case 4:
                self.rng.choice(self.rows["dim_report"])["title"] = f"{self.rng.random()}"
            case _:
                self.rng.choice(self.rows["dim_agency"])["name_zh"] = f"{self.rng.random()}"

    def publish(self, *, whole: bool) -> None:
        """Where not whole, what stayed as it was is what the file before holds."""
        self.number += 1
        name = f"2030010{self.number:07d}"
        draft = self.publisher.draft(name)
        draft.folder.mkdir()
        shutil.copy(self.base if whole else self.current().database, draft.database)
        shutil.copy(self.current().basis, draft.basis)
        with draft.write() as connection:
            holds = {name: self._write(connection, name, rows) for name, rows in self.rows.items()}

        def moved(table: TableSchema) -> tuple[str, str]:
            rows = f"{table.name} WHERE {holds[table.name]}"
            return f"FROM old.{rows}", f"FROM gongkai.{rows}"

        told = self.vintages.revise(
            draft,
            name,
            self.current(),
            is_other_program=False,
            moved=None if whole else moved,
        )
        assert told == []
        self.vintages.keep(self.publisher.publish(draft, name, {}, draft.settle({})))

    def _write(
        self, connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]
    ) -> str:
        """Returns a condition that holds for the rows that are not as they were."""
        connection.register("stated", pa.Table.from_pylist(rows, tables()[table].arrow))
        names = ", ".join(one.name for one in tables()[table].columns if one.name != "vintage")
        same = f"(SELECT {names} FROM {{}}) "
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh AS {same.format('stated')} EXCEPT "
            f"{same.format(table)}"
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE stale AS {same.format(table)} EXCEPT "
            f"{same.format('stated')}"
        )
        equal = " AND ".join(f"t.{key} = s.{key}" for key in tables()[table].key)
        connection.execute(f"DELETE FROM {table} AS t USING stale AS s WHERE {equal}")
        connection.execute(f"INSERT INTO {table} BY NAME SELECT *, 1 AS vintage FROM fresh")
        key = f"hash({', '.join(tables()[table].key)})"
        moved = connection.execute(
            f"SELECT {key} FROM (FROM fresh UNION ALL FROM stale) UNION SELECT 0"
        ).fetchall()
        return f"{key} IN ({', '.join(str(number) for (number,) in moved)})"

    def last_moment(self) -> datetime:
        with duckdb.connect() as connection:
            kept = self.vintages.kept.relation("vintage")
            (row,) = connection.execute(f"SELECT max(published_at) FROM {kept}").fetchall()
        moment: datetime = row[0]
        return moment

    def told(self) -> tuple[datetime, dict[str, Rows]]:
        """Since when readers see what they see, and what."""
        with self.current().read() as connection:
            return self.last_moment(), seen(connection)


@pytest.mark.slow
def test_random_nights_are_told_exactly(corpus: Corpus) -> None:
    rng = random.Random(24)
    nights = Nights(corpus, rng)
    told: list[tuple[datetime, dict[str, Rows]]] = []
    for _ in range(NIGHTS):
        told.append(nights.told())
        chance = rng.random()
        if chance < 0.08 and len(nights.publisher.all()) > 1:
            nights.publisher.roll_back()
            assert nights.vintages.follow(nights.publisher) == []
            continue
        for _ in range(rng.randrange(5)):
            nights.change()
        nights.publish(whole=chance < 0.3 or nights.vintages.is_ahead(nights.current()))
    told.append(nights.told())
    nights.publish(whole=True)
    until = [moment for moment, _ in told[1:]] + [nights.last_moment()]
    for (moment, expected), following in zip(told, until, strict=True):
        between = moment + (following - moment) * rng.random() * 0.99
        with opened(nights.current().database, between) as connection:
            assert seen(connection) == expected
    with pytest.raises(NotKnownError, match="first publication"):
        opened(nights.current().database, told[0][0] - timedelta(days=1))


@pytest.mark.around
def test_a_day_is_told_with_the_changes_of_its_own_publication_or_not_at_all(
    corpus: Corpus,
) -> None:
    nights = Nights(corpus, random.Random(3))
    changes = "SELECT vintage, count(*) FROM revision GROUP BY vintage ORDER BY vintage"
    days: list[datetime] = []
    told: list[tuple[dict[str, Rows], Rows]] = []
    for _ in range(3):
        nights.rows["fact_indicator"][0]["value"] = Decimal(100 + nights.number)
        nights.publish(whole=False)
        days.append(nights.last_moment())
        with nights.current().read() as connection:
            told.append((seen(connection), connection.execute(changes).fetchall()))
    database = nights.current().database
    found = []
    for day in days:
        with opened(database, day) as connection:
            found.append((seen(connection), connection.execute(changes).fetchall()))
    assert found == told
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "UPDATE vintage SET lost_from = previous "
            "WHERE vintage = (SELECT max(vintage) FROM vintage)"
        )
    with pytest.raises(NotKnownError, match="is damaged"):
        opened(database, days[1])
