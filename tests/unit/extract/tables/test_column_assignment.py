"""Which token of a row is whose: one a column, a blank, or nobody can tell."""

import pytest
from msgspec import structs

from pipeline.extract.column_headers import PrintedColumn
from pipeline.extract.tables.propose.column_assignment import assign, assign_by_head
from pipeline.extract.tables.tokens import Token
from pipeline.forms.form import Column
from pipeline.model.document import Cell, Locator

PARTS = (
    PrintedColumn("自然人", 0, Column(heads=("自然人",), suffix="natural_person"), 1),
    PrintedColumn("商业企业", 1, Column(heads=("商业企业", "企业"), suffix="enterprise"), 2),
    PrintedColumn("总计", 2, Column(heads=("总计",)), 3),
)
NO_TOTAL = (PARTS[0], PARTS[1])
SPANNING = (structs.replace(PARTS[0], colspan=2), structs.replace(PARTS[1], col=3))
OVERLAPPING = (structs.replace(PARTS[0], colspan=2), PARTS[1])
FOREIGN = (PrintedColumn("街道", None, None, 1), PrintedColumn("合计", None, None, 2))


def grid(*cells: str) -> list[Token]:
    """Tokens of cells written as column and text, 1:5, with the columns they span, 1-2:5."""
    return [_token(n, *cell.split(":")) for n, cell in enumerate(cells)]


def _token(n: int, place: str, text: str) -> Token:
    first, _, last = place.partition("-")
    span = int(last or first) - int(first) + 1
    cell = Cell(text, 0, int(first), Locator(n, n + 1), colspan=span)
    return Token(text, n, n + 1, cell)


def line(*words: str) -> list[Token]:
    return [
        Token(word, n, n + 1, None, not (word[:1].isdigit() or word in " —"))
        for n, word in enumerate(words)
    ]


def said(assigned: list[Token | None] | None) -> list[str | None] | None:
    return assigned and [token and token.text for token in assigned]


