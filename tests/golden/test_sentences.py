"""What labelled paragraphs give: facts, and what contradicts itself. The floors may only rise."""

import json
from functools import cache
from pathlib import Path

import pytest

from tests.golden.score_sentences import Score, cases, score_contradictions, score_facts

CORPUS = Path(__file__).parent / "sentences"
FLOORS: dict[str, dict[str, float]] = json.loads(
    (CORPUS / "floors.json").read_text(encoding="utf-8")
)


@cache
def score(name: str) -> Score:
    labelled = cases(CORPUS / f"{name}.yml")
    return score_facts(labelled) if name == "facts" else score_contradictions(labelled)


@pytest.mark.parametrize("name", ["facts", "contradictions"])
def test_little_of_what_is_published_or_told_is_wrong(name: str) -> None:
    assert score(name).precision >= FLOORS[name]["precision"], score(name).wrong


@pytest.mark.parametrize("name", ["facts", "contradictions"])
def test_most_of_what_a_reader_would_take_is_found(name: str) -> None:
    assert score(name).recall >= FLOORS[name]["recall"], score(name).missed
