"""A workbook whose cover says another year than the sheet below it that holds the form."""

from pipeline.extract.identity.named_sheets import sheets_of, year_of_sheet
from pipeline.extract.identity.page_header import stated_period
from pipeline.extract.identity.segmentation import Part
from pipeline.extract.identity.titles import table_titles, titles
from pipeline.extract.identity.year_conflict import Conflict
from pipeline.lexis.traditional import as_read
from pipeline.model.document import Document


def is_covers(year: int, part: Part, document: Document) -> bool:
    """Whether a year is that of a cover, and the sheet with the form is named after another."""
    if part.sheet.at <= part.start or part.sheet.year in {None, year}:
        return False
    text = as_read(document.text[part.sheet.at : part.end], traditional=part.is_traditional)
    own = text.removeprefix(part.sheet.name)
    stated = stated_period(own)
    titled = (*titles(own), *table_titles(own))
    return not any(title.year for title in titled) and not (stated and stated.year)


def year_below_cover(
    year: int, part: Part, document: Document
) -> tuple[int | None, list[Conflict]]:
    """Returns the year of a sheet where sheets are told apart by years, else none for sure."""
    of_sheets = {year_of_sheet(name) for name in sheets_of(document).values()} - {None}
    name = part.sheet.name
    return part.sheet.year if len(of_sheets) > 1 else None, [
        Conflict(
            "I-Y1",
            year,
            f"封面为{year}年，但填有统计表的工作表名为{name}",
            f"the cover says {year}, but the sheet with the form is called {name}",
        )
    ]
