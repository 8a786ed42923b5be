"""The pages on evidence: which print stands behind a number, and everything said of it."""

from collections.abc import Callable

import pytest
from stated_tables import Rows, asking, stated

from pipeline.explorer.rendering import PageContent
from pipeline.explorer.screens.evidence_page import evidence_page
from pipeline.explorer.screens.whole_report_page import whole_report_page
from pipeline.forms.identities import derived_totals
from pipeline.readers.text.plain_text import read_text
from pipeline.warehouse.records import Record

RECEIVED = "requests.received"
KEY = {"agency": "a", "year": 2020, "indicator": RECEIVED}
TEXT = "嘉祥县教育局2020年政府信息公开工作年度报告\n\n全年收到申请17件。\n\n收到申请18件。\n"


def seen(one: str, value: int | None = 17, **more: object) -> Record:
    own = {"indicator_id": RECEIVED, "label_raw": "收到申请", "value": value, "value_raw": "十七"}
    place = {"char_start": 28, "char_end": 35, "source": "narrative", "quote": "收到申请17件"}
    return {"observation_id": one, "report_id": "r", **own, **place, **more}


def fact(one: str, **more: object) -> Record:
    own = {"agency_id": "a", "year": 2020, "indicator_id": RECEIVED, "unit": "件"}
    worth = {"source": "narrative", "standing": "undisputed", "scope": "agency"}
    return {"observation_id": one, **own, **worth, **more}


REPORT = {
    "report_id": "r", "document_id": "d" * 64, "agency_id": "a", "agency_stated": "县教育局",
    "year": 2020, "is_current": True, "source_path": "a.txt", "title": "年报",
}  # fmt: skip
ONE: dict[str, list[Record]] = {
    "dim_agency": [{"agency_id": "a", "name_zh": "嘉祥县教育局"}],
    "dim_report": [REPORT],
    "dim_indicator": [{"indicator_id": RECEIVED, "label_zh": "收到申请数", "label_en": "Received"}],
    "observation": [seen("o1")],
    "fact_indicator": [fact("o1")],
}


def shown(
    rows: Rows, /, of: Callable[..., PageContent] = evidence_page, *names: str, **query: object
) -> PageContent:
    """A page over a publication whose document was kept."""
    with stated(rows) as opened:
        context = asking(opened, **query)
        document = read_text(TEXT.encode())
        context.answers.documents.get((opened.key, "d" * 64), lambda: document)
        return of(context, *names)


def test_a_fact_is_shown_with_its_label_unit_and_place_in_the_document() -> None:
    page = shown(ONE, **KEY)
    told = {one: page.shown[one] for one in ("is_fact", "label", "value_text", "unit_text")}
    assert told == {"is_fact": True, "label": "收到申请数", "value_text": "17", "unit_text": "件"}
    assert page.title == "嘉祥县教育局 · 2020 · 收到申请数"
    assert page.shown["report"]["name_zh"] == "嘉祥县教育局"
    (marked,) = [run for block in page.shown["paper"].blocks for run in block.runs if run.mark]
    assert marked.mark.id == "here"
    assert (page.shown["picture"], page.shown["number_of"], page.shown["in_its_place"]) == (
        None, None, None,
    )  # fmt: skip
    assert page.shown["citation"] == (
        "嘉祥县教育局《年报》（2020），收到申请数：17件，本机关口径，a.txt，字符 28–35，"
        f"SHA-256 {'d' * 16}，gongkai "
    )


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        (KEY, "o1"),
        ({"observation": "o2"}, "o2"),
        ({"observation": "o2", **KEY}, "o2"),
        ({"observation": "nothing", **KEY}, None),
        ({**KEY, "year": 2021}, None),
        ({"agency": "a", "year": 2020}, None),
        ({"year": 2020, "indicator": RECEIVED}, None),
        ({}, None),
    ],
)
def test_an_address_names_an_observation_or_all_of_a_key(
    query: dict[str, object], shows: str | None
) -> None:
    page = shown({**ONE, "observation": [seen("o1"), seen("o2", 18)]}, **query)
    assert (page.shown["seen"]["observation_id"] if "seen" in page.shown else None) == shows
    if shows == "o2":
        assert not page.shown["is_fact"]
        assert page.shown["fact"]["observation_id"] == "o1"
    if shows is None:
        is_named = bool(query.keys() & {"agency", "observation"})
        assert (page.template, page.status) == ("message.html", 404 if is_named else 200)


