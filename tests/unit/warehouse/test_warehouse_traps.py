"""Reasonable questions that once had wrong answers, each named after the trap."""

from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import GAOQING, Corpus, county, report
from test_warehouse_worth import failing

from pipeline.model.agency import Agency, Level
from pipeline.model.observation import Scope, Source
from pipeline.model.report import Report
from tests.generator.values import REASONS

P = "requests.processed"
DENIED = [f"{P}.denied.{reason}" for reason in REASONS]


def on_form(form: str, values: dict[str, str], year: int, agency: Agency = GAOQING) -> Report:
    return replace(report(values, agency=agency, year=year), template=form)


def government(code: str, name: str, level: Level) -> Agency:
    return replace(
        GAOQING,
        agency_id=f"{code}.government",
        name_zh=name,
        region_code=code,
        region_name=name,
        level=level,
        function="government",
    )


def test_a1_a_grant_rate_crosses_2019_like_for_like_and_with_a_mark(corpus: Corpus) -> None:
    """同意公开 alone was set against 予以公开, which includes what was public already."""
    before = {
        "requests.answered": "20",
        "requests.answered.already_public": "4",
        "requests.answered.granted": "6",
        "requests.answered.denied": "5",
    }
    after = {P: "20", f"{P}.granted": "10", **dict.fromkeys(DENIED, "0")}
    corpus.add("2018.txt", on_form("B", before, 2018))
    corpus.add("2019.txt", on_form("C", after, 2019))
    corpus.build_only("request_outcomes")
    assert corpus.query(
        "SELECT year, rate, template, method_break, note_zh FROM request_outcomes "
        "WHERE outcome = 'granted' ORDER BY year"
    ) == [
        (2018, 0.5, "B", None, "含告知已主动公开者，2019年起两者合为一栏；取答复数，不取办结数"),
        (2019, 0.5, "C", "B→C", "含告知已主动公开者，2019年起两者合为一栏；取答复数，不取办结数"),
    ]
    denials = corpus.query("SELECT outcome, year FROM request_outcomes WHERE outcome LIKE '%d'")
    assert {("not_agreed", 2018), ("denied", 2019)} <= set(denials)
    assert ("denied", 2018) not in denials


def test_a2_a_rate_over_one_is_never_served_without_a_mark(corpus: Corpus) -> None:
    """10 of 1 closed on time, and no check that could fail since a part was missing."""
    corpus.add("a.txt", report({"requests.closed": "6", "requests.closed.on_time": "10"}))
    corpus.build_only("rates")
    assert corpus.query("SELECT rate, rate_low, rate_high, standing FROM rates") == [
        (10 / 6, None, None, "disputed")
    ]


@pytest.mark.parametrize(("on_time", "rate"), [("6", 1.0), ("0", 0.0)])
def test_a2_all_of_them_and_none_of_them_are_rates_like_others(
    corpus: Corpus, on_time: str, rate: float
) -> None:
    corpus.add("a.txt", report({"requests.closed": "6", "requests.closed.on_time": on_time}))
    corpus.build_only("rates")
    ((found, low, high, standing),) = corpus.query(
        "SELECT rate, rate_low, rate_high, standing FROM rates"
    )
    assert (found, standing) == (rate, "undisputed")
    assert 0 <= low <= rate <= high <= 1


def test_a2_a_rate_is_told_with_what_nineteen_of_twenty_such_samples_hold(
    corpus: Corpus,
) -> None:
    corpus.add("a.txt", report({"requests.closed": "10", "requests.closed.on_time": "5"}))
    corpus.build_only("rates")
    ((low, high),) = corpus.query("SELECT rate_low, rate_high FROM rates")
    assert (low, high) == (pytest.approx(0.2366, abs=5e-5), pytest.approx(0.7634, abs=5e-5))


