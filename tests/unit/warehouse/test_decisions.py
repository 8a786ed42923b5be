"""What people decided: the next build takes it without reading a file, and never repairs."""

import hashlib
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import gongkai
from pipeline.declared import StatedError
from pipeline.model.decision import DecisionKind
from pipeline.settings import ROOT, Settings
from pipeline.warehouse import disk
from pipeline.warehouse.build import open_build
from pipeline.warehouse.reviewed.decisions import Guard, WrittenDecision, add, load

CRAWLED = ROOT / "tests" / "golden" / "crawled"
GLUED = "行政规范性文件123118"
TRAINED = "2.顺带承办席位\t28"
SITE = "2. 政府网站公开政府信息数\t条\t12"


@dataclass
class Desk:
    """A warehouse and the decisions that its builds take."""

    settings: Settings

    def document(self, name: str) -> str:
        return hashlib.sha256((Path(str(self.settings.raw)) / name).read_bytes()).hexdigest()

    def decide(self, document: str, kind: str, quote: str, **given: Any) -> WrittenDecision:
        made = WrittenDecision(
            kind=DecisionKind(kind),
            expect=Guard(document=document, quote=quote),
            reviewer="王某",
            decided_on=date(2026, 11, 29),
            reason="对照原件",
            **given,
        )
        add(self.settings.decisions, made)
        return made

    def build(self, *, accept_loss: bool = False) -> tuple[int, tuple[str, ...]]:
        """Builds, and returns how many files were read and what the run told."""
        with open_build(replace(self.settings, accept_loss=accept_loss)) as build:
            build.survey()
            parsed = build.parse()
            build.build_tables()
            build.build_views()
            return parsed, build.publish().notices

    def query(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.settings.database), read_only=True) as connection:
            return connection.execute(sql, list(given)).fetchall()

    def fact(self, name: str, indicator: str) -> tuple[Any, ...] | None:
        found = self.query(
            "SELECT value::VARCHAR, source, standing FROM facts "
            "WHERE source_path = ? AND indicator_id = ?",
            name,
            indicator,
        )
        return found[0] if found else None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A row that ran together, a paper that names nobody, a label nobody knows, a disputed sum."""
    folder = tmp_path_factory.mktemp("desk")
    raw = folder / "raw"
    raw.mkdir()
    shutil.copy(CRAWLED / "X13_city_glued.txt", raw / "glued.txt")
    unsigned = (CRAWLED / "B15_sentences_behind.txt").read_text("utf-8")
    (raw / "unsigned.txt").write_text(unsigned.replace("怀宁县财政局", "本单位"), "utf-8")
    known = next((ROOT / "data" / "raw").glob("001*/*.txt")).read_text("utf-8")
    assert "2.兼职人员数" in known
    (raw / "label.txt").write_text(known.replace("兼职人员数", "顺带承办席位"), "utf-8")
    shutil.copy(next((ROOT / "data" / "raw").glob("002*/*.txt")), raw / "disputed.txt")
    desk = Desk(
        Settings(
            raw=raw, warehouse=folder / "warehouse", decisions=folder / "decisions.yml", jobs=1
        )
    )
    desk.build()
    return desk


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    return Desk(replace(built.settings, decisions=tmp_path / "decisions.yml"))


@pytest.mark.slow
def test_each_kind_of_decision_changes_the_facts_and_reads_no_file(desk: Desk) -> None:
    glued, unsigned, label, disputed = (
        desk.document(f"{name}.txt") for name in ("glued", "unsigned", "label", "disputed")
    )
    assert desk.fact("glued.txt", "normative_documents.issued") is None
    assert desk.fact("unsigned.txt", "requests.received") is None
    assert desk.fact("label.txt", "staff.part_time") is None
    assert desk.fact("disputed.txt", "disclosure.channel.website") is not None
    for value, part in (("12", "issued"), ("3", "repealed"), ("118", "in_force")):
        desk.decide(glued, "reading", GLUED, indicator=f"normative_documents.{part}", value=value)
    desk.decide(unsigned, "agency", "本单位2017年政府信息公开年度报告", agency="安徽省怀宁县财政局")
    desk.decide(label, "label", TRAINED, indicator="staff.part_time", value="28")
    confirmed = desk.decide(
        disputed, "confirm", SITE, indicator="disclosure.channel.website", value="12"
    )
    items = "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）\t条\t17"
    desk.decide(disputed, "withhold", items, indicator="disclosure.items", value="17")

    parsed, notices = desk.build()

    assert parsed == 0
    assert not [one for one in notices if "not applied" in one]
    issued = desk.fact("glued.txt", "normative_documents.issued")
    assert issued == ("12.000000", "reviewed", "undisputed")
    assert desk.fact("glued.txt", "normative_documents.in_force") is not None
    received = desk.fact("unsigned.txt", "requests.received")
    assert received == ("300.000000", "table", "undisputed")
    trained = desk.fact("label.txt", "staff.part_time")
    assert trained == ("28.000000", "reviewed", "undisputed")
    # The person confirms what is printed; that the report contradicts itself stays true.
    site = desk.fact("disputed.txt", "disclosure.channel.website")
    assert site == ("12.000000", "reviewed", "disputed")
    assert desk.fact("disputed.txt", "disclosure.items") is None
    told = desk.query(
        "SELECT status FROM indicator_coverage WHERE indicator_id = 'disclosure.items' "
        "AND agency_id = '370322.quality_supervision' AND year = 2018"
    )
    assert told == [("withheld",)]
    assert desk.query("SELECT count(*) FROM decision WHERE is_applied AND reviewer = '王某'") == [
        (7,)
    ]
    with gongkai.open(desk.settings.warehouse) as warehouse:
        story = warehouse.explain("衢州市人民政府", 2023, "normative_documents.issued")
        assert [one["reviewer"] for one in story.decisions] == ["王某"]
        assert story.observation["why"][-1] == story.decisions[0]["decision_id"]
        whose = warehouse.explain("怀宁县财政局", 2017, "requests.received").decisions
        assert [(one["kind"], one["reviewer"]) for one in whose] == [("agency", "王某")]
        (verdict,) = warehouse.verify("衢州市人民政府", 2023, "normative_documents.issued", 12)
        assert verdict.finding == "VERIFIED"
    reviewed = desk.query(
        "SELECT why[-1], value_raw FROM observation WHERE source = 'reviewed' "
        "AND indicator_id = 'disclosure.channel.website'"
    )
    assert reviewed == [(confirmed.decision_id, "12")]


@pytest.mark.slow
def test_a_decision_that_fits_no_more_is_told_and_changes_nothing(desk: Desk) -> None:
    glued, disputed = desk.document("glued.txt"), desk.document("disputed.txt")
    issued = {"indicator": "normative_documents.issued", "value": "12"}
    desk.decide(glued, "reading", "行政规范性文件123119", **issued)
    desk.decide(glued, "reading", GLUED, indicator="normative_documents.repealed", value="4")
    desk.decide("0" * 64, "reading", GLUED, **issued)
    desk.decide(disputed, "confirm", SITE, indicator="disclosure.channel.website", value="13")
    desk.decide(desk.document("unsigned.txt"), "agency", "没有这句", agency="安徽省怀宁县财政局")

    _, notices = desk.build()

    assert desk.fact("glued.txt", "normative_documents.issued") is None
    assert desk.query("SELECT count(*) FROM observation WHERE source = 'reviewed'") == [(0,)]
    assert desk.fact("unsigned.txt", "requests.received") is None
    unfit = [one for one in notices if "not applied" in one]
    assert sorted(one.partition("not applied (")[2].partition(")")[0] for one in unfit) == [
        "document", "not_printed", "quote", "quote", "value",
    ]  # fmt: skip
    assert desk.query("SELECT DISTINCT is_applied FROM decision") == [(False,)]


@pytest.mark.slow
def test_what_was_decided_is_not_undone_because_the_file_is_gone(desk: Desk) -> None:
    glued = desk.document("glued.txt")
    desk.decide(glued, "reading", GLUED, indicator="normative_documents.issued", value="12")
    desk.build()
    desk.settings.decisions.unlink()
    with pytest.raises(disk.BuildError, match=r"all 1 decisions of .* are gone.*--accept-loss"):
        desk.build()
    assert desk.fact("glued.txt", "normative_documents.issued") is not None
    desk.build(accept_loss=True)
    assert desk.fact("glued.txt", "normative_documents.issued") is None
    assert desk.query("SELECT count(*) FROM decision") == [(0,)]


LINE = """
  - kind: reading
    expect: {{document: {document}, quote: 甲}}
    indicator: {indicator}
    value: '{value}'
    reviewer: 王某
    decided_on: 2026-11-29
    reason: 对照原件
