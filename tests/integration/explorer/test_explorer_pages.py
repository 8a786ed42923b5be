"""Each page and each way through them, as somebody with a browser goes."""

import csv
import io
import re
import shutil
from pathlib import Path

import duckdb
import psutil
import pytest
from browsing import MEASURE, WAIT, Site, Visitor, leave, serve, stop, visit
from openpyxl import load_workbook

pytest.importorskip("playwright", reason="needs pip install -e '.[browser]'")

from playwright.sync_api import BrowserContext, expect

GAOQING = "370322.quality_supervision"
KAIFENG = "410200.quality_supervision"
EVIDENCE = f"/evidence?agency={GAOQING}&year=2018&indicator=disclosure.items"
PAGES = {
    "/": ("政府信息公开：全国情况", "Open government in China"),
    "/compare?indicator=disclosure.items": (
        "主动公开政府信息数",
        "Items of government information",
    ),
    "/compare": ("年", "all agencies"),
    "/agency": ("机关", "Agencies"),
    f"/agency?id={GAOQING}": ("高青县质量技术监督局", "高青县质量技术监督局"),
    "/quality": ("质量", "Quality"),
    "/quality?part=rules": ("质量", "Quality"),
    "/quality?part=quarantine": ("质量", "Quality"),
    "/quality?part=corrections": ("质量", "Quality"),
    "/quality?part=unmapped": ("质量", "Quality"),
    "/quality?part=unresolved": ("质量", "Quality"),
    "/quality?part=coverage": ("质量", "Quality"),
    "/quality?part=runs": ("质量", "Quality"),
    "/sql": ("SQL", "SQL"),
    "/evidence": ("出处", "Evidence"),
    "/find?q=高青": ("高青", "高青"),
    EVIDENCE: ("主动公开政府信息数", "Items of government information"),
}
# What names texts and errors that must never be seen.
TRACES = re.compile(r"Traceback|Error:|KeyError|duckdb\.|\bNone\b|\{[a-z_]+\}")
CHINESE_TEXTS = re.compile(r"未通过|机关|年度|下载")
MOST_BYTES, MOST_REQUESTS, MOST_MOVED = 600_000, 25, 0.1


@pytest.mark.parametrize(("language", "width", "other"), [("zh", 1280, 375), ("en", 375, 1280)])
def test_every_page_is_whole_light_and_still(
    visitor: Visitor, language: str, width: int, other: int
) -> None:
    """In both languages, at a desk and on a phone: opened on one, and turned into the other."""
    for path, titles in PAGES.items():
        visitor.page.set_viewport_size({"width": width, "height": 800})
        visitor.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        title = titles[language == "en"]
        expect(visitor.page.locator("h1")).to_contain_text(title)
        shown = visitor.text()
        assert not TRACES.search(shown), (path, TRACES.search(shown))
        assert visitor.page.locator(".alert.error").count() == 0, path
        assert ("English" if language == "zh" else "中文") in shown
        assert visitor.page.evaluate("document.documentElement.lang")[:2] == language
        assert "gongkai" in visitor.page.title() and len(visitor.page.title()) > 12
        # Headings and labels are the explorer's own; what is under them may be Chinese.
        heads = visitor.page.locator("h2, thead th, dt, nav, button").all_inner_texts()
        assert language == "zh" or not CHINESE_TEXTS.search(" ".join(heads)), path
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, path
        taken = visitor.page.evaluate(MEASURE)
        assert taken["bytes"] <= MOST_BYTES, (path, taken)
        assert taken["requests"] <= MOST_REQUESTS, (path, taken)
        assert taken["moved"] <= MOST_MOVED, (path, taken)
        visitor.page.set_viewport_size({"width": other, "height": 800})
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= other, path