def test_a2_a_rate_of_a_part_of_its_whole_is_none(corpus: Corpus) -> None:
    """2 carried out of 10 received, with nothing said of what was carried in."""
    some = {"requests.received": "10", "requests.carried_out": "2"}
    corpus.add("2019.txt", on_form("C", some, 2019))
    corpus.add("2020.txt", on_form("C", some | {"requests.carried_in": "0"}, 2020))
    corpus.build_only("rates")
    found = corpus.query("SELECT year, rate FROM rates WHERE rate_id = 'carried_out'")
    assert found == [(2020, 0.2)]


def test_a2_what_is_not_told_is_all_but_the_outcomes_known_in_full(corpus: Corpus) -> None:
    """Granted are two rows of form B, and one of them alone is no outcome."""
    answered = "requests.answered"
    corpus.add(
        "a.txt", report({answered: "10", f"{answered}.granted": "6", f"{answered}.denied": "1"})
    )
    corpus.build_only("rates")
    assert corpus.query("SELECT numerator FROM rates WHERE rate_id = 'not_told'") == [(9,)]


def test_a2_a_number_that_its_report_contradicts_gets_no_rank_and_is_counted(
    corpus: Corpus,
) -> None:
    """0 that the row of the table refutes was ranked last of all."""
    for place, value in enumerate(("0", "5", "7", "9", "9", "11")):
        agency = county(370301 + place, f"第{place}县质量技术监督局")
        stated = report({"requests.received": value, "requests.closed": "3"}, agency=agency)
        checks = (failing(stated, "requests.received"),) if value == "0" else ()
        corpus.add(f"{place}.txt", replace(stated, checks=checks))
    corpus.build_only("agency_comparison")
    assert corpus.query(
        "SELECT value::INTEGER, rank, percentile, n, set_aside, peer_median, standing "
        "FROM agency_comparison WHERE indicator_id = 'requests.received' ORDER BY value"
    ) == [
        (0, None, None, 5, 1, 9.0, "disputed"),
        (5, 5, 0.0, 5, 1, 9.0, "undisputed"),
        (7, 4, 25.0, 5, 1, 9.0, "undisputed"),
        (9, 2, 50.0, 5, 1, 9.0, "undisputed"),
        (9, 2, 50.0, 5, 1, 9.0, "undisputed"),
        (11, 1, 100.0, 5, 1, 9.0, "undisputed"),
    ]


def test_a2_every_rate_of_a_disputed_whole_is_marked(corpus: Corpus) -> None:
    values = {P: "20", f"{P}.granted": "10", f"{P}.partly_granted": "2"}
    stated = on_form("D", values, 2022)
    corpus.add("a.txt", replace(stated, checks=(failing(stated, P),)))
    corpus.build_only("request_outcomes")
    assert set(corpus.query("SELECT standing, errors_failing FROM request_outcomes")) == {
        ("disputed", 1)
    }


def test_a3_who_asks_is_found_by_applicant_and_not_by_is_total(corpus: Corpus) -> None:
    values = {
        "requests.received": "9",
        "requests.received:natural_person": "6",
        "requests.received:enterprise": "3",
        "requests.carried_in": "1",
    }
    corpus.add("a.txt", on_form("D", values, 2022))
    corpus.build_only("facts")
    assert corpus.query(
        "SELECT applicant, value::INTEGER FROM facts WHERE row_id = 'requests.received' "
        "AND applicant <> 'all' ORDER BY value"
    ) == [("enterprise", 3), ("natural_person", 6)]


def test_a3_a_sum_over_facts_main_counts_no_request_twice(corpus: Corpus) -> None:
    """Applicants and running totals stood beside the year's number under one measure."""
    received = "requests.received"
    corpus.add("2013.txt", on_form("A", {received: "5", f"{received}:cumulative": "60"}, 2013))
    corpus.add(
        "2022.txt",
        on_form("D", {received: "9", f"{received}:research": "4", f"{received}:enterprise": "5"},
                2022),
    )  # fmt: skip
    corpus.build_only("facts_main")
    assert corpus.query(
        "SELECT year, sum(value) FROM facts_main WHERE row_id = 'requests.received' "
        "GROUP BY year ORDER BY year"
    ) == [(2013, Decimal(5)), (2022, Decimal(9))]


