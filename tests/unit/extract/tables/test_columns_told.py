"""Which columns stand above the first row, by the heads printed there and nothing else.

A column is written with its head, the number that the form has for it, ``-`` where it has none,
the column of the grid behind ``@`` and the year behind ``=``.
"""

import pytest

from pipeline.extract.column_headers import PrintedColumn
from pipeline.extract.tables.propose.columns import columns_named, heads_at_end, printed_columns
from pipeline.forms.form import FormTable, forms
from pipeline.model.document import Document, Table
from pipeline.readers.html.html_reader import read_html

PARTS = "商业企业 科研机构 社会公益组织 法律服务机构 其他"
KINDS = f"自然人 {PARTS} 总计"


def table(name: str) -> FormTable:
    """A table of a form: ``C3``, ``D2.1``, ``BB``."""
    return next(
        one for form in forms() if form.form == name[0] for one in form.tables if one.id == name[1:]
    )


def shown(columns: tuple[PrintedColumn, ...]) -> str:
    return " ".join(
        one.head
        + ("-" if one.column is None else str(one.column))
        + (
            ""
            if one.col is None
            else f"@{one.col}" + ("" if one.colspan == 1 else f"*{one.colspan}")
        )
        + (f"={one.year}" if one.year else "")
        for one in columns
    )


def running(name: str, above: str, start: int = 0) -> str:
    """The columns of a table below some running text."""
    return shown(printed_columns(table(name), None, above, len(above), start))


def cell(printed: str) -> str:
    text, _, size = printed.partition("*")
    cols, _, rows = size.partition("x")
    return f'<td colspan="{cols or 1}" rowspan="{rows or 1}">{text.strip("_")}</td>'


def grid(name: str, rows: str, first: int = -1) -> str:
    """The columns of a grid; ``法人*2x3`` spans two columns and three rows."""
    lines = "".join(f"<tr>{''.join(map(cell, row.split()))}</tr>" for row in rows.split(" / "))
    document = read_html(
        f"<html><body><p>一、情况</p><table>{lines}</table></body></html>".encode()
    )
    assert isinstance(document, Document)
    (own,) = (block for block in document.blocks if isinstance(block, Table))
    label = next(one for one in own.cells if one.row == list(own.rows())[first][0].row)
    return shown(printed_columns(table(name), own, document.text, label.place.start, 0))


