"""Names, labels and quotes that would be markup, markdown or formulas stay text everywhere."""

import csv
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from browsing import GONGKAI, Site, Visitor, leave, serve, stop, visit
from openpyxl import load_workbook

pytest.importorskip("playwright", reason="needs pip install -e '.[browser]'")

from playwright.sync_api import BrowserContext, expect

from pipeline.explorer.console import ROWS, ask
from pipeline.explorer.opening import Published
from pipeline.explorer.texts import cookbook
from tests.integration.drawn_store import draw, publish

NAMES = (
    "<script>window.harmed = 1</script>",
    '<img src="http://203.0.113.9/x.png" onerror="window.harmed = 2">',
    '=HYPERLINK("http://203.0.113.9","甲")',
    "**粗** :red[红] $x^2$ [链接](http://203.0.113.9) :smile:",
    "</div><iframe src='http://203.0.113.9'></iframe>&lt;b&gt;",
    "@SUM(A1)+1",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    drawn = draw(70, seed=4)
    number = drawn.reports["agency_id"].astype("category").cat.codes
    drawn.reports["name_zh"] = [NAMES[n % len(NAMES)] + str(n) for n in number]
    drawn.reports["title"] = NAMES[0]
    drawn.reports["province"] = drawn.reports["province"].where(
        drawn.reports["province"] != "山东省", NAMES[1]
    )
    few = drawn.facts["n"] < 6
    drawn.facts.loc[few, "label"] = [NAMES[n % len(NAMES)] for n in range(int(few.sum()))]
    drawn.checks["message_zh"] = drawn.checks["message_en"] = NAMES[1]
    settings = publish(drawn, tmp_path_factory.mktemp("hostile"))
    with duckdb.connect(str(settings.database)) as connection:
        connection.execute(
            "UPDATE observation SET indicator_id = NULL WHERE ends_with(observation_id, '.5')"
        )
    running = serve(Path(str(settings.raw)), settings.warehouse, settings.warehouse / "log")
    yield running
    stop(running)


@pytest.fixture
def guest(context: BrowserContext, hostile: Site) -> Iterator[Visitor]:
    found = visit(context, hostile)
    yield found
    leave(found)


def test_every_page_shows_them_letter_by_letter(guest: Visitor) -> None:
    for path in (
        "/?year=2022",
        f"/find?q={NAMES[0][:8]}",
        "/compare?indicator=disclosure.items",
        "/compare?indicator=disclosure.items&view=years",
        "/compare?indicator=disclosure.items&view=multiples",
        "/compare?indicator=disclosure.items&view=scatter&against=requests.received&lang=en",
        "/agency",
        "/quality?lang=zh",
        "/quality?part=rules",
        "/quality?part=unmapped",
        "/quality?part=unresolved",
        "/quality?part=quarantine",
        "/quality?part=coverage",
    ):
        guest.open(path)
        assert guest.page.locator(".alert.error").count() == 0, path
        if "quarantine" not in path and guest.page.locator(".empty").count() == 0:
            assert any(name in str(guest.page.content()).replace("&lt;", "<").replace("&gt;", ">")
                       .replace("&amp;", "&") for name in NAMES), path  # fmt: skip
        made = guest.page.locator("main :is(script, iframe, img[onerror], .katex)")
        assert made.count() == 0, path
    guest.open("/agency?name=iframe")
    guest.page.locator("table.rows tbody a").first.click()
    assert NAMES[4] in guest.page.locator("h1").inner_text()
    guest.page.locator("table.rows a[href^='evidence']").first.click()
    assert NAMES[4] in guest.page.locator("h1").inner_text()
    # The document was never read: the quote stands in for it, and the page says why.
    expect(guest.page.locator(".alert").first).to_contain_text("没有留下")
    expect(guest.page.locator("blockquote").first).to_be_visible()


def test_choices_and_charts_take_them_for_text_too(guest: Visitor) -> None:
    guest.open("/compare?indicator=disclosure.items")
    guest.page.get_by_label("省份", exact=True).select_option(value=NAMES[1])
    guest.press("查看")
    expect(guest.page.get_by_label("省份", exact=True)).to_have_value(NAMES[1])
    guest.open("/compare?indicator=disclosure.items&view=years")
    assert guest.page.locator("svg.plot title", has_text="<script>").count() > 0
    assert guest.page.locator("svg :is(script, iframe, img, foreignObject)").count() == 0


def test_downloads_compute_nothing(guest: Visitor) -> None:
    guest.open("/compare?indicator=disclosure.items")
    rows = list(csv.reader(io.StringIO(guest.download("下载 CSV").decode("utf-8-sig"), newline="")))
    assert len(rows) > 3
    assert any(NAMES[2] in value for row in rows for value in row)
    for row in rows[1:]:
        for value in row[:2]:
            assert not value.startswith(("=", "+", "-", "@", "\t"))
    sheet = load_workbook(io.BytesIO(guest.download("下载 XLSX"))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_console_shows_them_as_text(guest: Visitor) -> None:
    guest.open("/sql")
    box = guest.page.get_by_role("textbox", name="SQL 语句")
    box.fill('SELECT DISTINCT name_zh AS "<b>名</b>" FROM dim_agency')
    box.press("Control+Enter")
    expect(guest.page.locator("table.rows thead").last).to_contain_text("<b>名</b>")
    assert any(name in guest.text() for name in NAMES)


def test_a_site_of_them_is_text_too(guest: Visitor, hostile: Site, tmp_path: Path) -> None:
    out = tmp_path / "site"
    command = [str(GONGKAI), "site", "--out", str(out), "--warehouse", str(hostile.warehouse)]
    subprocess.run(command, check=True, capture_output=True)
    for page in (
        "index.html",
        *(f"agency/{one.name}" for one in list((out / "agency").iterdir())[:6]),
    ):
        guest.page.goto((out / page).as_uri())
        assert guest.page.locator("main :is(script, iframe, img)").count() == 0
        assert guest.page.evaluate("window.harmed") is None
    guest.page.locator("#q").fill("iframe")
    expect(guest.page.locator("#found a").first).to_contain_text("<iframe")
    guest.requests.clear()
    guest.open("/")


def test_a_long_table_is_turned_page_by_page(guest: Visitor) -> None:
    guest.open("/quality")
    first = guest.page.locator("article").first.inner_text()
    guest.follow("后面的 →")
    assert "from=20" in guest.page.url
    assert guest.page.locator("article").first.inner_text() != first
    guest.follow("← 前面的")
    assert guest.page.locator("article").first.inner_text() == first


@pytest.mark.parametrize("example", cookbook(), ids=lambda one: one.en)
def test_every_example_of_the_cookbook_answers(hostile: Site, example: object) -> None:
    opened = Published(hostile.warehouse / "gongkai.duckdb").current()
    answer = ask(opened, example.sql)  # type: ignore[attr-defined]
    assert 0 < len(answer.rows) <= ROWS