def test_a_few_clicks_from_the_first_page_to_the_cell_and_the_sentence(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.locator("#q").fill("高青质监局")
    visitor.press("搜索")
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
    expect(visitor.page.locator(".evidence blockquote", has_text="33 条").first).to_be_visible()
    visitor.page.get_by_role("link", name="在原文中看").first.click()
    sentence = visitor.page.locator(".paper mark", has_text="县质监局共主动公开政府信息 33 条")
    inside, box = sentence.bounding_box(), visitor.page.locator(".paper").bounding_box()
    assert inside and box and box["y"] <= inside["y"] <= box["y"] + box["height"]
    # From there to the sentence's own page, and back by the browser.
    visitor.follow("33 条")
    expect(visitor.page.locator(".paper mark.here")).to_have_text("33")
    visitor.page.go_back()
    expect(visitor.page.locator(".paper td.here")).to_have_text("17")


def test_evidence_tells_first_what_contradicts_it_and_how_to_cite_it(visitor: Visitor) -> None:
    visitor.open(EVIDENCE)
    card = visitor.page.locator("article", has_text="B-I1")
    expect(card).to_contain_text("左边 17，右边 12")
    expect(card.locator(".sides > div").nth(1)).to_contain_text("12")
    above, paper = card.bounding_box(), visitor.page.locator(".paper").bounding_box()
    assert above and paper and above["y"] < paper["y"]
    expect(visitor.page.locator(".state .tag.fail").first).to_be_visible()
    assert visitor.page.locator(".state .tag.pass").count() == 0
    citation = visitor.page.locator(".citation .copyable").inner_text()
    for part in ("高青县质量技术监督局", "17条", "002_65d192663e1ca53a.txt", "a7d35267c29aa6c8"):
        assert part in citation
    assert "本机关口径，有矛盾" in citation, "what is cited loses its doubt"
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.get_by_role("button", name="复制").click()
    expect(visitor.page.get_by_role("button", name="已复制")).to_be_visible()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == citation


def test_a_comparison_is_in_its_address(visitor: Visitor, context: BrowserContext) -> None:
    visitor.open("/compare?indicator=disclosure.items&against=disclosure.channel.website")
    visitor.choose("年度", "2018")
    visitor.choose("省份", "山东省")
    for name in ("高青县质监局", "嘉祥县质监局"):
        visitor.page.get_by_label("只看这些机关").fill(name)
        visitor.press("查看")
    address = visitor.page.url.removeprefix(visitor.site.address)
    for part in ("indicator=disclosure.items", "against=disclosure.channel.website", "agencies="):
        assert part in address
    expect(visitor.page.locator("table.rows tbody tr")).to_have_count(2)
    other = visit(context, visitor.site)
    other.open(address)
    assert other.text() == visitor.text()
    other.page.get_by_role("link", name="English").click()
    expect(other.page.locator("h1").first).to_contain_text("Items of government information")
    expect(other.page.locator("table.rows tbody tr")).to_have_count(2)
    assert "lang=en" in other.page.url and "indicator=disclosure.items" in other.page.url
    leave(other)


def test_going_back_undoes_a_choice(visitor: Visitor) -> None:
    visitor.open("/compare?indicator=disclosure.items&year=2018")
    before = visitor.page.locator("table.rows tbody tr").count()
    visitor.choose("省份", "河南省")
    visitor.press("查看")
    expect(visitor.page.locator("table.rows tbody tr")).to_have_count(1)
    visitor.page.go_back()
    expect(visitor.page.locator("table.rows tbody tr")).to_have_count(before)
    assert before > 1


def test_a_click_on_a_head_sorts(visitor: Visitor) -> None:
    visitor.open("/compare?indicator=disclosure.items&year=2018")
    names = "table.rows tbody th"
    first = visitor.page.locator(names).first.inner_text()
    visitor.follow("主动公开政府信息数", within="thead")
    visitor.follow("主动公开政府信息数", within="thead")
    assert "sort=value" in visitor.page.url
    expect(visitor.page.locator("thead th[aria-sort=ascending]")).to_have_count(1)
    assert visitor.page.locator(names).first.inner_text() != first


def test_downloads_open(visitor: Visitor) -> None:
    visitor.open("/compare?indicator=disclosure.items&year=2018")
    shown = visitor.page.locator("table.rows tbody tr").count()
    data = visitor.download("下载 CSV")
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == shown
    values = {row["name_zh"]: (row["value"], row["standing"]) for row in rows}
    assert values["高青县质量技术监督局"][0] == "17.0"
    assert all(standing for _, standing in values.values())
    book = load_workbook(io.BytesIO(visitor.download("下载 XLSX")))
    assert book.worksheets[0].max_row == shown + 1
    assert "主动公开政府信息数" in str(book["notes"]["A1"].value)
    assert visitor.download("下载图片 PNG").startswith(b"\x89PNG")
    assert b"<svg" in visitor.download("下载图片 SVG")


def test_an_agency_has_everything_about_it(visitor: Visitor) -> None:
    visitor.open(f"/agency?id={GAOQING}")
    shown = visitor.text()
    for part in ("高青县市场监督管理局", "自相矛盾之处（14）", "B · 年度报告", "山东省"):
        assert part in shown
    rows = list(csv.DictReader(io.StringIO(visitor.download("下载 CSV").decode("utf-8-sig"))))
    assert len(rows) == 75
    alone = visitor.download("下载本机关的单页文件").decode()
    assert "高青县质量技术监督局" in alone and "<script" not in alone
    visitor.follow("（无标题）")
    expect(visitor.page.locator(".paper")).to_contain_text("县质监局共主动公开政府信息 33 条")


def test_trends_show_their_breaks(visitor: Visitor) -> None:
    """Three years of one agency over three forms: lines, and marks where the form changes."""
    visitor.open("/agency?name=嘉祥县财政局")
    visitor.follow("嘉祥县财政局")
    plots = visitor.page.locator("#trends svg.plot")
    assert plots.count() >= 2
    assert plots.first.get_attribute("role") == "img"
    assert re.search(r"\d{4}: ", plots.first.get_attribute("aria-label") or "")
    assert visitor.page.locator("#trends .break-name").count() >= 1
    expect(visitor.page.locator("#trends figure p.note").first).to_be_visible()


def test_a_number_from_a_pdf_is_boxed_on_its_page(visitor: Visitor) -> None:
    visitor.open("/agency?name=洪泽")
    visitor.page.locator("table.rows tbody a").first.click()
    visitor.page.locator("table.rows a[href^='evidence']").first.click()
    picture = visitor.page.locator(".sheet img")
    expect(picture).to_be_visible()
    assert visitor.page.evaluate("image => image.naturalWidth", picture.element_handle()) > 600
    expect(visitor.page.locator(".paper .here").first).to_be_visible()
    citation = visitor.page.locator(".citation .copyable").inner_text()
    assert re.search(r"第 \d+ 页", citation) and "字符" not in citation
    visitor.page.set_viewport_size({"width": 375, "height": 700})
    for part in (picture, visitor.page.locator(".paper")):
        place = part.bounding_box()
        assert place and place["x"] + place["width"] <= 375, "it is cut on a phone"


def test_a_page_from_the_web_is_shown_as_text(visitor: Visitor) -> None:
    visitor.open("/agency?name=嘉祥县财政局")
    visitor.follow("嘉祥县财政局")
    visitor.page.locator("table.rows a[href^='evidence']").first.click()
    expect(visitor.page.locator(".paper td.here")).to_be_visible()
    paper = visitor.page.locator(".paper")
    assert "<script>window.harmed = 2</script>" in paper.inner_text()
    assert paper.locator("script, img, iframe, a, form").count() == 0


def test_quality_shows_both_sides_and_what_to_do(visitor: Visitor) -> None:
    visitor.open("/quality?severity=error&rule=B-I1")
    sides = visitor.page.locator("article .sides").first
    assert sides.locator("> div").count() == 2
    left, right = (sides.locator("> div").nth(n).bounding_box() for n in (0, 1))
    assert left and right and left["y"] == right["y"] and left["x"] < right["x"]
    visitor.follow("隔离的文件")
    row = visitor.page.locator("table.rows tbody tr", has_text="broken.pdf")
    expect(row).to_contain_text("文件损坏")
    expect(row).to_contain_text("重新下载")


def test_a_withheld_number_says_so_wherever_it_is_looked_for(visitor: Visitor) -> None:
    visitor.open(f"/agency?id={KAIFENG}")
    visitor.follow("已剔除", within="table.rows")
    assert "indicator=requests.received" in visitor.page.url
    told = visitor.page.locator(".alert").last
    expect(told).to_contain_text("所印的 1 已于 2026-11-20 剔除，不计入数据")
    expect(told).to_contain_text("<b>机关来函</b>说明误填为上一年度数")
    expect(told).to_contain_text("001_b6ce9a87a66a1839.txt 所印仍是 1")
    expect(visitor.page.locator(".state")).to_contain_text("未采用")
    expect(visitor.page.locator(".paper .here").first).to_contain_text("1")
    visitor.open("/quality?part=corrections&lang=en")
    rows = visitor.page.locator("table.rows tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Not in force")
    expect(rows.nth(0)).to_contain_text("The report gives 236 now")
    expect(rows.nth(1)).to_contain_text("Withheld")
    expect(rows.nth(1)).to_contain_text("<b>机关来函</b>说明误填为上一年度数")
    visitor.follow("1", within="table.rows")
    expect(visitor.page.locator(".alert").last).to_contain_text("withheld on 2026-11-20")
    # A number with a decision that is not in force is a fact like any other.
    visitor.open(f"/evidence?agency={KAIFENG}&year=2018&indicator=disclosure.items")
    expect(visitor.page.locator(".state")).to_contain_text("采用为数据")
    assert visitor.page.locator(".alert").count() == 0


def test_the_console_answers_and_refuses(visitor: Visitor) -> None:
    visitor.open("/sql")
    visitor.press("运行")
    assert visitor.page.locator("table.rows tbody tr").last.is_visible()
    assert b"name_zh" in visitor.download("下载 CSV")
    for sql, told in (
        ("DROP VIEW facts", "这里只能查询"),
        ("SELECT * FROM read_text('/etc/passwd')", "数据库没有接受"),
        ("SELECT nothing", "数据库没有接受"),
        ("SELECT 1 WHERE false", "没有符合条件的行"),
        ("FROM range(2000)", "只列出前 1,000 行"),
    ):
        box = visitor.page.get_by_role("textbox", name="SQL 语句")
        box.fill(sql)
        box.press("Control+Enter")
        expect(visitor.page.locator(".alert, .empty").last).to_contain_text(told)
        assert not re.search("Traceback|root:", visitor.text())
    assert "sql=FROM" in visitor.page.url
    # What comes by an address stands in the field and is not run.
    visitor.page.reload()
    expect(visitor.page.get_by_role("textbox", name="SQL 语句")).to_have_value("FROM range(2000)")
    assert visitor.page.locator(".alert").count() == 0


def test_an_address_that_makes_no_sense_gets_a_sentence(visitor: Visitor) -> None:
    for path, told in (
        ("/agency?id=nobody&from=abc", "没有叫“nobody”的机关"),
        ("/agency?name=没有这样的机关", "没有叫“没有这样的机关”的机关"),
        ("/evidence?agency=x&year=abc&indicator=y", "仓库里没有这个数字"),
        ("/evidence?observation=x", "仓库里没有这个数字"),
        ("/evidence?report=x", "仓库里没有这个数字"),
        ("/compare?indicator=nothing&year=1800&level=moon&from=-5", "没有叫“nothing”的"),
        ("/compare?indicator=requests.received&year=1800", "没有机关报告"),
        ("/compare?rate=nothing", "没有叫“nothing”的"),
        ("/quality?part=none&rule='; DROP TABLE x --", "这个范围内没有矛盾"),
        ("/quality?from=99999999999999", "错误"),
        ("/sql?example=77", "只读"),
        ("/nosuchpage", "没有这一页"),
        ("/no/such/page", "没有这一页"),
        ("/compare.exe", "没有这一页"),
    ):
        visitor.open(path)
        expect(visitor.page.locator("main")).to_contain_text(told)
        assert visitor.page.locator(".alert.error").count() == 0, path


def test_the_search_knows_short_names_initials_labels_and_slips(visitor: Visitor) -> None:
    for words, told in (
        ("高青质监局", "高青县质量技术监督局"),
        ("gqx", "高青县质量技术监督局"),
        ("主动公开政府信息", "主动公开政府信息数"),
        ("CD-E3", "CD-E3"),
        ("002_65d192663e1ca53a", "高青县质量技术监督局"),
        ("高青县质里技术监督居", "高青县质量技术监督局"),
        ("高青县质量技术监督局2018年收到申请", "高青县质量技术监督局 2018 收到申请"),
        ("高青县质量技术监督局 收到申请", "高青县质量技术监督局 2018 收到申请"),
    ):
        visitor.open(f"/find?q={words}")
        expect(visitor.page.locator("main")).to_contain_text(told)
    visitor.open("/")
    field = visitor.page.locator("#q")
    field.press_sequentially("高青")
    options = visitor.page.locator("#suggestions option")
    options.first.wait_for(state="attached")
    assert "高青" in (options.first.get_attribute("value") or "")


def test_the_keyboard_is_enough_and_every_stop_is_seen(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 800})
    visitor.open(f"/agency?id={GAOQING}")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    for _ in range(25):
        place = visitor.page.evaluate(
            "() => { const a = document.activeElement, r = a.getBoundingClientRect();"
            " return [r.left, r.width, r.top, getComputedStyle(a).outlineStyle]; }"
        )
        left, width, top, outline = place
        assert left + width > 0 and width > 0 and 0 <= top < 800, place
        assert outline != "none", place
        visitor.page.keyboard.press("Tab")
    visitor.open("/agency?name=高青")
    link = visitor.page.locator("table.rows tbody a").first
    link.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("h1").first).to_have_text("高青县质量技术监督局")


