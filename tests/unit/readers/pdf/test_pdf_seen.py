"""What a page of a PDF shows is read, however it is painted; what it hides joins no figure."""

import pytest
from test_pdf_reader import pdf_of, ruled, shown, texts

from pipeline.model.document import Document, Table
from pipeline.readers.pdf.pdf_reader import read_pdf

GRID = ruled([100, 200, 300], [600, 700]) + shown("label", 110, 650)
FIGURE = shown("84", 230, 650)
OLD = shown("7", 222, 650)
WORDS = "".join(shown("words of a page", 72, y) for y in (560, 540, 520))


def figure(*content: str) -> str:
    document = read_pdf(pdf_of(" ".join((GRID, *content, WORDS))))
    (table,) = [block for block in texts(document) if isinstance(block, list)]
    return str(table[-1])


def picture(more: str = "") -> str:
    """A white picture of one point, drawn over the old digit."""
    return f"q 10 0 0 20 220 645 cm BI /W 1 /H 1 /CS /G /BPC 8 {more} ID \xff EI Q"


@pytest.mark.parametrize(
    "hidden",
    [
        f"{OLD} {picture()}",
        f"q 3 Tr {OLD} Q",
        f"q 7 Tr {OLD} Q",
        f"q 1 g {OLD} Q",
        f"q 1 1 1 rg {OLD} Q",
        f"q 0 0 0 0 k {OLD} Q",
        f"{OLD} q 1 g 220 645 10 20 re f Q",
        f"{OLD} q 0 g 220 645 10 20 re f Q",
        f"{OLD} 221 654.2 m 229.5 654.2 l S",
        f"{OLD} 221 653.8 8.5 0.8 re f",
        OLD.replace(" 12 Tf", " 0.4 Tf"),
        shown("7", 900, 650),
    ],
)
def test_hidden_covered_and_struck_digits_do_not_join_the_figure(hidden):
    assert figure(hidden, FIGURE) == "84"


@pytest.mark.parametrize(
    "painted",
    [
        f"q 0 0 0.5 rg 201 601 98 98 re f 1 g {OLD} Q",  # white upon blue
        f"q 1 g 220 645 10 20 re f Q {OLD}",  # painted over white
        f"q 1 1 0 rg 220 645 10 20 re f Q {OLD}",
        f"{picture()} {OLD}",
        f"{OLD} {picture('/IM true')}",  # a stencil
        f"{OLD} q 300 640 20 40 re W n {picture()} Q",  # cut off where it would lie
        f"{OLD} {picture().replace('10 0 0 20', '500 0 0 800')}",  # as large as the page
        f"{OLD} 221 648 m 229.5 648 l S",  # underlined
        f"{OLD} 150 654 m 260 654 l S",  # a line that runs on
        f"q 0.5 g {OLD} Q",
        f"q 2 Tr {OLD} Q",
    ],
)
def test_digits_that_are_seen_are_read(painted):
    assert figure(painted, FIGURE).replace(" ", "") == "784"


@pytest.mark.parametrize(
    ("ink", "state", "read"), [("\xff", "", "84"), ("\x80", "", "784"), ("\xff", "/Mu gs", "784")]
)
def test_a_picture_with_a_mask_hides_a_digit_where_it_lets_nothing_through(ink, state, read):
    """Programs write every picture of theirs with a mask, full where none was painted."""
    looks = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    content = f"{GRID} {FIGURE} {OLD} q {state} 10 0 0 20 220 645 cm /I Do Q {WORDS}"
    data = pdf_of(
        content,
        resources="/XObject<</I 90 0 R>>/ExtGState<</Mu<</BM/Multiply>>>>",
        more={
            90: f"<<{looks}/SMask 91 0 R/Length 1>>\nstream\n\xff\nendstream",
            91: f"<<{looks}/Length 1>>\nstream\n{ink}\nendstream",
        },
    )
    (table,) = [block for block in texts(read_pdf(data)) if isinstance(block, list)]
    assert table[-1].replace(" ", "") == read


LAYERS = "<</OFF[90 0 R]>>", "<</BaseState/OFF/ON[91 0 R]>>"
SETTINGS = (
    "/ExtGState<</N<</ca 0>>/H<</ca 0.5>>>>/Properties<</L 90 0 R/K 91 0 R"
    "/M<</Type/OCMD/OCGs[90 0 R 91 0 R]/P/AllOn>>/A<</Type/OCMD/OCGs[90 0 R 91 0 R]>>>>"
)


