"""Who reports on which year, and what kind of paper it is.

The text itself decides. What the page around it says (publisher, column, address) only
helps to choose among places of one name; nothing is taken from it alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.agencies.functions import governing
from pipeline.extract.identity.covers import year_of_named_sheet
from pipeline.extract.identity.errata import corrected, notices
from pipeline.extract.identity.mentions import NameMention
from pipeline.extract.identity.page_header import Page, page_of, published, stated_period
from pipeline.extract.identity.reporter import mentions, reporter
from pipeline.extract.identity.segmentation import Part
from pipeline.extract.identity.titles import (
    HEAD,
    LEAD,
    PAPER,
    doc_type,
    is_column,
    other_kind,
    signs,
)
from pipeline.extract.identity.year_conflict import Conflict
from pipeline.extract.prose.whose import scope_said
from pipeline.lexis.dates import Period
from pipeline.lexis.years import DIGITS, Use, spoken_of, year_number
from pipeline.model.agency import Agency, Level
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.model.report import DocType, OtherKind

_YEARS_IN_SECTION = re.compile(
    rf"({DIGITS})\s*年度?(?:政府信息公开|政务公开|信息公开|主动公开)(?:工作)?(?:总体)?情况(?!统计)"
)
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕")
_WRITTEN = re.compile(rf"(?<!\S){DIGITS}年\s*\d{{1,2}}月\s*$", re.MULTILINE)
_CITED_YEAR = re.compile(rf"({DIGITS})\s*年度?(?:政府)?信息公开(?:工作)?年度报告")
_YEAR_OF_OWN_REPORT = re.compile(
    rf"(?<![一二三四五六七八九十]是)(?<!及时)(?<!按[时期])(?:编制|公布|发布|形成|社会公开)(?:的|了)?[^。,，;；\n]{{0,40}}?({DIGITS})\s*年度?{PAPER}"
    r"(?!编制|的通知|有关|公布|发布)"
)
"""What the opening calls the paper: 编制了《…2015年政府信息公开工作年度报告》."""
_ASIDE = re.compile(r"[(（][^()（）]{0,100}(?:简称|下称|下文)[^()（）]{0,60}[)）]")
"""What a sentence says in brackets: 佛山市税务局（以下简称市税务局）2021年…"""
_CLOSING = 400
"""How far from its end a report is signed."""
_LONGEST_DAY = 16
_LAST_MONTH_OF_DUE = 6
"""Until then reports on the year before are published, and none on the year itself."""
_LONGEST_YEAR = 370
"""How many days a school year has at most: what goes on longer is no single year."""
_NO_ACCOUNT = {
    OtherKind.PART_OF_YEAR: "its numbers are of a part of the year only",
    OtherKind.SAMPLE: "it is a sample or a pattern to fill in, and its numbers are nobody's",
    OtherKind.LIST_OF_AGENCIES: "it lists what several agencies did, and is the report of none",
    OtherKind.ERRATUM: "it says what is wrong in a report, and is none itself",
}
_SEVERAL = 2
_WORK = re.compile("总结|汇报如下|政务公开工作")


class _Evidence(NamedTuple):
    """Where a year is read from: how much that weighs, and what it is called in Chinese."""

    weight: float
    zh: str


_EVIDENCE = {
    "title": _Evidence(5.0, "标题"),
    "period": _Evidence(4.0, "统计期限"),
    "heading": _Evidence(3.0, "小标题"),
    "table": _Evidence(3.0, "统计表标题"),
    "paper": _Evidence(2.5, "报告名称"),
    "text": _Evidence(2.0, "正文"),
    "section": _Evidence(2.0, "章节标题"),
    "opening": _Evidence(1.5, "开头"),
    "sheet": _Evidence(1.5, "工作表名"),
    "citation": _Evidence(1.0, "引文"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIdentity:
    """What a report says of itself. The attributes are those of ``Report``.

    Attributes:
        title: Title as printed, None where there is none.
        agency: Who reports, None where the report is masked or unsigned.
        agency_stated: The name as printed, None where there is none.
        year: The year reported on, None where the document does not say.
        period_start: First day of the period, where stated.
        period_end: Last day of the period, where stated.
        doc_type: What kind of paper it is.
        other_kind: Which other paper it is, where that can be told.
        scope: Whose numbers the report gives.
        is_scope_said: Whether it says so itself.
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
    other_kind: OtherKind | None
    scope: Scope
    is_scope_said: bool
    published_on: date | None
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()


