"""Five questions of a journalist, each in at most four clicks; and the same pages in a folder."""

import csv
import functools
import io
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pytest
from browsing import GONGKAI, Site, Visitor, leave, serve, stop, visit
from panel import PROVINCE, YEARS, Panel, publish

pytest.importorskip("playwright", reason="needs pip install -e '.[browser]'")

from playwright.sync_api import BrowserContext, expect

from pipeline.settings import Settings

pytestmark = pytest.mark.slow

LAST = 2023
# Of siblings made alike two stay: axe looks at each for a hundred rules, and what one breaks its
# like breaks too. Ids that recur are found between two.
THINNED = """() => {
  const shape = (node) => node.tagName + node.getAttributeNames().join() + '.'
    + [...node.classList].join() + '(' + [...node.children].map(shape).join('') + ')';
  const met = new Map();
  for (const one of document.querySelectorAll('tr, li, article, figure')) {
    const alike = met.get(one.parentNode) || {};
    met.set(one.parentNode, alike);
    const kind = shape(one);
    alike[kind] = (alike[kind] || 0) + 1;
    if (alike[kind] > 2) one.remove();
  }
}"""


@pytest.fixture(scope="module")
def province(
    panel: tuple[Panel, Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Governments and bureaus of one province over eight years."""
    _, settings = panel
    log = tmp_path_factory.mktemp("province") / "log"
    running = serve(Path(str(settings.raw)), settings.warehouse, log)
    yield running
    stop(running)


@pytest.fixture
def reader(context: BrowserContext, province: Site) -> Iterator[Visitor]:
    """Comes by an address."""
    found = visit(context, province)
    yield found
    leave(found)


@pytest.fixture
def journalist(reader: Visitor) -> Iterator[Visitor]:
    """Begins at the first page, and clicks four times at most."""
    reader.open("/")
    yield reader
    assert reader.clicks <= 4


def asked(site: Site, sql: str) -> list[Any]:
    with duckdb.connect(str(site.warehouse / "gongkai.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_which_county_of_a_province_grants_least(journalist: Visitor) -> None:
    journalist.page.locator(".tiles a", has_text=PROVINCE[:2]).click()
    journalist.clicks += 1
    journalist.follow(re.compile("本区域口径"))
    journalist.follow("予以公开", within="thead")
    journalist.follow("予以公开", within="thead")
    shown = journalist.page.locator("table.rows tbody tr").first
    expect(journalist.page.locator("h1")).to_contain_text("县级")
    ((least,),) = asked(
        journalist.site,
        f"SELECT min(rate) FROM rates WHERE rate_id = 'granted' AND year = {LAST} "
        "AND level = 'county' AND scope = 'region' AND standing <> 'disputed'",
    )
    text = shown.locator("td").nth(1).inner_text()
    assert float(text.rstrip("%▲ ").split("%")[0]) == round(100 * least, 1)


def test_did_it_get_better_since_2019(journalist: Visitor) -> None:
    journalist.page.locator(".tiles a", has_text=PROVINCE[:2]).click()
    journalist.clicks += 1
    journalist.choose("自", "2019")
    journalist.press("查看")
    heads = journalist.page.locator("table.rows thead")
    expect(heads).to_contain_text("比 2019 年")
    changes = journalist.page.locator("table.rows tbody :is(.up, .down, .level)")
    assert changes.count() > 5
    assert "百分点" in changes.first.inner_text()


def test_is_this_number_disputed_and_where_does_it_stand(journalist: Visitor) -> None:
    ((name, value),) = asked(
        journalist.site,
        "SELECT name_zh, value::INT FROM facts WHERE indicator_id = 'requests.received' "
        "AND standing = 'disputed' ORDER BY year DESC, name_zh LIMIT 1",
    )
    journalist.page.locator("#q").fill(name)
    journalist.press("搜索")
    journalist.follow(name)
    row = journalist.page.locator("#numbers tr", has_text="收到申请").first
    row.locator("td", has_text="▲").last.locator("a").first.click()
    journalist.clicks += 1
    expect(journalist.page.locator(".state")).to_contain_text("核验不成立")
    expect(journalist.page.locator(".state")).to_contain_text(f"{value:,}")
    expect(journalist.page.locator("#failed article").first).to_be_visible()
    expect(journalist.page.locator("dd", has_text="第 1 张表").first).to_be_visible()


def test_of_whom_no_report_is_known_for_last_year(journalist: Visitor) -> None:
    expect(journalist.page.locator("h2#without")).to_contain_text(str(LAST))
    folded = journalist.page.locator("h2#without ~ details", has_text="无从知道")
    rows = asked(
        journalist.site,
        f"SELECT name_zh FROM coverage WHERE year = {LAST} AND status = 'after_last'",
    )
    assert sorted(folded.locator("li a").all_text_contents()) == sorted(name for (name,) in rows)
    assert rows


def test_give_me_the_chart_for_my_article(journalist: Visitor) -> None:
    journalist.follow(re.compile(r"^\d[\d.]*%$"), within=".figures")
    svg = journalist.download("下载图片 SVG").decode()
    journalist.clicks += 1
    assert "予以公开" in svg and "gongkai" in svg and "n = " in svg
    assert journalist.download("下载图片 PNG").startswith(b"\x89PNG")


def test_a_number_that_is_contradicted_is_marked_wherever_it_stands(reader: Visitor) -> None:
    years = [year for (year,) in asked(
        reader.site,
        "SELECT DISTINCT year FROM facts WHERE indicator_id = 'requests.received' "
        "AND standing = 'disputed' ORDER BY year DESC",
    )]  # fmt: skip
    reader.open(f"/compare?indicator=requests.received&year={years[0]}")
    expect(reader.page.locator("tr.aside abbr.doubt").first).to_be_visible()
    expect(reader.page.locator(".alert", has_text="不参与排名")).to_be_visible()
    reader.follow("只看无争议")
    assert reader.page.locator("tr.aside").count() == 0


def test_a_sum_of_what_is_contradicted_says_so_at_its_source(reader: Visitor) -> None:
    ((agency, year),) = asked(
        reader.site,
        "SELECT agency_id, year FROM facts WHERE indicator_id = 'requests.processed.denied' "
        "AND source = 'derived' AND standing = 'disputed' ORDER BY ALL LIMIT 1",
    )
    reader.open(f"/evidence?agency={agency}&year={year}&indicator=requests.processed.denied")
    expect(reader.page.locator(".state .tag.fail").last).to_contain_text("核验不成立")
    assert reader.page.locator(".state .tag.pass").count() == 0
    expect(reader.page.locator("#failed article").first).to_be_visible()


def test_changes_are_all_since_the_same_year(reader: Visitor) -> None:
    reader.open(
        f"/compare?indicator=requests.received&year={LAST}&since=2021&level=county&scope=agency"
    )
    rows = csv.DictReader(io.StringIO(reader.download("下载 CSV").decode("utf-8-sig")))
    told = {row["agency_id"]: row["change"] for row in rows}
    both = asked(
        reader.site,
        "SELECT a.agency_id, a.value - b.value FROM facts AS a JOIN facts AS b "
        "USING (agency_id, indicator_id) WHERE indicator_id = 'requests.received' "
        f"AND a.level = 'county' AND a.scope = 'agency' AND a.year = {LAST} AND b.year = 2021",
    )
    assert dict(both) == {agency: Decimal(change) for agency, change in told.items() if change}
    assert "" in told.values()


def test_a_map_leads_from_a_province_to_its_cities_and_their_agencies(reader: Visitor) -> None:
    reader.open(f"/compare?rate=granted&year={LAST}&level=county&scope=region&view=map")
    reader.page.locator(".tiles a", has_text=PROVINCE[:2]).click()
    tile = reader.page.locator(".tiles a", has_text="青岛")
    ((n, rate),) = asked(
        reader.site,
        "SELECT count(*), sum(numerator) / sum(denominator) FROM rates "
        f"WHERE rate_id = 'granted' AND year = {LAST} AND level = 'county' AND scope = 'region' "
        "AND standing <> 'disputed' AND rate IS NOT NULL AND starts_with(agency_id, '3702')",
    )
    assert n > 1
    expect(tile).to_contain_text(f"n={n}")
    text = tile.locator("span").inner_text()
    assert float(text.rstrip("%")) == round(100 * float(rate), 1)
    assert reader.download("下载图片 SVG").decode().count("<rect") > 16
    tile.click()
    expect(reader.page.locator("h1")).to_contain_text("青岛")
    assert reader.page.locator("table.rows tbody tr").count() >= n
    reader.open(f"/compare?rate=granted&year={LAST}&level=county&view=map&lang=en")
    expect(reader.page.locator(".tiles")).to_contain_text("Shandong")


def test_nothing_is_wider_than_a_phone(reader: Visitor) -> None:
    reader.page.set_viewport_size({"width": 375, "height": 800})
    ((agency,),) = asked(
        reader.site,
        "SELECT agency_id FROM facts WHERE standing = 'disputed' AND level = 'county' "
        "GROUP BY agency_id ORDER BY count(*) DESC LIMIT 1",
    )
    for path in (f"/agency?id={agency}&", "/?", "/compare?view=map&", "/compare?view=years&"):
        for language in ("zh", "en"):
            reader.open(f"{path}lang={language}")
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= 375, path


@pytest.mark.parametrize("view", ["rank", "years", "map", "multiples", "scatter"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_of_a_comparison(reader: Visitor, view: str, language: str) -> None:
    reader.open(f"/compare?view={view}&against=requests.received&level=county&lang={language}")
    assert reader.page.locator(".alert.error").count() == 0
    drawn = reader.page.locator("main svg.plot")
    assert drawn.count() >= (0 if view in ("rank", "map") else 1)
    if language == "en":
        labels = reader.page.locator("h2, thead th, dt, .chips").all_inner_texts()
        assert not re.search("[一-鿿]", " ".join(labels))
        units = reader.page.locator("dd").all_inner_texts()
        assert not re.search("件", " ".join(units))


def test_who_has_no_number_is_told_with_the_reason(reader: Visitor) -> None:
    reader.open(f"/compare?rate=granted&year={LAST}")
    expect(reader.page.locator("#missing")).to_be_visible()
    counted = [int(n) for text in reader.page.locator("#missing ~ details summary")
               .all_inner_texts() for n in re.findall(r": (\d+)", text)]  # fmt: skip
    ((agencies, with_rate),) = asked(
        reader.site,
        f"SELECT (SELECT count(DISTINCT agency_id) FROM coverage WHERE year = {LAST} AND status IN "
        "('present', 'no_facts', 'gap', 'missing')), (SELECT count(*) FROM rates WHERE "
        f"rate_id = 'granted' AND year = {LAST} AND rate IS NOT NULL)",
    )
    assert sum(counted) == agencies - with_rate


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Governments of three of the years, on all forms: pages of more are more of the same."""
    stick = tmp_path_factory.mktemp("stick")
    _, settings = publish(stick, seed=7, years=YEARS[::3], functions=("government",))
    out = stick / "site"
    command = [str(GONGKAI), "site", "--out", str(out), "--warehouse", str(settings.warehouse)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return out


def test_a_site_opens_from_a_stick_and_is_searched(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto((folder / "index.html").as_uri())
    page.locator("#q").fill("第1县人民政府")
    page.locator("#found a").first.click()
    expect(page.locator("h1")).to_have_text("第1县人民政府")
    page.locator("#numbers a").first.click()
    expect(page.locator("h1")).to_contain_text("出处")
    assert page.url.startswith("file:") and "#" in page.url
    page.goto((folder / "index.html").as_uri())
    page.locator(".tiles a").first.click()
    expect(page.locator("h1")).to_contain_text("县级")
    assert page.locator("table.rows tbody tr").count() > 5
    expect(page.locator(".tiles")).to_contain_text("青岛")
    assert all(url.startswith(("file:", "data:")) for url in asked_for)
    page.close()


def test_no_link_of_a_site_leads_nowhere(folder: Path) -> None:
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        html = page.read_text("utf-8")
        assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in html
        for link in re.findall(r'(?:href|src)="([^"]+)"', html):
            name, _, anchor = unquote(link).partition("#")
            target = (page.parent / name) if name else page
            assert target.exists(), (page, link)
            if anchor and "evidence" in name:
                assert f'id="{anchor}"' in target.read_text("utf-8"), (page, link)


def test_a_site_is_served_by_any_server(context: BrowserContext, folder: Path) -> None:
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/index.html")
        page.locator("#q").fill("予以公开")
        page.locator("#found a").first.click()
        expect(page.locator("h1")).to_contain_text("予以公开")
        page.close()
        server.shutdown()


def test_a_site_is_never_written_over_other_files(province: Site, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    command = [str(GONGKAI), "site", "--out", str(tmp_path), "--warehouse", str(province.warehouse)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "empty folder" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_axe_finds_nothing(reader: Visitor, language: str, width: int) -> None:
    axe = resources.files("axe_playwright_python") / "axe.min.js"
    reader.page.set_viewport_size({"width": width, "height": 800})
    ((agency,),) = asked(
        reader.site, "SELECT agency_id FROM dim_agency WHERE level = 'county' LIMIT 1"
    )
    found = {}
    for path in (
        "/?", "/compare?", "/compare?view=years", "/compare?view=scatter&against=requests.received",
        "/compare?view=multiples", "/compare?view=map&province=山东省", "/agency?",
        f"/agency?id={agency}", "/quality?",
        "/quality?part=rules", "/quality?part=coverage", "/sql?", "/find?q=公开", "/nothing?",
        f"/evidence?agency={agency}&year=2022&indicator=requests.received",
    ):  # fmt: skip
        reader.open(f"{path}&lang={language}")
        reader.page.evaluate(THINNED)
        # Past the page's own rule that only its own scripts run, as a tool of the browser is.
        reader.page.evaluate(f"(() => {{ {axe.read_text('utf-8')} }})()")
        told = reader.page.evaluate("axe.run({resultTypes: ['violations']})")
        for one in told["violations"]:
            found[f"{path} {one['id']}"] = [node["html"][:160] for node in one["nodes"][:3]]
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
