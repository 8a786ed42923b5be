"""What an ODT file shows through styles of styles and in formulas reaches the converter."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from pipeline.readers.office.odt_prepared import prepared

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
STRUCK = (
    '<style:style style:name="Old" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Older" style:family="text" style:parent-style-name="Old"/>'
)
OWN = (
    '<style:style style:name="T1" style:family="text" style:parent-style-name="Older">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)
FORMULA = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mn>12</mn></mrow>'
    '<annotation encoding="StarMath 5.0">other words</annotation></semantics></math>'
)


def odt(body: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("styles.xml", f"<office:styles {SPACES}>{STRUCK}</office:styles>")
        archive.writestr("content.xml", f"<office:body {SPACES}>{OWN}{body}</office:body>")
        archive.writestr("Object 1/content.xml", MATH)
    return stream.getvalue()


def content_of(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        return ElementTree.fromstring(archive.read("content.xml"))


def test_a_style_carries_what_strikes_its_parents_parent():
    content = content_of(prepared(odt("<text:p>0</text:p>")))
    struck = {
        style.get(f"{STYLE}name"): properties.get(f"{STYLE}text-line-through-style")
        for style in content.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}text-properties")
    }
    assert struck == {"T1": "solid", "T2": None}


def test_a_formula_is_words_where_it_stands():
    content = content_of(prepared(odt(f"<text:p>共{FORMULA}件</text:p>")))
    assert "".join(content.itertext()) == "共12件"


def test_a_field_of_digits_and_words_is_words_where_it_stands():
    """LibreOffice writes one out as often as its script changes."""
    field = '<text:text-input text:description="数量">6303元</text:text-input>'
    content = content_of(prepared(odt(f"<text:p>{field}整</text:p>")))
    assert "".join(content.itertext()) == "6303元整"
    assert not [part for part in content.iter() if part.tag.endswith("text-input")]


def test_what_is_no_such_file_stays_as_it_is():
    broken = odt("")[:-30]
    assert prepared(b"{\\rtf1 12}") == b"{\\rtf1 12}"
    assert prepared(broken) == broken


def test_a_hidden_section_is_left_out_and_a_shown_one_stays():
    hidden = "<text:section text:display='none'><text:p>9</text:p></text:section>"
    shown = "<text:section><text:p>5</text:p></text:section>"
    content = content_of(prepared(odt(hidden + shown)))
    assert "".join(content.itertext()) == "5"


@pytest.mark.parametrize("kind", ["web", "template", "master"])
def test_a_page_or_template_in_open_document_format_was_refused_as_broken(kind):
    text = odt(FORMULA)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(text)) as read, zipfile.ZipFile(stream, "w") as written:
        for entry in read.infolist():
            other = f"-{kind}".encode() if entry.filename == "mimetype" else b""
            written.writestr(entry, read.read(entry) + other)
    with zipfile.ZipFile(io.BytesIO(prepared(stream.getvalue()))) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
