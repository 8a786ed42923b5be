"""Two engines cut prose: they must cut alike, so that a report reads the same everywhere."""

import re
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose import noun_phrases, word_segmentation
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.model.document import Document
from pipeline.model.observation import Observation
from pipeline.readers.text.plain_text import read_text
from tests.some import some

ROOT = Path(__file__).parents[4]
SEEDS = sorted((ROOT / "data" / "raw").glob("*/00*.txt"))


@cache
def python_cut() -> word_segmentation.Cut:
    return word_segmentation.python_cut()


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
    rust_cut = word_segmentation.rust_cut()
    for clause in some(set(re.split(r"[,，。；;\n]", path.read_text(encoding="utf-8")))):
        assert rust_cut(clause) == python_cut()(clause)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_facts_are_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = observed(path)
    monkeypatch.setattr(noun_phrases, "words", lambda text: tuple(python_cut()(text)))
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
    assert whole in word_segmentation.words(text)
