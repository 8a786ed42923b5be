"""One indicator in one year over a group of agencies: ranked, spread out, against another."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import streamlit as st

from pipeline.explorer import address, charts
from pipeline.explorer.context import Explorer
from pipeline.explorer.downloads import offer_chart, offer_rows
from pipeline.explorer.elements import (
    MARK,
    PAGE,
    Column,
    agency_link,
    alert,
    draw,
    empty,
    figures,
    first_row,
    number,
    pairs,
    steps,
    table,
    value_link,
)
from pipeline.explorer.markup import Node, el, show
from pipeline.warehouse.lineage import Record
from pipeline.warehouse.standing import standings

_BARS = 30
_LEAST_SPREAD = 5
_CHOOSABLE = 3_000
_ANY = ""
_USUAL = "requests.received"


def compare(explorer: Explorer) -> None:
    """Shows the page."""
    say = explorer.say
    show(el("h1", say("compare.title")), el("p", say("compare.lead"), class_="note"))
    reported = explorer.rows(_INDICATORS)
    if not reported:
        show(empty(say("compare.no_facts"), say("overview.never_remedy")))
        return
    indicator, other, year, group = _choice(explorer, reported)
    rows = explorer.rows(_ROWS, indicator=indicator["indicator_id"], year=year, **group)
    show(_definition(explorer, indicator, rows))
    if not rows:
        _nothing(explorer, indicator, year)
        return
    rows = _one_unit(explorer, rows)
    _picture(explorer, indicator, year, rows)
    if other is not None:
        _against(explorer, indicator, other, year, rows)
    _table(explorer, rows)
    offer_rows(explorer, f"{indicator['indicator_id']}_{year}", lambda: rows)


def _choice(
    explorer: Explorer, reported: Sequence[Record]
) -> tuple[Record, Record | None, int, Record]:
    """Returns the indicator, the one to set against it, the year and the group."""
    say = explorer.say
    usual = next((n for n, one in enumerate(reported) if one["indicator_id"] == _USUAL), 0)
    first, second, third = st.columns([3, 1, 3])
    with first:
        indicator = address.choose(
            "indicator",
            say("compare.indicator"),
            reported,
            show=lambda one: _name(explorer, one),
            code=lambda one: str(one["indicator_id"]),
            default=usual,
        )
    with second:
        year = address.choose("year", say("column.year"), indicator["years"])
    with third:
        other = address.choose(
            "against",
            say("compare.against"),
            [None, *reported],
            show=lambda one: _name(explorer, one) if one else say("compare.no_other"),
            code=lambda one: str(one["indicator_id"]) if one else _ANY,
        )
    return indicator, other, int(year), _group(explorer)


def _group(explorer: Explorer) -> Record:
    say = explorer.say
    columns = st.columns(3)
    found: Record = {}
    for column, name in zip(columns, ("level", "function", "province"), strict=True):
        with column:
            codes = [row["code"] for row in explorer.rows(_CODES.format(column=name))]
            found[name] = address.choose(
                name,
                say(f"by.{name}"),
                [_ANY, *codes],
                show=partial(_code_name, explorer, name),
            )
    agencies = explorer.rows(_AGENCIES, most=_CHOOSABLE + 1, **found)
    if len(agencies) > _CHOOSABLE:
        show(el("p", say("compare.too_many", n=_CHOOSABLE), class_="note"))
        agencies = [row for row in agencies if row["agency_id"] in _named()]
    chosen = address.choose_any(
        "agencies",
        say("compare.agencies"),
        agencies,
        show=lambda one: str(one["name_zh"]),
        code=lambda one: str(one["agency_id"]),
        placeholder=say("compare.all"),
    )
    return {**found, "agencies": [one["agency_id"] for one in chosen]}


def _code_name(explorer: Explorer, name: str, code: str) -> str:
    return explorer.say.name(name, code) if code else explorer.say("compare.all")


def _named() -> list[str]:
    return st.query_params.get_all("agencies")


def _name(explorer: Explorer, indicator: Record) -> str:
    return f"{explorer.say.column(indicator, 'label')} · {indicator['indicator_id']}"


def _definition(explorer: Explorer, indicator: Record, rows: Sequence[Record]) -> Node:
    """What the number means, in which unit, and where its series breaks."""
    say = explorer.say
    forms = Counter(str(row["template"]) for row in rows)
    notes = explorer.rows(_BREAKS, indicator=indicator["indicator_id"])
    return el(
        "details",
        el("summary", say("compare.definition", label=say.column(indicator, "label"))),
        pairs(
            [
                (say("column.unit"), str(indicator["unit"])),
                (say("compare.heading"), str(indicator["path_zh"])),
                (say("compare.forms"), ", ".join(indicator["templates"])),
                *(
                    [(say("compare.note"), indicator["description"])]
                    * bool(indicator["description"])
                ),
                (
                    say("compare.forms_here"),
                    ", ".join(f"{form}: {number(n)}" for form, n in sorted(forms.items())) or "—",
                ),
                *(
                    (say("compare.break", form=note["template"]), say.column(note, "note"))
                    for note in notes
                ),
            ]
        ),
        el("p", say("compare.total"), class_="note") if indicator["is_total"] else None,
    )


def _nothing(explorer: Explorer, indicator: Record, year: int) -> None:
    say = explorer.say
    show(
        empty(
            say("compare.none", label=say.column(indicator, "label"), year=year),
            say("compare.none_remedy", years=", ".join(str(one) for one in indicator["years"])),
        )
    )


def _one_unit(explorer: Explorer, rows: Sequence[Record]) -> list[Record]:
    """Keeps the rows of the commonest unit; 条 and 件 cannot be compared."""
    units = Counter(row["unit"] for row in rows)
    unit, kept = units.most_common(1)[0]
    if len(units) > 1:
        show(alert(explorer.say("compare.units", unit=unit, left_out=len(rows) - kept)))
    return ranked([row for row in rows if row["unit"] == unit])


def ranked(rows: Sequence[Record]) -> list[Record]:
    """Returns rows, the largest value first, with rank and percentile among them.

    Equal values share a rank; the percentile is the share of the others with a smaller
    value, as in the view ``agency_comparison``, and None below five. What is disputed comes
    last, without either.
    """
    aside = [
        {**row, "rank": None, "percentile": None}
        for row in sorted(rows, key=lambda row: str(row["name_zh"]))
        if is_set_aside(row)
    ]
    rows = [row for row in rows if not is_set_aside(row)]
    ordered = sorted(rows, key=lambda row: (-row["value"], row["name_zh"]))
    values = [row["value"] for row in ordered]
    smaller = {value: len(values) - place for place, value in enumerate(values, 1)}
    ranks = {value: place for place, value in reversed(list(enumerate(values, 1)))}
    return [
        {**row, "rank": ranks[row["value"]], "percentile": _percentile(smaller, row, len(rows))}
        for row in ordered
    ] + aside


def is_set_aside(row: Record) -> bool:
    """Whether a number takes no part in ranks, since its report contradicts it."""
    return standings()[row["standing"]].is_set_aside


def _percentile(smaller: dict[Decimal, int], row: Record, n: int) -> float | None:
    return round(100 * smaller[row["value"]] / (n - 1), 1) if n >= 5 else None


def _picture(explorer: Explorer, indicator: Record, year: int, rows: Sequence[Record]) -> None:
    say = explorer.say
    label, unit = say.column(indicator, "label"), rows[0]["unit"]
    aside = sum(map(is_set_aside, rows))
    if aside:
        show(alert(say("compare.set_aside", n=aside, mark=MARK)))
    if aside == len(rows):
        return
    rows = rows[: len(rows) - aside]
    values = [row["value"] for row in rows]
    middle = len(values) // 2
    median = values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
    show(
        figures(
            [
                (say("compare.n"), number(len(rows))),
                (say("compare.median"), [number(median), " ", el("small", unit)]),
                (say("compare.highest"), value_link(explorer, rows[0])),
                (say("compare.lowest"), value_link(explorer, rows[-1])),
            ]
        )
    )
    left, right = st.columns([3, 2])
    with left:
        title = say("compare.bars", label=label, year=year, unit=unit)
        bars = charts.bars(rows[:_BARS], say, title)
        if len(rows) > _BARS:
            show(el("p", say("compare.first", shown=_BARS, n=number(len(rows))), class_="note"))
        draw(bars, title)
        offer_chart(explorer, f"{indicator['indicator_id']}_{year}", bars)
    if len(rows) < _LEAST_SPREAD:
        return
    with right:
        title = say("compare.spread", label=label, year=year, unit=unit)
        spread = charts.spread(rows, say, title)
        draw(spread, title)


def _against(
    explorer: Explorer, indicator: Record, other: Record, year: int, rows: Sequence[Record]
) -> None:
    say = explorer.say
    agencies = [row["agency_id"] for row in rows]
    facts = explorer.rows(_OTHER, indicator=other["indicator_id"], year=year)
    values = {row["agency_id"]: row["value"] for row in facts}
    both = [
        {**row, "other": values[a]} for a, row in zip(agencies, rows, strict=True) if a in values
    ]
    x, y = say.column(indicator, "label"), say.column(other, "label")
    show(el("h2", say("compare.two", x=x, y=y)))
    if not both:
        show(empty(say("compare.no_pairs"), say("compare.no_pairs_remedy")))
        return
    show(el("p", say("compare.pairs", n=number(len(both))), class_="note"))
    chart = charts.scatter(both, say, f"{x} ({rows[0]['unit']})", f"{y} ({other['unit']})")
    draw(chart, say("compare.two", x=x, y=y))
    offer_chart(explorer, f"{indicator['indicator_id']}_{other['indicator_id']}_{year}", chart)


def _table(explorer: Explorer, rows: Sequence[Record]) -> None:
    say = explorer.say
    first = first_row()
    choice = {name: st.query_params.get_all(name) for name in st.query_params if name != "lang"}
    choice.pop("from", None)
    show(
        el("h2", say("compare.rows")),
        steps(explorer, "compare", len(rows), choice),
        table(
            say("compare.rows_note"),
            [
                Column(say("column.agency")),
                Column(say("column.rank"), True),
                Column(say("column.value"), True),
                Column(say("column.percentile"), True),
                Column(say("column.province")),
                Column(say("column.source")),
            ],
            [
                [
                    agency_link(explorer, row),
                    number(row["rank"]),
                    value_link(explorer, row),
                    number(row["percentile"]),
                    row["province"] or "—",
                    say.name("source", row["source"]),
                ]
                for row in rows[first : first + PAGE]
            ],
        ),
    )


_INDICATORS = """
SELECT i.indicator_id, i.label_zh, i.label_en, i.unit, i.path_zh, i.templates, i.is_total,
    i.description, f.years
