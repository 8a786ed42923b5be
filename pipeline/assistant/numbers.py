"""Numbers as they are handed out: never without claim, standing, place, breaks and source."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.explorer.texts import Translator
from pipeline.warehouse.records import Record

if TYPE_CHECKING:
    import pandas as pd

    from gongkai import Warehouse

Key = tuple[str, int, str]
"""Agency, year and indicator."""

_ZH, _EN = Translator("zh"), Translator("en")


def plain(value: object) -> Any:
    """Returns a value as JSON takes it; a decimal as its digits, exact and without idle zeros."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def without_gaps(row: Record) -> Record:
    """Returns a row without its empty values."""
    return {name: plain(value) for name, value in row.items() if value not in (None, "", [])}


def records(found: "pd.DataFrame") -> list[Record]:
    """Returns the rows of a frame."""
    names = [str(name) for name in found.columns]
    return [
        without_gaps({name: _python(value) for name, value in zip(names, row, strict=True)})
        for row in found.itertuples(index=False, name=None)
    ]


def _python(value: Any) -> object:
    """A value without the types of pandas and numpy; None where there is none."""
    import pandas as pd

    if hasattr(value, "tolist"):
        return value.tolist()
    return None if not isinstance(value, list) and pd.isna(value) else value


def rows(warehouse: "Warehouse", query: str, **parameters: object) -> list[Record]:
    """Returns the rows of a query, decimals exact."""
    return [without_gaps(row) for row in warehouse.arrow(query, parameters).to_pylist()]


def cited(warehouse: "Warehouse", keys: Iterable[Key]) -> list[Record]:
    """Returns numbers with all that must be said with them, in the order of their keys."""
    asked = list(dict.fromkeys(keys))
    if not asked:
        return []
    columns = _columns(asked)
    breaks = {
        (one.pop("agency_id"), one.pop("year"), one.pop("indicator_id")): one
        for one in rows(warehouse, _BREAKS, **columns)
    }
    found = {}
    for row in rows(warehouse, _NUMBERS, **columns):
        key = (row["agency_id"], row["year"], row["indicator_id"])
        found[key] = row | {"place": _place(row), "breaks": [breaks[key]] if key in breaks else []}
    return [found[key] for key in asked if key in found]


def gaps(warehouse: "Warehouse", keys: Iterable[Key]) -> list[Record]:
    """Returns why there is no number, for those keys that have none."""
    asked = list(dict.fromkeys(keys))
    if not asked:
        return []
    found = {
        (row["agency_id"], row["year"], row["indicator_id"]): row
        for row in rows(warehouse, _GAPS, **_columns(asked))
    }
    reasoned = [_reasoned(key, found.get(key)) for key in asked]
    return [one for one in reasoned if one["status"] not in ("fact", "zero")]


def _reasoned(key: Key, seen: Record | None) -> Record:
    if seen is None:
        seen = dict(zip(("agency_id", "year", "indicator_id"), key, strict=True))
        seen["status"] = "no_report"
    status = seen["status"]
    reason = {"reason_zh": _ZH.name("status", status), "reason_en": _EN.name("status", status)}
    return seen | reason


def _columns(keys: Sequence[Key]) -> dict[str, list[Any]]:
    agencies, years, indicators = zip(*keys, strict=True)
    return {"agencies": list(agencies), "years": list(years), "indicators": list(indicators)}


_PLACES = ("page", "table_no", "row_no", "col_no", "char_start", "char_end")


def _place(row: Record) -> Record:
    return {name: row.pop(name) for name in _PLACES if name in row}


_KEYS = """
WITH asked AS (
    SELECT
        unnest($agencies::VARCHAR[]) AS agency_id,
        unnest($years::INTEGER[]) AS year,
        unnest($indicators::VARCHAR[]) AS indicator_id
)
"""

_NUMBERS = f"""{_KEYS}
SELECT
    f.agency_id, f.name_zh, f.year, f.indicator_id, f.label_zh, f.label_en, f.path_zh,
    f.value, f.unit, f.claim_id, f.standing, f.scope, f.source, f.qualifier, f.confidence,
    f.errors_failing, f.warnings_failing, f.applicant, f.period, f.template AS form,
    o.label_raw, o.value_raw, o.quote, o.page, o.table_no, o.row_no, o.col_no,
    o.char_start, o.char_end, o.why, r.title, f.published_on, f.source_path, r.document_id
FROM asked
JOIN facts AS f USING (agency_id, year, indicator_id)
JOIN observation AS o USING (observation_id)
JOIN dim_report AS r ON r.report_id = f.report_id
"""

_BREAKS = f"""{_KEYS}
SELECT
    k.agency_id, k.year, k.indicator_id, s.series_id, s.method_break, s.note_zh, s.note_en
FROM asked AS k
JOIN crosswalk AS c USING (indicator_id)
JOIN series AS s
    ON s.series_id = c.series_id AND s.template = c.template
    AND s.agency_id = k.agency_id AND s.year = k.year
WHERE list_contains($agencies, s.agency_id) AND (s.method_break IS NOT NULL OR s.note_zh <> '')
"""

_GAPS = f"""{_KEYS}
SELECT
    c.agency_id, c.name_zh, c.year, c.indicator_id, c.status, c.value_raw, c.candidates,
    o.quote, r.source_path
FROM asked AS k
JOIN indicator_coverage AS c USING (agency_id, year, indicator_id)
LEFT JOIN observation AS o USING (observation_id)
LEFT JOIN dim_report AS r ON r.report_id = c.report_id
WHERE list_contains($agencies, c.agency_id) AND list_contains($indicators, c.indicator_id)
"""
