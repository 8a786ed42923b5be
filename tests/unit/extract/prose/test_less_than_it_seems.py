"""Numbers whose words are an indicator's and which count less, or something else, all the same."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text


def facts(
    text: str, form: str = "D", year: int = 2022, reporter: str = "石门县水务局"
) -> dict[str, Decimal]:
    document = read_text(f"一、总体情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    scope = Scope.REGION if reporter.endswith("政府") else Scope.AGENCY
    seen = observe_narrative(
        sentences(part.blocks), year, template=form, reporter=reporter, scope=scope
    )
    chosen = choose_facts(seen, settled(seen, year, scope))
    return {fact.indicator_id: fact.value for fact in chosen}


def test_answers_that_denied_are_not_all_answers() -> None:
    text = "在不同意公开答复的13件申请中，涉及国家秘密3件，其他3件。"
    text += "在不同意公开答复的13件中，涉及商业秘密4件。"
    assert "requests.answered" not in facts(text, "B", 2016)


def test_documents_gone_through_are_not_those_left_in_force() -> None:
    text = "对现行有效的75件行政规范性文件逐一审查，决定继续有效64件、修改3件、废止8件。"
    assert facts(text).get("normative_documents.in_force") != 75


def test_closed_of_the_new_ones_is_not_all_that_was_closed() -> None:
    text = "上年度结转申请2件已于2022年1月办结；2022年新收8件，办结6件，2件正在办理中。"
    assert "requests.processed" not in facts(text)
    assert facts(text.replace("办结6件", "全年共办结8件"))["requests.processed"] == 8


@pytest.mark.parametrize("matter", ["属于咨询、投诉事项", "为信访件", "系求助类问题"])
def test_mail_of_which_a_part_asks_for_nothing_is_not_all_requests(matter: str) -> None:
    text = f"依申请公开平台接收来件60件，其中8件{matter}；登记受理政府信息公开申请52件。"
    assert facts(text, "B", 2016) == {"requests.received": 52}


def test_other_media_beside_one_of_them_are_not_all_other_ways() -> None:
    text = "主动公开政府信息244条；公开栏公开信息44条，其他媒体公开信息40条。"
    assert facts(text, "B", 2016) == {"disclosure.items": 244}


def test_the_portal_of_one_among_all_offices_is_not_all_their_websites() -> None:
    text = "全县各级行政机关主动公开政府信息18000条，其中县政府门户网站公开5804条。"
    assert facts(text, "B", 2016, "石门县人民政府") == {"disclosure.items": 18000}


def test_licences_closed_are_no_requests_closed() -> None:
    text = "24项行政审批服务事项实现网上办理，全年通过网审平台收到受理申请4364件，办结4364件。"
    assert facts(text, "B", 2016) == {}


def test_what_is_disclosed_of_itself_is_not_all_that_is_disclosed() -> None:
    text = "我局公开信息687条，其中主动公开668条，依申请公开19条。"
    assert facts(text, "C", 2019) == {"disclosure.items": 668}


def test_a_website_named_before_the_comma_is_where_it_was_published() -> None:
    text = "在县政府门户网站，县水务局主动公开信息326条。"
    assert facts(text, "B", 2016) == {"disclosure.channel.website": 326}


def test_wanting_information_told_beside_what_was_denied_is_no_denial() -> None:
    text = "“同意公开”的22条；“不予公开”的2条；“信息不存在”9条，“非本机关掌握”8条。"
    assert facts(text, "A", 2012) == {
        "requests.answered.granted": 22,
        "requests.answered.denied": 2,
    }


def test_what_holds_for_listed_cases_holds_for_each_kind() -> None:
    text = "因政府信息公开收到行政复议3起、行政诉讼1起，结果均维持。"
    assert facts(text, "B", 2016) == {
        "reconsideration.total": 3,
        "reconsideration.upheld": 3,
        "litigation.total": 1,
        "litigation.upheld": 1,
    }
    several = "因政府信息公开收到行政复议3起；提起行政诉讼1起，结果均维持。"
    assert "reconsideration.upheld" not in facts(several, "B", 2016)


def test_verbs_denied_in_a_list_each_deny_their_own() -> None:
    text = "我局未制发、废止、修改行政规范性文件，现行有效行政规范性文件6个。"
    assert facts(text) == {
        "normative_documents.issued": 0,
        "normative_documents.repealed": 0,
        "normative_documents.in_force": 6,
    }


def test_years_from_to_give_each_its_number() -> None:
    text = "2020年至2022年分别收到政府信息公开申请51件、42件、38件。"
    assert facts(text) == {"requests.received": 38}
    assert facts("2020年至2022年收到政府信息公开申请131件。") == {}


def test_what_a_row_of_the_form_counts_since_an_earlier_year_is_not_the_years() -> None:
    said = "新增行政规范性文件120条。"
    assert facts(said, "A", 2012) == {"disclosure.new_normative_documents": 120}
    assert facts(f"自2008年以来累计{said}", "A", 2012) == {}


@pytest.mark.parametrize("unit", ["个", "人次"])
def test_a_name_that_two_rows_of_the_form_bear_says_of_neither(unit: str) -> None:
    assert facts(f"区县政府及其部门5{unit}。", "B", 2016) == {}


@pytest.mark.parametrize(
    "text",
    [
        "对口帮扶的吉山新城管委会全年收到政府信息公开申请6件。",
        "邻近的昌平岭县收到政府信息公开申请6件。",
        "本年新收申请6件已划转邻县。",
    ],
)
def test_a_number_beside_words_nobody_has_read_is_no_fact(text: str) -> None:
    assert facts(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "石门水务局全年收到政府信息公开申请6件。",
        "一是截至12月31日，我局共收到政府信息公开申请6件。",
        "2022年石门县水务局新收到政府信息公开申请6件。",
        "全年收到政府信息公开申请6件均在规定时限内答复。",
    ],
)
def test_known_words_and_the_writers_name_leave_a_number_certain(text: str) -> None:
    assert facts(text)["requests.received"] == 6


def test_words_of_a_label_that_stand_apart_are_known_words() -> None:
    text = "县政府网站累计发布各类政务信息10300条。"
    told = facts(text, "B", 2016, "石门县人民政府")
    assert told == {"disclosure.channel.website": 10300}


def test_a_part_of_a_number_beside_unread_words_is_no_fact_either() -> None:
    text = "对口帮扶的吉山新城管委会收到政府信息公开申请6件，其中自然人申请6件。"
    assert facts(text, "B", 2016) == {}


@pytest.mark.parametrize(
    "text",
    [
        "对口帮扶的吉山新城管委会设立网点，全年收到政府信息公开申请6件。",
        "对口帮扶的吉山新城管委会未收到政府信息公开申请。",
        "对口帮扶的吉山新城管委会受理政府信息公开申请6件，办结5件，未发生行政复议。",
        "试点期满后，收到政府信息公开申请6件。",
    ],
)
def test_who_and_when_in_unread_words_hold_for_the_clauses_behind(text: str) -> None:
    assert facts(text) == {}


def test_unread_words_that_name_nobody_cost_nothing() -> None:
    text = "坚持以公开为常态、以便民为宗旨，全年收到政府信息公开申请6件。"
    assert facts(text) == {"requests.received": 6}


def test_whom_a_later_clause_names_counts_whatever_stands_before() -> None:
    text = "对口帮扶的吉山新城管委会受理政府信息公开申请6件，我局受理政府信息公开申请3件。"
    assert facts(text) == {"requests.received": 3}


def test_what_fees_depend_on_is_no_number_of_requests() -> None:
    text = (
        "申请公开政府信息数量10件以下（含10件）不收费，11—30件部分每件100元，31件以上每10件一档。"
    )
    assert facts(f"{text}二是本局2022年度未向申请人收取费用。") == {"requests.fees_collected": 0}


def test_what_others_disclosed_who_were_led_to_it_is_no_number_of_the_writer() -> None:
    text = "督促14家供水、供气等公共企事业单位做好信息公开，全年公开信息308条。"
    assert facts(text) == {}
    assert facts(f"{text}全年我局主动公开政府信息20条。") == {"disclosure.items": 20}


def test_of_what_was_disclosed_by_a_day_the_years_own_is_what_is_new() -> None:
    text = "截至2022年底，我局通过公开栏等形式，主动公开政府信息852条，其中2022年新增181条。"
    assert facts(text) == {"disclosure.items": 181}


@pytest.mark.parametrize(
    "text",
    [
        "政务服务大厅各窗口受理各类申请32万件，办结率99.4%。",
        "印发《依申请公开答复文书模板》，收录典型案例5件，其中予以公开1件、不予公开2件，供参考。",
        "市政府行政复议机构新收各类行政复议申请134件，审结100件。",
    ],
)
def test_what_only_bears_the_words_of_requests_is_none(text: str) -> None:
    assert facts(text, reporter="吉山市人民政府") == {}


def test_closed_beside_those_carried_in_is_not_all_that_was_closed() -> None:
    text = "共受理政府信息公开申请34件，已办结34件，另办结上年度结转3件。"
    assert facts(text) == {"requests.received": 34}


def test_a_reason_that_names_the_office_is_no_number_of_another_body() -> None:
    text = "收到政府信息公开申请9件。其中，予以公开4件，本机关无法提供3件，不予处理2件。"
    told = facts(text, reporter="吉山市人民政府")
    assert told["requests.processed.not_available"] == 3
    assert told["requests.processed.not_handled"] == 2


def test_penalties_in_a_field_are_all_only_for_the_office_of_the_field() -> None:
    text = "全年作出税务行政处罚12件，作出公安行政处罚300件。"
    assert facts(text) == {}
    assert facts(text, reporter="石门县人民政府") == {}
    assert facts(text, reporter="石门县税务局") == {"penalties.decisions": 12}


@pytest.mark.parametrize(
    ("text", "repealed"),
    [
        ("全年制发规范性文件3件，废止文件12件。", None),
        ("制发规范性文件3件，清理废止文件12件，现行有效文件20件。", None),
        ("制发规范性文件3件，清理废止文件12件，均为行政规范性文件。", 12),
        ("清理规范性文件，废止文件12件。", 12),
        ("制发规范性文件3件，废止12件。", 12),
    ],
)
def test_documents_repealed_are_not_normative_as_others_were(
    text: str, repealed: int | None
) -> None:
    assert facts(text).get("normative_documents.repealed") == repealed


@pytest.mark.parametrize("whose", ["", "全区", "全县各", "全市"])
def test_what_offices_disclosed_does_not_hide_the_own(whose: str) -> None:
    text = f"{whose}政府信息公开工作机构主动公开信息3000条，我局主动公开30条。"
    assert facts(text, "B", 2016) == {"disclosure.items": 30}
    assert facts("政府信息公开工作机构设有专职人员2人。", "B", 2016) == {"staff.full_time": 2}


def test_no_written_requests_are_not_none_where_others_came_online() -> None:
    text = "2022年未收到书面申请，收到网络申请3件。"
    assert facts(text) == {"requests.received.online": 3}
    assert facts("2022年未收到书面申请，网站公开信息30条。")["requests.received"] == 0


@pytest.mark.parametrize(
    "behind",
    ["（4件撤回）", "（2件结转下年）", "（5件为企业提交）", "（其中5件来自企业）", "，5件已撤回"],
)
def test_some_of_those_behind_a_share_are_not_all_of_them(behind: str) -> None:
    text = f"收到政府信息公开申请50件，网络申请占60%{behind}。"
    assert facts(text) == {"requests.received": 50}


@pytest.mark.parametrize("behind", ["（30件）", "（30件，其中企业5件）", "，30件"])
def test_the_number_alone_behind_a_share_is_all_of_them(behind: str) -> None:
    text = f"收到政府信息公开申请50件，网络申请占60%{behind}。"
    assert facts(text) == {"requests.received": 50, "requests.received.online": 30}


@pytest.mark.parametrize("whole", ["累计主动公开政府信息", "主动公开政府信息"])
@pytest.mark.parametrize("own", ["其中2022年290条", "其中本年度290条", "其中2022年新增290条"])
def test_all_there_are_with_the_years_own_among_them_are_not_those_of_the_year(
    whole: str, own: str
) -> None:
    assert facts(f"{whole}2900条，{own}。")["disclosure.items"] == 290


@pytest.mark.parametrize(
    "text",
    [
        "2022年累计主动公开政府信息2900条，其中网站290条。",
        "主动公开政府信息2900条，其中2022年部门预算12条。",
        "主动公开政府信息2900条，其中2022年1月290条。",
        "主动公开政府信息2900条，其中2022年第一季度290条。",
    ],
)
def test_parts_that_are_no_year_leave_their_whole_the_years(text: str) -> None:
    assert facts(text)["disclosure.items"] == 2900


@pytest.mark.parametrize(
    "text",
    [
        "县政府网站依申请公开平台未收到政府信息公开申请。",
        "受理窗口未收到政府信息公开申请。",
        "我局未收到需要收费的政府信息公开申请。",
        "我局未收到重复的政府信息公开申请。",
        "我局未收到符合规定的政府信息公开申请。",
    ],
)
def test_none_by_one_way_or_of_one_sort_are_not_no_requests(text: str) -> None:
    assert "requests.received" not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "我局网站、信函、窗口均未收到政府信息公开申请。",
        "我局在门户网站公开了指南，全年未收到政府信息公开申请。",
        "我局未收到任何形式的政府信息公开申请。",
    ],
)
def test_none_by_all_ways_are_no_requests(text: str) -> None:
    assert facts(text)["requests.received"] == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收取信息公开收费42元、邮寄费11元。", None),
        ("依申请公开信息收取检索费30元、复制费12元、邮寄费11元。", None),
        ("全年收取依申请公开邮寄费11元。", "0.0011"),
        ("依申请公开信息收取检索费、复制费、邮寄费共53元。", "0.0053"),
        ("依申请公开收取费用53元，其中检索费30元、复制费23元。", "0.0053"),
        ("依申请公开收取检索费30元，减免复制费12元。", "0.003"),
        ("全年收取依申请公开检索费30元，全系统行政事业性收费20万元。", "0.003"),
    ],
)
def test_one_kind_of_fees_beside_others_is_not_all_fees(text: str, expected: str | None) -> None:
    collected = facts(text, "B", 2015).get("requests.fees_collected")
    assert collected == (Decimal(expected) if expected else None)
