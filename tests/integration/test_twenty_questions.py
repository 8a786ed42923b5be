"""Twenty questions of an analyst: one query on a documented view each, against pandas.

The answers are worked out from the numbers that were drawn; what a view would have to know,
such as which rows of two forms mean the same, is written out here once more by hand.
"""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import pandas as pd
import pytest
from panel import PROVINCE, Panel

from pipeline.settings import Settings
from tests.generator.values import REASONS

P = "requests.processed"
A = "requests.answered"
GRANTED = {"B": [f"{A}.already_public", f"{A}.granted"], "CD": [f"{P}.granted"]}
WHOLE = {"AB": [A], "CD": [P]}
DENIED = [f"{P}.denied.{reason}" for reason in REASONS]
RECEIVED = {"ABCD": ["requests.received"]}
COURTS = ("litigation_direct", "litigation_after_reconsideration")
ENDS = ("upheld", "corrected", "other")
LOST = {"B": ["litigation.corrected"], "CD": [f"{court}.corrected" for court in COURTS]}
DECIDED = {
    "B": [f"litigation.{end}" for end in ENDS],
    "CD": [f"{court}.{end}" for court in COURTS for end in ENDS],
}
CORRECTED = {"BCD": ["reconsideration.corrected"]}
CLOSED = {"B": ["requests.closed"]}
ON_TIME = {"B": ["requests.closed.on_time"]}
CARRIED_OUT = {"CD": ["requests.carried_out"]}
TO_HANDLE = {"CD": ["requests.received", "requests.carried_in"]}
REVIEWED = {"BCD": [f"reconsideration.{end}" for end in ENDS]}
Rows = Sequence[tuple[Any, ...]]


