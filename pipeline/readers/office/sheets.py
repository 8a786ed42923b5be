"""Spreadsheets of Excel and WPS (XLSX, XLS, ET): merged cells once at their origin."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec import structs
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.archive.archives import packed_too_tight
from pipeline.readers.document_builder import Spot
from pipeline.readers.faults import damaged
from pipeline.readers.office.sheet_hidden import (
    Hidden,
    book_of,
    hidden_in_xls,
    hidden_in_xlsx,
    shown,
)
from pipeline.readers.office.sheet_layout import MOST_CELLS, Row, Sheet, workbook
from pipeline.readers.office.sheet_looks import Shown, looks_in_xlsx
from pipeline.readers.office.xls_looks import looks_in_xls

_REFERENCE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_UNCOMPUTED = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>|(?=</c>))")
_ZIP = b"PK"

Value = object


def read_sheets(data: bytes) -> Document | Rejection:
    """Reads a spreadsheet.

    Returns:
        The document: lines above and below a table as paragraphs, the rest as tables.
        What is hidden is left out; it and formulas without a stored value are named in the
        notices.
    """
    notices: list[str] = []
    is_zip = data.startswith(_ZIP)
    if is_zip:
        objection = packed_too_tight(data) or _objection(data, notices)
        if objection:
            return objection
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets: list[Sheet] = []
        metadata = book.sheets_metadata
        if is_zip:
            hidden, by_name = hidden_in_xlsx(data), looks_in_xlsx(data)
            looks = [by_name.get(meta.name, {}) for meta in metadata]
        else:
            records = book_of(data)
            hidden, looks = hidden_in_xls(records), looks_in_xls(records)
        if not hidden:
            notices.append("which rows and columns are hidden cannot be told; all were read")
        for number, meta in enumerate(metadata):
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            if meta.visible is not SheetVisibleEnum.Visible:
                notices.append(f"sheet {meta.name!r} is hidden and was not read")
                continue
            rows = list(_rows(book.get_sheet_by_index(number)))
            own_looks = looks[number] if number < len(looks) else {}
            rows = _as_shown(rows, own_looks, meta.name, notices)
            own = hidden[number] if number < len(hidden) else Hidden()
            sheets.append(Sheet(meta.name, shown(rows, own, meta.name, notices)))
    except PasswordError:
        return Rejection(
            Reason.ENCRYPTED,
            "The spreadsheet is locked with a password; save it without one.",
        )
    except CalamineError as error:
        remedy = "open it in Excel or WPS and save it again"
        return damaged("The spreadsheet is broken", error, remedy)
    return workbook(sheets, "application/x-spreadsheet", notices)


def _objection(data: bytes, notices: list[str]) -> Rejection | None:
    """Why an XLSX file must not be opened, if so; notes formulas without a stored value."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/sheet"):
                continue
            try:
                xml = archive.read(name)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
                continue
            if _extent(xml) > MOST_CELLS:
                return Rejection(
                    Reason.TOO_LARGE,
                    f"The sheet spans more than {MOST_CELLS:,} cells, most of them empty; copy "
                    "the filled part into a new file.",
                )
            uncomputed = len(_UNCOMPUTED.findall(xml))
            if uncomputed:
                notices.append(
                    f"{uncomputed} formulas hold no stored value and read as blank: open the "
                    "file in Excel or WPS and save it"
                )
    return None


def _extent(xml: bytes) -> int:
    rows = cols = 0
    for letters, digits in _REFERENCE.findall(xml):
        rows = max(rows, int(digits))
        col = 0
        for letter in letters:
            col = col * 26 + letter - 64
        cols = max(cols, col)
    return rows * cols


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """The rows of a sheet, what a merged cell covers left out."""
    merged = dict(sheet.merged_cell_ranges or ())
    covered = {
        (row, col)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, min(bottom, sheet.total_height) + 1)
        for col in range(left, min(right, sheet.total_width) + 1)
    } - set(merged)
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        spots = []
        for col, value in enumerate(values):
            if (row, col) in covered:
                continue
            bottom, right = merged.get((row, col), (row, col))
            spots.append(Spot(_text(value), row, col, bottom - row + 1, right - col + 1))
        yield spots


def _as_shown(rows: list[Row], looks: Shown, name: str, notices: list[str]) -> list[Row]:
    """Rows with the text that their cells show in place of their values."""
    if not looks:
        return rows
    changed = 0
    found: list[Row] = []
    for row in rows:
        shown = [
            structs.replace(spot, text=looks.get((spot.row, spot.col), spot.text)) for spot in row
        ]
        changed += sum(one.text != two.text for one, two in zip(row, shown, strict=True))
        found.append(shown)
    if changed:
        notices.append(
            f"{changed} cells of sheet {name!r} show less than they hold; what is struck or hidden "
            "in them was not read"
        )
    return found


def _text(value: Value) -> str:
    """A cell's value as a person reads it; whole numbers without a decimal point."""
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""
