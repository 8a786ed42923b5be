"""Who reports on which year, and what kind of paper it is.

The text itself decides. What the page around it says (publisher, column, address) only
helps to choose among places of one name; nothing is taken from it alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.agencies.agency import Agency, Level
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.extract.conflict import Conflict
from pipeline.extract.dates import Period, first_day, period, years
from pipeline.extract.mentions import Mention, Where, in_opening, in_title, own_papers, signatures
from pipeline.extract.observation import Scope
from pipeline.extract.report import DocType
from pipeline.extract.split import Part
from pipeline.extract.titles import Title, doc_type, is_title, signs, table_titles, titles
from pipeline.readers.document import Document

_HEADER = re.compile(r"^标题[:：](?:.*\n){1,16}?=+\s*正文\s*=+[^\S\n]*\n?", re.MULTILINE)
_FIELD = re.compile(r"^([\u4e00-\u9fff]{2,6})[:：][ \t]*(.*)$", re.MULTILINE)
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发文日期|公开日期|时间|日期)[:：]\s*(\S{8,12})")
_PUBLISHED_FIELDS = ("发布时间", "发布日期", "公开日期", "发文日期", "成文日期", "日期")
_PUBLISHER_FIELDS = ("发布机构", "来源", "信息来源", "公开主体", "发文机关", "发布单位")
_PLACE_HINT = re.compile(
    r"([\u4e00-\u9fff]{2,9}?(?:省|市|自治区|自治州|县|区|旗))(?=人民政府|政府|委、|委员会|级机关|门户网站|政务)"
)
_YEARS_IN_SECTION = re.compile(
    r"(20\d\d)\s*年度?(?:政府信息公开|政务公开|信息公开|主动公开)(?:工作)?(?:总体)?情况(?!统计)"
)
_NOT_THE_YEAR = re.compile(r"《[^》]*》|〔[^〕]*〕|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_WEIGHTS = {
    "title": 5.0,
    "period": 4.0,
    "heading": 3.0,
    "table": 3.0,
    "section": 2.0,
    "opening": 1.5,
    "citation": 1.0,
}
_CITED_YEAR = re.compile(r"(20\d\d)\s*年度?(?:政府)?信息公开(?:工作)?年度报告")
_EVIDENCE_ZH = {
    "title": "标题",
    "heading": "小标题",
    "period": "统计期限",
    "table": "统计表标题",
    "section": "章节标题",
    "opening": "开头",
    "citation": "引文",
}
_GOVERNING = {"government", "management_committee"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a report says of itself. The attributes are those of ``Report``.

    Attributes:
        title: Title as printed, None where there is none.
        agency: Who reports, None where the report is masked or unsigned.
        agency_stated: The name as printed, None where there is none.
        year: The year reported on, None where the document does not say.
        period_start: First day of the period, where stated.
        period_end: Last day of the period, where stated.
        doc_type: What kind of paper it is.
        scope: Whose numbers the report gives.
        published_on: Day of publication as the document states it.
        conflicts: Print that does not fit the year.
        notices: What else was doubted, one sentence each.
    """

    title: str | None
    agency: Agency | None
    agency_stated: str | None
    year: int | None
    period_start: date | None
    period_end: date | None
    doc_type: DocType
    scope: Scope
    published_on: date | None
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A part as identity looks at it: its words apart from what the page says around them."""

    text: str
    fields: Mapping[str, str]
    titles: tuple[Title, ...]
    tables: tuple[Title, ...]


def identify(part: Part, document: Document) -> Identity:
    """Finds agency, year and kind of one report.

    Args:
        part: The report.
        document: The document it is in.

    Returns:
        What the report says of itself, with a notice for everything that does not fit.
    """
    page = _page(part, document)
    published = _published(page)
    stated_period = period(page.text[:4000])
    year, conflicts = _year(page, stated_period, published)
    mentions = list(_mentions(page, year))
    agency, stated, agency_notices = _agency(mentions, page, year)
    kind, kind_notices = _doc_type(page)
    conflicts += _odd_dates(mentions, stated_period, year)
    return Identity(
        title=page.titles[0].text if page.titles else None,
        agency=agency,
        agency_stated=stated,
        year=year,
        period_start=stated_period.start if stated_period else None,
        period_end=stated_period.end if stated_period else None,
        doc_type=kind,
        scope=_scope(agency, page.text),
        published_on=published,
        conflicts=tuple(conflicts),
        notices=(*agency_notices, *kind_notices),
    )


def _page(part: Part, document: Document) -> _Page:
    """Sets apart the words of the part, the page's own fields, and the titles."""
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
    return _Page(text, fields, tuple(found), tuple(table_titles(text)))