"""


@pytest.mark.parametrize(
    ("document", "indicator", "value", "said"),
    [
        ("ab", "requests.received", "1", "document"),
        ("a" * 64, "requests.recieved", "1", "not in indicators.csv"),
        ("a" * 64, "requests.received", "十几", "no number"),
    ],
)
def test_a_line_that_is_not_whole_stops_the_build_with_its_place(
    tmp_path: Path, document: str, indicator: str, value: str, said: str
) -> None:
    file = tmp_path / "decisions.yml"
    line = LINE.format(document=document, indicator=indicator, value=value)
    file.write_text(f"decisions:{line}", "utf-8")
    with pytest.raises(StatedError, match=said) as told:
        load(file)
    assert "decisions.0" in str(told.value)
    settings = Settings(raw=tmp_path, warehouse=tmp_path / "warehouse", decisions=file)
    with pytest.raises(disk.BuildError, match="mend that line"), open_build(settings):
        pass


def test_a_number_is_decided_once(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yml"
    line = LINE.format(document="a" * 64, indicator="requests.received", value="1")
    file.write_text(f"decisions:{line}{line}", "utf-8")
    with pytest.raises(StatedError, match="decided twice"):
        load(file)


def test_a_line_is_added_and_what_stood_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yml"
    shutil.copy(ROOT / "data" / "decisions.yml", file)
    before = file.read_text("utf-8")
    desk = Desk(Settings(raw=tmp_path, decisions=file))
    hostile = "甲\t<b>\n- kind: 'agency' # "
    first = desk.decide("a" * 64, "reading", hostile, indicator="requests.received", value="1")
    second = desk.decide("b" * 64, "agency", "乙", agency="安徽省怀宁县财政局")
    shared = first.model_copy(update={"indicator": "requests.closed"})
    other = first.model_copy(update={"indicator": "requests.answered"})
    add(file, shared, other)
    assert "&" not in file.read_text("utf-8")
    assert load(file) == (first, second, shared, other)
    assert file.read_text("utf-8").startswith(before.partition("decisions: []")[0])
    with pytest.raises(StatedError, match="decided twice"):
        add(file, first)
    assert load(file) == (first, second, shared, other)


def test_an_agency_that_its_name_does_not_tell_is_refused() -> None:
    guard = Guard(document="a" * 64, quote="甲")
    with pytest.raises(ValueError, match="no agency for certain"):
        WrittenDecision(
            kind=DecisionKind.AGENCY, expect=guard, agency="鼓楼区财政局", reviewer="王某",
            decided_on=date(2026, 11, 29), reason="对照原件",
        )  # fmt: skip
