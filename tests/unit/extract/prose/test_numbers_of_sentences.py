"""What sentences count: of which indicator and year, whose number it is and how sure."""

import pytest
from sentences_told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年收到申请9件。", ["requests.received 9件 <一、总体情况"]),
        ("2021年收到申请9件。", ["requests.received 9件 2021 doubted <一、总体情况"]),
        (
            "2021年收到申请9件，2022年收到申请8件。",
            [
                "requests.received 9件 2021 doubted <一、总体情况",
                "requests.received 8件 <一、总体情况",
            ],
        ),
        (
            "2022年收到申请9件（2021年为7件）。",
            ["requests.received 9件 <一、总体情况", "[收到申请] 7件 2021 <收到申请"],
        ),
        (
            "收到申请9件，较2021年的7件增加2件。",
            [
                "requests.received 9件 <一、总体情况",
                "[收到申请] 7件 2021 <一、总体情况",
                "[增加] 2件 2021 <一、总体情况",
            ],
        ),
        (
            "收到申请9件，与2021年（7件）相比增加2件。",
            [
                "requests.received 9件 <一、总体情况",
                "[收到申请] 7件 2021 <一、总体情况",
                "[相比增加] 2件 <一、总体情况",
            ],
        ),
        (
            "收到申请9件，去年同期为7件。",
            ["requests.received 9件 <一、总体情况", "[去年同期] 7件 <一、总体情况"],
        ),
        (
            "收到申请9件，比上年增加2件。",
            ["requests.received 9件 <一、总体情况", "[比上年增加] 2件 <一、总体情况"],
        ),
        (
            "上年结转2件，收到申请9件。",
            ["requests.carried_in 2件 <一、总体情况", "requests.received 9件 <一、总体情况"],
        ),
        (
            "2021年结转2件，收到申请9件。",
            ["requests.carried_in 2件 <一、总体情况", "requests.received 9件 <一、总体情况"],
        ),
        (
            "结转至2023年2件，收到申请9件。",
            ["requests.carried_out 2件 <一、总体情况", "requests.received 9件 <一、总体情况"],
        ),
        (
            "结转下年2件，收到申请9件。",
            ["requests.carried_out 2件 <一、总体情况", "requests.received 9件 <一、总体情况"],
        ),
        ("今年收到申请9件。", ["requests.received 9件 <一、总体情况"]),
        ("《2021年工作要点》印发，收到申请9件。", ["requests.received 9件 <一、总体情况"]),
        ("自2021年以来收到申请9件。", ["[自2021年以来收到申请] 9件 <一、总体情况"]),
        ("截至2022年底累计收到申请9件。", ["requests.received 9件 doubted <一、总体情况"]),
        ("自2008年以来累计公开信息900条。", ["disclosure.items:cumulative 900条 <一、总体情况"]),
        ("2022年以来累计收到申请9件。", ["requests.received 9件 <一、总体情况"]),
        (
            "网站公开信息100条（2022年新增15条）。",
            ["disclosure.channel.website 100条 doubted <一、总体情况", "[新增] 15条 <网站公开信息"],
        ),
        ("上半年收到申请9件。", ["requests.received 9件 doubted <一、总体情况"]),
        ("1-6月收到申请9件。", ["requests.received 9件 doubted <一、总体情况"]),
        (
            "第三季度收到申请9件，全年收到申请19件。",
            ["requests.received 9件 doubted <一、总体情况", "requests.received 19件 <一、总体情况"],
        ),
        ("12月收到申请9件。", ["requests.received 9件 <一、总体情况"]),
        ("2022年12月底收到申请9件。", ["[月底收到申请] 9件 <一、总体情况"]),
    ],
)
def test_the_year_of_a_number_is_that_last_named(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局收到政府信息公开申请9件。", ["requests.received 9件 agency <一、总体情况"]),
        ("全县收到政府信息公开申请9件。", ["requests.received 9件 region doubted <一、总体情况"]),
        (
            "我县各部门收到政府信息公开申请9件。",
            ["requests.received 9件 region doubted <一、总体情况"],
        ),
        ("县政府收到政府信息公开申请9件。", ["requests.received 9件 region doubted <一、总体情况"]),
        ("石门县水务局收到政府信息公开申请9件。", ["requests.received 9件 <一、总体情况"]),
        ("石门县教育局收到政府信息公开申请9件。", ["requests.received 9件 doubted <一、总体情况"]),
        ("各乡镇收到政府信息公开申请9件。", ["requests.received 9件 region doubted <一、总体情况"]),
        (
            "各乡镇、县直部门收到政府信息公开申请9件。",
            ["requests.received 9件 region doubted <一、总体情况"],
        ),
        (
            "县政府及其所属部门收到政府信息公开申请9件。",
            ["requests.received 9件 region doubted <一、总体情况"],
        ),
        (
            "下属单位收到政府信息公开申请9件。",
            ["requests.received 9件 system doubted <一、总体情况"],
        ),
        (
            "我局及下属单位收到政府信息公开申请9件。",
            ["requests.received 9件 system doubted <一、总体情况"],
        ),
        ("省水利厅收到政府信息公开申请9件。", ["requests.received 9件 doubted <一、总体情况"]),
        ("向县政府报送信息9条。", ["[向县政府报送信息] 9条 <一、总体情况"]),
    ],
)
def test_whose_a_number_is_is_said_before_it(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请约9件。", ["requests.received 9件 approximate <一、总体情况"]),
        ("收到申请9余件。", ["requests.received 9件 approximate <一、总体情况"]),
        ("收到申请近9件。", ["requests.received 9件 approximate <一、总体情况"]),
        ("收到申请超过9件。", ["requests.received 9件 at_least <一、总体情况"]),
        ("收到申请不足9件。", ["[收到申请不足] 9件 <一、总体情况"]),
        ("收到申请9件左右。", ["requests.received 9件 approximate <一、总体情况"]),
        ("收到申请1.2万件。", ["requests.received 12000件 <一、总体情况"]),
        ("收到申请九件。", ["requests.received 9件 <一、总体情况"]),
        ("收到申请十余件。", ["requests.received 10件 approximate <一、总体情况"]),
        ("收到申请9-12件。", []),
        ("收到申请若干件。", []),
        ("收到申请XX件。", ["[收到申请] masked件 <一、总体情况"]),
        ("收到申请件。", []),
        ("未收到申请。", ["requests.received 0 <一、总体情况"]),
        ("没有收到政府信息公开申请。", ["requests.received 0 <一、总体情况"]),
        ("收到申请0件。", ["requests.received 0件 <一、总体情况"]),
        ("收到申请9件次。", ["requests.received 9件次 <一、总体情况"]),
        ("收取检索费50元。", ["[收取检索费] 50元 <一、总体情况"]),
        ("收取检索费0.5万元。", ["[收取检索费] 0.5万元 <一、总体情况"]),
    ],
)
def test_numbers_are_meant_exactly_or_about(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到政府信息公开申请9件，其中网络申请5件、信函申请4件。",
            [
                "requests.received 9件 <一、总体情况",
                "requests.received.online 5件 <收到政府信息公开申请",
                "requests.received.mail 4件 <收到政府信息公开申请",
            ],
        ),
        (
            "收到政府信息公开申请9件（网络申请5件、信函申请4件）。",
            [
                "requests.received 9件 <一、总体情况",
                "requests.received.online 5件 <收到政府信息公开申请",
                "requests.received.mail 4件 <收到政府信息公开申请",
            ],
        ),
        (
            "收到政府信息公开申请9件，其中自然人8件，法人1件。",
            [
                "requests.received 9件 <一、总体情况",
                "requests.received:natural_person 8件 <收到政府信息公开申请",
                "[法人] 1件 <收到政府信息公开申请",
            ],
        ),
        ("收到政府信息公开申请9件，均已答复。", ["requests.received 9件 <一、总体情况"]),
        (
            "收到政府信息公开申请9件，全部按时办结。",
            ["requests.received 9件 <一、总体情况", "requests.processed 9件 <收到政府信息公开申请"],
        ),
        (
            "收到政府信息公开申请9件，答复9件，其中予以公开5件，部分公开2件，不予公开2件。",
            [
                "requests.received 9件 <一、总体情况",
                "requests.processed 9件 <一、总体情况",
                "requests.processed.granted 5件 <答复",
                "requests.processed.partly_granted 2件 <答复",
                "requests.processed.denied 2件 <答复",
            ],
        ),
        (
            "收到政府信息公开申请9件，办结8件，结转下年度1件。",
            [
                "requests.received 9件 <一、总体情况",
                "requests.processed 8件 <一、总体情况",
                "requests.carried_out 1件 <一、总体情况",
            ],
        ),
        ("受理9件政府信息公开申请。", ["requests.received 9件 <一、总体情况"]),
        ("9件政府信息公开申请均已答复。", ["requests.processed 9件 <一、总体情况"]),
        (
            "因政府信息公开被申请行政复议1件，被提起行政诉讼2件。",
            ["reconsideration.total 1件 <一、总体情况", "litigation.total 2件 <一、总体情况"],
        ),
        (
            "行政复议1件，维持1件。行政诉讼2件，其中纠正1件，尚未审结1件。",
            [
                "reconsideration.total 1件 <一、总体情况",
                "reconsideration.upheld 1件 <一、总体情况",
                "litigation.total 2件 <一、总体情况",
                "[纠正] 1件 <行政诉讼",
                "[尚未审结] 1件 <行政诉讼",
            ],
        ),
        (
            "主动公开政府信息120条，其中网站100条，微信20条。",
            [
                "disclosure.items 120条 <一、总体情况",
                "disclosure.channel.website 100条 <主动公开政府信息",
                "disclosure.channel.wechat 20条 <主动公开政府信息",
            ],
        ),
        (
            "通过网站公开政府信息100条，通过微信公开20条。",
            [
                "disclosure.channel.website 100条 <一、总体情况",
                "disclosure.channel.wechat 20条 <一、总体情况",
            ],
        ),
        (
            "网站、微信分别公开信息100条和20条。",
            [
                "disclosure.channel.website 100条 <一、总体情况",
                "disclosure.channel.wechat 20条 <一、总体情况",
            ],
        ),
        (
            "分别通过网站、微信公开信息100条、20条。",
            [
                "[通过网站、微信公开信息] 100条 <一、总体情况",
                "[通过网站、微信公开信息] 20条 <一、总体情况",
            ],
        ),
        (
            "制发规范性文件3件，废止2件，现行有效5件。",
            [
                "normative_documents.issued 3件 <一、总体情况",
                "normative_documents.repealed 2件 <一、总体情况",
                "normative_documents.in_force 5件 <一、总体情况",
            ],
        ),
        ("制发规范性文件3件，均已公开。", ["normative_documents.issued 3件 <一、总体情况"]),
        (
            "行政许可12件，行政处罚3件，行政强制0件。",
            [
                "licensing.decisions 12件 <一、总体情况",
                "penalties.decisions 3件 <一、总体情况",
                "coercive_measures.decisions 0件 <一、总体情况",
            ],
        ),
        (
            "行政许可、行政处罚各3件。",
            ["[行政许可] 3件 <一、总体情况", "penalties.decisions 3件 <一、总体情况"],
        ),
        ("行政许可和行政处罚共15件。", ["[行政许可和行政处罚] 15件 <一、总体情况"]),
        (
            "无行政许可、行政处罚。",
            ["licensing.decisions 0 <一、总体情况", "penalties.decisions 0 <一、总体情况"],
        ),
        (
            "未发生行政复议、行政诉讼。",
            ["reconsideration.total 0 <一、总体情况", "litigation.total 0 <一、总体情况"],
        ),
        (
            "未因政府信息公开被申请行政复议或提起行政诉讼。",
            ["reconsideration.total 0 <一、总体情况", "litigation.total 0 <一、总体情况"],
        ),
        ("召开新闻发布会2次。", ["response.press_conferences 2次 <一、总体情况"]),
        ("培训3次，120人次。", ["[培训] 3次 <一、总体情况", "[培训] 120人次 <一、总体情况"]),
        (
            "有专职人员2人，兼职人员3人。",
            ["staff.full_time 2人 <一、总体情况", "staff.part_time 3人 <一、总体情况"],
        ),
        (
            "不予公开2件，其中属于国家秘密1件，危及“三安全一稳定”1件。",
            [
                "requests.processed.denied 2件 <一、总体情况",
                "requests.processed.denied.state_secret 1件 <不予公开",
                "requests.processed.denied.security_stability 1件 <不予公开",
            ],
        ),
        (
            "本机关不掌握相关政府信息1件，没有现成信息需要另行制作1件。",
            [
                "[不掌握相关政府信息] 1件 <一、总体情况",
                "requests.processed.not_available.no_existing_information 1件 <一、总体情况",
            ],
        ),
        (
            "收到申请9件，同比增长12%。",
            ["requests.received 9件 <一、总体情况", "[同比增长] 12% <一、总体情况"],
        ),
        (
            "收到申请9件，办结率100%。",
            ["requests.received 9件 <一、总体情况", "[办结率] 100% <一、总体情况"],
        ),
        ("采购中心采购金额12万元。", ["[采购中心采购金额] 12万元 <一、总体情况"]),
    ],
)
def test_what_is_counted_is_said_around_the_number(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "没有收到申请，收到投诉2件。",
            ["requests.received 0 <一、总体情况", "[收到投诉] 2件 <一、总体情况"],
        ),
        (
            "未收到申请、投诉、举报。",
            [
                "complaints.total 0 <一、总体情况",
                "complaints.total 0 <一、总体情况",
                "requests.received 0 <一、总体情况",
            ],
        ),
        (
            "收到申请2件，无行政复议，行政诉讼1件。",
            [
                "requests.received 2件 <一、总体情况",
                "reconsideration.total 0 <一、总体情况",
                "litigation.total 1件 <一、总体情况",
            ],
        ),
        (
            "收到申请2件，未收取费用。",
            ["requests.received 2件 <一、总体情况", "requests.fees_collected 0 <一、总体情况"],
        ),
        ("无。", []),
        ("本年度无申请。", []),
        ("无申请公开政府信息的情况。", ["requests.received 0 <一、总体情况"]),
        ("复议无。", ["reconsideration.total 0 <一、总体情况"]),
        ("未发生复议。", ["reconsideration.total 0 <一、总体情况"]),
        ("未收取任何费用。", ["requests.fees_collected 0 <一、总体情况"]),
        ("从未收到过申请。", ["requests.received 0 <一、总体情况"]),
        ("没有一件申请未答复。", []),
        ("不存在未答复的申请。", []),
        (
            "未出现行政复议、行政诉讼情况。",
            ["reconsideration.total 0 <一、总体情况", "litigation.total 0 <一、总体情况"],
        ),
        ("上年未收到申请。", ["requests.received 0 2021 doubted <一、总体情况"]),
        ("去年未发生行政复议。", ["reconsideration.total 0 2021 doubted <一、总体情况"]),
        (
            "收到申请9件，上年同期未收到申请。",
            [
                "requests.received 9件 <一、总体情况",
                "requests.received 0 2021 doubted <一、总体情况",
            ],
        ),
        (
            "上年未办结2件，收到申请9件。",
            ["requests.carried_in 2件 <一、总体情况", "requests.received 9件 <一、总体情况"],
        ),
        (
            "比上年同期增加2件，未收到投诉举报。",
            [
                "[比上年同期增加] 2件 <一、总体情况",
                "complaints.total 0 <一、总体情况",
                "complaints.total 0 <一、总体情况",
            ],
        ),
        ("全县未收到申请。", ["requests.received 0 region doubted <一、总体情况"]),
        ("除网络申请外未收到其他申请。", []),
    ],
)
def test_what_there_was_none_of_is_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到家长申请35件，内容为转学。", []),
        ("收到村民申请60件，主要是低保。", []),
        ("共受理纳税人申请3500件。", []),
        ("收到患者及社会公众申请12件。", []),
        ("共受理纳税人申请3500件，办结3500件。", []),
        ("收到业主申请20件，答复20件，其中网上申请5件。", []),
        (
            "受理纳税人信息公开申请3件，办结3件。",
            ["requests.received 3件 <一、总体情况", "requests.processed 3件 <一、总体情况"],
        ),
        ("收到业主信息公开申请3件。", ["requests.received 3件 <一、总体情况"]),
        (
            "受理患者及社会公众提出的政府信息公开申请9件。",
            ["requests.received 9件 <一、总体情况"],
        ),
        ("收到学生依申请公开事项9件。", ["requests.received 9件 <一、总体情况"]),
    ],
)
def test_those_a_body_serves_apply_for_other_things_than_information(
    text: str, expected: list[str]
) -> None:
    assert [one for one in told(text) if not one.startswith("[")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("编发政府公报12期，发行量3000份。", []),
        ("编发政府公报12期，每期发行量3000份。", []),
        ("编发政府公报12期，总发行量36000份。", ["gazette.copies 36000份 <一、总体情况"]),
        ("编发政府公报12期，发行总量36000份。", ["gazette.copies 36000份 <一、总体情况"]),
    ],
)
def test_the_copies_of_one_issue_are_not_those_of_all(text: str, expected: list[str]) -> None:
    assert [one for one in told(text) if one.startswith("gazette.copies")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展党内规范性文件清理，废止文件12件，现行有效45件。", []),
        (
            "开展规范性文件清理，废止文件12件，现行有效45件。",
            [
                "normative_documents.repealed 12件 <一、总体情况",
                "normative_documents.in_force 45件 <一、总体情况",
            ],
        ),
        ("制作并主动公开政府信息300条，获取并主动公开政府信息20条。", []),
        ("产生并主动公开政府信息300条。", ["disclosure.items 300条 <一、总体情况"]),
    ],
)
def test_what_is_of_the_party_or_one_of_two_sources_is_not_all(
    text: str, expected: list[str]
) -> None:
    assert [one for one in told(text) if not one.startswith("[")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("向图书馆移送纸质文件12件、电子文件30件；共500件。", []),
        (
            "向图书馆移送纸质文件12件、电子文件30件，共42件。",
            ["library_deposits.total 42件 <一、总体情况"],
        ),
    ],
)
def test_a_sum_behind_a_semicolon_is_not_of_the_deposits_before_it(
    text: str, expected: list[str]
) -> None:
    seen = told(text, template="B")
    assert [one for one in seen if one.startswith("library_deposits.total")] == expected


