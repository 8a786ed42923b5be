"""Names, labels and quotes that would be markup, markdown or formulas stay text everywhere."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from browsing import Site, Visitor, leave, serve, stop, visit
from openpyxl import load_workbook

pytest.importorskip("playwright", reason="needs pip install -e '.[browser]'")

from playwright.sync_api import BrowserContext, expect

from pipeline.explorer.console import ROWS, ask
from pipeline.explorer.opening import Published
from pipeline.explorer.texts import cookbook
from tests.integration.drawn_store import draw, publish

pytestmark = pytest.mark.xdist_group("explorer")

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
    drawn = draw(150, seed=4)
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
    guest.open("/")
    for path in (
        "/",
        f"/?find={NAMES[0][:8]}",
        "/compare?indicator=disclosure.items",
        "/compare?indicator=disclosure.items&against=requests.received&lang=en",
        "/agency",
        "/quality?lang=zh",
        "/quality?part=rules",
        "/quality?part=unmapped",
        "/quality?part=unresolved",
        "/quality?part=quarantine",
    ):
        guest.go(path)
        assert guest.page.locator(".alert.error").count() == 0, path
        if "quarantine" not in path and guest.page.locator(".empty").count() == 0:
            assert any(name in guest.text() for name in NAMES), (path, guest.text())
    guest.go("/agency?name=iframe")
    guest.page.locator("table.rows tbody a").first.click()
    guest.settle()
    assert NAMES[4] in guest.page.locator("h1").inner_text()
    guest.page.locator("table.rows a[href^='evidence']").first.click()
    guest.settle()
    assert NAMES[4] in guest.page.locator("h1").inner_text()
    # The document was never read: the quote stands in for it, and the page says why.
    expect(guest.page.locator(".alert").first).to_contain_text("没有留下")
    expect(guest.page.locator("blockquote").first).to_be_visible()


def test_widgets_and_charts_take_them_for_text_too(guest: Visitor) -> None:
    guest.open("/compare?indicator=disclosure.items")
    for name in (NAMES[0], NAMES[3]):
        box = guest.page.get_by_role("combobox", name="只看这些机关")
        box.click()
        box.fill(name[:4])
        options = guest.page.get_by_role("option")
        options.first.wait_for()
        assert any(one.startswith(name) for one in options.all_inner_texts())
        assert guest.page.locator("[role=option] :is(img, a, strong, script, .katex)").count() == 0
        box.fill("")
        guest.page.locator("h1").click()
        options.first.wait_for(state="hidden")
    guest.choose("省份", "<img")
    assert guest.page.get_by_role("combobox", name="省份").input_value() == NAMES[1]
    guest.page.locator("canvas, svg.marks").first.hover(position={"x": 300, "y": 40})
    guest.page.wait_for_timeout(300)
    assert guest.page.locator("#vg-tooltip-element :is(img, script, iframe)").count() == 0


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
