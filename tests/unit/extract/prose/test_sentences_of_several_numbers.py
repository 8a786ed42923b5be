"""Sentences that say several numbers or none: what belongs to what, and what is left open.

An observation is written as by ``sentences_told``, without the heading above it.
"""

import pytest
from sentences_told import told


def said(text: str) -> list[str]:
    return [one.removesuffix(" <一、总体情况") for one in told(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到申请、予以公开、不予公开分别为9件、5件、4件。",
            [
                "requests.received 9件",
                "requests.processed.granted 5件",
                "requests.processed.denied 4件",
            ],
        ),
        (
            "收到申请、予以公开、不予公开分别为9件、5件。",
            ["[收到申请、予以公开、不予公开] 9件", "[收到] 5件"],
        ),
        (
            "收到申请、予以公开、不予公开分别9件、5件、4件。",
            [
                "requests.received 9件",
                "requests.processed.granted 5件",
                "requests.processed.denied 4件",
            ],
        ),
        (
            "行政复议、行政诉讼分别为2件和1件。",
            ["reconsideration.total 2件", "litigation.total 1件"],
        ),
        ("行政复议和行政诉讼各1件。", ["reconsideration.total 1件", "litigation.total 1件"]),
        (
            "行政复议、行政诉讼、举报各1件。",
            ["reconsideration.total 1件", "litigation.total 1件", "[举报] 1件"],
        ),
        (
            "行政复议2件、行政诉讼1件，均维持。",
            [
                "reconsideration.total 2件",
                "litigation.total 1件",
                "reconsideration.upheld 2件 <行政复议",
            ],
        ),
        (
            "行政复议、行政诉讼均为0件。",
            [
                "reconsideration.total 0件",
                "litigation.total 0件",
                "reconsideration.total 0件",
                "litigation.total 0件",
            ],
        ),
        (
            "行政复议、行政诉讼和举报投诉均无。",
            [
                "reconsideration.total 0",
                "litigation.total 0",
                "complaints.total 0",
                "complaints.total 0",
            ],
        ),
        ("收到网络、信函申请各3件。", ["[收到网络] 3件", "[信函申请] 3件"]),
        (
            "收到网络申请、信函申请分别为3件和2件。",
            ["requests.received.online 3件", "requests.received.mail 2件"],
        ),
        (
            "发布微博、微信分别为30条、20条。",
            ["disclosure.channel.weibo 30条", "disclosure.channel.wechat 20条"],
        ),
        ("制发规章、规范性文件分别为1件、2件。", ["rules.issued 1件", "[规范性文件] 2件"]),
        (
            "当面申请3件、传真申请2件、网络申请1件、信函申请0件。",
            ["[当面申请] 3件", "[传真申请] 2件", "[网络申请] 1件", "[信函申请] 0件"],
        ),
    ],
)
def test_numbers_told_respectively_are_each_of_its_own(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到申请9件，其中网络申请5件，信函申请4件。",
            [
                "requests.received 9件",
                "requests.received.online 5件 <收到申请",
                "requests.received.mail 4件 <收到申请",
            ],
        ),
        (
            "收到申请9件，网络申请5件，信函申请4件。",
            ["requests.received 9件", "requests.received.online 5件", "requests.received.mail 4件"],
        ),
        (
            "收到申请9件（网络申请5件，信函申请4件）。",
            [
                "requests.received 9件",
                "requests.received.online 5件 <收到申请",
                "requests.received.mail 4件 <收到申请",
            ],
        ),
        (
            "收到申请9件。其中网络申请5件。",
            ["requests.received 9件", "requests.received.online 5件 <收到申请"],
        ),
        (
            "收到申请9件，办结8件，其中予以公开5件。",
            [
                "requests.received 9件",
                "requests.processed 8件",
                "requests.processed.granted 5件 <办结",
            ],
        ),
        (
            "收到申请9件，办结8件，其中网络申请5件。",
            [
                "requests.received 9件",
                "requests.processed 8件",
                "requests.received.online 5件 <收到申请",
            ],
        ),
        (
            "收到申请9件，其中自然人5件，法人4件。",
            [
                "requests.received 9件",
                "requests.received:natural_person 5件 <收到申请",
                "[法人] 4件 <收到申请",
            ],
        ),
        (
            "公开信息100条，其中网站60条，微信40条。",
            [
                "disclosure.items 100条",
                "disclosure.channel.website 60条 <公开信息",
                "disclosure.channel.wechat 40条 <公开信息",
            ],
        ),
        (
            "公开信息100条，其中规范性文件6件。",
            ["disclosure.items 100条", "[规范性文件] 6件 <公开信息"],
        ),
        (
            "收到申请9件，其中5件予以公开，3件不予公开，1件其他处理。",
            [
                "requests.received 9件",
                "requests.processed.granted 5件 <收到申请",
                "requests.processed.denied 3件 <收到申请",
                "requests.processed.other 1件 <收到申请",
            ],
        ),
        (
            "在收到的9件申请中，予以公开5件。",
            ["requests.received 9件", "requests.processed.granted 5件 <收到申请"],
        ),
        ("9件申请中，予以公开5件。", ["[申请] 9件", "requests.processed.granted 5件 <申请"]),
        (
            "行政复议9件，其中维持5件，纠正2件。",
            [
                "reconsideration.total 9件",
                "reconsideration.upheld 5件 <行政复议",
                "reconsideration.corrected 2件 <行政复议",
            ],
        ),
        (
            "行政复议9件，行政诉讼4件，其中维持3件。",
            ["reconsideration.total 9件", "litigation.total 4件", "[维持] 3件 <行政诉讼"],
        ),
        (
            "行政诉讼9件，其中未经复议直接起诉5件，复议后起诉4件。",
            [
                "litigation.total 9件",
                "litigation_direct.total 5件",
                "litigation_after_reconsideration.total 4件",
            ],
        ),
        (
            "不予公开9件，其中国家秘密5件，第三方4件。",
            [
                "requests.processed.denied 9件",
                "requests.processed.denied.state_secret 5件 <不予公开",
                "[第三方] 4件 <不予公开",
            ],
        ),
        (
            "举办培训班2期，培训100人次，其中机关30人次。",
            ["training.sessions 2期", "training.participants 100人次", "[机关] 30人次 <培训"],
        ),
        (
            "收到申请9件，较上年增加2件，其中网络5件。",
            ["requests.received 9件", "[较上年增加] 2件", "requests.received.online 5件 <收到申请"],
        ),
        (
            "收到申请9件，已全部答复，其中予以公开9件。",
            ["requests.received 9件", "requests.processed.granted 9件 <收到申请"],
        ),
        (
            "收到申请9件，答复9件，其中按时办结8件，延期1件。",
            [
                "requests.received 9件",
                "requests.processed 9件",
                "[按时办结] 8件 <答复",
                "[延期] 1件 <答复",
            ],
        ),
    ],
)
def test_parts_belong_to_the_whole_before_them(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未收到申请。", ["requests.received 0"]),
        ("没有收到政府信息公开申请。", ["requests.received 0"]),
        ("全年无行政复议、行政诉讼。", ["reconsideration.total 0", "litigation.total 0"]),
        ("未发生行政复议和行政诉讼案件。", ["reconsideration.total 0", "litigation.total 0"]),
        ("无一例行政复议。", ["reconsideration.total 0例"]),
        ("未发生一起行政诉讼。", ["litigation.total 0起", "[未发生行政诉讼] 1起"]),
        ("确保不发生行政复议。", []),
        ("避免发生行政诉讼。", []),
        ("如未收到申请，不予答复。", []),
        ("上年未收到申请。", ["requests.received 0 2021 doubted"]),
        ("未收取任何费用。", ["requests.fees_collected 0"]),
        ("未收取费用，也未减免费用。", ["requests.fees_collected 0"]),
        ("未制定规章。", ["rules.issued 0"]),
        (
            "未制定规范性文件，废止2件。",
            ["normative_documents.issued 0", "normative_documents.repealed 2件"],
        ),
        ("没有及时公开信息。", []),
        ("无上年结转申请。", ["requests.carried_in 0"]),
        ("结转下年度0件。", ["requests.carried_out 0件"]),
        ("行政复议为零。", ["reconsideration.total 0"]),
        (
            "行政复议、诉讼、举报均为零。",
            ["reconsideration.total 0", "litigation.total 0", "[举报] 0"],
        ),
        ("收到申请为无。", ["requests.received 0"]),
        ("未收到公民、法人或其他组织的申请。", ["requests.received 0"]),
        ("未收到任何形式的申请。", ["requests.received 0"]),
        ("未收到当面申请。", ["[当面] 0", "requests.received.in_person 0"]),
        ("未因政府信息公开被申请行政复议。", ["reconsideration.total 0"]),
        ("未被提起行政诉讼。", ["litigation.total 0"]),
        ("没有因信息公开引发的投诉举报。", ["complaints.total 0", "complaints.total 0"]),
        ("未实施行政强制。", ["coercive_measures.decisions 0"]),
        ("未办理行政许可事项。", ["licensing.decisions 0"]),
        ("未向社会公开的信息9条。", ["[未向社会公开的信息] 9条"]),
        ("部分单位未收到申请。", ["requests.received 0 doubted"]),
        ("各乡镇均未收到申请。", ["requests.received 0 region doubted"]),
        ("截至目前未收到申请。", ["requests.received 0 doubted"]),
        ("上半年未收到申请。", ["requests.received 0 doubted"]),
        ("3月收到申请9件。", ["requests.received 9件 doubted"]),
        ("3月未收到申请。", ["requests.received 0 doubted"]),
    ],
)
def test_what_there_was_none_of_is_a_nought_only_of_the_year_and_the_writer(
    text: str, expected: list[str]
) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各部门公开信息9条。", ["disclosure.items 9条 region doubted"]),
        ("县教育局收到申请9件。", ["[县教育局收到申请] 9件"]),
        ("全县收到申请9件。", ["requests.received 9件 region doubted"]),
        (
            "我县收到申请9件，我局收到3件。",
            ["requests.received 9件 region doubted", "requests.received 3件 agency"],
        ),
        ("行政复议3件，均为行政处罚案件。", ["reconsideration.total 3件 doubted"]),
        ("行政复议3件，均因信息公开引起。", ["reconsideration.total 3件"]),
        ("行政复议3件，系土地纠纷。", ["reconsideration.total 3件 doubted"]),
        ("收到申请9件，已计入上年年度报告。", ["requests.received 9件 doubted"]),
        ("起草规范性文件3件（初稿）。", ["[起草规范性文件] 3件"]),
        ("收到申请9件，其中上年结转2件。", ["[收到申请] 9件", "requests.carried_in 2件 <收到申请"]),
        (
            "新收申请9件，上年结转2件，办理11件。",
            ["requests.received 9件", "requests.carried_in 2件", "requests.processed 11件"],
        ),
        (
            "新收申请9件，上年结转2件，办理10件，结转下年1件。",
            [
                "requests.received 9件",
                "requests.carried_in 2件",
                "requests.processed 10件",
                "requests.carried_out 1件",
            ],
        ),
        (
            "新收申请9件，上年结转2件，办理12件。",
            ["requests.received 9件", "requests.carried_in 2件", "[办理] 12件"],
        ),
        (
            "收到申请9件，予以公开5件，不予公开4件，办理9件。",
            [
                "requests.received 9件",
                "requests.processed.granted 5件",
                "requests.processed.denied 4件",
                "requests.processed 9件",
            ],
        ),
        ("受理申请9件，答复8件。", ["requests.received 9件", "requests.processed 8件"]),
        ("收到投诉9件，均已办结。", ["[收到投诉] 9件"]),
        ("收到来信来访9件。", ["[收到来信来访] 9件"]),
        ("收到14人次提出的申请31件。", ["[收到提出的申请] 14人次", "[提出的申请] 31件"]),
        ("平均每件申请答复用时3天。", []),
        ("负责人接待3次。", ["[负责人接待] 3次"]),
        (
            "网站公开信息60条，部门网站公开40条。",
            ["disclosure.channel.website 60条 doubted", "disclosure.channel.website 40条 doubted"],
        ),
        ("公开栏公开信息60条。", ["[公开栏公开信息] 60条"]),
        (
            "召开新闻发布会2次，主要负责人出席1次。",
            ["response.press_conferences 2次", "response.press_conferences.by_principal 1次"],
        ),
        ("公开指南1份、目录2份。", ["[公开指南] 1份", "[目录] 2份"]),
        ("公开信息100余条。", ["disclosure.items 100条 approximate"]),
        ("公开信息超过100条。", ["disclosure.items 100条 at_least"]),
        ("公开信息1.2万条。", ["disclosure.items 12000条"]),
        ("收费200元。", ["[收费] 200元"]),
        ("收取费用2万元。", ["[收取费用] 2万元"]),
    ],
)
def test_whose_and_of_what_a_number_is_may_be_left_open(text: str, expected: list[str]) -> None:
    assert said(text) == expected
