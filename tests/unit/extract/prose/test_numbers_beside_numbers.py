"""What numbers and clauses beside a number say of it: that it is all, somebody else's, the same."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text

TOWN, COUNTY, ZONE = "石门县夹山镇人民政府", "石门县人民政府", "常德市石门经济开发区管理委员会"


def facts(
    text: str, reporter: str = TOWN, year: int = 2022, heading: str = "一、总体情况"
) -> dict[str, Decimal]:
    document = read_text(f"{heading}\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    scope = Scope.REGION if reporter == COUNTY else Scope.AGENCY
    seen = observe_narrative(sentences(part.blocks), year, reporter=reporter, scope=scope)
    chosen = choose_facts(seen, settled(seen, year, scope))
    return {fact.indicator_id: fact.value for fact in chosen}


@pytest.mark.parametrize(
    "text",
    [
        "新收政府信息公开申请24件，上年结转3件，办理22件，结转下年度继续办理5件。",
        "收到政府信息公开申请24件，已办理22件，结转下年2件。",
        "共办理政府信息公开申请22件。予以公开12件，不予公开7件，无法提供3件。",
    ],
)
def test_handled_are_those_dealt_with_where_the_numbers_balance(text: str) -> None:
    assert facts(text)["requests.processed"] == 22


@pytest.mark.parametrize(
    "text",
    [
        "新收政府信息公开申请24件，上年结转3件，办理25件，结转下年度继续办理5件。",
        "共办理政府信息公开申请25件。予以公开12件，不予公开7件，无法提供3件。",
        "收到政府信息公开申请24件，办理行政许可22件，结转下年2件。",
    ],
)
def test_handled_are_not_dealt_with_where_the_numbers_do_not_balance(text: str) -> None:
    assert "requests.processed" not in facts(text)


def test_one_outcome_that_equals_what_was_handled_does_not_say_that_it_was_all() -> None:
    assert "requests.processed" not in facts("共办理政府信息公开申请12件。予以公开12件。")


def test_no_other_outcome_than_those_listed_is_not_none_of_those_listed() -> None:
    text = "收到政府信息公开申请8件，没有别的结果：不予公开和无法提供的案件居多。"
    assert facts(text) == {"requests.received": 8}
    assert facts("没有不予公开和无法提供的案件。") == {"requests.processed.denied": 0}


def test_what_holds_some_of_ours_is_not_all_ours() -> None:
    text = "县政府门户网站全年发布信息5140条，其中转载我镇工作动态若干条。"
    assert facts(text) == {}
    assert facts("门户网站全年发布信息5140条，其中图片300条。") == {
        "disclosure.channel.website": 5140
    }
    asked = "收到政府信息公开申请3件，其中1件不属于本机关公开、1件同意公开。"
    assert facts(asked)["requests.received"] == 3


def test_what_is_told_as_not_counted_here_is_anothers() -> None:
    told = "对口帮扶的新城管委会全年受理政府信息公开申请6件"
    assert facts(f"{told}，由其单独编制年度报告，不计入本机关数据。", COUNTY) == {}
    ours = "受理政府信息公开申请6件，电话咨询未计入本报告统计。"
    assert facts(ours, COUNTY) == {"requests.received": 6}


def test_a_zones_committee_is_the_zone_and_another_office_is_not() -> None:
    told = "主动公开政府信息147条。"
    assert facts(f"园区管委会本年度{told}", ZONE) == {"disclosure.items": 147}
    assert facts(f"县财政局本年度{told}", ZONE) == {}


def test_a_government_and_its_office_are_the_government() -> None:
    text = "县政府及县政府办公室制发行政规范性文件6件，废止1件。"
    assert facts(text, COUNTY)["normative_documents.issued"] == 6
    assert facts("县政府办公室制发行政规范性文件6件。", COUNTY) == {}


def test_whom_a_training_is_for_does_not_hold_it() -> None:
    heading = "六、机构建设和保障情况"
    held = "组织全省系统政府信息公开培训班2次。"
    assert facts(held, "湖南省交通运输厅", 2016, heading) == {"training.sessions": 2}
    others = "全省系统组织政府信息公开培训班2次。"
    assert facts(others, "湖南省交通运输厅", 2016, heading) == {}


def test_what_stands_at_the_end_of_a_year_is_the_years() -> None:
    heading = "六、机构建设和保障情况"
    text = "截至年底，全县共有政府信息公开工作专门机构7个，查阅点17个。"
    assert facts(text, COUNTY, 2017, heading) == {
        "offices.dedicated": 7,
        "reading_points.total": 17,
    }


def test_a_verb_holds_for_the_next_of_a_list() -> None:
    text = "废止规章1件、行政规范性文件9件，现行有效规章5件、行政规范性文件19件。"
    assert facts(text, COUNTY) == {
        "rules.repealed": 1,
        "normative_documents.repealed": 9,
        "rules.in_force": 5,
        "normative_documents.in_force": 19,
    }


def test_the_sentence_before_says_what_came() -> None:
    counted = "全年新收6件、办结5件。"
    topic = "把依申请公开作为检验公开质量的标尺。"
    assert facts(topic + counted) == {"requests.received": 6, "requests.processed": 5}
    assert facts("认真办理群众来信。" + counted) == {}


def test_what_is_told_of_all_goes_on_over_clauses() -> None:
    text = "因政府信息公开被提起行政诉讼4件，均为复议后起诉，结果均维持。"
    told = facts(text)
    assert told["litigation_after_reconsideration.total"] == 4
    assert told["litigation_after_reconsideration.upheld"] == 4


def test_who_asked_and_how_are_told_at_once() -> None:
    told = facts("共收到依申请公开10件，均为自然人通过网络提交。")
    assert told["requests.received:natural_person"] == 10
    assert told["requests.received.online"] == 10


@pytest.mark.parametrize("text", ["组织培训2次、59人次。", "举办培训班2次，59人次。"])
def test_one_thing_is_counted_in_two_units(text: str) -> None:
    told = facts(f"做好信息公开工作。{text}", year=2016)
    assert told == {"training.sessions": 2, "training.participants": 59}


def test_matters_of_licensing_are_no_decisions() -> None:
    assert facts("全年办理行政许可4件。") == {"licensing.decisions": 4}
    assert facts("全年办理行政许可事项4件，办结率100%。") == {}
    assert facts("公开行政许可4件。") == {}


@pytest.mark.parametrize(("when", "is_fact"), [("2017年", True), ("", False)])
def test_a_part_of_last_year_leaves_this_years_number_alone(when: str, *, is_fact: bool) -> None:
    told = facts(f"同意公开答复20件，其中{when}同意部分公开3件。", year=2018)
    assert ("requests.answered.granted" in told) == is_fact
