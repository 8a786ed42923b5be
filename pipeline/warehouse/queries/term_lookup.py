"""What some words may mean in a warehouse: agencies, indicators, rates, rules, tables."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb
from rapidfuzz import process

from pipeline.agencies.finding import NamedAgency, ranked
from pipeline.forms.form import printed_labels
from pipeline.settings import Language
from pipeline.warehouse.queries.name_lookup import named
from pipeline.warehouse.queries.number_lookup import numbers, rates
from pipeline.warehouse.queries.question import is_opposite, read
from pipeline.warehouse.standing_levels import standings

_NEAR = 60
"""From what likeness on a name is worth offering, of 100."""

_MEASURES = ("indicator", "rate")

_PART = {"zh": 1, "en": 2}
"""Where a comment says it in that language."""

RELATIONS = """
SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal
"""
"""Every table and view, and what it says of itself."""


class TermMeaning(NamedTuple):
    """One thing that words may mean.

    Attributes:
        kind: ``agency``, ``indicator``, ``rate``, ``rule`` or ``table``; ``number`` or
            ``agency_rate`` where words name an agency and what is counted, or a rate.
        id: What it is asked for by; of a number agency, year and indicator or rate.
        name: What it is called.
        told: The number or the rate, and what it is worth where it is in doubt; of others empty.
    """

    kind: str
    id: str
    name: str
    told: str = ""


def meanings(
    connection: duckdb.DuckDBPyConnection, words: str, language: Language = "zh", most: int = 8
) -> Iterator[TermMeaning]:
    """Yields what words may mean, kind by kind, the likeliest first."""
    known = {one.agency_id: one for one in named(connection)}
    found = [
        TermMeaning("agency", agency_id, known[agency_id].name)
        for agency_id in ranked(words, known.values())[:most]
    ]
    found += _looked_up(connection, words, language, most)
    yield from found
    if not any(one.kind in _MEASURES for one in found):
        yield from _asked(connection, words, language, most) or _numbers(
            connection, words, list(known.values()), language, most
        )


def _asked(
    connection: duckdb.DuckDBPyConnection, words: str, language: Language, most: int
) -> list[TermMeaning]:
    """What is asked for by a question about no agency of its own: 哪个县不予公开最多."""
    asked = read(words)
    kinds = ("rate",) if asked.is_share else _MEASURES
    if not (asked.what and (asked.is_share or asked.is_ranking or asked.year)):
        return []
    found = _looked_up(connection, asked.what, language, most)
    return sorted(
        (one for one in found if one.kind in kinds), key=lambda one: kinds[::-1].index(one.kind)
    )


def _numbers(
    connection: duckdb.DuckDBPyConnection,
    words: str,
    known: Sequence[NamedAgency],
    language: Language,
    most: int,
) -> Iterator[TermMeaning]:
    for one in numbers(connection, words, known, language, most):
        asked_by = f"{one.agency_id} {one.year} {one.indicator_id}"
        told = f"{one.value.normalize():f} {one.unit}{_doubted(one.standing, language)}"
        yield TermMeaning("number", asked_by, f"{one.name} {one.year} {one.label}", told)
    for rate in rates(connection, words, known, language, most):
        asked_by = f"{rate.agency_id} {rate.year} {rate.rate_id}"
        share = f"{rate.numerator.normalize():f} / {rate.denominator.normalize():f}"
        told = share if rate.rate is None else f"{rate.rate:.1%} ({share})"
        told += _doubted(rate.standing, language)
        yield TermMeaning("agency_rate", asked_by, f"{rate.name} {rate.year} {rate.label}", told)


def _doubted(degree: str, language: Language) -> str:
    """What a number is worth, where something speaks against it."""
    if degree == next(iter(standings())):
        return ""
    return f"（{standings()[degree].zh}）" if language == "zh" else f" ({standings()[degree].en})"


def _looked_up(
    connection: duckdb.DuckDBPyConnection, words: str, language: Language, most: int
) -> Iterator[TermMeaning]:
    typed = "".join(words.split())
    printed = [one for label, ids in printed_labels().items() if typed in label for one in ids]
    parameters = {"words": typed, "most": most, "printed": printed}
    for kind, sql in _LOOK.items():
        query = sql.format(language=language, part=_PART[language])
        # Parameters that a query does not name are an error.
        named = {name: value for name, value in parameters.items() if f"${name}" in query}
        for name, text in connection.execute(query, named).fetchall():
            yield TermMeaning(kind, str(name), str(text or ""))


def near(connection: duckdb.DuckDBPyConnection, words: str, most: int = 5) -> list[TermMeaning]:
    """Returns things that are called much like some words, where nothing is called so."""
    known = [TermMeaning("agency", one.agency_id, one.name) for one in named(connection)]
    measures = [TermMeaning(*row) for row in connection.execute(_CALLED).fetchall()]
    known += [one for one in measures if not is_opposite(words, one.name)]
    called = [(name, one) for one in known for name in (one.name, one.id)]
    found = process.extract(words, [name for name, _ in called], limit=most, score_cutoff=_NEAR)
    return list(dict.fromkeys(called[place][1] for *_, place in found))


_LOOK = {
    "indicator": """
SELECT indicator_id, label_{language}
FROM dim_indicator
WHERE contains(lower(concat_ws(' ', indicator_id, label_en, description)), lower($words))
    OR contains(replace(label_zh, ' ', ''), $words) OR contains(replace(path_zh, ' ', ''), $words)
    OR list_contains($printed, indicator_id)
ORDER BY contains(replace(label_zh, ' ', ''), $words) DESC,
    list_contains($printed, indicator_id) DESC, breakdown IS NOT NULL,
    length(indicator_id), indicator_id
LIMIT $most
""",
    "rate": """
SELECT rate_id, label_{language}
FROM (SELECT DISTINCT rate_id, label_zh, label_en FROM rate_term)
WHERE contains(lower(concat_ws(' ', rate_id, label_zh, label_en)), lower($words))
ORDER BY regexp_replace(label_zh, '（.*', '') <> $words, rate_id
LIMIT $most
""",
    "rule": """
SELECT rule_id, title_{language}
FROM dim_rule
WHERE starts_with(lower(rule_id), lower($words)) OR contains(title_zh, $words)
    OR contains(lower(title_en), lower($words))
ORDER BY starts_with(lower(rule_id), lower($words)) DESC, rule_id
LIMIT $most
""",
    "way": """
SELECT way_id, title_{language}
FROM dim_way
WHERE starts_with(lower(way_id), lower($words))
ORDER BY way_id
LIMIT $most
""",
    "table": f"""
SELECT name, string_split(comment, ' | ')[{{part}}] FROM ({RELATIONS})
WHERE contains(lower(concat_ws(' ', name, comment)), lower($words))
ORDER BY contains(name, lower($words)) DESC, name
LIMIT $most
""",
}

_CALLED = """
SELECT 'indicator', indicator_id, label_zh FROM dim_indicator WHERE breakdown IS NULL
UNION ALL
SELECT DISTINCT 'rate', rate_id, label_zh FROM rate_term
ORDER BY ALL
"""
