"""Several reports on a year: a table of the form is taken from one of them, or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from stated_corpus import Corpus, report

from pipeline.declared import parsed
from pipeline.model.fact import Gap, Want
from pipeline.model.observation import Source
from pipeline.model.report import DocType, OtherKind, Report
from pipeline.warehouse import build as building
from pipeline.warehouse.publishing import seeds
from pipeline.warehouse.queries.claim_verdicts import ClaimFinding, verify
from pipeline.warehouse.reviewed.corrections import CorrectionsFile

RECEIVED, GRANTED = "requests.received", "requests.processed.granted"
PROCESSED, ITEMS = "requests.processed", "rules.issued"
TABLE = {RECEIVED: "40", PROCESSED: "41", GRANTED: "15", ITEMS: "7"}
FACTS = "SELECT indicator_id, value::INT, standing FROM facts ORDER BY ALL"
RATES = "SELECT rate_id, numerator::INT, denominator::INT FROM rates WHERE rate_id = 'granted'"
STATUS = "SELECT status FROM indicator_coverage WHERE indicator_id = '{}'"


def first(values: Mapping[str, str] = TABLE) -> Report:
    return replace(report(dict(values), year=2022, published_on=date(2023, 1, 20)), template="D")


def later(values: Mapping[str, str], *gaps: str, is_correction: bool = True) -> Report:
    stated = report(
        {**values, **dict.fromkeys(gaps, "0")}, year=2022, published_on=date(2023, 3, 20)
    )
    return replace(
        stated,
        template="D",
        is_correction=is_correction,
        facts=stated.facts[: len(values)],
        gaps=tuple(
            Gap(one, Want.MASKED, len(values) + place, "XX", ()) for place, one in enumerate(gaps)
        ),
    )


def in_words(values: Mapping[str, str], *, is_correction: bool = True) -> Report:
    stated = report(
        dict(values), year=2022, published_on=date(2023, 3, 20), source=Source.NARRATIVE
    )
    return replace(stated, template="none", is_correction=is_correction)


def test_a_masked_cell_is_not_filled_from_the_report_that_was_replaced(corpus: Corpus) -> None:
    corpus.add("first.txt", first())
    corpus.add("second.txt", later({RECEIVED: "90", GRANTED: "35"}, PROCESSED))
    corpus.build_only("facts", "rates", "indicator_coverage")
    assert corpus.query(FACTS) == [
        (GRANTED, 35, "undisputed"),
        (RECEIVED, 90, "undisputed"),
        (ITEMS, 7, "undisputed"),
    ]
    assert corpus.query(RATES) == []
    assert corpus.query(STATUS.format(PROCESSED)) == [("masked",)]


def test_a_row_left_out_is_not_filled_from_the_report_that_was_replaced(corpus: Corpus) -> None:
    corpus.add("first.txt", first())
    corpus.add("second.txt", later({PROCESSED: "91", GRANTED: "35"}))
    corpus.build_only("facts", "rates", "indicator_coverage", "coverage")
    assert RECEIVED not in {one for one, _, _ in corpus.query(FACTS)}
    assert corpus.query(RATES) == [("granted", 35, 91)]
    assert corpus.query(STATUS.format(RECEIVED)) == [("not_printed",)]
    assert corpus.query("SELECT facts, facts_elsewhere FROM coverage WHERE year = 2022") == [(3, 1)]


def test_a_correction_in_words_takes_the_place_and_leaves_the_rest_in_doubt(
    corpus: Corpus,
) -> None:
    corpus.add("first.txt", first())
    corpus.add("second.txt", in_words({RECEIVED: "60", GRANTED: "35"}))
    corpus.build()
    assert corpus.query(FACTS) == [
        (PROCESSED, 41, "doubtful"),
        (GRANTED, 35, "undisputed"),
        (RECEIVED, 60, "undisputed"),
        (ITEMS, 7, "undisputed"),
    ]
    assert corpus.query(RATES) == []
    assert corpus.query("SELECT value::INT FROM fact_history ORDER BY 1") == [(15,), (40,)]
    ((message, ids),) = corpus.query(
        "SELECT message_en, indicator_ids FROM check_result WHERE rule_id = 'I-T3'"
    )
    assert "second.txt" in str(message)
    assert ids == [PROCESSED]
    with corpus.asked() as connection:
        for value, wanted in (("40", ClaimFinding.CANNOT_SAY), ("60", ClaimFinding.VERIFIED)):
            (verdict,) = verify(connection, ["高青县质量技术监督局", "2022", RECEIVED, value])
            assert verdict.finding is wanted
        (kept,) = verify(connection, ["高青县质量技术监督局", "2022", PROCESSED, "41"])
        assert kept.finding is ClaimFinding.CANNOT_SAY
        assert "leaves" not in kept.reason


def test_a_notice_that_corrects_a_report_puts_it_in_doubt_until_the_correction_is_here(
    corpus: Corpus,
) -> None:
    corpus.add("first.txt", first())
    notice = replace(report({}, year=2022, doc_type=DocType.OTHER), other_kind=OtherKind.ERRATUM)
    corpus.add("notice.txt", notice)
    corpus.build_only("facts", "check_result")
    assert {standing for _, _, standing in corpus.query(FACTS)} == {"doubtful"}
    told = corpus.query("SELECT message_en FROM check_result WHERE rule_id = 'I-T4'")
    assert "notice.txt" in str(told)
    corpus.add("second.txt", later({**TABLE, RECEIVED: "42"}))
    corpus.build_only("facts", "check_result")
    assert {standing for _, _, standing in corpus.query(FACTS)} == {"undisputed"}


def test_a_correction_in_words_that_repeats_the_table_puts_nothing_in_doubt(
    corpus: Corpus,
) -> None:
    corpus.add("first.txt", first())
    corpus.add("second.txt", in_words({RECEIVED: "40"}))
    corpus.build_only("facts")
    assert {standing for _, _, standing in corpus.query(FACTS)} == {"undisputed"}


@pytest.mark.parametrize("published_on", [None, date(2023, 1, 20)])
def test_a_sentence_of_another_report_fills_no_masked_cell(
    corpus: Corpus, published_on: date | None
) -> None:
    corpus.add("first.txt", replace(later({RECEIVED: "90"}, PROCESSED), published_on=published_on))
    corpus.add("second.txt", in_words({PROCESSED: "91", ITEMS: "7"}, is_correction=False))
    corpus.build_only("facts")
    assert corpus.query(FACTS) == [(RECEIVED, 90, "undisputed"), (ITEMS, 7, "undisputed")]


def test_of_two_sentences_about_what_no_table_prints_the_later_counts(corpus: Corpus) -> None:
    corpus.add("first.txt", replace(first({RECEIVED: "40"}), published_on=date(2023, 1, 10)))
    for day, value in ((10, "50"), (20, "51")):
        said = in_words({GRANTED: value}, is_correction=False)
        corpus.add(f"{day}.txt", replace(said, published_on=date(2023, 2, day)))
    corpus.build_only("facts")
    assert [one[:2] for one in corpus.query(FACTS)] == [(GRANTED, 51), (RECEIVED, 40)]


def test_a_sentence_of_another_report_against_the_table_is_a_doubt(corpus: Corpus) -> None:
    corpus.add("first.txt", first())
    corpus.add("second.txt", in_words({RECEIVED: "60"}, is_correction=False))
    corpus.build_only("facts")
    assert (RECEIVED, 40, "doubtful") in corpus.query(FACTS)
    assert (GRANTED, 15, "undisputed") in corpus.query(FACTS)


@pytest.mark.parametrize("source", [Source.TABLE, Source.NARRATIVE])
def test_nothing_comes_in_the_place_of_a_number_that_is_withheld(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, source: Source
) -> None:
    corpus.add("first.txt", first())
    values = {RECEIVED: "33", GRANTED: "35"}
    second = later(values) if source is Source.TABLE else in_words(values)
    corpus.add("second.txt", second)
    corpus.build()
    ((report_id,),) = corpus.query("SELECT report_id FROM dim_report WHERE is_current")
    decided = f"""
corrections:
  - report: {report_id}
    indicator: {RECEIVED}
    expect: '33'
    reason: misprint
    decided_on: 2026-11-30
"""
    monkeypatch.setattr(seeds, "corrections", lambda: parsed(decided, CorrectionsFile).corrections)
    monkeypatch.setattr(building, "program_digest", lambda *_: "after the decision")
    corpus.build()
    assert RECEIVED not in {one for one, _, _ in corpus.query(FACTS)}
    assert corpus.query(STATUS.format(RECEIVED)) == [("withheld",)]
    assert corpus.query(
        "SELECT cause, r.source_path FROM revision AS v JOIN dim_report AS r "
        f"ON r.report_id = v.old_report_id WHERE indicator_id = '{RECEIVED}'"
    ) == [("withheld", "second.txt")]
