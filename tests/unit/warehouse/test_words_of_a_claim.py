"""A sentence is true for the words that were checked, and for no other."""

import re

import pytest
from stated_corpus import GAOQING, Corpus, report

from pipeline.warehouse.queries.claim_verdicts import ClaimFinding, overall, verify
from pipeline.warehouse.queries.claim_words import Said, meant_by, unchecked, words_of
from pipeline.warehouse.queries.lineage import tell
from pipeline.warehouse.queries.name_lookup import NotFoundError

TRUE, FALSE, OPEN = ClaimFinding.VERIFIED, ClaimFinding.REFUTED, ClaimFinding.CANNOT_SAY
NAME = GAOQING.name_zh
VALUES = {
    "requests.received": "47",
    "requests.answered": "44",
    "requests.answered.granted": "24",
    "requests.answered.denied": "3",
    "reconsideration.total": "6",
    "reconsideration.corrected": "1",
    "litigation.total": "2",
    "litigation.corrected": "0",
}


@pytest.fixture(scope="module")
def published(shared_corpus: Corpus) -> Corpus:
    shared_corpus.add("a.txt", report(VALUES))
    shared_corpus.build()
    return shared_corpus


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # A label right behind the agency or the year is read whole.
        (f"2018年{NAME}不同意公开答复44件", FALSE),
        (f"2018年{NAME}不同意公开答复3件", TRUE),
        (f"{NAME}2018年同意公开答复数为24件", TRUE),
        (f"{NAME}2018年同意公开答复44件", FALSE),
        (f"{NAME}2018年答复申请44件", TRUE),
        # What the form prints is certain, if only one row prints it.
        (f"{NAME}2018年行政复议被依法纠错1件", TRUE),
        (f"{NAME}2018年被依法纠错1件", OPEN),
        # …年政府信息公开 names no government, 人民政府办理 no office.
        (f"{NAME}2018年政府信息公开申请47件", TRUE),
        (f"{NAME}2018年政府信息公开申请量为48件", FALSE),
        (f"{NAME}2018年政府信息公开行政复议6件", TRUE),
    ],
)
def test_a_label_is_what_the_whole_of_it_says(
    published: Corpus, sentence: str, expected: ClaimFinding
) -> None:
    with published.asked() as connection:
        assert overall(verify(connection, [sentence])) is expected


@pytest.mark.parametrize(
    "more",
    [
        *("居全市第一", "创历史新高", "翻了一番", "与上年持平", "均来自企业", "均予公开", "含结转"),
        *("全部办结", "远超桓台县", "同比增长3%", "占全市的一半", "连续五年上升", "人均最高"),
    ],
)
def test_a_rank_a_trend_or_a_word_for_all_is_not_verified_with_the_number(
    published: Corpus, more: str
) -> None:
    with published.asked() as connection:
        for sentence in (f"{NAME}2018年收到政府信息公开申请47件{sign}{more}" for sign in "，。（"):
            assert overall(verify(connection, [sentence])) is OPEN, sentence


def test_what_was_not_checked_is_named_beside_what_was(published: Corpus) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [f"{NAME}2018年收到申请47件，居全市第一。"])
    assert "第一" in verdict.reason
    assert (verdict.printed, verdict.said) == (47, 47)


@pytest.mark.parametrize(
    "narrower", ["公民", "群众", "有效", "书面", "首次", "及时", "本级", "年末"]
)
def test_a_word_that_narrows_what_is_counted_is_not_dropped(
    published: Corpus, narrower: str
) -> None:
    with published.asked() as connection:
        for said in (f"收到{narrower}政府信息公开申请47件", f"{narrower}答复申请44件"):
            found = overall(verify(connection, [f"{NAME}2018年{said}"]))
            assert found is not TRUE, said


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("据市政府新闻发布会通报，", TRUE),
        ("报告显示，", TRUE),
        ("统计数据表明，", TRUE),
        ("截至年底，", TRUE),
        ("2018年全年，", TRUE),
        ("近日，市政府新闻办发布年报，", TRUE),
        ("据悉，", OPEN),
        ("据居全市第一的", OPEN),
        ("有网民称，", OPEN),
        ("2017年全年，", OPEN),
    ],
)
def test_who_told_of_a_number_takes_nothing_from_it(
    published: Corpus, opening: str, expected: ClaimFinding
) -> None:
    with published.asked() as connection:
        found = verify(connection, [f"{opening}{NAME}2018年收到政府信息公开申请47件。"])
    assert overall(found) is expected


def test_a_claim_without_a_number_does_not_count_its_numbers(published: Corpus) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [f"{NAME}2018年全部按时答复。"])
    assert verdict.finding is OPEN
    assert " of its " not in verdict.reason


def test_a_denial_in_the_clause_of_a_number_is_left_over() -> None:
    number = Said(6, 9, "requests.received")
    absent = ["reconsideration.total"]
    assert unchecked("未收到申请:20件,未发生复议", [number], absent, is_whole=False) == ""
    assert unchecked(" 未收到申请20件,未发生复议", [number], absent, is_whole=False) == "未"


def test_all_of_a_county_is_counted_only_where_its_report_does() -> None:
    number = Said(5, 8, "requests.received")
    assert unchecked("全县收申请20件", [number], (), is_whole=True) == "收"
    assert unchecked("全县收申请20件", [number], (), is_whole=False) == "全县收"


def test_a_label_names_an_indicator_by_words_of_its_own() -> None:
    known = ["requests.processed", "requests.processed.granted", "reconsideration.upheld"]
    assert meant_by("予以公开政府信息", known) == "requests.processed.granted"
    assert meant_by("依申请公开办结", known) == "requests.processed"
    assert meant_by("行政复议结果维持", [*known, "litigation.upheld"]) == "reconsideration.upheld"
    assert meant_by("结果维持", [*known, "litigation.upheld"]) is None
    assert "企业" in words_of("requests.received:enterprise") - words_of("requests.received")


@pytest.mark.parametrize(
    ("more", "view"),
    [("同比增长3%", "indicator_trend"), ("居全市第一", "agency_comparison"), ("占一半", "rates")],
)
def test_what_is_not_checked_is_pointed_to_where_a_view_holds_it(
    published: Corpus, more: str, view: str
) -> None:
    with published.asked() as connection:
        (verdict, *_) = verify(connection, [f"{NAME}2018年收到申请47件，{more}。"])
        (plain,) = verify(connection, [f"{NAME}2018年收到申请47件。"])
    assert view in verdict.reason
    assert view in verdict.reason_zh
    assert "view" not in plain.reason


def test_a_number_of_another_form_names_the_rows_that_hold_it(published: Corpus) -> None:
    with published.asked() as connection, pytest.raises(NotFoundError) as told:
        tell(connection, NAME, 2018, "litigation_direct.total")
    assert "splits" not in str(told.value)
    assert "表式无此项" in told.value.zh


def test_every_reason_is_told_in_both_languages(published: Corpus) -> None:
    with published.asked() as connection:
        for sentence in (f"{NAME}收到申请47件", f"{NAME}2018年收到申请约47件", "某局2018年收到5件"):
            (verdict,) = verify(connection, [sentence])
            assert re.search("[一-鿿]", verdict.reason_zh)
            assert not re.search("[a-z]{4}", verdict.reason_zh)
