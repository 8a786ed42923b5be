"""What pages print between the lines of a text: their numbers, and the title at their head."""

import re
from collections.abc import Iterator

from pipeline.lexis.years import DIGITS

_PAGE_NUMBER = re.compile(
    r"(?:^|(?<=\s))(?:[—–]\s*\d{1,3}\s*[—–]|-\d{1,3}-|-\s+\d{1,3}\s+-)(?=\s|$)"
    r"|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?"
    r"|(?<!\d)\[\d{1,2}\]"
    r"|(?<!\S)(?:·\s*\d{1,3}\s*·|P(?:age|\.)\s*\d{1,3}|\d{1,3}/\d{1,3})(?!\S)"
)
_SIGN_OF_PAGE = re.compile(r"[—–第·P/\[-]")
_TITLE_FROM_YEAR = re.compile(
    rf"{DIGITS}\s?年度?[\u4e00-\u9fff]{{0,6}}公开[\u4e00-\u9fff]{{0,8}}(?:年报|报告)(?=\s|$)"
)
_NAME_AT_END = re.compile(r"[\u4e00-\u9fff]{2,30}\s?\Z")


def page_furniture(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers of pages stand between dashes, and the title of the report above a page."""
    if _SIGN_OF_PAGE.search(text):
        for match in _PAGE_NUMBER.finditer(text):
            yield match.span()
    if "公开" in text:
        for match in _TITLE_FROM_YEAR.finditer(text):
            name = _NAME_AT_END.search(text, 0, match.start())
            yield name.start() if name else match.start(), match.end()
