"""Long lists of the page on quality: wherever they are opened, they fit into little memory."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.explorer.listings import CONTRADICTIONS, UNMAPPED

ROWS = 60_000
QUOTE = 1_200
LITTLE = "48MB"
MADE = f"""
CREATE TABLE dim_agency AS SELECT 'a' AS agency_id, '甲局' AS name_zh;
CREATE TABLE dim_report AS SELECT 'r' AS report_id, 'a' AS agency_id, true AS is_current,
    'a.txt' AS source_path;
CREATE TABLE fact_indicator AS SELECT 'r' AS report_id;
CREATE TABLE check_result AS SELECT 'B-E1' AS rule_id, 'error' AS severity, 'fail' AS outcome,
    'a' AS agency_id, (2000 + i % 20)::INTEGER AS year, 'r' AS report_id,
    [repeat(md5(i::VARCHAR), {QUOTE // 32})] AS quotes, NULL AS override_reason
FROM range({ROWS}) AS t(i);
CREATE TABLE observation AS SELECT 'r.' || i AS observation_id, 'r' AS report_id,
    NULL AS indicator_id, 'reported' AS value_status,
    '第' || (i * 7919) % 40_000 || '类' AS label_raw,
    i::VARCHAR AS value_raw, repeat(md5(i::VARCHAR), {QUOTE // 32}) AS quote
FROM range({ROWS}) AS t(i);
"""
EVERYTHING = {"severity": "", "rule": "", "agency": ""}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = str(tmp_path_factory.mktemp("long") / "gongkai.duckdb")
    with duckdb.connect(path) as making:
        making.execute(MADE)
    settings = {"memory_limit": LITTLE, "temp_directory": "", "threads": 2}
    with duckdb.connect(path, read_only=True, config=settings) as found:
        yield found


@pytest.mark.parametrize(("shown", "first"), [(20, 0), (20, ROWS // 2), (5, ROWS - 5), (2_000, 0)])
def test_contradictions_are_turned_to_their_last_page(
    connection: duckdb.DuckDBPyConnection, shown: int, first: int
) -> None:
    given = {**EVERYTHING, "shown": shown, "first": first}
    rows = connection.execute(CONTRADICTIONS.rows, given).fetchall()
    assert len(rows) == shown
    years = [row[4] for row in rows]
    assert years == sorted(years, reverse=True)


def test_every_contradiction_is_on_one_page(connection: duckdb.DuckDBPyConnection) -> None:
    seen = set()
    for first in range(0, 6_000, 2_000):
        given = {**EVERYTHING, "shown": 2_000, "first": first}
        seen |= {row[6][0] for row in connection.execute(CONTRADICTIONS.rows, given).fetchall()}
    assert len(seen) == 6_000


@pytest.mark.parametrize(("shown", "first"), [(50, 0), (50, 20_000), (1_000, 0)])
def test_labels_are_turned_likewise(
    connection: duckdb.DuckDBPyConnection, shown: int, first: int
) -> None:
    ((total,),) = connection.execute(UNMAPPED.count).fetchall()
    assert total == 40_000
    given = {"shown": shown, "first": first}
    rows = connection.execute(UNMAPPED.rows, given).fetchall()
    assert len(rows) == shown
    for label, times, reports, observation, quote, value in rows:
        assert (times, reports) == (2 if first < 20_000 else 1, 1)
        number = int(observation.removeprefix("r."))
        assert label == f"第{number * 7919 % 40_000}类"
        assert value == str(number)
        assert len(quote) == QUOTE // 32 * 32


def test_a_heading_that_prints_a_number_is_no_unknown_label() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE observation AS FROM (VALUES "
            "('r.1', 'r', NULL, 'header', '合计', '5', 'q'), "
            "('r.2', 'r', NULL, 'reported', '其他', '7', 'q')) AS t(observation_id, report_id, "
            "indicator_id, value_status, label_raw, value_raw, quote)"
        )
        assert connection.execute(UNMAPPED.count).fetchall() == [(1,)]
        rows = connection.execute(UNMAPPED.rows, {"shown": 5, "first": 0}).fetchall()
    assert [row[0] for row in rows] == ["其他"]
