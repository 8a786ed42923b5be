"""Which declared styles hide a digit: just inside and just outside of every measure."""

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.html.html_reader import read_html

PROSE = f"<p>{'根据条例现公布本机关年度报告全年公开信息二百三十六条' * 6}。</p>"


def read(body: str) -> Document:
    read = read_html(f"<body>{PROSE}{body}</body>".encode())
    assert isinstance(read, Document)
    return read


def figure(cell: str, around: str = "") -> str:
    """The figure of a cell."""
    page = read(
        f"<table {around}><tr><td>收到<td>5{cell}<tr><td>办结<td>9<tr><td>其他<td>3</table>"
    )
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    return table.cells[1].text


def is_hidden(style: str, tag: str = "span") -> bool:
    """Whether a digit behind another in a cell is not read."""
    return figure(f'<{tag} style="{style}">7</{tag}>') == "5"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("font-size:0", True),
        ("font-size:2px", True),
        ("font-size:2.1px", False),
        ("font-size:1.5pt", True),
        ("font-size:1.6pt", False),
        ("font-size:0.1em", True),
        ("font-size:0.11em", False),
        ("font-size:9%", True),
        ("font-size:0.02rem", True),
        ("font-size:0.03rem", False),
        ("font-size:-1px", True),
        ("font-size:small", False),
    ],
)
def test_words_of_no_size_are_not_read(style: str, expected: bool) -> None:
    assert is_hidden(style) is expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("opacity:0", True),
        ("opacity:0.05", True),
        ("opacity:0.06", False),
        ("opacity:0%", True),
        ("filter:opacity(0)", True),
        ("filter:alpha(opacity=0)", True),
        ("filter:opacity(50%)", False),
        ("filter:blur(2px)", False),
        ("color:rgba(0,0,0,0.05)", True),
        ("color:rgba(0,0,0,0.06)", False),
    ],
)
def test_faint_words_are_not_read(style: str, expected: bool) -> None:
    assert is_hidden(style) is expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("text-indent:-99px", True),
        ("text-indent:-98px", False),
        ("text-indent:99px", False),
        ("margin-left:-999px", True),
        ("margin-left:-998px", False),
        ("margin-right:-999px", True),
        ("margin-top:-999px", False),
        ("position:absolute;left:-99px", True),
        ("position:absolute;left:-98px", False),
        ("position:fixed;top:-99px", True),
        ("position:relative;left:-99px", False),
        ("position:relative;left:-999px", True),
        ("position:absolute;left:99px", False),
        ("position:absolute;left:-7em", False),
        ("position:absolute;left:-6em", False),
    ],
)
def test_words_moved_off_the_page_are_not_read(style: str, expected: bool) -> None:
    assert is_hidden(style) is expected