def identify(part: Part, document: Document, decided: Agency | None = None) -> ReportIdentity:
    """Finds agency, year and kind of one report.

    Args:
        part: The report.
        document: The document it is in.
        decided: Who reports, where a person said it.

    Returns:
        What the report says of itself, with a notice for everything that does not fit.
    """
    page = page_of(part, document)
    day = published(page)
    period = stated_period(page.text)
    year, conflicts = (None, []) if part.is_nobodys else _year(page, period, day, part.sheet.year)
    if year is not None:
        year, conflicts = year_of_named_sheet(year, part, document) or (year, conflicts)
    other = _other_kind(page, period)
    kind, kind_notices = (DocType.OTHER, []) if other else _doc_type(page)
    if kind is DocType.OTHER and other is None and notices(page):
        other = OtherKind.ERRATUM
    kind_notices += [_NO_ACCOUNT[other]] if other else []
    named = corrected(page, year) if other is OtherKind.ERRATUM else ()
    mentioned = [*named, *mentions(page, year)]
    agency, stated, agency_notices = reporter(mentioned, page, year)
    if decided is not None:
        agency, agency_notices = decided, []
    if kind is DocType.ANNUAL_REPORT:
        conflicts += _odd_period(period)
        early, notes = _early_days(mentioned, year, day)
        conflicts += early
        kind_notices += notes
        conflicts += _draft(page)
    said = scope_said(agency.name_zh, _lines_of_title(page), page.text) if agency else None
    return ReportIdentity(
        title=page.printed(page.titles[0].text) if page.titles else None,
        agency=agency,
        agency_stated=page.printed(stated) if stated else None,
        year=year,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        doc_type=kind,
        other_kind=other,
        scope=said or _usual_scope(agency, page),
        is_scope_said=said is not None,
        published_on=day,
        conflicts=tuple(conflicts),
        notices=(*agency_notices, *kind_notices),
    )


def _year(
    page: Page, stated: Period | None, day: date | None, of_sheet: int | None
) -> tuple[int | None, list[Conflict]]:
    """The year most of the evidence speaks for; the publication day only breaks a tie."""
    evidence: list[tuple[str, int]] = [("sheet", of_sheet)] if of_sheet else []
    for kind, title in zip(("title", "heading"), page.titles, strict=False):
        if title.year and (kind == "title" or "统计表" not in title.text):
            evidence.append((kind, title.year))
    meant = _year_meant(stated) if stated else None
    if meant:
        evidence.append(("period", meant))
    for table in page.tables[:2]:
        evidence += [("table", table.year)] if table.year else []
    evidence += _said("section", _YEARS_IN_SECTION, page.text[:6000])
    papers = _said("paper", _YEAR_OF_OWN_REPORT, page.text[:800])
    evidence += papers
    if papers and not page.titles and papers[0][1] == _year_most_spoken_of(page.text[:LEAD]):
        evidence.append(("text", papers[0][1]))
    if meant and any(year != meant for kind, year in evidence if kind == "title"):
        evidence += _year_of_sentences(page)
    opening = _year_of_opening(page.text[:500])
    spans_years = bool(page.titles) and page.titles[0].spans_years
    spans_years = spans_years or bool(stated and stated.start and not meant)
    if opening and not spans_years and not {"title", "period"} & {kind for kind, _ in evidence}:
        evidence.append(("opening", opening))
    if not evidence:
        evidence += _said("citation", _CITED_YEAR, page.text[:800])
    if not evidence:
        return None, []
    votes: dict[int, float] = defaultdict(float)
    seen = set()
    for kind, year in _that_may_be(evidence, meant, day, page):
        if (kind, year) not in seen:
            votes[year] += _EVIDENCE[kind].weight
            seen.add((kind, year))
    if day and day.year - 1 in votes:
        votes[day.year - 1] += 0.5
    year = max(votes, key=lambda year: (votes[year], -year))
    return year, [
        Conflict(
            "I-Y1",
            other,
            f"报告年度读作{year}年，但{_EVIDENCE[kind].zh}为{other}年",
            f"the year is read as {year}, but the {kind} says {other}",
        )
        for kind, other in sorted(set(evidence))
        if other != year
    ]


def _that_may_be(
    evidence: Sequence[tuple[str, int]], meant: int | None, day: date | None, page: Page
) -> Sequence[tuple[str, int]]:
    """The evidence of years that were over on the day of publication, if the period's was.

    What is of a later one is the title of another year's report that the page links to, unless
    sentences speak of that year: then it is the day that is a slip.
    """
    over = day.year - (day.month <= _LAST_MONTH_OF_DUE) if day else None
    if over is None or meant is None or meant > over:
        return evidence
    earlier = [(kind, year) for kind, year in evidence if year <= over]
    if len(earlier) == len(evidence) or any(year > over for _, year in _year_of_sentences(page)):
        return evidence
    return earlier


