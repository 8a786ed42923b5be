"""One search: what words may mean, how many of each are named, and what is spelled alike."""

from collections.abc import Iterator

import pytest
from stated_tables import asking, stated

from pipeline.explorer.opening import Opened
from pipeline.explorer.screens.find_page import find_page, suggestions
from pipeline.warehouse.records import Record

RECEIVED, GRANTED = "requests.received", "requests.processed.granted"


def indicator(n: int, one: str, label: str, path: str = "") -> Record:
    names = {"indicator_id": one, "label_zh": label, "label_en": one.title(), "path_zh": path}
    return {**names, "unit": "件", "indicator_no": n}


MEASURES = [
    indicator(0, RECEIVED, "收到申请数"),
    indicator(1, GRANTED, "予以公开数量（全部）", "三、办理结果 > 予以公开"),
    indicator(2, "requests.denied", "不予公开数量"),
    *(indicator(3 + n, f"channel.{n:02}", f"渠道{n:02}", "二、渠道") for n in range(13)),
]
STATED: dict[str, list[Record]] = {
    "dim_agency": [
        {"agency_id": f"3708{n:02}.education", "name_zh": f"第{n:02}县教育局", "level": "county",
         "province": "山东省"}
        for n in range(13)
    ] + [{"agency_id": "000000.education", "name_zh": "教育部", "level": "national"}],
    "dim_indicator": MEASURES,
    "fact_indicator": [
        {"agency_id": "370800.education", "indicator_id": one["indicator_id"], "form": "D",
         "indicator_no": one["indicator_no"], "year": 2022, "value": 1234, "unit": "件",
         "standing": "disputed"}
        for one in MEASURES
    ],
    "rate_term": [
        {"rate_id": "granted", "label_zh": "予以公开率", "template": "D", "indicator_id": one}
        for one in (GRANTED, RECEIVED)
    ],
    "rates": [
        {"agency_id": "370800.education", "name_zh": "第00县教育局", "rate_id": "granted",
         "label_zh": "予以公开率", "year": 2022, "rate": 0.25, "numerator": 1, "denominator": 4,
         "standing": "undisputed"},
    ],
    "dim_report": [
        {"report_id": f"r{n:02}", "document_id": f"{n:02}" + "f" * 62, "year": 2022,
         "title": None if n else "年度报告", "source_path": f"folder/{n:02}.txt",
         "is_current": True, "agency_stated": "县教育局" if n else None}
        for n in range(13)
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    with stated(STATED) as found:
        yield found


def found(opened: Opened, words: str, kind: str) -> list[tuple[str, str, str]]:
    return list(find_page(asking(opened, q=words)).shown["found"][kind])


def test_no_words_mean_nothing(opened: Opened) -> None:
    page = find_page(asking(opened))
    assert not any(page.shown["found"].values())
    assert page.shown["near"] == suggestions(asking(opened)) == []
    assert page.title != find_page(asking(opened, q="教育")).title


def test_twelve_of_each_kind_are_named(opened: Opened) -> None:
    assert len(found(opened, "教育局", "agencies")) == 12
    assert len(found(opened, "渠道", "measures")) == 12
    assert len(found(opened, "folder", "documents")) == 12
    assert len(found(opened, "B-", "rules")) == 12


def test_an_agency_is_named_with_where_it_is(opened: Opened) -> None:
    (agency,) = found(opened, "第03县教育局", "agencies")
    assert agency == ("第03县教育局", "agency?id=370803.education", "山东省 · 县级")
    (ministry,) = found(opened, "教育部", "agencies")
    assert ministry[2] == "国家级"


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        # In any order and case, by label, id, English or the section it stands in.
        ("收到", ["收到申请数"]),
        ("申请数 收到", ["收到申请数"]),
        ("收到 没有", []),
        ("REQUESTS.RECEIVED", ["收到申请数"]),
        ("办理结果", ["予以公开数量（全部）"]),
        ("Channel.03", ["渠道03"]),
        # A rate before a number, the very name before all, and short names before long ones.
        ("予以公开", ["予以公开", "予以公开数量（全部）"]),
        ("予以公开数量", ["予以公开数量（全部）"]),
        ("公开数量", ["不予公开数量", "予以公开数量（全部）"]),
        # Asked for as a share, only rates fit; asked for as a ranking, whatever is called so.
        ("予以公开占比", ["予以公开"]),
        ("哪个县收到申请最多", ["收到申请数"]),
        ("哪个县收到申请占比最多", []),
        ("2022年收到申请", ["收到申请数"]),
        ("2022年教育", []),
        ("教育", []),
    ],
)
def test_words_name_measures(opened: Opened, words: str, labels: list[str]) -> None:
    assert [one[0] for one in found(opened, words, "measures")] == labels


