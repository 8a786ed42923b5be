"""What style sheets hide, strike, raise and print is read as a browser shows it."""

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.html.html_reader import read_html

PROSE = "本年度政府信息公开工作有序开展，现将有关情况报告如下，请予监督。"


def read(head: str, cell: str, around: str = "") -> Document:
    page = (
        f"<html><head>{head}</head><body {around}><p>{PROSE}</p><table>"
        f"<tr><td>条<td>7<tr><td>件{cell}</table></body></html>"
    )
    document = read_html(page.encode())
    assert isinstance(document, Document)
    return document


def figure(head: str, cell: str, around: str = "") -> str:
    (table,) = [one for one in read(head, cell, around).blocks if isinstance(one, Table)]
    return table.cells[-1].text


def sheet(*rules: str) -> str:
    return f"<style type='text/css'>{' '.join(rules)}</style>"


OLD = "<td><span class='old'>9</span>5"


@pytest.mark.parametrize(
    "rule",
    [
        ".old{display:none}",
        "td .old { DISPLAY : none !important }",
        "table tr>td span[class=old]{visibility:hidden}",
        ".old,.older{opacity:0}",
        ".old{font-size:0}",
        ".old{text-decoration:line-through}",
        ".old{text-decoration:line-through red 2px}",
        ".old{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}",
        ".old{position:absolute;left:-9999px}",
        ".old{position:absolute;left:-99px}",
        ".old{color:#FFF}",
        ".old{color:transparent}",
        "@media screen{.old{display:none}}",
        "span{display:inline}.old{display:none}",
        ".old{display:none}span{display:inline}",
        "<!-- .old{display:none} -->",
        "body{background:#fff}.old{color:rgb(255,255,255)}",
        ".old{color:hsl(0,0%,100%)}",
        ".old{color:#fefefe}",
        ".old{color:#f8f8f8}",
        "td{background:#eee}.old{color:#EEE}",
        "td{color:#ccc}.old{background:#ccc}",
        ".old{background:#000}",
        ".old{-webkit-text-fill-color:transparent}",
        ".old{font-size:1px}",
        ".old{font-size:2px}",
        ".old{font-size:1.5pt}",
        ".old{font:.05em/1 serif}",
        ".old{opacity:.01}",
        ".old{opacity:.05}",
        ".old{filter:alpha(opacity=0)}",
        ".old{content-visibility:hidden}",
        ".old{display:inline-block;transform:scale(0)}",
        ".old{display:inline-block;transform:rotateY(90deg)}",
        ".old{float:left;transform:matrix(0,0,0,0,0,0)}",
        ".old{display:inline-block;scale:0}",
        ".old{display:inline-block;max-width:0;overflow-x:hidden}",
        ".old{position:absolute;right:-9999px}",
        ".old{margin-left:-9999px}",
        ".old{clip-path:inset(50%)}",
        ".old{position:absolute;clip:rect(0,200px,0,0)}",
        ".old{position:absolute;clip:rect(0,0,20px,0)}",
        "@media screen and (min-width:600px){.old{display:none}}",
        "@media (min-width:1024px){.old{display:none}}",
        "@media (max-width:1920px){.old{display:none}}",
        "@supports (display:grid){.old{display:none}}",
    ],
)
def test_digits_that_a_sheet_hides_or_strikes_do_not_join_the_figure(rule):
    assert figure(sheet(rule), OLD) == "5"