FROM dim_indicator AS i JOIN (
    SELECT indicator_id, list(DISTINCT year ORDER BY year DESC) AS years
    FROM fact_indicator GROUP BY indicator_id
) AS f USING (indicator_id)
ORDER BY i.breakdown IS NOT NULL, i.indicator_id
"""

_CODES = """
SELECT {column} AS code, count(*) AS n FROM dim_agency
WHERE {column} IS NOT NULL GROUP BY code ORDER BY n DESC, code
"""

_GROUP = """
    ($level = '' OR a.level = $level)
    AND ($function = '' OR a.function = $function)
    AND ($province = '' OR a.province = $province)
"""

_AGENCIES = f"""
SELECT a.agency_id, a.name_zh FROM dim_agency AS a
WHERE {_GROUP}
ORDER BY a.name_zh, a.agency_id LIMIT $most
"""

_ROWS = f"""
SELECT f.agency_id, a.name_zh, a.province, a.region_name, a.level, a.function, f.year,
    f.indicator_id, f.value, f.unit, f.source, f.qualifier, f.scope, f.confidence,
    f.errors_failing, f.warnings_failing, f.standing, r.template, r.source_path
FROM fact_indicator AS f
JOIN dim_agency AS a USING (agency_id)
JOIN dim_report AS r USING (report_id)
WHERE f.indicator_id = $indicator AND f.year = $year AND {_GROUP}
    AND (len($agencies) = 0 OR list_contains($agencies, f.agency_id))
ORDER BY f.value DESC, a.name_zh
"""

_OTHER = """
SELECT agency_id, value FROM fact_indicator WHERE indicator_id = $indicator AND year = $year
"""

_BREAKS = """
SELECT template, any_value(note_zh) AS note_zh, any_value(note_en) AS note_en
FROM crosswalk
WHERE note_zh IS NOT NULL AND series_id IN (
    SELECT series_id FROM crosswalk WHERE indicator_id = $indicator
)
GROUP BY template ORDER BY template
"""
