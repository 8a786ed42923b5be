"""Turns what a page shows into HTML: the templates, and what they may call.

Every text is escaped by the template engine; nothing is ever marked as safe by hand but what
a template of this package made itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.explorer.context import Context
from pipeline.explorer.plots import Plot, spark
from pipeline.explorer.texts import Translator
from pipeline.forms.rules import rules
from pipeline.model.report import NOT_PLACED
from pipeline.warehouse.records import Record
from pipeline.warehouse.standing_levels import Standing, standings

SET_ASIDE, DOUBTED = "▲", "△"
"""Stand beside a number that takes no part in ranks, and beside one that does and is doubtful."""

PAGE = 50
"""Rows of a table shown at once."""

_FONTS = "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Zen Hei, sans-serif"
_COLOUR = re.compile(r"--([\w-]+): ([^;]+);")
_PLACING = re.compile(rf"{NOT_PLACED} \((\w+)\)")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page shows.

    Attributes:
        template: The template that lays it out.
        title: What the page is called in the browser and to a screen reader.
        shown: What the template needs beside the context.
        name: The page of the navigation it belongs to.
        status: Of the answer.
        rows: What can be taken away from it as CSV and XLSX, with the name of the file.
        picture: A chart that can be taken away, as ``plots`` draws it.
        notes: Lines that go with what is taken away.
        unfit: Names of the address whose words fit nothing it could show.
    """

    template: str
    title: str
    shown: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    status: int = 200
    rows: Sequence[Record] = ()
    picture: Plot | None = None
    notes: Sequence[str] = ()
    unfit: Sequence[str] = ()


def html(context: Context, page: PageContent, **around: object) -> str:
    """Returns a page as HTML."""
    given = {
        "context": context,
        "say": context.say,
        "link": context.link,
        "same": context.same,
        "page": page,
        "layout": "frame.html",
        "publication": context.opened.key,
        "ignored": [f"{name}={context.stated(name)}" for name in _unfit(context, page)],
        **page.shown,
        **around,
    }
    return environment().get_template(page.template).render(given)


def _unfit(context: Context, page: PageContent) -> list[str]:
    """Names of the address that a page cannot go by: it would show something else in silence."""
    years = [name for name in ("year", "since") if context.stated(name) and not context.year(name)]
    return list(dict.fromkeys([*years, *page.unfit]))


@cache
def environment() -> Environment:
    """Returns the templates with what they may call."""
    made = Environment(
        loader=PackageLoader("pipeline.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number,
        "percent": percent,
        "day": day,
        "moment": moment,
    }
    made.globals |= {
        "SET_ASIDE": SET_ASIDE,
        "DOUBTED": DOUBTED,
        "PAGE": PAGE,
        "doubt_of": doubt_of,
        "sign_of": sign_of,
        "placing": placing,
        "rule_of": rules().get,
        "spark": spark,
    }
    return made


@cache
def style() -> str:
    """Returns the style of every page."""
    return static("explorer.css") + static("plots.css")


@cache
def _picture_style() -> str:
    """Returns the style of a picture that stands alone: its colours are written out."""
    colours = dict(_COLOUR.findall(static("explorer.css").partition("@media")[0]))
    written = _VARIABLE.sub(lambda found: colours[found[1]], static("plots.css"))
    return f"{written} text {{ font-family: {_FONTS}; }}"


def picture(plot: Plot, notes: Sequence[str]) -> str:
    """Returns a chart as an SVG file with its title and notes."""
    template = environment().get_template("picture.svg")
    return template.render(plot=plot, notes=notes, picture_style=_picture_style())


@cache
def static(name: str) -> str:
    """Returns a file that goes to the browser as it is."""
    return (files("pipeline.explorer") / "static" / name).read_text("utf-8")


def number(value: Decimal | float | int | None) -> str:
    """Returns a number with thousands apart and no idle zeros; a gap as a dash."""
    if value is None:
        return "—"
    text = f"{Decimal(str(value)):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def percent(share: float | Decimal | None, digits: int = 1) -> str:
    """Returns a share in percent; a gap as a dash, and what is not quite nothing as such."""
    if share is None:
        return "—"
    shown = round(100 * float(share), digits)
    least = 10.0**-digits
    return f"<{number(least)}%" if not shown and share > 0 else f"{number(shown)}%"


def day(value: object) -> str:
    """Returns a date; a gap as a dash."""
    return "—" if value is None else str(value)[:10]


def moment(value: datetime | None) -> str:
    """Returns a time of the warehouse, which is UTC, as clocks in Beijing show it."""
    return (
        "—" if value is None else f"{value.replace(tzinfo=UTC).astimezone(_BEIJING):%Y-%m-%d %H:%M}"
    )


def doubt_of(row: Record, say: Translator) -> str:
    """Returns why a number must not be relied on; nothing where it may be."""
    standing = row.get("standing")
    if standing is None or standing == next(iter(standings())):
        return ""
    declared = standings()[standing]
    reasons = say("place.separator").join(_reasons(row, declared, say))
    if say.language == "zh":
        return f"{declared.zh}：{reasons or declared.meaning_zh}"
    return f"{declared.en}: {reasons or declared.meaning_en}"


def _reasons(row: Record, declared: Standing, say: Translator) -> Iterator[str]:
    """Yields the conditions of a standing that a row meets, as far as its columns tell."""
    errors, warnings = row.get("errors_failing") or 0, row.get("warnings_failing") or 0
    confidence = row.get("confidence")
    if declared.errors_from and errors >= declared.errors_from:
        yield say("doubt.errors", n=number(errors))
    if declared.confidence_below and confidence and confidence < declared.confidence_below:
        yield say("doubt.confidence", n=number(round(confidence, 2)))
    if declared.rules_failing and warnings:
        yield say("doubt.warnings", n=number(warnings))


def worth(row: Record) -> str:
    """Returns whose number a fact is and what is doubted of it, as a citation says so."""
    say = Translator("zh")
    return "，".join(filter(None, (say.name("scope", row["scope"]), doubt_of(row, say))))


def sign_of(row: Record) -> str:
    """Returns what stands beside a number that must not be relied on."""
    return SET_ASIDE if is_set_aside(row) else DOUBTED


def marked(row: Record, say: Translator) -> Record:
    """Returns a number with what a chart has to know of its worth."""
    doubt = doubt_of(row, say)
    sign = sign_of(row) if doubt else ""
    return {**row, "doubt": doubt, "sign": sign, "is_aside": sign == SET_ASIDE}


def placing(notice: str | None, say: Translator) -> str:
    """Returns in words why no agency was recognised, from the notice of the reading."""
    found = _PLACING.search(notice or "")
    return say.name("placing", found[1]) if found else ""


def is_set_aside(row: Record) -> bool:
    """Whether a number takes no part in ranks, since its report contradicts it."""
    return standings()[row["standing"]].is_set_aside


def is_sure(row: Record) -> bool:
    """Whether nothing speaks against a number."""
    return bool(row["standing"] == next(iter(standings())))
