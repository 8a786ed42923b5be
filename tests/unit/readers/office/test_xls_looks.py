"""What a workbook from before XLSX strikes, or shows nothing of, is not read."""

import struct
from collections.abc import Iterator
from pathlib import Path

from pipeline.model.document import Document, Table
from pipeline.readers.office.sheets import read_sheets

FORM = (Path(__file__).parents[3] / "golden" / "formats" / "form.xls").read_bytes()
FONT, WINDOW, SHORT = 0x31, 0x23E, 0x27E
STRUCK, SHOWS_ZEROS, IS_WHOLE = 0x08, 0x10, 0x02


def read(data: bytes) -> Document:
    document = read_sheets(data)
    assert isinstance(document, Document)
    return document


def filled(document: Document) -> list[str]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [cell.text for table in tables for cell in table.cells if cell.text]


def with_flag(data: bytes, at: int, flag: int) -> bytes:
    return data[:at] + bytes([data[at] ^ flag]) + data[at + 1 :]


def records(kind: int) -> Iterator[int]:
    """Where records of a kind may begin."""
    at = FORM.find(struct.pack("<H", kind))
    while at >= 0:
        yield at + 4
        at = FORM.find(struct.pack("<H", kind), at + 1)


def test_what_a_font_strikes_is_left_out_and_told():
    whole = filled(read(FORM))
    less = []
    for at in records(FONT):
        size = struct.unpack_from("<H", FORM, at - 2)[0]
        height = struct.unpack_from("<H", FORM, at)[0]
        if 15 < size < 80 and 100 < height < 600:
            content = read_sheets(with_flag(FORM, at + 2, STRUCK))
            if isinstance(content, Document) and 0 < len(filled(content)) < len(whole):
                less.append(content)
    assert less
    assert all("show less than they hold" in content.notices[-1] for content in less)


def test_zeros_that_a_sheet_does_not_show_are_blank():
    first = next(at for at in records(SHORT) if struct.unpack_from("<H", FORM, at - 2)[0] == 10)
    data = FORM[: first + 6] + struct.pack("<I", IS_WHOLE) + FORM[first + 10 :]
    whole = filled(read(data))
    assert whole.count("0") == 1
    bare = data
    for window in [at for at in records(WINDOW) if struct.unpack_from("<H", FORM, at - 2)[0] == 18]:
        bare = with_flag(bare, window, SHOWS_ZEROS)
    shown = filled(read(bare))
    assert sorted(set(whole) - set(shown)) == ["0"]
