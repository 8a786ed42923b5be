"""A number of a sentence is as sure as a cell only where something else says it, too."""

import pytest
from table_cells import printed

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.borne_out import weigh_by_agreement
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Scope
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
