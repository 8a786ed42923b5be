"""What can be said of a claim: of one number by its unit and its doubts, and of several."""

from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import GAOQING, Corpus, county, report

from pipeline.model.check import CheckResult, Kind, Operand, Outcome, Severity
from pipeline.model.observation import Scope, Source
from pipeline.model.report import Report
from pipeline.warehouse.queries.claim_verdicts import ClaimFinding, Verdict, overall, verify
from pipeline.warehouse.queries.name_lookup import find_indicator

TRUE, FALSE, OPEN = ClaimFinding.VERIFIED, ClaimFinding.REFUTED, ClaimFinding.CANNOT_SAY


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
    findings: list[ClaimFinding], expected: ClaimFinding
) -> None:
    assert overall([Verdict(finding, "") for finding in findings]) is expected


TWICE, YUAN = county(370323, "沂源县质量技术监督局"), county(370321, "桓台县质量技术监督局")
SENTENCE = "全年共收到申请25件。"


def said_twice(table: str, sentence: str) -> Report:
    """A report whose table and whose sentence differ, and the check that says so."""
    stated = report({"requests.received": table}, TWICE)
    (printed,) = stated.observations
    other = structs.replace(
        printed,
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
    seen = structs.replace(
        stated.observations[0], unit_raw="元", value_raw=printed, value=Decimal(printed)
    )
    return replace(stated, observations=(seen,))


ANJI, HUZHOU = (
    replace(
        GAOQING,
        agency_id=f"{code}.government",
        name_zh=f"{name}人民政府",
        region_code=code,
        region_name=name,
        function="government",
    )
    for code, name in (("330523", "安吉县"), ("330500", "湖州市"))
)


def counted_in(unit: str, value: str) -> Report:
    """A report that counts its requests in another unit than the catalogue."""
    stated = report({"requests.received": value, "disclosure.items": "5"}, HUZHOU)
    seen = tuple(structs.replace(one, unit_raw=unit) for one in stated.observations)
    facts = tuple(structs.replace(one, unit=unit) for one in stated.facts)
    return replace(stated, observations=seen, facts=facts)


@pytest.fixture(scope="module")
def published(shared_corpus: Corpus) -> Corpus:
    shared_corpus.add(
        "d.txt", replace(report({"requests.received": "98"}, ANJI), scope=Scope.REGION)
    )
    shared_corpus.add("e.txt", counted_in("条", "138"))
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
    published: Corpus, said: str, expected: ClaimFinding
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
        # 1.2345 in the claim's own digits, rounded or cut off, is not another number.
        ("1.23万元", OPEN),
        ("1.235万元", OPEN),
        ("1万元", OPEN),
        ("0.0001亿元", OPEN),
        ("1.22万元", FALSE),
        ("12340元", FALSE),
        ("2.3万元", FALSE),
        ("12345件", OPEN),
    ],
)
def test_a_number_printed_in_another_unit_is_not_said_to_be_printed_in_the_indicator_s(
    published: Corpus, said: str, expected: ClaimFinding
) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [YUAN.name_zh, "2018", "requests.fees_collected", said])
    assert verdict.finding is expected
    assert (verdict.printed_as, verdict.printed) == ("12345 元", Decimal("1.2345"))


def test_what_every_report_says_of_requests_is_a_name_for_them(published: Corpus) -> None:
    with published.asked() as connection:
        for name in ("收到申请", "收到申请数", "本年新收政府信息公开申请"):
            assert find_indicator(connection, name, GAOQING.agency_id, 2018) == "requests.received"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("安吉县2018年共收到政府信息公开申请98件。", TRUE),
        ("安吉县2018年共收到政府信息公开申请99件。", FALSE),
        ("安吉县人民政府2018年共收到政府信息公开申请98件。", TRUE),
        ("浙江省安吉县2018年收到申请98条。", TRUE),
        # Its report is not said to be that of the whole city.
        ("湖州市2018年共收到政府信息公开申请138件。", OPEN),
        ("湖州市人民政府2018年共收到政府信息公开申请138件。", TRUE),
        # Nobody knows which of several is meant, or whose the number is.
        ("西湖区2018年共收到政府信息公开申请98件。", OPEN),
        ("安吉县和长兴县2018年共收到政府信息公开申请98件。", OPEN),
        ("安吉县各部门2018年共收到政府信息公开申请98件。", OPEN),
        ("安吉县2018年教育局共收到政府信息公开申请98件。", OPEN),
        ("安吉县2018年公安系统共收到政府信息公开申请98件。", OPEN),
        ("安吉县2018年市监共收到政府信息公开申请98件。", OPEN),
        ("安吉县2018年乡镇共收到政府信息公开申请98件。", OPEN),
        ("安吉县2018年全年共收到政府信息公开申请98件。", TRUE),
        ("安吉县2018年全县共收到政府信息公开申请98件。", TRUE),
        ("安吉县2018年下属单位共收到政府信息公开申请98件。", OPEN),
        # The year may stand first.
        ("2018年安吉县共收到政府信息公开申请98件。", TRUE),
        ("2018年，湖州市安吉县全年收到政府信息公开申请98件。", TRUE),
        ("2018年安吉县共收到政府信息公开申请99件。", FALSE),
        ("2018年湖州市共收到政府信息公开申请138件。", OPEN),
        ("2018年西湖区共收到政府信息公开申请98件。", OPEN),
        ("2018年安吉县和长兴县共收到政府信息公开申请98件。", OPEN),
        ("2018年安吉县各部门共收到政府信息公开申请98件。", OPEN),
        ("2018年安吉县教育局共收到政府信息公开申请98件。", OPEN),
        ("2018年安吉县公安系统共收到政府信息公开申请98件。", OPEN),
        ("2018年安吉县乡镇共收到政府信息公开申请98件。", OPEN),
        ("2018年共收到政府信息公开申请98件，安吉县居多。", OPEN),
    ],
)
def test_a_county_by_its_short_name_is_its_government_and_nobody_else(
    published: Corpus, sentence: str, expected: ClaimFinding
) -> None:
    with published.asked() as connection:
        assert overall(verify(connection, [sentence])) is expected


@pytest.mark.parametrize(
    ("indicator", "said", "expected"),
    [
        ("requests.received", "138件", TRUE),
        ("requests.received", "138条", TRUE),
        ("requests.received", "138件次", TRUE),
        ("requests.received", "12件", FALSE),
        ("requests.received", "138人", OPEN),
        ("disclosure.items", "5条", TRUE),
        ("disclosure.items", "5件", OPEN),
    ],
)
def test_requests_are_the_same_by_whichever_word_they_are_counted(
    published: Corpus, indicator: str, said: str, expected: ClaimFinding
) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [HUZHOU.name_zh, "2018", indicator, said])
    assert verdict.finding is expected
