"""What a visitor's SQL can do: read, and nothing else, whatever it tries."""

import multiprocessing
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from pipeline.explorer.console import ROWS, RefusedError, ask
from pipeline.explorer.opening import Opened, Published
from pipeline.settings import NoWarehouseError

pytestmark = pytest.mark.around

OUTSIDE = "{folder}/outside"
ENDLESS = "SELECT count(*) FROM range(1000000000000) WHERE hash(range) = 1"
# Refused by the settings alone: each is run past the console's own look at the statement.
ATTEMPTS = [
    "CREATE TABLE made (a INT)",
    "CREATE OR REPLACE VIEW facts AS SELECT 1 AS value",
    "CREATE SCHEMA made",
    "CREATE MACRO made(a) AS a",
    "INSERT INTO fact VALUES (2)",
    "UPDATE fact SET value = 2",
    "DELETE FROM fact",
    "TRUNCATE fact",
    "DROP TABLE fact",
    "DROP VIEW facts",
    "ALTER TABLE fact ADD COLUMN made INT",
    "COMMENT ON TABLE fact IS 'mine'",
    f"ATTACH '{OUTSIDE}.duckdb' AS other",
    "ATTACH ':memory:' AS other",
    f"COPY fact TO '{OUTSIDE}.csv'",
    f"COPY (SELECT 1) TO '{OUTSIDE}.parquet' (FORMAT parquet)",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "COPY fact FROM '/etc/passwd'",
    f"EXPORT DATABASE '{OUTSIDE}'",
    f"IMPORT DATABASE '{OUTSIDE}'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_csv_auto('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_parquet('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs FROM 'http://example.org'",
    "UPDATE EXTENSIONS",
    "LOAD httpfs",
    f"LOAD '{OUTSIDE}.duckdb_extension'",
    "SET memory_limit = '64GB'",
    "SET threads = 64",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET memory_limit",
    f"SET temp_directory = '{OUTSIDE}'",
    f"SET home_directory = '{OUTSIDE}'",
    "SET python_enable_replacements = true",
    f"PRAGMA profiling_output = '{OUTSIDE}.json'",
    "PRAGMA enable_profiling",
    f"CALL enable_logging(storage = 'file', storage_path = '{OUTSIDE}')",
    "CREATE PERSISTENT SECRET made (TYPE http, BEARER_TOKEN 'x')",
    "SELECT * FROM query('DELETE FROM fact')",
    "SELECT * FROM treasure",
]
# These change nothing outside their own connection, and the console still refuses them.
NOT_READING = [
    "CREATE TEMP TABLE made AS SELECT 1",
    "CREATE SECRET made (TYPE http, BEARER_TOKEN 'x')",
    "SET VARIABLE made = 1",
    "BEGIN",
    "CHECKPOINT",
    "VACUUM",
    "PREPARE made AS SELECT 1",
]


def publish(folder: Path, name: str, value: int) -> Path:
    """A warehouse of one fact, behind the link that readers follow."""
    made = folder / name
    with duckdb.connect(str(made)) as connection:
        connection.execute("CREATE TABLE fact (value INT)")
        connection.execute("INSERT INTO fact VALUES (?)", [value])
        connection.execute("CREATE VIEW facts AS FROM fact")
    link = folder / "gongkai.duckdb"
    link.unlink(missing_ok=True)
    link.symlink_to(made)
    return link


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[Opened]:
    found = Published(publish(folder, "first.duckdb", 1)).current()
    yield found
    found.connection.close()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_database_itself_refuses(opened: Opened, folder: Path, attempt: str) -> None:
    treasure = [1, 2, 3]  # A variable in reach of the statement, were it allowed to look.
    before = sorted(folder.iterdir())
    with opened.connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(attempt.format(folder=folder)).fetchall()
    assert treasure
    assert sorted(folder.iterdir()) == before
    with opened.connection.cursor() as cursor:
        assert cursor.execute("FROM facts").fetchall() == [(1,)]


# The console looks at the kind of a statement, and starts a process for each: one of a kind is
# asked. What the database refuses it has refused above.
OF_EACH_KIND = {attempt.split()[0]: attempt for attempt in ATTEMPTS}.values()


@pytest.mark.parametrize("attempt", [*OF_EACH_KIND, *NOT_READING])
def test_the_console_refuses_in_a_sentence(opened: Opened, folder: Path, attempt: str) -> None:
    with pytest.raises(RefusedError) as refused:
        ask(opened, attempt.format(folder=folder))
    assert refused.value.name in ("not_reading", "wrong")
    assert "\n" not in refused.value.detail


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("", "nothing"),
        ("-- only a comment", "nothing"),
        ("SELECT 1; SELECT 2", "several"),
        ("SELECT 1; DROP TABLE fact", "several"),
        ("SELEC 1", "wrong"),
        ("SELECT nothing FROM fact", "wrong"),
    ],
)
def test_what_cannot_be_run_says_why(opened: Opened, sql: str, why: str) -> None:
    with pytest.raises(RefusedError) as refused:
        ask(opened, sql)
    assert refused.value.name == why