def _published(page: _Page) -> date | None:
    for field in _PUBLISHED_FIELDS:
        day = first_day(page.fields.get(field, ""))
        if day:
            return day
    match = _PUBLISHED.search(page.text[:600])
    return first_day(match[1]) if match else None


def _year(
    page: _Page, stated: Period | None, published: date | None
) -> tuple[int | None, list[Conflict]]:
    """The year most of the evidence speaks for; the publication day only breaks a tie."""
    evidence: list[tuple[str, int]] = []
    for kind, title in zip(("title", "heading"), page.titles, strict=False):
        if title.year and (kind == "title" or "统计表" not in title.text):
            evidence.append((kind, title.year))
    if stated and stated.year:
        evidence.append(("period", stated.year))
    for table in page.tables[:2]:
        evidence += [("table", table.year)] if table.year else []
    evidence += [("section", int(year)) for year in _YEARS_IN_SECTION.findall(page.text[:6000])[:1]]
    opening = next(years(_NOT_THE_YEAR.sub("", page.text[:500])), None)
    if opening and not any(kind in {"title", "period"} for kind, _ in evidence):
        evidence.append(("opening", opening))
    if not evidence:
        evidence += [("citation", int(year)) for year in _CITED_YEAR.findall(page.text[:800])[:1]]
    if not evidence:
        return None, []
    votes: dict[int, float] = defaultdict(float)
    seen = set()
    for kind, year in evidence:
        if (kind, year) not in seen:
            votes[year] += _WEIGHTS[kind]
            seen.add((kind, year))
    if published and published.year - 1 in votes:
        votes[published.year - 1] += 0.5
    year = max(votes, key=lambda year: (votes[year], -year))
    return year, [
        Conflict(
            "I-Y1",
            other,
            f"报告年度读作{year}年，但{_EVIDENCE_ZH[kind]}为{other}年",
            f"the year is read as {year}, but the {kind} says {other}",
        )
        for kind, other in sorted(set(evidence))
        if other != year
    ]


def _mentions(page: _Page, year: int | None) -> Iterator[Mention]:
    for title in page.titles[:3]:
        yield from in_title(title, Where.TITLE, year)
    for table in page.tables[:3]:
        yield from in_title(table, Where.TABLE, year)
    yield from signatures(page.text, year)
    yield from in_opening(page.text[:1500], year)


def _agency(
    mentions: Sequence[Mention], page: _Page, year: int | None
) -> tuple[Agency | None, str | None, list[str]]:
    """The agency the strongest mention names, made whole by the others."""
    masked = next((m for m in mentions if m.name.certainty is Certainty.MASKED), None)
    if masked:
        return None, _short(masked.text), [f"the agency is masked: {_short(masked.text)}"]
    named = [m for m in mentions if m.name.certainty is not Certainty.NOT_A_NAME]
    if not named:
        named = list(own_papers(page.text, year))
    for mention in named:
        found = _made_whole(mention, named, page, year)
        if found and found.agency and found.certainty in {Certainty.CERTAIN, Certainty.HINTED}:
            return _settled(mention, found, named, page)
    for mention in named:
        if mention.name.certainty is Certainty.UNRESOLVED and mention.name.agency:
            why = f"the agency {mention.name.name} could not be placed: {mention.name.found}"
            return mention.name.agency, mention.name.name, [why]
    return None, None, []


def _made_whole(
    mention: Mention, named: Sequence[Mention], page: _Page, year: int | None
) -> Resolution | None:
    """A name in full: from the name, from another mention of the same agency, from hints."""
    found = mention.name
    if found.certainty is Certainty.CERTAIN:
        return found
    if found.certainty is Certainty.REGION_ONLY:
        return _government(found, year)
    for other in named:
        same = other.name.function == found.function and found.function
        if same and other.name.certainty is Certainty.CERTAIN:
            return other.name
    publisher = _publisher(page, year)
    if publisher and publisher.function == found.function and _speaks_of(page, publisher):
        return publisher
    hints = [*_place_hints(page.text), *_publisher_names(page)]
    return resolve(found.name, year=year, hints=hints) if hints else found


def _government(found: Resolution, year: int | None) -> Resolution | None:
    """A report of a region is its government's."""
    if found.region is None:
        return resolve(f"{found.name}人民政府", year=year)
    body = "管理委员会" if found.region.is_zone else "人民政府"
    return resolve(found.name + body, year=year)


