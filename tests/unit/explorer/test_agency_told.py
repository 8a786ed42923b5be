"""The page of one agency: its lines over the years, what became of requests, where it leads."""

from decimal import Decimal

from stated_tables import Rows, asking, stated

from pipeline.explorer.rendering import PageContent, html
from pipeline.explorer.screens.agency_page import agency_page
from pipeline.warehouse.records import Record

RECEIVED, GRANTED = "requests.received", "requests.processed.granted"
ITEMS, WEBSITE = "disclosure.items", "disclosure.channel.website"
WORTH = {"standing": "undisputed"}
JINING = {
    "agency_id": "a", "name_zh": "嘉祥县教育局", "level": "county", "function": "education",
    "province": "山东省",
}  # fmt: skip


def shown(rows: Rows, /, *, everything: bool = False, **query: object) -> PageContent:
    with stated({"dim_agency": [JINING], **rows}) as opened:
        return agency_page(asking(opened, **query), everything=everything)


def year(number: int, facts: int, status: str = "present") -> Record:
    return {"agency_id": "a", "year": number, "status": status, "facts": facts}


def point(series: str, number: int, value: int | None, **more: object) -> Record:
    own = {"agency_id": "a", "series_id": series, "label_zh": series, "unit": "件"}
    ids = {"expression": f"{series} + other", "year": number, "value": value}
    return {**own, **ids, **WORTH, **more}


def fact(indicator: str, number: int, value: int) -> Record:
    own = {"agency_id": "a", "indicator_id": indicator, "unit": "件", "value": value}
    return {**own, "year": number, **WORTH}


def indicator(one: str) -> Record:
    return {"indicator_id": one, "label_zh": one, "label_en": one, "unit": "件"}


def lines(page: PageContent) -> dict[str, dict[int, str]]:
    """Every line by its label: values by year, with what stands for a gap."""
    return {
        line["label"]: {
            number: line["show"](row["value"]) for number, row in sorted(line["by_year"].items())
        }
        for line in page.shown["lines"]
    }


def test_years_run_from_the_first_with_facts_to_the_last() -> None:
    years = [year(2017, 0, "no_facts"), year(2018, 3), year(2020, 5), year(2021, 0, "missing")]
    page = shown({"coverage": years}, id="a")
    assert page.shown["every_year"] == [2018, 2019, 2020]
    assert (page.shown["first"], page.shown["last"]) == (2018, 2020)
    empty = shown({"coverage": years[:1]}, id="a").shown
    assert (empty["every_year"], empty["first"], empty["last"]) == ([], 0, 0)


def test_numbers_are_joined_over_forms_or_stand_alone_and_withheld_ones_are_gaps() -> None:
    rows = {
        "dim_indicator": [indicator(one) for one in (RECEIVED, ITEMS, WEBSITE)],
        "series": [point(RECEIVED, 2020, 5), point(RECEIVED, 2021, 7)],
        "fact_indicator": [
            fact(RECEIVED, 2020, 5),
            fact(ITEMS, 2020, 3),
        ],
        "dim_report": [
            {"report_id": f"r{number}", "agency_id": "a", "year": number} for number in (2021, 2022)
        ],
        "correction": [
            {"report_id": report, "indicator_id": one, "is_applied": True}
            for report, one in (
                ("r2022", RECEIVED),
                ("r2021", RECEIVED),
                ("r2022", ITEMS),
                ("r2022", WEBSITE),
            )
        ],
    }
    page = shown(rows, id="a")
    found = lines(page)
    assert found == {
        RECEIVED: {2020: "5", 2021: "7", 2022: "—"},
        ITEMS: {2020: "3", 2022: "—"},
        WEBSITE: {2022: "—"},
    }
    assert all(one["value"] is not None for line in page.shown["lines"] for one in line["points"])
    received = next(line for line in page.shown["lines"] if line["label"] == RECEIVED)
    assert received["points"][0]["to"] == (
        "evidence?agency=a&year=2020&indicator=requests.received"
    )
    gap = received["by_year"][2022]
    assert gap["to"] == "evidence?agency=a&year=2022&indicator=requests.received"