def _year_meant(stated: Period) -> int | None:
    """The year of a period; a school year is filed under the year it ends in."""
    if stated.year or stated.start is None or stated.end is None:
        return stated.year
    is_school_year = stated.start.month in {8, 9} and stated.end.month in {7, 8, 9, 10}
    return stated.end.year if is_school_year and stated.end.year == stated.start.year + 1 else None


def _said(kind: str, pattern: re.Pattern[str], text: str) -> list[tuple[str, int]]:
    found = pattern.search(text)
    year = year_number(found[1]) if found else None
    return [(kind, year)] if year else []


def _year_of_opening(text: str) -> int | None:
    """The first year an opening speaks of, quoted titles, days and papers' numbers aside.

    A month alone on its line is when the paper was written.
    """
    text = _QUOTED.sub("", text)
    said = (one for one in spoken_of(text) if one.use is not Use.DAY)
    return next((one.year for one in said if not _WRITTEN.match(text, one.start)), None)


def _year_of_sentences(page: Page) -> list[tuple[str, int]]:
    """The year that sentences speak of most, below titles that give another than the period."""
    lines = page.text[:LEAD].splitlines()
    heads = {title.text for title in page.titles}
    spoken = _years_spoken_of("\n".join(line for line in lines if line.strip() not in heads))
    most = [year for year, times in spoken.items() if times == max(spoken.values())]
    signed = _year_signed(page.text)
    is_one = len(most) == 1 and (signed is None or most[0] == signed - 1)
    return [("text", most[0])] if is_one else []


def _year_signed(text: str) -> int | None:
    """The year of the last line that is a day and nothing else, as signatures are."""
    for line in reversed(text[-_CLOSING:].splitlines()):
        days = [one.year for one in spoken_of(line) if one.use is Use.DAY]
        if days and len(line.strip()) <= _LONGEST_DAY:
            return days[-1]
    return None


def _year_most_spoken_of(text: str) -> int | None:
    """The year a text speaks of most, days and quoted titles aside."""
    spoken = _years_spoken_of(text)
    return max(spoken, key=spoken.__getitem__, default=None)


def _years_spoken_of(text: str) -> Counter[int]:
    return Counter(one.year for one in spoken_of(_QUOTED.sub("", text)) if one.use is not Use.DAY)


def _other_kind(page: Page, stated: Period | None) -> OtherKind | None:
    """Whether its title, its head or its period says that a paper is no account of a year."""
    title = _title_that_tells(page)
    found = other_kind(title, page.text[:HEAD])
    if found is OtherKind.LIST_OF_AGENCIES and signs().form.search("".join(page.text.split())):
        found = None
    if found or stated is None or stated.year is None or stated.end is None:
        return found
    is_annual = signs().annual.search("".join(title.split()) or page.text[:300])
    is_part = not is_annual and signs().periods.is_part(stated)
    return OtherKind.PART_OF_YEAR if is_part else None


def _title_that_tells(page: Page) -> str:
    """The title that says what kind of paper it heads, empty where none does."""
    return next(iter(_lines_of_title(page)), "")


def _lines_of_title(page: Page) -> tuple[str, ...]:
    """That title, and the names above and below it."""
    telling = (one for one in page.titles if not one.is_plain and doc_type(one.text))
    return next(((one.text, *one.near) for one in telling), ())


def _draft(page: Page) -> list[Conflict]:
    found = signs().draft.search(_title_that_tells(page))
    if not found:
        return []
    return [
        Conflict(
            "I-V1",
            None,
            f"标题称其为{found.group()}，尚未定稿",
            f"its title calls it {found.group()}, which is not final",
        )
    ]


def _doc_type(page: Page) -> tuple[DocType, list[str]]:
    text = "".join(page.text[:12000].split())
    if page.is_list and not signs().form.search(text):
        return DocType.OTHER, ["it only lists reports on several years"]
    if len(page.titles) > 1 and all(is_column(title.text) for title in page.titles):
        return _doc_type_below_columns(text)
    for title in page.titles:
        kind = None if title.is_plain else doc_type(title.text)
        if kind is None:
            continue
        own = "政务公开" not in title.text and "要点" not in title.text
        if kind is DocType.OTHER and signs().covering.search(title.text) and _says(text, 3):
            return DocType.ANNUAL_REPORT, ["a letter or notice that is the annual report itself"]
        if kind is DocType.OTHER and _is_corrected_whole(title.text, page.text):
            return DocType.ANNUAL_REPORT, ["a report printed whole below the words of a correction"]
        holds = kind is DocType.OTHER and signs().formula.search(text) and _gives_numbers(text)
        if holds and (_is_account(text) or _brings(title.text, text)):
            return DocType.ANNUAL_REPORT, ["a letter or notice with the annual report in it"]
        if kind is DocType.WORK_SUMMARY and own and _is_account(text):
            return DocType.ANNUAL_REPORT, [
                "called a summary, but says what the Regulations ask of an annual report"
            ]
        return kind, []
    if signs().half_year.search(text[:200]) or signs().letter.search(text[:300]):
        return DocType.OTHER, []
    if notices(page) and not (_is_account(text) or signs().compiled.search(text)):
        return DocType.OTHER, []
    if signs().about.search(text[:400]) and not signs().form.search(text):
        return DocType.OTHER, ["it is about reports, and none itself"]
    opening = _ASIDE.sub("", text[:900])[:HEAD]
    if signs().formula.search(opening) or page.tables or signs().form.search(text):
        return DocType.ANNUAL_REPORT, []
    if _is_account(text):
        return DocType.ANNUAL_REPORT, []
    if _WORK.search(text[:HEAD]):
        return DocType.WORK_SUMMARY, []
    return DocType.OTHER, ["nothing says what kind of paper this is"]


