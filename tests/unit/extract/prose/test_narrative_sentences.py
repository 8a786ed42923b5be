"""Sentences in the styles of many years: everything they count, and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Qualifier, Status
from pipeline.readers.text.plain_text import read_text

BANK = Path(__file__).parents[3] / "golden" / "narrative" / "sentences.yml"
MARKS = {Qualifier.APPROXIMATE: "~", Qualifier.AT_LEAST: ">=", Qualifier.EXACT: ""}


def cases() -> Iterator[Any]:
    for case in yaml.load(BANK.read_text(encoding="utf-8"), yaml.CSafeLoader):
        kind = "held" if case.get("held") else "tuned"
        yield pytest.param(case, id=f"{kind}-{case['year']}-{case['text'][:16]}")


def described(one: Observation) -> frozenset[str]:
    value = "masked" if one.value_status is Status.MASKED else str(one.value)
    parts = (value, one.unit_raw or "-", MARKS[one.qualifier], one.indicator_id or "")
    return frozenset(part for part in parts if part)


@pytest.mark.parametrize("case", list(cases()))
def test_a_sentence_says_what_it_says(case: dict[str, Any]) -> None:
    document = read_text(f"{case['heading']}\n{case['text']}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    found = [described(one) for one in observe_narrative(sentences(part.blocks), case["year"])]
    wanted = [frozenset(str(line).split()) for line in case["finds"]]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))


def test_the_bank_is_large_and_partly_held_out() -> None:
    bank = yaml.load(BANK.read_text(encoding="utf-8"), yaml.CSafeLoader)
    assert len(bank) >= 60
    assert sum(bool(case.get("held")) for case in bank) >= len(bank) / 3


def paths(heading: str, sentence: str) -> list[str]:
    document = read_text(f"{heading}\n{sentence}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return [one.section_path for one in observe_narrative(sentences(part.blocks), 2018)]


@pytest.mark.parametrize(
    ("between", "are_parts"),
    [("（{}）", True), ("信息（{}）", True), ("，包括{}", True), ("各类信息（{}）", False)],
)
def test_what_stands_in_brackets_right_behind_a_number_are_its_parts(
    between: str, are_parts: bool
) -> None:
    kinds = between.format("法规类5条，规划类4条")
    whole, *parts = paths("一、主动公开情况", f"全年共公开政府信息9条{kinds}。")
    assert [one.startswith(f"{whole} > ") for one in parts] == [are_parts] * 2


@pytest.mark.parametrize(
    ("ways", "is_part"),
    [("政府网站公开信息15条", True), ("政府网站公开信息15条，微信公开信息7条", False)],
)
def test_what_of_which_begins_a_sentence_with_is_of_one_way_and_not_of_two(
    ways: str, is_part: bool
) -> None:
    first, *_, last = paths("一、主动公开情况", f"通过{ways}。其中规范性文件3条。")
    assert last.startswith(f"{first} > ") is is_part


@pytest.mark.parametrize(("letters", "is_head"), [(20, True), (60, True), (61, False)])
def test_a_heading_is_no_longer_than_sixty_letters(letters: int, is_head: bool) -> None:
    words = ("主动公开政府信息有关情况及其他需要说明的各类事项" * 4)[:letters]
    (path,) = paths(f"一、{words}", "主动公开政府信息120条。")
    assert path.startswith(f"一、{words} > ") is is_head


@pytest.mark.parametrize(
    ("letters", "between", "is_head"),
    [(24, "\n", True), (25, "\n", False), (40, "\n\n\n", True), (41, "\n\n\n", False)],
)
def test_a_line_without_a_number_is_a_heading_where_no_sentence_would_break_so_early(
    letters: int, between: str, is_head: bool
) -> None:
    words = ("主动公开政府信息的各类有关事项" * 4)[: letters - 2]
    (path,) = paths(f"{words}情况{between}", "主动公开政府信息120条。")
    assert path.startswith(f"{words}情况 > 主动公开") is is_head


@pytest.mark.parametrize("before", ["", f"{'本' * 20}，"])
@pytest.mark.parametrize("number", ["12345条政府信息", "12,345条政府信息"])
def test_half_a_number_is_never_read_where_a_run_without_a_stop_is_cut(
    before: str, number: str
) -> None:
    for letters in range(1484, 1503):
        said = f"{before}{'本' * (letters - len(before))}公开{number}，无其他。"
        document = read_text(f"一、主动公开情况\n{said}\n".encode())
        assert isinstance(document, Document)
        (part,) = split(document)
        found = observe_narrative(sentences(part.blocks), 2018)
        assert [one.value for one in found] == [12345], letters


def test_a_numeral_in_a_quotation_counts_nothing() -> None:
    said = "落实“公开信息五条，答复申请十件”的要求，公开信息三条。"
    (path,) = paths("一、主动公开情况", said)
    assert path.endswith("公开信息")
