"""Whether the period of a report's numbers is a whole year, or which part of one it is."""

from datetime import date

from pipeline.declared import Declaration
from pipeline.lexis.dates import Period


class _Whole(Declaration):
    begins_by: str
    ends_from: str


class _Part(Declaration):
    begins_after: str
    ends_before: str


class Periods(Declaration):
    """Days as ``MM-DD`` between which the numbers of a year are; see ``data/identity.yml``."""

    whole: _Whole
    part: _Part
    begins_by: dict[int, str]

    def is_whole(self, stated: Period) -> bool:
        """Whether a period within one year counts as the whole year."""
        first, last = _ends(stated)
        year = stated.year or 0
        return (
            first <= self.begins_by.get(year, self.whole.begins_by) and last >= self.whole.ends_from
        )

    def is_part(self, stated: Period) -> bool:
        """Whether a period is too short for numbers of a whole year."""
        first, last = _ends(stated)
        return first > self.part.begins_after or last < self.part.ends_before


def _ends(stated: Period) -> tuple[str, str]:
    return _day(stated.start), _day(stated.end)


def _day(day: date | None) -> str:
    return f"{day:%m-%d}" if day else ""