def test_a_rate_without_a_value_is_no_point_and_one_without_any_no_line() -> None:
    def rate(one: str, number: int, share: float | None) -> Record:
        ids = {"numerator_ids": [GRANTED], "label_zh": one, "rate": share}
        return {"agency_id": "a", "rate_id": one, "year": number, **ids, **WORTH}

    rows = {"rates": [rate("granted", 2020, 0.5), rate("granted", 2021, None),
                      rate("denied", 2020, None)]}  # fmt: skip
    assert lines(shown(rows, id="a")) == {"granted": {2020: "50%"}}


def test_a_series_is_drawn_unless_it_is_nothing_but_zeros() -> None:
    breaks = {"method_break": "C→D", "note_zh": "改了表"}
    rows = {
        "series": [
            point(RECEIVED, 2020, 0),
            point(RECEIVED, 2021, 7, **breaks),
            point(RECEIVED, 2022, 7, method_break="D→E"),
            point(RECEIVED, 2023, 7, note_zh="注"),
            point("requests.carried_out", 2020, 0),
            point("requests.carried_out", 2021, 0),
        ]
    }
    (trend,) = shown(rows, id="a").shown["trends"]
    assert trend["title"] == f"{RECEIVED} (件)"
    assert [row["year"] for row in trend["notes"]] == [2021]


def outcome(one: str, parts: int, whole: int, ids: list[str] | None = None) -> Record:
    sides = {"numerator": Decimal(parts), "denominator": Decimal(whole)}
    told = {"outcome": one, "outcome_zh": one, "outcome_en": one, "numerator_ids": ids}
    return {"agency_id": "a", "year": 2022, **told, **sides, **WORTH}


def test_outcomes_are_drawn_in_one_order_and_none_of_nothing() -> None:
    rows = {
        "request_outcomes": [
            outcome("denied", 1, 4, ["x"]),
            outcome("unheard_of", 1, 4),
            outcome("granted", 2, 4, [GRANTED]),
            outcome("partly_granted", 0, 4),
            outcome("other", 1, 0),
        ]
    }
    plot = shown(rows, id="a").shown["answers"]
    assert [mark.name for mark in plot.marks] == [
        "2022 granted: 50%",
        "2022 denied: 25%",
        "2022 unheard_of: 25%",
    ]
    assert plot.marks[0].to == f"evidence?agency=a&year=2022&indicator={GRANTED}"
    assert plot.marks[2].to is None
    assert plot.marks[2].kind == "p-other"
    assert shown({}, id="a").shown["answers"] is None


def test_five_contradictions_are_shown_and_all_on_a_page_that_stands_alone() -> None:
    rows = {
        "dim_report": [{"report_id": "r", "agency_id": "a", "is_current": True}],
        "check_result": [
            {"rule_id": f"B-E{n}", "outcome": "fail", "severity": "error", "agency_id": "a",
             "report_id": "r", "year": 2020}
            for n in range(6)
        ],
    }  # fmt: skip
    assert len(shown(rows, id="a").shown["contradictions"]) == 5
    assert len(shown(rows, id="a", everything=True).shown["contradictions"]) == 6


def test_only_channels_of_requests_are_told_and_facts_of_a_year_chosen() -> None:
    rows = {
        "channel_mix": [
            {"agency_id": "a", "subject": "requests", "year": 2020, "value": 1},
            {"agency_id": "a", "subject": "disclosure", "year": 2020, "value": 2},
        ],
        "dim_indicator": [indicator(RECEIVED)],
        "fact_indicator": [fact(RECEIVED, 2020, 5), fact(RECEIVED, 2021, 6)],
    }
    page = shown(rows, id="a")
    assert [row["value"] for row in page.shown["channels"]] == [1]
    assert (page.shown["facts"], page.shown["chosen"]) == ([], None)
    chosen = shown(rows, id="a", year=2021)
    assert [row["value"] for row in chosen.shown["facts"]] == [6]


