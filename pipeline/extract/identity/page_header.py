"""A report prepared for identification: its text, its titles, and the fields of the page around."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pipeline.extract.crawler_header import HEADER
from pipeline.extract.identity.named_sheets import without_names
from pipeline.extract.identity.segmentation import Part
from pipeline.extract.identity.titles import (
    HEAD,
    LEAD,
    Title,
    is_column,
    is_title,
    plain_titles,
    table_titles,
    titles,
)
from pipeline.lexis.dates import Period, first_day, period
from pipeline.lexis.traditional import as_read
from pipeline.lexis.years import DIGITS
from pipeline.model.document import Document

PUBLISHER_FIELDS = ("发布机构", "发布单位", "公开主体", "发文机关", "所属机构", "信息来源")
"""Labels of lines in which a page says who publishes what it shows."""
SOURCE_FIELD = "来源"
"""Label of the line that says where a page has it from, which may be anybody."""
_FIELD = re.compile(r"^([\u4e00-\u9fff]{2,6})[:：][ \t]*(.*)$", re.MULTILINE)
# The day it was put on the page, then the day it was written; never when it ceases to hold.
_PUBLISHED = tuple(
    re.compile(rf"{words}(\S{{8,12}})")
    for words in (
        r"(?:发布|公开|发文)(?:时间|日期)[:：|\s]*",
        r"(?<!生效)(?<!废止)(?<!失效)(?:时间|日期)[:：][|\s]*",
    )
)
_YEARS = re.compile(rf"{DIGITS}(?:学?年)?度?")
_SITE_HEAD = re.compile("(?:信息|政务)公开$")
"""What a bureau's part of a site is headed by, whatever older report stands below it."""
_HEAD_OF_BUREAU = re.compile(
    "(?:[局委厅办院处队]|[镇乡]人民政府|办事处)(?:政府信息|政务|信息)公开$"
)
_ABOVE = 400
_PUBLISHED_FIELDS = ("发布时间", "发布日期", "公开日期", "发文日期", "成文日期", "日期")


@dataclass(frozen=True, slots=True)
class Page:
    """A report, its words separated from those of the page around it.

    Everything is in simplified characters, whichever the report is printed in.

    Attributes:
        text: The words of the report.
        original: The same words as printed, character for character.
        fields: Label/value pairs the page states about itself.
        titles: Titles at its head, each once.
        tables: Titles of its statistics tables.
        is_list: Whether it only lists reports on several years, without a sentence of any.
        above: What the site prints above the first report of a page: who keeps it.
    """

    text: str
    original: str
    fields: Mapping[str, str]
    titles: tuple[Title, ...]
    tables: tuple[Title, ...]
    is_list: bool = False
    above: str = ""

    def printed(self, words: str) -> str:
        """Returns words of the text as the report prints them."""
        if self.original is self.text:
            return words
        pieces = r"\s*".join(map(re.escape, words.split()))
        found = re.search(pieces, self.text)
        return " ".join(self.original[found.start() : found.end()].split()) if found else words


def page_of(part: Part, document: Document) -> Page:
    """Sets apart the words of a part, the page's own fields, and the titles."""
    original = without_names(document, part.start, part.end)
    fields = dict(document.metadata)
    header = _header(part, document)
    if header:
        fields |= {name: value.strip() for name, value in _FIELD.findall(header.group())}
        original = without_names(document, max(part.start, header.end()), part.end)
    head = document.text[header.end() if header else 0 : part.start] if part.number == 1 else ""
    page_title = fields.get("标题") or fields.get("title") or document.title or ""
    plain = partial(as_read, traditional=part.is_traditional)
    page = _page(
        plain(original),
        original,
        {(plain(name) if part.is_traditional else name): plain(fields[name]) for name in fields},
        plain(page_title),
        lambda: _before(plain(without_names(document, 0, part.end)), part),
    )
    return replace(page, above=plain(head[-_ABOVE:])) if head else page


def _page(
    text: str,
    original: str,
    fields: Mapping[str, str],
    page_title: str,
    before: Callable[[], Sequence[Title]],
) -> Page:
    every = list(titles(text)) or list(plain_titles(text))
    every = _without_links(every, text)
    own = [title for title in every if not is_column(title.text)] or every
    own = [title for title in own if not title.is_crumb] or own
    heads = [title for title in own if _SITE_HEAD.search(title.text) and not title.year]
    own = [title for title in own if title not in heads] or own
    is_list = "。" not in text and len({title.year for title in own if title.year}) > 1
    own = _without_lists(own)
    around = _title_around(page_title, own)
    if around and around.is_own and around.year:
        found = [around, *own]
    elif around:
        found = [*own, around]
    else:
        found = own or list(before())
    if len(heads) == 1 and own != heads and _HEAD_OF_BUREAU.search(heads[0].text):
        found = [*found, replace(heads[0], is_own=False)]
    tables = tuple(table_titles(text))
    return Page(text, original, fields, tuple(_distinct(found)), tables, is_list and not tables)


def _before(text: str, part: Part) -> list[Title]:
    """The titles at the head of a document, for a part without any; a sheet's year is its own."""
    if part.is_nobodys or not part.start:
        return []
    above = titles(text)
    if part.sheet.year is None:
        return list(above)
    return [replace(title, text=_YEARS.sub("", title.text)) for title in above]


def stated_period(text: str) -> Period | None:
    """Returns the period that a report opens with."""
    return period(text[:LEAD])


def _without_links(every: Sequence[Title], text: str) -> list[Title]:
    """Titles without those of other years' reports above one that says neither whose nor when.

    Only a period gives the year then.
    """
    years = {title.year for title in every[:-1] if title.year}
    if len(years) <= 1 or not is_column(every[-1].text) or stated_period(text) is None:
        return list(every)
    return [title for title in every if not title.year]


def _without_lists(own: Sequence[Title]) -> list[Title]:
    """Titles without a side list of other years' reports, of which only the last heads the text."""
    bare = [_YEARS.sub("", _bare(title.text)) for title in own]
    return [
        title
        for index, title in enumerate(own)
        if not any(
            bare[index].endswith(behind) and title.year != other.year and title.year and other.year
            for behind, other in zip(bare[index + 1 :], own[index + 1 :], strict=True)
        )
    ]


def _title_around(page_title: str, own: Sequence[Title]) -> Title | None:
    """What the page or the file is called, which is the report's title if the two agree.

    A page may bear the name of another: of the portal, of last year's file it was made from.
    """
    if not page_title or (own and not is_title(page_title)):
        return None
    said = _bare(page_title)
    telling = [_bare(title.text) for title in own if "统计表" not in title.text]
    agrees = not telling or any(title in said for title in telling)
    return Title(page_title, is_own=agrees)


def _header(part: Part, document: Document) -> re.Match[str] | None:
    """The crawler's header block that a part stands under."""
    header = None
    for header in HEADER.finditer(document.text, 0, part.end):
        if header.end() > part.start:
            break
    return header


def published(page: Page) -> date | None:
    """Returns the day of publication as the page states it."""
    for field in _PUBLISHED_FIELDS:
        day = first_day(page.fields.get(field, ""))
        if day:
            return day
    stated = (
        first_day(match[1])
        for sign in _PUBLISHED
        for match in sign.finditer(page.text)
        if match.start() < HEAD
    )
    return next(filter(None, stated), None)


def _distinct(found: Sequence[Title]) -> list[Title]:
    """Titles in order, one printed twice but once."""
    named: dict[str, Title] = {}
    for title in found:
        named.setdefault(_bare(title.text), title)
    return list(named.values())


def _bare(text: str) -> str:
    return "".join(text.split())
