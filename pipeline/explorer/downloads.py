"""Files to take away: CSV and XLSX that no spreadsheet computes, and charts as PNG."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

import streamlit as st
import vl_convert
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from pipeline.explorer.charts import Chart
from pipeline.explorer.context import Explorer
from pipeline.warehouse.exports.delimited import cell
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.lineage import Record

_LONGEST_CELL = 32_767
_PNG_WIDTH = 900
_SCALE = 2.0
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_rows(explorer: Explorer, name: str, rows: Callable[[], Sequence[Record]]) -> None:
    """Offers rows as CSV and as XLSX; they are made when somebody asks for them.

    Args:
        explorer: The visit.
        name: Name of the files, without ending.
        rows: Gives all rows, not only those shown.
    """
    say = explorer.say
    with st.container(horizontal=True):
        st.download_button(
            say("download.csv"),
            lambda: as_csv(rows()),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
            key=f"{name}/csv",
        )
        st.download_button(
            say("download.xlsx"),
            lambda: as_xlsx(rows()),
            f"{name}.xlsx",
            _XLSX,
            on_click="ignore",
            key=f"{name}/xlsx",
        )


def offer_chart(explorer: Explorer, name: str, chart: Chart) -> None:
    """Offers a chart as PNG."""
    st.download_button(
        explorer.say("download.png"),
        lambda: as_png(chart),
        f"{name}.png",
        "image/png",
        on_click="ignore",
        key=f"{name}/png",
    )


def as_csv(rows: Sequence[Record]) -> bytes:
    """Returns rows as UTF-8 with BOM; formulas become text behind an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    if rows:
        writer.writerow(cell(name) for name in rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Record]) -> bytes:
    """Returns rows as a workbook in which every text is a text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("gongkai")
    sheet.freeze_panes = "A2"
    if rows:
        sheet.append([_typed(sheet, name) for name in rows[0]])
    for row in rows:
        sheet.append([_typed(sheet, value) for value in row.values()])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def as_png(chart: Chart) -> bytes:
    """Returns a chart as a picture, set in the fonts of this machine."""
    specification = json.dumps({**chart, "width": _PNG_WIDTH})
    png: bytes = vl_convert.vegalite_to_png(specification, scale=_SCALE)
    return png


def _typed(sheet: object, value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.replace(microsecond=0, tzinfo=None)
    text = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", plain_text(value))[:_LONGEST_CELL])
    text.data_type = "s"
    text.quotePrefix = True
    return text
