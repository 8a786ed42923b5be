"""The first page: which agencies and which year it is of, who moved, how old it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from stated_tables import Rows, asking, stated

from pipeline.explorer.opening import Opened
from pipeline.explorer.rendering import PageContent
from pipeline.explorer.screens.overview_page import overview_page
from pipeline.warehouse.records import Record

NAMES = "甲乙丙丁戊己庚"


def agency(name: str, **more: object) -> Record:
    return {"agency_id": name, "name_zh": name, "province": "山东省", "level": "county", **more}


def rate(name: str, share: float, year: int = 2022, margin: float = 0.1, **more: object) -> Record:
    own = {"scope": "agency", "standing": "undisputed", "rate_id": "granted"}
    bounds = {"rate_low": share - margin, "rate_high": share + margin}
    sides = {"numerator": round(100 * share), "denominator": 100, "rate": share}
    return {"agency_id": name, "year": year, **own, **bounds, **sides, **more}


def present(*years: int) -> list[Record]:
    return [{"agency_id": "甲", "year": year, "status": "present"} for year in years]


def shown(rows: Rows, /, **query: object) -> PageContent:
    with stated(rows) as opened:
        return overview_page(asking(opened, **query))


TWO_YEARS = {
    "coverage": [*present(2022, 2021, 2020), {"agency_id": "甲", "year": 2019, "status": "gap"}],
    "dim_agency": [agency(one) for one in NAMES] + [agency("市", level="city")],
    "rates": [rate(one, 0.6 + n / 100) for n, one in enumerate(NAMES)]
    + [rate(one, 0.2 - n / 50, 2021) for n, one in enumerate(NAMES)]
    + [rate("市", 0.9), rate("市", 0.1, 2021), rate("市", 0.5, scope="system")]
    + [rate("甲", 0.3, scope="system")],
}


@pytest.fixture(scope="module")
def two_years() -> Iterator[Opened]:
    with stated(TWO_YEARS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "year", "group", "unfit"),
    [
        ({}, 2022, "county agency", []),
        ({"year": 2021}, 2021, "county agency", []),
        ({"year": 2019}, 2022, "county agency", ["year"]),
        ({"level": "city"}, 2022, "city agency", []),
        ({"level": "city", "scope": "system"}, 2022, "city system", []),
        ({"scope": "system"}, 2022, "city system", []),
        ({"level": "county", "scope": "system"}, 2022, "county system", []),
        ({"level": "town", "scope": "none"}, 2022, "county agency", ["level", "scope"]),
    ],
)
def test_a_year_a_tier_and_a_scope_are_those_asked_for_or_the_commonest(
    two_years: Opened, query: dict[str, object], year: int, group: str, unfit: list[str]
) -> None:
    page = overview_page(asking(two_years, **query))
    own = page.shown["group"]
    assert (page.shown["year"], f"{own['level']} {own['scope']}") == (year, group)
    assert page.unfit == unfit


@pytest.mark.parametrize(
    ("query", "provinces"),
    [
        ({}, "compare?rate=granted&year=2022&level=county&province=%E5%B1%B1%E4%B8%9C%E7%9C%81"),
        (
            {"level": "city", "scope": "agency"},
            "compare?rate=granted&year=2022&level=city&scope=agency&province="
            "%E5%B1%B1%E4%B8%9C%E7%9C%81",
        ),
    ],
)
def test_a_province_leads_to_its_own_of_the_scope_that_was_chosen(
    two_years: Opened, query: dict[str, object], provinces: str
) -> None:
    found = overview_page(asking(two_years, **query)).shown["tiles"]
    assert [tile.to for tile in found if tile.n] == [provinces]


def test_the_six_that_moved_most_are_told_each_way_and_those_by_chance_are_not() -> None:
    rows = [rate(one, 0.9 - n / 100) for n, one in enumerate(NAMES)]
    rows += [rate(one, 0.2, 2021) for one in NAMES]
    rows += [rate(one, 0.1 + n / 100) for n, one in enumerate("天地玄黄宇宙洪")]
    rows += [rate(one, 0.8, 2021) for one in "天地玄黄宇宙洪"]
    rows += [rate("荒", 0.5), rate("荒", 0.4, 2021), rate("日", 0.5), rate("日", 0.5, 2021)]
    # Its bounds tell of no chance, and it is as it was.
    rows += [rate("月", 0.5, margin=-0.1), rate("月", 0.5, 2021, margin=-0.1)]
    agencies = [agency(one) for one in f"{NAMES}天地玄黄宇宙洪荒日月"]
    page = shown({"coverage": present(2022), "dim_agency": agencies, "rates": rows})
    moved = {way: "".join(one["name_zh"] for one in page.shown[way]) for way in ("up", "down")}
    assert moved == {"up": "甲乙丙丁戊己", "down": "天地玄黄宇宙"}
    assert page.shown["pairs"] == 17


def test_where_all_moved_one_way_nobody_moved_the_other(two_years: Opened) -> None:
    page = overview_page(asking(two_years))
    assert len(page.shown["up"]) == 6
    assert page.shown["down"] == []


def test_who_moved_down_moved_not_up() -> None:
    rows = [rate("甲", 0.1), rate("甲", 0.8, 2021)]
    page = shown({"coverage": present(2022), "dim_agency": [agency("甲")], "rates": rows})
    assert (page.shown["up"], len(page.shown["down"])) == ([], 1)


def test_where_nobody_has_a_rate_there_are_counts() -> None:
    counted = {
        "coverage": present(2022),
        "dim_agency": [agency("甲", level="city")],
        "fact_indicator": [
            {
                "agency_id": "甲",
                "indicator_id": "requests.received",
                "year": 2022,
                "scope": "agency",
            }
        ],
    }
    assert shown(counted).shown["group"]["level"] == "city"
    assert shown({"coverage": present(2022)}).shown["group"] == {"level": "", "scope": "", "n": 0}


def test_rates_come_before_counts() -> None:
    both = {
        **TWO_YEARS,
        "fact_indicator": [
            {"agency_id": "市", "indicator_id": "requests.received", "year": 2022, "scope": "x"}
        ],
    }
    assert shown(both).shown["groups"][0]["scope"] == "agency"


def test_without_any_report_it_says_so_and_of_no_run_it_tells_nothing() -> None:
    page = shown({})
    assert (page.template, page.shown["freshness"]) == ("message.html", None)


@pytest.mark.parametrize(
    ("hours", "age", "is_stale"),
    [
        (-0.3, "0 分钟前", False),
        (0.5, "30 分钟前", False),
        (0.99, "59 分钟前", False),
        (1.01, "1 小时前", False),
        (1.6, "2 小时前", False),
        (47.9, "48 小时前", True),
        (48.1, "2 天前", True),
        (100, "4 天前", True),
    ],
)
def test_a_publication_tells_how_old_it_is(hours: float, age: str, is_stale: bool) -> None:
    finished = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=hours)
    run = {"run_id": "r", "finished_at": finished}
    fresh = shown({"ingest_run": [run]}).shown["freshness"]
    assert (fresh["age"], fresh["is_stale"]) == (age, is_stale)


def test_six_rules_and_six_agencies_stand_for_what_contradicts_itself() -> None:
    rows: dict[str, list[Record]] = {
        "coverage": present(2022),
        "dim_agency": [agency(one) for one in NAMES],
        "dim_report": [{"report_id": one, "agency_id": one, "is_current": True} for one in NAMES],
        "check_result": [
            {"rule_id": rule, "severity": "error", "outcome": "fail", "agency_id": one,
             "report_id": one, "message_zh": f"{rule} 不成立"}
            for one in NAMES
            for rule in ("B-E1", "B-E7", "C-1", "C-2", "C-3", "C-4", "C-5")
        ],
    }  # fmt: skip
    page = shown(rows)
    assert (len(page.shown["failing"]), len(page.shown["worst"])) == (6, 6)
    titles = {one["rule_id"]: one["title"] for one in page.shown["failing"]}
    # A rule has a title, one that nobody declares only what it said.
    assert titles["C-1"] == "C-1 不成立"
    assert titles["B-E7"] != "B-E7 不成立"
