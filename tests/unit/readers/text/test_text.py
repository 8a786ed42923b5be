"""Tables in plain text, whatever parts their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.document import Document, Paragraph, Rejection, Table
from pipeline.readers.text.plain_text import blocks_of, read_text
from tests.some import some

GRID = [
    ["统计指标", "单位", "统计数"],
    ["收到申请数", "件", "5"],
    ["当面申请数", "件", ""],
    ["传真申请数", "件", "0"],
]


def tables(text: str) -> list[Table]:
    return [block for block in blocks_of(text) if isinstance(block, Table)]


def grid(text: str) -> list[list[str]]:
    (table,) = tables(text)
    return [[cell.text for cell in row] for row in table.rows()]


def test_tabs() -> None:
    assert grid("\n".join("\t".join(row) for row in GRID)) == GRID


def test_bars_with_and_without_outer_ones() -> None:
    assert grid("\n".join(f"| {' | '.join(row)} |" for row in GRID)) == GRID
    assert grid("\n".join(" | ".join(row) + " |" for row in GRID)) == GRID


def test_markdown_rules_are_no_row() -> None:
    lines = [f"| {' | '.join(row)} |" for row in GRID]
    assert grid("\n".join([lines[0], "| --- | :-: | --: |", *lines[1:]])) == GRID


def test_one_cell_a_line_closed_by_a_bar() -> None:
    cells = [cell for row in GRID for cell in row]
    assert grid("\n".join(f"{cell} |" for cell in cells)) == [[cell] for cell in cells]


def test_one_cell_a_line_opened_by_a_bar_and_a_bar_alone_behind_each_row() -> None:
    rows = "\n".join("\n| ".join(row).replace("| \n", "|\n") + "\n|" for row in GRID)
    assert grid(f"某县教育局。{'情况' * 60}\n{rows}\n三、存在的问题") == GRID


def test_a_heading_between_tables_of_markdown_is_in_no_cell() -> None:
    table = "\n".join(f"| {' | '.join(row)} |" for row in GRID)
    first, heading, second = blocks_of(f"{table}\n\n三、收到和处理申请情况\n\n{table}")
    assert isinstance(heading, Paragraph)
    assert [cell.text for cell in first.cells] == [cell.text for cell in second.cells]


def test_one_cell_a_line_opened_by_a_tab() -> None:
    cells = [cell for row in GRID for cell in row]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in GRID)
    assert grid(text) == [[cell] for cell in cells]


def test_a_wrapped_cell_is_one_cell() -> None:
    text = "\t主动公开政府信息数\n　　（相同信息计1条）\n\t条\n\t7\n" + "\t单位\n\t件\n\t0\n"
    assert grid(text)[0] == ["主动公开政府信息数\n　　（相同信息计1条）"]


SPACED = [
    "指标                自然人    企业    总计",
    "本年新收                 5       1       6",
    "上年结转                 2       0       2",
    "予以公开                12       3      15",
    "结转下年                 0       0       0",
]


def test_columns_set_apart_by_spaces() -> None:
    rows = grid("\n".join(SPACED))
    assert rows[1] == ["本年新收", "5", "1", "6"]
    assert rows[2] == ["上年结转", "2", "0", "2"]


def test_columns_set_apart_by_spaces_do_not_tell_which_figure_is_left_out() -> None:
    lines = [line.replace("2       0       2", "        0       2") for line in SPACED]
    assert not tables("\n".join(lines))


def test_figures_beside_heads_rather_than_below_them_are_no_columns() -> None:
    """Which of two heads a figure between them belongs to, nobody can tell."""
    lines = ["指标            自然人        企业        总计"]
    lines += [
        "本年新收    5              1            6",
        "上年结转    2              0            2",
    ]
    assert not tables("\n".join([*lines, "予以公开    3              1            4"]))


def test_lines_whose_numbers_share_no_columns_are_no_table() -> None:
    text = """\
（一）予以公开    490    23     0     0    52     9   574
 1.属于国家秘密      0     0     0     0     0     0     0
 2.其他法律行政法规禁止公开      0     0     0     0     0     0     0
 8.属于行政查询事项      0     0     0     0     0     5     5