@pytest.mark.parametrize(
    "sql",
    [
        "FROM facts",
        "WITH f AS (FROM facts) SELECT * FROM f",
        "DESCRIBE fact",
        "SHOW TABLES",
        "SUMMARIZE fact",
        "EXPLAIN FROM facts",
    ],
)
def test_reading_is_answered(opened: Opened, sql: str) -> None:
    assert ask(opened, sql).rows


def test_an_answer_has_a_limit_of_rows_and_says_so(opened: Opened) -> None:
    long = ask(opened, f"FROM range({ROWS + 1})")
    assert len(long.rows) == ROWS
    assert long.is_cut
    assert not ask(opened, f"FROM range({ROWS})").is_cut


def test_an_answer_has_a_limit_of_bytes(opened: Opened) -> None:
    wide = ask(opened, "SELECT repeat('x', 100000) AS x FROM range(900)")
    assert wide.is_cut
    assert len(wide.rows) < 400


def test_a_query_is_stopped_in_time_and_the_next_one_runs(opened: Opened) -> None:
    started = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        ask(opened, ENDLESS, seconds=0.3)
    assert refused.value.name == "too_long"
    assert time.monotonic() - started < 5
    assert ask(opened, "FROM facts").rows == [(1,)]


def test_a_query_that_needs_too_much_memory_is_refused(opened: Opened) -> None:
    with pytest.raises(RefusedError) as refused:
        ask(opened, "SELECT list(range || repeat('x', 200)) FROM range(20000000)")
    assert refused.value.name == "too_much"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 1500000000)",
        "SELECT repeat('x', 2000000000) || repeat('x', 2000000000)",
        "SELECT repeat('x', 20000000) FROM range(1000)",
        "SELECT list(range) FROM range(100000000)",
    ],
)
def test_constants_were_folded_beyond_every_limit(tmp_path: Path, sql: str) -> None:
    """They took minutes and gigabytes of the server, after the browser was closed too."""
    link = publish(tmp_path, "first.duckdb", 1)
    # The system tells the peak of all children so far: of this process those of other tests too.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as server:
        spent = server.submit(spent_on, link, sql).result()
    assert spent.refused in ("too_much", "too_long")
    assert spent.seconds < 3 + 30
    assert spent.grown < 50_000
    assert spent.children < 1_300_000


class Spent(NamedTuple):
    """What a statement cost: sizes in KiB, of the server and of the largest of its children."""

    refused: str
    seconds: float
    grown: int
    children: int


def spent_on(link: Path, sql: str) -> Spent:
    """Asks what has to be refused, in a process that asks nothing else."""
    opened = Published(link).current()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        ask(opened, sql, seconds=3)
    return Spent(
        refused.value.name,
        time.monotonic() - started,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    )


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT path FROM duckdb_databases()",
        'SELECT path FROM system.main."duckdb_databases"()',
        "FROM Duckdb_Settings()",
        "FROM pragma_database_list()",
        "SELECT current_setting('secret_directory')",
        "FROM query('SELECT path FROM duckdb_' || 'databases()')",
    ],
)
def test_no_path_of_the_server_is_told(opened: Opened, folder: Path, sql: str) -> None:
    with pytest.raises(RefusedError) as refused:
        ask(opened, sql)
    assert "is not answered here" in refused.value.detail
    assert str(folder) not in refused.value.detail


def test_a_pivot_reads(opened: Opened) -> None:
    assert ask(opened, "PIVOT fact ON value USING count(*) AS n").names == ["1_n"]


def test_values_of_every_kind_come_back_as_they_are(opened: Opened) -> None:
    answer = ask(
        opened,
        "SELECT 1.50::DECIMAL(9,2), DATE '2018-01-31', [1, NULL], {'a': '名'}, "
        "12345678901234567890123::HUGEINT, 'x'::BLOB, TIMESTAMP '2018-01-31 10:00', "
        "'duckdb_settings'",
    )
    assert answer.rows == [
        (
            Decimal("1.50"),
            date(2018, 1, 31),
            [1, None],
            {"a": "名"},
            12345678901234567890123,
            b"x",
            datetime(2018, 1, 31, 10),
            "duckdb_settings",
        )
    ]


def test_columns_of_one_name_stay_apart(opened: Opened) -> None:
    answer = ask(opened, "SELECT 1 AS a, 2 AS a, 3 AS a")
    assert list(answer.records()[0].values()) == [1, 2, 3]


def test_a_new_publication_is_opened_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    published = Published(publish(tmp_path, "first.duckdb", 1))
    old = published.current()
    assert published.current() is old
    publish(tmp_path, "second.duckdb", 2)
    new = published.current()
    assert new.key != old.key
    assert ask(new, "FROM facts").rows == [(2,)]
    (tmp_path / "first.duckdb").unlink()
    assert ask(old, "FROM facts").rows == [(1,)]


def test_without_a_warehouse_the_path_is_named(tmp_path: Path) -> None:
    published = Published(tmp_path / "gongkai.duckdb")
    assert published.key() is None
    with pytest.raises(NoWarehouseError, match=r"gongkai\.duckdb"):
        published.current()
