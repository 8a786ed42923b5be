"""What comes of a decision: it is applied, or it is told why not, and what it withholds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from stated_corpus import report

from pipeline.model.decision import Decision, DecisionKind
from pipeline.model.document import Document
from pipeline.parsing import DocumentResult
from pipeline.warehouse.publishing import decided
from pipeline.warehouse.publishing.overlay import Decided
from pipeline.warehouse.reviewed.decisions import Guard, WrittenDecision

READ, GONE, UNKNOWN = "a" * 64, "b" * 64, "c" * 64
RECEIVED = "requests.received"


def written(
    kind: DecisionKind = DecisionKind.READING, document: str = READ, **more: Any
) -> WrittenDecision:
    said = {"indicator": RECEIVED, "value": "17"} if kind is not DecisionKind.AGENCY else {}
    return WrittenDecision(
        kind=kind,
        expect=Guard(document=document, quote="收到17件"),
        reviewer="甲",
        decided_on=date(2024, 1, 1),
        reason="看过原件",
        **{**said, **more},
    )


def decide(
    monkeypatch: pytest.MonkeyPatch, *decisions: WrittenDecision, unfit: Sequence[str] = ()
) -> tuple[Decided, dict[int, int]]:
    """Decides about a document with one report of 17 requests, and one whose text is gone."""
    told: dict[int, int] = {}

    def parse(_: object, given: Mapping[int, Sequence[Decision]]) -> DocumentResult:
        told.update({part: len(own) for part, own in given.items()})
        refused = tuple((one, "several") for one in unfit)
        own = replace(report({RECEIVED: "17"}), unfit=refused)
        return DocumentResult("", "f", "text/plain", "utf-8", (own,), None)

    texts = {READ: Document("", (), "text/plain"), GONE: None}
    kept = [(f"o{one[0]}", "f", "", one) for one in texts]
    monkeypatch.setattr(decided, "_found", lambda _, ids: [one for one in kept if one[3] in ids])
    monkeypatch.setattr(decided, "document_in", lambda _, one: texts[one])
    monkeypatch.setattr(decided, "parse_reading", parse)
    store = SimpleNamespace(documents=None)
    return decided.decide(store, decisions), told


@pytest.mark.parametrize(
    ("decision", "unfit"),
    [
        (written(), None),
        (written(DecisionKind.CONFIRM), None),
        (written(document=GONE), decided.NO_DOCUMENT),
        (written(document=UNKNOWN), decided.NO_DOCUMENT),
        (written(part=2), decided.NO_REPORT),
        (written(DecisionKind.WITHHOLD), None),
        (written(DecisionKind.WITHHOLD, part=2), decided.NO_REPORT),
        (written(DecisionKind.WITHHOLD, indicator="requests.carried_in"), decided.NO_FACT),
        (written(DecisionKind.AGENCY, agency="嘉祥县教育局"), None),
    ],
)
def test_a_decision_is_applied_or_told_why_not(
    monkeypatch: pytest.MonkeyPatch, decision: WrittenDecision, unfit: str | None
) -> None:
    found, _ = decide(monkeypatch, decision)
    (row,) = found.decisions
    assert (row["is_applied"], row["unfit"]) == (unfit is None, unfit)
    is_agency = decision.kind is DecisionKind.AGENCY
    assert row["agency_id"] == ("370829.education" if is_agency else None)
    assert (row["quote"], row["document_id"]) == ("收到17件", decision.expect.document)
    is_withheld = decision.kind is DecisionKind.WITHHOLD and unfit is None
    assert [one["expect"] for one in found.withheld] == ([Decimal(17)] if is_withheld else [])
    is_read = decision.expect.document == READ
    assert found.origins == (["oa"] if is_read else [])


@pytest.mark.parametrize("kind", [DecisionKind.READING, DecisionKind.WITHHOLD])
def test_what_fits_the_report_no_more_says_so_and_withholds_nothing(
    monkeypatch: pytest.MonkeyPatch, kind: DecisionKind
) -> None:
    decision, other = written(kind), written(kind, value="18")
    found, _ = decide(monkeypatch, decision, other, unfit=[decision.decision_id])
    assert [row["unfit"] for row in found.decisions] == ["several", None]
    assert len(found.withheld) == (kind is DecisionKind.WITHHOLD)


def test_who_is_to_mend_a_decision_is_told_what_it_says_and_what_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision = written(DecisionKind.CONFIRM, value="18")
    found, _ = decide(monkeypatch, decision, unfit=[decision.decision_id])
    (sentence,) = found.unfit()
    for said in (
        RECEIVED,
        "高青县质量技术监督局 2018",
        "says 18",
        "17 is read",
        "收到17件",
        "decisions.yml",
    ):
        assert said in sentence


def test_each_part_of_a_document_is_read_with_its_own_decisions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decisions = [written(), written(value="18"), written(part=2), written(document=GONE)]
    _, told = decide(monkeypatch, *decisions)
    assert told == {1: 2, 2: 1}