@pytest.mark.parametrize(("letters", "goes_on"), [(1500, True), (1501, False)])
def test_a_line_without_a_stop_goes_on_below_up_to_fifteen_hundred_letters(
    letters: int, *, goes_on: bool
) -> None:
    line = ("今年以来各科室认真办理" * 140)[:letters]
    (seen,) = told(f"{line}\n主动公开政府信息30条。")
    assert ("办理" in seen) is goes_on


@pytest.mark.parametrize(
    ("form", "text", "surely"),
    [
        ("D", "收到申请33件，答复24件，申请人撤回3件，结转下年6件。", "received 33, carried_out 6"),
        (
            "D",
            "收到申请33件，答复24件，申请人撤回3件，结转下年7件。",
            "received 33, processed 24, carried_out 7",
        ),
        ("D", "收到申请33件，答复24件，申请人撤回3件。", "received 33, processed 24"),
        ("D", "收到申请30件，答复24件，结转下年6件。", "received 30, processed 24, carried_out 6"),
        ("B", "诉讼5件，其中驳回起诉3件、驳回诉讼请求2件。", "total 5"),
        ("B", "诉讼5件，其中维持具体行政行为3件。", "total 5, upheld 3"),
        ("B", "网站公开5114条，各部门自建网站公开1096条。", ""),
        ("B", "网站公开5114条，政务微博公开1096条。", "website 5114, weibo 1096"),
        ("B", "公开栏公开信息44条，其他媒体公开信息40条。", ""),
        ("B", "其他方式公开信息40条。", "other 40"),
        ("B", "发生行政复议2件、行政诉讼1件，其中涉及信息公开1件。", ""),
        ("B", "发生行政复议2件、行政诉讼1件，其中涉及环保1件。", "total 2, total 1"),
    ],
)
def test_what_is_told_beside_a_number_says_whether_it_is_all(
    form: str, text: str, surely: str
) -> None:
    seen = [one.split(" <")[0] for one in told(text, template=form)]
    sure = [one for one in seen if not one.startswith("[") and "doubted" not in one]
    assert ", ".join(one.rpartition(".")[2].rstrip("件条") for one in sure) == surely


@pytest.mark.parametrize(
    ("head", "letters", "label"),
    [
        ("", 24, "disclosure.items 30条 <"),
        ("", 25, "["),
        ("（一）", 60, "disclosure.items 30条 <"),
        ("（一）", 61, "disclosure.items 30条 doubted"),
    ],
)
def test_a_line_above_is_a_heading_where_it_is_short(head: str, letters: int, label: str) -> None:
    (seen,) = told(f"{head}{'某' * letters}\n主动公开政府信息30条。")
    assert seen.startswith(label)
