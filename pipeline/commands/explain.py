"""``gongkai explain``: one number from its cell or sentence to its contradictions."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console

from pipeline.commands.connection import warehouse
from pipeline.commands.fact_history import print_changes
from pipeline.commands.screen import console, on_one_line, text
from pipeline.declared import Bilingual, Declaration, declared
from pipeline.explorer.texts import Translator
from pipeline.settings import Language, Settings
from pipeline.warehouse.history.as_of import publication_of
from pipeline.warehouse.history.earlier_values import Past, changes_of, fact_of
from pipeline.warehouse.queries.lineage import Story, tell
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.queries.stored_document import kept_document
from pipeline.warehouse.records import Record
from pipeline.warehouse.standing_levels import standings

if TYPE_CHECKING:
    import duckdb

_LABEL_WIDTH = 11


class _File(Declaration):
    labels: dict[str, Bilingual]
    texts: dict[str, Bilingual]


class _Words(Translator):
    """Says what the command says; codes are called as in the explorer."""

    def __call__(self, name: str, /, **gaps: object) -> str:
        """Returns a text with its gaps filled."""
        said: str = getattr(_said().texts[name], self.language)
        return said.format(**gaps)

    def labelled(self, name: str, said: object) -> str:
        """Returns a line with its label; what is said begins at one column in each."""
        label: str = getattr(_said().labels[name], self.language)
        return f"{label}{' ' * (_LABEL_WIDTH - cell_len(label))}{said}"


@cache
def _said() -> _File:
    return declared("pipeline.commands", "explain", _File)


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
    settings: Settings,
    agency: str,
    year: int,
    indicator: str,
    language: Language = "zh",
    as_of: datetime | None = None,
) -> None:
    """Prints the story of one number, or what was published of it until a moment.

    Raises:
        Failure: Nothing is known of it, or not of that day.
    """
    if as_of:
        _print_as_of(settings, agency, year, indicator, as_of, language)
        return
    with warehouse(settings, language=language) as connection:
        story = tell(connection, agency, year, indicator)
        published = _published(connection, story)
    screen, words = console(sys.stdout), _Words(language)
    spot = _find(settings, story.report, story.observation)
    _print_fact(screen, story, words)
    _print_place(screen, story, spot, words)
    _print_others(screen, story, words)
    _print_checks(screen, story, words)
    if published is not None:
        screen.print(f"\n{words('published')}")
        print_changes(screen, published, language)
    screen.print(f"\n{words.labelled('cite', _citation(story, spot))}")


def _print_as_of(
    settings: Settings, agency: str, year: int, indicator: str, moment: datetime, language: Language
) -> None:
    with warehouse(settings, moment, language) as connection:
        fact = fact_of(connection, agency, year, indicator)
        found = changes_of(connection, agency, year, indicator)
        publication = publication_of(connection)
    screen, words = console(sys.stdout), _Words(language)
    _print_heading(screen, fact, words)
    screen.print(f"{text(fact['value'])} {fact['unit']}", style="bold")
    then = words("moment", moment=f"{moment:%Y-%m-%d %H:%M}", publication=publication)
    screen.print(f"\n{words.labelled('as_of', then)}")
    screen.print(words.labelled("indicator", fact["indicator_id"]))
    scope = words.name("scope", fact["scope"])
    form = words("form_then", form=fact["template"], scope=scope, standing=fact["standing"])
    screen.print(words.labelled("form", form))
    screen.print(words.labelled("claim", fact["claim_id"]))
    screen.print(words.labelled("read_from", f"{fact['source']}, {fact['source_path']}"))
    screen.print(f"\n{words('published_until')}")
    print_changes(screen, found, language)
    screen.print(f"\n{words('today_alone')}")


def _print_heading(screen: Console, fact: Record, words: _Words) -> None:
    screen.print(f"{fact['name_zh']} · {fact['year']} · {words.column(fact, 'label')}")


def _published(connection: "duckdb.DuckDBPyConnection", story: Story) -> Past | None:
    """What was published of the number so far, None where it never was a fact."""
    fact = story.fact
    try:
        return changes_of(connection, fact["agency_id"], fact["year"], fact["indicator_id"])
    except NotFoundError:
        return None


def _print_fact(screen: Console, story: Story, words: _Words) -> None:
    fact, report = story.fact, story.report
    _print_heading(screen, fact, words)
    if story.status in _HAS_A_VALUE:
        screen.print(f"{text(fact['value'])} {fact['unit']}", style="bold")
    else:
        screen.print(words("no_fact", why=_no_fact(story, words)), style="bold")
    screen.print(f"\n{words.labelled('indicator', fact['indicator_id'])}")
    scope = words.name("scope", report["scope"])
    form = words("form_of", form=report["template"], kind=report["doc_type"], scope=scope)
    screen.print(words.labelled("form", form))
    if "claim_id" in fact:
        screen.print(words.labelled("claim", fact["claim_id"]))
    exactness = "" if fact["qualifier"] == "exact" else f", {fact['qualifier']}"
    screen.print(words.labelled("read_from", f"{story.observation['source']}{exactness}"))
    if not report["is_current"]:
        superseded = words("superseded", report=report["superseded_by"])
        screen.print(words.labelled("report", superseded))


def _no_fact(story: Story, words: _Words) -> str:
    """Why there is none. A sentence may tell what the tables leave out, and not plainly enough."""
    if story.fact["candidates"]:
        return words("may_be", status=story.status, candidates=", ".join(story.fact["candidates"]))
    if story.observation["source"] == "narrative":
        return words("told_in_doubt", status=story.status)
    return story.status


def _print_place(screen: Console, story: Story, spot: _Spot | None, words: _Words) -> None:
    seen, report = story.observation, story.report
    screen.print(words.labelled("label", seen["section_path"]))
    screen.print(words.labelled("printed", _printed(seen, words)))
    if story.ways:
        told = (words("way", id=one["id"], title=words.column(one, "title")) for one in story.ways)
        screen.print(words.labelled("told_by", ", ".join(told)))
    for one in story.decisions:
        decided = words(
            "decided_by",
            id=one["decision_id"],
            kind=one["kind"],
            reviewer=one["reviewer"],
            day=one["decided_on"],
            reason=one["reason"],
        )
        screen.print(words.labelled("decided", decided))
    screen.print(words.labelled("row", on_one_line(seen["quote"])))
    screen.print(words.labelled("place", ", ".join(_place(seen, spot, words))))
    screen.print(words.labelled("file", report["source_path"]))
    screen.print(words.labelled("sha256", report["document_id"]))
    if spot is None:
        screen.print(f"  {words('not_kept')}")
        return
    for number, line in spot.lines:
        mark = "▸" if number == spot.line else " "
        screen.print(f"  {mark} {number:>5}  {line[:_LINE_WIDTH]}")


def _printed(seen: Record, words: _Words) -> str:
    """What stands in the document, and nothing that does not."""
    if seen["source"] == "derived":
        return words("derived", quote=seen["quote"])
    return f"{seen['value_raw']} {seen['unit_raw'] or ''}".strip()


def _place(seen: Record, spot: _Spot | None, words: _Words) -> Iterator[str]:
    if spot is not None:
        yield words("line", n=spot.line)
    for name in ("page", "table_no", "row_no", "col_no"):
        if seen[name] is not None:
            yield words(name, n=seen[name])
    yield words("characters", first=seen["char_start"], last=seen["char_end"])


def _print_others(screen: Console, story: Story, words: _Words) -> None:
    screen.print(f"\n{words('others', n=len(story.others))}")
    for seen in story.others:
        quote = on_one_line(seen["quote"])[:_LINE_WIDTH]
        earlier = "" if seen["is_current"] else words("earlier", file=seen["source_path"])
        value = text(seen["value"]) or seen["value_status"]
        screen.print(f"  {value}  {seen['source']}{earlier}: {quote}")


def _print_checks(screen: Console, story: Story, words: _Words) -> None:
    screen.print(f"\n{words('checks', n=len(story.checks))}")
    for check in story.checks:
        outcome = check["outcome"]
        name = f"{check['severity']} FAIL" if outcome == "fail" else outcome
        screen.print(
            f"  {name}  {check['rule_id']}  {words.column(check, 'message')}",
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
    if story.status in _HAS_A_VALUE:
        stated += f"（{_worth(fact)}）"
    else:
        stated = f"{seen['value_raw'] or seen['value_status']}（{story.status}）"
    return (
        f"{fact['name_zh']}{title}{published}，{fact['label_zh']}：{stated}"
        f"（{report['source_path']}，{place}，sha256 {report['document_id'][:16]}）"
    )


def _worth(fact: Record) -> str:
    """Whose number it is, and that it is in doubt where it is; a citation is in Chinese."""
    whose = _Words("zh").name("scope", fact["scope"])
    best, degree = next(iter(standings())), fact["standing"]
    return whose if degree == best else f"{whose}，{standings()[degree].zh}"


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
