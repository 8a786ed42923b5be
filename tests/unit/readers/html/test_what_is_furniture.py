"""Which parts of a web page are content: just inside and just outside of every bound."""

import pytest

from pipeline.model.document import Document, Paragraph, Rejection, Table
from pipeline.readers.html.html_reader import read_html

PROSE = "根据条例要求现公布本机关年度政府信息公开工作年度报告，全年主动公开政府信息236条。" * 40


def document(body: str) -> Document:
    content = read_html(f"<html><body>{body}</body></html>".encode())
    assert isinstance(content, Document)
    return content


def prose(body: str) -> str:
    return "\n".join(b.text for b in document(body).blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize("line", ["收到申请共五十五件", "收到申请共五十五件" * 5])
@pytest.mark.parametrize(("share", "is_kept"), [(0.23, False), (0.27, True)])
def test_a_part_named_like_furniture_may_hold_a_quarter_of_the_text(
    share: float, is_kept: bool, line: str
) -> None:
    lines = round(len(PROSE) * share / (1 - share) / len(line))
    related = f"<p>{line}</p>" * lines
    text = prose(f"<p>{PROSE}</p><div class='related'>{related}</div>")
    assert ("收到申请" in text) is is_kept


@pytest.mark.parametrize(("links", "is_kept"), [(3, True), (4, False), (7, False)])
def test_four_links_are_a_list_of_links(links: int, is_kept: bool) -> None:
    listed = "".join(f"<li><a href='/{n}'>栏目之{n}</a></li>" for n in range(links))
    assert ("栏目之0" in prose(f"<p>{PROSE}</p><ul>{listed}</ul>")) is is_kept


@pytest.mark.parametrize(("words", "tables"), [(4, 2), (6, 3)])
def test_a_table_that_holds_others_is_data_only_with_three_cells_for_each(
    words: int, tables: int
) -> None:
    inner = "<table><tr><td>指标<td>数<tr><td>收到申请<td>{}</table>"
    frames = "".join(f"<td>{inner.format(n)}</td>" for n in (5, 7))
    row = "".join(f"<td>词{n}</td>" for n in range(words))
    page = document(f"<p>{PROSE}</p><table><tr>{row}</tr><tr>{frames}</tr></table>")
    found = [block for block in page.blocks if isinstance(block, Table)]
    assert len(found) == tables


@pytest.mark.parametrize(("letters", "tables"), [(60, 3), (99, 3), (101, 2)])
def test_a_cell_of_a_hundred_letters_is_still_one_of_data(letters: int, tables: int) -> None:
    inner = "<table><tr><td>指标<td>数<tr><td>收到申请<td>{}</table>"
    frames = "".join(f"<td>{inner.format(n)}</td>" for n in (5, 7))
    row = f"<td>{('词语说明文字' * 20)[:letters]}</td>" * 6
    page = document(f"<p>{PROSE}</p><table><tr>{row}</tr><tr>{frames}</tr></table>")
    assert len([block for block in page.blocks if isinstance(block, Table)]) == tables


@pytest.mark.parametrize(("letters", "is_shell"), [(100, True), (130, False)])
def test_a_page_with_little_text_only_points_to_its_attachment(
    letters: int, is_shell: bool
) -> None:
    text = ("某局办公室公开栏" * 20)[:letters]
    content = read_html(
        f"<html><body><p>{text}</p><a href='/P2.doc'>下载</a></body></html>".encode()
    )
    assert isinstance(content, Rejection) is is_shell


@pytest.mark.parametrize(
    ("long", "other", "is_table"),
    [(240, 2, True), (260, 2, False), (300, 110, False), (300, 150, True)],
    ids=["not long", "long", "most of the text", "two thirds of it"],
)
def test_one_long_text_with_few_others_is_prose_in_a_frame(
    long: int, other: int, is_table: bool
) -> None:
    cells = f"<td>{('长文说明' * 80)[:long]}</td><td>{('短文字' * 60)[:other]}</td>"
    rows = f"<tr>{cells}</tr><tr><td>注</td><td>无</td></tr>"
    page = document(f"<p>{PROSE}</p><table>{rows}</table>")
    assert any(isinstance(block, Table) for block in page.blocks) is is_table


def test_links_on_lines_of_one_block_are_a_list_of_links() -> None:
    said = "<p>主动公开政府信息5条。收到申请5件，均已答复。</p>"
    titles = [f"嘉祥县{year}年政府信息公开年度报告" for year in range(2010, 2016)]
    linked = "<br>".join(f"<a href='/{n}'>{title}</a>" for n, title in enumerate(titles))
    assert "2011年" not in prose(f"{said}<div>{linked}</div>")
    assert "2011年" in prose(f"{said}<div>{'<br>'.join(titles)}</div>")


@pytest.mark.parametrize(("letters", "is_kept"), [(100, False), (120, True)])
def test_a_part_named_like_furniture_may_hold_a_hundred_letters_of_a_short_page(
    letters: int, is_kept: bool
) -> None:
    related = "<p>收到申请共五十五件了</p>" * (letters // 10)
    text = prose(f"<p>{PROSE[:200]}</p><div class='related'>{related}</div>")
    assert ("收到申请" in text) is is_kept


@pytest.mark.parametrize(("words", "tables"), [(4, 2), (3, 1)])
def test_four_cells_beside_a_table_are_data(words: int, tables: int) -> None:
    inner = "<table><tr><td>指标<td>数<tr><td>收到申请<td>5</table>"
    row = "".join(f"<td>词{n}</td>" for n in range(words))
    page = document(f"<p>{PROSE}</p><table><tr>{row}</tr><tr><td>{inner}</td></tr></table>")
    assert len([block for block in page.blocks if isinstance(block, Table)]) == tables
