"""Each page and each way through them, as somebody with a browser goes."""

import csv
import io
import re
import shutil
from pathlib import Path

import duckdb
import psutil
import pytest
from browsing import WAIT, Site, Visitor, leave, serve, stop, visit
from openpyxl import load_workbook

pytest.importorskip("playwright", reason="needs pip install -e '.[browser]'")

from playwright.sync_api import BrowserContext, expect

# One warehouse, one server and one browser for all, wherever tests are shared out.
pytestmark = pytest.mark.xdist_group("explorer")

GAOQING = "370322.quality_supervision"
KAIFENG = "410200.quality_supervision"
PAGES = {
    "/": ("政府信息公开年度报告数据", "Numbers from open-government reports"),
    "/compare": ("比较", "Compare"),
    "/agency": ("机关", "Agencies"),
    f"/agency?id={GAOQING}": ("高青县质量技术监督局", "高青县质量技术监督局"),
    "/quality": ("质量", "Quality"),
    "/quality?part=rules": ("质量", "Quality"),
    "/quality?part=quarantine": ("质量", "Quality"),
    "/quality?part=corrections": ("质量", "Quality"),
    "/quality?part=unmapped": ("质量", "Quality"),
    "/quality?part=unresolved": ("质量", "Quality"),
    "/sql": ("SQL", "SQL"),
    "/evidence": ("出处", "Evidence"),
}
# What names texts and errors that must never be seen.
TRACES = re.compile(r"Traceback|Error:|KeyError|duckdb\.|\bNone\b|\{[a-z_]+\}")
CHINESE_TEXTS = re.compile(r"未通过|机关|年度|下载")


def test_every_page_in_both_languages(visitor: Visitor) -> None:
    visitor.open("/")
    for path, titles in PAGES.items():
        mark = "&" if "?" in path else "?"
        for language, title in zip(("zh", "en"), titles, strict=True):
            visitor.go(f"{path}{mark}lang={language}")
            expect(visitor.page.locator("h1")).to_have_text(title)
            shown = visitor.text()
            assert not TRACES.search(shown), (path, TRACES.search(shown))
            assert visitor.page.locator(".alert.error").count() == 0, path
            assert ("English" if language == "zh" else "中文") in shown
            # Headings and labels are the explorer's own; what is under them may be Chinese.
            heads = visitor.page.locator("h2, thead th, dt").all_inner_texts()
            assert language == "zh" or not CHINESE_TEXTS.search(" ".join(heads)), path


