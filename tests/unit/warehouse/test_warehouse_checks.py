"""Checks that no single report can decide."""

from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest
from stated_corpus import GAOQING, Corpus, county, report

from pipeline.forms.catalogue import indicators
from pipeline.model.check import CheckResult, Kind, Outcome, Severity
from pipeline.warehouse.publishing.filling import MACROS

CARRIED = "SELECT year, outcome, expected, actual, difference FROM check_result WHERE rule_id = "


def carried(corpus: Corpus, year: int, values: dict[str, str], form: str = "D") -> None:
    corpus.add(f"{year}.txt", replace(report(values, year=year), template=form))


def test_what_is_carried_out_is_carried_in_the_year_after(corpus: Corpus) -> None:
    carried(corpus, 2021, {"requests.carried_in": "1", "requests.carried_out": "3"})
    carried(corpus, 2022, {"requests.carried_in": "3", "requests.carried_out": "2"})
    carried(corpus, 2023, {"requests.carried_in": "5"})
    corpus.build_only("contradictions", "check_result")
    assert corpus.query(f"{CARRIED} 'CD-E7:total' ORDER BY year") == [
        (2021, "not_assessable", None, None, None),
        (2022, "pass", Decimal(3), Decimal(3), Decimal(0)),
        (2023, "fail", Decimal(2), Decimal(5), Decimal(3)),
    ]
    ((message, quotes),) = corpus.query(
        "SELECT message_zh, right_values FROM contradictions WHERE rule_id = 'CD-E7:total'"
    )
    assert "左边 5，右边 2，不成立" in str(message)
    assert quotes == ["2"]


def test_what_is_in_force_follows_from_the_year_before(corpus: Corpus) -> None:
    carried(corpus, 2021, {"rules.in_force": "5"})
    carried(
        corpus,
        2022,
        {"rules.in_force": "7", "rules.issued": "3", "rules.repealed": "1"},
    )
    corpus.build_only("check_result")
    assert corpus.query(f"{CARRIED} 'D-E6:rules' AND outcome <> 'not_assessable'") == [
        (2022, "pass", Decimal(7), Decimal(7), Decimal(0))
    ]


def test_a_rule_of_one_form_is_not_put_to_another(corpus: Corpus) -> None:
    carried(corpus, 2021, {"rules.in_force": "5"})
    carried(corpus, 2022, {"rules.in_force": "9", "rules.issued": "3", "rules.repealed": "1"}, "C")
    corpus.build_only("check_result")
    assert corpus.query("SELECT year FROM check_result WHERE rule_id = 'D-E6:rules'") == [(2021,)]


MANY = {
    one: str(number)
    for number, one in enumerate([one for one in indicators() if ":" not in one][:25])
}
HUANTAI = county(370321, "桓台县质量技术监督局")
COPIES = "SELECT rule_id, agency_id, year FROM check_result WHERE rule_id LIKE 'W-D%' ORDER BY ALL"


def test_reports_with_the_same_numbers_are_told_each_of_the_other(corpus: Corpus) -> None:
    corpus.add("a.txt", report(MANY, year=2017))
    corpus.add("b.txt", report(MANY, year=2018))
    corpus.add("c.txt", report(MANY, agency=HUANTAI, year=2018))
    corpus.add("d.txt", report({**MANY, next(iter(MANY)): "99"}, year=2016))
    corpus.add("e.txt", report(dict.fromkeys(MANY, "0"), year=2014))
    corpus.add("f.txt", report(dict.fromkeys(MANY, "0"), year=2015))
    corpus.build_only("check_result")
    assert corpus.query(COPIES) == [
        ("W-D1", GAOQING.agency_id, 2017),
        ("W-D1", GAOQING.agency_id, 2018),
        ("W-D2", HUANTAI.agency_id, 2018),
        ("W-D2", GAOQING.agency_id, 2017),
        ("W-D2", GAOQING.agency_id, 2018),
    ]
    ((message,),) = corpus.query(
        "SELECT message_zh FROM check_result WHERE rule_id = 'W-D2' AND agency_id LIKE '370321%'"
    )
    assert "全部 25 个数值与高青县质量技术监督局2017年的报告" in str(message)
    assert "另有 1 份亦同" in str(message)


@pytest.mark.parametrize(("filled", "told"), [(5, 4), (4, 0)])
def test_reports_that_share_five_numbers_beside_noughts_are_copies(
    corpus: Corpus, filled: int, told: int
) -> None:
    few = {one: "7" if n < filled else "0" for n, one in enumerate(MANY)}
    corpus.add("a.txt", report(few, year=2017))
    corpus.add("b.txt", report(few, agency=HUANTAI, year=2018))
    corpus.build_only("check_result")
    assert len(corpus.query(COPIES)) == told // 2


def test_the_same_numbers_under_other_indicators_are_no_copy(corpus: Corpus) -> None:
    one, other, *_ = MANY
    exchanged = {**MANY, one: MANY[other], other: MANY[one]}
    corpus.add("a.txt", report(MANY, year=2017))
    corpus.add("b.txt", report(exchanged, agency=HUANTAI, year=2017))
    corpus.build_only("check_result")
    assert corpus.query(COPIES) == []


def test_a_doubt_about_a_whole_report_is_a_doubt_about_each_number_of_it(corpus: Corpus) -> None:
    odd_year = CheckResult(
        rule_id="I-Y1",
        kind=Kind.CROSS_SOURCE,
        severity=Severity.WARN,
        outcome=Outcome.FAIL,
        indicator_ids=(),
        expected=Decimal(2016),
        actual=Decimal(2015),
        difference=Decimal(-1),
        message_zh="报告年度读作2016年，但标题为2015年",
        message_en="the year is read as 2016, but the title says 2015",
    )
    corpus.add("a.txt", report(MANY, year=2017))
    corpus.add("b.txt", report(MANY, agency=HUANTAI, year=2017))
    corpus.add("c.txt", report(MANY, agency=HUANTAI, year=2014))
    corpus.add("d.txt", report({"meetings.held": "1"}, year=2016, checks=(odd_year,)))
    corpus.add("e.txt", report({"meetings.held": "2"}, year=2018))
    corpus.build_only("facts", "check_result")
    assert corpus.query(
        "SELECT DISTINCT agency_id, year, warnings_failing, errors_failing, standing "
        "FROM facts ORDER BY ALL"
    ) == [
        (HUANTAI.agency_id, 2014, 2, 0, "doubtful"),
        (HUANTAI.agency_id, 2017, 2, 0, "doubtful"),
        (GAOQING.agency_id, 2016, 1, 0, "doubtful"),
        (GAOQING.agency_id, 2017, 1, 0, "doubtful"),
        (GAOQING.agency_id, 2018, 0, 0, "undisputed"),
    ]
    assert corpus.query(
        "SELECT DISTINCT rule_id FROM check_result "
        "WHERE outcome = 'fail' AND list_contains(indicator_ids, 'meetings.held') ORDER BY ALL"
    ) == [("I-Y1",)]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("100::DECIMAL(20, 6)", "100"),
        ("100", "100"),
        ("0::DECIMAL(20, 6)", "0"),
        ("-10.250::DECIMAL(20, 6)", "-10.25"),
        ("0.1", "0.1"),
    ],
)
def test_a_number_in_a_sentence_loses_no_digit_but_idle_zeros(number: str, text: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        assert connection.execute(f"SELECT plain({number})").fetchall() == [(text,)]
