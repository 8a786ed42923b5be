"""Tables made of a publication: made once, shared, dropped when nobody uses them."""

import threading

import duckdb
import pytest

from pipeline.explorer import table_cache
from pipeline.explorer.table_cache import TableCache


@pytest.fixture
def published() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE fact AS SELECT range AS n FROM range(100)")
    return connection


def held(connection: duckdb.DuckDBPyConnection) -> int:
    sql = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'cached'"
    return int(connection.execute(sql).fetchall()[0][0])


def test_a_table_is_made_once(published: duckdb.DuckDBPyConnection) -> None:
    made = TableCache()
    with made.table(published, "FROM fact WHERE n < $least", {"least": 5}) as table:
        assert published.execute(f"SELECT count(*) FROM {table}").fetchall() == [(5,)]
        published.execute("DELETE FROM fact")
    with made.table(published, "FROM fact WHERE n < $least", {"least": 5}) as table:
        assert published.execute(f"SELECT count(*) FROM {table}").fetchall() == [(5,)]
    with made.table(published, "FROM fact WHERE n < $least", {"least": 6}) as table:
        assert published.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]


def test_few_are_held_and_none_in_use_is_dropped(published: duckdb.DuckDBPyConnection) -> None:
    made = TableCache()
    with made.table(published, "FROM fact WHERE n < $least", {"least": 1}) as used:
        for least in range(2, table_cache.HELD + 10):
            with made.table(published, "FROM fact WHERE n < $least", {"least": least}):
                pass
        assert held(published) <= table_cache.HELD
        assert published.execute(f"SELECT count(*) FROM {used}").fetchall() == [(1,)]


def test_a_query_that_fails_leaves_nothing_behind(published: duckdb.DuckDBPyConnection) -> None:
    made = TableCache()
    for _ in range(2):
        with pytest.raises(duckdb.Error), made.table(published, "FROM nowhere", {}):
            pass
    with made.table(published, "FROM fact", {}) as table:
        assert published.execute(f"SELECT count(*) FROM {table}").fetchall() == [(100,)]


def test_many_visitors_share_them(published: duckdb.DuckDBPyConnection) -> None:
    made, told = TableCache(), []

    def ask(least: int) -> None:
        with published.cursor() as cursor:
            for n in range(20):
                wanted = (least + n) % (table_cache.HELD + 8)
                sql = "FROM fact WHERE n < $least"
                with made.table(cursor, sql, {"least": wanted}) as table:
                    (row,) = cursor.execute(f"SELECT count(*) FROM {table}").fetchall()
                told.append(row[0] == wanted)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == [True] * 160
