"""Numbers known to be wrong are withheld, with their reason, and only they."""

from decimal import Decimal

import duckdb
import pytest
from stated_corpus import GAOQING, Corpus, report

from pipeline.declared import parsed
from pipeline.warehouse.publishing import checks, seeds
from pipeline.warehouse.queries.lineage import tell
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.reviewed.corrections import CorrectionsFile

ITEMS, RECEIVED = "disclosure.items", "requests.received"
ENTRY = """
corrections:
  - report: {report}
    indicator: disclosure.items
    expect: {expect}
    reason: 机关来函说明误填
    decided_on: 2026-11-20
"""
FACTS = "SELECT indicator_id, value FROM fact_indicator ORDER BY 1"


def decide(monkeypatch: pytest.MonkeyPatch, corpus: Corpus, expect: str) -> None:
    corpus.build_only("dim_report")
    ((report_id,),) = corpus.query("SELECT report_id FROM dim_report WHERE is_current")
    decided = parsed(ENTRY.format(report=report_id, expect=expect), CorrectionsFile).corrections
    monkeypatch.setattr(seeds, "corrections", lambda: decided)
    corpus.build()


def test_a_corrected_number_is_no_fact_and_says_why(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add("a.txt", report({ITEMS: "17", RECEIVED: "3"}))
    decide(monkeypatch, corpus, "17")
    assert corpus.query(FACTS) == [(RECEIVED, Decimal(3))]
    assert corpus.query("SELECT is_applied, reason FROM correction") == [(True, "机关来函说明误填")]
    assert (Decimal(17),) in corpus.query("SELECT value FROM observation")
    with (
        duckdb.connect(str(corpus.settings.database), read_only=True) as connection,
        pytest.raises(NotFoundError, match="机关来函说明误填"),
    ):
        tell(connection, GAOQING.agency_id, 2018, ITEMS)


def test_a_correction_made_for_another_value_withholds_nothing_and_is_told(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add("a.txt", report({ITEMS: "17", RECEIVED: "3"}))
    decide(monkeypatch, corpus, "18")
    assert (ITEMS, Decimal(17)) in corpus.query(FACTS)
    with duckdb.connect(str(corpus.settings.database), read_only=True) as connection:
        (line,) = checks.corrections_meet_their_values(connection).failures
    assert "17" in line and "18" in line


def test_an_earlier_publication_answers_where_the_later_one_is_withheld(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add("a.txt", report({ITEMS: "16"}))
    corpus.add("b.txt", report({ITEMS: "17"}))
    decide(monkeypatch, corpus, "17")
    assert corpus.query(FACTS) == [(ITEMS, Decimal(16))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ENTRY.format(report="x", expect=1), "report"),
        (ENTRY.format(report="0" * 16 + "-1", expect="many"), "expect"),
        (ENTRY.format(report="0" * 16 + "-1", expect=1).replace("items", "itmes"), "itmes"),
        (ENTRY.format(report="0" * 16 + "-1", expect=1).replace("机关来函说明误填", ""), "reason"),
    ],
)
def test_a_correction_without_its_whole_story_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parsed(text, CorrectionsFile)


@pytest.mark.parametrize(("value", "status"), [("17", "withheld"), (None, "not_printed")])
def test_a_number_is_told_as_withheld_only_where_a_correction_met_it(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, value: str | None, status: str
) -> None:
    corpus.add("a.txt", report({RECEIVED: "3"} | ({ITEMS: value} if value else {})))
    decide(monkeypatch, corpus, "17")
    assert corpus.query("SELECT is_applied FROM correction") == [(value is not None,)]
    assert corpus.query(
        f"SELECT status FROM indicator_coverage WHERE indicator_id = '{ITEMS}'"
    ) == [(status,)]
