"""``gongkai explain``: one number from its cell or sentence to its contradictions."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console

from pipeline.commands.connection import warehouse
from pipeline.commands.fact_history import print_changes
from pipeline.commands.screen import console, on_one_line, text
from pipeline.settings import Language, Settings
from pipeline.warehouse.asked.lineage import Story, tell
from pipeline.warehouse.asked.names_meant import NotFoundError
from pipeline.warehouse.asked.stored_document import kept_document
from pipeline.warehouse.history.as_of import publication_of
from pipeline.warehouse.history.earlier_values import Past, changes_of, fact_of
from pipeline.warehouse.records import Record

if TYPE_CHECKING:
    import duckdb

_AROUND = 2
_HAS_A_VALUE = ("fact", "zero")
_LINE_WIDTH = 100


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a number stands in the document's text.

    Attributes:
        line: Line number, from 1.
        lines: That line and its neighbours, numbered.
    """

    line: int
    lines: Sequence[tuple[int, str]]


def run(
    settings: Settings, agency: str, year: int, indicator: str, language: Language = "zh"
) -> None:
    """Prints the story of one number, with messages in the language asked for.

    Raises:
        Failure: Nothing is known of it.
    """
    with warehouse(settings) as connection:
        story = tell(connection, agency, year, indicator)
        published = _published(connection, story)
    screen = console(sys.stdout)
    spot = _find(settings, story.report, story.observation)
    _print_fact(screen, story)
    _print_place(screen, story, spot)
    _print_others(screen, story)
    _print_checks(screen, story, language)
    if published is not None:
        screen.print("\npublished")
        print_changes(screen, published, language)
    screen.print(f"\ncite  {_citation(story, spot)}")


def run_as_of(
    settings: Settings, agency: str, year: int, indicator: str, moment: datetime, language: Language
) -> None:
    """Prints what was published of one number until a moment.

    Raises:
        Failure: It was no fact then, or that day is not known.
    """
    with warehouse(settings, moment) as connection:
        fact = fact_of(connection, agency, year, indicator)
        found = changes_of(connection, agency, year, indicator)
        publication = publication_of(connection)
    screen = console(sys.stdout)
    screen.print(f"{fact['name_zh']} · {year} · {fact['label_zh']}")
    screen.print(f"{text(fact['value'])} {fact['unit']}", style="bold")
    screen.print(f"\nas of      {moment:%Y-%m-%d %H:%M} UTC, publication {publication}")
    screen.print(f"indicator  {fact['indicator_id']} ({fact['label_en']})")
    screen.print(f"form       {fact['template']}, scope {fact['scope']}, {fact['standing']}")
    screen.print(f"claim      {fact['claim_id']}")
    screen.print(f"read from  {fact['source']}, {fact['source_path']}")
    screen.print("\npublished until then")
    print_changes(screen, found, language)
    screen.print("\n(what is printed, and checks, are told of today's publication alone)")


def _published(connection: "duckdb.DuckDBPyConnection", story: Story) -> Past | None:
    """What was published of the number so far, None where it never was a fact."""
    fact = story.fact
    try:
        return changes_of(connection, fact["agency_id"], fact["year"], fact["indicator_id"])
    except NotFoundError:
        return None


def _print_fact(screen: Console, story: Story) -> None:
    fact, report = story.fact, story.report
    screen.print(f"{fact['name_zh']} · {fact['year']} · {fact['label_zh']}")
    if story.status in _HAS_A_VALUE:
        screen.print(f"{text(fact['value'])} {fact['unit']}", style="bold")
    else:
        screen.print(f"no fact: {_no_fact(story)}", style="bold")
    screen.print(f"\nindicator  {fact['indicator_id']} ({fact['label_en']})")
    screen.print(f"form       {report['template']}, {report['doc_type']}, scope {report['scope']}")
    if "claim_id" in fact:
        screen.print(f"claim      {fact['claim_id']}")
    exactness = "" if fact["qualifier"] == "exact" else f", {fact['qualifier']}"
    screen.print(f"read from  {story.observation['source']}{exactness}")
    if not report["is_current"]:
        screen.print(f"report     not the current one: {report['superseded_by']} counts before it")


