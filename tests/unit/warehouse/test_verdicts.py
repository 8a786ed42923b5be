"""What can be said of a claim: of one number by its unit and its doubts, and of several."""

from dataclasses import replace
from decimal import Decimal

import pytest
from stated_corpus import GAOQING, Corpus, county, report

from pipeline.model.check import CheckResult, Kind, Operand, Outcome, Severity
from pipeline.model.observation import Source
from pipeline.model.report import Report
from pipeline.warehouse.asked.claim_verdicts import Finding, Verdict, overall, verify
from pipeline.warehouse.asked.names_meant import find_indicator

TRUE, FALSE, OPEN = Finding.VERIFIED, Finding.REFUTED, Finding.CANNOT_SAY


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([TRUE, TRUE], TRUE),
        ([TRUE, FALSE], FALSE),
        ([FALSE, OPEN], FALSE),
        ([TRUE, OPEN], OPEN),
        ([], OPEN),
    ],
)
def test_one_refuted_number_refutes_a_claim_and_one_in_doubt_leaves_it_open(
    findings: list[Finding], expected: Finding
) -> None:
    assert overall([Verdict(finding, "") for finding in findings]) is expected


TWICE, YUAN = county(370323, "沂源县质量技术监督局"), county(370321, "桓台县质量技术监督局")
SENTENCE = "全年共收到申请25件。"


def said_twice(table: str, sentence: str) -> Report:
    """A report whose table and whose sentence differ, and the check that says so."""
    stated = report({"requests.received": table}, TWICE)
    (printed,) = stated.observations
    other = printed._replace(
        value_raw=sentence,
        value=Decimal(sentence),
        source=Source.NARRATIVE,
        quote=SENTENCE,
        char_start=500,
        char_end=502,
    )
    differs = CheckResult(
        rule_id="X-T1",
        kind=Kind.CROSS_SOURCE,
        severity=Severity.WARN,
        outcome=Outcome.FAIL,
        indicator_ids=("requests.received",),
        expected=Decimal(sentence),
        actual=Decimal(table),
        difference=Decimal(table) - Decimal(sentence),
        message_zh="",
        message_en=f"the table has {table}, a sentence has {sentence}",
        left=(Operand(0, Decimal(1)),),
        right=(Operand(1, Decimal(1)),),
    )
    return replace(stated, observations=(printed, other), checks=(differs,))


def in_yuan(printed: str) -> Report:
    """A report that prints an amount in another unit than its indicator's."""
    stated = report({"requests.fees_collected": "1.2345"}, YUAN)
    seen = stated.observations[0]._replace(unit_raw="元", value_raw=printed, value=Decimal(printed))
    return replace(stated, observations=(seen,))


@pytest.fixture(scope="module")
def published(shared_corpus: Corpus) -> Corpus:
    values = {"requests.fees_collected": "1.2", "requests.received": "9"}
    shared_corpus.add("a.txt", report(values))
    shared_corpus.add("b.txt", said_twice("13", "25"))
    shared_corpus.add("c.txt", in_yuan("12345"))
    shared_corpus.build()
    return shared_corpus


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("依申请公开信息收取的费用12000元", TRUE),
        ("依申请公开信息收取的费用1.2万元", TRUE),
        ("依申请公开信息收取的费用12万元", FALSE),
        ("依申请公开信息收取的费用120元", FALSE),
        ("收到政府信息公开申请9件", TRUE),
        ("收到政府信息公开申请8件", FALSE),
        ("收到申请9件", TRUE),
        ("共收到申请8件", FALSE),
        ("收到行政许可申请9件", OPEN),
        ("上半年收到政府信息公开申请8件", OPEN),
    ],
)
def test_a_claim_counts_in_its_own_unit_and_one_on_part_of_the_year_is_left_open(
    published: Corpus, said: str, expected: Finding
) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [f"{GAOQING.name_zh}2018年{said}。"])
    assert (verdict.finding, verdict.printed is None) == (expected, expected is OPEN)


@pytest.mark.parametrize("said", ["25", "13", "99"])
def test_what_a_sentence_prints_beside_a_table_is_not_refuted(published: Corpus, said: str) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [TWICE.name_zh, "2018", "requests.received", said])
    assert verdict.finding is OPEN
    assert "13" in (verdict.quote or "")
    assert verdict.other_quote == SENTENCE
    assert "the table has 13, a sentence has 25" in verdict.reason


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("1.2345", TRUE),
        ("12345元", TRUE),
        ("１２,３４５ 元", TRUE),
        ("1.2345万元", TRUE),
        ("12345", OPEN),
        ("12345万元", FALSE),
        ("12346", FALSE),
        ("12345件", OPEN),
    ],
)
def test_a_number_printed_in_another_unit_is_not_said_to_be_printed_in_the_indicator_s(
    published: Corpus, said: str, expected: Finding
) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [YUAN.name_zh, "2018", "requests.fees_collected", said])
    assert verdict.finding is expected
    assert (verdict.printed_as, verdict.printed) == ("12345 元", Decimal("1.2345"))


def test_what_every_report_says_of_requests_is_a_name_for_them(published: Corpus) -> None:
    with published.asked() as connection:
        for name in ("收到申请", "收到申请数", "本年新收政府信息公开申请"):
            assert find_indicator(connection, name, GAOQING.agency_id, 2018) == "requests.received"
