"""Which rows a label heads that stands in the middle of several, where no lines tell."""

from pipeline.readers.pdf.group_labels import LabelGrid, group_spots
from pipeline.readers.pdf.words import PdfWord

# Eight rows of 20 points, two columns of groups and one of labels.
GRID = LabelGrid(tracks=(0, 50, 100), bands=tuple(range(0, 180, 20)), page=1)


def label(text: str, column: int, middle: float) -> PdfWord:
    left = 50 * column + 5
    char = {"text": text, "x0": left, "x1": left + 10, "upright": True}
    char |= {"top": middle - 5, "bottom": middle + 5, "doctop": middle - 5}
    return PdfWord(text, left, middle - 5, left + 10, middle + 5, (char,))


def headed(*labels: PdfWord) -> dict[str, range]:
    spots = group_spots(labels, labels, GRID)
    return {spot.text: range(spot.row, spot.row + spot.rowspan) for spot in spots}


def test_a_label_heads_as_many_rows_below_its_middle_as_above() -> None:
    assert headed(label("甲", 0, 39), label("乙", 0, 119)) == {"甲": range(4), "乙": range(4, 8)}


def test_a_label_heads_no_rows_of_the_next_group() -> None:
    found = headed(label("甲", 0, 39), label("乙", 0, 119), label("丙", 1, 50))
    assert found["丙"] == range(2, 3)


def test_a_label_heads_rows_of_its_group_alone() -> None:
    found = headed(label("甲", 0, 39), label("乙", 0, 119), label("丙", 1, 119))
    assert found["丙"] == range(4, 8)
