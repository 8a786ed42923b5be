"""What a sentence claims by its words: all, none, again, so many each, which way it went."""

import re

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.assertions import observe_assertions
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.prose_checks import compare_sources
from pipeline.model.check import Outcome
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text
from tests.some import some

COUNTED = re.compile(r"(?<![\d.])[\d.]+(?=万?[件条个元]|人次)")


def failing(text: str, heading: str = "三、依申请公开情况", template: str = "D") -> set[str]:
    document = read_text(f"{heading}\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    prose = list(sentences(part.blocks))
    seen = observe_narrative(
        prose, 2023, template=template, reporter="石门县水务局", scope=Scope.AGENCY
    )
    told = compare_sources(seen, observe_assertions(prose), Scope.AGENCY)
    return {check.rule_id for check in told if check.outcome is Outcome.FAIL}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "收到申请18件，全部在规定时限内答复，逾期答复3件。",
            "收到申请18件，全部在规定时限内答复，其中延期答复3件。",
        ),
        (
            "共收到申请22件，均按期办结。其中超期办结1件。",
            "共收到申请22件，除1件超期办结外，均按期办结。",
        ),
        (
            "行政复议4件，无一例外获得维持，结果维持3件。",
            "行政复议4件，无一例外获得维持，结果维持4件。",
        ),
        (
            "受理申请16件，年内全部办结，有3件正在办理中。",
            "受理申请16件，年内全部办结。上年结转的3件正在办理中。",
        ),
        (
            "收到申请29件，无一例外均通过网络提交，当面提交的4件已当场答复。",
            "收到申请29件，无一例外均通过网络提交，当面答复4件。",
        ),
        (
            "收到申请30件，逾期办结2件，按时办结率为100%。",
            "收到申请30件，结转下年度2件，办结率为100%。",
        ),
    ],
)
def test_what_is_told_of_all_leaves_nothing_counted_otherwise(wrong: str, right: str) -> None:
    assert "X-P8" in failing(wrong)
    assert failing(right) == set()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "未收到政府信息公开申请，全年共答复当年收到的申请4件。",
            "未收到政府信息公开申请，全年共答复上年结转的申请4件。",
        ),
        (
            "我局未开通政务微博。全年通过我局官方微博公开政府信息14条。",
            "我局未开通政务微博。全年通过县政府办公室微博公开政府信息14条。",
        ),
        (
            "全年未收取任何费用，共收取检索复制费320元。",
            "全年未收取任何费用，免收检索复制费320元。",
        ),
        (
            "新收申请13件，其中商业企业0件。本年度商业企业新提交的2件申请已办理。",
            "新收申请13件，其中商业企业0件。上年商业企业新提交的2件申请已办理。",
        ),
        (
            "全年未发生延期答复情况，延期答复3件。",
            "全年未发生逾期答复情况，延期答复3件。",
        ),
        (
            "收到申请14件，上述17件申请均在法定期限内答复。",
            "收到申请14件，上年结转3件，上述17件申请均在法定期限内答复。",
        ),
    ],
)
def test_what_there_was_none_of_and_what_is_meant_again_is_no_other_number(
    wrong: str, right: str
) -> None:
    assert "X-P1" in failing(wrong)
    assert failing(right) == set()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "收到申请38件，方式仅有两种：当面10件，网络26件。",
            "收到申请38件，方式主要有两种：当面10件，网络26件。",
        ),
        (
            "收到申请25件，其中网络14件，信函8件，此外没有其他方式。",
            "收到申请25件，其中网络14件，信函8件。",
        ),
        (
            "第一期培训46人次，第二期培训52人次，共培训89人次。",
            "第一期培训46人次，第二期培训52人次，共培训98人次。",
        ),
        (
            "收取复印费200元、邮寄费150元，合计收费300元。",
            "收取复印费200元、邮寄费150元，合计收费350元。",
        ),
        (
            "1至11月收到申请52件，12月收到申请6件，全年收到申请60件。",
            "1至11月收到申请52件，12月收到申请6件，全年收到申请58件。",
        ),
        (
            "全年收取费用0.8万元，由两项构成：检索费3000元，复制费6000元。",
            "全年收取费用0.9万元，由两项构成：检索费3000元，复制费6000元。",
        ),
        (
            "上半年公开信息210条，下半年公开187条，全年合计公开379条。",
            "上半年公开信息210条，下半年公开187条，全年合计公开397条。",
        ),
    ],
)
def test_a_list_told_to_be_whole_adds_up(wrong: str, right: str) -> None:
    assert "X-P7" in failing(wrong)
    assert failing(right) == set()
    estimates = [
        f"{wrong[: number.start()]}约{wrong[number.start() :]}"
        for number in COUNTED.finditer(wrong)
    ]
    assert all("X-P7" not in failing(text) for text in some(estimates))