@pytest.mark.parametrize(
    ("style", "tag", "expected"),
    [
        ("overflow:hidden;width:0", "div", True),
        ("overflow:hidden;width:0", "span", False),
        ("overflow:hidden;width:0;display:inline-block", "span", True),
        ("overflow:hidden;width:0;display:inline", "span", False),
        ("overflow:hidden;width:0;float:left", "span", True),
        ("overflow:hidden;width:0;position:absolute", "span", True),
        ("overflow:hidden;width:1.5px", "div", True),
        ("overflow:hidden;width:1.6px", "div", False),
        ("overflow:hidden;max-height:0", "div", True),
        ("overflow:hidden;height:20px", "div", False),
        ("overflow-x:clip;width:0", "div", True),
        ("overflow:visible;width:0", "div", False),
        ("overflow:auto;width:0", "div", False),
        ("overflow:hidden;text-indent:100%", "div", True),
        ("overflow:hidden;text-indent:50%", "div", False),
    ],
)
def test_words_cut_off_by_a_box_without_size_are_not_read(
    style: str, tag: str, expected: bool
) -> None:
    assert is_hidden(style, tag) is expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("clip-path:inset(50%)", True),
        ("clip-path:inset(49%)", False),
        ("clip-path:inset(100%)", True),
        ("clip-path:circle(0)", True),
        ("clip-path:circle(5px)", False),
        ("clip-path:polygon(0 0, 0 0, 0 0)", True),
        ("clip-path:polygon(0 0, 9px 0, 9px 9px)", False),
        ("position:absolute;clip:rect(0,0,0,0)", True),
        ("position:absolute;clip:rect(1px,1px,1px,1px)", True),
        ("position:absolute;clip:rect(0,1.5px,9px,0)", True),
        ("position:absolute;clip:rect(0,1.6px,9px,0)", False),
        ("position:absolute;clip:rect(0,9px,1.5px,0)", True),
        ("position:absolute;clip:rect(0,9px,1.6px,0)", False),
        ("position:absolute;clip:rect(0,9px,9px)", False),
        ("clip:rect(0,0,0,0)", False),
    ],
)
def test_words_in_a_clipped_box_are_not_read(style: str, expected: bool) -> None:
    assert is_hidden(style) is expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("transform:scale(0)", True),
        ("transform:scale(0.02)", True),
        ("transform:scale(0.03)", False),
        ("transform:scale(1, 0)", True),
        ("transform:scaleX(0)", True),
        ("scale:0", True),
        ("zoom:0", True),
        ("zoom:0.5", False),
        ("translate:-99px 0", True),
        ("translate:-98px 0", False),
        ("transform:translate(-99px, 0)", True),
        ("transform:translateX(-98px)", False),
        ("transform:rotateX(90deg)", True),
        ("transform:rotateY(270deg)", True),
        ("transform:rotateX(180deg)", False),
        ("transform:rotate(90deg)", False),
        ("transform:matrix(0,0,0,0,0,0)", True),
        ("transform:matrix(1,0,0,1,0,0)", False),
        ("transform:matrix(0.02,0,0,0.02,0,0)", True),
        ("transform:matrix(0.02,0,0,0.03,0,0)", False),
        ("transform:matrix(0,0,0,0)", False),
    ],
)
def test_words_turned_on_edge_or_shrunk_to_nothing_are_not_read(style: str, expected: bool) -> None:
    assert is_hidden(f"display:block;{style}") is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<span style='display:none'>7</span>", "5"),
        ("<span style='content-visibility:hidden'>7</span>", "5"),
        ("<span style='visibility:hidden'>7</span>", "5"),
        ("<span style='visibility:collapse'>7</span>", "5"),
        ("<span style='visibility:visible'>7</span>", "57"),
        ("<span style='visibility:hidden'>7<b style='visibility:visible'>8</b></span>", "58"),
        ("<span style='visibility:hidden'>7<b style='visibility:inherit'>8</b></span>", "5"),
        ("<span style='font-size:0'>7<b style='font-size:12px'>8</b></span>", "58"),
        ("<span style='font-size:0'>7<b style='font-size:1px'>8</b></span>", "5"),
        ("<span hidden>7</span>", "5"),
        ("<s>7</s>", "5"),
        ("<del>7</del>", "5"),
        ("<s style='text-decoration:none'>7</s>", "57"),
        ("<span style='text-decoration:line-through'>7</span>", "5"),
        ("<span style='text-decoration-line:line-through'>7</span>", "5"),
        ("<span style='text-decoration:underline'>7</span>", "57"),
        ("<sup>7</sup>", "5"),
        ("<sup>件</sup>", "5件"),
        ("<sub>7</sub>", "57"),
        ("<span style='vertical-align:super'>7</span>", "5"),
        ("<span style='vertical-align:baseline'>7</span>", "57"),
        ("<span style='position:relative;top:-0.2em'>7</span>", "5"),
        ("<span style='position:relative;top:-0.1em'>7</span>", "57"),
        ("<span style='position:relative;bottom:3px'>7</span>", "5"),
        ("<span style='position:relative;top:3px'>7</span>", "57"),
        ("<span style='top:-3px'>7</span>", "57"),
    ],
)
def test_words_that_are_not_shown_are_not_read(cell: str, expected: str) -> None:
    assert figure(cell) == expected


@pytest.mark.parametrize(
    ("cell", "around", "expected"),
    [
        ("<span style='color:white'>7</span>", "", "5"),
        ("<span style='color:#fff'>7</span>", "", "5"),
        ("<span style='color:red'>7</span>", "", "57"),
        ("<span style='color:white;background:red'>7</span>", "", "57"),
        ("<span style='color:red;background:red'>7</span>", "", "5"),
        ("<span style='color:transparent'>7</span>", "", "5"),
        ("<span style='color:white'>7</span>", "bgcolor=red", "57"),
        ("<span style='color:red'>7</span>", "bgcolor=red", "5"),
        ("<span style='color:white'>7</span>", "background=a.png", "57"),
        ("<span style='color:white'>7</span>", "style='background:black'", "57"),
        ("<span style='color:inherit'>7</span>", "", "57"),
        ("<span style='color:white'>7<b style='color:red'>8</b></span>", "", "58"),
        ("<a style='background:black'>7</a>", "", "57"),
        ("<span style='background:black'>7</span>", "", "5"),
        ("<span style='-webkit-text-fill-color:white;color:red'>7</span>", "", "5"),
    ],
)
def test_words_of_the_colour_behind_them_are_not_read(
    cell: str, around: str, expected: str
) -> None:
    assert figure(cell, around) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>共<span style='display:none'>七</span>件，有关情况如下所述</p>", False),
        ("<p style='display:none'>共七件，有关情况如下所述</p>", True),
        ("<p>共<s>七</s>件，有关情况如下所述</p>", False),
        ("<p>共<s>七" + "文" * 59 + "</s>件</p>", False),
        ("<p>共<s>七" + "文" * 60 + "</s>件</p>", True),
        ("<p>共<span style='display:none'>七" + "文" * 59 + "</span>件</p>", False),
        ("<p>共<span style='display:none'>七" + "文" * 60 + "</span>件</p>", True),
    ],
)
def test_outside_of_cells_only_a_few_words_within_a_line_are_hidden(
    text: str, expected: bool
) -> None:
    assert ("七" in read(text).text) is expected
