"""The explorer as files: a folder of pages for any web server, and one agency as one page."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from pipeline.explorer.context import Context
from pipeline.explorer.links import FileLinks, NoLinks, anchor_of, file_name, file_of
from pipeline.explorer.measures import measures
from pipeline.explorer.opening import Opened
from pipeline.explorer.rendering import PageContent, html, picture, static, style
from pipeline.explorer.screens.agency_page import agency_page
from pipeline.explorer.screens.compare_page import compare_page
from pipeline.explorer.screens.overview_page import HEADLINES, last_year, overview_page
from pipeline.explorer.texts import Translator
from pipeline.settings import Language, Settings
from pipeline.warehouse import disk
from pipeline.warehouse.progress import Progress, quiet
from pipeline.warehouse.queries.agency_profile import choice
from pipeline.warehouse.queries.name_lookup import find_agency
from pipeline.warehouse.records import Record

_ALONE = "default-src 'none'; style-src 'unsafe-inline'"
_POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; "
    "img-src 'self' file: data:"
)
_MARKER = "gongkai-site.txt"
_FOLDERS = ("agency", "compare", "evidence")
"""What lies in these is the site's alone."""

_GROUPED_BY = ("level", "province", "scope")


def write_site(
    settings: Settings,
    opened: Opened,
    out: Path,
    languages: Sequence[Language],
    progress: Progress = quiet,
) -> int:
    """Writes the folder and returns how many pages it holds.

    It is filled under another name beside and takes its place when it is whole; what somebody
    put into an earlier site stays in it.

    Args:
        settings: Which warehouse.
        opened: The publication.
        out: The folder.
        languages: One, or two: pages of the second lie in a folder of its name, and each page
            leads to its other.
        progress: Told how many pages are written, and of how many.

    Raises:
        FileExistsError: The folder holds something else than an earlier site.
        disk.BuildError: It cannot be written beside.
        OSError: It cannot be written.
    """
    if out.is_dir() and any(out.iterdir()) and not (out / _MARKER).exists():
        raise FileExistsError(out)
    disk.create_folder(out.parent)
    fresh = out.with_name(f"{disk.UNFINISHED}{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    with disk.new_folder(fresh) as folder:
        number = _fill(settings, opened, folder, languages, progress)
        _keep_what_others_put(out, folder)
    disk.put_in_place(fresh, out)
    return number


def _keep_what_others_put(earlier: Path, folder: Path) -> None:
    """Copies from an earlier site what no site writes."""
    files = (one for one in earlier.rglob("*") if one.is_file())
    for name in (one.relative_to(earlier) for one in files):
        is_ours = name.parts[0] in _FOLDERS or (earlier / name.parts[0] / _MARKER).exists()
        if not is_ours and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(earlier / name, folder / name)


def _fill(
    settings: Settings,
    opened: Opened,
    out: Path,
    languages: Sequence[Language],
    progress: Progress,
) -> int:
    first, *others = (
        Context(settings, opened, Translator(one), FileLinks(())) for one in languages
    )
    agencies, year = first.rows(_AGENCIES), last_year(first)
    rankings = list(_rankings(first, year))
    pages = list(_pages(agencies, rankings, year))
    known = frozenset(page.name for page in pages)
    homes = [f"{other.say.language}/" for other in others]
    sites = [_Site(first, out, known, year, "", homes[0] if homes else None)]
    for other, home in zip(others, homes, strict=True):
        sites.append(_Site(other, out, known, year, home, ""))
    for number, (site, page) in enumerate(product(sites, pages), 1):
        site.write(page)
        progress("writing pages", number, len(sites) * len(pages))
    for context, home in zip((first, *others), ("", *homes), strict=True):
        _around(context, out / home, agencies, rankings)
    return len(sites) * len(pages)


class _Written(NamedTuple):
    """A page to be written."""

    name: str
    screen: Callable[[Context], PageContent]
    chosen: Record


def _pages(
    agencies: Sequence[Record], rankings: Sequence[Record], year: int | None
) -> Iterator[_Written]:
    yield _Written("index.html", overview_page, {})
    for chosen in rankings:
        yield _Written(file_of("compare", chosen), compare_page, {**chosen, "year": year})
    for one in agencies:
        chosen = {"id": one["agency_id"]}
        yield _Written(file_of("agency", chosen), agency_page, chosen)
        yield _Written(f"evidence/{file_name(one['agency_id'])}.html", _excerpts, chosen)


class _Site:
    """Writes pages of one language into the folder."""

    def __init__(
        self,
        context: Context,
        out: Path,
        known: frozenset[str],
        year: int | None,
        home: str,
        other_home: str | None,
    ) -> None:
        self._context, self._out, self._known, self._year = context, out, known, year
        self._home, self._other_home = home, other_home
        self._run = context.run()

    def write(self, one: _Written) -> None:
        """Writes one page and, if it has one, its chart beside it."""
        links = FileLinks(self._known, one.name.count("/"), self._year)
        query = {name: [str(value)] for name, value in one.chosen.items()}
        context = replace(self._context, links=links, query=query)
        page = one.screen(context)
        target = self._out / self._home / one.name
        target.parent.mkdir(parents=True, exist_ok=True)
        around: dict[str, object] = {"policy": _POLICY, "run": self._run}
        if self._other_home is not None:
            up = "../" * (self._home + one.name).count("/")
            around["other"] = quote(f"{up}{self._other_home}{one.name}")
        if page.picture is not None:
            chart = target.with_suffix(".svg")
            chart.write_text(picture(page.picture, page.notes), "utf-8")
            around["embedded"] = chart.name
        target.write_text(html(context, page, **around), "utf-8")


def _rankings(context: Context, year: int | None) -> Iterator[Record]:
    """What is ranked: the headline rates and series, each tier, and each province of a tier."""
    known = measures(context)
    wanted = [f"rate:{one}" for one in HEADLINES] + list(choice().series)
    groups = context.rows(_GROUPS)
    for code in wanted:
        if code not in known or year not in known[code].years:
            continue
        chosen = known[code].choice()
        yield chosen
        for group in groups:
            yield {**chosen, **{name: one for name, one in group.items() if one}}


def _excerpts(context: Context) -> PageContent:
    """Returns the quotes behind an agency's main numbers and rates."""
    key = context.stated("id")
    rows = context.rows(_EVIDENCE, agency=key)
    shown = {"rows": rows, "agency_id": key, "anchor_of": anchor_of}
    title = f"{rows[0]['name_zh'] if rows else key} · {context.say('evidence.title')}"
    return PageContent("excerpts.html", title, shown, "evidence")


def _around(context: Context, out: Path, agencies: list[Record], rankings: list[Record]) -> None:
    """Writes the files that all pages share: style, script and the index of the search."""
    known = measures(context)
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
        group = [context.say.name(name, chosen[name]) for name in _GROUPED_BY if name in chosen]
        name = " · ".join([known[code].label, *group])
        found.append({"name": name, "words": f"{name} {code}", "to": file_of("compare", chosen)})
    listed = json.dumps(found, ensure_ascii=False)
    (out / "search.js").write_text(f"window.gongkai = {listed};\n", "utf-8")
    (out / "explorer.css").write_text(style(), "utf-8")
    for name in ("explorer.js", "icon.svg"):
        (out / name).write_text(static(name), "utf-8")
    (out / _MARKER).write_text(f"gongkai site, {context.say.language}\n", "utf-8")


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


def standalone(context: Context, agency: str) -> str:
    """Returns the page of an agency as one file: no script, nothing fetched, everything escaped.

    Raises:
        NotFoundError: There is no such agency, or the name fits several.
    """
    with context.opened.connection.cursor() as cursor:
        key = find_agency(cursor, agency)
    alone = replace(context, links=NoLinks(), query={"id": [key]})
    page = agency_page(alone, everything=True)
    return html(alone, page, policy=_ALONE, embedded_style=style(), run=context.run())