def test_one_item_published_in_two_ways_is_in_both_numbers() -> None:
    told = "主动公开政府信息{}条，均通过网站和微信公开，无其他渠道，其中网站72条，微信20条。"
    assert failing(told.format(77), "二、主动公开情况", "B") == set()
    assert failing(told.format(97), "二、主动公开情况", "B") == {"X-P7"}


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("X-P5", "申请数由上年的83件减少至97件。", "申请数由上年的97件减少至83件。"),
        (
            "X-P5",
            "今年收到申请44件，去年52件，有所增加。",
            "今年收到申请44件，去年52件，有所减少。",
        ),
        (
            "X-P5",
            "今年收到申请55件，去年收到52件，与去年持平。",
            "今年收到申请55件，去年收到52件，与去年基本持平。",
        ),
        (
            "X-P6",
            "事项上年33项，增加4项、减少1项，年末38项。",
            "事项上年33项，增加4项、减少1项，年末36项。",
        ),
        (
            "X-P9",
            "公报6期，每期印发800份，共印发5800份。",
            "公报6期，每期约印发800份，共印发5800份。",
        ),
        (
            "X-P9",
            "每月均收到申请2件，全年共收到申请25件。",
            "每月均收到申请2件，全年共收到申请24件。",
        ),
        ("X-P2", "收到申请35件，办结28件，未办结8件。", "收到申请35件，办结28件，未办结7件。"),
    ],
)
def test_arithmetic_that_words_tell_is_held_against_the_numbers(
    rule: str, wrong: str, right: str
) -> None:
    assert rule in failing(wrong)
    assert failing(right) == set()


def test_the_clause_of_the_next_number_does_not_say_what_this_one_counts() -> None:
    """对13件申请作出答复 were once 13 granted, by the words of the number behind them."""
    told = "对13件申请作出答复，其中予以公开9件，不予公开4件。"
    assert failing(told) == set()


def test_public_is_no_sum() -> None:
    """公共 begins with no 共: the last of a list was once the sum of all before it."""
    told = "分别公开机构信息1条，政策信息3条，工作信息57条，公共资源类信息0条。"
    assert failing(told, "二、主动公开情况") == set()


@pytest.mark.parametrize(
    "text",
    [
        "网络申请和信函申请各4件，没有其他方式，剔除同一人重复递交的2件，收到申请总数6件。",
        "不同意公开3件，原因有两种，有的一件兼具两因：国家秘密2件、商业秘密2件。",
        "公开渠道为网站、微信两种，网站公开60条，微信公开50条，去重后合计80条。",
        "申请总数5件：赵某申请4件，钱某申请3件，其中2件系二人联名。",
        "全年收到申请50件，其中上半年30件，下半年24件，跨期补正的4件在两个半年重复计数。",
        "报送信息合计40条，其中12条既送纸质又送电子：纸质30条，电子22条。",
    ],
)
def test_what_is_counted_twice_or_deducted_adds_up_to_no_sum(text: str) -> None:
    assert failing(text, template="B") == set()


@pytest.mark.parametrize(
    "text",
    [
        "全部已审结的行政复议案件共6件，悉数维持；另有2件尚未审结，不在此6件之内。",
        "共收到申请11件，最后3件未到答复期限，尚无结论；已答复其中8件。",
    ],
)
def test_what_is_told_apart_is_no_part_of_the_number_before_it(text: str) -> None:
    assert failing(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "收到申请与上年的9件完全持平，本年公开信息12条。",
        "收到申请与上年的12件完全持平，本年办理提案14件。",
        "收到申请18件，全部在规定时限内答复，因逾期答复引起行政复议3件。",
        "收到申请29件，无一例外均通过网络提交，当面提交的行政复议申请4件。",
    ],
)
def test_a_number_of_something_else_contradicts_nothing_that_is_said_of_requests(text: str) -> None:
    assert failing(text) == set()


