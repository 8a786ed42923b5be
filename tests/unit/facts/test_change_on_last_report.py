"""What a sentence leaves for the number that last year's report has to give."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.prose_checks import compare_sources
from pipeline.model.check import CheckResult, Outcome
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text


def left_to_last_year(text: str) -> list[CheckResult]:
    document = read_text(f"三、依申请公开情况\n{text}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    prose = list(sentences(part.blocks))
    seen = observe_narrative(prose, 2023, template="D", reporter="石门县水务局", scope=Scope.AGENCY)
    told = compare_sources(seen, (), Scope.AGENCY, 2023)
    return [check for check in told if check.rule_id == "X-Y1"]


@pytest.mark.parametrize(
    ("text", "change", "least", "most"),
    [
        ("2023年收到政府信息公开申请189件，同比增长95.5%。", "95.5", "96.6", "96.7"),
        ("2023年收到政府信息公开申请38件，较上年下降17.4%。", "-17.4", "45.9", "46.1"),
        ("2023年收到政府信息公开申请189件（较2022年同比增长6%）。", "6", "176.6", "180"),
        ("2023年收到政府信息公开申请44件，比上年增加10件。", "10", "34", "34"),
        ("2023年收到政府信息公开申请44件，与去年相比，减少8件。", "-8", "52", "52"),
    ],
)
def test_a_change_leaves_a_number_for_last_year(
    text: str, change: str, least: str, most: str
) -> None:
    (check,) = left_to_last_year(text)
    assert check.outcome is Outcome.NOT_ASSESSABLE
    assert check.indicator_ids == ("requests.received",)
    assert [one.value for one in check.left] == [Decimal(change)]
    low, high = (one.value for one in check.right)
    assert low is not None and high is not None
    assert (round(low, 1), round(high, 1)) == (Decimal(least), Decimal(most))


@pytest.mark.parametrize(
    "text",
    [
        "2023年收到政府信息公开申请44件，比2019年增加10件。",
        "2023年收到政府信息公开申请44件，环比增长5%。",
        "2023年收到政府信息公开申请44件，同比增长约5%。",
        "2023年收到政府信息公开申请44件，网站访问量同比增长5%。",
        "2023年收到政府信息公开申请44件，办结率同比提高5个百分点。",
        "2023年收到政府信息公开申请44件，上年结转5件。",
        "2023年收到政府信息公开申请44件，上年52件，同比下降15.4%。",
        "2023年收到政府信息公开申请44件，其中自然人申请30件，同比增长5%。",
        "2023年收到政府信息公开申请0件，同比下降100%。",
    ],
)
def test_what_is_no_change_on_last_years_number_leaves_none(text: str) -> None:
    """Another year, another thing, about so much, or last year's number beside it."""
    assert left_to_last_year(text) == []
