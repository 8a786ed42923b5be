"""Words before a number: without what brackets hold, with the topic that a colon names.

``|`` marks a place in a text, or two.
"""

import pytest

from pipeline.extract.prose.clauses import (
    Words,
    aside_before,
    topic_before,
    with_clauses_before,
    without_body,
    words_before,
)


def parted(marked: str) -> tuple[str, int, int]:
    """A text without its marks, and where both stood."""
    first, *others = (n for n, char in enumerate(marked) if char == "|")
    return marked.replace("|", ""), first, others[0] - 1 if others else first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|收到申请|9件", "收到申请"),
        ("|收到申请(含信函)|9件", "收到申请"),
        ("|收到(含信函)申请(其他)|9件", "收到申请"),
        ("专(兼)职|专(兼)职|9人", "专、兼职"),
        ("|专(兼)职|9人", "专、兼职"),
        ("|兼(专)职|9人", "兼职"),
        ("受理申请(其中当面|3件)共|7件", "受理申请共"),
        ("受理申请(其中当面|3件)、共|7件", "3件)、共"),
        ("受理申请(其中当面|3件)和共|7件", "3件)和共"),
        ("受理申请(其中当面|3件),共|7件", "3件),共"),
        ("今年,受理申请(其中当面|3件)共|7件", "受理申请共"),
        ("受理申请其中当面|3件)共|7件", "3件)共"),
        ("(一)受理申请(其中|3件,|7件", "3件,"),
    ],
)
def test_words_in_brackets_before_a_number_are_left_out(text: str, expected: str) -> None:
    assert words_before(*parted(text)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("规章:制发|0件", "规章"),
        ("规章:制发1件,规范性文件:制发|0件", "规范性文件"),
        ("规章|:制发0件", ""),
        ("办理情况:制发|0件", ""),
        ("申请渠道:当面|0件", ""),
        ("公开方式:网站|0件", ""),
        ("规:制发|0件", ""),
        ("一二三四五六七八九十一二:制发|0件", "一二三四五六七八九十一二"),
        ("一二三四五六七八九十一二三:制发|0件", ""),
        ("制发规章|0件", ""),
        ("(一)规章:制发|0件", "规章"),
    ],
)
def test_the_topic_is_what_stands_before_the_last_colon(said: str, expected: str) -> None:
    assert topic_before(*parted(said)[:2]) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("|无法提供(不掌握)|4件", "不掌握"),
        ("|无法提供(不掌握)共|4件", ""),
        ("|无法提供(含不掌握)|4件", ""),
        ("|无法提供(包括不掌握)|4件", ""),
        ("|无法提供(其中不掌握)|4件", ""),
        ("|无法提供(不)|4件", ""),
        ("|无法提供(不掌握2件)|4件", ""),
        ("无法提|供(不掌握)|4件", "不掌握"),
        ("无法提供|(不掌握)|4件", ""),
        ("|(不掌握)|4件", ""),
        (
            "|提供(一二三四五六七八九十一二三四五六七八九十)|4件",
            "一二三四五六七八九十一二三四五六七八九十",
        ),
        ("|提供(一二三四五六七八九十一二三四五六七八九十一)|4件", ""),
    ],
)
def test_brackets_right_before_a_number_say_what_it_is_all_of(said: str, expected: str) -> None:
    assert aside_before(*parted(said)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("厅机关收到申请", "收到申请"),
        ("厅机关收到", "厅机关收到"),
        ("厅机关公开信息", "厅机关公开信息"),
        ("收到申请", "收到申请"),
    ],
)
def test_a_body_that_only_did_what_is_said_is_no_part_of_a_label(label: str, expected: str) -> None:
    assert without_body(label, None) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("未经复议直接起诉的案件,本年新发生", "未经复议直接起诉的案件本年新发生"),
        ("行政复议,本年新发生", "行政复议本年新发生"),
        ("行政复议,均已办结", "新发生"),
        ("行政复议,并新发生", "新发生"),
        ("甲乙丙丁,本年新发生", "新发生"),
        ("本年新发生", "新发生"),
        ("", "新发生"),
    ],
)
def test_clauses_before_belong_to_a_label_where_all_their_words_are_known(
    said: str, expected: str
) -> None:
    assert with_clauses_before(said, "新发生", "件") == expected


@pytest.mark.parametrize(
    ("wider", "expected"),
    [
        ("收到申请,办结", "收到申请,"),
        ("收到申请。办结;答复", "收到申请。办结;"),
        ("收到申请", ""),
        ("收到申请,", "收到申请,"),
        ("", ""),
    ],
)
def test_earlier_clauses_are_those_before_the_last(wider: str, expected: str) -> None:
    assert Words("", "", wider, "", False).earlier == expected
