"""Cuts a page into its reports, and removes the words around them.

A page holds one report unless the text says otherwise: another crawler header, another
title with a body of its own, or section numbers that begin again behind a new lead
sentence. Numbers that merely begin again (an annex, a plan) part nothing.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import NamedTuple

from pipeline.declared import Declaration, declared
from pipeline.extract.crawler_header import HEADER
from pipeline.extract.identity.boilerplate import Boilerplate, Furniture, crop, pieces
from pipeline.extract.identity.forms_again import Beginning, again, rows_between, sheet_of_form
from pipeline.extract.identity.named_sheets import NO_SHEET, NamedSheet
from pipeline.lexis.numbering import ORDINALS, OUTER, marker
from pipeline.lexis.traditional import as_read, is_traditional
from pipeline.model.document import Document, Paragraph, Table

_HEAD_BEHIND_GAP = re.compile(OUTER)
_HEAD_CHARACTER = re.compile(rf"[第{ORDINALS}](?<!\S.)")
_BARE_NAME = re.compile(r"[\u4e00-\u9fff]{4,30}")
_ANNEX = re.compile(r"附\s*(?:件|表)\s*\d*\s*(?:[:：].{0,60})?")
_SHORTEST_REPORT = 300
_LONGEST_LEAD = 1500
_LONGEST_OPENING = 400
_LEAD_WEIGHT = 3
_LONGEST_TITLE_HEAD = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One report of a document.

    Attributes:
        number: Its number in the document, from 1.
        blocks: Its paragraphs and tables, boilerplate left out.
        start: Offset of its first character in ``Document.text``.
        end: Offset behind its last.
        notices: What was dropped and why the page was parted here, a sentence each.
        is_traditional: Whether the document is printed in traditional characters.
        is_nobodys: Whether it is not told surely whose numbers these are, or of which year.
        sheet: The sheet that holds its form, which may stand below a cover.
    """

    number: int
    blocks: tuple[Paragraph | Table, ...]
    start: int
    end: int
    notices: tuple[str, ...] = ()
    is_traditional: bool = False
    is_nobodys: bool = False
    sheet: NamedSheet = NO_SHEET


class _Weighted(Declaration):
    pattern: re.Pattern[str]
    weight: int


class _Opening(Declaration):
    pattern: re.Pattern[str]
    firm: bool


class _Signs(Declaration):
    boilerplate_words: tuple[str, ...]
    boilerplate: tuple[Boilerplate, ...]
    openings: tuple[_Opening, ...]
    lead_marks: tuple[_Weighted, ...]
    self_names: re.Pattern[str]
    title_head: str
    title_tail: str

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """A report's title from its year on."""
        return re.compile(rf"(?:{self.title_tail})(?!\S)", re.VERBOSE)

    @cached_property
    def title_line(self) -> re.Pattern[str]:
        """A report's title that stands by itself between white space."""
        return re.compile(rf"(?<!\S){self.title_head}(?:{self.title_tail})(?!\S)", re.VERBOSE)


