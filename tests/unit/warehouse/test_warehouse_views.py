"""What the views take together and what they keep apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import FAILED, GAOQING, Corpus, county, report

from pipeline.model.agency import Level
from pipeline.model.observation import Source
from pipeline.model.report import Report

ITEMS, OTHER = "disclosure.items", "requests.processed.other"


def on_form(form: str, values: dict[str, str], year: int, day: date | None = None) -> Report:
    return replace(report(values, year=year, published_on=day), template=form)


def test_agencies_are_compared_with_their_own_kind_and_level_alone(corpus: Corpus) -> None:
    other = county(370321, "桓台县质量技术监督局")
    treasury = replace(other, agency_id="370321.finance", function="finance")
    city = replace(other, agency_id="370300.quality_supervision", level=Level.CITY)
    for number, agency in enumerate((GAOQING, other, treasury, city)):
        corpus.add(f"{number}.txt", report({ITEMS: str(10 + number)}, agency=agency))
    corpus.build_only("agency_comparison")
    assert corpus.query(
        "SELECT agency_id, rank, n FROM agency_comparison ORDER BY level, function, rank"
    ) == [
        (city.agency_id, 1, 1),
        (treasury.agency_id, 1, 1),
        (other.agency_id, 1, 2),
        (GAOQING.agency_id, 2, 2),
    ]


def test_a_series_goes_by_the_form_a_report_prints_and_not_by_its_year(corpus: Corpus) -> None:
    corpus.add("2018.txt", on_form("C", {"requests.received": "7"}, 2018))
    corpus.build_only("series")
    assert corpus.query(
        "SELECT template, value FROM series WHERE series_id = 'requests.received'"
    ) == [("C", Decimal(7))]


def test_a_series_takes_the_form_of_the_correction_where_one_came_on_another(
    corpus: Corpus,
) -> None:
    parts = dict.fromkeys(
        (f"{OTHER}.{one}" for one in ("not_amended", "not_paid", "residual")), "1"
    )
    corpus.add("first.txt", on_form("D", parts, 2021, date(2022, 1, 20)))
    corpus.add("corrected.txt", on_form("C", {OTHER: "5"}, 2021, date(2022, 3, 1)))
    corpus.build_only("series")
    assert corpus.query(
        "SELECT template, value FROM series WHERE series_id = 'requests.other_handling'"
    ) == [("C", Decimal(5))]


def test_what_failed_in_a_report_that_was_corrected_does_not_count(corpus: Corpus) -> None:
    values = {"staff.total": "4"}
    corpus.add("a.txt", report(values, published_on=date(2019, 1, 20), checks=(FAILED,)))
    corpus.build_only("coverage")
    assert corpus.query("SELECT checks_failed FROM coverage") == [(1,)]
    corpus.add("b.txt", report(values, published_on=date(2019, 3, 1)))
    corpus.build_only("coverage")
    assert corpus.query("SELECT reports, checks_failed FROM coverage") == [(2, 0)]


CHANNELS = ("website", "gazette", "weibo", "wechat", "other")
"""Every channel that form B lists."""


def test_channels_have_shares_where_the_form_is_filled_in(corpus: Corpus) -> None:
    values = {f"disclosure.channel.{name}": "4" for name in CHANNELS}
    corpus.add("a.txt", report({**values, "disclosure.channel.website": "16"}))
    corpus.build_only("channel_mix")
    assert corpus.query(
        "SELECT DISTINCT share, all_channels::INTEGER, total FROM channel_mix ORDER BY share"
    ) == [(0.125, 32, None), (0.5, 32, None)]


@pytest.mark.parametrize(("total", "share"), [("66", None), ("40", 1.0)])
def test_one_channel_of_a_sentence_is_not_all_of_them(
    corpus: Corpus, total: str, share: float | None
) -> None:
    """40 requests online of 66 were shown as 100 %."""
    corpus.add("a.txt", report({"requests.received": total, "requests.received.online": "40"}))
    corpus.build_only("channel_mix")
    assert corpus.query("SELECT value::INTEGER, share, total::INTEGER FROM channel_mix") == [
        (40, share, int(total))
    ]


def test_a_check_of_a_replaced_report_that_numbers_are_taken_from_is_a_contradiction(
    corpus: Corpus,
) -> None:
    """What made a served number doubtful stood in no row."""
    values = {"disclosure.items": "5", "response.press_conferences": "2"}
    corpus.add("a.txt", report(values, published_on=date(2019, 1, 20), checks=(FAILED,)))
    corpus.add("b.txt", report({"requests.received": "3"}, published_on=date(2019, 3, 1)))
    corpus.build_only("contradictions", "facts")
    assert corpus.query("SELECT DISTINCT is_current FROM facts ORDER BY 1") == [(False,), (True,)]
    assert corpus.query("SELECT rule_id FROM contradictions") == [(FAILED.rule_id,)]


def test_a_channels_share_is_one_of_its_own_year(corpus: Corpus) -> None:
    others = {f"disclosure.channel.{name}": "1" for name in CHANNELS}
    for year, website in ((2017, "6"), (2018, "12")):
        mix = others | {"disclosure.channel.website": website}
        corpus.add(f"{year}.txt", report(mix, year=year))
    corpus.build_only("channel_mix")
    assert corpus.query(
        "SELECT year, all_channels, share FROM channel_mix "
        "WHERE indicator_id = 'disclosure.channel.website' ORDER BY year"
    ) == [(2017, 10, 0.6), (2018, 16, 0.75)]


def test_a_percentile_is_told_among_five_and_not_among_four(corpus: Corpus) -> None:
    for year, number in ((2017, 4), (2018, 5)):
        for code in range(number):
            agency = county(370300 + code, f"第{code}县质量技术监督局")
            corpus.add(f"{year}_{code}.txt", report({ITEMS: str(code)}, agency=agency, year=year))
    corpus.build_only("agency_comparison")
    assert corpus.query(
        "SELECT year, list(percentile ORDER BY value) FROM agency_comparison "
        "GROUP BY year ORDER BY year"
    ) == [(2017, [None] * 4), (2018, [0, 25, 50, 75, 100])]


def test_a_rate_is_told_of_five_and_not_of_four(corpus: Corpus) -> None:
    for year, closed in ((2017, "4"), (2018, "5")):
        values = {"requests.closed": closed, "requests.closed.on_time": "3"}
        corpus.add(f"{year}.txt", report(values, year=year))
    corpus.build_only("rates")
    assert corpus.query("SELECT year, rate FROM rates WHERE rate_id = 'on_time' ORDER BY year") == [
        (2017, None),
        (2018, 0.6),
    ]


def test_a_mix_and_what_is_left_of_a_whole_stand_as_the_worst_of_their_numbers(
    corpus: Corpus,
) -> None:
    channels = {f"disclosure.channel.{name}": "4" for name in CHANNELS}
    answered = "requests.answered"
    answers = {answered: "10", f"{answered}.granted": "6", f"{answered}.already_public": "1"}
    disputed = structs.replace(FAILED, indicator_ids=("requests.answered.granted",))
    own = report(channels | answers, checks=(disputed,))
    badly = structs.replace(own.observations[0], confidence=0.6)
    corpus.add("a.txt", replace(own, observations=(badly, *own.observations[1:])))
    corpus.build_only("channel_mix", "rates")
    assert corpus.query("SELECT DISTINCT confidence, standing FROM channel_mix") == [
        (0.6, "doubtful")
    ]
    assert corpus.query(
        "SELECT rate_id, standing FROM rates WHERE rate_id IN ('granted', 'not_told') ORDER BY 1"
    ) == [("granted", "disputed"), ("not_told", "disputed")]


def test_of_a_year_on_two_forms_the_newer_one_gives_the_rates(corpus: Corpus) -> None:
    answered, processed = "requests.answered", "requests.processed"
    older = report({answered: "10", f"{answered}.granted": "6"}, year=2019, source=Source.NARRATIVE)
    corpus.add("a.txt", replace(older, published_on=date(2020, 3, 20)))
    newer = {processed: "10", f"{processed}.granted": "4"}
    corpus.add("b.txt", on_form("C", newer, 2019, date(2020, 3, 1)))
    corpus.build_only("rates", "fact_indicator")
    assert corpus.query("SELECT DISTINCT form FROM fact_indicator ORDER BY form") == [
        ("B",),
        ("C",),
    ]
    assert corpus.query("SELECT template, rate FROM rates WHERE rate_id = 'granted'") == [
        ("C", 0.4)
    ]
