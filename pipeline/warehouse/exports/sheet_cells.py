"""Cells of a workbook, none of which a spreadsheet computes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from pipeline.warehouse.exports.plain import FORMULA, plain_text

# What reads like an error of a spreadsheet would become one.
_NO_TEXT = (*FORMULA, "#")


def sheet_cell(sheet: Any, value: object) -> object:
    """Returns what to append to a row of a write-only sheet."""
    match value:
        case None | bool() | int() | float() | Decimal():
            return value
        case datetime():
            return value.replace(microsecond=0, tzinfo=None)
        case date():
            return value
    text = ILLEGAL_CHARACTERS_RE.sub("", plain_text(value))
    if not text.startswith(_NO_TEXT):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