@pytest.mark.parametrize(
    ("cells", "columns", "expected"),
    [
        # As many as there are columns, wherever they stand.
        pytest.param(("1:4", "2:1", "3:5"), PARTS, ["4", "1", "5"], id="complete"),
        pytest.param(("5:4", "6:1", "7:5"), PARTS, ["4", "1", "5"], id="moved as a whole"),
        pytest.param(("1:4", "2: ", "3:5"), PARTS, ["4", " ", "5"], id="with a blank"),
        pytest.param(("1-2: ", "3:5"), NO_TOTAL, [" ", "5"], id="as many, one wider"),
        pytest.param(("1-2:", "3:5"), NO_TOTAL, None, id="as many, an empty one wider"),
        pytest.param(("1:", "1:4", "2:5"), PARTS, ["", "4", "5"], id="as many, an empty one"),
        # Two lines are two figures where a border is lost, and one in a column of its own.
        pytest.param(("1:4", "2:", "3:1\n2"), PARTS, ["4", "", "1\n2"], id="broken, all cells"),
        pytest.param(("1:1\n2", "3:5"), PARTS, None, id="broken, too few cells"),
        # An empty text is no value, so that a longer row is looked through.
        pytest.param(("1:4", "2:1", "3:5", "4:"), PARTS, ["4", "1", "5"], id="empty behind"),
        pytest.param(("1:4", "2:1", "3:5", "5: "), PARTS, ["4", "1", "5"], id="blank behind"),
        pytest.param(("1:4", "1: ", "2:1", "3:5"), PARTS, ["4", "1", "5"], id="twice, blank"),
        pytest.param(("0: ", "1:4", "2:1", "3:5"), PARTS, ["4", "1", "5"], id="blank before"),
        pytest.param(("1:4", "3:4"), PARTS, ["4", None, "4"], id="a cell is missing"),
        pytest.param(("1-2: ", "3:0"), PARTS, [" ", " ", "0"], id="a blank over two"),
        pytest.param(("1: ", "2: "), PARTS, [" ", " ", None], id="all blank"),
        pytest.param(("1-4: ",), PARTS, [" ", " ", " "], id="one blank over all"),
        pytest.param((), PARTS, [None, None, None], id="nothing"),
        # More figures than columns: what is beside the sum's own columns is none of them.
        pytest.param(("1:4", "2:1", "3:5", "4:2"), PARTS, ["4", "1", "5"], id="one beside"),
        pytest.param(("1:4", "2:1", "3:6", "4:2"), PARTS, None, id="beside a wrong total"),
        pytest.param(("1:4", "2:1", "4:5", "5:5"), PARTS, None, id="beside a missing total"),
        pytest.param(("1:4", "2: ", "3:4", "4:8"), PARTS, None, id="adds up moved or not"),
        pytest.param(("1:4", "2: ", "3:5", "4:9"), PARTS, ["4", "5", "9"], id="adds up moved"),
        pytest.param(("1:4", "1:1", "2:1", "3:5"), PARTS, None, id="two under one head"),
        pytest.param(("1-2:4", "2:1", "3:5", "4:1"), PARTS, None, id="across two heads"),
        pytest.param(("1:4", "2:1", "3-4:5", "5:1"), PARTS, ["4", "1", "5"], id="beside by span"),
        pytest.param(("1:4", "2:1", "3:?", "4:5"), PARTS, None, id="beside an unread total"),
        # Less than there are: the sums tell whether what is left of them moved.
        pytest.param(("1:4", "2:4"), PARTS, None, id="the last is the total of the first"),
        pytest.param(("1:4", "2:5"), PARTS, None, id="the last may be a total"),
        pytest.param(("1:4", "2:3"), PARTS, ["4", "3", None], id="the last is no total"),
        pytest.param(("1:0", "2:0"), PARTS, ["0", "0", None], id="noughts are no total"),
        pytest.param(("1:4",), PARTS, None, id="one figure alone may be the total"),
        pytest.param(("1:1",), PARTS, None, id="so may a single one"),
        pytest.param(("1:4", "2:?"), PARTS, ["4", "?", None], id="what is behind it is unread"),
        pytest.param(("1:?",), PARTS, ["?", None, None], id="nothing is read"),
        pytest.param(("2:1", "3:1"), PARTS, [None, "1", "1"], id="the total is in its place"),
        pytest.param(("2:1", "3:4"), PARTS, [None, "1", "4"], id="the total is another"),
        # Without a total nothing speaks against the places.
        pytest.param(("2:1",), NO_TOTAL, [None, "1"], id="no total, one figure"),
        pytest.param(("1:4", "2:1", "3:5"), NO_TOTAL, ["4", "1"], id="no total, one beside"),
        pytest.param(("1:4", "2: ", "3:5"), NO_TOTAL, ["4", " "], id="no total, beside a blank"),
        pytest.param(("1:4", "3:5", "4:1"), NO_TOTAL, None, id="no total, beside an unfilled"),
        # A head over two columns has the cell below its left edge or within.
        pytest.param(("2:4",), SPANNING, ["4", None], id="within a head's span"),
        pytest.param(("1-2:4",), SPANNING, ["4", None], id="as wide as its head"),
        pytest.param(("2-3:4",), SPANNING, None, id="over the edge of its head"),
        pytest.param(("0:4",), SPANNING, None, id="before all heads"),
        pytest.param(("1:4", "2:3", "3:5"), SPANNING, None, id="two under a wide head"),
        pytest.param(("2:4",), OVERLAPPING, None, id="under two heads"),
        # Heads no form has are columns too, and no totals.
        pytest.param(("2:9",), FOREIGN, [None, "9"], id="foreign heads"),
        pytest.param(("1:4", "2:9", "3:1"), FOREIGN, ["4", "9"], id="foreign heads, one beside"),
        # One column: everything else is beside it.
        pytest.param(("1:4", "2:5"), PARTS[:1], ["4"], id="one column, one beside"),
        pytest.param(("1:4", "2: "), PARTS[:1], ["4"], id="one column, a blank beside"),
        pytest.param(("3:5", "4:2"), PARTS[2:], ["5"], id="a total alone, one beside"),
        pytest.param(("1: ", "2:4"), PARTS[:1], ["4"], id="one column, a blank before"),
    ],
)
def test_cells_go_to_the_columns_above_them_or_to_none(
    cells: tuple[str, ...], columns: tuple[PrintedColumn, ...], expected: list[str | None] | None
) -> None:
    assert said(assign(grid(*cells), columns, is_table=True)) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1:4", "2: ", "3: ", "4:4", "5:8"), None),
        (("1:4", "2: ", "3: ", "4:4", "5:9"), ["4", " ", " ", "4"]),
        (("1:4", "2:0", "3:1", "4:5", "5:10"), ["4", "0", "1", "5"]),
        (("1:1", "2: ", "3: ", "4:1", "5:2"), None),
        (("1:0", "2: ", "3: ", "4:0", "5:0"), ["0", " ", " ", "0"]),
    ],
)
def test_a_row_with_blanks_that_adds_up_one_column_further_left_too_may_have_moved(
    cells: tuple[str, ...], expected: list[str | None] | None
) -> None:
    columns = (*PARTS[:2], structs.replace(PARTS[1], col=3), structs.replace(PARTS[2], col=4))
    assert said(assign(grid(*cells), columns, is_table=True)) == expected


