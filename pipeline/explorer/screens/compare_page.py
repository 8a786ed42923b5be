"""Agencies beside one another by rates and numbers: ranked, over years, against another."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import Any

from pipeline.explorer import plots
from pipeline.explorer.context import Context
from pipeline.explorer.measures import (
    USUAL_RATE,
    Measure,
    changes,
    measures,
    points,
    tree,
    usual_since,
    without,
    years_of,
)
from pipeline.explorer.provinces import Tile, city_meant
from pipeline.explorer.rendering import PAGE, PageContent, is_set_aside, is_sure, marked
from pipeline.explorer.tiles import places_of, put_together, tiles
from pipeline.forms.rates import rates
from pipeline.warehouse.records import Record
from pipeline.warehouse.standing_levels import worst

VIEWS = ("rank", "years", "map", "multiples", "scatter")
_BARS = 40
_MULTIPLES = 24
_PERCENTILES_FROM = 5
_PEERS = ("level", "function", "province", "city")
_LISTED = ("level", "function", "province")
_USUAL = "requests.received"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks to compare."""

    measure: Measure
    others: Sequence[Measure]
    peers: Record
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to compare.

    Attributes:
        rows: Agencies with their values, ranked and in the order asked for.
        series: Their values of all years, of those that are shown or drawn.
        scopes: How many agencies have a value of each scope.
        scope: The one that is shown; empty where agencies of several were picked by name.
        left_out: Agencies whose value has another unit.
    """

    rows: Sequence[Record]
    series: Sequence[Record]
    scopes: Mapping[str, int]
    scope: str
    left_out: int

    @property
    def map_scope(self) -> str:
        """The scope of a map, the commonest of those picked: others are never added to it."""
        return self.scope or max(self.scopes, key=lambda one: self.scopes[one], default="")


def compare_page(context: Context) -> PageContent:
    """Returns the page."""
    known = measures(context)
    if not known:
        say = context.say
        content = {"why": say("compare.no_facts"), "remedy": say("overview.never_remedy")}
        return PageContent("message.html", say("compare.title"), content, "compare")
    chosen = _chosen(context, known)
    if isinstance(chosen, str):
        return _unknown(context, chosen, known)
    peers = _peers(context)
    # Who was added is one of those picked from here on, in every link and form of the page.
    query = {name: one for name, one in context.query.items() if name != "add"}
    context = replace(context, query={**query, "agencies": peers["agencies"]})
    asked = _asked(context, chosen, known, peers)
    return _page(context, asked, _found(context, asked), known)


def _asked(context: Context, chosen: Measure, known: dict[str, Measure], peers: Record) -> _Asked:
    chosen = replace(chosen, years=years_of(context, chosen))
    if not chosen.years and not context.stated("rate") and _USUAL in known:
        chosen = known[_USUAL]
    until = context.year() or (chosen.years[0] if chosen.years else 0)
    return _Asked(
        measure=chosen,
        others=[known[code] for code in context.all_stated("against") if code in known],
        peers=peers,
        since=context.year("since") or usual_since(context, chosen, until, **peers),
        until=until,
    )


def _found(context: Context, asked: _Asked) -> _Found:
    chosen, peers, since, until = asked.measure, asked.peers, asked.since, asked.until
    of_one_unit, left_out = _one_unit(points(context, chosen, until, until, **peers))
    scopes = Counter(row["scope"] for row in of_one_unit)
    scope = _scope(context, scopes, peers)
    here = [
        row
        for row in of_one_unit
        if scope in ("", row["scope"]) and (not context.stated("sure") or is_sure(row))
    ]
    values = [
        {row["agency_id"]: row for row in points(context, other, until, until, **peers)}
        for other in asked.others
    ]
    before = changes(context, chosen, since, until, **peers)
    rows = _sorted(context, ranked(_joined(here, before, values)))
    # The years between only of those that are shown or drawn.
    near = rows[context.first_row() : context.first_row() + PAGE] + rows[:_BARS]
    ids = list(dict.fromkeys(row["agency_id"] for row in near))
    series = points(context, chosen, since, until, **{**peers, "agencies": ids}) if ids else []
    units = {row["unit"] for row in here}
    series = [
        marked(row, context.say)
        for row in series
        if row["unit"] in units and scope in ("", row["scope"])
    ]
    return _Found(_with_series(rows, series), series, scopes, scope, left_out)


def _scope(context: Context, scopes: Counter[str], peers: Record) -> str:
    """The scope that is ranked: the one asked for, else the commonest.

    A government's report includes its agencies; who picks some by name still sees them all.
    """
    if (stated := context.stated("scope")) in scopes:
        return stated
    return "" if peers["agencies"] or not scopes else scopes.most_common(1)[0][0]


def _page(context: Context, asked: _Asked, found: _Found, known: dict[str, Measure]) -> PageContent:
    chosen, rows = asked.measure, found.rows
    view = context.stated("view") if context.stated("view") in VIEWS else VIEWS[0]
    title = _title(context, asked, found.scope if len(found.scopes) > 1 else "")
    shown = _addressed(context, rows)
    sure = [row for row in shown if not is_set_aside(row)]
    # In a folder of files there is one page a ranking, with its map.
    has_map = view == "map" or context.link("find") is None
    mapped = _mapped(context, asked, found) if has_map else []
    if view == "map" and any(tile.n for tile in mapped):
        picture: plots.Plot | None = _map_picture(context, mapped, chosen, title)
    else:
        picture = _picture(context, view, chosen, asked.others, sure, found.series, title)
    given: dict[str, Any] = {
        **_choices(context, asked, known),
        **_listing(context, asked, found, shown),
        "view": view,
        "picture": picture,
        "multiples": _multiples(context, chosen, sure, found.series) if view == "multiples" else [],
        "mapped": mapped,
        "map_scope": found.map_scope,
    }
    return PageContent(
        "compare.html",
        title,
        given,
        "compare",
        rows=[_taken(row) for row in rows],
        picture=picture,
        notes=_notes(context, title, rows, chosen),
        unfit=_unfit(context, asked, found),
    )


def _choices(context: Context, asked: _Asked, known: dict[str, Measure]) -> dict[str, Any]:
    """What is compared, and what the page offers instead."""
    return {
        "measure": asked.measure,
        "others": asked.others,
        "groups": tree(known),
        "until": asked.until,
        "since": asked.since,
        "years": sorted(asked.measure.years),
        "peers": asked.peers,
        "peer_options": _peer_options(context, asked.peers),
        "picked": context.rows(_NAMES, ids=asked.peers["agencies"]),
        "chosen_kept": _kept(context),
        "bars": _BARS,
        "too_many": _MULTIPLES,
    }


def _listing(
    context: Context, asked: _Asked, found: _Found, shown: Sequence[Record]
) -> dict[str, Any]:
    """The rows of this page, and what there is to say of all of them."""
    sure = [row for row in shown if not is_set_aside(row)]
    of_one_scope = len({row["scope"] for row in shown}) == 1
    return {
        "rows": shown[context.first_row() : context.first_row() + PAGE],
        "total": len(shown),
        "greatest": max([float(row["value"]) for row in sure] or [0.0]),
        "aside": len(shown) - len(sure),
        "in_doubt": sum(not is_sure(row) for row in sure),
        "median": median(row["value"] for row in sure) if sure and of_one_scope else None,
        "left_out": found.left_out,
        "missing": without(context, asked.measure, asked.until, **asked.peers),
        "scopes": found.scopes,
        "scope": found.scope,
        "least": rates().least,
        "breaks": context.rows(_BREAKS, indicator=asked.measure.id),
    }


def _unfit(context: Context, asked: _Asked, found: _Found) -> list[str]:
    """Names of the address that fit nothing; where nobody is shown, a city that is none."""
    is_no_city = context.stated("city") and not asked.peers["city"]
    others = context.unfit(view=VIEWS, scope=found.scopes) if found.rows else ()
    return [*(["city"] if is_no_city else []), *others]


def _chosen(context: Context, known: dict[str, Measure]) -> Measure | str:
    """Returns the measure the address names, or what it names and nobody reports."""
    rate, indicator = context.stated("rate"), context.stated("indicator")
    code = f"rate:{rate}" if rate else indicator
    if code:
        return known.get(code, code.removeprefix("rate:"))
    usual = (f"rate:{USUAL_RATE}", _USUAL)
    return next((known[one] for one in usual if one in known), next(iter(known.values())))


def _unknown(context: Context, name: str, known: dict[str, Measure]) -> PageContent:
    """The page for an unknown measure: measures of similar names, else the first of all."""
    say = context.say
    like = [one for one in known.values() if name.partition(".")[0] in one.id][:8]
    like = like or list(known.values())[:8]
    found = [(one.label, context.link("compare", **one.choice())) for one in like]
    content = {
        "why": say("compare.unknown", name=name),
        "remedy": say("compare.unknown_remedy"),
        "found": found,
    }
    return PageContent("message.html", say("compare.title"), content, "compare", status=404)


def _peers(context: Context) -> Record:
    agencies = context.all_stated("agencies")
    added = context.stated("add")
    agencies += [one for one in context.agencies_called(added)[:1] if one not in agencies]
    stated = {name: context.stated(name) for name in _PEERS}
    return {**stated, "city": city_meant(stated["city"]), "agencies": agencies}


def _kept(context: Context) -> list[tuple[str, str]]:
    """What a form of the page has to say again, beside its own fields."""
    own = {*_PEERS, "year", "since", "from", "add", "lang"}
    return [
        (name, one) for name, values in context.query.items() if name not in own for one in values
    ]


def _peer_options(context: Context, peers: Record) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for name in _LISTED:
        codes = [row["code"] for row in context.rows(_CODES.format(column=name))]
        if peers[name] and peers[name] not in codes:
            codes.append(peers[name])
        found[name] = [(code, context.say.name(name, code)) for code in codes]
    return found


def _one_unit(rows: Sequence[Record]) -> tuple[list[Record], int]:
    """Keeps the rows of the commonest unit; 条 and 件 cannot be compared."""
    if not rows:
        return [], 0
    unit, kept = Counter(row["unit"] for row in rows).most_common(1)[0]
    return [row for row in rows if row["unit"] == unit], len(rows) - kept


def _joined(
    rows: Sequence[Record], before: Mapping[str, Record], others: Sequence[Mapping[str, Record]]
) -> list[Record]:
    """Returns rows with their change, all since the same year, and with the other measures.

    Where either end is contradicted there is no change; where either is doubtful, neither is it
    sure.
    """
    found = []
    for row in rows:
        first = before.get(row["agency_id"])
        is_broken = first is not None and first["is_broken"]
        ends = [row, {"standing": first["standing_before"]}] if first else []
        is_known = not is_broken and not any(map(is_set_aside, ends))
        found.append({
            **row,
            "change": row["value"] - first["value_before"] if first and is_known else None,
            "change_standing": worst(one["standing"] for one in ends) if ends else None,
            "previous_value": first["value_before"] if first else None,
            "previous_standing": first["standing_before"] if first else None,
            "is_broken": is_broken,
            "beside": [one.get(row["agency_id"]) for one in others],
        })  # fmt: skip
    return found


def _with_series(rows: Sequence[Record], series: Sequence[Record]) -> list[Record]:
    """Returns rows with their values of the years before, where these are known."""
    years = {points[0]["agency_id"]: points for points in plots.by_agency(series)}
    return [{**row, "series": years.get(row["agency_id"], [row])} for row in rows]


def ranked(rows: Sequence[Record]) -> list[Record]:
    """Returns rows, the largest value first, with rank and percentile within their scope.

    Equal values share a rank; the percentile is the share of the others with a smaller
    value, as in the view ``agency_comparison``, and None below five. What is disputed comes
    last, without either.
    """
    aside = [
        {**row, "rank": None, "percentile": None}
        for row in sorted(rows, key=lambda row: str(row["name_zh"]))
        if is_set_aside(row)
    ]
    ordered = sorted(
        (row for row in rows if not is_set_aside(row)),
        key=lambda row: (-row["value"], row["name_zh"]),
    )
    peers: dict[str, list[Any]] = {}
    for row in ordered:
        peers.setdefault(row["scope"], []).append(row["value"])
    return [{**row, **_place(row["value"], peers[row["scope"]])} for row in ordered] + aside


def _place(value: Any, values: Sequence[Any]) -> Record:
    """Rank and percentile of a value among values, the largest first."""
    n, rank = len(values), bisect_left(values, -value, key=lambda one: -one)
    smaller = n - bisect_right(values, -value, key=lambda one: -one)
    percentile = round(100 * smaller / (n - 1), 1) if n >= _PERCENTILES_FROM else None
    return {"rank": rank + 1, "percentile": percentile}


def _sorted(context: Context, rows: list[Record]) -> list[Record]:
    """Returns rows as the address sorts them; what is set aside stays last."""
    wanted = context.stated("sort")
    name, is_down = wanted.removeprefix("-"), wanted.startswith("-")
    keys = {"value": lambda row: row["value"], "name": lambda row: row["name_zh"],
            "change": lambda row: row["change"] if row["change"] is not None else Decimal(0),
            "n": lambda row: row.get("denominator") or 0}  # fmt: skip
    if name not in keys:
        return rows
    first = [row for row in rows if not is_set_aside(row)]
    aside = [row for row in rows if is_set_aside(row)]
    return sorted(first, key=keys[name], reverse=is_down) + aside


def _addressed(context: Context, rows: Sequence[Record]) -> list[Record]:
    """Returns rows with the address of their evidence and the doubts about them."""
    return [
        {
            **marked(row, context.say),
            "to": context.evidence(row["agency_id"], row["year"], row["numerator_ids"][0])
            if row["numerator_ids"]
            else None,
        }
        for row in rows
    ]


def _picture(
    context: Context,
    view: str,
    chosen: Measure,
    others: Sequence[Measure],
    rows: Sequence[Record],
    series: Sequence[Record],
    title: str,
) -> plots.Plot | None:
    if not rows:
        return None
    say, show, is_log = context.say, chosen.show(), bool(context.stated("log"))
    ends = {"n": len(rows), "top": rows[0]["name_zh"], "most": show(rows[0]["value"]),
            "end": rows[-1]["name_zh"], "least": show(rows[-1]["value"])}  # fmt: skip
    description = say("compare.told", **ends)
    if view == "years":
        ids = [row["agency_id"] for row in rows[:_BARS]]
        by_id = {one[0]["agency_id"]: _addressed(context, one) for one in plots.by_agency(series)}
        lines = [by_id[one] for one in ids]
        return plots.dots(lines, title, show, description, is_log=is_log)
    if view == "scatter" and others:
        both = [{**row, "other": row["beside"][0]["value"]} for row in rows if row["beside"][0]]
        labels = (chosen.label, others[0].label)
        if both:
            return plots.scatter(
                both, say("compare.two", x=labels[0], y=labels[1]),
                (show, others[0].show()), labels, description, is_log=is_log,
            )  # fmt: skip
    return plots.bars(rows[:_BARS], title, show, description)


def _map_picture(context: Context, mapped: list[Tile], chosen: Measure, title: str) -> plots.Plot:
    heard = context.say("compare.told_map", n=sum(1 for tile in mapped if tile.n))
    return plots.grid(mapped, title, chosen.show(), heard)


def _mapped(context: Context, asked: _Asked, found: _Found) -> list[Tile]:
    """Returns provinces, or the cities of the chosen one, with what their agencies report."""
    province = asked.peers["province"]
    rows = [row for row in found.rows if row["scope"] == found.map_scope]
    by_city: dict[str, list[Record]] = {}
    for row in rows:
        by_city.setdefault(f"{row['agency_id'][:4]}00", []).append(row)

    def to(code: str) -> str | None:
        if not province:
            return context.same("compare", province=code)
        own = by_city[code]
        if len(own) == 1:
            return context.link("agency", id=own[0]["agency_id"])
        return context.same("compare", city=code[:4], view=None)

    places = put_together(rows, province, is_rate=asked.measure.is_rate)
    return tiles(places_of(province, rows), places, context.say, to)


def _multiples(
    context: Context, chosen: Measure, rows: Sequence[Record], series: Sequence[Record]
) -> list[tuple[Record, plots.Plot | None]]:
    by_id = {one[0]["agency_id"]: _addressed(context, one) for one in plots.by_agency(series)}
    drawn = [one for row in rows[:_MULTIPLES] for one in by_id[row["agency_id"]]]
    highest = max([float(one["value"]) for one in drawn] or [0.0])
    every = [one["year"] for one in drawn]
    years = (min(every), max(every)) if every else None
    found = []
    for row in rows[:_MULTIPLES]:
        title = f"{row['name_zh']} {chosen.label}"
        plot = plots.trend(
            by_id[row["agency_id"]], title, chosen.show(), highest=highest, years=years
        )
        found.append((row, plot))
    return found


def _title(context: Context, asked: _Asked, scope: str) -> str:
    """The heading; a scope is part of it where there are others."""
    say, chosen, peers = context.say, asked.measure, asked.peers
    group = [say.name(name, peers[name]) for name in reversed(_PEERS) if peers[name]]
    group += [say.name("scope", scope)] if scope else []
    unit = f" ({chosen.unit})" if chosen.unit else ""
    return say("compare.heading", label=f"{chosen.label}{unit}", year=asked.until,
               group=" · ".join(group) or say("compare.everybody"))  # fmt: skip


def _notes(context: Context, title: str, rows: Sequence[Record], chosen: Measure) -> list[str]:
    say = context.say
    run = context.run() or {}
    aside = sum(map(is_set_aside, rows))
    lines = [title, say("take.n", n=len(rows) - aside, aside=aside)]
    if chosen.is_rate:
        lines.append(say("take.least", n=rates().least))
    lines += sorted({say.column(row, "note") for row in rows if row["note_zh"]})
    return [*lines, f"gongkai {run.get('run_id', '')}"]


def _taken(row: Record) -> Record:
    """Returns a row as it is taken away."""
    dropped = (
        "series", "beside", "numerator_ids", "denominator_ids", "is_broken", "change_standing",
    )  # fmt: skip
    ids = {"indicators": row["numerator_ids"]}
    beside = {f"other_{n}": one["value"] if one else None for n, one in enumerate(row["beside"], 1)}
    return {**{name: one for name, one in row.items() if name not in dropped}, **beside, **ids}


_CODES = """
SELECT {column} AS code, count(*) AS n FROM dim_agency
WHERE {column} IS NOT NULL GROUP BY code ORDER BY n DESC, code
"""

_NAMES = """
SELECT agency_id, name_zh FROM dim_agency WHERE list_contains($ids, agency_id) ORDER BY name_zh
"""

_BREAKS = """
SELECT template, any_value(note_zh) AS note_zh, any_value(note_en) AS note_en
FROM crosswalk
WHERE note_zh IS NOT NULL AND series_id IN (
    SELECT series_id FROM crosswalk WHERE indicator_id = $indicator
)
GROUP BY template ORDER BY template
"""
