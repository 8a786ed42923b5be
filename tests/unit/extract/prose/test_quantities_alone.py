"""Numbers of sentences by themselves: which count something, in what unit and how exactly.

A number is written as printed, with what belongs to it, then value and unit, and what is less
than plain: ``about``, ``at_least``, ``masked``, ``no unit`` behind it.
"""

import pytest

from pipeline.extract.prose.quantities import may_count, plans_ahead, quantities, unit_told
from pipeline.model.observation import Qualifier, Status


def counted(text: str, heading: str = "", unit: str = "") -> list[str]:
    """What a sentence counts."""
    found = []
    for one in quantities(text, heading, unit):
        value = "" if one.value is None else format(one.value, "f")
        words = [f"{text[one.lead : one.end]} = {value}{one.unit}"]
        words += [one.qualifier.value] if one.qualifier is not Qualifier.EXACT else []
        words += [one.status.value] if one.status is not Status.REPORTED else []
        words += [] if one.has_unit else ["no unit"]
        found.append(" ".join(words))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请9件", ["9件 = 9件"]),
        ("收到申请1,234件", ["1,234件 = 1234件"]),
        ("公开信息12,34条", []),
        ("公开信息1,234,567条", ["1,234,567条 = 1234567条"]),
        ("公开信息12.5万条", ["12.5万条 = 125000条"]),
        ("公开信息3.25千条", ["3.25千条 = 3250条"]),
        ("公开信息2百条", ["2百条 = 200条"]),
        ("公开信息1.5条", ["1.5条 = 1.5条"]),
        ("投入12.5万元", ["12.5万元 = 12.5万元"]),
        ("投入3亿元", ["3亿元 = 3亿元"]),
        ("投入20元", ["20元 = 20元"]),
        ("投入2千元", ["2千元 = 2000元"]),
        ("约9万余元", ["约9万余元 = 9万元 approximate"]),
        ("办结率100%", ["100% = 100%"]),
        ("办结率98.5%", ["98.5% = 98.5%"]),
        ("满意度百分之九十五", ["百分之九十五 = 95%"]),
        ("满意度百分之九十五.5", []),
        ("满意度百分之九十五点五", []),
        ("满意度百分之九十5", []),
        ("公开信息A9条", []),
        ("公开信息A.9条", []),
        ("编号3-9件", []),
        ("文号/9件", []),
        ("第9件", []),
        ("收到2 16件", ["16件 = 件 unreadable"]),
        ("2 16件", ["16件 = 件 unreadable"]),
        ("公开123456789012345678条", []),
        ("公开99999999999999条", ["9" * 14 + "条 = " + "9" * 14 + "条"]),
        ("公开100000000000000条", []),
        ("公开99万亿条", []),
        ("收到XX件", ["XX件 = 件 masked"]),
        ("收到×件", []),
        ("收到**件", ["**件 = 件 masked"]),
        ("涉及XX处", []),
        ("满意率XX.X%", ["XX.X% = % masked"]),
        ("共3个方面", []),
        ("共3个网站", ["3个 = 3个"]),
        ("共3项重点", []),
        ("共3种方式", ["3种 = 3种"]),
        ("公开3个", ["3个 = 3个"]),
        ("(万元)100", []),
        ("收到9人次", ["9人次 = 9人次"]),
        ("收到9件次申请", ["9件次 = 9件次"]),
    ],
)
def test_a_number_has_its_value_and_unit(text: str, expected: list[str]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到约9件", ["约9件 = 9件 approximate"]),
        ("收到大约9件", ["大约9件 = 9件 approximate"]),
        ("收到近9件", ["近9件 = 9件 approximate"]),
        ("附近9件", ["9件 = 9件"]),
        ("最近9件", ["9件 = 9件"]),
        ("临近9件", ["9件 = 9件"]),
        ("收到不少于9件", ["不少于9件 = 9件 at_least"]),
        ("收到超过9件", ["超过9件 = 9件 at_least"]),
        ("收到9余件", ["9余件 = 9件 approximate"]),
        ("收到90多件", ["90多件 = 90件 approximate"]),
        ("收到9件左右", ["9件左右 = 9件 approximate"]),
        ("收到9件以上", ["9件以上 = 9件 at_least"]),
        ("收到达9件", ["达9件 = 9件"]),
        ("收到1万余件", ["1万余件 = 10000件 approximate"]),
        ("收到几9件", ["9件 = 9件"]),
        ("约9件以上", ["约9件以上 = 9件 at_least"]),
        ("收到9件,约8件", ["9件 = 9件", "约8件 = 8件 approximate"]),
    ],
)
def test_how_exactly_a_number_is_meant_is_said_before_or_behind_it(
    text: str, expected: list[str]
) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请五件", ["五件 = 5件"]),
        ("收到申请五件,", ["五件 = 5件"]),
        ("收到申请五件事", []),
        ("召开会议四次", ["四次 = 4次"]),
        ("召开会议四次会", []),
        ("召开四次新闻发布会4次", ["4次 = 4次"]),
        ("召开四次新闻发布会,共4次", ["四次 = 4次", "4次 = 4次"]),
        ("召开四次新闻发布会5次", ["四次 = 4次", "5次 = 5次"]),
        ("召开四次新闻发布会四次", ["四次 = 4次", "四次 = 4次"]),
        ("有两件", ["两件 = 2件"]),
        ("同一件", []),
        ("这两件", []),
        ("举办培训班一期", ["一期 = 1期"]),
        ("收到一件", ["一件 = 1件"]),
        ("这是一件", ["一件 = 1件"]),
        ("共十二件", ["十二件 = 12件"]),
        ("第十二期", []),
        ("投入三百元", ["三百元 = 300元"]),
        ("投入三百二十元五角", []),
        ("投入三百二十元整", []),
        ("两万件", ["两万件 = 20000件"]),
        ("共三万余件", ["三万余件 = 30000件 approximate"]),
        ("共百余件", ["百余件 = 100件 approximate"]),
        ("“共五件”", []),
        ("称“共五件", []),
        ("“称”共五件", ["五件 = 5件"]),
        ("每月召开会议四次", []),
        ("定期召开会议四次", []),
        ("至少召开会议四次", []),
        ("共五件系列", []),
        ("共五次性", []),
        ("共五次些", []),
        ("共五次", ["五次 = 5次"]),
        ("五件予以公开", ["五件 = 5件"]),
        ("五件事予以公开", []),
        ("一件答复", ["一件 = 1件"]),
        ("一件为网络申请", ["一件 = 1件"]),
        ("主要有五个", ["五个 = 5个"]),
        ("主要有五次", ["五次 = 5次"]),
        ("为五次", ["五次 = 5次"]),
        ("为十五次", ["十五次 = 15次"]),
        ("是十五次,", ["十五次 = 15次"]),
        ("有十五次,", ["十五次 = 15次"]),
        ("制定制度五项", []),
        ("参加五人", ["五人 = 5人"]),
        ("万元", []),
        ("共一万元", ["一万元 = 10000元"]),
        ("其中五件已依法办结", ["五件 = 5件"]),
        ("某五件已依法办结", []),
        ("其中,五件已依法办结", ["五件 = 5件"]),
    ],
)
def test_numerals_count_only_where_they_do_not_articulate(text: str, expected: list[str]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《条例》第9条", []),
        ("《5件事》收到6件", ["6件 = 6件"]),
        ("2022年公开9条", ["9条 = 9条"]),
        ("5月公开9条", ["9条 = 9条"]),
        ("9个工作日", []),
        ("省政府令第9号", []),
        ("电话0534-3210123", []),
        ("排名第9名", []),
        ("10件以下不收费", []),
        ("12345热线受理9件", ["9件 = 9件"]),
        ("上升9个百分点", []),
        ("每份9元", []),
        ("每页9元,收到8元", ["8元 = 8元"]),
    ],
)
def test_what_is_no_statistic_is_no_quantity(text: str, expected: list[str]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("力争公开9条", "", []),
        ("力争已公开9条", "", ["9条 = 9条"]),
        ("力争公开9条,收到8件", "", []),
        ("公开9条,力争公开8条", "", ["9条 = 9条"]),
        ("下一步公开9条", "", []),
        ("下一步公开9条,收到8件", "", []),
        ("下一步工作,已收到8件", "", ["8件 = 8件"]),
        ("收到8件,下一步", "", ["8件 = 8件"]),
        ("下一步,公开不少于9条", "", []),
        ("确保办结率超过95%", "", ["超过95% = 95% at_least"]),
        ("确保办结率95%", "", []),
        ("确保办结数超过95件", "", []),
        ("将公开9条", "下一步打算", []),
        ("公开9条", "下一步打算", ["9条 = 9条"]),
        ("将公开9条", "总体情况", ["9条 = 9条"]),
    ],
)
def test_aims_and_rules_are_no_statistics(text: str, heading: str, expected: list[str]) -> None:
    assert counted(text, heading) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("维持1、纠正0、其他1", "", ["1 = 1件 no unit", "0 = 0件 no unit", "1 = 1件 no unit"]),
        ("维持1", "", []),
        ("维持1", "件", ["1 = 1件 no unit"]),
        ("维持1", "条", ["1 = 1条 no unit"]),
        ("维持1,234、纠正0", "", []),
        ("维持1(纠正0)", "", ["1 = 1件 no unit", "0 = 0件 no unit"]),
        ("维持1及纠正0人", "", ["0人 = 0人"]),
        ("维持1234567、纠正0、其他2", "", ["0 = 0件 no unit", "2 = 2件 no unit"]),
        ("维持123456、纠正0", "", ["123456 = 123456件 no unit", "0 = 0件 no unit"]),
        ("收到9条,维持1、纠正0", "", ["9条 = 9条", "1 = 1条 no unit", "0 = 0条 no unit"]),
        ("维持1、纠正0,收到9条", "", ["1 = 1件 no unit", "0 = 0件 no unit", "9条 = 9条"]),
        (
            "收到9条,公开8份,维持1、纠正0",
            "",
            ["9条 = 9条", "8份 = 8份", "1 = 1份 no unit", "0 = 0份 no unit"],
        ),
        ("答复数(件):15", "", ["15 = 15件 no unit"]),
        ("答复数(单位:条):15", "", ["15 = 15条 no unit"]),
        ("(单位:份)维持1、纠正0", "", ["1 = 1份 no unit", "0 = 0份 no unit"]),
        ("(单位:份)维持1", "件", ["1 = 1份 no unit"]),
        ("第1、月2、日3", "", []),
        ("截至1、达到2", "", []),
        ("2022年1、其他2", "", []),
        ("A1、B2", "", []),
        ("《条例1》、维持2", "", []),
        ("12345、维持1、纠正2", "", ["1 = 1件 no unit", "2 = 2件 no unit"]),
    ],
)
def test_a_number_without_a_unit_counts_where_a_list_leaves_it_out(
    text: str, unit: str, expected: list[str]
) -> None:
    assert counted(text, unit=unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请9件", True),
        ("收到申请", False),
        ("收到申请9 件", True),
        ("收到申请9余件", True),
        ("第9", False),
        ("9、8", True),
        ("2022年、", False),
        ("5月、", False),
        ("收到五件", True),
        ("第五", False),
        ("五余件", True),
        ("共一件", True),
        ("一件", False),
        (",一件", False),
        ("收到XX件", True),
        ("收到X", False),
        ("百分之九", True),
        ("分之九", False),
        ("壹件", True),
        ("壹,", False),
        ("9[件", False),
        ("9]件", True),
    ],
)
def test_a_text_without_numbers_is_passed_over(text: str, expected: bool) -> None:
    assert may_count(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下一步工作", True),
        ("下一步工作,已公开", False),
        ("已公开,下一步工作", True),
        ("公开", False),
        ("计划如下:", True),
        ("已计划于下年,我局将公开", True),
        ("我局将已公开,我局将", True),
    ],
)
def test_plans_hold_for_the_next_sentence_unless_done_is_said(text: str, expected: bool) -> None:
    assert plans_ahead(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(单位:件)", "件"),
        ("(计量单位:条)", "条"),
        ("(份)", "份"),
        ("(元)", ""),
        ("单位:件", ""),
        ("(件)(条)", "件"),
    ],
)
def test_a_unit_may_be_told_once(text: str, expected: str) -> None:
    assert unit_told(text) == expected
