"""A report that contradicts itself about its year."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflict:
    """Print that does not fit the year a report is read as reporting on.

    Attributes:
        rule_id: Which check reports it: ``I-Y1`` another year printed, ``I-P1`` a period
            that is misprinted or not one year, ``I-D1`` a signature older than its report.
        printed: The year as printed, None where none can be read.
        message_zh: One sentence with the words as printed.
        message_en: The same in English.
    """

    rule_id: str
    printed: int | None
    message_zh: str
    message_en: str
