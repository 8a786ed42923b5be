"""What speaks against a number goes with it: into changes, downloads, bars and lines."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest

pytest.importorskip("httpx", reason="needs pip install -e '.[mcp]'")
pytest.importorskip("vl_convert", reason="needs pip install -e '.[explorer]'")

from starlette.testclient import TestClient

from pipeline.explorer.app import application
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
