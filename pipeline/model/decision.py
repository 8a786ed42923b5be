"""What a person decided on seeing the print: it transcribes and never repairs."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pipeline.model.agency import Agency


class DecisionKind(StrEnum):
    """What was decided."""

    READING = "reading"
    CONFIRM = "confirm"
    LABEL = "label"
    WITHHOLD = "withhold"
    AGENCY = "agency"


class Decision(Struct, frozen=True):
    """One decision about one report.

    Attributes:
        decision_id: What it is known by; ``why`` of an observation names it.
        kind: What was decided.
        quote: The row or sentence it was decided on, as printed.
        indicator_id: The indicator, None for an agency.
        value_raw: The cell as the person read it, empty where nothing is transcribed.
        value: The number in it, None where nothing is transcribed.
        agency: Who reports, None but for an agency.
    """

    decision_id: str
    kind: DecisionKind
    quote: str
    indicator_id: str | None = None
    value_raw: str = ""
    value: Decimal | None = None
    agency: Agency | None = None
