"""Where the names of a list may end in a text."""

from pipeline.agencies.beginnings import Beginnings

NAMES = Beginnings(["嘉祥", "嘉祥县", "嘉善县", "北京市"])


def test_the_longest_name_comes_first() -> None:
    assert list(NAMES.ends("嘉祥县教育局")) == [3, 2]


def test_a_name_may_begin_inside_a_text() -> None:
    assert list(NAMES.ends("山东省嘉祥县", 3)) == [6, 5]


def test_no_name_ends_behind_the_text() -> None:
    assert list(NAMES.ends("嘉祥")) == [2]
    assert list(NAMES.ends("北京")) == []


def test_what_begins_like_no_name_is_passed_over() -> None:
    assert list(NAMES.ends("上海市")) == []
    assert list(NAMES.ends("")) == []
