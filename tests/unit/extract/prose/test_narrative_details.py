"""Where a number stands, whose it is, of which year, and what must never become one."""

import time
from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import Part, split
from pipeline.extract.prose.absences import absences
from pipeline.extract.prose.assertions import observe_assertions
from pipeline.extract.prose.circumstances import is_of_others
from pipeline.extract.prose.indicator_rules import form_of
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.quantities import quantities
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.lexis.numerals import parse
from pipeline.model.document import Document
from pipeline.model.observation import Observation, Scope, Status
from pipeline.readers.text.plain_text import read_text


def part_of(text: str) -> Part:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return part


def observed(text: str, year: int | None = 2018, template: str = "none") -> list[Observation]:
    return list(observe_narrative(sentences(part_of(text).blocks), year, template=template))


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("5065", 5065),
        ("5,065", 5065),
        ("1,234,567", 1234567),
        ("127.6", "127.6"),
        ("二十", 20),
        ("十", 10),
        ("十二", 12),
        ("一百零八", 108),
        ("两千三百", 2300),
        ("三万五千", 35000),
        ("一亿", 100_000_000),
        ("二〇一八", 2018),
    ],
)
def test_numerals(number: str, value: int | str) -> None:
    assert parse(number) == Decimal(value)


def test_what_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse("若干")


@pytest.mark.parametrize(
    "text",
    [
        "2018年12月31日",
        "国办发〔2018〕23号文件",
        "国务院令第492号",
        "联系电话:0371-22783606/22783605",
        "邮编:256300",
        "高青县清河路9号3楼",
        "第7次常务会议",
        "位居全省第3名",
        "前5名",
        "12345热线",
        "落实中央八项规定",
        "树立“四个意识”",
        "坚持“三个到位”",
        "一把手负总责",
        "推进“互联网+政务服务”和“最多跑一次”",
        "15个工作日内答复",
        "3年内培训一遍",
        "分为三个方面",
        "由六个部分组成",
        "庆祝改革开放40周年",
        "8:30-12:00",
        "2017-2018年度",
        "3C强制性认证",
        "《2018年“双百”行动计划100条》",
        "较上年上升2.5个百分点",
        "每页收取0.5元",
        "www.example.gov.cn/2018/12件",
        "一项长期的任务",
        "一次性告知",
        "每季度至少召开一次会议",
        "条例第二十条第(一)项",
    ],
)
def test_figures_that_count_nothing(text: str) -> None:
    assert quantities(text) == ()


def test_one_figure_without_a_unit_may_be_anything_and_several_count_one_thing() -> None:
    assert quantities("收到申请5,已全部答复。") == ()
    assert [one.value for one in quantities("维持1、纠正0、其他2。")] == [1, 0, 2]


@pytest.mark.parametrize("before", ["", "公开", "1"])
def test_digits_torn_apart_are_no_number_wherever_they_stand(before: str) -> None:
    (found,) = quantities(f"{before}2 16条信息")
    assert (found.value, found.status) == (None, Status.UNREADABLE)


@pytest.mark.parametrize(
    "text",
    [
        "确保无失泄密",
        "无正当理由大量反复申请",
        "无法提供的信息",
        "有无收费情况均应说明",
        "实现无缝衔接",
        "避免发生负面舆情",
        "未按时答复的,可以申请行政复议",
        "申请信息不存在",
        "如未收到答复可提起行政诉讼",
        "无障碍浏览",
        "未公开的规范性文件",
    ],
)
def test_words_for_none_that_state_nothing(text: str) -> None:
    assert absences(text) == ()


def test_a_sentence_broken_by_a_blank_line_is_read_whole() -> None:
    text = (
        "三、申请\n本年度，共答复信息公开申请31件，其中，属\n\n"
        "于已主动公开范围的8件，同意公开的5件。\n"
    )
    whole, public, granted = observed(text)
    assert whole.value == 31
    assert public.indicator_id == "requests.answered.already_public"
    assert public.quote == "于已主动公开范围的8件，同意公开的5件。"
    assert granted.indicator_id == "requests.answered.granted"
    assert text[public.char_start : public.char_end] == public.quote


