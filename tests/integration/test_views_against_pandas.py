"""Every view of a drawn warehouse against pandas.

GONGKAI_DRAWN_REPORTS draws another number of reports; 20,000 take a few minutes.
"""

import os
from collections.abc import Sequence

import duckdb
import pandas as pd
import pytest
from drawn_store import Drawn, draw, publish
from views_in_pandas import KEY, LINE, WHO, Expected

from pipeline.forms.identities import Relation, identities
from pipeline.settings import Settings

REPORTS = int(os.environ.get("GONGKAI_DRAWN_REPORTS", "500"))
MONEY = 10_000


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    return draw(REPORTS, seed=20)


@pytest.fixture(scope="module")
def expected(drawn: Drawn) -> Expected:
    return Expected(drawn)


@pytest.fixture(scope="module")
def settings(drawn: Drawn, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return publish(drawn, tmp_path_factory.mktemp("drawn"))


class Warehouse:
    """Frames out of the published file."""

    def __init__(self, settings: Settings) -> None:
        self._path = str(settings.database)

    def frame(self, sql: str) -> pd.DataFrame:
        with duckdb.connect(self._path, read_only=True) as connection:
            return connection.execute(sql).df()


@pytest.fixture(scope="module")
def warehouse(settings: Settings) -> Warehouse:
    return Warehouse(settings)


def same(
    found: pd.DataFrame,
    expected: pd.DataFrame,
    key: Sequence[str],
    columns: Sequence[str],
    values: Sequence[str] = (),
) -> None:
    """Both frames hold the same rows; ``values`` were drawn in units of 1/10,000."""
    names = [*key, *columns, *values]
    expected = expected.assign(**{name: expected[name] / MONEY for name in values})
    left, right = (
        frame[names].astype(object).where(frame[names].notna(), None).sort_values(list(key))
        for frame in (found, expected)
    )
    assert len(left) > 0
    assert len(left) == len(right)
    pd.testing.assert_frame_equal(
        left.reset_index(drop=True),
        right.reset_index(drop=True),
        check_dtype=False,
        check_exact=False,
        rtol=1e-9,
        atol=1e-9,
    )


def test_the_draw_holds_what_is_hard(expected: Expected) -> None:
    states = set(expected.publications["state"])
    assert states == {"live", "replaced"}
    assert expected.publications["superseded_by"].notna().any()
    assert {"none", "B", "C", "D"} == set(expected.facts["template"])
    assert set(expected.facts["source"]) > {"table", "narrative"}
    assert (expected.trend["has_gap"]).any()


def test_the_latest_publication_is_the_current_one(
    warehouse: Warehouse, expected: Expected
) -> None:
    found = warehouse.frame("FROM dim_report")
    stated = expected.publications.assign(is_current=expected.publications["superseded_by"].isna())
    same(found, stated, ["report_id"], ["agency_id", "is_current", "superseded_by", "source_path"])


def test_an_agency_is_as_its_latest_report_says(warehouse: Warehouse, expected: Expected) -> None:
    columns = ["name_zh", "level", "region_code", "valid_from", "valid_to"]
    same(warehouse.frame("FROM dim_agency"), expected.agencies, ["agency_id"], columns)


def test_restatements_are_chosen_rightly(warehouse: Warehouse, expected: Expected) -> None:
    columns = ["unit", "source", "qualifier", "report_id", "observation_id"]
    same(warehouse.frame("FROM fact_indicator"), expected.facts, KEY, columns, ["value"])


def test_earlier_values_are_kept_with_their_time_and_source(
    warehouse: Warehouse, expected: Expected
) -> None:
    found = warehouse.frame("FROM fact_history")
    assert (found["valid_from"] <= found["valid_to"]).all()
    same(found, expected.history, [*KEY, "report_id"], ["valid_from", "valid_to"], ["value"])


def test_facts(warehouse: Warehouse, expected: Expected) -> None:
    columns = ["name_zh", "province", "region_name", "region_code", "level", "function", "measure",
               "breakdown", "applicant", "period", "parent_id", "label_zh", "label_en",
               "path_zh", "unit", "is_total", "errors_failing", "standing", "source",
               "qualifier", "template", "published_on", "source_path", "report_id",
               "observation_id"]  # fmt: skip
    same(warehouse.frame("FROM facts"), expected.labelled, KEY, columns, ["value"])


def test_agency_comparison(warehouse: Warehouse, expected: Expected) -> None:
    found = warehouse.frame("FROM agency_comparison")
    columns = ["name_zh", "level", "function", "province", "unit", "rank", "n", "peer_median",
               "set_aside", "elsewhere"]  # fmt: skip
    same(found, expected.comparison, KEY, columns, ["value"])
    shares = [frame.set_index(KEY)["percentile"] for frame in (found, expected.comparison)]
    assert shares[0].notna().any()
    assert (shares[0].isna() == shares[1].reindex(shares[0].index).isna()).all()
    assert (shares[0] - shares[1]).abs().max() < 0.06  # it is given with one decimal


def test_indicator_trend(warehouse: Warehouse, expected: Expected) -> None:
    columns = [*WHO[1:], "label_zh", "unit", "previous_year", "change_rate", "has_gap",
               "method_break", "standing"]  # fmt: skip
    values = ["value", "previous_value", "change"]
    same(warehouse.frame("FROM indicator_trend"), expected.trend, KEY, columns, values)


def test_channel_mix(warehouse: Warehouse, expected: Expected) -> None:
    columns = [*WHO[1:], "subject", "share"]
    values = ["value", "all_channels", "total"]
    same(warehouse.frame("FROM channel_mix"), expected.channels, KEY, columns, values)


def test_facts_main_is_one_number_for_each_row(warehouse: Warehouse, expected: Expected) -> None:
    rows = expected.labelled
    stated = rows[(rows["period"] == "year") & rows["applicant"].isin([None, "all"])]
    found = warehouse.frame("FROM facts_main")
    same(found, stated, KEY, ["standing"], ["value"])
    assert not found.duplicated([*LINE, "row_id"]).any()


def test_rates(warehouse: Warehouse, expected: Expected) -> None:
    found = warehouse.frame("FROM rates WHERE rate_id <> 'not_told'")
    columns = [*WHO[1:], "template", "rate", "standing"]
    same(found, expected.rates, ["rate_id", *LINE], columns, ["numerator", "denominator"])
    assert (found["standing"] == "disputed").any()


def test_outcomes_and_what_is_not_told_add_up_to_the_whole(warehouse: Warehouse) -> None:
    found = warehouse.frame("FROM request_outcomes")
    # Of a whole that another report contradicts the outcomes may be more.
    is_sound = (
        found["standing"].ne("disputed").groupby([found[one] for one in LINE]).transform("any")
    )
    whole = (
        found[is_sound]
        .groupby(LINE)
        .agg(
            numerator=("numerator", "sum"),
            denominator=("denominator", "max"),
            size=("rate", "size"),
        )
    )
    assert (whole["size"] > 1).any()
    assert (whole["numerator"] - whole["denominator"]).abs().max() < 1e-9
    assert not found.duplicated([*LINE, "outcome"]).any()
    certain = found[(found["standing"] == "undisputed") & found["rate"].notna()]
    assert certain["rate"].between(0, 1).all()
    assert (certain["rate_low"] <= certain["rate"] + 1e-12).all()
    assert (certain["rate_high"] >= certain["rate"] - 1e-12).all()


def test_region_totals(warehouse: Warehouse, expected: Expected) -> None:
    rows = expected.comparison.dropna(subset="province")
    group = ["indicator_id", "year", "province", "level", "function", "unit", "joined"]
    aside = rows["standing"] == "disputed"
    sums = rows[~aside].groupby(group)["value"].agg(["sum", "size"])
    stated = rows.groupby(group).size().to_frame("all").join(sums).reset_index()
    stated = stated.rename(columns={"sum": "total", "size": "n"})
    stated["n"] = stated["n"].fillna(0)
    found = warehouse.frame("SELECT *, list_min(forms) AS form FROM region_totals")
    key = ["indicator_id", "year", "province", "level", "function", "unit", "form"]
    first = rows.groupby(group)["form"].min().rename("form")
    same(found, stated.join(first, on=group), key, ["n"], ["total"])


def test_series(warehouse: Warehouse, expected: Expected) -> None:
    columns = ["template", "expression", "relation", "method_break"]
    key = ["series_id", *LINE]
    same(warehouse.frame("FROM series"), expected.series, key, columns, ["value"])


def test_outliers(warehouse: Warehouse, expected: Expected) -> None:
    found = warehouse.frame(
        "SELECT *, indicator_ids[1] AS indicator_id, actual AS value FROM check_result "
        "WHERE rule_id LIKE 'W-O%'"
    )
    columns = ["severity", "report_id", "expected"]
    same(found, expected.outliers, ["rule_id", *KEY], columns, ["value"])


def test_every_check_of_a_report_that_counts_is_kept(
    warehouse: Warehouse, drawn: Drawn, expected: Expected
) -> None:
    lines = expected.publications[["report_id", *LINE]]
    stated = drawn.checks.merge(lines, on="report_id")
    found = warehouse.frame("FROM check_result WHERE rule_id LIKE 'B-E%'")
    columns = ["agency_id", "year", "kind", "severity", "outcome"]
    values = ["expected", "actual", "difference"]
    same(found, stated, ["report_id", "rule_id"], columns, values)


def test_contradictions(warehouse: Warehouse, drawn: Drawn, expected: Expected) -> None:
    reports = expected.publications
    is_taken = reports["report_id"].isin(expected.facts["report_id"])
    current = reports[reports["superseded_by"].isna() | is_taken]
    failed = drawn.checks[drawn.checks["outcome"] == "fail"].merge(
        current[["report_id", "agency_id", "source_path"]], on="report_id"
    )
    quotes = drawn.facts.set_index("observation_id")
    sides = [[quotes.loc[one, "label"] for one in ids] for ids in failed["observation_ids"]]
    failed["left_label"] = [labels[0] for labels in sides]
    failed["right_labels"] = [" | ".join(labels[1:]) for labels in sides]
    failed["left_quote"] = [
        "\t".join(quotes.loc[ids[0], ["label", "unit"]]) for ids in failed["observation_ids"]
    ]
    found = warehouse.frame(
        "SELECT * REPLACE (array_to_string(right_labels, ' | ') AS right_labels) "
        "FROM contradictions WHERE rule_id LIKE 'B-E%'"
    )
    columns = ["severity", "agency_id", "left_label", "left_quote", "right_labels", "source_path"]
    same(found, failed, ["report_id", "rule_id"], columns, ["expected", "actual"])


def test_coverage(warehouse: Warehouse, drawn: Drawn, expected: Expected) -> None:
    failing = warehouse.frame(
        "FROM check_result SEMI JOIN (FROM dim_report WHERE is_current) USING (report_id) "
        "WHERE outcome = 'fail'"
    )
    found = warehouse.frame("FROM coverage WHERE agency_id IS NOT NULL")
    columns = [*WHO[1:], "status", "reports", "facts", "checks_failed"]
    same(found, expected.coverage(failing), LINE, columns)
    bad = warehouse.frame("FROM coverage WHERE agency_id IS NULL")
    assert set(bad["status"]) == {"quarantined"}
    same(bad, drawn.quarantined, ["source_path"], ["reason"])


def test_coverage_names_the_report_that_counts(warehouse: Warehouse, expected: Expected) -> None:
    found = warehouse.frame("FROM coverage WHERE status = 'present'")
    current = expected.publications[
        expected.publications["feeds"] & expected.publications["superseded_by"].isna()
    ]
    stated = found[LINE].merge(current[[*LINE, "source_path"]], on=LINE)
    same(found, stated, LINE, ["source_path"])


def test_what_is_no_total_counts_nothing_twice(warehouse: Warehouse) -> None:
    """Every sum of a form, added up from its printed parts, is marked as a total."""
    marked = set(warehouse.frame("FROM dim_indicator WHERE is_total")["indicator_id"])
    sums = {
        identity.left[0].indicator_id
        for identity in identities()
        if identity.relation is Relation.EQUAL
        and not identity.spans_years
        and len(identity.left) == 1
        and len(identity.right) > 1
        and all(term.sign > 0 for term in identity.right)
    }
    assert sums
    assert sums <= marked
