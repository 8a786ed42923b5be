"""The year of a sheet that says it by its name alone, where a cover or another sheet prints one.

A cover may stay as it was, and sheets may be named after the year they were filed in: 2023年报
for 2022.
"""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.extract.identity.forms_again import sheet_of_form
from pipeline.extract.identity.named_sheets import sheets_of, year_of_sheet
from pipeline.extract.identity.page_header import stated_period
from pipeline.extract.identity.segmentation import Part
from pipeline.extract.identity.titles import table_titles, titles
from pipeline.extract.identity.year_conflict import Conflict
from pipeline.lexis.traditional import as_read
from pipeline.model.document import Document


def year_of_named_sheet(
    year: int, part: Part, document: Document
) -> tuple[int | None, list[Conflict]] | None:
    """Returns the year of a sheet that prints none, and what speaks against it, if anything does.

    An old cover is of an earlier year than the sheet that came first, or of the last one's.
    """
    sheet = part.sheet
    if sheet.year is None:
        return None
    text = as_read(document.text, traditional=part.is_traditional)
    if _year_printed(text[sheet.at + len(sheet.name) : part.end]):
        return None
    if belied := next(_named_otherwise(document, text), None):
        name, printed = belied
        return None, [
            Conflict(
                "I-Y1",
                printed,
                f"工作表以年份为名，而名为{name}的工作表所印为{printed}年",
                f"sheets are named after years, and the one called {name} prints {printed}",
            )
        ]
    cover = _year_printed(text[: sheet_of_form(document, 0, len(text)).at])
    years = {named for name in sheets_of(document).values() if (named := year_of_sheet(name))}
    if cover is None or (cover == max(years) and year == sheet.year):
        return None
    is_sure = cover >= max(years) and len(years) > 1
    return sheet.year if is_sure else None, [
        Conflict(
            "I-Y1",
            cover,
            f"封面为{cover}年，但填有统计表的工作表名为{sheet.name}",
            f"the cover says {cover}, but the sheet with the form is called {sheet.name}",
        )
    ]


def _named_otherwise(document: Document, text: str) -> Iterator[tuple[str, int]]:
    """The sheets that print another year than they are named after."""
    every = [*sheets_of(document).items(), (len(text), "")]
    for (at, name), (end, _) in pairwise(every):
        named, printed = year_of_sheet(name), _year_printed(text[at + len(name) : end])
        if named and printed and named != printed:
            yield name, printed


def _year_printed(text: str) -> int | None:
    titled = (title.year for title in (*titles(text), *table_titles(text)) if title.year)
    period = stated_period(text)
    return next(titled, None) or (period.year if period else None)