def test_a3_what_no_form_tells_apart_by_applicant_is_in_facts_main(corpus: Corpus) -> None:
    corpus.add("a.txt", report({"disclosure.items": "17", "requests.received": "3"}))
    corpus.build()
    assert corpus.query("SELECT indicator_id, applicant FROM facts_main ORDER BY 1") == [
        ("disclosure.items", None),
        ("requests.received", "all"),
    ]


def test_a3_the_mix_of_reasons_is_one_question(corpus: Corpus) -> None:
    reasons = dict(zip(DENIED, "52110100", strict=True))
    corpus.add("a.txt", on_form("D", {P: "20", **reasons}, 2022))
    corpus.build_only("rates")
    found = corpus.query("SELECT rate_id, rate FROM rates WHERE topic = 'refusals' ORDER BY ALL")
    assert len(found) == len(DENIED)
    assert sum(Decimal(str(rate)) for _, rate in found) == 1
    assert ("refused_for.state_secret", 0.5) in found


def test_a4_what_a_report_does_not_tell_is_a_row_and_shares_add_up_to_one(corpus: Corpus) -> None:
    """Bars of 85.7 % were drawn as if they were whole."""
    values = {P: "20", f"{P}.granted": "10", f"{P}.partly_granted": "2", DENIED[0]: "3"}
    corpus.add("a.txt", on_form("D", values, 2022))
    corpus.build_only("request_outcomes")
    assert corpus.query(
        "SELECT outcome, numerator::INTEGER, rate FROM request_outcomes ORDER BY outcome"
    ) == [("granted", 10, 0.5), ("not_told", 8, 0.4), ("partly_granted", 2, 0.1)]


def test_what_is_printed_in_some_rows_of_an_outcome_is_not_told_as_certainly_untold(
    corpus: Corpus,
) -> None:
    """Refusals printed in six rows of eight were 29 of 71 requests that nobody told of."""
    values = {P: "20", f"{P}.granted": "10", f"{P}.partly_granted": "2", DENIED[0]: "3"}
    corpus.add("a.txt", on_form("D", values, 2022))
    values.pop(DENIED[0])
    corpus.add("b.txt", on_form("D", values, 2021))
    corpus.build_only("request_outcomes")
    ((none, certain), (noted, standing)) = corpus.query(
        "SELECT note_en, standing FROM request_outcomes WHERE outcome = 'not_told' ORDER BY year"
    )
    assert (none, certain, standing) == (None, "undisputed", "doubtful")
    assert noted.startswith("3 of these are printed")


def test_a4_an_outcome_told_by_one_number_in_a_sentence_is_an_outcome(corpus: Corpus) -> None:
    """A report that named six outcomes was said to have left out nine of twenty requests."""
    values = {P: "20", f"{P}.granted": "8", f"{P}.partly_granted": "2", f"{P}.denied": "1",
              f"{P}.not_available": "5", f"{P}.not_handled": "3", f"{P}.other": "1"}  # fmt: skip
    told = report(values, year=2022, source=Source.NARRATIVE)
    corpus.add("a.txt", replace(told, template="D"))
    corpus.build_only("request_outcomes")
    assert corpus.query(
        "SELECT outcome, numerator::INTEGER, standing FROM request_outcomes ORDER BY outcome"
    ) == [
        ("denied", 1, "undisputed"),
        ("granted", 8, "undisputed"),
        ("not_available", 5, "undisputed"),
        ("not_handled", 3, "undisputed"),
        ("not_told", 0, "doubtful"),
        ("other", 1, "undisputed"),
        ("partly_granted", 2, "undisputed"),
    ]


def test_a4_parts_that_exceed_their_whole_are_marked(corpus: Corpus) -> None:
    values = {P: "10", f"{P}.granted": "9", f"{P}.partly_granted": "3"}
    corpus.add("a.txt", on_form("D", values, 2022))
    corpus.build_only("request_outcomes")
    assert corpus.query(
        "SELECT numerator::INTEGER, standing FROM request_outcomes WHERE outcome = 'not_told'"
    ) == [(-2, "disputed")]


