"""One agency: its years, trends, requests, contradictions, kin, and documents."""

from collections.abc import Sequence
from itertools import groupby

from pipeline.explorer import address
from pipeline.explorer.context import Explorer
from pipeline.explorer.contradiction import card
from pipeline.explorer.downloads import offer_rows
from pipeline.explorer.elements import (
    Column,
    agency_link,
    cards,
    empty,
    number,
    pairs,
    table,
    value_link,
)
from pipeline.explorer.markup import Content, Node, el, link, show
from pipeline.explorer.screens.requests import requests
from pipeline.explorer.screens.trends import trends
from pipeline.warehouse.lineage import NotFoundError, Record
from pipeline.warehouse.pages.agency_profile import Portrait

_MATCHES = 50
_CARDS = 5


def agency(explorer: Explorer) -> None:
    """Shows the page."""
    say = explorer.say
    wanted = address.stated("id")
    if wanted is None:
        _finder(explorer)
        return
    try:
        portrait = explorer.portrait(wanted)
    except NotFoundError:
        show(empty(say("agency.not_found", name=wanted), say("agency.not_found_remedy")))
        _finder(explorer)
        return
    _head(explorer, portrait)
    _years(explorer, wanted, portrait.years)
    _main_numbers(explorer, portrait.numbers)
    trends(explorer, wanted, portrait.series)
    requests(explorer, portrait)
    _contradictions(explorer, wanted, portrait.contradictions)
    _documents(explorer, portrait.reports)
    _all_numbers(explorer, wanted, [row["year"] for row in portrait.years if row["facts"]])


def _finder(explorer: Explorer) -> None:
    say = explorer.say
    show(el("h1", say("agency.title")), el("p", say("agency.lead"), class_="note"))
    name = address.write("name", say("overview.find"), placeholder=say("overview.find_example"))
    if name:
        found = explorer.rows(_FOUND, ids=explorer.agencies_called(name)[:_MATCHES])
    else:
        found = explorer.rows(_FIRST, shown=_MATCHES)
    if not found:
        show(empty(say("agency.not_found", name=name), say("agency.not_found_remedy")))
        return
    show(
        table(
            say("agency.matches", shown=len(found)),
            [
                Column(say("column.agency")),
                Column(say("column.province")),
                Column(say("by.level")),
                Column(say("overview.reports"), True),
            ],
            [
                [
                    agency_link(explorer, row),
                    row["province"] or "—",
                    say.name("level", row["level"]),
                    number(row["reports"]),
                ]
                for row in found
            ],
        )
    )


def _head(explorer: Explorer, portrait: Portrait) -> None:
    say = explorer.say
    described = portrait.agency
    peers = explorer.address(
        "compare",
        level=described["level"],
        function=described["function"],
    )
    told: list[tuple[str, Content]] = [
        (say("column.id"), el("code", described["agency_id"])),
        (
            say("agency.place"),
            " · ".join(
                one
                for one in (
                    described["province"],
                    described["region_name"],
                    say.name("level", described["level"]),
                    say.name("function", described["function"]),
                )
                if one
            ),
        ),
        (say("agency.peers"), link(say("agency.compare"), peers)),
    ]
    if portrait.aliases:
        told.append((say("agency.aliases"), "、".join(portrait.aliases)))
    for is_later, title in ((False, "agency.before"), (True, "agency.after")):
        steps = [_step(explorer, row) for row in portrait.kin if row["is_later"] is is_later]
        if steps:
            told.append((say(title), el("ul", [el("li", step) for step in steps])))
    show(
        el("p", link(say("agency.another"), explorer.address("agency")), class_="note"),
        el("h1", described["name_zh"]),
        pairs(told),
    )


def _step(explorer: Explorer, row: Record) -> Content:
    where = explorer.address("agency", id=row["other_id"])
    name = row["name_zh"] or row["other_id"]
    told = f"（{row['year']}，{explorer.say.name('relation', row['relation'])}）"
    return [link(name, where) if row["is_known"] else name, told]


def _years(explorer: Explorer, key: str, years: Sequence[Record]) -> None:
    say = explorer.say
    failing = explorer.address("quality", agency=key)
    show(
        table(
            say("agency.years"),
            [
                Column(say("column.year")),
                Column(say("column.status")),
                Column(say("column.form")),
                Column(say("overview.facts"), True),
                Column(say("overview.failing"), True),
            ],
            [
                [
                    str(row["year"]),
                    say.name("status", row["status"]),
                    row["template"] or "—",
                    number(row["facts"]),
                    link(number(row["checks_failed"]), failing)
                    if row["checks_failed"]
                    else number(row["checks_failed"]),
                ]
                for row in reversed(years)
            ],
        )
    )


