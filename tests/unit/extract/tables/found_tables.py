"""What the tables of one document, or of a few words of text, hold."""

from decimal import Decimal

from pipeline.extract.identity.segmentation import split
from pipeline.extract.tables.table_reader import TableFindings, observe_tables
from pipeline.model.document import Document
from pipeline.readers.arrangement import arranged
from pipeline.readers.text.plain_text import read_text


def found_in(document: object, year: int) -> TableFindings:
    assert isinstance(document, Document)
    document = arranged(document)
    (part,) = split(document)
    return observe_tables(document, part, year)


def found_in_text(text: str, year: int) -> TableFindings:
    return found_in(read_text(text.encode()), year)


def values(found: TableFindings) -> dict[str, Decimal]:
    return {
        one.indicator_id: one.value
        for one in found.observations
        if one.indicator_id and one.value is not None
    }