def with_layers(content: str, shown_at_first: str) -> bytes:
    """A file of two layers, the first switched off, and of ink that lets everything through."""
    return pdf_of(
        f"{GRID} {content} {FIGURE} {WORDS}",
        catalog=f"/OCProperties<</OCGs[90 0 R 91 0 R]/D {shown_at_first}>>",
        resources=SETTINGS,
        more={90: "<</Type/OCG/Name(old)>>", 91: "<</Type/OCG/Name(new)>>"},
    )


@pytest.mark.parametrize("shown_at_first", LAYERS)
@pytest.mark.parametrize(
    "hidden",
    [
        f"/OC /L BDC {OLD} EMC",
        f"/OC /L BDC /Span BMC {OLD} EMC EMC",
        f"/OC /M BDC {OLD} EMC",
        f"q /N gs {OLD} Q",
        f"q 210 645 0 20 re W n {OLD} Q",
        f"q 230 645 40 20 re W* n {OLD} Q",
        f"q 210 645 5 20 re W n 200 600 100 100 re W n {OLD} Q",
    ],
)
def test_digits_on_a_layer_switched_off_of_no_ink_or_cut_off_do_not_join_the_figure(
    hidden, shown_at_first
):
    document = read_pdf(with_layers(hidden, shown_at_first))
    assert isinstance(document, Document)
    assert ["label", "84"] in texts(document)
    assert document.notices == (
        "page 1: 1 digits hidden, covered, struck or off the page were not read",
    )


@pytest.mark.parametrize(
    "painted",
    [
        f"/OC /K BDC {OLD} EMC",
        f"/OC /A BDC {OLD} EMC",
        f"/OC /L BDC EMC {OLD}",
        f"q /H gs {OLD} Q",
        f"q /N gs Q {OLD}",
        f"q 210 645 40 20 re W n {OLD} Q",
        f"q 0 0 1 1 re W n Q {OLD}",
    ],
)
def test_digits_on_a_layer_that_is_shown_are_read(painted):
    document = read_pdf(with_layers(painted, LAYERS[0]))
    assert texts(document)[0][1].replace(" ", "") == "784"


def test_strokes_through_figures_part_no_cells():
    rows = [shown(f"{n}4", 250, y) for n, y in enumerate((680, 640, 610), 1)]
    old = [shown("77", x, y) for x, y in ((210, 680), (214, 640))]
    strokes = [f"{x - 1} {y + 2.9} m {x + 14.5} {y + 2.9} l S" for x, y in ((210, 680), (214, 640))]
    grid = ruled([100, 200, 300], [600, 630, 660, 700])
    labels = [shown(f"label {n}", 110, y) for n, y in enumerate((680, 640, 610), 1)]
    document = read_pdf(pdf_of(" ".join((grid, *labels, *rows, *old, *strokes, WORDS))))
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows()] == [
        [f"label {n}", f"{n}4"] for n in (1, 2, 3)
    ]


def test_hidden_digits_are_told():
    document = read_pdf(pdf_of(GRID + f"q 3 Tr {OLD} Q " + FIGURE + WORDS))
    assert isinstance(document, Document)
    assert document.notices == (
        "page 1: 1 digits hidden, covered, struck or off the page were not read",
    )


def test_the_text_below_a_picture_of_a_page_is_read_though_it_is_invisible():
    picture = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q "
    document = read_pdf(pdf_of(f"{picture}3 Tr {GRID}{FIGURE}{WORDS}"))
    assert ["label", "84"] in texts(document)


def test_digits_hidden_before_all_that_follows_join_no_figure():
    document = read_pdf(pdf_of(f"{GRID}{FIGURE}3 Tr {OLD}{WORDS}"))
    assert ["label", "84"] in texts(document)


@pytest.mark.parametrize(
    "turn", ["-1 0 0 -1 595 842 cm ", "0 1 -1 0 720 0 cm ", "0 -1 1 0 -200 595 cm "]
)
def test_a_page_that_lies_on_its_side_or_head_is_turned(turn):
    document = read_pdf(pdf_of(turn + GRID + FIGURE + WORDS))
    assert texts(document)[0] == ["label", "84"]