def test_a_way_no_form_has_is_counted_beside_those_it_has() -> None:
    ways = "传真、信函均无；登门者6件；网上者2件；收到申请总数为9件"
    assert failing(f"{ways}，另有1件以电报形式提出。", template="B") == set()
    assert "X-P7" in failing(f"{ways}。", template="B")


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        (
            "全镇设查阅点6个，分布如下且无遗漏：镇政府大厅2个、文化站1个、村部4个。",
            "全镇设查阅点7个，分布如下且无遗漏：镇政府大厅2个、文化站1个、村部4个。",
            "X-P7",
        ),
        (
            "收取费用合计150元，为检索费90元、复制费80元两项，此外未收。",
            "收取费用合计170元，为检索费90元、复制费80元两项，此外未收。",
            "X-P7",
        ),
        (
            "总计三十件，自然人二十八件，法人或其他组织一件，此外没有申请人。",
            "总计三十件，自然人二十八件，法人或其他组织二件，此外没有申请人。",
            "X-P7",
        ),
        (
            "信息公开专栏共计9个，全部在部门和乡镇：部门6个，乡镇5个，一个也不重复。",
            "信息公开专栏共计11个，全部在部门和乡镇：部门6个，乡镇5个，一个也不重复。",
            "X-P7",
        ),
        (
            "报送信息合计35条，纸质和电子互不重复：纸质20条，电子18条。",
            "报送信息合计38条，纸质和电子互不重复：纸质20条，电子18条。",
            "X-P7",
        ),
        (
            "全年收到申请50件，其中上半年30件，下半年24件，两个半年没有重复计数。",
            "全年收到申请54件，其中上半年30件，下半年24件，两个半年没有重复计数。",
            "X-P7",
        ),
        (
            "行政复议3件，二件维持、一件纠正、一件驳回申请，四件分属四案。",
            "行政复议4件，二件维持、一件纠正、一件驳回申请，四件分属四案。",
            "X-P7",
        ),
        (
            "公开渠道只有网站与村务栏两种，一条信息只在其中一处发布：网站70条，村务栏20条，主动公开合计100条。",
            "公开渠道只有网站与村务栏两种，一条信息只在其中一处发布：网站70条，村务栏20条，主动公开合计90条。",
            "X-P7",
        ),
        (
            "全年主动公开信息量七十条，一至四季度依次为十八条、二十条、二十一条、三十一条。",
            "全年主动公开信息量九十条，一至四季度依次为十八条、二十条、二十一条、三十一条。",
            "X-P7",
        ),
        (
            "年初在手3件，年内新到20件，年内办毕19件，年末在手6件。",
            "年初在手3件，年内新到20件，年内办毕19件，年末在手4件。",
            "X-P6",
        ),
        ("收费0.3万元，折合300元。", "收费0.03万元，折合300元。", "X-P1"),
        (
            "半数申请来自企业（8件中的2件），其余6件来自自然人。",
            "半数申请来自企业（8件中的4件），其余4件来自自然人。",
            "X-P3",
        ),
        (
            "收到申请与上年的12件完全持平，本年收到申请14件。",
            "收到申请与上年的12件大体持平，本年收到申请14件。",
            "X-P5",
        ),
        (
            "新收申请6件，为上年新收申请（6件）的两倍。",
            "新收申请12件，为上年新收申请（6件）的两倍。",
            "X-P5",
        ),
        (
            "今年收到依申请公开7件，去年收到5件，较去年增长一倍。",
            "今年收到依申请公开10件，去年收到5件，较去年增长一倍。",
            "X-P5",
        ),
        (
            "收到申请25件，予以公开15件，不予公开10件，占比分别为75%和25%。",
            "收到申请25件，予以公开15件，不予公开10件，占比分别为60%和40%。",
            "X-P3",
        ),
        (
            "收到申请100件，其中网络申请80件；涉及住房的8件，占收到申请的80%。",
            "收到申请100件，其中网络申请80件；涉及住房的8件，占网络申请的10%。",
            "X-P3",
        ),
        (
            "主动公开政府信息281条，比2017年的320条有所增加。",
            "主动公开政府信息381条，比2017年的320条有所增加。",
            "X-P5",
        ),
        (
            "制发规范性文件29件，主动公开14件，占制发总数的89%。",
            "制发规范性文件29件，主动公开14件，占制发总数的48%。",
            "X-P3",
        ),
        (
            "全年受理申请15件，件件答复在当年；答复总件数14件。",
            "全年受理申请15件，件件答复在期限内，1件期限届至次年；当年答复总件数14件。",
            "X-P8",
        ),
        (
            "网络申请占比为100%；除网络申请外，尚收到信函申请３件。",
            "网络答复占比为100%；除网络申请外，尚收到信函申请３件。",
            "X-P8",
        ),
        (
            "本年度没有主动公开规范性文件；本年度主动公开规范性文件4条，均附解读。",
            "上年没有主动公开规范性文件；本年度主动公开规范性文件4条，均附解读。",
            "X-P1",
        ),
        (
            "今年收到申请44件，与去年的38件持平。",
            "今年收到申请44件，与去年的44件持平。",
            "X-P5",
        ),
        ("收到申请88件，上年80件，增幅为20%。", "收到申请88件，上年80件，增幅为10%。", "X-P5"),
        (
            "收到申请96件，是去年的4倍，去年收到48件。",
            "收到申请96件，是去年的2倍，去年收到48件。",
            "X-P5",
        ),
        (
            "收到申请96件，比上年48件翻了两番。",
            "收到申请96件，比上年48件翻了一番。",
            "X-P5",
        ),
        (
            "收到申请30件，较上年60件减少四成。",
            "收到申请30件，较上年60件减少一半。",
            "X-P5",
        ),
        (
            "收到申请50件，自然人申请占70%（40件）。",
            "收到申请50件，自然人申请占80%（40件）。",
            "X-P3",
        ),
        (
            "以上自然人和企业申请共计21件，其中自然人12件，企业申请4件。",
            "以上自然人和企业申请共计16件，其中自然人12件，企业申请4件。",
            "X-P7",
        ),
        (
            "公开政府信息330条，全部按时更新。全年公开的全部291条政府信息均可检索。",
            "公开政府信息330条，全部按时更新。全年公开的全部330条政府信息均可检索。",
            "X-P1",
        ),
    ],
)
def test_what_words_say_of_a_list_or_a_share_is_held_against_its_numbers(
    wrong: str, right: str, rule: str
) -> None:
    assert rule in failing(wrong, template="B")
    assert failing(right, template="B") == set()


