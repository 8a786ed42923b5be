"""Which agency, indicator or province a name means, wherever one is typed.

What is known of names beside the publication (the resolver, what forms print) is loaded only
where a name is not in it.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.warehouse.records import Record, records

if TYPE_CHECKING:
    import duckdb

    from pipeline.agencies.finding import NamedAgency


class NotFoundError(Exception):
    """The agency, the indicator or the fact is not in the warehouse; the message helps on.

    Attributes:
        zh: The message in Chinese.
    """

    def __init__(self, message: str, zh: str = "") -> None:
        """The message in English, and in Chinese where there is one."""
        super().__init__(message)
        self.zh = zh or message


def find_key(
    connection: "duckdb.DuckDBPyConnection",
    agency: str,
    year: int,
    indicator: str,
    *,
    of_the_past: bool = False,
) -> Record:
    """Returns the key of one number: ``agency``, ``year`` and ``indicator``.

    Args:
        connection: The published warehouse.
        agency: Id, full name or another name of the agency.
        year: Year of the fact.
        indicator: Id or Chinese label.
        of_the_past: Whether an agency that is not there any more may be meant as well.

    Raises:
        NotFoundError: The agency or the indicator is unknown or ambiguous.
    """
    agency_id = find_agency(connection, agency, year, of_the_past=of_the_past)
    indicator_id = find_indicator(connection, indicator, agency_id, year)
    return {"agency": agency_id, "year": year, "indicator": indicator_id}


def find_agency(
    connection: "duckdb.DuckDBPyConnection",
    name: str,
    year: int | None = None,
    *,
    of_the_past: bool = False,
) -> str:
    """Returns the id of the agency that is meant.

    Args:
        connection: The published warehouse.
        name: Id, full name or another name of it.
        year: The year it is spoken of; of agencies that bore one name one after the other, the
            one of that year is meant.
        of_the_past: Whether one that is not there any more may be meant as well.

    Raises:
        NotFoundError: No agency bears that id or name, or several do.
    """
    found = records(connection, _AGENCY, {"name": name})
    if of_the_past and not found:
        found = records(connection, _AGENCY_OF_THE_PAST, {"name": name})
    if len(found) == 1:
        return str(found[0]["agency_id"])
    of_year = _of_year(connection, found, year) if found and year is not None else []
    if len(of_year) == 1:
        return of_year[0]
    if found:
        ids = ", ".join(f"{one['agency_id']} ({one['name_zh']})" for one in found)
        raise _several(name, ids)
    # Whoever gives a name that is there need not wait for what is known of all names.
    from pipeline.agencies.finding import government_of, ranked
    from pipeline.agencies.resolver import resolve

    known = {one.agency_id: one for one in named(connection)}
    for found_so in (resolve(name, year=year), resolve(name), government_of(name, year=year)):
        meant = found_so.agency if found_so else None
        if meant is None:
            continue
        by_id = {"name": meant.agency_id}
        if meant.agency_id in known or (
            of_the_past and records(connection, _AGENCY_OF_THE_PAST, by_id)
        ):
            return meant.agency_id
    similar = [known[agency_id].name for agency_id in ranked(name, known.values())[:5]]
    similar += [one["name_zh"] for one in records(connection, _SIMILAR_AGENCY, {"name": name})]
    similar = list(dict.fromkeys(similar))[:5]
    raise _nothing(f"no agency {name} in the warehouse", f"库中没有机关 {name}", similar)


def find_agencies(connection: "duckdb.DuckDBPyConnection", name: str) -> list[str]:
    """Returns the ids of the agencies that bore a name one after the other; mostly there is one.

    Raises:
        NotFoundError: No agency bears that id or name, or several do that are not one line.
    """
    found = records(connection, _AGENCY, {"name": name})
    if len(found) > 1 and _are_one_line(connection, found):
        return [str(one["agency_id"]) for one in found]
    return [find_agency(connection, name)]


def _of_year(connection: "duckdb.DuckDBPyConnection", found: list[Record], year: int) -> list[str]:
    """The ids of those that existed in a year among agencies that followed each other."""
    if not _are_one_line(connection, found):
        return []
    key = {"ids": [one["agency_id"] for one in found], "year": year}
    return [str(one["agency_id"]) for one in records(connection, _OF_YEAR, key)]


def _are_one_line(connection: "duckdb.DuckDBPyConnection", found: list[Record]) -> bool:
    """Whether each agency but the last was followed by another of them."""
    ids = [one["agency_id"] for one in found]
    ((followed,),) = connection.execute(_FOLLOWED, {"ids": ids}).fetchall()
    return bool(followed == len(ids) - 1)


def named(connection: "duckdb.DuckDBPyConnection") -> Iterator["NamedAgency"]:
    """Yields every agency with the names that reports print of it."""
    from pipeline.agencies.finding import NamedAgency

    for agency_id, name, aliases in connection.execute(NAMES).fetchall():
        yield NamedAgency(agency_id, name, tuple(alias for alias in aliases if alias))


def find_indicator(
    connection: "duckdb.DuckDBPyConnection", name: str, agency_id: str, year: int
) -> str:
    """Returns the id of the indicator that is meant.

    Raises:
        NotFoundError: No indicator bears that id or label, or several do.
    """
    found = indicators_called(connection, name)
    if len(found) > 1:
        key = {"agency": agency_id, "year": year, "ids": found}
        found = [one["indicator_id"] for one in records(connection, _REPORTED, key)] or found
    # Who names no applicant means all of them.
    found = [one for one in found if ":" not in one] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(name, ", ".join(found))
    similar = [
        one["indicator_id"] for one in records(connection, _SIMILAR_INDICATOR, {"name": name})
    ]
    raise _nothing(f"no indicator {name} in the catalogue", f"没有名为 {name} 的指标", similar)


def indicators_called(connection: "duckdb.DuckDBPyConnection", name: str) -> list[str]:
    """Returns the indicators that go by a name: that of an id alone, or all of a label."""
    from pipeline.forms.form import printed_labels

    found = [one for (one,) in connection.execute(_CALLED, {"name": name}).fetchall()]
    if name in found:
        return [name]
    return found or sorted(printed_labels().get(name, ()))


def provinces_called(connection: "duckdb.DuckDBPyConnection", name: str) -> list[str]:
    """Returns the province whose full name is, or begins with, a name.

    Raises:
        NotFoundError: No agency is in one, or several begin so.
    """
    known = [province for (province,) in connection.execute(_PROVINCES).fetchall()]
    if name in known:
        return [name]
    found = [province for province in known if name and province.startswith(name)]
    if len(found) != 1:
        raise NotFoundError(
            f"no agency here is in the province {name}; there are {'、'.join(known)}"
        )
    return found


def years_told(connection: "duckdb.DuckDBPyConnection", years: Sequence[int]) -> list[int]:
    """Returns years that are asked for, of which reports on one at least are there.

    Raises:
        NotFoundError: No report is on any of them.
    """
    known = [year for (year,) in connection.execute(_YEARS).fetchall()]
    if years and known and not set(years) & set(known):
        there = ", ".join(map(str, known))
        raise NotFoundError(f"no report is on {', '.join(map(str, years))}; there are {there}")
    return list(years)


def ids_called(
    connection: "duckdb.DuckDBPyConnection", table: str, key: str, name: str
) -> list[str]:
    """Returns the ids of a table that go by a name: that of an id alone, or all of a label.

    Args:
        connection: The published warehouse.
        table: A table or view with ``label_zh`` and ``label_en``.
        key: Its column of ids.
        name: An id, a Chinese or English label, or one of the Chinese label's alternatives.
    """
    query = (
        f"SELECT DISTINCT {key} FROM {table} WHERE $name IN ({key}, label_zh, label_en) "
        "OR list_contains(string_split(label_zh, ' / '), $name)"
    )
    found = [one for (one,) in connection.execute(query, {"name": name}).fetchall()]
    return [name] if name in found else sorted(found)


def _several(name: str, ids: str) -> NotFoundError:
    return NotFoundError(
        f"{name} may be any of {ids}; give the id", f"{name} 可能是 {ids} 之一，请给出其标识"
    )


def _nothing(en: str, zh: str, similar: Sequence[str]) -> NotFoundError:
    names = ", ".join(similar)
    if not names:
        return NotFoundError(en, zh)
    return NotFoundError(f"{en}; did you mean {names}?", f"{zh}；是否指 {names}？")


NAMES = """
SELECT a.agency_id, a.name_zh, coalesce(list(s.alias ORDER BY s.alias), []) AS aliases
FROM dim_agency AS a LEFT JOIN agency_alias AS s
    ON s.agency_id = a.agency_id AND s.alias <> a.name_zh