def test_headings_make_the_section_path() -> None:
    text = (
        "二、主动公开情况\n（一）网站建设。通过网站公开信息5条。\n1.公报\n刊发政府公报6期。\n"
        "三、其他情况\n发放资料7份。\n"
    )
    assert [one.section_path for one in observed(text)] == [
        "二、主动公开情况 > (一)网站建设 > 通过网站公开信息",
        "二、主动公开情况 > (一)网站建设 > 1.公报 > 刊发政府公报",
        "三、其他情况 > 发放资料",
    ]


def test_headings_inside_one_line_are_headings() -> None:
    text = (
        "某局2018年年报 一、概述 全局认真落实。 "
        "二、依申请公开情况 （一）受理 共收到信息公开申请3件。"
    )
    (one,) = observed(text)
    assert one.section_path.startswith("二、依申请公开情况 > (一)受理 > ")
    assert one.indicator_id == "requests.received"


def test_a_share_behind_brackets_is_not_that_of_what_they_hold() -> None:
    seen = observed("一、概述\n收到申请40件，其中网络申请30件（含微信8件、邮件2件），占75%。\n")
    assert [one.label_raw for one in seen if one.unit_raw == "%"] == ["网络申请占比"]


def test_parts_stand_under_their_whole() -> None:
    whole, part, share = observed("共公开信息40条，其中政策类10条，占25%。")
    assert part.section_path == f"{whole.section_path} > 政策类"
    assert share.section_path == f"{whole.section_path} > 政策类占比"


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全市共公开信息5条。", Scope.REGION),
        ("我县共公开信息5条。", Scope.REGION),
        ("市本级公开信息5条。", Scope.AGENCY),
        ("本机关公开信息5条。", Scope.AGENCY),
        ("我局公开信息5条。", Scope.AGENCY),
        ("全市系统公开信息5条。", Scope.SYSTEM),
        ("公开信息5条。", Scope.UNKNOWN),
        ("对全市系统开展培训5次。", Scope.UNKNOWN),
        ("全局公开信息5条。", Scope.UNKNOWN),
    ],
)
def test_whose_number(text: str, scope: Scope) -> None:
    (one,) = observed(text)
    assert one.scope is scope


def test_scopes_change_within_a_sentence() -> None:
    scopes = [one.scope for one in observed("全市召开新闻发布会300余场，其中市本级40余场。")]
    assert scopes == [Scope.REGION, Scope.AGENCY]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年我局公开信息5条。", 2017),
        ("上一年度公开信息5条。", 2017),
        ("2016年公开信息5条。", 2016),
        ("二〇一六年公开信息5条。", 2016),
        ("２０１６年度公开信息5条。", 2016),
        ("2 0 1 6年公开信息5条。", 2016),
        ("2016.1.1-2016.12.31公开信息5条。", 2016),
        ("二〇一八年公开信息5条。", None),
        ("依据鲁办〔2010〕36号公开信息5条。", None),
        ("2018年公开信息5条。", None),
        ("今年公开信息5条。", None),
        ("按照《2016年要点》，公开信息5条。", None),
        ("与去年相比，公开信息5条。", None),
        ("上年结转5件。", None),
    ],
)
def test_of_which_year(text: str, year: int | None) -> None:
    (one,) = observed(text)
    assert one.year == year


def test_last_year_of_an_unknown_year_is_unknown() -> None:
    (one,) = observed("去年公开信息5条。", year=None)
    assert one.year is None


@pytest.mark.parametrize(
    ("template", "year", "form"),
    [
        ("B", 2019, "B"),
        ("none", 2018, "B"),
        ("none", 2019, "C"),
        ("none", 2021, "D"),
        ("none", 2010, "A"),
        ("none", None, ""),
    ],
)
def test_the_form_decides_what_prose_means(template: str, year: int | None, form: str) -> None:
    assert form_of(template, year) == form


