"""PDF files: what cannot be read is said page by page, nothing is garbled in silence."""

import io
from pathlib import Path

import pytest
from PIL import Image

from pipeline.model.document import Document, Paragraph, Reason, Rejection, Table
from pipeline.readers.pdf.grids import continued, filled, table_of
from pipeline.readers.pdf.lines import PdfLine, paragraphs_of, without_page_number
from pipeline.readers.pdf.pdf_reader import read_pdf
from tests.some import some

FORMATS = Path(__file__).parents[3] / "golden" / "formats"


def pdf_of(
    *pages: str, catalog: str = "", resources: str = "", more: dict[int, str] | None = None
) -> bytes:
    """A PDF file with a content stream a page; F1 is Helvetica, F2 has no Unicode mapping."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}/MediaBox[0 0 595 842]>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]>>",
        5: "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    }
    for n, content in enumerate(pages):
        objects[10 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/Contents {11 + 2 * n} 0 R"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>{resources}>>>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(content)}>>\nstream\n{content}\nendstream"
    objects |= more or {}
    body, offsets = "%PDF-1.4\n", {}
    for number, text in objects.items():
        offsets[number] = len(body)
        body += f"{number} 0 obj\n{text}\nendobj\n"
    rows = "".join(f"{number} 1\n{at:010d} 00000 n \n" for number, at in offsets.items())
    size = max(objects) + 1
    return (
        f"{body}xref\n0 1\n0000000000 65535 f \n{rows}"
        f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    ).encode("latin-1")


def shown(text: str, x: float, y: float, font: str = "F1", turn: str = "1 0 0 1") -> str:
    string = f"({text})" if font == "F1" else "<" + "0041" * len(text) + ">"
    return f"BT/{font} 12 Tf {turn} {x} {y} Tm {string} Tj ET "


def ruled(xs: list[float], ys: list[float]) -> str:
    lines = [f"{x} {min(ys)} m {x} {max(ys)} l S" for x in xs]
    lines += [f"{min(xs)} {y} m {max(xs)} {y} l S" for y in ys]
    return " ".join(lines) + " "


def texts(content: object) -> list[object]:
    assert isinstance(content, Document), content
    return [
        block.text if isinstance(block, Paragraph) else [c.text for c in block.cells]
        for block in content.blocks
    ]


def test_page_with_unmapped_fonts_is_left_out_and_named():
    content = read_pdf(pdf_of(shown("readable", 72, 700), shown("garbled!", 72, 700, "F2")))
    assert texts(content) == ["readable"]
    assert content.notices == (
        "page 2 was not read: 8 of its 8 characters have no Unicode mapping in the file's fonts",
    )


def test_a_single_unmapped_sign_does_not_cost_the_page_but_is_marked():
    page = shown("a" * 60, 72, 700) + shown("x", 72, 650, "F2")
    content = read_pdf(pdf_of(page))
    assert texts(content)[1] == "\ufffd"
    assert content.notices == ("page 1: 1 unmapped glyphs read U+FFFD",)


@pytest.mark.parametrize(("signs", "is_read"), [(2, True), (3, False)])
def test_two_unmapped_signs_on_a_page_are_marked_and_three_cost_it(signs, is_read):
    page = shown("a" * 60, 72, 700) + shown("x" * signs, 72, 650, "F2")
    content = read_pdf(pdf_of(shown("readable", 72, 700), page))
    assert ("a" * 60 in texts(content)) is is_read


def test_nothing_but_unmapped_fonts_is_rejected():
    content = read_pdf(pdf_of(shown("garbled", 72, 700, "F2")))
    assert isinstance(content, Rejection)
    assert content.reason is Reason.GARBLED_FONTS


def test_scanned_pages_ask_for_the_ocr_extra():
    stream = io.BytesIO()
    Image.new("L", (100, 140), 200).save(stream, "PDF")
    content = read_pdf(stream.getvalue())
    assert isinstance(content, Rejection)
    assert content.reason is Reason.NEEDS_OCR
    assert "gongkai[ocr]" in content.detail


def test_empty_pages_are_no_scan():
    assert read_pdf(pdf_of("", "")).reason is Reason.NO_TEXT


def test_locked_file_is_named_so():
    assert read_pdf((FORMATS / "locked.pdf").read_bytes()).reason is Reason.ENCRYPTED


@pytest.mark.parametrize("cut", [50, 500, 20_000])
def test_cut_file_is_damaged(cut):
    data = (FORMATS / "form_over_pages.pdf").read_bytes()[:cut]
    assert read_pdf(data).reason is Reason.DAMAGED


def test_rotated_label_reads_in_its_direction():
    grid = ruled([100, 140, 300], [600, 700])
    up = shown("UPWARD", 125, 620, turn="0 1 -1 0")
    assert texts(read_pdf(pdf_of(grid + up + shown("12", 200, 650)))) == [["UPWARD", "12"]]
    down = shown("DOWN", 115, 690, turn="0 -1 1 0")
    assert texts(read_pdf(pdf_of(grid + down + shown("12", 200, 650)))) == [["DOWN", "12"]]


def test_rules_that_lean_by_a_rounding_part_rows():
    leaning = " ".join(f"100 {y} m 300 {y}.00001 l S" for y in (600, 640, 700))
    down = " ".join(f"{x} 600 m {x} 700 l S" for x in (100, 140, 300))
    up = shown("UP", 125, 650, turn="0 1 -1 0")
    page = f"{leaning} {down} {up}" + shown("12", 200, 665) + shown("34", 200, 615)
    assert texts(read_pdf(pdf_of(page))) == [["UP", "12", "", "34"]]


def test_frames_around_lines_are_no_tables():
    page = ruled([70, 520], [680, 700, 720]) + shown("first", 80, 705) + shown("second", 80, 685)
    assert texts(read_pdf(pdf_of(page))) == ["first", "second"]


def test_tables_with_open_sides_keep_their_outer_columns():
    rules = " ".join(f"100 {y} m 300 {y} l S" for y in (600, 650, 700)) + " 200 600 m 200 700 l S "
    cells = [("a", 110, 670), ("1", 210, 670), ("b", 110, 620), ("2", 210, 620)]
    page = rules + "".join(shown(*cell) for cell in cells)
    assert texts(read_pdf(pdf_of(page))) == [["a", "1", "b", "2"]]


def test_a_row_that_the_page_cuts_is_a_row_though_no_rule_closes_it():
    sides = " ".join(f"{x} 600 m {x} 740 l S" for x in (100, 200, 300)) + " "
    rules = " ".join(f"100 {y} m 300 {y} l S" for y in (600, 650, 700)) + " "
    cells = [("a", 720), ("b", 670), ("c", 620)]
    page = sides + rules + "".join(shown(*cell) for row in cells for cell in _beside(*row))
    assert texts(read_pdf(pdf_of(page))) == [["a", "1", "b", "1", "c", "1"]]


@pytest.mark.parametrize("last", [300, 220])
@pytest.mark.parametrize("is_left", [True, False])
def test_a_border_drawn_in_part_closes_the_rest_of_the_row_too(last, is_left):
    sides = " ".join(f"{x} 600 m {x} 740 l S" for x in (100, 200, last)) + " "
    drawn = "100 740 m 200 740 l S " if is_left else f"200 740 m {last} 740 l S "
    rules = f"{drawn}100 700 m {last} 700 l S 100 600 m {last} 600 l S "
    cells = (("a", 110, 720), ("1", 205, 720), ("b", 110, 650))
    page = sides + rules + "".join(shown(*cell) for cell in cells)
    assert texts(read_pdf(pdf_of(page))) == [["a", "1", "b", ""]]


def test_the_gap_of_a_double_rule_is_no_cell():
    page = ruled([100, 200, 203.5, 300], [600, 603.5, 700]) + shown("a", 110, 650)
    assert texts(read_pdf(pdf_of(page + shown("1", 210, 650)))) == [["a", "1"]]


def _beside(label: str, y: int) -> list[tuple[str, float, float]]:
    return [(label, 110, y), ("1", 210, y)]


def test_columns_of_another_table_on_the_page_shift_none():
    above = "153.75 600 m 153.75 700 l S 100 600 m 153.75 600 l S 100 700 m 153.75 700 l S "
    above += ruled([155.25, 300], [600, 650, 700]) + "100 600 m 100 700 l S "
    above += shown("left", 110, 670) + shown("a", 210, 670) + shown("1", 210, 620)
    below = ruled([100, 148.5, 150.75, 300], [400, 500])
    below += shown("b", 110, 450) + shown("2", 210, 450)
    found = texts(read_pdf(pdf_of(above + below)))
    assert found == [["left", "a", "1"], ["b", "2"]]


def test_the_ends_of_a_painted_rule_are_no_rules():
    painted = " ".join(f"{x} 600 0.75 140 re f" for x in (100, 200, 300)) + " "
    rules = " ".join(f"100 {y} 200 0.75 re f" for y in (600, 650, 700)) + " "
    cells = "".join(shown(*cell) for row in [("a", 720), ("b", 670)] for cell in _beside(*row))
    (table,) = texts(read_pdf(pdf_of(painted + rules + cells)))
    assert [cell for cell in table if cell] == ["a", "1", "b", "1"]


def test_letters_drawn_as_slanting_curves_cost_no_page():
    drawn = "100 740 m 110 760 l 105 762 120 750 130 745 c 140 760 l h f "
    grid = ruled([100, 200, 300], [600, 700]) + shown("a", 110, 650) + shown("1", 210, 650)
    assert texts(read_pdf(pdf_of(drawn + grid))) == [["a", "1"]]


def test_a_narrow_gap_parts_two_numbers_but_no_words():
    page = shown("966", 100, 700) + shown("1,998", 122.5, 700) + shown("ab", 100, 650)
    page += shown("cd", 115.8, 650)
    assert texts(read_pdf(pdf_of(page))) == ["966 1,998", "abcd"]


@pytest.mark.parametrize(("shift", "is_one"), [(0.4, True), (1.5, True), (2.5, False)])
def test_figures_printed_twice_to_look_bold_are_read_once(shift: float, *, is_one: bool):
    grid = ruled([100, 200, 300], [600, 700]) + shown("a", 110, 650)
    bold = shown("112", 210, 650) + shown("112", 210 + shift, 650.2)
    assert (texts(read_pdf(pdf_of(grid + bold))) == [["a", "112"]]) == is_one


@pytest.mark.parametrize("size", [7, 10])
def test_the_raised_mark_of_a_note_does_not_join_the_figure(size):
    grid = ruled([100, 200, 300], [600, 700]) + shown("a", 110, 650)
    mark = shown("1", 223.4, 655).replace(" 12 Tf", f" {size} Tf")
    assert texts(read_pdf(pdf_of(grid + shown("84", 210, 650) + mark))) == [["a", "84"]]


@pytest.mark.parametrize(("size", "printed"), [(9, "84 1"), (12, "841")])
def test_a_smaller_digit_on_the_line_is_none_of_the_figure(size, printed):
    grid = ruled([100, 200, 300], [600, 700]) + shown("a", 110, 650)
    mark = shown("1", 223.4, 650).replace(" 12 Tf", f" {size} Tf")
    assert texts(read_pdf(pdf_of(grid + shown("84", 210, 650) + mark))) == [["a", printed]]


def test_white_paint_draws_no_table():
    boxes = "1 g " + "".join(f"{x} 600 100 50 re f " for x in (100, 200)) + "0 g "
    page = boxes + shown("left", 110, 620) + shown("right", 210, 620)
    assert all(isinstance(block, str) for block in some(texts(read_pdf(pdf_of(page)))))


def test_blank_cells_are_kept():
    page = ruled([100, 200, 300], [600, 650, 700]) + shown("a", 110, 670) + shown("0", 210, 620)
    assert texts(read_pdf(pdf_of(page))) == [["a", "", "", "0"]]


def test_text_beside_a_table_is_not_lost():
    page = ruled([100, 200, 300], [600, 700]) + shown("a", 110, 650) + shown("1", 210, 650)
    content = texts(read_pdf(pdf_of(page + shown("note", 400, 650))))
    assert ["a", "1"] in content
    assert "note" in content


def test_header_repeated_on_the_next_page_is_read_once():
    def page(label: str, value: str) -> str:
        cells = [("head", 110, 670), ("n", 210, 670), (label, 110, 620), (value, 210, 620)]
        return ruled([100, 200, 300], [600, 650, 700]) + "".join(shown(*cell) for cell in cells)

    content = read_pdf(pdf_of(page("a", "1"), page("b", "2")))
    assert texts(content) == [["head", "n", "a", "1", "b", "2"]]
    assert [cell.place.page for cell in content.blocks[0].cells] == [1, 1, 1, 1, 2, 2]


def test_tables_with_other_columns_or_text_between_stay_apart():
    one = ruled([100, 200, 300], [600, 700]) + shown("a", 110, 650) + shown("1", 210, 650)
    other = ruled([100, 150, 300], [600, 700]) + shown("b", 110, 650) + shown("2", 210, 650)
    assert texts(read_pdf(pdf_of(one, other))) == [["a", "1"], ["b", "2"]]
    parted = read_pdf(pdf_of(one, shown("between", 100, 750) + one))
    assert [isinstance(block, Table) for block in parted.blocks] == [True, False, True]


def test_running_heads_are_dropped_from_three_pages_on():
    pages = [shown("yearbook", 72, 800) + shown(f"text {n}", 72, 700) for n in range(3)]
    assert "yearbook" not in " ".join(texts(read_pdf(pdf_of(*pages))))
    assert "yearbook" in texts(read_pdf(pdf_of(*pages[:2])))[0]


def test_of_two_pages_the_second_says_the_head_of_the_first_no_more():
    high, low = shown("yearbook", 72, 800), shown("yearbook", 72, 600)
    first, other = high + shown("text", 72, 700), shown("more", 72, 500)
    assert " ".join(texts(read_pdf(pdf_of(first, high + other)))).count("yearbook") == 1
    assert " ".join(texts(read_pdf(pdf_of(first, low + other)))).count("yearbook") == 2


def line(text: str, x0: float, x1: float, top: float) -> PdfLine:
    return PdfLine(text, (x0, top, x1, top + 12), 12)


def test_lines_are_joined_to_paragraphs_by_indent_and_right_margin():
    lines = [
        line("标题", 250, 300, 100),
        line("第一段第一行占满了整行直到右边距共公开2", 98, 520, 130),
        line("428条。", 74, 120, 150),
        line("第二段。", 98, 200, 170),
    ]
    assert [p.text for p in paragraphs_of(lines, 74, 520)] == [
        "标题",
        "第一段第一行占满了整行直到右边距共公开2428条。",
        "第二段。",
    ]


@pytest.mark.parametrize(("gap", "paragraphs"), [(18, 1), (23, 1), (25, 2)])
def test_a_sentence_of_widely_set_lines_is_not_torn_apart(gap, paragraphs):
    lines = [line("全年共公开2", 98, 520, 130), line("428条。", 74, 120, 142 + gap)]
    assert len(paragraphs_of(lines, 74, 520)) == paragraphs


@pytest.mark.parametrize("number", ["3", "- 3 -", "—12—", "第 3 页 共 5 页", "3/5"])
def test_page_numbers_are_dropped_at_the_edge_only(number):
    body = line(number, 100, 120, 400)
    edge = line(number, 100, 120, 800)
    assert without_page_number([body, edge], 842) == [body]
    assert without_page_number([body], 842) == [body]
    assert without_page_number([line(number, 100, 120, 40), body], 842) == [body]


def part(rows: list[list[str]], top: float = 0.0):
    """A table of cells 100 points wide and 20 high; None continues the cell above."""
    boxes, chars = [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = 100.0 * c, top + 20.0 * r
            if text is None:
                left, upper, right, _ = next(b for b in reversed(boxes) if b[0] == x)
                boxes[boxes.index((left, upper, right, y))] = (left, upper, right, y + 20)
                continue
            boxes.append((x, y, x + 100, y + 20))
            chars += [
                {"text": t, "x0": x + 6 * n, "x1": x + 6 * n + 6, "top": y + 4, "bottom": y + 16}
                | {"upright": True}
                for n, t in enumerate(text)
            ]
    return table_of(filled(boxes, chars), 1)


def cells(table) -> list[tuple[str, int, int, int]]:
    return [(spot.text, spot.row, spot.col, spot.rowspan) for spot in table.spots]


def test_merged_cell_goes_on_behind_the_break():
    above = part([["三、结果", "1.甲", "5"], [None, "2.乙", "6"]])
    below = part([["", "3.丙", "7"], [None, "4.丁", "8"]])
    joined = continued(above, below)
    assert ("三、结果", 0, 0, 4) in cells(joined)
    assert len(joined.spots) == 9


def test_label_cut_by_the_break_is_joined():
    above = part([["（四）无", "1.甲", "5"], [None, "2.乙", "6"]])
    below = part([["法提供", "3.丙", "7"], [None, "4.丁", "8"]])
    assert cells(continued(above, below))[0] == ("（四）无\n法提供", 0, 0, 4)


@pytest.mark.parametrize("letters", [3, 12, 13])
def test_no_more_than_twelve_letters_are_the_rest_of_a_cut_label(letters):
    rest = "以及其他法律法规规定不予公"[:letters]
    above = part([["（四）无", "1.甲", "5"], [None, "2.乙", "6"]])
    below = part([[rest, "3.丙", "7"], [None, "4.丁", "8"]])
    is_joined = cells(continued(above, below))[0] == (f"（四）无\n{rest}", 0, 0, 4)
    assert is_joined is (letters <= 12)


def test_a_new_label_behind_the_break_is_not_joined():
    above = part([["（四）无法提供", "1.甲", "5"], [None, "2.乙", "6"]])
    below = part([["（五）不予处理", "3.丙", "7"], [None, "4.丁", "8"]])
    assert ("（五）不予处理", 2, 0, 2) in cells(continued(above, below))


def test_row_cut_by_the_break_is_joined():
    above = part([["甲", "1.很长的标签", "5"], ["乙", "2.重新出具", "6"]])
    below = part([["", "已获取信息", ""], ["丙", "3.其他", "7"]])
    joined = continued(above, below)
    assert ("2.重新出具\n已获取信息", 1, 1, 2) in cells(joined)
    assert ("6", 1, 2, 2) in cells(joined)


def test_values_on_both_sides_of_the_break_are_never_joined():
    above = part([["甲", "1", "5"], ["乙", "2", "6"]])
    below = part([["丙", "3", "7"], ["", "4", "8"]])
    texts_in_order = [text for text, *_ in cells(continued(above, below))]
    assert texts_in_order == ["甲", "1", "5", "乙", "2", "6", "丙", "3", "7", "", "4", "8"]


@pytest.mark.parametrize(("signs", "is_read"), [(4, True), (5, False)])
def test_one_unmapped_sign_in_a_hundred_does_not_cost_a_page(signs, is_read):
    words = "".join(shown("a" * 66, 10, 700 - 20 * n) for n in range(6))
    page = words + shown("x" * signs, 72, 500, "F2")
    content = read_pdf(pdf_of(shown("readable", 72, 700), page))
    assert any("a" * 66 in text for text in texts(content)) is is_read


@pytest.mark.parametrize(
    ("turned", "upright", "is_turned"),
    [(20, 0, True), (19, 0, False), (60, 40, True), (59, 41, False)],
)
def test_a_page_is_turned_where_most_of_its_text_stands_on_its_side(turned, upright, is_turned):
    page = shown("a" * turned, 300, 50, turn="0 1 -1 0") + shown("b" * upright, 10, 700)
    assert ("a" * turned in str(read_pdf(pdf_of(page)))) is is_turned


@pytest.mark.parametrize(
    ("heads", "pages", "is_dropped"),
    [(3, 3, True), (2, 3, False), (4, 8, True), (3, 8, False)],
)
def test_a_head_of_half_of_the_pages_and_of_three_is_dropped(heads, pages, is_dropped):
    content = [
        shown("annual report" if n < heads else f"section {n}", 72, 800)
        + shown(f"words {n}", 72, 500)
        for n in range(pages)
    ]
    assert ("annual report" in texts(read_pdf(pdf_of(*content)))) is not is_dropped