def _settled(
    mention: Mention, found: Resolution, named: Sequence[Mention], page: _Page
) -> tuple[Agency | None, str | None, list[str]]:
    agency = found.agency
    assert agency is not None
    stated = agency.name_zh if agency.name_zh in page.text else found.name
    others = {
        f"{m.where} names {m.name.agency.name_zh}"
        for m in named
        if m.name.certainty is Certainty.CERTAIN
        and m.where in {Where.TITLE, Where.TABLE, Where.SIGNATURE}
        and m.name.agency
        and m.name.agency.agency_id != agency.agency_id
    }
    notices = [f"the {mention.where} names {agency.name_zh}, but the {o}" for o in sorted(others)]
    if found.certainty is Certainty.HINTED:
        notices.append(f"{mention.name.name} was placed by other names in the document")
    return agency, stated, notices


def _publisher(page: _Page, year: int | None) -> Resolution | None:
    """What the page says its publisher is, if that is one agency."""
    for name in _publisher_names(page):
        found = resolve(name, year=year)
        if found.certainty is Certainty.CERTAIN:
            return found
    return None


def _publisher_names(page: _Page) -> list[str]:
    return [name for field in _PUBLISHER_FIELDS if (name := page.fields.get(field))]


def _speaks_of(page: _Page, publisher: Resolution) -> bool:
    """Whether the text itself, not only the page around it, names the publisher's region."""
    region = publisher.region
    return region is not None and region.name[:2] in page.text


def _place_hints(text: str) -> list[str]:
    """Regions named in the text, each once."""
    return list(dict.fromkeys(_PLACE_HINT.findall(text[:4000])))[:12]


def _doc_type(page: _Page) -> tuple[DocType, list[str]]:
    text = re.sub(r"\s", "", page.text[:12000])
    account = _is_account(text)
    for title in page.titles:
        kind = doc_type(title.text)
        if kind is None:
            continue
        own = "政务公开" not in title.text
        if kind is DocType.OTHER and account and signs().formula.search(text):
            return DocType.ANNUAL_REPORT, ["a letter or notice with the annual report in it"]
        if kind is DocType.WORK_SUMMARY and own and account and "要点" not in title.text:
            return DocType.ANNUAL_REPORT, [
                "called a summary, but says what the Regulations ask of an annual report"
            ]
        return kind, []
    if signs().half_year.search(text[:200]) or signs().letter.search(text[:300]):
        return DocType.OTHER, []
    if signs().formula.search(text[:600]) or account or page.tables or signs().form.search(text):
        return DocType.ANNUAL_REPORT, []
    if re.search("总结|汇报如下|政务公开工作", text[:600]):
        return DocType.WORK_SUMMARY, []
    return DocType.OTHER, ["nothing says what kind of paper this is"]


def _is_account(text: str) -> bool:
    said = sum(pattern.search(text) is not None for pattern in signs().sections)
    return said >= signs().sections_needed


def _scope(agency: Agency | None, text: str) -> Scope:
    if agency is not None:
        regional = agency.function.endswith(tuple(_GOVERNING)) and agency.level not in {
            Level.TOWNSHIP,
            Level.UNKNOWN,
        }
        return Scope.REGION if regional else Scope.AGENCY
    wide, own = (
        len(pattern.findall(text)) for pattern in (signs().self_region, signs().self_agency)
    )
    if wide == own:
        return Scope.UNKNOWN
    return Scope.REGION if wide > own else Scope.AGENCY


def _odd_dates(
    mentions: Sequence[Mention], stated: Period | None, year: int | None
) -> list[Conflict]:
    """A misprinted period, and a signature older than the year it reports."""
    conflicts = []
    if stated and not (stated.start and stated.year):
        printed = stated.printed[:40]
        conflicts.append(
            Conflict(
                "I-P1",
                stated.year,
                f"统计期限印错或不是一个年度：{printed}",
                f"the period is misprinted or not one year: {printed}",
            )
        )
    early = [m.day for m in mentions if m.day and year and m.day.year <= year]
    if early:
        conflicts.append(
            Conflict(
                "I-D1",
                early[0].year,
                f"落款日期{early[0]}早于报告年度{year}年结束",
                f"signed on {early[0]}, before the year {year} was over",
            )
        )
    return conflicts


def _short(text: str) -> str:
    return text[:40]