@pytest.mark.parametrize(
    ("template", "indicator"),
    [
        ("A", "requests.answered.granted"),
        ("B", "requests.answered.granted"),
        ("C", "requests.processed.granted"),
        ("D", "requests.processed.granted"),
    ],
)
def test_granted_before_and_after_2019(template: str, indicator: str) -> None:
    text = "三、依申请公开情况\n答复申请9件，予以公开4件。"
    assert observed(text, template=template)[1].indicator_id == indicator


@pytest.mark.parametrize(
    "text",
    [
        "全年制发公文20件，其中主动公开5件，依申请公开3件，不予公开12件。",
        "公开行政处罚案件信息39条。",
        "收到涉及征地拆迁的信息公开申请5件。",
        "行政处罚公示5件。",
        "依申请公开政府信息5条。",
        "较上年增加申请5件。",
        "受理市民来电5件。",
    ],
)
def test_what_only_looks_like_an_indicator(text: str) -> None:
    assert [one.indicator_id for one in observed(f"三、依申请公开情况\n{text}", 2020)] == [
        None for _ in observed(f"三、依申请公开情况\n{text}", 2020)
    ]


def test_masked_numbers_are_never_nought() -> None:
    share, clicks = observed("办结率达XX.X%，点击量XXX万余次。")
    assert (share.value, share.value_status, share.value_raw) == (None, Status.MASKED, "XX.X")
    assert (clicks.value, clicks.value_status) == (None, Status.MASKED)
    assert {share.indicator_id, clicks.indicator_id} == {None}


def test_masked_names_are_no_numbers() -> None:
    assert observed("xx县、xx处和xx所在20xx年和20**年由xx分局公开。") == []


def test_a_table_inside_a_paragraph_is_left_out() -> None:
    text = "二、公开情况 共公开信息5条。 附表 指标 单位 数 信息数 3条 申请数 2件"
    part = part_of(text)
    start = text.index("附表")
    found = observe_narrative(sentences(part.blocks, [(start, len(text))]), 2018)
    assert [one.value for one in found] == [5]


def test_the_head_of_a_crawled_page_is_not_read() -> None:
    text = "标题: 公开5条\n发布时间: 2010-05-12\n栏目: 3件\n==== 正文 ====\n共公开信息7条。\n"
    assert [one.value for one in observed(text)] == [7]


def test_a_number_said_twice_in_a_clause_is_one() -> None:
    (one,) = observed("召开四次新闻发布会4次。")
    assert one.value == 4


def test_one_denial_of_several_things_gives_several() -> None:
    found = observed("未发生行政复议和行政诉讼，也未收取任何费用。")
    assert [(one.value_raw, one.label_raw) for one in found] == [
        ("未发生", "行政复议"),
        ("未发生", "行政诉讼"),
        ("未收取", "费用"),
    ]
    assert {one.value_status for one in found} == {Status.ZERO_STATEMENT}


def test_claims_without_numbers() -> None:
    part = part_of("一、概述\n做到机构到位、人员到位。利用微信公众号发布。\n二、打算\n利用微博。\n")
    assert [claim.indicator_id for claim in observe_assertions(sentences(part.blocks))] == [
        "offices.dedicated",
        "staff.total",
        "disclosure.channel.wechat",
    ]


def test_reading_twice_gives_the_same() -> None:
    part = part_of("全年共公开信息5条，其中网站公开3条。")
    assert observe_narrative(sentences(part.blocks), 2018) == observe_narrative(
        sentences(part.blocks), 2018
    )


@pytest.mark.parametrize(
    "damaged", ["无" * 3000, "其中5条，" * 800, "未收到申请，" * 600, "（" * 5000]
)
def test_a_text_without_stops_is_read_in_bounded_time(damaged: str) -> None:
    started = time.process_time()
    for one in observed(damaged):
        assert len(one.quote) <= 1500
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("between", "is_told"),
    [
        ("", True),
        ("政府信息公开工作座谈会、", True),
        ("政府信息公开工作座谈会、依申请公开工作现场推进会、年度考核评议会、", False),
    ],
)
def test_what_a_list_denies_is_none_unless_the_list_is_as_long_as_a_story(
    between: str, *, is_told: bool
) -> None:
    seen = observed(f"一、概述\n全年未举办新闻发布会、{between}政府网站在线访谈。\n", template="B")
    zeros = {one.indicator_id for one in seen if one.value == 0 and one.indicator_id}
    both = {"response.press_conferences", "response.online_interviews"}
    assert zeros == (both if is_told else set())


