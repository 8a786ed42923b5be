"""Ways to tell a number, or none, that most reports do not use; and what they do not tell."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text

REQUESTS = "三、收到和处理政府信息公开申请情况"
REVIEWS = "四、政府信息公开行政复议、行政诉讼情况"
GRANTED, DENIED = "requests.processed.granted", "requests.processed.denied"


def facts(
    text: str,
    heading: str = REQUESTS,
    year: int = 2022,
    form: str = "D",
    reporter: str = "石门县水务局",
) -> dict[str, Decimal]:
    document = read_text(f"{heading}\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    scope = Scope.REGION if reporter.endswith("政府") else Scope.AGENCY
    seen = observe_narrative(
        sentences(part.blocks), year, template=form, reporter=reporter, scope=scope
    )
    chosen = choose_facts(seen, settled(seen, year, scope))
    return {fact.indicator_id: fact.value for fact in chosen}


@pytest.mark.parametrize(
    "text",
    [
        "新收申请12件，予以公开［7］件，部分公开［0］件。",
        "本年新收12，予以公开7，部分公开0。",
        "办理数据如下（单位：件）：①新收 12；②予以公开 7；③部分公开 0。",
        "新收申请十二件，予以公开的有七件，部分公开零件。",
        "新收申请12件，其中予以公开者七件，部分公开者无。",
        "本年新收12件；予以公开7件；部分公开的，没有。",
        "新收申请拾贰件，其中柒件予以公开；部分公开，无。",
        "新收|12|；予以公开|7|；部分公开|0|。",
        "新收：12。予以公开：7。部分公开：0。",
    ],
)
def test_numbers_are_read_however_they_are_written(text: str) -> None:
    told = facts(text)
    assert told["requests.received"] == 12
    assert told[GRANTED] == 7
    assert told["requests.processed.partly_granted"] == 0


def test_numbers_without_unit_beside_dates_count_nothing() -> None:
    assert facts("根据条例第2、第3条，于5月1日，以2022年第12期公报、第3版为准。") == {}


def test_what_a_clause_before_names_is_what_is_counted() -> None:
    told = facts("未经复议直接起诉的案件，本年新发生两件，一件判决驳回，一件尚在审理。", REVIEWS)
    assert told["litigation_direct.total"] == 2
    assert told["litigation_direct.upheld"] == told["litigation_direct.pending"] == 1


def test_a_word_that_lines_part_is_no_heading() -> None:
    text = "全年共主动公开政府信\n\n息173条。"
    assert facts(text, "二、主动公开政府信息情况", 2016)["disclosure.items"] == 173


def test_none_asked_is_none_answered() -> None:
    assert facts("没有收到申请，自然没有答复。")["requests.processed"] == 0
    assert "requests.processed" not in facts("收到申请3件，没有答复的情况已通报。")


@pytest.mark.parametrize(
    "text",
    [
        "承办人大代表建议71件，均已答复；其中同意公开的66件，不予公开的5件。",
        "全年受理食品安全投诉举报11件，其中10件按时办结。",
        "上级部门抽查的12件申请：3件予以公开；2件属重复申请。",
        "收到、答复社会组织变更申请均为17件。",
        "所属两家事业单位无申请。",
        "含上年未结的在内，自然人提出的申请有三十一件。",
    ],
)
def test_other_matters_and_bodies_are_no_requests(text: str) -> None:
    assert facts(text) == {}


def test_answered_besides_others_is_not_all_that_was_answered() -> None:
    assert "requests.processed" not in facts("除上年结转的4件外，全年答复的申请还有41件。")


def test_what_was_not_carried_out_before_is_no_zero() -> None:
    assert facts("新收34件，上年未结转入3件。")["requests.carried_in"] == 3


def test_reviews_decided_for_a_government_are_not_the_bureaus() -> None:
    text = "本机关办理区政府行政复议案件38件，其中信息公开类5件。"
    assert "reconsideration.total" not in facts(text, REVIEWS)


def test_no_decision_revoked_is_not_no_decision() -> None:
    text = "本年度没有被撤销的行政强制决定。"
    assert "coercive_measures.decisions" not in facts(text, "二、主动公开政府信息情况")


def test_all_of_a_number_are_of_the_kind_in_its_brackets() -> None:
    told = facts("新收5件，无法提供（不掌握）4件。")
    assert told["requests.processed.not_available"] == 4
    assert told["requests.processed.not_available.not_held"] == 4


def test_what_was_reached_is_no_part_of_what_it_consists_of() -> None:
    text = "申请量由上年的十五件降为九件：网络六件，信函三件。"
    told = facts(text, "三、依申请公开政府信息办理情况", 2016)
    assert told["requests.received"] == 9
    assert told["requests.received.online"] == 6


def test_what_last_year_told_and_what_was_drafted_is_no_fact() -> None:
    assert facts("行政复议1件，已在上一年度报告中反映。", REVIEWS) == {}
    told = facts("答复意见初稿中，同意公开七件；最终答复二十六件。")
    assert GRANTED not in told


def test_cases_about_something_else_stay_so_over_a_list() -> None:
    told = facts("因不服处罚结果引发行政复议23件、行政诉讼4件。", REVIEWS)
    assert "litigation.total" not in told


def test_issues_since_the_first_are_not_the_years() -> None:
    text = "《石门县人民政府公报》自创刊至本年累计出版212期。"
    assert facts(text, "二、主动公开政府信息情况", 2016) == {}


def test_a_charge_by_item_is_no_request() -> None:
    assert "requests.received" not in facts("收取信息处理费：按件计收1件，计100元。")


def test_who_asked_what_was_handled_no_further_did_not_only_ask() -> None:
    ended = (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请：自然人0件，商业企业2件。"
    )
    told = facts(f"（六）其他处理：{ended}")
    assert not {one for one in told if one.startswith("requests.received")}


def test_who_asked_is_told_of_what_came() -> None:
    told = facts("按申请人区分：自然人3件，商业企业2件。")
    assert told["requests.received:natural_person"] == 3
    assert told["requests.received:enterprise"] == 2


def test_decisions_are_told_with_what_is_decided_however_far_the_subject_goes() -> None:
    told = facts("全局行政许可处理决定28件，行政处罚处理决定7件。", "一、总体情况")
    assert told == {"licensing.decisions": 28, "penalties.decisions": 7}


def test_a_reason_right_behind_a_number_in_characters_is_of_what_it_counts() -> None:
    text = "收到政府信息公开申请七件，其中四件予以公开，三件因本机关不掌握相关信息无法提供。"
    assert facts(text)["requests.processed.not_available.not_held"] == 3


def test_what_is_disclosed_by_the_catalogue_is_disclosed() -> None:
    text = "我局依据公开目录主动公开政府信息218条。"
    assert facts(text, "一、总体情况")["disclosure.items"] == 218


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "发生行政诉讼案件6件，系未经复议直接起诉，结果维持3件、尚未审结3件。",
            {"litigation_direct.total": 6, "litigation_direct.upheld": 3},
        ),
        (
            "收到信息公开类行政复议4件，复议机关均维持本局作出的答复。",
            {"reconsideration.total": 4, "reconsideration.upheld": 4},
        ),
        (
            "未因信息公开工作被申请行政复议或提起行政诉讼。",
            {"reconsideration.total": 0, "litigation.total": 0},
        ),
    ],
)
def test_cases_are_told_by_what_became_of_all_of_them(text: str, told: dict[str, int]) -> None:
    assert told.items() <= facts(text, REVIEWS).items()


def test_ways_in_a_numbered_list_are_those_of_what_was_disclosed() -> None:
    text = "主动公开政府信息408条。主要形式有：1.政府网站，公开266条；2.政务微信，公开126条。"
    told = facts(text, "二、主动公开政府信息情况", 2018, "B")
    assert told["disclosure.channel.website"] == 266
    assert told["disclosure.channel.wechat"] == 126


def test_staff_of_two_kinds_told_by_one_number_are_all_of_it() -> None:
    text = "全局配备了10名专、兼职工作人员。各站所负责人为领导小组成员，落实2名兼职人员具体负责。"
    assert facts(text, "机构建设和保障情况", 2018, "B") == {"staff.total": 10, "staff.part_time": 2}


def test_all_offices_named_in_a_list_are_the_governments_own() -> None:
    text = "全区各部门、各街镇主动公开政府信息11769条。"
    assert facts(text, reporter="濂陵区人民政府") == {"disclosure.items": 11769}
    assert facts(text.replace("各部门、", ""), reporter="濂陵区水务局") == {}


def test_a_heading_that_runs_into_its_sentence_takes_no_number_away() -> None:
    told = facts("全年主动公开政府信息203条。", "二、主动公开政府信息情况", 2013, "A")
    text = "二、主动公开政府信息情况全年主动公开政府信息203条。"
    assert facts(text, "一、概述", 2013, "A") == told == {"disclosure.items": 203}