@pytest.mark.parametrize(
    ("name", "above", "expected"),
    [
        (
            "D3",
            f"申请人情况 {KINDS}",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        ("D3", "申请人情况 自然人 总计", "自然人0 总计6"),
        ("D3", "申请人情况 自然人 商业企业", "自然人0 商业企业1"),
        (
            "D3",
            "申请人情况 商业企业 总计",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        ("D3", "自然人 总计", "自然人0 总计6"),
        ("D3", "自然人", "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6"),
        ("D3", "总计 自然人", "总计6 自然人0"),
        (
            "D3",
            "自然人 总计 说明",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        ("D3", "自然人 法人或其他组织 总计", "自然人0 法人或其他组织- 总计6"),
        (
            "D3",
            "自然人 法人或其他组织",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        (
            "D3",
            "自然人 自然人 总计",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        ("D3", "自然人 法律服务机构 商业企业 总计", "自然人0 法律服务机构4 商业企业1 总计6"),
        (
            "D3",
            "自然人 法律服务机构 法人或其他组织 商业企业 总计",
            "自然人0 商业企业1 法律服务机构4 总计6",
        ),
        (
            "D3",
            "申请人情况 2021年 2022年",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        (
            "D3",
            "申请人情况 2021年 2022年 说明",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        ("D3", "项目 2021年 2022年 同比增减", "2021年6=2021 2022年6=2022 同比增减-"),
        ("D3", "项目 市本级 县（区） 合计", "市本级- 县区- 合计6"),
        ("D3", "项目 合计", "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6"),
        ("D3", "项目 上年 本年", "上年- 本年6"),
        ("D2.5", "信息内容 市本级 县（区） 合计", "市本级- 县区- 合计0"),
        ("D2.5", "信息内容 本年处理决定数量", "本年处理决定数量0"),
        ("D2.5", "信息内容 2022年", "2022年0=2022"),
        (
            "C2.5",
            "信息内容 上一年项目数量 本年增/减 处理决定数量",
            "上一年项目数量0 本年增/减1 处理决定数量2",
        ),
        ("C2.5", "信息内容 2019年 2020年", "2019年-=2019 2020年-=2020"),
        ("D2.1", "信息内容 本年制发件数 现行有效件数", "本年制发件数0 本年废止件数1 现行有效件数2"),
        ("BB", "指标名称 单位 统计数", "单位0 统计数1"),
        ("BB", "指标名称 计量单位 2017年 历年累计", "计量单位0 2017年1=2017 历年累计2"),
        ("BB", "指标名称 统计数 单位", "统计数1 单位0"),
        ("BB", "指标名称 市本级 县（区） 合计", "市本级- 县区- 合计1"),
        ("BB", "指标名称 区政府统计数 单位", "0 1"),
        ("BB", "单位 统计数", "0 1"),
        ("BB", "指标名称 单位", "0 1"),
        ("BB", "统计指标 单位 统计数 指标名称 历年累计", "历年累计2"),
        ("BB", "", "0 1"),
        ("AA", "指标名称 代码 计量单位 年末统计 历年累计", "代码1 计量单位0 年末统计2 历年累计3"),
        ("AA", "指标名称 计量单位 2012年", "计量单位0 2012年2=2012"),
        ("AA", "指标名称 历年累计 其中：2012年", "历年累计3 其中2012年2=2012"),
        ("AA", "指标名称 计量单位 本年累计 本月", "计量单位0 本年累计2"),
    ],
)
def test_running_text_names_the_columns_behind_the_head_of_the_labels(
    name: str, above: str, expected: str
) -> None:
    assert running(name, above) == expected


@pytest.mark.parametrize(
    ("start", "spaces", "expected"),
    [
        (0, 0, "2021年6=2021 2022年6=2022"),
        (2, 0, "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6"),
        (3, 0, "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6"),
        (0, 1, "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6"),
    ],
)
def test_heads_further_back_than_the_table_begins_name_nothing(
    start: int, spaces: int, expected: str
) -> None:
    assert running("D3", "项目 2021年 2022年" + "字" * spaces, start) == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (0, "2017年1=2017"),
        (112, "2017年1=2017"),
        (113, "0 1"),
    ],
)
def test_heads_are_sought_a_little_before_the_first_row_only(between: int, expected: str) -> None:
    assert running("BB", "指标名称 2017年" + " " * between) == expected


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        (
            "D3",
            f"项目 {KINDS} / 收到 1 2 3 4 5 6 7",
            ("自然人0@1 商业企业1@2 科研机构2@3 社会公益组织3@4 法律服务机构4@5 其他5@6 总计6@7"),
        ),
        (
            "D3",
            f"项目 总计 自然人 {PARTS} / 收到 1 2 3 4 5 6 7",
            ("总计6@1 自然人0@2 商业企业1@3 科研机构2@4 社会公益组织3@5 法律服务机构4@6 其他5@7"),
        ),
        (
            "D3",
            f"项目*1x2 自然人*1x2 法人或其他组织*5 总计*1x2 / {PARTS} / 收到 1 2 3 4 5 6 7",
            ("自然人0@1 商业企业1@2 科研机构2@3 社会公益组织3@4 法律服务机构4@5 其他5@6 总计6@7"),
        ),
        (
            "D3",
            f"项目*1x2 自然人*1x2 法人或其他组织 总计 _ _ _ _ / {PARTS} _ / 收到 1 2 3 4 5 6 7",
            ("自然人0@1 商业企业1@2 科研机构2@3 社会公益组织3@4 法律服务机构4@5 其他5@6 总计6@3"),
        ),
        ("D3", "项目 自然人 总计 / 收到 1 2", "自然人0 总计6"),
        ("D3", "项目 商业企业 总计 / 收到 1 2", "商业企业1 总计6"),
        ("D3", "项目 自然人 总计 _ / 收到 1 2 3", "自然人0 总计6"),
        ("D3", "项目 总计 / 收到 1", "总计6@1"),
        (
            "D3",
            "项目 总计 _ / 收到 1 2",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6@1",
        ),
        ("D3", "项目 合计 2021年 / 收到 1 2", "合计-@1 2021年6@2=2021"),
        ("D3", "项目 2021年 2022年 / 收到 1 2", "2021年6@1=2021 2022年6@2=2022"),
        (
            "D3",
            "项目 2021年 2022年 备注 / 收到 1 2 3",
            "自然人0 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6",
        ),
        (
            "D3",
            "项目*1x2 自然人*2 总计*2 / 2021年 2022年 2021年 2022年 / 收到 1 2 3 4",
            "2021年0@1=2021 2022年0@2=2022 2021年6@3=2021 2022年6@4=2022",
        ),
        ("D3", "项目*1x2 自然人*2 / 2021年 2022年 / 收到 1 2", "2021年0@1=2021 2022年0@2=2022"),
        ("D3", "项目*1x2 数量*2 / 2021年 2022年 / 收到 1 2", "2021年6@1=2021 2022年6@2=2022"),
        ("D3", "项目 市本级 县（区） 合计 / 收到 1 2 3", "市本级-@1 县区-@2 合计6@3"),
        ("D3", "填报单位：某局 2022年 _ / 项目 自然人 总计 / 收到 1 2", "自然人0 总计6"),
        (
            "D3",
            "填报单位 2022年 _ / 项目 自然人 总计 / 收到 1 2",
            "自然人0@1 商业企业1 科研机构2 社会公益组织3 法律服务机构4 其他5 总计6@2",
        ),
        ("D2.5", "信息内容 本年处理决定数量 / 行政许可 5", "本年处理决定数量0@1"),
        ("D2.5", "信息内容 处理决定 / 行政许可 5", "本年处理决定数量0"),
        ("D2.5", "信息内容 2021年 2022年 / 行政许可 5 6", "2021年0@1=2021 2022年0@2=2022"),
        (
            "C2.5",
            "信息内容 处理决定数量 上一年项目数量 本年增/减 / 行政许可 5 6 7",
            "处理决定数量2@1 上一年项目数量0@2 本年增/减1@3",
        ),
        (
            "C2.5",
            "信息内容 处理决定数量 上一年项目数量 / 行政许可 5 6",
            "上一年项目数量0@2 本年增/减1 处理决定数量2@1",
        ),
        ("BB", "指标名称 单位 统计数 / 主动公开 条 5", "单位0@1 统计数1@2"),
        ("BB", "指标名称 单位 统计数 历年累计 / 主动公开 条 5 6", "单位0@1 统计数1@2 历年累计2@3"),
        (
            "BB",
            "指标名称 单位 2016年 2017年 / 主动公开 条 5 6",
            "单位0@1 2016年1@2=2016 2017年1@3=2017",
        ),
        ("BB", "指标名称 单位 市本级 合计 / 主动公开 条 5 6", "单位0@1 市本级-@2 合计1@3"),
        ("BB", "指标名称*1x2 统计数*2 / 市本级 合计 / 主动公开 5 6", "市本级-@1 合计1@2"),
        (
            "BB",
            "指标名称 单位 统计数 / 前面 条 3 / 指标名称 单位 历年累计 / 主动公开 条 5",
            "单位0@1 历年累计2@2",
        ),
        ("BB", "单位 统计数 / 前面 3 / 主动公开 5", "单位0@0 统计数1@1"),
        (
            "BB",
            "_ 单位 统计数 / 前 条 3 / _ 单位 历年累计 / 后 条 4 / _ 统计数 单位 / 公开 5 条",
            "统计数1@1 单位0@2",
        ),
        (
            "BB",
            "指标名称 单位 2017年 / 前面 条 3 / 后面 条 4 / 主动公开 条 5",
            "单位0@1 2017年1@2=2017",
        ),
        ("BB", "前面 条 3 / 主动公开 条 5", "0 1"),
        ("BB", "指标名称 单位 备注 / 主动公开 条 5", "0 1"),
        (
            "AA",
            "指标名称 代码 计量单位 年末统计 / 主动公开 1 条 5",
            "代码1@1 计量单位0@2 年末统计2@3",
        ),
        (
            "AA",
            "指标名称 计量单位 本年累计 本月 / 主动公开 条 5 6",
            "计量单位0@1 本年累计2@2 本月-@3",
        ),
    ],
)
def test_cells_of_a_grid_above_the_first_row_head_its_columns(
    name: str, rows: str, expected: str
) -> None:
    assert grid(name, rows) == expected


@pytest.mark.parametrize(
    ("heads", "is_part", "expected"),
    [
        ("自然人 总计", False, "自然人0 总计6"),
        ("自然人", False, ""),
        ("商业企业 总计", False, ""),
        ("商业企业 总计", True, "商业企业1 总计6"),
        ("科研机构 总计", True, "科研机构2 总计6"),
        ("其他 总计", True, ""),
        (KINDS, False, ""),
        ("自然人 自然人 总计", False, ""),
        ("自然人 说明 总计", False, ""),
        ("自然人 法人或其他组织 总计", False, "自然人0 法人或其他组织- 总计6"),
        ("自然人 合计", False, "自然人0 总计6"),
        ("自然人 其他 商业企业 总计", False, "自然人0 其他5 商业企业1 总计6"),
        ("自然人 法人或其他组织 其他 商业企业 总计", False, "自然人0 商业企业1 其他5 总计6"),
        ("法人或其他组织 自然人 总计", False, "法人或其他组织- 自然人0 总计6"),
        ("项目 自然人 总计", False, "自然人0 总计6"),
    ],
)
def test_heads_that_are_not_all_of_the_form_name_the_columns_there_are(
    heads: str, is_part: bool, expected: str
) -> None:
    assert shown(columns_named(table("D3"), heads.split(), is_part=is_part)) == expected


@pytest.mark.parametrize(
    ("name", "heads", "expected"),
    [
        ("D2.1", "本年制发件数 现行有效件数", ""),
        ("C3", "自然人 总计", "自然人0 总计6"),
    ],
)
def test_only_tables_of_applicants_may_leave_columns_out(
    name: str, heads: str, expected: str
) -> None:
    assert shown(columns_named(table(name), heads.split())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自然人商业企业总计", ["自然人", "商业企业", "总计"]),
        ("自然人商业企业总计一", []),
        ("说明自然人总计", ["自然人", "总计"]),
        ("法人或其他组织合计", ["法人或其他组织", "合计"]),
        ("说明", []),
    ],
)
def test_names_of_columns_right_before_the_row_are_told_apart(
    text: str, expected: list[str]
) -> None:
    assert heads_at_end(table("D3"), text) == expected