def test_a_report_is_named_by_what_it_states_where_nobody_knows_its_agency() -> None:
    unknown = {**ONE, "dim_agency": []}
    page = shown(unknown, observation="o1")
    assert page.shown["report"]["name_zh"] == "县教育局"
    assert page.shown["citation"].startswith("县教育局《年报》")
    nameless = {**unknown, "dim_report": [{**REPORT, "agency_stated": None}]}
    page = shown(nameless, observation="o1")
    assert page.title.startswith("— · 2020 · ")
    assert page.shown["citation"].startswith("《年报》")


def test_a_number_of_no_indicator_is_called_as_it_is_printed() -> None:
    bare = {
        **ONE,
        "observation": [seen("o1", indicator_id=None, unit_raw="次")],
        "fact_indicator": [],
    }
    page = shown(bare, observation="o1")
    assert (page.shown["label"], page.shown["unit_text"]) == ("收到申请", "次")
    assert "收到申请：17次" in page.shown["citation"]
    assert page.shown["fact"] is None
    nameless = {**bare, "observation": [seen("o1", None, indicator_id=None, label_raw="")]}
    page = shown(nameless, observation="o1")
    assert (page.shown["unit_text"], page.shown["value_text"]) == ("", "十七")
    assert page.shown["label"] not in ("", None)
    nothing = {**bare, "observation": [seen("o1", None, value_raw=None, indicator_id=None)]}
    page = shown(nothing, observation="o1")
    assert page.shown["value_text"] == "—"
    assert "：—，" in page.shown["citation"]


def test_an_observation_beside_the_fact_has_the_unit_it_is_printed_with() -> None:
    rows = {**ONE, "observation": [seen("o1"), seen("o2", 18, unit_raw="份")]}
    page = shown(rows, observation="o2")
    assert page.shown["unit_text"] == "份"
    assert [one["observation_id"] for one in page.shown["others"]] == ["o1"]


def test_a_derived_number_says_what_it_was_worked_out_from() -> None:
    derived = {**ONE, "observation": [seen("o1", source="derived", quote="甲+乙")]}
    assert "收到申请数：推算17件，由 甲+乙 得出" in shown(derived, **KEY).shown["citation"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"page": 3, "table_no": 1, "row_no": 2, "col_no": 4}, "第 3 页第 1 张表第 2 行第 4 列"),
        ({"row_no": 2}, "第 2 行"),
        ({}, "字符 28–35"),
    ],
)
def test_a_place_is_told_as_a_reader_counts(place: dict[str, object], told: str) -> None:
    rows = {**ONE, "observation": [seen("o1", **place)]}
    assert f"，{told}，SHA-256" in shown(rows, **KEY).shown["citation"]


def check(rule: str, outcome: str, severity: str = "error", **more: object) -> Record:
    ids = {"agency_id": "a", "year": 2020, "report_id": "r", "indicator_ids": [RECEIVED]}
    return {"rule_id": rule, "outcome": outcome, "severity": severity, **ids, **more}


def test_checks_are_told_by_what_came_of_them() -> None:
    rows = {
        **ONE,
        "check_result": [
            check("1", "fail"),
            check("2", "fail", "warn"),
            check("3", "fail", override_reason="看过"),
            check("4", "fail", "warn", override_reason="看过"),
            check("5", "pass"),
            check("6", "not_assessable"),
            check("7", "fail", indicator_ids=["staff.total"]),
        ],
    }
    page = shown(rows, **KEY)
    rules = {
        name: "".join(one["rule_id"] for one in page.shown[name])
        for name in ("checks", "failed", "errors", "passed")
    }
    assert rules == {"checks": "132465", "failed": "1324", "errors": "1",
                     "passed": "65"}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "indicator", "rules"),
    [("derived", RECEIVED, "1"), ("table", RECEIVED, ""), ("derived", "staff.total", "")],
)
def test_what_contradicts_a_part_contradicts_the_total_worked_out_of_it(
    source: str, indicator: str, rules: str
) -> None:
    part = next(one for one in derived_totals() if one.indicator_id == RECEIVED).parts[0]
    rows = {
        **ONE,
        "observation": [seen("o1", indicator_id=indicator)],
        "fact_indicator": [fact("o1", source=source, indicator_id=indicator)],
        "check_result": [check("1", "fail", indicator_ids=[part])],
    }
    assert "".join(one["rule_id"] for one in shown(rows, observation="o1").shown["checks"]) == rules


