"""What labels count: kinds of parts, families and cases, each word beside its nearest misses."""

import pytest

from pipeline.extract.prose.kinds import (
    are_alike,
    case_of,
    cases_in,
    counted_kind,
    family_of,
    fits,
    is_applicant,
    opens_cases,
)


def kind(label: str) -> str:
    """The kind of a label and how parts of it stand."""
    found = counted_kind(label)
    if found is None:
        return ""
    return f"{found.kind}{' alone' * found.alone}{' beside' * found.beside}"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("补正后未提供", "unavailable"),
        ("没有现成信息", "unavailable"),
        ("重复申请", "unhandled"),
        ("确认或重新出具", "unhandled"),
        ("逾期不补正", "dropped"),
        ("逾期未答复", "dropped"),
        ("不是政府信息", "reason"),
        ("国家秘密", "reason"),
        ("予以公开", "outcome"),
        ("不予公开", "outcome"),
        ("已主动公开", "outcome"),
        ("已公开", ""),
        ("信息不存在", "outcome"),
        ("非本机关", "outcome"),
        ("按时办结", "closing"),
        ("办结", ""),
        ("当面申请", "channel"),
        ("当面送达", ""),
        ("网络公开", ""),
        ("网络咨询", ""),
        ("网络申请", "channel"),
        ("自然人申请", "applicant alone"),
        ("法人或其他组织", "applicant alone"),
        ("法人", ""),
        ("结转下年", "carried beside"),
        ("转结", "carried beside"),
        ("直接起诉", "suit alone"),
        ("复议后起诉", "suit alone"),
        ("维持", "ruling"),
        ("撤销", "ruling"),
        ("撤销申请", "outcome"),
        ("其他", "ruling"),
        ("其他结果", "ruling"),
        ("其他情形", "ruling"),
        ("微信公众号", "way"),
        ("专职", "staff"),
        ("收到申请", ""),
    ],
)
def test_a_label_is_of_the_first_kind_that_fits(label: str, expected: str) -> None:
    assert kind(label) == expected


@pytest.mark.parametrize(
    ("label", "indicator", "expected"),
    [
        ("予以公开", "requests.received", True),
        ("予以公开", "requests.carried_in", False),
        ("予以公开", None, False),
        ("予以公开", "disclosure.items", False),
        ("当面申请", "requests.received", True),
        ("当面申请", "requests.processed", False),
        ("国家秘密", "requests.processed.denied", True),
        ("国家秘密", "requests.processed", False),
        ("补正后", "requests.processed.not_available", True),
        ("补正后", "requests.processed.not_handled", False),
        ("重复申请", "requests.processed.not_handled", True),
        ("逾期不补正", "requests.processed.other", True),
        ("维持", "litigation.total", True),
        ("维持", "litigation_direct.total", True),
        ("维持", "reconsideration.total", True),
        ("维持", "requests.received", False),
        ("直接起诉", "litigation.total", True),
        ("直接起诉", "litigation_direct.total", False),
        ("微博", "disclosure.items", True),
        ("微博", "disclosure.items_last_year", True),
        ("专职", "staff.total", True),
        ("按期答复", "requests.closed", True),
        ("自然人", "requests.processed.granted", True),
        ("自然人", "litigation.total", False),
        ("收到", "requests.received", False),
    ],
)
def test_what_became_of_things_fits_only_what_counts_them(
    label: str, indicator: str | None, expected: bool
) -> None:
    assert fits(label, indicator) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("自然人", True),
        ("科研机构", True),
        ("法人或其他组织", True),
        ("予以公开", False),
        ("收到", False),
    ],
)
def test_only_who_asks_is_an_applicant(label: str, expected: bool) -> None:
    assert is_applicant(label) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("涉及征地的申请", "topic"),
        ("内容涉及征地", "topic"),
        ("城市管理类", "topic"),
        ("城市管理方面", "topic"),
        ("引发诉讼", "litigation"),
        ("引发的", "topic"),
        ("主动公开信息", "topic"),
        ("主动公开", "topic"),
        ("行政诉讼", "litigation"),
        ("行政复议", "reconsideration"),
        ("复议后起诉", "litigation"),
        ("申请", "requests"),
        ("结转", "requests"),
        ("举报", "complaints"),
        ("收费", "fees"),
        ("培训会议", "training"),
        ("新闻发布会", "meetings"),
        ("专职人员", "staff"),
        ("文件", "disclosure"),
        ("资金", ""),
    ],
)
def test_a_label_is_of_the_first_family_that_fits(label: str, expected: str) -> None:
    assert family_of(label) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政复议和行政诉讼", "litigation"),
        ("行政诉讼和行政复议", "reconsideration"),
        ("未经复议直接起诉", "litigation_direct"),
        ("直接起诉", "litigation_direct"),
        ("经直接起诉", ""),
        ("复议后起诉", "litigation_after_reconsideration"),
        ("驳回起诉", ""),
        ("起诉", "litigation"),
        ("未经行政复议", ""),
        ("复议机关", ""),
        ("举报投诉", "complaints"),
        ("申请", ""),
    ],
)
def test_the_case_named_last_is_the_one_meant(text: str, expected: str) -> None:
    assert case_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政复议和行政诉讼", ("reconsideration", "litigation")),
        (
            "复议后起诉、未经行政复议直接起诉",
            ("litigation_after_reconsideration", "litigation_direct"),
        ),
        ("申请", ()),
    ],
)
def test_all_cases_of_a_text_are_named_in_order(text: str, expected: tuple[str, ...]) -> None:
    assert cases_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政复议:", True),
        ("行政复议:维持", True),
        ("行政复议:维持。", False),
        ("行政复议:维持;", False),
        ("行政复议:维持,", True),
        ("行政复议案件情况:", True),
        ("行政复议案件的办理情况:", False),
        ("行政复议,情况:", False),
        ("行政复议", False),
        ("申请:", False),
    ],
)
def test_a_kind_of_cases_before_a_colon_holds_to_the_end_of_the_sentence(
    text: str, expected: bool
) -> None:
    assert opens_cases(text) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("件", "条", True),
        ("件", "件", True),
        ("则", "件次", True),
        ("人", "人次", True),
        ("人", "件", False),
        ("元", "万元", True),
        ("元", "件", False),
        ("场", "场次", True),
        ("场", "件", False),
        ("次", "件", True),
        ("个", "批次", True),
        ("页", "页", True),
        ("页", "件", False),
    ],
)
def test_units_that_count_things_of_one_kind_are_alike(
    one: str, other: str, expected: bool
) -> None:
    assert are_alike(one, other) is expected
