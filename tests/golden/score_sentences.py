"""Scores what sentences give against a labelled corpus; ``sentences/GUIDE.md`` is its guide.

    .venv/bin/python tests/golden/score_sentences.py FOLDER [--list]

FOLDER holds ``facts.yml`` (paragraphs and the facts they state) and ``contradictions.yml``
(paragraphs that contradict themselves and others that only seem to).
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.assertions import observe_assertions
from pipeline.extract.prose.passages import Sentence, sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.extract.prose.whose import kind_of
from pipeline.extract.tables.table_reader import observe_tables
from pipeline.facts.borne_out import weigh_by_agreement
from pipeline.facts.comparable import sums, weigh_by_tables
from pipeline.facts.prose_checks import compare_sources
from pipeline.facts.selection import PRINTED, choose_facts, derive_totals, settled
from pipeline.model.check import CheckResult, Outcome
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Scope
from pipeline.readers.text.plain_text import read_text

Case = dict[str, Any]
_CUMULATIVE = ":cumulative"
# What parts the cells of a table that stands in the text of a case.
_BAR = " | "


@dataclass
class Score:
    """How many, and which were not as they should be."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    found: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right among what was published or told."""
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """Found among what was wanted."""
        return self.found / max(self.found + len(self.missed), 1)

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.2%} ({len(self.wrong)} wrong of "
            f"{self.right + len(self.wrong)}), recall {self.recall:.2%} "
            f"({len(self.missed)} missed of {self.found + len(self.missed)})"
        )


def cases(path: Path) -> list[Case]:
    """Returns the labelled paragraphs of a file."""
    loaded: list[Case] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def observed(case: Case) -> tuple[tuple[Observation, ...], list[Sentence]]:
    """What the paragraph of a case says in numbers, tables in it included, and its sentences."""
    return _observed(
        f"{case['heading']}\n{case['text']}\n",
        case["year"],
        case.get("template", "none"),
        case.get("reporter", ""),
        scope_of(case),
    )


@cache
def _observed(
    text: str, year: int, template: str, reporter: str, scope: Scope
) -> tuple[tuple[Observation, ...], list[Sentence]]:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    printed: list[Observation] = []
    prose: list[Sentence] = []
    for part in split(document):
        taken: tuple[tuple[int, int], ...] = ()
        if _BAR in text:
            tables = observe_tables(document, part, year)
            printed += tables.observations
            taken = tables.taken
        prose += sentences(part.blocks, taken, traditional=part.is_traditional)
    stated = observe_narrative(prose, year, template=template, reporter=reporter, scope=scope)
    seen = weigh_by_agreement(weigh_by_tables((*printed, *stated)), template)
    whole = settled(seen, year, scope, PRINTED)
    return (*seen, *derive_totals(seen, template, year, whole)), prose


def scope_of(case: Case) -> Scope:
    """Whose numbers the report of a case gives."""
    stated = case.get("scope")
    if stated:
        return Scope(stated)
    kind, _ = kind_of(case.get("reporter", ""))
    return Scope.REGION if kind == "government" else Scope.AGENCY


def score_facts(labelled: Sequence[Case]) -> Score:
    """Holds the facts of paragraphs against what their labels ask for and allow."""
    score = Score()
    for case in labelled:
        seen, _ = observed(case)
        chosen = choose_facts(seen, settled(seen, case["year"], scope_of(case)))
        have = {fact.indicator_id: fact.value for fact in chosen}
        wanted = _values(case["facts"])
        allowed = wanted | _values(case.get("may") or {})
        also = case.get("may_also") or {}
        for name, value in have.items():
            if (name in allowed and allowed[name] in (None, value)) or value in also.get(name, ()):
                score.right += 1
            elif not name.endswith(_CUMULATIVE):
                score.wrong.append(f"{case['structure']} {name}={value}: {case['text']}")
        for name, value in wanted.items():
            if have.get(name) == value:
                score.found += 1
            else:
                score.missed.append(f"{case['structure']} {name}={value}: {case['text']}")
    return score


def score_contradictions(labelled: Sequence[Case]) -> Score:
    """Holds failing checks on sentences against paragraphs that do and do not contradict.

    A contradiction is found where a check fails on what it is about, on a sum of that, or on
    numbers that have no indicator: the reader is shown both sides all the same.
    """
    score = Score()
    for case in labelled:
        seen, prose = observed(case)
        failing = [
            check
            for check in compare_sources(seen, observe_assertions(prose), scope_of(case))
            if check.outcome is Outcome.FAIL
        ]
        told = f"{case['structure']} {[check.rule_id for check in failing]}: {case['text']}"
        if not case["contradict"]:
            score.wrong += [told] * bool(failing)
            continue
        if any(_is_about(check, set(case["about"])) for check in failing):
            score.found += 1
            score.right += 1
        else:
            score.missed.append(told)
    return score


def _is_about(check: CheckResult, about: set[str]) -> bool:
    """Whether a check fails on some of what a paragraph contradicts itself about."""
    named = set(check.indicator_ids)
    rows = {row for name in named | about for row in sums().get(name, ())}
    return not named or not about.isdisjoint(named | rows) or not rows.isdisjoint(named)


def _values(labels: dict[str, Any]) -> dict[str, Decimal | None]:
    """Labelled values; None where any value would do."""
    return {name: None if value is None else Decimal(str(value)) for name, value in labels.items()}


def main() -> None:
    """Prints the scores of a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="print what is wrong and missed")
    options = parser.parse_args()
    for name, score in (
        ("facts", score_facts(cases(options.folder / "facts.yml"))),
        ("contradictions", score_contradictions(cases(options.folder / "contradictions.yml"))),
    ):
        print(f"{name}: {score}")
        for label, lines in (("wrong", score.wrong), ("missed", score.missed)):
            for line in lines if options.list else ():
                print(f"  {label} {line}")


if __name__ == "__main__":
    main()
