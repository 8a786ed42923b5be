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
    for case in yaml.safe_load(BANK.read_text(encoding="utf-8")):
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
    bank = yaml.safe_load(BANK.read_text(encoding="utf-8"))
    assert len(bank) >= 60
    assert sum(bool(case.get("held")) for case in bank) >= len(bank) / 3
