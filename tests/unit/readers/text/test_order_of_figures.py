"""Rows whose figures heads do not tell: nothing but the order of their figures is known."""

from pipeline.readers.text.aligned_blocks import BlockOfLines
from pipeline.readers.text.aligned_cells import HeadedBlock, cells_below_heads
from pipeline.readers.text.aligned_heads import Track
from pipeline.readers.text.aligned_labels import LineOfWords
from pipeline.readers.text.display_words import DisplayWord

HEADS = [Track(left, left + 4, ()) for left in (20, 40, 60, 80)]


def put(text: str, left: int) -> DisplayWord:
    return DisplayWord(text, left, left + len(text), text.isdecimal())


def across(*figures: str) -> list[tuple[str, int, int]]:
    """The figures of a row, each with the columns that it lies across."""
    words = tuple(put(figure, 30 + 5 * n) for n, figure in enumerate(figures))
    row = LineOfWords(1, 0, (put("予以公开", 0),), words)
    table = cells_below_heads(HeadedBlock(BlockOfLines([], [row]), HEADS, 0), list)
    return [(cell.text, cell.col, cell.cols.stop) for cell in table.cells if cell.col]


def test_figures_that_no_head_tells_are_not_run_together_in_one_cell() -> None:
    assert across("32", "1", "37") == [("32", 1, 3), ("1", 2, 4), ("37", 3, 5)]


def test_as_many_figures_as_heads_are_not_told_by_that() -> None:
    assert across("32", "1", "4", "37") == [("32 1 4 37", 1, 5)]
