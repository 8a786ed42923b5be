"""``gongkai find``: what the warehouse knows of some words, and what to type next."""

import sys
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.screen import console
from pipeline.settings import Language, Settings
from pipeline.warehouse.queries.term_lookup import TermMeaning, meanings, near

_TITLES = {
    "agency": "agencies",
    "indicator": "indicators",
    "rate": "rates",
    "rule": "rules",
    "way": "ways to read",
    "table": "tables and views",
    "number": "numbers",
    "agency_rate": "rates of an agency",
}
_NEXT = {
    "agency": "gongkai query \"FROM facts WHERE agency_id = '{id}'\"",
    "indicator": "gongkai query \"FROM facts WHERE indicator_id = '{id}'\"",
    "rate": "gongkai query \"FROM rates WHERE rate_id = '{id}'\"",
    "rule": "gongkai query \"FROM contradictions WHERE rule_id = '{id}'\"",
    "way": "gongkai query \"FROM observation WHERE list_contains(why, '{id}')\"",
    "table": 'gongkai query "FROM {id} LIMIT 5"',
    "number": "gongkai explain {id}",
    "agency_rate": "gongkai query \"FROM rates WHERE agency_id = '{parts[0]}' "
    "AND year = {parts[1]} AND rate_id = '{parts[2]}'\"",
}


def run(settings: Settings, *, words: Sequence[str], language: Language) -> None:
    """Prints agencies, indicators, rates, rules, tables and views that words may mean.

    Raises:
        Failure: Nothing fits.
    """
    said = " ".join(words)
    with warehouse(settings) as connection:
        found = list(meanings(connection, said, language))
        likely = [] if found else near(connection, said, most=1)
    if not found:
        (hint,) = [f"did you mean {one.name} ({one.id})?" for one in likely] or [
            "try part of a name, or the first letters of its pinyin"
        ]
        raise Failure(f"nothing is called {said}: {hint}")
    screen = console(sys.stdout)
    for kind, group in groupby(found, key=lambda one: one.kind):
        _print(screen, kind, list(group))


def _print(screen: Console, kind: str, found: Sequence[TermMeaning]) -> None:
    screen.print(_TITLES[kind], style="bold")
    width = max(len(one.id) for one in found)
    for one in found:
        name = f"{one.told}  {one.name}" if one.told else one.name
        screen.print(f"  {one.id:<{width}}  {name}", overflow="ellipsis", no_wrap=True)
    screen.print(
        f"  → {_NEXT[kind].format(id=found[0].id, parts=found[0].id.split())}",
        markup=False,
        soft_wrap=True,
    )
