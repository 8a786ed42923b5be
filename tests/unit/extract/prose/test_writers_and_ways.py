"""Who writes, how requests came and what they are called: none of it changes what was counted."""

import pytest

from tests.unit.extract.prose.test_rarer_ways_to_tell import facts

RECEIVED = "requests.received"
SUMMARY = "一、总体情况"


@pytest.mark.parametrize(
    ("reporter", "subject"),
    [
        ("石门县农业农村委员会", "县农业农村委员会"),
        ("石门县卫生健康委员会", "石门县卫生健康委员会"),
        ("石门县发展和改革委员会", "县发展和改革委员会"),
        ("石门县自然资源局", "县自然资源局"),
        ("石门县清江街道办事处", "我街"),
    ],
)
@pytest.mark.parametrize("came", ["收到", "接收到", "收悉", "共受理", "陆续收到"])
def test_a_writer_named_in_full_hides_no_request(reporter: str, subject: str, came: str) -> None:
    text = f"2022年，{subject}{came}政府信息公开申请7件。"
    assert facts(text, SUMMARY, reporter=reporter) == {RECEIVED: 7}


@pytest.mark.parametrize(
    "called",
    [
        "依申请信息公开",
        "依申请信息",
        "申请书",
        "公开信息申请",
        "政务公开申请",
        "部门信息公开申请",
        "有效政府信息公开申请",
        "信息公开请求",
        "依申请公开函件",
        "公民申请",
        "申请公开相关政府信息",
    ],
)
def test_requests_are_requests_whatever_they_are_called(called: str) -> None:
    assert facts(f"2022年，我局收到{called}7件。", SUMMARY)[RECEIVED] == 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局通过网络、信函等渠道收到政府信息公开申请7件。", {RECEIVED: 7}),
        (
            "我局通过县政府依申请公开平台收到政府信息公开申请7件。",
            {RECEIVED: 7, "requests.received.online": 7},
        ),
        (
            "收到公众通过“互动依申请公开栏目”提交的申请3件。",
            {RECEIVED: 3, "requests.received.online": 3},
        ),
        ("通过网审平台收到行政审批申请4364件。", {}),
    ],
)
def test_the_only_way_told_is_that_of_all(text: str, expected: dict[str, int]) -> None:
    assert facts(text, SUMMARY) == expected


def test_a_second_way_leaves_the_whole_untold() -> None:
    text = "通过网络收到政府信息公开申请7件。通过信函收到政府信息公开申请2件。"
    assert RECEIVED not in facts(text, SUMMARY)


@pytest.mark.parametrize("none", ["暂无", "暂未收到", "目前暂未收到", "暂没有收到"])
def test_none_for_now_is_none_by_the_end_of_the_year(none: str) -> None:
    assert facts(f"2022年{none}政府信息公开申请。", SUMMARY) == {RECEIVED: 0}


def test_what_as_a_rule_is_not_charged_for_now_is_no_account() -> None:
    assert facts("依申请公开政府信息暂不收取费用。", SUMMARY) == {}


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("上年结转政府信息公开申请数量为0。", "requests.carried_in"),
        ("废止行政规范性文件为零。", "normative_documents.repealed"),
        ("转下一年办理0件。", "requests.carried_out"),
        ("未废止行政规范性文件。", "normative_documents.repealed"),
        ("未发生政府信息公开类行政诉讼。", "litigation.total"),
        ("我局未因信息公开行政复议和提起行政诉讼。", "reconsideration.total"),
    ],
)
def test_none_of_what_a_longer_name_says_is_none_of_that_alone(text: str, indicator: str) -> None:
    assert facts(text, SUMMARY).get(indicator) == 0
    assert facts(text, SUMMARY).get(RECEIVED) is None


def test_the_others_that_paid_nothing_are_not_all() -> None:
    text = "收取政府信息公开信息处理费900元。其余申请均未收费。"
    assert facts(text, SUMMARY)["requests.fees_collected"] > 0


@pytest.mark.parametrize("others", ["另", "其余"])
def test_the_others_that_were_answered_are_not_all_that_were(others: str) -> None:
    text = f"收到申请6件，其中1件不属于我局公开范围，{others}5件均进行了回复。"
    assert "requests.processed" not in facts(text, SUMMARY)