def split(document: Document) -> tuple[Part, ...]:
    """Divides a document into the reports it holds.

    Returns:
        The reports in reading order, at least one.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    traditional = is_traditional(document.text)
    plain = partial(as_read, traditional=traditional)
    text = plain(document.text)
    if text is not document.text:
        paragraphs = [replace(block, text=plain(block.text)) for block in paragraphs]
    cuts = _header_cuts(text)
    if not cuts:
        has_tables = len(paragraphs) < len(document.blocks)
        titled = [match.start() for match in _title_lines(text)] if has_tables else []
        copies = list(again(document, text, titled))
        others = _merge(_title_cuts(paragraphs, text), _lead_cuts(paragraphs))
        cuts = sorted([*copies, *(one for one in others if _is_apart(one, copies))])
    begins = [*([] if cuts and cuts[0].at == 0 else [Beginning(0, "")]), *cuts]
    ends = [*(cut.at for cut in begins[1:]), len(document.text)]
    as_it_is = text is document.text
    furniture = Furniture(
        _signs().boilerplate, _signs().boilerplate_words, text, str if as_it_is else plain
    )
    return tuple(
        replace(_part(document, furniture, number, cut, end), is_traditional=traditional)
        for number, (cut, end) in enumerate(zip(begins, ends, strict=True), start=1)
    )


def _part(document: Document, furniture: Furniture, number: int, cut: Beginning, end: int) -> Part:
    blocks: list[Paragraph | Table] = []
    notices = [cut.evidence] if cut.evidence else []
    for block in document.blocks:
        if block.place.end <= cut.at or block.place.start >= end:
            continue
        if isinstance(block, Table):
            rows = rows_between(block, cut.at, end)
            blocks.extend([rows] if rows else [])
            continue
        kept, dropped = furniture.cleared(crop(block, cut.at, end))
        blocks.extend(kept)
        notices.extend(dropped)
    first = blocks[0].place.start if blocks else cut.at
    last = blocks[-1].place.end if blocks else end
    return Part(
        number,
        tuple(blocks),
        first,
        last,
        tuple(notices),
        is_nobodys=cut.is_nobodys,
        sheet=sheet_of_form(document, cut.at, end),
    )


def _header_cuts(text: str) -> list[Beginning]:
    """Crawled pages joined into one file begin with a header block each."""
    if text.count("正文") <= 1:
        return []
    headers = list(HEADER.finditer(text))
    return [
        Beginning(match.start(), "begins with a header block of its own") for match in headers[1:]
    ]


def _title_cuts(paragraphs: Sequence[Paragraph], text: str) -> list[Beginning]:
    """Titles of different reports, each with a body of its own."""
    titles = list(_titles(paragraphs))
    cuts: list[Beginning] = []
    current = "untitled" if titles and _is_body(text[: titles[0][0]]) else None
    first = 0
    for index, (at, title) in enumerate(titles):
        end = titles[index + 1][0] if index + 1 < len(titles) else len(text)
        if index == 0 or not _same_title(titles[index - 1][1], title):
            first = at
        if not _is_body(text[at + len(title) : end]):
            continue
        if current and not _same_title(current, title):
            cuts.append(Beginning(first, f"begins with another title: {title[:60]}"))
        current = title
    return cuts


def _titles(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Every title with its offset; an agency's name on the line above belongs to it."""
    above: Paragraph | None = None
    for block in paragraphs:
        for match in _title_lines(block.text):
            at = block.place.start + match.start()
            title = "".join(match.group().split())
            bare = match.start() == 0 and above is not None and title[0] in "2二"
            if bare and above is not None and _BARE_NAME.fullmatch(above.text):
                at, title = above.place.start, above.text + title
            yield at, title
        above = block


def _title_lines(text: str) -> Iterator[re.Match[str]]:
    """Titles, sought from their years: before those stands anything."""
    behind = 0
    for tail in _signs().tail.finditer(text):
        first = max(behind, tail.start() - _LONGEST_TITLE_HEAD)
        match = _signs().title_line.search(text, first, tail.end())
        if match:
            yield match
            behind = match.end()


def _is_body(text: str) -> bool:
    """Whether prose of a report follows a title: an opening, sections and some length."""
    if len(text) < _SHORTEST_REPORT:
        return False
    if not any(opening.pattern.search(text[:400]) for opening in _signs().openings):
        return False
    sought = {1, 2}
    for section in _sections(text):
        sought.discard(section.ordinal)
        if not sought:
            return True
    return False


class _Section(NamedTuple):
    """A section number of the outer levels: where it stands, and what it counts."""

    at: int
    level: int
    ordinal: int


def _sections(text: str, offset: int = 0) -> Iterator[_Section]:
    """Section numbers at the start of a line or behind a gap of a text at an offset."""
    for match in _HEAD_CHARACTER.finditer(text):
        at = match.start()
        found = marker(text, at)
        if found and found.level <= 1 and _opens_line(text, at):
            yield _Section(offset + at, found.level, found.ordinal)


def _opens_line(text: str, at: int) -> bool:
    """Whether what stands before an offset is a line's end or a gap, not a single blank."""
    begin = at
    while begin and text[begin - 1].isspace():
        begin -= 1
    gap = text[begin:at]
    return (
        at == len(gap)
        or len(gap) > 1
        or gap == "\n"
        or _HEAD_BEHIND_GAP.match(text, at) is not None
    )


