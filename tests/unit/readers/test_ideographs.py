"""Characters that only look like those they are printed for."""

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.reading import read


def only_document(name: str, text: str) -> Document:
    (reading,) = read(name, text.encode())
    assert isinstance(reading.content, Document), reading.content
    return reading.content


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⼀、⼯作⽉报", "一、工作月报"),
        ("⼈⺠政府⻚⾯⻓", "人民政府页面长"),
        ("\uf98e度⾏政", "年度行政"),
        ("①（二）100％ ﹪", "①（二）100％ ﹪"),
        ("⺡⻎", "⺡⻎"),
    ],
)
def test_lookalikes_are_read_as_what_they_are_printed_for(printed, meant):
    assert only_document("a.txt", f"{printed}。").text == f"{meant}。"


def test_every_place_stays_in_paragraphs_and_cells():
    page = "<title>⼯作</title><p>⼀、⾃然⼈申请情况说明</p><table><tr><td>⼯<td>1</table>"
    document = only_document("a.html", page)
    assert document.title == "工作"
    assert "自然人" in document.text
    for block in document.blocks:
        for piece in block.cells if isinstance(block, Table) else (block,):
            assert document.text[piece.place.start : piece.place.end] == piece.text


def test_a_text_without_them_is_not_touched():
    assert only_document("a.txt", "工作 ㎡ Ⅳ ﬁ").text == "工作 ㎡ Ⅳ ﬁ"