def _no_fact(story: Story) -> str:
    """Why there is none. A sentence may tell what the tables leave out, and not plainly enough."""
    if story.fact["candidates"]:
        return f"{story.status}; may be {', '.join(story.fact['candidates'])}"
    if story.observation["source"] == "narrative":
        return f"{story.status} in a table; a sentence tells it, not beyond doubt"
    return story.status


def _print_place(screen: Console, story: Story, spot: _Spot | None) -> None:
    seen, report = story.observation, story.report
    screen.print(f"label      {seen['section_path']}")
    screen.print(f"printed    {_printed(seen)}")
    if seen["why"]:
        screen.print(f"told by    {', '.join(seen['why'])}")
    for one in story.decisions:
        decided = f"{one['reviewer']} on {one['decided_on']}: {one['reason']}"
        screen.print(f"decided    {one['decision_id']} ({one['kind']}) by {decided}")
    screen.print(f"row        {on_one_line(seen['quote'])}")
    screen.print(f"place      {', '.join(_place(seen, spot))}")
    screen.print(f"file       {report['source_path']}")
    screen.print(f"sha256     {report['document_id']}")
    if spot is None:
        screen.print("  (the store does not hold the document; gongkai build makes it again)")
        return
    for number, line in spot.lines:
        mark = "▸" if number == spot.line else " "
        screen.print(f"  {mark} {number:>5}  {line[:_LINE_WIDTH]}")


def _printed(seen: Record) -> str:
    """What stands in the document, and nothing that does not."""
    if seen["source"] == "derived":
        return f"nowhere: worked out, {seen['quote']}"
    return f"{seen['value_raw']} {seen['unit_raw'] or ''}".strip()


def _place(seen: Record, spot: _Spot | None) -> Iterator[str]:
    if spot is not None:
        yield f"line {spot.line}"
    for name, label in (
        ("page", "page"),
        ("table_no", "table"),
        ("row_no", "row"),
        ("col_no", "column"),
    ):
        if seen[name] is not None:
            yield f"{label} {seen[name]}"
    yield f"characters {seen['char_start']} to {seen['char_end']}"


def _print_others(screen: Console, story: Story) -> None:
    screen.print(f"\nother observations of it: {len(story.others)}")
    for seen in story.others:
        quote = on_one_line(seen["quote"])[:_LINE_WIDTH]
        earlier = "" if seen["is_current"] else f" (superseded: {seen['source_path']})"
        value = text(seen["value"]) or seen["value_status"]
        screen.print(f"  {value}  {seen['source']}{earlier}: {quote}")


def _print_checks(screen: Console, story: Story, language: Language) -> None:
    screen.print(f"\nchecks it took part in: {len(story.checks)}")
    for check in story.checks:
        outcome = check["outcome"]
        name = f"{check['severity']} FAIL" if outcome == "fail" else outcome
        screen.print(
            f"  {name}  {check['rule_id']}  {check[f'message_{language}']}",
            style="bold" if outcome == "fail" else None,
        )


def _citation(story: Story, spot: _Spot | None) -> str:
    fact, report = story.fact, story.report
    title = (
        f"《{report['title']}》" if report["title"] else f"{fact['year']}年政府信息公开工作年度报告"
    )
    place = f"第{spot.line}行" if spot else f"字符{story.observation['char_start']}"
    published = f"，{report['published_on']}发布" if report["published_on"] else ""
    seen = story.observation
    stated = f"{text(fact['value'])}{fact['unit']}"
    if seen["source"] == "derived":
        stated = f"推算{stated}，由 {seen['quote']} 得出"
    if story.status not in _HAS_A_VALUE:
        stated = f"{seen['value_raw'] or seen['value_status']}（{story.status}）"
    return (
        f"{fact['name_zh']}{title}{published}，{fact['label_zh']}：{stated}"
        f"（{report['source_path']}，{place}，sha256 {report['document_id'][:16]}）"
    )


def _find(settings: Settings, report: Record, seen: Record) -> _Spot | None:
    """Finds the place in the document as read; None where the store holds it no more."""
    document = kept_document(settings, report["document_id"])
    return _spot(document.text, seen["char_start"]) if document else None


def _spot(document: str, offset: int) -> _Spot:
    line = document.count("\n", 0, offset) + 1
    lines = document.split("\n")
    first = max(1, line - _AROUND)
    around = lines[first - 1 : line + _AROUND]
    return _Spot(line, list(enumerate((text.strip() for text in around), first)))