def test_a_place_is_asked_only_where_there_is_one() -> None:
    assert assign(line("4", "1"), PARTS, is_table=False) is None
    assert assign(line("4", "1"), PARTS, is_table=True) is None
    assert said(assign(line("4", "1", "5"), PARTS, is_table=False)) == ["4", "1", "5"]
    assert assign(line("4", "1", "5", "6"), PARTS, is_table=False) is None
    assert assign(grid("1:4", "3:4"), PARTS, is_table=False) is None
    assert said(assign(line("4", " ", "1", "5"), PARTS, is_table=False)) == ["4", "1", "5"]
    assert said(assign(line(" ", " "), PARTS, is_table=False)) == [" ", " ", None]
    assert assign(grid("1:4", "2:1", "3:5", "4:2"), PARTS, is_table=False) is None


@pytest.mark.parametrize("cols", [(1, None, 3), (1, 1, 3)])
def test_heads_without_a_place_of_their_own_place_nothing(cols: tuple[int | None, ...]) -> None:
    columns = [structs.replace(one, col=col) for one, col in zip(PARTS, cols, strict=True)]
    assert assign(grid("1:4", "3:4"), columns, is_table=True) is None
    assert assign(grid("3:4"), columns, is_table=True) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("自然人", "6", "商业企业", "1", "总计", "7"), ["6", "1", "7"]),
        (("商业企业", "1", "自然人", "6"), ["6", "1", None]),
        (("企业", "1"), [None, "1", None]),
        (("商業企業", "1"), [None, "1", None]),
        (("自然人", "：", "6", "件", "总计", "：", "6", "件"), ["6", None, "6"]),
        (("自然人", "6", "法人或其他组织", "商业企业", "1"), ["6", "1", None]),
        (("自然人", "—", "商业企业", "1"), ["—", "1", None]),
        (("自然人", "6", "自然人", "1"), None),
        (("自然人", "6", "商业企业"), None),
        (("自然人", "6", "学校", "1"), None),
        (("6", "自然人", "1", "商业企业"), None),
        (("法人或其他组织", "："), None),
        ((), None),
    ],
    ids=str,
)
def test_a_value_behind_the_head_of_its_column_is_that_columns(
    words: tuple[str, ...], expected: list[str | None] | None
) -> None:
    assert said(assign_by_head(line(*words), PARTS)) == expected