@pytest.mark.parametrize(
    "rule",
    [
        "@media print{.old{display:none}}",
        "@media (max-width:600px){.old{display:none}}",
        ".old{display:none}.old{display:inline}",
        ".old{display:none}td span.old{display:inline}",
        ".old:hover{display:none}",
        ".older{display:none}",
        ".old{opacity:0.9}",
        ".old{color:#f6f6f6}",
        ".old{opacity:.06}",
        ".old{clip:rect(0,0,0,0)}",  # words that no rule takes out of their line are not clipped
        ".old{font-size:0.9em}",
        ".old{font-size:2.1px}",
        ".old{font-size:1.6pt}",
        "tr{background:#036}.old{color:#fff}",
        ".old{text-decoration:underline}",
        ".old{color:#ffffff;background-color:#c00}",
        "}{.old{display:none",
        ".old{display:none;display:inline}",
        ".old{transform:scale(0);width:0;overflow:hidden}",  # words in a line are no box
        ".old{display:inline-block;max-width:0}",  # without an edge that cuts
        ".old{position:relative;left:-100px}",
        ".old{position:absolute;left:-98px}",
        ".old{position:absolute;clip:rect(0,200px,20px,0)}",
        # To the right and below a page goes on; the other rule makes the sheet be looked at.
        ".x{display:none}.old{position:absolute;left:500px}",
        ".x{display:none}.old{position:absolute;top:120px}",
        ".x{display:none}.old{margin-left:1000px}",
        ".x{display:none}.old{text-indent:100px}",
        "html{font-size:100px}.old{font-size:.16rem}",
        "tr{background:linear-gradient(red,blue)}.old{color:#fff}",
        "tr{background:#fff}table{background:red}.old{color:red}",
        ".old{background:rgba(0,0,0,.1)}",
        "td{width:0;overflow:hidden}",  # a cell is as wide as what it holds
        "@media (min-width:1025px){.old{display:none}}",
        "@media (max-width:1919px){.old{display:none}}",
    ],
)
def test_digits_that_a_sheet_shows_are_read(rule):
    assert figure(sheet(rule), OLD) == "95"


@pytest.mark.parametrize(
    ("cell", "around"),
    [
        ("<td bgcolor=#CCCCCC><font color=#cccccc>9</font>5", ""),
        ("<td><font color=white>9</font>5", "bgcolor=white"),
        ("<td style='color:#fff'>9<span style='color:#000'>5</span>", ""),
    ],
)
def test_digits_of_the_colour_behind_them_do_not_join_the_figure_without_a_sheet(cell, around):
    assert figure("", cell, around) == "5"


def test_white_words_are_read_where_another_file_may_paint_behind_them():
    link = "<link rel='stylesheet' href='site.css'>"
    assert figure(link + sheet(".old{color:#fff}"), OLD) == "95"


def test_what_was_hidden_is_told():
    assert "1 struck or hidden figures were not read" in read(sheet(".old{opacity:0}"), OLD).notices


@pytest.mark.parametrize("cell", ["<td style='font-size:0'>9<b style='font-size:14px'>5</b>"])
def test_words_of_no_size_around_words_that_have_one_are_not_read(cell):
    assert figure("", cell) == "5"


def test_a_cell_that_is_not_shown_takes_no_column():
    assert figure(sheet(".old{display:none}"), "<td class=old>9<td>5") == "5"
    (table,) = [
        one
        for one in read(sheet(".old{display:none}"), "<td class=old>9<td>5").blocks
        if isinstance(one, Table)
    ]
    assert max(cell.col for cell in table.cells) == 1


def test_a_row_that_is_not_shown_is_no_row():
    document = read(sheet(".old{display:none}"), "<td>5<tr class=old><td>旧<td>9")
    assert "旧" not in document.text


def test_a_table_hidden_as_a_whole_stays_for_tabs_show_it():
    document = read(sheet("tr{display:none}"), "<td>5")
    assert "件\t5" in document.text


@pytest.mark.parametrize("height", ["super", ".6em", "4px", "40%", "-3px"])
def test_a_mark_raised_by_a_sheet_does_not_join_the_figure_and_a_raised_figure_stays(height):
    rule = sheet(f".up{{vertical-align:{height};font-size:9px}}")
    assert figure(rule, "<td>84<span class=up>1</span>") == "84"
    assert figure(rule, "<td><span class=up>84</span>") == "84"


@pytest.mark.parametrize("height", ["middle", "0", ".1em", "baseline"])
def test_digits_that_stand_on_the_line_are_read(height):
    rule = sheet(f".x{{display:none}}.on{{vertical-align:{height}}}")
    assert figure(rule, "<td>84<span class=on>1</span>") == "841"


@pytest.mark.parametrize(
    ("rule", "cell"),
    [
        (".n::before{content:'84'}", "<td class=n>"),
        (".n:before{content:attr(data-n)}", "<td><i class=n data-n=84></i>"),
        (".n::after{content:attr(data-n) '件'}", "<td class=n data-n=84>"),
    ],
)
def test_numbers_that_a_sheet_prints_are_read(rule, cell):
    assert figure(sheet(rule), cell).removesuffix("件") == "84"


