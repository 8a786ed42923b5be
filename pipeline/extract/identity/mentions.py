"""Where a report names an agency: strong places first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.agencies.functions import HOW_IT_WORKS, governing, governs_place, is_above_all
from pipeline.agencies.region import NATION_REGION
from pipeline.agencies.regions import named_first
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.extract.identity import desks
from pipeline.extract.identity.name_patterns import (
    IS_TALKED_OF,
    LETTER,
    Reading,
    found_in,
    opening_patterns,
)
from pipeline.extract.identity.page_header import PUBLISHER_FIELDS, SOURCE_FIELD
from pipeline.extract.identity.titles import OPENING, Title
from pipeline.lexis.dates import days
from pipeline.lexis.years import DIGITS

_COMPILING_FOR = "(?:报告|年报).*由"
"""What stands in front of whoever compiled the report."""
_BETWEEN = re.compile(
    r"(?:负责|组织|综合|汇总|特|现|已|(?:根据|依据|按照|结合)(?:《[^》]*》|[^，,。《]{0,12})|认真|统一)+$"
)
_CLAUSE = re.compile(r"(?<!自)由|[，,：:\s]")
_ORDERS = re.compile("(?:要点|通知|要求|方案|意见|部署|规定|精神|安排)$")
"""What a report was compiled by that is nobody: 结合南阳市政务公开工作要点编制."""
_TOWN_AT_WORK = re.compile(
    "(?![我本全该])((?:(?!各)[一-鿿]){1,7}?(?:乡|镇|街道?|苏木))"
    f"(?={HOW_IT_WORKS}|未收|共收|按照|主动|通过|高度|继续|全面|进一步|在)"
)
_TOWN_ALONE = re.compile("(?![我本全各该])[一-鿿]{2,7}(?:乡|镇|街道?|苏木)")
_STREET, _SUBDISTRICT = "街", "街道"
"""What subdistricts of Guangzhou call themselves: 白云街."""
_GOVERNMENT = "government"
_ABOVE_ALL = "party_committee"
"""Whom every report speaks of: 2021年，嘉祥县委高度重视."""
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_LISTED_BEFORE = re.compile("(?:《[^《》]*》[、和及，]*)+$")
"""What stands in front of the last of several papers: 制定《…制度》《…指南》."""
_OWN_ACT = re.compile(
    r"(?:制定|印发|制订|修订|修改|编印|编制|出台|完善|建立|下发|发布|公布|更新|制作)[^《。；]{0,12}$"
)
_OWN_GUIDE = re.compile(
    "公开(?:指南|(?:基本|标准)?目录|(?:全|事项)?清单|标准)$|权责清单$|责任清单$|机构职能$"
)
"""What every agency has to issue for itself."""
_OF_OTHERS = re.compile(
    "(?:[参遵][照考阅看见]|[查翻详][阅看见询]|见|登录|下发|印送|学习|借鉴|转发|根据|按照|依据|依照|对照|落实|执行)"
    "[^《。；，]{0,8}$"
)
_PUBLISHER = re.compile(
    rf"(?:{'|'.join(PUBLISHER_FIELDS)})\s*[:：]?\s*\|?[ \t]*"
    r"(?![\u4e00-\u9fff]*[:：])([\u4e00-\u9fff]{3,24})"
)
_SOURCE = re.compile(
    rf"{SOURCE_FIELD}(?<!数据来源)(?<!资料来源)(?<!图片来源)\s*[:：]\s*([\u4e00-\u9fff]{{3,24}})"
)
_HEAD = 400
_OF_PAGE = re.compile(rf"\s*(?:{'|'.join(PUBLISHER_FIELDS)}|{SOURCE_FIELD}|[主承]办单位)\s*[:：]")
"""What begins a line of the page around a report, which nobody signs."""
_ENDS = re.compile(r"[局委厅办室府会院部中心处队站社署关行镇乡道区县市所司]|(?<=大)学")
_ENDS_OF_REGIONS = "省州旗盟"
# 管委会政府信息公开 is open government of the committee.
_NOT_THEIR_NAME = re.compile("(?<=[局委厅办会院司部署室所队])政府(?=信息公开)")
# Where a sentence goes on behind a name: 市城乡建设局聚焦中心工作, 省政府及其部门.
_GOES_ON = re.compile(f"(?<=..)(?:聚焦|紧扣|立足|及其|所属|根据|在|是|{HOW_IT_WORKS})")
_MEDIA = ("网站", "平台", "网", "公众号", "微博", "微信")
"""What an agency publishes by, which is no unit of it."""
_IN_FRONT = frozenset(",，、将我的与和")
"""What may stand in front of a name and is no part of it."""
_MANY = "各"
"""What no name has: 市政府各委、办、局 are those whose reports were put together."""
_COVER = re.compile(
    rf"\s*({LETTER}{{3,30}})\s*\n\s*(?:{DIGITS})\s*年\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?![^\n]*星期)[^\n]{{0,8}}\n"
)
"""Whose name alone heads a covering page, with the month below it."""
_SIGNS_NOTHING = re.compile(r"\s*(?:起|至|到|[-—–~～]|星期)")
"""What follows a day that is the first of a period, or today's at the head of a site."""
_STAMP = re.compile(r"(?:\(|（)?(?:盖章|公章|印)(?:\)|）)?\s*$")
_LEFT_EDGE = re.compile(r"[\s。；;：:，,、!！?？”’\]】>《》“（）()]")


