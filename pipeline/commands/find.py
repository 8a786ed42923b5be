"""``gongkai find``: what the warehouse knows of some words, and what to type next."""

import sys
from collections.abc import Iterator
from typing import NamedTuple

import duckdb
from rich.console import Console

from pipeline.agencies.finding import ranked
from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.screen import console
from pipeline.settings import Language, Settings
from pipeline.warehouse.agency_names import named

_SHOWN = 8
_PART = {"zh": 1, "en": 2}
"""Where a comment says it in that language."""


class _Section(NamedTuple):
    """A kind of thing: what was found of it, and the command that goes on with it."""

    title: str
    lines: tuple[tuple[str, str], ...]
    next_step: str


def run(settings: Settings, words: str, language: Language = "zh") -> None:
    """Prints agencies, indicators, rules, tables and views that words may mean.

    Raises:
        Failure: Nothing fits.
    """
    with warehouse(settings) as connection:
        sections = [section for section in _sections(connection, words, language) if section.lines]
    if not sections:
        raise Failure(
            f"nothing is called {words}: try part of a name, or the first letters of its pinyin"
        )
    screen = console(sys.stdout)
    for section in sections:
        _print(screen, section)


def _sections(
    connection: duckdb.DuckDBPyConnection, words: str, language: Language
) -> Iterator[_Section]:
    agencies = tuple(_agencies(connection, words))
    first = agencies[0][0] if agencies else ""
    yield _Section(
        "agencies", agencies, f"gongkai query \"FROM facts WHERE agency_id = '{first}'\""
    )
    indicators = tuple(_fetched(connection, _INDICATORS.format(language=language), words))
    first = indicators[0][0] if indicators else ""
    yield _Section(
        "indicators", indicators, f"gongkai query \"FROM facts WHERE indicator_id = '{first}'\""
    )
    rules = tuple(_fetched(connection, _RULES.format(language=language), words))
    first = rules[0][0] if rules else ""
    yield _Section(
        "rules", rules, f"gongkai query \"FROM contradictions WHERE rule_id = '{first}'\""
    )
    tables = tuple(_fetched(connection, _TABLES.format(part=_PART[language]), words))
    first = tables[0][0] if tables else ""
    yield _Section("tables and views", tables, f'gongkai query "FROM {first} LIMIT 5"')


def _agencies(connection: duckdb.DuckDBPyConnection, words: str) -> Iterator[tuple[str, str]]:
    known = {one.agency_id: one for one in named(connection)}
    for agency_id in ranked(words, known.values())[:_SHOWN]:
        yield agency_id, known[agency_id].name


def _fetched(
    connection: duckdb.DuckDBPyConnection, sql: str, words: str
) -> Iterator[tuple[str, str]]:
    parameters = {"words": "".join(words.split()), "shown": _SHOWN}
    for name, text in connection.execute(sql, parameters).fetchall():
        yield str(name), str(text or "")


def _print(screen: Console, section: _Section) -> None:
    screen.print(section.title, style="bold")
    width = max(len(name) for name, _ in section.lines)
    for name, text in section.lines:
        screen.print(f"  {name:<{width}}  {text}", overflow="ellipsis", no_wrap=True)
    screen.print(f"  → {section.next_step}", markup=False, soft_wrap=True)


_INDICATORS = """
SELECT indicator_id, label_{language}
FROM dim_indicator
WHERE contains(lower(concat_ws(' ', indicator_id, label_en, description)), lower($words))
    OR contains(replace(label_zh, ' ', ''), $words) OR contains(replace(path_zh, ' ', ''), $words)
ORDER BY contains(replace(label_zh, ' ', ''), $words) DESC, breakdown IS NOT NULL,
    length(indicator_id), indicator_id
LIMIT $shown
"""

_RULES = """
SELECT rule_id, any_value(message_{language})
FROM check_result
WHERE starts_with(lower(rule_id), lower($words)) OR contains(message_zh, $words)
GROUP BY rule_id
ORDER BY starts_with(lower(rule_id), lower($words)) DESC, rule_id
LIMIT $shown
"""

_TABLES = """
SELECT name, string_split(comment, ' | ')[{part}] FROM (
    SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal
)
WHERE contains(lower(concat_ws(' ', name, comment)), lower($words))
ORDER BY contains(name, lower($words)) DESC, name
LIMIT $shown
"""
