"""A number of a sentence is as sure as a cell only where something else says it, too."""

import pytest
from msgspec import structs
from table_cells import printed

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.as_observation import CONFIDENCE
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.borne_out import weigh_by_agreement
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status
from pipeline.readers.text.plain_text import read_text

RECEIVED = "requests.received"
SURE = 0.9


def sure(text: str, *cells: Observation) -> dict[str, bool]:
    """The facts of sentences beside cells, and which are as sure as a cell."""
    document = read_text(f"一、总体情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    said = observe_narrative(sentences(part.blocks), 2022, template="D", reporter="石门县水务局")
    seen = weigh_by_agreement((*cells, *said), "D")
    told = seen[len(cells) :]
    return {
        fact.indicator_id: told[fact.observation].confidence >= SURE
        for fact in choose_facts(told, settled(told, 2022, Scope.AGENCY))
    }


def test_what_one_sentence_says_is_a_fact_and_less_sure_than_a_cell() -> None:
    assert sure("全年收到政府信息公开申请6件。") == {RECEIVED: False}


@pytest.mark.parametrize(("value", "agrees"), [(6, True), (7, False)])
def test_a_cell_bears_out_the_number_that_it_prints(value: int, agrees: bool) -> None:
    told = sure("全年收到政府信息公开申请6件。", printed(RECEIVED, value))
    assert told == {RECEIVED: agrees}


def test_a_second_sentence_bears_out_the_first() -> None:
    text = "全年收到政府信息公开申请6件。我局2022年共收到政府信息公开申请6件，均已答复。"
    assert sure(text)[RECEIVED]


@pytest.mark.parametrize(
    ("parts", "agrees"),
    [
        ("网络申请4件、信函申请2件", True),
        ("网络申请3件、信函申请2件", False),
        ("网络申请6件", False),
    ],
)
def test_all_its_parts_bear_out_a_whole(parts: str, agrees: bool) -> None:
    told = sure(f"全年收到政府信息公开申请6件，其中{parts}。")
    assert told[RECEIVED] is agrees


def test_an_identity_of_the_form_bears_out_what_it_holds_together() -> None:
    text = "上年结转2件，新收政府信息公开申请6件，办结7件，结转下年1件。"
    assert sure(text) == {
        "requests.carried_in": True,
        RECEIVED: True,
        "requests.processed": True,
        "requests.carried_out": True,
    }


def test_noughts_that_add_up_bear_out_nothing() -> None:
    assert not any(sure("无上年结转，未收到政府信息公开申请，办结0件，结转下年0件。").values())


def test_what_is_left_open_stays_so_whatever_adds_up() -> None:
    text = "上半年收到政府信息公开申请6件，其中网络申请4件、信函申请2件。"
    assert not any(sure(text).values())


def said(indicator_id: str | None, value: int | str, **words: object) -> Observation:
    """A number of a sentence that nothing leaves open."""
    plain = {"char_start": 5, "unit_raw": "件", "confidence": CONFIDENCE}
    return structs.replace(printed(indicator_id, value, Source.NARRATIVE), **plain | words)


def surer(*seen: Observation) -> list[int]:
    """Which of several numbers others bear out."""
    found = weigh_by_agreement(seen, "D")
    assert [structs.replace(one, confidence=0) for one in found] == [
        structs.replace(one, confidence=0) for one in seen
    ]
    return [
        n
        for n, (before, now) in enumerate(zip(seen, found, strict=True))
        if now.confidence != before.confidence
    ]


SIX = said(RECEIVED, 6)
CELL = printed(RECEIVED, 6)


@pytest.mark.parametrize(
    ("seen", "numbers"),
    [
        ([SIX, CELL], [0]),
        ([SIX, structs.replace(CELL, year=2021)], []),
        ([SIX, structs.replace(CELL, value=None, value_status=Status.BLANK)], []),
        ([SIX, printed("requests.carried_in", 6)], []),
        ([SIX, printed(RECEIVED, 6, Source.RECONSTRUCTED)], [0]),
        ([SIX, printed(RECEIVED, 6, Source.REVIEWED)], [0]),
        ([SIX, printed(RECEIVED, 6, Source.DERIVED)], []),
        ([said(RECEIVED, "0.06", unit_raw="百件"), CELL], [0]),
        ([said(RECEIVED, 6, unit_raw="百件"), CELL], []),
        # What is open itself is not borne out, whatever a cell prints.
        ([said(RECEIVED, 6, confidence=CONFIDENCE - 0.01), CELL], []),
        ([said(RECEIVED, 6, year=2021), CELL], []),
        ([said(None, 6), printed(None, 6)], []),
        ([structs.replace(SIX, value=None), CELL], []),
        ([printed(RECEIVED, 6), CELL], []),
    ],
)
def test_a_cell_bears_out_a_plain_number_of_the_same_year_and_amount(
    seen: list[Observation], numbers: list[int]
) -> None:
    assert surer(*seen) == numbers


@pytest.mark.parametrize(
    ("again", "numbers"),
    [
        (said(RECEIVED, 6, char_start=90), [0, 1]),
        (said(RECEIVED, 6), []),
        (said(RECEIVED, 7, char_start=90), []),
        (said("requests.closed", 6, char_start=90), []),
        (said(RECEIVED, 6, char_start=90, year=2021), []),
        (said(RECEIVED, 6, char_start=90, confidence=0.6), []),
    ],
)
def test_only_another_sentence_says_a_number_again(again: Observation, numbers: list[int]) -> None:
    assert surer(SIX, again) == numbers


def parts(*numbers: int, **words: object) -> list[Observation]:
    """Numbers of a sentence below that of the requests received."""
    path = {"section_path": "收到申请 > 网络申请"} | words
    return [said("requests.received.online", number, **path) for number in numbers]


WHOLE = said(RECEIVED, 6, section_path="收到申请")


@pytest.mark.parametrize(
    ("below", "numbers"),
    [
        (parts(4, 2), [0, 1, 2]),
        (parts(4, 1), []),
        (parts(6), []),
        (parts(3, 2, 1), [0, 1, 2, 3]),
        # Noughts are no parts that make a whole up.
        (parts(6, 0), []),
        (parts(4, 2, unit_raw="条"), []),
        (parts(4, 2, char_start=90), []),
        (parts(4, 2, section_path="办结 > 网络申请"), []),
        (parts(4, 2, qualifier=Qualifier.APPROXIMATE), []),
        # Parts that are open themselves bear the whole out, and stay open.
        (parts(4, 2, confidence=0.6), [0]),
        (parts(4, 2, source=Source.TABLE), []),
    ],
)
def test_parts_of_the_same_sentence_and_unit_bear_their_whole_out(
    below: list[Observation], numbers: list[int]
) -> None:
    assert surer(WHOLE, *below) == numbers


def balance(carried_in: int, received: int, processed: int, carried_out: int) -> list[Observation]:
    names = ("carried_in", "received", "processed", "carried_out")
    numbers = (carried_in, received, processed, carried_out)
    return [said(f"requests.{name}", n) for name, n in zip(names, numbers, strict=True)]


@pytest.mark.parametrize(
    ("seen", "numbers"),
    [
        (balance(2, 6, 7, 1), [0, 1, 2, 3]),
        (balance(2, 6, 7, 2), []),
        (balance(0, 0, 0, 0), []),
        (balance(2, 6, 7, 1)[:3], []),
        # What is not told is not none.
        (balance(2, 6, 8, 0)[:3], []),
        # Of two that disagree the first counts, and only what is as it says is borne out.
        ([*balance(2, 6, 7, 1), said(RECEIVED, 9, char_start=90)], [0, 1, 2, 3]),
        ([said(RECEIVED, 9, char_start=90), *balance(2, 6, 7, 1)], []),
    ],
)
def test_a_balance_that_is_told_whole_bears_out_its_numbers(
    seen: list[Observation], numbers: list[int]
) -> None:
    assert surer(*seen) == numbers