def test_every_issue_may_be_told_to_be_of_so_many_copies() -> None:
    copies = "市政府公报全年出版10期，每期{}3000份，总发行份数2万份，无增印。"
    assert "X-P9" in failing(copies.format("均为"))
    assert failing(copies.format("约")) == set()


def test_no_other_outcome_denies_none_of_those_listed_behind_it() -> None:
    listed = "予以公开5、部分公开1、不予公开0、无法提供2、不予处理1。"
    assert failing(f"本年度办理结果总计9件。五种以外没有别的结果：{listed}") == set()


def test_what_the_county_government_issued_is_not_the_townships_own() -> None:
    county = "制发规范性文件0件，县政府制发的规范性文件4件已全部转发公开。"
    assert failing(county, template="B") == set()
    assert "X-P1" in failing("制发规范性文件0件，本年制发的规范性文件4件已全部公开。", template="B")


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        (
            "去年转入今年办理的申请3件，今年新收17件，今年要办的申请共21件。",
            "去年转入今年办理的申请3件，今年新收17件，今年要办的申请共20件。",
            "X-P6",
        ),
        (
            "年初未办结申请5件，年内新增22件，年内办结26件，年末未办结3件。",
            "年初未办结申请5件，年内新增22件，年内办结26件，年末未办结1件。",
            "X-P6",
        ),
        (
            "新收申请18件，全部在年内答复；结转下年度办理2件。",
            "新收申请18件，全部在期限内答复；结转下年度办理2件。",
            "X-P8",
        ),
        (
            "收到申请12件，不予公开13件，上年无结转。",
            "收到申请12件，不予公开13件，上年结转1件。",
            "X-P2",
        ),
        (
            "行政诉讼5件，结果维持3件，尚未审结4件。",
            "行政诉讼5件，结果维持3件，尚未审结2件。",
            "X-P2",
        ),
        (
            "行政复议7件，尚未审结6件，结果维持3件。",
            "行政复议7件，全部维持；未经复议直接起诉的行政诉讼结果纠正1件。",
            "X-P2",
        ),
        (
            "收到申请25件，其中撤回2件，答复26件。",
            "收到申请25件，其中撤回2件，答复26件（含上年结转3件）。",
            "X-P2",
        ),
        (
            "规范性文件年初现行有效37件，年内新制发6件，未废止文件，年末现行有效49件。",
            "规范性文件年初现行有效37件，年内新制发6件，未废止文件，年末现行有效43件。",
            "X-P6",
        ),
        (
            "行政诉讼11件，其中结果维持5件、其他结果1件、尚未审结3件，没有结果纠正的案件。",
            "行政诉讼11件，其中结果维持5件、尚未审结3件，没有结果纠正的案件。",
            "X-P7",
        ),
        (
            "不予公开21件，其中属于内部事务信息8件，属于过程性信息10件，除此之外没有因其他理由不予公开的申请。",
            "不予公开21件，其中属于内部事务信息8件，属于过程性信息10件。",
            "X-P7",
        ),
        (
            "未制发行政规范性文件。本年制发的3件行政规范性文件均已公开。",
            "未制发行政规范性文件。上年制发的3件行政规范性文件均已公开。",
            "X-P1",
        ),
        (
            "主动公开政府信息22794条（约2.3万条），其中部门3872条、乡镇19900条。",
            "主动公开政府信息22794条（约2.3万条），其中部门3872条、乡镇17000条。",
            "X-P2",
        ),
    ],
)
def test_what_there_is_adds_up_with_what_became_of_it(wrong: str, right: str, rule: str) -> None:
    assert rule in failing(wrong)
    assert failing(right) == set()


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        (
            "收到申请10件，全为自然人申请，其中法人申请2件。",
            "收到申请10件，涉及食品安全为企业提出3件，自然人提出7件。",
            "X-P8",
        ),
        (
            "收到申请10件，全由自然人提出，法人申请2件。",
            "收到申请10件，涉及公共安全由自然人申请7件，法人申请3件。",
            "X-P8",
        ),
        (
            "收到申请10件，全系网络申请，信函申请3件。",
            "收到申请10件，制度健全是网络申请增加的原因，信函申请3件。",
            "X-P8",
        ),
        (
            "收到申请9件，均按期答复，逾期答复1件。",
            "收到申请9件，均无逾期答复，按期答复9件。",
            "X-P8",
        ),
        (
            "行政复议4件，均获维持，其他结果1件。",
            "行政复议4件，均无其他情形，结果维持4件。",
            "X-P8",
        ),
        (
            "收到申请18件，均在年内答复，结转下年度办理2件。",
            "收到申请18件，其中年内到期的均在年内答复，结转下年度办理2件。",
            "X-P8",
        ),
        (
            "收到申请9件，均为自然人申请，法人申请2件。",
            "收到申请9件，均为公民申请，公民申请5件，公民联名申请4件。",
            "X-P8",
        ),
    ],
)
def test_all_is_a_word_of_its_own_and_what_all_are_not_is_no_kind_of_theirs(
    wrong: str, right: str, rule: str
) -> None:
    assert rule in failing(wrong)
    assert failing(right) == set()


