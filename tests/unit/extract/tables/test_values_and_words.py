"""What behind a label is a value, a unit, a word or nothing; and numbers that no row takes."""

import pytest

from pipeline.extract.tables.tokens import Layout, cell_token
from pipeline.extract.tables.unmapped import headed_rows, is_label, is_number, unused_numbers
from pipeline.model.document import Cell, Locator, Table


def tokens(text: str, ordinal: str | None = None) -> str:
    """What stands in running text before the next label: words in brackets, its number last."""
    end = text.find("^") if "^" in text else len(text)
    window = Layout(text.replace("^", ""), ()).window(0, end, ordinal, whole_rows=False)
    shown = [f"[{one.text}]" if one.is_word else one.text for one in window.tokens]
    if window.numbering:
        shown.append(("?" if window.is_doubtful else "+") + window.numbering.text)
    return " ".join(shown)


def cell(text: str, row: int = 0, col: int = 1) -> Cell:
    return Cell(text, row, col, Locator(0, len(text)))


def table(text: str) -> Table:
    """A grid written a row a line, its cells parted by bars."""
    cells, at = [], 0
    for row, line in enumerate(text.split("\n")):
        for col, words in enumerate(line.split("|")):
            cells.append(Cell(words, row, col, Locator(at, at + len(words))))
            at += len(words) + 1
    return Table(tuple(cells), Locator(0, at))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 件 7", "5 [件] 7"),
        ("5件7", "5件 7"),
        ("约5件", "约5件"),
        ("5余件", "5余件"),
        ("1.2万元", "1.2万元"),
        ("1,234", "1,234"),
        ("1，234", "1，234"),
        ("12 345", "12 345"),
        ("5% 7％", "5% 7％"),
        ("-5 +3 >4 ≤2", "-5 +3 >4 ≤2"),
        ("+3/-2", "+3/-2"),
        ("↑5 下降3", "↑5 [下降] 3"),
        ("— 0 —— 7", "— 0 —— 7"),
        ("- 5 -", ""),
        ("/ 7", "/ 7"),
        ("xx 7", "xx 7"),
        ("XX件", "[XX件]"),
        ("** 7", "** 7"),
        ("无 7", "无 7"),
        ("件无 7", "[件] 无 7"),
        ("公文 7 无关", "[公文] 7 [无关]"),
        ("三 七", "[三] [七]"),
        ("十万 元 7", "[十万 元] 7"),
        ("２０１９", "２０１９"),
        (",5,7,9", "[,] 5 [,] 7 [,] 9"),
        (',"1,234","5"', '[,"] 1,234 [","] 5 ["]'),
        ("----- 7", "7"),
        ("----- ----- 7", "7"),
        ("──────── 7", "7"),
    ],
)
def test_values_of_running_text_are_told_from_words(text: str, expected: str) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 — 12 — 7", "5 7"),
        ("5 -12- 7", "5 7"),
        ("5 - 12 - 7", "5 7"),
        ("5 -1234- 7", "5 -1234 - 7"),
        ("5 第12页 7", "5 7"),
        ("5 第 3 页 共 12 页 7", "5 7"),
        ("5 第3页/共12页 7", "5 7"),
        ("5 ·12· 7", "5 7"),
        ("5 Page 3 7", "5 7"),
        ("5 P.3 7", "5 7"),
        ("5 3/12 7", "5 7"),
        ("5 [12] 7", "5 7"),
        ("5 [123] 7", "5 [[] 123 []] 7"),
        ("5[3]", "5 [[] 3 []]"),
        ("5 2019年政府信息公开年报 7", "5 7"),
        ("5 嘉祥县教育局2019年度信息公开工作年度报告 7", "5 7"),
        ("5 嘉祥县教育局 2019年政府信息公开年报 7", "5 7"),
        ("5 2019年年报 7", "5 2019 [年年报] 7"),
    ],
)
def test_what_pages_print_between_rows_is_left_out(text: str, expected: str) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "ordinal", "expected"),
    [
        ("5 件 （一）^主动公开", "（一）", "5 [件]"),
        ("5 1.^主动公开", "1", "5"),
        ("5 7 1.^主动公开", "1", "5 7"),
        ("5 71.^主动公开", "1", "5 +7"),
        ("5 7 1^主动公开", "1", "5 7 ?1"),
        ("5 71^主动公开", "1", "5 ?71"),
        ("5 71^主动公开", "", "5 71"),
        ("5 71^主动公开", None, "5 ?71"),
        ("5 7 1^主动公开", None, "5 7 ?1"),
        ("5 7 1.^主动公开", None, "5 7"),
        ("5 71.^主动公开", None, "5 +7"),
        ("5 7 一、^主动公开", None, "5 7"),
        ("5 7 （1）^主动公开", "2", "5 7"),
        ("5^主动公开", "5", "?5"),
        ("512.^主动公开", "2", "+51"),
        ("512.^主动公开", "12", "+5"),
    ],
)
def test_a_number_before_the_next_label_may_be_its_own(
    text: str, ordinal: str | None, expected: str
) -> None:
    assert tokens(text, ordinal) == expected


