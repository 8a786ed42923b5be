"""Sheets printed down, then over: labels on the first pages, figures as high on the next ones."""

import pytest

from pipeline.model.document import Locator, Paragraph
from pipeline.readers.over_pages import printed_over

LABELS = [f"（{n}）公开政府信息数" for n in range(12)]
ON_A_PAGE = 6
HEIGHT = 15


def line(text: str, page: int, at: float) -> Paragraph:
    top = 100.0 + at * HEIGHT
    return Paragraph(text, Locator(0, len(text), page, (50.0, top, 90.0, top + 11)))


def down(first_page: int, texts: list[str]) -> list[Paragraph]:
    """Lines one below another on two pages; an empty text leaves its place free."""
    return [
        line(text, first_page + n // ON_A_PAGE, n % ON_A_PAGE)
        for n, text in enumerate(texts)
        if text
    ]


TITLE = line("某县粮食局政府信息公开工作年度报告", 1, -3)
FIGURES = [str(n + 20) for n in range(12)]
SPARSE = ["" if n == 7 else text for n, text in enumerate(FIGURES)]


def rows(blocks: list) -> list[list[str]]:
    (table,) = (block for block in blocks if isinstance(block, list))
    return [[one.text for one in table if one.row == n] for n in range(len(LABELS))]


def test_a_figure_is_that_of_the_label_as_high_on_the_page_before():
    found = printed_over([TITLE, *down(1, LABELS), *down(3, SPARSE)])
    assert found[0] == TITLE
    assert rows(found) == [
        [label, figure] if figure else [label] for label, figure in zip(LABELS, SPARSE, strict=True)
    ]


def test_two_sheets_printed_so_are_two_tables():
    first = [*down(1, LABELS), *down(3, FIGURES)]
    second = [*down(5, LABELS), *down(7, SPARSE)]
    found = printed_over([*first, *second])
    assert [rows([one])[7] for one in found] == [[LABELS[7], "27"], [LABELS[7]]]


@pytest.mark.parametrize(("figures", "is_one"), [(8, True), (7, False)])
def test_eight_figures_are_those_of_a_sheet_printed_over(figures: int, *, is_one: bool) -> None:
    over = down(3, ["" if n < 12 - figures else text for n, text in enumerate(FIGURES)])
    found = printed_over([*down(1, LABELS), *over])
    assert any(isinstance(block, list) for block in found) is is_one


@pytest.mark.parametrize(("head", "is_one"), [("本年度合计", True), ("本年度数合计", False)])
def test_a_head_of_five_characters_stands_beside_figures(head: str, *, is_one: bool) -> None:
    labels = [line("主动公开情况", 1, -1), *down(1, LABELS)]
    found = printed_over([*labels, line(head, 3, -1), *down(3, FIGURES)])
    assert any(isinstance(block, list) for block in found) is is_one


@pytest.mark.parametrize(
    ("labels", "figures"),
    [
        # A figure beside no label, one beside two, a figure among the labels, too few of them.
        (LABELS, [*down(3, FIGURES), line("9", 4, 7)]),
        ([*LABELS[:3], "", *LABELS[4:]], down(3, FIGURES)),
        ([*LABELS[:3], "3", *LABELS[4:]], down(3, FIGURES)),
        (LABELS, down(3, ["", "", "", "", "", *FIGURES[5:]])),
    ],
)
def test_figures_that_cannot_be_told_stay_lines(labels: list[str], figures: list[Paragraph]):
    blocks = [TITLE, *down(1, labels), *figures]
    assert printed_over(blocks) == blocks