def _main_numbers(explorer: Explorer, rows: Sequence[Record]) -> None:
    """The numbers most asked for, year by year, each a link to its source."""
    say = explorer.say
    if not rows:
        show(empty(say("agency.no_facts"), say("agency.no_facts_remedy")))
        return
    years = sorted({row["year"] for row in rows}, reverse=True)
    lines: list[list[Content]] = []
    for _, group in groupby(rows, key=lambda row: row["indicator_id"]):
        line = list(group)
        values = {row["year"]: _main_number(explorer, row) for row in line}
        name = f"{say.column(line[0], 'label')} ({line[0]['unit']})"
        lines.append([el("span", name, class_="what"), *(values.get(year, "—") for year in years)])
    show(
        el("h2", say("agency.numbers")),
        table(
            say("agency.numbers_note"),
            [Column(say("column.indicator")), *(Column(str(year), True) for year in years)],
            lines,
        ),
    )


def _main_number(explorer: Explorer, row: Record) -> Content:
    if row["value"] is not None:
        return value_link(explorer, row)
    where = explorer.evidence(row["agency_id"], row["year"], row["indicator_id"])
    return link(explorer.say("correction.applied"), where)


def _contradictions(explorer: Explorer, key: str, rows: Sequence[Record]) -> None:
    say = explorer.say
    show(el("h2", say("agency.contradictions", n=len(rows))))
    if not rows:
        show(empty(say("agency.no_contradictions"), say("quality.no_contradictions_remedy")))
        return
    show([card(explorer, row) for row in rows[:_CARDS]])
    if len(rows) > _CARDS:
        show(link(say("agency.all_contradictions"), explorer.address("quality", agency=key)))


def _documents(explorer: Explorer, rows: Sequence[Record]) -> None:
    say = explorer.say
    show(
        el("h2", say("agency.documents")),
        cards(
            say("agency.documents_note"),
            [
                Column(say("column.year")),
                Column(say("column.title")),
                Column(say("column.form")),
                Column(say("column.published")),
                Column(say("column.file")),
            ],
            [
                [
                    str(row["year"] or "—"),
                    [
                        link(
                            row["title"] or say("name.untitled"),
                            explorer.address("evidence", report=row["report_id"]),
                        ),
                        "" if row["is_current"] else say("agency.superseded"),
                    ],
                    f"{row['template']} · {say.name('doc_type', row['doc_type'])}",
                    el("time", str(row["published_on"] or "—")),
                    row["source_path"],
                ]
                for row in rows
            ],
        ),
    )


def _all_numbers(explorer: Explorer, key: str, years: Sequence[int]) -> None:
    if not years:
        return
    say = explorer.say
    show(el("h2", say("agency.all_numbers")))
    year = address.choose(
        "year",
        say("column.year"),
        ["", *map(str, sorted(years, reverse=True))],
        show=lambda one: one or say("agency.choose_year"),
    )
    if year:
        show(_numbers_of(explorer, key, int(year)))
    show(el("p", say("agency.all_numbers_note"), class_="note"))
    offer_rows(explorer, key, lambda: explorer.rows(_EVERYTHING, agency=key))


def _numbers_of(explorer: Explorer, key: str, year: int) -> Node:
    say = explorer.say
    rows = explorer.rows(_FACTS, agency=key, year=year)
    return table(
        say("agency.all_in", n=len(rows), year=year),
        [
            Column(say("column.indicator")),
            Column(say("column.value"), True),
            Column(say("column.unit")),
            Column(say("column.source")),
        ],
        [
            [
                say.column(row, "label"),
                value_link(explorer, row),
                row["unit"],
                say.name("source", row["source"]),
            ]
            for row in rows
        ],
    )


_LISTED = """
SELECT a.agency_id, a.name_zh, a.province, a.level,
    (SELECT count(*) FROM dim_report AS r WHERE r.agency_id = a.agency_id) AS reports
FROM dim_agency AS a
"""

_FIRST = f"{_LISTED} ORDER BY length(a.name_zh), a.name_zh, a.agency_id LIMIT $shown"

_FOUND = f"""
{_LISTED} WHERE list_contains($ids, a.agency_id) ORDER BY list_position($ids, a.agency_id)
"""

_FACTS = """
SELECT f.agency_id, f.year, f.indicator_id, i.label_zh, i.label_en, f.value, f.unit, f.source,
    f.standing
FROM fact_indicator AS f JOIN dim_indicator AS i USING (indicator_id)
WHERE f.agency_id = $agency AND f.year = $year
ORDER BY i.breakdown IS NOT NULL, f.indicator_id
"""

_EVERYTHING = """
FROM facts WHERE agency_id = $agency ORDER BY year, indicator_id
"""