def test_what_screen_readers_are_told(visitor: Visitor) -> None:
    for path in PAGES:
        visitor.open(path)
        assert visitor.page.locator("h1").count() == 1, path
        for table in visitor.page.locator("table.rows").all():
            assert table.locator("caption").count() == 1, path
            assert table.locator("th[scope=col]").count() > 1, path
        unnamed = visitor.page.locator("svg.plot:not([aria-label])").count()
        assert unnamed == 0, path
        digits = "a => a.filter(one => !one.ariaLabel && /^[\\d,.%]+$/.test(one.innerText)).length"
        bare = visitor.page.locator("main td a, main th a").evaluate_all(digits)
        assert bare <= visitor.page.locator("#all a").count(), (path, "links named by a digit")


def test_paper_holds_the_whole_page(visitor: Visitor) -> None:
    visitor.open(EVIDENCE)
    visitor.page.emulate_media(media="print")
    paper = visitor.page.locator(".paper")
    cut = paper.evaluate("box => box.scrollHeight - box.clientHeight")
    assert cut <= 1
    assert not visitor.page.locator("header.top").is_visible()
    visitor.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert visitor.page.locator("details:not([open])").count() == 0
    expect(visitor.page.locator("footer .address")).to_contain_text("/evidence?agency=")
    visitor.page.emulate_media(media="screen")


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
    published = tmp_path / "gongkai.duckdb"
    published.symlink_to(first)
    running = serve(site.raw, tmp_path, tmp_path / "log")
    try:
        guest = visit(context, running)
        guest.page.goto(f"{running.address}/agency?id={GAOQING}")
        expect(guest.page.locator("h1")).to_have_text("高青县质量技术监督局")
        (tmp_path / "next").symlink_to(second)
        (tmp_path / "next").replace(published)
        expect(guest.page.locator("h1")).to_have_text("新来的局", timeout=WAIT)
        # Where it has gone, the page says so, and notices by itself when it is back.
        published.unlink()
        expect(guest.page.locator(".empty")).to_contain_text("gongkai build", timeout=WAIT)
        published.symlink_to(first)
        expect(guest.page.locator("h1")).to_have_text("高青县质量技术监督局", timeout=WAIT)
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
