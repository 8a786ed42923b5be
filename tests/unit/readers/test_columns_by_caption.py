"""A table for each kind of applicant: which are columns of one table, and under what names."""

from itertools import chain

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.arrangement import arranged
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.text.plain_text import read_text

LABELS = ("一、本年新收数量", "二、上年结转数量", "（一）予以公开", "（二）部分公开")
KINDS = ("自然人", "商业企业", "其他", "总计")
FIGURES = ((5, 1, 2, 8), (0, 0, 1, 1), (4, 1, 0, 5), (1, 0, 3, 4))
WHOLE = [
    ["项目", *KINDS],
    *([label, *map(str, row)] for label, row in zip(LABELS, FIGURES, strict=True)),
]


def tables(document: object) -> list[list[list[str]]]:
    assert isinstance(document, Document)
    every = [block for block in arranged(document).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows()] for table in every]


def page(captions: list[str], head: str = "数量", labels: tuple[str, ...] = LABELS) -> bytes:
    written = "<p>二〇二二年报告</p>"
    for n, caption in enumerate(captions):
        rows = "".join(
            f"<tr><td>{label}</td><td>{row[n]}</td></tr>"
            for label, row in zip(labels, FIGURES, strict=True)
        )
        written += f"<p>{caption}</p><table><tr><td>项目</td><td>{head}</td></tr>{rows}</table>"
    return written.encode()


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "表3-{n} 申请人：{}",
        "（{n}）{}申请情况表",
        "法人或其他组织—{}",
        "申请人类型（{}）",
    ],
)
def test_tables_of_one_kind_each_are_the_columns_of_one(form: str) -> None:
    captions = [form.format(kind, n=n) for n, kind in enumerate(KINDS, 1)]
    assert tables(read_html(page(captions))) == [WHOLE]


def test_the_name_of_the_whole_may_stand_alone_beside_longer_ones() -> None:
    captions = ["自然人申请情况", "商业企业申请情况", "其他申请情况", "总计"]
    assert tables(read_html(page(captions))) == [WHOLE]


def test_a_name_within_the_table_is_that_of_its_column() -> None:
    rows = zip(LABELS, FIGURES, strict=True)
    body = [f"<tr><td>{label}</td>{{{n}}}</tr>" for n, (label, _) in enumerate(rows)]
    written = "".join(
        f"<table><tr><td colspan=2>{kind}</td></tr><tr><td>项目</td><td>件</td></tr>"
        + "".join(body).format(*(f"<td>{row[n]}</td>" for row in FIGURES))
        + "</table>"
        for n, kind in enumerate(KINDS)
    )
    assert tables(read_html(written.encode())) == [WHOLE]


def test_tables_of_marks_in_plain_text_are_joined_too() -> None:
    written = ["二〇二二年报告", ""]
    for n, kind in enumerate(KINDS):
        body = (f"| {label} | {row[n]} |" for label, row in zip(LABELS, FIGURES, strict=True))
        written += [kind, "", "| 项目 | 数量 |", "| --- | --- |", *body, ""]
    assert tables(read_text("\n".join(written).encode())) == [WHOLE]


def test_headings_among_the_rows_have_no_figures() -> None:
    heading = "<tr><td colspan=2>三、本年度办理结果</td></tr><tr><td>（一）"
    written = page(list(KINDS)).decode().replace("<tr><td>（一）", heading)
    assert tables(read_html(written.encode())) == [[*WHOLE[:3], ["三、本年度办理结果"], *WHOLE[3:]]]


@pytest.mark.parametrize(
    "captions",
    [
        ["自然人"] * 4,
        ["2019年", "2020年", "2021年", "2022年"],
        ["第一季度", "第二季度", "第三季度", "总计"],
        ["1月", "2月", "3月", "合计"],
        ["上半年", "下半年", "其他", "全年"],
        ["县教育局统计表", "县第一中学统计表", "县实验小学统计表", "其他统计表"],
        ["局机关", "局属单位", "其他", "合计"],
        ["网络申请", "信函申请", "其他", "总计"],
    ],
)
def test_tables_of_anything_but_kinds_of_applicants_stay_apart(captions: list[str]) -> None:
    document = arranged(read_html(page(captions)))
    assert sum(isinstance(block, Table) for block in document.blocks) == 4
    assert document.notices == ()


def test_what_was_joined_is_said() -> None:
    (notice,) = arranged(read_html(page(list(KINDS)))).notices
    assert "、".join(KINDS) in notice


@pytest.mark.parametrize("row", range(len(LABELS)))
@pytest.mark.parametrize("table", range(len(KINDS)))
def test_a_figure_left_out_of_one_table_does_not_make_the_file_unreadable(
    table: int, row: int
) -> None:
    whole = page(list(KINDS)).decode()
    cell = f"<tr><td>{LABELS[row]}</td><td>{FIGURES[row][table]}</td></tr>"
    before, *parts = whole.split("<p>")
    parts[table + 1] = parts[table + 1].replace(cell, f"<tr><td>{LABELS[row]}</td></tr>")
    read = tables(read_html("<p>".join([before, *parts]).encode()))
    beside = [(cells[0], one) for cells in chain(*read) for one in cells[1:] if one.isdigit()]
    printed = [(one, str(n)) for one, own in zip(LABELS, FIGURES, strict=True) for n in own]
    printed.remove((LABELS[row], str(FIGURES[row][table])))
    assert sorted(beside) == sorted(printed)


def test_words_above_tables_that_name_themselves_are_kept() -> None:
    rows = "".join(f"<tr><td>{label}</td><td>1</td></tr>" for label in LABELS)
    written = "".join(
        f"<p>以下各表单位为件</p><table><tr><td colspan=2>{kind}</td></tr>{rows}</table>"
        for kind in KINDS
    )
    assert arranged(read_html(written.encode())).text.count("以下各表单位为件") == len(KINDS)


def test_tables_of_other_rows_stay_apart() -> None:
    other = page(["其他", "总计"], labels=("甲类数量", "乙类数量", "丙类数量", "丁类数量"))
    assert len(tables(read_html(page(["自然人", "商业企业"]) + other))) == 4


@pytest.mark.parametrize(("rows", "count"), [(3, 1), (2, 4)])
def test_tables_of_three_rows_are_columns(rows: int, count: int) -> None:
    captions = "".join(
        f"<p>{kind}</p><table><tr><td>项目</td><td>数量</td></tr>"
        + "".join(f"<tr><td>{label}</td><td>{n}</td></tr>" for label in LABELS[:rows])
        + "</table>"
        for n, kind in enumerate(KINDS)
    )
    assert len(tables(read_html(captions.encode()))) == count


@pytest.mark.parametrize(("length", "count"), [(40, 1), (41, 4)])
def test_a_caption_of_forty_characters_names_a_column(length: int, count: int) -> None:
    captions = [f"{'申请' * 20}"[: length - 1 - len(kind)] + f"—{kind}" for kind in KINDS]
    assert len(tables(read_html(page(captions)))) == count


def test_tables_with_words_between_them_stay_apart() -> None:
    written = page(list(KINDS)).decode().replace("</table>", "</table><p>以上单位为件</p>")
    assert len(tables(read_html(written.encode()))) == len(KINDS)
