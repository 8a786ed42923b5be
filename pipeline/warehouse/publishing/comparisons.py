"""Rows that come with the code and say what may be compared: rates, channels, forms."""

import duckdb
import pyarrow as pa

from pipeline.forms.catalogue import indicators
from pipeline.forms.crosswalk import joints
from pipeline.forms.form import forms
from pipeline.forms.rates import RatePart, all_parts, rates
from pipeline.warehouse.schema import tables

_USUAL_FORMS = pa.schema(
    [("form", pa.string()), ("first_year", pa.int32()), ("last_year", pa.int32())]
)
_FIRST, _LAST = 0, 9999


def rate_terms(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Returns every indicator of every rate, form by form."""
    declared = rates()
    rows = [
        {
            "rate_id": rate_id,
            "label_zh": rate.zh,
            "label_en": rate.en,
            "topic": rate.topic,
            "template": letter,
            "role": role,
            "place": place,
            "indicator_id": indicator_id,
            "numerators": None if part.numerator is None else len(part.numerator),
            "denominators": len(part.denominator),
            "least": declared.least,
            "relation": part.relation,
            "note_zh": part.zh,
            "note_en": part.en,
            "is_outcome": part.is_outcome,
        }
        for rate_id, rate, letter, part in all_parts()
        for role, place, indicator_id in _roles(part)
    ]
    return pa.Table.from_pylist(rows, tables()["rate_term"].arrow)


def channels(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Returns the channels of disclosure and of requests."""
    rows = [
        {"subject": subject, "indicator_id": part, "total_id": mix.total}
        for subject, mix in rates().channels.items()
        for part in mix.parts
    ]
    return pa.Table.from_pylist(rows, tables()["channel"].arrow)


def indicator_forms(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Returns on which forms an indicator means what, where the crosswalk says it."""
    rows = [
        {
            "indicator_id": indicator_id,
            "form": form,
            "joined_as": joint.name,
            "relation": joint.relation,
            "note_zh": joint.zh,
            "note_en": joint.en,
        }
        for indicator_id in indicators()
        for form, joint in sorted(joints(indicator_id).items())
    ]
    return pa.Table.from_pylist(rows, tables()["indicator_form"].arrow)


def usual_forms(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Returns which form a year is reported on, where a report has no table."""
    starts = [form.years[0] for form in forms()]
    rows = [
        {"form": form.form, "first_year": start, "last_year": end}
        for form, start, end in zip(
            forms(),
            [_FIRST, *starts[1:]],
            [*(start - 1 for start in starts[1:]), _LAST],
            strict=True,
        )
    ]
    return pa.Table.from_pylist(rows, _USUAL_FORMS)


def _roles(part: RatePart) -> list[tuple[str, int, str]]:
    sides = {
        "numerator": part.numerator or (),
        "instead": (part.instead,) if part.instead else (),
        "denominator": part.denominator,
    }
    return [
        (role, place, indicator_id)
        for role, ids in sides.items()
        for place, indicator_id in enumerate(ids, 1)
    ]