def test_a_measure_is_listed_under_the_section_that_it_stands_in(opened: Opened) -> None:
    groups = {label: group for label, _, group in found(opened, "公开数量", "measures")}
    assert groups["予以公开数量（全部）"].endswith(" · 三、办理结果")
    assert groups["不予公开数量"].endswith(" · 不予公开数量")
    english = find_page(asking(opened, "en", q="渠道03")).shown["found"]["measures"]
    assert english[0][2].endswith(" · Channel")


def test_a_ranking_asked_for_leads_to_its_tier_and_year(opened: Opened) -> None:
    ((_, address, _),) = found(opened, "2022年哪个县收到申请最多", "measures")
    assert address == "compare?indicator=requests.received&level=county&year=2022"
    ((_, address, _),) = found(opened, "收到申请", "measures")
    assert address == "compare?indicator=requests.received"


def test_numbers_and_rates_are_told_with_their_doubt_and_not_where_a_measure_fits(
    opened: Opened,
) -> None:
    assert found(opened, "第00县教育局2022年收到申请", "numbers") == [
        ("第00县教育局 2022 收到申请数",
         "evidence?agency=370800.education&year=2022&indicator=requests.received", "1,234 件 ▲"),
    ]  # fmt: skip
    assert found(opened, "第00县教育局予以公开率", "numbers") == [
        ("第00县教育局 2022 予以公开率", "agency?id=370800.education", "25% (1 / 4) "),
    ]
    assert found(opened, "收到", "numbers") == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("年度报告", [("年度报告", "evidence?report=r00", " 2022 folder/00.txt")]),
        ("03.txt", [("folder/03.txt", "evidence?report=r03", "县教育局 2022 folder/03.txt")]),
        ("05FFFF", [("folder/05.txt", "evidence?report=r05", "县教育局 2022 folder/05.txt")]),
    ],
)
def test_a_document_is_named_by_its_title_or_else_its_path(
    opened: Opened, words: str, named: list[tuple[str, str, str]]
) -> None:
    assert found(opened, words, "documents") == named


def test_a_rule_is_named_by_the_beginning_of_its_id_or_words_of_its_title(opened: Opened) -> None:
    (rule,) = [one for one in found(opened, "b-e7", "rules") if one[2] == "B-E7"]
    assert rule[1] == "quality?rule=B-E7"
    assert "B-E7" in {one[2] for one in found(opened, rule[0], "rules")}
    assert found(opened, "-E7", "rules") == []


def test_what_is_spelled_alike_is_told_where_nothing_is_found_and_never_the_opposite(
    opened: Opened,
) -> None:
    def near(words: str) -> list[str]:
        return [name for name, _ in find_page(asking(opened, q=words)).shown["near"]]

    assert near("收到了申请数") == ["收到申请数"]
    assert near("第03县教育厅")[0] == "第03县教育局"
    assert len(near("渠道0甲")) == 5
    assert near("收到") == []
    assert near("龙") == []
    # 予以 and 不予 are a letter apart and mean the contrary.
    assert "予以公开" not in near("不予以公开")
    assert near("不予公开数目") == ["不予公开数量"]


def test_eight_agencies_and_four_measures_go_on_from_what_is_typed(opened: Opened) -> None:
    assert suggestions(asking(opened, q="县教育")) == [f"第{n:02}县教育局" for n in range(8)]
    assert suggestions(asking(opened, q="渠道")) == [f"渠道{n:02}" for n in range(4)]
