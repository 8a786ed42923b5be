"""Where a report names an agency: strong places first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.agencies.functions import HOW_IT_WORKS, governing, governs_place, is_above_all
from pipeline.agencies.regions import named_first
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.extract.identity import desks
from pipeline.extract.identity.titles import PAPER, Title
from pipeline.lexis.dates import days
from pipeline.lexis.years import DIGITS

_HAN = r"[\u4e00-\u9fff（）()“”xX×*＊○]"
_COMPILING = re.compile(r"编制|编写|编撰|撰写|汇总")
_BETWEEN = re.compile(
    r"(?:负责|组织|综合|汇总|特|现|已|(?:根据|依据|按照|结合)(?:《[^》]*》|[^，,。《]{0,12})|认真|统一)+$"
)
_CLAUSE = re.compile(r"(?<!自)由|[，,：:\s]")
_PUBLISHES_ITS = re.compile(
    rf"(?:^|[,，。；;\n])\s*({_HAN}{{4,36}}?)(?=现?(?:予以)?向社会(?:公布|公开|发布)(?!了)[^。；;]{{0,30}}(?:报告|年报))"
)
_BY = re.compile(
    rf"(?:报告|年报)(?:是|系)?由({_HAN}{{3,30}}?)(?=综合|汇总|根据|依据|按照|结合|在|会同|牵头|组织|负责|统一)"
    rf"|(?:报告|年报)[是系](?!由)({_HAN}{{3,30}}?)(?=发布|公布|编制|公开|按照|根据|依据|自{DIGITS})"
)
_CONTACT = re.compile(
    rf"(?:与|向|同|致电)\s*({_HAN}{{3,40}}?)\s*(?:进行)?(?:联系|咨询|反映|垂询|提出)"
    rf"|请(?:直接)?联系[:：]?\s*({_HAN}{{3,60}}?)(?=[,，;；。]|[(（](?:地址|电话|联系))"
    rf"|(?:与|向|同)\s*({_HAN}{{3,40}}?)\s*[(（](?=地址|电话|联系)[^()（）]{{4,160}}[)）]\s*联系"
    r"|(?:^|[。；;，,\n])\s*(?!请|如)([\u4e00-\u9fff]{4,30}?)(?:的?联系(?:电话|方式|地址)|咨询电话)"
)
_SUBJECT_NAME = re.compile(rf"{DIGITS}\s*学?年(?:度|来|以来)?\s*[,，、]?\s*({_HAN}{{3,30}})")
_TOWN_AT_WORK = re.compile(
    "(?![我本全各该])([一-鿿]{1,7}?(?:乡|镇|街道|苏木))"
    f"(?={HOW_IT_WORKS}|未收|共收|按照|主动|通过|高度|继续|全面|进一步|在)"
)
_TOWN_ALONE = re.compile("(?![我本全各该])[一-鿿]{2,7}(?:乡|镇|街道?|苏木)")
_STREET, _SUBDISTRICT = "街", "街道"
"""What subdistricts of Guangzhou call themselves: 白云街."""
_ORDERS = "[^，,。；;]{0,16}(?:部署|要点|安排|通知|要求|任务|方案|意见|计划|规划|会议|精神)"
"""How what those above ordered in a year goes on: 按照南阳市2020年统一部署."""
_NOW = re.compile(
    rf"(?:现将|现就|现(?:予以?)?(?:公布|发布|公开|报告)|公布|编制|编写|撰写|总结|汇总|反映)了?\s*({_HAN}{{3,36}}?)\s*{DIGITS}\s*年"
    rf"|(?:按照|根据|结合)\s*({_HAN}{{3,36}}?)\s*{DIGITS}\s*年(?!{_ORDERS})"
    rf"|(?:编制|编写|撰写|汇总|形成|总结|反映)(?:了|完成)?{DIGITS}年度?({_HAN}{{3,24}}?)的?(?:(?<!人民)政府)?信息公开(?:工作)?(?:年度)?(?:报告|年报|情况)"
    rf"|现[将就]\s*(?:本年度?)?(?![我本全该])({_HAN}{{3,36}}?)(?:(?<!人民)政府|政务)?信息公开(?:工作)?(?:情况|年度报告)"
)
_COVERED = re.compile(rf"内容涵盖了?({_HAN}{{3,30}}?)(?={DIGITS}年)")
"""Whose year a report says it covers, where its head names the bureau above as well."""
_AT_WORK = re.compile(
    rf"(?:^|[,，。；;\n])\s*(?:由|本年度?)?({_HAN}{{2,24}}?)"
    rf"(?=现(?:予|将|向|公布|公开|发布)|向社会(?:公布|公开|发布)|综合|汇总|根据|按照|结合|编制|全面|通过|主动公开|累计|对{DIGITS}年|"
    rf"{HOW_IT_WORKS})"
)
_PLACE_AT_WORK = re.compile(
    rf"(?:^|[,，。；;\n])\s*(?:由|本年度?)?({_HAN}{{2,14}}?)"
    r"(?=依据|依照|加大|加强|加快|持续|紧扣|聚焦|推进|推动|着力|深化|强化|完善|健全|进一步|继续|全力|充分|立足|以|把|将|在|"
    rf"各级|共(?:公开|发布|收到)|{DIGITS}年度?(?:主动|共|累计))"
)
"""What a region or town does: of a bureau it may be said by those that it tells to."""
BELOW = "各[县市区旗州盟地乡镇街部单委开直]"
"""Those below a region, whose reports are put together for its own."""
_OF_ALL_BELOW = re.compile(
    rf"(?:综合|汇总|根据|依据|以及|结合)了?(?:《[^》]*》|[、及和了]|以及)*(?:{DIGITS}年度?)?({_HAN}{{2,14}}?)"
    rf"(?:人民政府|政府)?(?:所属|下属|所辖)?(?={BELOW}[^。；;]{{0,90}}?(?:报告|情况|材料|年报))"
)
"""Whose report is put together of those of all below it: 综合丽水市各县（市、区）政府 …"""
_ACCORDING = re.compile(rf"(?:结合|根据|立足)({_HAN}{{3,30}}?)(?:工作)?实际(?:情况)?[,，]")
_CALLED = re.compile("[（(]以下[简统]称")
_HAN_BEFORE = re.compile("[\u4e00-\u9fff]{4,40}$")
_INTRODUCES = re.compile("公布|发布|公开|结合|编制|撰写|由|将")
_FOR = re.compile(
    rf"为了?(?:认真|切实|进一步|更好地?)*(?:做好|规范|加强|推进|推动)\s*({_HAN}{{4,30}}?)(?:政府信息|政务|信息)公开工作[,，](?:现|特|我|本)(?!市|县|区|省|州)"
)
_NAME_OF_OWN_REPORT = re.compile(
    rf"《(?:{DIGITS}年?度?)?({_HAN}{{4,30}}?)(?:{DIGITS}年?度?)?{PAPER}》"
)
_ABOVE_ALL = "party_committee"
"""Whom every report speaks of: 2021年，嘉祥县委高度重视."""
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_OWN_ACT = re.compile(
    r"(?:制定|印发|制订|修订|修改|编印|编制|出台|完善|建立|下发|发布|公布|更新|制作)[^《。；]{0,12}$"
)
_PUBLISHER = re.compile(
    r"(?:发布机构|公开主体|发文机关|发布单位|所属机构|信息来源)\s*[:：]?[ \t]*\|?[ \t]*"
    r"([\u4e00-\u9fff]{3,24})"
)
_HEAD = 400
_OF_PAGE = re.compile(
    r"\s*(?:信息来源|来源|发布(?:机构|单位)|所属机构|公开主体|发文机关|[主承]办单位)\s*[:：]"
)
"""What begins a line of the page around a report, which nobody signs."""
_ENDS = re.compile(r"[局委厅办室府会院部中心处队站社署关行镇乡道区县市所司]|(?<=大)学")
# 管委会政府信息公开 is open government of the committee.
_NOT_THEIR_NAME = re.compile("(?<=[局委厅办会院司部署室所队])政府(?=信息公开)")
# Where a sentence goes on behind a name: 市城乡建设局聚焦中心工作, 省政府及其部门.
_GOES_ON = re.compile(f"(?<=..)(?:聚焦|紧扣|立足|及其|{HOW_IT_WORKS})")
_MEDIA = ("网站", "平台", "网", "公众号", "微博", "微信")
"""What an agency publishes by, which is no unit of it."""
_MANY = "各"
"""What no name has: 市政府各委、办、局 are those whose reports were put together."""
_COVER = re.compile(
    rf"\s*({_HAN}{{3,30}})\s*\n\s*(?:{DIGITS})\s*年\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月[^\n]{{0,8}}\n"
)
"""Whose name alone heads a covering page, with the month below it."""
_IS_PERIOD = re.compile(r"\s*(?:起|至|到|[-—–~～])")
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
    INTRODUCED = "introduced as"
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
    if len(title.near) > 1 and _are_heads(*(resolve(text, year=year) for text in title.near[:2])):
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
        if _IS_PERIOD.match(text, match.end()):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        name = re.split(_LEFT_EDGE, _STAMP.sub("", before.rstrip()))[-1]
        if 3 <= len(name) <= 40 and _ENDS.search(name[-1]):
            found.append((name, day))
    lines = [
        line.strip()
        for line in text[max(len(text) - 400, len(text) // 2) :].split("\n")
        if not _OF_PAGE.match(line)
    ]
    found += [(line, None) for line in lines if 3 < len(line) <= 30 and _ENDS.search(line[-1])]
    cover = _COVER.match(text)
    return [*found[::-1], *((name, None) for name in (cover.groups() if cover else ()))]


def in_opening(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields who the opening says compiled the report, worked in the year, answers questions."""
    for match in _NAME_OF_OWN_REPORT.finditer(text):
        named = _leading_name(match[1], year) or _whole_name(match[1], year)
        yield from _mention(Where.SUBJECT, named)
    text = _QUOTED.sub("《》", text) if "《" in text else text
    for match in _COVERED.finditer(text):
        yield from _mention(Where.SUBJECT, _ending_name(match[1], year))
    for clause, before in _compiling(text):
        named = _ending_name(clause, year)
        if named is None and f"由{clause}" in before:
            named = _leading_name(clause, year) or _placed_name(clause, year)
            named = named or _town_alone(clause, year)
        yield from _mention(Where.COMPILED, named)
    for match in _BY.finditer(text):
        said = _caught(match)
        named = _leading_name(said, year) or _placed_name(said, year)
        yield from _mention(Where.COMPILED, named)
    for match in _PUBLISHES_ITS.finditer(text):
        named = _placed_name(match[1], year)
        yield from _mention(Where.SUBJECT, named and above_unit(named, year))
    for match in _NOW.finditer(text):
        said = _caught(match)
        alone = _town_alone(said, year)
        yield from _mention(Where.SUBJECT, _ending_name(said, year) or alone)
    for match in _FOR.finditer(text[:600]):
        yield from _mention(Where.SUBJECT, _leading_name(match[1], year))
    for match in _SUBJECT_NAME.finditer(text[:600]):
        town = _TOWN_AT_WORK.match(match[1])
        named = _leading_name(match[1], year) or (_whole_name(town[1], year) if town else None)
        if named is None or named.function != _ABOVE_ALL:
            yield from _mention(Where.SUBJECT, named)
    for match in _CONTACT.finditer(text):
        yield from _mention(Where.CONTACT, _whole_agency(_caught(match), year))


