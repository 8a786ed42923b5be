"""Values far from the usual, and failures that somebody decided to let pass."""

from decimal import Decimal

import pytest
from stated_corpus import FAILED, GAOQING, Corpus, county, report

from pipeline.declared import parsed
from pipeline.model.agency import Agency
from pipeline.warehouse.publishing import checks, seeds
from pipeline.warehouse.reviewed.overrides import OverridesFile

FOUND = "SELECT rule_id, year, severity, expected, actual FROM check_result ORDER BY ALL"


def over_years(corpus: Corpus, *values: str, agency: Agency = GAOQING) -> None:
    for year, value in enumerate(values, 2014):
        stated = report({"requests.received": value}, agency, year)
        corpus.add(f"{agency.region_code}_{year}.txt", stated)


def shown(corpus: Corpus, *series: str) -> list[list[str]]:
    """How severely something was found odd in each of some series, of an agency each."""
    codes = range(370300, 370300 + len(series))
    for code, values in zip(codes, series, strict=True):
        over_years(corpus, *values.split(), agency=county(code, "某县某局"))
    corpus.build_only("check_result")
    found: dict[object, list[str]] = {code: [] for code in codes}
    for code, rule, severity in corpus.query(
        "SELECT agency_id[:6]::INTEGER, rule_id, severity FROM check_result"
    ):
        found[code].append(f"{rule} {severity}")
    return list(found.values())


def test_a_year_far_from_the_agencys_own_others_is_shown(corpus: Corpus) -> None:
    over_years(corpus, "40", "52", "4700", "45", "50")
    corpus.build_only("contradictions", "check_result")
    assert corpus.query(FOUND) == [("W-O1", 2016, "warn", Decimal(50), Decimal(4700))]
    ((message, quote),) = corpus.query("SELECT message_zh, left_quote FROM contradictions")
    assert "4700" in str(message) and "5 年的中位数为 50" in str(message)
    assert "4700" in str(quote)


def test_none_among_hundreds_is_as_odd_as_thousands(corpus: Corpus) -> None:
    over_years(corpus, "400", "520", "0", "450", "500")
    corpus.build_only("check_result")
    assert [row[:2] for row in corpus.query(FOUND)] == [("W-O1", 2016)]


def test_small_numbers_usual_change_and_short_series_are_not(corpus: Corpus) -> None:
    series = ("0 0 0 0 9", "3 0 1 7 12", "100 140 90 220 60", "40 52 4700 45")
    assert shown(corpus, *series) == [[], [], [], []]


def peers(corpus: Corpus, number: int) -> None:
    for code in range(number):
        value = "90000" if code == 3 else str(60 + code)
        agency = county(370300 + code, f"第{code}县质量技术监督局")
        corpus.add(f"{code}.txt", report({"disclosure.items": value}, agency=agency))


def test_an_agency_far_from_its_peers_is_shown(corpus: Corpus) -> None:
    peers(corpus, 10)
    corpus.build_only("check_result")
    ((rule, agency, message),) = corpus.query(
        "SELECT rule_id, agency_id, message_en FROM check_result"
    )
    assert (rule, agency) == ("W-O2", "370303.quality_supervision")
    assert "median of 10 agencies of its kind is 65.5" in str(message)


def test_nine_peers_are_too_few_to_judge_by(corpus: Corpus) -> None:
    peers(corpus, 9)
    corpus.build_only("check_result")
    assert corpus.query(FOUND) == []


OVERRIDE = f"""
overrides:
  - rule_id: W-O1
    agency: {GAOQING.agency_id}
    year: 2016
    reason: 当年信访集中，已与原件核对
    decided_on: 2026-11-20
"""