class Where(StrEnum):
    """Where a name stands, the best evidence first."""

    TITLE = "title"
    TABLE = "table title"
    SIGNATURE = "signature"
    PAGE = "page's title"
    COMPILED = "compiled by"
    SUBJECT = "opening sentence"
    CONTACT = "contact"
    QUOTED = "own paper"
    PASSING = "in passing"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name and where it stands.

    Attributes:
        where: The kind of place.
        text: The words as printed; more than the name may stand in them.
        name: What the resolver made of them.
        day: The day a signature bears.
    """

    where: Where
    text: str
    name: Resolution
    day: date | None = None


def in_title(title: Title, where: Where, year: int | None) -> Iterator[NameMention]:
    """Yields the names in a title, or else above and below it."""
    if title.beside:
        one, other = resolve(title.beside, year=year), resolve(title.text, year=year)
        if _are_heads(one, other):
            both = resolve(f"{one.name}、{other.name}", year=year)
            yield NameMention(where, both.name, both)
            return
    heads = [resolve(text, year=year) for text in title.near[:2]] if len(title.near) > 1 else []
    if heads and _are_heads(*heads) and not _is_one_of(title.text, heads, year):
        joint = "、".join(reversed(title.near[:2]))
        yield NameMention(where, joint, resolve(joint, year=year))
        return
    said = title.named
    places = [one for one in said[: len(said) - len(title.near)] if named_first(one) == one]
    found = resolve(title.text, year=year, hints=places)
    if found.certainty is not Certainty.NOT_A_NAME:
        yield NameMention(where, title.text, found)
    for text in said:
        found = resolve(text, year=year)
        if found.certainty is not Certainty.NOT_A_NAME:
            yield NameMention(where, text, found)


def _is_one_of(title: str, heads: list[Resolution], year: int | None) -> bool:
    """Whether a title names one of the two bodies above it."""
    own = resolve(title, year=year).agency
    return own is not None and own in {head.agency for head in heads}


def _are_heads(one: Resolution, other: Resolution) -> bool:
    """Whether two bureaus of one place stand over a paper: it is of both."""
    if not (one.agency and other.agency and one.region and other.region):
        return False
    if one.region != other.region and not _share_a_house(one, other):
        return False
    return one.agency.agency_id != other.agency.agency_id and not (
        is_above_all(one.function) or is_above_all(other.function)
    )


def _share_a_house(one: Resolution, other: Resolution) -> bool:
    """Whether they are a branch of the central bank and that of foreign exchange in its province.

    The two report together, one called by the city and the other by the province.
    """
    assert one.region and other.region
    near = one.region.lies_in(other.region) or other.region.lies_in(one.region)
    return near and {one.function, other.function} == {"central_bank", "foreign_exchange"}


def signatures(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields names in front of a day, and alone on a last line, last first."""
    for name, signed in _signed(text):
        resolution = resolve(name, year=year)
        if resolution.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED, Certainty.MASKED}:
            yield NameMention(Where.SIGNATURE, name, resolution, signed)