def _doc_type_below_columns(text: str) -> tuple[DocType, list[str]]:
    """The kind of a paper without a title, below the columns of its site.

    A guide says most of what a report must say: only what no guide has makes it a report.
    """
    opening = text[:1200]
    if signs().half_year.search(opening) or signs().letter.search(opening):
        return DocType.OTHER, []
    if signs().form.search(text) or (signs().formula.search(opening) and _gives_numbers(text)):
        return DocType.ANNUAL_REPORT, []
    return DocType.OTHER, ["only columns of the site stand above the text"]


def _gives_numbers(text: str) -> bool:
    """Whether a letter or notice gives an account, and does not only ask for one."""
    return any(sign.search(text) for sign in (signs().counted, signs().form))


def _brings(title: str, text: str) -> bool:
    """Whether a notice is about the report that it holds."""
    return signs().bringing.search(title) is not None and _says(text, 3)


def _is_corrected_whole(title: str, text: str) -> bool:
    """Whether a whole report follows …年度报告更正如下, and not what is wrong in one."""
    if not signs().corrected_below.search(title) or signs().amended.search(text):
        return False
    lines = (line for line in text.split("\n") if signs().chapter.search(line))
    tables = (found.group() for found in signs().form.finditer("".join(text.split())))
    return any(len(set(signs_of)) >= _SEVERAL for signs_of in (lines, tables))


def _says(text: str, needed: int) -> bool:
    """Whether a text says that much of what the Regulations ask of a report."""
    said = 0
    for pattern in signs().sections:
        said += pattern.search(text) is not None
        if said >= needed:
            return True
    return False


def _is_account(text: str) -> bool:
    if _says(text, signs().sections_needed):
        return True
    heads = sum(pattern.search(text) is not None for pattern in signs().outline)
    return heads >= signs().sections_needed


def _usual_scope(agency: Agency | None, page: Page) -> Scope:
    """Whose numbers reports of such an agency give."""
    if agency is not None:
        governs = agency.function.endswith(tuple(governing("division", "zone")))
        is_whole = governs and agency.level not in {Level.TOWNSHIP, Level.UNKNOWN}
        return Scope.REGION if is_whole else Scope.AGENCY
    wide, own = (
        len(pattern.findall(page.text)) for pattern in (signs().self_region, signs().self_agency)
    )
    if wide == own:
        return Scope.UNKNOWN
    return Scope.REGION if wide > own else Scope.AGENCY


def _is_one_year(stated: Period) -> bool:
    """Whether a period is a year, or a school year, and not misprinted."""
    if stated.start is None or stated.end is None or not _year_meant(stated):
        return False
    if stated.year is None:
        return (stated.end - stated.start).days < _LONGEST_YEAR
    return signs().periods.is_whole(stated)


def _odd_period(stated: Period | None) -> list[Conflict]:
    if stated is None or _is_one_year(stated):
        return []
    printed = stated.printed[:40]
    return [
        Conflict(
            "I-P1",
            stated.year,
            f"统计期限印错或不是一个年度：{printed}",
            f"the period is misprinted or not one year: {printed}",
        )
    ]


def _early_days(
    mentions: Sequence[NameMention], year: int | None, published_on: date | None
) -> tuple[list[Conflict], list[str]]:
    """A day below the report before its year was over: a conflict, or a notice.

    Where another such day and that of publication are of one later year, it is a slip.
    """
    days = [mention.day for mention in mentions if mention.day]
    early = [day for day in days if year and day < date(year, 12, 31)]
    if not early:
        return [], []
    said = f"signed on {early[0]}, before the year {year} was over"
    others = {day.year for day in days if day not in early}
    if published_on and published_on.year in others:
        return [], [f"{said}; it is also signed and was published in {published_on.year}"]
    return [
        Conflict("I-D1", early[0].year, f"落款日期{early[0]}早于报告年度{year}年结束", said)
    ], []