@pytest.mark.parametrize(
    ("said", "is_sure"),
    [
        ("全年收到政府信息公开申请3件。发生行政复议10件。", True),
        ("全年收到政府信息公开申请3件。发生行政复议11件。", False),
        ("全年收到政府信息公开申请11件。发生行政复议11件。", True),
        ("全年收到政府信息公开申请8件，上年结转6件。发生行政复议14件。", True),
        ("全年收到政府信息公开申请8件，上年结转6件。发生行政复议15件。", False),
        ("发生行政复议15件。", True),
    ],
)
def test_reviews_that_outnumber_ten_and_all_requests_are_of_everything(
    said: str, *, is_sure: bool
) -> None:
    seen = observed(f"一、概述\n{said}\n", 2022, "D")
    (reviews,) = [one for one in seen if one.indicator_id == "reconsideration.total"]
    assert (reviews.confidence >= 0.8) is is_sure
    assert ("O-mixed" not in reviews.why) is is_sure


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("", ""),
        ("全县各有关部门、各乡镇人民政府和各街道办事处认真受理、按时办理，", ""),
        ("", "在县政务服务大厅、县图书馆和县档案馆等政府信息公开查阅场所当场"),
    ],
)
def test_years_in_turn_hold_however_far_their_numbers_stand_behind(who: str, where: str) -> None:
    said = f"2016年、2017年、2018年{who}分别{where}受理申请15件、24件、33件。"
    assert [one.year for one in observed(f"一、概述\n{said}\n")] == [2016, 2017, None]
    alike = f"2016年、2017年、2018年{who}分别{where}受理申请15件、24件，共39件。"
    assert {one.year for one in observed(f"一、概述\n{alike}\n")} == {None}


def test_a_number_under_an_inherited_label_is_no_plain_word() -> None:
    _, inherited = observed("一、概述\n新收政府信息公开申请30件。全县为45件。\n", 2022, "D")
    assert inherited.indicator_id is None


@pytest.mark.parametrize(
    ("said", "is_sure"),
    [
        ("全年未收取依申请公开费用。", True),
        ("原则上未收取依申请公开费用。", False),
        ("依申请公开一律不收取费用。", False),
    ],
)
def test_a_rule_is_no_account_of_the_year(said: str, *, is_sure: bool) -> None:
    seen = observed(f"四、收费情况\n{said}\n")
    (fees,) = [one for one in seen if one.indicator_id == "requests.fees_collected"]
    assert fees.value == 0
    assert (fees.confidence >= 0.8) is is_sure


@pytest.mark.parametrize(
    "said",
    [
        "无因政府信息公开引起的行政复议2件、行政诉讼的情况。",
        "未出现公开申请超期答复1件的情况，行政诉讼。",
        "没有收到通过信函、传真等方式，提出的政府信息公开申请4件。",
    ],
)
def test_what_is_denied_in_a_clause_with_a_number_is_told_by_the_number(said: str) -> None:
    assert not [one for one in observed(f"一、概述\n{said}\n") if one.value == 0]


@pytest.mark.parametrize(
    ("who", "is_other"),
    [("我局和县质监局", False), ("我局和县立医院", True)],
)
def test_what_somebody_did_with_another_is_not_its_own(who: str, *, is_other: bool) -> None:
    said = f"{who}共公开信息30条"
    assert is_of_others(said, said.index("3"), "嘉祥县质量技术监督局") is is_other


@pytest.mark.parametrize(
    ("who", "is_other"),
    [("县质监局", False), ("质量技术监督局", False), ("县财政局", True), ("县技监质局", True)],
)
def test_a_short_name_whose_letters_follow_those_of_the_reporter_is_its_own(
    who: str, *, is_other: bool
) -> None:
    said = f"{who}共收到政府信息公开申请3件"
    assert is_of_others(said, said.index("3"), "嘉祥县质量技术监督局") is is_other


