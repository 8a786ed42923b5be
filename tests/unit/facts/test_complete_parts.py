"""Sentences that name every part of a number, levels, limits and rates: what may not differ."""

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.prose_checks import compare_sources
from pipeline.model.check import Outcome
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text
from tests.unit.facts.checks_of_sentences import told


def failing(text: str, template: str, year: int) -> set[str]:
    document = read_text(f"一、总体情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    seen = observe_narrative(
        sentences(part.blocks),
        year,
        template=template,
        reporter="石门县水务局",
        scope=Scope.AGENCY,
    )
    told = compare_sources(seen, (), Scope.AGENCY)
    return {check.rule_id for check in told if check.outcome is Outcome.FAIL}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("X-P7", "从事政府信息公开工作人员6人，其中专职人员1人，兼职人员4人。"),
        ("X-P7", "收到申请30件，其中当面申请2件，传真申请0件，网络申请20件，信函申请5件。"),
        ("X-P7", "申请办结数20件，其中按时办结18件，延期办结1件。"),
        ("X-P2", "政府网站在线访谈4次，主要负责同志参加政府网站在线访谈6次。"),
    ],
)
def test_all_the_parts_of_the_national_form_make_up_their_sum(rule: str, text: str) -> None:
    assert failing(text, "B", 2016) == {rule}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("X-P7", "新收申请260件（其中自然人241件、法人或其他组织15件）。"),
        ("X-P7", "新收申请64件，上年结转3件，两项合计70件。"),
        ("X-P7", "行政诉讼5件，其中未经复议直接起诉2件，复议后起诉2件。"),
        ("X-P3", "收到政府信息公开申请40件，办结38件，办结率100%。"),
        ("X-P5", "收到政府信息公开申请20件，与上年的18件持平。"),
        ("X-P1", "因政府信息公开发生行政复议2起。政府信息公开行政复议3件。"),
    ],
)
def test_what_sentences_say_of_one_thing_fits(rule: str, text: str) -> None:
    assert failing(text, "D", 2022) == {rule}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("B", "从事政府信息公开工作人员6人，其中专职人员1人。"),
        ("B", "收到申请30件，其中网络申请20件，信函申请5件。"),
        ("D", "新收申请260件（其中自然人241件、科研机构15件）。"),
        ("D", "受理依申请公开事项36件，其中公民申请30件，企业申请6件；按时办结36件。"),
        ("D", "收到政府信息公开申请40件，办结38件，结转下年度2件，办结率100%。"),
        ("D", "收到政府信息公开申请20件，与上年的18件基本持平。"),
        ("D", "上年结转3件已全部办结。新收40件中，办结38件，结转下年度2件；全年共办结41件。"),
        ("D", "收到政府信息公开申请29件（2021年为41件），发生行政复议1件（2021年为3件）。"),
        ("D", "新收申请64件，上年结转3件，两项合计67件。"),
    ],
)
def test_parts_left_out_and_numbers_that_fit_contradict_nothing(template: str, text: str) -> None:
    assert failing(text, template, 2022 if template == "D" else 2016) == set()


@pytest.mark.parametrize(
    "text",
    [
        "从事政府信息公开工作人员6人，其中专职1人、兼职4人、聘用1人。",
        "收到申请30件，其中当面申请2件，传真申请0件，网络申请20件，信函申请5件，电话申请3件。",
        "政府信息公开行政复议8件，其中维持5件、被依法纠错1件、其他情形0件、终止2件。",
    ],
)
def test_what_no_form_has_may_be_the_rest(text: str) -> None:
    assert failing(text, "B", 2016) == set()


@pytest.mark.parametrize(
    "text",
    [
        "新收申请64件，上年结转3件，两项合计约70件。",
        "新收申请约64件，上年结转3件，两项合计70件。",
        "县政府办受理申请约24件，其余单位受理申请16件，合计受理申请44件。",
        "全年收到申请66件，其中第一季度收到20件，第二季度收到15件，下半年收到约30件。",
        "复印费约200元、邮寄费50元、检索费20元，合计350元。",
    ],
)
def test_an_estimate_among_its_parts_or_their_sum_is_no_contradiction(text: str) -> None:
    assert "X-P7" in failing(text.replace("约", ""), "D", 2022)
    assert failing(text, "D", 2022) == set()


def test_nothing_counted_of_what_no_form_has_is_not_the_rest() -> None:
    text = "政府信息公开行政复议8件，其中维持5件、被依法纠错1件、其他情形0件、终止0件。"
    assert failing(text, "B", 2016) == {"X-P7"}


def test_a_rate_of_what_is_due_is_no_rate_of_all() -> None:
    assert (
        failing("收到政府信息公开申请40件，办结38件，另2件未到期，办结率100%。", "D", 2022) == set()
    )


def test_a_sum_behind_its_parts_is_theirs() -> None:
    assert failing(
        "办理政府信息公开申请，予以公开8件，部分公开2件，不予公开1件，共办结12件。", "D", 2022
    ) == {"X-P7"}


@pytest.mark.parametrize(
    "text",
    [
        "上年结转3件，收到申请9件，申请方式为：当面申请6件、网络申请6件，没有其他方式。",
        "收到申请9件，申请分为两类：当面申请6件、网络申请6件。上年结转申请3件。",
    ],
)
def test_parts_that_hold_what_was_carried_in_too_are_told_by_one_rule_at_most(text: str) -> None:
    assert "X-P7" not in failing(text, "B", 2016)
    assert "X-P7" in failing(text.replace("3件", "2件"), "B", 2016)


def test_stretches_of_the_year_that_overlap_make_up_nothing() -> None:
    parts = "其中第一季度收到{}件，第二季度收到15件，下半年收到30件"
    assert failing(f"全年收到申请66件，{parts.format(21)}。", "B", 2016) == set()
    assert failing(f"全年收到申请66件，{parts.format(20)}。", "B", 2016) == {"X-P7"}
    overlapping = f"{parts.format(21)}，上半年收到36件"
    assert failing(f"全年收到申请66件，{overlapping}。", "B", 2016) == set()


def test_sums_are_checked_in_the_order_in_which_they_are_stated() -> None:
    """Else two readings of one file would not be the same, byte for byte."""
    kinds = "结果维持{}件，结果纠正1件，其他结果1件，尚未审结1件，总计{}件"
    text = "；".join(
        f"{name}{of}件，{kinds.format(of - 3, of)}"
        for name, of in (("行政复议", 17), ("未经复议直接起诉", 14), ("复议后起诉", 18))
    )
    sums = [line for line in told(f"{text}。") if line.startswith("X-P7")]
    assert sums == ["X-P7 pass 17/17", "X-P7 pass 14/14", "X-P7 pass 18/18"]
