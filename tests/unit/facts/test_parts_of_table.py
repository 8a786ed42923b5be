"""The government's own requests beside those of the whole region contradict no table."""

import pytest
from table_cells import printed

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.prose_checks import compare_sources
from pipeline.facts.selection import settled
from pipeline.model.check import Outcome
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text

CITY, BUREAU = "昌邑市人民政府", "潍坊市自然资源和规划局"
ROWS = {"requests.received": 120, "requests.carried_in": 2, "requests.processed": 118}


def contradicting(text: str, name: str, rows: dict[str, int]) -> list[int]:
    """The numbers of sentences that are held against a table and found to differ."""
    document = read_text(f"一、总体情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    scope = Scope.REGION if name == CITY else Scope.AGENCY
    prose = observe_narrative(
        sentences(part.blocks), 2022, template="D", reporter=name, scope=scope
    )
    table = [printed(name, value) for name, value in rows.items()]
    checks = compare_sources((*table, *prose), (), scope)
    return [
        int(check.expected)
        for check in checks
        if check.rule_id == "X-T1" and check.outcome is Outcome.FAIL and check.expected is not None
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (CITY, "全市共收到申请120件，较上年增加9件。其中，市政府（市政府办公室）收到申请85件。"),
        (CITY, "全市共收到申请120件。其中，市政府（市政府办公室）收到申请85件，均按时答复。"),
        (CITY, "全市政府信息公开申请120件，其中市级受理申请52件，镇街受理申请68件。"),
        (CITY, "市政府共受理政府信息公开申请30件，市直部门受理50件，镇街受理40件。"),
        (CITY, "市级受理申请52件，镇街受理申请68件。"),
        (BUREAU, "全局共收到申请120件。其中，局机关收到申请85件，各分局收到35件。"),
        (BUREAU, "局机关收到申请85件，各分局收到35件。"),
    ],
)
def test_a_part_of_what_a_table_prints_is_no_contradiction(name: str, text: str) -> None:
    assert contradicting(text, name, ROWS) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("全市共收到政府信息公开申请102件。", [102]),
        ("全市共收到政府信息公开申请102件，其中市级受理申请52件，镇街受理申请50件。", [102]),
        ("全市共收到政府信息公开申请130件，其中市级受理申请52件，镇街受理申请78件。", [130]),
        ("市级受理申请52件，镇街受理申请58件。", [52, 58]),
        ("全市新收申请118件，上年结转2件。", [118]),
        ("全市共收到申请120件。市级受理申请125件。", [125]),
        ("全市共收到申请120件。\n二、依申请公开情况\n全市共收到申请102件。", [102]),
        ("全市收到申请118件，答复116件，其余2件在法定期限内办理。", [118, 116]),
        ("全市共收到申请12件，其中市级受理申请5件。\n全市共办结申请100件。", [12, 100]),
        ("2020年至2022年全市共收到申请300件，其中2022年收到申请102件。", [102]),
        ("全市共收到申请120件。全年新收政府信息公开申请102件，上年结转2件。", [102]),
        ("全市共收到申请120件。2022年收到申请102件。", [102]),
    ],
)
def test_a_sentence_on_the_whole_is_still_held_against_the_table(
    text: str, numbers: list[int]
) -> None:
    assert contradicting(text, CITY, ROWS) == numbers


@pytest.mark.parametrize(
    ("behind", "is_own"),
    [
        ("市直部门受理50件，镇街受理40件", False),
        ("各部门均按时答复", True),
        ("涉及市直部门12个", True),
    ],
)
def test_a_governments_number_beside_its_departments_is_not_the_regions(
    behind: str, is_own: bool
) -> None:
    document = read_text(f"一、总体情况\n市政府共受理政府信息公开申请30件，{behind}。\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    prose = observe_narrative(
        sentences(part.blocks), 2022, template="D", reporter=CITY, scope=Scope.REGION
    )
    assert ("requests.received" in settled(prose, 2022, Scope.REGION)) is is_own
