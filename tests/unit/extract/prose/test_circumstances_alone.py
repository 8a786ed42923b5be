"""Of which year a number is, of how much of it, and whose, by the words before it.

``|`` marks the number in a sentence.
"""

import pytest

from pipeline.extract.prose.circumstances import (
    carried_years,
    is_cumulative,
    is_of_others,
    is_partial,
    is_total_again,
    says_year,
    without_closed,
    year_before,
)

YEAR = 2022


def at(marked: str) -> tuple[str, int]:
    """A sentence without its mark, and where that stood."""
    return marked.replace("|", ""), marked.index("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到|9件", None),
        ("2022年收到|9件", None),
        ("2021年收到|9件", 2021),
        ("2021年收到|9件,2022年8件", 2021),
        ("2021年8件,2022年收到|9件", None),
        ("2022年8件,2021年收到|9件", 2021),
        ("|9件,2021年收到", None),
        ("2021|年", None),
        ("2022年收到29件(2021年为|41件)", 2021),
        ("2022年收到29件(2021年为41件),办结|7件", None),
        ("收到29件(2021年为41件),办结|7件", None),
        ("(2021年为|41件),办结7件", 2021),
        ("(2021年为41件),办结|7件", None),
        ("较2021年的|98件", 2021),
        ("较2021年的98件,增加|7件", None),
        ("与2021年(|203件)相比", 2021),
        ("与2021年(203件)相比,收到|7件", None),
        ("与2021年相比,收到|7件", None),
        ("和2021年:收到|7件", None),
        ("比2021年收到|7件", 2021),
        ("自2021年以来收到|9件", None),
        ("从2021年起收到|9件", None),
        ("从2021年收到|9件", 2021),
        ("2021年结转|9件", None),
        ("2021年度末结转|9件", None),
        ("2021年尚未办结,结转|9件", None),
        ("2021年未答复并需结转|9件", None),
        ("结转至2023年|9件", None),
        ("转入2023年|9件", None),
        ("结转2023年|9件", None),
        ("留待到2023年|9件", None),
        ("2021年收到,今年|9件", None),
        ("2021年收到,本年|9件", None),
        ("今年收到,2021年|9件", 2021),
        ("去年收到|9件", 2021),
        ("去年收到8件(上年|9件)", 2021),
        ("收到8件(去年9件),办结|7件", None),
        ("比去年收到|9件", None),
        ("上年结转|9件", None),
        ("《2021年计划》收到|9件", None),
        ("“2021年计划”收到|9件", None),
        ("《2021年计划》,2021年收到|9件", 2021),
        ("《2021年计划》2020年收到|9件", 2020),
        ("2021年10月1日收到|9件", 2021),
        ("2021-10-01收到|9件", 2021),
        ("2021年年度报告收到|9件", 2021),
        ("全年20个|9件", None),
    ],
)
def test_the_year_of_a_number_is_the_last_named_one_that_reaches_it(
    text: str, expected: int | None
) -> None:
    assert year_before(*at(text), YEAR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年收到|9件", None),
        ("2021年收到|9件", 2021),
        ("今年收到|9件", None),
        ("收到|9件", None),
    ],
)
def test_a_report_of_an_unknown_year_has_no_year_before(text: str, expected: int | None) -> None:
    assert year_before(*at(text), None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年收到|9件", True),
        ("收到|9件,2022年", False),
        ("今年收到|9件", True),
        ("2021年收到|9件", True),
        ("收到|9件", False),
        ("2022年|9件", True),
    ],
)
def test_a_sentence_says_a_year_before_a_number_or_not(text: str, expected: bool) -> None:
    assert says_year(*at(text), YEAR) is expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("结转自2021年度", "上年结转"),
        ("结转自2022年度", "结转自2022年度"),
        ("结转2021年", "结转2021年"),
        ("2021年结转9件", "上年结转9件"),
        ("2021年度末的结转9件", "上年末的结转9件"),
        ("2022年结转9件", "本年结转9件"),
        ("2020年结转9件", "2020年结转9件"),
        ("2021年未办结结转至2022年度9件", "上年结转9件"),
        ("2021年度末尚未答复,需转入本年9件", "上年结转9件"),
        ("上年仍未办理完毕而须结转到今年度9件", "上年结转9件"),
        ("去年未办结转结9件", "上年结转9件"),
        ("结转2023年9件", "结转下年9件"),
        ("结转至2023年度9件", "结转下年9件"),
        ("转入到2023年9件", "结转下年9件"),
        ("留待2023年9件", "结转下年9件"),
        ("结转2024年9件", "结转2024年9件"),
        ("去年底的遗留9件", "上年结转9件"),
        ("前一年转来9件", "上年结转9件"),
        ("上一年留下9件", "上年结转9件"),
        ("上年度未办结9件", "上年结转9件"),
        ("去年结转下年9件", "去年结转下年9件"),
        ("去年结转至下年9件", "去年结转下年9件"),
        ("去年结转次年9件", "去年结转下年9件"),
        ("结转至下一个年度9件", "结转下年9件"),
        ("延续到明年9件", "结转下年9件"),
        ("顺延入来年9件", "结转下年9件"),
        ("延续次年度9件", "结转下年9件"),
        ("2021年收到9件", "2021年收到9件"),
        ("留9件", "留9件"),
    ],
)
def test_the_year_something_is_carried_from_or_to_is_named_as_the_reporter_sees_it(
    clause: str, expected: str
) -> None:
    assert carried_years(clause, YEAR) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("2021年结转9件", "2021年结转9件"),
        ("结转至下年9件", "结转至下年9件"),
    ],
)
def test_without_a_year_of_the_report_carried_things_are_left_as_said(
    clause: str, expected: str
) -> None:
    assert carried_years(clause, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自2008年以来公开|9条", True),
        ("公开|9条,自2008年以来", False),
        ("自2022年以来公开|9条", False),
        ("自2008年以来公开8条,2022年公开|9条", False),
        ("自2008年以来公开8条,2021年公开|9条", True),
        ("自2008年以来公开,2022年公开|9条", True),
        ("自2008年以来公开8条,今年公开|9条", False),
        ("自2008年以来公开8条;其中,全年公开|9条", False),
        ("自2008年以来公开8条,2022年底公开|9条", True),
        ("自2008年以来公开8条,2022年上半年公开|9条", True),
        ("自2008年以来公开8条,今年3月公开|9条", True),
        ("自2008年以来公开8条,今年以来累计公开|9条", True),
        ("自2008年以来公开8条,在全县范围内2022年公开|9条", True),
        ("自2008年以来公开8条,在本县公开的2022年公开|9条", True),
        ("(自2008年以来)公开|9条", False),
        ("(自2008年以来公开|9条)", True),
        ("自2008年(已修订)以来公开|9条", True),
        ("历年公开|9条", True),
        ("开通以来公开|9条", True),
        ("2022年新增公开4条,累计公开|9条", True),
        ("2022年公开4条,累计公开|9条", True),
        ("2022年通过网站公开4条,通过微信公开5条,累计公开|9条", False),
        ("2022年网站公开4条,新媒体公开5条,累计公开|9条", False),
        ("收到|9件", False),
    ],
)
def test_what_was_added_up_since_another_year_is_told(text: str, expected: bool) -> None:
    assert is_cumulative(*at(text), YEAR) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到9件,本年共制发|15件", True),
        ("收到9件;全年共|15件", True),
        ("收到9件,年内接待|15件", True),
        ("收到9件,全县总计|15件", True),
        ("收到9件,上述合计|15件", True),
        ("收到9件,共计|15件", True),
        ("收到9件,共|15件", False),
        ("收到9件,本年收到|15件", False),
        ("收到9件,本年共收到3件、|15件", False),
        ("本年共制发|15件", False),
        ("收到9次,共计|15件", False),
        ("9个,本年度共建|15个", True),
    ],
)
def test_the_sum_said_again_behind_its_parts_is_of_the_year(text: str, expected: bool) -> None:
    assert is_total_again(*at(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上半年收到|9件", True),
        ("上半年收到8件,全年收到|9件", False),
        ("上半年、全年收到|9件", False),
        ("收到|9件,上半年", False),
        ("第一季度收到|9件", True),
        ("3月收到|9件", True),
        ("2022年3月主动公开|9条", True),
        ("3月累计公开|9条", True),
        ("1-11月收到|9件", True),
        ("1月至12月收到|9件", False),
        ("3月29日收到|9件", True),
        ("3月下旬收到|9件", False),
        ("3月收到8件,全年收到|9件", False),
        ("13月收到|9件", False),
        ("12月收到|9件", False),
        ("全年3月收到|9件", False),
        ("平均每月收到|9件", True),
        ("平均每月,收到|9件", True),
        ("平均每月,全县,收到|9件", False),
        ("每日收到|9件", True),
        ("平均收到8件,全年|9件", False),
        ("平均收到8件,全年|9件", False),
        ("截至目前累计|9件", True),
        ("截至2022年底,累计公开|9条", True),
        ("累计公开|5928条,其中本年新增2110条", True),
        ("公开|5928条,其中本年新增2110条", False),
        ("网站发布|100条(2012年新增15条)", True),
        ("网站发布|100条(其中2012年新增15条)", True),
        ("网站发布|100条(新增15条)", False),
        ("收到|9件", False),
        ("任期内收到|9件", True),
    ],
)
def test_a_number_of_a_part_of_the_year_is_told(text: str, expected: bool) -> None:
    assert is_partial(*at(text), YEAR) is expected