def test_two_clicks_from_the_overview_to_the_cell_and_the_sentence(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.follow("高青县质量技术监督局")
    visitor.follow("17")
    expect(visitor.page.locator("h1").first).to_contain_text("主动公开政府信息数")
    cell = visitor.page.locator(".paper td.here")
    expect(cell).to_have_text("17")
    row = visitor.page.locator(".paper tr.trace", has_text="主动公开政府信息数")
    expect(row.first).to_contain_text("17")
    inside, box = cell.bounding_box(), visitor.page.locator(".paper").bounding_box()
    assert inside and box
    assert box["y"] <= inside["y"] <= box["y"] + box["height"], "it was not scrolled to"
    expect(visitor.page.locator("blockquote", has_text="33 条").first).to_be_visible()
    visitor.page.get_by_role("link", name="在原文中看").click()
    sentence = visitor.page.locator(".paper mark", has_text="县质监局共主动公开政府信息 33 条")
    inside = sentence.bounding_box()
    assert inside and box["y"] <= inside["y"] <= box["y"] + box["height"]
    # From there to the sentence's own page, and back by the browser.
    visitor.follow("33 条")
    expect(visitor.page.locator(".paper mark.here")).to_have_text("33")
    visitor.page.go_back()
    visitor.settle()
    expect(visitor.page.locator(".paper td.here")).to_have_text("17")


def test_evidence_holds_the_checks_and_a_citation(visitor: Visitor) -> None:
    visitor.open(f"/evidence?agency={GAOQING}&year=2018&indicator=disclosure.items")
    card = visitor.page.locator("article", has_text="B-I1")
    expect(card).to_contain_text("左边 17，右边 12")
    expect(card.locator(".sides > div").nth(1)).to_contain_text("12")
    citation = visitor.page.locator(".copyable").inner_text()
    for part in ("高青县质量技术监督局", "17条", "002_65d192663e1ca53a.txt", "a7d35267c29aa6c8"):
        assert part in citation
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.get_by_role("button", name="复制").click()
    expect(visitor.page.get_by_role("button", name="已复制")).to_be_visible()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == citation


def test_a_comparison_is_in_its_address(visitor: Visitor, context: BrowserContext) -> None:
    visitor.open("/compare")
    visitor.choose("指标", "disclosure.items")
    visitor.choose("年度", "2018")
    visitor.choose("对照指标（散点图）", "disclosure.channel.website")
    visitor.choose("省份", "山东省")
    visitor.choose("只看这些机关", "高青县")
    visitor.choose("只看这些机关", "嘉祥县质量")
    address = visitor.page.url.removeprefix(visitor.site.address)
    for part in ("indicator=disclosure.items", "against=disclosure.channel.website"):
        assert part in address
    assert address.count("agencies=") == 2
    expect(visitor.page.locator("table.rows tbody tr")).to_have_count(2)
    other = visit(context, visitor.site)
    other.open(address)
    expect(other.page.locator("table.rows tbody tr")).to_have_count(2)
    assert other.page.url == visitor.page.url
    assert other.text() == visitor.text()
    other.follow("English")
    expect(other.page.locator("h1").first).to_have_text("Compare")
    expect(other.page.locator("table.rows tbody tr")).to_have_count(2)
    assert "lang=en" in other.page.url and "indicator=disclosure.items" in other.page.url
    for label, chosen in (("Level", "All"), ("Indicator", "Items of government information")):
        box = other.page.get_by_role("combobox", name=label, exact=True)
        assert box.input_value().startswith(chosen), "it shows the words of the other language"
    leave(other)


def test_going_back_undoes_a_choice(visitor: Visitor) -> None:
    visitor.open("/compare?indicator=disclosure.items&year=2018")
    visitor.follow("17")
    visitor.page.go_back()
    visitor.settle()
    expect(visitor.page.locator("summary").first).to_contain_text("主动公开政府信息数")
    assert "indicator=disclosure.items" in visitor.page.url
    visitor.choose("省份", "河南省")
    expect(visitor.page.locator("table.rows tbody tr")).to_have_count(1)
    visitor.page.go_back()
    visitor.settle()
    assert visitor.page.locator("table.rows tbody tr").count() > 1


def test_downloads_open(visitor: Visitor) -> None:
    visitor.open("/compare?indicator=disclosure.items&year=2018")
    shown = visitor.page.locator("table.rows tbody tr").count()
    data = visitor.download("下载 CSV")
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == shown
    assert {"高青县质量技术监督局": "17"}.items() <= {
        r["name_zh"]: r["value"] for r in rows
    }.items()
    sheet = load_workbook(io.BytesIO(visitor.download("下载 XLSX"))).active
    assert sheet is not None and sheet.max_row == shown + 1
    assert visitor.download("下载图片 PNG").startswith(b"\x89PNG")


def test_an_agency_has_everything_about_it(visitor: Visitor) -> None:
    visitor.open(f"/agency?id={GAOQING}")
    shown = visitor.text()
    for part in ("高青县市场监督管理局", "自相矛盾之处（14）", "B · 年度报告", "山东省"):
        assert part in shown
    rows = list(csv.DictReader(io.StringIO(visitor.download("下载 CSV").decode("utf-8-sig"))))
    assert len(rows) == 75
    visitor.follow("（无标题）")
    expect(visitor.page.locator(".paper")).to_contain_text("县质监局共主动公开政府信息 33 条")


def test_trends_show_their_breaks(visitor: Visitor) -> None:
    """Three years of one agency over three forms: lines, and marks where the form changes."""
    visitor.open("/agency?name=嘉祥县财政局")
    visitor.follow("嘉祥县财政局")
    visitor.page.locator("canvas, svg.marks").nth(2).wait_for(state="attached")
    expect(visitor.page.locator("summary", has_text="断点说明")).to_be_visible()


def test_a_number_from_a_pdf_is_boxed_on_its_page(visitor: Visitor) -> None:
    visitor.open("/agency?name=洪泽")
    visitor.page.locator("table.rows tbody a").first.click()
    visitor.settle()
    visitor.page.locator("table.rows a[href^='evidence']").first.click()
    visitor.settle()
    picture = visitor.page.locator(".sheet img")
    expect(picture).to_be_visible()
    assert visitor.page.evaluate("image => image.naturalWidth", picture.element_handle()) > 600
    expect(visitor.page.locator(".paper .here").first).to_be_visible()
    visitor.page.set_viewport_size({"width": 375, "height": 700})
    for part in (picture, visitor.page.locator(".paper")):
        place = part.bounding_box()
        assert place and place["x"] + place["width"] <= 375, "it is cut on a phone"


def test_a_page_from_the_web_is_shown_as_text(visitor: Visitor) -> None:
    visitor.open("/agency?name=嘉祥县财政局")
    visitor.follow("嘉祥县财政局")
    visitor.page.locator("table.rows a[href^='evidence']").first.click()
    visitor.settle()
    expect(visitor.page.locator(".paper td.here")).to_be_visible()
    paper = visitor.page.locator(".paper")
    assert "<script>window.harmed = 2</script>" in paper.inner_text()
    assert paper.locator("script, img, iframe, a, form").count() == 0


def test_quality_shows_both_quotes_and_what_to_do(visitor: Visitor) -> None:
    visitor.open("/quality?severity=error&rule=B-I1")
    sides = visitor.page.locator("article .sides").first
    assert sides.locator("> div").count() == 2
    left, right = (sides.locator("> div").nth(n).bounding_box() for n in (0, 1))
    assert left and right and left["y"] == right["y"] and left["x"] < right["x"]
    visitor.choose("看什么", "隔离")
    row = visitor.page.locator("table.rows tbody tr", has_text="broken.pdf")
    expect(row).to_contain_text("文件损坏")
    expect(row).to_contain_text("重新下载")


def test_a_withheld_number_says_so_wherever_it_is_looked_for(visitor: Visitor) -> None:
    visitor.open(f"/agency?id={KAIFENG}")
    visitor.follow("已剔除", within="table.rows")
    assert "indicator=requests.received" in visitor.page.url
    told = visitor.page.locator(".alert")
    expect(told).to_contain_text("所印的 1 已于 2026-11-20 剔除，不计入数据")
    expect(told).to_contain_text("<b>机关来函</b>说明误填为上一年度数")
    expect(told).to_contain_text("001_b6ce9a87a66a1839.txt 所印仍是 1")
    expect(visitor.page.locator("h1 ~ p").first).to_contain_text("未采用")
    expect(visitor.page.locator(".paper .here").first).to_contain_text("1")
    visitor.go("/quality?part=corrections&lang=en")
    rows = visitor.page.locator("table.rows tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Not in force")
    expect(rows.nth(0)).to_contain_text("The report gives 236 now")
    expect(rows.nth(1)).to_contain_text("Withheld")
    expect(rows.nth(1)).to_contain_text("<b>机关来函</b>说明误填为上一年度数")
    visitor.follow("1", within="table.rows")
    expect(visitor.page.locator(".alert")).to_contain_text("withheld on 2026-11-20")
    # A number with a decision that is not in force is a fact like any other.
    visitor.go(f"/evidence?agency={KAIFENG}&year=2018&indicator=disclosure.items&lang=zh")
    expect(visitor.page.locator("h1 ~ p").first).to_contain_text("采用为数据")
    assert visitor.page.locator(".alert").count() == 0


def test_the_console_answers_and_refuses(visitor: Visitor) -> None:
    visitor.open("/sql")
    visitor.page.get_by_role("button", name="运行").click()
    visitor.settle()
    assert visitor.page.locator("table.rows tbody tr").count() >= 3
    assert b"name_zh" in visitor.download("下载 CSV")
    box = visitor.page.get_by_role("textbox", name="SQL 语句")
    for sql, told in (
        ("DROP VIEW facts", "这里只能查询"),
        ("SELECT * FROM read_text('/etc/passwd')", "数据库没有接受"),
        ("SELECT nothing", "数据库没有接受"),
        ("SELECT 1 WHERE false", "没有符合条件的行"),
        ("FROM range(2000)", "只列出前 1,000 行"),
    ):
        box.fill(sql)
        box.press("Control+Enter")
        expect(visitor.page.locator(".alert, .empty").last).to_contain_text(told)
        visitor.settle()
        assert not re.search("Traceback|root:", visitor.text())
    assert "sql=FROM" in visitor.page.url


def test_an_address_that_makes_no_sense_gets_a_sentence(visitor: Visitor) -> None:
    visitor.open("/agency?id=nobody&from=abc")
    for path, told in (
        ("/agency?id=nobody", "没有叫“nobody”的机关"),
        ("/agency?name=没有这样的机关", "没有叫“没有这样的机关”的机关"),
        ("/evidence?agency=x&year=abc&indicator=y", "仓库里没有这个数字"),
        ("/evidence?observation=x", "仓库里没有这个数字"),
        ("/evidence?report=x", "仓库里没有这个数字"),
        ("/compare?indicator=nothing&year=1800&level=moon&from=-5", "收到申请数"),
        ("/quality?part=none&rule='; DROP TABLE x --", "这个范围内没有矛盾"),
        ("/quality?from=99999999999999", "错误"),
        ("/sql?example=77", "只读"),
    ):
        visitor.go(path)
        expect(visitor.page.locator('[data-testid="stMain"]')).to_contain_text(told)
        assert visitor.page.locator(".alert.error").count() == 0, path


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    visitor.open("/")
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        focus = "document.activeElement.shadowRoot?.activeElement?.textContent"
        named = visitor.page.evaluate(
            "() => { let a = document.activeElement;"
            " while (a?.shadowRoot?.activeElement) a = a.shadowRoot.activeElement;"
            " return a?.textContent ?? ''; }"
        )
        if named == "高青县质量技术监督局":
            break
    assert named == "高青县质量技术监督局", focus
    visitor.page.keyboard.press("Enter")
    visitor.settle()
    expect(visitor.page.locator("h1").first).to_have_text("高青县质量技术监督局")


def test_what_screen_readers_are_told(visitor: Visitor) -> None:
    visitor.open("/")
    assert visitor.page.locator("h1").count() == 1
    for table in visitor.page.locator("table.rows").all():
        assert table.locator("th[scope=col]").count() > 1
        assert table.locator("tbody th[scope=row]").count() >= 1
    chart = visitor.page.locator("[aria-label*='热力图']")
    assert chart.count() >= 1


def test_a_phone_never_scrolls_sideways(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 375, "height": 700})
    visitor.open("/")
    for path in (*PAGES, f"/evidence?agency={GAOQING}&year=2018&indicator=disclosure.items"):
        visitor.go(path)
        main = "document.querySelector('[data-testid=\"stMain\"]')"
        assert visitor.page.evaluate(f"{main}.scrollWidth") <= 375, path


