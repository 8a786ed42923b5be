"""Names at the end of a paper: before its day, and alone on a last line."""

import pytest

from pipeline.extract.identity.mentions import signatures


def signed(text: str) -> list[tuple[str, str | None]]:
    """Who signs below a text of five hundred letters."""
    text = f"{'文' * 500}\n{text}"
    return [(one.text, one.day and str(one.day)) for one in signatures(text, 2019)]


BUREAU = "嘉祥县教育局"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{BUREAU}2019年1月5日", [(BUREAU, "2019-01-05")]),
        (f"特此报告。\n{BUREAU}\n2019年1月5日", [(BUREAU, None), (BUREAU, "2019-01-05")]),
        (f"特此报告。\n{BUREAU}", [(BUREAU, None)]),
        ("特此报告。", []),
        # Of several the last comes first.
        (f"{BUREAU}\n嘉祥县财政局", [("嘉祥县财政局", None), (BUREAU, None)]),
        # A period is no day of signature.
        (f"{BUREAU}2019年1月1日至2019年12月31日", []),
        # Names alone have four letters to thirty, those before a day three to forty.
        ("甲乙局", []),
        ("甲乙丙局", [("甲乙丙局", None)]),
        ("甲" * 29 + "局", [("甲" * 29 + "局", None)]),
        ("甲" * 30 + "局", []),
        ("甲局2019年1月5日", []),
        ("国务院2019年1月5日", [("国务院", "2019-01-05")]),
        ("甲" * 39 + "局2019年1月5日", [("甲" * 39 + "局", "2019-01-05")]),
        ("甲" * 40 + "局2019年1月5日", []),
        # What ends as no name does is none.
        ("特此报告如下文2019年1月5日", []),
        # The last lines stand among the last four hundred letters.
        (f"{BUREAU}\n" + "文" * 393, [(BUREAU, None)]),
        (f"{BUREAU}\n" + "文" * 394, [(BUREAU[1:], None)]),
    ],
)
def test_who_signs_stands_before_the_day_or_alone(
    text: str, names: list[tuple[str, str | None]]
) -> None:
    assert signed(text) == names


def test_a_line_in_the_upper_half_of_a_paper_signs_nothing() -> None:
    assert list(signatures(f"{BUREAU}\n{'文' * 20}", 2019)) == []
