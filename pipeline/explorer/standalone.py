"""One agency as one HTML file: no script, nothing fetched, everything escaped."""

from dataclasses import replace

from pipeline.explorer.links import NoLinks
from pipeline.explorer.rendering import html, style
from pipeline.explorer.screens.agency_page import agency_page
from pipeline.explorer.visit import Visit
from pipeline.warehouse.asked.names_meant import find_agency

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def standalone(visit: Visit, agency: str) -> str:
    """Returns the page of an agency.

    Args:
        visit: The visit.
        agency: Id, full name or another name of the agency.

    Raises:
        names_meant.NotFoundError: There is no such agency, or the name fits several.
    """
    with visit.opened.connection.cursor() as cursor:
        key = find_agency(cursor, agency)
    alone = replace(visit, links=NoLinks(), query={"id": [key]})
    page = agency_page(alone, everything=True)
    return html(alone, page, policy=_POLICY, embedded_style=style(), run=visit.run())
