"""What is declared is what is published, and every view keeps its contract."""

import os
import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml
from stated_corpus import GAOQING, Corpus, county, report

from pipeline.declared import declared
from pipeline.warehouse.publishing import checks
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.schema import store_tables, tables
from tests.some import some

PROMISED: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("promised.yml").read_text("utf-8")
)

ASKED_OF_OTHERS = {
    *("contradictions", "rates", "region_totals", "request_outcomes", "series"),
    *("gaps", "facts_replaced"),
}
"""Views whose example asks for what the two reports of these tests do not say."""


@pytest.fixture(scope="module")
def published(shared_corpus: Corpus) -> Corpus:
    values = {
        "disclosure.items": "17",
        "disclosure.channel.website": "12",
        "requests.received": "4",
        "requests.answered": "4",
        "requests.answered.granted": "3",
        "requests.closed": "0",
        "requests.closed.on_time": "0",
    }
    shared_corpus.add("a.txt", report(values))
    shared_corpus.add("b.txt", report(values, agency=county(370321, "桓台县质量技术监督局")))
    shared_corpus.build()
    return shared_corpus


def test_what_others_script_against_is_published(published: Corpus) -> None:
    rows = published.query(
        "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE NOT internal GROUP BY ALL"
    )
    columns = dict(rows)
    missing = {
        name: gone
        for name, promised in some(PROMISED.items())
        if (gone := set(promised) - set(columns.get(name, [])))
    }
    assert missing == {}


def test_every_description_is_in_both_languages() -> None:
    for table in some({**tables(), **store_tables()}.values()):
        for described in (table, *table.columns):
            assert re.search(r"[\u4e00-\u9fff]", described.zh), f"{table.name}.{described.name}"
            assert re.match(r"[\x20-\x7e]+$", described.en), f"{table.name}.{described.name}"


def test_the_published_file_is_as_declared(published: Corpus) -> None:
    with duckdb.connect(str(published.settings.database), read_only=True) as connection:
        assert checks.schema_is_declared(connection).failures == ()
        assert checks.keys_are_unique(connection).failures == ()
        assert checks.references_are_met(connection).failures == ()


def test_a_limit_on_a_view_is_not_forgotten(published: Corpus) -> None:
    for view in some(views()):
        assert len(published.query(f"FROM {view.name} LIMIT 1")) <= 1, view.name


def test_every_parquet_file_has_the_declared_columns(published: Corpus) -> None:
    for table in some(tables().values()):
        files = list((published.settings.warehouse / "parquet" / table.name).iterdir())
        assert files, table.name
        for file in files:
            schema = pq.read_schema(file)
            assert schema.names == table.arrow.names
            assert schema.types == table.arrow.types


def test_every_example_runs_and_returns_rows_it_can(published: Corpus) -> None:
    empty = {view.name for view in views() if not published.query(view.example)}
    assert empty == ASKED_OF_OTHERS


@pytest.mark.parametrize("header", ["zh", "en", "grain", "columns", "example"])
def test_a_view_without_its_whole_contract_is_refused(tmp_path: Path, header: str) -> None:
    text = (
        "-- zh: 甲\n-- en: a\n-- grain: g\n-- columns:\n--   a = 甲 | a\n-- example:\n--   FROM v\n"
    )
    broken = text.replace(f"-- {header}:", "--")
    (tmp_path / "v.sql").write_text(f"{broken}SELECT 1 AS a\n", "utf-8")
    with pytest.raises(ValueError, match=r"v\.sql"):
        views(tmp_path)


def test_a_column_that_nothing_describes_is_refused(tmp_path: Path) -> None:
    head = (
        "-- zh: 甲\n-- en: a\n-- grain: g\n-- columns:\n--   year, {}\n-- example:\n--   FROM v\n"
    )
    (tmp_path / "v.sql").write_text(head.format("unit") + "SELECT 1 AS a\n", "utf-8")
    (view,) = views(tmp_path)
    assert view.columns == {"year": "年度 | Year", "unit": "单位 | Unit"}
    (tmp_path / "v.sql").write_text(head.format("surprise") + "SELECT 1 AS a\n", "utf-8")
    with pytest.raises(ValueError, match="surprise"):
        views(tmp_path)


def test_what_columns_are_in_every_view_is_said_of_no_other() -> None:
    named = Counter(name for view in views() for name in view.columns)
    described = declared("pipeline.warehouse", "columns", dict[str, dict[str, str]])
    assert [name for name in described if named[name] < 2] == []