def test_a_new_publication_shows_by_itself(
    context: BrowserContext, site: Site, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.duckdb", tmp_path / "second.duckdb"
    for copy in (first, second):
        shutil.copy(site.warehouse / "gongkai.duckdb", copy)
    with duckdb.connect(str(second)) as connection:
        connection.execute(
            "UPDATE dim_agency SET name_zh = '新来的局' WHERE agency_id = ?", [GAOQING]
        )
    running = serve(site.raw, tmp_path, tmp_path / "log")
    try:
        guest = visit(context, running)
        guest.page.goto(running.address)
        expect(guest.page.locator(".empty")).to_contain_text("gongkai build", timeout=WAIT)
        for published, shown in ((first, "高青县质量技术监督局"), (second, "新来的局")):
            (tmp_path / "next").symlink_to(published)
            (tmp_path / "next").replace(tmp_path / "gongkai.duckdb")
            expect(guest.page.get_by_text(shown).first).to_be_visible(timeout=WAIT)
        leave(guest)
    finally:
        stop(running)


def test_it_listens_on_this_machine_alone(site: Site) -> None:
    server = psutil.Process(site.process.pid)
    everyone = [server, *server.children(recursive=True)]
    listening = {
        one.laddr.ip
        for process in everyone
        for one in process.net_connections(kind="inet")
        if one.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}
