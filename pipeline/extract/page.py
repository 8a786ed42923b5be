"""A report as identity looks at it: its words, and what the page around it says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.extract.dates import first_day
from pipeline.extract.split import Part
from pipeline.extract.titles import Title, is_title, table_titles, titles
from pipeline.readers.document import Document

_HEADER = re.compile(r"标题(?<![^\n]标题)[:：](?:.*\n){1,16}?=+\s*正文\s*=+[^\S\n]*\n?")
_FIELD = re.compile(r"^([\u4e00-\u9fff]{2,6})[:：][ \t]*(.*)$", re.MULTILINE)
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发文日期|公开日期|时间|日期)[:：]\s*(\S{8,12})")
_PUBLISHED_FIELDS = ("发布时间", "发布日期", "公开日期", "发文日期", "成文日期", "日期")


@dataclass(frozen=True, slots=True)
class Page:
    """A part, its words apart from what the page says around them.

    Attributes:
        text: The words of the report.
        fields: Label/value pairs the page states about itself.
        titles: Titles at its head, each once.
        tables: Titles of its statistics tables.
    """

    text: str
    fields: Mapping[str, str]
    titles: tuple[Title, ...]
    tables: tuple[Title, ...]


def page_of(part: Part, document: Document) -> Page:
    """Sets apart the words of a part, the page's own fields, and the titles."""
    text = document.text[part.start : part.end]
    fields = dict(document.metadata)
    header = None
    for header in _HEADER.finditer(document.text, 0, part.end):
        if header.end() > part.start:
            break
    if header:
        fields |= {name: value.strip() for name, value in _FIELD.findall(header.group())}
        text = document.text[max(part.start, header.end()) : part.end]
    found = list(titles(text))
    page_title = fields.get("标题") or fields.get("title") or document.title
    if page_title and (is_title(page_title) or not found):
        named = Title(page_title)
        found.insert(0 if named.year else len(found), named)
    if not found and part.start:
        found = list(titles(document.text[: part.end]))
    return Page(text, fields, tuple(_distinct(found)), tuple(table_titles(text)))


def published(page: Page) -> date | None:
    """Returns the day of publication as the page states it."""
    for field in _PUBLISHED_FIELDS:
        day = first_day(page.fields.get(field, ""))
        if day:
            return day
    match = _PUBLISHED.search(page.text[:600])
    return first_day(match[1]) if match else None


def _distinct(found: Sequence[Title]) -> list[Title]:
    """Titles in order, one printed twice but once."""
    named: dict[str, Title] = {}
    for title in found:
        named.setdefault(re.sub(r"\s", "", title.text), title)
    return list(named.values())