MANY = [{**JINING, "agency_id": f"{n:02}", "name_zh": f"第{n:02}县教育局"} for n in range(51)] + [
    {**JINING, "agency_id": "z", "name_zh": "财政局"}
]


def test_without_an_id_fifty_agencies_are_listed_the_shortest_names_first() -> None:
    with stated({"dim_agency": MANY}) as opened:
        found = agency_page(asking(opened)).shown["found"]
        assert (len(found), found[0]["name_zh"]) == (50, "财政局")
        called = agency_page(asking(opened, name="教育局")).shown
        assert (len(called["found"]), called["name"]) == (50, "教育局")
        assert agency_page(asking(opened, name="没有")).shown["found"] == []


def test_an_unknown_agency_names_eight_that_are_called_alike() -> None:
    with stated({"dim_agency": MANY}) as opened:
        page = agency_page(asking(opened, id="县教育局"))
        assert (page.template, page.status) == ("message.html", 404)
        assert len(page.shown["found"]) == 8
        name, address = page.shown["found"][0]
        assert name.endswith("县教育局")
        assert address.startswith("agency?id=")


def test_a_report_is_cited_by_whom_it_names_or_else_by_its_agency() -> None:
    report = {"title": None, "year": 2020, "published_on": None, "source_path": "a.txt",
              "document_id": "f" * 64}  # fmt: skip
    with stated({"dim_agency": [JINING], "ingest_run": [{"run_id": "r1"}]}) as opened:
        cite = agency_page(asking(opened, id="a")).shown["cite"]
        tail = f"《政府信息公开工作年度报告》（2020），a.txt，SHA-256 {'f' * 16}，gongkai r1"
        assert cite({**report, "agency_stated": None}) == f"嘉祥县教育局：{tail}"
        assert cite({**report, "agency_stated": "县教育局"}) == f"县教育局：{tail}"


def test_whose_numbers_its_reports_give_is_said_with_their_years() -> None:
    """Nobody could tell a whole county's reports from those of its office alone."""
    told = [(2020, "region", True), (2021, "region", True), (2022, "region", False),
            (2022, "agency", True), (2023, "region", True)]  # fmt: skip
    reports = [
        {"report_id": f"r{n}", "agency_id": "a", "year": year, "scope": scope, "is_current": counts}
        for n, (year, scope, counts) in enumerate(told)
    ]
    page = shown({"dim_report": reports}, id="a")
    assert page.shown["scopes"] == [
        "本区域口径 (2020–2021)",
        "本机关口径 (2022)",
        "本区域口径 (2023)",
    ]


def test_a_line_breaks_by_name_where_the_scope_does() -> None:
    series = [point(RECEIVED, 2020, 64), point(RECEIVED, 2021, 35, method_break="region→agency")]
    items = [{**fact(ITEMS, year, 3), "scope": scope} for year, scope in
             ((2020, "agency"), (2021, "agency"), (2022, "system"))]  # fmt: skip
    page = shown(
        {"series": series, "fact_indicator": items, "dim_indicator": [indicator(ITEMS)]}, id="a"
    )
    assert {
        line["label"]: [line["by_year"][one]["method_break"] for one in sorted(line["by_year"])]
        for line in page.shown["lines"]
    } == {RECEIVED: [None, "本区域口径→本机关口径"], ITEMS: [None, None, "本机关口径→本系统口径"]}


def test_a_break_of_scope_is_shown_with_what_it_means() -> None:
    """A number that no series has was said to break and had no note: no page could be shown."""
    items = [
        {**fact(ITEMS, 2020, 3), "scope": "agency"},
        {**fact(ITEMS, 2021, 3), "scope": "system"},
    ]
    rows = {
        "coverage": [year(2020, 1), year(2021, 1)],
        "fact_indicator": items,
        "dim_indicator": [indicator(ITEMS)],
        "dim_agency": [JINING],
    }
    for language, note in (("zh", "两年统计口径不同"), ("en", "different scopes")):
        with stated(rows) as opened:
            context = asking(opened, language, id="a")
            assert note in html(context, agency_page(context), is_live=False, run=None)
