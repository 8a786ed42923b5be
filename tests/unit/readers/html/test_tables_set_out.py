"""Which elements a page sets as a table of figures, and where each cell of one belongs."""

from collections.abc import Sequence
from time import process_time

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.html.set_tables import may_set_tables, write_out_tables

SHEET = """<style>.t{display:table}.i{display:inline-table}.g{display:grid}.h{display:inline-grid}
.r{display:table-row}.c{display:table-cell}.b{display:table-row-group}.x{display:none}</style>"""
FIGURES = "项 甲 件 7 次 8"


def written(body: str) -> list[str]:
    """The tables of a page, rows parted by lines: cells with what they span."""
    tree = LexborHTMLParser(f"<html><head>{SHEET}</head><body>{body}</body></html>")
    write_out_tables(tree)
    return ["\n".join(map(row_of, table.css("tr"))) for table in tree.css("table")]


def row_of(row: LexborNode) -> str:
    spans = ("rowspan", "colspan")
    return " ".join(
        cell.text().strip() + "".join(f"|{cell.attributes.get(one)}" for one in spans
                                      if cell.attributes.get(one, "1") != "1")
        for cell in row.css("td")
    )  # fmt: skip


def rows(cells: str, wide: int = 2, kind: str = "class=c") -> str:
    texts = cells.split()
    lines = [texts[n : n + wide] for n in range(0, len(texts), wide)]
    return "".join(
        f"<div class=r>{''.join(f'<div {kind}>{one}</div>' for one in line)}</div>"
        for line in lines
    )


def grid(cells: Sequence[tuple[str, str]], kind: str = "g") -> str:
    inner = "".join(f"<div style='{where}'>{text}</div>" for text, where in cells)
    return f"<div class={kind}>{inner}</div>"


def areas(places: str, cells: str = FIGURES, last: str = "") -> str:
    where = [f"grid-area:{one}" for one in places.split()]
    placed = list(zip(cells.split(), where, strict=True))
    return grid([*placed, ("9", last)] if last else placed)


PLAIN = "项 甲\n件 7\n次 8"
WIDER = "项 甲 \n件 7 \n次 8|2"
ALONE = f"<div class=t>{rows(FIGURES)}</div>"
BESIDE = "1/1/2/2 1/2/2/3 2/1/3/2 2/2/3/3 3/1/4/2 3/2/4/3"


@pytest.mark.parametrize(
    ("body", "tables"),
    [
        (ALONE, [PLAIN]),
        (f"<span class=i>{rows(FIGURES)}</span>", [PLAIN]),
        (f"<div class=t><div class=b>{rows(FIGURES)}</div></div>", [PLAIN]),
        # Not shown as a table, or not as its rows.
        (f"<div>{rows(FIGURES)}</div>", []),
        (f"<div class=t>{rows(FIGURES).replace('class=r', 'class=q')}</div>", []),
        (f"<div class=t>{rows(FIGURES, kind='class=q')}</div>", []),
        (f"<div class=t><div class=x>{rows(FIGURES)}</div></div>", []),
        (f"<div class=t><div class=c>{rows(FIGURES)}</div></div>", []),
        # Two rows, six cells and two figures at least.
        (f"<div class=t>{rows('项 甲 乙 件 7 8', 3)}</div>", ["项 甲 乙\n件 7 8"]),
        (f"<div class=t>{rows('项 甲 乙 件 7 8', 6)}</div>", []),
        (f"<div class=t>{rows('项 甲 件 7 8', 2)}</div>", []),
        (f"<div class=t>{rows('项 甲 件 7 次 无')}</div>", []),
        (f"<div class=t>{rows('项 甲 件 7件 次 第8')}</div>", []),
        (f"<div class=t>{rows('项 甲 件 7件 次 8次')}</div>", ["项 甲\n件 7件\n次 8次"]),
        # No cell is long.
        (f"<div class=t>{rows('甲' * 120 + ' 甲 件 7 次 8')}</div>", ["甲" * 120 + PLAIN[1:]]),
        (f"<div class=t>{rows('甲' * 121 + ' 甲 件 7 次 8')}</div>", []),
        # Nor holds what is no cell's.
        *(
            (f"<div class=t>{rows(FIGURES).replace('>甲<', f'><{tag}>甲</{tag}><')}</div>", [])
            for tag in ("h1", "h4", "ul", "form", "article", "section")
        ),
        (f"<div class=t>{rows(FIGURES).replace('>甲<', '><b>甲</b><')}</div>", [PLAIN]),
        # One in another is a part of it, and stands alone where that is none.
        (f"<div class=t><div class=b>{rows(FIGURES)}<div class=t>{rows(FIGURES)}</div></div></div>",
         [f"{PLAIN}\n{PLAIN}"]),
        (f"<div class=t><div class=r><div class=c>{ALONE}</div></div></div>", [PLAIN]),
    ],
)  # fmt: skip
def test_a_table_is_what_is_shown_as_one_and_holds_figures(body: str, tables: list[str]) -> None:
    assert written(body) == tables


