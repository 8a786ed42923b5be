"""Tables, drawings and words that a browser shows otherwise than a page has them written."""

import base64
from urllib.parse import quote

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.html.html_reader import read_html

PROSE = "<p>本年度政府信息公开工作有序开展，现将有关情况报告如下，请予监督。</p>"


def tables(body: str, head: str = "") -> list[list[tuple[str, int, int]]]:
    page = f"<html><head>{head}</head><body>{PROSE}{body}</body></html>"
    document = read_html(page.encode())
    assert isinstance(document, Document)
    return [
        [(cell.text, cell.row, cell.col) for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Table)
    ]


SHEET = """<style>.t{display:table}.r{display:table-row}.c{display:table-cell}
.r>.c>span.old,.gone{display:none}</style>"""
AS_TABLE = """<div class=t>
<div class=r><div class=c>项</div><div class=c>甲</div><div class=c>乙</div></div>
<div class=r><div class=c>件</div><div class=c>7<span class=old>9</span></div>
<div class=c>8</div></div>
<div class="r gone"><div class=c>废</div><div class=c>1</div><div class=c>2</div></div>
</div>"""
CELLS = [("项", 0, 0), ("甲", 0, 1), ("乙", 0, 2), ("件", 1, 0), ("7", 1, 1), ("8", 1, 2)]


def test_elements_shown_as_a_table_by_a_sheet_are_one_without_what_it_hides():
    assert tables(AS_TABLE, SHEET) == [CELLS]


def test_elements_with_the_roles_of_a_table_are_one():
    body = AS_TABLE.replace("class=t", "role=table").replace("<span class=old>9</span>", "")
    body = body.split('<div class="r gone')[0].replace("class=r", 'role="row"') + "</div>"
    assert tables(body.replace("class=c", 'role="cell"')) == [CELLS]


def test_a_grid_leaves_the_places_free_in_which_nothing_stands():
    areas = ["1/1/2/2", "1/2/2/4", "2/1/4/2", "2/2/3/3", "2/3/3/4", "3/3/4/4"]
    texts = ["项", "数", "甲", "1", "2", "4"]
    cells = "".join(
        f"<div style='grid-area:{area}'>{text}</div>"
        for area, text in zip(areas, texts, strict=True)
    )
    (table,) = tables(f"<div style='display:grid'>{cells}</div>")
    assert ("4", 2, 2) in table
    assert ("", 2, 1) in table


def test_a_layout_of_blocks_is_no_table():
    cards = "".join(
        f"<div style='display:table-cell'><h2>{n}</h2><p>文</p></div>" for n in range(6)
    )
    assert not tables(
        f"<div style='display:table'><div style='display:table-row'>{cards}</div></div>"
    )


def cell_of(cell: str, head: str = "") -> str:
    (table,) = tables(f"<table><tr><td>条<td>7<tr><td>件<td>{cell}</table>", head)
    return table[-1][0]


def test_a_number_drawn_in_a_cell_is_read_in_the_order_it_is_seen():
    drawn = "<text x='12' y='9'>5</text><text x='2' y='9'>1</text>"
    assert cell_of(f"<svg><title>数据</title>{drawn}</svg>") == "15"


@pytest.mark.parametrize(
    "drawn",
    [
        "<text x='2' y='9' fill='white'>1</text><text x='12' y='9'>5</text>",
        "<text x='2' y='9' transform='rotate(180)'>1</text>",
        "<text x='2' y='9'>1</text><text x='2' y='30'>5</text>",
    ],
)
def test_a_drawing_whose_words_may_be_seen_otherwise_reads_as_blank(drawn):
    assert cell_of(f"<svg>{drawn}</svg>") == ""


@pytest.mark.parametrize(
    ("cell", "head"),
    [
        ("<bdo dir=rtl>501</bdo>", ""),
        ("<i class=v>501</i>", "<style>.v{unicode-bidi:bidi-override;direction:rtl}</style>"),
        (
            "<i class=v>50<b>1</b></i>",
            "<style>.v{unicode-bidi:bidi-override;direction:rtl}</style>",
        ),
    ],
)
def test_digits_stored_from_their_end_do_not_make_another_number(cell, head):
    assert cell_of(cell, head) == "105"


def test_digits_that_run_as_they_are_written_stay():
    assert cell_of("<bdo dir=ltr>105</bdo>") == "105"
    assert cell_of("<i style='direction:rtl'>105</i>") == "105"


def test_digits_that_a_sheet_written_into_its_address_hides_do_not_join_the_figure():
    sheet = f"<link rel=stylesheet href='data:text/css,{quote('.k{display:none}')}'>"
    assert cell_of("5<span class=k>9</span>", sheet) == "5"


def test_a_list_of_terms_with_figures_is_a_table_of_labels_and_values():
    rows = "".join(f"<dt>{term}<dd>{said}" for term, said in [("甲", "7"), ("组", ""), ("乙", "8")])
    (table,) = tables(f"<dl>{rows}</dl>")
    assert table[:4] == [("甲", 0, 0), ("7", 0, 1), ("组", 1, 0), ("", 1, 1)]


def test_a_list_of_terms_that_says_words_is_no_table():
    said = {"索引号": "2024-1", "机构": "某局", "日期": "2024年1月1日", "主题": "其他"}
    assert not tables("".join(["<dl>", *(f"<dt>{a}<dd>{b}" for a, b in said.items()), "</dl>"]))


INNER = "<html><body><table><tr><td>条<td>7<tr><td>件<td>5</table></body></html>"
IN_BASE64 = base64.b64encode(INNER.encode()).decode()


@pytest.mark.parametrize(
    "frame",
    [
        f"<iframe src='data:text/html;charset=utf-8,{quote(INNER)}'></iframe>",
        f"<object data='data:text/html;base64,{IN_BASE64}'></object>",
        f"<iframe src='about:blank' srcdoc='{INNER}'></iframe>",
        f"<div><template shadowrootmode=open>{INNER}</template></div>",
    ],
)
def test_a_page_written_into_an_element_is_read(frame):
    assert tables(frame) == [[("条", 0, 0), ("7", 0, 1), ("件", 1, 0), ("5", 1, 1)]]


def test_a_frame_that_leads_elsewhere_is_left_alone():
    assert not tables(
        "<iframe src='data:image/png;base64,AAAA'></iframe><iframe src='/a'></iframe>"
    )
