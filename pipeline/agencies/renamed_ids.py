"""Ids that agencies had in an earlier release, as ``data/renamed_ids.csv`` lists them.

An id that stands for another body now is no former id of anybody.
"""

from pydantic.dataclasses import dataclass as validated

from pipeline.declared import declared_rows


@validated(frozen=True)
class RenamedId:
    """One agency under its id of today.

    Attributes:
        former_id: The id it had.
        agency_id: The id it has.
        name_zh: Its name, from which both ids were made.
    """

    former_id: str
    agency_id: str
    name_zh: str


def renamed_ids() -> list[RenamedId]:
    """Returns every id that was changed, by the former id."""
    return declared_rows("pipeline.agencies", "renamed_ids", RenamedId)