@pytest.mark.parametrize(
    ("text", "col", "expected"),
    [
        ("5", 1, False),
        ("5件", 1, False),
        ("件", 1, True),
        ("万元", 1, True),
        ("见附件", 1, True),
        ("无", 1, False),
        ("三", 1, False),
        ("三", 0, True),
        ("十二", 1, False),
        ("——", 1, False),
        ("", 1, False),
        ("X", 1, False),
        ("共5件", 1, False),
    ],
)
def test_a_cell_holds_a_word_or_a_value(text: str, col: int, expected: bool) -> None:
    assert cell_token(cell(text, col=col)).is_word is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", (True, False)),
        ("5件", (True, False)),
        ("XX", (True, False)),
        ("—", (False, False)),
        ("无", (False, False)),
        ("0", (True, False)),
        ("新收", (False, True)),
        ("新", (False, False)),
        ("件", (False, False)),
        ("2019年", (False, True)),
        ("2019", (True, False)),
        ("第3期", (False, True)),
        ("新收5件", (False, True)),
        ("", (False, False)),
    ],
)
def test_cells_that_print_numbers_and_labels(text: str, expected: tuple[bool, ...]) -> None:
    assert (is_number(cell(text)), is_label(cell(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目|数量\n新收|5\n结转|7", ["5", "7"]),
        ("项目|2019\n新收|5", ["5"]),
        ("2018年|2019年\n新收|5", ["5"]),
        ("序号|项目|数量\n1|新收|5\n2|结转|7\n3|公开|9\n4|部分|8", ["5", "7", "9", "8"]),
        ("序号|项目|数量\n1|新收|5\n2|结转|7\n3|公开|9", ["1", "5", "2", "7", "3", "9"]),
        ("序号|项目|数量\n10|新收|5\n20|结转|7\n30|公开|9\n40|部分|8", ["5", "7", "9", "8"]),
        (
            "序号|项目|数量\n11|新收|5\n20|结转|7\n30|公开|9\n40|部分|8",
            ["11", "5", "20", "7", "30", "9", "40", "8"],
        ),
        (
            "序号|项目|数量\n1|新收|5\n12|结转|7\n13|公开|9\n14|部分|8",
            ["1", "5", "12", "7", "13", "9", "14", "8"],
        ),
        ("序号|项目|数量\n1|新收|5\n11|结转|7\n12|公开|9\n13|部分|8", ["5", "7", "9", "8"]),
        (
            "序号|项目|数量\n4|新收|5\n3|结转|7\n2|公开|9\n1|部分|8",
            ["4", "5", "3", "7", "2", "9", "1", "8"],
        ),
        ("项目|数量\n新收|1\n结转|2\n公开|3\n部分|4", ["1", "2", "3", "4"]),
        ("项目|甲|乙|丙\n|1|2|3\n新收|5|6|8", ["5", "6", "8"]),
        ("项目|甲|乙|丙\n|0|1|2\n新收|5|6|8", ["5", "6", "8"]),
        ("项目|甲|乙|丙\n|2|3|4\n新收|5|6|8", ["2", "3", "4", "5", "6", "8"]),
        ("项目|甲\n|1\n新收|5", ["1", "5"]),
    ],
)
def test_numbers_of_a_grid_that_no_row_took_are_told(text: str, expected: list[str]) -> None:
    assert [one.text for one in unused_numbers(table(text), ())] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目|数 量\n新收|5\n部分|公开\n其他|7",
            ["", "0项目 1数量", "0新收 1数量", "0部分 1公开"],
        ),
    ],
)
def test_every_column_is_headed_by_the_last_label_above_it(text: str, expected: list[str]) -> None:
    assert [
        " ".join(f"{col}{head}" for col, head in heads.items())
        for _, heads in headed_rows(table(text))
    ] == expected
