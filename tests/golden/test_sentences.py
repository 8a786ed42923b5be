"""What labelled paragraphs give: facts, and what contradicts itself. The floors may only rise."""

import json
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract.prose.attribution import reasons
from pipeline.extract.prose.indicator_rules import rule_ids
from tests.golden.score_sentences import (
    Score,
    cases,
    observed,
    score_contradictions,
    score_facts,
)

GOLD = Path(__file__).parent
CORPUS = Path(__file__).parent / "sentences"
FLOORS: dict[str, dict[str, float]] = json.loads(
    (CORPUS / "floors.json").read_text(encoding="utf-8")
)


@cache
def score(name: str) -> Score:
    labelled = cases(CORPUS / f"{name}.yml")
    return score_facts(labelled) if name.endswith("facts") else score_contradictions(labelled)


def test_every_wording_gives_all_of_its_facts_and_no_other() -> None:
    found = score_facts(cases(CORPUS / "wording.yml"))
    assert (found.wrong, found.missed) == ([], [])


@pytest.mark.slow
def test_every_rule_reads_a_number_of_some_labelled_paragraph() -> None:
    """A rule that no paragraph needs is to be deleted."""
    used = {
        name
        for folder in ("sentences", "narrative")
        for path in sorted((GOLD / folder).glob("*.yml"))
        for case in cases(path)
        for one in observed({"template": "none", **case})[0]
        for name in one.why
    }
    assert sorted(rule_ids() - used) == []
    assert sorted(reasons().keys() - used - {"O-table"}) == []


@pytest.mark.parametrize("name", list(FLOORS))
def test_little_of_what_is_published_or_told_is_wrong(name: str) -> None:
    assert score(name).precision >= FLOORS[name]["precision"], score(name).wrong


@pytest.mark.parametrize("name", list(FLOORS))
def test_most_of_what_a_reader_would_take_is_found(name: str) -> None:
    assert score(name).recall >= FLOORS[name]["recall"], score(name).missed
