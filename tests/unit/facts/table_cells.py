"""Cells of a table as its reader hands them over."""

from decimal import Decimal

from pipeline.model.observation import Observation, Source, Status


def printed(
    indicator_id: str | None, value: int | str, source: Source = Source.TABLE
) -> Observation:
    """A cell with a number, or what a sentence says instead."""
    return Observation(
        indicator_id=indicator_id,
        section_path="",
        label_raw="",
        unit_raw=None,
        value_raw=str(value),
        value=Decimal(value),
        value_status=Status.REPORTED,
        source=source,
        quote="",
        char_start=0,
        char_end=0,
    )
