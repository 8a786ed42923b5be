"""The pages of who looks after the warehouse: quality, doubtful cases, SQL, and a site of files."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from stated_tables import Rows, asking, stated

from pipeline.explorer.opening import Opened
from pipeline.explorer.rendering import PageContent
from pipeline.explorer.review_form import NotTakenError, ReviewInbox
from pipeline.explorer.screens.quality_page import quality_page
from pipeline.explorer.screens.review_page import review_page
from pipeline.explorer.screens.sql_page import sql_page
from pipeline.explorer.texts import cookbook
from pipeline.model.decision import DecisionKind
from pipeline.warehouse.records import Record
from pipeline.warehouse.reviewed.decisions import Guard, WrittenDecision

RECEIVED, CARRIED_IN = "requests.received", "requests.carried_in"
Line = tuple[str | None, str | None, int]


def quality(rows: Rows, /, *, everything: bool = False, **query: object) -> PageContent:
    with stated(rows) as opened:
        return quality_page(asking(opened, **query), everything=everything)


FAILING: dict[str, list[Record]] = {
    "dim_report": [{"report_id": "r", "is_current": True}],
    "check_result": [
        {"rule_id": f"B-E{n:02}", "severity": "error", "outcome": "fail", "report_id": "r"}
        for n in range(21)
    ],
    "quarantine": [
        {"document_id": f"d{n:02}", "source_path": f"{n:02}.pdf", "reason": "binary"}
        for n in range(51)
    ],
}


@pytest.fixture(scope="module")
def failing() -> Iterator[Opened]:
    with stated(FAILING) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "part", "rows", "total"),
    [
        ({}, "contradictions", 20, 21),
        ({"from": 20}, "contradictions", 1, 21),
        ({"rule": "B-E03"}, "contradictions", 1, 1),
        ({"severity": "warn"}, "contradictions", 0, 0),
        ({"part": "nothing"}, "contradictions", 20, 21),
        ({"part": "rules"}, "rules", 21, None),
        ({"part": "quarantine"}, "quarantine", 50, 51),
        ({"part": "quarantine", "from": 50}, "quarantine", 1, 51),
        ({"part": "corrections"}, "corrections", 0, 0),
        ({"part": "unmapped"}, "unmapped", 0, 0),
        ({"part": "unresolved"}, "unresolved", 1, 1),
        ({"part": "coverage"}, "coverage", 0, None),
        ({"part": "runs"}, "runs", 0, None),
    ],
)
def test_a_part_is_shown_some_rows_at_a_time(
    failing: Opened, query: dict[str, object], part: str, rows: int, total: int | None
) -> None:
    page = quality_page(asking(failing, **query))
    assert (page.shown["part"], len(page.rows), page.shown.get("total")) == (part, rows, total)
    assert page.unfit == (["part"] if query.get("part") == "nothing" else [])


def test_all_rows_may_be_taken_away(failing: Opened) -> None:
    for part, rows in (("contradictions", 21), ("quarantine", 51)):
        query = asking(failing, part=part, **{"from": 20})
        assert len(quality_page(query, everything=True).rows) == rows


def covered(agencies: int, **more: object) -> dict[str, list[Record]]:
    of = [{"agency_id": f"{n:02}", "name_zh": f"{n:02}", "province": "山东省", "level": "county"}
          for n in range(agencies)]  # fmt: skip
    years = [{**one, "year": year, "status": "present", **more} for one in of
             for year in (2020, 2022)]  # fmt: skip
    return {"dim_agency": of, "coverage": years}


@pytest.mark.parametrize(("agencies", "lines"), [(40, 40), (41, 1)])
def test_forty_agencies_are_shown_one_by_one_and_more_by_group(agencies: int, lines: int) -> None:
    page = quality(covered(agencies), part="coverage")
    assert (page.shown["is_single"], len(page.shown["lines"])) == (agencies == 40, lines)
    assert list(page.shown["years"]) == [2020, 2021, 2022]
    assert page.shown["least"] == 5
    assert page.shown["by"] == "province"


def test_agencies_are_grouped_as_asked() -> None:
    page = quality(covered(41), part="coverage", by="level")
    assert list(page.shown["lines"]) == ["county"]
    assert quality(covered(41), part="coverage", by="nothing").unfit == ["by"]


def test_the_last_seven_runs_are_told_and_what_the_last_one_brought() -> None:
    first = datetime(2024, 1, 1)
    rows = {
        "ingest_run": [
            {"run_id": f"r{n}", "started_at": first.replace(day=n + 1)} for n in range(8)
        ],
        "dim_report": [
            {"report_id": f"{n}", "source_path": f"{n:02}", "first_seen": first.replace(day=8)}
            for n in range(11)
        ]
        + [{"report_id": "old", "source_path": "old", "first_seen": first}],
    }
    page = quality(rows, part="runs")
    assert [row["run_id"] for row in page.rows] == [f"r{n}" for n in range(7, 0, -1)]
    assert [row["source_path"] for row in page.shown["new"]] == [f"{n:02}" for n in range(10)]


DOCUMENT = "d" * 64


def doubtful(n: int) -> dict[str, Record]:
    """A report with a number that could not be read."""
    ids = {"report_id": f"{DOCUMENT[:16]}-{n}", "observation_id": f"o.{n}"}
    return {
        "dim_report": {"report_id": ids["report_id"], "source_path": f"{n:02}.txt", "part": n,
                       "document_id": DOCUMENT, "is_current": True, "doc_type": "annual_report",
                       "year": 2020},
        "observation": {**ids, "quote": f"收到 {n} 某件", "label_raw": "收到",
                        "char_start": 0},
        "fact_gap": {**ids, "indicator_id": RECEIVED, "status": "unreadable"},
    }  # fmt: skip


def queue(count: int) -> dict[str, list[Record]]:
    cases = [doubtful(n) for n in range(1, count + 1)]
    return {
        name: [one[name] for one in cases] for name in ("dim_report", "observation", "fact_gap")
    }


def decision(n: int) -> WrittenDecision:
    return WrittenDecision(
        kind=DecisionKind.READING,
        expect=Guard(document=DOCUMENT, quote=f"收到{n}某 件"),
        part=n,
        indicator=RECEIVED,
        value=f"{n}",
        reviewer="甲",
        decided_on=date(2024, 1, 1),
        reason="看过原件",
    )


def test_ten_doubtful_cases_are_shown_and_those_decided_are_not() -> None:
    with stated(queue(12)) as opened:
        every = review_page(asking(opened), (), "t")
        assert (every.shown["total"], len(every.shown["rows"]), every.status) == (12, 10, 200)
        rest = review_page(asking(opened, **{"from": 10}), (), "t")
        assert [row["source_path"] for row in rest.shown["rows"]] == ["11.txt", "12.txt"]
        # The quote is compared by its letters.
        left = review_page(asking(opened), (decision(1), decision(12)), "t", "坏了")
        assert (left.shown["total"], left.status) == (10, 400)
        assert [row["source_path"] for row in left.shown["rows"]][:1] == ["02.txt"]
        assert len(left.shown["pending"]) == 2
        assert left.shown["proof_of"](left.shown["rows"][0]) == ("evidence?observation=o.2")
        nobody = {"observation_id": None, "report_id": "r"}
        assert left.shown["proof_of"](nobody) == "evidence?report=r"


def test_a_decision_that_was_built_is_pending_no_more() -> None:
    one, other = decision(1), decision(2)
    rows = {**queue(2), "decision": [{"decision_id": one.decision_id, "is_applied": True}]}
    with stated(rows) as opened:
        page = review_page(asking(opened), (one, other), "t")
        assert page.shown["pending"] == [other]


ANSWER = {
    "kind": ["reading"], "document": [DOCUMENT], "quote": ["收到 1 某件"], "printed": ["1"],
    "indicator": [RECEIVED], "value": ["1"], "reviewer": [" 甲 "],
    "reason": ["看过原件"], "media_type": ["text/plain"], "part": [""],
}  # fmt: skip


@pytest.fixture
def inbox(tmp_path_factory: pytest.TempPathFactory) -> ReviewInbox:
    return ReviewInbox(tmp_path_factory.mktemp("inbox") / "decisions.yml")


def taken(inbox: ReviewInbox, **answer: list[str]) -> list[Line]:
    inbox.take({**ANSWER, **answer}, date(2024, 1, 1))
    return [(one.indicator, one.value, one.part) for one in inbox.decisions()]


def test_an_answer_is_a_line_for_each_number(inbox: ReviewInbox) -> None:
    assert inbox.decisions() == ()
    assert taken(inbox) == [(RECEIVED, "1", 1)]
    (written,) = inbox.decisions()
    assert (written.reviewer, written.expect.quote) == ("甲", "收到 1 某件")


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        (
            {
                "value": ["1 2"],
                "quote": ["收到 1\r\n2"],
                "indicator": [RECEIVED, "requests.carried_in"],
            },
            [(RECEIVED, "1", 3), ("requests.carried_in", "2", 3)],
        ),
        ({"value": [""], "candidate": ["1"]}, [(RECEIVED, "1", 3)]),
        # A picture may show what nobody read.
        ({"value": ["9"], "media_type": ["image/png"]}, [(RECEIVED, "9", 3)]),
        ({"kind": ["confirm"], "value": ["9"]}, [(RECEIVED, "1", 3)]),
        ({"kind": ["agency"], "agency": ["嘉祥县教育局"]}, [(None, None, 3)]),
        # What a form sends for another kind is no part of this one.
        ({"kind": ["confirm"], "agency": ["嘉祥县教育局"]}, [(RECEIVED, "1", 3)]),
    ],
)
def test_each_kind_of_answer_takes_what_is_its_own(
    inbox: ReviewInbox,
    answer: dict[str, list[str]],
    lines: list[tuple[str | None, str | None, int]],
) -> None:
    assert taken(inbox, part=["3"], **answer) == lines


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"value": ["1 2"]}, "1 cells and 2"),
        ({"value": [""]}, "1 cells and 0"),
        ({"value": ["7"]}, "do not stand in the row"),
        ({"value": ["某"]}, "no number"),
        ({"kind": ["agency"], "agency": [""]}, "by its name alone"),
        ({"kind": ["nothing"]}, "nothing"),
        ({"reviewer": [" "]}, "at least 1"),
        ({"part": ["x"]}, "x"),
    ],
)
def test_an_answer_that_is_not_whole_is_not_taken(
    inbox: ReviewInbox, answer: dict[str, list[str]], why: str
) -> None:
    with pytest.raises(NotTakenError, match=why):
        taken(inbox, **answer)
    assert inbox.decisions() == ()


def test_nothing_is_decided_twice(inbox: ReviewInbox) -> None:
    taken(inbox)
    with pytest.raises(NotTakenError, match="decided twice"):
        taken(inbox)


@pytest.mark.parametrize(
    ("origin", "host", "token", "is_own"),
    [
        ("http://here:1", "here:1", "", True),
        ("https://here:1", "here:1", "", False),
        ("http://there", "here:1", "", False),
        (None, "here:1", "", False),
        ("http://None", None, "", False),
        ("http://", "", "", False),
        ("http://here:1", "here:1", "wrong", False),
    ],
)
def test_only_a_form_of_this_servers_own_page_is_taken(
    inbox: ReviewInbox, origin: str | None, host: str | None, token: str, is_own: bool
) -> None:
    assert inbox.is_own(origin, host, "http", {"token": [token or inbox.token]}) is is_own
    assert not inbox.is_own(origin, host, "http", {})


def console(asked: str | None = None, /, **query: object) -> PageContent:
    with stated({}) as opened:
        return sql_page(asking(opened, **query), asked)


LAST = len(cookbook())


@pytest.mark.parametrize(
    ("query", "example"),
    [
        ({}, 1),
        ({"example": LAST}, LAST),
        ({"example": LAST + 1}, 1),
        ({"example": 0}, 1),
        ({"example": "x"}, 1),
        ({"example": "00002"}, 1),
        ({"example": "0002"}, 2),
    ],
)
def test_the_field_holds_the_example_that_is_named(query: dict[str, object], example: int) -> None:
    assert console(**query).shown["sql"] == cookbook()[example - 1].sql


def test_what_an_address_says_is_written_and_never_run() -> None:
    page = console(sql="FROM dim_agency", example=2)
    shown = {name: page.shown[name] for name in ("sql", "answer", "address")}
    assert shown == {"sql": "FROM dim_agency", "answer": None, "address": ""}
    cell = page.shown["cell"]
    assert (cell("甲" * 400), cell("甲" * 401)) == ("甲" * 400, "甲" * 400 + "…")
