"""The label of a number: the words before and behind it that say what it counts, and no others."""

import pytest

from pipeline.extract.prose.noun_phrases import (
    is_bare,
    is_change,
    label_of,
    names_what,
    with_verb_of,
)


@pytest.mark.parametrize(
    ("before", "behind", "expected"),
    [
        ("收到申请", "", "收到申请"),
        ("共收到申请", "", "收到申请"),
        ("我局共收到申请", "", "收到申请"),
        ("县教育局收到申请", "", "县教育局收到申请"),
        ("2022年收到申请", "", "收到申请"),
        ("2022年1月1日收到申请", "", "收到申请"),
        ("一是收到申请", "", "收到申请"),
        ("1.收到申请", "", "收到申请"),
        ("收到", "申请", "收到申请"),
        ("收到", "的申请", "收到申请"),
        ("收到", "申请,办结", "收到申请"),
        ("收到", "申请等", "收到申请等"),
        ("收到申请", "予以公开", "收到申请予以公开"),
        ("", "予以公开", "予以公开"),
        ("", "申请予以公开", "申请予以公开"),
        ("发布", "政府信息", "发布政府信息"),
        ("在网站发布", "政府信息", "在网站发布政府信息"),
        ("通过微信公众号发布", "政府信息", "通过微信公众号发布政府信息"),
        ("通过《公报》发布", "政府信息", "发布政府信息"),
        ("发布《公报》", "期", "发布期"),
        ("全区行政许可处理决定", "", "行政许可处理决定"),
        ("除", "申请外", "申请外"),
        ("其他", "全部公开", "全部公开"),
        ("其他", "公开", "其他公开"),
        ("不同意公开答复的", "申请中", "答复申请"),
        ("不同意公开答复的", "申请", "答复申请"),
        ("未收到", "申请", "未收到申请"),
        ("尚未办结", "申请", "尚未办结申请"),
        ("共", "申请", "申请"),
        ("共计公开信息", "", "公开信息"),
        ("“五公开”专栏发布", "信息", "发布信息"),
        ("公开“五公开", "信息", "公开信息"),
        ("会议", "次", "会议次"),
        ("", "", ""),
        ("接待专职", "人员", "接待专职人员"),
        ("收到", ",申请", "收到"),
        ("收到", "件申请", "收到件申请"),
    ],
)
def test_a_label_is_what_is_counted_before_or_behind_a_number(
    before: str, behind: str, expected: str
) -> None:
    assert label_of(before, behind) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (55, "甲" * 55 + "收到申请"),
        (56, "甲" * 56 + "收到申请"),
        (57, "甲" * 56 + "收到申请"),
    ],
)
def test_words_of_a_label_are_cut_to_a_length_at_a_verb(size: int, expected: str) -> None:
    assert label_of("甲" * size + "收到申请", "") == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (57, 59),
        (58, 60),
        (59, 60),
        (80, 60),
    ],
)
def test_a_long_label_begins_with_its_verb_or_ends_with_its_last_words(
    size: int, expected: int
) -> None:
    assert len(label_of("收到" + "甲" * size, "")) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (27, 29),
        (28, 30),
        (29, 31),
        (30, 32),
        (31, 32),
    ],
)
def test_the_words_behind_a_number_are_cut_to_a_length(size: int, expected: int) -> None:
    assert len(label_of("收到", "甲" * size)) == expected


@pytest.mark.parametrize(
    ("before", "is_part", "expected"),
    [
        ("县教育局收到申请", False, "县教育局收到申请"),
        ("县教育局收到申请", True, "县教育局收到申请"),
        ("各部门共发布信息", False, "发布信息"),
        ("各部门共发布信息", True, "部门发布信息"),
        ("负责人接待", False, "负责人接待"),
        ("负责人接待", True, "负责人接待"),
        ("网站共发布信息", False, "网站发布信息"),
    ],
)
def test_who_acts_is_said_of_a_part_and_left_out_of_a_whole(
    before: str, is_part: bool, expected: str
) -> None:
    assert label_of(before, "", is_part=is_part) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("收到", True),
        ("办结", False),
        ("申请", False),
        ("件", True),
        ("", True),
        ("县教育局", False),
        ("收到申请", False),
    ],
)
def test_some_labels_say_nothing_by_themselves(label: str, expected: bool) -> None:
    assert is_bare(label) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("收到申请", True),
        ("收到", False),
        ("办结", True),
        ("县教育局", True),
        ("", False),
        ("件", False),
    ],
)
def test_words_before_a_number_name_what_it_counts_or_not(before: str, expected: bool) -> None:
    assert names_what(before) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("较上年增加", True),
        ("同比", True),
        ("比上年多", True),
        ("增加申请", False),
        ("减少了", True),
        ("收到申请", False),
    ],
)
def test_a_change_is_no_number_of_things(label: str, expected: bool) -> None:
    assert is_change(label) is expected


@pytest.mark.parametrize(
    ("label", "before", "expected"),
    [
        ("规范性文件", "制发规章", "制发规范性文件"),
        ("规范性文件", "新制发规章", "制发规范性文件"),
        ("规范性文件", "规章", "规范性文件"),
        ("微信", "主动公开信息", "主动公开微信"),
        ("微信", "公开信息", "公开微信"),
        ("微信", "", "微信"),
    ],
)
def test_a_label_takes_the_verb_of_the_one_before(label: str, before: str, expected: str) -> None:
    assert with_verb_of(label, before) == expected
