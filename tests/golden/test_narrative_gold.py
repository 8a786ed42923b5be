"""The reviewed numbers of the five samples' sentences, and what must not become a number.

An observation matches a gold fact when it was read from the same stretch of text, has the
same value, unit, qualifier and status, and its label shares at least half of the shorter
label's characters: gold labels are a reader's words, ours are the sentence's.
"""

import csv
import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Qualifier, Source, Status
from pipeline.readers.text.plain_text import read_text
from tests.some import some

ROOT = Path(__file__).parents[2]
GOLD = Path(__file__).parent / "narrative"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "data" / "raw").glob("*/00*.txt"))}
YEARS = {"004": 2017}
TEMPLATES = {"001": "B", "002": "B", "004": "B"}

Row = dict[str, str]


@cache
def document(seed: str) -> Document:
    read = read_text(SEEDS[seed].read_bytes())
    assert isinstance(read, Document)
    return read


@cache
def observed(seed: str) -> tuple[Observation, ...]:
    year, template = YEARS.get(seed, 2018), TEMPLATES.get(seed, "none")
    return tuple(
        observation
        for part in split(document(seed))
        for observation in observe_narrative(sentences(part.blocks), year, template=template)
    )


def rows(name: str) -> list[Row]:
    with next(GOLD.glob(name)).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def gold(seed: str) -> list[Row]:
    return [row for row in rows(f"{seed}_*[0-9a-f].csv") if row["source"] == "narrative"]


def context(seed: str) -> list[Row]:
    return rows(f"{seed}_*.context.csv") if list(GOLD.glob(f"{seed}_*.context.csv")) else []


def qualifier(row: Row) -> Qualifier:
    if "余" in row["value_raw"]:
        return Qualifier.APPROXIMATE
    if f"不低于{row['value_raw']}" in row["quote"]:
        return Qualifier.AT_LEAST
    return Qualifier.EXACT


def matches(seed: str, row: Row, found: Observation) -> bool:
    text, quote = document(seed).text, row["quote"]
    starts = [match.start() for match in re.finditer(re.escape(quote), text)]
    return (
        any(found.char_start < at + len(quote) and at < found.char_end for at in starts)
        and found.value == (Decimal(row["value"]) if row["value"] else None)
        and found.unit_raw == (row["unit_raw"] or None)
        and found.qualifier is qualifier(row)
        and (found.value_status is Status.MASKED) == (row["value"] == "")
        and alike(row["label_raw"], found.label_raw)
    )


def alike(one: str, other: str) -> bool:
    first, second = set(one), set(other)
    return len(first & second) >= min(len(first), len(second)) / 2


def paired(seed: str) -> tuple[list[Row], list[Observation]]:
    """Gold facts without an observation, and observations that are neither gold nor context."""
    left = list(observed(seed))
    missed = []
    for row in [*gold(seed), *context(seed)]:
        found = next((one for one in left if matches(seed, row, one)), None)
        if found is not None:
            left.remove(found)
        elif row in gold(seed):
            missed.append(row)
    return missed, left


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_gold_is_found(seed: str) -> None:
    missed, _ = paired(seed)
    found = len(gold(seed)) - len(missed)
    assert found >= FLOORS["found"][seed], [row["label_raw"] for row in missed]


def test_at_least_95_percent_of_all_gold_is_found() -> None:
    total = sum(len(gold(seed)) for seed in SEEDS)
    missed = sum(len(paired(seed)[0]) for seed in SEEDS)
    assert total == 204
    assert (total - missed) / total >= 0.95


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_nothing_else_is_said_to_be_counted(seed: str) -> None:
    _, extra = paired(seed)
    assert len(extra) <= FLOORS["extra"][seed], [(one.label_raw, one.quote) for one in extra]


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_dates_numbers_of_documents_and_the_like_are_no_facts(seed: str) -> None:
    """In every quote, a number stands more often than the not-facts among its places."""
    text = document(seed).text
    forbidden = list(not_facts(seed, text))
    for one in some(observed(seed)):
        if one.value_raw not in {token for token, _ in forbidden}:
            continue
        token = re.escape(one.value_raw)
        stands = len(re.findall(rf"(?<![\d.]){token}(?![\d.])", one.quote))
        barred = sum(
            word == one.value_raw and one.char_start <= at < one.char_end for word, at in forbidden
        )
        same = sum(
            (other.char_start, other.value_raw) == (one.char_start, one.value_raw)
            for other in observed(seed)
        )
        assert same <= stands - barred, (one.value_raw, one.label_raw, one.quote)


def not_facts(seed: str, text: str) -> list[tuple[str, int]]:
    """Tokens that are no facts, with their offsets."""
    found = []
    for row in rows("not_facts.csv"):
        if row["seed"][:3] == seed:
            around = row["context"].replace("⏎", "\n").strip('"')
            at = text.find(around)
            if at >= 0:
                found.append((row["token"], at + middle(around, row["token"])))
    return found


def middle(around: str, token: str) -> int:
    """The occurrence of a token nearest to the middle of its context."""
    places = [match.start() for match in re.finditer(re.escape(token), around)]
    return min(places, key=lambda at: abs(at + len(token) / 2 - len(around) / 2))


def test_not_facts_are_located() -> None:
    located = sum(len(not_facts(seed, document(seed).text)) for seed in SEEDS)
    assert located >= 0.95 * 269


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_every_quote_stands_where_it_is_said_to(seed: str) -> None:
    for one in some(observed(seed)):
        assert document(seed).text[one.char_start : one.char_end] == one.quote
        assert one.source is Source.NARRATIVE
        assert one.section_path.endswith(one.label_raw)
        assert one.value_raw.replace(" ", "") in re.sub(r"\s", "", one.quote)


def test_the_report_without_a_table_gives_its_eight_facts() -> None:
    assert len(observed("000")) == 8
    values = {one.indicator_id: one.value for one in observed("000") if one.indicator_id}
    assert values == {
        "disclosure.items": 31,
        "requests.received": 0,
        "requests.fees_collected": 0,
        "reconsideration.total": 0,
        "litigation.total": 0,
    }
