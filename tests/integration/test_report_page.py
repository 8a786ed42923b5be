"""The page of an agency: whole, readable offline, and nothing in it is taken for markup."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from drawn_store import draw, publish
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline.explorer.context import Context
from pipeline.explorer.links import NoLinks
from pipeline.explorer.opening import Descriptor, Opened
from pipeline.explorer.rendering import number, percent
from pipeline.explorer.static_site import standalone
from pipeline.explorer.texts import Translator
from pipeline.settings import Settings
from pipeline.warehouse.queries.agency_profile import choice, read_profile
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.records import records
from tests.some import some

GONGKAI = Path(sys.executable).with_name("gongkai")


def page(connection: duckdb.DuckDBPyConnection, agency: str) -> str:
    opened = Opened("", connection, Descriptor(Path("/dev/null")))
    context = Context(Settings(Path("raw"), Path("warehouse")), opened, Translator("zh"), NoLinks())
    return standalone(context, agency)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    drawn = draw(120, seed=4)
    odd = '<script>alert("1")</script> & <b>'
    drawn.reports.loc[:, "title"] = odd
    drawn.reports["name_zh"] = drawn.reports["name_zh"] + "<i>"
    drawn.facts.loc[drawn.facts["n"] < 4, "label"] = odd
    return publish(drawn, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def connection(settings: Settings) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(settings.database), read_only=True)


@pytest.fixture(scope="module")
def agencies(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT agency_id FROM dim_agency").fetchall()]


@pytest.fixture(scope="module")
def busiest(connection: duckdb.DuckDBPyConnection) -> str:
    ((agency,),) = connection.execute(
        "SELECT agency_id FROM contradictions WHERE len(right_quotes) > 0 "
        "GROUP BY agency_id ORDER BY count(*) DESC, agency_id LIMIT 1"
    ).fetchall()
    return str(agency)


@pytest.fixture(scope="module")
def html(connection: duckdb.DuckDBPyConnection, busiest: str) -> str:
    return page(connection, busiest)


def text_of(html: str, selector: str) -> str:
    node = HTMLParser(html).css_first(selector)
    assert node is not None, selector
    return node.text(separator=" ")


OWN = "WHERE agency_id = $agency"
VIEWS = {
    "years": f"SELECT year, status, facts, checks_failed FROM coverage {OWN} "
    "AND status IN ('present', 'no_facts', 'gap', 'missing') ORDER BY year",
    "series": "SELECT series_id AS id, year, value, unit, expression, method_break FROM series "
    f"{OWN} AND list_contains($wanted, id) ORDER BY list_position($wanted, id), year",
    "numbers": "SELECT indicator_id, year, value, unit, label_zh FROM facts "
    f"{OWN} AND list_contains($wanted, indicator_id) "
    "ORDER BY list_position($wanted, indicator_id), year",
    "channels": f"FROM channel_mix {OWN} "
    "ORDER BY year DESC, subject DESC, value DESC, indicator_id",
    "outcomes": f"FROM request_outcomes {OWN} "
    "ORDER BY year DESC, denominator_id DESC, numerator DESC, outcome",
    "contradictions": "SELECT severity, rule_id, year, message_zh, difference, report_id, "
    f"source_path FROM contradictions {OWN} ORDER BY override_reason IS NOT NULL, "
    "list_position(['error', 'warn', 'info'], severity), year DESC, rule_id, message_zh",
}


def test_a_portrait_says_what_the_published_views_say(
    connection: duckdb.DuckDBPyConnection, agencies: list[str]
) -> None:
    wanted = [*choice().indicators, *choice().series]
    told = dict.fromkeys(VIEWS, 0)
    for agency in agencies:
        profile = read_profile(connection, agency)
        for part, sql in VIEWS.items():
            given = {"agency": agency} | ({"wanted": wanted} if "$wanted" in sql else {})
            expected = records(connection, sql, given)
            found = [{name: row[name] for name in expected[0]} for row in getattr(profile, part)]
            assert found == expected, (agency, part)
            told[part] += len(expected)
    assert all(some(told.values())), told


def test_a_portrait_leaves_the_connection_as_it_was(
    connection: duckdb.DuckDBPyConnection, busiest: str
) -> None:
    everything = "SELECT count(*) FROM fact_indicator", "SELECT count(*) FROM series"
    before = [connection.execute(sql).fetchall() for sql in everything]
    read_profile(connection, busiest)
    assert [connection.execute(sql).fetchall() for sql in everything] == before
    with pytest.raises(NotFoundError, match="no agency nobody"):
        read_profile(connection, "nobody")


def test_every_agency_has_a_page_without_script_or_request(
    connection: duckdb.DuckDBPyConnection, agencies: list[str]
) -> None:
    assert len(agencies) > 10
    for agency in agencies:
        tree = HTMLParser(page(connection, agency))
        assert not tree.css("script, img, link, iframe, object, form, base, button")
        for node in tree.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on")
                assert name not in ("src", "srcset", "data") or node.tag == "meta"
                assert name != "href" or str(value).startswith("#")
        style = tree.css_first("style")
        assert style is not None and "url(" not in style.text() and "@import" not in style.text()


def test_the_page_forbids_itself_what_it_does_not_need(html: str) -> None:
    policy = HTMLParser(html).css_first("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None and "default-src 'none'" in str(policy.attributes["content"])


def test_what_documents_say_is_shown_and_never_run(html: str) -> None:
    assert "<script" not in html
    assert 'alert("1")' in text_of(html, "#sources")
    assert "<script>" in text_of(html, "#contradictions")
    assert text_of(html, "h1").endswith("<i>")


def test_charts_mark_breaks_and_say_their_values_aloud(
    connection: duckdb.DuckDBPyConnection, html: str, busiest: str
) -> None:
    rows = connection.execute(
        "SELECT year, value, method_break FROM series "
        "WHERE agency_id = ? AND series_id = 'requests.completed' ORDER BY year",
        [busiest],
    ).fetchall()
    assert len(rows) > 3
    (figure,) = [
        node for node in HTMLParser(html).css("#trends figure")
        if "办理答复申请" in node.css_first("figcaption").text()
    ]  # fmt: skip
    label = figure.css_first("svg").attributes["aria-label"] or ""
    for year, value, _ in rows:
        assert f"{year}: {number(value)}" in label
    assert len(figure.css("circle")) == len(rows)
    breaks = [mark for _, _, mark in rows if mark]
    assert breaks
    assert [node.text() for node in figure.css(".break-name")] == breaks
    assert "取答复数，不取办结数" in figure.text()


def test_peers_are_given_with_rank_and_number(
    connection: duckdb.DuckDBPyConnection, html: str, busiest: str
) -> None:
    shown = re.sub(r"\s+", " ", text_of(html, "#peers"))
    rows = connection.execute(
        "SELECT rank, n FROM agency_comparison WHERE agency_id = $agency AND indicator_id = "
        "'requests.received' AND year = "
        "(SELECT max(year) FROM fact_indicator WHERE agency_id = $agency)",
        {"agency": busiest},
    ).fetchall()
    for rank, count in some(rows):
        assert f"{rank} / {count}" in shown


def test_contradictions_have_both_sides_and_sources_a_hash(
    connection: duckdb.DuckDBPyConnection, html: str, busiest: str
) -> None:
    tree = HTMLParser(html)
    ((count,),) = connection.execute(
        "SELECT count(*) FROM contradictions WHERE agency_id = ?", [busiest]
    ).fetchall()
    cards = tree.css("#contradictions article")
    assert len(cards) == min(count, 100)
    assert max(len(card.css("blockquote")) for card in cards) >= 2
    hashes = connection.execute(
        "SELECT document_id, source_path FROM dim_report WHERE agency_id = ?", [busiest]
    ).fetchall()
    sources = text_of(html, "#sources")
    for document_id, path in hashes:
        assert document_id in sources
        assert path in sources
    assert all(f"SHA-256 {one[:16]}" in sources for one, _ in hashes)


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "—"), (0, "0"), (12000, "12,000"), (0.5, "0.5"), (100.0, "100")]
)
def test_numbers_are_for_people(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_a_rate_of_nothing_is_a_dash() -> None:
    assert percent(None) == "—"
    assert percent(0.125) == "12.5%"


def test_an_unknown_agency_is_told_with_names_like_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(NotFoundError, match="no agency 第110000县"):
        page(connection, "第110000县")


def test_the_command_writes_the_page(settings: Settings, busiest: str, tmp_path: Path) -> None:
    command = [str(GONGKAI), "report", busiest, "--warehouse", str(settings.warehouse)]
    out = tmp_path / "一个机关.html"
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(out)
    assert out.read_text("utf-8").startswith("<!doctype html>")
    named = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (tmp_path / f"{busiest}.html").exists(), named.stdout
    bad = subprocess.run([*command, "--out", str(tmp_path / "no" / "x.html")], capture_output=True,
                         text=True, check=False)  # fmt: skip
    assert bad.returncode == 1
    assert bad.stderr.startswith("gongkai: cannot write") and bad.stderr.count("\n") == 1
