"""Tables taken apart as text are those that a walk through their elements finds."""

import random
import tracemalloc

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.html.plain_tables import PlainCell, plain_cells

_WALKED = "<!-- a remark: makes the reader go from element to element -->"
_TEXTS = (
    "0", "12", "主动公开", "政府信息\n数", " 两 件 ", "&nbsp;", "", "\u3000",
    "a &lt; b &amp;&amp; c", "1&nbsp;234", "零\u200b宽", "第一\r\n行", "a\n b",
    "5 &gt; 3", "&amp;nbsp;",
)  # fmt: skip
_WRAPS = (
    "{}", "<p>{}</p>", "<p class='MsoNormal'><span lang=EN-US>{}</span></p>", "{}<br>{}",
    "<b>{}</b>{}", "<div style='display:none'>{}</div>", "<p>{}</p><p>{}</p>", "<o:p>{}</o:p>",
    "<font size=2>{}</font><br/>", "<ul><li>{}<li>{}</ul>", "<a href='x'>{}</a>",
    "<pre>{}\n{}</pre>",
    "<script>if (a < b) c('</td>')</script>{}", "<st1:x>{}</st1:x>", "<select><option>{}</select>",
    "<table><tr><td>{}</table>", "<table><tr><td>{}<td>{}</table>", "<p title='a > b'>{}</p>",
    "<input value='<td>'>{}", "<h3>{}</h3>", "<template><td>{}</td></template>{}",
)  # fmt: skip
_SPANS = ("", "", "", " rowspan=2", " colspan='2'", ' rowspan="0"', " colspan=x", " ROWSPAN=２")


def _page(rng: random.Random, plain: bool) -> str:
    wraps = _WRAPS[:9] if plain else _WRAPS
    rows = []
    for _ in range(rng.randint(1, 5)):
        cells = []
        for _ in range(rng.randint(0, 5)):
            wrap = rng.choice(wraps)
            text = wrap.format(*(rng.choice(_TEXTS) for _ in range(wrap.count("{}"))))
            name = rng.choice(("td", "td", "th"))
            cells.append(f"<{name}{rng.choice(_SPANS)}>{text}{rng.choice(('', f'</{name}>'))}")
        rows.append(f"<tr>{''.join(cells)}{rng.choice(('', '</tr>'))}")
    group = rng.choice(("", "<thead>", "<tbody>"))
    inner = f"{rng.choice(('', '<colgroup><col width=3></colgroup>'))}{group}{''.join(rows)}"
    return f"<p>{'统计情况' * 40}</p><table>{inner}</table>"


def _read(page: str) -> list[Table]:
    document = read_html(f"<html><body>{page}</body></html>".encode())
    assert isinstance(document, Document)
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("plain", [True, False])
def test_a_table_read_as_text_is_the_table_walked_through(plain: bool) -> None:
    for seed in range(300):
        page = _page(random.Random(seed), plain)
        walked = page.replace("</table>", f"{_WALKED}</table>")
        assert _read(page) == _read(walked), page


def test_most_tables_need_no_walk() -> None:
    page = '<tbody><tr><td>件</td><td colspan="2"><p>1</p><p>2</p></td></tr></tbody>'
    groups = plain_cells(f"<table>{page}</table>")
    assert groups == [[[PlainCell("件", None, None), PlainCell("1\n2", None, "2")]]]


@pytest.mark.parametrize(
    "inside", ['<a href="x">1</a>', "<table></table>", "<pre>1</pre>", "<select></select>"]
)
def test_a_cell_of_more_than_words_is_left_to_the_walk(inside: str) -> None:
    assert plain_cells(f"<table><tbody><tr><td>{inside}</td></tr></tbody></table>") is None


def test_a_caption_is_left_to_the_walk() -> None:
    page = "<table><caption>表</caption><tbody><tr><td>1</td></tr></tbody></table>"
    assert plain_cells(page) is None


@pytest.mark.slow
def test_what_is_remembered_of_many_different_tables_is_bounded() -> None:
    def read(number: int) -> None:
        long = "".join(f"<p>{number} {n}</p>" for n in range(1_000))
        rows = "".join(f"<tr><td>{number} {n}</td><td>件</td></tr>" for n in range(5))
        assert plain_cells(f"<table><tbody>{rows}<tr><td>{long}</td></tr></tbody></table>")

    for number in range(40):
        read(number)
    tracemalloc.start()
    try:
        for number in range(40, 80):
            read(number)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1 << 18
