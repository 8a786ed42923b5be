"""Which year a report is on where its title, its period or a day is of another year by a slip."""

import pytest

from pipeline.parsing import parse_file

NAME = "嘉祥县财政局"
TOLD = (
    "一、总体情况\n2022年，我局主动公开政府信息120条。2022年，收到政府信息公开申请30件。\n"
    f"二、存在的问题\n无。\n{NAME}\n2023年1月20日"
)
COMPARED = "与2021年相比，2021年收到20件，2021年公开100条，2021年培训3次，2021年会议2次。\n"


def period(year: int) -> str:
    return f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n"


def title(year: int) -> str:
    return f"{NAME}{year}年政府信息公开工作年度报告\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{title(2021)}{title(2022)}政府信息公开工作年度报告\n{TOLD}",
        f"发布日期：2022-01-20\n{title(2022)}{period(2021)}{TOLD}",
        f"{title(2022)}{period(2021)}{COMPARED}{TOLD}",
        f"发布日期：2023-01-20\n{title(2021)}{period(2022)}{TOLD}",
    ],
    ids=["links above a bare title", "day of publication", "period, beside last year's", "title"],
)
def test_sentences_and_signature_outweigh_a_slip(text: str) -> None:
    """The numbers of 2022 were filed under 2021, and last year's 20 requests as that year's."""
    (document,) = parse_file("a.txt", text.encode())
    (found,) = document.reports
    assert found.year == 2022
    assert {one.indicator_id: int(one.value) for one in found.facts} == {
        "disclosure.items": 120,
        "requests.received": 30,
    }
