"""Below which head a figure stands, where nothing but its place tells.

Words are written as ``left-right``, those of a row parted by blanks, rows by bars; a result is the
head of each figure, row by row, and ``?`` for a row that nothing tells.
"""

import pytest

from pipeline.readers.tracks import Span, columns_by_place, heads_repeated

HEADS = "0-10 20-30 40-50"


def spans(text: str) -> list[Span]:
    """Words of a row."""
    return [Span(*map(float, word.split("-"))) for word in text.split()]


def found(rows: str, heads: str, whole: str = "") -> str:
    """The head of every figure; places may differ by one."""
    lines = [spans(row) for row in rows.split("|")]
    known = [spans(row) for row in whole.split("|")] if whole else []
    told = columns_by_place(lines, spans(heads), 1, known)
    return "|".join(
        " ".join(str(told.get((n, at), "?")) for at in range(len(line)))
        for n, line in enumerate(lines)
    )


def repeated(rows: str, heads: str) -> str:
    """Where the heads of one page would stand on another."""
    lines = [spans(row) for row in rows.split("|")]
    return " ".join(f"{one.left:g}-{one.right:g}" for one in heads_repeated(lines, spans(heads), 1))


@pytest.mark.parametrize(
    ("rows", "heads", "expected"),
    [
        ("4-6 24-26 44-46", HEADS, "0 1 2"),
        ("4-6 44-46|24-26", HEADS, "0 2|1"),
        ("4-6 44-46", HEADS, "0 2"),
        ("24-26", HEADS, "1"),
        ("8-12", HEADS, "0"),
        ("9-21", HEADS, "?"),
        ("4-6 24-26 44-46 64-66", HEADS, "? ? ? ?"),
        ("4-6 24-26 44-46|4-6 24-26 44-46 64-66", HEADS, "? ? ?|? ? ? ?"),
        ("4-6 7-9", HEADS, "? ?"),
        ("4-6 7-9|4-6 44-46", HEADS, "? ?|? ?"),
        ("4-6 24-26", "", "0 1"),
        ("4-6 24-26|24-26", "", "0 1|1"),
        ("4-6 24-26|24-25|14-16", "", "0 2|2|1"),
    ],
)
def test_figures_below_a_head_are_its_own(rows: str, heads: str, expected: str) -> None:
    assert found(rows, heads) == expected


@pytest.mark.parametrize(
    ("rows", "heads", "expected"),
    [
        ("12-13", HEADS, "?"),
        ("11-12", HEADS, "0"),
        ("11.5-12", HEADS, "0"),
        ("11.7-12", HEADS, "?"),
        ("17-18", HEADS, "?"),
        ("18-19", HEADS, "1"),
        ("14-16|44-46", HEADS, "?|2"),
        ("14-16 34-36", HEADS, "? ?"),
        ("14-16 34-36 54-56", HEADS, "0 1 2"),
        ("14-16 34-36|24-26", HEADS, "0 2|1"),
        # All on one side of their heads.
        ("12-14 34-36|32-34 52-54", HEADS, "0 1|1 2"),
        ("12-14 33-35 52-54", HEADS, "0 1 2"),
        ("12-14|9-11 33-35|52-54", HEADS, "0|0 1|2"),
        # Beyond the outermost as near as its neighbour is.
        ("55-57", HEADS, "2"),
        ("55.1-57", HEADS, "?"),
        ("56-58", HEADS, "?"),
        ("58-60 24-26", "10-20 30-40", "? ?"),
        ("2-5", "10-20 30-40", "0"),
        ("1-4.9", "10-20 30-40", "?"),
        ("60-70", "10-20", "0"),
    ],
)
def test_a_figure_between_two_heads_is_that_of_the_much_nearer(
    rows: str, heads: str, expected: str
) -> None:
    assert found(rows, heads) == expected


@pytest.mark.parametrize(
    ("rows", "heads", "expected"),
    [
        ("6-24", HEADS, "?"),
        ("2-24", HEADS, "?"),
        ("1-24", HEADS, "?"),
        ("0-24", HEADS, "0"),
        ("6-22", HEADS, "?"),
        ("8-22", HEADS, "?"),
        ("8-22 44-46", HEADS, "? ?"),
        ("8-22 26-28", HEADS, "0 1"),
        ("4-6 9-21", HEADS, "0 1"),
        ("4-6 9-21 44-46|4-6", HEADS, "0 1 2|0"),
    ],
)
def test_a_figure_below_two_heads_is_that_of_the_one_it_is_much_more_below(
    rows: str, heads: str, expected: str
) -> None:
    assert found(rows, heads) == expected


