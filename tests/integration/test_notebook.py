"""``import gongkai``: what a notebook gets, and what it is told."""

import ast
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import nbformat
import pandas as pd
import pytest
from samples import Samples

import gongkai
from pipeline.settings import ROOT, Settings

SAMPLE = next((ROOT / "data" / "raw").glob("001*/*.txt"))


def counted(settings: Settings, sql: str) -> int:
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        return int(connection.execute(sql).fetchall()[0][0])


def test_facts_are_all_of_the_view(settings: Settings, warehouse: gongkai.Warehouse) -> None:
    facts = warehouse.facts()
    assert len(facts) == counted(settings, "SELECT count(*) FROM facts") > 100
    total = counted(settings, "SELECT (10 * sum(value))::BIGINT FROM facts WHERE unit = '件'")
    assert round(10 * facts.loc[facts["unit"] == "件", "value"].sum()) == total


def test_filters_keep_what_they_say(warehouse: gongkai.Warehouse) -> None:
    facts = warehouse.facts()
    name, year = facts["name_zh"].iloc[0], int(facts["year"].iloc[0])
    chosen = warehouse.facts(agency=name, year=year)
    assert 0 < len(chosen) < len(facts)
    by_hand = facts[(facts["name_zh"] == name) & (facts["year"] == year)]
    pd.testing.assert_frame_equal(chosen, by_hand.reset_index(drop=True))
    assert set(warehouse.facts(year=range(2015, 2018))["year"]) <= {2015, 2016, 2017}
    assert set(warehouse.facts(standing="disputed")["standing"]) <= {"disputed"}


def test_a_label_means_its_indicator(warehouse: gongkai.Warehouse) -> None:
    row = warehouse.facts().iloc[0]
    assert row["indicator_id"] in set(warehouse.facts(indicator=row["label_zh"])["indicator_id"])


def test_a_typing_slip_is_no_empty_frame(warehouse: gongkai.Warehouse) -> None:
    with pytest.raises(gongkai.NotFoundError, match="no agency 火星县人民政府"):
        warehouse.facts(agency="火星县人民政府")
    with pytest.raises(gongkai.NotFoundError, match=r"did you mean requests\.received "):
        warehouse.facts(indicator="requests.recieved")
    for year in (2050, [1999], "zwanzig"):
        with pytest.raises(gongkai.NotFoundError, match=r"no report is on|is no year"):
            warehouse.facts(year=year)
    with pytest.raises(gongkai.NotFoundError, match="no report is on 1999"):
        warehouse.compare("requests.received", 1999)
    with pytest.raises(gongkai.NotFoundError, match="no agency here is in the province 火星"):
        warehouse.facts(province="火星")


def test_what_is_typed_as_text_means_the_same(warehouse: gongkai.Warehouse) -> None:
    facts = warehouse.facts()
    year, province = int(facts["year"].iloc[0]), facts["province"].dropna().iloc[0]
    pd.testing.assert_frame_equal(warehouse.facts(year=str(year)), warehouse.facts(year=year))
    short = warehouse.facts(province=province[:2])
    pd.testing.assert_frame_equal(short, warehouse.facts(province=province))
    assert len(short)


def test_a_rate_is_no_indicator_and_says_where_it_is(warehouse: gongkai.Warehouse) -> None:
    with pytest.raises(gongkai.NotFoundError, match=r"is a rate .*`rates`"):
        warehouse.compare("granted", 2018)


def test_a_frame_says_what_it_is(warehouse: gongkai.Warehouse) -> None:
    facts = warehouse.facts(indicator="requests.received")
    assert facts.attrs["labels"]["value"] == "数值 | Value"
    assert facts.attrs["units"] == {"requests.received": "件"}
    assert set(facts.attrs["standing"]) == {"undisputed", "doubtful", "disputed"}
    assert warehouse.publication in facts.attrs["source"]


def test_whole_numbers_with_gaps_stay_whole(warehouse: gongkai.Warehouse) -> None:
    found = warehouse.sql("SELECT unnest([1, NULL, 3])::INTEGER AS n")
    assert str(found["n"].dtype).startswith("Int")


def test_arrow_keeps_decimals(warehouse: gongkai.Warehouse) -> None:
    table = warehouse.arrow("SELECT value FROM facts WHERE value IS NOT NULL LIMIT 1")
    assert isinstance(table["value"][0].as_py(), Decimal)


def test_a_number_tells_its_story(warehouse: gongkai.Warehouse) -> None:
    row = warehouse.facts().iloc[0]
    story = warehouse.explain(row["agency_id"], int(row["year"]), row["indicator_id"])
    assert float(story.fact["value"]) == row["value"]


@pytest.mark.parametrize("sql", ["DROP TABLE fact_indicator", "COPY facts TO '/tmp/x.csv'"])
def test_nothing_is_written(warehouse: gongkai.Warehouse, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        warehouse.sql(sql)


def test_no_warehouse_says_how_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(gongkai.NoWarehouseError, match="gongkai build"):
        gongkai.open(tmp_path)


def test_a_document_is_read_without_a_warehouse() -> None:
    (by_path,) = gongkai.parse(SAMPLE)
    (by_bytes,) = gongkai.parse(SAMPLE.read_bytes(), SAMPLE.name)
    (report,) = by_path.reports
    assert report.agency == "开封市质量技术监督局"
    assert len(report.facts()) == len(report.report.facts) > 10
    assert len(report.observations()) >= len(report.facts())
    pd.testing.assert_frame_equal(report.facts(), by_bytes.reports[0].facts())


def test_what_is_no_report_says_why() -> None:
    (document,) = gongkai.parse(b"hello", "hello.txt")
    assert not document.reports
    assert document.rejection


def test_the_import_waits_for_no_library() -> None:
    code = "import sys, gongkai; print(*{n.partition('.')[0] for n in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"pandas", "duckdb", "pyarrow", "pydantic", "dagster"}


def test_every_example_of_the_page_runs(
    samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(samples.copied(tmp_path / "data").parent)
    shutil.copy(next((ROOT / "data" / "raw").glob("002*/*.txt")), "report.txt")
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) > 5
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)
    assert len(names["facts"]) > 0  # type: ignore[arg-type]


def test_the_notebook_runs_from_top_to_bottom(
    samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its cells are executed here without Jupyter, which would bring a hundred megabytes."""
    monkeypatch.chdir(samples.copied(tmp_path / "data").parent)
    notebook = nbformat.read(ROOT / "docs" / "first_steps.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] for cell in cells), "outputs grow old: clear them"
    names: dict[str, Any] = {}
    for cell in cells:
        *body, last = ast.parse(cell["source"]).body
        exec(compile(ast.Module(body, []), "notebook", "exec"), names)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "notebook", "eval"), names)
            assert shown is not None and len(shown), cell["source"]
        else:
            exec(compile(ast.Module([last], []), "notebook", "exec"), names)
    assert len(names["received"]) and len(names["panel"])
    assert [finding for finding, _ in shown] == ["VERIFIED"]
