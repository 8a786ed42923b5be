"""Words of a Word file look as their styles make them, and stand where Word shows them."""

import docx
import pytest
from declared_table import saved
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.model.document import Document, Table
from pipeline.readers.office.word import read_docx

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMES = f'{nsdecls("w", "wp", "a")} xmlns:m="{MATH}"'
OLD = '<w:r><w:rPr><w:rStyle w:val="Own"/></w:rPr><w:t>7</w:t></w:r>'
FIGURE = "<w:r><w:t>84</w:t></w:r>"


def style(properties: str, name: str = "Own", based: str = "", kind: str = "character") -> str:
    based_on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style {NAMES} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based_on}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def read(paragraph: str, *styles: str) -> Document:
    document = docx.Document()
    for one in styles:
        document.styles.element.append(parse_xml(one))
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("条", "5", "件"), strict=False):
        cell.text = text
    cell = table._cells[-1]._tc
    cell.remove(cell.p_lst[0])
    cell.append(parse_xml(f"<w:p {NAMES}>{paragraph}</w:p>"))
    read = read_docx(saved(document))
    assert isinstance(read, Document)
    return read


def figure(paragraph: str, *styles: str) -> str:
    (table,) = [block for block in read(paragraph, *styles).blocks if isinstance(block, Table)]
    return table.cells[-1].text


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        "<w:strike/>",
        '<w:dstrike w:val="true"/>',
        '<w:vertAlign w:val="superscript"/>',
        '<w:position w:val="8"/><w:sz w:val="14"/>',
        '<w:sz w:val="3"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:w w:val="5"/>',
        '<w:position w:val="3"/>',
        '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        "<w14:noFill/></w14:textFill>",
    ],
)
def test_what_a_style_hides_strikes_or_raises_does_not_join_the_figure(properties):
    assert figure(FIGURE + OLD, style(properties)) == "84"
    assert figure(FIGURE + OLD, style(properties, "Base"), style("", based="Base")) == "84"


@pytest.mark.parametrize(
    "properties",
    [
        "",
        '<w:vanish w:val="0"/>',
        '<w:sz w:val="4"/>',
        '<w:w w:val="6"/>',
        '<w:position w:val="2"/>',
        '<w:color w:val="FF0000"/>',
        "<w:b/>",
    ],
)
def test_what_a_style_shows_is_read(properties):
    assert figure(FIGURE + OLD, style(properties)) == "847"


def test_what_a_run_switches_off_again_is_read():
    run = '<w:r><w:rPr><w:rStyle w:val="Own"/><w:strike w:val="0"/></w:rPr><w:t>7</w:t></w:r>'
    assert figure(run, style("<w:strike/>")) == "7"


def test_what_two_styles_switch_on_is_off_as_word_shows_it():
    around = '<w:pPr><w:pStyle w:val="Around"/></w:pPr>'
    both = style("<w:strike/>"), style("<w:strike/>", "Around", kind="paragraph")
    assert figure(around + OLD, *both) == "7"
    assert figure(around + "<w:r><w:t>7</w:t></w:r>", *both) == ""


def test_white_words_on_a_shaded_cell_are_read():
    shade = '<w:pPr><w:shd w:val="clear" w:fill="1F4E79"/></w:pPr>'
    assert figure(shade + FIGURE + OLD, style('<w:color w:val="FFFFFF"/>')) == "847"


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("FFFFFF", '<w:shd w:val="clear" w:fill="FFFFFF"/>'),
        ("D9D9D9", '<w:shd w:val="clear" w:fill="d9d9d9"/>'),
        ("FFFF00", '<w:highlight w:val="yellow"/>'),
    ],
)
def test_words_of_the_colour_behind_them_do_not_join_the_figure(ink, ground):
    old = f'<w:r><w:rPr><w:color w:val="{ink}"/>{ground}</w:rPr><w:t>7</w:t></w:r>'
    assert figure(FIGURE + old) == "84"
    assert figure(FIGURE + old.replace(f'color w:val="{ink}', 'color w:val="00FF00')) == "847"


def test_a_mark_before_the_figure_does_not_join_it():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert figure(raised + FIGURE) == "84"


def test_a_raised_figure_that_stands_alone_is_read():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>84</w:t></w:r>'
    assert figure(raised) == "84"


@pytest.mark.parametrize("words", ["（含上年结转）", "其中", "件"])
def test_raised_words_that_send_to_no_note_are_read(words):
    raised = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{words}</w:t></w:r>'
    assert figure(FIGURE + raised) == f"84{words}"


def test_the_mark_that_a_footnote_brings_along_does_not_join_the_figure():
    note = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    assert figure(FIGURE + note) == "84"


@pytest.mark.parametrize(
    "paragraph",
    [
        "<m:oMath><m:r><m:t>84</m:t></m:r></m:oMath>",
        '<w:r><w:sym w:font="Arial" w:char="0038"/><w:sym w:font="Symbol" w:char="F034"/></w:r>',
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>84</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/>"
        "<w:listEntry w:val='7'/><w:listEntry w:val='84'/></w:ddList></w:ffData></w:fldChar></w:r>",
    ],
)
def test_figures_outside_the_text_are_read(paragraph):
    assert figure(paragraph) == "84"


def test_a_fraction_is_not_read_as_one_number():
    half = "<m:f><m:num><m:r><m:t>8</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    assert figure(f"<m:oMath>{half}</m:oMath>") == "8 / 4"


def test_what_was_left_out_is_told():
    notices = read(FIGURE + OLD, style("<w:strike/>")).notices
    assert notices == ("1 struck or hidden figures were not read",)


def test_a_cell_that_shows_a_sign_no_one_can_name_is_told():
    notices = read('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>').notices
    assert notices == (
        "1 cells show a picture or an embedded file and no text; they read as blank",
    )


def test_what_strikes_is_found_however_many_styles_lie_between():
    far = [style("", f"S{n}", based=f"S{n + 1}") for n in range(20)]
    assert figure(FIGURE + OLD, style("", based="S0"), *far, style("<w:strike/>", "S20")) == "84"


def test_styles_based_on_each_other_end():
    circle = style("", based="Other"), style("", "Other", based="Own")
    assert figure(FIGURE + OLD, *circle) == "847"
