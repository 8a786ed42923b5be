"""Where a plain text holds a table, and what keeps lines from being one."""

import pytest

from pipeline.model.document import Document, Paragraph
from pipeline.readers.text.plain_text import blocks_of, read_text


def read(text: str) -> list[str]:
    """The blocks of a text: a paragraph as it is, a table in brackets, rows parted by strokes."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else "[" + "/".join("|".join(cell.text for cell in row) for row in block.rows()) + "]"
        for block in blocks_of(text)
    ]


def cleaned(text: str) -> str:
    """What is left of a text."""
    document = read_text(text.encode())
    assert isinstance(document, Document)
    return document.text


def is_table(text: str) -> bool:
    """Whether all lines of a text are one table."""
    blocks = read(text)
    return len(blocks) == 1 and blocks[0].startswith("[")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\t乙\n丙\t丁", ["[甲|乙/丙|丁]"]),
        ("甲\t乙\t丙\t丁", ["[甲|乙|丙|丁]"]),
        ("甲\t乙\t丙", ["甲\t乙\t丙"]),
        ("甲\t乙\n\n丙\t丁", ["[甲|乙/丙|丁]"]),
        ("甲\t乙\n丙\n丁\t戊", ["[甲|乙/丙/丁|戊]"]),
        ("甲\t乙\n丙\n丁\n戊\t己", ["[甲|乙/丙/丁/戊|己]"]),
        ("甲\t乙\n丙\n丁\n庚\n戊\t己", ["甲\t乙", "丙", "丁", "庚", "戊\t己"]),
        ("甲\t乙\n丙\t丁\n戊\n", ["[甲|乙/丙|丁]", "戊"]),
        ("甲\t乙\n丙\t丁\n" + "戊" * 120 + "\n己\t庚", ["[甲|乙/丙|丁/" + "戊" * 120 + "/己|庚]"]),
        ("甲\t乙\n丙\t丁\n" + "戊" * 121 + "\n己\t庚", ["[甲|乙/丙|丁]", "戊" * 121, "己\t庚"]),
        # Indented paragraphs have few short cells.
        (
            "甲" * 13 + "\t" + "乙" * 13 + "\n" + "丙" * 13 + "\t丁",
            ["甲" * 13 + "\t" + "乙" * 13, "丙" * 13 + "\t丁"],
        ),
        (
            "甲" * 13 + "\t" + "乙" * 13 + "\n" + "丙" * 13 + "\t丁" + "\n戊\t己",
            ["[" + "甲" * 13 + "|" + "乙" * 13 + "/" + "丙" * 13 + "|丁/戊|己]"],
        ),
        (
            "甲" * 12 + "\t" + "乙" * 13 + "\n" + "丙" * 13 + "\t丁",
            ["[" + "甲" * 12 + "|" + "乙" * 13 + "/" + "丙" * 13 + "|丁]"],
        ),
        (
            f"{'甲' * 13}\t{'乙' * 13}\t丁\n{'丙' * 13}\t{'丙' * 13}\t戊",
            [f"[{'甲' * 13}|{'乙' * 13}|丁/{'丙' * 13}|{'丙' * 13}|戊]"],
        ),
    ],
)
def test_tabs_part_the_cells_of_a_row(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\t甲\n\t乙\n\t丙\n\t丁\n\t戊\n\t己", ["[甲/乙/丙/丁/戊/己]"]),
        ("\t甲\n\t乙\n\t丙\n\t丁\n\t戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("\t甲\n续\n\t乙\n\t丙\n\t丁\n\t戊\n\t己", ["[甲\n续/乙/丙/丁/戊/己]"]),
        ("\t甲\n\n续\n\t乙\n\t丙\n\t丁\n\t戊\n\t己", ["甲", "续", "乙", "丙", "丁", "戊", "己"]),
        ("\t甲\n\n\t乙\n\t丙\n\t丁\n\t戊\n\t己", ["[甲/乙/丙/丁/戊/己]"]),
        ("\t甲\n\t乙\n\t丙\n\t丁\n\t戊\n\t" + "己" * 119, ["[甲/乙/丙/丁/戊/" + "己" * 119 + "]"]),
        (
            "\t甲\n\t乙\n\t丙\n\t丁\n\t戊\n\t" + "己" * 120,
            ["甲", "乙", "丙", "丁", "戊", "己" * 120],
        ),
        ("\t甲\n\t乙\n\t丙\n\t丁\n\t戊\n\t\n", ["[甲/乙/丙/丁/戊/]"]),
        ("\t甲\n\t乙\n\t丙\n\t丁\n\t戊\n己\t庚", ["甲", "乙", "丙", "丁", "戊", "己\t庚"]),
    ],
)
def test_a_tab_opens_a_cell_where_it_begins_a_line(text: str, expected: list[str]) -> None:
    assert read(text) == expected


WIDE = f"项目{' ' * 47}单位    数量\n新收{' ' * 47}件      5\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目    单位    数量\n新收    件      5\n结转    件      7",
            ["[项目|单位|数量/新收|件|5/结转|件|7]"],
        ),
        ("项目    单位    数量\n新收    件      5", ["项目    单位    数量", "新收    件      5"]),
        ("项目    数量\n新收    5\n结转    7", ["项目    数量", "新收    5", "结转    7"]),
        (
            "项目  单位  数量\n新收  件    5\n结转  件    7",
            ["[项目|单位|数量/新收|件|5/结转|件|7]"],
        ),
        ("项目 单位 数量\n新收 件 5\n结转 件 7", ["项目 单位 数量", "新收 件 5", "结转 件 7"]),
        (
            "项目　　单位　　数量\n新收　　件　　　5\n结转　　件　　　7",
            ["[项目|单位|数量/新收|件|5/结转|件|7]"],
        ),
        (
            "  项目    单位    数量\n  新收    件      5\n  结转    件      7",
            ["[项目|单位|数量/新收|件|5/结转|件|7]"],
        ),
        (
            "项目    单位    数量\n\n新收    件      5\n-----  -----\n结转    件      7",
            ["[项目|单位|数量/新收|件|5/结转|件|7]"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n说明文字\n结转    件      7",
            ["[项目|单位|数量/新收|件|5/说明文字||/结转|件|7]"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n结转    件      7\n说明文字",
            ["[项目|单位|数量/新收|件|5/结转|件|7]", "说明文字"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n\n说\n明\n结转    件      7",
            ["项目    单位    数量", "新收    件      5", "说", "明", "结转    件      7"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n说\n明\n又\n再\n还\n结转    件      7",
            ["[项目|单位|数量/新收|件|5/说||/明||/又||/再||/还||/结转|件|7]"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n说\n明\n又\n再\n还\n了\n结转    件      7",
            ["[项目|单位|数量/新收|件|5/说||/明||/又||/再||/还||/了||/结转|件|7]"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n" + "说" * 45 + "\n结转    件      7",
            ["[项目|单位|数量/新收|件|5/||" + "说" * 45 + "/结转|件|7]"],
        ),
        (
            "项目    单位    数量\n新收    件      5\n" + "说" * 46 + "\n结转    件      7",
            ["项目    单位    数量", "新收    件      5", "说" * 46, "结转    件      7"],
        ),
        (WIDE + "结" * 45 + "    件      7", ["[项目|单位|数量/新收|件|5/" + "结" * 45 + "|件|7]"]),
        (
            WIDE + "结" * 46 + "   件      7",
            [
                "项目" + " " * 47 + "单位    数量",
                "新收" + " " * 47 + "件      5",
                "结" * 46 + "   件      7",
            ],
        ),
        # A unit as wide as its column needs one blank.
        (
            "项目    单位  数量\n新收    万元 1234\n结转    万元 5678",
            ["[项目|单位|数量/新收|万元|1234/结转|万元|5678]"],
        ),
        (
            "项目    单位  数量\n新收    万元 一二\n结转    万元 五六",
            ["项目    单位  数量", "新收    万元 一二", "结转    万元 五六"],
        ),
        (
            "项目    单位  数量\n新收    每年 1234\n结转    每年 5678",
            ["项目    单位  数量", "新收    每年 1234", "结转    每年 5678"],
        ),
    ],
)
def test_two_blanks_part_columns_of_three_rows(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two figures under one head.
        ("项目    单位    数量\n新收    件      5  6\n结转    件      7", False),
        (
            (
                "项目    单位    数量\n新收    件      5  约\n结转    件      7\n"
                "公开    件      9\n不予    件      8\n部分    件      8"
            ),
            True,
        ),
        (
            (
                "项目    单位    数量\n新收    件      5  约\n结转    件      7  约\n"
                "公开    件      9"
            ),
            False,
        ),
        # Two figures that have run together, and one with its thousands set apart.
        ("项目    甲      乙    丙\n新收    4       9 17  8\n结转    3       5     8", False),
        ("项目    甲      乙     丙\n新收    4       9 170  8\n结转    3       5 380  8", True),
        # A row without a figure that one beside it has.
        ("项目    甲      乙\n新收    3       5\n结转            7", False),
        ("项目    甲      乙\n新收    3       5\n结转    6       7\n公开            8", False),
        ("项目    甲      乙\n新收            5\n结转    6       7\n公开    1       8", False),
        ("项目    甲      乙\n新收    3       5\n结转    6       7\n分类\n公开    1       8", True),
        # Values below their labels.
        (
            (
                "项目    单位    数量\n新收\n件      5       6\n结转\n件      7       8\n"
                "公开    件      9"
            ),
            False,
        ),
        (
            ("项目    单位    数量\n新收\n件      5       6\n结转    件      8\n公开    件      9"),
            False,
        ),
    ],
)
def test_columns_in_doubt_are_no_table(text: str, expected: bool) -> None:
    assert is_table(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "项目          单位    数量\n新收          件      5\n收到申请（含\n"
                "              件      7\n信函）\n公开          件      8"
            ),
            ["[项目|单位|数量/新收|件|5/收到申请（含|件|7/信函）||/公开|件|8]"],
        ),
        (
            (
                "项目          单位    数量\n新收          件      5\n收到申请含\n"
                "              件      7\n公开          件      8"
            ),
            ["[项目|单位|数量/新收|件|5/收到申请含||/|件|7/公开|件|8]"],
        ),
        (
            (
                "项目          单位    数量\n新收          件      5\n收到申请含\n"
                "              件      7\n信函\n公开          件      8"
            ),
            ["[项目|单位|数量/新收|件|5/收到申请含|件|7/信函||/公开|件|8]"],
        ),
    ],
)
def test_a_label_that_goes_on_below_its_figures_is_one(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~35件~~共36件", "共36件"),
        ("3~~5件", "3~~5件"),
        ("~~35件各类~~共36件", "~~35件各类~~共36件"),
        ("~~约定~~共36件", "~~约定~~共36件"),
        ("共~~~35件~~~36件", "共~~~35件~~~36件"),
        ("NaN 件", "    件"),
        ("a NaN|Unnamed: 3|b", "a    |" + " " * 10 + "|b"),
        ("NaNo 件", "NaNo 件"),
        ("5  \\  6", "5  \\  6"),
        ("====  ===\n5     \\", "====  ===\n5      "),
        ("甲&nbsp;乙&lt;", "甲\xa0乙<"),
        ("甲&lt;乙", "甲&lt;乙"),
        ("甲&#160;乙", "甲\xa0乙"),
    ],
)
def test_what_is_no_text_of_the_report_is_not_read(text: str, expected: str) -> None:
    assert cleaned(text) == expected


ONE_CELL = "甲甲甲甲甲甲    件    1\n"
TWO_CELLS = "乙乙  丙丙      件    2\n"


@pytest.mark.parametrize(("others", "expected"), [(3, True), (2, False)])
def test_one_row_in_four_may_have_two_pieces_in_a_column(others: int, expected: bool) -> None:
    assert is_table(TWO_CELLS + ONE_CELL * others) is expected


@pytest.mark.parametrize(("lines", "expected"), [(6, True), (7, False)])
def test_labels_of_two_rows_go_on_in_six_lines_at_most(lines: int, expected: bool) -> None:
    between = "".join(f"{one}\n" for one in "说明又再还了吧"[:lines])
    text = f"项目    单位    数量\n新收    件      5\n{between}结转    件      7"
    assert is_table(text) is expected


BELOW = "项目    甲      乙\n{}\n{}5       6\n{}\n{}7       8\n公开    3       9"


@pytest.mark.parametrize(
    ("labels", "begins", "expected"),
    [
        # Units of two characters below longer labels, twice.
        (("新收数", "结转数"), "年度    ", False),
        (("新收数", "结转数"), "公开数  ", True),
        (("新收", "结转"), "年度    ", True),
        (("新收数", "结转"), "年度    ", True),
    ],
)
def test_rows_that_stand_below_their_labels_are_no_table(
    labels: tuple[str, str], begins: str, expected: bool
) -> None:
    first, second = labels
    assert is_table(BELOW.format(first, begins, second, begins)) is expected