GROUP BY a.agency_id, a.name_zh
"""
"""Every agency with its other names, for whoever looks one up."""

_AGENCY = """
SELECT DISTINCT a.agency_id, a.name_zh
FROM dim_agency AS a LEFT JOIN agency_alias AS s USING (agency_id)
WHERE a.agency_id = $name OR a.name_zh = $name OR s.alias = $name
ORDER BY a.agency_id
"""

_FOLLOWED = """
SELECT count(DISTINCT agency_id) FROM agency_succession
WHERE list_contains($ids::VARCHAR[], agency_id) AND list_contains($ids::VARCHAR[], successor_id)
"""

_OF_YEAR = """
SELECT agency_id FROM agency_year
WHERE list_contains($ids::VARCHAR[], agency_id) AND year = $year
    AND status NOT IN ('not_yet_established', 'abolished')
QUALIFY rank() OVER (ORDER BY status IN ('present', 'no_facts') DESC) = 1
"""
"""Who reported on a year, or if nobody did, who was to."""

_AGENCY_OF_THE_PAST = """
SELECT agency_id, max_by(name_zh, until) AS name_zh
FROM agency_past
WHERE agency_id NOT IN (SELECT agency_id FROM dim_agency)
GROUP BY agency_id
HAVING agency_id = $name OR bool_or(name_zh = $name)
ORDER BY agency_id
"""
"""Agencies that were published once, and are not there any more."""

_SIMILAR_AGENCY = """
SELECT name_zh FROM dim_agency
WHERE contains(name_zh, $name) OR contains($name, name_zh)
    OR jaro_winkler_similarity(name_zh, $name) > 0.8
ORDER BY jaro_winkler_similarity(name_zh, $name) DESC, name_zh LIMIT 5
"""

_REPORTED = """
SELECT indicator_id FROM fact_indicator
WHERE agency_id = $agency AND year = $year AND list_contains($ids::VARCHAR[], indicator_id)
ORDER BY indicator_id
"""

_SIMILAR_INDICATOR = """
SELECT indicator_id FROM dim_indicator
WHERE contains(indicator_id, $name) OR contains(label_zh, $name)
    OR jaro_winkler_similarity(indicator_id, $name) > 0.8
ORDER BY jaro_winkler_similarity(indicator_id, $name) DESC, indicator_id LIMIT 5
"""

_CALLED = """
SELECT indicator_id FROM dim_indicator
WHERE $name IN (indicator_id, label_zh, label_en)
    OR list_has_any(string_split(label_zh, ' / '), [$name, $name || '数', $name || '数量'])
ORDER BY indicator_id
"""
"""A label may leave out its last word: 收到申请 for 收到申请数."""

_PROVINCES = """
SELECT DISTINCT province FROM dim_agency WHERE province IS NOT NULL ORDER BY province
"""

_YEARS = "SELECT DISTINCT year FROM dim_report WHERE year IS NOT NULL ORDER BY year"
