"""Whose report a notice of correction is about: the one it names, whoever signs the notice."""

from collections.abc import Iterator

from pipeline.extract.identity.mentions import NameMention, Where, in_title, signatures
from pipeline.extract.identity.page_header import Page
from pipeline.extract.identity.titles import OPENING, Title, signs
from pipeline.extract.identity.whole_name import government

_HEAD = 5
_LONGEST_HEAD = 60


def notices(page: Page) -> list[str]:
    """Returns titles and short lines at the head of a page that call it a notice of correction."""
    lines = [line.strip() for line in page.text.lstrip().split("\n", _HEAD)[:_HEAD]]
    short = (line for line in lines if len(line) <= _LONGEST_HEAD)
    heads = filter(signs().of_a_report.search, short)
    titles = [title.text for title in page.titles]
    return [head for head in (*titles, *heads) if signs().erratum.search(head)]


def corrected(page: Page, year: int | None) -> Iterator[NameMention]:
    """Yields whose report a notice says it corrects, by its head first.

    An office or a section of it signs such a notice for its government or bureau.
    """
    opening = page.text[:OPENING]
    for said in (*notices(page), opening):
        report = signs().corrected.search(said)
        if report:
            yield from in_title(Title(report["report"]), Where.TITLE, year)
    yield from _of_our_region(opening, page, year)


def _of_our_region(opening: str, page: Page, year: int | None) -> Iterator[NameMention]:
    """The government whose report whoever signs calls one of 我区."""
    said = signs().corrected_of_region.search(opening)
    for mention in signatures(page.text, year) if said else ():
        region = mention.name.region
        if said and region and region.name.endswith(said["unit"]):
            yield NameMention(
                Where.TITLE, said[0], government(mention.name._replace(name=region.name), year)
            )