@pytest.mark.parametrize(
    ("body", "tables"),
    [
        (areas(BESIDE), [PLAIN]),
        (areas("1/1/2/3 2/1/3/2 2/2/3/3 3/1/5/2 3/2/4/3 4/2/5/3"), ["项|2\n甲 件\n7|2 次\n8"]),
        # A free place is an empty cell; what is declared in another order is not.
        (areas(BESIDE, last="grid-area:4/2/5/3"), [f"{PLAIN}\n 9"]),
        (areas("3/1/4/2 3/2/4/3 2/1/3/2 2/2/3/3 1/1/2/2 1/2/2/3", "次 8 件 7 项 甲"), [PLAIN]),
        # Rows and columns said apart, with their ends, their spans, or alone.
        *(
            (
                grid([
                    (text, f"grid-row:{row};grid-column:{column}")
                    for text, row, column in zip(
                        FIGURES.split(),
                        ("1", "1 / 2", "2/3", "2 / span 1", "3", "3"),
                        ("1", "2", "1", "2", "1", last),
                        strict=True,
                    )
                ]),
                [told] if told else [],
            )
            for last, told in (
                ("2", PLAIN), ("2/3", PLAIN), ("2/4", WIDER), ("2/span 2", WIDER),
                ("2 / SPAN 2", WIDER),
                ("2/2", None), ("2/1", None), ("0", None), ("auto", None), ("span 2", None),
                ("", None), ("-1", None), ("2/auto", None), ("1", None), ("1/3", None),
                ("2/0", None), ("2/span 0", None), ("9999999999", None),
            )
        ),
        # No cell without its place, in no row and in no column.
        (areas(BESIDE, last="grid-row:4"), []),
        (areas(BESIDE, last="grid-column:2"), []),
        (areas(BESIDE, last="color:red"), []),
        (areas(BESIDE, last="grid-area:4/2"), []),
        (areas(BESIDE, last="grid-area:4/2/5/3/1"), []),
        (areas(BESIDE, last="grid-area:0/1/1/2"), []),
        (areas(BESIDE, last="grid-area:4/0/5/1"), []),
        # Nor two in one.
        (areas(BESIDE, last="grid-area:3/2/4/3"), []),
        (areas(BESIDE, last="grid-area:1/3/4/4"), ["项 甲 9|3\n件 7\n次 8"]),
        (areas(BESIDE, last="grid-area:1/2/4/4"), []),
    ],
)  # fmt: skip
def test_a_grid_is_a_table_where_every_cell_has_its_place(body: str, tables: list[str]) -> None:
    assert written(body) == tables


def test_a_grid_shown_in_a_line_is_one_as_well() -> None:
    placed = zip(FIGURES.split(), BESIDE.split(), strict=True)
    cells = [(text, f"grid-area:{place}") for text, place in placed]
    assert written(grid(cells, "h")) == [PLAIN]


@pytest.mark.parametrize(("last", "tables"), [(1000, 1), (1001, 0), (5_000_000, 0)])
def test_nobody_waits_for_a_grid_without_end(last: int, tables: int) -> None:
    started = process_time()
    for place in (f"{last - 1}/1/{last}/2", f"4/{last - 1}/5/{last}", f"4/1/{last}/2"):
        assert len(written(areas(BESIDE, last=f"grid-area:{place}"))) == tables, place
    assert process_time() - started < 5


