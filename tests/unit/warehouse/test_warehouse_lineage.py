"""The story of a number that is no fact: what stands there, not that nothing is known."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.commands import explain
from pipeline.settings import Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.engines import worker, workers
from pipeline.warehouse.queries.lineage import tell
from pipeline.warehouse.queries.name_lookup import NotFoundError

_TABLE = """高青县教育局2018年政府信息公开工作年度报告

政府信息公开情况统计表（2018年度）
统计指标\t单位\t统计数
（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）\t条\t12
其中：主动公开规范性文件数\t条\t5
（一）收到申请数\t件\t/
1.当面申请数\t件\t1
2.传真申请数\t件\t0
"""
_AGENCY = "高青县教育局"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A published warehouse of one file, read in this process as a worker reads it."""
    folder = tmp_path_factory.mktemp("built")
    settings = Settings(raw=folder / "raw", warehouse=folder / "warehouse", jobs=1)
    settings.raw.mkdir()
    (settings.raw / "a.txt").write_text(_TABLE, "utf-8")
    with pytest.MonkeyPatch.context() as patch, open_build(settings) as build:
        patch.setattr(workers, "parse_all", lambda tasks, _: iter([worker.parse(tuple(tasks))]))
        build.survey()
        build.parse()
        build.build_tables()
        build.build_views()
        build.publish()
    return settings


@pytest.fixture
def published(built: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        yield connection


def test_a8_the_cell_of_a_number_that_is_no_fact_is_shown_with_its_status(
    published: duckdb.DuckDBPyConnection,
) -> None:
    story = tell(published, _AGENCY, 2018, "requests.received")
    assert story.status == "not_applicable"
    assert (story.observation["value_raw"], story.fact["value"]) == ("/", None)
    assert story.report["source_path"] == "a.txt"
    assert tell(published, _AGENCY, 2018, "disclosure.items").status == "fact"


@pytest.mark.parametrize(
    ("year", "indicator", "why"),
    [
        (2018, "requests.answered", "its report leaves that row out"),
        (2018, "requests.processed", "the form of that year has no such row"),
        (2015, "requests.received", "no annual report of it is known for that year"),
    ],
)
def test_a8_where_nothing_was_seen_it_says_why(
    published: duckdb.DuckDBPyConnection, year: int, indicator: str, why: str
) -> None:
    with pytest.raises(NotFoundError, match=why):
        tell(published, _AGENCY, year, indicator)


def test_a_number_is_explained_and_cited_by_the_line_it_stands_in(
    built: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    explain.run(built, _AGENCY, 2018, "disclosure.items")
    told = capsys.readouterr().out
    (line,) = [n for n, row in enumerate(_TABLE.splitlines(), 1) if row.endswith("\t12")]
    assert f"第{line}行" in told