@pytest.mark.parametrize(
    "text",
    [
        "收到申请50件，自然人中网络申请占60%，法人中信函申请占55%。",
        "收到申请50件，上半年网络申请占60%，下半年信函申请占55%。",
        "收到申请50件，网络申请占60%，比上年信函申请占55%有变化。",
        "收到申请50件，土地类网络申请占60%，教育类信函申请占55%。",
        "收到申请50件，自然人申请占60%，其网络申请占80%，法人申请占40%，其信函申请占30%。",
        "行政复议10件，复议维持占80%，诉讼纠正占30%。",
        "收到申请50件，其中自然人申请30件，网络申请占80%（24件）。",
        "收到申请50件，其中自然人申请20件，信函申请12件，占六成。",
    ],
)
def test_shares_of_different_wholes_are_not_added_nor_taken_of_another(text: str) -> None:
    assert failing(text) == set()


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        (
            "收到申请50件，自然人申请占80%（30件）。",
            "收到申请50件，自然人申请占80%（2件撤回）。",
            "X-P3",
        ),
        (
            "收到申请50件，网络申请占80%，即30件。",
            "收到申请50件，网络申请占80%，有5件不予公开。",
            "X-P3",
        ),
        (
            "收到申请58件，比上年20件增长一倍。",
            "收到申请58件，比上年20件增长一倍多。",
            "X-P5",
        ),
        (
            "收到申请52件，比上年20件翻一番。",
            "收到申请52件，比上年20件翻一番以上。",
            "X-P5",
        ),
        (
            "收到申请58件，是去年的2倍，去年收到20件。",
            "收到申请58件，是去年的2倍多，去年收到20件。",
            "X-P5",
        ),
        (
            "收到申请18件，较上年60件减少六成。",
            "收到申请18件，较上年60件减少六成以上。",
            "X-P5",
        ),
        (
            "收到申请88件，上年80件，增幅30%。",
            "收到申请88件，上年80件，网络申请增幅30%。",
            "X-P5",
        ),
    ],
)
def test_a_share_or_rate_told_loosely_or_of_something_else_contradicts_nothing(
    wrong: str, right: str, rule: str
) -> None:
    assert rule in failing(wrong)
    assert failing(right) == set()


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        (
            "公开政府信息330条，全年公开的全部412条政府信息均已上网。",
            "公开政府信息330条，整理历年全部412条政府信息上网。",
            "X-P1",
        ),
        (
            "公开政府信息330条，本年公开的全部412条政府信息均已上网。",
            "公开政府信息330条，对公开的全部412条政府信息进行核查。",
            "X-P1",
        ),
        (
            "行政诉讼5件，结果维持4件，结果纠正2件。",
            "行政诉讼5件，一审维持4件，二审维持3件，纠正2件。",
            "X-P2",
        ),
        (
            "行政诉讼5件，结果维持4件，尚未审结2件。",
            "行政诉讼5件，结果维持4件。上级部门责令整改2件。",
            "X-P2",
        ),
        (
            "年初现行有效规范性文件3件，今年未制发，废止2件，现行有效20件。",
            "去年制发规范性文件3件，今年未制发，废止2件，现行有效20件。",
            "X-P6",
        ),
        (
            "年初未办结申请5件，年内新增22件，年内办结25件，年末未办结3件。",
            "年初未办结申请5件，新增电话咨询22件，年内办结25件，年末未办结3件。",
            "X-P6",
        ),
        (
            "行政诉讼11件，其中维持5件、尚未审结3件、其他结果1件，没有结果纠正的案件。",
            "行政诉讼11件，其中维持5件、尚未审结3件、其他结果1件，没有结果纠正，撤诉2件。",
            "X-P7",
        ),
        (
            "收到申请21件，其中网络12件、信函4件、当面3件，无其他申请。",
            "收到申请21件，其中网络12件、信函4件、当面2件、线下1件，没有传真申请。",
            "X-P7",
        ),
    ],
)
def test_what_is_of_other_years_instances_or_bodies_is_no_part_of_the_sum(
    wrong: str, right: str, rule: str
) -> None:
    assert rule in failing(wrong)
    assert failing(right) == set()


def test_the_rest_fills_what_kinds_of_one_sort_leave() -> None:
    told = "收到申请157件，网上提交100件、占63.7%，其余{}件为信函和当面提交。"
    assert failing(told.format(76)) == {"X-P7"}
    assert failing(told.format(57)) == set()
