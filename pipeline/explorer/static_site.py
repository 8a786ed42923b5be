"""The explorer as a folder of files: opened from a stick or put on any web server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.explorer.links import FileLinks, anchor_of, file_name, file_of
from pipeline.explorer.measures import measures
from pipeline.explorer.opening import Opened
from pipeline.explorer.rendering import Page, html, picture, static, style
from pipeline.explorer.screens.comparison import comparison
from pipeline.explorer.screens.country import HEADLINES, country, last_year
from pipeline.explorer.screens.profile import profile
from pipeline.explorer.texts import Speech
from pipeline.explorer.visit import Visit
from pipeline.settings import Language, Settings
from pipeline.warehouse.asked.agency_profile import choice
from pipeline.warehouse.records import Record

_POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; "
    "img-src 'self' file: data:"
)
_MARKER = "gongkai-site.txt"
_GROUPED_BY = ("level", "province", "scope")


def write_site(settings: Settings, opened: Opened, out: Path, language: Language) -> int:
    """Writes the folder and returns how many pages it holds.

    Args:
        settings: Which warehouse.
        opened: The publication.
        out: The folder.
        language: Language of the pages.

    Raises:
        FileExistsError: The folder holds something else than an earlier site.
        OSError: It cannot be written.
    """
    if out.is_dir() and any(out.iterdir()) and not (out / _MARKER).exists():
        raise FileExistsError(out)
    out.mkdir(parents=True, exist_ok=True)
    visit = Visit(settings, opened, Speech(language), FileLinks(()))
    agencies = visit.rows(_AGENCIES)
    year = last_year(visit)
    rankings = list(_rankings(visit, year))
    known = {"index.html"}
    known |= {file_of("agency", {"id": one["agency_id"]}) for one in agencies}
    known |= {f"evidence/{file_name(one['agency_id'])}.html" for one in agencies}
    known |= {file_of("compare", chosen) for chosen in rankings}
    site = _Site(visit, out, frozenset(known), year)
    site.write("index.html", country, {})
    for chosen in rankings:
        site.write(file_of("compare", chosen), comparison, {**chosen, "year": year})
    for one in agencies:
        key = one["agency_id"]
        site.write(file_of("agency", {"id": key}), profile, {"id": key})
        site.write(f"evidence/{file_name(key)}.html", _excerpts, {"id": key})
    _around(visit, out, agencies, rankings)
    return len(known)


class _Site:
    """Writes pages into the folder."""

    def __init__(self, visit: Visit, out: Path, known: frozenset[str], year: int | None) -> None:
        self._visit, self._out, self._known, self._year = visit, out, known, year
        self._run = visit.run()

    def write(self, name: str, screen: Callable[[Visit], Page], chosen: Record) -> None:
        """Writes one page, and beside it its chart where it has one."""
        links = FileLinks(self._known, name.count("/"), self._year)
        query = {one: [str(value)] for one, value in chosen.items()}
        visit = replace(self._visit, links=links, query=query)
        page = screen(visit)
        target = self._out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        around: dict[str, object] = {"policy": _POLICY, "run": self._run}
        if page.picture is not None:
            chart = target.with_suffix(".svg")
            chart.write_text(picture(page.picture, page.notes), "utf-8")
            around["embedded"] = chart.name
        target.write_text(html(visit, page, **around), "utf-8")


def _rankings(visit: Visit, year: int | None) -> Iterator[Record]:
    """What is ranked: the headline rates and series, each tier, and each province of a tier."""
    known = measures(visit)
    wanted = [f"rate:{one}" for one in HEADLINES] + list(choice().series)
    groups = visit.rows(_GROUPS)
    for code in wanted:
        if code not in known or year not in known[code].years:
            continue
        chosen = known[code].choice()
        yield chosen
        for group in groups:
            yield {**chosen, **{name: one for name, one in group.items() if one}}


def _excerpts(visit: Visit) -> Page:
    """Returns the quotes behind an agency's main numbers and rates."""
    key = visit.stated("id")
    rows = visit.rows(_EVIDENCE, agency=key)
    shown = {"rows": rows, "agency_id": key, "anchor_of": anchor_of}
    title = f"{rows[0]['name_zh'] if rows else key} · {visit.say('evidence.title')}"
    return Page("excerpts.html", title, shown, "evidence")


def _around(visit: Visit, out: Path, agencies: list[Record], rankings: list[Record]) -> None:
    """Writes what the pages share: the style, the script, and what there is to find."""
    known = measures(visit)
    found = [
        {
            "name": one["name_zh"],
            "words": " ".join([one["name_zh"], one["agency_id"], *one["aliases"]]),
            "to": file_of("agency", {"id": one["agency_id"]}),
        }
        for one in agencies
    ]
    for chosen in rankings:
        code = f"rate:{chosen['rate']}" if "rate" in chosen else chosen["indicator"]
        group = [visit.say.name(name, chosen[name]) for name in _GROUPED_BY if name in chosen]
        name = " · ".join([known[code].label, *group])
        found.append({"name": name, "words": f"{name} {code}", "to": file_of("compare", chosen)})
    listed = json.dumps(found, ensure_ascii=False)
    (out / "search.js").write_text(f"window.gongkai = {listed};\n", "utf-8")
    (out / "explorer.css").write_text(style(), "utf-8")
    for name in ("explorer.js", "icon.svg"):
        (out / name).write_text(static(name), "utf-8")
    (out / _MARKER).write_text(f"gongkai site, {visit.say.language}\n", "utf-8")


_AGENCIES = """
SELECT a.agency_id, a.name_zh,
    coalesce(list(DISTINCT s.alias ORDER BY s.alias) FILTER (s.alias IS NOT NULL), []) AS aliases
FROM dim_agency AS a LEFT JOIN agency_alias AS s USING (agency_id)
GROUP BY a.agency_id, a.name_zh ORDER BY a.agency_id
"""

_GROUPS = """
SELECT DISTINCT level, '' AS province, '' AS scope FROM dim_agency
UNION
SELECT DISTINCT level, province, '' FROM dim_agency
WHERE province IS NOT NULL AND level IN ('city', 'county')
UNION
SELECT DISTINCT a.level, '', f.scope
FROM fact_indicator AS f JOIN dim_agency AS a USING (agency_id)
WHERE f.indicator_id = 'requests.received'
ORDER BY ALL
"""

_EVIDENCE = """
SELECT a.name_zh, f.year, f.indicator_id, i.label_zh, i.label_en, f.value, f.unit, f.standing,
    o.quote, r.source_path, r.document_id
FROM fact_indicator AS f
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
JOIN observation AS o USING (observation_id)
JOIN dim_report AS r ON r.report_id = f.report_id
WHERE f.agency_id = $agency AND i.breakdown IS NULL
ORDER BY f.year DESC, f.indicator_id
"""