"""
    assert not tables(text)


def test_blank_lines_end_no_table() -> None:
    lines = ["\t".join(row) for row in GRID]
    assert grid("\n\n".join(lines)) == GRID


def test_prose_is_no_table() -> None:
    text = "一、总体情况\n2020年，我局公开政府信息117条。\n二、主动公开\n\t制发文件3件。\n"
    assert tables(text) == []


def test_prose_with_one_tab_or_bar_is_no_table() -> None:
    assert tables("联系人：张三\t电话：12345\n请于工作时间来电。\n谢谢。") == []
    assert tables("首页 | 政务公开\n2020年，我局公开政府信息117条。") == []


def test_text_around_a_table_stays() -> None:
    text = "附表\n" + "\n".join("\t".join(row) for row in GRID) + "\n" + "说明" * 70
    kinds = [type(block) for block in blocks_of(text)]
    assert kinds == [Table, Paragraph] or kinds == [Paragraph, Table, Paragraph]


@pytest.mark.parametrize("separator", ["\t", " | "])
@given(
    rows=st.lists(
        st.tuples(
            st.text(alphabet="公开申请信息数", min_size=2, max_size=10),
            st.sampled_from(["条", "件"]),
            st.integers(0, 999).map(str) | st.just(""),
        ),
        min_size=3,
        max_size=12,
    )
)
def test_cells_come_back_with_their_places(
    separator: str, rows: list[tuple[str, str, str]]
) -> None:
    text = "\n".join(separator.join(row) + ("" if separator == "\t" else " |") for row in rows)
    (table,) = tables(text)
    cells = [[cell.text for cell in row] for row in table.rows()]
    assert cells == [list(row) for row in rows]
    for cell in table.cells:
        assert text[cell.place.start : cell.place.end].strip() == cell.text
    starts = [cell.place.start for cell in table.cells]
    assert starts == sorted(starts)


@given(st.text(alphabet="公开 \t\n|123.—", max_size=300))
def test_every_place_holds_what_it_says_and_places_ascend(text: str) -> None:
    blocks = blocks_of(text)
    for block in blocks:
        if isinstance(block, Paragraph):
            assert text[block.place.start : block.place.end] == block.text
    cells = [cell for block in blocks if isinstance(block, Table) for cell in block.cells]
    assert all(text[cell.place.start : cell.place.end].strip() == cell.text for cell in cells)
    starts = [cell.place.start for cell in cells]
    assert starts == sorted(starts)


def test_bytes_are_a_document_or_a_reason() -> None:
    assert isinstance(read_text("一、总体情况".encode("gb18030")), Document)
    assert isinstance(read_text(b""), Rejection)


def test_damage_is_noted() -> None:
    read = read_text("本年度共主动公开政府信息一百条。".encode()[:-1])
    assert isinstance(read, Document)
    assert any("could not be decoded" in notice for notice in read.notices)


def test_struck_figures_of_markdown_are_left_out_and_told() -> None:
    read = read_text("|收到申请数|件|~~9~~8|\n|---|---|---|\n|办结数|件|~~3件~~|\n".encode())
    assert isinstance(read, Document)
    assert grid(read.text) == [["收到申请数", "件", "8"], ["办结数", "件", ""]]
    assert read.notices == ("2 struck figures were not read",)


def test_ranges_between_tildes_are_not_struck() -> None:
    said = "每次3~~5件，共7~~9次，~~~12~~~"
    read = read_text(said.encode())
    assert isinstance(read, Document)
    assert read.text == said


def test_columns_aligned_by_counting_characters_are_columns() -> None:
    text = (
        "信息内容       本年新制作数量  本年新公开数量  对外公开总数量\n"
        "规章         15       3        58\n"
        "规范性文件      9        0        12\n"
    )
    (table,) = blocks_of(text)
    assert [[cell.text for cell in row] for row in table.rows()][1:] == [
        ["规章", "15", "3", "58"],
        ["规范性文件", "9", "0", "12"],
    ]


def test_values_below_their_labels_make_no_columns_with_them() -> None:
    labels = "主动公开规范性文件数", "政府网站公开政府信息数", "政务微博公开政府信息数"
    lines = [f"{label}\n条              {number}  次\n" for number, label in enumerate(labels)]
    lines.append("制发规范性文件总数    件  33\n" * 3)
    assert all(isinstance(block, Paragraph) for block in some(blocks_of("".join(lines))))


def test_lines_drawn_between_rows_are_in_no_cell() -> None:
    text = (
        "┌────────┬──────┬───┐\n│行政许可│      │12 │\n├────────┼──────┼───┤\n"
        "│行政处罚│件    │0  │\n├────────┴──────┼───┤\n"
        "│行政强制│      │7  │\n└───────┴──────┴───┘\n"
    )
    tables = [block for block in blocks_of(text) if isinstance(block, Table)]
    rows = [[cell.text for cell in row] for table in tables for row in table.rows()]
    assert rows == [["行政许可", "", "12"], ["行政处罚", "件", "0"], ["行政强制", "", "7"]]


def test_the_rule_of_a_head_of_two_cells_is_no_row() -> None:
    text = "行政复议| 行政诉讼\n---|---\n结果维持| 结果纠正| 其他结果\n0| 1| 2\n"
    (table,) = blocks_of(text)
    rows = [[cell.text for cell in row] for row in table.rows()]
    assert rows == [["行政复议", "行政诉讼"], ["结果维持", "结果纠正", "其他结果"], ["0", "1", "2"]]


def test_rules_of_dashes_are_no_values() -> None:
    rule = "  ------------  ------  -----\n"
    rows = (
        "  行政许可        12      件\n  行政处罚        0       件\n  行政强制        7       件\n"
    )
    found = [block for block in blocks_of(rule + rows + rule) if isinstance(block, Table)]
    assert [[cell.text for cell in row][1] for row in found[0].rows()] == ["12", "0", "7"]


def test_values_between_the_lines_of_a_label_beside_that_of_a_group_are_read() -> None:
    rows = [
        "（三）不      1.属于国家秘密              4      0      4",
        "  予公开      2.申请人无正当理由逾期不补",
        "              正、行政机关不再处理其政府  3      1      4",
        "              信息公开申请",
        "              3.要求行政机关确认或重新",
        "                                          2      5      7",
        "              出具已获取信息",
        "              4.其他                      1      0      1",
    ]
    assert [row[1:] for row in grid("\n".join(rows)) if row[2]] == [
        ["1.属于国家秘密", "4", "0", "4"],
        ["2.申请人无正当理由逾期不补", "3", "1", "4"],
        ["3.要求行政机关确认或重新", "2", "5", "7"],
        ["4.其他", "1", "0", "1"],
    ]


def test_figures_below_a_title_and_heads_are_none_of_the_title() -> None:
    rows = ["四、结转下年度继续办理    0    258    258", "四、政府信息公开行政复议、行政诉讼情况"]
    rows += ["结果维持 结果纠正 总计", "                          4    1      5"]
    rows += ["                          6    1      7", "                          8    1      9"]
    assert ["四、政府信息公开行政复议、行政诉讼情况", "4", "1", "5"] not in grid("\n".join(rows))