class Numbers:
    """The drawn numbers, as questions ask for them."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.cells = panel.cells
        key = ["agency_id", "year"]
        self.value = self.cells.pivot(index=key, columns="indicator", values="value")
        self.disputed = self.cells.pivot(index=key, columns="indicator", values="disputed")
        first = self.cells.drop_duplicates(key).set_index(key)
        self.who = first[["level", "function", "scope", "form"]]

    def total(self, parts: dict[str, list[str]]) -> pd.DataFrame:
        """Sums of parts by form, only where all are printed, and whether one is disputed."""
        found = []
        for letters, ids in parts.items():
            rows = self.value.loc[
                self.who["form"].reindex(self.value.index).isin(list(letters)), ids
            ]
            rows = rows.dropna()
            bad = self.disputed.loc[rows.index, ids].eq(True).any(axis=1)
            found.append(pd.DataFrame({"value": rows.sum(axis=1), "disputed": bad}))
        return pd.concat(found)

    def rate(self, of: dict[str, list[str]], among: dict[str, list[str]]) -> pd.DataFrame:
        """Numerator, denominator and rate of every agency and year that has both."""
        both = self.total(of).join(self.total(among).add_suffix("_of"), how="inner")
        rate = (both["value"] / both["value_of"]).where(both["value_of"] >= 5)
        outside = both["value"] > both["value_of"]
        both = both.assign(rate=rate, bad=both["disputed"] | both["disputed_of"] | outside)
        return both.join(self.who).reset_index()


Question = tuple[str, str, Callable[[Numbers], Rows]]
QUESTIONS: list[Question] = []


def question(asked: str, sql: str) -> Callable[[Callable[[Numbers], Rows]], None]:
    def add(answer: Callable[[Numbers], Rows]) -> None:
        QUESTIONS.append((asked, sql, answer))

    return add


def rows_of(frame: pd.DataFrame, *columns: str) -> Rows:
    return list(frame[list(columns)].astype(object).itertuples(index=False, name=None))


Parts = dict[str, list[str]]
Answer = Callable[[Numbers], Rows]


def picked(of: Parts, among: Parts, where: str, *columns: str) -> Answer:
    """Columns of the rates that a condition picks."""
    return lambda n: rows_of(n.rate(of, among).query(where), *columns)


def pooled(of: Parts, among: Parts, where: str = "year > 0") -> Answer:
    """By year, what is counted over all that it is counted among."""

    def answer(n: Numbers) -> Rows:
        sums = n.rate(of, among).query(where).groupby("year")[["value", "value_of"]].sum()
        return [(year, row.value / row.value_of) for year, row in sums.iterrows()]

    return answer


@question(
    "How many requests did county governments receive each year?",
    "SELECT year, sum(value) FROM facts_main WHERE row_id = 'requests.received' "
    "AND level = 'county' AND function = 'government' GROUP BY year",
)
def _(n: Numbers) -> Rows:
    c = n.cells[n.cells["indicator"] == "requests.received"]
    c = c[(c["level"] == "county") & (c["function"] == "government")]
    return list(c.groupby("year")["value"].sum().items())


@question(
    "And by scope and tier, so that nobody adds a bureau to its government?",
    "SELECT scope, level, sum(value) FROM facts_main "
    "WHERE row_id = 'requests.received' AND year = 2022 GROUP BY ALL",
)
def _(n: Numbers) -> Rows:
    c = n.cells[(n.cells["indicator"] == "requests.received") & (n.cells["year"] == 2022)]
    sums = c.groupby(["scope", "level"])["value"].sum()
    return [(*key, value) for key, value in sums.items()]


@question(
    "Who asks?",
    "SELECT applicant, sum(value) FROM facts "
    "WHERE row_id = 'requests.received' AND applicant <> 'all' AND year = 2021 GROUP BY 1",
)
def _(n: Numbers) -> Rows:
    c = n.cells[n.cells["indicator"].str.startswith("requests.received:")]
    c = c[(c["year"] == 2021) & ~c["indicator"].str.endswith(":cumulative")]
    return list(c.groupby(c["indicator"].str.split(":").str[1])["value"].sum().items())


@question(
    "What did counties grant in 2022?",
    "SELECT agency_id, rate, standing FROM rates "
    "WHERE rate_id = 'granted' AND year = 2022 AND level = 'county'",
)
def _(n: Numbers) -> Rows:
    r = n.rate(GRANTED, WHOLE)
    r = r[(r["year"] == 2022) & (r["level"] == "county")]
    r["standing"] = r["bad"].map({True: "disputed", False: "undisputed"})
    return rows_of(r, "agency_id", "rate", "standing")


question(
    "Did the grant rate rise over the change of forms in 2019?",
    "SELECT year, sum(numerator) / sum(denominator) FROM rates "
    "WHERE rate_id = 'granted' AND year IN (2018, 2019) AND standing = 'undisputed' GROUP BY 1",
)(pooled(GRANTED, WHOLE, "2018 <= year <= 2019 and not bad"))


@question(
    "Where is the grant rate broken?",
    "SELECT agency_id, year, method_break FROM rates "
    "WHERE rate_id = 'granted' AND method_break IS NOT NULL",
)
def _(n: Numbers) -> Rows:
    r = n.rate(GRANTED, WHOLE).sort_values(["agency_id", "year"])
    before = r.groupby("agency_id")["form"].shift()
    r = r[(before == "B") & (r["form"] != "B")]
    return [(row.agency_id, row.year, f"B→{row.form}") for row in r.itertuples()]


@question(
    "What do reports not tell of their answers?",
    "SELECT agency_id, year, numerator FROM request_outcomes "
    "WHERE outcome = 'not_told' AND year >= 2019",
)
def _(n: Numbers) -> Rows:
    whole = n.total({"CD": [P]})["value"]
    groups = {
        "CD": [
            [f"{P}.granted"],
            [f"{P}.partly_granted"],
            DENIED,
            [f"{P}.not_available.{one}" for one in
             ("not_held", "no_existing_information", "still_unclear")],
            [f"{P}.not_handled.{one}" for one in
             ("petition", "duplicate", "published_material", "excessive", "reconfirmation")],
        ],
        "C": [[f"{P}.other"]],
        "D": [[f"{P}.other.{one}" for one in ("not_amended", "not_paid", "residual")]],
    }  # fmt: skip
    for letters, parts in groups.items():
        for ids in parts:
            part = n.total({letters: ids})["value"].reindex(whole.index)
            whole = whole.sub(part, fill_value=0)
    return [(*key, value) for key, value in whole.items()]


@question(
    "For which reasons do agencies refuse?",
    "SELECT rate_id, sum(numerator) / sum(denominator) FROM rates "
    "WHERE topic = 'refusals' AND year = 2023 GROUP BY 1",
)
def _(n: Numbers) -> Rows:
    found = []
    for reason in DENIED:
        r = n.rate({"CD": [reason]}, {"CD": DENIED})
        r = r[r["year"] == 2023]
        name = f"refused_for.{reason.rpartition('.')[2]}"
        found.append((name, r["value"].sum() / r["value_of"].sum()))
    return found


question(
    "How often do agencies lose in court, among decided cases?",
    "SELECT year, sum(numerator) / sum(denominator) FROM rates "
    "WHERE rate_id = 'court.lost' GROUP BY 1",
)(pooled(LOST, DECIDED))


question(
    "How often is a decision corrected on review?",
    "SELECT agency_id, year, numerator, denominator, rate FROM rates "
    "WHERE rate_id = 'review.corrected' AND level = 'city'",
)(picked(CORRECTED, REVIEWED, "level == 'city'", "agency_id", "year", "value", "value_of", "rate"))


question(
    "Who closes requests on time?",
    "SELECT agency_id, rate FROM rates WHERE rate_id = 'on_time' AND year = 2017 "
    "AND standing = 'undisputed'",
)(picked(ON_TIME, CLOSED, "year == 2017 and not bad", "agency_id", "rate"))


question(
    "What share of requests comes from natural persons?",
    "SELECT year, sum(numerator) / sum(denominator) FROM rates "
    "WHERE rate_id = 'from.natural_person' AND function = 'education' GROUP BY 1",
)(pooled({"CD": ["requests.received:natural_person"]}, RECEIVED, "function == 'education'"))


question(
    "What share of requests came online?",
    "SELECT agency_id, rate FROM rates WHERE rate_id = 'received.online' AND year = 2016",
)(picked({"AB": ["requests.received.online"]}, RECEIVED, "year == 2016", "agency_id", "rate"))


question(
    "What share of the work is carried out into the next year?",
    "SELECT agency_id, year, rate FROM rates WHERE rate_id = 'carried_out' AND level = 'province'",
)(picked(CARRIED_OUT, TO_HANDLE, "level == 'province'", "agency_id", "year", "rate"))


@question(
    "How many requests did the province's counties receive, and how many of how many tell it?",
    "SELECT year, function, total, n, agencies, set_aside, without_number, without_report "
    "FROM region_totals "
    f"WHERE indicator_id = 'requests.received' AND province = '{PROVINCE}' "
    "AND level = 'county' AND year >= 2019",
)
def _(n: Numbers) -> Rows:
    found = []
    counties = n.panel.agencies[n.panel.agencies["level"] == "county"]
    for function, ids in counties.groupby("function")["agency_id"]:
        for year in range(2019, 2024):
            c = n.cells[n.cells["agency_id"].isin(ids) & (n.cells["year"] == year)]
            c = c[c["indicator"] == "requests.received"]
            good = c[~c["disputed"]]
            reported = sum((one, year) in n.panel.reported for one in ids)
            found.append((year, function, good["value"].sum(), len(good), len(ids),
                          len(c) - len(good), reported - len(c), len(ids) - reported))  # fmt: skip
    return found


@question(
    "Who received most among its peers?",
    "SELECT agency_id, value, rank, n, set_aside FROM agency_comparison "
    "WHERE indicator_id = 'requests.received' AND year = 2021 AND level = 'county'",
)
def _(n: Numbers) -> Rows:
    c = n.cells[(n.cells["indicator"] == "requests.received") & (n.cells["year"] == 2021)]
    c = c[c["level"] == "county"]
    good = c[~c["disputed"]]
    rank = good.groupby("function")["value"].rank(method="min", ascending=False)
    size = good.groupby("function").size()
    aside = c.groupby("function")["disputed"].sum()
    c = c.assign(rank=rank, n=c["function"].map(size), aside=c["function"].map(aside))
    return rows_of(c, "agency_id", "value", "rank", "n", "aside")


@question(
    "Which numbers does its own report contradict?",
    "SELECT year, count(*) FROM facts_main WHERE standing = 'disputed' AND source = 'table' "
    "GROUP BY 1",
)
def _(n: Numbers) -> Rows:
    c = n.cells[n.cells["disputed"] & ~n.cells["indicator"].str.contains(":")]
    return list(c.groupby("year").size().items())


@question(
    "How did requests change on the year before?",
    "SELECT agency_id, year, change, method_break FROM indicator_trend "
    "WHERE indicator_id = 'requests.received' AND change IS NOT NULL",
)
def _(n: Numbers) -> Rows:
    c = n.cells[n.cells["indicator"] == "requests.received"].sort_values(["agency_id", "year"])
    line = c.groupby("agency_id")
    change, form = c["value"] - line["value"].shift(), line["form"].shift()
    is_known = ~c["disputed"] & (line["disputed"].shift() == False)  # noqa: E712
    c = c.assign(change=change, before=form)[is_known & (c["year"] - line["year"].shift() == 1)]
    c["mark"] = [f"A→{row.form}" if row.before == "A" != row.form else None
                 for row in c.itertuples()]  # fmt: skip
    return rows_of(c, "agency_id", "year", "change", "mark")


@question(
    "How many lawsuits were there, across the forms?",
    "SELECT agency_id, year, value, template, method_break FROM series "
    "WHERE series_id = 'litigation.total' AND function = 'finance'",
)
def _(n: Numbers) -> Rows:
    t = n.total({"B": ["litigation.total"], "CD": [f"{c}.total" for c in COURTS]})
    t = t.join(n.who).reset_index()
    t = t[t["function"] == "finance"].sort_values(["agency_id", "year"])
    before = t.groupby("agency_id")["form"].shift()
    t["mark"] = [f"B→{now}" if then == "B" != now else None
                 for then, now in zip(before, t["form"], strict=True)]  # fmt: skip
    return rows_of(t, "agency_id", "year", "value", "form", "mark")


@question(
    "Through which channels is information disclosed?",
    "SELECT agency_id, indicator_id, share FROM channel_mix "
    "WHERE subject = 'disclosure' AND year = 2018",
)
def _(n: Numbers) -> Rows:
    cells = n.cells[n.cells["year"] == 2018]
    c = cells[cells["indicator"].str.fullmatch(r"disclosure\.channel\.\w+")]
    whole, found = (c.groupby("agency_id")["value"].transform(one) for one in ("sum", "size"))
    items = cells[cells["indicator"] == "disclosure.items"].set_index("agency_id")["value"]
    is_whole = (found == 5) | (whole == c["agency_id"].map(items))
    c = c.assign(share=(c["value"] / whole).where(is_whole & (whole > 0)))
    return rows_of(c, "agency_id", "indicator", "share")


@question(
    "What have agencies disclosed over all the years so far?",
    "SELECT agency_id, year, value FROM facts "
    "WHERE row_id = 'disclosure.items' AND period = 'cumulative'",
)
def _(n: Numbers) -> Rows:
    c = n.cells[n.cells["indicator"] == "disclosure.items:cumulative"]
    return rows_of(c, "agency_id", "year", "value")


@pytest.fixture(scope="module")
def published(panel: tuple[Panel, Settings]) -> tuple[Numbers, duckdb.DuckDBPyConnection]:
    drawn, settings = panel
    return Numbers(drawn), duckdb.connect(str(settings.database), read_only=True)


def settled(rows: Rows) -> Rows:
    """Rows in an order of their own, numbers as floats to nine digits, gaps as None."""
    return sorted(
        (tuple(_plain(cell) for cell in row) for row in rows),
        key=lambda row: [str(cell) for cell in row],
    )


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell
    return None if pd.isna(cell) else round(float(cell), 9)


def test_the_panel_holds_what_is_hard(published: tuple[Numbers, Any]) -> None:
    numbers = published[0]
    cells = numbers.cells
    assert set(cells["form"]) == set("ABCD")
    assert cells["disputed"].any()
    assert cells["indicator"].str.endswith(":cumulative").any()
    assert len(numbers.panel.reported) < len(numbers.panel.agencies) * 8
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize(("asked", "sql", "answer"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_one_query_gives_the_right_answer(
    published: tuple[Numbers, duckdb.DuckDBPyConnection],
    asked: str,
    sql: str,
    answer: Callable[[Numbers], Rows],
) -> None:
    numbers, connection = published
    expected = settled(answer(numbers))
    assert expected, asked
    assert settled(connection.execute(sql).fetchall()) == expected


def test_the_grant_rate_moves_over_2019_only_as_the_drawn_numbers_do(
    published: tuple[Numbers, duckdb.DuckDBPyConnection],
) -> None:
    numbers, connection = published
    found = dict(connection.execute(
        "SELECT year, sum(numerator) / sum(denominator) FROM rates "
        "WHERE rate_id = 'granted' AND year IN (2018, 2019) GROUP BY 1"
    ).fetchall())  # fmt: skip
    drawn: dict[int, float] = dict(pooled(GRANTED, WHOLE, "2018 <= year <= 2019")(numbers))
    assert found[2019] - found[2018] == pytest.approx(drawn[2019] - drawn[2018], abs=1e-12)


def test_no_undisputed_rate_is_outside_0_and_1_and_shares_add_up_to_one(
    published: tuple[Numbers, duckdb.DuckDBPyConnection],
) -> None:
    connection = published[1]
    assert connection.execute(
        "SELECT count(*) FROM rates WHERE standing <> 'disputed' AND rate NOT BETWEEN 0 AND 1"
    ).fetchall() == [(0,)]
    assert connection.execute(
        "SELECT count(*) FROM (SELECT sum(rate) AS whole FROM request_outcomes "
        "WHERE rate IS NOT NULL GROUP BY agency_id, year) WHERE abs(whole - 1) > 1e-9"
    ).fetchall() == [(0,)]
    ((shares, years),) = connection.execute(
        "SELECT count(rate), count(DISTINCT (agency_id, year)) FROM request_outcomes"
    ).fetchall()
    assert shares > 4 * years > 100