@pytest.mark.parametrize(
    ("rows", "heads", "expected"),
    [
        ("4-6 14-16 44-46", HEADS, "0 1 2"),
        ("4-6 14-16 24-26", HEADS, "? ? ?"),
        ("14-16 24-26 44-46", HEADS, "0 1 2"),
        ("14-16 34-36 44-46", HEADS, "0 1 2"),
        ("4-6 15-17|24-26", HEADS, "? ?|1"),
        ("14-16 24-26|4-6", HEADS, "? ?|0"),
        ("4-6 12-14 24-26 44-46", HEADS, "? ? ? ?"),
        ("2-3 7-8|24-26", HEADS, "? ?|1"),
        ("2-3|7-8|24-26", HEADS, "0|0|1"),
        ("2-3|7-8 24-26|2-3 24-26", HEADS, "0|0 1|0 1"),
    ],
)
def test_order_decides_where_two_heads_may_be_meant(rows: str, heads: str, expected: str) -> None:
    assert found(rows, heads) == expected


@pytest.mark.parametrize(
    ("rows", "heads", "whole", "expected"),
    [
        ("5-9 12-15 30-34|12-15", "0-10 20-30 40-50", "", "? ? ?|1"),
        ("5-9 12-15 30-34|12-15", "0-10 20-30 40-50", "5-9 12-15 30-34", "? ? ?|1"),
        ("5-9 12-15 30-34|13-15|30-33", "0-10 20-30 40-50", "5-9 12-15 30-34", "? ? ?|1|?"),
        ("5-9 8-15 30-34|12-15", "0-10 20-30 40-50", "5-9 8-15 30-34", "? ? ?|?"),
        ("5-9 12-15 30-34|20-22", "0-10 20-30 40-50", "5-9 12-15 30-34", "? ? ?|1"),
        ("4-6 24-26 44-46|14-16", HEADS, "", "0 1 2|?"),
        ("12-14 32-34 52-54|32-34", HEADS, "", "0 1 2|1"),
    ],
)
def test_rows_with_a_figure_for_each_head_tell_where_all_stand(
    rows: str, heads: str, whole: str, expected: str
) -> None:
    assert found(rows, heads, whole) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("4-6 20-26|4-16 20-22", "0 1|0 1"),
        ("4-6 20-26|2-6 24-26|20-26", "0 1|0 1|1"),
        ("4-6 20-26|2-8 22-24|22-24", "0 1|0 1|1"),
        ("4-6 20-26|5-7 21-27|21-27", "0 1|0 1|1"),
        ("4-6 20-26|5.1-7.1 21.1-27.1|21-27", "0 2|1 2|2"),
        ("4-6 20-26|6.1-8.1 22.1-28.1|21-27", "0 2|1 3|2"),
    ],
)
def test_figures_that_begin_end_or_have_their_middle_at_one_place_are_a_column(
    rows: str, expected: str
) -> None:
    assert found(rows, "") == expected


@pytest.mark.parametrize(
    ("rows", "heads", "expected"),
    [
        ("4-6 24-26 44-46", HEADS, "4-6 24-26 44-46"),
        ("14-16 34-36 54-56|14-16", HEADS, "14-16 34-36 54-56"),
        ("14-16 34-36|54-56", HEADS, "10-20 30-40 50-60"),
        ("14-16 34-36", HEADS, ""),
        ("14-16 34-36|14-16", HEADS, ""),
        ("4-6 28-30|52-54", HEADS, "-1-11 23-35 47-59"),
        ("4-6 29-31|54-56", HEADS, ""),
        ("4-6 30-32|56-58", HEADS, ""),
        ("4-6 21-23|38-40", HEADS, "0.75-9.25 17.75-26.25 34.75-43.25"),
        ("4-6 20-22|36-38", HEADS, ""),
        ("4-6 19-21|34-36", HEADS, ""),
        ("4-6 26-28|44-46", HEADS, ""),
        ("4-6 25-27|44-46", HEADS, HEADS),
        ("4-6 25-27|44-46", "0-10 20-30 41-51", ""),
        ("4-6 24-26|44-46", "0-10 20-30 40-50 90-100", f"{HEADS} 90-100"),
        ("4-6 24-26|94-96", "0-10 20-30 40-50 90-100", f"{HEADS} 90-100"),
        ("4-6 24-26|44-46", "0-10 20-30 40-50 60-70", ""),
        (
            "4-6 24-26|44-46|64-66|84-86|104-106|124-126|144-146",
            "0-10 20-30 40-50 60-70 80-90 100-110 120-130 140-150",
            f"{HEADS} 60-70 80-90 100-110 120-130 140-150",
        ),
        (
            "4-6 24-26|44-46|64-66|84-86|104-106|124-126|144-146|164-166",
            "0-10 20-30 40-50 60-70 80-90 100-110 120-130 140-150 160-170",
            "",
        ),
        ("4-6 24-26|44-46|64-66", HEADS, ""),
    ],
)
def test_heads_of_one_page_are_told_on_the_next_by_whole_rows_or_distances(
    rows: str, heads: str, expected: str
) -> None:
    assert repeated(rows, heads) == expected