def test_a_column_the_header_does_not_name_is_found(published: Corpus, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.settings.database.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("CREATE OR REPLACE VIEW coverage AS SELECT 1 AS surprise")
        failures = checks.schema_is_declared(connection).failures
    assert any(line.startswith("coverage: columns") for line in failures)
    assert "coverage.surprise: no comment" in failures


def test_broken_keys_and_references_are_found(published: Corpus, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.settings.database.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("INSERT INTO fact_indicator FROM fact_indicator LIMIT 1")
        connection.execute("DELETE FROM dim_agency WHERE name_zh LIKE '桓台%'")
        assert len(checks.keys_are_unique(connection).failures) == 1
        assert any("370321" in line for line in checks.references_are_met(connection).failures)


def test_an_id_that_many_rows_name_does_not_hide_the_others(
    published: Corpus, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.settings.database.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(
            "UPDATE fact_indicator SET report_id = CASE rowid "
            "WHEN (SELECT max(rowid) FROM fact_indicator) THEN 'nor_here' ELSE 'nowhere' END"
        )
        failures = checks.references_are_met(connection).failures
        said = [line for line in failures if line.startswith("fact_indicator.report_id")]
        assert len(said) == 2


def test_the_file_is_written_in_a_format_older_clients_open(published: Corpus) -> None:
    with duckdb.connect(str(published.settings.database), read_only=True) as connection:
        ((tags,),) = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = 'gongkai'"
        ).fetchall()
    assert tags["storage_version"].startswith("v1.3.0")


def test_views_work_whatever_name_the_file_is_attached_under(published: Corpus) -> None:
    with duckdb.connect() as connection:
        path = published.settings.database
        connection.execute(f"ATTACH '{path}' AS elsewhere (READ_ONLY)")
        assert connection.execute("SELECT count(*) FROM elsewhere.facts").fetchall() == [(14,)]


def test_rates_are_empty_where_nothing_was_counted(published: Corpus) -> None:
    assert published.query(
        "SELECT rate_id, numerator, denominator, rate, rate_low FROM rates "
        "WHERE agency_id = '370322.quality_supervision' AND rate_id IN ('on_time', 'agreed')"
        "ORDER BY rate_id"
    ) == [("agreed", 3, 4, None, None), ("on_time", 0, 0, None, None)]


def test_peers_share_a_rank_and_have_no_percentile_while_they_are_few(published: Corpus) -> None:
    assert published.query(
        "SELECT rank, n, percentile, peer_median FROM agency_comparison "
        "WHERE indicator_id = 'disclosure.items'"
    ) == [(1, 2, None, 17.0), (1, 2, None, 17.0)]


@pytest.mark.skipif(
    "GONGKAI_OLD_CLIENT" not in os.environ,
    reason="set GONGKAI_OLD_CLIENT to a Python with DuckDB 1.x",
)
def test_an_older_client_reads_every_view(published: Corpus) -> None:
    """GONGKAI_OLD_CLIENT names the Python of an environment with an older DuckDB."""
    names = ", ".join(repr(name) for name in [*tables(), *(view.name for view in views())])
    script = (
        "import duckdb\n"
        f"connection = duckdb.connect({str(published.settings.database)!r}, read_only=True)\n"
        f"for name in [{names}]:\n"
        "    connection.execute(f'FROM {name}').fetchall()\n"
    )
    subprocess.run([os.environ["GONGKAI_OLD_CLIENT"], "-c", script], check=True)


def test_whoever_kept_the_id_of_a_zones_government_finds_its_committee(corpus: Corpus) -> None:
    committee = replace(
        GAOQING, agency_id="370871.management_committee", name_zh="济宁高新区管委会"
    )
    corpus.add("a.txt", report({"requests.received": "4"}, agency=committee))
    corpus.build_only("agency_alias")
    assert corpus.query("SELECT alias, agency_id FROM agency_alias WHERE source = 'former_id'") == [
        ("370871.government", "370871.management_committee")
    ]


def test_an_id_that_a_town_still_has_is_no_alias_of_the_subdistrict_after_it(
    corpus: Corpus,
) -> None:
    town = replace(GAOQING, agency_id="610304.township_8853c9c9", name_zh="虢镇人民政府")
    street = replace(GAOQING, agency_id="610304.township_4304c0e1", name_zh="虢镇街道办事处")
    kept = "SELECT alias FROM agency_alias WHERE source = 'former_id'"
    corpus.add("a.txt", report({"requests.received": "4"}, agency=street))
    corpus.build_only("agency_alias")
    assert corpus.query(kept) == [(town.agency_id,)]
    corpus.add("b.txt", report({"requests.received": "5"}, agency=town))
    corpus.build_only("agency_alias")
    assert corpus.query(kept) == []
