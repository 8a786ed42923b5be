"""One number seen in one place: the unit everything else is made of."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

PATH_MARK = " > "
"""What stands between the labels of a path."""


class Status(StrEnum):
    """What stood where a value was expected. Blank and dash are not zero."""

    REPORTED = "reported"
    ZERO_STATEMENT = "zero_statement"
    BLANK = "blank"
    DASH = "dash"
    NOT_APPLICABLE = "not_applicable"
    MASKED = "masked"
    UNREADABLE = "unreadable"
    HEADER = "header"

    @property
    def is_number(self) -> bool:
        """Whether a number stood there, or words that say none."""
        return self in _NUMBERS


_NUMBERS = (Status.REPORTED, Status.ZERO_STATEMENT)


class Qualifier(StrEnum):
    """How exactly the number is meant."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"


class Source(StrEnum):
    """How the value came to be known."""

    TABLE = "table"
    NARRATIVE = "narrative"
    RECONSTRUCTED = "reconstructed"
    DERIVED = "derived"
    REVIEWED = "reviewed"


class Scope(StrEnum):
    """Whose number it is: the office alone, the system below it, or the whole region."""

    AGENCY = "agency"
    SYSTEM = "system"
    REGION = "region"
    UNKNOWN = "unknown"


class Observation(Struct, frozen=True):
    """A value as printed, with its meaning as far as known and its place.

    Attributes:
        indicator_id: Catalogue id, None where the label is not mapped.
        section_path: Labels above it as printed, joined by ``PATH_MARK``, its own last.
        label_raw: Label as printed, wrapped lines joined.
        unit_raw: Unit as printed, None where none is.
        value_raw: Value as printed, empty for a blank cell.
        value: The number in the printed unit; None unless reported, a zero statement
            or a header value.
        value_status: What stood in the cell.
        qualifier: How exactly the number is meant.
        source: How the value came to be known.
        confidence: 0 to 1, how well label, unit, position and identities agree.
        quote: The row or sentence it was read from, verbatim.
        year: The year the number is about, where the text says it is not the report's.
        scope: Whose number it is, where the text says so.
        candidates: Every reading of a glued row that the identities allow, where
            there is more than one.
        page: Page number, from 1.
        table_no: Number of the table in the document, from 1.
        row_no: Row in the table, from 1.
        col_no: Column in the table, from 1.
        char_start: Offset into the decoded text of the value (a table) or the quote.
        char_end: Offset after it.
        why: Ids of the proposers, identities or rules of sentences that gave it, or of the
            decision of a person.
    """

    indicator_id: str | None
    section_path: str
    label_raw: str
    unit_raw: str | None
    value_raw: str
    value: Decimal | None
    value_status: Status
    source: Source
    quote: str
    char_start: int
    char_end: int
    qualifier: Qualifier = Qualifier.EXACT
    confidence: float = 1.0
    year: int | None = None
    scope: Scope = Scope.UNKNOWN
    candidates: tuple[str, ...] = ()
    page: int | None = None
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    why: tuple[str, ...] = ()

    @property
    def above(self) -> str:
        """The labels above its own, joined."""
        return self.section_path.rpartition(PATH_MARK)[0]
