"""What can be said of a claim: of one number by its unit and its doubts, and of several."""

import pytest
from stated_corpus import GAOQING, Corpus, report

from pipeline.warehouse.claim_verdicts import Finding, Verdict, overall, verify

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


@pytest.fixture(scope="module")
def published(shared_corpus: Corpus) -> Corpus:
    values = {"requests.fees_collected": "1.2", "requests.received": "9"}
    shared_corpus.add("a.txt", report(values))
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
        ("上半年收到政府信息公开申请8件", OPEN),
    ],
)
def test_a_claim_counts_in_its_own_unit_and_one_on_part_of_the_year_is_left_open(
    published: Corpus, said: str, expected: Finding
) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [f"{GAOQING.name_zh}2018年{said}。"])
    assert (verdict.finding, verdict.printed is None) == (expected, expected is OPEN)