def _signed(text: str) -> list[tuple[str, date | None]]:
    """What stands in front of a day, and alone on a last line, last first."""
    found: list[tuple[str, date | None]] = []
    for match, day in days(text):
        if _SIGNS_NOTHING.match(text, match.end()):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        name = re.split(_LEFT_EDGE, _STAMP.sub("", before.rstrip()))[-1]
        if 3 <= len(name) <= 40 and _may_sign(name):
            found.append((name, day))
    lines = [
        line.strip()
        for line in text[max(len(text) - 400, len(text) // 2) :].split("\n")
        if not _OF_PAGE.match(line)
    ]
    found += [(line, None) for line in lines if 3 < len(line) <= 30 and _may_sign(line)]
    cover = _COVER.match(text)
    return [*found[::-1], *((name, None) for name in (cover.groups() if cover else ()))]


def _may_sign(name: str) -> bool:
    return _ENDS.search(name, len(name) - 1) is not None or name[-1] in _ENDS_OF_REGIONS


def in_opening(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields who the opening says compiled the report, worked in the year, answers questions."""
    bare = _QUOTED.sub("《》", text) if "《" in text else text
    for row, pattern in opening_patterns():
        if not row.reads or not row.within:
            continue
        said = text if row.in_quotes else bare
        for match in found_in(said[: row.within], row, pattern):
            readings = (_READINGS[read](match, year) for read in row.reads)
            found = next(filter(None, readings), None)
            if found and not _is_talked_of(found.name, match):
                yield from _mention(Where[row.where.upper()], found)


def _is_talked_of(name: str, match: re.Match[str]) -> bool:
    """Whether a sentence is about the open government of whom it names, which others praise."""
    at = match.string.find(name, match.start())
    return at >= 0 and IS_TALKED_OF.match(match.string, at + len(name)) is not None


def _caught(match: re.Match[str]) -> str:
    """What the one of a pattern's groups caught that took part."""
    return match[match.lastindex or 0]


def _compiler(match: re.Match[str], year: int | None) -> Resolution | None:
    """Who stands in front of 编制."""
    clause, before = _in_front(match)
    if _ORDERS.search(clause):
        return None
    named = _ending_name(clause, year)
    if named is None and f"由{clause}" in before:
        named = leading_name(clause, year) or _placed_name(clause, year)
        named = named or _town_alone(clause, year)
    return named


def _in_front(match: re.Match[str]) -> tuple[str, str]:
    """The words that stand in front of 编制, and the sentence in front of it."""
    before = re.split(r"[。；;]", match.string[max(0, match.start() - 80) : match.start()])[-1]
    return _CLAUSE.split(_BETWEEN.sub("", before.rstrip("的")))[-1], before


def _worker(match: re.Match[str], year: int | None) -> Resolution | None:
    """Who did something in the year, unless it is the committee that every report thanks."""
    town = _TOWN_AT_WORK.match(_caught(match))
    named = leading_name(_caught(match), year) or (_town_alone(town[1], year) if town else None)
    return None if named and named.function == _ABOVE_ALL else named


def _bureau(match: re.Match[str], year: int | None) -> Resolution | None:
    named = _placed_name(_caught(match), year)
    return named and above_unit(named, year)


def _town_alone(said: str, year: int | None) -> Resolution | None:
    if not _TOWN_ALONE.fullmatch(said):
        return None
    return _whole_name(
        said.removesuffix(_STREET) + _SUBDISTRICT if said.endswith(_STREET) else said, year
    )


def _whole_name(text: str, year: int | None) -> Resolution | None:
    found = resolve(text, year=year)
    return found if found.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED} else None


def _placed_name(text: str, year: int | None) -> Resolution | None:
    """An agency whose region is printed, whether or not its function is known."""
    if _MANY in text:
        return None
    found = resolve(text, year=year)
    return found if found.certainty is Certainty.CERTAIN else None


def _whole_agency(text: str, year: int | None) -> Resolution | None:
    """Whom to ask: the agency, whichever of its units answers."""
    desk = desks.OF_ZONE.search(text)
    if desk:
        whole = text[: desk.start()]
        committee = resolve(whole if whole.endswith("会") else f"{whole}管理委员会", year=year)
        if committee.certainty is Certainty.CERTAIN:
            return committee
    town = desks.OF_TOWN.search(text)
    if town and (whole_town := _whole_name(text[: town.start()], year)):
        return whole_town
    found = _ending_name(desks.OF_BUREAU.sub("", text), year)
    return above_unit(found, year) if found else None


def above_unit(found: Resolution, year: int | None) -> Resolution | None:
    """The bureau that a unit is in, the same agency where it is none."""
    return leading_name(found.name, year) if "_unit_" in _id(found) else found


def own_papers(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields names in the titles of papers the writer says it issued itself."""
    for match in _QUOTED.finditer(text):
        before = _LISTED_BEFORE.sub("", text[max(0, match.start() - 120) : match.start()])[-20:]
        is_guide = _OWN_GUIDE.search(match[1]) and not _OF_OTHERS.search(before)
        if "关于" in match[1] or not (_OWN_ACT.search(before) or is_guide):
            continue
        yield from _mention(Where.QUOTED, leading_name(match[1], year))


def publishers(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields whom lines at the head of a page call its publisher."""
    for match in _PUBLISHER.finditer(text[:_HEAD]):
        yield from _mention(Where.PAGE, _whole_name(match[1], year))


def sources(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields whom the head of a page calls the source of what it shows."""
    for match in _SOURCE.finditer(text[:_HEAD]):
        yield from _mention(Where.PAGE, _whole_name(match[1], year))


def at_work(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields bodies that a text says did something, or whose report it publishes: a last resort."""
    for row, pattern in opening_patterns():
        for mention in _named_by(found_in(text, row, pattern), year) if row.last else ():
            if row.last == "anybody" or _governs(mention):
                yield mention


def _governs(mention: NameMention) -> bool:
    """Whether a region or who governs it is named, or a town without more."""
    is_region = mention.name.certainty is Certainty.REGION_ONLY
    governs = is_region or mention.name.function == _GOVERNMENT
    return governs or _TOWN_ALONE.fullmatch(mention.text) is not None


def whose_report(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields agencies and regions whose report an opening says it publishes or compiles."""
    for row, pattern in opening_patterns():
        if row.of_report and (row.last or row.in_quotes):
            yield from _named_by(found_in(text, row, pattern), year)


def in_its_place(text: str) -> Iterator[str]:
    """Yields the words at places where reports name their writer, known as a name or not."""
    opening = text[:OPENING]
    yield from (name for name, _ in _signed(text))
    yield from (match[1] for match in _PUBLISHER.finditer(text[:_HEAD]))
    for row, pattern in opening_patterns():
        for match in found_in(opening, row, pattern) if row.of_report else ():
            if match.lastindex:
                yield _caught(match)
                continue
            clause, before = _in_front(match)
            if re.search(f"{_COMPILING_FOR}{re.escape(clause)}", before):
                yield clause


def regions_in_its_place(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields regions that stand where a report names its writer: 由乐东黎族自治县编制."""
    for words in in_its_place(text):
        if named_first(words) == words:
            yield NameMention(Where.SUBJECT, words, resolve(words, year=year))


def _named_by(matches: Iterable[re.Match[str]], year: int | None) -> Iterator[NameMention]:
    for match in matches:
        said = _caught(match)
        found = resolve(said, year=year)
        if said.endswith(_MEDIA) or _is_talked_of(found.name, match):
            continue
        names_one = found.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED}
        is_region = found.certainty is Certainty.REGION_ONLY and named_first(said) == said
        is_body = found.function and found.function not in governing("party", offices=True)
        is_town = _TOWN_ALONE.fullmatch(said) is not None
        if is_region or (names_one and (is_body or is_town or _is_place(found))):
            yield NameMention(Where.SUBJECT, said, found)


def _mention(where: Where, found: Resolution | None) -> Iterator[NameMention]:
    if found and not _governs_nation(found):
        yield NameMention(where, found.name, found)


def _governs_nation(found: Resolution) -> bool:
    """Whether it is the State Council, whose office reports."""
    return found.function == _GOVERNMENT and found.region == NATION_REGION


def leading_name(text: str, year: int | None) -> Resolution | None:
    """The longest agency name words begin with: ``嘉祥县质监局认真落实`` gives the bureau."""
    best = None
    text = _GOES_ON.split(_NOT_THEIR_NAME.sub("", text), maxsplit=1)[0]
    for match in _ENDS.finditer(text):
        if match.end() < 3 or _MANY in text[: match.end()]:
            continue
        found = resolve(text[: match.end()], year=year)
        known = found.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED}
        masked = found.certainty is Certainty.MASKED and best is None
        names_one = found.function or (best is None and _is_place(found))
        if masked or (known and names_one and "_unit_" not in _id(found)):
            best = found
    return best


def _ending_name(text: str, year: int | None) -> Resolution | None:
    """The agency's name at the end of words, without the words of the sentence before it."""
    if len(text) < 3:
        return None
    for start in _beginnings(text):
        found = resolve(text[start:], year=year) if _MANY not in text[start:] else None
        if found is None:
            continue
        named = {Certainty.CERTAIN, Certainty.UNRESOLVED, Certainty.JOINT}
        known = found.certainty in named and (found.function or _is_place(found))
        if known or found.certainty is Certainty.MASKED:
            return found
    return None


def _beginnings(text: str) -> Iterator[int]:
    """Where a name may begin in words that end with it: behind others, or with its region."""
    for start in range(len(text) - 2):
        if not start or _is_apart(text, start) or named_first(text[start:]):
            yield start


def _is_apart(text: str, start: int) -> bool:
    """Whether a new name may begin, and not go on as in 人力资源和社会保障局."""
    joins = text[start - 1] == "和" and _ENDS.match(text[start - 2 : start - 1]) is None
    return text[start - 1] in _IN_FRONT and not joins


def _is_place(found: Resolution) -> bool:
    """Whether a town or zone is named without a body, which then means its governing body."""
    agency = found.agency if found.certainty is Certainty.CERTAIN else None
    return agency is not None and not found.function and governs_place(agency.function)


def _of_words(
    read: Callable[[str, int | None], Resolution | None],
) -> Callable[[re.Match[str], int | None], Resolution | None]:
    return lambda match, year: read(_caught(match), year)


def _id(found: Resolution) -> str:
    return found.agency.agency_id if found.agency else ""


_READINGS: Mapping[Reading, Callable[[re.Match[str], int | None], Resolution | None]] = {
    "leading": _of_words(leading_name),
    "ending": _of_words(_ending_name),
    "whole": _of_words(_whole_name),
    "placed": _of_words(_placed_name),
    "town": _of_words(_town_alone),
    "asked": _of_words(_whole_agency),
    "bureau": _bureau,
    "compiler": _compiler,
    "worker": _worker,
}
"""How much of the words of a sentence is the name, as named_in_opening.yml calls it."""