def test_digits_set_apart_are_one_number_where_all_are():
    rows = [700, 660, 620, 580]
    grid = ruled([100, 200, 300], rows)
    numbers = [(670, "177"), (630, "84"), (590, "93")]
    printed = "".join(
        shown(digit, 210 + 10 * n, y) for y, number in numbers for n, digit in enumerate(number)
    )
    labels = "".join(shown("label", 110, y) for y, _ in numbers)
    assert texts(read_pdf(pdf_of(grid + labels + printed))) == [
        ["label", "177", "label", "84", "label", "93"]
    ]


def test_digits_apart_beside_digits_that_touch_are_two_numbers():
    grid = ruled([100, 200, 300], [700, 660, 620])
    printed = shown("17", 210, 670) + shown("8", 210, 630) + shown("4", 220, 630)
    labels = shown("label", 110, 670) + shown("label", 110, 630)
    assert texts(read_pdf(pdf_of(grid + labels + printed))) == [["label", "17", "label", "8 4"]]


def with_annotation(annotation: str) -> bytes:
    """A page with a grid whose cell of values holds nothing but an annotation."""
    data = pdf_of(GRID + WORDS).decode("latin-1")
    own = f"/Type/Annot/Rect[210 640 290 660]{annotation}"
    return data.replace("/Type/Page/Parent", f"/Annots[<<{own}>>]/Type/Page/Parent").encode(
        "latin-1"
    )


@pytest.mark.parametrize(
    "annotation",
    [
        "/Subtype/Widget/FT/Tx/V(84)",
        "/Subtype/Widget/FT/Tx/F 4/V(84)",
        "/Subtype/Widget/FT/Ch/V(84)",
        "/Subtype/Widget/Parent<</FT/Tx/V(84)>>",
        "/Subtype/Widget/FT/Tx/V<FEFF00380034>",
        "/Subtype/FreeText/Contents(84)",
    ],
)
def test_numbers_typed_into_a_form_or_upon_a_page_are_read(annotation):
    assert ["label", "84"] in texts(read_pdf(with_annotation(annotation)))


@pytest.mark.parametrize(
    "annotation",
    [
        "/Subtype/Widget/FT/Tx/F 2/V(84)",
        "/Subtype/Widget/FT/Tx/F 32/V(84)",
        "/Subtype/Widget/FT/Btn/V/Yes",
        "/Subtype/Text/Contents(84)",
    ],
)
def test_hidden_fields_buttons_and_remarks_are_not(annotation):
    assert ["label", ""] in texts(read_pdf(with_annotation(annotation)))


def test_digits_beyond_the_edge_of_the_page_are_told():
    document = read_pdf(pdf_of(GRID + shown("1234", 110, -40) + FIGURE + WORDS))
    assert isinstance(document, Document)
    assert document.notices == (
        "page 1: 4 digits hidden, covered, struck or off the page were not read",
    )


def test_a_watermark_across_the_page_joins_no_figure():
    slanting = "q 0.8 g BT /F1 12 Tf 0.7 0.7 -0.7 0.7 222 650 Tm (7) Tj ET Q"
    assert figure(slanting, FIGURE) == "84"


@pytest.mark.parametrize(("wide", "read"), [(1.9, "84"), (2.1, "784")])
def test_a_digit_cut_off_but_for_less_than_a_third_is_not_seen(wide: float, read: str) -> None:
    """The digit is 6.7 points wide."""
    assert figure(f"q 222 640 {wide} 40 re W n {OLD} Q", FIGURE).replace(" ", "") == read


@pytest.mark.parametrize(("ink", "read"), [(0.05, "84"), (0.06, "784")])
def test_a_digit_in_ink_that_lets_nearly_everything_through_is_not_seen(
    ink: float, read: str
) -> None:
    content = f"{GRID} q /Faint gs {OLD} Q {FIGURE} {WORDS}"
    data = pdf_of(content, resources=f"/ExtGState<</Faint<</ca {ink}>>>>")
    (table,) = [block for block in texts(read_pdf(data)) if isinstance(block, list)]
    assert table[-1].replace(" ", "") == read