def test_more_applicants_than_ended_so_did_not_all_end_so() -> None:
    text = "不予处理10件，其中信访举报投诉类申请10件；自然人申请140件，商业企业申请11件。"
    assert not any(":" in name for name in facts(text, SUMMARY))


def test_a_share_of_all_the_region_is_not_all_of_it() -> None:
    text = "市政府收到政府信息公开申请14件，占全市总量的5%；全市收到280件。"
    assert facts(text, SUMMARY, reporter="常德市人民政府")[RECEIVED] == 280


@pytest.mark.parametrize("again", ["公开", "公开信息", "主动公开信息"])
def test_all_there_are_is_not_what_the_year_added(again: str) -> None:
    text = f"我局累计公开信息100条，2022年{again}10条。"
    assert facts(text, SUMMARY)["disclosure.items"] == 10


@pytest.mark.parametrize("among", ["，其中", "，"])
def test_rulings_on_other_cases_are_none_on_disclosure(among: str) -> None:
    text = f"因政府信息公开被申请行政复议3件；另有治安处罚类行政复议12件{among}维持10件、撤销2件。"
    assert facts(text, SUMMARY) == {"reconsideration.total": 3}


def test_rulings_behind_both_kinds_of_lawsuits_are_of_neither() -> None:
    text = "政府信息公开行政诉讼3件，其中复议后起诉1件、未经复议直接起诉2件；判决维持1件。"
    assert not any(name.endswith(".upheld") for name in facts(text, SUMMARY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "制发行政规范性文件17件，废止13件，现行有效123件。市政府规章本年制发1件、废止0件、现行有效15件。",
            {"normative_documents.in_force": 123, "rules.issued": 1, "rules.in_force": 15},
        ),
        (
            "县水务局行政规范性文件制发件数0件，废止件数0件，现行有效件数0件。",
            {"normative_documents.issued": 0, "normative_documents.in_force": 0},
        ),
        ("受理答复依申请公开件30件。", {RECEIVED: 30, "requests.processed": 30}),
        (
            "受理政府信息公开申请25件，其中自然人23件、科研机构2件，上年结转2件，办结27件。",
            {RECEIVED: 25, "requests.carried_in": 2},
        ),
        ("截至目前，未收到公民、法人和其他组织的政府信息公开申请。", {RECEIVED: 0}),
    ],
)
def test_what_is_named_before_its_verb_is_what_is_counted(
    text: str, expected: dict[str, int]
) -> None:
    told = facts(text, SUMMARY)
    assert {name: told.get(name) for name in expected} == expected


def test_new_ones_among_those_closed_are_not_all_new_ones() -> None:
    text = "办结申请93件，其中办结上年结转的12件、新收的81件；2022年新收申请90件。"
    assert facts(text, SUMMARY)[RECEIVED] == 90


def test_the_ways_of_what_was_closed_are_not_the_ways_of_all() -> None:
    """19 and 9 were read as what had come online and by mail."""
    text = "收到申请30件，其中网上20件、信函10件；办结28件，其中网上19件、信函9件。"
    told = facts(text, SUMMARY)
    assert (told["requests.received.online"], told["requests.received.mail"]) == (20, 10)


def test_information_that_is_partly_of_the_government_is_not_all_of_it() -> None:
    text = "全年共主动公开信息230余条，其中政府信息82条。"
    assert facts(text, SUMMARY)["disclosure.items"] == 82


def test_what_is_public_holds_no_secret_and_says_nothing_of_refusals() -> None:
    text = "主动公开政府信息290条。已公开的政府信息中未涉及国家秘密、商业秘密和个人隐私。"
    assert facts(text, SUMMARY) == {"disclosure.items": 290}


def test_what_is_told_of_all_may_stand_behind_the_thing_counted() -> None:
    text = "2022年，我局收到的29件政府信息公开申请均由自然人提出，现已办结29件。"
    told = facts(text, SUMMARY)
    assert told[f"{RECEIVED}:natural_person"] == told["requests.processed"] == 29


