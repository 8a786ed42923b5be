"""What a publication is expected to hold: ``data/expected.yml``, and what falls short of it.

A disk that is not mounted, a converter that is missing or a rule gone wrong empties a warehouse
without a single error. Files are held against the bounds when the raw folder is looked at,
reports and facts before they are shown.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import duckdb
from pydantic import Field, model_validator

from pipeline.declared import Declaration, StatedError, stated
from pipeline.warehouse import disk

LETTING_IT_GO = "If that is meant, build once with --accept-loss"


class Loss(Declaration):
    """How much may go at once. Fewer than ``least`` may always go, but never all.

    Attributes:
        share: The share of what there was.
        least: Files, or reports.
    """

    share: float = Field(default=0.2, ge=0, le=1)
    least: int = Field(default=10, ge=1)

    def is_sudden(self, gone: int, known: int) -> bool:
        """Whether more of some things is gone than goes in a day."""
        if not known:
            return False
        return gone == known or (gone >= self.least and gone > self.share * known)


class CountRange(Declaration):
    """How many there are at least and at most; either may be left out."""

    least: int = Field(default=0, ge=0)
    most: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _is_open(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError(f"at least {self.least} and at most {self.most} cannot be")
        return self

    def __contains__(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)

    def __str__(self) -> str:
        return f"{self.least} to {self.most}" if self.most is not None else f"{self.least} or more"


class Year(Declaration):
    """What is expected of one year.

    Attributes:
        year: The year reported on.
        form: Letter of a form, where only reports on that are meant.
        reports: Current annual reports.
        facts: Their facts.
    """

    year: int = Field(ge=2003, le=2100)
    form: str | None = None
    reports: CountRange = CountRange()
    facts: CountRange = CountRange()


class ExpectedCounts(Declaration):
    """The file.

    Attributes:
        loss: What may go at once.
        years: What there has to be.
    """

    loss: Loss = Loss()
    years: tuple[Year, ...] = ()


def load(path: Path) -> ExpectedCounts:
    """Returns the file; without one, no year is held against anything.

    Raises:
        disk.BuildError: It says something else than what is expected.
    """
    try:
        return stated(path, ExpectedCounts)
    except StatedError as error:
        raise disk.BuildError(f"{error}; nothing was built, correct it there") from error


def outside(connection: duckdb.DuckDBPyConnection, expected: ExpectedCounts) -> Iterator[str]:
    """Yields the years of a publication that hold less or more than expected, in a sentence."""
    for one in expected.years:
        asked = {"year": one.year, "form": one.form}
        ((reports, facts),) = connection.execute(_HELD, asked).fetchall()
        on = f"{one.year}, form {one.form}" if one.form else f"{one.year}"
        if reports not in one.reports:
            yield f"{on}: {reports} reports where {one.reports} are expected"
        if facts not in one.facts:
            yield f"{on}: {facts} facts where {one.facts} are expected"


_HELD = """
SELECT count(DISTINCT r.report_id), count(f.report_id)
FROM dim_report AS r LEFT JOIN fact_indicator AS f USING (report_id)
WHERE r.is_current AND r.doc_type = 'annual_report' AND r.year = $year
    AND ($form IS NULL OR r.template = $form)
"""
