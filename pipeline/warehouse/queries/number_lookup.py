"""A number as people ask for it: an agency, what is counted and perhaps a year, in one breath."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import duckdb

from pipeline.agencies.finding import NamedAgency, ranked
from pipeline.settings import Language
from pipeline.warehouse.queries.question import YEAR, bare, is_opposite, read

_IDLE = "的之"
_SHORTEST = 2
_MOST_OF_A_KIND = 8


class Number(NamedTuple):
    """A fact that words ask for."""

    agency_id: str
    name: str
    year: int
    indicator_id: str
    label: str
    value: Decimal
    unit: str
    standing: str


class RateMeant(NamedTuple):
    """A rate of one agency that words ask for.

    Attributes:
        agency_id: Whose it is.
        name: What that is called.
        year: Of which year.
        rate_id: The rate.
        label: What that is called.
        numerator: How many.
        denominator: Of how many.
        rate: The rate, None where it is of too few.
        standing: What it is worth.
    """

    agency_id: str
    name: str
    year: int
    rate_id: str
    label: str
    numerator: Decimal
    denominator: Decimal
    rate: float | None
    standing: str


def numbers(
    connection: duckdb.DuckDBPyConnection,
    words: str,
    agencies: Sequence[NamedAgency],
    language: Language = "zh",
    most: int = 12,
) -> list[Number]:
    """Returns the facts that words ask for, those of the likeliest agency first.

    Args:
        connection: The published warehouse.
        words: 鱼台县2021年收到申请, or 鱼台县 收到申请, which means the last year known.
        agencies: Those that may be meant.
        language: Language of the labels.
        most: How many.
    """
    whole = "".join(words.split())
    if any(whole in name for one in agencies for name in (one.name, *one.aliases)):
        return []  # 某县信息公开办公室 asks for an office, and for no number
    found = YEAR.search(words)
    year = int(found[1]) if found else None
    labels = dict(connection.execute(_LABELS).fetchall())
    for agency_words, indicator_words in _halves(YEAR.sub(" ", words, count=1)):
        indicators = _indicators(indicator_words, labels)
        if not indicators:
            continue
        meant = ranked(agency_words, agencies)[:_MOST_OF_A_KIND]
        given = {"agencies": meant, "indicators": indicators, "year": year, "most": most}
        query = _FACTS.format(language=language)
        if rows := connection.execute(query, given).fetchall() if meant else []:
            return [Number(*row) for row in rows]
    return []


def rates(
    connection: duckdb.DuckDBPyConnection,
    words: str,
    agencies: Sequence[NamedAgency],
    language: Language = "zh",
    most: int = 12,
) -> list[RateMeant]:
    """Returns the rates that words ask for, those of the likeliest agency first."""
    asked = read(words)
    if not asked.is_share:
        return []
    labels = dict(connection.execute(_RATE_LABELS).fetchall())
    for who, what in _halves(asked.what):
        ids = rates_called(what, labels)
        meant = ranked(who, agencies)[:_MOST_OF_A_KIND] if ids else []
        given = {"agencies": meant, "rates": ids, "year": asked.year, "most": most}
        query = _RATES.format(language=language)
        if rows := connection.execute(query, given).fetchall() if meant else []:
            return [RateMeant(*row) for row in rows]
    return []


def rates_called(words: str, labels: Mapping[str, str]) -> list[str]:
    """Returns the rates that words name, and never one that says the opposite."""
    typed = words.strip(_IDLE)
    if len(typed) < _SHORTEST:
        return []
    if own := [one for one, label in labels.items() if bare(label) == typed]:
        return own
    fitting = [
        one for one, label in labels.items() if typed in label and not is_opposite(typed, label)
    ]
    return sorted(fitting, key=lambda one: (len(labels[one]), one))[:_MOST_OF_A_KIND]


def _halves(words: str) -> Iterator[tuple[str, str]]:
    """Ways to split words into agency and measure: at blanks, then anywhere."""
    parts = words.split()
    for at in range(len(parts) - 1, 0, -1):
        one, other = "".join(parts[:at]), "".join(parts[at:])
        yield one, other
        yield other, one
    whole = "".join(parts)
    for at in range(len(whole) - _SHORTEST, _SHORTEST - 1, -1):
        yield whole[:at], whole[at:]


def _indicators(words: str, labels: Mapping[str, str]) -> list[str]:
    """The indicators that words name, the shortest label first."""
    typed = words.strip(_IDLE)
    if len(typed) < _SHORTEST:
        return []
    fitting = [one for one, label in labels.items() if typed == one or typed in label]
    return sorted(fitting, key=lambda one: (len(labels[one]), one))[:_MOST_OF_A_KIND]


_LABELS = "SELECT indicator_id, replace(label_zh, ' ', '') FROM dim_indicator"

_FACTS = """
SELECT f.agency_id, a.name_zh, f.year, f.indicator_id, i.label_{language}, f.value, f.unit,
    f.standing
FROM fact_indicator AS f
JOIN dim_agency AS a USING (agency_id) JOIN dim_indicator AS i USING (indicator_id)
WHERE list_contains($agencies, f.agency_id) AND list_contains($indicators, f.indicator_id)
    AND f.year = coalesce($year, f.year)
QUALIFY f.year = max(f.year) OVER (PARTITION BY f.agency_id, f.indicator_id)
ORDER BY list_position($agencies, f.agency_id), list_position($indicators, f.indicator_id)
LIMIT $most
"""

_RATE_LABELS = "SELECT DISTINCT rate_id, label_zh FROM rate_term"

_RATES = """
SELECT agency_id, name_zh, year, rate_id, label_{language}, numerator, denominator, rate, standing
FROM rates
WHERE list_contains($agencies, agency_id) AND list_contains($rates, rate_id)
    AND year = coalesce($year, year)
QUALIFY year = max(year) OVER (PARTITION BY agency_id, rate_id)
ORDER BY list_position($agencies, agency_id), list_position($rates, rate_id)
LIMIT $most
"""
