"""A report in traditional characters says the same as its simplified original."""

from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import Part, split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.lexis.traditional import as_read, is_traditional
from pipeline.model.document import Document
from pipeline.model.observation import Observation
from pipeline.readers.text.plain_text import read_text

ROOT = Path(__file__).parents[3]
SEEDS = [
    *sorted((ROOT / "data" / "raw").glob("*/00*.txt")),
    *sorted((ROOT / "tests" / "golden" / "reports").glob("pingtan*.txt")),
]
SCRIPTS = ("s2t", "s2tw", "s2hk")


@cache
def document(path: Path, script: str = "") -> Document:
    text = path.read_text(encoding="utf-8")
    read = read_text((OpenCC(script).convert(text) if script else text).encode())
    assert isinstance(read, Document)
    return read


def identified(read: Document) -> list[ReportIdentity]:
    return [identify(part, read) for part in split(read)]


def counted(part: Part) -> list[tuple[object, ...]]:
    return [
        meaning(one)
        for one in observe_narrative(sentences(part.blocks, traditional=part.is_traditional), 2018)
    ]


def meaning(one: Observation) -> tuple[object, ...]:
    return one.indicator_id, one.value, one.value_status, one.qualifier, one.scope, one.char_start


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:12])
def test_who_when_and_what_stay_the_same(path: Path, script: str) -> None:
    simple, converted = (identified(document(path, form)) for form in ("", script))
    assert [one.agency for one in converted] == [one.agency for one in simple]
    assert [(one.year, one.doc_type) for one in converted] == [
        (one.year, one.doc_type) for one in simple
    ]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:12])
def test_sentences_count_the_same(path: Path) -> None:
    simple, converted = document(path), document(path, "s2t")
    found = [counted(part) for part in split(converted)]
    assert found == [counted(part) for part in split(simple)]


def test_names_and_titles_are_kept_as_printed() -> None:
    (path,) = (path for path in SEEDS if path.name.startswith("004"))
    (found,) = identified(document(path, "s2t"))
    assert found.title == "2017年政府信息公開工作年度報告"
    assert found.agency_stated == "山東省質量技術監督局"
    assert found.agency is not None
    assert found.agency.name_zh == "山东省质量技术监督局"


def test_quotes_are_kept_as_printed() -> None:
    (path,) = (path for path in SEEDS if path.name.startswith("000"))
    read = document(path, "s2t")
    for part in split(read):
        for one in observe_narrative(sentences(part.blocks, traditional=part.is_traditional), 2018):
            assert one.quote == read.text[one.char_start : one.char_end]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("依申請公開答覆", "依申请公开答复"),
        ("瞭解藉助", "了解借助"),
        ("收到申請5件", "收到申请5件"),
        ("主動公開政府資訊，入口網站、網路申請", "主动公开政府信息，门户网站、网络申请"),
    ],
)
def test_characters_in_use_on_both_sides_stand_for_the_one_meant_here(
    printed: str, meant: str
) -> None:
    assert as_read(printed, traditional=True) == meant
    assert as_read(printed, traditional=False) == printed


@pytest.mark.parametrize(("letters", "is_so"), [(199, True), (200, False)])
def test_a_text_is_traditional_from_one_such_character_in_two_hundred(
    letters: int, *, is_so: bool
) -> None:
    assert is_traditional("開" + "文" * (letters - 1)) is is_so