@pytest.fixture
def overridden(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    for module in (seeds, checks):
        monkeypatch.setattr(module, "overrides", lambda: parsed(OVERRIDE, OverridesFile).overrides)
    return corpus


def test_an_overridden_failure_stays_and_says_why(overridden: Corpus) -> None:
    over_years(overridden, "40", "52", "4700", "45", "50")
    overridden.build_only("contradictions", "fact_indicator")
    reason = "当年信访集中，已与原件核对 (2026-11-20)"
    assert overridden.query("SELECT outcome, override_reason FROM check_result") == [
        ("fail", reason)
    ]
    assert overridden.query("SELECT actual, override_reason FROM contradictions") == [
        (Decimal(4700), reason)
    ]
    assert overridden.query(
        "SELECT value, warnings_failing FROM fact_indicator WHERE year = 2016"
    ) == [(Decimal(4700), 0)]


@pytest.mark.parametrize(("year", "red"), [(2016, 0), (2017, 1)])
def test_a_broken_sum_that_was_let_pass_does_not_stop_a_build(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, year: int, red: int
) -> None:
    for module in (seeds, checks):
        monkeypatch.setattr(
            module,
            "overrides",
            lambda: parsed(OVERRIDE.replace("W-O1", "B-E7"), OverridesFile).overrides,
        )
    corpus.add("a.txt", report({"staff.total": "4"}, year=year, checks=(FAILED,)))
    corpus.build_only("contradictions")
    with corpus.asked() as connection:
        assert len(checks.identities_hold(connection).failures) == red


def test_an_override_of_one_year_lets_no_other_year_pass(overridden: Corpus) -> None:
    over_years(overridden, "40", "52", "4700", "45", "50", "47", "44", "9000")
    overridden.build_only("check_result")
    assert overridden.query(
        "SELECT year, override_reason IS NULL FROM check_result ORDER BY year"
    ) == [(2016, False), (2021, True)]


def test_a_series_is_left_only_by_four_times_its_scale_and_by_six_with_a_warning(
    corpus: Corpus,
) -> None:
    """Sizes of 50 and 230 differ by 1.5, more than four scales of 0.33; of 170 by 1.2, less."""
    steady = {"50 50 170 50 50 50": [], "50 50 230 50 50 50": ["W-O1 info"]}
    four_and_six = {
        "100 100 340 100 100": [],
        "100 100 390 100 100": ["W-O1 info"],
        "100 100 630 100 100": ["W-O1 info"],
        "100 100 730 100 100": ["W-O1 warn"],
    }
    told = steady | four_and_six
    assert shown(corpus, *told) == list(told.values())


def test_an_override_that_meets_no_failure_is_told(overridden: Corpus) -> None:
    over_years(overridden, "40", "52", "47", "45", "50")
    overridden.build_only("check_result", "dim_report")
    with overridden.asked() as connection:
        (line,) = checks.overrides_are_needed(connection).failures
    assert "W-O1" in line and GAOQING.agency_id in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OVERRIDE.replace("当年信访集中，已与原件核对", ""), "reason"),
        (OVERRIDE.replace("    decided_on: 2026-11-20\n", ""), "decided_on"),
        (OVERRIDE.replace("2016", "216"), "year"),
        (OVERRIDE.replace("W-O1", "W-09"), "rule_id"),
        (OVERRIDE + OVERRIDE.replace("overrides:\n", "").lstrip("\n"), "decided twice"),
    ],
)
def test_an_override_without_its_whole_story_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parsed(text, OverridesFile)


def test_an_agency_is_held_against_its_peers_of_the_same_year(corpus: Corpus) -> None:
    """60,003 is nothing odd among the numbers of the year before, and far from this year's."""
    for code in range(10):
        agency = county(370300 + code, f"第{code}县质量技术监督局")
        for year, least in ((2017, 60_000), (2018, 60_000 if code == 3 else 60)):
            stated = report({"disclosure.items": str(least + code)}, agency=agency, year=year)
            corpus.add(f"{year}_{code}.txt", stated)
    corpus.build()
    assert corpus.query("SELECT rule_id, year, actual FROM check_result") == [
        ("W-O2", 2018, Decimal(60_003))
    ]
