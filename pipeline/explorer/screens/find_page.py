"""One search for agencies, measures, rules and documents."""

from collections.abc import Iterable

from rapidfuzz import process

from pipeline.explorer.context import Context
from pipeline.explorer.measures import Measure, measures
from pipeline.explorer.rendering import PageContent, marked, number, percent
from pipeline.explorer.screens.agency_page import FOUND
from pipeline.forms.rules import Rule, rules
from pipeline.warehouse.queries.name_lookup import NAMES
from pipeline.warehouse.queries.number_lookup import numbers, rates
from pipeline.warehouse.queries.question import bare, is_opposite, read
from pipeline.warehouse.records import Record

_SHOWN = 12
_NEAR = 60


def find_page(context: Context) -> PageContent:
    """Returns what the words of the address may mean."""
    say, words = context.say, context.stated("q")
    agencies = _agencies(context, words)
    fitting, among = _asked(context, words)
    found = {
        "numbers": [] if fitting else [*_numbers(context, words), *_rates(context, words)],
        "agencies": [(one["name_zh"], context.link("agency", id=one["agency_id"]),
                      _where(context, one)) for one in agencies],
        "measures": [(one.label, context.link("compare", **one.choice(), **among), one.group)
                     for one in fitting],
        "rules": [(say.column(one.model_dump(), "title"), context.link("quality", rule=one.rule_id),
                   one.rule_id) for one in _rules(context, words)],
        "documents": [(one["title"] or one["source_path"],
                       context.link("evidence", report=one["report_id"]),
                       f"{one['agency_stated'] or ''} {one['year'] or ''} {one['source_path']}")
                      for one in _documents(context, words)],
    }  # fmt: skip
    near = [] if any(found.values()) else _near(context, words)
    shown = {"found": found, "words": words, "near": near}
    return PageContent(
        "find.html", say("find.title", words=words) if words else say("find.go"), shown
    )


def suggestions(context: Context) -> list[str]:
    """Returns names that go on from what has been typed so far."""
    words = context.stated("q")
    names = [str(one["name_zh"]) for one in _agencies(context, words)[:8]]
    return [*names, *(one.label for one in _asked(context, words)[0][:4])]


def _agencies(context: Context, words: str) -> list[Record]:
    return context.rows(FOUND, ids=context.agencies_called(words)[:_SHOWN]) if words else []


def _numbers(context: Context, words: str) -> list[tuple[str, str | None, str]]:
    """Numbers that are asked for by an agency and what is counted."""
    say = context.say
    with context.opened.connection.cursor() as cursor:
        found = numbers(cursor, words, context.agencies(), say.language, _SHOWN) if words else []
    return [
        (
            f"{one.name} {one.year} {one.label}",
            context.evidence(one.agency_id, one.year, one.indicator_id),
            f"{number(one.value)} {say.name('unit', one.unit)} "
            f"{marked({'standing': one.standing}, say)['sign']}",
        )
        for one in found
    ]


def _rates(context: Context, words: str) -> list[tuple[str, str | None, str]]:
    """Rates that the words ask for, each with its agency, numerator and denominator."""
    say = context.say
    with context.opened.connection.cursor() as cursor:
        found = rates(cursor, words, context.agencies(), say.language, _SHOWN) if words else []
    return [
        (
            f"{one.name} {one.year} {one.label}",
            context.link("agency", id=one.agency_id),
            f"{percent(one.rate)} ({number(one.numerator)} / {number(one.denominator)}) "
            f"{marked({'standing': one.standing}, say)['sign']}",
        )
        for one in found
    ]


def _asked(context: Context, words: str) -> tuple[list[Measure], Record]:
    """Measures that words name, and of whom and when: 2022年收到申请 as well as 收到申请."""
    if fitting := _measures(context, words):
        return fitting, {}
    asked = read(words)
    if not (asked.is_share or asked.is_ranking or asked.year):
        return [], {}
    fitting = [one for one in _measures(context, asked.what) if one.is_rate or not asked.is_share]
    return fitting, {**asked.among}


def _where(context: Context, row: Record) -> str:
    say = context.say
    province = say.name("province", row["province"]) if row["province"] else ""
    return " · ".join(one for one in (province, say.name("level", row["level"])) if one)


def _measures(context: Context, words: str) -> list[Measure]:
    typed = words.lower().split()
    fitting = [
        one
        for one in measures(context).values()
        if typed and all(word in _searchable(one) for word in typed)
    ]
    return sorted(
        fitting, key=lambda one: (bare(one.label) != words, not one.is_rate, len(one.label))
    )[:_SHOWN]


def _searchable(one: Measure) -> str:
    described = one.described
    others = (described.get(name) or "" for name in ("label_zh", "label_en", "path_zh"))
    return " ".join([one.label, one.id, *others]).lower()


def _rules(context: Context, words: str) -> Iterable[Rule]:
    typed = words.lower()
    return [
        one
        for one in rules().values()
        if typed
        and (
            one.rule_id.lower().startswith(typed)
            or typed in context.say.column(one.model_dump(), "title").lower()
        )
    ][:_SHOWN]


def _documents(context: Context, words: str) -> list[Record]:
    return context.rows(_DOCUMENTS, words=words, shown=_SHOWN) if words else []


def _near(context: Context, words: str) -> list[tuple[str, str | None]]:
    """Returns names that are spelled much like the words."""
    agencies = {
        row["name_zh"]: context.link("agency", id=row["agency_id"]) for row in context.rows(NAMES)
    }
    known = {
        one.label: context.link("compare", **one.choice())
        for one in measures(context).values()
        if not is_opposite(words, one.label)
    }
    both = {**known, **agencies}
    found = process.extract(words, list(both), limit=5, score_cutoff=_NEAR)
    return [(name, both[name]) for name, _, _ in found]


_DOCUMENTS = """
SELECT report_id, title, agency_stated, year, source_path FROM dim_report
WHERE contains(title, $words) OR contains(source_path, $words)
    OR starts_with(document_id, lower($words))
ORDER BY is_current DESC, year DESC NULLS LAST, source_path LIMIT $shown
"""
