"""Where a file stops being of one kind and becomes another: both sides of every bound."""

import io

import pytest

from pipeline.model.document import Document, Paragraph, Reason, Rejection, Table
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.sniffing import Format, sniff
from pipeline.readers.text.plain_text import read_text

COMMON, RARE = "政府信息公开工作", "龘靐齉爩鱻麤厵灪"


@pytest.mark.parametrize(("tags", "kind"), [(2, Format.TEXT), (3, Format.HTML)])
def test_three_tags_make_a_web_page(tags: int, kind: Format) -> None:
    data = ("本年报告" + "公开<br>" * tags).encode()
    assert sniff(io.BytesIO(data), "a.txt") is kind


@pytest.mark.parametrize(("common", "is_text"), [(60, True), (45, True), (25, False)])
def test_text_of_many_rare_characters_is_text_while_a_third_is_common(
    common: int, is_text: bool
) -> None:
    written = (COMMON * 100)[: common * 4] + (RARE * 100)[: (100 - common) * 4]
    found = decode(written.encode("gb18030"))
    if is_text:
        assert isinstance(found, Decoded)
        assert found.text == written
    else:
        assert isinstance(found, Rejection)
        assert found.reason is Reason.BINARY


@pytest.mark.parametrize(("stray", "is_utf8"), [(0, True), (3, True), (9, False)])
def test_one_stray_byte_in_two_thousand_leaves_a_text_utf8(stray: int, is_utf8: bool) -> None:
    text = (COMMON * 200)[:1_600]
    pieces = [text[at : at + 100].encode() for at in range(0, len(text), 100)]
    data = b"".join(b"\xff" * (n < stray) + piece for n, piece in enumerate(pieces))
    found = decode(data)
    assert (isinstance(found, Decoded) and found.encoding == "utf-8") is is_utf8


@pytest.mark.parametrize(
    ("lines", "is_table"),
    [
        (["收到申请\t5"], False),
        (["收到申请\t5", "办结\t5"], True),
        (["甲\t1", "乙\t2", "丙\t3"], True),
    ],
)
def test_four_cells_between_tabs_are_a_table(lines: list[str], is_table: bool) -> None:
    document = read_text("\n".join(["本年报告如下。", *lines]).encode())
    assert isinstance(document, Document)
    kinds = {type(block) for block in document.blocks}
    assert kinds == ({Paragraph, Table} if is_table else {Paragraph})


@pytest.mark.parametrize(
    ("row", "rows", "is_table"),
    [
        ("甲乙{} | {}", 1, False),
        ("甲乙{} | {}", 2, True),
        ("甲乙{}   条   {}", 2, False),
        ("甲乙{}   条   {}", 3, True),
        ("甲乙{}   {}", 5, False),
        ("\t甲乙{}{}", 5, False),
        ("\t甲乙{}{}", 6, True),
    ],
    ids=["a row of bars", "bars", "two spaced rows", "spaced", "two columns", "five tabs", "tabs"],
)
def test_so_many_rows_are_a_table(row: str, rows: int, is_table: bool) -> None:
    lines = ["本年报告如下。", *(row.format(number, number) for number in range(rows))]
    document = read_text("\n".join(lines).encode())
    assert isinstance(document, Document)
    assert any(isinstance(block, Table) for block in document.blocks) is is_table


@pytest.mark.parametrize(("controls", "is_text"), [(1, True), (19, True), (30, False)])
def test_bytes_of_which_one_in_fifty_controls_something_are_no_text(
    controls: int, is_text: bool
) -> None:
    found = decode(b"a" * (1_000 - controls) + b"\x01" * controls)
    assert isinstance(found, Decoded if is_text else Rejection)


def blocks(text: str) -> list[type]:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    return [type(block) for block in document.blocks]


@pytest.mark.parametrize(("rows", "is_table"), [(2, False), (3, True)])
def test_three_rows_of_cells_opened_by_bars_are_one_table(rows: int, is_table: bool) -> None:
    text = "\n".join(f"栏目{n}\n|{n}\n|" for n in range(rows))
    assert (blocks(text) == [Table]) is is_table


@pytest.mark.parametrize(("rows", "is_table"), [(1, False), (2, True)])
def test_three_rules_draw_a_table(rows: int, is_table: bool) -> None:
    drawn = "".join(f"| 栏{n} | {n}  |\n+----+----+\n" for n in range(rows))
    assert (blocks(f"本年如下。\n+----+----+\n{drawn}") == [Paragraph, Table]) is is_table


@pytest.mark.parametrize(("stray", "is_read"), [(0, True), (5, True), (20, False)])
def test_a_page_in_its_declared_charset_may_lose_one_letter_in_fifty(
    stray: int, is_read: bool
) -> None:
    """Rare letters do not tell the charset by themselves."""
    words = [(RARE * 3)[:20].encode("gb18030") + b"\xff" * (n < stray) for n in range(20)]
    page = b'<html><head><meta charset="gb18030"></head><body><p>%s</p></body></html>'
    content = read_html(page % b"".join([*words, "。".encode("gb18030")]))
    assert isinstance(content, Document if is_read else Rejection)