def _caught(match: re.Match[str]) -> str:
    """What the one of a pattern's groups caught that took part."""
    return match[match.lastindex or 0]


def _compiling(text: str) -> Iterator[tuple[str, str]]:
    """Yields the words that stand in front of 编制, and the sentence in front of it."""
    for match in _COMPILING.finditer(text):
        before = re.split(r"[。；;]", text[max(0, match.start() - 80) : match.start()])[-1]
        yield _CLAUSE.split(_BETWEEN.sub("", before.rstrip("的")))[-1], before


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
    return _leading_name(found.name, year) if "_unit_" in _id(found) else found


def own_papers(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields names in the titles of papers the writer says it issued itself."""
    for match in _QUOTED.finditer(text):
        if "关于" in match[1] or not _OWN_ACT.search(
            text[max(0, match.start() - 20) : match.start()]
        ):
            continue
        yield from _mention(Where.QUOTED, _leading_name(match[1], year))


def publishers(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields whom lines at the head of a page call its publisher."""
    for match in _PUBLISHER.finditer(text[:_HEAD]):
        yield from _mention(Where.PAGE, _whole_name(match[1], year))


def at_work(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields bodies that a text says did something, or whose report it publishes: a last resort."""
    yield from whose_report(text, year)
    yield from _named_by(_OF_ALL_BELOW, text, year)
    yield from _named_by(_ACCORDING, text, year)
    yield from _named_by(_AT_WORK, text, year)
    for mention in _named_by(_PLACE_AT_WORK, text, year):
        governs = mention.name.function == "government"
        is_region = governs or mention.name.certainty is Certainty.REGION_ONLY
        if is_region or _TOWN_ALONE.fullmatch(mention.text):
            yield mention


def whose_report(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields agencies and regions whose report an opening says it publishes or compiles."""
    yield from _named_by(_NOW, text, year)


def in_its_place(text: str) -> Iterator[str]:
    """Yields the words at places where reports name their writer, known as a name or not."""
    opening = text[:1500]
    yield from (name for name, _ in _signed(text))
    yield from (match[1] for match in _PUBLISHER.finditer(text[:_HEAD]))
    yield from (match[1] for match in _NAME_OF_OWN_REPORT.finditer(opening))
    for clause, before in _compiling(opening):
        if re.search(f"(?:报告|年报).*由{re.escape(clause)}", before):
            yield clause
    for pattern in (_NOW, _BY, _FOR):
        yield from (_caught(match) for match in pattern.finditer(opening))


def regions_in_its_place(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields regions that stand where a report names its writer: 由乐东黎族自治县编制."""
    for words in in_its_place(text):
        if named_first(words) == words:
            yield NameMention(Where.SUBJECT, words, resolve(words, year=year))


def introduced(text: str, year: int | None) -> Iterator[NameMention]:
    """Yields names that a report prints once in full: …税务局（以下简称“市税务局”）."""
    for match in _CALLED.finditer(text):
        whole = _HAN_BEFORE.search(text, 0, match.start())
        name = _INTRODUCES.split(whole.group())[-1] if whole else ""
        yield from _mention(Where.INTRODUCED, _whole_name(name, year) if name else None)


def _named_by(pattern: re.Pattern[str], text: str, year: int | None) -> Iterator[NameMention]:
    for match in pattern.finditer(text):
        said = _caught(match)
        if said.endswith(_MEDIA):
            continue
        found = resolve(said, year=year)
        names_one = found.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED}
        is_region = found.certainty is Certainty.REGION_ONLY and named_first(said) == said
        is_body = found.function and found.function not in governing("party", offices=True)
        is_town = _TOWN_ALONE.fullmatch(said) is not None
        if is_region or (names_one and (is_body or is_town or _is_place(found))):
            yield NameMention(Where.SUBJECT, said, found)


def _mention(where: Where, found: Resolution | None) -> Iterator[NameMention]:
    if found:
        yield NameMention(where, found.name, found)


def _leading_name(text: str, year: int | None) -> Resolution | None:
    """The longest agency name words begin with: ``嘉祥县质监局认真落实`` gives the bureau."""
    best = None
    text = _GOES_ON.split(_NOT_THEIR_NAME.sub("", text), maxsplit=1)[0]
    for match in _ENDS.finditer(text):
        if match.end() < 3 or _MANY in text[: match.end()]:
            continue
        found = resolve(text[: match.end()], year=year)
        known = found.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED}
        masked = found.certainty is Certainty.MASKED and best is None
        if masked or (known and found.function and "_unit_" not in _id(found)):
            best = found
    return best


def _ending_name(text: str, year: int | None) -> Resolution | None:
    """The agency's name at the end of words, without the words of the sentence before it."""
    if len(text) < 3:
        return None
    for match in re.finditer(r"^|[,，、将我的与和]", text):
        if _MANY in text[match.end() :] or _is_inside_name(text, match):
            continue
        found = resolve(text[match.end() :], year=year)
        named = {Certainty.CERTAIN, Certainty.UNRESOLVED, Certainty.JOINT}
        known = found.certainty in named and (found.function or _is_place(found))
        if known or found.certainty is Certainty.MASKED:
            return found
    return None


def _is_inside_name(text: str, match: re.Match[str]) -> bool:
    """Whether an "and" joins the words of one name: 人力资源和社会保障局."""
    return match.group() == "和" and _ENDS.match(text[match.start() - 1]) is None


def _is_place(found: Resolution) -> bool:
    """Whether a town or zone is named without a body, which then means its governing body."""
    agency = found.agency if found.certainty is Certainty.CERTAIN else None
    return agency is not None and not found.function and governs_place(agency.function)


def _id(found: Resolution) -> str:
    return found.agency.agency_id if found.agency else ""