def test_a5_a_province_adds_no_bureau_to_its_government(corpus: Corpus) -> None:
    for place, (agency, scope, value) in enumerate(
        [
            (government("370000", "山东省人民政府", Level.PROVINCE), Scope.REGION, "63"),
            (government("370100", "济南市人民政府", Level.CITY), Scope.REGION, "40"),
            (government("370322", "高青县人民政府", Level.COUNTY), Scope.REGION, "9"),
            (government("370321", "桓台县人民政府", Level.COUNTY), Scope.REGION, "7"),
            (government("370323", "沂源县人民政府", Level.COUNTY), Scope.AGENCY, "2"),
            (GAOQING, Scope.AGENCY, "5"),
        ]
    ):
        stated = replace(on_form("D", {"requests.received": value}, 2022, agency), scope=scope)
        corpus.add(f"{place}.txt", stated)
    silent = government("370324", "淄川县人民政府", Level.COUNTY)
    corpus.add("7.txt", replace(on_form("D", {P: "2"}, 2022, silent), scope=Scope.REGION))
    corpus.add("8.txt", on_form("D", {P: "2"}, 2021, county(370325, "周村县质量技术监督局")))
    corpus.build_only("region_totals")
    assert corpus.query(
        "SELECT level, function, scope, total::INTEGER, n, agencies, elsewhere, without_number, "
        "without_report FROM region_totals WHERE indicator_id = 'requests.received' "
        "AND province = '山东省' AND year = 2022 ORDER BY ALL"
    ) == [
        ("city", "government", "region", 40, 1, 1, 0, 0, 0),
        ("county", "government", "agency", 2, 1, 4, 2, 1, 0),
        ("county", "government", "region", 16, 2, 4, 1, 1, 0),
        ("county", "quality_supervision", "agency", 5, 1, 2, 0, 0, 1),
        ("province", "government", "region", 63, 1, 1, 0, 0, 0),
    ]


def test_a5_a_contradicted_number_is_in_no_total_and_is_counted_beside_it(corpus: Corpus) -> None:
    for place, value in enumerate(("5", "7", "4000")):
        agency = county(370301 + place, f"第{place}县质量技术监督局")
        stated = report({"requests.received": value}, agency=agency)
        checks = (failing(stated, "requests.received"),) if value == "4000" else ()
        corpus.add(f"{place}.txt", replace(stated, checks=checks))
    corpus.build()
    assert corpus.query(
        "SELECT total::INTEGER, n, set_aside, set_aside_total::INTEGER, standing FROM region_totals"
    ) == [(12, 2, 1, 4000, "undisputed")]


def test_a5_facts_say_whose_numbers_they_are(corpus: Corpus) -> None:
    stated = report({"requests.received": "5"})
    corpus.add("a.txt", replace(stated, scope=Scope.SYSTEM))
    corpus.build_only("facts")
    assert corpus.query("SELECT scope FROM facts") == [("system",)]


def test_a11_items_and_pieces_are_not_ranked_together(corpus: Corpus) -> None:
    for place, (unit, form) in enumerate([("件", "B"), ("件", "B"), ("条", "B"), ("件", "A")]):
        agency = county(370301 + place, f"第{place}县质量技术监督局")
        stated = on_form(form, {"requests.answered.granted": "5"}, 2015, agency)
        facts = tuple(structs.replace(one, unit=unit) for one in stated.facts)
        corpus.add(f"{place}.txt", replace(stated, facts=facts))
    corpus.build_only("agency_comparison")
    assert corpus.query(
        "SELECT unit, form, n, elsewhere FROM agency_comparison ORDER BY unit, form"
    ) == [("件", "A", 1, 3), ("件", "B", 2, 2), ("件", "B", 2, 2), ("条", "B", 1, 3)]
