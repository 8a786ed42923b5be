"""Checks that no single report can decide."""

from dataclasses import replace
from decimal import Decimal

from stated_corpus import GAOQING, Corpus, county, report

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


def test_a_report_copied_under_another_year_or_name_is_found(corpus: Corpus) -> None:
    from pipeline.forms.catalogue import indicators

    ids = [one for one in indicators() if ":" not in one][:25]
    values = {one: str(number) for number, one in enumerate(ids)}
    corpus.add("a.txt", report(values, year=2017))
    corpus.add("b.txt", report(values, year=2018))
    corpus.add("c.txt", report(values, agency=county(370321, "桓台县质量技术监督局"), year=2018))
    corpus.add("d.txt", report({**values, ids[0]: "99"}, year=2016))
    corpus.add("e.txt", report(dict.fromkeys(ids, "0"), year=2014))
    corpus.add("f.txt", report(dict.fromkeys(ids, "0"), year=2015))
    corpus.build_only("check_result")
    found = corpus.query(
        "SELECT rule_id, agency_id, year FROM check_result WHERE rule_id LIKE 'W-D%' ORDER BY ALL"
    )
    assert found == [
        ("W-D1", GAOQING.agency_id, 2018),
        ("W-D2", "370321.quality_supervision", 2018),
    ]
