"""Numbers asked for in one breath: whose, of what and of which year, in a small warehouse."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.agencies.finding import NamedAgency
from pipeline.warehouse.queries.number_lookup import numbers, rates

AGENCIES = (
    NamedAgency("a", "鱼台县水利局", ("鱼台县水务局",)),
    NamedAgency("b", "鱼台县教育局"),
    NamedAgency("c", "鱼台县信息公开办公室"),
)
TABLES = """
CREATE TABLE dim_agency AS SELECT * FROM (VALUES
    ('a', '鱼台县水利局'), ('b', '鱼台县教育局')) AS t(agency_id, name_zh);
CREATE TABLE dim_indicator AS SELECT * FROM (VALUES
    ('received', '收到 申请数', 'requests'), ('online', '网络申请数', 'online'),
    ('posts', '微博', 'posts')) AS t(indicator_id, label_zh, label_en);
CREATE TABLE fact_indicator AS SELECT * FROM (VALUES
    ('a', 2020, 'received', 5, '件'), ('a', 2021, 'received', 6, '件'),
    ('a', 2020, 'online', 2, '件'), ('b', 2021, 'received', 9, '件')
    ) AS t(agency_id, year, indicator_id, value, unit), (SELECT 'undisputed' AS standing);
CREATE TABLE rate_term AS SELECT * FROM (VALUES
    ('denied', '不予公开率（含部分）'), ('granted', '予以公开率')) AS t(rate_id, label_zh);
CREATE TABLE rates AS SELECT *, label_zh AS label_en FROM (VALUES
    ('a', '鱼台县水利局', 2020, 'denied', '不予公开率', 1, 4, 0.25, 'undisputed'),
    ('a', '鱼台县水利局', 2021, 'denied', '不予公开率', 2, 4, 0.5, 'undisputed'),
    ('b', '鱼台县教育局', 2021, 'granted', '予以公开率', 3, 4, 0.75, 'undisputed')
    ) AS t(agency_id, name_zh, year, rate_id, label_zh, numerator, denominator, rate, standing);
"""


@pytest.fixture(scope="module")
def held() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        yield connection


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("鱼台县水利局2020年收到申请", ["水利局 2020 收到 申请数 5件"]),
        ("鱼台县水利局收到申请", ["水利局 2021 收到 申请数 6件"]),
        ("鱼台县水利局 收到申请", ["水利局 2021 收到 申请数 6件"]),
        ("收到申请 鱼台县水利局", ["水利局 2021 收到 申请数 6件"]),
        ("鱼台县水利局的收到申请数", ["水利局 2021 收到 申请数 6件"]),
        ("鱼台县水利局received", ["水利局 2021 收到 申请数 6件"]),
        # The shorter label first; of each the last year known.
        ("鱼台县水利局申请数", ["水利局 2020 网络申请数 2件", "水利局 2021 收到 申请数 6件"]),
        ("鱼台县水利局2019年收到申请", []),
        ("鱼台县水利局请", []),
        ("鱼台县水利局", []),
        ("鱼台县水务局", []),
        ("鱼台县信息公开", []),
        ("鱼台县2021年收到申请", ["教育局 2021 收到 申请数 9件", "水利局 2021 收到 申请数 6件"]),
        ("某县收到申请", []),
        ("收到申请", []),
    ],
)
def test_words_ask_for_the_numbers_of_whom_they_name(
    held: duckdb.DuckDBPyConnection, words: str, found: list[str]
) -> None:
    told = numbers(held, words, AGENCIES)
    assert [
        f"{one.name.removeprefix('鱼台县')} {one.year} {one.label} {one.value}{one.unit}"
        for one in told
    ] == found


def test_numbers_come_in_the_language_asked_for_and_not_too_many(
    held: duckdb.DuckDBPyConnection,
) -> None:
    (one,) = numbers(held, "鱼台县水利局申请数", AGENCIES, "en", most=1)
    assert (one.agency_id, one.indicator_id, one.label) == ("a", "online", "online")
    assert one.standing == "undisputed"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("鱼台县水利局2020年不予公开率", ["a 2020 denied 1 of 4"]),
        ("鱼台县水利局不予公开率", ["a 2021 denied 2 of 4"]),
        ("鱼台县水利局不予公开的比例", ["a 2021 denied 2 of 4"]),
        ("鱼台县水利局不予公开", []),
        ("鱼台县水利局予以公开率", []),
        ("鱼台县教育局予以公开率", ["b 2021 granted 3 of 4"]),
        ("某县不予公开率", []),
    ],
)
def test_words_ask_for_a_rate_by_its_share_and_never_for_its_opposite(
    held: duckdb.DuckDBPyConnection, words: str, found: list[str]
) -> None:
    told = rates(held, words, AGENCIES)
    assert [
        f"{one.agency_id} {one.year} {one.rate_id} {one.numerator} of {one.denominator}"
        for one in told
    ] == found
