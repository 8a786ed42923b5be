"""A word much like a label is that label only where its row is missing."""

import pytest

from tests.unit.extract.tables.found_tables import found_in_text, values

TABLE = """嘉祥县财政局2016年政府信息公开情况统计表
统计指标\t单位\t统计数
（一）收到申请数\t件\t14
1.当面申请数\t件\t1
{odd}\t件\t9
3.网络申请数\t件\t3
4.信函申请数\t件\t1
（二）申请办结数\t件\t14
"""


@pytest.mark.parametrize(
    ("odd", "fax"),
    [("2.传真申请数", 9), ("2.传真中请数", 9), ("2.传直中请敷", None), ("2.当面中请数", None)],
    ids=["as on the form", "a letter off", "half of it off", "like the row above"],
)
def test_a_misprint_is_of_the_row_that_is_missing_and_of_no_other(
    odd: str, fax: int | None
) -> None:
    found = found_in_text(TABLE.format(odd=odd), 2016)
    told = [
        int(one.value)
        for one in found.observations
        if one.indicator_id == "requests.received.in_person" and one.value is not None
    ]
    assert told == [1]
    assert values(found).get("requests.received.fax") == fax
    assert [one.value for one in found.observations if one.value == 9] == [9]


CHANNELS = """嘉祥县财政局2016年政府信息公开情况统计表
统计指标\t单位\t统计数
（一）主动公开政府信息数\t条\t140
1.政府公报公开政府信息数\t条\t1
2.政府网站公开政府信息数\t条\t30
{odd}\t条\t9
5.其他方式公开政府信息数\t条\t100
"""


@pytest.mark.parametrize(
    ("odd", "weibo", "wechat"),
    [("政务微博公升政府信息数", 9, None), ("政务微訫公开政府信息数", None, None)],
    ids=["nearer to one", "as near to either"],
)
def test_a_misprint_as_near_to_two_missing_rows_is_taken_for_neither(
    odd: str, weibo: int | None, wechat: int | None
) -> None:
    found = values(found_in_text(CHANNELS.format(odd=odd), 2016))
    assert found.get("disclosure.channel.website") == 30
    assert found.get("disclosure.channel.weibo") == weibo
    assert found.get("disclosure.channel.wechat") == wechat


@pytest.mark.parametrize(
    ("odd", "website"),
    [("政府网站公开信息数", 9), ("政府网站公信息数", None), ("政府网站信息数", None)],
    ids=["two letters left out", "three", "four"],
)
def test_a_label_of_eleven_letters_lacks_two_at_most(odd: str, website: int | None) -> None:
    text = CHANNELS.format(odd=f"2.{odd}").replace("2.政府网站公开政府信息数\t条\t30\n", "")
    assert values(found_in_text(text, 2016)).get("disclosure.channel.website") == website
