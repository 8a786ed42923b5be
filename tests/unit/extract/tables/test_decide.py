"""Proposals are taken in one place, and every value says what gave it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from msgspec import structs

from pipeline.extract.tables import decide, table_reader
from pipeline.extract.tables.propose.proposal import Proposal, Proposer, Rows
from pipeline.lexis.values import read_value
from pipeline.model.document import Document, Table
from pipeline.model.observation import Observation, Source, Status
from pipeline.readers.text.plain_text import read_text
from tests.generator.corpus import sample
from tests.unit.extract.tables.found_tables import found_in, found_in_text, values

_LABELS = (
    ("（一）收到申请数", "件", 31),
    ("1.当面申请数", "件", 4),
    ("2.传真申请数", "件", 3),
    ("3.网络申请数", "件", 20),
    ("4.信函申请数", "件", 4),
    ("（二）申请办结数", "件", 30),
    ("1.按时办结数", "件", 28),
    ("2.延期办结数", "件", 2),
)
_TITLE = "嘉祥县水务局2017年政府信息公开工作年度报告\n"


def why(observations: tuple[Observation, ...], indicator_id: str) -> tuple[str, ...]:
    return next(one.why for one in observations if one.indicator_id == indicator_id)


def test_a_plain_cell_says_that_it_was_read_where_it_stands() -> None:
    rows = "".join(f"{label}\t{unit}\t{number}\n" for label, unit, number in _LABELS)
    found = found_in_text(f"{_TITLE}统计指标\t单位\t统计数\n{rows}", 2017)
    assert why(found.observations, "requests.received") == ("row.cells",)


def test_a_split_row_names_the_identity_that_split_it() -> None:
    drawn = sample(3, form="D", layout="flattened", glue=1.0)
    found = found_in_text(drawn.data.decode(), drawn.year)
    split = [one for one in found.observations if one.source is Source.RECONSTRUCTED]
    assert split
    assert all("digits.split" in one.why for one in split)
    assert any(rule.startswith("CD-E") for one in split for rule in one.why)


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ("-31", "slip.negative"),
        ("−31", "slip.negative"),
        ("减31", "slip.negative"),
        ("31.5", "slip.fraction"),
    ],
)
def test_a_count_that_no_one_can_count_is_no_number(printed: str, rule: str) -> None:
    rows = f"（一）收到申请数\t件\t{printed}\n1.当面申请数\t件\t4\n2.传真申请数\t件\t3\n"
    found = found_in_text(f"{_TITLE}统计指标\t单位\t统计数\n{rows}", 2017)
    seen = next(one for one in found.observations if one.indicator_id == "requests.received")
    assert (seen.value, seen.value_status, seen.value_raw) == (None, Status.UNREADABLE, printed)
    assert seen.why == ("row.cells", rule)
    assert values(found)["requests.received.in_person"] == 4


def between_arrows(report: Rows) -> Iterator[Proposal]:
    """A layout that nobody prints: every number between arrows."""
    for number, reading in enumerate(report.rows):
        if any(cell.value.raw.startswith("→") for cell in reading.cells):
            values = [read_value(cell.value.raw.strip("→←")) for cell in reading.cells]
            pairs = zip(reading.cells, values, strict=True)
            yield Proposal(
                number, tuple(structs.replace(cell, value=value) for cell, value in pairs)
            )


def test_a_layout_is_one_proposer_and_one_line_of_registration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = "".join(f"{label}\t{unit}\t→{number}←\n" for label, unit, number in _LABELS)
    text = f"{_TITLE}统计指标\t单位\t统计数\n{rows}"
    assert values(found_in_text(text, 2017)) == {}

    proposers = (*decide.PROPOSERS, Proposer("made.up", between_arrows))
    monkeypatch.setattr(table_reader, "decide", partial(decide.decide, proposers=proposers))
    found = found_in_text(text, 2017)
    assert sorted(values(found).values()) == sorted(number for *_, number in _LABELS)
    assert why(found.observations, "requests.received") == ("row.cells", "made.up")


def test_every_proposer_has_an_id_of_its_own() -> None:
    ids = [proposer.id for proposer in decide.PROPOSERS]
    assert len(set(ids)) == len(ids)


def test_values_left_of_their_labels_are_read_under_their_heads() -> None:
    rows = "".join(f"{number}\t{unit}\t{label}\n" for label, unit, number in _LABELS)
    found = found_in_text(f"{_TITLE}统计数\t单位\t统计指标\n{rows}", 2017)
    assert sorted(values(found).values()) == sorted(number for *_, number in _LABELS)
    assert {one.unit_raw for one in found.observations} == {"件"}


def test_numbers_of_a_read_table_that_no_row_takes_are_kept_and_no_cell_beside_is_blank() -> None:
    # Too few rows to tell that the table is mirrored.
    few = _LABELS[:2]
    rows = "".join(f"{number}\t{unit}\t{label}\t\n" for label, unit, number in few)
    found = found_in_text(f"{_TITLE}数\t\t名\t\n{rows}", 2017)
    kept = [one.value for one in found.observations if one.indicator_id is None]
    assert sorted(number for number in kept if number is not None) == sorted(
        number for *_, number in few
    )
    assert not [one for one in found.observations if one.value_status is Status.BLANK]
    assert any("numbers stand in the table" in notice for notice in found.notices)


def test_a_subtotal_that_the_form_does_not_have_is_kept() -> None:
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量")
    heads = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t小计\t总计"
    text = f"嘉祥县水务局2022年政府信息公开工作年度报告\n项目\t{heads}\n"
    text += "".join(f"{label}\t3\t2\t0\t0\t0\t1\t33\t6\n" for label in labels)
    found = found_in_text(text, 2022)
    assert values(found)["requests.received"] == 6
    assert [one.value for one in found.observations if one.indicator_id is None] == [33, 33]


@pytest.mark.parametrize("confidence", [1.0, 0.6])
def test_a_cell_is_no_surer_than_its_letters_were_recognised(confidence: float) -> None:
    rows = "".join(f"{label}\t{unit}\t{number}\n" for label, unit, number in _LABELS)
    document = read_text(f"{_TITLE}统计指标\t单位\t统计数\n{rows}".encode())
    assert isinstance(document, Document)
    blocks = tuple(
        replace(
            block, cells=tuple(structs.replace(cell, confidence=confidence) for cell in block.cells)
        )
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    found = found_in(replace(document, blocks=blocks), 2017)
    assert {one.confidence for one in found.observations} == {confidence}


@pytest.mark.parametrize("unit", ["万件", "条"])
def test_a_number_in_another_unit_than_the_forms_is_less_sure_in_a_grid_too(unit: str) -> None:
    rows = "".join(f"{label}\t{unit}\t{number}\n" for label, _, number in _LABELS)
    found = found_in_text(f"{_TITLE}统计指标\t单位\t统计数\n{rows}", 2017)
    assert {one.confidence for one in found.observations} == {0.95}


@pytest.mark.parametrize("heads", ["统计指标\t单位\t统计数\t备注", "统计指标\t单位\t统计数"])
def test_a_second_unit_behind_a_number_is_not_the_unit_of_its_row(heads: str) -> None:
    rows = "".join(f"{label}\t{unit}\t{number}\t次\n" for label, unit, number in _LABELS)
    found = found_in_text(f"{_TITLE}{heads}\n{rows}", 2017)
    assert {one.unit_raw for one in found.observations} == {"件"}
    assert values(found)["requests.received"] == 31


def test_a_figure_within_a_label_that_goes_on_below_leaves_no_blank_cell() -> None:
    rows = "".join(f"{label} {unit} {number}\n" for label, unit, number in _LABELS)
    rows += "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经\n"
    text = f"{_TITLE}统计指标 单位 统计数\n{rows}万元 6费）\n九、政府信息公开会议和培训情况\n"
    found = found_in_text(text, 2017)
    (funds,) = [one for one in found.observations if one.indicator_id == "budget.special_funds"]
    assert funds.value_status is Status.UNREADABLE
    assert any("a figure within its label" in notice for notice in found.notices)