def _same_title(one: str, other: str) -> bool:
    """A title repeated, in full or without the agency, names the same report."""
    return one.endswith(other) or other.endswith(one)


def _lead_cuts(paragraphs: Sequence[Paragraph]) -> list[Beginning]:
    """Section numbers that begin again behind a lead sentence."""
    sections = [
        section for block in paragraphs for section in _sections(block.text, block.place.start)
    ]
    if any(section.level == 0 for section in sections):
        return []
    cuts: list[Beginning] = []
    begin = highest = behind = 0
    for section in sections:
        if section.ordinal == 1 and highest >= 2:
            lead = _lead_before(paragraphs, behind, section.at)
            if lead is not None and lead - begin >= _SHORTEST_REPORT:
                evidence = _evidence(paragraphs, begin, lead, section.at)
                if evidence:
                    cuts.append(Beginning(lead, evidence))
                    begin, highest = lead, 1
        highest = max(highest, section.ordinal)
        behind = section.at
    return cuts


def _lead_before(paragraphs: Sequence[Paragraph], behind: int, before: int) -> int | None:
    """Offset of the nearest opening between two section heads, None if there is none."""
    lead = None
    nearest = max(behind, before - _LONGEST_LEAD)
    first = bisect_right(paragraphs, nearest, key=lambda block: block.place.end)
    for block in map(paragraphs.__getitem__, range(first, len(paragraphs))):
        offset = block.place.start
        if offset >= before:
            break
        skipped = max(behind - offset, 0)
        between = block.text[skipped : before - offset + _LONGEST_OPENING]
        for at, piece in pieces(between):
            start = offset + skipped + at + len(piece) - len(piece.lstrip())
            opens = any(kind.pattern.match(piece.lstrip()) for kind in _signs().openings)
            if behind < start < before and opens:
                lead = start
    return lead


def _evidence(paragraphs: Sequence[Paragraph], begin: int, lead: int, end: int) -> str | None:
    """What shows that the text from ``lead`` opens another report; None if too little does."""
    text = _text_between(paragraphs, lead, end)
    past = _text_between(paragraphs, begin, lead)
    weight = sum(mark.weight for mark in _signs().lead_marks if mark.pattern.search(text))
    before, now = _self_name(past), _self_name(text)
    renamed = bool(before and now and before != now)
    weight += 2 if renamed else 0
    firm = any(kind.firm and kind.pattern.match(text) for kind in _signs().openings)
    weight -= 2 if _ANNEX.search(past[-80:]) and not firm else 0
    if weight < _LEAD_WEIGHT:
        return None
    change = f", and {before} becomes {now}" if renamed else ""
    return f"section numbers begin again behind a new lead sentence{change}: {text[:30]}"


def _text_between(paragraphs: Sequence[Paragraph], start: int, end: int) -> str:
    inside = (block for block in paragraphs if block.place.end > start and block.place.start < end)
    return "\n".join(crop(block, start, end).text for block in inside)


def _self_name(text: str) -> str | None:
    """What the writer calls itself most."""
    names = Counter(_signs().self_names.findall(text))
    return max(names, key=lambda name: (names[name], name), default=None)


def _merge(one: Sequence[Beginning], other: Sequence[Beginning]) -> list[Beginning]:
    """Both kinds of cuts; a title and the lead right behind it open the same report."""
    cuts = sorted([*one, *other], key=lambda cut: cut.at)
    merged: list[Beginning] = []
    for cut in cuts:
        if not merged or cut.at - merged[-1].at >= _SHORTEST_REPORT:
            merged.append(cut)
    return merged


def _is_apart(cut: Beginning, others: Sequence[Beginning]) -> bool:
    """Whether a cut stands far enough from others to open another report than they do."""
    return all(abs(cut.at - other.at) >= _SHORTEST_REPORT for other in others)


@cache
def _signs() -> _Signs:
    return declared("pipeline.extract.identity", "segmentation", _Signs)
