"""One agency as one HTML page: no script, nothing fetched, everything escaped."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.warehouse.lineage import Record
from pipeline.warehouse.pages.chart import Chart, draw
from pipeline.warehouse.pages.contents import Contents, Trend, read_contents
from pipeline.warehouse.pages.function_names import function_name

CONTRADICTIONS = 100
"""So many contradictions are shown; the page says how many more there are."""


def page(connection: duckdb.DuckDBPyConnection, agency: str) -> str:
    """Returns the page of an agency.

    Args:
        connection: The published warehouse.
        agency: Id, full name or another name of the agency.

    Raises:
        story.NotFoundError: There is no such agency, or the name fits several.
    """
    contents = read_contents(connection, agency)
    portrait = contents.portrait
    return (
        _environment()
        .get_template("report.html")
        .render(
            contents=contents,
            portrait=portrait,
            charts=[_chart(trend) for trend in contents.trends],
            channels=_by_year(portrait.channels, "subject"),
            outcomes=_by_year(portrait.outcomes, "denominator_id"),
            claims=portrait.contradictions[:CONTRADICTIONS],
            function_name=function_name,
            cite=_citation,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.warehouse.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    environment.filters["percent"] = percent
    return environment


def number(value: Decimal | float | int | None) -> str:
    """Returns a number with thousands apart and no idle zeros; a gap as a dash."""
    if value is None:
        return "—"
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float | None) -> str:
    """Returns a share in percent; a gap as a dash."""
    return "—" if share is None else f"{number(round(100 * share, 1))}%"


def _chart(trend: Trend) -> Chart | None:
    return draw(trend.points, {point["year"]: number(point["value"]) for point in trend.points})


def _by_year(rows: Iterable[Record], part: str) -> Sequence[tuple[int, str, list[Record]]]:
    """Groups rows, which are in order of year and part."""
    return [
        (year, name, list(group))
        for (year, name), group in groupby(rows, key=lambda row: (row["year"], row[part]))
    ]


def _citation(contents: Contents, report: Record) -> str:
    """Returns a line to paste under a table made from a report."""
    stated = report["agency_stated"] or contents.portrait.agency["name_zh"]
    title = f"《{report['title'] or '政府信息公开工作年度报告'}》"
    published: date | None = report["published_on"]
    day = f"，{published} 发布" if published else ""
    return (
        f"{stated}：{title}（{report['year'] or '年度不详'}）{day}，{report['source_path']}，"
        f"SHA-256 {report['document_id'][:16]}，gongkai {contents.publication.get('run_id', '')}"
    )
