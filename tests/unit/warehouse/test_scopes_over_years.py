"""Where a report's scope is another one than the year before's: nothing is compared over it."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import FAILED, GAOQING, Corpus, report

from pipeline.commands import explain
from pipeline.model.agency import Agency
from pipeline.model.check import CheckResult
from pipeline.model.observation import Scope

COUNTY = replace(
    GAOQING, agency_id="370322.government", name_zh="高青县人民政府", function="government"
)
SCOPES = (Scope.REGION, Scope.REGION, Scope.AGENCY, Scope.AGENCY, Scope.REGION)
BROKEN = [None, None, "region→agency", None, "agency→region"]


def told(
    corpus: Corpus,
    scopes: Iterable[Scope],
    values: Iterable[dict[str, str]],
    agency: Agency = COUNTY,
) -> None:
    """A report a year from 2020 on, each with its scope."""
    for year, (scope, stated) in enumerate(zip(scopes, values, strict=True), 2020):
        one = replace(report(stated, agency, year), template="D", scope=scope)
        corpus.add(f"{year}.txt", one)


REQUESTS = [{"requests.received": str(value)} for value in (60, 64, 35, 33, 70)]


def test_a_trend_gives_no_change_from_a_whole_county_to_its_office(corpus: Corpus) -> None:
    """64 of the county and 35 of the office next year were a fall by 29, undisputed."""
    told(corpus, SCOPES, REQUESTS)
    corpus.build_only("indicator_trend")
    assert corpus.query(
        "SELECT change, change_rate IS NULL, method_break FROM indicator_trend ORDER BY year"
    ) == list(
        zip(
            [None, Decimal(4), None, Decimal(-2), None],
            [True, False, True, False, True],
            BROKEN,
            strict=True,
        )
    )


@pytest.mark.parametrize(
    ("view", "chosen"),
    [
        ("indicator_trend", "indicator_id = 'requests.received'"),
        ("series", "series_id = 'requests.received'"),
        ("rates", "rate_id = 'granted'"),
        ("request_outcomes", "outcome = 'granted'"),
    ],
)
def test_every_view_over_years_breaks_where_the_scope_does(
    corpus: Corpus, view: str, chosen: str
) -> None:
    """``series`` called them the same, and one line ran through all of them."""
    values = [
        {**one, "requests.processed": "20", "requests.processed.granted": "10"} for one in REQUESTS
    ]
    told(corpus, SCOPES, values)
    corpus.build_only(view)
    found = corpus.query(
        f"SELECT method_break, note_zh, note_en FROM {view} WHERE {chosen} ORDER BY year"
    )
    assert [row[0] for row in found] == BROKEN
    for mark, zh, en in found:
        assert ("口径不同" in (zh or "")) == ("different scopes" in (en or "")) == bool(mark)


def test_another_form_and_another_scope_are_both_told(corpus: Corpus) -> None:
    for year, form, scope in [(2018, "B", Scope.REGION), (2019, "C", Scope.AGENCY)]:
        one = report({"reconsideration.total": "3"}, COUNTY, year)
        corpus.add(f"{year}.txt", replace(one, template=form, scope=scope))
    corpus.build_only("indicator_trend", "series")
    for view in ("indicator_trend", "series"):
        assert corpus.query(f"SELECT method_break FROM {view} ORDER BY year") == [
            (None,),
            ("B→C region→agency",),
        ]


@pytest.mark.parametrize(
    ("scopes", "outcome"),
    [
        ((Scope.REGION, Scope.REGION), "fail"),
        ((Scope.AGENCY, Scope.AGENCY), "fail"),
        ((Scope.REGION, Scope.AGENCY), "not_assessable"),
        ((Scope.AGENCY, Scope.REGION), "not_assessable"),
    ],
)
def test_what_a_county_carried_over_is_not_held_against_its_office(
    corpus: Corpus, scopes: tuple[Scope, Scope], outcome: str
) -> None:
    """Ten checks failed where a report of the office followed one of the whole county."""
    carried = [{"requests.carried_out": "9"}, {"requests.carried_in": "2"}]
    told(corpus, scopes, carried)
    corpus.build_only("check_result")
    ((found, message),) = corpus.query(
        "SELECT outcome, message_zh FROM check_result WHERE kind = 'cross_year' AND year = 2021 "
        "AND list_contains(indicator_ids, 'requests.carried_in') LIMIT 1"
    )
    assert found == outcome
    assert ("口径不同" in str(message)) == (outcome == "not_assessable")


def test_a_whole_county_is_no_outlier_among_the_years_of_its_office(corpus: Corpus) -> None:
    scopes = (Scope.AGENCY,) * 5 + (Scope.REGION,)
    values = [{"requests.received": str(one)} for one in (40, 52, 45, 50, 47, 4700)]
    told(corpus, scopes, values)
    corpus.build_only("check_result")
    assert corpus.query("SELECT year FROM check_result WHERE rule_id = 'W-O1'") == []
    told(corpus, (Scope.AGENCY,) * 6, values)
    corpus.build_only("check_result")
    assert corpus.query("SELECT year FROM check_result WHERE rule_id = 'W-O1'") == [(2025,)]


@pytest.mark.parametrize(
    ("scope", "checks", "worth"),
    [
        (Scope.REGION, (), "60件（本区域口径）"),
        (Scope.AGENCY, (), "60件（本机关口径）"),
        (
            Scope.AGENCY,
            (structs.replace(FAILED, indicator_ids=("requests.received",)),),
            "60件（本机关口径，有矛盾）",
        ),
    ],
)
def test_a_line_to_cite_says_whose_number_it_is_and_that_it_is_disputed(
    corpus: Corpus,
    capsys: pytest.CaptureFixture[str],
    scope: Scope,
    checks: tuple[CheckResult, ...],
    worth: str,
) -> None:
    """Who pasted the line under a number lost the sign that it is contradicted."""
    one = report(REQUESTS[0], COUNTY, 2020, checks=checks)
    corpus.add("2020.txt", replace(one, template="D", scope=scope))
    corpus.build()
    explain.run(corpus.settings, COUNTY.name_zh, 2020, "requests.received")
    cited = capsys.readouterr().out.rsplit("引用", 1)[-1]
    assert worth in cited.replace("\n", "")
