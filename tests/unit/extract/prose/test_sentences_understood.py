"""What a number in a sentence is of, and what leaves it open. Named after what went wrong."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Scope
from pipeline.readers.text.plain_text import read_text

BUREAU = "石门县水务局"


def observed(
    text: str, year: int = 2022, reporter: str = BUREAU, *, under: str = "总体情况"
) -> tuple[Observation, ...]:
    document = read_text(f"一、{under}\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return observe_narrative(sentences(part.blocks), year, reporter=reporter, scope=Scope.AGENCY)


def facts(text: str, year: int = 2022, reporter: str = BUREAU) -> dict[str, Decimal]:
    seen = observed(text, year, reporter)
    chosen = choose_facts(seen, settled(seen, year, Scope.AGENCY))
    return {fact.indicator_id: fact.value for fact in chosen}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("设立“乡村振兴”专栏，本年度公开信息41条。", "O-narrowed"),
        ("全县共收到政府信息公开申请120件。", "O-wider_body"),
        ("各乡镇共收到政府信息公开申请12件。", "O-other_body"),
        ("2020年收到政府信息公开申请9件。", "O-other_year"),
        ("上半年，我局收到政府信息公开申请9件。", "O-part_of_year"),
        ("自2008年以来，共制发规范性文件9件。", "O-several_years"),
        ("依申请提供政府信息不收取费用。", "O-rule"),
        ("除1件现场申请外，未收到政府信息公开申请。", "O-exception"),
    ],
)
def test_what_stays_open_is_kept_with_its_reason_and_is_no_fact(text: str, reason: str) -> None:
    assert any(reason in one.why for one in observed(text))
    assert facts(text) == {}


def test_every_fact_names_the_rule_that_read_it() -> None:
    text = "全年收到政府信息公开申请5件，未发生行政复议。"
    assert [one.why for one in observed(text)] == [
        ("N-received",),
        ("A-reconsideration.total",),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("努力做好公开工作，未收到政府信息公开申请。", {"requests.received": 0}),
        ("应公开的信息均已公开，未收到政府信息公开申请。", {"requests.received": 0}),
        ("未收到政府信息公开申请，下一步将努力提高公开水平。", {"requests.received": 0}),
        ("努力做到未发生行政复议。", {}),
        ("严格审查，确保未发生行政复议。", {}),
    ],
)
def test_an_aim_in_another_clause_says_nothing_of_what_there_was_not(
    text: str, found: dict[str, int]
) -> None:
    assert facts(text) == found


@pytest.mark.parametrize("verb", ["收到", "受理", "接到"])
def test_what_came_is_what_its_heading_says(verb: str) -> None:
    (came,) = observed(f"全年{verb}5件，均已办结。", under="依申请公开情况")
    assert (came.indicator_id, came.value) == ("requests.received", 5)
    (of_anything,) = observed(f"全年{verb}5件，均已办结。")
    assert of_anything.indicator_id is None


@pytest.mark.parametrize(
    ("told", "change"),
    [("本年度减少5项", -5), ("本年取消5项", -5), ("本年减少0项", 0), ("本年增加5项", 5)],
)
def test_what_became_fewer_was_told_as_more(told: str, change: int) -> None:
    found = facts(f"行政许可上一年项目数量120项，{told}。", 2020)
    assert found == {"licensing.items_last_year": 120, "licensing.items_change": change}


def test_the_number_nearest_to_a_part_is_not_its_whole() -> None:
    text = "全年收到政府信息公开申请9件，涉及征地2件、预算7件。其中，同意公开4件，无法提供5件。"
    parts = {one.label_raw: one.section_path for one in observed(text)}
    whole = parts["收到政府信息公开申请"]
    assert parts["同意公开"] == f"{whole} > 同意公开"
    assert parts["无法提供"] == f"{whole} > 无法提供"


def test_what_is_carried_out_is_not_the_whole_of_outcomes() -> None:
    text = "共办结政府信息公开申请31件。另有0件结转下年度继续办理。其中予以公开4件。"
    paths = [one.section_path for one in observed(text)]
    assert paths[2].endswith("办结政府信息公开申请 > 予以公开")


def test_lawsuits_are_no_part_of_reviews() -> None:
    text = "因政府信息公开被申请行政复议36起，其中维持25起、纠正3起；行政诉讼9起，均胜诉。"
    assert [" > 被申请行政复议" in one.section_path for one in observed(text)][-1] is False
    assert facts(text) == {
        "reconsideration.total": 36,
        "reconsideration.upheld": 25,
        "reconsideration.corrected": 3,
        "litigation.total": 9,
    }


@pytest.mark.parametrize(
    "text",
    [
        "对无现成信息的申请告知3件，行政复议2件。",
        "没有因信息发布不及时被通报，收到行政诉讼2件。",
        "未发生因政府信息公开引起的舆情，行政复议2件。",
    ],
)
def test_none_reaches_no_further_than_its_clause_and_stops_at_a_number(text: str) -> None:
    assert 0 not in facts(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "未发生因政府信息公开引起的行政复议，行政诉讼。",
        "未收到公民、法人或其他组织，以任何形式提出的政府信息公开申请。",
    ],
)
def test_none_reaches_over_a_comma_where_its_object_goes_on(text: str) -> None:
    assert set(facts(text).values()) == {0}


def test_a_zone_speaks_of_itself_with_its_region_word() -> None:
    text = "2022年全区共收到政府信息公开申请75件。"
    assert facts(text, reporter="泾阳县北塬经济开发区管理委员会") == {"requests.received": 75}
    assert facts(text) == {}


def test_what_was_carried_from_the_year_before_is_counted_in_this_one() -> None:
    text = "2021年结转至2022年办理的申请7件，2022年新收政府信息公开申请9件，结转至2023年办理2件。"
    assert facts(text) == {
        "requests.carried_in": 7,
        "requests.received": 9,
        "requests.carried_out": 2,
    }


def test_a_list_of_channels_without_its_whole_states_nothing() -> None:
    assert facts("按申请方式分，网络申请6件、信函申请4件。", 2017) == {}
    assert facts("收到网络申请6件。", 2017) == {"requests.received.online": 6}


def test_reviews_that_outnumber_the_requests_are_those_on_everything_the_reporter_does() -> None:
    text = "收到申请113件，上年结转9件。行政复议131件，行政诉讼88件。"
    assert facts(text) == {"requests.received": 113, "requests.carried_in": 9}


def test_one_of_two_numbers_behind_the_same_words_is_not_all_of_them() -> None:
    text = "组织政务公开培训2次，参训人员分别为30人、45人。"
    assert facts(text) == {"training.sessions": 2}


def test_requests_taken_up_are_not_those_that_came_where_both_are_counted() -> None:
    text = "全年共受理政府信息公开申请56件，其中本年新收45件。"
    assert facts(text) == {"requests.received": 45}


def test_one_site_is_not_all_sites_where_others_are_counted_beside_it() -> None:
    text = "主动公开政府信息620条，其中局门户网站公开514条，各部门网站公开106条。"
    assert facts(text) == {"disclosure.items": 620}


def test_applicants_behind_outcomes_are_those_who_asked() -> None:
    text = "收到政府信息公开申请10件，不予公开2件。申请人中，自然人9件，商业企业1件。"
    assert facts(text) == {
        "requests.received": 10,
        "requests.processed.denied": 2,
        "requests.received:natural_person": 9,
        "requests.received:enterprise": 1,
    }


def test_calls_closed_are_no_requests_though_requests_were_counted_before() -> None:
    text = "收到政府信息公开申请5件。接听热线50个，办结48件。"
    assert facts(text) == {"requests.received": 5}


def test_words_between_two_numbers_are_not_counted_by_both() -> None:
    text = "新收申请46件上年结转3件予以公开22件。"
    assert facts(text) == {
        "requests.received": 46,
        "requests.carried_in": 3,
        "requests.processed.granted": 22,
    }