@pytest.mark.parametrize(
    ("text", "reporter", "expected"),
    [
        ("县教育局收到|9件", "石门县水务局", True),
        ("县水务局收到|9件", "石门县水务局", False),
        ("水务局收到|9件", "石门县水务局", False),
        ("水务局办公室收到|9件", "石门县水务局", False),
        ("我局收到|9件", "石门县水务局", False),
        ("全县收到|9件", "石门县水务局", False),
        ("县教育局收到8件,我局收到|9件", "石门县水务局", False),
        ("我局收到8件,县教育局收到|9件", "石门县水务局", True),
        ("我局收到|9件,县教育局收到8件", "石门县水务局", False),
        ("在县教育局收到|9件", "石门县水务局", False),
        ("通过县教育局、县水务局收到|9件", "石门县水务局", False),
        ("县水务局和县教育局共收到|9件", "石门县水务局", True),
        ("水务局和县水务局共收到|9件", "石门县水务局", False),
        ("各乡镇、各部门收到|9件", "石门县人民政府", False),
        ("各乡镇、各部门收到|9件", "石门县水务局", True),
        ("政府所属各部门收到|9件", "石门县人民政府", True),
        ("政府及其部门收到|9件", "石门县人民政府", False),
        ("管委会收到|9件", "石门县工业园区管委会", False),
        ("园区管委会收到|9件", "石门县工业园区管委会", False),
        ("园区管理委员会收到|9件", "石门县水务局", True),
        ("县教育局收到|9件", "", True),
        ("收到|9件", "石门县水务局", False),
    ],
)
def test_a_number_is_of_the_office_last_named_as_acting(
    text: str, reporter: str, expected: bool
) -> None:
    assert is_of_others(*at(text), reporter) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到(3件)|9件", "收到    9件"),
        ("收到|9件(3件)", "收到9件(3件)"),
        ("收到(3件|9件)", "收到(3件9件)"),
        ("(1)收到(3件|9件)", "   收到(3件9件)"),
        ("收到|9件", "收到9件"),
    ],
)
def test_what_stands_in_closed_brackets_is_blanked_out(text: str, expected: str) -> None:
    assert without_closed(*at(text)) == expected
