"""Tables of LaTeX, MediaWiki, Textile, AsciiDoc and lists are the grids they are shown as."""

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.text.plain_text import read_text

LATEX = r"""\hypertarget{x}{%
\section{年度报告}\label{x}}

\begin{longtable}[]{@{}
  >{\raggedright\arraybackslash}p{(\columnwidth - 4\tabcolsep) * \real{0.5}}ll@{}}
\toprule
& \multicolumn{2}{c}{申请人情况} \\ \cmidrule(l){2-3}
事项 & 自然人 & 总计 \\
\midrule
\endhead
\multirow{2}{*}{结果} & \textbf{12} & 1\,234\% \\[2pt]
 & \sout{3}4 & \begin{minipage}[t]{0.3\columnwidth}5\strut\end{minipage} \\
\bottomrule
\end{longtable}
behind
"""
WIKI = """= 年度报告 =
{| class="wikitable"
|+ caption
|-
!
! colspan="2" style="x" | 申请人情况
|-
! 事项 !! 自然人 !! 总计
|-
| rowspan="2" | 结果
| '''12''' || 1<br />234
|-
| <del>3</del>4
| 5
|}
behind
"""
TEXTILE = """h1. 年度报告

|_.  |_\\2. 申请人情况 |
|_. 事项 |_. 自然人 |_. 总计 |
|/2. 结果 |<. 12 |>. 1 |
| 4 |<. 5 |
behind
"""
ASCIIDOC = """= 年度报告

[cols="3*"]
|===
| 2+^|申请人情况
|事项 |自然人 |总计
.2+|结果 |12 |1
|4 |5
|===
behind
"""
LIST = """年度报告
========

.. list-table::
   :header-rows: 1

   * - 事项
     - 自然人
     - 总计
   * - 结果
     - 12
     -
   * - 结果
       续
     - 4
     - 5

behind
"""


def grid(text: str) -> dict[tuple[int, int], tuple[str, int, int]]:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert "behind" not in document.text[table.place.start : table.place.end]
    assert "behind" in document.text
    for cell in table.cells:
        assert document.text[cell.place.start : cell.place.end] == cell.text
    return {(cell.row, cell.col): (cell.text, cell.rowspan, cell.colspan) for cell in table.cells}


@pytest.mark.parametrize(
    "text", [LATEX, WIKI, TEXTILE, ASCIIDOC], ids=["latex", "wiki", "textile", "asciidoc"]
)
def test_rows_columns_and_heads_over_several_stand_where_they_are_shown(text):
    cells = grid(text)
    assert cells[0, 1] == ("申请人情况", 1, 2)
    assert [cells[1, col][0] for col in range(3)] == ["事项", "自然人", "总计"]
    assert cells[2, 0][0] == "结果"
    assert cells[2, 1][0] == "12"
    assert cells[3, 1][0] == "4"
    assert cells[3, 2][0] == "5"


def test_a_table_of_textile_may_begin_with_a_cell_that_spans():
    cells = grid("|_\\2. 行政复议 |_\\2. 行政诉讼 |\n|维持 |纠正 |维持 |纠正 |\n|0|1|2|3|\nbehind")
    assert cells[0, 2] == ("行政诉讼", 1, 2)
    assert cells[2, 3] == ("3", 1, 1)


def test_a_cell_a_line_of_asciidoc_has_blank_lines_between_rows():
    cells = grid("|===\n|事项\n|总计\n\n|结果\n|12\n|===\nbehind")
    assert [cells[at][0] for at in ((0, 0), (0, 1), (1, 0), (1, 1))] == [
        "事项",
        "总计",
        "结果",
        "12",
    ]


def test_a_list_of_rows_keeps_blank_cells_and_goes_on_below_a_dash():
    cells = grid(LIST)
    texts = [[cells[row, col][0] for col in range(3)] for row in range(3)]
    assert texts == [["事项", "自然人", "总计"], ["结果", "12", ""], ["结果\n续", "4", "5"]]


@pytest.mark.parametrize(
    "written",
    [
        '   "事项",自然人,总计\n   结果,12,\n',
        '   :header: "事项",自然人,总计\n   :widths: 10, 5, 5\n\n   结果,12,\n',
    ],
)
def test_rows_between_commas_are_those_of_a_table(written):
    cells = grid(f"年度报告\n\n.. csv-table:: 申请\n{written}\nbehind\n")
    texts = [[cells[row, col][0] for col in range(3)] for row in range(2)]
    assert texts == [["事项", "自然人", "总计"], ["结果", "12", ""]]


def test_a_heading_of_latex_is_words():
    document = read_text(LATEX.encode())
    assert document.text.startswith("年度报告\n")


@pytest.mark.parametrize(
    "text", ["\\begin{tabular}{l}\na & b \\\\\nc & 12", "{|\n| a || b\n|-\n| c\n| 12"]
)
def test_a_table_that_never_ends_keeps_its_last_line(text):
    assert "12" in read_text(text.encode()).text