@pytest.mark.parametrize("sign", ["-", "−", "."])
def test_the_sign_and_the_point_of_a_figure_that_a_sheet_prints_are_read(sign):
    rules = sheet(f".s::before{{content:'{sign}'}}")
    assert figure(rules, "<td>1<i class=s></i>5") == f"1{sign}5"


def test_signs_that_a_sheet_prints_are_not():
    assert (
        figure(sheet(".n::before{content:'\\e601'}.n::after{content:'→'}"), "<td class=n>5") == "5"
    )


@pytest.mark.parametrize(
    ("content", "cell", "read"),
    [
        # Cells to the left are 条, 7 and 件.
        ("attr(data-label)'：'", "<td class=l data-label=件><span>84</span>", "84"),
        ("'件: '", "<td class=l>84", "84"),
        ("'数量：'", "<td class=l>84", "84"),
        ("'-'", "<td class=l>84", "-84"),
        ("'7：'", "<td class=l>84", "7：84"),
        ("'上年：'", "<td class=l>90", "上年：90"),
        ("'累计：'", "<td class=l>90", "累计：90"),
        ("'件：'", "<td>120<span class=l>90</span>", "120件：90"),
        ("'上年：'", "<td>120<span class=l>90</span>", "120上年：90"),
    ],
)
def test_the_head_that_a_sheet_prints_again_before_a_cell_does_not_join_it(content, cell, read):
    """Nor do two numbers become one, whose words stand between them by a sheet."""
    assert figure(sheet(f".l::before{{content:{content}}}"), cell) == read


@pytest.mark.parametrize("height", ["-1px", "1px", "2px", "-10%", "5%", ".05em"])
def test_digits_set_straight_by_a_pixel_are_of_their_number(height):
    """120 was read as 1, and as 20."""
    for cell in ("<td>1<span class=l>20</span>", "<td><span class=l>1</span>20"):
        assert figure(sheet(f".x{{display:none}}.l{{vertical-align:{height}}}"), cell) == "120"


def test_what_only_a_browser_counts_is_told():
    document = read(sheet(".n::before{content:counter(n)}"), "<td class=n>")
    assert "1 cells hold what only a browser counts up; it was not read" in document.notices


def test_a_line_taken_from_struck_words_shows_them():
    assert figure(sheet("del{text-decoration:none}"), "<td><del>84</del>") == "84"


def test_a_page_in_a_frame_of_its_own_is_read():
    inner = f"<html><body><p>{PROSE}</p><table><tr><td>条<td>7<tr><td>件<td>&quot;5&quot;</table>"
    page = f'<html><body><iframe width=1 srcdoc="{inner.replace(chr(34), "&quot;")}"></iframe>'
    document = read_html(page.encode())
    assert isinstance(document, Document)
    assert '件\t"5"' in document.text


def test_cells_that_show_a_picture_are_told():
    document = read("", "<td><img src='5.png'>")
    assert "1 cells show a picture or a frame and no text; they read as blank" in document.notices


NEW = "<td>9<i>9</i><span class='new'>5</span>"
OVER = "left:0;top:0;right:0;bottom:0"


@pytest.mark.parametrize(
    "rule",
    [
        f".new{{position:absolute;{OVER};background:#fff}}",
        ".new{background-color:white;position:absolute;inset:0}",
        ".new{position:absolute;left:0;top:0;width:100%;height:100%;background:#fff}",
    ],
)
def test_digits_beneath_a_figure_laid_over_their_cell_are_not_read(rule):
    assert figure(sheet("td{position:relative}", rule), NEW) == "5"


@pytest.mark.parametrize(
    "rules",
    [
        (f".new{{position:absolute;{OVER};background:#fff}}",),
        ("td{position:relative}", f".new{{position:absolute;{OVER};background:transparent}}"),
        ("td{position:relative}", f".new{{position:absolute;z-index:-1;{OVER};background:#fff}}"),
        ("td{position:relative}", ".new{position:absolute;right:0;background:#fff}"),
    ],
    ids=["a box that is not the cell", "no ground", "behind", "a part of the cell"],
)
def test_digits_that_nothing_lies_over_are_read(rules):
    assert figure(sheet(*rules), NEW) == "995"