@pytest.mark.parametrize(
    ("behind", "path"),
    [
        ("其中自然人申请15件。", "收到政府信息公开申请 > 自然人申请"),
        ("其余8件正在办理。", "收到政府信息公开申请 > 正在办理"),
    ],
)
def test_what_follows_a_part_is_of_the_whole_and_not_of_the_part(behind: str, path: str) -> None:
    before = "发放资料500人次，收到政府信息公开申请20件，其中予以公开12件"
    mark = "。" if behind.startswith("其中") else "，"
    seen = observed(f"一、概述\n{before}{mark}{behind}\n", 2022, "D")
    assert seen[-1].section_path == f"一、概述 > {path}"


def test_what_a_later_sentence_tells_of_the_countys_requests_is_of_the_county_too() -> None:
    said = "一、概述\n{}共收到政府信息公开申请20件。其中予以公开12件。\n"
    for who, is_wider in (("全县", True), ("我局", False)):
        seen = observe_narrative(
            sentences(part_of(said.format(who)).blocks),
            2022,
            template="D",
            reporter="石门县水务局",
            scope=Scope.AGENCY,
        )
        assert ["O-wider_body" in one.why for one in seen] == [is_wider] * 2, who


@pytest.mark.parametrize(
    ("said", "indicator"),
    [
        ("自2008年以来，现行有效行政规范性文件12件。", "normative_documents.in_force"),
        ("自2008年以来，共收到政府信息公开申请12件。", "requests.received:cumulative"),
    ],
)
def test_what_is_in_force_stands_however_long_it_was_added_up(said: str, indicator: str) -> None:
    (seen,) = observed(f"一、概述\n{said}\n", 2022, "D")
    assert (seen.indicator_id, seen.confidence >= 0.8) == (indicator, True)


def told(text: str, year: int = 2018, template: str = "B") -> dict[str | None, list[int | None]]:
    """Values by indicator, those of another year aside."""
    found: dict[str | None, list[int | None]] = {}
    for one in observed(text, year, template):
        if one.year in (None, year):
            found.setdefault(one.indicator_id, []).append(one.value and int(one.value))
    return found


def test_what_was_carried_out_of_last_year_is_carried_into_this() -> None:
    text = "2020年收到政府信息公开申请9件，2019年结转3件，结转下年度继续办理2件。"
    assert told(text, 2020, "D") == {
        "requests.received": [9],
        "requests.carried_in": [3],
        "requests.carried_out": [2],
    }


@pytest.mark.parametrize("words", ["由去年的900条增至1400条", "从2017年的900条增加到1400条"])
def test_what_grew_to_a_number_is_this_years(words: str) -> None:
    assert told(f"主动公开政府信息{words}。") == {"disclosure.items": [1400]}


@pytest.mark.parametrize("counted", ["召开20次会议", "实施5项目建设", "第3次会议"])
def test_the_unit_is_the_beginning_of_another_word(counted: str) -> None:
    assert told(f"研究政府信息公开工作，{counted}。") == {}


def test_two_numbers_are_not_dealt_to_three_things() -> None:
    text = "网站、微博、微信分别公开政府信息302条、87条。"
    assert told(text) == {None: [302, 87]}
    assert told(text.replace("、微信", "")) == {
        "disclosure.channel.website": [302],
        "disclosure.channel.weibo": [87],
    }


@pytest.mark.parametrize("mark", ["，", "。"])
def test_a_number_behind_last_years_that_names_its_own_year_is_of_that(mark: str) -> None:
    text = f"2017年收到政府信息公开申请9件{mark}2018年收到政府信息公开申请14件。"
    assert told(text) == {"requests.received": [14]}


@pytest.mark.parametrize(("letters", "counted"), [(40, "requests.received"), (41, None)])
def test_a_line_that_stands_apart_is_a_head_up_to_forty_letters(
    letters: int, counted: str | None
) -> None:
    head = "依申请公开工作开展与行政复议行政诉讼和举报投诉的有关工作依申请公开工作开展与行政复议"
    assert told(f"{head[:letters]}\n\n\n收到申请5件。") == {counted: [5]}