def test_what_was_published_besides_is_no_second_number_of_all() -> None:
    text = "全年主动公开政府信息256条。此外，我局还通过张贴等方式，公开各类政府信息23条。"
    assert facts(text, SUMMARY) == {"disclosure.items": 256}


def test_none_since_the_beginning_is_none_in_the_year() -> None:
    text = "开展政府信息公开工作以来，对依申请提供政府信息未收取检索、复印、邮寄等费用。"
    assert facts(text, SUMMARY) == {"requests.fees_collected": 0}


def test_a_year_to_come_does_not_end_a_plan() -> None:
    text = "下一步，一是力争2023年文件解读率达到100%；二是举办政务公开培训不少于4次。"
    assert facts(text, "二、政府信息公开情况", form="B") == {}


def test_a_government_may_call_itself_a_unit() -> None:
    text = "本单位2022年度没有收到要求公开信息的申请。"
    assert facts(text, SUMMARY, reporter="石门县人民政府") == {RECEIVED: 0}


def test_what_was_not_waived_may_have_been_paid() -> None:
    assert facts("未减免政府信息公开费用。", "四、收费及减免情况", form="A") == {}


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("受理并按时回复政府信息依申请公开事项19项。", "D", {RECEIVED: 19}),
        ("共收到依申请公开办理事项14件。", "D", {RECEIVED: 14}),
        ("除新收的169件申请外，还承接上年结转申请6件。", "D", {"requests.carried_in": 6}),
        ("收到行政诉讼7件。", "B", {"litigation.total": 7}),
        ("收到依申公开事项5件。", "D", {RECEIVED: 5}),
        ("今年来我局收到政府信息公开申请4件。", "C", {RECEIVED: 4}),
        ("收到申请5件，根据政府信息公开程序办结4件。", "C", {"requests.processed": 4}),
        ("一共新增主动公开政府信息31条。", "C", {"disclosure.items": 31}),
        ("通过政府网站公开262条。", "B", {"disclosure.channel.website": 262}),
        ("通过举办新闻发布会回应解读2次。", "B", {"response.press_conferences": 2}),
        ("全市政府信息公开查阅点接待85人次。", "B", {"reading_point_visits.total": 85}),
        ("留言板、领导信箱、来信来访等其他方式回应事件393次。", "B", {"response.other": 393}),
        ("通过主动公开政府信息141条。", "C", {"disclosure.items": 141}),
        (
            "行政许可处理决定243项，行政处罚7项、行政强制0项。",
            "D",
            {"penalties.decisions": 7, "coercive_measures.decisions": 0},
        ),
    ],
)
def test_rarer_words_around_a_name_hide_nothing(text: str, form: str, told: dict[str, int]) -> None:
    found = facts(text, "政府信息公开情况", form=form)
    assert {name: found.get(name) for name in told} == told


def test_none_from_companies_is_not_none() -> None:
    text = "2022年未收到法人或其他组织提出的政府信息公开申请，收到公民个人申请5件。"
    assert facts(text, SUMMARY)[RECEIVED] == 5


@pytest.mark.parametrize(
    "text",
    [
        "2022年通过网站收到申请5件，通过信函收到的申请另计。",
        "通过政府网站受理申请5件，占全部申请的50%。",
        "通过网络平台收到申请5件，线下申请若干。",
        "通过网络收到申请5件，自然人申请7件。",
    ],
)
def test_one_way_is_not_all_where_more_requests_are_spoken_of(text: str) -> None:
    assert RECEIVED not in facts(text, SUMMARY)


@pytest.mark.parametrize("between", ["共计58件，", "合计58件，全部办结，"])
def test_what_became_of_new_and_old_requests_is_told_behind_their_sum(between: str) -> None:
    """Both outcomes were left open, since nothing counts the sum by an indicator."""
    text = f"新收申请50件，上年结转8件，{between}其中予以公开40件，不予公开18件。"
    told = facts(text, SUMMARY)
    assert told[RECEIVED] == 50
    assert told["requests.processed.granted"] == 40
    assert told["requests.processed.denied"] == 18