@pytest.mark.parametrize(
    ("terms", "tables"),
    [
        ("dt:甲 dd:7 dt:乙 dd:8 dt:丙 dd:9", ["甲 7\n乙 8\n丙 9"]),
        # Half of the terms have a figure.
        ("dt:甲 dd:7 dt:乙 dd:8 dt:丙 dd:文 dt:丁 dd:文", ["甲 7\n乙 8\n丙 文\n丁 文"]),
        ("dt:甲 dd:7 dt:乙 dd:8 dt:丙 dd:文 dt:丁 dd:文 dt:戊 dd:文", []),
        # Only what is said of a term counts, and that as a whole.
        ("dt:7 dd:文 dt:8 dd:文 dt:9 dd:文", []),
        ("dt:甲 dd:7件 dt:乙 dd:8件 dt:丙 dd:9件", []),
        # What is said of no term is a row of its own.
        ("dd:6 dt:甲 dd:7 dt:乙 dd:8 dd:9 dd:10", ["6\n甲 7\n乙 8 9 10"]),
    ],
)
def test_terms_with_figures_are_rows(terms: str, tables: list[str]) -> None:
    inner = "".join("<{}>{}".format(*one.split(":")) for one in terms.split())
    assert written(f"<dl>{inner}</dl>") == tables
    assert written(f"<div>{inner}</div>") == []


def test_what_stands_around_rows_stays_in_front_of_them() -> None:
    body = (
        f"<div class=t>表一<p>单位：件</p><div class=x>藏</div><div class=c>旁</div>"
        f"<div class=b><i>小题</i>{rows(FIGURES)}</div></div>"
    )
    tree = LexborHTMLParser(f"<html><head>{SHEET}</head><body>{body}</body></html>")
    write_out_tables(tree)
    assert tree.body is not None
    assert tree.body.text() == "表一单位：件小题项甲件7次8"
    grid_of = LexborHTMLParser(f"<html><head>{SHEET}</head><body>{areas(BESIDE)}</body></html>")
    write_out_tables(grid_of)
    assert grid_of.body is not None
    assert grid_of.body.text() == "项甲件7次8"


def test_roles_make_a_table_with_the_spans_they_say_and_a_real_one_keeps_its_own() -> None:
    def role(name: str, inner: str, more: str = "") -> str:
        return f"<div role={name} {more}>{inner}</div>"

    lines = [
        role("row", role("columnheader", "项") + role("columnheader", "甲", "aria-colspan=2")),
        role("row", role("rowheader", "件", "aria-rowspan=2") + role("gridcell", "7")),
        role("row", role("cell", "8") + role("cell", "9")),
    ]
    assert written(role("grid", "".join(lines))) == ["项 甲|2\n件|2 7\n8 9"]
    real = (
        "<table role=table><tr role=row><td role=cell colspan=2>项<td role=cell>甲"
        "<tr role=row><td role=cell>件<td role=cell>7<td role=cell>8</table>"
    )
    assert written(f"<div class=t>{real}</div>") == ["项|2 甲\n件 7 8"]
    # A style says more than a role.
    assert written(f"<div role=table class=x>{rows(FIGURES)}</div>") == []


def test_elements_keep_how_they_look_and_what_they_are_called() -> None:
    body = f"<div class=t id=one bgcolor=red title=t>{rows(FIGURES)}</div>"
    body = body.replace("<div class=c>甲</div>", "<div class=c id=two>甲<i class=x>乙</i></div>")
    tree = LexborHTMLParser(f"<html><head>{SHEET}</head><body>{body}</body></html>")
    write_out_tables(tree)
    table, cell, inner = (tree.css_first(one) for one in ("table", "td#two", "td#two i"))
    assert table is not None and cell is not None and inner is not None
    assert table.attributes == {
        "id": "one", "class": "t", "bgcolor": "red", "style": "display:table",
    }  # fmt: skip
    assert cell.attributes["style"] == "display:table-cell"
    assert inner.attributes["style"] == "display:none"


@pytest.mark.parametrize(
    ("body", "may"),
    [
        ("<div class=t></div>", True),
        ("<dl><dt>甲</dl>", True),
        ("<div role=ROW></div>", True),
        ("<p>甲</p>", False),
    ],
)
def test_a_page_without_any_sign_of_one_is_not_looked_through(body: str, may: bool) -> None:
    sheet = SHEET if "class" in body else ""
    assert may_set_tables(LexborHTMLParser(f"{sheet}{body}")) is may