def test_a_withheld_number_leads_to_its_print_and_a_gap_to_what_stands_there() -> None:
    withheld = {
        **ONE,
        "fact_indicator": [],
        "observation": [seen("o1", 17), seen("o2", 18), seen("o3", 18, source="table")],
        "correction": [
            {"report_id": "r", "indicator_id": RECEIVED, "is_applied": True, "expect": 18}
        ],
    }
    assert shown(withheld, **KEY).shown["seen"]["observation_id"] == "o3"
    gap = {
        **ONE,
        "fact_indicator": [],
        "indicator_coverage": [{"agency_id": "a", "year": 2020, "indicator_id": RECEIVED,
                                "status": "unreadable", "observation_id": "o1"}],
    }  # fmt: skip
    page = shown(gap, **KEY)
    assert page.shown["seen"]["observation_id"] == "o1"
    assert page.shown["in_its_place"]["status"] == "unreadable"
    blank = {**gap, "observation": []}
    blank["indicator_coverage"] = [{**gap["indicator_coverage"][0], "observation_id": None}]
    page = shown(blank, **KEY)
    assert (page.template, page.status) == ("message.html", 404)
    assert "无法读取" in page.shown["why"]
    whys = {shown(blank, **query).shown["why"] for query in ({}, {"agency": "a"}, {"year": 2020})}
    assert len(whys) == 2


def test_forty_others_of_the_same_report_are_marked_and_none_of_another() -> None:
    others = [seen(f"p{n:02}", 18, char_start=30 + n, char_end=30 + n) for n in range(41)]
    elsewhere = seen("q", 19, report_id="r2")
    rows = {
        **ONE,
        "dim_report": [REPORT, {**REPORT, "report_id": "r2", "is_current": False}],
        "observation": [seen("o1"), *others, elsewhere],
    }
    ids = shown(rows, observation="o1").shown["ids"]
    assert len(ids) == 40
    assert (ids["p00"], ids["p39"]) == ("other-1", "other-40")
    few = {**rows, "observation": [seen("o1"), others[0], elsewhere]}
    assert shown(few, observation="o1").shown["ids"] == {"p00": "other-1"}


def test_a_document_that_is_not_kept_is_said_to_be_gone() -> None:
    rows = {**ONE, "dim_report": [{**REPORT, "document_id": "e" * 64}]}
    page = shown(rows, **KEY)
    assert page.shown["paper"] is None
    assert page.shown["unavailable"]
    assert (page.shown["ids"], page.shown["number_of"]) == ({}, 0)


def test_a_report_is_shown_with_every_number_in_it() -> None:
    rows = {
        **ONE,
        "observation": [seen("o2", 18, char_start=50), seen("o1"), seen("o3", report_id="r2")],
    }
    page = shown(rows, report="r")
    assert [one["observation_id"] for one in page.shown["seen"]] == ["o1", "o2"]
    assert (page.template, page.title) == ("whole_report.html", "嘉祥县教育局 · 2020")
    (marked,) = [run for block in page.shown["paper"].blocks for run in block.runs if run.mark]
    assert marked.mark.start == 28
    assert page.shown["shown_value"](seen("o", None, unit_raw=None)) == "十七"
    assert page.shown["shown_value"](seen("o", 1700, unit_raw="件")) == "1,700 件"
    stated_alone = {**rows, "dim_agency": [], "dim_report": [{**REPORT, "year": None}]}
    assert shown(stated_alone, report="r").title == "县教育局 · —"
    gone = shown(rows, whole_report_page, "nothing")
    assert (gone.template, gone.status) == ("message.html", 404)
