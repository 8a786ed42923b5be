"""Traps A6 to A9: contradictions with the wrong sides, missing that is not, gaps unseen."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import GAOQING, Corpus, county, report

from pipeline.agencies import roster
from pipeline.model.agency import Agency, Level
from pipeline.model.fact import Gap, Want
from pipeline.model.observation import Status
from pipeline.model.report import DocType, OtherKind, Report
from pipeline.parsing import parse_file

_REQUESTS = """高青县教育局2022年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
一、本年新收政府信息公开申请数量\t12\t0\t0\t0\t0\t1\t0
二、上年结转政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1
（一）予以公开\t13\t0\t0\t0\t0\t1\t14
（七）总计\t13\t0\t0\t0\t0\t1\t14
四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0
"""
_STATUS = "SELECT year, status FROM coverage WHERE agency_id = '{}' ORDER BY year"


def _parsed(text: str) -> Report:
    (document,) = parse_file("report.txt", text.encode())
    return document.reports[0]


def test_a6_a_second_term_on_the_left_is_shown_on_the_left(corpus: Corpus) -> None:
    corpus.add("a.txt", _parsed(_REQUESTS))
    corpus.build_only("contradictions")
    ((actual, expected, left, right, first),) = corpus.query(
        "SELECT actual, expected, left_values, right_values, left_value FROM contradictions "
        "WHERE rule_id = 'CD-E1:total'"
    )
    assert (actual, expected) == (1, 14)
    assert (left, right, first) == (["0", "1"], ["14", "0"], "0")
    labels = corpus.query(
        "SELECT len(left_labels), len(right_labels), len(left_quotes), len(right_quotes), "
        "left_label = left_labels[1] FROM contradictions WHERE rule_id = 'CD-E1:total'"
    )
    assert labels == [(2, 2, 2, 2, True)]


def test_a6_the_sides_of_every_sum_add_up_to_actual_and_expected(corpus: Corpus) -> None:
    corpus.add("a.txt", _parsed(_REQUESTS))
    for year, values in (
        (2021, {"rules.in_force": "9", "rules.issued": "2", "rules.repealed": "1"}),
        (2022, {"rules.in_force": "7", "rules.issued": "3", "rules.repealed": "2"}),
    ):
        corpus.add(f"{year}.txt", replace(report(values, year=year), template="D"))
    corpus.build_only("contradictions")
    sums = (
        "SELECT rule_id, actual, expected, list_sum([v::DECIMAL(20, 6) FOR v IN left_values]), "
        "list_sum([v::DECIMAL(20, 6) FOR v IN right_values]) FROM contradictions "
        "WHERE kind IN ('equality', 'cross_year') ORDER BY rule_id"
    )
    found = corpus.query(sums)
    assert {row[0] for row in found} >= {"CD-E1:total", "CD-E3:requests.received", "D-E6:rules"}
    assert [row for row in found if (row[1], row[2]) != (row[3], row[4])] == []
    assert ("D-E6:rules", 7, 10, 7, 10) in found


def test_a6_the_severity_of_contradictions_sorts_error_before_warn_before_info(
    corpus: Corpus,
) -> None:
    corpus.add("a.txt", _parsed(_REQUESTS))
    corpus.add("b.txt", _parsed(_REQUESTS.replace("2022年", "2021年").replace("\t1\n", "\t3\n")))
    corpus.build_only("contradictions")
    ordered = [
        row[0] for row in corpus.query("SELECT severity FROM contradictions ORDER BY severity")
    ]
    assert len(set(ordered)) > 1
    assert ordered == sorted(ordered, key=["error", "warn", "info"].index)
    assert corpus.query("SELECT DISTINCT severity FROM contradictions WHERE severity = 'error'")


def test_every_rule_of_a_warehouse_is_explained(corpus: Corpus) -> None:
    corpus.add("a.txt", _parsed(_REQUESTS))
    corpus.build_only("check_result", "dim_rule", "contradictions")
    assert corpus.query("SELECT count(*) > 50 FROM check_result") == [(True,)]
    assert not corpus.query(
        "SELECT DISTINCT rule_id FROM check_result ANTI JOIN dim_rule USING (rule_id)"
    )
    assert not corpus.query("SELECT rule_id FROM contradictions WHERE what_to_do_zh IS NULL")


def test_a7_only_years_between_the_first_and_the_last_report_are_gaps(corpus: Corpus) -> None:
    for year in (2015, 2017):
        corpus.add(f"{year}.txt", report({"meetings.held": "1"}, year=year))
    other = county(370321, "桓台县质量技术监督局")
    for year in (2013, 2018):
        corpus.add(f"other{year}.txt", report({"meetings.held": "1"}, other, year))
    corpus.build_only("coverage")
    assert corpus.query(_STATUS.format(GAOQING.agency_id)) == [
        (2013, "before_first"),
        (2014, "before_first"),
        (2015, "present"),
        (2016, "gap"),
        (2017, "present"),
        (2018, "after_last"),
    ]


def test_a7_nobody_is_missing_before_being_set_up_or_after_the_end(corpus: Corpus) -> None:
    young = replace(
        GAOQING, agency_id="370322.veterans", function="veterans", valid_from=2018, valid_to=2020
    )
    corpus.add("young.txt", report({"meetings.held": "1"}, young, 2019))
    for year in (2017, 2021):
        corpus.add(f"{year}.txt", report({"meetings.held": "1"}, year=year))
    corpus.build_only("coverage")
    assert corpus.query(_STATUS.format(young.agency_id)) == [
        (2017, "not_yet_established"),
        (2018, "before_first"),
        (2019, "present"),
        (2020, "after_last"),
        (2021, "abolished"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "owing"),
    [
        ((2017,), (2018, 2019), {}),
        ((2017, 2018), (2019, 2020), {}),
        ((2017, 2018), (2020,), {2019: "market_regulation"}),
        ((2017,), (2020,), {2018: "quality_supervision", 2019: "market_regulation"}),
        ((2016, 2018), (2018, 2019), {2017: "quality_supervision"}),
        ((2017, 2019), (2020,), {2018: "quality_supervision"}),
    ],
)
def test_two_agencies_of_a_reform_owe_one_report_in_its_years(
    corpus: Corpus, before: tuple[int, ...], after: tuple[int, ...], owing: dict[int, str]
) -> None:
    old = replace(GAOQING, valid_to=2019)
    heir = replace(
        GAOQING,
        agency_id="370322.market_regulation",
        name_zh="高青县市场监督管理局",
        function="market_regulation",
        valid_from=2018,
    )
    for agency, years in ((old, before), (heir, after)):
        for year in years:
            stated = report({"meetings.held": "1"}, agency, year)
            corpus.add(f"{agency.function}{year}.txt", stated)
    corpus.build_only("coverage", "indicator_coverage")
    lacking = corpus.query(
        "SELECT year, function FROM coverage WHERE reports = 0 "
        "AND status NOT IN ('not_yet_established', 'abolished') ORDER BY year"
    )
    assert lacking == sorted(owing.items())
    assert lacking == corpus.query(
        "SELECT year, function FROM indicator_coverage WHERE indicator_id = 'meetings.held' "
        "AND status = 'no_report' ORDER BY year"
    )


def test_of_a_county_that_was_renamed_one_report_is_expected_and_none_named(
    corpus: Corpus,
) -> None:
    def government(code: str, name: str, first: int | None, last: int | None) -> Agency:
        return replace(
            GAOQING,
            agency_id=f"{code}.government",
            name_zh=f"{name}人民政府",
            function="government",
            region_code=code,
            region_name=name,
            province="湖南省",
            valid_from=first,
            valid_to=last,
        )

    for agency, years in (
        (government("430124", "宁乡县", 1983, 2017), (2016,)),
        (government("430182", "宁乡市", 2017, None), (2017, 2018)),
        (government("430121", "长沙县", None, None), (2016, 2017, 2018)),
    ):
        for year in years:
            stated = report({"requests.received": "4"}, agency, year)
            corpus.add(f"{agency.region_code}{year}.txt", stated)
    corpus.build_only("agency_comparison", "region_totals")
    told = "SELECT DISTINCT year, {} without_report FROM {} ORDER BY year"
    assert corpus.query(told.format("agencies, ", "region_totals")) == [
        (2016, 2, 0),
        (2017, 2, 0),
        (2018, 2, 0),
    ]
    assert corpus.query(told.format("n, ", "agency_comparison")) == [
        (2016, 2, 0),
        (2017, 2, 0),
        (2018, 2, 0),
    ]


def test_a_bureau_that_took_in_another_still_owes_its_own_reports(corpus: Corpus) -> None:
    price = replace(
        GAOQING, agency_id="370322.price_control", function="price_control", valid_to=2019
    )
    reform = replace(GAOQING, agency_id="370322.development_reform", function="development_reform")
    for agency, years in ((price, (2015, 2017)), (reform, (2015, 2016, 2020))):
        for year in years:
            stated = report({"meetings.held": "1"}, agency, year)
            corpus.add(f"{agency.function}{year}.txt", stated)
    corpus.build_only("coverage")
    assert corpus.query(
        "SELECT year, status FROM coverage WHERE function = 'development_reform' ORDER BY year"
    ) == [
        (2015, "present"),
        (2016, "present"),
        *((year, "gap") for year in (2017, 2018, 2019)),
        (2020, "present"),
    ]
    assert corpus.query(
        "SELECT year, status FROM coverage WHERE function = 'price_control' ORDER BY year"
    ) == [
        (2015, "present"),
        (2016, "gap"),
        (2017, "present"),
        (2018, "after_last"),
        (2019, "abolished"),
        (2020, "abolished"),
    ]


def test_a7_who_is_on_the_roster_and_never_reported_is_missing(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled = roster.Roster(
        region="370300",
        first_year=2016,
        functions={Level.CITY: ("government",), Level.COUNTY: ("government",)},
        reason="all governments of a city",
    )
    monkeypatch.setattr("pipeline.warehouse.publishing.seeds.rosters", lambda: (ruled,))
    for year in (2015, 2017):
        corpus.add(f"{year}.txt", report({"meetings.held": "1"}, year=year))
    corpus.build_only("coverage")
    assert corpus.query(_STATUS.format("370322.government")) == [
        (2016, "missing"),
        (2017, "missing"),
    ]
    expected = corpus.query(
        "SELECT count(DISTINCT agency_id), bool_and(is_on_roster), any_value(province) "
        "FROM coverage WHERE status = 'missing'"
    )
    assert expected == [(9, True, "山东省")]


def test_a7_a_report_is_late_by_the_law_of_its_year(corpus: Corpus) -> None:
    government = replace(
        GAOQING, agency_id="370322.government", name_zh="高青县人民政府", function="government"
    )
    for agency, year, published in (
        (GAOQING, 2017, date(2018, 3, 30)),
        (GAOQING, 2022, date(2023, 2, 10)),
        (government, 2022, date(2023, 3, 30)),
        (government, 2021, None),
    ):
        corpus.add(
            f"{agency.function}{year}.txt",
            report({"meetings.held": "1"}, agency, year, published_on=published),
        )
    corpus.build_only("coverage")
    assert corpus.query(
        "SELECT function, year, due_on, days_late FROM coverage WHERE status = 'present' "
        "ORDER BY ALL"
    ) == [
        ("government", 2021, date(2022, 3, 31), None),
        ("government", 2022, date(2023, 3, 31), -1),
        ("quality_supervision", 2017, date(2018, 3, 31), -1),
        ("quality_supervision", 2022, date(2023, 1, 31), 10),
    ]


def test_a8_what_stands_in_place_of_a_number_is_told_for_every_indicator(corpus: Corpus) -> None:
    """A county that prints a slash is not one that has no report."""
    asked = "requests.received"
    stated = replace(report({"meetings.held": "1", asked: "5"}, year=2022), template="D")
    for code, name, want in (
        (370321, "桓台县质量技术监督局", Want.NOT_APPLICABLE),
        (370323, "沂源县质量技术监督局", Want.DISAGREEING),
    ):
        seen = structs.replace(
            stated.observations[1], value=None, value_raw="/", value_status=Status.BLANK
        )
        gap = Gap(asked, want, 1, "/", ("21", "12"))
        changed = replace(
            stated,
            agency=county(code, name),
            observations=(stated.observations[0], seen),
            facts=stated.facts[:1],
            gaps=(gap,),
        )
        corpus.add(f"{code}.txt", changed)
    for code, name, value in (
        (370302, "淄川县质量技术监督局", "0"),
        (370304, "博山县质量技术监督局", "5"),
    ):
        corpus.add(
            f"{code}.txt",
            replace(report({asked: value}, county(code, name), 2022), template="D"),
        )
    left_out = replace(report({"meetings.held": "1"}, year=2022), template="D")
    corpus.add("left_out.txt", left_out)
    corpus.add("earlier.txt", replace(report({"meetings.held": "1"}, year=2016), template="B"))
    corpus.build_only("indicator_coverage")
    found = corpus.query(
        "SELECT left(agency_id, 6), year, status, value_raw, candidates FROM indicator_coverage "
        f"WHERE indicator_id = '{asked}' ORDER BY ALL"
    )
    assert [row for row in found if row[1] == 2022] == [
        ("370302", 2022, "zero", None, []),
        ("370304", 2022, "fact", None, []),
        ("370321", 2022, "not_applicable", "/", ["21", "12"]),
        ("370322", 2022, "not_printed", None, []),
        ("370323", 2022, "disagreeing", "/", ["21", "12"]),
    ]
    assert ("370321", 2016, "no_report", None, []) in found
    other = corpus.query(
        "SELECT status FROM indicator_coverage WHERE indicator_id = 'requests.processed' "
        "AND agency_id = '370322.quality_supervision' AND year = 2016"
    )
    assert other == [("not_on_this_form",)]


def test_a8_a_withheld_number_is_not_called_left_out(corpus: Corpus) -> None:
    """The place of a number that is known to be wrong is still found."""
    table = _REQUESTS.replace("\t13\t0\t0\t0\t0\t1\t14", "\t/\t/\t/\t/\t/\t/\t/", 1)
    corpus.add("a.txt", _parsed(table))
    corpus.build_only("indicator_coverage", "observation")
    ((status, raw, place),) = corpus.query(
        "SELECT status, value_raw, observation_id FROM indicator_coverage "
        "WHERE indicator_id = 'requests.processed.granted' AND year = 2022"
    )
    assert (status, raw) == ("not_applicable", "/")
    assert corpus.query(f"SELECT value_raw FROM observation WHERE observation_id = '{place}'") == [
        ("/",)
    ]


def test_a9_a_report_that_gives_no_facts_says_why(corpus: Corpus) -> None:
    corpus.add("a.txt", report({"meetings.held": "1"}, year=2016))
    summary = replace(report({"meetings.held": "1"}, year=2017), doc_type=DocType.WORK_SUMMARY)
    corpus.add("b.txt", replace(summary, facts=()))
    corpus.add("c.txt", replace(report({"meetings.held": "1"}, year=2018), facts=()))
    corpus.build_only("coverage")
    assert corpus.query("SELECT year, status, reason FROM coverage ORDER BY year") == [
        (2016, "present", None),
        (2017, "no_facts", "work_summary"),
        (2018, "no_facts", "no_values"),
    ]


def test_papers_that_are_no_report_are_none_and_say_why(corpus: Corpus) -> None:
    for year, kind in ((2016, OtherKind.PART_OF_YEAR), (2017, OtherKind.SAMPLE)):
        paper = report({"meetings.held": "1"}, year=year, doc_type=DocType.OTHER)
        corpus.add(f"{year}.txt", replace(paper, other_kind=kind))
    listed = report({"meetings.held": "9"}, year=2018, doc_type=DocType.OTHER)
    corpus.add("list.txt", replace(listed, other_kind=OtherKind.LIST_OF_AGENCIES))
    corpus.add("own.txt", report({"meetings.held": "1"}, year=2018))
    corpus.build_only("coverage", "facts")
    assert corpus.query("SELECT year, status, reason, reports FROM coverage ORDER BY year") == [
        (2016, "no_facts", "part_of_year", 0),
        (2017, "no_facts", "sample", 0),
        (2018, "present", None, 1),
    ]
    assert corpus.query("SELECT year, value, reports FROM facts") == [(2018, 1, 1)]


def test_a_report_dated_in_its_own_year_is_not_a_year_early(corpus: Corpus) -> None:
    for year, day in ((2017, date(2017, 1, 20)), (2018, date(2018, 12, 20))):
        corpus.add(f"{year}.txt", report({"meetings.held": "1"}, year=year, published_on=day))
    corpus.build_only("coverage")
    assert corpus.query(
        "SELECT year, days_late FROM coverage WHERE status = 'present' ORDER BY year"
    ) == [(2017, None), (2018, -101)]


def test_a_correction_makes_no_agency_late(corpus: Corpus) -> None:
    first = report({"meetings.held": "1"}, published_on=date(2019, 1, 20))
    second = report({"meetings.held": "2"}, published_on=date(2019, 6, 10))
    corpus.add("first.txt", first)
    corpus.add("second.txt", replace(second, is_correction=True))
    alone = county(370321, "桓台县质量技术监督局")
    late = report({"meetings.held": "2"}, alone, published_on=date(2019, 6, 10))
    corpus.add("alone.txt", replace(late, is_correction=True))
    corpus.build_only("coverage")
    days = "SELECT published_on, corrected_on, days_late FROM coverage ORDER BY agency_id"
    assert corpus.query(days) == [
        (None, date(2019, 6, 10), None),
        (date(2019, 1, 20), date(2019, 6, 10), -70),
    ]


def test_coverage_shows_the_report_that_counts_whatever_its_id(corpus: Corpus) -> None:
    contents = sorted("abcd", key=lambda one: hashlib.sha256(one.encode()).hexdigest())
    days = (date(2019, 1, 20), date(2019, 3, 1))
    for year, order in ((2017, contents[:2]), (2018, contents[:1:-1])):
        for day, content in zip(days, order, strict=True):
            stated = report({"meetings.held": "1"}, year=year, published_on=day)
            corpus.add(f"{year}/{day}.txt", stated, content=content)
    corpus.build()
    assert corpus.query("SELECT year, source_path, published_on FROM coverage ORDER BY 1") == [
        (2017, "2017/2019-03-01.txt", date(2019, 1, 20)),
        (2018, "2018/2019-03-01.txt", date(2019, 1, 20)),
    ]


def test_coverage_shows_the_annual_report_and_not_the_summary_beside_it(corpus: Corpus) -> None:
    summary = report({}, published_on=date(2019, 3, 1), doc_type=DocType.WORK_SUMMARY)
    corpus.add("a.txt", report({"meetings.held": "1"}, published_on=date(2019, 1, 20)))
    corpus.add("b.txt", summary)
    corpus.build_only("coverage")
    assert corpus.query("SELECT source_path, published_on, reports FROM coverage") == [
        ("a.txt", date(2019, 1, 20), 2)
    ]


@pytest.mark.parametrize(("is_in_the_first", "gaps"), [(True, 0), (False, 1)])
def test_a_gap_is_one_of_the_report_that_counts(
    corpus: Corpus, *, is_in_the_first: bool, gaps: int
) -> None:
    whole = {"meetings.held": "1", "requests.received": "5"}
    first, last = (report(whole, published_on=date(2019, month, 1)) for month in (1, 3))
    lacking = first if is_in_the_first else last
    gap = Gap("requests.received", Want.BLANK, 1, "", ())
    lacking = replace(lacking, facts=lacking.facts[:1], gaps=(gap,))
    corpus.add("first.txt", lacking if is_in_the_first else first)
    corpus.add("last.txt", last if is_in_the_first else lacking)
    corpus.build()
    assert corpus.query("SELECT count(*) FROM fact_gap") == [(gaps,)]
    told = (GAOQING.name_zh, 2018, "requests.received", "blank", "last.txt")
    named = "SELECT name_zh, year, indicator_id, status, source_path FROM gaps"
    assert corpus.query(named) == [told] * gaps
    assert corpus.query("FROM gaps WHERE label_zh IS NULL OR path_zh IS NULL") == []
    assert corpus.query("SELECT count(*) FROM fact_indicator") == [(2 - gaps,)]


def test_forms_and_functions_are_tables(corpus: Corpus) -> None:
    corpus.add("a.txt", report({"meetings.held": "1"}))
    corpus.build_only("dim_form", "dim_agency", "dim_function", "facts")
    assert corpus.query("SELECT form, years, usual_from, usual_until FROM dim_form ORDER BY 1") == [
        ("A", "2004–2017", 2004, 2013),
        ("B", "2014–2018", 2014, 2018),
        ("C", "2019–2020", 2019, 2020),
        ("D", "2021–", 2021, None),
    ]
    assert not corpus.query(
        "SELECT function FROM dim_agency ANTI JOIN dim_function USING (function)"
    )
    assert corpus.query(
        "SELECT name_en, valid_from FROM dim_function WHERE function = 'veterans'"
    ) == [("Veterans affairs", 2018)]
    assert corpus.query("SELECT max(value) FROM facts") == [(Decimal(1),)]


def test_a_slip_in_the_year_stretches_no_coverage_and_gives_no_facts(corpus: Corpus) -> None:
    corpus.add("a.txt", report({"requests.received": "7"}, year=2018))
    corpus.add("b.txt", report({"requests.received": "9"}, year=2020))
    other = county(370321, "桓台县质量技术监督局")
    corpus.add("slip.txt", report({"requests.received": "2"}, other, year=2935))
    corpus.add("plan.txt", report({}, other, year=2940, doc_type=DocType.OTHER))
    corpus.build_only("coverage", "contradictions", "indicator_coverage")
    assert corpus.query("SELECT year, value FROM fact_indicator ORDER BY ALL") == [
        (2018, 7),
        (2020, 9),
    ]
    assert corpus.query(
        "SELECT rule_id, severity, agency_id, actual FROM contradictions WHERE year > 2900"
    ) == [("I-Y2", "error", other.agency_id, 2935)]
    assert corpus.query(_STATUS.format(GAOQING.agency_id)) == [
        (2018, "present"),
        (2019, "gap"),
        (2020, "present"),
    ]
    assert corpus.query(
        f"SELECT year, status, reason FROM coverage WHERE agency_id = '{other.agency_id}' "
        "ORDER BY year"
    ) == [
        (2018, "before_first", None),
        (2019, "before_first", None),
        (2020, "before_first", None),
        (2935, "no_facts", "year_not_over"),
        (2940, "no_facts", "other"),
    ]


def test_a_school_year_is_over_before_its_calendar_year_and_next_year_is_not(
    corpus: Corpus,
) -> None:
    today = datetime.now(UTC).date()
    ended = replace(report({"requests.received": "7"}, year=today.year), period_end=today)
    corpus.add("a.txt", ended)
    corpus.add("b.txt", report({"requests.received": "9"}, year=today.year + 1))
    corpus.build_only("coverage", "indicator_coverage")
    assert corpus.query(
        "SELECT status, value, value_raw FROM indicator_coverage "
        f"WHERE indicator_id = 'requests.received' AND year = {today.year + 1}"
    ) == [("year_not_over", None, "9")]
    assert corpus.query("SELECT year, value FROM fact_indicator") == [(today.year, 7)]
    assert corpus.query(_STATUS.format(GAOQING.agency_id)) == [
        (today.year, "present"),
        (today.year + 1, "no_facts"),
    ]


@pytest.mark.parametrize(("days_left", "facts"), [(31, 1), (32, 0)])
def test_a_report_may_come_a_month_before_its_year_is_over_and_no_earlier(
    corpus: Corpus, days_left: int, facts: int
) -> None:
    end = datetime.now(UTC).date() + timedelta(days=days_left)
    stated = report({"disclosure.items": "17"}, year=end.year)
    corpus.add("a.txt", replace(stated, period_end=end))
    corpus.build_only("facts")
    assert corpus.query("SELECT count(*) FROM facts") == [(facts,)]


def test_an_agency_is_of_the_level_that_its_newest_report_says(corpus: Corpus) -> None:
    for year, level in ((2016, Level.COUNTY), (2018, Level.CITY), (2017, Level.COUNTY)):
        agency = replace(GAOQING, level=level)
        corpus.add(f"{year}.txt", report({"disclosure.items": "17"}, agency=agency, year=year))
    corpus.build_only("facts")
    assert corpus.query("SELECT level FROM dim_agency") == [("city",)]
