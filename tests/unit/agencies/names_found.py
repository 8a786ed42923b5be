"""Which agency a name stands for, in few words."""

import re

from pipeline.agencies.resolver import resolve


def found(name: str, year: int | None = None, *hints: str) -> str:
    """How a name was found, the agency's id and name, its level and what it does."""
    one = resolve(name, year=year, hints=hints)
    agency = one.agency
    if agency is None:
        return f"{one.certainty}: {one.found}"
    key = re.sub("[0-9a-f]{8}", "#", agency.agency_id)
    since, until = (year or "" for year in (agency.valid_from, agency.valid_to))
    said = (
        f"{one.certainty} {key} {agency.name_zh} {since}–{until} {agency.level} {agency.function}"
    )
    return said + " as printed" * one.in_full
