"""Nothing is shown as more than it is: what is doubted, who is missing, what is counted."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import duckdb
import pytest

pytest.importorskip("httpx", reason="needs pip install -e '.[mcp]'")
pytest.importorskip("vl_convert", reason="needs pip install -e '.[explorer]'")

from starlette.testclient import TestClient

from pipeline.explorer.app import application
from pipeline.explorer.opening import SETTINGS
from pipeline.settings import Settings
from tests.integration.panel import Panel


@dataclass(frozen=True)
class Asked:
    """A number of bureaus in two years on one form; a first year is disputed, its last is not.

    Attributes:
        address: The page that compares them.
        since: The first year.
        until: The last year.
        worth: Agencies with the worth of the number in each year.
    """

    address: str
    since: int
    until: int
    worth: dict[str, dict[int, str]]


@pytest.fixture(scope="module")
def asked(panel: tuple[Panel, Settings]) -> Asked:
    cells = panel[0].cells
    for (indicator, function), rows in cells.groupby(["indicator", "function"]):
        worth: dict[str, dict[int, str]] = {}
        for name, year, is_disputed in zip(
            rows["name"], rows["year"], rows["disputed"], strict=True
        ):
            worth.setdefault(name, {})[year] = "disputed" if is_disputed else "undisputed"
        for until in (2022, 2023):
            ends = {(one.get(until - 1), one.get(until)) for one in worth.values()}
            if {("disputed", "undisputed"), ("undisputed", "disputed")} <= ends:
                address = f"indicator={indicator}&function={function}&year={until}"
                return Asked(f"{address}&since={until - 1}", until - 1, until, worth)
    raise AssertionError("the panel has no such number")


@pytest.fixture(scope="module")
def client(panel: tuple[Panel, Settings]) -> Iterator[TestClient]:
    with TestClient(application(panel[1])) as made:
        yield made


def rows_of(page: str) -> dict[str, str]:
    """The rows of the table by agency."""
    return {
        unescape(re.search(r'<th scope="row">.*?>([^<]+)</a>', row)[1]): row  # type: ignore[index]
        for row in re.findall(r"<tr[^>]*>(?:(?!</tr>).)*</tr>", page, re.DOTALL)
        if '<th scope="row">' in row
    }


def test_a_change_against_a_disputed_year_is_no_change(client: TestClient, asked: Asked) -> None:
    page = rows_of(client.get(f"/compare?{asked.address}").text)
    text = client.get(f"/compare.csv?{asked.address}").text.lstrip("\ufeff")
    taken = {row["name_zh"]: row for row in csv.DictReader(io.StringIO(text))}
    assert taken.keys() == page.keys()
    met = set()
    for name, row in taken.items():
        before, now = asked.worth[name].get(asked.since), asked.worth[name][asked.until]
        met.add((before, now))
        assert row["previous_standing"] == (before or "")
        assert bool(row["previous_value"]) == (before is not None)
        cell = page[name].rpartition('data-label="比')[2].partition("</td>")[0]
        is_shown = re.search(r'class="(up|down|level)"', cell) is not None
        if before is None or "disputed" in (before, now):
            assert row["change"] == ""
            assert not is_shown
        else:
            change = float(row["value"]) - float(row["previous_value"])
            assert float(row["change"]) == change
            assert is_shown
        assert ("▲" in cell) == (before is not None and "disputed" in (before, now))
    assert {("disputed", "undisputed"), ("undisputed", "undisputed")} <= met


def test_no_bar_is_drawn_of_what_is_not_ranked(client: TestClient, asked: Asked) -> None:
    rows = rows_of(client.get(f"/compare?{asked.address}").text)
    assert rows
    for name, row in rows.items():
        is_disputed = asked.worth[name][asked.until] == "disputed"
        assert ("<rect" in row) != is_disputed
        assert ("▲" in row.partition("bar-cell")[0]) == is_disputed


def test_n_counts_those_that_are_ranked(client: TestClient, asked: Asked) -> None:
    page = client.get(f"/compare?{asked.address}").text
    here = [one[asked.until] for one in asked.worth.values() if asked.until in one]
    ranked = here.count("undisputed")
    assert 0 < ranked < len(here)
    assert re.search(rf"（n）</dt><dd>{ranked}</dd>", page)
    assert f"n = {ranked}，另有 {len(here) - ranked} 个有矛盾" in page


def statuses(panel: tuple[Panel, Settings], year: int) -> dict[str, set[str]]:
    """Agencies by what is known of their report on a year, told from what was drawn."""
    found: dict[str, set[str]] = {"gap": set(), "after_last": set(), "present": set()}
    names = panel[0].cells.drop_duplicates("agency_id").set_index("agency_id")["name"]
    for agency_id, name in names.items():
        years = {one for who, one in panel[0].reported if who == agency_id}
        is_there = year in years
        is_gap = not is_there and min(years) < year < max(years)
        status = "present" if is_there else "gap" if is_gap else "after_last"
        if status != "after_last" or max(years) < year:
            found[status].add(name)
    return found


@pytest.mark.parametrize("year", [2021, 2023])
def test_only_gaps_are_listed_as_without_a_report(
    client: TestClient, panel: tuple[Panel, Settings], year: int
) -> None:
    page = client.get(f"/?year={year}").text.partition('id="without"')[2]
    listed = {"gap": set(), "after_last": set()}
    for details in re.findall(r"<details.*?</details>", page, re.DOTALL):
        status = "after_last" if "无从知道" in details else "gap"
        listed[status] = set(re.findall(r">([^<>]+)</a>", details))
    expected = statuses(panel, year)
    assert listed == {name: expected[name] for name in listed}
    assert any(listed.values())
    assert "谁没有公布" not in page


def test_a_share_of_those_known_is_of_all_that_are_known(
    client: TestClient, panel: tuple[Panel, Settings]
) -> None:
    page = client.get("/quality?part=coverage&by=level").text
    table = page.partition("<caption>")[2]
    assert "不等于应当公布的" in table
    agencies = panel[0].agencies
    levels = agencies.groupby("level").size()
    cells = re.findall(r'<td class="number[^"]*">(\d+)/(\d+)(<br>)?', table)
    assert len(cells) == len(levels) * 8
    assert {int(known) for _, known, _ in cells} == set(levels)
    for _, known, share in cells:
        assert bool(share) == (int(known) >= 5)


def test_every_scope_of_a_tier_has_its_own_sums_and_says_of_how_many(
    client: TestClient, panel: tuple[Panel, Settings]
) -> None:
    cells = panel[0].cells
    page = client.get("/?level=county&scope=region&year=2022").text
    rows = cells[
        (cells["indicator"] == "requests.received")
        & (cells["year"] == 2022)
        & (cells["level"] == "county")
        & (cells["scope"] == "region")
        & ~cells["disputed"]
    ]
    total, n = int(rows["value"].sum()), len(rows)
    assert f">{total:,}</a>" in page
    assert f"n = {n}<" in page
    known = int((panel[0].agencies["level"] == "county").sum())
    assert f"库里有 {known} 个县级机关" in page
    assert "scope=agency" in page.partition('class="figures"')[0]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/compare?year=abc", "year=abc"),
        ("/compare?scope=zzz", "scope=zzz"),
        ("/compare?view=zzz", "view=zzz"),
        ("/quality?part=xx", "part=xx"),
        ("/quality?part=coverage&by=xx", "by=xx"),
        ("/?year=1900", "year=1900"),
        ("/?level=xx", "level=xx"),
    ],
)
def test_a_mistyped_address_is_not_answered_as_if_it_had_been_asked(
    client: TestClient, address: str, said: str
) -> None:
    assert f"未予采用：{said}。" in client.get(address).text
    plain = client.get(address.partition("?")[0]).text
    assert "未予采用" not in plain


def test_who_rose_and_who_fell_is_told_where_the_intervals_part(
    client: TestClient, panel: tuple[Panel, Settings]
) -> None:
    """3 of 8 after 2 of 9 was told as a fall."""
    page = client.get("/").text
    told = re.search(r"谁在变好.*?</div>", page, re.DOTALL)
    assert told
    year = int(re.search(r"(\d{4}) 年谁在变好", page)[1])  # type: ignore[index]
    with duckdb.connect(
        str(panel[1].database), read_only=True, config=dict(SETTINGS)
    ) as connection:
        pairs = connection.execute(
            "SELECT n.name_zh, n.rate_low > b.rate_high OR n.rate_high < b.rate_low "
            "FROM rates AS n JOIN rates AS b USING (agency_id, rate_id, scope) "
            "WHERE rate_id = 'granted' AND n.year = $year AND b.year = $year - 1",
            {"year": year},
        ).fetchall()
    named = {name for name, _ in pairs if f">{name}<" in told[0]}
    assert named
    assert named <= {name for name, is_beyond_chance in pairs if is_beyond_chance}


def test_a_question_leads_to_the_rate_it_asks_for(
    client: TestClient, panel: tuple[Panel, Settings]
) -> None:
    with duckdb.connect(
        str(panel[1].database), read_only=True, config=dict(SETTINGS)
    ) as connection:
        name, year, whole = connection.execute(
            "SELECT name_zh, year, denominator FROM rates "
            "WHERE rate_id = 'denied' AND rate IS NOT NULL ORDER BY name_zh, year"
        ).fetchall()[0]
    page = unescape(client.get(f"/find?q={name}{year}年不予公开率").text)
    assert f"{name} {year} 不予公开（2019年起）" in page
    assert f"/ {whole:,.0f})" in page
    ranking = unescape(client.get("/find?q=2021年哪个县不予公开最多").text)
    (address,) = set(re.findall(r'href="(compare[?][^"]*rate=denied&[^"]*)"', ranking))
    assert "level=county" in address
    assert "year=2021" in address
    assert "rate=granted&" not in ranking
    assert client.get(f"/{address}").status_code == 200
    assert "予以公开" not in re.findall(r">([^<>]*)</a>", client.get("/find?q=不予公幵").text)
