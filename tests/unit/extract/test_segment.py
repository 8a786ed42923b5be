"""Two engines cut prose: they must cut alike, so that a report reads the same everywhere."""

import re
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract.narrative import labels, segment
from pipeline.extract.narrative.observe import observe_narrative
from pipeline.extract.narrative.passages import sentences
from pipeline.extract.observation import Observation
from pipeline.extract.split import split
from pipeline.readers.document import Document
from pipeline.readers.text import read_text

ROOT = Path(__file__).parents[3]
SEEDS = sorted((ROOT / "data" / "raw").glob("*/00*.txt"))


@cache
def python_cut() -> segment.Cut:
    return segment.python_cut()


def observed(path: Path) -> list[Observation]:
    document = read_text(path.read_bytes())
    assert isinstance(document, Document)
    return [
        found
        for part in split(document)
        for found in observe_narrative(tuple(sentences(part.blocks)), 2018)
    ]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_clause_is_cut_alike(path: Path) -> None:
    rust_cut = segment.rust_cut()
    for clause in set(re.split(r"[,，。；;\n]", path.read_text(encoding="utf-8"))):
        assert rust_cut(clause) == python_cut()(clause)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_facts_are_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = observed(path)
    monkeypatch.setattr(labels, "words", lambda text: tuple(python_cut()(text)))
    assert observed(path) == fast


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("全年受理依申请公开事项", "依申请公开"),
        ("新制发规范性文件", "规范性文件"),
        ("属于行政执法案卷的", "行政执法案卷"),
        ("嘉祥县质量技术监督局收到", "质量技术监督局"),
        ("县市场监管局受理", "市场监管局"),
    ],
)
def test_terms_of_forms_and_names_of_agencies_stay_whole(text: str, whole: str) -> None:
    assert whole in segment.words(text)
